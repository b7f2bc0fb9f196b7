"""Small pieces of HTML: leads, figures, cards, lists. Everything that comes from data is escaped here.

Belongs here: markup without state. Does not belong here: wording (`sentences.py`) or widgets (`parts.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from dashboard.figures.curves import spark_line
from dashboard.language import Language
from dashboard.sentences import time_to_due
from dashboard.vocabulary import (
    ACCENT,
    DARK_RED,
    GREY,
    LIGHTS,
    MUTED,
    TEAL,
    Light,
    light_of,
    light_word,
    origin_word,
    status_word,
    unit_word,
)
from dashboard.warehouse import Row


def lead(sentences: Iterable[str]) -> str:
    """The opening sentences of a page, one paragraph each."""
    return '<div class="td-lead">' + "".join(f"<p>{escape(each)}</p>" for each in sentences if each) + "</div>"


def heading(text: str, note: str = "") -> str:
    """A section heading with a quiet remark beside it."""
    return f'<h2 class="td-heading">{escape(text)}' + (f"<small>{escape(note)}</small>" if note else "") + "</h2>"


def notice(text: str, kind: str) -> str:
    """A line across the page that stays: `simulated` or `late`."""
    role = "note" if kind == "simulated" else "status"
    return f'<div class="td-notice td-{kind}" role="{role}">{escape(text)}</div>'


def provenance(row: Row, language: Language) -> str:
    """The quiet line under a figure: its day, its coverage, its origin. `as_of_on` may be absent."""
    _ = language.text
    parts = [language.day(row["as_of_on"])] if row.get("as_of_on") else []
    if row.get("expected_unit_count"):
        parts.append(
            _("{reported}/{expected} đơn vị báo cáo").format(
                reported=language.number(row["reported_unit_count"]), expected=language.number(row["expected_unit_count"])
            )
        )
    if row.get("stale_unit_count"):
        parts.append(_("{count} số cũ").format(count=language.number(row["stale_unit_count"])))
    if row.get("origin"):
        parts.append(origin_word(row["origin"], language))
    return '<p class="td-provenance">' + escape(" · ".join(parts)) + "</p>"


def figure(row: Row, language: Language) -> str:
    """A headline figure: number, whole, share, name, provenance."""
    target = f'<span class="td-whole">/ {escape(language.number(row["target"]))}</span>' if row["target"] is not None else ""
    share = f'<span class="td-share">{escape(language.percent(row["progress_pct"]))}</span>' if row["progress_pct"] is not None else ""
    return (
        f'<div class="td-figure"><p class="td-number">{escape(language.number(row["value"]))} {target} {share}</p>'
        f'<p class="td-label">{escape(language.pick(row["name_vi"], row["name_en"]))}</p>{provenance(row, language)}</div>'
    )


def published_figure(row: Row, language: Language) -> str:
    """A figure that an authority has published, with its citation in place of coverage."""
    _ = language.text
    about = {"nearly": _("gần") + " ", "about": _("khoảng") + " "}.get(row["approximation"] or "", "")
    whole = (
        f'<span class="td-whole">/ {escape(language.number(row["denominator"]))}</span>'
        if row["denominator"] is not None
        else f'<span class="td-whole">{escape(unit_word(row["unit"], row["value"], language))}</span>'
    )
    citation = _("{day} · {publisher} · công bố {published}").format(
        day=language.day(row["as_of_on"]), publisher=row["publisher"], published=language.day(row["published_on"])
    )
    return (
        f'<div class="td-figure"><p class="td-number">{escape(about)}{escape(language.number(row["value"]))} {whole}</p>'
        f'<p class="td-label">{escape(language.pick(row["name_vi"], row["name_en"]))}</p>'
        f'<p class="td-provenance">{escape(citation)}</p><p class="td-provenance">{source_link(row["source_file"])}</p></div>'
    )


def source_link(source: str | None) -> str:
    """A citation: an address becomes a link, a file name stays text."""
    text = escape(source or "")
    if text.startswith("https://"):
        host = text.removeprefix("https://").split("/", 1)[0]
        return f'<a href="{text}" target="_blank" rel="noopener">{host}</a>'
    return text


def badge(light: Light, text: str) -> str:
    """Glyph and word on the colour of a status."""
    return f'<span class="td-badge" style="background:{light.colour};color:{light.ink}">{light.glyph} {escape(text)}</span>'


def status_badge(status: str | None, language: Language) -> str:
    """The exact status of a task."""
    return badge(light_of(status), status_word(status, language))


def legend(counts: dict[str, int], language: Language) -> str:
    """The four lights with how many provinces show each."""
    items = [
        f"<li>{badge(LIGHTS[name], light_word(name, language))} <b>{language.number(counts.get(name, 0))}</b></li>" for name in LIGHTS
    ]
    return '<ul class="td-legend">' + "".join(items) + "</ul>"


def bar(percent: float | None, colour: str) -> str:
    """A progress bar on a zero baseline. Past 100 it is full and the number beside it says the rest."""
    if percent is None:
        return '<div class="td-bar td-bar-unknown"></div>'
    return f'<div class="td-bar"><div style="width:{min(percent, 100):.2f}%;background:{colour}"></div></div>'


def directive_card(row: Row, curve: Sequence[float | None], language: Language) -> str:
    """One directive: due wording and time left, title, progress of its most urgent indicator, provinces done."""
    _ = language.text
    light = light_of(row["status"])
    spark = spark_line(curve)
    picture = f'<img class="td-spark" alt="{escape(_("Tiến độ qua các kỳ"))}" src="{spark}">' if spark else ""
    done = _("{done}/{all} địa phương hoàn thành").format(
        done=language.number(row["done_province_count"]), all=language.number(row["province_count"])
    )
    value = language.percent(row["progress_pct"]) if row["progress_pct"] is not None else _("chưa có báo cáo")
    return (
        f'<div class="td-card"><p class="td-due">{escape(row["due_text_vi"])} · {escape(time_to_due(row["days_to_due"], language))}</p>'
        f"<h3>{escape(language.pick(row['title_vi'], row['title_en']))}</h3>"
        f'<p class="td-status">{status_badge(row["status"], language)}{picture}</p>'
        f'<p class="td-number td-number-small">{escape(value)}<span class="td-whole">{escape(done)}</span></p>'
        f"{bar(row['progress_pct'], light.colour)}"
        f'<p class="td-label">{escape(language.pick(row["name_vi"], row["name_en"]))}</p>{provenance(row, language)}</div>'
    )


def definition(pairs: Sequence[tuple[str, str]]) -> str:
    """Terms and what they are; values may be markup of this module, so callers escape theirs."""
    items = "".join(f"<dt>{escape(term)}</dt><dd>{value}</dd>" for term, value in pairs if value)
    return f'<dl class="td-definition">{items}</dl>'


def small_curves(rows: Sequence[Row], curves: dict[str, list[float | None]], language: Language) -> str:
    """One small curve per province in the order given, with its status and newest value."""
    _ = language.text
    cells = []
    for row in rows:
        light = light_of(row["status"])
        spark = spark_line(curves.get(row["province_code"], []))
        value = language.percent(row["progress_pct"]) if row["progress_pct"] is not None else _("chưa có báo cáo")
        picture = f'<img alt="" src="{spark}">' if spark else '<span class="td-no-curve"></span>'
        mark = "td-mark-none" if light.glyph == "○" else ""
        cells.append(
            f'<li><span class="td-mark {mark}" style="color:{light.colour}">{light.glyph}</span> <b>{escape(row["short_name"])}</b>'
            f"<span>{escape(value)}</span>{picture}</li>"
        )
    return '<ul class="td-curves">' + "".join(cells) + "</ul>"


def sentence_list(items: Sequence[tuple[str, str]]) -> str:
    """Names with what happened to them."""
    return '<ul class="td-list">' + "".join(f"<li><b>{escape(name)}</b>: {escape(text)}</li>" for name, text in items) + "</ul>"


def rule_bars(rules: Sequence[Row], language: Language) -> str:
    """Rules that were broken, as bars on one zero baseline."""
    most = max((row["value_count"] for row in rules), default=1)
    items = [
        f'<li><span class="td-rule">{escape(language.pick(row["message_vi"], row["message_en"]))}<small>{escape(row["rule"])}</small></span>'
        f"{bar(100 * row['value_count'] / most, '#1B4F72')}<b>{language.number(row['value_count'])}</b></li>"
        for row in rules
    ]
    return '<ul class="td-bars">' + "".join(items) + "</ul>"


def call(reasons: str, worst: str) -> str:
    """Why a province is on the list of those to call."""
    return f'<p class="td-call">{escape(reasons)}<br>{escape(worst)}</p>'


def dot_legend(states: dict[str, tuple[str, int]], language: Language) -> str:
    """What the dots of a map mean, with how many there are; states that do not occur are left out."""
    marks = {"not_done": ("■", DARK_RED), "not_reported": ("○", MUTED), "done": ("●", TEAL), "reported": ("●", ACCENT), "not_counted": ("●", GREY)}
    items = [
        f'<li><span style="color:{marks[state][1]}">{marks[state][0]}</span> {escape(word)} <b>{language.number(count)}</b></li>'
        for state, (word, count) in states.items()
        if count
    ]
    return '<ul class="td-legend">' + "".join(items) + "</ul>"


def words(items: Sequence[str]) -> str:
    """A legend of glyphs and words on one line."""
    return '<ul class="td-legend">' + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"
