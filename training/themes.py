#!/usr/bin/env python3
"""Fit the learned themes and intents, and write src/cxscan/rules/themes.npz.

usage: themes.py JUDGED_THEMES.npz OUT.npz [--shared ../shared] [--tables TABLES.md] [--jobs N]

JUDGED_THEMES.npz: what a teacher says of public texts (theme_teacher.py). Learned from the train annotations and texts
of ours besides; dev is only measured on. First every fold of domains is left out once: thresholds, the mix of the
intents and polarity are fitted to what is said of texts of unknown domains. Deterministic: numpy and scipy on one
thread, a process for each of `--jobs` fits.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"

import numpy as np
from scipy.optimize import minimize
from themes_choice import NEARLY, best_threshold, held_to_examples, thresholds_of
from themes_lessons import (
    COUNT_STEPS,
    LABELS,
    LENGTH_STEPS,
    THEMES,
    lessons,
)
from themes_polarity import polarity_of
from themes_report import tables
from themes_units import PASSES, begun, fitted

if TYPE_CHECKING:
    import scipy.sparse as sp
    from numpy.typing import NDArray
    from themes_lessons import Floats, Ints, Lessons
    from themes_units import Halves, Net

    from cxscan.rules.weights import Arrays

from cxscan.classify.intents import mixed_features, with_words
from cxscan.classify.phrases.hits import PhraseBook
from cxscan.classify.sentiment.model_sentiment import ModelSentiment
from cxscan.classify.themes.evidence import LONGEST, MOST_SENTENCES, UNIT
from cxscan.classify.themes.hidden_units import ROW_UNIT
from cxscan.classify.themes.scores import CHANCE_UNIT, SATURATED, ThemeScorer
from cxscan.learn.themes.noisy_or_loss import noisy_or_loss
from cxscan.learn.themes.training_matrix import PAIR_SCALE, PHRASE_SCALE
from cxscan.model import INTENTS
from cxscan.rules.model_file import shipped_sentiment
from cxscan.rules.taxonomy import built_in
from cxscan.rules.theme_weights import ThemeWeights, theme_weights_as_bytes
from cxscan.tokens import Tokenizer

FOLDS = (
    ("restaurants",),
    ("apps", "services"),
    ("goods", "food, courses, hotels"),
    ("travel", "health"),
)
"""Groups of domains that are left out together."""
RIDGE, MIX_RIDGE = 3.0, 3.0
STEPS = 40
LEAST_WEIGHT, LEAST_PAIR_WEIGHT, LEAST_UNIT_WEIGHT = 0.06, 0.08, 0.25
"""A word, beginning or pair whose largest weights are smaller, of labels and of units, is left out."""


def fit(terms: sp.csr_matrix, texts: Ints, goals: Floats, trust: Floats, ridge: float) -> Floats:
    """Weights, terms by labels with the intercept last, under which a text has a label if one of its sentences has.

    `texts` numbers the text of each row from 0; every text has a row.
    """
    width, labels = terms.shape[1], goals.shape[1]
    turned, first = terms.T.tocsr(), np.searchsorted(texts, np.arange(len(goals)))
    start = np.zeros((width + 1, labels))
    start[-1] = np.log((goals * trust).sum(0) / ((1 - goals) * trust).sum(0)) - np.log(len(texts) / len(goals))

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(width + 1, labels)
        logits = (terms @ weights[:-1].astype(np.float32)).astype(np.float64) + weights[-1]
        losses, of_texts = noisy_or_loss(logits, goals, first)
        total = (trust * losses).sum() + ridge / 2 * (weights[:-1] ** 2).sum()
        slopes = (trust * of_texts)[texts] / (1 + np.exp(-logits))
        gradient = np.empty_like(weights)
        gradient[:-1] = turned @ slopes.astype(np.float32) + ridge * weights[:-1]
        gradient[-1] = slopes.sum(0)
        return total, gradient.ravel()

    options = {"maxiter": STEPS, "maxcor": 6}
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options=options)
    weights: Floats = found.x.reshape(width + 1, labels)
    return weights


def net_without(known: Lessons, domains: tuple[str, ...]) -> Net:
    """Fitted to all but dev and these domains: words, pairs and phrases first, then hidden units with them."""
    worded = np.bincount(known.texts, minlength=len(known.kinds)) > 0
    chosen = (known.kinds != "dev") & ~np.isin(known.domains, domains) & worded
    numbers, rows = np.flatnonzero(chosen), np.flatnonzero(chosen[known.texts])
    terms, texts = known.terms[rows], np.searchsorted(numbers, known.texts[rows])
    goals, trust, count = known.goals[numbers], known.trust[numbers], len(LABELS)
    linear = fit(terms, texts, goals[:, :count], trust[:, :count], RIDGE)
    return fitted(begun(linear, len(known.words) + len(known.stems), goals.shape[1]), terms, texts, goals, trust)


def mix_of(features: Floats, goals: Floats, trust: Floats) -> Floats:
    """Weights of a ridge logistic regression, features by intents; one feature is 1 everywhere."""

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(features.shape[1], -1)
        logits = features @ weights
        total = (trust * (np.logaddexp(0, logits) - goals * logits)).sum() + MIX_RIDGE / 2 * (weights**2).sum()
        return total, (features.T @ (trust * (1 / (1 + np.exp(-logits)) - goals)) + MIX_RIDGE * weights).ravel()

    start = np.zeros(features.shape[1] * goals.shape[1])
    weights: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x.reshape(features.shape[1], -1)
    return weights


def arrays_of(known: Lessons, net: Net) -> Arrays:
    """What is learned of words, in whole numbers, as the file holds it; no thresholds, mix nor polarity yet."""
    steps = (len(LENGTH_STEPS), len(COUNT_STEPS))
    sizes = [len(known.words), len(known.stems), len(known.pairs)]
    ends = np.cumsum([*sizes, known.terms.shape[1] - sum(sizes) - sum(steps), steps[0]])
    words, stems, pairs, phrases, long, many = np.split(net.linear, ends)
    word_units, stem_units = np.split(net.rows, [len(words)])
    count = len(LABELS)
    lengths = (np.arange(LONGEST + 1)[:, None] >= np.array(LENGTH_STEPS)) @ long + net.base[:count]
    counts = (np.arange(MOST_SENTENCES + 1)[:, None] >= np.array(COUNT_STEPS)) @ many
    pairs, phrases = pairs * PAIR_SCALE, phrases * PHRASE_SCALE
    kept_pairs = np.abs(pairs).max(axis=1) >= LEAST_PAIR_WEIGHT
    kept_words, kept_stems = _telling(words, word_units), _telling(stems, stem_units)
    kept_words[known.pairs[kept_pairs].ravel()] = True
    number = np.cumsum(kept_words) - 1
    places = np.arange(-SATURATED, SATURATED + 1) / UNIT
    sums = np.maximum(np.arange(16 * CHANCE_UNIT) / CHANCE_UNIT, 0.5 / CHANCE_UNIT)
    return {
        "words": _listed(known.words, kept_words), "word_rows": _whole(words[kept_words]),
        "stems": _listed(known.stems, kept_stems), "stem_rows": _whole(stems[kept_stems]),
        "pair_words": number[known.pairs[kept_pairs]].astype(np.uint16), "pair_rows": _whole(pairs[kept_pairs]),
        "phrase_rows": _whole(phrases), "length_rows": _whole(lengths),
        "count_rows": _whole(counts),
        "unit_word_rows": _small(word_units[kept_words]), "unit_stem_rows": _small(stem_units[kept_stems]),
        "unit_bias": np.rint(net.bias * ROW_UNIT).astype(np.int16), "unit_context": _whole(net.context),
        "unit_labels": _whole(net.out[:, :count]), "unit_poles": _whole(net.out[:, count:]),
        "pole_base": _whole(net.base[count:]),
        "chances": np.rint(np.logaddexp(0, places) * CHANCE_UNIT).astype(np.uint16),
        "logits": np.rint(np.log(np.expm1(sums)) * UNIT).astype(np.int16),
        "thresholds": np.zeros(count, np.int16), "nearly": _whole(np.array([NEARLY])),
    }  # fmt: skip


def _telling(rows: Halves, units: Halves) -> NDArray[np.bool_]:
    telling: NDArray[np.bool_] = (np.abs(rows).max(axis=1) >= LEAST_WEIGHT) | (
        np.abs(units).max(axis=1) >= LEAST_UNIT_WEIGHT
    )
    return telling


def _whole(weights: Floats | Halves) -> NDArray[np.int16]:
    return np.clip(np.rint(weights * UNIT), -32_000, 32_000).astype(np.int16)


def _small(weights: Halves) -> NDArray[np.int8]:
    return np.clip(np.rint(weights * ROW_UNIT), -127, 127).astype(np.int8)


def _listed(words: list[str], kept: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(word for word, keep in zip(words, kept, strict=True) if keep).encode(), np.uint8)


class Part(NamedTuple):
    """Texts, and what was learned without their domains."""

    numbers: Ints
    """Of the texts, among the lessons."""
    arrays: Arrays


def parts_of(known: Lessons, jobs: int) -> list[Part]:
    """Split train and dev into folds of domains, each with weights fitted without it; last our texts, with all."""
    parts = []
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        nets = [pool.submit(net_without, known, fold) for fold in (*FOLDS, ())]
        for fold, net in zip((*FOLDS, ()), nets, strict=True):
            here = np.isin(known.domains, fold) & np.isin(known.kinds, ("train", "dev"))
            numbers = np.flatnonzero(here if fold else known.kinds == "own")
            parts.append(Part(numbers, arrays_of(known, net.result())))
            print(f"without {fold}" if fold else "with all", file=sys.stderr, flush=True)
    return parts


def said_of(known: Lessons, parts: list[Part]) -> tuple[Floats, Ints]:
    """Log-odds of each label, and what says something of the intents besides; zeros for public texts."""
    odds, mixed = np.zeros((len(known.kinds), len(LABELS))), []
    for numbers, arrays in parts:
        tokens = Tokenizer().tokenize([known.comments[number] for number in numbers])
        hits = PhraseBook(built_in().themes).find(tokens)
        odds[numbers] = ThemeScorer(weights_of(arrays)).score(tokens, hits).margins / UNIT
        sentiment, asked = (
            ModelSentiment(shipped_sentiment()).classify(tokens),
            PhraseBook(built_in().intents).find(tokens),
        )
        mixed.append(mixed_features(tokens, hits, asked, sentiment.texts, sentiment.clauses))
    features = np.zeros((len(known.kinds), mixed[0].shape[1]), np.int64)
    for part, rows in zip(parts, mixed, strict=True):
        features[part.numbers] = rows
    return odds, features


def weights_of(arrays: Arrays) -> ThemeWeights:
    """The arrays as the classifier takes them."""
    return ThemeWeights(THEMES, INTENTS, arrays, taxonomy=built_in().sha256)


def main() -> None:
    """Leave domains out, fit, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("judged", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--tables", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    wanted = parser.parse_args()
    known = lessons(wanted.shared, wanted.judged)
    train, own, count = known.kinds == "train", known.kinds == "own", len(THEMES)
    parts = parts_of(known, wanted.jobs)
    odds, besides = said_of(known, parts)
    thresholds = held_to_examples(thresholds_of(known.goals[train, :count], odds[train, :count]), known, odds)
    above = odds - np.append(thresholds, np.zeros(len(INTENTS)))
    features = with_words(np.rint(above * UNIT).astype(np.int64), besides) / UNIT
    taught, intents = train | own, slice(count, len(LABELS))
    trust = np.minimum(known.trust[taught, intents], 1)
    mix = mix_of(features[taught], known.goals[taught, intents], trust)
    mixed = features @ mix
    cuts = np.array([best_threshold(known.goals[train, count + i], mixed[train, i]) for i in range(len(INTENTS))])
    found = {
        "thresholds": _whole(np.append(thresholds, np.zeros(len(INTENTS)))),
        "intent_mix": _whole(mix), "intent_thresholds": np.rint(cuts * UNIT * UNIT).astype(np.int32),
    }  # fmt: skip
    polarity, elsewhere = polarity_of(
        wanted.shared, [(numbers, weights_of({**arrays, **found})) for numbers, arrays in parts]
    )
    arrays = {**parts[-1].arrays, **found, "polarity": polarity}
    content = theme_weights_as_bytes(replace(weights_of(arrays), facts={"ridge": RIDGE, "passes": PASSES}))
    wanted.out.write_bytes(content)
    print(f"{wanted.out}: {len(content)} bytes, polarity elsewhere {elsewhere:.4f}", file=sys.stderr)
    if wanted.tables:
        text = tables(known, above[:, :count], mixed - cuts, wanted.shared)
        wanted.tables.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
