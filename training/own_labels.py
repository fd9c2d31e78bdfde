#!/usr/bin/env python3
"""What `cxscan train` on a few labels of one's own is worth, on two trades: the table of docs/model-card.md.

usage: own_labels.py JUDGED.npz TABLE.md

Starts once from the shipped weights, and once from weights that were fitted without the two trades. Labels are stars.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from corpus import corpus
from problem import Settings, pose
from student import learn, scaled, with_lexicon, write

from cxscan.learn.metrics import accuracy, macro_f1
from cxscan.learn.sentiment.sentiment_fit import fit_sentiment, linear_model
from cxscan.learn.sentiment.term_counts import TermCounter
from cxscan.rules.weights import read_weights
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from cxscan.rules.weights import Weights

TRADES = {"womens_clothing": "clothing", "bt_nps": "telecom"}
SIGNS = {"negative": -1, "neutral": 0, "positive": 1}
SIZES = (50, 200, 500)
MOST = 3_500
"""Comments of a set that are learned from and measured on."""
DRAWS = 8
SHIPPED = Path(__file__).resolve().parents[1] / "src" / "cxscan" / "rules" / "sentiment.npz"


def without(judged: Path, trades: frozenset[str], out: Path) -> None:
    """Write weights whose student saw nothing of these trades."""
    settings = Settings()
    problem = pose(judged, settings)
    matrix = scaled(with_lexicon(problem, problem.counts), problem.lengths, settings.length_power)
    write(out, problem, learn(problem, matrix, settings, trades), settings)


def gains(weights: Weights, texts: list[str], signs: np.ndarray) -> list[str]:
    """Accuracy before, and for each size the mean and the worst gain of accuracy and the mean one of macro-F1."""
    counts, start = TermCounter(weights).count(Tokenizer().tokenize(texts)), linear_model(weights)
    before = start.predict(counts)
    cells = [f"{accuracy(signs, before):.3f}"]
    for size in SIZES:
        right, even = [], []
        for seed in range(DRAWS):
            order = np.random.default_rng(seed).permutation(len(signs))
            few, rest = order[:size], order[size:]
            after = fit_sentiment(start, counts.select(few), signs[few]).predict(counts.select(rest))
            right.append(accuracy(signs[rest], after) - accuracy(signs[rest], before[rest]))
            even.append(macro_f1(signs[rest], after) - macro_f1(signs[rest], before[rest]))
        cells.append(f"{np.mean(right):+.3f} (worst {min(right):+.3f}; F1 {np.mean(even):+.3f})")
    return cells


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("judged", type=Path)
    parser.add_argument("out", type=Path)
    wanted = parser.parse_args()
    rows = [row for row in corpus()[0] if row.label and row.source in TRADES]
    lines = [
        "| set | weights it started from | accuracy before | "
        + " | ".join(f"gain with {size}" for size in SIZES)
        + " |",
        "|---|---|---:|" + "---:|" * len(SIZES),
    ]
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = Path(folder) / "elsewhere.npz"
        without(wanted.judged, frozenset(TRADES.values()), elsewhere)
        for name in TRADES:
            mine = [row for row in rows if row.source == name]
            drawn = [mine[at] for at in np.random.default_rng(0).permutation(len(mine))[:MOST]]
            signs = np.array([SIGNS[str(row.label)] for row in drawn])
            for start, path in (("without clothing and telecom", elsewhere), ("as shipped", SHIPPED)):
                found = gains(read_weights(path, kind="sentiment"), [row.text for row in drawn], signs)
                lines.append(f"| {name} | {start} | " + " | ".join(found) + " |")
                print(lines[-1], file=sys.stderr, flush=True)
    wanted.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
