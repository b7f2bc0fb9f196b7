"""The pages that follow one field of work each, declared once: what they show, in which words, what comes first.

A further figure on such a page is a row here; the blocks in `blocks/topic.py` draw all of them alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.figures.ranked import ranked
from dashboard.pages import marked
from dashboard.vocabulary import STATUSES
from dashboard.warehouse import Row

# What is looked at: the share of the target, the number itself, what remains to be done, who has it.
SHARE, VALUE, REMAINING, NAMES = "share", "value", "remaining", "names"
COLUMNS = {SHARE: "progress_pct", VALUE: "value", REMAINING: "remaining", NAMES: "value"}
CHANGES = {SHARE: "progress_change", VALUE: "change", REMAINING: "remaining_change", NAMES: "change"}


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to look at: `code` stands in the address, `label` in the choice and over the columns."""

    code: str
    label: str
    measure: str = SHARE
    of: str = ""

    @property
    def indicator(self) -> str:
        return self.of or self.code

    @property
    def column(self) -> str:
        return COLUMNS[self.measure]

    @property
    def change_column(self) -> str:
        return CHANGES[self.measure]


@dataclass(frozen=True, slots=True)
class Topic:
    """One page: figures on top, what can be looked at, communes' flags that are held against each other.

    `published` are further indicators of the field, which nobody reports but authorities publish.
    """

    headlines: tuple[str, ...]
    subjects: tuple[Subject, ...]
    together: tuple[str, ...] = ()
    published: tuple[str, ...] = ()

    @property
    def indicators(self) -> list[str]:
        """All of them, each once, in the order of the page."""
        return list(dict.fromkeys((*self.headlines, *(subject.indicator for subject in self.subjects))))

    def most_urgent(self, country: Mapping[str, Row]) -> Subject:
        """What the page opens with: the subject with the most urgent deadline, the first where none has any."""
        return min(self.subjects, key=lambda subject: _urgency(country.get(subject.indicator)))


def _urgency(row: Row | None) -> tuple[int, float]:
    if row is None or row["status"] is None or row["status"] == "not_due":
        return len(STATUSES), 0.0
    return STATUSES.index(row["status"]), row["progress_pct"] if row["progress_pct"] is not None else -1.0


@dataclass(frozen=True, slots=True)
class Field:
    """What a page knows of its topic: the country's row and the provinces' rows of each indicator, and deadlines."""

    topic: Topic
    country: dict[str, Row]
    provinces: dict[str, list[Row]]
    directives: dict[str, Row]

    def directive_of(self, indicator: str) -> Row | None:
        """The directive with the earliest deadline for an indicator."""
        return self.directives.get(self.country[indicator]["directive"] or "")

    def ordered(self, subject: Subject) -> list[Row]:
        """The provinces, the furthest behind first: the lowest share, otherwise the largest number."""
        return ranked(self.provinces[subject.indicator], subject.column, subject.measure in (SHARE, NAMES))


def by_scope(rows: Sequence[Row]) -> tuple[dict[str, Row], dict[str, list[Row]]]:
    """Rows of `topic_progress.sql` as the country's by indicator, and the provinces' by indicator."""
    country = {row["indicator"]: row for row in rows if row["province_code"] == "VN"}
    provinces: dict[str, list[Row]] = {indicator: [] for indicator in country}
    for row in rows:
        if row["province_code"] != "VN":
            provinces[row["indicator"]].append(row)
    return country, provinces


FACILITIES = ("office_adequate", "equipment_adequate", "network_stable")
TOPICS = {
    "centres": Topic(
        headlines=(
            "pvhcc_commune_operating",
            "procedures_reviewed",
            "central_procedure_system_adopted",
            "national_portal_connected",
            "dossiers_received",
            "dossiers_on_time",
            "dossiers_online",
            "pvhcc_commune_established",
        ),
        subjects=(
            Subject("pvhcc_commune_operating", marked("Trung tâm cấp xã hoạt động")),
            Subject("pvhcc_commune_established", marked("Trung tâm cấp xã đã thành lập")),
            Subject("pvhcc_province_established", marked("Trung tâm cấp tỉnh"), NAMES),
            Subject("national_portal_connected", marked("Kết nối Cổng quốc gia"), NAMES),
            Subject("procedures_reviewed", marked("Thủ tục đã rà soát")),
            Subject("procedures_left", marked("Thủ tục còn phải rà soát"), REMAINING, "procedures_reviewed"),
            Subject("central_procedure_system_adopted", marked("Hệ thống TTHC tập trung"), NAMES),
            Subject("dossiers_received", marked("Hồ sơ tiếp nhận trong kỳ"), VALUE),
            Subject("dossiers_on_time", marked("Hồ sơ đúng hạn trong kỳ")),
            Subject("dossiers_online", marked("Hồ sơ trực tuyến trong kỳ")),
        ),
    ),
    "facilities": Topic(
        headlines=FACILITIES,
        subjects=(
            Subject("office_adequate", marked("Trụ sở bảo đảm")),
            Subject("equipment_adequate", marked("Trang thiết bị bảo đảm")),
            Subject("network_stable", marked("Đường truyền ổn định")),
        ),
        together=FACILITIES,
    ),
    "obstacles": Topic(
        headlines=("obstacles_raised", "obstacles_resolved"),
        subjects=(
            Subject("obstacles_open", marked("Còn chưa giải quyết"), REMAINING, "obstacles_resolved"),
            Subject("obstacles_resolved", marked("Tỷ lệ đã giải quyết")),
            Subject("obstacles_raised", marked("Đã phát sinh"), VALUE),
        ),
    ),
    "military": Topic(
        headlines=(
            "military_posts_filled",
            "military_commander_appointed",
            "military_deputy_commander_appointed",
            "military_officers_transferred",
        ),
        subjects=(
            Subject("military_posts_filled", marked("Chức vụ đã bố trí")),
            Subject("military_commander_appointed", marked("Chỉ huy trưởng")),
            Subject("military_deputy_commander_appointed", marked("Phó Chỉ huy trưởng")),
            Subject("military_deputy_political_officer_appointed", marked("Chính trị viên phó")),
            Subject("military_officers_transferred", marked("Sĩ quan, QNCN điều động về xã"), VALUE),
        ),
    ),
    "staffing": Topic(
        headlines=("staff_present", "staff_trained", "staff_seconded_in", "staff_contracted"),
        published=("ministry_officials_seconded",),
        subjects=(
            Subject("staff_trained", marked("Đã được bồi dưỡng")),
            Subject("staff_seconded_in", marked("Biệt phái, tiếp nhận về xã"), VALUE),
            Subject("staff_contracted", marked("Hợp đồng chuyên môn"), VALUE),
            Subject("election_staff_trained", marked("Tập huấn bầu cử"), VALUE),
        ),
    ),
}
