"""Polarity of a theme by rules: the moods of the clauses of its matches, added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.arrays.columns import owners
from cxscan.model import SCORE_UNIT, Polarity

if TYPE_CHECKING:
    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.sentiment.result import Sentiment
    from cxscan.classify.themes.evidence import Sentences
    from cxscan.classify.themes.theme_index import ThemeIndex
    from cxscan.model import Codes, Ids, Ints, Tokens

NEUTRAL_BELOW = 500
"""A clause whose mood is nearer to 0 than this many score units says nothing; its sentence or text speaks for it."""

PHRASE_SCORE = 5_000
"""Score of a phrase that carries its polarity, in score units."""

PRIOR_TENTHS = 6
"""Tenths of its text's mood that go into the score of each match."""

MIXED_TENTHS = 2
"""A theme is mixed when the smaller of what clauses say for and against it reaches this many tenths of the larger."""

LACKING = -4_000
"""Mood, at most, of a clause that asks for something, in score units."""


class HitPlaces(NamedTuple):
    """Clause and text of each match."""

    clauses: Ints
    texts: Ints

    @classmethod
    def locate(cls, tokens: Tokens, hits: PhraseHits) -> HitPlaces:
        """A match that passes the end of a clause counts for the clause in which it begins."""
        clauses = owners(tokens.clause_offsets, hits.first_words)
        return cls(clauses, owners(tokens.text_clauses, clauses))


class Moods(NamedTuple):
    """Moods of clauses and texts, in score units."""

    clauses: Ints
    texts: Ints

    @classmethod
    def from_scores(cls, tokens: Tokens, sentences: Sentences, clause_scores: Ids, text_scores: Ids) -> Moods:
        """The scores; a silent clause takes its sentence's mood, then its text's."""
        texts, clauses = text_scores.astype(np.int64), clause_scores.astype(np.int64)
        around = sentences.of_words[tokens.clause_offsets[:-1]]
        whole = sums(around, clauses, len(clauses))[around]
        clauses = np.where(np.abs(clauses) < NEUTRAL_BELOW, whole, clauses)
        clauses = np.where(clauses == 0, np.repeat(texts, np.diff(tokens.text_clauses)), clauses)
        return cls(np.clip(clauses, -SCORE_UNIT, SCORE_UNIT), texts)


def sums(places: Ints, values: Ints, count: int) -> Ints:
    """Whole sums of the values that fall on each place; exact, since they stay far below 2 ** 53."""
    return np.bincount(places, values, count).astype(np.int64)


def polarity_by_rules(
    tokens: Tokens, hits: PhraseHits, sentences: Sentences, sentiment: Sentiment, index: ThemeIndex
) -> Codes:
    """Return `Polarity` codes, texts by themes; absent where a theme has no hit."""
    count = len(index.shipped)
    places = HitPlaces.locate(tokens, hits)
    moods = Moods.from_scores(tokens, sentences, sentiment.clauses, sentiment.spoken)
    from_clause = hits.polarity_from_clause
    requests = places.clauses[(hits.labels == index.requests) & ~from_clause & (hits.signs == 0)]
    of_clauses = moods.clauses.copy()
    of_clauses[requests] = np.minimum(of_clauses[requests], LACKING)
    scores = np.where(from_clause, of_clauses[places.clauses], hits.signs * PHRASE_SCORE)
    scores += np.where(from_clause | (hits.signs != 0), moods.texts[places.texts] * PRIOR_TENTHS // 10, 0)
    cells = places.texts * count + hits.labels
    codes = _polarities(*_by_clause(cells, places.clauses, scores), len(tokens) * count)
    return codes.reshape(-1, count)


def _by_clause(cells: Ints, clauses: Ints, scores: Ints) -> tuple[Ints, Ints]:
    """Cell and score of the strongest match of each theme in each clause; of equally strong ones the negative."""
    order = np.lexsort((scores, -np.abs(scores), clauses, cells))
    cells, clauses = cells[order], clauses[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (np.diff(cells) != 0) | (np.diff(clauses) != 0)
    return cells[first], scores[order][first]


def _polarities(cells: Ints, scores: Ints, count: int) -> Codes:
    """Polarity code of each cell from the scores of its clauses."""
    upwards = sums(cells, np.maximum(scores, 0), count)
    downwards = sums(cells, np.maximum(-scores, 0), count)
    codes = np.where(np.bincount(cells, minlength=count) > 0, Polarity.NEUTRAL, Polarity.ABSENT)
    codes = np.where(upwards > downwards, Polarity.POSITIVE, codes)
    codes = np.where(upwards < downwards, Polarity.NEGATIVE, codes)
    smaller, larger = np.minimum(upwards, downwards), np.maximum(upwards, downwards)
    mixed = (smaller > 0) & (smaller * 10 >= larger * MIXED_TENTHS)
    return np.where(mixed, Polarity.MIXED, codes).astype(np.uint8)
