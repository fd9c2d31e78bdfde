"""What the learned themes are fitted to: texts with labels or a teacher's judgements, as a sparse matrix of terms."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy.sparse as sp
from corpus import clean, text_key
from own_contrasts import DENIED, own_contrasts

from cxscan.classify.learned_intents import mixed_features
from cxscan.classify.phrase_book import PhraseBook
from cxscan.classify.sentiment_model import ModelSentiment
from cxscan.classify.theme_terms import GROUPS, LONGEST, MOST_SENTENCES, Sentences, phrase_keys, stem
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

DOMAINS = {
    "restaurants": ("acos", "mams_acsa", "memd_absa", "yelp10k", "zomato_restaurants"),
    "goods": ("amazon_polarity10k", "blitzer_mds", "womens_clothing"),
    "apps": ("absa_apps", "app_review_types", "g2_reviews", "uber_play"),
    "services": ("banking77", "brand_tweets", "bt_nps", "flipkart_support_remarks", "tweet_extraction",
                 "tweeteval_sentiment", "vader_tweets"),
    "travel": ("booking_boston", "disneyland", "sentihood", "skytrax_lounge_seat", "trustpilot_rentals"),
    "food, courses, hotels": ("oats_reviews", "oats_sentences"),
    "health": ("druglib", "nhs_phase1"),
}  # fmt: skip
"""Which sets are left out together."""

LEAST_TEXTS_WORD, LEAST_TEXTS_PAIR = 4, 8
LONGEST_TEXT = 250
"""Words of the longest public text that is learned from."""

PHRASE_SCALE, PAIR_SCALE = 2.0, 0.7
"""Size of a phrase hit and of a pair beside a word: what is larger is held back less."""

SHARE_OF_SECOND = 0.6
"""Of the teachers' judgement of themes, where there are two."""

INTENTS_TRUST = 0.3
"""Weight of the second teacher's word on what a public text does."""

OWN_TRUST = 2.0
"""Weight of what a text of the taxonomy must be found to say, or must not."""

CONTRASTS_TRUST = 0.3
"""Weight of a theme or an intent in one of the comments of `own_contrasts`."""

REQUESTS_TRUST = 0.2
"""Weight of an app review that is labelled by what it does, beside 1 of an annotated comment."""

LENGTH_STEPS = (2, 4, 7, 11, 16, 24, 40, 70, LONGEST)
COUNT_STEPS = (2, 3, 4, 6, 8, MOST_SENTENCES)
"""A sentence of so many words or more, in a text of so many sentences or more."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Texts; rows of `terms` are their sentences, in their order."""

    kinds: NDArray[np.str_]
    """train, dev, public or own: the texts that hold the taxonomy to its word."""
    domains: NDArray[np.str_]
    themes: Floats
    """Texts by themes; of public texts what the teacher says."""
    told: Floats
    """Texts by themes: 0 where it is not known whether a text has a theme, else 1, or more for texts of our own."""
    intents: Floats
    trust: Floats
    """Texts by intents."""
    terms: sp.csr_matrix
    texts: Ints
    """Text of each sentence."""
    phrases_found: NDArray[np.bool_]
    """What phrases alone find, texts by themes."""
    mix: Floats
    """Features of the intents that are not words."""
    words: list[str]
    stems: list[str]
    pairs: Ints
    """First and second word of each pair, as numbers in `words`."""


_ALL = [1.0] * len(THEMES)


class _Item(NamedTuple):
    text: str
    source: str
    kind: str
    themes: list[float]
    told: list[float]
    intents: list[float]
    trust: list[float]
    """Of each intent."""


def _items(shared: Path, judged: Path, second: Path) -> list[_Item]:
    """The annotated texts, and the public ones that the teacher judged."""
    items = []
    for kind in ("train", "dev"):
        for line in (shared / "annotations" / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            themes = [float(theme in row["themes"]) for theme in THEMES]
            intents = [float(intent in row["intents"]) for intent in INTENTS]
            items.append(_Item(row["text"], row["domain"], kind, themes, _ALL, intents, [1.0] * len(INTENTS)))
    items += _own()
    with np.load(second) as file:
        seconds = dict(zip(file["keys"].tolist(), zip(file["themes"], file["intents"], strict=True), strict=True))
    for text, source, row, said in _judged_texts(shared, judged):
        chances = said / 255
        intents, trust = _asked(source, row)
        again = seconds.get(text_key(text))
        if again is not None:
            chances = _blend(chances, again[0] / 255)
            intents = [
                own if known else chance for own, known, chance in zip(intents, trust, again[1] / 255, strict=True)
            ]
            trust = [max(known, INTENTS_TRUST) for known in trust]
        items.append(_Item(text, source, "public", chances.tolist(), _ALL, intents, trust))
    return items


def _own() -> list[_Item]:
    """What the taxonomy's texts must be found to say, and what not, and what comments of ours say of two things or three.

    Of all else that they say nothing is known.
    """
    items = []
    names = (*THEMES, *INTENTS)
    for rules in (*built_in().themes, *built_in().intents):
        trust = [OWN_TRUST * (name == rules.name) for name in names]
        for text in (*rules.match, *rules.no_match, *DENIED.get(rules.name, ())):
            goals = [float(name == rules.name and text in rules.match) for name in names]
            count = len(THEMES)
            items.append(_Item(text, "own", "own", goals[:count], trust[:count], goals[count:], trust[count:]))
    for text, told in own_contrasts():
        said = [float(theme in told) for theme in THEMES]
        known = [CONTRASTS_TRUST * so for so in said]
        does = [float(intent in {"praise", "complaint"}) for intent in INTENTS]
        items.append(_Item(text, "own", "own", said, known, does, [CONTRASTS_TRUST] * len(INTENTS)))
    return items


def public_texts(shared: Path, judged: Path) -> list[str]:
    """The public texts that the teacher judged, and that are learned from."""
    return [text for text, *_ in _judged_texts(shared, judged)]


def _judged_texts(shared: Path, judged: Path) -> Iterator[tuple[str, str, dict, NDArray[np.uint8]]]:
    """Each public text that the teacher judged once: text, source, row, judgement; none that is annotated."""
    with np.load(judged) as file:
        chances = dict(zip(file["keys"].tolist(), file["themes"], strict=True))
    for kind in ("train", "dev"):
        for line in (shared / "annotations" / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines():
            chances.pop(text_key(json.loads(line)["text"]), None)
    for path in sorted((shared / "data").glob("*.jsonl.gz")):
        source = path.name.removesuffix(".jsonl.gz")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                text = clean(source, row["text"])
                said = chances.pop(text_key(text), None)
                if said is not None and len(text.split()) <= LONGEST_TEXT:
                    yield text, source, row, said


def _blend(first: Floats, second: Floats) -> Floats:
    """Chances between those of two teachers, as log-odds."""
    odds = [np.log((each + 0.004) / (1.004 - each)) for each in (first, second)]
    blended: Floats = 1 / (1 + np.exp(-(1 - SHARE_OF_SECOND) * odds[0] - SHARE_OF_SECOND * odds[1]))
    return blended


def _asked(source: str, row: dict) -> tuple[list[float], list[float]]:
    """Intents of a public text, and how far they are trusted: some app reviews are known to ask for a feature."""
    asks = source == "app_review_types" and row["aspects"][0]["category"] == "feature request"
    trust = REQUESTS_TRUST if source == "app_review_types" else 0.0
    return [float(intent == "suggestion" and asks) for intent in INTENTS], [
        trust * (intent == "suggestion") for intent in INTENTS
    ]


def lessons(shared: Path, judged: Path, second: Path) -> Lessons:
    """Read everything and count the terms. `second`: what the second teacher says, of some of the texts."""
    items = _items(shared, judged, second)
    domain_of = {source: domain for domain, sources in DOMAINS.items() for source in sources}
    tokens = Tokenizer().tokenize([item.text for item in items])
    hits = PhraseBook(built_in().themes).find(tokens)
    sentences = Sentences.of(tokens)
    words, stems, pairs, matrix = _terms(tokens, sentences)
    rows, columns = phrase_keys(hits, sentences, len(THEMES))
    phrases = _matrix(rows, columns, (len(sentences.starts), (GROUPS + 2) * len(THEMES)), PHRASE_SCALE)
    lengths = np.diff(sentences.starts, append=len(tokens.words))
    long = sp.csr_matrix((lengths[:, None] >= np.array(LENGTH_STEPS)).astype(np.float32))
    counts = np.bincount(sentences.texts, minlength=len(items))[sentences.texts]
    many = sp.csr_matrix((counts[:, None] >= np.array(COUNT_STEPS)).astype(np.float32))
    found = np.zeros((len(items), len(THEMES)), np.bool_)
    found[np.searchsorted(tokens.word_offsets, hits.first_words, side="right") - 1, hits.labels] = True
    sentiment = ModelSentiment(None).classify(tokens)
    asked = PhraseBook(built_in().intents).find(tokens)
    return Lessons(
        kinds=np.array([item.kind for item in items]),
        domains=np.array([domain_of.get(item.source, "other") for item in items]),
        themes=np.array([item.themes for item in items]),
        told=np.array([item.told for item in items]),
        intents=np.array([item.intents for item in items]),
        trust=np.array([item.trust for item in items]),
        terms=sp.hstack([matrix, phrases, long, many], format="csr", dtype=np.float32),
        texts=sentences.texts,
        phrases_found=found,
        mix=mixed_features(tokens, hits, asked, sentiment.texts, sentiment.clauses).astype(np.float64),
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
    word_ids = _common(numbers, texts, LEAST_TEXTS_WORD)
    stem_ids = _common(begun, texts, LEAST_TEXTS_WORD)
    place_of = np.full(len(known), -1)
    place_of[word_ids] = np.arange(len(word_ids))
    near = near[(place_of[numbers[near]] >= 0) & (place_of[numbers[near + 1]] >= 0)]
    keys = place_of[numbers[near]] * len(word_ids) + place_of[numbers[near + 1]]
    pair_ids = _common(keys, texts[near], LEAST_TEXTS_PAIR)
    height = len(sentences.starts)
    parts = [
        _counted(numbers, sentences.of_words, word_ids, height, 1.0),
        _counted(begun, sentences.of_words, stem_ids, height, 1.0),
        _counted(keys, sentences.of_words[near], pair_ids, height, PAIR_SCALE),
    ]
    stems = list(stem_numbers)
    pairs = np.stack(np.divmod(pair_ids, len(word_ids)), axis=1)
    return [known[i] for i in word_ids], [stems[i] for i in stem_ids], pairs, sp.hstack(parts, format="csr")


def _common(ids: Ints, texts: Ints, least: int) -> Ints:
    """The ids that stand in so many texts, sorted."""
    height = int(texts.max()) + 1
    once = np.unique(ids * height + texts) // height
    found, counts = np.unique(once, return_counts=True)
    return found[counts >= least]


def _counted(ids: Ints, rows: Ints, wanted: Ints, height: int, scale: float) -> sp.csr_matrix:
    columns = np.minimum(np.searchsorted(wanted, ids), len(wanted) - 1)
    known = wanted[columns] == ids
    return _matrix(rows[known], columns[known], (height, len(wanted)), scale)


def _matrix(rows: Ints, columns: Ints, shape: tuple[int, int], scale: float) -> sp.csr_matrix:
    matrix = sp.csr_matrix((np.full(len(rows), scale, np.float32), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    return matrix
