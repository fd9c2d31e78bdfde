"""Tokens → the language of each text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.arrays.columns import WordColumn, sums_in
from cxscan.rules.words import function_words, known_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Tokens

DOUBTFUL_SHARE = 0.5
"""Share of known words under which the language of a text is looked at."""

FEWEST_WORDS = 3
"""A text of fewer words of Latin letters is taken for English: names and misspellings are no language."""

GIVEN_AWAY = 2
"""Function words of another language that settle it."""

_SCRIPTS = (
    ("el", "Ͱ", "Ͽ"), ("ru", "Ѐ", "ԯ"), ("he", "֐", "׿"), ("ar", "؀", "ۿ"), ("hi", "ऀ", "ॿ"), ("bn", "ঀ", "৿"),
    ("ta", "஀", "௿"), ("te", "ఀ", "౿"), ("th", "฀", "๿"), ("ja", "぀", "ヿ"), ("ko", "가", "힯"), ("zh", "一", "鿿"),
)  # fmt: skip
"""Scripts, first and last character, and the language mostly written in them; kana before the signs they share."""


class Languages:
    """Finds the language of texts: the share of known words, then what gives others away, then py3langid."""

    def __init__(self) -> None:
        self._known = WordColumn(known_words().__contains__, np.uint8)
        self._counted = WordColumn(_is_lettered, np.uint8)
        self._foreign_script = WordColumn(_is_foreign_script, np.uint8)

    def detect(self, tokens: Tokens, texts: Sequence[str]) -> list[str | None]:
        """ISO 639-1 code of each text's language; None for a text without letters, or in a language without a code."""
        counted, known, foreign = (
            sums_in(np.asarray(column.values(tokens.vocabulary), np.int64)[tokens.words], tokens.word_offsets)
            for column in (self._counted, self._known, self._foreign_script)
        )
        languages: list[str | None] = ["en" if lettered else None for lettered in (counted > 0).tolist()]
        doubtful = (known < counted * DOUBTFUL_SHARE) & ((counted >= FEWEST_WORDS) | (foreign > 0))
        words = tokens.vocabulary.words
        for row in np.flatnonzero(doubtful).tolist():
            numbers = tokens.words[tokens.word_offsets[row] : tokens.word_offsets[row + 1]]
            languages[row] = _looked_at([words[number] for number in numbers], texts[row])
        return languages


def _looked_at(words: list[str], text: str) -> str | None:
    """The language of a text that does not look English."""
    if any(map(_is_foreign_script, words)):
        for code, first, last in _SCRIPTS:
            if any(first <= character <= last for character in text):
                return code
    counts = sorted(
        ((sum(word in known for word in words), code) for code, known in function_words().items()), reverse=True
    )
    (most, code), (next_most, _) = counts[:2]
    return code if most >= GIVEN_AWAY and most > next_most else _identified(text)


def _identified(text: str) -> str | None:
    from py3langid import classify

    language, _ = classify(text)
    return str(language) if len(language) == 2 else None


def _is_lettered(word: str) -> bool:
    return word[:1].isalpha()


def _is_foreign_script(word: str) -> bool:
    return not word.isascii() and word[0].isalpha() and word[0] > "ɏ"
