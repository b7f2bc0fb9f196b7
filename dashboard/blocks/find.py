"""The search in the head of every page: any commune or province by its name, with or without accents.

While nothing is typed it asks nothing of the database; what is typed reruns the search alone, not the page. Streamlit
could leave out the body of a closed popover (`on_change="rerun"`), but then a click on a link beside it is lost.

A letter typed just before a link is followed reaches the server after the link, and asks for the search as it stood
on the page left behind; Streamlit would then draw that page's search and nothing else. Such a request is sent on to
the page that the reader went to.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from dashboard import links, markup, pages
from dashboard.access import Reader
from dashboard.view import View
from dashboard.warehouse import Row

TURN = "find_turn"
SHOWN = 12
FEWEST_LETTERS = 2


def anywhere(view: View, page: st.Page) -> None:
    """The button, and behind it the search, on a page that is being shown."""
    _ = view.language.text
    turn = st.session_state.setdefault(TURN, 0)
    with st.container(key=f"find_{turn}", width="content"), st.popover(_("Tìm xã, phường"), icon=":material/search:"):
        _search(view, turn, page, st.query_params.to_dict())


@st.fragment
def _search(view: View, turn: int, page: st.Page, asked: dict[str, str]) -> None:
    """What is typed and what it may mean, the best match first. A choice opens the province with the commune."""
    if is_of_another_page(st.context.url, page.url_path, view.reader):
        st.switch_page(page, query_params=asked)
    _, _n = view.language.text, view.language.plural
    typed = st.text_input(
        _("Tên hoặc mã xã, phường, đặc khu, tỉnh"),
        key=f"find_text_{turn}",
        placeholder=_("gõ có dấu hoặc không dấu"),
        live=True,
    )
    text = str(typed or "").strip()
    if len(text) < FEWEST_LETTERS:
        st.caption(_("Ví dụ: “tan an”, “Tân An Tây Ninh”, “Hà Giang”, “30292”."))
        return
    found = view.published.rows("unit_search", search=text)
    if not found:
        st.caption(_("Không có xã, phường, đặc khu hay tỉnh nào tên như vậy."))
        return
    with st.container(gap=None, key="find_results"):
        chosen = next((row for row in found[:SHOWN] if _is_pressed(view, row)), None)
    rest = found[0]["found_count"] - SHOWN
    if rest > 0:
        st.caption(
            _n("Còn {count} nơi khác: gõ thêm chữ hoặc tên tỉnh.", rest).format(count=view.language.number(rest))
        )
    if chosen:
        _open(view, chosen, turn)


def is_of_another_page(address: str | None, path: str, reader: Reader) -> bool:
    """Whether a request was sent from the address of another page than the one with this path ("" is the first).

    Only a page that the reader may open counts: whoever asks for another one is shown the first page at that address.
    """
    if address is None:
        return False
    sent_from = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    return sent_from != path and sent_from in {"", *(screen.path for screen in pages.open_to(reader).values())}


def _is_pressed(view: View, row: Row) -> bool:
    """A line of the answer."""
    unit, province, other = (markup.as_text(row[name] or "") for name in ("unit_name", "short_name", "found_name"))
    where = f", {province}" if row["is_commune"] else ""
    former = view.language.text("tên khác: {name}").format(name=other) if other else ""
    label = f"**{unit}**{where}" + (f" ({former})" if former else "")
    return st.button(label, key=f"found_{row['unit_code']}", type="tertiary")


def _open(view: View, row: Row, turn: int) -> None:
    """The province's page, with the commune shown there; the search closes, since the next one is another element."""
    st.session_state[TURN] = turn + 1
    links.keep_text(links.COMMUNE, row["unit_code"] if row["is_commune"] else "")
    asked = {links.PROVINCE: row["province_code"]} | ({links.COMMUNE: row["unit_code"]} if row["is_commune"] else {})
    st.switch_page(pages.script("province"), query_params=links.query(view.language.code, **asked))
