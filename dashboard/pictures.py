"""The buttons under a chart that save it as a picture; `assets/page.js` makes the picture in the browser."""

from __future__ import annotations

from html import escape

from dashboard.language import Language

FORMATS = ("png", "svg")


def picture_buttons(title: str, note: str, simulated: str, stem: str, language: Language) -> str:
    """Buttons that save the chart above them; what they write into the picture and its file's name goes along."""
    _ = language.text
    about = {"title": title, "note": note, "simulated": simulated, "stem": stem}
    data = " ".join(f'data-{name}="{escape(text, quote=True)}"' for name, text in about.items())
    buttons = (
        f'<button type="button" class="td-picture" data-format="{kind}" '
        f'aria-label="{escape(_("Tải biểu đồ dạng {kind}").format(kind=kind.upper()), quote=True)}">'
        f"{kind.upper()}</button>"
        for kind in FORMATS
    )
    return f'<p class="td-pictures" {data}>{escape(_("Tải biểu đồ"))} ' + " ".join(buttons) + "</p>"
