"""The comments in which topics are looked for: all, or always the same part, whatever the batches and workers."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.model import Polarity, State

if TYPE_CHECKING:
    from cxscan.model import Bools, Comments, Labels, Tokens

MOST_COMMENTS = 50_000
"""So many scored comments are looked at: a topic that one comment in a thousand names has fifty of them."""


class SampledComment(NamedTuple):
    """A scored comment; smaller ones are taken first."""

    chance: int
    """Drawn from text, date and identifier, so that it stays the same when other rows come or go."""
    source: str
    record: int
    field: str
    text: str
    """The words that were classified."""
    day: str | None
    """ISO 8601, without the time."""
    sentiment: int
    """-1, 0 or 1."""
    themed: bool
    unthemed: bytes
    """Of each clause 1 where no theme was found in it, else 0."""


@dataclass(frozen=True, slots=True)
class Sample:
    """At most `most` comments of `scored` ones. Samples add: the sum of two is the sample of both."""

    comments: tuple[SampledComment, ...] = ()
    scored: int = 0
    most: int = MOST_COMMENTS

    def __add__(self, other: Sample) -> Sample:
        comments = sorted((*self.comments, *other.comments))[: self.most]
        return Sample(tuple(comments), self.scored + other.scored, self.most)

    @property
    def unthemed(self) -> Bools:
        """Flags of the clauses without a theme, comment after comment."""
        joined = b"".join(one.unthemed for one in self.comments)
        return np.frombuffer(joined, np.uint8).astype(np.bool_)


def sampled(comments: Comments, tokens: Tokens, labels: Labels, *, most: int = MOST_COMMENTS) -> Sample:
    """The sample of a batch, classified with evidence."""
    unthemed = unthemed_clauses(tokens, labels).astype(np.uint8).tobytes()
    ends = tokens.text_clauses.tolist()
    themed = np.any(labels.themes != Polarity.ABSENT, axis=1).tolist()
    sentiments = labels.sentiments.tolist()
    scored = np.flatnonzero(labels.states == State.SCORED).tolist()
    drawn = (
        SampledComment(
            chance=_chance(comments, row),
            source=comments.source,
            record=comments.records[row],
            field=comments.fields[row],
            text=tokens.texts[row],
            day=(comments.dates[row] or "")[:10] or None,
            sentiment=sentiments[row],
            themed=themed[row],
            unthemed=unthemed[ends[row] : ends[row + 1]],
        )
        for row in scored
    )
    return Sample(tuple(nsmallest(most, drawn)), len(scored), most)


def unthemed_clauses(tokens: Tokens, labels: Labels) -> Bools:
    """Flag the clauses without a word that speaks for a theme. The labels need their evidence."""
    clauses = len(tokens.clause_offsets) - 1
    evidence = labels.evidence
    if evidence is None:
        return np.ones(clauses, np.bool_)
    speaks = evidence.labels >= 0
    first = np.searchsorted(tokens.clause_offsets, evidence.first_words[speaks], side="right") - 1
    last = np.searchsorted(tokens.clause_offsets, evidence.last_words[speaks], side="right") - 1
    steps = np.bincount(first, minlength=clauses + 1) - np.bincount(last + 1, minlength=clauses + 1)
    unthemed: Bools = np.cumsum(steps)[:clauses] == 0
    return unthemed


def _chance(comments: Comments, row: int) -> int:
    key = "\0".join((comments.texts[row], comments.dates[row] or "", comments.ids[row] or ""))
    return int.from_bytes(blake2b(key.encode("utf-8", "backslashreplace"), digest_size=8).digest())
