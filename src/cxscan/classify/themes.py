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

PHRASE_SCORE = 7_000
"""What a phrase that carries its polarity says, in score units."""

CLAUSE_LEANING = 6_000
"""What such a phrase adds to the mood of its clause: "crashes" is bad news whatever the theme."""

TEXT_LEANING = 5_000
"""What it adds to the mood of its text."""

PRIOR_TENTHS = 6
"""How much of its text's mood goes into the score of each match."""

MIXED_TENTHS = 5
"""A theme is mixed when the smaller of what is said for and against it reaches this many tenths of the larger."""

SILENT = 500
"""A clause whose mood is nearer to 0 than this many score units says nothing; its sentence or text speaks for it."""


class ThemeHits(NamedTuple):
    """`themes`: `Polarity` codes, texts by themes; `evidence`: what they rest on.

    `moods`: how each text speaks on the whole, in score units: its score, and what the phrases themselves say.
    """

    themes: Codes
    evidence: Evidence
    moods: Ints


class ThemeClassifier:
    """Finds the themes of a taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._book = PhraseBook(taxonomy.themes)
        self._count = len(taxonomy.themes)

    def classify(self, tokens: Tokens, clause_scores: Ids, text_scores: Ids) -> ThemeHits:
        """Find the themes of each text; both scores are in score units, one per clause and one per text."""
        hits = self._book.find(tokens)
        places = Places.of(tokens, hits)
        moods = Moods.of(tokens, hits, places, clause_scores, text_scores)
        prior = moods.texts[places.texts] * PRIOR_TENTHS // 10
        scores = np.where(hits.open_, moods.clauses[places.clauses], hits.signs * PHRASE_SCORE)
        scores += np.where(hits.open_ | (hits.signs != 0), prior, 0)
        cells = places.texts * self._count + hits.labels
        shape = (len(tokens), self._count)
        flat_codes, strengths = _polarities(cells, scores, len(tokens) * self._count)
        codes = _strongest(flat_codes.reshape(shape), strengths.reshape(shape))
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
    def of(cls, tokens: Tokens, hits: PhraseHits, places: Places, clause_scores: Ids, text_scores: Ids) -> Moods:
        """Add to the scores what polar phrases say; a silent clause takes its sentence's mood, then its text's."""
        said = _said_once(hits)
        signs = hits.signs[said]
        texts = text_scores + _sums(places.texts[said], signs, len(tokens)) * TEXT_LEANING
        texts = np.clip(texts, -SCORE_UNIT, SCORE_UNIT)
        clauses = clause_scores + _sums(places.clauses[said], signs, len(clause_scores)) * CLAUSE_LEANING
        sentences = _sentences(tokens)
        whole = _sums(sentences, clauses, len(clauses))[sentences]
        clauses = np.where(np.abs(clauses) < SILENT, whole, clauses)
        clauses = np.where(clauses == 0, np.repeat(texts, np.diff(tokens.text_clauses)), clauses)
        return cls(np.clip(clauses, -SCORE_UNIT, SCORE_UNIT), texts)


def _said_once(hits: PhraseHits) -> Ints:
    """Which matches carry polarity, each stretch of words once, though several themes may have it."""
    polar = np.flatnonzero(hits.signs)
    order = polar[np.lexsort((hits.last_words[polar], hits.first_words[polar]))]
    first, last = hits.first_words[order], hits.last_words[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(first) != 0) | (np.diff(last) != 0)
    return order[new]


def _sentences(tokens: Tokens) -> Ints:
    """Number of the sentence in which each clause stands."""
    ends = tokens.breaks[tokens.clause_offsets[1:] - 1] >= Break.SENTENCE
    return (np.cumsum(ends) - ends).astype(np.int64)


def _sums(places: Ints, values: Ints, count: int) -> Ints:
    """Whole sums of the values that fall on each place; exact, since they stay far below 2 ** 53."""
    return np.bincount(places, values, count).astype(np.int64)


def _polarities(cells: Ints, scores: Ints, count: int) -> tuple[Codes, Ints]:
    """Polarity code of each cell, and how much was said of it, from the scores of its matches."""
    upwards = _sums(cells, np.maximum(scores, 0), count)
    downwards = _sums(cells, np.maximum(-scores, 0), count)
    codes = np.where(np.bincount(cells, minlength=count) > 0, Polarity.NEUTRAL, Polarity.ABSENT)
    codes = np.where(upwards > downwards, Polarity.POSITIVE, codes)
    codes = np.where(upwards < downwards, Polarity.NEGATIVE, codes)
    smaller, larger = np.minimum(upwards, downwards), np.maximum(upwards, downwards)
    codes = np.where((smaller > 0) & (smaller * 10 >= larger * MIXED_TENTHS), Polarity.MIXED, codes)
    said = 10 * SCORE_UNIT * np.bincount(cells, minlength=count) + upwards + downwards
    return codes.astype(np.uint8), said


def _strongest(codes: Codes, strengths: Ints) -> Codes:
    """Keep the themes of which most is said in each text; of equal ones the earlier in the taxonomy."""
    crowded = np.flatnonzero((codes != Polarity.ABSENT).sum(axis=1) > MOST_THEMES)
    order = np.argsort(-strengths[crowded], axis=1, kind="stable")[:, MOST_THEMES:]
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
