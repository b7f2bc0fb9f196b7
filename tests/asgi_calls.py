"""Calling an ASGI application in a test."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(call: Coroutine[Any, Any, None]) -> None:
    """Runs it to its end, in a thread of its own: Playwright keeps an event loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, call).result()
