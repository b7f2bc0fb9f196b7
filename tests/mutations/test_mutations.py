"""Some hundred damaged files through gate, ledger and answers, and proof that their judge would notice."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bench.mutations import workers
from bench.mutations.formats import Original, originals
from bench.mutations.mutants import Mutant, mutant
from bench.mutations.night import Verdict, take
from bench.mutations.oracle import Noted, Outcome, TakenValue, is_answered, strange_values, unfounded, wrong_envelope
from bench.mutations.reports import DAY, PROVINCE, own_table
from bench.mutations.second_look import SecondLook

SON_HA, SON_HA_TOO = "21289", "21292"
# Reading one PDF starts a process of its own: too long for a quick test, and the same code behind it.
SLOW = "pdf"


def judged(mutants: Sequence[Mutant]) -> list[Verdict]:
    return take(mutants, lambda number: None)


def test_every_undamaged_report_is_taken_whole() -> None:
    mutants = [Mutant(n, item, "none", item.content(), True) for n, item in enumerate(originals())]
    for verdict, item in zip(judged(mutants), originals(), strict=True):
        assert (verdict.file, verdict.status, verdict.taken, verdict.changed, verdict.findings) == (
            f"{item.format}, {item.report.name}",
            "accepted",
            len(item.report.values()),
            0,
            [],
        )


def test_two_hundred_damaged_files_without_a_finding() -> None:
    mutants = [item for item in (mutant(3, number) for number in range(220)) if item.original.format != SLOW]
    assert [(verdict.number, verdict.change, verdict.findings) for verdict in judged(mutants) if verdict.findings] == []


def test_the_same_number_gives_the_same_file() -> None:
    for number in range(0, 120, 5):
        assert mutant(4, number) == mutant(4, number)


def test_a_file_that_takes_too_long_ends_its_process_and_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "FILE_SECONDS", 0.0)
    monkeypatch.setattr(workers, "_BETWEEN_SECONDS", 0.0)
    (result,) = workers.judge(seed=1, numbers=[0], processes=1)
    assert [(item.number, item.status, item.findings) for item in result.verdicts] == [
        (0, "crashed", ["hang: more than 0 s"])
    ]


LOOK = SecondLook(
    {
        "Hồ sơ": [
            ["Tính đến ngày 13/02/2026"],
            ["TT", "Mã xã", "Tên xã", "Hồ sơ tiếp nhận", "Hồ sơ đúng hạn"],
            [1, "", "XÃ SƠN HÀ", "3.193", "đang thực hiện"],
            [2, "21292", "Xã Sơn Hà", 12.0, 3.193],
        ]
    },
    True,
)


def with_values(*values: TakenValue, noted: Sequence[Noted] = ()) -> Outcome:
    return Outcome("accepted", PROVINCE, DAY, values, noted)


def damaged(is_harmless: bool = False) -> Mutant:
    return Mutant(0, Original(own_table(), "xlsx", 1), "by hand", b"", is_harmless)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (TakenValue(SON_HA, "dossiers_received", 3193.0, "Hồ sơ!D3"), ""),
        (TakenValue(SON_HA, "dossiers_received", 3193.5, "Hồ sơ!D3"), "cell"),
        (TakenValue(SON_HA, "dossiers_received", 7.0, "Hồ sơ!E3"), "cell"),
        (TakenValue(SON_HA_TOO, "dossiers_received", 3193.0, "Hồ sơ!D3"), "row"),
        (TakenValue(SON_HA, "dossiers_on_time", 3193.0, "Hồ sơ!D3"), "column"),
        (TakenValue(SON_HA_TOO, "dossiers_received", 12.0, "Hồ sơ!D4"), "row"),
        (TakenValue(SON_HA_TOO, "dossiers_on_time", 3193.0, "Hồ sơ!E4"), "cell"),
        (TakenValue(SON_HA, "dossiers_received", 5.0, "Elsewhere!D3"), "cell"),
    ],
)
def test_a_value_that_the_file_does_not_say_is_found(value: TakenValue, found: str) -> None:
    outcome = with_values(value)
    strange = strange_values(damaged(), outcome)
    assert [finding.partition(":")[0] for finding in unfounded(damaged(), outcome, strange, LOOK)] == (
        [found] if found else []
    )


def test_a_value_that_harmless_damage_changed_is_found_whatever_the_file_says() -> None:
    outcome = with_values(TakenValue(SON_HA, "dossiers_received", 3193.0, "Hồ sơ!D3"))
    strange = strange_values(damaged(), outcome)
    assert [item.partition(":")[0] for item in unfounded(damaged(is_harmless=True), outcome, strange, LOOK)] == [
        "value"
    ]


def test_a_value_with_a_warning_was_asked_about_but_not_by_comparing_files() -> None:
    value = TakenValue(SON_HA, "dossiers_received", 9.0, "Hồ sơ!D3")
    own = Noted("parts_do_not_add_up", "warning", "Hồ sơ!D3", "…", "…")
    assert strange_values(damaged(), with_values(value, noted=[own])) == []
    assert strange_values(damaged(), with_values(value, noted=[replace(own, rule="value_changed")])) == [value]


def test_a_code_beside_the_name_of_another_needs_a_question() -> None:
    outcome = with_values(
        TakenValue(SON_HA_TOO, "dossiers_received", 12.0, "Hồ sơ!D4"),
        noted=[Noted("unit_name_differs", "warning", "Hồ sơ!B4", "…", "…")],
    )
    assert unfounded(damaged(), outcome, strange_values(damaged(), outcome), LOOK) == []


def test_a_day_or_province_from_nowhere_is_found() -> None:
    moved = replace(with_values(), day=datetime.date(2026, 1, 2), province="12")
    assert [item.partition(":")[0] for item in wrong_envelope(moved, LOOK)] == ["day", "day", "province"]


def test_a_second_sender_in_the_file_is_found() -> None:
    look = SecondLook({"Hồ sơ": [["UBND TỈNH QUẢNG NGÃI"]], "Nhân lực": [["UBND tỉnh Lai Châu"]]}, True)
    assert wrong_envelope(with_values(), look) == ["province: 51 taken, the file names ['12', '51']"]


def test_a_file_without_words_for_its_sender_is_found() -> None:
    silent = Noted("unknown_form", "file", "tệp", "", "")
    assert is_answered(Outcome("rejected", None, None, [], [])) == ["rejected without a reason"]
    assert is_answered(Outcome("rejected", None, None, [], [silent])) == ["rule unknown_form without message or fix"]
    assert is_answered(Outcome("", None, None, [], [silent]))[0] == "status ''"
