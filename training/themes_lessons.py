"""What the learned themes are fitted to: texts with labels or a teacher's judgements, as a sparse matrix of terms.

Columns of labels: the themes, the intents, then whether each theme is spoken well of, and whether ill (its poles).
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy.sparse as sp
from corpus import Record, annotated, clean, text_key
from own_contrasts import DENIED, own_contrasts

from cxscan.classify.phrases.hits import PhraseBook
from cxscan.classify.themes.evidence import GROUPS, LONGEST, MOST_SENTENCES, Sentences, phrase_keys, stem
from cxscan.learn.themes.training_matrix import PAIR_SCALE, PHRASE_SCALE, common_ids
from cxscan.model import INTENTS, Break
from cxscan.rules.taxonomy import built_in
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from cxscan.model import Tokens

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

THEMES = tuple(theme.name for theme in built_in().themes)
LABELS = (*THEMES, *INTENTS)
COLUMNS = len(LABELS) + 2 * len(THEMES)

DOMAINS = {
    "restaurants": ("acos", "mams_acsa", "memd_absa", "yelp10k", "zomato_restaurants"),
    "goods": ("amazon_polarity10k", "blitzer_mds", "womens_clothing"),
    "apps": ("absa_apps", "app_review_types", "bank_app_au", "g2_reviews", "music_app", "uber_play"),
    "services": ("banking77", "brand_tweets", "bt_nps", "flipkart_support_remarks", "pet_insurance",
                 "trustpilot_gulf", "tweet_extraction", "tweeteval_sentiment", "vader_tweets"),
    "travel": ("booking_boston", "disneyland", "sentihood", "skytrax_lounge_seat", "trustpilot_rentals"),
    "food, courses, hotels": ("oats_reviews", "oats_sentences"),
    "health": ("druglib", "nhs_phase1"),
}  # fmt: skip
"""Which sets are left out together."""

LEAST_TEXTS_WORD, LEAST_TEXTS_PAIR = 4, 8
LONGEST_TEXT = 250
"""Words of the longest public text that is learned from."""

PUBLIC_TRUST = 0.3
"""Weight of what the teacher says of a public text, beside 1 of an annotated one."""

OWN_TRUST = 8.0
"""Weight of what a text of the taxonomy must be found to say, or must not."""

CONTRASTS_TRUST = 0.5
"""Weight of a theme or an intent in one of the comments of `own_contrasts`."""

WELL, ILL = ("positive", "mixed"), ("negative", "mixed")
"""Polarities of a theme that is spoken well of, and ill."""

LENGTH_STEPS = (2, 4, 7, 11, 16, 24, 40, 70, LONGEST)
COUNT_STEPS = (2, 3, 4, 6, 8, MOST_SENTENCES)
"""A sentence of so many words or more, in a text of so many sentences or more."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Texts; rows of `terms` are their sentences, in their order."""

    kinds: NDArray[np.str_]
    """train, dev, public or own: the texts that hold the taxonomy to its word."""
    domains: NDArray[np.str_]
    comments: list[str]
    goals: Floats
    """Texts by columns; of public texts what the teacher says."""
    trust: Floats
    """Texts by columns: 0 where it is not known whether a text has a label, else how much that counts."""
    terms: sp.csr_matrix
    texts: Ints
    """Text of each sentence."""
    words: list[str]
    stems: list[str]
    pairs: Ints
    """First and second word of each pair, as numbers in `words`."""


class _Item(NamedTuple):
    text: str
    source: str
    kind: str
    goals: Floats
    trust: Floats
    """Of each column."""


def _items(shared: Path, judged: Path) -> list[_Item]:
    """The annotated texts, ours, and the public ones that the teacher judged."""
    items = [
        _Item(row["text"], row["domain"], kind, annotated_goals(row), np.ones(COLUMNS))
        for kind in ("train", "dev")
        for row in annotated(kind, shared)
    ]
    items += _own()
    count = len(THEMES)
    for text, source, halves in _judged_texts(shared, judged):
        chances = 1 / (1 + np.exp(-halves / 2))
        chances[len(LABELS) :] *= np.tile(chances[:count], 2)
        items.append(_Item(text, source, "public", chances, np.full(COLUMNS, PUBLIC_TRUST)))
    return items


def annotated_goals(row: Record) -> Floats:
    """What the annotators say of a comment, by columns."""
    return _goals({*row["themes"], *row["intents"]}, row["themes"])


def _goals(labels: set[str], polarities: dict[str, str]) -> Floats:
    """1 in the columns of these labels and of the poles of these polarities."""
    well, ill = ({name for name, way in polarities.items() if way in ways} for ways in (WELL, ILL))
    flags = [name in labels for name in LABELS], [name in well for name in THEMES], [name in ill for name in THEMES]
    return np.concatenate(flags).astype(np.float64)


def _own() -> list[_Item]:
    """Label the taxonomy's examples, and comments of ours that speak of two things or three.

    Of all else that they say nothing is known.
    """
    items = []
    for rules in (*built_in().themes, *built_in().intents):
        trust = np.zeros(COLUMNS)
        trust[LABELS.index(rules.name)] = OWN_TRUST
        for text in (*rules.match, *rules.no_match, *DENIED.get(rules.name, ())):
            goals = _goals({rules.name} if text in rules.match else set(), {})
            items.append(_Item(text, "own", "own", goals, trust))
    for text, told in own_contrasts():
        said = [theme in told for theme in THEMES]
        known = np.concatenate([said, np.ones(len(INTENTS)), said, said]) * CONTRASTS_TRUST
        items.append(_Item(text, "own", "own", _goals({*told, "praise", "complaint"}, told), known))
    return items


def public_texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Every public text once, with its source, as it is judged and learned from; none that is annotated."""
    seen = {text_key(row["text"]) for kind in ("train", "dev") for row in annotated(kind, shared)}
    for path in sorted((shared / "data").glob("*.jsonl.gz")):
        source = path.name.removesuffix(".jsonl.gz")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = clean(source, json.loads(line)["text"])
                key = text_key(text)
                if key not in seen and len(text.split()) <= LONGEST_TEXT:
                    seen.add(key)
                    yield text, source


def _judged_texts(shared: Path, judged: Path) -> Iterator[tuple[str, str, NDArray[np.int8]]]:
    """Each public text that the teacher judged: text, source, log-odds of each column in halves."""
    with np.load(judged) as file:
        said = dict(zip(file["keys"].tolist(), file["halves"], strict=True))
    for text, source in public_texts(shared):
        halves = said.get(text_key(text))
        if halves is not None:
            yield text, source, halves


def group_of(source: str, kind: str) -> str:
    """Name the group of domains with which a source is left out; `other` for public texts that are in none.

    Raises ValueError for annotations of such a source: no threshold would be fitted to them.
    """
    for group, sources in DOMAINS.items():
        if source in sources:
            return group
    if kind in ("train", "dev"):
        raise ValueError(
            f"annotations of {source}, which is in no group of DOMAINS in training/themes_lessons.py; add it"
        )
    return "other"


def lessons(shared: Path, judged: Path) -> Lessons:
    """Read everything and count the terms."""
    items = _items(shared, judged)
    domains = [group_of(item.source, item.kind) for item in items]
    tokens = Tokenizer().tokenize([item.text for item in items])
    hits = PhraseBook(built_in().themes).find(tokens)
    sentences = Sentences.split(tokens)
    words, stems, pairs, matrix = _terms(tokens, sentences)
    rows, columns = phrase_keys(hits, sentences, len(THEMES))
    phrases = _matrix(rows, columns, (len(sentences.starts), (GROUPS + 2) * len(THEMES)), PHRASE_SCALE)
    lengths = np.diff(sentences.starts, append=len(tokens.words))
    long = sp.csr_matrix((lengths[:, None] >= np.array(LENGTH_STEPS)).astype(np.float32))
    counts = np.bincount(sentences.texts, minlength=len(items))[sentences.texts]
    many = sp.csr_matrix((counts[:, None] >= np.array(COUNT_STEPS)).astype(np.float32))
    return Lessons(
        kinds=np.array([item.kind for item in items]),
        domains=np.array(domains),
        comments=[item.text for item in items],
        goals=np.array([item.goals for item in items]),
        trust=np.array([item.trust for item in items]),
        terms=sp.hstack([matrix, phrases, long, many], format="csr", dtype=np.float32),
        texts=sentences.texts,
        words=words,
        stems=stems,
        pairs=pairs,
    )


def _terms(tokens: Tokens, sentences: Sentences) -> tuple[list[str], list[str], Ints, sp.csr_matrix]:
    """Common words, beginnings and pairs, and how often each stands in each sentence."""
    known = tokens.vocabulary.words
    texts = sentences.texts[sentences.of_words]
    numbers = tokens.words.astype(np.int64)
    stem_numbers: dict[str, int] = {}
    begun = np.array([stem_numbers.setdefault(stem(word), len(stem_numbers)) for word in known])[numbers]
    near = np.flatnonzero(tokens.breaks[:-1] < Break.SENTENCE)
    word_ids = common_ids(numbers, texts, LEAST_TEXTS_WORD)
    stem_ids = common_ids(begun, texts, LEAST_TEXTS_WORD)
    place_of = np.full(len(known), -1)
    place_of[word_ids] = np.arange(len(word_ids))
    near = near[(place_of[numbers[near]] >= 0) & (place_of[numbers[near + 1]] >= 0)]
    keys = place_of[numbers[near]] * len(word_ids) + place_of[numbers[near + 1]]
    pair_ids = common_ids(keys, texts[near], LEAST_TEXTS_PAIR)
    height = len(sentences.starts)
    parts = [
        _counted(numbers, sentences.of_words, word_ids, height, 1.0),
        _counted(begun, sentences.of_words, stem_ids, height, 1.0),
        _counted(keys, sentences.of_words[near], pair_ids, height, PAIR_SCALE),
    ]
    stems = list(stem_numbers)
    pairs = np.stack(np.divmod(pair_ids, len(word_ids)), axis=1)
    return [known[i] for i in word_ids], [stems[i] for i in stem_ids], pairs, sp.hstack(parts, format="csr")


def _counted(ids: Ints, rows: Ints, wanted: Ints, height: int, scale: float) -> sp.csr_matrix:
    columns = np.minimum(np.searchsorted(wanted, ids), len(wanted) - 1)
    known = wanted[columns] == ids
    return _matrix(rows[known], columns[known], (height, len(wanted)), scale)


def _matrix(rows: Ints, columns: Ints, shape: tuple[int, int], scale: float) -> sp.csr_matrix:
    matrix = sp.csr_matrix((np.full(len(rows), scale, np.float32), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    return matrix
