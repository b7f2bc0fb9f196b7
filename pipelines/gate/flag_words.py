"""Words and signs in a column that asks whether something is done: yes, no, or a question to the sender.

The tables below are for people to edit. A word stands in them only if it leaves no doubt: `đang thực hiện`, `✗` (in
some offices a tick, in others a no) or a decision's number are asked about.
"""

from __future__ import annotations

import re

# The last two ticks, and the last two boxes, are those of the font Wingdings.
YES = frozenset(
    {
        "x",
        "v",
        "✓",
        "✔",
        "√",
        "☑",
        "🗸",
        "✅",
        "\uf0fc",
        "\uf0fe",
        "có",
        "đã",
        "đã có",
        "rồi",
        "đã xong",
        "xong",
        "đạt",
        "true",
    }
)
NO = frozenset(
    {
        "☐",
        "□",
        "\uf0a8",
        "\uf06f",
        "không",
        "không có",
        "chưa",
        "chưa có",
        "chưa xong",
        "không đạt",
        "chưa đạt",
        "false",
    }
)
DONE, NOT_DONE = ("hoàn thành", "thực hiện xong"), ("chưa hoàn thành", "không hoàn thành", "chưa thực hiện")
# What `đã …` and `chưa …` may say, if the column asks for just that: `đã thành lập` does not answer whether it works.
DEEDS = {
    "thành lập": ("thành lập",),
    "hoạt động": ("hoạt động",),
    "đi vào hoạt động": ("hoạt động",),
    "bổ nhiệm": ("bổ nhiệm",),
    "bố trí": ("bố trí",),
    "ban hành": ("ban hành", "quyết định", "quy chế"),
    "xây dựng": ("xây dựng",),
    "kiện toàn": ("kiện toàn",),
    "kết nối": ("kết nối",),
    "chuyển": ("chuyển",),
    "bảo đảm": ("bảo đảm",),
    "đảm bảo": ("bảo đảm", "đảm bảo"),
    "đáp ứng": ("bảo đảm", "đáp ứng"),
    "ổn định": ("ổn định",),
}
# A state needs no `đã`: `bảo đảm`, `ổn định`.
STATES = frozenset({"bảo đảm", "đảm bảo", "đáp ứng", "ổn định", "hoạt động"})
_DEED = re.compile(r"(?:(đã được|đã|có|chưa được|chưa|không) )?(.+)")
_YES_BEFORE = frozenset({"đã", "đã được", "có"})


def flag_of_word(text: str, label: str) -> bool | None:
    """What a text in `plain` form answers to the question of a column; None where that is not certain.

    `label` is the indicator's name with its synonyms in `plain` form: only its own deed is an answer.
    """
    if text in YES or text in DONE or text.removeprefix("đã ") in DONE:
        return True
    if text in NO or text in NOT_DONE:
        return False
    found = _DEED.fullmatch(text)
    if not found or not any(word in label for word in DEEDS.get(found.group(2), ())):
        return None
    if found.group(1) is None:
        return True if found.group(2) in STATES else None
    return found.group(1) in _YES_BEFORE
