"""Log-odds of a word in each language against English: by lists of words, else by its letters."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np

from cxscan.rules.language_words import ENGLISH, language_words
from cxscan.rules.words import known_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Odds = NDArray[np.float32]

LISTED = 6.5
"""Of a word that is on the list of a language and no word of English; no word says more."""

AMBIGUOUS = 3.3
"""The most that a word of English can say for another language whose list has it as well."""

MARKED, UNLISTED, UNUSUAL = 6.0, 4.0, 1.5
"""The most that the letters of a word say: of one with an accent, of another, of one met in English comments."""

LONG = 9
"""Letters from which on a word says as much as one with an accent."""

ENGLISH_WORD, LOAN = -2.2, -0.5
"""Of a word of English that the list of a language lacks."""

LETTERS_COUNT = 0.6
"""Weight of the log-odds of letters: those of a word depend on each other."""

FUNCTION_WORD, FUNCTION_WORDS = -3.5, 60
"""Of the most frequent words of English: a sentence of another language borrows nouns, not these."""

SHORTEST = 3
"""Letters from which on a word that is listed says so much."""

_TELLING_RANK = -1
_LISTED_RANK = 45
_RARE_RANK = 9_000
_NEW_IN_ENGLISH, _NEW_ELSEWHERE, _NEW_TO_LONG_LIST = -4.0, -0.9, -2.3
"""Log-probabilities of a word that no list has: known_words is long, the lists of other languages are not."""


class WordScores:
    """Scores words, each once."""

    def __init__(self) -> None:
        self._words = language_words()
        self._known = known_words()
        self._scores: dict[str, Odds] = {}
        self.codes = self._words.codes
        self._new = np.array(
            [_NEW_TO_LONG_LIST if code in self._words.ranks else _NEW_ELSEWHERE for code in self.codes], np.float32
        )
        self._listed = self._words.listed()
        self._unseen: Odds = self._words.letters.min(axis=0)

    def bound(self, word: str) -> float:
        """The most that a word can say for any language; a score is never above it."""
        if not is_lettered(word):
            return 0.0
        if word in self._known:
            return AMBIGUOUS if word in self._listed else LOAN if word in self._words.loans else ENGLISH_WORD
        if word in self._listed:
            return LISTED
        if word in self._words.unusual:
            return UNUSUAL
        return MARKED if _is_marked(word) else UNLISTED

    def is_telling(self, word: str) -> bool:
        """Tell whether a word alone can speak for another language: listed or accented, and no word of English."""
        if word in self._known or len(word) < SHORTEST or not is_lettered(word):
            return False
        return word in self._listed or (not word.isascii() and word not in self._words.unusual)

    def are_english(self, words: Sequence[str], number: int) -> bool:
        """Tell whether words are English, and not all of them such as the language with that number uses too."""
        odds = [self.odds(word)[number] for word in words]
        return all(word in self._known for word in words) and max(odds) <= LOAN and min(odds) <= ENGLISH_WORD

    def odds(self, word: str) -> Odds:
        """Log-odds of the word in each of `codes` against English."""
        if word not in self._scores:
            found = self._known_word(word) if word in self._known else self._other_word(word)
            self._scores[word] = found if is_lettered(word) else np.zeros(len(self.codes), np.float32)
        return self._scores[word]

    def _known_word(self, word: str) -> Odds:
        rank = self._words.ranks[ENGLISH].get(word, _RARE_RANK)
        missing = LOAN if word in self._words.loans else FUNCTION_WORD if rank < FUNCTION_WORDS else ENGLISH_WORD
        odds = np.full(len(self.codes), missing, np.float32)
        for number, other in self._ranks(word):
            odds[number] = max(missing, min(AMBIGUOUS, _by_rank(other) - _by_rank(rank)))
        return odds

    def _other_word(self, word: str) -> Odds:
        letters = self._letters(word)
        is_unusual, most = word in self._words.unusual, MARKED if _is_marked(word) else UNLISTED
        english = float(_NEW_IN_ENGLISH + letters[0] + (UNLISTED if is_unusual else 0))
        odds: Odds = np.clip(self._new + letters[1:] - english, -most, UNUSUAL if is_unusual else most)
        for number, rank in self._ranks(word):
            likelier = LISTED if rank == _TELLING_RANK else max(0.0, min(LISTED, _by_rank(rank) - english))
            odds[number] = likelier if len(word) >= SHORTEST or _is_marked(word) else min(AMBIGUOUS, likelier)
        return odds

    def _ranks(self, word: str) -> Iterator[tuple[int, int]]:
        """Yield the languages that list a word, as places in `codes`, and its rank in each."""
        if word in self._listed:
            for number, code in enumerate(self.codes):
                if word in self._words.telling.get(code, ()):
                    yield number, _TELLING_RANK
                elif (rank := self._words.ranks.get(code, {}).get(word)) is not None:
                    yield number, rank

    def _letters(self, word: str) -> Odds:
        """Weighted log-probability of the word's letters: English, then each of `codes`."""
        padded, groups = f" {word} ", self._words.groups
        rows = [groups.get(padded[at : at + 3], -1) for at in range(len(padded) - 2)]
        known = [row for row in rows if row >= 0]
        missing = self._unseen * (len(rows) - len(known))
        total: Odds = (self._words.letters[known].sum(axis=0) + missing) * LETTERS_COUNT
        return total


def is_lettered(word: str) -> bool:
    """Tell whether a word is of letters."""
    return word.replace("'", "").isalpha()


def _is_marked(word: str) -> bool:
    return not word.isascii() or len(word) >= LONG


def _by_rank(rank: int) -> float:
    """Log-probability of the word with that rank in a language (Zipf's law)."""
    return -log(max(rank, _LISTED_RANK) + 10) - 2
