"""What was made once is kept by its key: results of queries, figures, numbers of tables written out.

Streamlit's own caches hash their arguments and copy their results anew in every run, about 0.4 ms a call; a page asks
twenty times. Keys here are small and say all: the published version, the language, the codes that the reader chose.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class _Place(Generic[Made]):
    """Where one result will be, or is; whoever asks meanwhile waits instead of making it a second time."""

    __slots__ = ("lock", "made")

    def __init__(self) -> None:
        self.lock = Lock()
        self.made: list[Made] = []


class Kept(Generic[Made]):
    """At most `most` results, shared by all readers; those not asked for longest go first. Nobody changes them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._places: OrderedDict[Hashable, _Place[Made]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The result for a key, made now if nobody asked for it before. What fails is not kept."""
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
        if place.made:
            return place.made[0]
        with place.lock:
            if not place.made:
                place.made.append(make())
            return place.made[0]
