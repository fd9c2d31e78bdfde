"""`cxscan` with nothing learned about themes, their polarity and the intents, to see what that costs.

Takes the arguments of `cxscan`. Works with `--workers 1` only: worker processes do not hear of it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

from cxscan import pipeline
from cxscan.classify.intents import IntentClassifier
from cxscan.classify.themes.clause_polarity import HitPlaces
from cxscan.classify.themes.evidence import Sentences
from cxscan.classify.themes.theme_classifier import ThemeClassifier, ThemeHits, _evidence

if TYPE_CHECKING:
    from cxscan.classify.sentiment.result import Sentiment
    from cxscan.model import Tokens
    from cxscan.rules.taxonomy import Taxonomy


class PhrasesAlone(ThemeClassifier):
    """Themes by phrases, polarity by rules."""

    def classify(self, tokens: Tokens, sentiment: Sentiment) -> ThemeHits:
        """Find the themes of each text."""
        hits = self._book.with_parents(tokens, self._book.find(tokens))
        codes = self._by_rules(tokens, hits, Sentences.split(tokens), sentiment)
        evidence = _evidence(hits, HitPlaces.locate(tokens, hits).texts, codes)
        return ThemeHits(codes, evidence, sentiment.spoken.astype(np.int64), hits, None)  # type: ignore[arg-type]  # nothing was weighed


class IntentsByRules(IntentClassifier):
    """Intents by phrases, moods and question marks."""

    def __init__(self, taxonomy: Taxonomy, **_: object) -> None:
        super().__init__(taxonomy, learned=False)


if __name__ == "__main__":
    pipeline.ThemeClassifier = PhrasesAlone  # type: ignore[misc]  # the line is to use it
    pipeline.IntentClassifier = IntentsByRules  # type: ignore[misc]  # likewise
    from cxscan.__main__ import run

    sys.exit(run())
