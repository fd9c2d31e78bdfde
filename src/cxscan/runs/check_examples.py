"""The comments behind each number that is checked: a reducer for `check`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.comment_records import comment_records
from cxscan.insight.checks.judge import checked_numbers
from cxscan.model import Labels
from cxscan.periods import Period, period_of
from cxscan.quotes.select import picked, take
from cxscan.runs.reducers import TopComments
from cxscan.summary.counts import added
from cxscan.summary.metric import in_group
from cxscan.summary.paths import ANY, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cxscan.comment_records import CommentRecord
    from cxscan.insight.checks.rules import CheckRule
    from cxscan.model import Comments, Ints, Theme, Tokens
    from cxscan.quotes.filter import CommentFilter
    from cxscan.quotes.select import Key
    from cxscan.runs.batch import Reduce
    from cxscan.runs.classifier import Classifier
    from cxscan.summary.paths import Path


class CheckedMetric(NamedTuple):
    """A number that is checked: its path, in which segments and periods may be open, and the comments behind it."""

    path: Path
    comments: CommentFilter


@dataclass(frozen=True, slots=True)
class CheckExamples:
    """The comments behind each kind of number, those first that say most."""

    by_filter: Mapping[CommentFilter, TopComments] = field(default_factory=dict)

    def __add__(self, other: CheckExamples) -> CheckExamples:
        return CheckExamples(added(self.by_filter, other.by_filter))


@dataclass(frozen=True, slots=True)
class ExampleReducer:
    """Keeps the comments behind each number that is checked."""

    checked: tuple[CheckedMetric, ...]
    by: tuple[str, ...]
    """Segment columns, those of the checks among them."""
    period: Period | None
    count: int
    """Comments kept for each number."""

    evidence = False

    @property
    def zero(self) -> CheckExamples:
        """No comment."""
        return CheckExamples()

    def prepare(self, _classifier: Classifier) -> Reduce[CheckExamples]:
        """Return the work on a batch."""
        return self._examples

    def _examples(self, comments: Comments, tokens: Tokens, labels: Labels) -> CheckExamples:
        comments = comments.saying(tokens.own_words)
        wanted = self._wanted(comments)
        return CheckExamples({one: TopComments(self.count, self._picked(comments, labels, one)) for one in wanted})

    def _wanted(self, comments: Comments) -> Iterator[CommentFilter]:
        """Each kind of comments once, open names filled in with those of the batch."""
        yield from {
            in_group(one.comments, path) for one in self.checked for path in _filled(one.path, comments, self.period)
        }

    def _picked(
        self, comments: Comments, labels: Labels, wanted: CommentFilter
    ) -> tuple[tuple[Key, CommentRecord], ...]:
        first = picked(comments, labels, wanted, "telling", self.count)
        rows = [row for _, row in first]
        shown = (record for _, record in comment_records(take(comments, rows), _rows(labels, np.array(rows, np.int64))))
        return tuple((key, record) for (key, _), record in zip(first, shown, strict=True))


def example_reducer(
    rules: Sequence[CheckRule], themes: tuple[Theme, ...], *, by: tuple[str, ...], period: Period | None, count: int
) -> ExampleReducer:
    """The reducer for the rules. Raise UsageError, before anything is read, for rules that can never be checked."""
    checked = tuple(
        CheckedMetric(number.path, number.comments(too_high=rule.operator.is_upward))
        for rule, number in checked_numbers(rules, themes)
    )
    columns = [one.path[1] for one in checked if one.path[0] == "segments" and one.path[1] != ANY]
    return ExampleReducer(checked, tuple(dict.fromkeys((*by, *columns))), period, count)


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
        reasons=labels.reasons[rows],
        scores=labels.scores[rows],
        sentiments=labels.sentiments[rows],
        mixed=labels.mixed[rows],
        themes=labels.themes[rows],
        intents=labels.intents[rows],
        languages=[labels.languages[row] for row in rows.tolist()],
    )
