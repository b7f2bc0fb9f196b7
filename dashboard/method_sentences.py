"""The method in plain sentences: forecasts, reporting days, going back, corrections."""

from __future__ import annotations

from dashboard.language import Language
from dashboard.warehouse import Row


def forecast(language: Language) -> list[str]:
    """Three sentences, as in `docs/forecast.md`."""
    _ = language.text
    return [
        _(
            "Dự báo lấy nhịp của 60 ngày gần nhất (báo cáo cũ hơn 14 ngày chỉ tính một nửa), suy ra còn cần bao nhiêu "
            "ngày, rồi chỉnh theo thời gian mà những trường hợp tương tự thực sự đã cần."
        ),
        _(
            "Khoảng 80% là khoảng mà tám trên mười trường hợp tương tự đã xong; khả năng kịp hạn là tỷ lệ trường hợp "
            "tương tự đã kịp. Nơi chưa báo cáo coi như chưa làm."
        ),
        _(
            "Không đủ số liệu, đứng yên hoặc đi lùi thì không nêu ngày, chỉ nêu lý do; kinh nghiệm ban đầu rút từ "
            "số liệu mô phỏng và được thay dần bằng số liệu thật."
        ),
    ]


def outcomes(row: Row, language: Language) -> str:
    """What became of the forecasts that are decided, so that the promise can be checked."""
    _, _n = language.text, language.plural
    if not row["decided_count"]:
        return _("Chưa có dự báo nào đã biết kết quả để đối chiếu.")
    text = _n(
        "Trong {decided} dự báo đã biết kết quả, {inside} việc hoàn thành trong khoảng ngày đã nêu ({share}); "
        "{open} dự báo còn chưa biết kết quả.",
        row["decided_count"],
    )
    return text.format(
        inside=language.number(row["inside_count"]),
        decided=language.number(row["decided_count"]),
        share=language.percent(row["inside_pct"]),
        open=language.number(row["open_count"]),
    )


def calendar(row: Row, language: Language) -> str:
    """How often is reported, until when, when next."""
    _ = language.text
    said = _("Báo cáo giữa tháng và cuối tháng, cùng các ngày do Bộ nêu; phải gửi trong {days} ngày sau ngày số liệu.")
    shortest, longest = language.number(row["shortest_days"]), language.number(row["longest_days"])
    said = said.format(days=shortest if shortest == longest else f"{shortest}–{longest}")
    if row["next_on"] is not None:
        text = _("Kỳ đang mở hoặc kế tiếp: {day}, gửi đến hết ngày {due}.")
        said += " " + text.format(day=language.day(row["next_on"]), due=language.day(row["next_due_on"]))
    return said


def known_on(language: Language) -> str:
    """The two times of every figure."""
    return language.text(
        "Mỗi số có hai ngày: ngày mà số đó mô tả và lúc Bộ biết số đó. “Xem lại ngày khác” cho thấy mọi trang như vào "
        "cuối ngày được chọn: báo cáo và đính chính nhận sau đó không được tính; bảng tham chiếu là bảng hiện nay."
    )


def carried(language: Language) -> str:
    """What holds until the next report, and what does not."""
    return language.text(
        "Đơn vị không báo cáo kỳ này thì dùng số gần nhất và ghi rõ có bao nhiêu đơn vị như vậy. Số phát sinh trong kỳ "
        "(hồ sơ tiếp nhận, đúng hạn, trực tuyến) chỉ thuộc về kỳ đó, không bao giờ lấy sang kỳ khác."
    )


def corrections(row: Row, language: Language) -> str:
    """Who may change a figure, how, and how often that happened."""
    _, _n = language.text, language.plural
    said = _(
        "Tệp gửi lại thay từng giá trị của tệp trước; ô để trống không xóa gì. Bộ chỉ đính chính một giá trị khi tỉnh "
        "vẫn báo đúng số cũ, và đính chính có ngày hết hiệu lực. Số cũ, tệp và ô của nó không bao giờ mất."
    )
    count = row["value_count"]
    if not count:
        return f"{said} {_('Đến nay chưa có giá trị nào được thay.')}"
    text = _n("Đến nay {count} giá trị đã được thay.", count)
    return f"{said} {text.format(count=language.number(count))}"
