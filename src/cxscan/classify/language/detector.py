"""Tokens → the language of each text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.arrays.columns import WordColumn, any_in, sums_in
from cxscan.classify.language.word_scores import WordScores

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Tokens

PRIOR = 4.6
"""Log-odds for English before a word is read: one comment in a hundred is in another language."""

RARER, FREQUENT = 1.0, frozenset("de es fr hi id it nl pt".split())
"""Log-odds against a language that is not among the frequent ones."""

ENGLISH_PART = 0.2
"""Share of a text's words from which on clauses that are English make it English."""

_SCRIPTS = (
    ("el", "Ͱ", "Ͽ"), ("ru", "Ѐ", "ԯ"), ("he", "֐", "׿"), ("ar", "؀", "ۿ"), ("hi", "ऀ", "ॿ"), ("bn", "ঀ", "৿"),
    ("ta", "஀", "௿"), ("te", "ఀ", "౿"), ("th", "฀", "๿"), ("ja", "぀", "ヿ"), ("ko", "가", "힯"), ("zh", "一", "鿿"),
)  # fmt: skip
"""Scripts, first and last character, and the language mostly written in them; kana before the signs they share."""

FOREIGN_SCRIPT = 0.5
"""Share of words in another script from which on a text is in its language."""


class Languages:
    """Finds the language of texts: English, unless the words of another outweigh it."""

    def __init__(self) -> None:
        self._scores = WordScores()
        self._priors = np.array([-PRIOR - RARER * (code not in FREQUENT) for code in self._scores.codes], np.float32)
        self._counted = WordColumn(_begins_with_letter, np.bool_)
        self._foreign_script = WordColumn(_is_foreign_script, np.bool_)
        self._bound = WordColumn(lambda word: round(10 * self._scores.bound(word)), np.int16)
        self._telling = WordColumn(self._scores.is_telling, np.bool_)

    def detect(self, tokens: Tokens, texts: Sequence[str]) -> list[str | None]:
        """ISO 639-1 code of each text's language; None for a text without letters."""
        lettered, scripted, bounds = (
            sums_in(np.asarray(column.values(tokens.vocabulary), np.int64)[tokens.words], tokens.word_offsets)
            for column in (self._counted, self._foreign_script, self._bound)
        )
        telling = np.asarray(self._telling.values(tokens.vocabulary), np.bool_)[tokens.words]
        languages: list[str | None] = ["en" if letters else None for letters in (lettered > 0).tolist()]
        in_script = (scripted > 0) & (scripted >= lettered * FOREIGN_SCRIPT)
        for row in np.flatnonzero(in_script).tolist():
            languages[row] = _of_script(texts[row])
        doubtful = any_in(telling, tokens.word_offsets) & (bounds > 10 * PRIOR) & ~in_script
        for row in np.flatnonzero(doubtful).tolist():
            languages[row] = self._outweighing(tokens, row)
        return languages

    def _outweighing(self, tokens: Tokens, row: int) -> str:
        """The language whose words outweigh those of English, or English."""
        words = self._words(tokens, *tokens.word_offsets[row : row + 2].tolist())
        odds = sum(map(self._scores.odds, dict.fromkeys(words)), self._priors)
        best = int(odds.argmax())
        return "en" if odds[best] <= 0 or self._has_english_part(tokens, row, best) else self._scores.codes[best]

    def _has_english_part(self, tokens: Tokens, row: int, number: int) -> bool:
        """Tell whether whole clauses are plain English beside that language: "Muchas gracias. Great support"."""
        parts = [
            self._words(tokens, *tokens.clause_offsets[clause : clause + 2].tolist())
            for clause in range(*tokens.text_clauses[row : row + 2].tolist())
        ]
        english = [part for part in parts if self._scores.are_english(part, number)]
        return sum(map(len, english)) > ENGLISH_PART * sum(map(len, parts))

    @staticmethod
    def _words(tokens: Tokens, start: int, end: int) -> list[str]:
        return [tokens.vocabulary.words[number] for number in tokens.words[start:end]]


def _of_script(text: str) -> str | None:
    return next((code for code, first, last in _SCRIPTS if any(first <= character <= last for character in text)), None)


def _begins_with_letter(word: str) -> bool:
    return word[:1].isalpha()


def _is_foreign_script(word: str) -> bool:
    return not word.isascii() and word[0].isalpha() and word[0] > "ɏ" and not "Ḁ" <= word[0] <= "ỿ"
