"""The labelled public comments, cleaned, deduplicated and grouped into domains.

Reads ``../shared/data`` and ``../shared/annotations`` (or the folder in CXSCAN_SHARED); writes nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

SHARED = Path(os.environ.get("CXSCAN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
LONG_WORDS = 30
"""From which a comment's sentences are learned from too."""

SENTIMENTS = ("negative", "neutral", "positive")
HUMAN, STARS, FIELD = "human", "stars", "field"

# set -> (domain or None when each row says its own, kind of label, trust in polar labels, trust in neutral labels)
SETS: dict[str, tuple[str | None, str, float, float]] = {
    "annotations": (None, HUMAN, 2.0, 2.0),
    "absa_apps": ("apps", HUMAN, 0.6, 0.25),
    "acos": (None, HUMAN, 1.0, 0.5),
    "amazon_polarity10k": ("products", STARS, 0.7, 0.0),
    "app_review_types": ("app_reviews", HUMAN, 0.0, 0.0),
    "banking77": ("bank", HUMAN, 0.0, 0.0),
    "blitzer_mds": ("products", STARS, 0.7, 0.0),
    "booking_boston": ("hotel", FIELD, 0.7, 0.0),
    "brand_tweets": ("brand_tweets", HUMAN, 0.7, 0.7),
    "bt_nps": ("telecom", STARS, 0.6, 0.2),
    "disneyland": ("parks", STARS, 0.6, 0.3),
    "druglib": ("drugs", STARS, 0.5, 0.3),
    "flipkart_support_remarks": ("support", HUMAN, 0.0, 0.0),
    "g2_reviews": ("software", FIELD, 0.6, 0.0),
    "mams_acsa": ("restaurant", HUMAN, 1.0, 0.5),
    "memd_absa": (None, HUMAN, 1.0, 0.5),
    "nhs_phase1": ("patients", HUMAN, 0.7, 0.0),
    "oats_reviews": (None, HUMAN, 0.8, 0.0),
    "oats_sentences": (None, HUMAN, 1.0, 0.5),
    "sentihood": ("places", HUMAN, 0.8, 0.0),
    "skytrax_lounge_seat": ("airlines", STARS, 0.7, 0.3),
    "sst5": ("movies", HUMAN, 0.8, 0.8),
    "trustpilot_rentals": ("rentals", STARS, 0.7, 0.3),
    "tweet_extraction": ("tweets", HUMAN, 0.8, 0.6),
    "tweeteval_sentiment": ("tweets", HUMAN, 0.9, 0.9),
    "uber_play": ("rides", STARS, 0.6, 0.3),
    "vader_movie": ("movies", HUMAN, 0.8, 0.8),
    "vader_nyt": ("news", HUMAN, 0.7, 0.7),
    "vader_tweets": ("tweets", HUMAN, 1.0, 1.0),
    "womens_clothing": ("clothing", STARS, 0.6, 0.3),
    "yelp10k": ("restaurant", STARS, 0.7, 0.3),
    "zomato_restaurants": ("restaurant", STARS, 0.7, 0.3),
}
INNER_DOMAINS = {
    "laptop": "laptop", "restaurant": "restaurant", "Books": "books", "Clothing": "clothing", "Hotel": "hotel",
    "Laptop": "laptop", "Restaurant": "restaurant", "amazon_ff": "food", "coursera": "courses", "hotels": "hotel",
}  # fmt: skip


class Aspect(TypedDict):
    """An aspect that a set's makers have labelled."""

    category: str
    polarity: str | None


class Record(TypedDict, total=False):
    """A line of a public set, or of the annotations, as far as it is read."""

    text: str
    label: str | None
    meta: dict[str, str] | None
    aspects: list[Aspect] | None
    sentiment: str
    domain: str
    themes: dict[str, str]
    """Of the annotations: each theme's polarity."""
    intents: list[str]


@dataclass(frozen=True, slots=True)
class Comment:
    """One distinct text; ``label`` is None where no source gives a sentiment that is trusted."""

    text: str
    source: str
    domain: str
    label: str | None
    trust: float
    themes: tuple[str, ...] | None = None


def normalised(text: str) -> str:
    """What makes two texts the same: their letters and digits, lower-cased."""
    return re.sub(r"[\W_]+", " ", text.replace("’", "'").replace("'", "").lower()).strip()


def text_key(text: str) -> int:
    """Eight bytes that stand for a text (of its normalised form)."""
    form = normalised(text) or text.strip()
    return int.from_bytes(hashlib.blake2b(form.encode(), digest_size=8).digest(), "little")


def annotated(kind: str, shared: Path = SHARED) -> list[Record]:
    """Read the annotated comments, ``train`` or ``dev``."""
    with (shared / "annotations" / f"{kind}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def records(name: str, shared: Path = SHARED) -> Iterator[Record]:
    """Read a public set, or the annotations ``train`` or ``dev``."""
    if name in ("train", "dev"):
        yield from annotated(name, shared)
    else:
        with gzip.open(shared / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)


def domain_of(name: str, record: Record) -> str:
    """The domain by which a record is left out; a source of the annotations that is no public set is one by itself."""
    domain = SETS[name][0] if name in SETS else name
    return INNER_DOMAINS[(record["meta"] or {})["domain"]] if domain is None else domain


def clean(name: str, text: str) -> str:
    """Undo the damage that a source did to its texts."""
    if name == "nhs_phase1" and re.search(r"[a-z]I|I[a-z]", text):
        text = text.replace("I", "i")
    return text


def unusable(name: str, record: Record) -> bool:
    """Texts in another language."""
    meta = record.get("meta") or {}
    return name in ("trustpilot_rentals", "absa_apps") and meta.get("lang", "en") not in ("en", None)


def corpus() -> tuple[list[Comment], list[Record]]:
    """Every distinct training comment, and the development annotations, whose texts are not among them."""
    dev = annotated("dev")
    sealed = {text_key(row["text"]) for row in dev}
    found: dict[int, Comment] = {}
    domain_by_text = _domains()
    for name, (_, _, polar, neutral) in SETS.items():
        for record in records("train" if name == "annotations" else name):
            text = clean(name, record["text"])
            key = text_key(text)
            if key in sealed or unusable(name, record):
                continue
            label: str | None
            themes: tuple[str, ...] | None
            if name == "annotations":
                label, themes, source = record["sentiment"], tuple(record["themes"]), record["domain"]
                domain = domain_by_text.get(key) or domain_of(source, {"meta": {"domain": "hotels"}, **record})
            else:
                label, themes, source, domain = record["label"], None, name, domain_of(name, record)
            if label not in SENTIMENTS:
                label = None
            trust = 0.0 if label is None else neutral if label == "neutral" else polar
            if key not in found or (found[key].trust < trust and found[key].themes is None):
                found[key] = Comment(text, source, domain, label if trust > 0 else None, trust, themes)
    return list(found.values()), dev


def _domains() -> dict[int, str]:
    """The domain of each text of the public sets, by its key."""
    domains: dict[int, str] = {}
    for name in (name for name in SETS if name != "annotations"):
        for record in records(name):
            if not unusable(name, record):
                domains.setdefault(text_key(clean(name, record["text"])), domain_of(name, record))
    return domains


def sentences(rows: list[Comment], per_source: int) -> list[tuple[str, str, str]]:
    """Sentences of the longer comments as (text, source, domain): a fixed draw, so many of each source."""
    draw = random.Random(1)
    by_source: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        if len(row.text.split()) < LONG_WORDS:
            continue
        for piece in re.split(r"(?<=[.!?])\s+|\n+", row.text):
            if 3 <= len(piece.split()) <= 40:
                by_source.setdefault(row.source, []).append((piece.strip(), row.source, row.domain))
    chosen: list[tuple[str, str, str]] = []
    for members in by_source.values():
        chosen += draw.sample(members, min(per_source, len(members)))
    return chosen
