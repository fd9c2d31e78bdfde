"""Where matches stand, and how their clauses and texts speak of what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.model import SCORE_UNIT

if TYPE_CHECKING:
    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.themes.evidence import Sentences
    from cxscan.model import Ids, Ints, Tokens

SILENT = 500
"""A clause whose mood is nearer to 0 than this many score units says nothing; its sentence or text speaks for it."""


class Places(NamedTuple):
    """Clause and text of each match."""

    clauses: Ints
    texts: Ints

    @classmethod
    def of(cls, tokens: Tokens, hits: PhraseHits) -> Places:
        """A match that passes the end of a clause counts for the clause in which it begins."""
        clauses = np.searchsorted(tokens.clause_offsets, hits.first_words, side="right") - 1
        return cls(clauses, np.searchsorted(tokens.text_clauses, clauses, side="right") - 1)


class Moods(NamedTuple):
    """How clauses and texts speak of what they name, in score units."""

    clauses: Ints
    texts: Ints

    @classmethod
    def of(cls, tokens: Tokens, sentences: Sentences, clause_scores: Ids, text_scores: Ids) -> Moods:
        """The scores; a silent clause takes its sentence's mood, then its text's."""
        texts, clauses = text_scores.astype(np.int64), clause_scores.astype(np.int64)
        around = sentences.of_words[tokens.clause_offsets[:-1]]
        whole = sums(around, clauses, len(clauses))[around]
        clauses = np.where(np.abs(clauses) < SILENT, whole, clauses)
        clauses = np.where(clauses == 0, np.repeat(texts, np.diff(tokens.text_clauses)), clauses)
        return cls(np.clip(clauses, -SCORE_UNIT, SCORE_UNIT), texts)


def sums(places: Ints, values: Ints, count: int) -> Ints:
    """Whole sums of the values that fall on each place; exact, since they stay far below 2 ** 53."""
    return np.bincount(places, values, count).astype(np.int64)
