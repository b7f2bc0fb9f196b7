from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from pipelines.reference.load import Reference
from pipelines.simulation.files import FIRST_DAY, LAST_DAY, simulated_days
from pipelines.simulation.histories import BLANK
from pipelines.simulation.truth import Truth, make_truth


def test_the_default_days_are_seventeen(truth: Truth) -> None:
    assert len(truth.days) == 17
    assert (truth.days[0], truth.days[-1]) == (date(2025, 7, 15), date(2026, 2, 25))
    assert date(2026, 2, 13) in truth.days


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_published_figure_of_a_reported_indicator_is_met(reference: Reference, seed: int) -> None:
    truth = make_truth(reference, simulated_days(reference, FIRST_DAY, LAST_DAY, None), seed)
    reported = {item.indicator for item in reference.reported_indicators}
    missed = []
    for figure in reference.published_figures:
        if figure.indicator not in reported:
            continue
        on = truth.country.until(figure.as_of)
        by_province = truth.province_totals(figure.indicator, on)
        simulated = {
            "national": truth.national_total(figure.indicator, on),
            "national_province_count": sum(total > 0 for total in by_province.values()),
        }.get(figure.scope, by_province.get(figure.scope.removeprefix("province:")))
        if simulated != figure.value:
            missed.append((figure.figure, figure.value, simulated))
    assert missed == []


def test_the_totals_that_the_product_is_known_by(truth: Truth) -> None:
    closing, published = date(2026, 2, 25), date(2026, 2, 13)
    assert truth.national_total("pvhcc_commune_operating", closing) == 3193
    chain = (
        "extension_scheme_drafted",
        "extension_centre_decided",
        "commune_service_centre_decided",
        "commune_extension_staff_placed",
        "extension_coordination_rules",
    )
    assert [truth.national_total(stage, published) for stage in chain] == [34, 23, 25, 21, 14]
    assert truth.national_total("military_commander_appointed", published) == 3319
    assert truth.province_totals("staff_present", truth.days[0])["42"] == 2697


def test_ha_noi_hoang_sa_and_truong_sa_leave_commune_centres_blank(truth: Truth) -> None:
    given = truth.commune_values[-1]["pvhcc_commune_operating"]
    blank = [commune for commune, value in zip(truth.country.communes, given, strict=True) if value == BLANK]
    outside = {commune.commune_name for commune in blank if commune.province_code != "01"}
    assert len(blank) == 126 + 2
    assert outside == {"Đặc khu Hoàng Sa", "Đặc khu Trường Sa"}


def test_values_keep_their_bounds_and_never_exceed_what_they_are_measured_against(truth: Truth) -> None:
    for values in (*truth.commune_values, *truth.provincial_values):
        for indicator, given in values.items():
            item = truth.country.reference.indicator(indicator)
            reported = given[given != BLANK]
            assert item.lower is None or reported.min() >= item.lower, indicator
            assert item.upper is None or reported.max() <= item.upper, indicator
            if item.target_rule in values:
                assert (given <= values[item.target_rule]).all(), indicator


def test_sums_add_up_in_every_commune(truth: Truth) -> None:
    parts = truth.country.reference.indicator("military_posts_filled").sum_of
    for values in truth.commune_values:
        total = values["military_posts_filled"]
        reported = total != BLANK
        added_up = np.sum([values[part] for part in parts], axis=0)
        assert (added_up[reported] == total[reported]).all()


def test_running_totals_never_fall(truth: Truth) -> None:
    for indicator in (i.indicator for i in truth.country.reference.reported_indicators if i.is_cumulative):
        days = truth.commune_values if indicator in truth.commune_values[0] else truth.provincial_values
        assert (np.diff([values[indicator] for values in days], axis=0) >= 0).all(), indicator


def test_progress_is_uneven_and_not_everything_is_done(truth: Truth) -> None:
    closing = truth.days[-1]
    sizes = np.bincount(truth.country.province_of)
    offices = np.array(list(truth.province_totals("office_adequate", closing).values())) / sizes
    assert offices.min() < 0.7
    assert offices.max() == 1.0
    assert 0.8 < offices @ sizes / sizes.sum() < 0.95
    assert 20 <= truth.national_total("central_procedure_system_adopted", closing) <= 26
    resolved, raised = (truth.national_total(f"obstacles_{what}", closing) for what in ("resolved", "raised"))
    assert 0.85 < resolved / raised < 0.95


def test_a_setback_carries_a_remark(truth: Truth) -> None:
    setback = next(s for s in truth.histories.setbacks if s.indicator == "network_stable")
    day = truth.days.index(date(2025, 11, 15))
    province = int(truth.country.province_of[setback.communes[0]])
    form = truth.form_values(day, province)
    for position in setback.communes:
        code = truth.country.communes[position].commune_code
        assert form.values[code, "network_stable"] == 0
        assert form.remarks["Biểu 05", code] == setback.remark


def test_evidence_stands_beside_every_finished_stage_and_reads_as_simulated(truth: Truth) -> None:
    form = truth.form_values(len(truth.days) - 1, 0)
    assert form.done_on.keys() == form.evidence.keys()
    assert form.done_on
    assert all(number.startswith("MP-") for number in form.evidence.values())
    assert all(day <= truth.days[-1] for day in form.done_on.values())


def test_a_day_has_the_same_stocks_whatever_other_days_are_simulated(reference: Reference, truth: Truth) -> None:
    alone = make_truth(reference, [FIRST_DAY, LAST_DAY], seed=1)
    for indicator in ("staff_present", "office_adequate", "obstacles_resolved", "military_assistants"):
        assert (alone.commune_values[-1][indicator] == truth.commune_values[-1][indicator]).all()


def test_an_indicator_without_assumptions_is_simulated_all_the_same(reference: Reference) -> None:
    new = replace(reference.indicator("network_stable"), indicator="solar_power", name_vi="Có điện mặt trời")
    extended = replace(reference, indicators=(*reference.indicators, new))
    assert make_truth(extended, [LAST_DAY], seed=1).national_total("solar_power", LAST_DAY) > 1000
