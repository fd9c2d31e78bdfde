"""What `check` asks of each batch: the comments behind each number that is checked."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from cxscan.errors import UsageError
from cxscan.insight.behind import behind
from cxscan.insight.checks.judge import refuse_limits
from cxscan.insight.metrics import ANY, outline, within
from cxscan.model import Labels
from cxscan.periods import Period, period_of
from cxscan.quotes.select import Key, picked, take
from cxscan.render.comments import records
from cxscan.runs.classifier import Scanned
from cxscan.summary import RuleHashes, Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.insight.checks.rules import CheckRule
    from cxscan.insight.metrics import Metric, Path
    from cxscan.model import Comments, Ints, Theme
    from cxscan.quotes.filter import CommentFilter
    from cxscan.runs.batch import Found
    from cxscan.summary import Json

    Record: TypeAlias = dict[str, Json]
    Chosen: TypeAlias = dict[CommentFilter, list[tuple[Key, Record]]]


class Watched(NamedTuple):
    """A number that is checked: its path, in which names of segments and periods may be open, and what breaks it."""

    path: Path
    too_high: bool


@dataclass(frozen=True, slots=True)
class Gather:
    """The question to each batch."""

    watched: tuple[Watched, ...]
    by: tuple[str, ...]
    period: Period | None
    count: int
    """Comments kept for each number."""

    def __call__(self, comments: Comments, labels: Labels) -> Chosen:
        """The comments behind each number, the telling ones first."""
        return {wanted: self._picked(comments, labels, wanted) for wanted in self._wanted(comments)}

    def _wanted(self, comments: Comments) -> Iterator[CommentFilter]:
        """Each kind of comments once, open names filled in with those of the batch."""
        yield from {
            behind(path, too_high=one.too_high)
            for one in self.watched
            for path in _filled(one.path, comments, self.period)
        }

    def _picked(self, comments: Comments, labels: Labels, wanted: CommentFilter) -> list[tuple[Key, Record]]:
        first = picked(comments, labels, wanted, "telling", self.count)
        rows = [row for _, row in first]
        shown = [record for _, record in records(take(comments, rows), _rows(labels, np.array(rows, np.int64)))]
        return [(key, record) for (key, _), record in zip(first, shown, strict=True)]


def gather_for(
    rules: Sequence[CheckRule], themes: tuple[Theme, ...], *, by: tuple[str, ...], period: Period | None, count: int
) -> Gather:
    """The question that the rules need answered. Raise UsageError, before anything is read, for what cannot be."""
    pairs = known_metrics(rules, themes)
    watched = tuple(Watched(one.path, rule.comparison.is_upward) for rule, one in pairs)
    columns = [one.path[1] for one in watched if one.path[0] == "segments" and one.path[1] != ANY]
    return Gather(watched, tuple(dict.fromkeys((*by, *columns))), period, count)


def known_metrics(rules: Sequence[CheckRule], themes: tuple[Theme, ...]) -> list[tuple[CheckRule, Metric]]:
    """Each rule with the numbers it is about. Raise UsageError that names every rule that can never be checked."""
    empty = replace(Summary.empty(themes, RuleHashes("", "")), undated=0).as_json()
    found: list[tuple[CheckRule, Metric]] = []
    mistakes: dict[str, None] = {}
    for rule in rules:
        try:
            found += _reachable(rule, empty)
        except UsageError as error:
            mistakes[str(error)] = None
    if len(mistakes) > 1:
        listed = " ".join(f"({number}) {mistake}" for number, mistake in enumerate(mistakes, 1))
        raise UsageError(f"{len(mistakes)} mistakes in the checks: {listed}")
    if mistakes:
        raise UsageError(*mistakes)
    return found


def _reachable(rule: CheckRule, empty: dict[str, Json]) -> list[tuple[CheckRule, Metric]]:
    found = outline(empty, rule.metric)
    for one in found:
        refuse_limits(rule, one)
    return [(rule, one) for one in found]


class Harvest:
    """The most telling comments of all batches."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.chosen: Chosen = {}

    def passing(self, found: Iterable[Found[Chosen]]) -> Iterator[Scanned]:
        """Each batch's summary, while the comments are kept."""
        for part in found:
            for wanted, comments in part.finding.items():
                both = (*self.chosen.get(wanted, ()), *comments)
                self.chosen[wanted] = heapq.nsmallest(self._count, both, key=itemgetter(0))
            yield Scanned(part.summary, part.rejects, b"")


def _filled(path: Path, comments: Comments, period: Period | None) -> Iterable[Path]:
    """The path with an open name of a segment or period replaced by each name in the batch."""
    inner = within(path)
    if path[0] == "segments" and ANY in path[1:3]:
        columns = comments.segments if path[1] == ANY else [path[1]]
        for column in columns:
            values = sorted(set(comments.segments[column])) if path[2] == ANY else [path[2]]
            yield from (("segments", column, value, *inner) for value in values)
    elif path[0] == "timeline" and path[1] == ANY and period is not None:
        periods = {period_of(day, period) for day in comments.dates}
        yield from (("timeline", name, *inner) for name in sorted(name for name in periods if name))
    else:
        yield path


def _rows(labels: Labels, rows: Ints) -> Labels:
    """The labels of some cells, without evidence."""
    return Labels(
        themes_known=labels.themes_known,
        states=labels.states[rows],
        scores=labels.scores[rows],
        sentiments=labels.sentiments[rows],
        mixed=labels.mixed[rows],
        themes=labels.themes[rows],
        intents=labels.intents[rows],
        languages=[labels.languages[row] for row in rows.tolist()],
    )
