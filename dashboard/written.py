"""Numbers of tables as the reader's language writes them, and statuses in their colours; made once per content.

`st.dataframe` sorts by the values and shows a text of ours in their place, if it gets a pandas Styler. It asks the
Styler for all texts in every run, 20 µs a cell, and then turns all values into Arrow again, which together were most of
the time of a page. So both parts of the message are made here, and handed over where Streamlit would make them
(`marshall_styler`, `convert_pandas_df_to_arrow_bytes`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from pandas.io.formats.style import Styler
from streamlit import dataframe_util as streamlit_frames
from streamlit.elements import arrow as streamlit_tables
from streamlit.proto.ArrowData_pb2 import ArrowData

from dashboard.kept import Kept
from dashboard.language import Language
from dashboard.vocabulary import AMBER, INK, LIGHTS, MUTED

# Above this the browser looks for the colour of a cell in a style sheet that has a rule for each.
COLOURED_ROWS = 300
SEPARATED_FROM = 1000
TABLES_KEPT = 500
PREPARED = "prepared_by_tiendo"
Formatter = Callable[[Any], str]
STYLER_SEAM = "marshall_styler"
VALUES_SEAM = "convert_pandas_df_to_arrow_bytes"
_marshall_styler = getattr(streamlit_tables, STYLER_SEAM)
_arrow_bytes: Callable[[pd.DataFrame], bytes] = getattr(streamlit_frames, VALUES_SEAM)
_tables: Kept[ArrowData.PandasStyler] = Kept(TABLES_KEPT)


def status_colour(text: object) -> str:
    """The colour of a status on its cell. Amber is too light to be read on white, so it goes behind the text."""
    light = next((each for each in LIGHTS.values() if str(text).startswith(each.glyph)), LIGHTS["none"])
    if light.glyph == LIGHTS["risk"].glyph:
        return f"background-color: {AMBER}; color: {INK}"
    return f"color: {MUTED if light.glyph == LIGHTS['none'].glyph else light.colour}"


def number_writers(language: Language) -> dict[str, Formatter]:
    """How kinds of numbers are written, on the server: left to itself, the browser's locale would decide."""

    def safe(write: Callable[[Any], str]) -> Formatter:
        return lambda value: "–" if pd.isna(value) else write(value)

    return {"number": safe(language.number), "signed": safe(language.signed), "percent": safe(language.percent)}


def needs_writing(values: pd.Series, kind: str) -> bool:
    """Small whole numbers look the same in every language; only others are worth the time of being written."""
    if kind != "number":
        return True
    known = pd.to_numeric(values).dropna()
    return bool(((known.abs() >= SEPARATED_FROM) | (known % 1 != 0)).any())


def texts(shown: pd.DataFrame, kinds: Mapping[str, str], language: Language) -> dict[str, list[str]]:
    """The columns that have to be written out, each with its texts."""
    writers = number_writers(language)
    return {
        label: [writers[kind](value) for value in shown[label].tolist()]
        for label, kind in kinds.items()
        if kind in writers and needs_writing(shown[label], kind)
    }


def written(shown: pd.DataFrame, kinds: Mapping[str, str], language: Language) -> Styler:
    """The frame as `st.dataframe` takes it: with its numbers written out and its statuses coloured.

    The values are turned into what the browser gets as well, so nobody may change `shown` from now on.
    """
    key = _content(shown, kinds, language)
    styler = Styler(shown, uuid=key)
    setattr(styler, PREPARED, _tables.get(key, lambda: _prepared(key, shown, kinds, language)))
    setattr(shown, PREPARED, _arrow_bytes(shown))
    return styler


def _content(shown: pd.DataFrame, kinds: Mapping[str, str], language: Language) -> str:
    """Tells tables apart by what would be written or coloured in them, and by the place of those columns."""
    digest = hashlib.blake2b(f"{language.code}{list(kinds.items())}{len(shown)}".encode(), digest_size=10)
    for label, kind in kinds.items():
        if kind in ("number", "signed", "percent", "status"):
            values = shown[label]
            is_plain = isinstance(values.dtype, np.dtype) and values.dtype.kind in "iufb"
            digest.update(values.to_numpy().tobytes() if is_plain else repr(values.tolist()).encode())
    return digest.hexdigest()


def _prepared(key: str, shown: pd.DataFrame, kinds: Mapping[str, str], language: Language) -> ArrowData.PandasStyler:
    """What the browser gets beside the values: texts by cell (none: it shows the value itself) and colours."""
    written_out = texts(shown, kinds, language)
    nothing = [None] * len(shown)
    beside = pd.DataFrame({label: written_out.get(label, nothing) for label in shown.columns}, index=shown.index)
    part = ArrowData.PandasStyler(uuid=key, styles=_colours(key, shown, kinds))
    part.display_values = _arrow_bytes(beside)
    return part


def _colours(key: str, shown: pd.DataFrame, kinds: Mapping[str, str]) -> str:
    """A style sheet: one rule for each colour, with the cells that have it, named as pandas names them."""
    if len(shown) > COLOURED_ROWS:
        return ""
    cells: dict[str, list[str]] = {}
    for column, label in enumerate(shown.columns):
        if kinds[label] == "status":
            for row, text in enumerate(shown[label].tolist()):
                cells.setdefault(status_colour(text), []).append(f"#T_{key}_row{row}_col{column}")
    return "\n".join(f"{', '.join(names)} {{ {colour} }}" for colour, names in cells.items())


def _marshall(proto: ArrowData, styler: Styler, default_uuid: str) -> None:
    """In place of Streamlit's own: what was prepared is copied, any other Styler takes the usual way."""
    prepared = getattr(styler, PREPARED, None)
    if prepared is None:
        _marshall_styler(proto, styler, default_uuid)
    else:
        proto.styler.CopyFrom(prepared)


def _as_arrow(values: pd.DataFrame) -> bytes:
    """In place of Streamlit's own: what was prepared, for any other frame the usual way."""
    prepared: bytes | None = values.__dict__.get(PREPARED)
    return _arrow_bytes(values) if prepared is None else prepared


setattr(streamlit_tables, STYLER_SEAM, _marshall)
setattr(streamlit_frames, VALUES_SEAM, _as_arrow)
