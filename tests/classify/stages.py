"""The stages of a classifier with one taxonomy, to be looked at one by one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cxscan.classify.intents import IntentClassifier
from cxscan.classify.sentiment.model_sentiment import ModelSentiment
from cxscan.classify.themes.scores import ThemeScorer
from cxscan.classify.themes.selection import ThemeSelector
from cxscan.classify.themes.taxonomy_phrases import TaxonomyPhrases
from cxscan.classify.themes.theme_classifier import ThemeClassifier
from cxscan.classify.themes.theme_index import ThemeIndex
from cxscan.rules.model_file import shipped_sentiment
from cxscan.rules.taxonomy import built_in
from cxscan.rules.theme_weights import theme_weights

if TYPE_CHECKING:
    import numpy as np

    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.sentiment.result import Sentiment
    from cxscan.classify.themes.scores import ThemeScores
    from cxscan.classify.themes.selection import SelectedThemes
    from cxscan.classify.themes.theme_classifier import ThemeHits
    from cxscan.model import Tokens
    from cxscan.rules.taxonomy import Taxonomy


@cache
def model_sentiment() -> ModelSentiment:
    return ModelSentiment(shipped_sentiment())


class Stages:
    """Phrases, scores, selection, themes and intents; `hits` are what its phrases find."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        weights = theme_weights()
        self.index = ThemeIndex.build(taxonomy, weights)
        self.phrases = TaxonomyPhrases(taxonomy, self.index)
        self.scorer, self.selector = ThemeScorer(weights), ThemeSelector(self.index, weights)
        self.theme_classifier = ThemeClassifier(self.index, weights)
        self.intent_classifier = IntentClassifier(self.index, weights)

    def hits(self, tokens: Tokens) -> PhraseHits:
        return self.phrases.find(tokens).themes

    def scores(self, tokens: Tokens) -> ThemeScores:
        return self.scorer.score(tokens, self.phrases.find(tokens).features)

    def selected(self, tokens: Tokens) -> SelectedThemes:
        return self.selector.select_themes(tokens, self.phrases.find(tokens), self.scores(tokens))

    def themes(self, tokens: Tokens, sentiment: Sentiment) -> ThemeHits:
        return self.theme_classifier.classify(tokens, sentiment, self.phrases.find(tokens))

    def intents(self, tokens: Tokens, sentiment: Sentiment) -> np.ndarray:
        themes = self.themes(tokens, sentiment)
        return self.intent_classifier.classify(tokens, sentiment, themes, self.phrases.find(tokens))


@cache
def built_in_stages() -> Stages:
    return Stages(built_in())
