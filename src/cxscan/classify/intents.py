"""What a comment does: praises, complains, suggests, asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.learned_intents import LearnedIntents, mixed_features
from cxscan.classify.phrases.hits import PhraseBook
from cxscan.classify.phrases.user_phrases import OwnPhrases
from cxscan.model import INTENTS, Break, Polarity
from cxscan.rules.taxonomy import built_in
from cxscan.rules.theme_weights import theme_weights

if TYPE_CHECKING:
    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.sentiment.result import Sentiment
    from cxscan.classify.themes.theme_classifier import ThemeHits
    from cxscan.model import Bools, Tokens
    from cxscan.rules.taxonomy import Taxonomy

SAID = 500
"""Score units from which a mood is one."""

CLEARLY_SAID = 3_000
"""Score units from which a single clause is praise (if a theme is positive too) or a complaint."""

PRAISE, COMPLAINT, SUGGESTION, QUESTION = range(len(INTENTS))


class IntentClassifier:
    """Finds the intents: by what was learned, or by phrases, moods and question marks.

    `learned` is for scores by the learned sentiment. An intent whose built-in phrases were taken away goes without.
    """

    def __init__(self, taxonomy: Taxonomy, *, learned: bool = True) -> None:
        self._book = PhraseBook(taxonomy.intents)
        self._own = OwnPhrases(taxonomy.intents, built_in().intents)
        self._learned = LearnedIntents(theme_weights()) if learned else None

    def classify(self, tokens: Tokens, sentiment: Sentiment, themes: ThemeHits) -> Bools:
        """Whether each text has each intent, texts by `INTENTS`."""
        hits = self._book.find(tokens)
        if self._learned is None:
            return _by_rules(tokens, hits, sentiment, themes)
        features = mixed_features(tokens, themes.phrases, hits, sentiment.texts, sentiment.clauses)
        found = self._learned.classify(themes.weighed.margins, features) | self._own.found(tokens)
        if not self._own.known.all():
            found = np.where(self._own.known, found, _by_rules(tokens, hits, sentiment, themes))
        worded: Bools = np.diff(tokens.word_offsets) > 0
        return found & worded[:, None]


def _by_rules(tokens: Tokens, hits: PhraseHits, sentiment: Sentiment, themes: ThemeHits) -> Bools:
    found = np.zeros((len(tokens), len(INTENTS)), np.bool_)
    found[np.searchsorted(tokens.word_offsets, hits.first_words, side="right") - 1, hits.labels] = True
    positive = np.isin(themes.themes, (Polarity.POSITIVE, Polarity.MIXED)).any(axis=1)
    negative = np.isin(themes.themes, (Polarity.NEGATIVE, Polarity.MIXED)).any(axis=1)
    clauses = sentiment.clauses
    found[:, PRAISE] |= (themes.moods >= SAID) | (positive & _any_clause(clauses >= CLEARLY_SAID, tokens))
    negative &= ~found[:, SUGGESTION]  # what is asked for is lacking, which alone is no complaint
    found[:, COMPLAINT] |= (themes.moods <= -SAID) | negative | _any_clause(clauses <= -CLEARLY_SAID, tokens)
    found[:, QUESTION] |= _ends_in_question(tokens)
    return found


def _any_clause(flags: Bools, tokens: Tokens) -> Bools:
    """Whether any clause of each text is flagged."""
    total = np.zeros(len(flags) + 1, np.int64)
    np.cumsum(flags, out=total[1:])
    counts = total[tokens.text_clauses]
    result: Bools = counts[1:] > counts[:-1]
    return result


def _ends_in_question(tokens: Tokens) -> Bools:
    """Whether the last sentence of each text ends in a question mark."""
    ends = tokens.word_offsets[1:]
    result = np.zeros(len(tokens), np.bool_)
    worded = ends > tokens.word_offsets[:-1]
    result[worded] = tokens.breaks[ends[worded] - 1] == Break.QUESTION
    return result
