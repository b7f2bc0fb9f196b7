"""`tiendo landed`: a file comes back byte for byte under its sender's name, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.conftest import Ingested, tiendo


def submission_of(ingested: Ingested) -> str:
    listed = tiendo(
        ingested.home,
        "sql",
        f"SELECT submission_id FROM facts.submissions WHERE file_name LIKE '%{ingested.partial.name}'",
        "--format",
        "csv",
    )
    return listed.stdout.splitlines()[-1].strip()


def test_a_file_comes_back_as_it_was_received(ingested: Ingested, tmp_path: Path) -> None:
    result = tiendo(ingested.home, "landed", submission_of(ingested), "--out", str(tmp_path), "--json")
    assert result.exit_code == 0, result.output
    path = Path(json.loads(result.stdout)["path"])
    assert path == tmp_path / ingested.partial.name
    assert path.read_bytes() == ingested.partial.read_bytes()


def test_an_unknown_submission_is_refused(ingested: Ingested, tmp_path: Path) -> None:
    result = tiendo(ingested.home, "landed", "000099-00000000", "--out", str(tmp_path))
    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == []
