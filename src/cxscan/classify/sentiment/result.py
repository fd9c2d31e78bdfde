"""Tokens → sentiment: a score for each text and each clause, and the words that moved it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.arrays.columns import any_in, owners
from cxscan.classify.sentiment.vader import CUT, Vader
from cxscan.model import SCORE_UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.classify.sentiment.vader import Places
    from cxscan.model import Bools, Ids, Ints, Tokens

MIXED_CUT = 3_000
"""Score units that one clause must reach upwards and another downwards for a text to be mixed."""


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Scores in score units, and one evidence row for each word that moved a score, in reading order."""

    texts: Ids
    """Score of each text."""
    clauses: Ids
    """Score of each clause; 0 for one that says neither good nor bad."""
    signs: NDArray[np.int8]
    """1 for a positive text, -1 for a negative one, 0 for one in between."""
    polarities: NDArray[np.float64]
    """The score of each text before it is squashed: the sum of its words, and a base."""
    evidence_texts: Ints
    evidence_words: Ints
    """Position in `Tokens.words`."""
    evidence_weights: Ints

    @property
    def spoken(self) -> Ids:
        """Score of each text; 0 for one that is neutral."""
        return np.where(self.signs == 0, 0, self.texts).astype(np.int32)


class VaderSentiment:
    """VADER's rules and lexicon: the score of the vaderSentiment package."""

    def __init__(self) -> None:
        self._vader = Vader()

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal digest of the valences: another lexicon is another model."""
        return sha256(json.dumps(self._vader.valences, sort_keys=True).encode()).hexdigest()

    def classify(self, tokens: Tokens, *, evidence: bool = True) -> Sentiment:
        """Scores of the texts and of their clauses, and with `evidence` what each word added."""
        places = self._vader.places(tokens)
        sums = np.bincount(places.texts, places.valences, len(tokens)).astype(np.float64)
        words = _words_of(tokens, places)
        inside = words >= 0
        clauses = owners(tokens.clause_offsets, words[inside])
        clause_count = len(tokens.clause_offsets) - 1
        clause_sums = np.bincount(clauses, places.valences[inside], clause_count).astype(np.float64)
        texts = Vader.compound(sums, self._vader.emphasis(tokens))
        shown = inside & evidence
        return Sentiment(
            texts=texts,
            signs=_signs(texts),
            polarities=sums,
            clauses=Vader.compound(clause_sums, np.zeros(clause_count)),
            evidence_texts=places.texts[shown],
            evidence_words=words[shown],
            evidence_weights=np.rint(places.valences[shown] * SCORE_UNIT).astype(np.int64),
        )


def _signs(scores: Ids) -> NDArray[np.int8]:
    return (scores >= CUT).astype(np.int8) - (scores <= -CUT).astype(np.int8)


def mixed(clauses: Ids, text_clauses: Ints) -> Bools:
    """Mark the texts that have both a clearly positive and a clearly negative clause."""
    return any_in(clauses >= MIXED_CUT, text_clauses) & any_in(clauses <= -MIXED_CUT, text_clauses)


def _words_of(tokens: Tokens, places: Places) -> Ints:
    """Position of the word in which each place stands; -1 where a chunk that VADER knows holds no word of ours."""
    if not len(tokens.words):
        return np.full(len(places.chunks), -1)
    first = np.minimum(np.searchsorted(tokens.word_chunks, places.chunks), len(tokens.words) - 1)
    return np.where(tokens.word_chunks[first] == places.chunks, first, -1)
