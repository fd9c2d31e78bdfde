"""What `cxscan train` is worth for themes, on labels of ../shared; writes Markdown. No text leaves this script.

usage: own_themes.py [--shared ../shared] [-o own_themes.md]

Takes some minutes. Everything goes through the same code as the commands: labels, a model file, a scan with it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import tempfile
from dataclasses import replace
from functools import partial
from multiprocessing import Pool
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command has it

import numpy as np

from cxscan.classify.themes.evidence import GROUPS
from cxscan.learn.themes.model_columns import model_columns
from cxscan.learn.themes.theme_trainer import train_themes
from cxscan.rules.loading import load_taxonomy
from cxscan.rules.model_file import model_as_bytes
from cxscan.rules.taxonomy import built_in
from cxscan.rules.theme_weights import theme_weights
from cxscan.runs.classifier import Classifier, ClassifierOptions

NAMES = [theme.name for theme in built_in().themes]
DISGUISED = {
    "delivery": "deliver*, late, arrived",
    "competition": "competitor*, better than, compared to",
    "price": "price*, expensive, cheap",
    "ease": "easy, difficult",
    "relationship": "loyal, trust, years",
    "value": "saves time, helped me",
}
OWN = (
    ("ambience", "mams_acsa", ("ambience",), "atmosphere, ambience, music"),
    ("staff", "mams_acsa", ("staff",), "waiter, waitress, staff"),
    ("communication", "nhs_phase1", ("Communication",), "communicat*, informed, explained"),
    ("surroundings", "nhs_phase1", ("Environment/ facilities",), "clean, parking, facilities"),
    ("access", "nhs_phase1", ("Access",), "wait*, appointment*"),
    ("teacher", "oats_reviews", ("FACULTY",), "teacher, professor, instructor"),
)
BUILT_IN = (
    ("price", "mams_acsa", ("price",)),
    ("service", "mams_acsa", ("staff", "service")),
    ("price", "oats_reviews", ("PRICES",)),
    ("service", "oats_reviews", ("SERVICE", "FACULTY")),
    ("price", "sentihood", ("price",)),
    ("service", "nhs_phase1", ("Staff", "Communication")),
    ("price", "memd_absa", ("PRICE", "Price")),
    ("service", "memd_absa", ("Service",)),
)
GROUPS_OF_DOMAINS = {
    "restaurants": ("acos", "memd_absa", "yelp10k", "zomato_restaurants"),
    "goods": ("amazon_polarity10k", "blitzer_mds", "womens_clothing"),
    "apps": ("absa_apps", "g2_reviews", "uber_play"),
    "services": ("banking77", "brand_tweets", "bt_nps", "flipkart_support_remarks", "tweet_extraction"),
    "travel": ("booking_boston", "disneyland", "skytrax_lounge_seat", "trustpilot_rentals"),
    "food, courses": ("oats_reviews", "oats_sentences"),
}
SIZES = (30, 60, 200)
SEEDS = range(3)
MOST_LABELLED, MEASURED = 3_000, 1_500
PAGE = """# Themes trained on labels

What `cxscan train` brings for themes: F1 of a scan of comments that were not labelled. Made by

    python benchmarks/own_themes.py

*30 labelled* are comments drawn at random until thirty have the theme (at least as many more have it not). Means of
three draws, the worst one in brackets.

## A theme of one's own, of which nothing is known

A built-in theme is removed and comes back under another name with two or three phrases; whatever the shipped weights
knew of it is taken out of them first. Labelled comments are of `train`, measured is the whole of `dev` (1,376).

{}
## A theme of one's own beside the built-in ones

Aspects that the makers of public sets have labelled, by their rules. Weights as they come with cxscan, which may know
something like it. Measured on 1,500 other comments of the set.

{}
## A built-in theme as others label it

Gain in F1 over the shipped weights on 1,500 other comments; in brackets the worst draw, and how often the weights were
moved at all.

{}
## Built-in themes on a domain that the shipped weights know

Comments of `dev`, fitted to four fifths (about two hundred), measured on the rest, five times over. Where the labels
are made by the same rules as those that the shipped weights were fitted to, there is little to gain.

{}"""
Rows = list[tuple[str, frozenset[str]]]


def annotations(shared: Path, part: str, name: str, new: str) -> Rows:
    """Comments with their themes, one of them under a new name."""
    lines = (shared / "annotations" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = map(json.loads, lines)
    return [(row["text"], frozenset(new if theme == name else theme for theme in row["themes"])) for row in rows]


def public(shared: Path, source: str, categories: tuple[str, ...], name: str) -> Rows:
    """Comments of a public set, labelled with one theme where an aspect is of these categories."""
    with gzip.open(shared / "data" / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        (
            row["text"],
            frozenset([name] if any(c in a["category"] for a in row["aspects"] or [] for c in categories) else []),
        )
        for row in rows
    ]


def drawn(rows: Rows, name: str, wanted: int, seed: int) -> tuple[Rows, Rows]:
    """Comments at random until so many have the theme, and as many others; and the rest."""
    order = np.random.default_rng(seed).permutation(len(rows))
    having = np.cumsum([name in rows[at][1] for at in order])
    end = min(max(int(np.searchsorted(having, wanted)) + 1, 2 * wanted), MOST_LABELLED)
    return [rows[at] for at in order[:end]], [rows[at] for at in order[end:]]


def f1(rows: Rows, name: str, rules: ClassifierOptions) -> tuple[float, np.ndarray]:
    """Of one theme, by a scan; and hits, said and labelled, to be added up."""
    classifier = Classifier(rules)
    _, labels = classifier.classify([text for text, _ in rows])
    said = labels.themes[:, [theme.name for theme in classifier.themes].index(name)] != 0
    has = np.array([name in themes for _, themes in rows])
    counts = np.array([(has & said).sum(), said.sum(), has.sum()])
    return 2 * counts[0] / max(counts[1] + counts[2], 1), counts


def blinded(name: str) -> object:
    """The shipped weights without all they know of a theme: its labels, and what its phrases say."""
    shipped, number = theme_weights(), NAMES.index(name)
    arrays = {key: array.copy() for key, array in shipped.arrays.items()}
    for key in ("word_rows", "stem_rows", "pair_rows", "phrase_rows", "length_rows", "count_rows", "unit_labels"):
        arrays[key][:, number] = 0
    themes = len(NAMES)
    of_phrases = [number * GROUPS + group for group in range(GROUPS)]
    arrays["phrase_rows"][[*of_phrases, GROUPS * themes + number, (GROUPS + 1) * themes + number]] = 0
    return replace(shipped, arrays=arrays)


def trained(rows: Rows, folder: Path, taxonomy: Path | None, weights: object = None) -> tuple[ClassifierOptions, str]:
    """The rules with a model fitted to these comments, and what was done with the theme."""
    found = train_themes(load_taxonomy(taxonomy), [text for text, _ in rows], [names for _, names in rows], weights)
    if not found.fits:
        return ClassifierOptions(themes=taxonomy), found.themes[0].outcome.value
    path = folder / "model.npz"
    path.write_bytes(model_as_bytes(None, model_columns(found.fits, found.terms, (weights or theme_weights()).arrays)))
    return ClassifierOptions(themes=taxonomy, model=path), found.themes[0].outcome.value


def taxonomy_file(folder: Path, name: str, phrases: str, removed: str | None) -> Path:
    path = folder / "own.toml"
    gone = f"[themes.{removed}]\nremove = true\n" if removed else ""
    path.write_text(f'{gone}[themes.{name}]\nlens = "product"\nphrases = ["{phrases}"]\n', encoding="utf-8")
    return path


def disguised(shared: Path, name: str) -> str:
    """A row: a built-in theme under another name, with a few phrases, by weights that know nothing of it."""
    with tempfile.TemporaryDirectory() as given:
        folder, own = Path(given), f"our-{name}"
        taxonomy = taxonomy_file(folder, own, DISGUISED[name], name)
        train, dev = (annotations(shared, part, name, own) for part in ("train", "dev"))
        dev = [(text, themes & {own}) for text, themes in dev]
        train = [(text, themes & {own}) for text, themes in train]
        cells = [f"{f1(dev, own, ClassifierOptions(themes=taxonomy))[0]:.3f}"]
        weights = blinded(name)
        for size in SIZES:
            worth = [
                f1(dev, own, trained(drawn(train, own, size, seed)[0], folder, taxonomy, weights)[0])[0]
                for seed in SEEDS
            ]
            cells.append(f"{np.mean(worth):.3f} ({min(worth):.3f})")
    return f"| {name} | {DISGUISED[name]} | {' | '.join(cells)} |"


def own(shared: Path, task: tuple[str, str, tuple[str, ...], str]) -> str:
    """A row: a theme of somebody else's making, beside all built-in ones."""
    name, source, categories, phrases = task
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        taxonomy = taxonomy_file(folder, name, phrases, None)
        rows = public(shared, source, categories, name)
        before, cells = [], []
        for size in SIZES:
            worth = []
            for seed in SEEDS:
                few, rest = drawn(rows, name, size, seed)
                before.append(f1(rest[:MEASURED], name, ClassifierOptions(themes=taxonomy))[0])
                worth.append(f1(rest[:MEASURED], name, trained(few, folder, taxonomy)[0])[0])
            cells.append(f"{np.mean(worth):.3f} ({min(worth):.3f})")
    return f"| {name} | {source} | {phrases} | {np.mean(before):.3f} | {' | '.join(cells)} |"


def moved(shared: Path, task: tuple[str, str, tuple[str, ...]]) -> str:
    """A row: a built-in theme as somebody else labels it."""
    name, source, categories = task
    rows, cells = public(shared, source, categories, name), []
    with tempfile.TemporaryDirectory() as given:
        for size in SIZES:
            gains, done = [], []
            for seed in SEEDS:
                few, rest = drawn(rows, name, size, seed)
                rules, what = trained(few, Path(given), None)
                gains.append(f1(rest[:MEASURED], name, rules)[0] - f1(rest[:MEASURED], name, ClassifierOptions())[0])
                done.append(what == "moved")
            cells.append(f"{np.mean(gains):+.3f} ({min(gains):+.3f}; {sum(done)} of {len(done)})")
    return f"| {name} | {source} | {' | '.join(cells)} |"


def same_domain(shared: Path, group: str) -> tuple[str, np.ndarray, list[float]]:
    """A row: the built-in themes on dev comments of a group of domains, fitted to four fifths of them."""
    lines = (shared / "annotations" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    records = [row for row in map(json.loads, lines) if row["domain"] in GROUPS_OF_DOMAINS[group]]
    rows = [(row["text"], frozenset(row["themes"])) for row in records]
    part = np.random.default_rng(0).permutation(len(rows)) % 5
    counts = {name: np.zeros((2, 3)) for name in NAMES}
    tried = set()
    with tempfile.TemporaryDirectory() as given:
        for number in range(5):
            few = [row for row, at in zip(rows, part, strict=True) if at != number]
            rest = [row for row, at in zip(rows, part, strict=True) if at == number]
            tried |= {name for name in NAMES if sum(name in themes for _, themes in few) >= 30}
            for layer, rules in enumerate((ClassifierOptions(), trained(few, Path(given), None)[0])):
                for name in NAMES:
                    counts[name][layer] += f1(rest, name, rules)[1]
    whole = sum(counts[name] for name in tried)
    before, after = (2 * whole[layer][0] / (whole[layer][1] + whole[layer][2]) for layer in (0, 1))
    gains = [
        float(np.diff([2 * counts[name][layer][0] / counts[name][layer][1:].sum() for layer in (0, 1)])[0])
        for name in sorted(tried)
    ]
    row = (
        f"| {group} | {len(rows)} | {len(tried)} | {before:.3f} | {after:.3f} | {min(gains):+.3f} | {max(gains):+.3f} |"
    )
    return row, whole, gains


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).resolve().parent / "own_themes.md")
    wanted = parser.parse_args()
    sizes = " | ".join(f"{size} labelled" for size in SIZES)
    with Pool(2) as pool:
        parts = [
            pool.map(partial(disguised, wanted.shared), DISGUISED, chunksize=1),
            pool.map(partial(own, wanted.shared), OWN, chunksize=1),
            pool.map(partial(moved, wanted.shared), BUILT_IN, chunksize=1),
            [row for row, _, _ in pool.map(partial(same_domain, wanted.shared), GROUPS_OF_DOMAINS, chunksize=1)],
        ]
    heads = [
        f"| theme | phrases | phrases alone | {sizes} |\n|---|---|---:|{'---:|' * len(SIZES)}",
        f"| theme | set | phrases | phrases alone | {sizes} |\n|---|---|---|---:|{'---:|' * len(SIZES)}",
        f"| theme | set | {sizes} |\n|---|---|{'---:|' * len(SIZES)}",
        f"| group | comments | tried | micro-F1 as shipped | trained | worst theme | best theme |\n|---|{'---:|' * 6}",
    ]
    tables = ["\n".join([head, *rows]) + "\n" for head, rows in zip(heads, parts, strict=True)]
    wanted.output.write_text(PAGE.format(*tables), encoding="utf-8")


if __name__ == "__main__":
    main()
