"""The line for `discover`: read → tokens → classify → the comments with their bare clauses → topics."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from cxscan.engines.local import spread
from cxscan.insight.discover import discover
from cxscan.insight.sample import Sample, sampled
from cxscan.runs.batch import Found
from cxscan.runs.classifier import Classifier
from cxscan.summary.build import summarise
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxscan.insight.topics import Topics
    from cxscan.model import Batch
    from cxscan.runs.classifier import ClassifierOptions
    from cxscan.summary import Summary


@dataclass(frozen=True, slots=True)
class UnthemedLine:
    """The work on a batch."""

    classifier: Classifier

    def __call__(self, batch: Batch) -> Found[Sample]:
        """What the batch brought."""
        tokens, labels = self.classifier.classify(batch.comments.texts, evidence=True)
        summary = summarise(batch, labels, rules=self.classifier.hashes, quotes=0)
        return Found(summary, batch.rejects, sampled(batch.comments, tokens, labels))


def unthemed(batches: Iterable[Batch], rules: ClassifierOptions, *, workers: int) -> Iterator[Found[Sample]]:
    """What each batch brought, in their order."""
    return spread(partial(_line, rules), batches, workers=workers, weigh=lambda batch: len(batch.comments))


def topics_of(summary: Summary, sample: Sample, *, shown: int, quotes: int) -> Topics:
    """The topics of a sample; its texts are taken into words once more, for only texts were kept."""
    tokens = Tokenizer().tokenize([one.text for one in sample.heard])
    return discover(summary, sample, tokens, shown=shown, quotes=quotes)


def _line(rules: ClassifierOptions) -> UnthemedLine:
    return UnthemedLine(Classifier(rules))
