"""Where log lines go: standard error, as JSON for journald or as text for people (`TIENDO_LOG=json`, `text` or `auto`).

The standard library's logging with a formatter of forty lines: Streamlit, uvicorn, Dagster and DuckDB's callers log
through it anyway, so one handler catches all of them. As JSON, a library's line keeps its place and the class of its
exception, never its message: that may hold a value, a path or the code of a sign-in.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from log_lines.events import FIELDS, LOGGER

SETTING = "TIENDO_LOG"
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# uvicorn's lines of requests are left out: an address may hold a query or the code of a sign-in. The proxy has its own.
_SILENT = "uvicorn.access"
# Libraries that give their loggers handlers of their own.
_LIBRARIES = ("uvicorn", "streamlit", "dagster")


class JsonLines(logging.Formatter):
    """One JSON object per line: time, level, event, then the fields of the event."""

    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, FIELDS, None)
        content: dict[str, object] = {"time": _time(record), "level": record.levelname.lower()}
        if fields is not None:
            content |= {"event": record.getMessage(), **fields}
        else:
            content |= {"event": "message", "logger": record.name, "place": f"{record.module}:{record.lineno}"}
            if record.name.startswith(f"{LOGGER.name}."):
                content["text"] = record.getMessage()
            if record.exc_info and record.exc_info[0]:
                content["error"] = record.exc_info[0].__name__
        return json.dumps(content, ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same for people, with the messages and tracebacks of libraries."""

    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, FIELDS, None)
        if fields is None:
            return f"{_time(record)} {record.levelname.lower():7} {record.name}: {super().format(record)}"
        told = "  ".join(f"{name}={value}" for name, value in fields.items())
        return f"{_time(record)} {record.levelname.lower():7} {record.getMessage()}  {told}".rstrip()


def _is_wanted(record: logging.LogRecord) -> bool:
    """Libraries are heard from warnings on, whatever level they give themselves."""
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] == LOGGER.name


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, _ZONE).isoformat(timespec="milliseconds")


def switch_on() -> None:
    """For a service's command: it and its children log, as text at a terminal and as JSON elsewhere if not said."""
    os.environ.setdefault(SETTING, "auto")
    configure()


def configure() -> None:
    """Does what the environment says; without it, nothing is logged but warnings of libraries. May be called again.

    Raises ValueError for a word that is no setting.
    """
    chosen = os.environ.get(SETTING, "")
    if not chosen:
        return
    if chosen not in ("auto", "json", "text"):
        raise ValueError(f"{SETTING} is “{chosen}”; expected auto, json or text.")
    is_text = chosen == "text" or (chosen == "auto" and sys.stderr.isatty())
    handler = logging.StreamHandler()
    handler.setFormatter(TextLines() if is_text else JsonLines())
    handler.addFilter(_is_wanted)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOGGER.setLevel(logging.INFO)
    for name in [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in _LIBRARIES]:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger(_SILENT).disabled = True
