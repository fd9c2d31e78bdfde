"""The metrics of ratings, and the impact of a theme on them."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from cxscan.model import RATING_UNIT
from cxscan.quotes.filter import CommentFilter
from cxscan.summary.counts import Counts
from cxscan.summary.estimates import Mean, widest_variance
from cxscan.summary.json_values import round6
from cxscan.summary.metric import NEGATIVE, POSITIVE, Measure, Metric, SavedNode, Unit, by_polarity, mean, total
from cxscan.summary.rating import RatingCounts, ThemeRatings, rating_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cxscan.model import Theme
    from cxscan.summary.rating import Rating


def rating_metrics(_themes: tuple[Theme, ...]) -> Iterator[Metric]:
    """Yield the metrics of the ratings, in the order of the JSON."""
    yield _end_of_scale("low", lambda rating: rating.scale.low)
    yield _end_of_scale("high", lambda rating: rating.scale.high)
    yield total(
        ("rating", "n"),
        _of_rating(lambda rating: rating.n),
        _rated_records,
        lambda saved, counts: _rated(counts, RatingCounts(n=saved.n)),
    )
    yield total(
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
        above=POSITIVE,
        below=NEGATIVE,
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
    """Restore contradictions; their whole is saved nowhere: it is n by the share (exact below 1,000, else to 6 digits).

    Where none contradicts, it is taken for as many as it can be: all rated records, or all scored comments.
    """
    if saved.value is None:
        return Counts()
    scored = round(saved.n / saved.value) if saved.value else min(_rated_records(counts), counts.scored)
    return _rated(counts, RatingCounts(contradictions=saved.n, scored=scored))


def impact(name: str) -> Metric:
    """Of the n comments with the theme among N rated records; the variance is the widest that the scale allows."""

    def measure(counts: Counts) -> Measure:
        rating, n = counts.rating, counts.theme(name).n
        if rating is None:
            return Measure(None, n, None, -inf)
        low, high = _ends(counts)
        change, average, rated = round6(rating.impact(name)), round6(rating.mean), rating.n
        if change is None or average is None or not 0 < n < rated:
            return Measure(None, n, change, low - high, high - low)
        variance = (n / (rated - n)) ** 2 * widest_variance(average, low, high) * (1 + n / rated)
        return Measure(Mean(change, n, variance), n, change, low - high, high - low)

    def restore(saved: SavedNode, counts: Counts) -> Counts:
        """Rated records with the theme are taken for as many as there are comments with it."""
        rating = counts.rating
        if rating is None or rating.mean is None or saved.value == 0:  # 0: no rated record has it
            return Counts()
        rest = 0 if saved.value is None else max(rating.n - counts.theme(name).n, 1)
        without = round((rating.mean + (saved.value or 0.0)) * rest * RATING_UNIT)
        return _rated(counts, RatingCounts(themes={name: ThemeRatings(rating.n - rest, rating.counts.sum - without)}))

    above, below = by_polarity(CommentFilter(theme=name))
    return Metric(
        path=("themes", name, "impact"),
        unit=Unit.PLAIN,
        measure=measure,
        restore=restore,
        above=below,  # a theme drags the rating down by its negative comments
        below=above,
        whole=("themes", name),
    )
