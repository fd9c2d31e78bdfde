"""Which themes a comment has, and how each is spoken of: phrases found in clauses, with the clauses' sentiment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.phrase_book import PhraseBook
from cxscan.model import SCORE_UNIT, Break, Evidence, Polarity

if TYPE_CHECKING:
    from cxscan.classify.phrase_book import PhraseHits
    from cxscan.model import Codes, Ids, Ints, Tokens
    from cxscan.rules.taxonomy import Taxonomy

MOST_THEMES = 5
"""A comment has at most this many themes: those with the most evidence."""

PHRASE_SCORE = 5_000
"""What a phrase that carries its polarity says, in score units."""

PRIOR_TENTHS = 6
"""How much of its text's mood goes into the score of each match."""

MIXED_TENTHS = 2
"""A theme is mixed when the smaller of what clauses say for and against it reaches this many tenths of the larger."""

REQUESTS = "listening"
"""The theme whose neutral phrases ask for something: what is asked for is lacking."""

LACKING = -4_000
"""Mood, at most, of a clause that asks for something, in score units."""

SILENT = 500
"""A clause whose mood is nearer to 0 than this many score units says nothing; its sentence or text speaks for it."""


class ThemeHits(NamedTuple):
    """`themes`: `Polarity` codes, texts by themes; `evidence`: what they rest on.

    `moods`: how each text speaks on the whole, in score units.
    """

    themes: Codes
    evidence: Evidence
    moods: Ints


class ThemeClassifier:
    """Finds the themes of a taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._book = PhraseBook(taxonomy.themes)
        self._count = len(taxonomy.themes)
        self._requests = next((number for number, theme in enumerate(taxonomy.themes) if theme.name == REQUESTS), -1)

    def classify(self, tokens: Tokens, clause_scores: Ids, text_scores: Ids) -> ThemeHits:
        """Find the themes of each text; both scores are in score units, one per clause and one per text."""
        hits = self._book.find(tokens)
        places = Places.of(tokens, hits)
        moods = Moods.of(tokens, clause_scores, text_scores)
        asking = places.clauses[(hits.labels == self._requests) & ~hits.open_ & (hits.signs == 0)]
        wanting = moods.clauses.copy()
        wanting[asking] = np.minimum(wanting[asking], LACKING)
        scores = np.where(hits.open_, wanting[places.clauses], hits.signs * PHRASE_SCORE)
        scores += np.where(hits.open_ | (hits.signs != 0), moods.texts[places.texts] * PRIOR_TENTHS // 10, 0)
        cells = places.texts * self._count + hits.labels
        codes = _polarities(*_by_clause(cells, places.clauses, scores), len(tokens) * self._count)
        codes = _strongest(codes.reshape(-1, self._count), np.bincount(cells, minlength=codes.size))
        return ThemeHits(codes, _evidence(hits, places.texts, codes), moods.texts)


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
    def of(cls, tokens: Tokens, clause_scores: Ids, text_scores: Ids) -> Moods:
        """The scores; a silent clause takes its sentence's mood, then its text's."""
        texts, clauses = text_scores.astype(np.int64), clause_scores.astype(np.int64)
        sentences = _sentences(tokens)
        whole = _sums(sentences, clauses, len(clauses))[sentences]
        clauses = np.where(np.abs(clauses) < SILENT, whole, clauses)
        clauses = np.where(clauses == 0, np.repeat(texts, np.diff(tokens.text_clauses)), clauses)
        return cls(np.clip(clauses, -SCORE_UNIT, SCORE_UNIT), texts)


def _sentences(tokens: Tokens) -> Ints:
    """Number of the sentence in which each clause stands."""
    ends = tokens.breaks[tokens.clause_offsets[1:] - 1] >= Break.SENTENCE
    return (np.cumsum(ends) - ends).astype(np.int64)


def _sums(places: Ints, values: Ints, count: int) -> Ints:
    """Whole sums of the values that fall on each place; exact, since they stay far below 2 ** 53."""
    return np.bincount(places, values, count).astype(np.int64)


def _by_clause(cells: Ints, clauses: Ints, scores: Ints) -> tuple[Ints, Ints]:
    """Cell and score of the strongest match of each theme in each clause; of equally strong ones the negative."""
    order = np.lexsort((scores, -np.abs(scores), clauses, cells))
    cells, clauses = cells[order], clauses[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (np.diff(cells) != 0) | (np.diff(clauses) != 0)
    return cells[first], scores[order][first]


def _polarities(cells: Ints, scores: Ints, count: int) -> Codes:
    """Polarity code of each cell from the scores of its clauses."""
    upwards = _sums(cells, np.maximum(scores, 0), count)
    downwards = _sums(cells, np.maximum(-scores, 0), count)
    codes = np.where(np.bincount(cells, minlength=count) > 0, Polarity.NEUTRAL, Polarity.ABSENT)
    codes = np.where(upwards > downwards, Polarity.POSITIVE, codes)
    codes = np.where(upwards < downwards, Polarity.NEGATIVE, codes)
    smaller, larger = np.minimum(upwards, downwards), np.maximum(upwards, downwards)
    mixed = (smaller > 0) & (smaller * 10 >= larger * MIXED_TENTHS)
    return np.where(mixed, Polarity.MIXED, codes).astype(np.uint8)


def _strongest(codes: Codes, counts: Ints) -> Codes:
    """Keep the themes of each text that have the most matches; of equal ones the earlier in the taxonomy."""
    crowded = np.flatnonzero((codes != Polarity.ABSENT).sum(axis=1) > MOST_THEMES)
    order = np.argsort(-counts.reshape(codes.shape)[crowded], axis=1, kind="stable")[:, MOST_THEMES:]
    codes[crowded[:, None], order] = Polarity.ABSENT
    return codes


def _evidence(hits: PhraseHits, texts: Ints, codes: Codes) -> Evidence:
    """The matches of the themes that were kept, by text, theme and place; each weighs the same."""
    kept = np.flatnonzero(codes[texts, hits.labels] != Polarity.ABSENT)
    order = kept[np.lexsort((hits.last_words[kept], hits.first_words[kept], hits.labels[kept], texts[kept]))]
    return Evidence(
        texts=texts[order],
        labels=hits.labels[order].astype(np.int32),
        first_words=hits.first_words[order],
        last_words=hits.last_words[order],
        weights=np.full(len(order), SCORE_UNIT, np.int64),
    )
