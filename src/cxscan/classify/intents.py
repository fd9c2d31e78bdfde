"""Intents of a comment: it praises, complains, suggests, asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.arrays.columns import any_in
from cxscan.classify.themes.evidence import UNIT
from cxscan.model import INTENTS, SCORE_UNIT, Break, Polarity

if TYPE_CHECKING:
    from cxscan.classify.arrays.row_runs import Rows
    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.sentiment.result import Sentiment
    from cxscan.classify.themes.taxonomy_phrases import FoundPhrases
    from cxscan.classify.themes.theme_classifier import ThemeHits
    from cxscan.classify.themes.theme_index import ThemeIndex
    from cxscan.model import Bools, Ids, Ints, Tokens
    from cxscan.rules.theme_weights import ThemeWeights

CERTAIN = 6 * UNIT
"""Log-odds of words count no further than this."""

MOOD = 500
"""Score units from which a mood is one."""

CLEAR_MOOD = 3_000
"""Score units from which a single clause is praise (if a theme is positive too) or a complaint."""

PRAISE, COMPLAINT, SUGGESTION, QUESTION = range(len(INTENTS))


class IntentClassifier:
    """Finds the intents: by what was learned, or by phrases, moods and question marks.

    `learned` is for scores by the learned sentiment. An intent whose built-in phrases were taken away goes without.
    """

    def __init__(self, index: ThemeIndex, weights: ThemeWeights, *, learned: bool = True) -> None:
        self._by_learning = index.learned_intents & learned
        self._learned = LearnedIntents(weights)

    def classify(self, tokens: Tokens, sentiment: Sentiment, themes: ThemeHits, found: FoundPhrases) -> Bools:
        """Mark the intents of each text, texts by `INTENTS`."""
        if not self._by_learning.any():
            return _by_rules(tokens, found.intents, sentiment, themes)
        features = mixed_features(tokens, found.themes, found.intents, sentiment.texts, sentiment.clauses)
        intents = self._learned.classify(themes.scores.margins, features) | found.user_intents
        if not self._by_learning.all():
            intents = np.where(self._by_learning, intents, _by_rules(tokens, found.intents, sentiment, themes))
        worded: Bools = np.diff(tokens.word_offsets) > 0
        return intents & worded[:, None]


class LearnedIntents:
    """Mixes what words say of each intent with phrases, question marks and sentiment. Whole numbers only."""

    def __init__(self, weights: ThemeWeights) -> None:
        self._mix = weights.arrays["intent_mix"].astype(np.int64)
        self._thresholds = weights.arrays["intent_thresholds"].astype(np.int64)

    def classify(self, margins: Rows, features: Ints) -> Bools:
        """Mark the intents of each text, texts by `INTENTS`.

        `margins` are those of `ThemeScores`, `features` those of `mixed_features`.
        """
        of_words = margins[:, : len(self._mix) - features.shape[1]]  # what was trained besides stands behind these
        intents: Bools = with_words(of_words, features) @ self._mix > self._thresholds
        return intents


def _by_rules(tokens: Tokens, hits: PhraseHits, sentiment: Sentiment, themes: ThemeHits) -> Bools:
    """Find intents by phrases, moods and question marks."""
    found = hits.cells(tokens, len(INTENTS))
    positive = np.isin(themes.themes, (Polarity.POSITIVE, Polarity.MIXED)).any(axis=1)
    negative = np.isin(themes.themes, (Polarity.NEGATIVE, Polarity.MIXED)).any(axis=1)
    clauses, of_texts = sentiment.clauses, tokens.text_clauses
    found[:, PRAISE] |= (themes.moods >= MOOD) | (positive & any_in(clauses >= CLEAR_MOOD, of_texts))
    negative &= ~found[:, SUGGESTION]  # what is asked for is lacking, which alone is no complaint
    found[:, COMPLAINT] |= (themes.moods <= -MOOD) | negative | any_in(clauses <= -CLEAR_MOOD, of_texts)
    found[:, QUESTION] |= _at_end(tokens.breaks == Break.QUESTION, tokens)
    return found


def with_words(margins: Rows, features: Ints) -> Ints:
    """Return all features of a text: what words say of each label first."""
    return np.concatenate([np.clip(margins, -CERTAIN, CERTAIN), features], axis=1)


def mixed_features(
    tokens: Tokens, themes: PhraseHits, intents: PhraseHits, text_scores: Ids, clause_scores: Ids
) -> Ints:
    """Return the features beside words: phrases, question marks and sentiment; texts by features, 1.0 as `UNIT`."""
    flags = np.zeros((len(tokens), len(INTENTS) + 5), np.bool_)
    flags[intents.texts(tokens), intents.labels] = True
    for column, sign in enumerate((-1, 1), start=len(INTENTS)):
        flags[themes.texts(tokens)[themes.signs == sign], column] = True
    asks = tokens.breaks == Break.QUESTION
    flags[:, -3] = any_in(asks, tokens.word_offsets)
    flags[:, -2] = _at_end(asks, tokens)
    flags[:, -1] = np.diff(tokens.word_offsets) > 0
    highest, lowest = _extremes(tokens, clause_scores)
    torn = np.minimum(highest, -lowest)
    scores = np.stack([text_scores, np.abs(text_scores), highest, lowest, torn], axis=1).astype(np.int64)
    return np.concatenate([flags * UNIT, scores * UNIT // SCORE_UNIT], axis=1)


def _at_end(flags: Bools, tokens: Tokens) -> Bools:
    """Mark the texts whose last word is flagged."""
    ends = tokens.word_offsets[1:]
    worded = ends > tokens.word_offsets[:-1]
    result = np.zeros(len(tokens), np.bool_)
    result[worded] = flags[ends[worded] - 1]
    return result


def _extremes(tokens: Tokens, clause_scores: Ids) -> tuple[Ints, Ints]:
    """Return the highest and the lowest score of a clause of each text, no lower and no higher than 0."""
    padded = np.append(clause_scores, 0).astype(np.int64)
    empty = np.diff(tokens.text_clauses) == 0
    highest = np.maximum.reduceat(padded, tokens.text_clauses[:-1]) if len(tokens) else padded[:0]
    lowest = np.minimum.reduceat(padded, tokens.text_clauses[:-1]) if len(tokens) else padded[:0]
    return np.where(empty, 0, np.maximum(highest, 0)), np.where(empty, 0, np.minimum(lowest, 0))
