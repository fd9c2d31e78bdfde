"""The line for the flip list: read → tokens → classify by two taxonomies → what differs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from cxscan.engines.local import spread
from cxscan.finding import Found
from cxscan.insight.flips import Flips, flips
from cxscan.pipeline import Classifier
from cxscan.summarise import summarise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxscan.model import Batch
    from cxscan.pipeline import Rules


@dataclass(frozen=True, slots=True)
class FlipLine:
    """The work on a batch: classified by both."""

    before: Classifier
    after: Classifier
    kept: int

    def __call__(self, batch: Batch) -> Found[Flips]:
        """What the batch brought; its summary is by the new rules."""
        texts = batch.comments.texts
        (_, before), (_, after) = self.before.classify(texts), self.after.classify(texts)
        summary = summarise(batch, after, rules=self.after.hashes, quotes=0)
        return Found(summary, batch.rejects, flips(batch.comments, before, after, kept=self.kept))


def compared(
    batches: Iterable[Batch], before: Rules, after: Rules, *, kept: int, workers: int
) -> Iterator[Found[Flips]]:
    """What changes in each batch, in their order."""
    return spread(partial(_line, before, after, kept), batches, workers=workers, weigh=_cells)


def _line(before: Rules, after: Rules, kept: int) -> FlipLine:
    return FlipLine(Classifier(before), Classifier(after), kept)


def _cells(batch: Batch) -> int:
    return len(batch.comments)
