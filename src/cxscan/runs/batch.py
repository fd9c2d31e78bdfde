"""The line with a question of its own at its end: read → tokens → classify → what the labels say to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from cxscan.engines.local import spread
from cxscan.runs.classifier import Classifier
from cxscan.summary.build import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cxscan.model import Batch, Comments, Labels, Reject
    from cxscan.periods import Period
    from cxscan.runs.classifier import ClassifierOptions
    from cxscan.summary import Summary

Finding = TypeVar("Finding")


@dataclass(frozen=True, slots=True)
class Found(Generic[Finding]):
    """What one batch brought: its summary without quotes, and what was asked for."""

    summary: Summary
    rejects: tuple[Reject, ...]
    finding: Finding


@dataclass(frozen=True, slots=True)
class FindingLine(Generic[Finding]):
    """The work on a batch, from comments to a finding."""

    classifier: Classifier
    look: Callable[[Comments, Labels], Finding]
    by: tuple[str, ...]
    period: Period | None

    def __call__(self, batch: Batch) -> Found[Finding]:
        """What the batch brought."""
        _, labels = self.classifier.classify(batch.comments.texts)
        summary = summarise(batch, labels, rules=self.classifier.hashes, by=self.by, period=self.period, quotes=0)
        return Found(summary, batch.rejects, self.look(batch.comments, labels))


def find(
    batches: Iterable[Batch],
    rules: ClassifierOptions,
    look: Callable[[Comments, Labels], Finding],
    *,
    workers: int,
    by: tuple[str, ...] = (),
    period: Period | None = None,
) -> Iterator[Found[Finding]]:
    """What each batch brought, in their order; `look` is picklable, `by` and `period` are those of `summarise`."""
    return spread(partial(_line, rules, look, by, period), batches, workers=workers, weigh=_cells)


def _line(
    rules: ClassifierOptions, look: Callable[[Comments, Labels], Finding], by: tuple[str, ...], period: Period | None
) -> FindingLine[Finding]:
    return FindingLine(Classifier(rules), look, by, period)


def _cells(batch: Batch) -> int:
    return len(batch.comments)
