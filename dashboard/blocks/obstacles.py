"""What is particular to the page Khó khăn, vướng mắc: its sentences."""

from __future__ import annotations

from dashboard import topic_sentences
from dashboard.blocks import topic
from dashboard.figures.ranked import ranked
from dashboard.topics import Field
from dashboard.view import View

RAISED, RESOLVED = "obstacles_raised", "obstacles_resolved"


def opening(view: View, shown: Field) -> list[str]:
    """What was raised, resolved and is open, against the date; where most are open, who is silent."""
    _ = view.language.text
    directive = shown.directive_of(RESOLVED)
    first = topic_sentences.obstacles(shown.country[RESOLVED], shown.country[RAISED], directive, view.language)
    if view.is_empty:
        return topic.before_reports(view, first, shown.topic.indicators)
    provinces = ranked(shown.provinces[RESOLVED], "remaining", is_lowest_first=False)
    second = [
        topic_sentences.worst(provinces, "remaining", view.language, _("Còn chưa giải quyết nhiều nhất: {names}.")),
        topic_sentences.silent(provinces, view.language),
    ]
    return [first, " ".join(filter(None, second))]
