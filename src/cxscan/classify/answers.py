"""Tokens → which texts are answers: something with words in it, and not "n/a" or "nothing to add"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.arrays.columns import ChunkColumn, sums_in
from cxscan.model import UnscoredReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Codes, Tokens

NOT_ANSWERS = frozenset(
    "n a|na|none|nil|null|nan|no comment|no comments|no answer|no response|not applicable|did not answer|nothing to add"
    "|blank|test|idk|x|xx|xxx|asdf|nothing|nothing at all|nothing really|nothing in particular|nothing specific"
    "|nothing to say|nothing to report|not a thing|no idea|don't know|i don't know|can't say|not sure|no opinion"
    "|can't think of anything|nothing comes to mind".split("|")
)
"""Texts, as their words, that stand where an answer would and say nothing."""

_FIRST_WORDS = frozenset(text.split(" ", 1)[0] for text in NOT_ANSWERS)

_STROKES = "-–—_./\\ "
"""Characters that stand alone where an answer would."""

LONGEST_NOT_ANSWER = 4
"""Words."""

_ERRORS = (
    "n/a|n/d|n/b|nv|name\\?|¿nombre\\?|nom\\?|nome\\?|naam\\?|value!|valor!|¡valor!|valeur!|valore!|wert!|waarde!|ref!|¡ref!"
    "|rif!|bezug!|verw!|div/0!|¡div/0!|num!|¡num!|nombre!|zahl!|getal!|null!|nul!|error!|spill!|calc!|field!|blocked!"
    "|connect!|busy!|unknown!|getting_data"
)
"""Error values of spreadsheets behind their number sign, in the languages that are met."""

_WORDLESS = re.compile(
    rf"""[("'\[<*+~=-]*
        (?: @[\w.-]+                                               # the name of an account
          | (?:https?://|www\.)\S+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+   # an address
          | \#(?:{_ERRORS}) | err:\d{{3}}
          | [#№$£€¥₹]?\d[\d.,:-]*(?:/\d+/\d+)?[%€]? | [%$£€¥₹]      # a number, a date, a time; 8/10 is a rating
        )[)"'\]>*.,;:!?]*""",
    re.VERBOSE | re.IGNORECASE,
)
"""A chunk that is no word."""


class Answers:
    """Finds out which texts say nothing that could be judged, and why."""

    def __init__(self) -> None:
        self._wordless = ChunkColumn(_is_wordless, np.bool_)

    def unscored(self, tokens: Tokens, texts: Sequence[str]) -> Codes:
        """Mark each text with its `UnscoredReason`, `LANGUAGE` apart."""
        counts = np.diff(tokens.word_offsets)
        wordless = np.asarray(self._wordless.values(tokens.vocabulary), np.bool_)[tokens.chunks[tokens.word_chunks]]
        has_no_words = sums_in(wordless, tokens.word_offsets) == counts
        reasons = np.where(has_no_words, UnscoredReason.NO_WORDS, UnscoredReason.NONE).astype(np.uint8)
        for row in np.flatnonzero(counts == 0).tolist():
            if not texts[row].strip(_STROKES):
                reasons[row] = UnscoredReason.NO_ANSWER
        words = tokens.vocabulary.words
        for row in np.flatnonzero(~has_no_words & (counts <= LONGEST_NOT_ANSWER)).tolist():
            start, end = tokens.word_offsets[row : row + 2]
            if words[tokens.words[start]] in _FIRST_WORDS and (
                " ".join(words[number] for number in tokens.words[start:end]) in NOT_ANSWERS
            ):
                reasons[row] = UnscoredReason.NO_ANSWER
        return reasons


def _is_wordless(chunk: str) -> bool:
    return not chunk.isalpha() and _WORDLESS.fullmatch(chunk) is not None
