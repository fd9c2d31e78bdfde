"""Themes that were rare and are said more often now, and the comments that say them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cxscan.insight.significance import difference
from cxscan.summary.json_values import json_object, round6
from cxscan.summary.metric import Unit
from cxscan.summary.metrics import metrics_for, numbers_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from cxscan.insight.significance import Difference
    from cxscan.summary import Json, Quote, Summary
    from cxscan.summary.estimates import Share
    from cxscan.summary.metric import Number

    ThemePolarity: TypeAlias = tuple[str, str]
    """A theme and a polarity."""

RARE = 0.03
"""A theme that at most this share of the comments named was rare: Thematic's bound for its emerging themes."""


class RareTheme(NamedTuple):
    """A theme that was rare, before and after."""

    before: Share
    after: Share
    difference: Difference


class Rising(NamedTuple):
    """A theme under a polarity that was rare; shares of the scored comments."""

    theme: str
    polarity: str
    before: Share
    after: Share
    difference: Difference
    quotes: tuple[Quote, ...]

    def as_json(self) -> Json:
        """Both shares with their intervals, the difference with its own."""
        return json_object(
            theme=self.theme,
            polarity=self.polarity,
            before=self.before.as_json(),
            after=self.after.as_json(),
            difference=round6(self.difference.value),
            low=round6(self.difference.low),
            high=round6(self.difference.high),
            p=round6(self.difference.p),
            quotes=[quote.as_json() for quote in self.quotes],
        )


def rare(before: Summary, after: Summary) -> dict[ThemePolarity, RareTheme]:
    """Find what at most `RARE` of the comments said before, as shares of all scored comments before and after."""
    first, last = dict(_shares(before)), dict(_shares(after))
    found: dict[ThemePolarity, RareTheme] = {}
    for key, was in first.items():
        now = last.get(key)
        if now is None or not was.of or was.n > RARE * was.of or not was.n + now.n:
            continue
        if moved := difference(was, now):
            found[key] = RareTheme(was, now, moved)
    return found


def risen(
    after: Summary, seldom: Mapping[ThemePolarity, RareTheme], certain: Mapping[ThemePolarity, bool]
) -> tuple[Rising, ...]:
    """Those that rose for certain, the steepest first, with what is said."""
    numbers = numbers_of(after.total, after.themes)
    rising = [
        Rising(*key, was, now, moved, tuple(new_quotes(after, numbers["themes", *key, "share"])))
        for key, (was, now, moved) in seldom.items()
        if certain[key] and moved.value > 0
    ]
    return tuple(sorted(rising, key=lambda one: (-one.difference.low, one.theme, one.polarity)))


def new_quotes(after: Summary, number: Number, *, but: Container[str] = (), rises: bool = True) -> list[Quote]:
    """Quotes of the theme that a number is about, of the polarity that made it move; none for a share that fell."""
    if number.is_share and not rises:
        return []
    wanted = number.comments(too_high=rises)
    quotes = after.total.theme_quotes(wanted.theme or "")
    return [quote for quote in quotes if quote.text not in but and wanted.polarity in {None, quote.sentiment}]


def _shares(summary: Summary) -> Iterator[tuple[ThemePolarity, Share]]:
    """Of the scored comments, those with each theme and polarity."""
    for metric in metrics_for(summary.themes):
        if metric.whole is not None and metric.is_compared and metric.unit is Unit.SHARE:
            _, theme, polarity = metric.path
            n = metric.numbers(summary.total)[0].value
            yield (theme, polarity), summary.total.share(int(n or 0))
