"""Kitagawa's decomposition of a change: the part of who answers, and the part of what they say."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError, nearest
from cxscan.summary.estimates import Interval, Mean, Net, Z
from cxscan.summary.json_values import json_object, round6
from cxscan.summary.metrics import numbers_of
from cxscan.summary.paths import dotted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cxscan.summary import Counts, Json, Summary
    from cxscan.summary.paths import Path

SPLIT = (("sentiment", "net"), ("rating", "mean"), ("rating", "nps"))
"""The numbers that are split."""


class SegmentSide(NamedTuple):
    """The comments (or ratings) of one segment in one of the two dumps."""

    n: int
    share: float
    """Of all its dump's."""
    value: float
    variance: float
    """Of one comment."""


class SegmentMix(NamedTuple):
    """One segment's part of the change; where it is missing in a dump, its value there is that of the other one."""

    value: str
    before: SegmentSide | None
    after: SegmentSide | None
    mix: float
    within: float


class Mix(NamedTuple):
    """The change of a number, in two parts that add up to it."""

    by: str
    path: Path
    before: float
    after: float
    mix: float
    """The change had each segment said what it said on average, with only their sizes shifting."""
    mix_range: Interval
    within: float
    """The change had only the segments' own values moved, with their sizes at the average."""
    within_range: Interval
    segments: tuple[SegmentMix, ...]
    """Those that add most first."""

    @property
    def metric(self) -> str:
        """The dotted path."""
        return dotted(self.path)

    def as_json(self) -> Json:
        """Each part with its 95 % interval."""
        return json_object(
            by=self.by,
            metric=self.metric,
            before=round6(self.before),
            after=round6(self.after),
            difference=round6(self.after - self.before),
            mix=_part(self.mix, self.mix_range),
            within=_part(self.within, self.within_range),
            segments=[
                json_object(
                    value=one.value,
                    before=_group_json(one.before),
                    after=_group_json(one.after),
                    mix=round6(one.mix),
                    within=round6(one.within),
                )
                for one in self.segments
            ],
        )


def mixes(before: Summary, after: Summary, by: Sequence[str]) -> tuple[Mix, ...]:
    """Each number that both dumps have, split by each column."""
    return tuple(
        found
        for column in by
        for path in SPLIT
        if (found := split_by(column, path, _segments(before, column), _segments(after, column))) is not None
    )


def split_by(column: str, path: Path, before: Mapping[str, Counts], after: Mapping[str, Counts]) -> Mix | None:
    """Split a change of a mean over segments (E. M. Kitagawa 1955, JASA 50: 1168-1194); None where a side has none.

    Sizes are weighed at the average of both values, values at the average of both sizes, so that nothing is left over.
    """
    first, last = _groups(before, path), _groups(after, path)
    if not first or not last or _scales(before, path) != _scales(after, path):
        return None
    segments = [_segment(value, first.get(value), last.get(value)) for value in sorted({*first, *last})]
    errors = _errors(segments, sum(one.n for one in first.values()), sum(one.n for one in last.values()))
    mix, within = sum(one.mix for one in segments), sum(one.within for one in segments)
    return Mix(
        by=column,
        path=path,
        before=sum(one.share * one.value for one in first.values()),
        after=sum(one.share * one.value for one in last.values()),
        mix=mix,
        mix_range=Interval(mix - Z * errors[0], mix + Z * errors[0]),
        within=within,
        within_range=Interval(within - Z * errors[1], within + Z * errors[1]),
        segments=tuple(sorted(segments, key=lambda one: (-abs(one.mix) - abs(one.within), one.value))),
    )


def _segments(summary: Summary, column: str) -> Mapping[str, Counts]:
    columns = summary.segments
    if column not in columns:
        hint = nearest(column, columns) if columns else f"write the summary anew with: cxscan scan FILE --by {column}"
        raise UsageError(f"--by {column}: a saved summary has no such segments; {hint}")
    return columns[column]


def _groups(segments: Mapping[str, Counts], path: Path) -> dict[str, SegmentSide]:
    found: dict[str, tuple[int, float, float]] = {}
    for value, counts in segments.items():
        match numbers_of(counts, ())[path].figure:
            case Net(up, down, of) if of:
                net = (up - down) / of
                found[value] = (of, net, (up + down + 2) / (of + 2) - net**2)
            case Mean(mean, n, variance) if n:
                found[value] = (n, mean, variance)
    whole = sum(n for n, *_ in found.values())
    return {value: SegmentSide(n, n / whole, mean, variance) for value, (n, mean, variance) in found.items()}


def _scales(segments: Mapping[str, Counts], path: Path) -> set[tuple[int, int]]:
    """The ends of the scales on which the segments' ratings stand."""
    if path[0] != "rating":
        return set()
    ratings = [counts.rating for counts in segments.values()]
    return {(rating.scale.low, rating.scale.high) for rating in ratings if rating}


def _segment(value: str, before: SegmentSide | None, after: SegmentSide | None) -> SegmentMix:
    shares = before.share if before else 0.0, after.share if after else 0.0
    values = [one.value for one in (before or after, after or before) if one]
    mix = (shares[1] - shares[0]) * sum(values) / 2
    return SegmentMix(value, before, after, mix, (values[1] - values[0]) * sum(shares) / 2)


def _errors(segments: Sequence[SegmentMix], n_before: int, n_after: int) -> tuple[float, float]:
    """Standard errors of both parts by the delta method: values vary by themselves, sizes like a multinomial."""
    own = [sum(one.variance / one.n for one in groups) for groups in map(_present, segments)]
    shares = [[group.share if group else 0.0 for group in (one.before, one.after)] for one in segments]
    values = [[one.value for one in (segment.before or segment.after, segment.after or segment.before) if one]
              for segment in segments]  # fmt: skip
    means, moves = [sum(pair) / 2 for pair in values], [(pair[1] - pair[0]) / 2 for pair in values]
    mix = sum(((after - before) / 2) ** 2 * one for (before, after), one in zip(shares, own, strict=True))
    within = sum(((before + after) / 2) ** 2 * one for (before, after), one in zip(shares, own, strict=True))
    for side, n in enumerate((n_before, n_after)):
        sizes = [pair[side] for pair in shares]
        mix += _spread(sizes, means) / n
        within += _spread(sizes, moves) / n
    return sqrt(mix), sqrt(within)


def _present(segment: SegmentMix) -> Iterator[SegmentSide]:
    return (group for group in (segment.before, segment.after) if group)


def _spread(shares: Sequence[float], values: Sequence[float]) -> float:
    """Variance of the values over the segments."""
    mean = sum(share * value for share, value in zip(shares, values, strict=True))
    squares = sum(share * value * value for share, value in zip(shares, values, strict=True))
    return max(squares - mean**2, 0.0)


def _part(difference: float, ends: Interval) -> Json:
    return json_object(difference=round6(difference), low=round6(ends.low), high=round6(ends.high))


def _group_json(group: SegmentSide | None) -> Json:
    return None if group is None else json_object(n=group.n, share=round6(group.share), value=round6(group.value))
