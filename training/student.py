#!/usr/bin/env python3
"""Fit the small linear student to labels and the teacher's judgements, and write the model file.

usage: student.py JUDGED.npz OUT.npz            the model that is shipped
       student.py JUDGED.npz --lodo TABLE.json  leave one domain out: what it is worth elsewhere

Two numbers are learned for each term: how much it speaks for positive (``s``) and how much for no opinion (``n``).
A text has s = sum of its terms' s / sqrt-like of its length, and the classes' chances are softmax(-s, n, s).
While learning, each source has intercepts of its own, which are dropped afterwards: a set's share of negative comments
or its lack of neutral ones must not be learned through its style. Deterministic: numpy and scipy on one thread.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from dataclasses import asdict, dataclass
from pathlib import Path

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from problem import Floats, Ints, Problem, Settings, pose
from scipy.optimize import minimize

from cxscan.classify.sentiment.sentiment_terms import PARTS
from cxscan.learn.metrics import accuracy, macro_f1
from cxscan.rules.weights import weights_as_bytes


@dataclass(slots=True)
class Weights:
    """What was learned: for each column, and the intercepts."""

    polarity: Floats
    neutrality: Floats
    base_polarity: float
    base_neutrality: float


def with_lexicon(problem: Problem, counts: sp.csr_matrix) -> sp.csr_matrix:
    """The counts, and columns for what the lexicons say of plain words and of those negated from near and afar."""
    said = sp.csr_matrix(counts[:, : 3 * len(problem.words)] @ _lexicon(problem))
    return sp.hstack([counts, said], format="csr", dtype=np.float32)


def _lexicon(problem: Problem) -> sp.csr_matrix:
    plain = np.stack([np.maximum(problem.valences, 0), np.minimum(problem.valences, 0), problem.valences != 0], 1)
    return sp.block_diag([plain, plain, plain], format="csr").astype(np.float32)


def scaled(matrix: sp.csr_matrix, lengths: Ints, power: float) -> sp.csr_matrix:
    """Each row divided by its length to a power."""
    matrix = matrix.copy()
    matrix.data *= np.repeat((np.maximum(lengths, 1) ** -power).astype(np.float32), np.diff(matrix.indptr))
    return matrix


def fit(matrix: sp.csr_matrix, goals: Floats, weights: Floats, settings: Settings) -> tuple[Floats, Floats]:
    """Least cross-entropy with ridge; matrix' last columns are the sources' intercepts."""
    width = matrix.shape[1]
    turned = matrix.T.tocsr()

    def loss(flat: Floats) -> tuple[float, Floats]:
        both = flat.reshape(2, width)
        linear = (matrix @ both.T.astype(np.float32)).astype(np.float64)
        logits = np.stack([-linear[:, 0], linear[:, 1], linear[:, 0]], 1)
        logits -= logits.max(1, keepdims=True)
        chances = np.exp(logits)
        total = chances.sum(1, keepdims=True)
        chances /= total
        value = -float((weights * (goals * (logits - np.log(total))).sum(1)).sum())
        off = (chances - goals) * weights[:, None]
        slope = turned @ np.stack([off[:, 2] - off[:, 0], off[:, 1]], 1).astype(np.float32)
        value += 0.5 * settings.ridge * float(flat @ flat)
        return value, slope.T.astype(np.float64).ravel() + settings.ridge * flat

    found = minimize(
        loss, np.zeros(2 * width), jac=True, method="L-BFGS-B",
        options={"maxiter": settings.steps, "maxcor": 10, "ftol": 1e-8},
    )  # fmt: skip
    best = found.x.reshape(2, width)
    return best[0], best[1]


def goals_of(problem: Problem, settings: Settings) -> tuple[Floats, Floats]:
    """What each text should be judged as, and how much it counts; 0 for the development texts."""
    known = (problem.labels >= 0) & (problem.trust > 0) & ~problem.is_dev
    judged = ~np.isnan(problem.judged[:, 0]) & ~problem.is_dev
    goals, weights = np.full((len(known), 3), 1 / 3), np.zeros(len(known))
    goals[known] = np.eye(3)[problem.labels[known]]
    weights[known] = problem.trust[known]
    both, only = known & judged, judged & ~known
    goals[both] = settings.teacher_share * problem.judged[both] + (1 - settings.teacher_share) * goals[both]
    weights[both] = np.maximum(weights[both], settings.judged_weight)
    goals[only], weights[only] = problem.judged[only], settings.judged_weight
    return goals, weights


def drawn(problem: Problem, weights: Floats, settings: Settings, without: frozenset[str]) -> Ints:
    """The texts to learn from: all annotated ones, so many of each source, none of the domains left out."""
    usable = (weights > 0) & (problem.lengths > 0) & (problem.lengths <= settings.longest)
    usable &= ~np.isin(problem.domains, sorted(without))
    chosen = [np.flatnonzero(usable & problem.annotated)]
    draw = random.Random(settings.seed)
    for source in np.unique(problem.sources):
        for part, most in ((~problem.is_sentence, settings.per_source), (problem.is_sentence, settings.sentences)):
            members = np.flatnonzero(usable & part & ~problem.annotated & (problem.sources == source)).tolist()
            chosen.append(np.array(draw.sample(members, min(most, len(members))), np.int64))
    return np.sort(np.concatenate(chosen))


def learn(
    problem: Problem, matrix: sp.csr_matrix, settings: Settings, without: frozenset[str] = frozenset()
) -> Weights:
    """Weights for the columns of `problem.counts`, from the domains that are not left out."""
    goals, weights = goals_of(problem, settings)
    chosen = drawn(problem, weights, settings, without)
    kind = np.where(problem.annotated, "annotations", problem.sources)
    kind = np.char.add(kind, np.where(problem.is_sentence, "/sentences", ""))
    names, source = np.unique(kind[chosen], return_inverse=True)
    own = sp.csr_matrix(
        (np.full(len(chosen), settings.source_scale, np.float32), (np.arange(len(chosen)), source)),
        shape=(len(chosen), len(names)),
    )
    common = sp.csr_matrix(np.ones((len(chosen), 1), np.float32))
    polarity, neutrality = fit(
        sp.hstack([matrix[chosen], own, common], format="csr"), goals[chosen], weights[chosen], settings
    )
    width, base = problem.counts.shape[1], matrix.shape[1]
    lexicon = _lexicon(problem)
    big = np.bincount(source) >= 50
    middle = [
        float(np.median(found[base:-1][big]) * settings.source_scale + found[-1]) for found in (polarity, neutrality)
    ]
    folded = []
    for found in (polarity, neutrality):
        own_weights = found[:width].copy()
        own_weights[: lexicon.shape[0]] += lexicon @ found[width:base]
        folded.append(own_weights)
    return Weights(folded[0], folded[1], middle[0], middle[1])


def figures(truth: Ints, polarity: Floats, neutrality: Floats) -> dict[str, float]:
    """Polar share on the right side of zero, accuracy and macro-F1."""
    said = np.stack([-polarity, neutrality, polarity], 1).argmax(1)
    polar = truth != 1
    return {
        "n": len(truth),
        "polar": float(np.mean((polarity[polar] > 0) == (truth[polar] == 2))),
        "accuracy": accuracy(truth, said),
        "macro_f1": macro_f1(truth, said),
    }


def units(problem: Problem, wanted: frozenset[str]) -> dict[str, Ints]:
    """Sets by domain with at least 100 labelled comments, and the annotations of all domains together."""
    labelled = (
        (problem.labels >= 0) & ~problem.is_dev & np.isin(problem.domains, sorted(wanted)) & (problem.lengths > 0)
    )
    found = {}
    for domain in sorted(wanted):
        for source in np.unique(problem.sources[problem.domains == domain]):
            members = np.flatnonzero(
                labelled & ~problem.annotated & (problem.domains == domain) & (problem.sources == source)
            )
            if len(members) >= 100:
                found[f"{domain}/{source}"] = members
    found["annotations"] = np.flatnonzero(labelled & problem.annotated)
    return found


def leave_out(
    problem: Problem, matrix: sp.csr_matrix, settings: Settings, groups: list[frozenset[str]]
) -> tuple[Floats, Floats]:
    """Polarity and neutrality of each text, by a model that saw nothing of its group of domains."""
    polarity, neutrality = np.full(len(problem.labels), np.nan), np.full(len(problem.labels), np.nan)
    for group in groups:
        weights = learn(problem, matrix, settings, group)
        members = np.flatnonzero(np.isin(problem.domains, sorted(group)))
        part = scaled(problem.counts[members], problem.lengths[members], settings.length_power)
        polarity[members] = part @ weights.polarity + weights.base_polarity
        neutrality[members] = part @ weights.neutrality + weights.base_neutrality
    return polarity, neutrality


GROUPS = [
    frozenset({"restaurant", "airlines", "brand_tweets", "courses", "telecom", "parks"}),
    frozenset({"hotel", "laptop", "patients", "rides", "news", "drugs"}),
    frozenset({"tweets", "clothing", "books", "software", "rentals"}),
    frozenset({"products", "food", "movies", "apps", "places"}),
]


def table(
    problem: Problem, polarity: Floats, neutrality: Floats, wanted: frozenset[str]
) -> dict[str, dict[str, float]]:
    """Figures per unit, and their mean over the sets."""
    found = {name: figures(problem.labels[m], polarity[m], neutrality[m]) for name, m in units(problem, wanted).items()}
    sets = [v for name, v in found.items() if name != "annotations"]
    found["mean"] = {key: float(np.mean([v[key] for v in sets])) for key in ("polar", "accuracy", "macro_f1")}
    return found


def main() -> None:
    """Fit and write the weights, or a table of what they are worth on trades left out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("judged", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--lodo", action="store_true")
    wanted = parser.parse_args()
    settings = Settings()
    problem = pose(wanted.judged, settings)
    matrix = scaled(with_lexicon(problem, problem.counts), problem.lengths, settings.length_power)
    if wanted.lodo:
        domains = frozenset().union(*GROUPS)
        polarity, neutrality = leave_out(problem, matrix, settings, [frozenset({d}) for d in sorted(domains)])
        json.dump(table(problem, polarity, neutrality, domains), wanted.out.open("w"), indent=1)
        return
    weights = learn(problem, matrix, settings)
    write(wanted.out, problem, weights, settings)


UNIT = 4096
"""One in the model file's whole numbers."""


def write(path: Path, problem: Problem, weights: Weights, settings: Settings) -> None:
    """The model as whole numbers, with a header that says what it is."""
    size = len(problem.words)
    bounds = [0, size, 2 * size, 3 * size, len(weights.polarity)]
    arrays: dict[str, NDArray[np.generic]] = {
        "words": np.frombuffer("\n".join(problem.words).encode(), np.uint8),
        "pairs": problem.pairs,
    }
    for part, first, last in zip(PARTS, bounds, bounds[1:], strict=False):
        for kind, column in (("polarity", weights.polarity), ("neutrality", weights.neutrality)):
            whole = np.clip(np.rint(column[first:last] * UNIT), -32767, 32767)
            arrays[f"{part}_{kind}"] = whole.astype(np.int16)
    facts = {
        "unit": UNIT,
        "base_polarity": round(weights.base_polarity + settings.shift_polarity, 4),
        "base_neutrality": round(weights.base_neutrality + settings.shift_neutral, 4),
        "length_power": settings.length_power,
        "settings": asdict(settings),
    }
    path.write_bytes(weights_as_bytes("sentiment", arrays, facts))


if __name__ == "__main__":
    main()
