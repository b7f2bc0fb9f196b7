"""The server visits its own pages when it starts, and does not search for garbage after every run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from dashboard.access import LOCAL_READER
from dashboard.pages import open_to
from dashboard.settings import REPOSITORY
from tests.dashboard.published_database import TODAY

# The ASGI application in a process of its own: it is the only one of its kind in a process.
SERVER = """
import asyncio, gc, json, time
from dashboard import asgi, warm_up

async def main():
    told, said = asyncio.Queue(), asyncio.Queue()
    asgi.visit_as_readers = lambda *_: asyncio.sleep(0)
    life = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    serving = asyncio.create_task(asgi.app(life, told.get, said.put))
    await told.put({"type": "lifespan.startup"})
    assert (await said.get())["type"] == "lifespan.startup.complete"
    complete = await warm_up.visit(asgi.app, warm_up.all_pages())
    collected, collect = [], gc.collect
    gc.collect = lambda *given: collected.append(given) or collect(*given)
    await warm_up.visit(asgi.app, [("nguon", "")])
    print(json.dumps({"complete": complete, "collected": len(collected), "frozen": gc.get_freeze_count()}))
    await told.put({"type": "lifespan.shutdown"})
    await said.get()

asyncio.run(main())
"""


def test_every_page_is_visited_and_no_rerun_collects_garbage(homes: dict[str, Path]) -> None:
    environment = {
        **os.environ, "TIENDO_HOME": str(homes["normal"]), "TIENDO_TODAY": TODAY, "PYTHONPATH": str(REPOSITORY),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", SERVER], env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    paths = ["", "", *(screen.path for name, screen in open_to(LOCAL_READER).items() if name != "overview")]
    assert told["complete"] == paths
    # One is the visitor's own, after the page; Streamlit's would come on top (`runner.postScriptGC`, a hidden option).
    assert told["collected"] == 1
    assert told["frozen"] > 100_000
