"""Terms of learned themes: words, word beginnings, neighbouring words and phrases, in sentences; as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.classify.arrays.columns import WordColumn, owners
from cxscan.classify.arrays.pair_table import PairTable
from cxscan.classify.arrays.row_runs import RowRuns, within
from cxscan.classify.sentiment.sentiment_terms import CONTRASTS
from cxscan.model import Break

if TYPE_CHECKING:
    from cxscan.classify.arrays.row_runs import Rows
    from cxscan.classify.phrases.hits import PhraseHits
    from cxscan.model import Ids, Ints, Tokens, Vocabulary


UNIT = 256
"""A logit of 1.0 in the weights."""

GROUPS = 4
"""Kinds of phrase hits: the clause decides, or negative, neutral, positive."""

LONGEST = 120
"""Words from which a sentence is as long as any."""

MOST_SENTENCES = 12
"""Sentences from which a text has as many as any."""

_ENDINGS = ("'s", "ing", "edly", "ed", "ies", "es", "s", "ly", "er", "ers", "e")
_LEAST_STEM = 4


def stem(word: str) -> str:
    """The word without its ending, crudely: what is left has at least four letters."""
    if not word.endswith(_ENDINGS):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word[: -len(ending)]
    return word


def contrast_column() -> WordColumn:
    """Mark the words that begin a part of a sentence: "but" and its like."""
    return WordColumn(CONTRASTS.__contains__, np.bool_)


class Sentences(NamedTuple):
    """The sentences of a batch, one with a "but" in its parts. None crosses a text; a text without words has none."""

    starts: Ints
    """Position of the first word of each."""
    texts: Ints
    """Text of each."""
    of_words: Ints
    """Sentence of each word."""
    words: RowRuns
    """The words of each."""
    first: Ints
    """The first one of each text that has words."""
    in_texts: RowRuns
    """Those of each text that has words."""

    @classmethod
    def split(cls, tokens: Tokens, contrasts: WordColumn | None = None) -> Sentences:
        """Sentences end at full stops, marks, line ends, before contrasts and at the end of the text.

        `contrasts`: the column of `contrast_column`, if it is kept from batch to batch.
        """
        turn = np.asarray((contrasts or contrast_column()).values(tokens.vocabulary), np.bool_)[tokens.words]
        begins = np.ones(len(turn), np.bool_)
        begins[1:] = (tokens.breaks[:-1] >= Break.SENTENCE) | turn[1:]
        starts = np.flatnonzero(begins)
        texts = owners(tokens.word_offsets, starts)
        first = np.flatnonzero(np.diff(texts, prepend=-1))
        words, in_texts = RowRuns(starts, len(turn)), RowRuns(first, len(texts))
        return cls(starts, texts, np.cumsum(begins) - 1, words, first, in_texts)

    def of_texts(self, texts: Ints) -> tuple[Ints, Ints]:
        """The first sentence of each of these texts, and how many it has."""
        begins = np.searchsorted(self.texts, texts)
        return begins, np.searchsorted(self.texts, texts, side="right") - begins


def phrase_keys(hits: PhraseHits, sentences: Sentences, themes: int) -> tuple[Ints, Ints]:
    """Sentence and column of each phrase feature, each once.

    Columns: themes by `GROUPS`; then whether a theme has a hit in the sentence; then whether it has two.
    """
    groups = np.where(hits.polarity_from_clause, 0, hits.signs + 2)
    keys = np.sort((sentences.of_words[hits.first_words] * themes + hits.labels) * GROUPS + groups)
    new_group = np.diff(keys, prepend=-1) != 0
    cells = keys // GROUPS
    new = np.diff(cells, prepend=-1) != 0
    second = ~new
    second[1:] &= new[:-1]
    rows, labels = np.divmod(cells, themes)
    grouped = labels[new_group] * GROUPS + keys[new_group] % GROUPS
    columns = [grouped, GROUPS * themes + labels[new], (GROUPS + 1) * themes + labels[second]]
    return np.concatenate([rows[new_group], rows[new], rows[second]]), np.concatenate(columns)


class WordTable(NamedTuple):
    """Rows of words and of beginnings of words, as many columns and of one kind in both."""

    word_rows: Rows
    stem_rows: Rows

    def rows(self, words: Ints, stems: Ints) -> Rows:
        """Rows of words with these numbers and beginnings, added up; 0 for -1, or a number behind the rows."""
        return _taken(self.word_rows, words) + _taken(self.stem_rows, stems)


class WordRows:
    """The rows of every word of a vocabulary in some tables: its own and its beginning's; 0 for one unknown."""

    def __init__(self, words: dict[str, int], stems: dict[str, int], *tables: WordTable) -> None:
        self._words, self._stems, self._tables = words, stems, tables
        self._vocabulary: Vocabulary | None = None
        self._count, self._known = 0, self._nothing()

    def look_up(self, vocabulary: Vocabulary) -> tuple[Ints, list[Rows]]:
        """The number of each word of the vocabulary, -1 for one unknown, and its row of each table.

        Only new words are looked up.
        """
        if vocabulary is not self._vocabulary:
            self._vocabulary, self._count, self._known = vocabulary, 0, self._nothing()
        new = vocabulary.words[self._count :]
        if new:
            own = np.fromiter((self._words.get(word, -1) for word in new), np.int64, len(new))
            begun = np.fromiter((self._stems.get(stem(word), -1) for word in new), np.int64, len(new))
            added = [own, *(table.rows(own, begun) for table in self._tables)]
            self._known = [_grown(rows, self._count, more) for rows, more in zip(self._known, added, strict=True)]
            self._count += len(new)
        numbers, *rows = (each[: self._count] for each in self._known)
        return numbers.astype(np.int64), rows

    def _nothing(self) -> list[Rows]:
        return [np.zeros(0, np.int64), *(table.word_rows[:0] for table in self._tables)]


class PairRows:
    """Finds the pairs that carry weight: `first` and `second` words of `count`, by their numbers."""

    def __init__(self, count: int, first: Ids, second: Ids) -> None:
        self._count = count
        self._begins, self._ends = np.zeros((2, count + 1), np.bool_)  # the last is for -1, a word unknown
        self._begins[first], self._ends[second] = True, True
        self._table = PairTable(first.astype(np.int64) * count + second)

    def find(self, tokens: Tokens, numbers: Ints) -> tuple[Ints, Ids]:
        """Positions of the second words of known pairs, each once, and the pair's number.

        `numbers`: of the words of the vocabulary, -1 for one unknown.
        """
        before, after = tokens.words[:-1], tokens.words[1:]
        joined = tokens.breaks[:-1] < Break.SENTENCE
        places = np.flatnonzero(joined & self._begins[numbers][before] & self._ends[numbers][after])
        found, pairs = self._table.find(numbers[before[places]] * self._count + numbers[after[places]])
        return places[found] + 1, pairs


def _grown(rows: Rows, count: int, more: Rows) -> Rows:
    """The first rows, so many, and more behind them; there is room for as many again when there was too little."""
    size = count + len(more)
    if size > len(rows):
        rows = np.concatenate([rows[:count], np.zeros((2 * size - count, *rows.shape[1:]), rows.dtype)])
    rows[count:size] = more
    return rows


def _taken(rows: Rows, numbers: Ints) -> Rows:
    """The rows of these numbers; zeros for one that is not among them."""
    known = (numbers >= 0) & (numbers < len(rows))
    taken: Rows = np.where(known[:, None], rows[np.where(known, numbers, 0)], 0)
    return taken


LOWEST, HIGHEST = -4 * UNIT, 6 * UNIT
"""Log-odds beyond these count no less and no more."""

SHARES = np.rint(np.exp(np.arange(LOWEST, HIGHEST + 1) / UNIT) * 1_024).astype(np.int64)
"""Share of a sentence by how much it speaks for the theme, from `LOWEST` on."""


class SentenceShares(NamedTuple):
    """Every sentence of every cell (a theme of a text), cell by cell; a cell has at least one."""

    runs: RowRuns
    """The entries of each cell."""
    cells: Ints
    """Cell of each entry."""
    sentences: Ints
    shares: Ints

    @classmethod
    def from_logits(cls, sentences: Sentences, logits: Rows, texts: Ints, themes: Ints) -> SentenceShares:
        """Shares for themes of texts with words. `themes` are columns of `logits`; -1: all sentences share alike."""
        begins, counts = sentences.of_texts(texts)
        numbers, cells = within(begins, counts)
        odds = np.where(themes[cells] < 0, 0, logits[numbers, themes[cells]])
        runs = RowRuns(np.cumsum(counts) - counts, len(cells))
        return cls(runs, cells, numbers, SHARES.take(odds - LOWEST, mode="clip"))

    def means(self, of_sentences: Rows) -> Rows:
        """Means of numbers of the sentences over each cell's, by their shares, rounded down; cells by numbers."""
        values = of_sentences.take(self.sentences, axis=0) * self.shares[:, None]
        return self.runs.sums(values) // self.runs.sums(self.shares)[:, None]
