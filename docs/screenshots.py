"""Takes the README's pictures from a running dashboard: `make screenshots` on the home that `make demo` filled."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PAGES = {
    "tong-quan": "",
    "thoi-han": "thoi-han",
    "tinh": "tinh?tinh=91",
    "chat-luong": "chat-luong",
    "nguon": "nguon",
}
FOLDER = Path(__file__).parent / "screenshots"
WIDTH, HEIGHT = 1440, 1000
READY = "document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'"


def main(address: str) -> None:
    """Writes one PNG per page into docs/screenshots."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, path in PAGES.items():
            page.goto(f"{address}/{path}")
            page.wait_for_function(READY)
            page.wait_for_timeout(1500)
            page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8501")
