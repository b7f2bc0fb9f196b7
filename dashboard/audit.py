"""What readers do, as lines of the access log: who opened, exported, asked, sent, settled, was refused what, and when.

A line says what was asked for, never what was answered. It is on disk before the file, the answer or the page goes out;
a log that can't be written stops nobody's work, but is said in the server's own log and in `/health`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import streamlit as st

from audit_trail import chain
from audit_trail.chain import Act
from dashboard.settings import load_settings, vietnamese_now

OPENED, EXPORTED, QUERIED, LANDED_FILE, SENT, SETTLED, INGESTED, SIGNED_IN, REFUSED = (
    "opened", "exported", "queried", "landed_file", "sent", "settled", "ingested", "signed_in", "refused",
)  # fmt: skip
_VISITED, _CAME = "audit_page", "audit_came"
# Nobody signs in as these: the only reader of an installation without sign-in, and the visitor that warms pages up.
_LOCAL, _WARM_UP = "local", "warm-up"
_log = logging.getLogger("tiendo.audit")
_trouble: list[str] = []


class Actor(Protocol):
    """Who acts, as far as the log is concerned."""

    @property
    def name(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def roles(self) -> Collection[str]: ...


def folder() -> Path:
    """Where the log of this installation is."""
    return load_settings().home / "audit"


def record(action: str, subject: str, detail: Mapping[str, str], roles: Collection[str] = ()) -> None:
    """Adds one line and flushes it to disk (2 ms). Never raises: see `trouble`."""
    try:
        chain.append(folder(), Act(vietnamese_now(), subject, action, tuple(roles), detail))
        _trouble.clear()
    except OSError as error:
        _trouble[:] = [f"{action}: {error.strerror or error}"]
        _log.error("The access log could not be written (%s); give the dashboard room and rights there.", error)


def trouble() -> str:
    """Why the newest act is not in the log; `""` where it is."""
    return _trouble[0] if _trouble else ""


def came(actor: Actor) -> None:
    """A reader who has signed in, once per session."""
    if actor.subject not in (_LOCAL, _WARM_UP) and st.session_state.get(_CAME) != actor.subject:
        st.session_state[_CAME] = actor.subject
        record(SIGNED_IN, actor.subject, {"name": actor.name}, actor.roles)


def opened(actor: Actor, page: str, **detail: str) -> None:
    """A page that came before the reader's eyes: once per visit, not once per run of its script."""
    if not _is_warm_up(actor) and st.session_state.get(_VISITED) != page:
        st.session_state[_VISITED] = page
        record(OPENED, actor.subject, {"page": page, **detail}, actor.roles)


def _is_warm_up(actor: Actor) -> bool:
    """The visitor that warms pages up is no browser and, where nobody signs in, has no name of its own."""
    return actor.subject == _WARM_UP or (actor.subject == _LOCAL and not st.context.headers.get("User-Agent"))


def exported(actor: Actor, make: Callable[[], bytes], action: str = EXPORTED, **detail: str) -> Callable[[], bytes]:
    """`make` for a download button, which calls it when the file is really fetched: that is what is recorded.

    The call comes from outside the session, so who asks is said here, while the page is drawn.
    """

    def fetch() -> bytes:
        content = make()
        record(action, actor.subject, {**detail, "bytes": str(len(content))}, actor.roles)
        return content

    return fetch


def months() -> list[str]:
    """The months that have lines, newest first."""
    return [path.stem for path in reversed(chain.files(folder()))]


def acts(month: str) -> tuple[Act, ...]:
    """The acts of one of `months`, oldest first; read again only when there are more."""
    path = folder() / f"{month}.jsonl"
    return _acts(path, path.stat().st_size)


@lru_cache(maxsize=2)
def _acts(path: Path, _size: int) -> tuple[Act, ...]:
    return tuple(chain.acts(path))
