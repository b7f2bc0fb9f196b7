"""How readers sign in: the settings of the OIDC provider, read from the environment and from nowhere else.

`SETTINGS` lists them. None set: nobody signs in, and the dashboard serves this machine only (`dashboard/guards.py`).
Any set: all that have no default must be set, or the dashboard does not start. Streamlit gets them when it starts
(`st.App(secrets=…)`), so no `secrets.toml` lies anywhere.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "TIENDO_OIDC_"
CALLBACK = "/oauth2callback"
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting, `TIENDO_OIDC_<name>`. `default` None: it must be set. A secret may also be named as a file."""

    name: str
    meaning: str
    default: str | None = None
    is_secret: bool = False


SETTINGS = (
    Setting("METADATA_URL", "address of the provider's `.well-known/openid-configuration`"),
    Setting("CLIENT_ID", "name of this dashboard at the provider"),
    Setting("CLIENT_SECRET", "secret of this dashboard at the provider", is_secret=True),
    Setting("COOKIE_SECRET", f"signs the cookie of a session; at least {SHORTEST_SECRET} random signs", is_secret=True),
    Setting("REDIRECT_URI", f"address of this dashboard as readers have it, with `{CALLBACK}` at its end"),
    Setting(
        "ROLES_CLAIM", "claim with the roles, a list or a text; `realm_access.roles` for one inside another", "roles"
    ),
    Setting("PROVINCE_CLAIM", "claim with the two-digit code of a provincial reader's province", "province_code"),
    Setting("ROLE_NAMES", "the provider's own words for roles: `quan-su=military,chuyen-vien=analyst`", ""),
    Setting("SESSION_MINUTES", "a session ends after so many minutes even if the token holds longer", "480"),
    Setting("SCOPE", "what is asked of the provider", "openid profile email"),
    Setting("CONTACT", "whom a reader without a role may ask, as he is told", ""),
    Setting("PROMPT", "how the provider asks: `select_account`, `login`, `none`", "select_account"),
)


NAMES = tuple(
    PREFIX + each.name + ending for each in SETTINGS for ending in ("", "_FILE") if each.is_secret or not ending
)


class SignInMisconfigured(ValueError):
    """The settings can't be used; the message names every fault and what to do."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Which claims say what, and how long a session lasts at most. `role_names`: the provider's words for roles."""

    roles: str
    province: str
    role_names: tuple[tuple[str, str], ...]
    longest_seconds: int


def is_configured(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether readers sign in: one setting is enough, so that half a configuration never opens anything."""
    return any(environment.get(name) for name in NAMES)


def claims(environment: Mapping[str, str] = os.environ) -> Claims | None:
    """Which claims count; None where nobody signs in. Cheap enough for every run of a page."""
    if not is_configured(environment):
        return None
    names = ("ROLES_CLAIM", "PROVINCE_CLAIM", "ROLE_NAMES", "SESSION_MINUTES")
    return _claims(*(environment.get(PREFIX + name) or _default(name) for name in names))


@lru_cache(maxsize=16)
def _claims(roles: str, province: str, role_names: str, minutes: str) -> Claims:
    pairs = tuple(pair.split("=", 1) for pair in role_names.split(",") if pair.strip())
    if any(len(pair) != 2 for pair in pairs):
        raise SignInMisconfigured(f"{PREFIX}ROLE_NAMES is “{role_names}”; expected `their-word=role,their-word=role`.")
    if not minutes.isdecimal() or int(minutes) == 0:
        raise SignInMisconfigured(f"{PREFIX}SESSION_MINUTES is “{minutes}”; expected a whole number of minutes.")
    return Claims(roles, province, tuple((word.strip(), role.strip()) for word, role in pairs), int(minutes) * 60)


def streamlit_secrets(environment: Mapping[str, str] = os.environ) -> dict[str, Any] | None:
    """What Streamlit is told, None where nobody signs in. Raises SignInMisconfigured with all faults at once."""
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in NAMES)
    if not is_configured(environment) and not unknown:
        return None
    values: dict[str, str] = {}
    faults = [f"{name} is not a setting; expected one of {', '.join(NAMES)}." for name in unknown]
    for setting in SETTINGS:
        try:
            values[setting.name] = _value(setting, environment)
        except SignInMisconfigured as fault:
            faults.append(str(fault))
    faults += _faults(values)
    try:
        claims(environment)
    except SignInMisconfigured as fault:
        faults.append(str(fault))
    if faults:
        raise SignInMisconfigured("Signing in is not configured:\n" + "\n".join(f"- {fault}" for fault in faults))
    return {
        "auth": {
            "redirect_uri": values["REDIRECT_URI"],
            "cookie_secret": values["COOKIE_SECRET"],
            "client_id": values["CLIENT_ID"],
            "client_secret": values["CLIENT_SECRET"],
            "server_metadata_url": values["METADATA_URL"],
            "client_kwargs": {"scope": values["SCOPE"], "prompt": values["PROMPT"]},
        }
    }


def contact(environment: Mapping[str, str] = os.environ) -> str:
    """Whom to ask for a role; `''` where nobody is named."""
    return environment.get(f"{PREFIX}CONTACT", "")


def is_behind_tls(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether readers come through https, so that cookies may be kept to it."""
    return environment.get(f"{PREFIX}REDIRECT_URI", "").startswith("https://")


def _default(name: str) -> str:
    return next(setting.default or "" for setting in SETTINGS if setting.name == name)


def _value(setting: Setting, environment: Mapping[str, str]) -> str:
    """From the environment, a secret also from the file that `…_FILE` names."""
    name = PREFIX + setting.name
    value, file = environment.get(name, ""), environment.get(f"{name}_FILE", "") if setting.is_secret else ""
    if value and file:
        raise SignInMisconfigured(f"{name} and {name}_FILE are both set; keep one.")
    if file:
        return secret_of(Path(file), f"{name}_FILE")
    if not value and setting.default is None:
        also = f" (or {name}_FILE)" if setting.is_secret else ""
        raise SignInMisconfigured(f"{name}{also} is not set: {setting.meaning}.")
    return value or setting.default or ""


def secret_of(path: Path, name: str) -> str:
    """The secret in a file that nobody but its owner may read. Raises SignInMisconfigured; it never says the secret."""
    try:
        with path.open(encoding="utf-8") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & 0o077:
                raise SignInMisconfigured(
                    f"{name}: others may read or write {path} (mode {mode:04o}); run `chmod 600 {path}`."
                )
            secret = file.read().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SignInMisconfigured(f"{name}: {path} can't be read ({type(error).__name__}).") from error
    if not secret:
        raise SignInMisconfigured(f"{name}: {path} is empty.")
    return secret


def _faults(values: Mapping[str, str]) -> list[str]:
    """What is wrong with values that are there."""
    faults = []
    if 0 < len(values.get("COOKIE_SECRET", "")) < SHORTEST_SECRET:
        faults.append(f"{PREFIX}COOKIE_SECRET is shorter than {SHORTEST_SECRET} signs; make one: openssl rand -hex 32.")
    for name in ("REDIRECT_URI", "METADATA_URL"):
        address = urlsplit(values.get(name, ""))
        if values.get(name) and address.scheme != "https" and address.hostname not in LOOPBACK_NAMES:
            faults.append(f"{PREFIX}{name} is “{values[name]}”; expected https:// (http only on this machine).")
    if values.get("REDIRECT_URI") and not values["REDIRECT_URI"].endswith(CALLBACK):
        faults.append(f"{PREFIX}REDIRECT_URI is “{values['REDIRECT_URI']}”; expected to end with {CALLBACK}.")
    return faults
