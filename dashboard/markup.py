"""Small pieces of HTML: leads, figures, cards, lists. Everything that comes from data is escaped here.

Belongs here: markup without state. Does not belong here: wording (`sentences.py`) or widgets (`parts.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from dashboard.coverage_sentences import coverage, coverage_note
from dashboard.figures.curves import spark_line
from dashboard.forecast_sentences import card_line
from dashboard.language import Language
from dashboard.reference_words import reference_text, stored_document
from dashboard.sentences import due_state, due_words
from dashboard.vocabulary import (
    ACCENT,
    DARK_RED,
    GREY,
    LIGHTS,
    MUTED,
    TEAL,
    Light,
    approximation_word,
    light_of,
    light_word,
    rate_flag_word,
    severity_word,
    status_word,
    unit_word,
)
from dashboard.vocabulary import indicator_name as named
from dashboard.warehouse import Row

# (place in time, percent or nothing), oldest first.
Curve = Sequence[tuple[float, float | None]]
FULL = 100
DOTS = {
    "not_done": ("■", DARK_RED),
    "not_reported": ("○", MUTED),
    "done": ("●", TEAL),
    "reported": ("●", ACCENT),
    "not_counted": ("●", GREY),
}


_MARKDOWN_SIGNS = frozenset("\\`*_{}[]#|<>~$:@")
_BARE_ADDRESS = re.compile(r"\b(www)\.", re.IGNORECASE)


def as_text(text: str) -> str:
    """A text for where Streamlit reads Markdown (labels, captions, messages): none of its signs is taken for markup,
    and no address becomes a link.
    """
    quoted = "".join(f"\\{sign}" if sign in _MARKDOWN_SIGNS else sign for sign in text)
    return _BARE_ADDRESS.sub(r"\1\.", quoted)


def tag(name: str, kind: str, *inner: str) -> str:
    """An element of the style sheet's class `td-<kind>` around markup that is already escaped."""
    return f'<{name} class="td-{kind}">' + "".join(inner) + f"</{name}>"


def items(kind: str, entries: Iterable[str]) -> str:
    """A list of the style sheet around entries that are already escaped."""
    return tag("ul", kind, *(f"<li>{entry}</li>" for entry in entries))


def masthead(name: str, subject: str, state: str) -> str:
    """The line above every page: whose figures, about what, of which day."""
    return tag("p", "masthead", f"<b>{escape(name)}</b><i>{escape(subject)}</i><span>{escape(state)}</span>")


def lead(sentences: Iterable[str]) -> str:
    """The opening sentences of a page, one paragraph each."""
    return tag("div", "lead", *(f"<p>{escape(each)}</p>" for each in sentences if each))


def paragraphs(sentences: Iterable[str]) -> str:
    """Sentences that open a part of a page."""
    return tag("div", "said", *(f"<p>{escape(each)}</p>" for each in sentences if each))


def remark(*sentences: str) -> str:
    """What a reader should know of the figures above, in small print."""
    return tag("p", "provenance", escape(" ".join(each for each in sentences if each)))


def heading(text: str, note: str = "") -> str:
    """A section heading with a quiet remark beside it."""
    return tag("h2", "heading", escape(text), f"<small>{escape(note)}</small>" if note else "")


def notice(text: str, kind: str) -> str:
    """A line across the page that stays: `simulated`, `late` or `past`."""
    return f'<div class="td-notice td-{kind}" role="note">{escape(text)}</div>'


def indicator_name(row: Row, language: Language) -> str:
    """What an indicator is called, as markup."""
    return tag("p", "label", escape(named(row, language)))


def provenance(row: Row, language: Language) -> str:
    """The quiet line under a figure: what it rests on, how to read that, and a flag where a rate is above 100 %."""
    line = escape(" · ".join(coverage(row, language)))
    note = escape(coverage_note(language), quote=True) if row.get("expected_unit_count") else ""
    return f'<p class="td-provenance" title="{note}">{line}</p>' + rate_flag(row, language)


def rate_flag(row: Row, language: Language) -> str:
    """A badge on a rate above 100 % that says why; nothing on any other."""
    reason = rate_flag_word(row.get("rate_flag"), language)
    if not reason:
        return ""
    text = language.text("vượt 100%: {reason}").format(reason=reason)
    return tag("p", "status", light_badge(LIGHTS["risk"], text))


def figure(row: Row, language: Language, change: str = "") -> str:
    """A headline figure: number, whole, share, name, what changed, provenance."""
    whole = tag("span", "whole", "/ " + language.number(row["target"])) if row["target"] is not None else ""
    share = tag("span", "share", language.percent(row["progress_pct"])) if row["progress_pct"] is not None else ""
    number = tag("p", "number", f"{language.number(row['value'])} {whole} {share}")
    if row["value"] is None:
        number = tag("p", "number-small", escape(language.text("chưa có báo cáo")))
    moved = tag("p", "outlook", escape(change)) if change else ""
    return tag("div", "figure", number, indicator_name(row, language), moved, provenance(row, language))


def published_figure(row: Row, language: Language) -> str:
    """A figure that an authority has published, with its citation in place of coverage."""
    _ = language.text
    about = approximation_word(row["approximation"], language)
    if row["denominator"] is None:
        whole = unit_word(row["unit"], row["value"], language)
    else:
        whole = "/ " + language.number(row["denominator"])
    citation = _("{day} · {publisher} · công bố {published}").format(
        day=language.day(row["as_of_on"]),
        publisher=reference_text(row["publisher"], language),
        published=language.day(row["published_on"]),
    )
    return tag(
        "div",
        "figure",
        tag("p", "number", escape(about + language.number(row["value"])), " ", tag("span", "whole", escape(whole))),
        indicator_name(row, language),
        tag("p", "provenance", escape(citation)),
        tag("p", "provenance", source_link(row["source_file"], language)),
    )


def source_link(source: str | None, language: Language) -> str:
    """A citation: an address becomes a link that says whose it is, a document that is kept is named by its number."""
    text = escape(stored_document(source, language) or source or "")
    if not text.startswith("https://"):
        return text
    host = text.removeprefix("https://").split("/", 1)[0]
    return f'<a href="{text}" target="_blank" rel="noopener">{host}</a>'


def badge(text: str, colour: str, ink: str) -> str:
    """A word on the colour of its state."""
    return f'<span class="td-badge" style="background:{colour};color:{ink}">{escape(text)}</span>'


def light_badge(light: Light, text: str) -> str:
    """Glyph and word on the colour of a light."""
    return badge(f"{light.glyph} {text}", light.colour, light.ink)


def legend(counts: dict[str, int], language: Language) -> str:
    """The four lights with how many provinces show each; while no province can be judged, none is said to be 0."""
    is_known = any(counts.get(name) for name in LIGHTS if name != "none")
    return items(
        "legend",
        (
            light_badge(light, light_word(name, language))
            + (f" <b>{language.number(counts.get(name, 0))}</b>" if is_known or name == "none" else "")
            for name, light in LIGHTS.items()
        ),
    )


def colour_legend(entries: Sequence[tuple[str, str, str]]) -> str:
    """What the colours of a chart mean: text with its glyph, the colour, the ink on it."""
    return items("legend", (badge(*entry) for entry in entries))


def counted_legend(entries: Sequence[tuple[str, str, str, int]], language: Language) -> str:
    """As `colour_legend`, each with how many there are; what does not occur is left out."""
    return items("legend", (f"{badge(*entry)} <b>{language.number(count)}</b>" for *entry, count in entries if count))


def dot_legend(states: dict[str, tuple[str, int]], language: Language) -> str:
    """What the dots of a map mean, with how many there are; states that do not occur are left out."""
    entries = []
    for state, (word, count) in states.items():
        glyph, colour = DOTS[state]
        if count:
            entries.append(
                f'<span style="color:{colour}">{glyph}</span> {escape(word)} <b>{language.number(count)}</b>'
            )
    return items("legend", entries)


def bar(percent: float | None, colour: str, mark: float | None = None) -> str:
    """A progress bar on a zero baseline, with a mark where it should be by now.

    Above 100 % the bar is as long as the share, and the mark shows where 100 % is.
    """
    if percent is None:
        return '<div class="td-bar td-bar-unknown"></div>'
    whole = max(percent, FULL)
    at = FULL if percent > FULL else mark
    line = f'<i style="left:{FULL * at / whole:.2f}%"></i>' if at is not None and at < whole else ""
    filled = f'<div style="width:{FULL * percent / whole:.2f}%;background:{colour}"></div>'
    return tag("div", "bar", filled, line)


def directive_card(row: Row, curve: Curve, language: Language) -> str:
    """One directive: due wording and time left, title, progress of its most urgent indicator, provinces done."""
    _ = language.text
    light = light_of(row["status"])
    value, done = _("chưa có báo cáo"), ""
    if row["value"] is not None:
        value = language.percent(row["progress_pct"])
        done = _("{done}/{all} địa phương hoàn thành").format(
            done=language.number(row["done_province_count"]), all=language.number(row["province_count"])
        )
    spark = spark_line(curve)
    picture = f'<img class="td-spark" alt="{escape(_("Tiến độ qua các kỳ"))}" src="{spark}">' if spark else ""
    return tag(
        "div",
        "card",
        tag("p", "due", escape(f"{due_words(row, language)} · {due_state(row, language)}")),
        f"<h3>{escape(language.pick(row['title_vi'], row['title_en']))}</h3>",
        tag("p", "status", light_badge(light, status_word(row["status"], language)), picture),
        tag("p", "progress", tag("b", "number-small", escape(value)), tag("span", "whole", escape(done))),
        bar(row["progress_pct"], light.colour, row["expected_pct_today"]),
        indicator_name(row, language),
        tag("p", "outlook", escape(said)) if (said := card_line(row, language)) else "",
        provenance(row, language),
    )


def definition(pairs: Sequence[tuple[str, str]]) -> str:
    """Terms and what they are; values may be markup of this module, so callers escape theirs."""
    return tag("dl", "definition", *(f"<dt>{escape(term)}</dt><dd>{value}</dd>" for term, value in pairs if value))


def wordings(entries: Sequence[tuple[str, str, list[str]]]) -> str:
    """Quotations side by side, each under what it is worth and above what is to be known of it."""
    return items(
        "wordings",
        (
            f"<small>{escape(worth)}</small><q>{escape(quotation)}</q>"
            + "".join(f"<span>{escape(note)}</span>" for note in notes)
            for quotation, worth, notes in entries
        ),
    )


def upload_words(button: str, limit: str, refused: str) -> str:
    """The words of Streamlit's upload field, which has them in English only, in the reader's language.

    Of a file that the browser or the server did not take Streamlit shows a sign; `refused` stands below it.
    """
    field = '[data-testid="stFileUploaderDropzone"]'
    words = {f"{field} button p": button, f"{field} [data-testid=stFileUploaderDropzoneInstructions] span": limit}
    rules = [
        f'{place}{{font-size:0}}{place}::after{{content:"{escape(text)}";font-size:.875rem}}'
        for place, text in words.items()
    ]
    error = '[data-testid="stFileUploader"]:has([data-testid="stFileChipIconError"])::after'
    rules.append(f'{error}{{content:"{escape(refused)}";display:block;color:{DARK_RED}}}')
    return f"<style>{''.join(rules)}</style>"


def small_curves(rows: Sequence[Row], curves: Mapping[str, Curve], language: Language) -> str:
    """One small curve per province in the order given, with its status and newest value."""
    _ = language.text
    cells = []
    for row in rows:
        light = light_of(row["status"])
        colour = MUTED if light is LIGHTS["none"] else light.colour
        value = "" if row["progress_pct"] is None else language.percent(row["progress_pct"])
        spark = spark_line(curves.get(row["province_code"], []))
        nothing = tag("span", "no-curve", "" if value else escape(_("chưa có báo cáo")))
        picture = f'<img alt="" src="{spark}">' if spark else nothing
        mark = f'<span style="color:{colour}">{light.glyph}</span>'
        cells.append(f"{mark} <b>{escape(row['short_name'])}</b><span>{escape(value)}</span>{picture}")
    return items("curves", cells)


def sentence_list(entries: Sequence[tuple[str, str]]) -> str:
    """Names with what happened to them."""
    return items("list", (f"<b>{escape(name)}</b>: {escape(text)}" for name, text in entries))


def call(reasons: str, tasks: Sequence[str]) -> str:
    """Why a province is on the list of those to call, and about what."""
    return tag("p", "call", f"<small>{escape(reasons)}</small>", *(f"<br>{escape(each)}" for each in tasks))


def rule_bars(rules: Sequence[Row], language: Language) -> str:
    """Rules that were broken, as bars on one zero baseline."""
    most = max((row["value_count"] for row in rules), default=1)
    entries = []
    for row in rules:
        title = escape(language.pick(row["title_vi"], row["title_en"]))
        name = tag("span", "rule", title, f"<small>{escape(severity_word(row['severity'], language))}</small>")
        entries.append(
            f"{name}{bar(FULL * row['value_count'] / most, ACCENT)}<b>{language.number(row['value_count'])}</b>"
        )
    return items("bars", entries)
