"""What a materialisation shows in Dagster: row counts, small tables, and plots drawn as SVG inside Markdown."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Sequence
from typing import Any

import dagster as dg

from pipelines.database import first_value
from pipelines.gate.submission import Submission
from pipelines.marts.models import Model
from pipelines.nightly import Warehouse

_BAR, _LABEL, _ROW = 360, 300, 18


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


def ledger_metadata(warehouse: Warehouse, submissions: Sequence[Submission]) -> dict[str, Any]:
    """Counts and a table of the files taken; `broken_rules` counts the faults of this run by rule."""
    rules = Counter(fault.rule for item in submissions for fault in item.faults)
    files = [
        dg.TableRecord(
            {
                "file": item.arrival.file_name,
                "province": item.envelope.province_code,
                "as_of_on": str(item.envelope.as_of_on or ""),
                "status": item.status,
                "accepted": len(item.values),
                "faults": len(item.faults),
            }
        )
        for item in submissions[:200]
    ]
    tables: dict[str, dict[str, Any]] = {}
    for name in ("submissions", "observations", "rejected_values"):
        count = first_value(warehouse.connection, f"SELECT COUNT(*) FROM facts.{name}")
        tables[f"facts/{name}"] = {"dagster/row_count": dg.MetadataValue.int(int(count))}
    if files:
        tables["facts/submissions"]["files"] = dg.MetadataValue.table(files)
    if rules:
        tables["facts/rejected_values"]["by_rule"] = dg.MetadataValue.md(
            bar_chart([(rule, float(count)) for rule, count in rules.most_common(12)], "")
        )
    return {"broken_rules": dict(rules), "tables": tables}


def model_metadata(warehouse: Warehouse, model: Model, rows: int) -> dict[str, Any]:
    """Row count of the table, its columns, and a plot where one says more than the count."""
    metadata: dict[str, Any] = {"dagster/row_count": rows}
    metadata["dagster/column_schema"] = dg.TableSchema(
        columns=[dg.TableColumn(name, description=note) for name, note in model.notes.items()]
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
