"""What the student is fitted to: texts as sparse counts of terms, their labels, and the teacher's judgements."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from corpus import SENTIMENTS, Comment, corpus, sentences, text_key
from numpy.typing import NDArray
from own_sentences import own_sentences

from cxscan.classify.sentiment.sentiment_terms import HUNDRED, MARKS, role, terms
from cxscan.tokens import Tokenizer

OWN = "own"
"""Source and domain of the sentences that we wrote."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that shapes the model, kept in its header."""

    per_source: int = 12_000
    """Most texts of one source that are learned from."""
    sentences: int = 15_000
    """Most sentences of one source that are learned from besides."""
    longest: int = 200
    """Words of the longest text that is learned from."""
    least_texts_word: int = 3
    least_texts_pair: int = 4
    least_domains: int = 2
    """In how many domains a word or pair must stand."""
    length_power: float = 0.4
    """Sums are divided by the number of words to this power."""
    teacher_share: float = 1.0
    """Of the goal where there is a label too."""
    judged_weight: float = 1.0
    """Of a text that only the teacher judged."""
    own_trust: float = 1.0
    """Of the sentences that we wrote."""
    ridge: float = 1.0
    source_scale: float = 0.5
    """Size of the sources' own intercepts: smaller is more held back."""
    steps: int = 250
    shift_polarity: float = 0.0
    shift_neutral: float = 0.75
    seed: int = 0


@dataclass(slots=True)
class Problem:
    """Texts as sparse counts of terms, with goals."""

    texts: list[str]
    words: list[str]
    """Known words; a word's code is its place, 0 is for all others."""
    pairs: Ints
    """Sorted keys: first code * number of words + second code."""
    counts: sp.csr_matrix
    """Texts x (words, negated words, words negated from afar, pairs), each by its emphasis."""
    lengths: Ints
    domains: NDArray[np.str_]
    sources: NDArray[np.str_]
    labels: Ints
    trust: Floats
    judged: Floats
    """Teacher's probabilities; NaN where it did not judge."""
    annotated: NDArray[np.bool_]
    is_dev: NDArray[np.bool_]
    is_sentence: NDArray[np.bool_]
    valences: Floats
    """Of the words, in VADER's lexicon and ours."""


def pose(judged_path: Path, settings: Settings) -> Problem:
    """Read everything and count the terms."""
    rows, dev = corpus()
    whole = {text_key(row.text) for row in rows} | {text_key(r["text"]) for r in dev}
    for text, source, domain in sentences(rows, settings.sentences):
        if (key := text_key(text)) not in whole:
            whole.add(key)
            rows.append(Comment(text, source, domain, None, -1.0))
    rows += [Comment(text, OWN, OWN, label, settings.own_trust) for text, label in own_sentences()]
    with np.load(judged_path) as file:
        where = {key: at for at, key in enumerate(file["keys"].tolist())}
        sentiment = file["sentiment"].astype(np.float64)
    texts = [row.text for row in rows] + [r["text"] for r in dev]
    judged = np.full((len(texts), 3), np.nan)
    for i, text in enumerate(texts):
        is_own = i < len(rows) and rows[i].source == OWN
        if not is_own and (at := where.get(text_key(text))) is not None:
            judged[i] = sentiment[at] / sentiment[at].sum()
    labels = np.array(
        [SENTIMENTS.index(row.label) if row.label else -1 for row in rows]
        + [SENTIMENTS.index(r["sentiment"]) for r in dev]
    )
    domains = np.array([row.domain for row in rows] + ["dev"] * len(dev))
    words, pairs, counts, lengths = count(texts, domains, settings)
    return Problem(
        texts=texts,
        words=words,
        pairs=pairs,
        counts=counts,
        lengths=lengths,
        domains=domains,
        sources=np.array([row.source for row in rows] + ["dev"] * len(dev)),
        labels=labels,
        trust=np.array([row.trust for row in rows] + [0.0] * len(dev)),
        judged=judged,
        annotated=np.array([row.themes is not None for row in rows] + [False] * len(dev)),
        is_dev=np.arange(len(texts)) >= len(rows),
        is_sentence=np.array([row.trust < 0 for row in rows] + [False] * len(dev)),
        valences=valences(words),
    )


def feedback_valences() -> dict[str, float]:
    """Our own valences (-4 to 4, as in VADER's lexicon) of words that matter in feedback."""
    lines = Path(__file__).with_name("feedback_lexicon.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {word: float(valence) for word, valence in pairs}


def valences(words: list[str]) -> Floats:
    """What the lexicons say of the words, -1 to 1."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    lexicon = {**SentimentIntensityAnalyzer().lexicon, **feedback_valences()}
    return np.array([lexicon.get(word, 0.0) / 4 for word in words])


def frequent(keys: Ints, rows: Ints, domain_of_row: Ints, least_texts: int, least_domains: int) -> Ints:
    """The distinct keys that stand in enough texts and domains, sorted."""
    distinct, places = np.unique(keys, return_inverse=True)
    once = np.unique(places * np.int64(2**32) + rows)
    place, row = once >> 32, once & (2**32 - 1)
    texts = np.bincount(place, minlength=len(distinct))
    seen = np.unique(place * 1024 + domain_of_row[row])
    domains = np.bincount(seen >> 10, minlength=len(distinct))
    return distinct[(texts >= least_texts) & (domains >= least_domains)]


def count(
    texts: list[str], domains: NDArray[np.str_], settings: Settings
) -> tuple[list[str], Ints, sp.csr_matrix, Ints]:
    """Known words, kept pairs, the matrix of counts, and the texts' lengths."""
    import cxscan.tokens.tokenizer

    cxscan.tokens.tokenizer.LARGEST_VOCABULARY = 10**9
    tokenizer = Tokenizer()
    batches = [tokenizer.tokenize(texts[at : at + 20_000]) for at in range(0, len(texts), 20_000)]
    vocabulary = batches[-1].vocabulary.words
    roles = np.array([role(word) for word in vocabulary], np.int8)
    domain_of_row = np.unique(domains, return_inverse=True)[1].astype(np.int64)
    found = [terms(tokens, roles[tokens.words]) for tokens in batches]
    bases = np.cumsum([0, *map(len, batches)])
    rows = np.concatenate([part.rows + base for part, base in zip(found, bases, strict=False)])
    numbers = np.concatenate([tokens.words.astype(np.int64) for tokens in batches])
    breaks = np.concatenate([tokens.breaks for tokens in batches])
    negated, far, paired, emphasis = (
        np.concatenate([getattr(part, name) for part in found]) for name in ("negated", "far", "paired", "emphasis")
    )
    emphasis = emphasis.astype(np.float32) / HUNDRED
    lengths = np.bincount(rows, minlength=len(texts))
    kept = frequent(numbers, rows, domain_of_row, settings.least_texts_word, settings.least_domains)
    words = ["", *MARKS.values(), *sorted(vocabulary[number] for number in kept)]
    code_of = {word: code for code, word in enumerate(words)}
    codes = np.array([code_of.get(word, 0) for word in vocabulary])[numbers]
    size = len(words)
    places = np.flatnonzero(paired)
    places = places[(codes[places] > 0) & (codes[places - 1] > 0)]
    keys = codes[places - 1] * size + codes[places]
    pairs = frequent(keys, rows[places], domain_of_row, settings.least_texts_pair, settings.least_domains)
    at = np.searchsorted(pairs, keys)
    hit = pairs[np.minimum(at, len(pairs) - 1)] == keys
    everywhere = np.arange(len(codes))
    of_words = [everywhere, everywhere[negated], everywhere[far], places[hit]]
    columns = [codes, size + codes[negated], 2 * size + codes[far], 3 * size + at[hit]]
    of_rows, values = [rows[of] for of in of_words], [emphasis[of] for of in of_words]
    for end, name in MARKS.items():
        marked = rows[breaks == end]
        columns.append(np.full(len(marked), code_of[name]))
        of_rows.append(marked)
        values.append(np.ones(len(marked), np.float32))
    column, row, value = np.concatenate(columns), np.concatenate(of_rows), np.concatenate(values)
    used = (column % size != 0) | (column >= 3 * size)
    matrix = sp.csr_matrix((value[used], (row[used], column[used])), shape=(len(texts), 3 * size + len(pairs)))
    matrix.sum_duplicates()
    return words, pairs, matrix, lengths
