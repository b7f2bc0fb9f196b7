"""The blocks of the page Gửi báo cáo. What a file is worth is said by `tiendo check`, never worked out here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import access, audit, markup
from dashboard.access import HIGHEST
from dashboard.commands import TIMED_OUT, CommandResult, run_command
from dashboard.tables import table
from dashboard.view import View, refuse
from dashboard.vocabulary import severity_word, status_word, submission_word

CHECK_SECONDS, SEND_SECONDS = 180, 30
COUNTRY = "VN"
TAKEN = ("accepted", "partial")
# So many faults are read as sentences, on a telephone too; a longer list is a table as well.
SPELLED_OUT = 12
_NOT_IN_NAMES = re.compile(r"[^\w .()\-]")
_LONGEST_NAME_BYTES = 160


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the reader chose it."""

    name: str
    data: bytes

    @property
    def key(self) -> str:
        """The same for the same bytes under the same name."""
        return hashlib.sha256(self.name.encode(errors="replace") + b"\0" + self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Checked:
    """What `tiendo check` said: its JSON, the one file of it, and the answers as {name: bytes}."""

    said: dict[str, Any]
    file: dict[str, Any]
    answers: dict[str, tuple[str, bytes]]


def check_and_send(view: View) -> None:
    """The whole way of a file: chosen, tried, shown, handed in. Some readers send for one province only."""
    if not view.reader.may("send"):
        refuse(view)
    upload = choose_file(view)
    found = checked(view, upload) if upload is not None else None
    if upload is None or found is None or not _is_own(view, found):
        return
    shown = without_hidden(view, found)
    outcome(view, shown)
    downloads(view, shown)
    to_put_right(view, shown)
    changes(view, shown)
    hand_in(view, upload, shown)


def _is_own(view: View, checked: Checked) -> bool:
    """Whether this reader may send this file: one whose sender is not clearly his province he may not."""
    _ = view.language.text
    own, code = view.reader.sends_for, checked.file["province_code"]
    if own is None or code == own:
        return True
    names = {row["province_code"]: row["province_name"] for row in view.published.rows("provinces")}
    st.error(
        _(
            "Tệp này không được nhận: tài khoản của bạn chỉ gửi báo cáo của {own}, còn tệp là của {other}. Kiểm tra "
            "lại tên tỉnh, thành phố trong tệp."
        ).format(
            own=view.language.inside(names.get(own, own)),
            other=view.language.inside(names.get(code or "", _("tỉnh, thành phố chưa rõ"))),
        )
    )
    return False


def without_hidden(view: View, checked: Checked) -> Checked:
    """What `tiendo check` said, without what this reader may not know of the figures that are there already.

    Faults compare a file with earlier figures, and changes show them. A province may know its own; for everybody else
    only indicators of the own published file count, and the answers, which repeat every fault, go with them.
    """
    if view.reader.reaches(HIGHEST):
        return checked
    rows = view.published.rows("indicators_known")
    known, names = {row["indicator"] for row in rows}, {"", *(row["name_vi"] for row in rows)}
    said = {
        **checked.said,
        "changes": [row for row in checked.said["changes"] if row["indicator"] in known],
        "directives": [row for row in checked.said["directives"] if row["indicator"] in known],
    }
    if view.reader.sends_for is not None:
        return Checked(said, checked.file, checked.answers)
    errors = [row for row in checked.file["errors"] if row["indicator"] in names]
    is_whole = len(errors) == len(checked.file["errors"])
    return Checked(said, {**checked.file, "errors": errors}, checked.answers if is_whole else {})


def choose_file(view: View) -> Upload | None:
    """The file that the reader offers."""
    _ = view.language.text
    chosen = st.file_uploader(
        _("Tệp báo cáo"),
        key="upload",
        help=_("Biểu CQĐP2C dạng .xlsx là tốt nhất; cũng đọc được .xls, .ods, .csv, .docx và PDF có lớp chữ."),
    )
    refused = _("Tệp không được tải lên: lớn hơn 30 MB hoặc đường truyền bị ngắt. Bỏ tệp này và chọn lại.")
    st.html(markup.upload_words(_("Chọn tệp"), _("Mỗi lần một tệp, tối đa 30 MB"), refused))
    if chosen is None:
        return None
    return Upload(own_name(chosen.name), chosen.getvalue())


def own_name(name: str) -> str:
    """The name under which a file is tried: without folders and signs, short enough for any disk with what is added."""
    plain = _NOT_IN_NAMES.sub("_", Path(unicodedata.normalize("NFC", name).replace("\\", "/")).name)
    ending = plain.encode()[-_LONGEST_NAME_BYTES:].decode(errors="ignore")
    return ending.lstrip(".") or "bao-cao"


def checked(view: View, upload: Upload) -> Checked | None:
    """The dry run, once per file and published version; a command that failed is told in its own words."""
    _ = view.language.text
    key = (upload.key, view.published.path, view.published.token)
    kept = st.session_state.get("checked")
    if kept is not None and kept[0] == key:
        return kept[1] if isinstance(kept[1], Checked) else None
    with st.spinner(_("Đang đọc tệp và tính thử…")), TemporaryDirectory(prefix="tiendo-") as folder:
        path = Path(folder) / upload.name
        path.write_bytes(upload.data)
        result = run_command(["check", "--json", f"--out={folder}/tra-loi", str(path)], CHECK_SECONDS)
        found = _read(result)
    if found is None:
        _failed(view, result)
        return None
    st.session_state["checked"] = (key, found)
    return found


def outcome(view: View, checked: Checked) -> None:
    """In words: whose report, of which day, how much would be taken."""
    _, _n = view.language.text, view.language.plural
    file = checked.file
    st.html(markup.heading(_("Kết quả xem trước"), submission_word(file["status"], view.language)))
    names = {row["province_code"]: row["province_name"] for row in view.published.rows("provinces")}
    province = names.get(file["province_code"], _("chưa rõ tỉnh, thành phố nào"))
    day = view.language.day(_day(file["as_of_on"])) if file["as_of_on"] else _("chưa rõ ngày")
    number = view.language.number
    said = [
        _("{province}, số liệu đến {day}.").format(province=province, day=day),
        _n("{count} giá trị sẽ được nhận", file["accepted"]).format(count=number(file["accepted"]))
        + _n("; {count} giá trị để riêng chờ sửa.", file["rejected"]).format(count=number(file["rejected"])),
    ]
    if file["duplicate_of"]:
        said.append(_("Tệp này đã nhận trước đây; gửi lại thì số liệu không được ghi thêm lần nữa."))
    if file["revision"]:
        replaced = _(", thay cho tệp {name}").format(name=file["replaces"]) if file["replaces"] else ""
        said.append(_("Đây là lần gửi thứ {count} cho ngày này").format(count=file["revision"]) + replaced + ".")
    st.html(markup.lead(said))
    frame = pd.DataFrame(file["sheets"])
    table(
        frame,
        {"sheet": (_("Biểu"), "text"), "taken": (_("Sẽ nhận"), "number"), "set_aside": (_("Để riêng"), "number")},
        _("Số giá trị theo biểu"),
        view.language,
        key="send_sheets",
    )


def downloads(view: View, checked: Checked) -> None:
    """The marked workbook, or the list, and the receipt as it would be."""
    _ = view.language.text
    labels = {"fix": _("Tải bản đánh dấu chỗ cần sửa"), "receipt": _("Tải bản xem trước biên nhận")}
    with st.container(horizontal=True):
        for kind, label in labels.items():
            if kind in checked.answers:
                name, data = checked.answers[kind]
                fetch = audit.exported(view.reader, partial(bytes, data), what="preview", file=name)
                st.download_button(
                    label, fetch, name, key=f"download_{kind}", icon=":material/download:", on_click="ignore"
                )


def to_put_right(view: View, checked: Checked) -> None:
    """Every fault, the worst first, as `tiendo check` orders them."""
    _ = view.language.text
    errors = _by_cause(view, checked.file["errors"])
    st.html(markup.heading(_("Nội dung cần sửa, cần xem lại")))
    frame = pd.DataFrame(errors)
    if not frame.empty:
        frame["message"] = [item["message"] for item in errors]
        frame["fix"] = [view.language.pick(item["fix_vi"], item["fix_en"]) for item in errors]
        frame["severity_word"] = [severity_word(item["severity"], view.language) for item in errors]
        sentences = [f"{escape(message)} <b>{escape(fix)}</b>" for message, fix in frame[["message", "fix"]].to_numpy()]
        st.html(markup.definition(list(zip(frame["place"], sentences, strict=True))[:SPELLED_OUT]))
    if 0 < len(errors) <= SPELLED_OUT:
        return
    table(
        frame,
        {
            "place": (_("Ô"), "text"),
            "severity_word": (_("Xử lý"), "text"),
            "unit": (_("Đơn vị"), "text"),
            "given": (_("Đã ghi"), "text"),
            "message": (_("Vì sao"), "long"),
            "fix": (_("Cách sửa"), "long"),
            "expected": (_("Phải là"), "text"),
            "indicator": (_("Chỉ tiêu"), "text"),
        },
        _("Nội dung cần sửa, cần xem lại trong tệp"),
        view.language,
        key="send_errors",
    )


def _by_cause(view: View, errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line for all values that wait for the same cell, at that cell; every other fault as it is."""
    lines: dict[tuple[str, ...], dict[str, Any]] = {}
    counts: dict[tuple[str, ...], int] = {}
    for number, error in enumerate(errors):
        cause = error["cause_place"]
        key: tuple[str, ...] = (error["rule"], cause) if cause else (str(number),)
        counts[key] = counts.get(key, 0) + 1
        message = view.language.pick(error["message_vi"], error["message_en"])
        at_cause = {"place": cause, "given": error["unit"], "indicator": ""} if cause else {}
        lines.setdefault(key, {**error, "message": message, **at_cause})
    for key, line in lines.items():
        if line["cause_place"]:
            words = view.language.plural("{count} giá trị của hàng này chờ sửa.", counts[key])
            line["message"] += " " + words.format(count=view.language.number(counts[key]))
    return list(lines.values())


def changes(view: View, checked: Checked) -> None:
    """The province's figures and the country's, as they are and as they would be; directives whose state changes."""
    _ = view.language.text
    said = checked.said
    st.html(markup.heading(_("Số liệu sẽ thay đổi"), _("hiện nay → sau khi nhận tệp")))
    if said["late_history"]:
        day = view.language.day(_day(said["in_force_on"]))
        st.caption(
            _("Số liệu trong tệp có trước ngày {day} đang có hiệu lực: chủ yếu bổ sung lịch sử.").format(day=day)
        )
    if not said["changes"]:
        st.caption(_("Số liệu hiện nay của tỉnh và cả nước không thay đổi."))
    else:
        _changed_figures(view, said["changes"])
    if said["directives"]:
        _changed_statuses(view, said["directives"])


def hand_in(view: View, upload: Upload, checked: Checked) -> None:
    """Puts the file into the inbox; the night's run takes it."""
    _ = view.language.text
    st.html(markup.heading(_("Gửi")))
    if checked.file["status"] not in TAKEN:
        st.caption(_("Tệp này chưa dùng được như hiện nay; vẫn có thể gửi để Bộ Nội vụ xem."))
    if st.button(_("Gửi vào hệ thống"), key="hand_in", type="primary", icon=":material/send:"):
        if not access.current_reader().may("send"):
            refuse(view)
        with TemporaryDirectory(prefix="tiendo-") as folder:
            path = Path(folder) / "tep"
            path.write_bytes(upload.data)
            asked = {"file": upload.name, "province": checked.file["province_code"] or ""}
            audit.record(audit.SENT, view.reader.subject, asked, view.reader.roles)
            result = run_command(["receive", "--json", f"--name={upload.name}", str(path)], SEND_SECONDS)
        if result.is_success and result.data:
            st.session_state["handed_in"] = (upload.key, result.data["receipt"])
        else:
            _failed(view, result)
    key, number = st.session_state.get("handed_in", ("", ""))
    if key == upload.key:
        st.success(
            _(
                "Đã đưa tệp vào hộp thư đến. Số biên nhận {number}. Lượt chạy đêm tới sẽ đọc tệp; "
                "biên nhận chính thức có sau lượt chạy đó."
            ).format(number=f"**{number}**")
        )


def _changed_figures(view: View, rows: list[dict[str, Any]]) -> None:
    _ = view.language.text
    frame = pd.DataFrame(rows)
    frame["name"] = [view.language.pick(row["name_vi"], row["name_en"]) for row in rows]
    table(
        frame,
        {
            "name": (_("Chỉ tiêu"), "text"),
            "province_before": (_("Tỉnh: hiện nay"), "number"),
            "province_after": (_("Tỉnh: sau khi nhận"), "number"),
            "national_before": (_("Cả nước: hiện nay"), "number"),
            "national_after": (_("Cả nước: sau khi nhận"), "number"),
        },
        _("Số liệu của tỉnh và cả nước trước và sau khi nhận tệp"),
        view.language,
        key="send_changes",
    )


def _changed_statuses(view: View, rows: list[dict[str, Any]]) -> None:
    _ = view.language.text
    names = {row["province_code"]: row["short_name"] for row in view.published.rows("provinces")}
    frame = pd.DataFrame(rows)
    frame["title"] = [view.language.pick(row["title_vi"], row["title_en"]) for row in rows]
    frame["where"] = [
        _("Cả nước") if row["province_code"] == COUNTRY else names.get(row["province_code"]) for row in rows
    ]
    for side in ("before", "after"):
        frame[f"{side}_word"] = [status_word(row[side], view.language) if row[side] else "–" for row in rows]
    table(
        frame,
        {
            "title": (_("Chỉ đạo"), "long"),
            "where": (_("Phạm vi"), "text"),
            "before_word": (_("Hiện nay"), "text"),
            "after_word": (_("Sau khi nhận"), "text"),
        },
        _("Chỉ đạo đổi tình trạng khi nhận tệp"),
        view.language,
        key="send_directives",
    )


def _read(result: CommandResult) -> Checked | None:
    """The command's JSON with the answers that it wrote, while they are still there."""
    if not isinstance(result.data, dict) or len(result.data.get("files", ())) != 1:
        return None
    (file,) = result.data["files"]
    answers = {kind: (Path(path).name, Path(path).read_bytes()) for kind, path in file["answers"].items()}
    return Checked(result.data, file, answers)


def _failed(view: View, result: CommandResult) -> None:
    _ = view.language.text
    if result.exit_code == TIMED_OUT:
        st.error(_("Việc này lâu quá mức cho phép nên đã dừng. Thử lại sau ít phút."))
    else:
        st.error(markup.as_text(result.error) or _("Không thực hiện được."))


def _day(text: str) -> date:
    return date.fromisoformat(text)
