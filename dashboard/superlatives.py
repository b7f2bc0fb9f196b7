"""The first of a ranking by name, without passing over those that stand level with the last one named."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.language import Language

NAMED, MOST = 3, 6


def leading(ranking: Sequence[tuple[str, str]], language: Language, item: str = "{name} {value}") -> list[str]:
    """The first three of (name, value in words), the furthest first, each as `item` says it.

    Who shows the same value as the third is named too, up to six in all; more of them are counted: `12 nơi cùng 0%`.
    """
    level = ranking[NAMED - 1][1] if len(ranking) > NAMED else None
    if level is None or ranking[NAMED][1] != level:
        return [item.format(name=name, value=value) for name, value in ranking[:NAMED]]
    group = [place for place, (_name, value) in enumerate(ranking) if value == level]
    if group[-1] < MOST:
        return [item.format(name=name, value=value) for name, value in ranking[: group[-1] + 1]]
    before = [item.format(name=name, value=value) for name, value in ranking[: group[0]]]
    text = language.text("{count} nơi cùng {value}")
    return [*before, text.format(count=language.number(len(group)), value=level)]
