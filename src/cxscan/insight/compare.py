"""What changed between two dumps of feedback: every number that can be tested, and which changes are more than chance.

It starts from the JSON of two summaries, so that exports and saved summaries compare alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError
from cxscan.insight.measures import measured
from cxscan.insight.metrics import dotted, entries
from cxscan.insight.mix import mixes
from cxscan.insight.rising import new_quotes, rare, risen
from cxscan.insight.significance import LEVEL, benjamini_hochberg, difference
from cxscan.summary.json_values import json_object, round6

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from cxscan.insight.measures import Measured
    from cxscan.insight.metrics import Path
    from cxscan.insight.mix import Mix
    from cxscan.insight.rising import Rising
    from cxscan.insight.significance import Difference
    from cxscan.summary import Json

_RATIOS = {"net", "balance", "mean", "nps", "product_net", "customer_net"}
_WITHIN_THEMES = {"share", "positive", "negative", "net"}


class Side(NamedTuple):
    """A set of comments that was summarised."""

    name: str
    """As the user named it."""
    whole: dict[str, Json]
    """The JSON of its summary."""

    @property
    def rules(self) -> dict[str, Json]:
        """Hashes of the taxonomy and of the model."""
        return entries(self.whole.get("rules"))

    def as_json(self) -> Json:
        """What was read, and how it ended."""
        return json_object(inputs=self.whole.get("inputs"), comments=self.whole.get("comments"))


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
    """How far the number can move at all."""
    reach: float
    """Share of the comments that it is about: below 1 inside a theme."""
    n: int
    """How many comments or ratings the smaller side rests on."""

    @property
    def metric(self) -> str:
        """The dotted path, as `check` takes it."""
        return dotted(self.path)

    @property
    def at_least(self) -> float:
        """How far it moved at least, as a part of how far it can, for those it is about; 0 within the interval."""
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

    before: Measured
    after: Measured
    difference: Difference
    reach: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed; the most telling change first."""

    before: Side
    after: Side
    changes: tuple[MetricChange, ...]
    rising: tuple[Rising, ...]
    """What was rare before and is said more often now."""
    mix: tuple[Mix, ...] | None
    quotes: Mapping[str, Sequence[dict[str, Json]]]
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
            quotes={metric: list(told) for metric, told in self.quotes.items()},
        )


def compare(before: Side, after: Side, *, by: Sequence[str] = ()) -> Comparison:
    """What changed; `by` names segment columns by which the change is split.

    Raise UsageError when the two were classified by different rules, or a segment column is missing.
    """
    if trouble := rules_differ(before, after):
        raise UsageError(trouble)
    pairs = dict(_pairs(before.whole, after.whole))
    seldom = rare(before.whole, after.whole)
    tested = [*(pair.difference for pair in pairs.values()), *(one.difference for one in seldom.values())]
    chances = benjamini_hochberg([one.p for one in tested])
    certain = [chance <= LEVEL and one.excludes_no_change for chance, one in zip(chances, tested, strict=True)]
    changes = [_changed(*pair, significant=sure) for pair, sure in zip(pairs.items(), certain, strict=False)]
    changes.sort(key=lambda one: (not one.significant, -one.at_least, one.p, one.path))
    rising = risen(after.whole, seldom, dict(zip(seldom, certain[len(pairs) :], strict=True)))
    return Comparison(
        before=before,
        after=after,
        changes=tuple(changes),
        rising=rising,
        mix=mixes(before.whole, after.whole, by) if by else None,
        quotes=_quotes(after.whole, changes, but={str(quote["text"]) for one in rising for quote in one.quotes}),
    )


def rules_differ(before: Side, after: Side) -> str | None:
    """What to do when the two were classified by different rules; None when they were not."""
    differ = [name for name in ("themes", "model") if before.rules.get(name) != after.rules.get(name)]
    if not differ:
        return None
    words = " and ".join({"themes": "taxonomy", "model": "model"}[name] for name in differ)
    return (
        f"{before.name} and {after.name} were scored with another {words}; give the exports themselves, then both are "
        "scored alike, or write the summary anew with: cxscan scan FILE --format json"
    )


def _pairs(before: dict[str, Json], after: dict[str, Json]) -> Iterator[tuple[Path, Pair]]:
    """Every number that has a figure on both sides."""
    first, last = measured(before), measured(after)
    scale = [[one[("rating", end)].value for end in ("low", "high")] for one in (first, last)]
    for path, was in first.items():
        now = last.get(path)
        if now is None or not _is_compared(path) or (path[0] == "rating" and scale[0] != scale[1]):
            continue
        if was.figure is not None and now.figure is not None and (moved := difference(was.figure, now.figure)):
            yield path, Pair(was, now, moved, _reach(path, first, last))


def _is_compared(path: Path) -> bool:
    """Shares, nets and means; of a theme its share of the comments, and how positive and negative it is."""
    if path[0] == "themes" and path[2] not in _WITHIN_THEMES:
        return False
    return path[-1] == "share" or path[-1] in _RATIOS


def _reach(path: Path, before: Mapping[Path, Measured], after: Mapping[Path, Measured]) -> float:
    """Share of the comments with the theme that the number is taken of, on the side where it is larger."""
    if path[0] != "themes" or path[2] == "share":
        return 1.0
    return max(side[*path[:2], "share"].value or 0.0 for side in (before, after))


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
    )


def _quotes(
    after: dict[str, Json], changes: Sequence[MetricChange], *, but: AbstractSet[str]
) -> dict[str, list[dict[str, Json]]]:
    """What is said now on the themes of significant changes, each comment once."""
    shown = set(but)
    told: dict[str, list[dict[str, Json]]] = {}
    for change in changes:
        if change.significant and change.path[0] == "themes":
            quotes = new_quotes(after, change.path, but=shown, rises=change.difference > 0)
            shown.update(str(quote["text"]) for quote in quotes)
            if quotes:
                told[change.metric] = quotes
    return told
