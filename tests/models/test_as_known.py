"""facts.as_known(effective_on, known_on): whatever comes later, what was known on a past day stays what it was."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reference.records import Correction
from tests.models.tiny import Country, day

UNITS, INDICATORS = ("91001", "91002", "91003"), ("staff_present", "staff_allocated")
FIRST = datetime.date(2025, 10, 1)
DAYS = 40


@dataclass(frozen=True)
class Sent:
    """One value: what it describes and when it came, in days after the first."""

    unit: str
    indicator: str
    as_of: int
    received: int
    value: int


def sent_values(latest: int) -> st.SearchStrategy[Sent]:
    """Values that have arrived by a day, each on the day that it describes or later."""
    return st.integers(0, latest).flatmap(
        lambda received: st.builds(
            Sent,
            st.sampled_from(UNITS),
            st.sampled_from(INDICATORS),
            st.integers(0, received),
            st.just(received),
            st.integers(0, 99),
        )
    )


def on(number: int) -> str:
    return (FIRST + datetime.timedelta(days=number)).isoformat()


def send(country: Country, values: Sequence[Sent]) -> None:
    """In the order of arrival, as files come."""
    for sent in sorted(values, key=lambda sent: sent.received):
        line = f"{sent.unit} {sent.indicator} {sent.value}"
        country.report("91", on(sent.as_of), line, sent=f"{on(sent.received)} 09:00")


def known(country: Country, effective: int, known_on: int) -> list[list[str]]:
    return country.rows(f"facts.as_known(DATE '{on(effective)}', DATE '{on(known_on)}')")


def computed(values: Sequence[Sent], effective: int, known_on: int) -> set[tuple[str, str, int, float]]:
    """The same question asked of the plain list: for each unit and indicator the newest day, in its newest version."""
    best: dict[tuple[str, str], Sent] = {}
    for sent in sorted(values, key=lambda sent: sent.received):
        key = (sent.unit, sent.indicator)
        if sent.as_of <= effective and sent.received <= known_on and sent.as_of >= best.get(key, sent).as_of:
            best[key] = sent
    return {(unit, indicator, sent.as_of, float(sent.value)) for (unit, indicator), sent in best.items()}


@settings(max_examples=8, deadline=None)
@given(st.data(), st.integers(0, DAYS), st.integers(0, DAYS))
def test_fifty_later_reports_change_nothing_of_what_was_known(
    data: st.DataObject, effective: int, known_on: int
) -> None:
    """The later reports arrive after the day of knowledge, about any day, also those that were known by then."""
    before = data.draw(st.lists(sent_values(known_on), min_size=1, max_size=20))
    drawn = data.draw(st.lists(sent_values(DAYS), min_size=50, max_size=50))
    late = [replace(sent, received=known_on + 1 + sent.received) for sent in drawn]
    country = Country()
    send(country, before)
    country.night(on(effective), known=f"{on(known_on)} 23:30", until="facts.as_known")
    then = known(country, effective, known_on)
    send(country, late)
    country.night(on(DAYS), known=f"{on(3 * DAYS)} 01:30", until="facts.as_known")
    assert known(country, effective, known_on) == then
    found = {(row[0], row[2], (day(row[3]) - FIRST).days, float(row[4])) for row in known(country, effective, known_on)}
    assert found == computed([*before, *late], effective, known_on)


def test_a_correction_of_the_ministry_is_known_from_the_day_of_its_entry_until_it_expires() -> None:
    recount = Correction(
        "recount", "91001", "staff_present", day("2025-10-05"), 10.0, 12.0, "Đếm lại", "9/BNV",
        day("2025-10-20"), day("2025-11-20"),
    )  # fmt: skip
    country = Country(corrections=[recount])
    country.report("91", "2025-10-05", "91001 staff_present 10")
    country.night("2025-10-05", known="2025-12-31 01:30")
    told = {
        known_on: country.rows(f"facts.as_known(DATE '2025-10-31', DATE '{known_on}')", "value")
        for known_on in ("2025-10-19", "2025-10-20", "2025-11-19", "2025-11-20")
    }
    assert told == {"2025-10-19": [["10"]], "2025-10-20": [["12"]], "2025-11-19": [["12"]], "2025-11-20": [["10"]]}
