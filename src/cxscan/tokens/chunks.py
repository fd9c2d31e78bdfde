"""The parts of a chunk: its words as they are meant, where they stand in it, and what separates them."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from cxscan.model import Break
from cxscan.rules.words import APOSTROPHES, normalise_word

_MARKS = {",": Break.COMMA, ".": Break.SENTENCE, "!": Break.EXCLAMATION, "?": Break.QUESTION}
_PIECE = re.compile(
    r"""(?P<address>(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w.-]{1,255}\.\w+)
      | (?P<emoticon><3+|</3|[:;=8x][-o']?[)(\]\[dp/|*](?![^\W_])|\^_?\^|:'\()
      | (?P<number>\d+(?:[.,:]\d+){1,6}(?![^\W_]))
      | (?P<word>[^\W_]+(?:'[^\W_]+)*)
      | (?P<sign>[$£€¥₹%&+]|[\u203c\u2049\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff])""",
    re.VERBOSE,
)
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
)
_ABBREVIATIONS = frozenset("mr mrs ms dr vs inc ltd approx eg ie".split())
_DOMAINS = frozenset("com org net co uk io in de eu gov edu app".split())


class Piece(NamedTuple):
    """A word in a chunk: what is meant, where it stands (characters of the chunk), what separates it from the next."""

    word: str
    start: int
    end: int
    after: Break


class Chunk(NamedTuple):
    """A chunk taken apart. `before` separates it from what stood before; a chunk without words has nothing else."""

    before: Break
    pieces: tuple[Piece, ...]


def take_apart(chunk: str) -> Chunk:
    """Words and breaks of a run of characters without white space, with offsets into it as it was."""
    bare = chunk[:-1] if chunk[-1:] in _MARKS else chunk
    if bare.isascii() and bare.isalpha() and (bare is chunk or bare.lower() not in _ABBREVIATIONS):
        after = Break.NONE if bare is chunk else _MARKS[chunk[-1]]
        return Chunk(Break.NONE, (Piece(normalise_word(bare.lower()), 0, len(bare), after),))
    plain, places = _normalise(chunk)
    found = [match for match in _PIECE.finditer(plain) if match.end() <= len(places)]
    if not found:
        return Chunk(_separation(plain), ())
    ends = [*(match.start() for match in found[1:]), len(plain)]
    pieces = tuple(
        Piece(_word(match), places[match.start()], places[match.end() - 1] + 1, _break_after(match, plain, end))
        for match, end in zip(found, ends, strict=True)
    )
    return Chunk(_separation(plain[: found[0].start()]), pieces)


def _normalise(chunk: str) -> tuple[str, list[int]]:
    """Lower case, straight apostrophes, composed, nothing invisible; and the place in the chunk of each character."""
    if chunk.isascii():
        return chunk.lower().translate(APOSTROPHES), list(range(len(chunk)))
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(chunk):
        if _INVISIBLE.match(character):
            continue
        if characters and unicodedata.combining(character):
            composed = unicodedata.normalize("NFC", characters[-1] + character)
            if len(composed) == 1:
                characters[-1] = composed
            continue
        straight = unicodedata.normalize("NFKC", character.translate(APOSTROPHES)).lower()
        characters.extend(straight)
        places.extend([place] * len(straight))
    return "".join(characters), places


def _word(match: re.Match[str]) -> str:
    text = match.group()
    if match.lastgroup == "word":
        initial = len(text) == 1 and match.string[match.end() : match.end() + 1] == "."
        return text if initial else normalise_word(text)
    if match.lastgroup == "address":
        return "<address>"
    if match.lastgroup == "emoticon":
        return text.replace("-", "").replace("o", "").replace("=", ":")
    return "and" if text == "&" else text


def _break_after(match: re.Match[str], plain: str, end: int) -> Break:
    gap = plain[match.end() : end]
    if gap.startswith(".") and gap.strip(".\"')") == "" and gap.count(".") == 1:
        word, following = match.group(), plain[end : end + 4]
        inside = bool(following) and (len(word) == 1 or following.rstrip(".,!?") in _DOMAINS)
        initials = len(word) == 1 and match.start() > 0 and plain[match.start() - 1] == "."
        if inside or initials or word in _ABBREVIATIONS:
            return Break.NONE
    return _separation(gap)


def _separation(gap: str) -> Break:
    """Read off the characters between two words what they mean for the sentence."""
    if not gap or gap in "-'\"/":
        return Break.NONE
    if "?" in gap:
        return Break.QUESTION
    if "!" in gap:
        return Break.EXCLAMATION
    if any(character in ".。…" for character in gap):
        return Break.SENTENCE
    if any(character in ";:()[]{}–—―•|~" for character in gap) or "--" in gap:
        return Break.CLAUSE
    return Break.COMMA if any(character in ",、，" for character in gap) else Break.NONE
