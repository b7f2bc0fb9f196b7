from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipelines.simulation.events import NEVER, Anchor, after_prerequisite, apportion, event_days, monotone, not_before


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=60), st.data())
def test_counts_pass_through_every_anchor_exactly(scores: list[float], data: st.DataObject) -> None:
    counts = sorted(data.draw(st.lists(st.integers(0, len(scores)), min_size=1, max_size=4)))
    anchors = [Anchor(on=10 * n, until=10 * n + 4, count=count) for n, count in enumerate(counts, start=1)]
    days = event_days(np.array(scores), anchors, opening=0)
    for anchor in anchors:
        assert (days <= anchor.on).sum() == (days <= anchor.until).sum() == anchor.count


@given(st.lists(st.floats(-9, 9), min_size=2, max_size=60))
def test_who_is_readier_is_never_later(scores: list[float]) -> None:
    days = event_days(np.array(scores), [Anchor(100, 100, len(scores))], opening=0)
    order = np.argsort(scores, kind="stable")
    assert (np.diff(days[order]) >= 0).all()


def test_events_beyond_the_last_anchor_never_happen() -> None:
    days = event_days(np.array([3.0, 1.0, 2.0]), [Anchor(50, 50, 2)], opening=0)
    assert days.tolist()[0] == NEVER
    assert max(days.tolist()[1:]) <= 50


def test_a_published_total_wins_over_an_assumed_one() -> None:
    published = Anchor(20, 25, 7, is_published=True)
    assumed = [Anchor(10, 10, 9), Anchor(22, 22, 8), Anchor(30, 30, 6), Anchor(40, 40, 10)]
    assert monotone([*assumed, published], event_count=10) == (published, Anchor(40, 40, 10))


def test_of_two_published_totals_that_fall_the_later_is_raised() -> None:
    falling = [Anchor(10, 10, 7, is_published=True), Anchor(20, 20, 5, is_published=True)]
    assert [anchor.count for anchor in monotone(falling, event_count=10)] == [7, 7]


def test_nobody_reaches_a_stage_before_the_one_that_it_rests_on() -> None:
    earlier_stage = np.array([5, 40, 8, NEVER, 12])
    anchors = [Anchor(20, 20, 3, is_published=True), Anchor(60, 60, 4)]
    scores = after_prerequisite(np.array([4.0, 0.0, 3.0, -5.0, 1.0]), earlier_stage, anchors)
    days = not_before(event_days(scores, anchors, opening=0), earlier_stage, anchors, delay=3)
    assert (days >= earlier_stage).all()
    assert (days <= 20).sum() == 3


@given(
    st.integers(0, 500),
    st.lists(st.tuples(st.floats(0.01, 100), st.integers(0, 30)), min_size=1, max_size=20),
)
def test_shares_add_up_to_the_total_as_far_as_the_caps_allow(total: int, parts: list[tuple[float, int]]) -> None:
    weights, caps = np.array([w for w, _ in parts]), np.array([c for _, c in parts])
    shares = apportion(total, weights, caps)
    assert shares.sum() == min(total, caps.sum())
    assert ((shares >= 0) & (shares <= caps)).all()


def test_shares_follow_the_weights() -> None:
    assert apportion(10, np.array([1.0, 3.0, 1.0]), np.array([9, 9, 9])).tolist() == [2, 6, 2]
