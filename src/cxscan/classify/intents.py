"""What a comment does: praises, complains, suggests, asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.phrase_book import PhraseBook
from cxscan.model import INTENTS, Break, Polarity

if TYPE_CHECKING:
    from cxscan.classify.themes import ThemeHits
    from cxscan.model import Bools, Ids, Tokens
    from cxscan.rules.taxonomy import Taxonomy

SAID = 500
"""Score units from which a mood is one."""

CLEARLY_SAID = 3_000
"""Score units from which a single clause is praise (if a theme is positive too) or a complaint."""

PRAISE, COMPLAINT, SUGGESTION, QUESTION = range(len(INTENTS))


class IntentClassifier:
    """Finds the intents: by the phrases of the taxonomy, by sentiment, by question marks."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._book = PhraseBook(taxonomy.intents)

    def classify(self, tokens: Tokens, clause_scores: Ids, themes: ThemeHits) -> Bools:
        """Whether each text has each intent, texts by `INTENTS`; clause scores are in score units."""
        found = np.zeros((len(tokens), len(INTENTS)), np.bool_)
        hits = self._book.find(tokens)
        found[np.searchsorted(tokens.word_offsets, hits.first_words, side="right") - 1, hits.labels] = True
        positive = np.isin(themes.themes, (Polarity.POSITIVE, Polarity.MIXED)).any(axis=1)
        negative = np.isin(themes.themes, (Polarity.NEGATIVE, Polarity.MIXED)).any(axis=1)
        found[:, PRAISE] |= (themes.moods >= SAID) | (positive & _any_clause(clause_scores >= CLEARLY_SAID, tokens))
        negative &= ~found[:, SUGGESTION]  # what is asked for is lacking, which alone is no complaint
        found[:, COMPLAINT] |= (themes.moods <= -SAID) | negative | _any_clause(clause_scores <= -CLEARLY_SAID, tokens)
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
