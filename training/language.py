"""The language detector: letters and words of languages, counted → `src/cxscan/rules/languages.npz`.

    python training/language.py LANGDETECT_PROFILES PYSPELLCHECKER_RESOURCES OUT.npz

Two Python packages ship the counts for other languages: `langdetect` 1.0.9 (Apache License 2.0), how often groups of up
to three letters stand in each Wikipedia; `pyspellchecker` 0.9.1 (MIT License), how often words stand in film subtitles.
Letters and words of English are counted in the public sets (`../shared`, or the folder in `CXSCAN_SHARED`), which
docs/word-list.md names: only counts are kept.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections import Counter
from math import log
from pathlib import Path

import numpy as np

from cxscan.rules.language_words import ENGLISH, LOANS, language_file
from cxscan.rules.words import APOSTROPHES, known_words, word_lists

LANGUAGES = ("en", *"ca cs da de es fi fr hi hr hu id it nl no pl pt ro sk sv tl tr vi".split())
COUNTED = ("de", "es", "fr", "it", "nl", "pt")
"""Languages of which words are counted, beside English."""

MOST_WORDS = 5_000
"""Words kept of each, the most frequent ones."""

FEWEST_SETS, FEWEST_TEXTS = 2, 3
"""Sets and texts in which an unusual word of English stands."""

SMALLEST_SHARE = 6e-5
"""Share of a language's groups of letters under which one is left out."""

LOOKS_FOREIGN = 1.5
"""Log-odds of a word's letters from which on an unusual word of English is kept."""

COMMON_RANK = 300
"""Words up to this rank stay in the list of a language also when they are met in English comments."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def shared() -> Path:
    """The folder with the public sets."""
    return Path(os.environ.get("CXSCAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def trigrams_of_profile(path: Path) -> Counter[str]:
    """Groups of three letters, spaces at the ends of words among them, in lower case."""
    counts: Counter[str] = Counter()
    for group, n in json.loads(path.read_text(encoding="utf-8"))["freq"].items():
        if len(group) == 3:
            counts[group.lower()] += n
    return counts


def english_texts() -> tuple[Counter[str], Counter[str]]:
    """Words of the public sets: in how many texts, and in how many sets each stands.

    Texts in other languages are left out: those with two words that tell of one.
    """
    foreign = _telling_words()
    texts: Counter[str] = Counter()
    sets: Counter[str] = Counter()
    for path in sorted((shared() / "data").glob("*.jsonl.gz")):
        here: set[str] = set()
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                words = set(_WORD.findall(json.loads(line)["text"].lower().translate(APOSTROPHES)))
                if len(words & foreign) < 2:
                    texts.update(words)
                    here |= words
        sets.update(here)
    return texts, sets


def trigrams_of_words(counts: Counter[str]) -> Counter[str]:
    """Groups of three letters in words, spaces at both ends; a word counts by the logarithm of its frequency."""
    groups: Counter[str] = Counter()
    for word, n in counts.items():
        if word.isalpha() and n > 1:
            padded, weight = f" {word} ", round(10 * log(1 + n))
            for at in range(len(padded) - 2):
                groups[padded[at : at + 3]] += weight
    return groups


def conditional(counts: Counter[str], groups: list[str]) -> np.ndarray:
    """Log-probability of the last letter after the two before it, of each group."""
    pairs: Counter[str] = Counter()
    for group, n in counts.items():
        pairs[group[:2]] += n
    total = sum(counts.values())
    smoothing = total * 2e-6
    return np.array([log((counts[g] + smoothing) / (pairs[g[:2]] + 40 * smoothing)) for g in groups])


def _telling_words() -> frozenset[str]:
    """Words of other languages that were written down, and are none of English."""
    return frozenset(word for code, *words in word_lists("foreign_words.txt") if code != LOANS for word in words) - (
        known_words() | {"a", "i"}
    )


def _looks_foreign(word: str, letters: dict[str, np.ndarray]) -> bool:
    """Tell whether the letters of a word speak for another language than English, the first of the columns."""
    padded = f" {word} "
    groups = [padded[at : at + 3] for at in range(len(padded) - 2)]
    totals = sum((letters[group] for group in groups if group in letters), np.zeros(len(LANGUAGES)))
    return bool(0.6 * (totals[1:].max() - totals[0]) > LOOKS_FOREIGN - 3)


def main(profiles: Path, spelling: Path, out: Path) -> None:
    """Count, and write the file."""
    texts, sets = english_texts()
    by_language = {ENGLISH: trigrams_of_words(texts)}
    for code in LANGUAGES[1:]:
        path = profiles / code
        by_language[code] = trigrams_of_profile(path) if path.name != "hi" else _trigrams_of_list(code)
    kept = sorted(
        {
            group
            for counts in by_language.values()
            for total in [sum(counts.values())]
            for group, n in counts.items()
            if n > total * SMALLEST_SHARE and group.strip() and group.replace(" ", "").replace("'", "").isalpha()
        }
    )
    columns = [conditional(by_language[code], kept) for code in LANGUAGES]
    letters = dict(zip(kept, np.stack(columns, axis=1), strict=True))
    english, telling = known_words(), _telling_words()
    met = {word for word, n in texts.items() if n >= FEWEST_TEXTS and sets[word] >= FEWEST_SETS and word not in english}
    words = {ENGLISH: [word for word, _ in texts.most_common() if word in english][:MOST_WORDS]}
    for code in COUNTED:
        counts = json.loads(gzip.decompress((spelling / f"{code}.json.gz").read_bytes()))
        frequent = sorted(counts, key=lambda word: (-counts[word], word))[:MOST_WORDS]
        words[code] = [
            word for rank, word in enumerate(frequent) if len(word) > 1 and (rank < COMMON_RANK or word not in met)
        ]
    unusual = sorted(word for word in met - telling if word.isalpha() and _looks_foreign(word, letters))
    out.write_bytes(language_file(LANGUAGES, words, unusual, letters))
    print(f"{len(kept):,} groups of letters, {len(unusual):,} unusual words; {out.stat().st_size:,} bytes")


def _trigrams_of_list(code: str) -> Counter[str]:
    """Groups of three letters in the words that were written down, of a language without a profile in our letters."""
    lists = {name: words for name, *words in word_lists("foreign_words.txt")}
    return trigrams_of_words(Counter(dict.fromkeys(lists[code], 2)))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
