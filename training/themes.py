#!/usr/bin/env python3
"""Fit the learned themes and intents, and write src/cxscan/rules/themes.npz.

usage: themes.py JUDGED.npz JUDGED_INTENTS.npz OUT.npz [--shared ../shared] [--tables TABLES.md]

JUDGED.npz: `keys` and `themes`, a teacher's judgements of public texts (judge.py). JUDGED_INTENTS.npz: those of a
second teacher, with `intents` (second_teacher.py). Learned from the train annotations and the taxonomy's own texts;
dev is only measured on. First every group of domains is left out once: thresholds and the mix of the intents are
fitted to what is said of texts of unknown domains. Deterministic: numpy and scipy on one thread.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"

import numpy as np
from scipy.optimize import minimize
from themes_lessons import COUNT_STEPS, DOMAINS, LENGTH_STEPS, PAIR_SCALE, PHRASE_SCALE, lessons
from themes_polarity import polarity_of

if TYPE_CHECKING:
    import scipy.sparse as sp
    from themes_lessons import Floats, Ints, Lessons

from cxscan.classify.learned_intents import with_words
from cxscan.classify.learned_themes import CHANCE_UNIT, KIND, SATURATED
from cxscan.classify.theme_terms import LONGEST, MOST_SENTENCES, UNIT
from cxscan.rules.taxonomy import built_in
from cxscan.rules.weights import read_weights, weights_as_bytes

SHARE_OF_TEACHER = 0.5
"""Of the goal for a public text; the rest is what a model of annotations and phrases says of it."""
FIRST_PUBLIC, FIRST_TRUST, FIRST_RIDGE = 0.15, 0.3, 4.0
"""The first model: share of public texts, their weight, and how far weights are held back."""
PUBLIC_TRUST, RIDGE, INTENT_RIDGE, MIX_RIDGE = 0.1, 3.0, 4.0, 3.0
STEPS = 40
NEARLY = 0.6
"""Logits below a threshold at which a comment without themes still has its best one."""
LEAST_WEIGHT = 0.04
"""A term whose largest weight is smaller is left out."""


def fit(terms: sp.csr_matrix, texts: Ints, goals: Floats, trust: Floats, ridge: float, start: Floats | None) -> Floats:
    """Weights, terms by labels with the intercept last, under which a text has a label if one of its sentences has.

    `texts` numbers the text of each row from 0; every text has a row.
    """
    width, labels = terms.shape[1], goals.shape[1]
    turned, first = terms.T.tocsr(), np.searchsorted(texts, np.arange(len(goals)))
    if start is None:
        start = np.zeros((width + 1, labels))
        start[-1] = np.log((goals * trust).sum(0) / ((1 - goals) * trust).sum(0)) - np.log(len(texts) / len(goals))

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(width + 1, labels)
        logits = (terms @ weights[:-1].astype(np.float32)).astype(np.float64) + weights[-1]
        sums = np.maximum(np.add.reduceat(np.logaddexp(0, logits), first, axis=0), 1e-9)
        chances = np.maximum(-np.expm1(-sums), 1e-9)
        total = (trust * ((1 - goals) * sums - goals * np.log(chances))).sum() + ridge / 2 * (weights[:-1] ** 2).sum()
        slopes = (trust * ((1 - goals) - goals * (1 - chances) / chances))[texts] / (1 + np.exp(-logits))
        gradient = np.empty_like(weights)
        gradient[:-1] = turned @ slopes.astype(np.float32) + ridge * weights[:-1]
        gradient[-1] = slopes.sum(0)
        return total, gradient.ravel()

    options = {"maxiter": STEPS, "maxcor": 6}
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options=options)
    return found.x.reshape(width + 1, labels)


def logits_of(terms: sp.csr_matrix, texts: Ints, weights: Floats) -> Floats:
    """How surely each text has each label."""
    logits = terms @ weights[:-1] + weights[-1]
    first = np.searchsorted(texts, np.arange(texts[-1] + 1))
    return np.log(np.maximum(np.expm1(np.add.reduceat(np.logaddexp(0, logits), first, axis=0)), 1e-9))


class Course:
    """Fits on a part of the lessons."""

    def __init__(self, known: Lessons) -> None:
        self._known = known
        self._public = known.kinds == "public"
        self._first = ~self._public | (np.random.default_rng(0).random(len(known.kinds)) < FIRST_PUBLIC)
        self._worded = np.bincount(known.texts, minlength=len(known.kinds)) > 0

    def part(self, chosen: np.ndarray) -> tuple[Ints, sp.csr_matrix, Ints]:
        """Numbers of the chosen texts that have words, their terms, and the text of each row."""
        numbers = np.flatnonzero(chosen & self._worded)
        rows = np.flatnonzero((chosen & self._worded)[self._known.texts])
        return numbers, self._known.terms[rows], np.searchsorted(numbers, self._known.texts[rows])

    def weights(self, without: str | None) -> Floats:
        """Weights for themes and intents, learned without a group of domains."""
        known = self._known
        allowed = (known.kinds != "dev") & (known.domains != without)
        numbers, terms, texts = self.part(allowed & self._first)
        trust = np.where(self._public, FIRST_TRUST, 1.0)[:, None] * known.told
        first = fit(terms, texts, known.themes[numbers], trust[numbers], FIRST_RIDGE, None)
        numbers, terms, texts = self.part(allowed)
        goals, public = known.themes[numbers], self._public[numbers]
        surely = np.log((goals + 0.004) / (1.004 - goals))
        blend = (1 - SHARE_OF_TEACHER) * logits_of(terms, texts, first) + SHARE_OF_TEACHER * surely
        goals = np.where(public[:, None], 1 / (1 + np.exp(-blend)), goals)
        trust = np.where(self._public, PUBLIC_TRUST, 1.0)[:, None] * known.told
        themes = fit(terms, texts, goals, trust[numbers], RIDGE, first)
        numbers, terms, texts = self.part(allowed & known.trust.any(axis=1))
        intents = fit(terms, texts, known.intents[numbers], known.trust[numbers], INTENT_RIDGE, None)
        return np.hstack([themes, intents])

    def said(self, chosen: np.ndarray, weights: Floats) -> tuple[Ints, Floats]:
        """Numbers of the chosen texts, and the logits of their labels."""
        numbers, terms, texts = self.part(chosen)
        return numbers, logits_of(terms, texts, weights)


def thresholds_of(goals: Floats, logits: Floats) -> Floats:
    """Thresholds that make micro-F1 and macro-F1 together largest, one theme at a time."""
    tried = np.arange(-20, 11) / 10
    wanted, above = goals > 0.5, logits[:, :, None] > tried
    hits, said, so = (above & wanted[:, :, None]).sum(0), above.sum(0), wanted.sum(0)
    chosen = np.full(len(so), 15)
    places = np.arange(len(so))
    for _ in range(4):
        for theme in places:
            others_hit = hits[places, chosen].sum() - hits[theme, chosen[theme]]
            others_said = said[places, chosen].sum() - said[theme, chosen[theme]]
            micro = 2 * (others_hit + hits[theme]) / (others_said + said[theme] + so.sum())
            macro = 2 * hits[theme] / (said[theme] + so[theme]) / len(so)
            chosen[theme] = int(np.argmax(micro + macro))
    return tried[chosen]


def mix_of(features: Floats, goals: Floats, trust: Floats) -> Floats:
    """Weights of a ridge logistic regression, features by intents; one feature is 1 everywhere."""

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(features.shape[1], -1)
        logits = features @ weights
        total = (trust * (np.logaddexp(0, logits) - goals * logits)).sum() + MIX_RIDGE / 2 * (weights**2).sum()
        return total, (features.T @ (trust * (1 / (1 + np.exp(-logits)) - goals)) + MIX_RIDGE * weights).ravel()

    start = np.zeros(features.shape[1] * goals.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B").x.reshape(features.shape[1], -1)


def best_threshold(goals: Floats, logits: Floats) -> float:
    """The threshold with the largest F1 for one intent."""
    tried = np.arange(-20, 11) / 10
    f1 = [2 * ((logits > t) & (goals > 0.5)).sum() / ((logits > t).sum() + goals.sum()) for t in tried]
    return float(tried[int(np.argmax(f1))])


def arrays_of(known: Lessons, weights: Floats, thresholds: Floats, mix: Floats, cuts: Floats) -> dict:
    """Everything in whole numbers, as the file holds it."""
    steps = (len(LENGTH_STEPS), len(COUNT_STEPS))
    sizes = [len(known.words), len(known.stems), len(known.pairs)]
    ends = np.cumsum([*sizes, known.terms.shape[1] - sum(sizes) - sum(steps), *steps])
    words, stems, pairs, phrases, long, many, rest = np.split(weights, ends)
    lengths = (np.arange(LONGEST + 1)[:, None] >= np.array(LENGTH_STEPS)) @ long + rest
    counts = (np.arange(MOST_SENTENCES + 1)[:, None] >= np.array(COUNT_STEPS)) @ many
    pairs, phrases = pairs * PAIR_SCALE, phrases * PHRASE_SCALE
    kept_pairs = np.abs(pairs).max(axis=1) >= LEAST_WEIGHT
    kept_words = np.abs(words).max(axis=1) >= LEAST_WEIGHT
    kept_words[known.pairs[kept_pairs].ravel()] = True
    kept_stems = np.abs(stems).max(axis=1) >= LEAST_WEIGHT
    number = np.cumsum(kept_words) - 1
    places = np.arange(-SATURATED, SATURATED + 1) / UNIT
    sums = np.maximum(np.arange(16 * CHANCE_UNIT) / CHANCE_UNIT, 0.5 / CHANCE_UNIT)
    return {
        "words": _listed(known.words, kept_words), "word_rows": _whole(words[kept_words]),
        "stems": _listed(known.stems, kept_stems), "stem_rows": _whole(stems[kept_stems]),
        "pair_words": number[known.pairs[kept_pairs]].astype(np.uint16), "pair_rows": _whole(pairs[kept_pairs]),
        "phrase_rows": _whole(phrases), "length_rows": _whole(lengths),
        "count_rows": _whole(counts),
        "chances": np.rint(np.logaddexp(0, places) * CHANCE_UNIT).astype(np.uint16),
        "logits": np.rint(np.log(np.expm1(sums)) * UNIT).astype(np.int16),
        "thresholds": _whole(np.append(thresholds, np.zeros(mix.shape[1]))),
        "nearly": _whole(np.array([NEARLY])),
        "intent_mix": _whole(mix), "intent_thresholds": np.rint(cuts * UNIT * UNIT).astype(np.int32),
    }  # fmt: skip


def _whole(weights: Floats) -> np.ndarray:
    return np.clip(np.rint(weights * UNIT), -32_000, 32_000).astype(np.int16)


def _listed(words: list[str], kept: np.ndarray) -> np.ndarray:
    return np.frombuffer("\n".join(word for word, keep in zip(words, kept, strict=True) if keep).encode(), np.uint8)


def main() -> None:
    """Leave domains out, fit, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("judged", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--tables", type=Path)
    wanted = parser.parse_args()
    known = lessons(wanted.shared, wanted.judged, wanted.second)
    course = Course(known)
    annotated, train = np.isin(known.kinds, ("train", "dev")), known.kinds == "train"
    themes = known.themes.shape[1]
    elsewhere = np.full((len(known.kinds), themes + known.intents.shape[1]), -12.0)
    for domain in DOMAINS:
        numbers, logits = course.said(annotated & (known.domains == domain), course.weights(domain))
        elsewhere[numbers] = logits
        print(f"without {domain}", file=sys.stderr, flush=True)
    weights = course.weights(None)
    own = known.kinds == "own"
    numbers, logits = course.said(own, weights)
    elsewhere[numbers] = logits
    thresholds = thresholds_of(known.themes[train], elsewhere[train, :themes])
    above = elsewhere - np.append(thresholds, np.zeros(known.intents.shape[1]))
    features = with_words(np.rint(above * UNIT).astype(np.int64), known.mix.astype(np.int64)) / UNIT
    taught = train | own
    mix = mix_of(features[taught], known.intents[taught], known.trust[taught])
    mixed = features @ mix
    cuts = np.array([best_threshold(known.intents[train, i], mixed[train, i]) for i in range(mix.shape[1])])
    facts = {"taxonomy": built_in().sha256, "teacher_share": SHARE_OF_TEACHER, "ridge": RIDGE}
    arrays = arrays_of(known, weights, thresholds, mix, cuts)
    wanted.out.write_bytes(weights_as_bytes(KIND, arrays, facts))
    arrays["polarity"] = polarity_of(wanted.shared, read_weights(wanted.out, kind=KIND))
    content = weights_as_bytes(KIND, arrays, facts)
    wanted.out.write_bytes(content)
    print(f"{wanted.out}: {len(content)} bytes, {len(known.words)} words", file=sys.stderr)
    from themes_report import tables

    text = tables(known, elsewhere[:, :themes] - thresholds, mixed - cuts, NEARLY, wanted.shared)
    if wanted.tables:
        wanted.tables.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
