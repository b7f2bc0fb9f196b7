"""What the rest of the product asks the reference tables."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from pipelines.reference.load import Reference, load_reference
from tests.reference.editing import REPO_TABLES, EditedTables

DAY = date(2026, 2, 25)
PERIODIC_DAYS = 36
EXTRA_DAYS = 2


def test_forty_indicators_are_reported_and_ten_are_only_published(reference: Reference) -> None:
    assert len(reference.indicators) == 50
    assert len(reference.reported_indicators) == 40
    assert {i.group for i in reference.indicators if i not in reference.reported_indicators} == {"published"}


def test_directives_and_published_figures_are_typed(reference: Reference) -> None:
    directive = next(d for d in reference.directives if d.directive == "letter145_commune_service_unit")
    figure = next(f for f in reference.published_figures if f.figure == "2026-02-pvhcc-commune")

    assert (directive.due_on, directive.due_inclusive, directive.target_pct) == (date(2025, 10, 30), False, 100)
    assert directive.indicators == ("commune_service_centre_decided", "commune_extension_staff_placed")
    assert (figure.value, figure.denominator, figure.as_of) == (3193, None, DAY)
    assert (len(reference.directives), len(reference.published_figures)) == (8, 42)


@pytest.mark.parametrize(
    ("indicator", "province_code", "expected"),
    [
        ("pvhcc_commune_operating", "01", 0),
        ("pvhcc_commune_operating", "91", 102),
        ("pvhcc_province_established", "01", 1),
        ("military_commander_appointed", "48", 93),
        ("military_commander_appointed", "56", 64),
        ("military_assistants", "48", 93),
        ("staff_present", "48", 94),
    ],
)
def test_how_many_units_can_report_an_indicator(
    reference: Reference, indicator: str, province_code: str, expected: int
) -> None:
    assert reference.expected_count_on(indicator, province_code, DAY) == expected


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("pvhcc_commune_established", 3195),
        ("pvhcc_commune_operating", 3195),
        ("military_commander_appointed", 3319),
        ("military_deputy_commander_appointed", 3319),
        ("military_deputy_political_officer_appointed", 3319),
        ("military_posts_filled", 3319),
        ("office_adequate", 3321),
        ("extension_centre_decided", 34),
    ],
)
def test_national_denominators(reference: Reference, indicator: str, expected: int) -> None:
    assert sum(reference.expected_count_on(indicator, code, DAY) for code in reference.provinces_on(DAY)) == expected


def test_an_exception_says_why(reference: Reference) -> None:
    exception = reference.denominator_on("pvhcc_commune_operating", "01", DAY)

    assert exception is not None
    assert "một cấp" in exception.reason
    assert reference.denominator_on("pvhcc_commune_operating", "91", DAY) is None


def test_reporting_days_run_from_july_2025_to_december_2026(reference: Reference) -> None:
    days = [day.as_of_on for day in reference.reporting_days]

    assert len(days) == PERIODIC_DAYS + EXTRA_DAYS
    assert sum(day <= DAY for day in days) == 17
    assert {date(2026, 2, 13), date(2026, 2, 28), date(2026, 12, 31)} <= set(days)
    assert all((day.due_on - day.as_of_on).days == 2 for day in reference.reporting_days)


def test_unknown_codes_are_key_errors(reference: Reference) -> None:
    with pytest.raises(KeyError):
        reference.indicator("no_such_indicator")
    with pytest.raises(KeyError):
        reference.rule("no_such_rule")


def test_every_rule_text_can_be_filled_in(reference: Reference) -> None:
    fields = dict.fromkeys(("given", "expected", "unit", "indicator", "place", "detail"), "…")

    for rule in reference.rules:
        assert "{" not in "".join(
            text.format(**fields)
            for text in (rule.expected_vi, rule.message_vi, rule.message_en, rule.fix_vi, rule.fix_en)
        )


def test_the_digest_follows_the_bytes(reference: Reference, edited: EditedTables) -> None:
    same = load_reference(edited.folder).digest
    edited.change("forms.csv", "CQDP2C", "title_en", "Another title")

    assert same == reference.digest
    assert load_reference(edited.folder).digest != reference.digest


@pytest.mark.parametrize("file", ["follow_ups.csv", "parameters.csv"])
def test_what_only_models_read_does_not_have_landed_files_read_again(
    reference: Reference, edited: EditedTables, file: str
) -> None:
    table = edited.folder / file
    table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
    changed = load_reference(edited.folder)

    assert changed.digest != reference.digest
    assert changed.gate_digest == reference.gate_digest


def test_a_file_saved_by_excel_with_a_byte_order_mark_is_read(reference: Reference, edited: EditedTables) -> None:
    file: Path = edited.folder / "forms.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))

    assert load_reference(edited.folder).forms == reference.forms


def test_loading_takes_a_fraction_of_a_second() -> None:
    load_reference(REPO_TABLES)
    start = time.perf_counter()
    load_reference(REPO_TABLES)

    assert time.perf_counter() - start < 0.5


def test_what_people_decided_is_found_by_shape_and_by_hash(edited: EditedTables) -> None:
    for label, meaning in (("số cán bộ", "staff_present"), ("ký tên", "ignore")):
        edited.add("mappings.csv", shape="0123456789ab", label=label, meaning=meaning, entered_on="2026-02-14", note="")
    edited.add(
        "decisions.csv",
        sha256="ab" * 32,
        province_code="91",
        as_of_on="",
        form="",
        reason="Sở xác nhận",
        entered_on="2026-02-14",
    )

    reference = load_reference(edited.folder)

    assert reference.mappings_of("0123456789ab") == {"số cán bộ": "staff_present", "ký tên": "ignore"}
    assert reference.mappings_of("ffffffffffff") == {}
    decision = reference.decision_for("ab" * 32)
    assert decision is not None
    assert (decision.province_code, decision.as_of_on, decision.form) == ("91", None, "")
    assert reference.decision_for("cd" * 32) is None
