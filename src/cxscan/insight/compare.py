"""Changes between two summaries: every number that can be tested, and which changes are more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError
from cxscan.insight.mix import mixes
from cxscan.insight.rising import new_quotes, rare, risen
from cxscan.insight.significance import LEVEL, benjamini_hochberg, difference
from cxscan.summary.json_values import json_object, round6
from cxscan.summary.metric import Unit
from cxscan.summary.metrics import numbers_of
from cxscan.summary.paths import dotted
from cxscan.summary.summary import counts_as_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from cxscan.insight.mix import Mix
    from cxscan.insight.rising import Rising
    from cxscan.insight.significance import Difference
    from cxscan.summary import Json, Quote, Summary
    from cxscan.summary.metric import Number
    from cxscan.summary.paths import Path


class Side(NamedTuple):
    """One of the two summaries that are compared."""

    name: str
    """As the user named it."""
    summary: Summary
    is_saved: bool = False
    """Whether it was read from a summary, and not scanned."""

    def as_json(self) -> Json:
        """Return what was read, and how it ended."""
        comments = counts_as_json(self.summary.total, self.summary.themes)["comments"]
        return json_object(inputs=self.summary.inputs_as_json(), comments=comments)


class MetricChange(NamedTuple):
    """A number before and after; the ends are those of the 95 % interval of the difference."""

    path: Path
    before: float
    after: float
    difference: float
    low: float
    high: float
    p: float
    significant: bool
    """After false-discovery control over everything that was tested, the rising ones included."""
    span: float
    """The furthest that the number can move."""
    reach: float
    """Share of the comments that it is about: below 1 inside a theme."""
    n: int
    """Number of comments or ratings of the smaller side."""
    is_headline: bool
    """Whether it is shown also where it did not change."""

    @property
    def metric(self) -> str:
        """The dotted path, as `check` takes it."""
        return dotted(self.path)

    @property
    def at_least(self) -> float:
        """The least distance it moved, as a part of how far it can, for those it is about; 0 within the interval."""
        return max(self.low, -self.high, 0.0) / self.span * self.reach

    def as_json(self) -> Json:
        """In the contract's order."""
        return json_object(
            metric=self.metric,
            before=round6(self.before),
            after=round6(self.after),
            difference=round6(self.difference),
            low=round6(self.low),
            high=round6(self.high),
            p=round6(self.p),
            significant=self.significant,
        )


class Pair(NamedTuple):
    """A number that can be tested."""

    before: Number
    after: Number
    difference: Difference
    reach: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes between two sides, the most telling one first."""

    before: Side
    after: Side
    changes: tuple[MetricChange, ...]
    rising: tuple[Rising, ...]
    """Themes that were rare before and are said more often now."""
    mix: tuple[Mix, ...] | None
    quotes: Mapping[str, Sequence[Quote]]
    """By metric of a significant change, what is said now."""

    @property
    def findings(self) -> int:
        """Changes that are more than chance."""
        return sum(change.significant for change in self.changes) + len(self.rising)

    def as_json(self) -> dict[str, Json]:
        """The contract's comparison, version 1."""
        return json_object(
            format="cxscan-comparison",
            version=1,
            before=self.before.as_json(),
            after=self.after.as_json(),
            changes=[change.as_json() for change in self.changes],
            rising=[one.as_json() for one in self.rising],
            mix=None if self.mix is None else [one.as_json() for one in self.mix],
            quotes={metric: [quote.as_json() for quote in quotes] for metric, quotes in self.quotes.items()},
        )


def compare(before: Side, after: Side, *, by: Sequence[str] = ()) -> Comparison:
    """Compare two sides; `by` names segment columns by which the change is split.

    Raise UsageError when the two were classified by different rules, or a segment column is missing.
    """
    if trouble := rules_differ(before, after):
        raise UsageError(trouble)
    pairs = dict(_pairs(before.summary, after.summary))
    seldom = rare(before.summary, after.summary)
    tested = [*(pair.difference for pair in pairs.values()), *(one.difference for one in seldom.values())]
    chances = benjamini_hochberg([one.p for one in tested])
    certain = [chance <= LEVEL and one.excludes_no_change for chance, one in zip(chances, tested, strict=True)]
    changes = [_changed(*pair, significant=sure) for pair, sure in zip(pairs.items(), certain, strict=False)]
    changes.sort(key=lambda one: (not one.significant, -one.at_least, one.p, one.path))
    rising = risen(after.summary, seldom, dict(zip(seldom, certain[len(pairs) :], strict=True)))
    return Comparison(
        before=before,
        after=after,
        changes=tuple(changes),
        rising=rising,
        mix=mixes(before.summary, after.summary, by) if by else None,
        quotes=_quotes(after.summary, pairs, changes, but={quote.text for one in rising for quote in one.quotes}),
    )


def rules_differ(before: Side, after: Side) -> str | None:
    """Say what to do when the two were classified by different rules; None when they were not."""
    first, last = before.summary.rules, after.summary.rules
    differ = [word for word, same in (("taxonomy", first.themes == last.themes), ("model", first.model == last.model))
              if not same]  # fmt: skip
    if not differ:
        return None
    return (
        f"{before.name} and {after.name} were scored with another {' and '.join(differ)}; give the exports themselves, "
        "then both are scored alike, or write the summary anew with: cxscan scan FILE --format json"
    )


def _pairs(before: Summary, after: Summary) -> Iterator[tuple[Path, Pair]]:
    """Every number that is compared and has a figure on both sides; no ratings on different scales."""
    first, last = numbers_of(before.total, before.themes), numbers_of(after.total, after.themes)
    scales = [[one[("rating", end)].value for end in ("low", "high")] for one in (first, last)]
    for path, was in first.items():
        now = last.get(path)
        if now is None or not _is_compared(was) or (path[0] == "rating" and scales[0] != scales[1]):
            continue
        if was.figure is not None and now.figure is not None and (moved := difference(was.figure, now.figure)):
            yield path, Pair(was, now, moved, _reach(was, first, last))


def _is_compared(number: Number) -> bool:
    return number.metric is not None and number.metric.is_compared and number.unit is not Unit.COUNT


def _reach(number: Number, before: Mapping[Path, Number], after: Mapping[Path, Number]) -> float:
    """Share of the comments with the theme that the number is taken of, on the side where it is larger."""
    if number.metric is None or number.metric.whole is None:
        return 1.0
    return max(side[*number.metric.whole, "share"].value or 0.0 for side in (before, after))


def _changed(path: Path, pair: Pair, *, significant: bool) -> MetricChange:
    was, now, moved, reach = pair
    return MetricChange(
        path=path,
        before=was.value or 0.0,
        after=now.value or 0.0,
        difference=moved.value,
        low=moved.low,
        high=moved.high,
        p=moved.p,
        significant=significant,
        span=now.high - now.low,
        reach=reach,
        n=min(was.n, now.n),
        is_headline=now.metric is not None and now.metric.is_headline,
    )


def _quotes(
    after: Summary, pairs: Mapping[Path, Pair], changes: Sequence[MetricChange], *, but: AbstractSet[str]
) -> dict[str, list[Quote]]:
    """Quote what is said now on the themes of significant changes, each comment once."""
    shown = set(but)
    by_metric: dict[str, list[Quote]] = {}
    for change in changes:
        if change.significant and change.path[0] == "themes":
            quotes = new_quotes(after, pairs[change.path].after, but=shown, rises=change.difference > 0)
            shown.update(quote.text for quote in quotes)
            if quotes:
                by_metric[change.metric] = quotes
    return by_metric
