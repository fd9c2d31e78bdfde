"""Tokens → which texts are answers: something with words in it, and not "n/a" or "nothing to add"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.arrays.columns import ChunkColumn, WordColumn, sums_in
from cxscan.model import UnscoredReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Codes, Tokens

_SUBJECT = (
    "comments?|suggestions?|feedback|opinions?|remarks?|ideas?|thoughts?|input|questions?|recommendations?|views?"
)
_MORE = "further|other|more|additional|particular|specific|special|real|any"
_TO_SAY = "to (?:add|say|report|mention|comment|comment on|note|share|suggest|declare|offer|make)"
_THINK = "(?:think of|think off|say|comment|remember|recall|see|tell|come up with)"
_THING = "(?:anything|nothing|any|none|much|a thing|a single thing|one thing|one)"
_NOW = (
    "at (?:this|the|present|that)(?: (?:time|moment|minute|point|stage|present))?|right now|now|so far|as yet|yet"
    "|for now|as of (?:now|yet|today)|as far as i know|today|currently|to date|off ?hand|off the top of my head"
)
_LEAD = "no|nope|well|um|hmm|sorry|honestly|actually|currently|really|i guess|i think"
_TAIL = (
    f"{_NOW}|at all|really|honestly|sorry|thanks|thank you|so much|very much|bye|else|more|further|whatsoever"
    f"|particular|specific|in particular|in general|specifically|particularly|to me|for me|from me|of note|either way"
    f"|{_TO_SAY}"
    f"|(?:that )?(?:comes|come|springs|spring) to mind|(?:that |as )?i can {_THINK}|that i know of|that i am aware of"
)
_NO_SUBJECT = f"no(?: (?:{_MORE}))* (?:{_SUBJECT}|reasons?|clue|preference)(?: (?:or|and) (?:{_SUBJECT}))?"
_SILENCE = f"""
    n a|na|none|nil|nill|null|nan|undefined|nothing(?: much)?|(?:intentionally )?(?:left )?blank(?: intentionally)?|tba
    |tbd|test|testing|idk|dunno|x|xx|asdf|asdfgh|qwerty|lorem ipsum|skip|pass|who knows
    |not a (?:single )?thing|not one thing
    |{_NO_SUBJECT}|no answer(?: given)?|no response|no thanks|no thank you|not that i (?:know of|can {_THINK})
    |there (?:is|are) (?:nothing|none|{_NO_SUBJECT})
    |(?:i )?(?:have|had|have got|i've)(?: (?:no|nothing|none))(?: (?:{_MORE}))*(?: (?:{_SUBJECT}))?
    |(?:i )?(?:don't|do not|didn't) (?:really )?(?:know|have (?:{_THING}|(?:an |(?:{_MORE}) )*(?:{_SUBJECT})))
    |(?:i )?(?:can't|cannot|can not|couldn't|could not) (?:really )?{_THINK}(?: {_THING})?
    |(?:i )?(?:haven't|have not) (?:really )?(?:found|got|had|seen) (?:anything|any)
    |(?:i am |i'm )?(?:not (?:really )?sure|unsure)|unable to (?:say|comment|answer|tell)
    |(?:hard|too early|too soon|difficult) to (?:say|tell)
    |(?:i'd |i would |i )?(?:prefer not|rather not) (?:to )?(?:say|answer|comment)
    |not (?:applicable|relevant)|(?:does not|doesn't|did not|didn't) (?:apply|answer)|not at (?:this time|the moment)
    |see (?:above|below)|see (?:comments?|answers?) (?:above|below)|refer to above|answered (?:above|already)
    |already answered|(?:see |same )?as (?:above|before|last time|previous|previously stated|stated (?:above|before))
    |same (?:again|answer)|ditto|see (?:my )?(?:previous|last|other|earlier) (?:comments?|answers?)
"""
"""The forms of "nothing to add", counted among the short answers of public exports; see `_IS_SILENT`."""

_IS_SILENT = re.compile(rf"(?:(?:(?:{_LEAD}) )*(?:{_SILENCE.strip()})(?: (?:{_TAIL}))*(?: |$))+".replace("\n    ", ""))
"""Texts, as their words, that stand where an answer would and say nothing. What is good or bad is no part of them:
"nothing to complain about" and "no problems" are answers."""

_SILENT_WORDS = frozenset(
    form for word in re.findall(r"[a-z']+\??", _IS_SILENT.pattern) for form in (word.rstrip("?"), word.rstrip("s?"))
)

_STROKES = "-–—_./\\ "
"""Characters that stand alone where an answer would."""

LONGEST_SILENCE = 12
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
        self._silent = WordColumn(_SILENT_WORDS.__contains__, np.bool_)

    def unscored(self, tokens: Tokens, texts: Sequence[str]) -> Codes:
        """Mark each text with its `UnscoredReason`, `LANGUAGE` apart."""
        counts = np.diff(tokens.word_offsets)
        wordless = np.asarray(self._wordless.values(tokens.vocabulary), np.bool_)[tokens.chunks[tokens.word_chunks]]
        has_no_words = sums_in(wordless, tokens.word_offsets) == counts
        reasons = np.where(has_no_words, UnscoredReason.NO_WORDS, UnscoredReason.NONE).astype(np.uint8)
        for row in np.flatnonzero(counts == 0).tolist():
            if not texts[row].strip(_STROKES):
                reasons[row] = UnscoredReason.NO_ANSWER
        silent = sums_in(
            np.asarray(self._silent.values(tokens.vocabulary), np.bool_)[tokens.words], tokens.word_offsets
        )
        words = tokens.vocabulary.words
        for row in np.flatnonzero(~has_no_words & (silent == counts) & (counts <= LONGEST_SILENCE)).tolist():
            start, end = tokens.word_offsets[row : row + 2]
            if _IS_SILENT.fullmatch(" ".join(words[number] for number in tokens.words[start:end])):
                reasons[row] = UnscoredReason.NO_ANSWER
        return reasons


def _is_wordless(chunk: str) -> bool:
    return not chunk.isalpha() and _WORDLESS.fullmatch(chunk) is not None
