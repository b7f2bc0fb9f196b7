"""What the tables of the benchmarks say."""

from __future__ import annotations

import pytest

from bench.report import percentile


@pytest.mark.parametrize(
    ("count", "share", "expected"), [(20, 0.95, 19), (40, 0.95, 38), (5, 0.5, 3), (4, 0.5, 2), (1, 0.95, 1)]
)
def test_a_percentile_is_the_least_wait_that_so_many_did_not_exceed(count: int, share: float, expected: int) -> None:
    assert percentile([float(wait) for wait in range(count, 0, -1)], share) == expected
