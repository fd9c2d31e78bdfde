"""Invented comments about an invented shop, Brindle & Moss; some speak of presents, a theme of one's own."""

from __future__ import annotations

from pathlib import Path

THINGS = ["ribbon", "voucher", "bouquet", "hamper", "card"]
ABOUT_PRESENTS = [
    "the {} made my sister smile",
    "Brindle sent the {} with a note for mum",
    "I ordered a {} for her birthday",
    "such a pretty {} for my aunt",
    "the {} was creased when dad opened it",
    "a {} from Moss is always a surprise",
    "we gave the {} to our neighbour",
    "no {} in the parcel although I asked for one",
]
OTHERS = [
    "the kettle from Brindle broke after a week",
    "Moss answered my question at once",
    "far too dear for a plain mug",
    "the lamp is bright and easy to fit",
    "I waited nine days for the chairs",
    "their app forgets my address",
    "the shop in Tarnley is tidy",
    "a refund took three calls",
    "good soap and fair prices",
    "the rug is softer than I thought",
]
WHEN = ["today", "again", "last spring", "on Monday", "as ever", "in May", "this time", "at last"]

WITH = [f"{text.format(thing)} {WHEN[at % 8]}" for at, text in enumerate(ABOUT_PRESENTS) for thing in THINGS]
WITHOUT = [f"{text} {when}" for text in OTHERS for when in WHEN]
COMMENTS = [*WITH, *WITHOUT]
LABELS = [frozenset(["presents"])] * len(WITH) + [frozenset()] * len(WITHOUT)

TAXONOMY = """\
[themes.presents]
lens = "customer"
definition = "Bought for somebody else."
phrases = ["gift*, birthday present"]
not_here = ["happy card"]
match = ["A gift for mum."]
"""


def taxonomy_file(folder: Path, text: str = TAXONOMY) -> Path:
    path = folder / "presents.toml"
    path.write_text(text, encoding="utf-8")
    return path
