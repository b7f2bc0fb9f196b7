"""The blocks of the page Tổng quan."""

from __future__ import annotations

from collections import Counter, defaultdict

import streamlit as st

from dashboard import links, markup, pages, parts, sentences
from dashboard.figures.maps import tile_map as draw_tile_map
from dashboard.tables import sources
from dashboard.view import View
from dashboard.vocabulary import LIGHT_OF_STATUS, STATUSES, light_of
from dashboard.warehouse import Row

CENTRES = "pvhcc_commune_operating"
HEADLINES = [CENTRES, "extension_centre_decided", "commune_service_centre_decided", "procedures_reviewed"]
PUBLISHED_FIRST = [
    CENTRES,
    "extension_scheme_drafted",
    "extension_centre_decided",
    "commune_service_centre_decided",
    "commune_extension_staff_placed",
    "extension_coordination_rules",
    "military_commander_appointed",
    "staff_present",
]
CALLS = 10
CHANGES = 6
CARD_WIDTH = 270


def opening(view: View, directives: list[Row], tiles: list[Row]) -> list[str]:
    """Two sentences: where the country stands, what is most at risk and whom to call."""
    national = view.published.rows("national_indicators", indicators=[CENTRES])
    said = []
    if national:
        missing = view.published.rows("missing_communes", indicator=CENTRES)
        single_tier = view.published.rows("single_tier_provinces", indicator=CENTRES)
        province_count = view.run["province_count"]
        said.append(sentences.centres(national[0], missing, single_tier, province_count, view.language))
    return [*said, sentences.most_urgent(directives, tiles, view.language)]


def headline_figures(view: View) -> None:
    """Four national figures, each with its coverage and the way to its sources."""
    rows = view.published.rows("national_indicators", indicators=HEADLINES)
    grid = st.grid(len(HEADLINES), min_column_width=CARD_WIDTH - 30, gap="medium")
    for row in rows:
        with grid.cell():
            st.html(markup.figure(row, view.language))
            sources(view, row["indicator"], row["as_of_on"], "VN", key=row["indicator"])


def published_only(view: View) -> None:
    """Before the first report: what authorities have published, with citations, and what to do next."""
    _ = view.language.text
    said = [
        _("Chưa có báo cáo nào của địa phương. Dưới đây là số liệu đã được công bố, kèm nguồn."),
        _(
            "Đặt tệp báo cáo vào thư mục inbox rồi chạy “tiendo nightly”, "
            "hoặc chạy “tiendo demo” để xem với số liệu mô phỏng."
        ),
    ]
    st.html(markup.lead(said))
    rows = view.published.rows("published_headlines", indicators=PUBLISHED_FIRST)[: len(PUBLISHED_FIRST)]
    with st.grid(4, min_column_width=CARD_WIDTH - 30, gap="medium"):
        for row in rows:
            st.html(markup.published_figure(row, view.language))


def directive_cards(view: View, directives: list[Row]) -> None:
    """A card per directive with indicators; milestones without indicators follow as a list."""
    with_indicators = [row for row in directives if row["indicator"]]
    curves: dict[str, list[float | None]] = defaultdict(list)
    for day in view.published.rows("national_curves", indicators=[row["indicator"] for row in with_indicators]):
        curves[day["indicator"]].append(day["progress_pct"])
    grid = st.grid(3, min_column_width=CARD_WIDTH + 40, gap="medium")
    for row in with_indicators:
        with grid.container(border=True, height="stretch", gap="small"):
            st.html(markup.directive_card(row, curves[row["indicator"]], view.language))
            st.page_link(
                pages.script("deadlines"),
                label=view.language.text("Xem chi tiết"),
                icon=":material/arrow_forward:",
                icon_position="right",
                query_params=links.query(view.language.code, **{links.DIRECTIVE: row["directive"]}),
            )
    milestones(view, [row for row in directives if not row["indicator"]])


def milestones(view: View, directives: list[Row]) -> None:
    """Dated tasks that no province reports on."""
    _ = view.language.text
    remark = _("không có chỉ tiêu địa phương")
    items = []
    for row in directives:
        due = f"{sentences.due_words(row, view.language)} ({view.language.day(row['due_on'])})"
        items.append((view.language.pick(row["title_vi"], row["title_en"]), f"{due} · {remark}"))
    st.html(markup.sentence_list(items))


def tile_map(view: View, directives: list[Row]) -> str | None:
    """The map of tiles, coloured by one directive or by the most urgent task of all. Returns a clicked province."""
    _ = view.language.text
    options = {
        row["directive"]: view.language.pick(row["title_vi"], row["title_en"]) for row in directives if row["indicator"]
    } | {"": _("Mọi chỉ đạo: việc gấp nhất của từng tỉnh")}
    chosen = links.choose(links.COLOUR_BY, _("Tô màu theo"), options, next(iter(options)))
    tiles = view.published.rows("map_tiles", statuses=list(STATUSES), directive=chosen)
    counts = Counter(LIGHT_OF_STATUS.get(row["status"] or "", "none") for row in tiles)
    st.html(markup.legend(dict(counts), view.language))
    figure = draw_tile_map(tiles, view.published.rows("archipelagos"), view.language)
    alt = _("Bản đồ ô 34 tỉnh, thành phố theo tình trạng, có Hoàng Sa và Trường Sa")
    return parts.clickable_chart(figure, alt, view.language, key="tile_map")


def call_list(view: View) -> None:
    """Ten provinces, the most late tasks first, each with its worst task and its change."""
    _, _n = view.language.text, view.language.plural
    tiles = view.published.rows("map_tiles", statuses=list(STATUSES), directive="")
    urgent = [row for row in tiles if row["late_count"] or row["risk_count"]][:CALLS]
    if not urgent:
        st.caption(_("Chưa có báo cáo để xếp thứ tự.") if view.is_empty else _("Không có địa phương nào chậm."))
    with st.container(gap=None):
        for place, row in enumerate(urgent, start=1):
            st.page_link(
                pages.script("province"),
                label=f"{place}. **{row['short_name']}** {light_of(row['status']).glyph}",
                query_params=links.query(view.language.code, **{links.PROVINCE: row["province_code"]}),
            )
            reasons = [
                _n("{count} việc quá hạn", row["late_count"]).format(count=row["late_count"])
                if row["late_count"]
                else "",
                _n("{count} có nguy cơ", row["risk_count"]).format(count=row["risk_count"])
                if row["risk_count"]
                else "",
                _n("{count} chưa báo cáo", row["unreported_count"]).format(count=row["unreported_count"])
                if row["unreported_count"]
                else "",
            ]
            st.html(markup.call(" · ".join(filter(None, reasons)), sentences.worst_task(row, view.language)))


def changes(view: View) -> None:
    """What moved since the last report, and who corrected what was sent."""
    _ = view.language.text
    rows = view.published.rows("changes")
    items = [
        (view.language.pick(row["name_vi"], row["name_en"]), sentences.change(row, view.language))
        for row in rows[:CHANGES]
    ]
    if view.as_of_on:
        items += [
            (row["short_name"], _("gửi lại báo cáo (lần {count})").format(count=row["revision"]))
            for row in view.published.rows("corrections_newest", as_of_on=view.as_of_on)
        ]
    if items:
        st.html(markup.sentence_list(items))
    else:
        st.caption(_("Chưa có kỳ trước để so sánh."))
