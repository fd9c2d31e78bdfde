"""A few hundred invented records in the shape of the sets that the shipped weights are fitted to."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import numpy as np
from corpus import INNER_DOMAINS, SENTIMENTS, SETS, text_key
from themes_lessons import COLUMNS, DOMAINS

THEMES = {"price": "the price", "delivery": "the delivery", "service": "the staff", "quality": "the build quality"}
WAYS = {"positive": "is great", "negative": "is awful", "neutral": "is as described"}
TAILS = ["for once", "as ever", "this time", "in the end", "at last", "I would say", "we think", "all in all"]


def made_texts(draw: random.Random, count: int) -> list[tuple[str, dict[str, str], str]]:
    """Text, themes with their polarities, and sentiment of invented comments."""
    made = []
    for number in range(count):
        theme, way = draw.choice(sorted(THEMES)), draw.choice(sorted(WAYS))
        made.append((f"{THEMES[theme]} {WAYS[way]} {draw.choice(TAILS)}, visit {number}", {theme: way}, way))
    return made


def write_lines(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def write_sets(folder: Path) -> None:
    """Write the annotations, every public set, and a teacher's judgements, `judged.npz` and `judged_themes.npz`."""
    draw = random.Random(0)
    sources = sorted(source for sources in DOMAINS.values() for source in sources)
    for kind in ("train", "dev"):
        rows = [
            {"text": text, "domain": draw.choice(sources), "sentiment": way, "themes": themes, "intents": ["praise"]}
            for text, themes, way in made_texts(draw, 160)
        ]
        write_lines(folder / "annotations" / f"{kind}.jsonl", rows)
    texts = []
    for name in sorted(SETS.keys() - {"annotations"}):
        made = made_texts(draw, 12)
        meta = {"domain": draw.choice(sorted(INNER_DOMAINS))}
        rows = [{"text": text, "label": way, "meta": meta, "aspects": None} for text, _, way in made]
        write_lines(folder / "data" / f"{name}.jsonl.gz", rows)
        texts += [text for text, _, _ in made]
    keys = np.sort(np.array([text_key(text) for text in texts], np.uint64))
    drawn = np.random.default_rng(0)
    sentiment = drawn.integers(1, 200, (len(keys), len(SENTIMENTS)), np.uint8)
    np.savez(folder / "judged.npz", keys=keys, sentiment=sentiment)
    halves = drawn.integers(-12, 4, (len(keys), COLUMNS), np.int8)
    np.savez(folder / "judged_themes.npz", keys=keys, halves=halves)
