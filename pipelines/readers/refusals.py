"""Refusals that several readers share, in the words of the people who send files."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.readers.cells import UnreadableFile

DAMAGED = "tệp bị hỏng hoặc bị cắt khi gửi"
PROTECTED = "tệp đặt mật khẩu"
_SAVE_AS_VI = "Mở tệp bằng phần mềm đã tạo ra nó, chọn Lưu thành (Save As) dạng .{extension} rồi gửi lại."
_SAVE_AS_EN = "Open the file in the program that made it, choose Save As .{extension} and send that."

# Formats that are not taken, and the one to save them as instead.
_KINDS: Mapping[str, tuple[str, str]] = {
    "doc": ("Word 97–2003 (.doc)", "docx"),
    "odt": ("LibreOffice Writer (.odt)", "docx"),
    "ole": ("Office 97–2003 không phải bảng tính", "xlsx"),
    "pptx": ("PowerPoint (.pptx)", "xlsx"),
    "rtf": ("văn bản RTF (.rtf)", "docx"),
    "word_xml": ("Word lưu thành XML", "docx"),
    "xlsb": ("Excel nhị phân (.xlsb)", "xlsx"),
    "xml": ("XML không phải bảng tính", "xlsx"),
}


def damaged(error: BaseException | str) -> UnreadableFile:
    """The refusal of a file that its own format's rules do not allow; what the library says is for developers."""
    said = str(error).splitlines() or [type(error).__name__]
    return UnreadableFile("unreadable_file", DAMAGED, said[0][:200])


def protected(said: str = "the file is protected by a password") -> UnreadableFile:
    """The refusal of a file that opens only with a password."""
    return UnreadableFile("unreadable_file", PROTECTED, said)


def hostile(detail: str, detail_en: str) -> UnreadableFile:
    """The refusal of a file that is built to do harm, or might as well be."""
    return UnreadableFile("hostile_file", detail, detail_en)


def scanned(given: str, detail_en: str) -> UnreadableFile:
    """The refusal of a picture of a report; nothing here reads pictures."""
    return UnreadableFile("scanned_file", given, detail_en)


def not_taken(kind: str) -> UnreadableFile:
    """The refusal of a format, by its name in `file_format`."""
    if kind == "image":
        return scanned("ảnh chụp hoặc ảnh quét", "a photo or scanned picture")
    if kind == "packed":
        return UnreadableFile("packed_file", "tệp nén (.rar, .7z, .gz)", "an archive (.rar, .7z, .gz)")
    if kind == "zip":
        return UnreadableFile("packed_file", "tệp nén (.zip)", "an archive (.zip)")
    if kind in _KINDS:
        name, extension = _KINDS[kind]
        fix_vi, fix_en = (text.format(extension=extension) for text in (_SAVE_AS_VI, _SAVE_AS_EN))
        return UnreadableFile("unsupported_format", fix_vi, fix_en, given=name)
    return UnreadableFile(
        "unsupported_format",
        "Kiểm tra xem có đính kèm nhầm tệp không; gửi lại báo cáo dạng .xlsx, .xls, .ods, .csv, .docx hoặc .pdf.",
        "Check that the right file was attached; send the report as .xlsx, .xls, .ods, .csv, .docx or .pdf.",
        given="không xác định",
    )
