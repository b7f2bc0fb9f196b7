"""Checks before publishing: each `sql/checks/*.sql` selects the rows that break it; one row is enough to stop.

The header names the asset (`-- asset: marts.national_progress`); the file name is the name of the check. With
`-- severity: warning` it only says so: what is published is right, and something will soon be missing.
"""

# Dagster reads annotations as objects, so this file does without postponed ones.

import re
from pathlib import Path

import dagster as dg

from pipelines.nightly import Warehouse
from pipelines.orchestration.assets import asset_key
from pipelines.settings import SQL_DIRECTORY

_ASSET = re.compile(r"^-- asset:\s*(\S+)", re.MULTILINE)
_WARNING = re.compile(r"^-- severity:\s*warning\s*$", re.MULTILINE)
_SHOWN = 20


def _check(path: Path) -> dg.AssetChecksDefinition:
    sql = path.read_text(encoding="utf-8")
    found = _ASSET.search(sql)
    if found is None:
        raise ValueError(f"{path}: the header needs `-- asset: schema.table`.")
    severity = dg.AssetCheckSeverity.WARN if _WARNING.search(sql) else dg.AssetCheckSeverity.ERROR

    @dg.asset_check(
        asset=asset_key(found.group(1)),
        name=path.stem,
        blocking=True,
        description=sql.splitlines()[0].removeprefix("--").strip(),
    )
    def check(warehouse: dg.ResourceParam[Warehouse]) -> dg.AssetCheckResult:
        rows = warehouse.connection.execute(sql).fetchall()
        shown = [[str(cell) for cell in row] for row in rows[:_SHOWN]]
        metadata = {"failing_rows": dg.MetadataValue.json(shown)}
        return dg.AssetCheckResult(passed=not rows, severity=severity, metadata=metadata)

    return check


CHECKS = [_check(path) for path in sorted((SQL_DIRECTORY / "checks").glob("*.sql"))]
