"""Answers that only name a thing ("Location"): themes without a side, unless the question of their column has one."""

from __future__ import annotations

from dataclasses import replace
from math import exp
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.arrays.columns import WordColumn, any_in, sums_in
from cxscan.model import INTENTS, SCORE_UNIT, Break, Polarity
from cxscan.rules.words import word_lists

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxscan.classify.sentiment.result import Sentiment
    from cxscan.classify.themes.theme_classifier import ThemeHits
    from cxscan.model import Bools, Tokens

QUESTION = 1.0
"""The part that the question of its column adds to the polarity of such an answer, upwards or downwards."""

LONGEST = 6
"""Words of such an answer."""

_SCORE = (exp(QUESTION) - exp(-QUESTION)) / (exp(QUESTION) + exp(-QUESTION) + 1)

_BETWEEN = frozenset("the a an of and or my your our their for in its customer public check out wi fi room tv".split())
_SIDELESS = frozenset("yes no nope yep yeah yup nah".split())
"""Answers to a question that is not known; what is asked for does not give them a side either."""

_THING, _JOINT, _ANSWER = 1, 2, 4
_PRAISE, _COMPLAINT = INTENTS.index("praise"), INTENTS.index("complaint")


class BatchFindings(NamedTuple):
    """Sentiment, themes and intents of a batch."""

    sentiment: Sentiment
    themes: ThemeHits
    intents: Bools


class Things:
    """Finds the answers that only name a thing, and takes their side from the question."""

    def __init__(self) -> None:
        things = frozenset(word for line in word_lists("things.txt") for word in line)

        def kinds(word: str) -> int:
            return _THING * (word in things) | _JOINT * (word in _BETWEEN) | _ANSWER * (word in _SIDELESS)

        self._kinds = WordColumn(kinds, np.uint8)

    def sides(self, tokens: Tokens, asked: NDArray[np.int8]) -> tuple[Bools, NDArray[np.int8]]:
        """Mark the texts that only name things, and the side of each, which is that of the question in `asked`."""
        kinds = np.asarray(self._kinds.values(tokens.vocabulary), np.uint8)[tokens.words]
        counts = np.diff(tokens.word_offsets)
        loud = any_in((tokens.breaks == Break.EXCLAMATION) | (tokens.breaks == Break.QUESTION), tokens.word_offsets)
        quiet = ~loud & (counts <= LONGEST)
        things = any_in(kinds == _THING, tokens.word_offsets) & (
            sums_in((kinds & (_THING | _JOINT)) > 0, tokens.word_offsets) == counts
        )
        answers = (counts == 1) & any_in(kinds == _ANSWER, tokens.word_offsets)
        return quiet & (things | answers), np.where(quiet & things, asked, 0).astype(np.int8)


def take_sides(
    tokens: Tokens, found: BatchFindings, only: Bools, sides: NDArray[np.int8], built_in: Bools
) -> BatchFindings:
    """Return the findings with the marked texts on their sides; of themes those that are `built_in`."""
    if not only.any():
        return found
    sentiment, themes = found.sentiment, found.themes
    scores = np.rint(sides * _SCORE * SCORE_UNIT).astype(np.int32)
    clauses = np.diff(tokens.text_clauses)
    shown = ~only[sentiment.evidence_texts]
    settled = replace(
        sentiment,
        texts=np.where(only, scores, sentiment.texts),
        clauses=np.where(np.repeat(only, clauses), np.repeat(scores, clauses), sentiment.clauses),
        signs=np.where(only, sides, sentiment.signs).astype(np.int8),
        polarities=np.where(only, sides * QUESTION, sentiment.polarities),
        evidence_texts=sentiment.evidence_texts[shown],
        evidence_words=sentiment.evidence_words[shown],
        evidence_weights=sentiment.evidence_weights[shown],
    )
    codes = np.array([Polarity.NEUTRAL, Polarity.POSITIVE, Polarity.NEGATIVE], np.uint8)[sides]
    kept = (themes.themes != Polarity.ABSENT) & only[:, None] & built_in
    intents = found.intents & ~only[:, None]
    intents[:, _PRAISE] |= only & (sides > 0)
    intents[:, _COMPLAINT] |= only & (sides < 0)
    return BatchFindings(settled, themes._replace(themes=np.where(kept, codes[:, None], themes.themes)), intents)
