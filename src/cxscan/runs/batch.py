"""A run: read → tokens → classify → summarise, a batch at a time and in any process, and what else it is to find out.

Each batch becomes a summary and the result of one reducer; both add up, so it does not matter who works on which batch.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from cxscan.engines import ENGINES
from cxscan.engines.garbage import relax_gc
from cxscan.read import read_batches
from cxscan.rules.loading import load_taxonomy
from cxscan.runs.classifier import Classifier
from cxscan.runs.totals import KindCounts, RunTotals
from cxscan.summary import InputColumns
from cxscan.summary.build import summarise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Self, TypeAlias

    from cxscan.layout import Layout
    from cxscan.model import Batch, Comments, Labels, Reject, Tokens
    from cxscan.periods import Period
    from cxscan.read import Source
    from cxscan.runs.classifier import ClassifierOptions
    from cxscan.summary import Summary


class Adds(Protocol):
    """Adds up: `(a + b) + c` is `a + (b + c)`."""

    def __add__(self, other: Self, /) -> Self: ...


T = TypeVar("T", bound=Adds)
T_co = TypeVar("T_co", bound=Adds, covariant=True)

Reduce: TypeAlias = "Callable[[Comments, Tokens, Labels], T]"
"""Makes a result of the comments of one batch."""


class Reducer(Protocol[T_co]):
    """Finds out something about comments, beside their summary. Picklable: every worker has its own copy."""

    @property
    def evidence(self) -> bool:
        """Ask for the words that labels rest on, which costs time."""

    @property
    def zero(self) -> T_co:
        """The result of no comments."""

    def prepare(self, classifier: Classifier) -> Reduce[T_co]:
        """Return the work on a batch; called once in each worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Options of counting the summary of a run; see `summarise`."""

    by: tuple[str, ...] = ()
    period: Period | None = None
    quotes: int = 0


class BatchResult(NamedTuple, Generic[T]):
    """The summary of one batch, and the result of the reducer."""

    summary: Summary
    rejects: tuple[Reject, ...]
    result: T
    repaired: KindCounts
    set_aside: KindCounts


class Run(NamedTuple, Generic[T]):
    """The totals of all batches, and the sum of the reducer's results."""

    totals: RunTotals
    result: T


class BatchJob(Generic[T]):
    """The work on a batch, from comments to results; made once in each worker."""

    def __init__(self, options: ClassifierOptions, counting: Counting, reducer: Reducer[T]) -> None:
        self._classifier = Classifier(options)
        self._counting, self._evidence = counting, reducer.evidence
        self._reduce = reducer.prepare(self._classifier)

    def __call__(self, batch: Batch) -> BatchResult[T]:
        """Classify the comments, count them, and reduce them."""
        comments, counting = batch.comments, self._counting
        tokens, labels = self._classifier.classify(comments.texts, comments.fields, evidence=self._evidence)
        summary = summarise(
            replace(batch, comments=comments.saying(tokens.own_words)),
            labels,
            rules=self._classifier.hashes,
            by=counting.by,
            period=counting.period,
            quotes=counting.quotes,
        )
        repaired = KindCounts(tokens.repaired, Counter(tokens.repairs))
        set_aside = KindCounts(len(tokens.own_words), Counter(tokens.set_aside))
        return BatchResult(summary, batch.rejects, self._reduce(comments, tokens, labels), repaired, set_aside)


def run(
    sources: Sequence[Source],
    options: ClassifierOptions,
    reducer: Reducer[T],
    *,
    counting: Counting,
    engine: str = "local",
    workers: int | None = None,
    sink: Callable[[T], object] | None = None,
    on_read: Callable[[Batch], object] | None = None,
    on_done: Callable[[Summary], object] | None = None,
) -> Run[T]:
    """Classify, count and reduce every comment of the sources, spread over processes by one of `ENGINES`.

    A `sink` takes the reducer's results as they come, in the order of the batches; they are not added then, so that
    what is large needs no memory. `on_read` is shown every batch as it is read, `on_done` every batch's summary.
    Raises UsageError, before anything is read, for a taxonomy that cannot be used; what reading and classifying raise.
    """
    load_taxonomy(options.themes)
    relax_gc()
    job = partial(BatchJob[T], options, counting, reducer)
    batches = _batches(sources, on_read)
    totals, result = RunTotals(), reducer.zero
    for part in ENGINES[engine](job, batches, workers=workers, weigh=_comments):
        if sink is None:
            result = result + part.result
        else:
            sink(part.result)
        totals.add(part.summary, part.rejects, repaired=part.repaired, set_aside=part.set_aside)
        if on_done is not None:
            on_done(part.summary)
    if totals.summary is not None:
        totals.summary = totals.summary.with_columns({source.path: _columns(source.layout) for source in sources})
    return Run(totals, result)


def _columns(layout: Layout) -> InputColumns:
    rating, date, identifier = (next(iter(layout.of_role(role)), None) for role in ("rating", "date", "id"))
    return InputColumns(layout.of_role("text"), rating, date, identifier, layout.scale_reversed)


def _batches(sources: Sequence[Source], on_read: Callable[[Batch], object] | None) -> Iterator[Batch]:
    for _, batch in read_batches(sources):
        if on_read is not None:
            on_read(batch)
        yield batch


def _comments(batch: Batch) -> int:
    return len(batch.comments)
