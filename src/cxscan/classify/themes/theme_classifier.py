"""Which themes a comment has, and how each is spoken of: by phrases, by what was learned, by its clauses' sentiment."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.phrases.hits import PhraseBook
from cxscan.classify.sentiment.model_sentiment import LearnedSentiment
from cxscan.classify.themes.clause_polarity import Moods, Places, sums
from cxscan.classify.themes.learned_polarity import LearnedPolarity
from cxscan.classify.themes.selection import LearnedThemes
from cxscan.classify.themes.trained_columns import read_columns
from cxscan.model import SCORE_UNIT, Evidence, Polarity
from cxscan.rules.theme_weights import theme_weights

if TYPE_CHECKING:
    from pathlib import Path

    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.sentiment.result import Sentiment
    from cxscan.classify.themes.evidence import Sentences
    from cxscan.classify.themes.reasons import Reason
    from cxscan.classify.themes.scores import Weighed
    from cxscan.model import Bools, Codes, Ints, Tokens
    from cxscan.rules.model_file import ThemeColumns
    from cxscan.rules.taxonomy import Taxonomy

PHRASE_SCORE = 5_000
"""What a phrase that carries its polarity says, in score units."""

PRIOR_TENTHS = 6
"""How much of its text's mood goes into the score of each match."""

MIXED_TENTHS = 2
"""A theme is mixed when the smaller of what clauses say for and against it reaches this many tenths of the larger."""

LACKING = -4_000
"""Mood, at most, of a clause that asks for something, in score units."""


class ThemeHits(NamedTuple):
    """`themes`: `Polarity` codes, texts by themes; `evidence`: what they rest on."""

    themes: Codes
    evidence: Evidence
    moods: Ints
    """How each text speaks on the whole, in score units."""
    phrases: PhraseHits
    """What the phrases found, before learning had its say."""
    weighed: Weighed
    cut: Bools
    """Themes that were found and are left out of `themes`, because the text has the most that it can have."""


def themes_sha256(taxonomy: Taxonomy, trained: ThemeColumns | None) -> str:
    """Hexadecimal digest of the taxonomy and of what was learned: one changed is another classifier."""
    also = "" if trained is None else f" {trained.sha256}"
    return sha256(f"{taxonomy.sha256} {theme_weights().sha256}{also}".encode()).hexdigest()


class ThemeClassifier:
    """Finds the themes of a taxonomy: by phrases, and for built-in themes by what was learned as well.

    Without `learned_polarity`, with another sentiment than the learned one, or for a theme of one's own, rules decide
    how it is spoken of.
    `model` is a file of what labels of one's own have taught.
    """

    def __init__(self, taxonomy: Taxonomy, *, learned_polarity: bool = True, model: Path | None = None) -> None:
        self._book = PhraseBook(taxonomy.themes)
        self._count = len(taxonomy.themes)
        trained = None if model is None else read_columns(model, taxonomy, theme_weights())
        self._learned = LearnedThemes(taxonomy, trained=trained)
        self._index = self._learned.index
        self._polarity = LearnedPolarity(self._index, theme_weights()) if learned_polarity else None
        self._plain = bool(self._index.built_in.all()) and not any(theme.parents for theme in taxonomy.themes)
        self.sha256 = themes_sha256(taxonomy, trained)

    def classify(self, tokens: Tokens, sentiment: Sentiment) -> ThemeHits:
        """Find the themes of each text."""
        hits = self._book.find(tokens)
        weighed = self._learned.weigh(tokens, hits)
        selected = self._learned.select_themes(tokens, hits, weighed)
        kept = self._book.with_parents(tokens, selected.hits)
        texts = Places.of(tokens, kept).texts
        codes = self._spoken(tokens, kept, weighed, sentiment, selected.from_user_phrases)
        evidence, moods = _evidence(kept, texts, codes), sentiment.spoken.astype(np.int64)
        return ThemeHits(codes, evidence, moods, hits, weighed, selected.cut)

    def reasons(self, found: ThemeHits) -> list[Reason]:
        """Why the only text of a batch has its themes, and why not those that only phrases found."""
        return self._learned.reasons(found.phrases, found.weighed, found.themes, found.cut)

    def _spoken(self, tokens: Tokens, hits: PhraseHits, weighed: Weighed, sentiment: Sentiment, own: Bools) -> Codes:
        """How each theme with hits is spoken of: by learning, but by rules where the analyst's own phrases speak."""
        if self._polarity is None or not isinstance(sentiment, LearnedSentiment):
            return self._by_rules(tokens, hits, weighed.sentences, sentiment)
        learned = self._polarity.classify(tokens, hits, weighed, sentiment)
        if self._plain and not own.any():
            return learned
        codes = self._by_rules(tokens, hits, weighed.sentences, sentiment)
        return np.where((codes != Polarity.ABSENT) & self._index.built_in & ~own, learned, codes)

    def _by_rules(self, tokens: Tokens, hits: PhraseHits, sentences: Sentences, sentiment: Sentiment) -> Codes:
        """How each theme with hits is spoken of: what its clauses say, added up."""
        places = Places.of(tokens, hits)
        moods = Moods.of(tokens, sentences, sentiment.clauses, sentiment.spoken)
        asking = places.clauses[(hits.labels == self._index.requests) & ~hits.open_ & (hits.signs == 0)]
        wanting = moods.clauses.copy()
        wanting[asking] = np.minimum(wanting[asking], LACKING)
        scores = np.where(hits.open_, wanting[places.clauses], hits.signs * PHRASE_SCORE)
        scores += np.where(hits.open_ | (hits.signs != 0), moods.texts[places.texts] * PRIOR_TENTHS // 10, 0)
        cells = places.texts * self._count + hits.labels
        codes = _polarities(*_by_clause(cells, places.clauses, scores), len(tokens) * self._count)
        return codes.reshape(-1, self._count)


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
