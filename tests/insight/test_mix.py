from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.made import Record, said, summary_of

from cxscan.errors import UsageError
from cxscan.insight.mix import Mix, mixes


def answers(**channels: tuple[int, int]) -> list[Record]:
    """Of each channel so many good and so many bad comments, with their ratings."""
    return [
        Record(said(score=score).cells, 5_000 if score > 0 else 1_000, channel=channel)
        for channel, (good, bad) in channels.items()
        for score, n in ((5_000, good), (-5_000, bad))
        for _ in range(n)
    ]


def split(before: list[Record], after: list[Record]) -> dict[str, Mix]:
    return {mix.metric: mix for mix in mixes(summary_of(before), summary_of(after), ["channel"])}


def test_a_shift_between_channels_is_mix() -> None:
    # Both channels say what they said: phone +0.6, web -0.2; the phone's share falls from a half to a quarter.
    mix = split(answers(phone=(80, 20), web=(40, 60)), answers(phone=(40, 10), web=(60, 90)))["sentiment.net"]
    assert (mix.mix, mix.within) == (pytest.approx(-0.2), pytest.approx(0))
    assert mix.mix_range.excludes(0)
    assert not mix.within_range.excludes(0)


def test_a_change_within_channels_is_no_mix() -> None:
    mix = split(answers(phone=(80, 20), web=(40, 60)), answers(phone=(60, 40), web=(20, 80)))["sentiment.net"]
    assert (mix.mix, mix.within) == (pytest.approx(0), pytest.approx(-0.4))
    assert mix.within_range.excludes(0)


def test_the_classic_example_of_simpson() -> None:
    # P. J. Bickel et al. 1975 in small: each channel gets better, and the whole gets worse.
    mix = split(answers(phone=(90, 10), web=(3, 7)), answers(phone=(10, 0), web=(40, 60)))["sentiment.net"]
    assert mix.after < mix.before
    assert mix.within > 0 > mix.mix


def test_ratings_are_split_by_the_ratings_of_each_segment() -> None:
    mix = split(answers(phone=(50, 50), web=(50, 50)), answers(phone=(100, 0), web=(50, 50)))["rating.mean"]
    assert (mix.before, mix.after) == (3.0, 4.0)
    assert mix.within == pytest.approx(1.0)


def test_a_segment_that_comes_or_goes_is_mix() -> None:
    mix = split(answers(phone=(50, 50)), answers(phone=(50, 50), web=(0, 100)))["sentiment.net"]
    assert (mix.mix, mix.within) == (pytest.approx(-0.5), pytest.approx(0))
    assert mix.segments[0].before is None


COUNTS = st.dictionaries(
    st.sampled_from(["phone", "web", "chat"]), st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1
)


@given(COUNTS, COUNTS)
def test_the_parts_add_up_to_the_change(before: dict, after: dict) -> None:
    for mix in split(answers(**before), answers(**after)).values():
        assert mix.mix + mix.within == pytest.approx(mix.after - mix.before, abs=1e-9)
        assert sum(one.mix for one in mix.segments) == pytest.approx(mix.mix)
        for ends, value in ((mix.mix_range, mix.mix), (mix.within_range, mix.within)):
            assert ends.low <= value <= ends.high


@given(COUNTS)
def test_nothing_changes_between_a_dump_and_itself(counts: dict) -> None:
    for mix in split(answers(**counts), answers(**counts)).values():
        assert (mix.mix, mix.within) == (pytest.approx(0), pytest.approx(0))


def test_a_summary_without_the_segments_names_the_remedy() -> None:
    whole = summary_of(answers(phone=(1, 1)), by=())
    with pytest.raises(UsageError, match="--by channel"):
        mixes(whole, whole, ["channel"])


def test_an_unknown_column_names_the_nearest() -> None:
    whole = summary_of(answers(phone=(1, 1)))
    with pytest.raises(UsageError, match="did you mean channel"):
        mixes(whole, whole, ["chanel"])
