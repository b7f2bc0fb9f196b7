"""`tiendo backup` and `tiendo restore` as a person types them, on a home before its first night."""

from __future__ import annotations

import json
from pathlib import Path

from pipelines.operation.sent import MAILED
from tests.commands.conftest import tiendo

SENT = '{"at": "2026-02-23T08:30:00", "day": "2026-02-23", "address": "a@b.vn", "state": "sent", "message_id": "<1>"}'


def test_a_restored_home_has_what_was_mailed_and_knows_that_it_was_restored(tmp_path: Path) -> None:
    home, new, backup = tmp_path / "home", tmp_path / "new", tmp_path / "backup.tar.gz"
    (home / "operation").mkdir(parents=True)
    (home / "operation" / MAILED).write_text(f'{SENT}\n{{"at": "2026-0', encoding="utf-8")
    assert tiendo(home, "backup", str(backup)).exit_code == 0
    assert tiendo(new, "restore", str(backup)).exit_code == 0
    sent, restored = (new / "operation" / MAILED).read_text(encoding="utf-8").splitlines()
    assert sent == SENT
    assert json.loads(restored)["state"] == "restored"
    again = tiendo(new, "restore", str(backup))
    assert again.exit_code == 1
    assert "is not empty" in again.stderr
