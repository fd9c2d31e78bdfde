"""Themes of a comment and how it speaks of each: by phrases, by learned weights, by the sentiment of its clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.sentiment.model_sentiment import LearnedSentiment
from cxscan.classify.themes.clause_polarity import polarity_by_rules
from cxscan.classify.themes.learned_polarity import LearnedPolarity
from cxscan.classify.themes.reasons import explain_themes
from cxscan.classify.themes.scores import ThemeScorer
from cxscan.classify.themes.selection import ThemeSelector
from cxscan.model import SCORE_UNIT, Evidence, Polarity

if TYPE_CHECKING:
    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.sentiment.result import Sentiment
    from cxscan.classify.themes.reasons import Reason
    from cxscan.classify.themes.scores import ThemeScores
    from cxscan.classify.themes.selection import SelectedThemes
    from cxscan.classify.themes.taxonomy_phrases import FoundPhrases
    from cxscan.classify.themes.theme_index import ThemeIndex
    from cxscan.model import Bools, Codes, Ints, Tokens
    from cxscan.rules.theme_weights import ThemeWeights


class ThemeHits(NamedTuple):
    """`themes`: `Polarity` codes, texts by themes; `evidence`: what they rest on."""

    themes: Codes
    evidence: Evidence
    moods: Ints
    """The polarity of each whole text, in score units."""
    phrases: PhraseHits
    """Hits of phrases, before weights confirm or drop them."""
    scores: ThemeScores
    cut: Bools
    """Themes that were found and are left out of `themes`, because the text has the most that it can have."""


class ThemeClassifier:
    """Finds the themes of a taxonomy: by phrases, and by what was learned of those that the index has columns for.

    Without `learned_polarity`, with another sentiment than the learned one, or for a theme of the user's own, rules
    decide how it is spoken of.
    """

    def __init__(self, index: ThemeIndex, weights: ThemeWeights, *, learned_polarity: bool = True) -> None:
        self._index = index
        self._scorer, self._selector = ThemeScorer(weights), ThemeSelector(index, weights)
        self._polarity = LearnedPolarity(index, weights) if learned_polarity else None

    def classify(self, tokens: Tokens, sentiment: Sentiment, found: FoundPhrases) -> ThemeHits:
        """Find the themes of each text."""
        scores = self._scorer.score(tokens, found.features)
        selected = self._selector.select_themes(tokens, found, scores)
        hits = found.matches.add_ancestors(selected.hits)
        codes = self._polarities(tokens, hits, scores, sentiment, selected)
        evidence, moods = _evidence(hits, hits.texts(tokens), codes), sentiment.spoken.astype(np.int64)
        return ThemeHits(codes, evidence, moods, found.themes, scores, selected.cut)

    def reasons(self, themes: ThemeHits) -> list[Reason]:
        """Explain the learned themes of the only text of a batch: those it has, phrases found, or the limit cut."""
        by_phrases = np.isin(np.arange(len(self._index.columns)), themes.phrases.labels)
        asked = (themes.themes[0] != Polarity.ABSENT) | themes.cut[0] | by_phrases
        return explain_themes(self._index, themes.phrases, themes.scores, asked)

    def _polarities(
        self, tokens: Tokens, hits: PhraseHits, scores: ThemeScores, sentiment: Sentiment, selected: SelectedThemes
    ) -> Codes:
        """Return how each theme with hits is spoken of: by learning, or by rules where the user's phrases speak."""
        if self._polarity is None or not isinstance(sentiment, LearnedSentiment):
            return polarity_by_rules(tokens, hits, scores.sentences, sentiment, self._index)
        learned = self._polarity.classify(tokens, hits, scores, sentiment)
        by_learning = self._index.built_in & ~selected.from_user_phrases
        if by_learning.all():
            return learned
        codes = polarity_by_rules(tokens, hits, scores.sentences, sentiment, self._index)
        return np.where(by_learning, learned, codes)


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
