"""Who may do what: roles, what each may see and do, declared once here; and who is asking in this run.

Everything that is not allowed here is denied. Roles are claims of the OIDC provider (`dashboard/sign_in_settings.py`);
the matrix in `docs/security.md` is made from these tables.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import sign_in_settings
from dashboard.sign_in_settings import Claims

# In this order: whoever may see one may see those before it. One published database per clearance.
CLEARANCES = ("public", "internal", "restricted")
HIGHEST = CLEARANCES[-1]
# see: pages; export: tables, briefs; query: SQL; landed_file: a file as received, with everything in it;
# send: check and send a report; review: settle what waits for a person; read_audit: who saw and did what.
ACTIONS = ("see", "export", "query", "landed_file", "send", "review", "read_audit")
LOCAL = "local"
PROVINCIAL = "provincial"
_PROVINCE = re.compile(r"[0-9]{2}")
_BETWEEN_ROLES = re.compile(r"[\s,;]+")
SESSIONS_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Role:
    """What a role allows. `clearance` None: no published figures."""

    clearance: str | None
    actions: frozenset[str]


ROLES = {
    "viewer": Role("public", frozenset({"see", "export"})),
    "analyst": Role("internal", frozenset({"see", "export", "query"})),
    # A file as received has every sheet, so only the highest clearance may have it.
    "military": Role("restricted", frozenset({"see", "export", "query", "landed_file"})),
    "steward": Role("internal", frozenset({"see", "export", "query", "send", "review", "read_audit"})),
    # Only with a province, and only for that province.
    PROVINCIAL: Role(None, frozenset({"send"})),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is asking. Nobody in particular has no subject and no roles; `province_code` belongs to `provincial`."""

    name: str
    subject: str
    roles: frozenset[str]
    province_code: str | None

    @property
    def clearance(self) -> str | None:
        """The highest of all roles; None: no published figures."""
        held = [ROLES[role].clearance for role in self.roles]
        return max((each for each in held if each), key=CLEARANCES.index, default=None)

    @property
    def sends_for(self) -> str | None:
        """The only province whose reports this reader may send; None where the role does not name one."""
        others = self.roles - {PROVINCIAL}
        return None if any("send" in ROLES[role].actions for role in others) else self.province_code

    def may(self, action: str) -> bool:
        """Whether some role allows it. An action that is not in ACTIONS is a KeyError of the caller's making."""
        if action not in ACTIONS:
            raise KeyError(action)
        return any(action in ROLES[role].actions for role in self.roles)

    def reaches(self, clearance: str) -> bool:
        """Whether figures of this clearance may be shown."""
        own = self.clearance
        return own is not None and CLEARANCES.index(own) >= CLEARANCES.index(clearance)


NOBODY = Reader("", "", frozenset(), None)
# Without a login there is one reader, on this machine, with everything that is not bound to a province.
LOCAL_READER = Reader("", LOCAL, frozenset(ROLES) - {PROVINCIAL}, None)


def current_reader() -> Reader:
    """Who asks in this run; NOBODY where nobody has signed in, the session is over, or there is no run at all."""
    return reader_now(_told)


def reader_now(tell: Callable[[], Mapping[str, Any]]) -> Reader:
    """Whom the claims that `tell` gives name at this moment; it is asked only where readers sign in."""
    claims = sign_in_settings.claims()
    return LOCAL_READER if claims is None else reader_of(tell(), claims, seconds_now())


def seconds_now() -> float:
    """This moment in the seconds since 1970 that tokens are dated in."""
    return time.time()


def reader_later() -> Callable[[], Reader]:
    """Who asks now, to be asked again outside this run: NOBODY once the session is over."""
    told = _told() if sign_in_settings.is_configured() else {}
    return lambda: reader_now(lambda: told)


def ask_again_if_over() -> None:
    """Begins the run anew, which asks for the sign-in, where the session has ended since this page was drawn.

    Before every query: what is drawn alone (a search, a dialog) does not begin where a run begins. Outside a run nobody
    is asked: there the caller knows for whom it works (`reader_later`).
    """
    if not sign_in_settings.is_configured() or get_script_run_ctx(suppress_warning=True) is None:
        return
    if not current_reader().subject:
        st.rerun()


def has_expired() -> bool:
    """Whether somebody has signed in here, but too long ago."""
    claims = sign_in_settings.claims()
    return claims is not None and _told().get("is_logged_in") is True and not current_reader().subject


def reader_of(told: Mapping[str, Any], claims: Claims, now: float) -> Reader:
    """The reader that a session's signed claims name at a moment (seconds since 1970), NOBODY if they do not hold."""
    subject = told.get("sub")
    if told.get("is_logged_in") is not True or not isinstance(subject, str) or not subject:
        return NOBODY
    if now >= session_end(told, claims) or session_key(told) in _ended:
        return NOBODY
    words = dict(claims.role_names)
    roles = {words.get(word, word) for word in _words(_claim(told, claims.roles))} & set(ROLES)
    provinces = _words(_claim(told, claims.province))
    province = provinces[0] if len(provinces) == 1 and _PROVINCE.fullmatch(provinces[0]) else None
    if province is None:
        roles.discard(PROVINCIAL)
    names = (told.get(name) for name in ("name", "preferred_username", "email"))
    name = next((each for each in names if isinstance(each, str) and each), subject)
    return Reader(name, subject, frozenset(roles), province if PROVINCIAL in roles else None)


def session_end(told: Mapping[str, Any], claims: Claims) -> float:
    """Seconds since 1970: when the token expires, or the session is as old as it may be; 0 where it does not say."""
    expires, issued = (_number(told.get(name)) for name in ("exp", "iat"))
    return min(expires, issued + claims.longest_seconds) if issued else 0.0


def session_key(told: Mapping[str, Any]) -> str:
    """Tells one signing-in of a reader from his next."""
    return "|".join(str(told.get(name)) for name in ("sub", "iat", "nonce"))


class _Ended:
    """Sessions that were signed out, so that a cookie that somebody kept opens nothing; the oldest are forgotten."""

    def __init__(self) -> None:
        self._keys: dict[str, None] = {}
        self._lock = Lock()

    def add(self, key: str) -> None:
        with self._lock:
            self._keys[key] = None
            while len(self._keys) > SESSIONS_REMEMBERED:
                self._keys.pop(next(iter(self._keys)))

    def __contains__(self, key: object) -> bool:
        return key in self._keys


_ended = _Ended()


def end_session(told: Mapping[str, Any]) -> None:
    """A reader has signed out: these claims count for nothing from now on, in any of his windows."""
    _ended.add(session_key(told))


def _told() -> Mapping[str, Any]:
    return st.user.to_dict()


def _claim(told: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, else by the path that its dots spell."""
    if name in told:
        return told[name]
    found: Any = told
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _words(claim: Any) -> list[str]:
    """A claim that is a list of texts, or one text with spaces or commas between words."""
    texts = [claim] if isinstance(claim, str) else claim if isinstance(claim, (list, tuple)) else []
    return [word for text in texts if isinstance(text, str) for word in _BETWEEN_ROLES.split(text) if word]


def _number(value: Any) -> float:
    """A number, 0 for anything else."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0
