"""Comments → Tokens: clauses and words as flat integer columns; each distinct chunk is looked at once."""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import lru_cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.model import SCORE_UNIT, Break, Span, Tokens, Vocabulary
from cxscan.rules.words import APOSTROPHES, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cxscan.model import Codes, Ids, Ints, Labels

LARGEST_VOCABULARY = 400_000
"""Distinct chunks after which a fresh vocabulary is begun, so that memory does not grow with the input."""

CONTRASTS = frozenset({"but", "however", "although", "though", "except", "whereas", "unfortunately", "otherwise"})
"""Words that begin a clause of their own."""

_CHUNK = re.compile(r"\S+")
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
        return Chunk(Break.NONE, (Piece(meant(bare.lower()), 0, len(bare), after),))
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


def word_spans(text: str) -> list[tuple[int, int]]:
    """First and one-past-last character of every word of a text, in the order of `Tokens.words`."""
    return [
        (match.start() + piece.start, match.start() + piece.end)
        for match in _CHUNK.finditer(text)
        for piece in _remembered(match.group()).pieces
    ]


def spans(tokens: Tokens, labels: Labels, texts: Sequence[str]) -> list[list[Span]]:
    """For each text the words its labels rest on, as characters of the text as it was."""
    found: list[list[Span]] = [[] for _ in texts]
    evidence = labels.evidence
    if evidence is None:
        return found
    names = [*(theme.name for theme in labels.themes_known), "sentiment"]
    places: list[tuple[int, int]] = []
    seen = -1
    firsts = evidence.first_words - tokens.word_offsets[evidence.texts]
    lasts = evidence.last_words - tokens.word_offsets[evidence.texts]
    columns = (evidence.texts, evidence.labels, firsts, lasts, evidence.weights)
    for row, label, first, last, weight in zip(*(column.tolist() for column in columns), strict=True):
        text = texts[row]
        if row != seen:
            places, seen = word_spans(text), row
        start, end = places[first][0], places[last][1]
        found[row].append(Span(names[label], start, end, text[start:end], weight / SCORE_UNIT))
    return found


_remembered = lru_cache(maxsize=65_536)(take_apart)


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
        return text if initial else meant(text)
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
    """What the characters between two words mean for the sentence."""
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


class Tokenizer:
    """Turns batches of texts into Tokens. Keeps what it found out about every distinct chunk."""

    def __init__(self) -> None:
        self._begin()

    def tokenize(self, texts: Sequence[str]) -> Tokens:
        """Columns of the texts; see `Tokens`. Linear in the number of characters."""
        if len(self._vocabulary.chunks) > LARGEST_VOCABULARY:
            self._begin()
        split = [text.split() for text in texts]
        chunk_offsets = _offsets(np.fromiter(map(len, split), np.int64, len(split)))
        chunks = np.fromiter(
            map(self._chunk_numbers.__getitem__, chain.from_iterable(split)), np.int32, int(chunk_offsets[-1])
        )
        starts, piece_words, piece_breaks, before = self._columns()
        counts = np.diff(starts)[chunks]
        first_words = _offsets(counts)
        word_chunks = np.repeat(np.arange(len(chunks)), counts)
        pieces = np.arange(first_words[-1]) - np.repeat(first_words[:-1] - starts[chunks], counts)
        words, breaks = piece_words[pieces], piece_breaks[pieces]
        word_offsets = first_words[chunk_offsets]
        _break_before(breaks, before[chunks], chunk_offsets, first_words)
        _break_at_lines(breaks, texts, chunk_offsets, first_words)
        last = word_offsets[1:][np.diff(word_offsets) > 0] - 1
        breaks[last] = np.maximum(breaks[last], Break.SENTENCE)
        clause_starts = self._clause_starts(words, breaks, word_offsets)
        return Tokens(
            vocabulary=self._vocabulary,
            chunks=chunks,
            chunk_offsets=chunk_offsets,
            words=words,
            word_offsets=word_offsets,
            word_chunks=word_chunks,
            breaks=breaks,
            clause_offsets=np.append(clause_starts, len(words)),
            text_clauses=np.searchsorted(clause_starts, word_offsets),
        )

    def _begin(self) -> None:
        self._vocabulary = Vocabulary()
        self._word_numbers = {"": 0}
        self._chunk_numbers = _Numbers(self._add)
        self._chunk_numbers[""] = 0
        self._starts, self._piece_words, self._piece_breaks, self._before = (
            array("q", [0, 0]), array("i"), array("B"), array("B", [0]),
        )  # fmt: skip

    def _add(self, text: str) -> int:
        """Look at a chunk that was not seen before; its number."""
        before, pieces = take_apart(text)
        for word, _, _, after in pieces:
            number = self._word_numbers.get(word)
            if number is None:
                number = self._word_numbers[word] = len(self._vocabulary.words)
                self._vocabulary.words.append(word)
            self._piece_words.append(number)
            self._piece_breaks.append(after)
        self._starts.append(len(self._piece_words))
        self._before.append(before)
        self._vocabulary.chunks.append(text)
        return len(self._vocabulary.chunks) - 1

    def _columns(self) -> tuple[Ints, Ids, Codes, Codes]:
        return (
            np.array(self._starts, np.int64),
            np.array(self._piece_words, np.int32),
            np.array(self._piece_breaks, np.uint8),
            np.array(self._before, np.uint8),
        )

    def _clause_starts(self, words: Ids, breaks: Codes, word_offsets: Ints) -> Ints:
        contrasts = [self._word_numbers[word] for word in sorted(CONTRASTS) if word in self._word_numbers]
        begins = np.isin(words, contrasts)
        begins[1:] |= breaks[:-1] != Break.NONE
        begins[word_offsets[:-1][np.diff(word_offsets) > 0]] = True
        return np.flatnonzero(begins)


class _Numbers(dict[str, int]):
    """Number of each chunk; one that is missing is added. A dict, so that the lookup of known ones stays in C."""

    def __init__(self, add: Callable[[str], int]) -> None:
        self._add = add

    def __missing__(self, chunk: str) -> int:
        number = self[chunk] = self._add(chunk)
        return number


def _offsets(counts: Ints) -> Ints:
    offsets = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=offsets[1:])
    return offsets


def _break_before(breaks: Codes, before: Codes, chunk_offsets: Ints, first_words: Ints) -> None:
    """Give the break that a chunk brings (an opening bracket, a lone dash) to the last word before it."""
    at = np.flatnonzero(before)
    previous = first_words[at] - 1
    text_starts = first_words[chunk_offsets[np.searchsorted(chunk_offsets, at, side="right") - 1]]
    inside = previous >= text_starts
    np.maximum.at(breaks, previous[inside], before[at][inside])


def _break_at_lines(breaks: Codes, texts: Sequence[str], chunk_offsets: Ints, first_words: Ints) -> None:
    """End the sentence where a line ends: white space is gone from the columns, so the texts are asked again."""
    line_ends: list[int] = []
    for row in [row for row, text in enumerate(texts) if "\n" in text]:
        lengths = [len(line.split()) for line in texts[row].split("\n")]
        line_ends.extend(accumulate(lengths[:-1], initial=int(chunk_offsets[row])))
    if line_ends:
        last = first_words[np.array(line_ends)] - 1
        last = last[last >= 0]  # a line end before the first word of a text ends the text before, as it does anyway
        breaks[last] = np.maximum(breaks[last], Break.SENTENCE)
