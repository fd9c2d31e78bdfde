"""The sets whose comments are labelled by aspect, as a task beside: names of aspects, and how they are spoken of."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus import Aspect, clean, normalised, records, text_key

SETS = {
    "acos": None, "app_review_types": None, "banking77": 7000, "flipkart_support_remarks": 6000, "mams_acsa": None,
    "memd_absa": None, "nhs_phase1": None, "oats_sentences": None, "oats_reviews": 3500, "sentihood": None,
}  # fmt: skip
"""At most so many texts of each."""
WITHOUT_ASPECTS = {"memd_absa", "oats_sentences"}
"""Sets in which a text may have none."""
LEAST_TEXTS = 20
"""In which an aspect must stand to be learned."""
WELL, ILL = {"positive", "mixed", "conflict"}, {"negative", "mixed", "conflict"}
LEAST_WORDS = 4
"""A shorter text may stand in dev by chance."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with its aspects."""

    text: str
    source: str
    aspects: dict[str, frozenset[str]]
    """Polarities of each."""


def labelled(seed: int) -> list[Labelled]:
    """Texts of every set, none that is annotated for dev, nor a sentence of such a one."""
    draw = random.Random(seed)
    dev = [row["text"] for row in records("dev")]
    keys, whole = {text_key(text) for text in dev}, " | ".join(f" {normalised(text)} " for text in dev)
    found = []
    for source, most in SETS.items():
        seen, rows = set(keys), []
        for row in records(source):
            text = clean(source, row["text"])
            key, form = text_key(text), normalised(text)
            if key in seen or (len(form.split()) >= LEAST_WORDS and f" {form} " in whole):
                continue
            seen.add(key)
            if row.get("aspects") or source in WITHOUT_ASPECTS:
                rows.append(Labelled(text, source, _aspects(source, row.get("aspects") or ())))
        draw.shuffle(rows)
        found += rows[:most]
    return found


def names_of(texts: list[Labelled]) -> tuple[list[str], dict[str, set[str]]]:
    """The aspects that are learned, sorted, and those that each set knows."""
    counts = Counter(name for one in texts for name in one.aspects)
    names = sorted(name for name, count in counts.items() if count >= LEAST_TEXTS)
    known: dict[str, set[str]] = {source: set() for source in SETS}
    for one in texts:
        known[one.source] |= set(one.aspects) & set(names)
    return names, known


def _aspects(source: str, listed: Iterable[Aspect]) -> dict[str, frozenset[str]]:
    """Each aspect of a record by its set, and where it has the form ENTITY#ATTRIBUTE by its halves, over all sets."""
    found: dict[str, set[str]] = {}
    for aspect in listed:
        category = str(aspect["category"]).strip()
        names = [f"{source}/{category}"]
        if "#" in category:
            entity, attribute = category.upper().split("#")
            names += [f"attribute/{attribute}", f"entity/{entity}"]
        for name in names:
            found.setdefault(name, set()).add(str(aspect.get("polarity")))
    return {name: frozenset(ways) for name, ways in found.items()}
