"""`docs/operations.md` and `deploy/` name what there is: events, reasons, settings, commands."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from dashboard import sign_in_settings
from dashboard.commands import ACT_IS_RECORDED
from dashboard.health import REASONS
from log_lines.events import EVENTS, RUN_FIELDS
from pipelines.commands.main import app
from pipelines.commands.operation import WAITS
from pipelines.operation.mail_settings import MailSettings
from pipelines.settings import REPOSITORY, Settings

DOCUMENT = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
DEPLOY = REPOSITORY / "deploy"
EXAMPLE_LINES = (DEPLOY / "tiendo.env.example").read_text(encoding="utf-8").splitlines()
EXAMPLE = dict(line.removeprefix("# ").split("=", 1) for line in EXAMPLE_LINES if line.startswith("# TIENDO_"))
READ_THE_ENVIRONMENT = ("pipelines", "dashboard", "audit_trail", "log_lines", "expectations")
SETTING = re.compile(r"TIENDO(?:_[A-Z]+)+\b")
UNITS = sorted((DEPLOY / "systemd").glob("tiendo-*.service"))


def commands() -> set[str]:
    named = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    return named | {str(group.name) for group in app.registered_groups}


def test_every_event_has_its_row() -> None:
    for name, event in EVENTS.items():
        fields = ", ".join(f"`{field}`" for field in event.fields) or "–"
        level = logging.getLevelName(event.level).lower()
        assert f"| `{name}` | {level} | {fields} | {event.meaning} |" in DOCUMENT
    assert all(f"`{field}`" in DOCUMENT for field in RUN_FIELDS)


def test_every_reason_of_the_health_check_says_what_to_do() -> None:
    assert [code for code in REASONS if f"| `{code}` |" not in DOCUMENT] == []


def test_every_setting_of_the_mail_has_its_row() -> None:
    for name, field in MailSettings.model_fields.items():
        assert f"| `TIENDO_{name.upper()}` | {field.description} |" in DOCUMENT


def test_the_example_of_the_environment_names_exactly_the_settings_that_the_code_reads() -> None:
    sources = [path for folder in READ_THE_ENVIRONMENT for path in (REPOSITORY / folder).rglob("*.py")]
    literal = {name for path in sources for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    fields = {f"TIENDO_{name.upper()}" for name in (*Settings.model_fields, *MailSettings.model_fields)}
    assert set(EXAMPLE) == (literal | fields | set(sign_in_settings.NAMES)) - {ACT_IS_RECORDED}


def test_the_example_of_the_environment_sets_nothing_and_shows_the_defaults() -> None:
    assert [line for line in EXAMPLE_LINES if line and not line.startswith("#")] == []
    for model in (Settings, MailSettings):
        shown = model.model_validate({name: EXAMPLE[f"TIENDO_{name.upper()}"] for name in model.model_fields})
        defaults = {name: field.default for name, field in model.model_fields.items() if name != "home"}
        given = {name: default for name, default in defaults.items() if default not in (None, "", SecretStr(""))}
        assert {name: getattr(shown, name) for name in given} == given
    for setting in sign_in_settings.SETTINGS:
        if setting.default:
            assert EXAMPLE[sign_in_settings.PREFIX + setting.name] == setting.default


def test_everything_that_mail_waits_for_is_explained() -> None:
    assert [code for code in WAITS if f"`{code}`" not in DOCUMENT] == []


def test_documents_and_units_name_commands_that_there_are() -> None:
    text = "\n".join([DOCUMENT, *(path.read_text(encoding="utf-8") for path in UNITS)])
    named = set(re.findall(r"(?:`|bin/)tiendo ([a-z-]+)", text))
    assert {"nightly", "health", "notify", "backup", "restore"} <= named <= commands()


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_no_unit_takes_back_what_holds_for_all(unit: Path) -> None:
    def settings(path: Path) -> set[str]:
        return {line.partition("=")[0] for line in path.read_text(encoding="utf-8").splitlines() if "=" in line}

    hardening = settings(DEPLOY / "systemd" / "tiendo-.service.d" / "hardening.conf")
    assert {"NoNewPrivileges", "ProtectSystem", "CapabilityBoundingSet", "User"} <= hardening
    assert settings(unit) & hardening <= {"MemoryMax"}
