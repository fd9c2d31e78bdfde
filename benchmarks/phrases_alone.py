"""`cxscan` with nothing learned about themes, their polarity and the intents, to see what that costs.

Takes the arguments of `cxscan`. Works with `--workers 1` only: worker processes do not hear of it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.intents import IntentClassifier
from cxscan.classify.themes.clause_polarity import polarity_by_rules
from cxscan.classify.themes.evidence import Sentences
from cxscan.classify.themes.theme_classifier import ThemeClassifier, ThemeHits, _evidence
from cxscan.runs import classifier

if TYPE_CHECKING:
    from cxscan.classify.sentiment.result import Sentiment
    from cxscan.classify.themes.taxonomy_phrases import FoundPhrases
    from cxscan.classify.themes.theme_index import ThemeIndex
    from cxscan.model import Tokens
    from cxscan.rules.theme_weights import ThemeWeights


class PhrasesAlone(ThemeClassifier):
    """Themes by phrases, polarity by rules."""

    def __init__(self, index: ThemeIndex, _weights: ThemeWeights, **_: object) -> None:
        self._index = index

    def classify(self, tokens: Tokens, sentiment: Sentiment, found: FoundPhrases) -> ThemeHits:
        """Find the themes of each text."""
        hits = found.matches.add_ancestors(found.themes)
        codes = polarity_by_rules(tokens, hits, Sentences.split(tokens), sentiment, self._index)
        evidence, moods = _evidence(hits, hits.texts(tokens), codes), sentiment.spoken.astype(np.int64)
        nothing_cut = np.zeros(codes.shape, np.bool_)
        return ThemeHits(codes, evidence, moods, hits, None, nothing_cut)  # type: ignore[arg-type]  # nothing is scored


class IntentsByRules(IntentClassifier):
    """Intents by phrases, moods and question marks."""

    def __init__(self, index: ThemeIndex, weights: ThemeWeights, **_: object) -> None:
        super().__init__(index, weights, learned=False)


if __name__ == "__main__":
    classifier.ThemeClassifier = PhrasesAlone  # type: ignore[misc]  # the classifier is to use it
    classifier.IntentClassifier = IntentsByRules  # type: ignore[misc]  # likewise
    from cxscan.__main__ import run

    sys.exit(run())
