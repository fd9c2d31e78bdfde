"""The nouns that the stages share: frozen columns, one entry per row, whole numbers wherever something is added up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cxscan.alignment import Alignment

    Ints = NDArray[np.int64]
    Ids = NDArray[np.int32]
    Codes = NDArray[np.uint8]
    Bools = NDArray[np.bool_]

SCORE_UNIT = 10_000
"""A score of 1.0 travels as this many units: scores have four decimals, as whole numbers they add exactly."""

RATING_UNIT = 1_000
"""A rating of 1.0 travels as this many units."""


class State(IntEnum):
    """The end of one text cell. A rejected record has no cell."""

    SCORED = 0
    UNSCORED = 1
    EMPTY = 2


class UnscoredReason(IntEnum):
    """The reason why a comment is not scored, as a code in `Labels.reasons`."""

    NONE = 0
    """It is scored, or there is no comment."""
    NO_WORDS = 1
    """Numbers, addresses, names of accounts, a spreadsheet's error: nothing that could be judged."""
    NO_ANSWER = 2
    """Words that stand where an answer would and say nothing."""
    LANGUAGE = 3
    """Another language than the one that is known; which one is in `Labels.languages`."""


class Lens(StrEnum):
    """The side that a theme belongs to."""

    PRODUCT = "product"
    CUSTOMER = "customer"


class Polarity(IntEnum):
    """A theme's polarity in a comment, as a code in `Labels.themes`."""

    ABSENT = 0
    POSITIVE = 1
    NEUTRAL = 2
    NEGATIVE = 3
    MIXED = 4


SENTIMENTS = ("positive", "neutral", "negative")
POLARITIES = ("positive", "neutral", "negative", "mixed")
"""Of a theme in a comment that has it, in the order of `Polarity`."""

LENSES = ("product", "customer", "both", "none")
"""Of a comment, by the lenses of its themes."""

UNSCORED_REASONS = (None, "no words", "no answer", "language")
"""Names of `UnscoredReason`, by code."""

INTENTS = ("praise", "complaint", "suggestion", "question")


class Theme(NamedTuple):
    """A theme as the other stages need to know it; its phrases stay with the rules."""

    name: str
    lens: Lens


def sentiment_name(sign: int) -> str:
    """The sentiment of 1, 0 or -1."""
    return SENTIMENTS[1 - sign]


class Scale(NamedTuple):
    """The scale of a rating column, in rating units; values outside are counted, not used."""

    column: str
    low: int
    high: int


class Reject(NamedTuple):
    """A record that could not be read."""

    source: str
    line: int
    record: int
    reason: str


@dataclass(frozen=True, slots=True)
class Comments:
    """Text cells of one source in reading order; the cells of one record stand together.

    Every column has one entry per cell. A blank cell has the text "" and still stands here, so that it is counted
    and so that its record's rating is.
    """

    source: str
    records: list[int]
    """1-based data record in the source; blank and rejected records were counted."""
    fields: list[str]
    ids: list[str | None]
    dates: list[str | None]
    """ISO 8601."""
    ratings: list[int | None]
    """In rating units; may lie outside the scale."""
    texts: list[str]
    """The customer's words, without surrounding white space; a title, where one is used, stands before them."""
    scale: Scale | None = None
    segments: dict[str, list[str]] = field(default_factory=dict)
    cells: dict[str, list[str]] = field(default_factory=dict)
    """The export's own columns, where a row-level output asked for them."""

    def __len__(self) -> int:
        return len(self.texts)

    def saying(self, own_words: Mapping[int, str]) -> Comments:
        """The comments as they are quoted: the customer's own words, by row, where others stand beside them."""
        return (
            replace(self, texts=[own_words.get(row, text) for row, text in enumerate(self.texts)])
            if own_words
            else self
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """The yield of one step of reading: whole records only, each counted once."""

    comments: Comments
    records: int
    rejects: tuple[Reject, ...] = ()
    repeated: int = 0
    """Records that stood in the input before, word for word."""
    company: int = 0
    """Cells that are "" because the company wrote them, not a customer."""


class Break(IntEnum):
    """The separation of a word from the next one. From SENTENCE on a new sentence begins."""

    NONE = 0
    COMMA = 1
    CLAUSE = 2
    """Semicolon, colon, dash or bracket."""
    SENTENCE = 3
    """Full stop, line end or the end of the text."""
    EXCLAMATION = 4
    QUESTION = 5


@dataclass(slots=True)
class Vocabulary:
    """Every distinct chunk (run of characters without white space) and word seen so far, each under a number.

    It only grows, so a column computed for the first entries stays right; who keeps such columns extends them by the
    new entries. Number 0 of both is the empty string.
    """

    chunks: list[str] = field(default_factory=lambda: [""])
    words: list[str] = field(default_factory=lambda: [""])
    """Lower case, straight apostrophes, elongation reduced, one emoji or emoticon each; see `tokens`."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The texts of a batch as flat integer columns.

    Offsets have one entry more than there are texts (or clauses): the entries of text `i` are
    `column[offsets[i]:offsets[i + 1]]`.
    """

    vocabulary: Vocabulary
    chunks: Ids
    """Vocabulary number of each chunk."""
    chunk_offsets: Ints
    """Text to chunks."""
    words: Ids
    """Vocabulary number of each word."""
    word_offsets: Ints
    """Text to words."""
    word_chunks: Ints
    """Position in `chunks` of the chunk in which each word stands."""
    breaks: Codes
    """`Break` after each word; the last word of a text has at least `Break.SENTENCE`."""
    clause_offsets: Ints
    """Clause to words. A clause never crosses a text; every word is in one."""
    text_clauses: Ints
    """Text to clauses."""
    texts: Sequence[str]
    """The texts that were cut into words."""
    alignments: Mapping[int, Alignment] = field(default_factory=dict)
    """Row → how its text aligns with the original, where it was cleaned."""
    own_words: Mapping[int, str] = field(default_factory=dict)
    """Row → the customer's words in the original, where something beside them was set aside."""
    set_aside: Mapping[str, int] = field(default_factory=dict)
    """Kind of what was set aside → in how many texts."""
    repaired: int = 0
    """Texts in which damaged words were mended."""
    repairs: Mapping[str, int] = field(default_factory=dict)
    """What was wrong with them → with how many; one may count for several."""

    def __len__(self) -> int:
        return len(self.word_offsets) - 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that labels rest on, one row per piece, ordered by text, label and place."""

    texts: Ints
    labels: Ids
    """Index of the theme, or -1 for the sentiment."""
    first_words: Ints
    """Position in `Tokens.words` of the first word."""
    last_words: Ints
    """Position in `Tokens.words` of the last word."""
    weights: Ints
    """The weight in the label, in score units; positive speaks for positive sentiment or for the theme."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of each text cell."""

    themes_known: tuple[Theme, ...]
    states: Codes
    reasons: Codes
    """`UnscoredReason` codes; NONE but where unscored."""
    scores: Ids
    """-10,000 to 10,000 score units; 0 where unscored."""
    sentiments: NDArray[np.int8]
    """-1, 0, 1; 0 where unscored."""
    mixed: Bools
    themes: Codes
    """`Polarity` codes, texts by themes."""
    intents: Bools
    """Texts by `INTENTS`."""
    languages: list[str | None]
    evidence: Evidence | None = None
    cut: Bools | None = None
    """Themes, texts by themes, that were found and left out: a text has a limited number of built-in ones."""
    repaired: int = 0
    """Texts of which damaged words were mended before they were read."""

    def __len__(self) -> int:
        return len(self.states)


class Span(NamedTuple):
    """A piece of evidence as a reader sees it: characters `start` to `end` of the text."""

    label: str
    """A theme, or `sentiment`."""
    start: int
    end: int
    words: str
    weight: float
    """Of a score of 1; above 0 it speaks for positive sentiment, or for the theme."""


class WordWeight(NamedTuple):
    """Words of a text, and what they add to the log-odds of a theme in their sentence."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class ThemeExplanation:
    """The reasons why a text has a theme of which something was learned, or has not."""

    name: str
    found: bool
    margin: float
    """Log-odds above the threshold."""
    phrases: tuple[str, ...]
    """The words that its phrases found."""
    words: tuple[WordWeight, ...]
    """Words and pairs that count most, for the theme or against it."""
    cut: bool
    """Whether it is left out because the text has as many built-in themes as it can have, with more evidence."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A single comment with its labels, and what they rest on."""

    comments: Comments
    labels: Labels
    spans: Spans
    polarity: float
    """The score before it was squashed: the sum of what its words add, and a base."""
    question: float
    """The part of the polarity that comes from the question of its column; 0 where it does not decide."""
    themes: tuple[ThemeExplanation, ...]
    """Learned themes that the comment has, that a phrase found, or that were cut."""


class Spans(NamedTuple):
    """Pieces of evidence as columns, ordered by cell."""

    cells: list[int]
    labels: list[str]
    starts: list[int]
    ends: list[int]
    weights: list[int]
    """In score units."""

    def by_cell(self, texts: Sequence[str]) -> list[list[Span]]:
        """The pieces of each of the texts."""
        found: list[list[Span]] = [[] for _ in texts]
        for cell, label, start, end, weight in zip(*self, strict=True):
            found[cell].append(Span(label, start, end, texts[cell][start:end], weight / SCORE_UNIT))
        return found
