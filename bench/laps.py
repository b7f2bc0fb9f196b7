"""Times of the steps of several rounds, and their medians."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Laps:
    """Steps in the order in which they were first timed, each with one time per round."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    @contextmanager
    def lap(self, step: str) -> Iterator[None]:
        """Times a block as a step of the present round; a step that comes twice in a round counts twice."""
        started = time.perf_counter()
        yield
        self.seconds.setdefault(step, []).append(time.perf_counter() - started)

    def add(self, others: Laps) -> None:
        """Takes over the rounds that were timed elsewhere, in another process."""
        for step, seconds in others.seconds.items():
            self.seconds.setdefault(step, []).extend(seconds)

    def median(self, step: str) -> float:
        """Median over the rounds, in seconds."""
        return statistics.median(self.seconds[step])

    def totals(self) -> list[float]:
        """Sum of all steps, by round."""
        return [sum(round_) for round_ in zip(*self.seconds.values(), strict=True)]


def ratio(measured: list[float], floor: list[float]) -> float:
    """Median of the rounds' ratios: both sides of one round were measured in the same minute."""
    return statistics.median(one / other for one, other in zip(measured, floor, strict=True))
