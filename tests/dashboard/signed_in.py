"""Readers for tests: settings of a provider that is never asked, and what a session of each role is told."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import links
from dashboard.access_matrix import SAMPLE_PROVINCE
from dashboard.sign_in_settings import PREFIX
from tests.dashboard.published_database import TODAY

APP = Path(links.__file__).with_name("app.py")
PATIENCE = 60
SETTINGS = {
    f"{PREFIX}METADATA_URL": "https://sso.invalid/.well-known/openid-configuration",
    f"{PREFIX}CLIENT_ID": "tien-do",
    f"{PREFIX}CLIENT_SECRET": "never-sent-anywhere",
    f"{PREFIX}COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
    f"{PREFIX}REDIRECT_URI": "http://localhost:8501/oauth2callback",
}


def told(*roles: str, **claims: Any) -> dict[str, Any]:
    """The claims of a session that has just begun."""
    now = time.time()
    return {
        "is_logged_in": True,
        "sub": "-".join(roles) or "no-role",
        "name": "Nguyễn Thị Lan",
        "roles": list(roles),
        "iat": now,
        "exp": now + 600,
        **({"province_code": SAMPLE_PROVINCE} if "provincial" in roles else {}),
        **claims,
    }


def opened_by(home: Path, monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any], **codes: str) -> AppTest:
    """The dashboard where readers sign in, opened by one."""
    for name, value in {**SETTINGS, "TIENDO_HOME": str(home), "TIENDO_TODAY": TODAY}.items():
        monkeypatch.setenv(name, value)
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    app.user = claims
    for name, code in codes.items():
        app.query_params[name] = code
    return app.run()
