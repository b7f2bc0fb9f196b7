"""What stands in place of the pages for whoever may open none: the sign-in, or whom to ask for a role.

And who is signed in, in the head of every page, with the way out.
"""

from __future__ import annotations

import streamlit as st

from dashboard import access, markup, pages, sign_in_settings
from dashboard.access import LOCAL, Reader
from dashboard.language import Language


def in_place_of_pages(reader: Reader, language: Language) -> list[st.Page]:
    """One page under every address of the dashboard, so that an old link leads to the sign-in and tells nothing."""
    title = language.text("Đăng nhập")

    def page() -> None:
        show(reader, language)

    others = [st.Page(page, title=title, url_path=screen.path) for screen in pages.PAGES.values()]
    return [st.Page(page, title=title, url_path="dang-nhap", default=True), *others]


def show(reader: Reader, language: Language) -> None:
    """The sign-in, or for a reader without any role whom to ask."""
    _ = language.text
    with st.container(key="sign_in", width=560):
        if reader.subject:
            _no_role(reader, language)
            return
        st.title(_("Đăng nhập"))
        said = _("Bảng theo dõi chỉ dành cho người được giao quyền. Đăng nhập bằng tài khoản của cơ quan.")
        if access.has_expired():
            said = _("Phiên đăng nhập đã hết hạn hoặc đã kết thúc. Đăng nhập lại để xem tiếp.")
        st.html(markup.lead([said]))
        if st.button(_("Đăng nhập"), key="sign_in_button", type="primary", icon=":material/login:"):
            st.login()


def _no_role(reader: Reader, language: Language) -> None:
    _ = language.text
    st.title(_("Chưa được giao quyền"))
    st.html(
        markup.lead(
            [
                _("Tài khoản “{name}” đã đăng nhập nhưng chưa có quyền nào ở bảng theo dõi này.").format(
                    name=reader.name
                ),
                _("Để được giao quyền, hãy liên hệ {contact} và cho biết mã tài khoản dưới đây.").format(
                    contact=sign_in_settings.contact() or _("người quản trị bảng theo dõi")
                ),
            ]
        )
    )
    st.code(reader.subject, language=None, wrap_lines=True)
    _sign_out(language)


def account(reader: Reader, language: Language) -> None:
    """Who is signed in, and the way out; nothing where nobody signs in."""
    if reader.subject == LOCAL:
        return
    _ = language.text
    with st.popover(reader.name, icon=":material/account_circle:"):
        st.caption(
            _("Quyền: {roles}").format(roles=language.names([role_word(role, language) for role in held(reader)]))
        )
        _sign_out(language)


def _sign_out(language: Language) -> None:
    if st.button(language.text("Đăng xuất"), key="sign_out", icon=":material/logout:"):
        st.logout()
        # The browser is on its way out: a page drawn after it could hold the word to go back for good.
        st.stop()


def held(reader: Reader) -> list[str]:
    """The roles of a reader in the order in which they are declared."""
    return [role for role in access.ROLES if role in reader.roles]


def role_word(role: str, language: Language) -> str:
    """What a role is called."""
    _ = language.text
    words = {
        "viewer": _("người xem"),
        "analyst": _("chuyên viên"),
        "military": _("số liệu quân sự"),
        "steward": _("quản lý số liệu"),
        "provincial": _("địa phương"),
    }
    return words[role]
