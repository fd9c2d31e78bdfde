"""Words and groups of letters of languages: written down by us (`foreign_words.txt`) and counted (`languages.npz`).

The [model card](../../../docs/model-card.md) names what was counted; `training/language.py` counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from cxscan.rules.weights import read_weights, weights_as_bytes
from cxscan.rules.words import word_lists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

KIND = "languages"

STEP = 16
"""Steps of a logarithm in which the file keeps probabilities."""

LOANS = "loan"
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """Languages with the Latin alphabet, and what is known of their words."""

    codes: tuple[str, ...]
    """ISO 639-1, English apart."""
    telling: Mapping[str, frozenset[str]]
    """By code, words that were written down."""
    loans: frozenset[str]
    """Words of English that others use too."""
    ranks: Mapping[str, Mapping[str, int]]
    """By code, English among them where it was counted: words by frequency, 0 the most frequent one."""
    unusual: frozenset[str]
    """Names, dishes and misspellings in English comments that look like words of another language."""
    groups: Mapping[str, int]
    """Row in `letters` of each group of three letters; a space stands for the end of a word."""
    letters: NDArray[np.float32]
    """Log-probability of a group's last letter after the others: groups by English and `codes`."""

    def listed(self) -> frozenset[str]:
        """The words on the list of any language but English."""
        counted = (ranks for code, ranks in self.ranks.items() if code != ENGLISH)
        return frozenset().union(*self.telling.values(), *counted)


@cache
def language_words() -> LanguageWords:
    """Load both."""
    listed = {code: frozenset(words) for code, *words in word_lists("foreign_words.txt")}
    loans = listed.pop(LOANS)
    counted = read_weights(files("cxscan.rules").joinpath("languages.npz"), kind=KIND)
    texts = {name: array.tobytes().decode() for name, array in counted.arrays.items() if name != "letters"}
    _, *codes = texts["languages"].split()
    groups = texts["groups"].split("\n")
    letters: NDArray[np.float32] = counted.arrays["letters"].astype(np.float32) / np.float32(-STEP)
    return LanguageWords(
        codes=tuple(codes),
        telling=listed,
        loans=loans,
        ranks={
            code: dict(zip(words, range(len(words)), strict=True))
            for code, *words in map(str.split, texts["words"].splitlines())
        },
        unusual=frozenset(texts["unusual"].split()),
        groups=dict(zip(groups, range(len(groups)), strict=True)),
        letters=letters,
    )


def language_file(
    codes: tuple[str, ...],
    words: Mapping[str, list[str]],
    unusual: list[str],
    letters: Mapping[str, NDArray[np.float64]],
) -> bytes:
    """The file `languages.npz`; `letters` are log-probabilities by group; English is the first of the `codes`."""
    texts = {
        "languages": " ".join(codes),
        "words": "\n".join(f"{code} {' '.join(of_language)}" for code, of_language in words.items()),
        "unusual": " ".join(unusual),
        "groups": "\n".join(letters),
    }
    arrays = {name: np.frombuffer(text.encode(), np.uint8) for name, text in texts.items()}
    table = np.clip(np.rint(np.stack([*letters.values()]) * -STEP), 0, 255).astype(np.uint8)
    facts = {"sources": "langdetect 1.0.9 (Apache-2.0), pyspellchecker 0.9.1 (MIT), public sets of docs/word-list.md"}
    return weights_as_bytes(KIND, {**arrays, "letters": table}, facts)
