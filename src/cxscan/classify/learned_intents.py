"""Intents by learning: what words say of each, mixed with phrases, question marks and sentiment. Whole numbers only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.arrays.word_columns import any_in
from cxscan.classify.themes.evidence import UNIT
from cxscan.model import INTENTS, SCORE_UNIT, Break

if TYPE_CHECKING:
    from cxscan.classify.arrays.row_runs import Rows
    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.model import Bools, Ids, Ints, Tokens
    from cxscan.rules.theme_weights import ThemeWeights

CERTAIN = 6 * UNIT
"""What words say counts no further than this."""


class LearnedIntents:
    """Mixes what words say with all else."""

    def __init__(self, weights: ThemeWeights) -> None:
        self._mix = weights.arrays["intent_mix"].astype(np.int64)
        self._thresholds = weights.arrays["intent_thresholds"].astype(np.int64)

    def classify(self, margins: Rows, features: Ints) -> Bools:
        """Whether each text has each intent, texts by `INTENTS`.

        `margins` are those of `LearnedThemes.margins`, `features` those of `mixed_features`.
        """
        of_words = margins[:, : len(self._mix) - features.shape[1]]  # what was trained besides stands behind these
        found: Bools = with_words(of_words, features) @ self._mix > self._thresholds
        return found


def with_words(margins: Rows, features: Ints) -> Ints:
    """All features of a text: what words say of each label first."""
    return np.concatenate([np.clip(margins, -CERTAIN, CERTAIN), features], axis=1)


def mixed_features(
    tokens: Tokens, themes: PhraseHits, intents: PhraseHits, text_scores: Ids, clause_scores: Ids
) -> Ints:
    """What says something of the intents beside words, texts by features, 1.0 as `UNIT`."""
    flags = np.zeros((len(tokens), len(INTENTS) + 5), np.bool_)
    flags[_texts(tokens, intents), intents.labels] = True
    for column, sign in enumerate((-1, 1), start=len(INTENTS)):
        flags[_texts(tokens, themes)[themes.signs == sign], column] = True
    asks = tokens.breaks == Break.QUESTION
    flags[:, -3] = any_in(asks, tokens.word_offsets)
    flags[:, -2] = _last(asks, tokens)
    flags[:, -1] = np.diff(tokens.word_offsets) > 0
    highest, lowest = _extremes(tokens, clause_scores)
    torn = np.minimum(highest, -lowest)
    scores = np.stack([text_scores, np.abs(text_scores), highest, lowest, torn], axis=1).astype(np.int64)
    return np.concatenate([flags * UNIT, scores * UNIT // SCORE_UNIT], axis=1)


def _texts(tokens: Tokens, hits: PhraseHits) -> Ints:
    return np.searchsorted(tokens.word_offsets, hits.first_words, side="right") - 1


def _last(flags: Bools, tokens: Tokens) -> Bools:
    """Whether the last word of each text is flagged."""
    ends = tokens.word_offsets[1:]
    worded = ends > tokens.word_offsets[:-1]
    result = np.zeros(len(tokens), np.bool_)
    result[worded] = flags[ends[worded] - 1]
    return result


def _extremes(tokens: Tokens, clause_scores: Ids) -> tuple[Ints, Ints]:
    """The highest and the lowest score of a clause of each text, no lower and no higher than 0."""
    padded = np.append(clause_scores, 0).astype(np.int64)
    empty = np.diff(tokens.text_clauses) == 0
    highest = np.maximum.reduceat(padded, tokens.text_clauses[:-1]) if len(tokens) else padded[:0]
    lowest = np.minimum.reduceat(padded, tokens.text_clauses[:-1]) if len(tokens) else padded[:0]
    return np.where(empty, 0, np.maximum(highest, 0)), np.where(empty, 0, np.minimum(lowest, 0))
