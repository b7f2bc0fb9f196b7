"""Every limit can be set from outside."""

from __future__ import annotations

from dataclasses import fields

import pytest

from pipelines.readers import Limits
from pipelines.settings import Settings


@pytest.mark.parametrize("name", [limit.name for limit in fields(Limits)])
def test_every_limit_is_a_setting_with_the_same_default(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert getattr(Settings(), f"max_{name}") == getattr(Limits(), name)
    monkeypatch.setenv(f"TIENDO_MAX_{name.upper()}", "7")
    assert getattr(Settings(), f"max_{name}") == 7
