"""A metric: a number of a summary by its path, what it is computed from, its range, the comments behind it.

The entries stand in `metrics.py`; `share`, `net`, `mean` and `total` make the usual kinds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cxscan.quotes.filter import CommentFilter
from cxscan.summary.estimates import Mean, Net, Share, Total, widest_variance
from cxscan.summary.json_values import round6
from cxscan.summary.paths import dotted, within

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxscan.summary.counts import Counts, SavedNumbers
    from cxscan.summary.estimates import Figure
    from cxscan.summary.json_values import Json
    from cxscan.summary.paths import Path

ANY_COMMENT = CommentFilter()
POSITIVE, NEGATIVE = CommentFilter(polarity="positive"), CommentFilter(polarity="negative")
OPPOSITE = {"positive": "negative", "negative": "positive"}


class Unit(StrEnum):
    """The kinds of numbers."""

    SHARE = "share"
    """Part of a whole, 0 to 1."""
    NET = "net"
    """Difference of two shares, -1 to 1."""
    COUNT = "count"
    PLAIN = "plain"


class Number(NamedTuple):
    """A number of a summary, what chance makes of it, and the range in which it can lie."""

    path: Path
    value: float | None
    """As the JSON has it; None of nothing, or where a baseline hides it."""
    figure: Figure | None
    """None where there is nothing to tell."""
    n: int
    """Number of comments (or records, of ratings) it rests on."""
    low: float = 0.0
    high: float = inf
    unit: Unit = Unit.PLAIN
    is_hidden: bool = False
    """A baseline does not tell, because the count is small."""
    metric: Metric | None = None
    """The entry that it is a number of."""

    @property
    def name(self) -> str:
        """The dotted path."""
        return dotted(self.path)

    @property
    def is_share(self) -> bool:
        """Tell whether it is part of a whole."""
        return self.unit is Unit.SHARE

    @property
    def is_of_theme(self) -> bool:
        """Tell whether it is one of the many about themes, of which some move by chance alone."""
        return within(self.path)[0] == "themes"

    def comments(self, *, too_high: bool) -> CommentFilter:
        """The comments to read when it is too high, or too low."""
        wanted = self.metric.comments(too_high=too_high) if self.metric else ANY_COMMENT
        return in_group(wanted, self.path)


def in_group(wanted: CommentFilter, path: Path) -> CommentFilter:
    """Of the comments those in the segment or period that the path leads through."""
    if path[0] == "segments":
        return replace(wanted, segments=((path[1], path[2]),))
    return replace(wanted, period=path[1]) if path[0] == "timeline" else wanted


class Measure(NamedTuple):
    """A metric of some counts."""

    figure: Figure | None
    n: int
    value: float | None = None
    """None for a share, which has its own."""
    low: float = 0.0
    high: float = inf


class SavedNode(NamedTuple):
    """A metric as a saved summary has it: the count of a share or total, and the share, mean or net."""

    n: int
    value: float | None


Restore: TypeAlias = "Callable[[SavedNode, Counts], Counts]"
"""From what is saved, and what was restored before it, the counts to add."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """An entry of the registry. A share is four numbers: `n`, `share`, `low` and `high` under its path."""

    path: Path
    unit: Unit
    measure: Callable[[Counts], Measure]
    above: CommentFilter = ANY_COMMENT
    """The comments to read where it is too high."""
    below: CommentFilter = ANY_COMMENT
    """The comments to read where it is too low."""
    restore: Restore | None = None
    """None where other metrics give its counts back."""
    parts: tuple[Path, ...] = ()
    """The counts of which a net is made; where a baseline hides one, the net stands for itself."""
    whole: Path | None = None
    """The theme whose comments it is a share or net of; a change weighs as much as that."""
    is_compared: bool = False
    """Whether `compare` tests it for change."""
    is_headline: bool = False
    """Whether `compare` shows it also where it did not change."""
    counts_nothing: bool = False
    """Whether the count of a share of nothing is told, as 0."""
    title: str = ""
    """Its name in a table for readers."""
    meaning: str = ""
    """Its meaning, in a few words; `{name}` stands for the share of that name beside it."""

    def numbers(self, counts: Counts) -> list[Number]:
        """Its numbers, as the JSON has them."""
        computed = self._share(counts) if self.unit is Unit.SHARE else [self._single(counts)]
        computed = [number._replace(metric=self) for number in computed]
        if counts.saved is None:
            return computed
        return [self._as_saved(number, counts.saved) for number in computed]

    def node(self, counts: Counts) -> Json:
        """Return the JSON under its path; None of a share of nothing."""
        if counts.saved is None:  # the short way to the same
            figure, _, value, *_ = self.measure(counts)
            if self.unit is not Unit.SHARE:
                return value
            if isinstance(figure, Share) and figure.of:
                return figure.as_json()
        numbers = self.numbers(counts)
        if self.unit is not Unit.SHARE:
            return numbers[0].value
        nothing = numbers[1].value is None and not self.counts_nothing
        return None if nothing else {number.path[-1]: number.value for number in numbers}

    def comments(self, *, too_high: bool) -> CommentFilter:
        """The comments to read when it is too high, or too low."""
        return self.above if too_high else self.below

    def _single(self, counts: Counts) -> Number:
        figure, n, value, low, high = self.measure(counts)
        return Number(self.path, value, figure, n, low, high, self.unit)

    def _share(self, counts: Counts) -> list[Number]:
        measured, n, *_ = self.measure(counts)
        share = measured if isinstance(measured, Share) and (measured.of or self.counts_nothing) else None
        figure = share if share and share.of else None
        count = None if share is None else share.n
        low, high = (share and share.interval) or (None, None)
        return [
            Number((*self.path, "n"), count, None if count is None else Total(count), n, unit=Unit.COUNT),
            Number((*self.path, "share"), round6(share and share.share), figure, n, 0.0, 1.0, Unit.SHARE),
            Number((*self.path, "low"), round6(low), None, n, 0.0, 1.0, Unit.SHARE),
            Number((*self.path, "high"), round6(high), None, n, 0.0, 1.0, Unit.SHARE),
        ]

    def _as_saved(self, number: Number, saved: SavedNumbers) -> Number:
        value, is_hidden = saved.values.get(number.path), number.path in saved.hidden
        return number._replace(value=value, figure=self._figure_as_saved(number, value, saved), is_hidden=is_hidden)

    def _figure_as_saved(self, number: Number, value: float | None, saved: SavedNumbers) -> Figure | None:
        if value is None:
            return None
        match number.figure:
            case Share(_, of):
                return Share(int(saved.values.get((*self.path, "n"), 0)), of)
            case Net(_, _, of) if saved.hidden.intersection(self.parts):
                return Mean(value, of, widest_variance(value, -1.0, 1.0))
            case Mean() as mean:
                return mean._replace(mean=value)
            case Total():
                return Total(int(value))
            case figure:
                return figure


def total(
    path: Path, n: Callable[[Counts], int | None], of: Callable[[Counts], int], restore: Restore | None = None
) -> Metric:
    """A count of what came in."""

    def measure(counts: Counts) -> Measure:
        count = n(counts)
        return Measure(None if count is None else Total(count), of(counts), count)

    return Metric(path=path, unit=Unit.COUNT, measure=measure, restore=restore)


def share(
    path: Path,
    n: Callable[[Counts], int],
    of: Callable[[Counts], int] = lambda counts: counts.scored,
    *,
    restore: Callable[[int], Counts] | None = None,
    above: CommentFilter = ANY_COMMENT,
    below: CommentFilter = ANY_COMMENT,
    is_known: bool = True,
    is_compared: bool = True,
    is_headline: bool = False,
    whole: Path | None = None,
    title: str = "",
    meaning: str = "",
) -> Metric:
    """A share of `of`, of the scored comments if nothing else is said; null where the taxonomy lacks what it needs."""

    def measure(counts: Counts) -> Measure:
        return Measure(Share(n(counts), of(counts)) if is_known else None, of(counts))

    return Metric(
        path=path,
        unit=Unit.SHARE,
        measure=measure,
        restore=restore and (lambda saved, _counts: restore(saved.n)),
        above=above,
        below=below,
        is_compared=is_compared,
        is_headline=is_headline or bool(title),
        whole=whole,
        title=title,
        meaning=meaning,
    )


def net(
    path: Path,
    positive: Callable[[Counts], int],
    negative: Callable[[Counts], int],
    of: Callable[[Counts], int] = lambda counts: counts.scored,
    *,
    filters: CommentFilter = ANY_COMMENT,
    is_known: bool = True,
    is_headline: bool = False,
    whole: Path | None = None,
    title: str = "",
    meaning: str = "",
) -> Metric:
    """Positive less negative ones of `of`; its parts are the shares `positive` and `negative` beside it.

    Behind it are the comments of `filters` with the polarity that makes it high, or low.
    """

    def measure(counts: Counts) -> Measure:
        up, down, all_ = positive(counts), negative(counts), of(counts)
        if not is_known or not all_:
            return Measure(None, all_, None, -1.0, 1.0)
        return Measure(Net(up, down, all_), all_, round6((up - down) / all_), -1.0, 1.0)

    above, below = by_polarity(filters)
    return Metric(
        path=path,
        unit=Unit.NET,
        measure=measure,
        above=above,
        below=below,
        parts=((*path[:-1], "positive"), (*path[:-1], "negative")),
        is_compared=True,
        is_headline=is_headline or bool(title),
        whole=whole,
        title=title,
        meaning=meaning,
    )


def mean(
    path: Path,
    value: Callable[[Counts], float | None],
    n: Callable[[Counts], int],
    ends: Callable[[Counts], tuple[float, float]],
    restore: Restore,
    *,
    is_headline: bool = False,
) -> Metric:
    """A mean within known ends. Its variance is the widest that they allow, for a summary holds no squares.

    It is compared to six decimals, as it is shown, so that a saved summary compares like the one that was not saved.
    """

    def measure(counts: Counts) -> Measure:
        shown, of, (low, high) = round6(value(counts)), n(counts), ends(counts)
        figure = None if shown is None else Mean(shown, of, widest_variance(shown, low, high))
        return Measure(figure, of, shown, low, high)

    return Metric(
        path=path,
        unit=Unit.PLAIN,
        measure=measure,
        restore=restore,
        above=POSITIVE,
        below=NEGATIVE,
        is_compared=True,
        is_headline=is_headline,
    )


def by_polarity(wanted: CommentFilter) -> tuple[CommentFilter, CommentFilter]:
    """The positive and the negative ones of the comments."""
    positive, negative = (
        CommentFilter(theme=wanted.theme, lens=wanted.lens, polarity=polarity) for polarity in ("positive", "negative")
    )
    return positive, negative
