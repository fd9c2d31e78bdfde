"""A taxonomy's phrases in one book: its themes', those of built-in themes that it lacks, and its intents'."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.phrases.hits import PhraseBook, PhraseMatches, longest

if TYPE_CHECKING:
    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.classify.themes.theme_index import ThemeIndex
    from cxscan.model import Bools, Tokens
    from cxscan.rules.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class FoundPhrases:
    """Phrases found in a batch."""

    themes: PhraseHits
    features: PhraseHits
    """Those that learned weights count, labelled by the themes of the weights."""
    intents: PhraseHits
    user_themes: Bools
    """Flags of phrases of the user's own, texts by themes."""
    user_intents: Bools
    """The same, texts by intents."""
    matches: PhraseMatches
    """Every match; labels of themes are those of the taxonomy."""


class TaxonomyPhrases:
    """Looks for all phrases that a classifier needs, once for each batch."""

    def __init__(self, taxonomy: Taxonomy, index: ThemeIndex) -> None:
        self._count, self._intents = len(taxonomy.themes), len(taxonomy.intents)
        lacking = index.lacking
        features = [*index.shipped.tolist(), *lacking.tolist(), *[-1] * self._intents]
        self._feature_of = np.array(features, np.int64)
        """Theme of the weights for each label of the book."""
        self._has_all = not len(lacking)
        others = [replace(index.base[place], parents=()) for place in lacking.tolist()]
        base_intents = {intent.name: intent for intent in index.base_intents}
        before = [
            *(index.base[place] if place >= 0 else None for place in index.shipped.tolist()),
            *others,
            *(
                base_intents[intent.name] if learned else None
                for intent, learned in zip(taxonomy.intents, index.learned_intents.tolist(), strict=True)
            ),
        ]
        self._book = PhraseBook((*taxonomy.themes, *others, *taxonomy.intents), before)

    def find(self, tokens: Tokens) -> FoundPhrases:
        """Match the phrases, and tell the matches apart."""
        matches = self._book.match(tokens)
        counted, by_user = matches.counted(), matches.by_user()
        first_intent = len(self._feature_of) - self._intents
        intents = first_intent, len(self._feature_of)
        return FoundPhrases(
            themes=counted.between(0, self._count),
            features=self._features(counted if self._has_all else self._by_themselves(matches)),
            intents=counted.between(*intents),
            user_themes=by_user.between(0, self._count).cells(tokens, self._count),
            user_intents=by_user.between(*intents).cells(tokens, self._intents),
            matches=matches,
        )

    def _features(self, hits: PhraseHits) -> PhraseHits:
        labels = self._feature_of[hits.labels]
        return hits._replace(labels=labels).select(labels >= 0)

    def _by_themselves(self, matches: PhraseMatches) -> PhraseHits:
        """Return the hits of each theme without those of the themes within it."""
        unvetoed = matches.unvetoed()
        return longest(unvetoed.select(self._feature_of[unvetoed.labels] >= 0), matches.words)
