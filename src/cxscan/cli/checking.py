"""What `check` asks of each batch: the comments behind each number that is checked."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from cxscan.errors import UsageError
from cxscan.insight.behind import Behind, behind
from cxscan.insight.checks.judge import refuse_limits
from cxscan.insight.metrics import ANY, outline, within
from cxscan.model import Labels
from cxscan.quotes.select import Filter, Key, picked, take
from cxscan.render.comments import records
from cxscan.runs.classifier import Scanned
from cxscan.summary import RuleHashes, Summary
from cxscan.summary.build import Period, period_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.insight.checks.rules import CheckRule
    from cxscan.insight.metrics import Metric, Path
    from cxscan.model import Bools, Comments, Ints, Theme
    from cxscan.runs.batch import Found
    from cxscan.summary import Json

    Record: TypeAlias = dict[str, Json]
    Chosen: TypeAlias = dict[Behind, list[tuple[Key, Record]]]

_PERIOD, _CONTRADICTS = "\0period", "\0contradicts"
"""Columns that a filter can ask for besides the segments."""


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
        return {wanted: self._picked(comments, labels, wanted) for wanted in self._wanted(comments, labels)}

    def _wanted(self, comments: Comments, labels: Labels) -> Iterator[Behind]:
        """Each kind of comments once, open names filled in with those of the batch."""
        themes = {theme.name for theme in labels.themes_known}
        wanted = {
            behind(path, too_high=one.too_high)
            for one in self.watched
            for path in _filled(one.path, comments, self.period)
        }
        yield from (one if one.theme in {*themes, None} else one._replace(theme=None) for one in wanted)

    def _picked(self, comments: Comments, labels: Labels, wanted: Behind) -> list[tuple[Key, Record]]:
        where, extra = list[tuple[str, str]](), dict[str, list[str]]()
        if wanted.segment is not None:
            where.append(wanted.segment)
        if wanted.period is not None and self.period is not None:
            where.append((_PERIOD, wanted.period))
            extra[_PERIOD] = [period_of(day, self.period) or "" for day in comments.dates]
        if wanted.contradicting:
            where.append((_CONTRADICTS, "yes"))
            extra[_CONTRADICTS] = ["yes" if flag else "" for flag in _contradicting(comments, labels).tolist()]
        asked = Filter(
            theme=wanted.theme, polarity=wanted.polarity, lens=wanted.lens, intent=wanted.intent, where=tuple(where)
        )
        known = replace(comments, segments={**comments.segments, **extra})
        first = picked(known, labels, asked, "telling", self.count)
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


def _contradicting(comments: Comments, labels: Labels) -> Bools:
    """Cells whose words point one way while the rating stands in the opposite quarter of its scale."""
    scale = comments.scale
    if scale is None:
        return np.zeros(len(comments), np.bool_)
    span = scale.high - scale.low
    above = [4 * (rating - scale.low) if rating is not None and scale.low <= rating <= scale.high else 2 * span
             for rating in comments.ratings]  # fmt: skip
    leaning = np.array([(one >= 3 * span) - (one <= span) for one in above], np.int64)
    opposite: Bools = labels.sentiments.astype(np.int64) * leaning < 0
    return opposite
