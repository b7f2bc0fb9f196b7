"""What is particular to the page Trung tâm PVHCC và thủ tục: its sentences."""

from __future__ import annotations

from dashboard import sentences, topic_sentences
from dashboard.blocks import topic
from dashboard.topics import Field
from dashboard.view import View

CENTRES, REVIEWED, CENTRAL = "pvhcc_commune_operating", "procedures_reviewed", "central_procedure_system_adopted"


def standing(view: View) -> str:
    """How many centres operate, which communes have none, which provinces count none; '' before any report."""
    national = view.published.rows("national_indicators", indicators=[CENTRES])
    if not national:
        return ""
    missing = view.published.rows("missing_communes", indicator=CENTRES, province_code="")
    single_tier = view.published.rows("single_tier_provinces", indicator=CENTRES)
    return sentences.centres(national[0], missing, single_tier, view.run["province_count"], view.language)


def opening(view: View, shown: Field) -> list[str]:
    """Centres, dossiers of the period, the review of procedures, the central system: a sentence each."""
    if view.is_empty:
        return topic.before_reports(view, topic_sentences.nothing_yet(view.language), shown.topic.indicators)
    language = view.language
    reviewed = topic_sentences.procedures(shown.country[REVIEWED], shown.directive_of(REVIEWED), language)
    central = topic_sentences.adopters(
        shown.country[CENTRAL], shown.provinces[CENTRAL], shown.directive_of(CENTRAL), language
    )
    return [
        standing(view),
        topic_sentences.dossiers(shown.country, language),
        " ".join(filter(None, (reviewed, central))),
    ]
