from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from pipelines.simulation.sending import Sending, due_dates, plan_sending, quiet_provinces
from pipelines.simulation.truth import Truth


@pytest.fixture(scope="module")
def plan(truth: Truth) -> list[Sending]:
    return plan_sending(truth.country, truth.days, due_dates(truth.country.reference, truth.days))


def test_most_send_in_time_some_late_a_few_not_at_all(truth: Truth, plan: list[Sending]) -> None:
    due = due_dates(truth.country.reference, truth.days)
    first = [sending for sending in plan if sending.revision == 1]
    late = [sending for sending in first if sending.sent_at.date() > due[truth.days[sending.day]]]
    possible = len(truth.days) * len(truth.country.provinces)
    assert 0.05 < len(late) / possible < 0.2
    assert 0.005 < 1 - len(first) / possible < 0.04
    assert all(sending.sent_at.date() >= truth.days[sending.day] for sending in first)


def test_a_correction_follows_its_original_before_the_reports_are_due(truth: Truth, plan: list[Sending]) -> None:
    due = due_dates(truth.country.reference, truth.days)
    originals = {(s.province, s.day): s for s in plan if s.is_corrected_later}
    corrections = {(s.province, s.day): s for s in plan if s.revision == 2}
    assert originals.keys() == corrections.keys()
    assert len(corrections) > 5
    for key, correction in corrections.items():
        assert originals[key].sent_at < correction.sent_at
        assert correction.sent_at.date() <= due[truth.days[correction.day]]


def test_nobody_misses_a_day_on_which_a_published_total_is_first_shown(truth: Truth, plan: list[Sending]) -> None:
    shown = {truth.country.until(figure.as_of) for figure in truth.country.reference.published_figures}
    senders = Counter(truth.days[s.day] for s in plan if s.revision == 1)
    assert {senders[day] for day in shown & set(truth.days[:-1])} == {34}


def test_before_the_last_night_everything_but_the_last_day_is_there(truth: Truth, plan: list[Sending]) -> None:
    last_night = due_dates(truth.country.reference, truth.days)[truth.days[-1]] + timedelta(days=1)
    assert all(s.sent_at.date() < last_night for s in plan if s.day < len(truth.days) - 1)
    absent = set(range(34)) - {s.province for s in plan if s.day == len(truth.days) - 1}
    assert absent == {quiet_provinces(truth.country, len(truth.days))[-1]}


def test_what_arrives_in_time_for_the_last_night_adds_up_to_the_published_total(truth: Truth) -> None:
    quiet = quiet_provinces(truth.country, len(truth.days))
    settled = truth.settled(quiet)
    held = settled.province_totals("pvhcc_commune_operating", settled.days[-1])
    earlier = settled.province_totals("pvhcc_commune_operating", settled.days[-2])
    for position in quiet:
        code = settled.country.provinces[position].province_code
        assert earlier.get(code) == held.get(code)
