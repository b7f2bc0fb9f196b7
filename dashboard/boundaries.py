"""Outlines of the provinces, if the ministry puts them there: `<home>/reference/boundaries.geojson`.

None come with the product. A file has one feature per province, `Polygon` or `MultiPolygon` in degrees, with the
property `province_code`. It is read once per state of the file; what is wrong with it is said, not guessed around.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.figures.country import Shape
from dashboard.settings import REPOSITORY, Settings

FILE = "boundaries.geojson"
MOST_POINTS = 100_000
FILES_KEPT = 3
Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Shapes by province code. `fault` is the key of what is wrong with the file (`words`), '' if nothing is."""

    shapes: dict[str, Shape]
    fault: str = ""


def boundaries(settings: Settings) -> Boundaries:
    """Where the pipeline finds its tables: the home's own `reference/`, otherwise the repository's."""
    own = settings.home / "reference"
    path = (own if own.is_dir() else REPOSITORY / "data" / "reference") / FILE
    return _read(str(path), path.stat().st_mtime_ns) if path.is_file() else Boundaries({})


@st.cache_resource(max_entries=FILES_KEPT, show_spinner=False)
def _read(path: str, changed_at: int) -> Boundaries:
    """`changed_at` tells states of the file apart."""
    try:
        features = json.loads(Path(path).read_text(encoding="utf-8"))["features"]
        rings = {str(each["properties"]["province_code"]): _rings(each["geometry"]) for each in features}
        shapes = {code: Shape(found, _middle(found)) for code, found in rings.items()}
    except (ValueError, KeyError, TypeError, IndexError):
        return Boundaries({}, "unreadable")
    if sum(len(ring) for shape in shapes.values() for ring in shape.rings) > MOST_POINTS:
        return Boundaries({}, "too_fine")
    return Boundaries(shapes)


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    """The rings of a polygon or of several; a hole is a ring like any other, the filling leaves it out."""
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    return [[(float(point[0]), float(point[1])) for point in ring] for polygon in polygons for ring in polygon]


def _middle(rings: list[Ring]) -> tuple[float, float]:
    """The centre of the box around the ring with the most points: mainland rather than islets."""
    ring = max(rings, key=len)
    longitudes, latitudes = [point[0] for point in ring], [point[1] for point in ring]
    return (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
