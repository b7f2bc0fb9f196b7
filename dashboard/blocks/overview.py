"""The blocks of the page Tổng quan."""

from __future__ import annotations

from collections import Counter, defaultdict

import streamlit as st

from dashboard import links, markup, overview_sentences, pages, parts, sentences, shown_days
from dashboard.blocks import centres
from dashboard.figures.maps import tile_map as draw_tile_map
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
CARD_WIDTH = 270


def opening(view: View, directives: list[Row], tiles: list[Row]) -> list[str]:
    """What is most at risk, whom to call, and where the country stands with its centres."""
    language = view.language
    return [
        sentences.most_urgent(directives, language),
        sentences.whom_to_call(tiles, language),
        centres.standing(view),
    ]


def headlines(view: View) -> list[Row]:
    """The country's row of each of the four figures that everybody asks for."""
    rows = view.published.rows("topic_progress", indicators=HEADLINES)
    return [row for row in rows if row["province_code"] == "VN"]


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
    indicators = [row["indicator"] for row in with_indicators]
    days = shown_days.of_indicators(view, indicators, shown_days.SMALL).days
    curves: dict[str, list[tuple[float, float | None]]] = defaultdict(list)
    for row in view.published.rows("national_curves", indicators=indicators, days=days):
        curves[row["indicator"]].append((row["as_of_on"].toordinal(), row["progress_pct"]))
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
    """Dated tasks of central bodies, in plain words: no province reports on them, so nothing is known of them here."""
    _ = view.language.text
    if not directives:
        return
    st.html(
        markup.heading(
            _("Mốc của cơ quan trung ương"), _("địa phương không báo cáo, nên ở đây không biết đã xong chưa")
        )
    )
    entries = [
        (view.language.pick(row["title_vi"], row["title_en"]), overview_sentences.milestone(row, view.language))
        for row in sorted(directives, key=lambda row: row["due_on"])
    ]
    st.html(markup.sentence_list(entries))


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
    """Ten provinces, the most late tasks first, each with the tasks in which it lags most behind the country."""
    _ = view.language.text
    tiles = view.published.rows("map_tiles", statuses=list(STATUSES), directive="")
    behind = [row for row in tiles if row["late_count"] or row["risk_count"]]
    urgent = behind[:CALLS]
    if not urgent:
        nobody = _("Trong các nhiệm vụ đã có báo cáo, không nhiệm vụ nào quá hạn hoặc có nguy cơ chậm.")
        st.caption(_("Chưa có báo cáo để xếp thứ tự.") if view.is_empty else nobody)
    tasks: dict[str, list[Row]] = defaultdict(list)
    for row in view.published.rows("call_tasks"):
        tasks[row["province_code"]].append(row)
    with st.container(gap=None):
        for place, row in enumerate(urgent, start=1):
            st.page_link(
                pages.script("province"),
                label=f"{place}. **{row['short_name']}** {light_of(row['status']).glyph}",
                query_params=links.query(view.language.code, **{links.PROVINCE: row["province_code"]}),
            )
            about = overview_sentences.tasks(tasks[row["province_code"]], view.language)
            st.html(markup.call(overview_sentences.counts(row, view.language), about))
    if said := overview_sentences.beyond(behind, CALLS, view.language):
        st.html(markup.remark(said))


def changes(view: View) -> None:
    """What went up and down since the last report, who is newly late or done, who sent again."""
    _ = view.language.text
    rows = view.published.rows("changes")
    if not rows or view.as_of_on is None:
        st.caption(_("Chưa có kỳ trước để so sánh."))
        return
    resent = view.published.rows("corrections_newest", as_of_on=view.as_of_on)
    turned = view.published.rows("status_turns")
    st.html(markup.sentence_list(overview_sentences.since_last(rows, turned, resent, view.language)))


def reports(view: View) -> None:
    """Who has sent the newest report, and the way to the page about that."""
    st.html(markup.paragraphs([sentences.reports_in(view.published.rows("coverage_on"), view.language)]))
    st.page_link(
        pages.script("reports"),
        label=view.language.text("Báo cáo và tiến độ gửi"),
        icon=":material/arrow_forward:",
        query_params=links.query(view.language.code),
    )
