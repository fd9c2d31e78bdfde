"""Terms of clauses: words and pairs of words that name something, and the comments in which they stand.

Whole counts only: no library's arithmetic, number of threads or order of rows can change a term.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Bools, Ints, Tokens

FEWEST = 5
"""A term stands in at least so many comments."""

MOST_TERMS = 400
"""Of more terms, the most frequent are taken."""

OWNED_TENTHS = 8
"""A word that stands in one pair so many times in ten is left to the pair: "dark mode", not "dark"."""

_NAME = re.compile(r"[^\W\d_]{2,}(?:'[^\W\d_]+)?")
_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))
_NO_PLURALS = ("ss", "us", "is")


@cache
def generic_words() -> frozenset[str]:
    """Words that stand in comments about anything."""
    text = files("cxscan.rules").joinpath("generic_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@dataclass(frozen=True, slots=True)
class TermTexts:
    """TermTexts, the most frequent first, and the texts in whose unthemed clauses each stands.

    `offsets` has one entry more than there are terms: term `i` stands in `texts[offsets[i]:offsets[i + 1]]`.
    """

    forms: tuple[tuple[str, ...], ...]
    """The spellings of each term, the most frequent first; singular and plural are one term."""
    texts: Ints
    offsets: Ints

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def counts(self) -> Ints:
        """In how many texts each term stands."""
        return np.diff(self.offsets)

    def of(self, term: int) -> Ints:
        """The texts in whose unthemed clauses a term stands, in order."""
        return self.texts[self.offsets[term] : self.offsets[term + 1]]


def telling_terms(tokens: Tokens, unthemed: Bools, *, fewest: int = FEWEST, most: int = MOST_TERMS) -> TermTexts:
    """TermTexts that stand in unthemed clauses (one truth value a clause) of at least `fewest` texts.

    What is more frequent in clauses that are not unthemed belongs to their themes, and is left out.
    """
    names = _names(tokens)
    found = _found(tokens, names, _singulars(tokens.vocabulary.words, names))
    kept, pairs = _telling(found, unthemed, fewest, len(tokens.vocabulary.words))
    forms = _forms(found, unthemed, kept, tokens.vocabulary.words)
    order = sorted(range(len(kept)), key=lambda place: (-len(pairs[place]), forms[place]))[:most]
    texts = [pairs[place] for place in order]
    offsets = np.cumsum([0, *map(len, texts)])
    joined = np.concatenate(texts) if texts else np.zeros(0, np.int64)
    return TermTexts(tuple(forms[place] for place in order), joined, offsets.astype(np.int64))


class _Found(NamedTuple):
    """Each place where a term stands. A key holds two word numbers, the second 0 for a single word."""

    keys: Ints
    """Words as singulars."""
    written: Ints
    """Words as they stand."""
    clauses: Ints
    texts: Ints


def _names(tokens: Tokens) -> Bools:
    """Flag the words of the vocabulary that can name something."""
    words, generic = tokens.vocabulary.words, generic_words()
    names = np.zeros(len(words), np.bool_)
    for word in np.unique(tokens.words).tolist():
        names[word] = words[word] not in generic and _NAME.fullmatch(words[word]) is not None
    return names


def _singulars(words: Sequence[str], names: Bools) -> Ints:
    """Number of the singular of each word, where that is used too; else of the word itself."""
    numbers = {words[number]: number for number in np.flatnonzero(names).tolist()}
    singulars = np.arange(len(words))
    for word, number in numbers.items():
        for ending, instead in _PLURALS:
            singular = word.removesuffix(ending) + instead
            if word.endswith(ending) and not word.endswith(_NO_PLURALS) and singular in numbers:
                singulars[number] = numbers[singular]
                break
    return singulars


def _found(tokens: Tokens, names: Bools, singulars: Ints) -> _Found:
    """Each naming word, and each two of them that stand together in one clause."""
    words, size = tokens.words.astype(np.int64), len(names)
    clauses = np.repeat(np.arange(len(tokens.clause_offsets) - 1), np.diff(tokens.clause_offsets))
    texts = np.repeat(np.arange(len(tokens)), np.diff(tokens.word_offsets))
    single = np.flatnonzero(names[words])
    first = single[:-1][np.diff(single) == 1]
    first = first[clauses[first] == clauses[first + 1]]
    places = np.concatenate([single, first])
    second = np.concatenate([np.zeros(len(single), np.int64), words[first + 1]])
    keys = singulars[words[places]] * size + singulars[second]
    return _Found(keys, words[places] * size + second, clauses[places], texts[places])


def _telling(found: _Found, unthemed: Bools, fewest: int, size: int) -> tuple[Ints, list[Ints]]:
    """Keys of the terms that tell, and the texts of each."""
    keys, numbers = np.unique(found.keys, return_inverse=True)
    inside = unthemed[found.clauses]
    texts = _distinct(numbers[inside], found.texts[inside], len(keys))
    counts = np.array([len(one) for one in texts], np.int64)
    often = _clauses(numbers[inside], found.clauses[inside], len(keys))
    elsewhere = _clauses(numbers[~inside], found.clauses[~inside], len(keys))
    whole, others = int(unthemed.sum()), int((~unthemed).sum())
    telling = (counts >= fewest) & (often * others >= elsewhere * whole)
    telling &= ~_owned(keys, counts, telling, size)
    chosen = np.flatnonzero(telling)
    return keys[chosen], [texts[number] for number in chosen.tolist()]


def _distinct(numbers: Ints, texts: Ints, count: int) -> list[Ints]:
    """The texts of each number, each once, in order."""
    width = int(texts.max(initial=0)) + 1
    pairs = np.unique(numbers * width + texts)
    ends = np.searchsorted(pairs // width, np.arange(1, count))
    return np.split(pairs % width, ends) if count else []


def _clauses(numbers: Ints, clauses: Ints, count: int) -> Ints:
    """In how many clauses each number stands."""
    width = int(clauses.max(initial=0)) + 1
    return np.bincount(np.unique(numbers * width + clauses) // width, minlength=count)


def _owned(keys: Ints, counts: Ints, telling: Bools, size: int) -> Bools:
    """Flag the single words that stand mostly in one telling pair."""
    first, second = keys // size, keys % size
    pairs = telling & (second > 0)
    most = np.zeros(size, np.int64)
    np.maximum.at(most, first[pairs], counts[pairs])
    np.maximum.at(most, second[pairs], counts[pairs])
    owned: Bools = (second == 0) & (most[first] * 10 >= counts * OWNED_TENTHS)
    return owned


def _forms(found: _Found, unthemed: Bools, kept: Ints, words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the spellings of each kept term in unthemed clauses, the most frequent one first."""
    inside = unthemed[found.clauses] & np.isin(found.keys, kept)
    terms = np.searchsorted(kept, found.keys[inside])
    written, first, counts = np.unique(found.written[inside], return_index=True, return_counts=True)
    forms: list[list[tuple[int, str]]] = [[] for _ in kept]
    for key, place, count in zip(written.tolist(), first.tolist(), counts.tolist(), strict=True):
        pair = (words[key // len(words)], words[key % len(words)])
        forms[terms[place]].append((-count, " ".join(filter(None, pair))))
    return [tuple(form for _, form in sorted(each)) for each in forms]
