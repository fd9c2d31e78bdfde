"""Reducers for `run`: what a run finds out beside its summary, as results that add."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from cxscan.insight.label_changes import LabelChanges, label_changes
from cxscan.insight.rated import CountRated, Rated
from cxscan.insight.sample import Sample, sampled
from cxscan.quotes.distinct import folded_text
from cxscan.quotes.select import picked, take
from cxscan.runs.classifier import Classifier
from cxscan.tokens import spans

if TYPE_CHECKING:
    from typing import Self

    from cxscan.comment_records import CommentRecord
    from cxscan.model import Comments, Labels, Tokens
    from cxscan.quotes.filter import CommentFilter
    from cxscan.quotes.select import Key, Pick
    from cxscan.render.formats import RowFormat
    from cxscan.runs.batch import Reduce
    from cxscan.runs.classifier import ClassifierOptions


@dataclass(frozen=True, slots=True)
class Nothing:
    """The result of a run of which only the summary is wanted."""

    def __add__(self, _other: Self) -> Self:
        return self


@dataclass(frozen=True, slots=True)
class SummaryReducer:
    """Finds out nothing beside the summary."""

    evidence = False
    zero = Nothing()

    def prepare(self, _classifier: Classifier) -> Reduce[Nothing]:
        """Return the work on a batch."""
        return lambda _comments, _tokens, _labels: self.zero


@dataclass(frozen=True, slots=True)
class RowsReducer:
    """Writes a row for each comment, in UTF-8; large, so give `run` a sink for them."""

    row_format: RowFormat
    columns: tuple[str, ...] = ()
    """The export's own columns, where the format has them."""

    zero = b""

    @property
    def evidence(self) -> bool:
        """The format has the words that labels rest on."""
        return self.row_format.with_evidence

    @property
    def header(self) -> bytes:
        """The header before the rows."""
        return self.row_format.head(self.columns).encode()

    def prepare(self, _classifier: Classifier) -> Reduce[bytes]:
        """Return the work on a batch."""
        return self._rows

    def _rows(self, comments: Comments, tokens: Tokens, labels: Labels) -> bytes:
        evidence = spans(tokens, labels)
        return self.row_format.write(comments, labels, evidence, self.columns).encode()


@dataclass(frozen=True, slots=True)
class TopComments:
    """The records of the `most` comments that come first, in order; of those that say the same there is one."""

    most: int
    ranked: tuple[tuple[Key, CommentRecord], ...] = ()

    def __add__(self, other: TopComments) -> TopComments:
        distinct: dict[str, tuple[Key, CommentRecord]] = {}
        for key, record in sorted((*self.ranked, *other.ranked), key=itemgetter(0)):
            distinct.setdefault(folded_text(record.text), (key, record))
        return TopComments(self.most, tuple(distinct.values())[: self.most])

    @property
    def records(self) -> list[CommentRecord]:
        """The records, the first one first."""
        return [record for _, record in self.ranked]


@dataclass(frozen=True, slots=True)
class TopCommentsReducer:
    """Chooses the comments that a filter lets through and that come first, with the words their labels rest on."""

    wanted: CommentFilter
    pick: Pick
    count: int

    evidence = False

    @property
    def zero(self) -> TopComments:
        """No comment."""
        return TopComments(self.count)

    def prepare(self, classifier: Classifier) -> Reduce[TopComments]:
        """Return the work on a batch; the few that are chosen are classified once more, with evidence."""

        def choose(comments: Comments, tokens: Tokens, labels: Labels) -> TopComments:
            comments = comments.saying(tokens.own_words)
            first = picked(comments, labels, self.wanted, self.pick, self.count)
            chosen = take(comments, [row for _, row in first])
            records = classifier.explained(chosen)
            if chosen.cells:
                own = (dict(zip(chosen.cells, row, strict=True)) for row in zip(*chosen.cells.values(), strict=True))
                records = [record._replace(cells=cells) for record, cells in zip(records, own, strict=True)]
            return TopComments(self.count, tuple(zip((key for key, _ in first), records, strict=True)))

        return choose


@dataclass(frozen=True, slots=True)
class RatedReducer:
    """Counts rated records by rating and by what they say."""

    count: CountRated

    evidence = False

    @property
    def zero(self) -> Rated:
        """No record."""
        return Rated()

    def prepare(self, _classifier: Classifier) -> Reduce[Rated]:
        """Return the work on a batch."""
        return lambda comments, tokens, labels: self.count(comments.saying(tokens.own_words), labels)


@dataclass(frozen=True, slots=True)
class LabelChangesReducer:
    """Compares the labels with those by the options `before`."""

    before: ClassifierOptions
    kept: int
    """Examples of each label, at most."""

    evidence = False

    @property
    def zero(self) -> LabelChanges:
        """No change."""
        return LabelChanges(kept=self.kept)

    def prepare(self, _classifier: Classifier) -> Reduce[LabelChanges]:
        """Return the work on a batch."""
        classifier = Classifier(self.before)

        def compare(comments: Comments, tokens: Tokens, labels: Labels) -> LabelChanges:
            _, before = classifier.classify(comments.texts, comments.fields)
            return label_changes(comments.saying(tokens.own_words), before, labels, kept=self.kept)

        return compare


@dataclass(frozen=True, slots=True)
class TopicSampleReducer:
    """Samples the comments in which topics are looked for."""

    evidence = True

    @property
    def zero(self) -> Sample:
        """The empty sample."""
        return Sample()

    def prepare(self, _classifier: Classifier) -> Reduce[Sample]:
        """Return the work on a batch."""
        return sampled
