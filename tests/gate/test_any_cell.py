"""Whatever stands in the cells of a report: each is taken as it is, set aside with a reason, or reports nothing."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.gate.faults import fault_text
from pipelines.gate.values import Separator, is_blank, read_value
from pipelines.readers import CellValue
from pipelines.reference.load import Reference
from tests.gate.reports import LY_SON, SON_HA, SON_HA_TOO, Desk, taken

UNITS = (SON_HA, SON_HA_TOO, LY_SON)
WORDS = st.sampled_from(["x", "-", "…", "3,193", "3.193", "1.234.567", "#REF!", "TRUE", "13/02/2026", "12 người", "5%"])
CELLS = st.integers(-5, 300) | st.floats(-1e6, 1e6).map(lambda number: round(number, 3)) | st.text(max_size=12) | WORDS


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(cells=st.data())
def test_every_cell_is_accounted_for(desk: Desk, country: Reference, cells: st.DataObject) -> None:
    columns = ("staff_contracted", "office_adequate", "dossiers_received")
    written = {(unit, column): cells.draw(CELLS) for unit in UNITS for column in columns}
    submission = desk.read(desk.report(written))
    found, faults = taken(submission), {fault.place: fault for fault in submission.faults}
    for (unit, indicator), given_cell in written.items():
        cell: CellValue = float(given_cell) if isinstance(given_cell, int) else given_cell
        word = {"staff_contracted": "người", "dossiers_received": "hồ sơ"}.get(indicator, "")
        # A comma before three digits is for the column to decide.
        readings = [read_value(cell, indicator == "office_adequate", unit=word, comma=comma) for comma in Separator]
        place = desk.cell(unit, indicator)
        if (unit, indicator) in found:
            assert found[unit, indicator] in [(reading.value, place) for reading in readings]
            assert place not in faults or faults[place].rule == readings[0].remark
        elif not is_blank(cell):
            assert faults[place].rule in [reading.rule for reading in readings if reading.rule]
            assert fault_text(faults[place], country).severity == "critical"
