"""The numbers of a summary, each as one entry: its path, what it is computed from, its range, the comments behind it.

The JSON and the CSV of a summary, `check`, `compare`, `trend`, rising themes, the redaction of a baseline and the
reader of saved summaries iterate `METRICS`: a new index is one entry here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING

from cxscan.model import SCORE_UNIT, Lens
from cxscan.quotes.filter import CommentFilter
from cxscan.summary.counts import (
    Counts,
    IntentCounts,
    LensCounts,
    SentimentCounts,
    ThemeCounts,
    UnscoredCounts,
    of_lens,
)
from cxscan.summary.estimates import Mean, Net, Share
from cxscan.summary.json_values import round6
from cxscan.summary.metric import (
    NEGATIVE,
    OPPOSITE,
    POSITIVE,
    Measure,
    Metric,
    SavedNode,
    Unit,
    by_polarity,
    mean,
    net,
    share,
    total,
)
from cxscan.summary.rating_metrics import impact, rating_metrics

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cxscan.model import Theme
    from cxscan.summary.metric import Number
    from cxscan.summary.paths import Path

COMMODITY = ("price", "delivery", "competition")
DELIGHT = ("experience", "relationship", "advocacy")
WORD_OF_MOUTH = "advocacy"


def _comments(_themes: tuple[Theme, ...]) -> Iterator[Metric]:
    def of(counts: Counts) -> int:
        return counts.comments

    # All comments are restored as unscored, and the scored ones take their part of them: a baseline may hide the rest.
    yield total(("comments", "n"), of, of, lambda saved, _counts: Counts(unscored=saved.n))
    yield total(
        ("comments", "scored"), lambda c: c.scored, of, lambda saved, _counts: Counts(scored=saved.n, unscored=-saved.n)
    )
    yield total(("comments", "unscored"), lambda c: c.unscored, of)
    yield total(("comments", "rejected"), lambda c: c.rejected, of, lambda saved, _counts: Counts(rejected=saved.n))
    yield total(("comments", "empty"), lambda c: c.empty, of, lambda saved, _counts: Counts(empty=saved.n))
    yield total(("comments", "repeated"), lambda c: c.repeated, of, lambda saved, _counts: Counts(repeated=saved.n))
    yield total(("comments", "repaired"), lambda c: c.repaired, of, lambda saved, _counts: Counts(repaired=saved.n))
    yield total(("comments", "company"), lambda c: c.company, of, lambda saved, _counts: Counts(company=saved.n))
    yield total(
        ("comments", "unscored_reasons", "no words"), lambda c: c.reasons.no_words, of,
        lambda saved, _counts: Counts(reasons=UnscoredCounts(no_words=saved.n)),
    )  # fmt: skip
    yield total(
        ("comments", "unscored_reasons", "no answer"), lambda c: c.reasons.no_answer, of,
        lambda saved, _counts: Counts(reasons=UnscoredCounts(no_answer=saved.n)),
    )  # fmt: skip


def _sentiment(_themes: tuple[Theme, ...]) -> Iterator[Metric]:
    def one(name: str, n: Callable[[Counts], int], restore: Callable[[int], Counts]) -> Metric:
        below = CommentFilter(polarity=OPPOSITE.get(name))
        return share(
            ("sentiment", name),
            n,
            restore=restore,
            above=CommentFilter(polarity=name),
            below=below,
            is_headline=name in OPPOSITE,
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

    above, below = by_polarity(CommentFilter(lens=lens.value))
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
    """Return how many mentions in comments of their own tell as much as these, if a comment's are all of one mood.

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
            below=CommentFilter(theme=name, polarity=OPPOSITE.get(of_polarity)),
            is_compared=of_polarity in OPPOSITE,
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
    yield impact(name)


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
        above=POSITIVE,
        below=NEGATIVE,
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
            below=CommentFilter(theme=WORD_OF_MOUTH, polarity=OPPOSITE[polarity]),
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


METRICS: tuple[Callable[[tuple[Theme, ...]], Iterable[Metric]], ...] = (
    _comments,
    _sentiment,
    _lens,
    _themes,
    _intents,
    _indices,
    rating_metrics,
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
