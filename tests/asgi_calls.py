"""Calling an ASGI application in a test."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def run(call: Coroutine[Any, Any, Answer]) -> Answer:
    """Gives its result, from a thread of its own: Playwright keeps an event loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, call).result()
