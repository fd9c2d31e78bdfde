"""The numbers of a summary, each as one entry: its path, what it is computed from, its range, the comments behind it.

The JSON and the CSV of a summary, `check`, `compare`, `trend`, rising themes, the redaction of a baseline and the
reader of saved summaries iterate `METRICS`: a new index is one entry here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import exp, inf
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cxscan.model import RATING_UNIT, SCORE_UNIT, Lens
from cxscan.quotes.filter import CommentFilter
from cxscan.summary.counts import (
    Counts,
    IntentCounts,
    LensCounts,
    SentimentCounts,
    ThemeCounts,
    of_lens,
)
from cxscan.summary.estimates import Mean, Net, Share, Total, widest_variance
from cxscan.summary.json_values import round6
from cxscan.summary.paths import dotted, within
from cxscan.summary.rating import Rating, RatingCounts, ThemeRatings, rating_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cxscan.model import Theme
    from cxscan.summary.counts import SavedNumbers
    from cxscan.summary.estimates import Figure
    from cxscan.summary.json_values import Json
    from cxscan.summary.paths import Path

COMMODITY = ("price", "delivery", "competition")
DELIGHT = ("experience", "relationship", "advocacy")
WORD_OF_MOUTH = "advocacy"

_ANY_COMMENT = CommentFilter()
_POSITIVE, _NEGATIVE = CommentFilter(polarity="positive"), CommentFilter(polarity="negative")
_OPPOSITE = {"positive": "negative", "negative": "positive"}


class Unit(StrEnum):
    """How a number is read."""

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
    """How many comments (or records, of ratings) it rests on."""
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
        """Whether it is part of a whole."""
        return self.unit is Unit.SHARE

    @property
    def is_of_theme(self) -> bool:
        """Whether it is one of the many about themes, of which some move by chance alone."""
        return within(self.path)[0] == "themes"

    def comments(self, *, too_high: bool) -> CommentFilter:
        """The comments to read when it is too high, or too low."""
        wanted = self.metric.comments(too_high=too_high) if self.metric else _ANY_COMMENT
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
    """Where it is not that of a share."""
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
    above: CommentFilter = _ANY_COMMENT
    """The comments to read where it is too high."""
    below: CommentFilter = _ANY_COMMENT
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
    """What a table for readers calls it."""
    meaning: str = ""
    """What it says, in a few words; `{name}` stands for the share of that name beside it."""

    def numbers(self, counts: Counts) -> list[Number]:
        """Its numbers, as the JSON has them."""
        computed = self._share(counts) if self.unit is Unit.SHARE else [self._single(counts)]
        computed = [number._replace(metric=self) for number in computed]
        if counts.saved is None:
            return computed
        return [self._as_saved(number, counts.saved) for number in computed]

    def node(self, counts: Counts) -> Json:
        """What stands in the JSON under its path; None of a share of nothing."""
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


def _total(
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
    above: CommentFilter = _ANY_COMMENT,
    below: CommentFilter = _ANY_COMMENT,
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
    filters: CommentFilter = _ANY_COMMENT,
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

    above, below = _by_polarity(filters)
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
        above=_POSITIVE,
        below=_NEGATIVE,
        is_compared=True,
        is_headline=is_headline,
    )


def _by_polarity(wanted: CommentFilter) -> tuple[CommentFilter, CommentFilter]:
    """The positive and the negative ones of the comments."""
    positive, negative = (
        CommentFilter(theme=wanted.theme, lens=wanted.lens, polarity=polarity) for polarity in ("positive", "negative")
    )
    return positive, negative


def _comments(_themes: tuple[Theme, ...]) -> Iterator[Metric]:
    def of(counts: Counts) -> int:
        return counts.comments

    # All comments are restored as unscored, and the scored ones take their part of them: a baseline may hide the rest.
    yield _total(("comments", "n"), of, of, lambda saved, _counts: Counts(unscored=saved.n))
    yield _total(
        ("comments", "scored"), lambda c: c.scored, of, lambda saved, _counts: Counts(scored=saved.n, unscored=-saved.n)
    )
    yield _total(("comments", "unscored"), lambda c: c.unscored, of)
    yield _total(("comments", "rejected"), lambda c: c.rejected, of, lambda saved, _counts: Counts(rejected=saved.n))
    yield _total(("comments", "empty"), lambda c: c.empty, of, lambda saved, _counts: Counts(empty=saved.n))


def _sentiment(_themes: tuple[Theme, ...]) -> Iterator[Metric]:
    def one(name: str, n: Callable[[Counts], int], restore: Callable[[int], Counts]) -> Metric:
        below = CommentFilter(polarity=_OPPOSITE.get(name))
        return share(
            ("sentiment", name),
            n,
            restore=restore,
            above=CommentFilter(polarity=name),
            below=below,
            is_headline=name in _OPPOSITE,
        )

    yield one("positive", lambda c: c.sentiment.positive, lambda n: Counts(sentiment=SentimentCounts(positive=n)))
    yield one("neutral", lambda c: c.sentiment.neutral, lambda n: Counts(sentiment=SentimentCounts(neutral=n)))
    yield one("negative", lambda c: c.sentiment.negative, lambda n: Counts(sentiment=SentimentCounts(negative=n)))
    yield one("mixed", lambda c: c.mixed, lambda n: Counts(mixed=n))
    yield net(("sentiment", "net"), lambda c: c.sentiment.positive, lambda c: c.sentiment.negative, is_headline=True)
    yield mean(
        ("sentiment", "mean"), lambda c: c.mean_score, lambda c: c.scored, lambda _counts: (-1.0, 1.0), _restored_score
    )


def _restored_score(saved: SavedNode, counts: Counts) -> Counts:
    return Counts(score=round((saved.value or 0.0) * counts.scored * SCORE_UNIT))


def _lens(themes: tuple[Theme, ...]) -> Iterator[Metric]:
    def one(name: str, n: Callable[[Counts], int], restore: Callable[[int], LensCounts]) -> Metric:
        return share(("lens", name), n, restore=lambda n: Counts(lens=restore(n)), above=CommentFilter(lens=name))

    yield one("product", lambda c: c.lens.product, lambda n: LensCounts(product=n))
    yield one("customer", lambda c: c.lens.customer, lambda n: LensCounts(customer=n))
    yield one("both", lambda c: c.lens.both, lambda n: LensCounts(both=n))
    yield one("none", lambda c: c.lens.none, lambda n: LensCounts(none=n))
    yield _net_of_themes(Lens.PRODUCT, of_lens(themes, Lens.PRODUCT), lambda c: c.lens.product + c.lens.both)
    yield _net_of_themes(Lens.CUSTOMER, of_lens(themes, Lens.CUSTOMER), lambda c: c.lens.customer + c.lens.both)
    yield Metric(
        path=("lens", "balance"),
        unit=Unit.PLAIN,
        measure=_balance,
        above=CommentFilter(lens="customer"),
        below=CommentFilter(lens="product"),
        is_compared=True,
        is_headline=True,
    )


def _net_of_themes(lens: Lens, names: list[str], comments: Callable[[Counts], int]) -> Metric:
    """The net of all mentions; by chance it varies like that of fewer, as a comment's mentions are of one mood."""

    def measure(counts: Counts) -> Measure:
        mentions = counts.themes_together(*names)
        of = mentions.n
        if not of:
            return Measure(None, of, None, -1.0, 1.0)
        n = max(min(of, comments(counts)), 1)
        weight = effective(of, n)
        figure = Net(mentions.positive * weight / of, mentions.negative * weight / of, weight)
        return Measure(figure, n, round6(mentions.net), -1.0, 1.0)

    above, below = _by_polarity(CommentFilter(lens=lens.value))
    parts = tuple(("themes", name, *end) for name in names for end in ((), ("positive",), ("negative",)))
    return Metric(
        path=("lens", f"{lens}_net"),
        unit=Unit.NET,
        measure=measure,
        above=above,
        below=below,
        parts=parts,
        is_compared=True,
        is_headline=True,
    )


def effective(mentions: int, comments: int) -> int:
    """How many mentions in comments of their own would tell as much as these, if a comment's are all of one mood.

    Of `m` mentions in each comment that is (sum of m)^2 / sum of m^2 (Kish 1965, Survey Sampling, section 8.2). A
    summary has not the squares: they are taken for those of a Poisson number that is not 0, with the same mean. Taken
    as independent, the mentions would find a change in 10 of 100 halvings of one dump, where 5 are due.
    """
    per_comment, low, high = mentions / comments, 0.0, mentions / comments
    for _ in range(40):
        rate = (low + high) / 2
        low, high = (rate, high) if rate < per_comment * (1 - exp(-rate)) else (low, rate)
    return max(round(mentions / (1 + low)), 1)


def _balance(counts: Counts) -> Measure:
    """A ratio of two sums: its variance by the delta method over comments of one, the other or both lenses."""
    product, customer, both = counts.lens.product, counts.lens.customer, counts.lens.both
    balance, n, weight = round6(counts.balance), product + customer + both, product + customer + 2 * both
    if balance is None:
        return Measure(None, n, None, -1.0, 1.0)
    squares = customer * (1 - balance) ** 2 + product * (1 + balance) ** 2 + 4 * both * balance**2
    variance = max(n * squares / weight**2, 1 / max(n, 1))
    return Measure(Mean(balance, n, variance), n, balance, -1.0, 1.0)


def _themes(themes: tuple[Theme, ...]) -> Iterator[Metric]:
    for theme in themes:
        yield from _theme(theme.name)


def _theme(name: str) -> Iterator[Metric]:
    path, behind = ("themes", name), CommentFilter(theme=name)

    def of(counts: Counts) -> int:
        return counts.theme(name).n

    yield Metric(
        path=path,
        unit=Unit.SHARE,
        measure=lambda counts: Measure(Share(of(counts), counts.scored), counts.scored),
        restore=lambda saved, _counts: Counts(themes={name: ThemeCounts(mixed=saved.n)}),
        above=behind,
        below=behind,
        is_compared=True,
        counts_nothing=True,
    )

    def polarity(
        of_polarity: str, n: Callable[[ThemeCounts], int], restore: Callable[[int], ThemeCounts] | None
    ) -> Metric:
        return share(
            (*path, of_polarity),
            lambda counts: n(counts.theme(name)),
            of,
            restore=restore and (lambda n: Counts(themes={name: restore(n)})),
            above=CommentFilter(theme=name, polarity=of_polarity),
            below=CommentFilter(theme=name, polarity=_OPPOSITE.get(of_polarity)),
            is_compared=of_polarity in _OPPOSITE,
            whole=path,
        )

    # The theme's own count was restored as mixed: each polarity that is told takes its part of it.
    yield polarity("positive", lambda theme: theme.positive, lambda n: ThemeCounts(positive=n, mixed=-n))
    yield polarity("neutral", lambda theme: theme.neutral, lambda n: ThemeCounts(neutral=n, mixed=-n))
    yield polarity("negative", lambda theme: theme.negative, lambda n: ThemeCounts(negative=n, mixed=-n))
    yield polarity("mixed", lambda theme: theme.mixed, None)
    yield net(
        (*path, "net"),
        lambda c: c.theme(name).positive,
        lambda c: c.theme(name).negative,
        of,
        filters=behind,
        whole=path,
    )
    yield _impact(name)


def _impact(name: str) -> Metric:
    """Of the n comments with the theme among N rated records; the variance is the widest that the scale allows."""

    def measure(counts: Counts) -> Measure:
        rating, n = counts.rating, counts.theme(name).n
        if rating is None:
            return Measure(None, n, None, -inf)
        low, high = _ends(counts)
        impact, average, rated = round6(rating.impact(name)), round6(rating.mean), rating.n
        if impact is None or average is None or not 0 < n < rated:
            return Measure(None, n, impact, low - high, high - low)
        variance = (n / (rated - n)) ** 2 * widest_variance(average, low, high) * (1 + n / rated)
        return Measure(Mean(impact, n, variance), n, impact, low - high, high - low)

    def restore(saved: SavedNode, counts: Counts) -> Counts:
        """Rated records with the theme are taken for as many as there are comments with it."""
        rating = counts.rating
        if rating is None or rating.mean is None or saved.value == 0:  # 0: no rated record has it
            return Counts()
        rest = 0 if saved.value is None else max(rating.n - counts.theme(name).n, 1)
        without = round((rating.mean + (saved.value or 0.0)) * rest * RATING_UNIT)
        return _rated(counts, RatingCounts(themes={name: ThemeRatings(rating.n - rest, rating.counts.sum - without)}))

    above, below = _by_polarity(CommentFilter(theme=name))
    return Metric(
        path=("themes", name, "impact"),
        unit=Unit.PLAIN,
        measure=measure,
        restore=restore,
        above=below,  # a theme drags the rating down by its negative comments
        below=above,
        whole=("themes", name),
    )


def _intents(_themes: tuple[Theme, ...]) -> Iterator[Metric]:
    def one(name: str, n: Callable[[IntentCounts], int], restore: Callable[[int], IntentCounts]) -> Metric:
        return share(
            ("intents", name),
            lambda counts: n(counts.intents),
            restore=lambda n: Counts(intents=restore(n)),
            above=CommentFilter(intent=name),
        )

    yield one("complaint", lambda c: c.complaint, lambda n: IntentCounts(complaint=n))
    yield one("praise", lambda c: c.praise, lambda n: IntentCounts(praise=n))
    yield one("question", lambda c: c.question, lambda n: IntentCounts(question=n))
    yield one("suggestion", lambda c: c.suggestion, lambda n: IntentCounts(suggestion=n))


def _indices(themes: tuple[Theme, ...]) -> Iterator[Metric]:
    names = {theme.name for theme in themes}
    yield share(
        ("indices", "commoditisation"),
        lambda c: c.commodity,
        lambda c: c.themed,
        restore=lambda n: Counts(commodity=n),
        above=CommentFilter(lens="product"),
        below=CommentFilter(lens="customer"),
        is_known=names >= {*COMMODITY},
        title="commoditisation",
        meaning="of these: only price, delivery, competition",
    )
    yield share(
        ("indices", "delight"),
        lambda c: c.delight,
        restore=lambda n: Counts(delight=n),
        above=_POSITIVE,
        below=_NEGATIVE,
        is_known=names >= {*DELIGHT},
        title="delight",
        meaning="strongly positive experience, bond or advocacy",
    )
    coverage = share(
        ("indices", "coverage"),
        lambda c: c.themed,
        below=CommentFilter(lens="none"),
        title="coverage",
        meaning="name at least one theme",
    )
    yield replace(coverage, restore=_restored_coverage)
    path, is_known = ("indices", "word_of_mouth"), WORD_OF_MOUTH in names
    for polarity, n in (
        ("positive", lambda c: c.theme(WORD_OF_MOUTH).positive),
        ("negative", lambda c: c.theme(WORD_OF_MOUTH).negative),
    ):
        yield share(
            (*path, polarity),
            n,
            above=CommentFilter(theme=WORD_OF_MOUTH, polarity=polarity),
            below=CommentFilter(theme=WORD_OF_MOUTH, polarity=_OPPOSITE[polarity]),
            is_known=is_known,
        )
    yield net(
        (*path, "net"),
        lambda c: c.theme(WORD_OF_MOUTH).positive,
        lambda c: c.theme(WORD_OF_MOUTH).negative,
        filters=CommentFilter(theme=WORD_OF_MOUTH),
        is_known=is_known,
        title="word of mouth",
        meaning="{positive} recommend, {negative} warn",
    )


def _restored_coverage(saved: SavedNode, counts: Counts) -> Counts:
    """The comments without a theme, also where a baseline hides their number."""
    return Counts(lens=LensCounts(none=counts.scored - saved.n - counts.lens.none))


def _rating(_themes: tuple[Theme, ...]) -> Iterator[Metric]:
    yield _end_of_scale("low", lambda rating: rating.scale.low)
    yield _end_of_scale("high", lambda rating: rating.scale.high)
    yield _total(
        ("rating", "n"),
        _of_rating(lambda rating: rating.n),
        _rated_records,
        lambda saved, counts: _rated(counts, RatingCounts(n=saved.n)),
    )
    yield _total(
        ("rating", "outside"),
        _of_rating(lambda rating: rating.counts.outside),
        _rated_records,
        lambda saved, counts: _rated(counts, RatingCounts(outside=saved.n)),
    )
    yield mean(
        ("rating", "mean"),
        lambda c: c.rating and c.rating.mean,
        _rated_records,
        _ends,
        _restored_mean,
        is_headline=True,
    )
    yield mean(
        ("rating", "nps"),
        lambda c: c.rating and c.rating.nps,
        _rated_records,
        lambda _counts: (-100.0, 100.0),
        _restored_nps,
        is_headline=True,
    )
    yield Metric(
        path=("rating", "top_box"),
        unit=Unit.SHARE,
        measure=lambda counts: Measure(counts.rating and counts.rating.top_box, _rated_records(counts)),
        restore=lambda saved, counts: _rated(counts, RatingCounts(top=saved.n)),
        above=_POSITIVE,
        below=_NEGATIVE,
        is_compared=True,
    )
    yield Metric(
        path=("rating", "contradictions"),
        unit=Unit.SHARE,
        measure=_contradictions,
        restore=_restored_contradictions,
        above=CommentFilter(contradicting=True),
        is_compared=True,
    )


def _end_of_scale(name: str, end: Callable[[Rating], int]) -> Metric:
    def measure(counts: Counts) -> Measure:
        value = None if counts.rating is None else rating_number(end(counts.rating))
        return Measure(None, _rated_records(counts), value, -inf)

    return Metric(path=("rating", name), unit=Unit.PLAIN, measure=measure)


def _of_rating(n: Callable[[Rating], int]) -> Callable[[Counts], int | None]:
    return lambda counts: None if counts.rating is None else n(counts.rating)


def _rated_records(counts: Counts) -> int:
    return counts.rating.n if counts.rating else 0


def _ends(counts: Counts) -> tuple[float, float]:
    """The ends of the scale; without one, any number can be a rating."""
    if counts.rating is None:
        return -inf, inf
    return rating_number(counts.rating.scale.low), rating_number(counts.rating.scale.high)


def _contradictions(counts: Counts) -> Measure:
    found = counts.rating and counts.rating.contradictions
    return Measure(found, found.of if found else 0)


def _rated(counts: Counts, more: RatingCounts) -> Counts:
    """Counts of ratings on the scale that a saved summary has; none where it has none."""
    return Counts(ratings=dict.fromkeys(counts.ratings, more))


def _restored_mean(saved: SavedNode, counts: Counts) -> Counts:
    return _rated(counts, RatingCounts(sum=round((saved.value or 0.0) * _rated_records(counts) * RATING_UNIT)))


def _restored_nps(saved: SavedNode, counts: Counts) -> Counts:
    """Of promoters and detractors, only the difference is saved."""
    more = round((saved.value or 0.0) * _rated_records(counts) / 100)
    return _rated(counts, RatingCounts(promoters=max(more, 0), detractors=max(-more, 0)))


def _restored_contradictions(saved: SavedNode, counts: Counts) -> Counts:
    """What they are a share of is saved nowhere: it is n by the share (exact below 1,000, then to six digits).

    Where none contradicts, it is taken for as many as it can be: all rated records, or all scored comments.
    """
    if saved.value is None:
        return Counts()
    scored = round(saved.n / saved.value) if saved.value else min(_rated_records(counts), counts.scored)
    return _rated(counts, RatingCounts(contradictions=saved.n, scored=scored))


METRICS: tuple[Callable[[tuple[Theme, ...]], Iterable[Metric]], ...] = (
    _comments,
    _sentiment,
    _lens,
    _themes,
    _intents,
    _indices,
    _rating,
)
"""The registry: each gives its metrics for the themes of a taxonomy, in the order of the JSON."""


def metrics_for(themes: tuple[Theme, ...]) -> tuple[Metric, ...]:
    """Every metric of a set of comments, in the order of the JSON."""
    return _metrics_for(METRICS, tuple(sorted(themes)))


@lru_cache(maxsize=64)
def _metrics_for(
    groups: tuple[Callable[[tuple[Theme, ...]], Iterable[Metric]], ...], themes: tuple[Theme, ...]
) -> tuple[Metric, ...]:
    return tuple(metric for group in groups for metric in group(themes))


def numbers_of(counts: Counts, themes: tuple[Theme, ...]) -> dict[Path, Number]:
    """Every number of a set of comments, by its path within the set."""
    return {number.path: number for metric in metrics_for(themes) for number in metric.numbers(counts)}
