"""The first page in a browser that has never seen it: bytes on the wire, time until a figure and until a chart."""

from __future__ import annotations

import os
import statistics
import time
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.report import Section, verdict

MEGABYTES_TARGET, CHART_TARGET_SECONDS = 3.0, 5.0
ROUNDS = 3


def measure_first_page(address: str) -> Section:
    """Medians of some visits, each by a browser with nothing in its cache."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        visits = [_visit(chromium, address) for _ in range(ROUNDS)]
        chromium.close()
    megabytes, words, chart = (statistics.median(each) for each in zip(*visits, strict=True))
    return Section(
        "First page",
        f"A warm server, a new browser context each time, 1440 px; medians of {ROUNDS} visits. Browser and server "
        "share the machine.",
        ("", ""),
        [
            ("on the wire, websocket included", f"{megabytes:.2f} MB"),
            ("first sentences", f"{words:.1f} s"),
            ("first chart", f"{chart:.1f} s"),
        ],
        [
            verdict("first page", megabytes, MEGABYTES_TARGET, "MB"),
            verdict("first chart", chart, CHART_TARGET_SECONDS, "s"),
        ],
    )


def _visit(chromium: Browser, address: str) -> tuple[float, float, float]:
    """Megabytes received, seconds until the first sentences and until the first chart is drawn."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    network = context.new_cdp_session(page)
    received: list[float] = []
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    network.on("Network.webSocketFrameReceived", lambda event: received.append(_frame_bytes(event)))
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".td-lead")
    words = time.perf_counter() - started
    page.wait_for_selector(".js-plotly-plot .main-svg")
    chart = time.perf_counter() - started
    page.wait_for_selector(".td-footer")
    page.wait_for_timeout(1000)
    context.close()
    return sum(received) / 1e6, words, chart


def _frame_bytes(event: dict[str, Any]) -> float:
    """The browser tells the unpacked bytes of a frame, in base64; on the wire they are fewer."""
    return len(event["response"]["payloadData"]) * 3 / 4
