"""The line for the flip list: read → tokens → classify by two taxonomies → what differs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from cxscan.engines.local import spread
from cxscan.insight.label_changes import LabelChanges, label_changes
from cxscan.runs.batch import Found
from cxscan.runs.classifier import Classifier
from cxscan.summary.build import summarise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxscan.model import Batch
    from cxscan.runs.classifier import ClassifierOptions


@dataclass(frozen=True, slots=True)
class FlipLine:
    """The work on a batch: classified by both."""

    before: Classifier
    after: Classifier
    kept: int

    def __call__(self, batch: Batch) -> Found[LabelChanges]:
        """What the batch brought; its summary is by the new rules."""
        texts = batch.comments.texts
        (_, before), (_, after) = self.before.classify(texts), self.after.classify(texts)
        summary = summarise(batch, after, rules=self.after.hashes, quotes=0)
        return Found(summary, batch.rejects, label_changes(batch.comments, before, after, kept=self.kept))


def compared(
    batches: Iterable[Batch], before: ClassifierOptions, after: ClassifierOptions, *, kept: int, workers: int
) -> Iterator[Found[LabelChanges]]:
    """What changes in each batch, in their order."""
    return spread(partial(_line, before, after, kept), batches, workers=workers, weigh=_cells)


def _line(before: ClassifierOptions, after: ClassifierOptions, kept: int) -> FlipLine:
    return FlipLine(Classifier(before), Classifier(after), kept)


def _cells(batch: Batch) -> int:
    return len(batch.comments)
