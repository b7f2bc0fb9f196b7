"""What a materialisation shows in Dagster: row counts, small tables, and plots drawn as SVG inside Markdown."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import dagster as dg

from pipelines.database import first_value
from pipelines.facts.tables import LEDGER, REJECTED_VALUES, SUBMISSIONS
from pipelines.marts.models import Model
from pipelines.nightly import Warehouse

_BAR, _LABEL, _ROW = 360, 300, 18
_FILES_SHOWN, _RULES_SHOWN = 200, 12


def bar_chart(rows: Sequence[tuple[str, float]], unit: str) -> str:
    """Horizontal bars with their numbers as a Markdown image; the longest bar is the largest value."""
    largest = max((value for _, value in rows), default=0) or 1
    lines = []
    for number, (label, value) in enumerate(rows):
        y = number * _ROW
        lines.append(
            f'<text x="{_LABEL - 6}" y="{y + 13}" text-anchor="end">{_escaped(label)}</text>'
            f'<rect x="{_LABEL}" y="{y + 3}" width="{_BAR * value / largest:.1f}" height="12" fill="#118C7E"/>'
            f'<text x="{_LABEL + _BAR * value / largest + 5:.1f}" y="{y + 13}">{value:,.0f} {unit}</text>'
        )
    height = len(rows) * _ROW + 4
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LABEL + _BAR + 110}" height="{height}" '
        f'font-family="sans-serif" font-size="12">{"".join(lines)}</svg>'
    )
    return f"![plot](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def files_taken(warehouse: Warehouse, taken: Sequence[str]) -> list[dict[str, str | int | None]]:
    """What became of each of the given submissions, as the log says it: whose it is and how many values."""
    names = ("submission_id", "province_code", "status", "accepted_count", "rejected_count")
    rows = warehouse.connection.execute(
        f"SELECT {', '.join(names)} FROM facts.submissions WHERE submission_id IN (SELECT UNNEST(?)) ORDER BY 1",
        [list(taken)],
    ).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]


def ledger_metadata(warehouse: Warehouse, taken: Sequence[str]) -> dict[str, Any]:
    """Row counts of the ledger, a table of the submissions taken, and `broken_rules`: their faults counted by rule."""
    connection = warehouse.connection
    columns = ("file_name", "province_code", "as_of_on", "status", "accepted_count", "rejected_count")
    files = connection.execute(
        f"SELECT {', '.join(columns)} FROM facts.submissions WHERE submission_id IN (SELECT UNNEST(?)) "
        "ORDER BY submission_id LIMIT ?",
        [list(taken), _FILES_SHOWN],
    ).fetchall()
    rules = connection.execute(
        "SELECT rule, COUNT(*) FROM facts.rejected_values WHERE submission_id IN (SELECT UNNEST(?)) "
        "GROUP BY rule ORDER BY 2 DESC, 1",
        [list(taken)],
    ).fetchall()
    tables: dict[str, dict[str, Any]] = {}
    for table in LEDGER:
        count = first_value(connection, f"SELECT COUNT(*) FROM {table.name}")
        tables[table.name] = {"dagster/row_count": dg.MetadataValue.int(int(count))}
    if files:
        tables[SUBMISSIONS.name]["files"] = dg.MetadataValue.table(
            [dg.TableRecord(dict(zip(columns, map(_plain, row), strict=True))) for row in files]
        )
    if rules:
        tables[REJECTED_VALUES.name]["by_rule"] = dg.MetadataValue.md(
            bar_chart([(str(rule), float(count)) for rule, count in rules[:_RULES_SHOWN]], "")
        )
    return {"broken_rules": {str(rule): int(count) for rule, count in rules}, "tables": tables}


def _plain(cell: object) -> str | int:
    """A cell as Dagster's tables take it."""
    return cell if isinstance(cell, int) else str(cell or "")


def model_metadata(warehouse: Warehouse, model: Model, rows: int) -> dict[str, Any]:
    """Row count of the table (of a view: of the days to refresh), its columns, and a plot where one says more."""
    metadata: dict[str, Any] = {"derived_row_count" if model.kind == "view" else "dagster/row_count": rows}
    if not model.parameters:
        types = {str(row[0]): str(row[1]) for row in warehouse.connection.execute(f"DESCRIBE {model.name}").fetchall()}
        metadata["dagster/column_schema"] = dg.TableSchema(
            columns=[dg.TableColumn(name, types[name], description=note) for name, note in model.notes.items()]
        )
    plot = _PLOTS.get(model.name)
    if plot:
        found = warehouse.connection.execute(plot).fetchall()
        metadata["plot"] = dg.MetadataValue.md(bar_chart([(str(label), float(value)) for label, value in found], "%"))
    return metadata


_PLOTS = {
    "marts.national_progress": """
        SELECT indicator, progress_pct FROM marts.national_progress
        WHERE progress_pct IS NOT NULL AND as_of_on = (SELECT MAX(as_of_on) FROM marts.national_progress)
        ORDER BY progress_pct
    """,
    "marts.reporting_coverage": """
        SELECT strftime(as_of_on, '%d/%m/%Y'), 100.0 * COUNT(*) FILTER (WHERE received_at IS NOT NULL) / COUNT(*)
        FROM marts.reporting_coverage WHERE status <> 'not_due' GROUP BY as_of_on ORDER BY as_of_on
    """,
}
