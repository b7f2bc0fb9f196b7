"""Filters that several pages share."""

from __future__ import annotations

from dashboard import links
from dashboard.view import View

# In pixels, where a filter stands alone on its line; a phone takes what it has.
WIDTH = 600


def choose_province(view: View) -> str:
    """One province or all of them, for a table: the province of the province page is another question."""
    _ = view.language.text
    options = {"": _("Tất cả")} | {row["province_code"]: row["short_name"] for row in view.published.rows("provinces")}
    return links.choose(links.ONLY_PROVINCE, _("Tỉnh, thành phố"), options, "")
