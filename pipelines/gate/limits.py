"""The limits that one installation sets on the files it reads."""

from __future__ import annotations

from dataclasses import fields

from pipelines.readers import Limits
from pipelines.settings import Settings


def limits_of(settings: Settings) -> Limits:
    """Each limit of a file is the setting `max_<limit>`."""
    return Limits(**{limit.name: getattr(settings, f"max_{limit.name}") for limit in fields(Limits)})
