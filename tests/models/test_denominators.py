"""reference.denominators: how many units count, by default and by exception, in every period."""

from __future__ import annotations

import datetime

from pipelines.reference.records import DenominatorException
from tests.models.tiny import TINY, Country, day

TABLE = "reference.denominators"


def exception(province: str, count: int, first: str, last: str = "") -> DenominatorException:
    return DenominatorException(
        "centre_operating", province, count, "ngoại lệ", day(first), day(last) if last else None
    )


def built(*exceptions: DenominatorException) -> Country:
    return Country(denominators=exceptions).night("2025-10-15", until=TABLE)


def counts(*exceptions: DenominatorException, province: str, indicator: str = "centre_operating") -> list[list[str]]:
    country = built(*exceptions)
    return country.rows(
        TABLE,
        "expected_count, valid_from_on, valid_to_on",
        f"province_code = '{province}' AND indicator = '{indicator}'",
    )


def test_a_province_counts_its_communes_or_itself() -> None:
    country = built(*TINY.denominators)
    country.check(
        TABLE,
        """
        indicator province_code expected_count reason valid_from_on valid_to_on
        centre_operating 01 0 một⎵Trung⎵tâm⎵một⎵cấp 2025-07-01 -
        centre_decided 01 1 Mỗi⎵tỉnh,⎵thành⎵phố⎵một⎵đơn⎵vị 2025-07-01 -
        centre_operating 91 3 Mỗi⎵xã,⎵phường,⎵đặc⎵khu⎵một⎵đơn⎵vị 2025-07-01 -
        centre_decided 91 1 Mỗi⎵tỉnh,⎵thành⎵phố⎵một⎵đơn⎵vị 2025-07-01 -
        """,
        where="indicator LIKE 'centre_%' AND province_code IN ('01', '91')",
    )


def test_an_indicator_known_only_from_publications_has_none() -> None:
    country = built(*TINY.denominators)
    assert country.rows(TABLE, where="indicator = 'communes_short_of_staff'") == []


def test_a_redrawn_province_has_one_count_per_period() -> None:
    assert counts(province="75") == [["2", "2025-07-01", "2026-04-29"], ["3", "2026-04-30", "-"]]


def test_the_default_holds_before_and_after_an_exception() -> None:
    assert counts(exception("91", 2, "2025-09-01", "2025-12-31"), province="91") == [
        ["2", "2025-09-01", "2025-12-31"],
        ["3", "2025-07-01", "2025-08-31"],
        ["3", "2026-01-01", "-"],
    ]


def test_one_exception_can_follow_the_other_without_a_gap() -> None:
    first, second = exception("91", 1, "2025-07-01", "2025-09-30"), exception("91", 2, "2025-10-01")
    assert counts(first, second, province="91") == [["1", "2025-07-01", "2025-09-30"], ["2", "2025-10-01", "-"]]


def test_an_exception_reaches_over_a_redrawing() -> None:
    assert counts(exception("75", 1, "2026-01-01", "2026-06-30"), province="75") == [
        ["1", "2026-01-01", "2026-04-29"],
        ["1", "2026-04-30", "2026-06-30"],
        ["2", "2025-07-01", "2025-12-31"],
        ["3", "2026-07-01", "-"],
    ]


def test_every_day_of_a_province_has_exactly_one_count() -> None:
    exceptions = [exception("75", 1, "2025-08-01", "2026-05-31"), exception("91", 2, "2025-07-01", "2025-07-01")]
    country = built(*exceptions)
    days = [datetime.date(2025, 7, 1) + datetime.timedelta(days=number) for number in range(400)]
    uncounted = country.connection.execute(
        "SELECT d.day_on, p.province_code, COUNT(n.expected_count) "
        "FROM (SELECT UNNEST(?) AS day_on) AS d CROSS JOIN (VALUES ('01'), ('75'), ('91')) AS p(province_code) "
        "LEFT JOIN reference.denominators AS n ON n.indicator = 'centre_operating' "
        "AND n.province_code = p.province_code AND n.valid_from_on <= d.day_on "
        "AND (n.valid_to_on IS NULL OR d.day_on <= n.valid_to_on) GROUP BY ALL HAVING COUNT(n.expected_count) <> 1",
        [days],
    ).fetchall()
    assert uncounted == []
