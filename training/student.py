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
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"

import numpy as np
import scipy.sparse as sp
from corpus import SENTIMENTS, Comment, corpus, sentences, text_key
from numpy.typing import NDArray
from own_sentences import own_sentences
from scipy.optimize import minimize

from cxscan.classify.emphasis import HUNDRED
from cxscan.classify.terms import MARKS, PARTS, role, terms
from cxscan.rules.weights import weights_as_bytes
from cxscan.tokens import Tokenizer

OWN = "own"
"""Source and domain of the sentences that we wrote."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that shapes the model, kept in its header."""

    per_source: int = 12_000
    """Most texts of one source that are learned from."""
    sentences: int = 15_000
    """Most sentences of one source that are learned from besides."""
    longest: int = 200
    """Words of the longest text that is learned from."""
    least_texts_word: int = 3
    least_texts_pair: int = 4
    least_domains: int = 2
    """In how many domains a word or pair must stand."""
    length_power: float = 0.4
    """Sums are divided by the number of words to this power."""
    teacher_share: float = 1.0
    """Of the goal where there is a label too."""
    judged_weight: float = 1.0
    """Of a text that only the teacher judged."""
    own_trust: float = 1.0
    """Of the sentences that we wrote."""
    ridge: float = 1.0
    source_scale: float = 0.5
    """Size of the sources' own intercepts: smaller is more held back."""
    steps: int = 250
    shift_polarity: float = 0.0
    shift_neutral: float = 0.75
    seed: int = 0


@dataclass(slots=True)
class Problem:
    """Texts as sparse counts of terms, with goals."""

    texts: list[str]
    words: list[str]
    """Known words; a word's code is its place, 0 is for all others."""
    pairs: Ints
    """Sorted keys: first code * number of words + second code."""
    counts: sp.csr_matrix
    """Texts x (words, negated words, words negated from afar, pairs), each by its emphasis."""
    lengths: Ints
    domains: NDArray[np.str_]
    sources: NDArray[np.str_]
    labels: Ints
    trust: Floats
    judged: Floats
    """Teacher's probabilities; NaN where it did not judge."""
    annotated: NDArray[np.bool_]
    is_dev: NDArray[np.bool_]
    is_sentence: NDArray[np.bool_]
    valences: Floats
    """Of the words, in VADER's lexicon and ours."""


def pose(judged_path: Path, settings: Settings) -> Problem:
    """Read everything and count the terms."""
    rows, dev = corpus()
    whole = {text_key(row.text) for row in rows} | {text_key(r["text"]) for r in dev}
    for text, source, domain in sentences(rows, settings.sentences):
        if (key := text_key(text)) not in whole:
            whole.add(key)
            rows.append(Comment(text, source, domain, None, -1.0))
    rows += [Comment(text, OWN, OWN, label, settings.own_trust) for text, label in own_sentences()]
    with np.load(judged_path) as file:
        where = {key: at for at, key in enumerate(file["keys"].tolist())}
        sentiment = file["sentiment"].astype(np.float64)
    texts = [row.text for row in rows] + [r["text"] for r in dev]
    judged = np.full((len(texts), 3), np.nan)
    for i, text in enumerate(texts):
        is_own = i < len(rows) and rows[i].source == OWN
        if not is_own and (at := where.get(text_key(text))) is not None:
            judged[i] = sentiment[at] / sentiment[at].sum()
    labels = np.array(
        [SENTIMENTS.index(row.label) if row.label else -1 for row in rows]
        + [SENTIMENTS.index(r["sentiment"]) for r in dev]
    )
    domains = np.array([row.domain for row in rows] + ["dev"] * len(dev))
    words, pairs, counts, lengths = count(texts, domains, settings)
    return Problem(
        texts=texts,
        words=words,
        pairs=pairs,
        counts=counts,
        lengths=lengths,
        domains=domains,
        sources=np.array([row.source for row in rows] + ["dev"] * len(dev)),
        labels=labels,
        trust=np.array([row.trust for row in rows] + [0.0] * len(dev)),
        judged=judged,
        annotated=np.array([row.themes is not None for row in rows] + [False] * len(dev)),
        is_dev=np.arange(len(texts)) >= len(rows),
        is_sentence=np.array([row.trust < 0 for row in rows] + [False] * len(dev)),
        valences=valences(words),
    )


def feedback_valences() -> dict[str, float]:
    """Our own valences (-4 to 4, as in VADER's lexicon) of words that matter in feedback."""
    lines = Path(__file__).with_name("feedback_lexicon.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {word: float(valence) for word, valence in pairs}


def valences(words: list[str]) -> Floats:
    """What the lexicons say of the words, -1 to 1."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    lexicon = {**SentimentIntensityAnalyzer().lexicon, **feedback_valences()}
    return np.array([lexicon.get(word, 0.0) / 4 for word in words])


def frequent(keys: Ints, rows: Ints, domain_of_row: Ints, least_texts: int, least_domains: int) -> Ints:
    """The distinct keys that stand in enough texts and domains, sorted."""
    distinct, places = np.unique(keys, return_inverse=True)
    once = np.unique(places * np.int64(2**32) + rows)
    place, row = once >> 32, once & (2**32 - 1)
    texts = np.bincount(place, minlength=len(distinct))
    seen = np.unique(place * 1024 + domain_of_row[row])
    domains = np.bincount(seen >> 10, minlength=len(distinct))
    return distinct[(texts >= least_texts) & (domains >= least_domains)]


def count(
    texts: list[str], domains: NDArray[np.str_], settings: Settings
) -> tuple[list[str], Ints, sp.csr_matrix, Ints]:
    """Known words, kept pairs, the matrix of counts, and the texts' lengths."""
    import cxscan.tokens.tokenizer

    cxscan.tokens.tokenizer.LARGEST_VOCABULARY = 10**9
    tokenizer = Tokenizer()
    batches = [tokenizer.tokenize(texts[at : at + 20_000]) for at in range(0, len(texts), 20_000)]
    vocabulary = batches[-1].vocabulary.words
    roles = np.array([role(word) for word in vocabulary], np.int8)
    domain_of_row = np.unique(domains, return_inverse=True)[1].astype(np.int64)
    found = [terms(tokens, roles[tokens.words]) for tokens in batches]
    bases = np.cumsum([0, *map(len, batches)])
    rows = np.concatenate([part.rows + base for part, base in zip(found, bases, strict=False)])
    numbers = np.concatenate([tokens.words.astype(np.int64) for tokens in batches])
    breaks = np.concatenate([tokens.breaks for tokens in batches])
    negated, far, paired, emphasis = (
        np.concatenate([getattr(part, name) for part in found]) for name in ("negated", "far", "paired", "emphasis")
    )
    emphasis = emphasis.astype(np.float32) / HUNDRED
    lengths = np.bincount(rows, minlength=len(texts))
    kept = frequent(numbers, rows, domain_of_row, settings.least_texts_word, settings.least_domains)
    words = ["", *MARKS.values(), *sorted(vocabulary[number] for number in kept)]
    code_of = {word: code for code, word in enumerate(words)}
    codes = np.array([code_of.get(word, 0) for word in vocabulary])[numbers]
    size = len(words)
    places = np.flatnonzero(paired)
    places = places[(codes[places] > 0) & (codes[places - 1] > 0)]
    keys = codes[places - 1] * size + codes[places]
    pairs = frequent(keys, rows[places], domain_of_row, settings.least_texts_pair, settings.least_domains)
    at = np.searchsorted(pairs, keys)
    hit = pairs[np.minimum(at, len(pairs) - 1)] == keys
    everywhere = np.arange(len(codes))
    of_words = [everywhere, everywhere[negated], everywhere[far], places[hit]]
    columns = [codes, size + codes[negated], 2 * size + codes[far], 3 * size + at[hit]]
    of_rows, values = [rows[of] for of in of_words], [emphasis[of] for of in of_words]
    for end, name in MARKS.items():
        marked = rows[breaks == end]
        columns.append(np.full(len(marked), code_of[name]))
        of_rows.append(marked)
        values.append(np.ones(len(marked), np.float32))
    column, row, value = np.concatenate(columns), np.concatenate(of_rows), np.concatenate(values)
    used = (column % size != 0) | (column >= 3 * size)
    matrix = sp.csr_matrix((value[used], (row[used], column[used])), shape=(len(texts), 3 * size + len(pairs)))
    matrix.sum_duplicates()
    return words, pairs, matrix, lengths


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


def chances(polarity: Floats, neutrality: Floats) -> Floats:
    """Of negative, neutral, positive."""
    logits = np.stack([-polarity, neutrality, polarity], 1)
    logits -= logits.max(1, keepdims=True)
    exponents = np.exp(logits)
    return exponents / exponents.sum(1, keepdims=True)


def macro_f1(truth: Ints, said: Ints) -> float:
    """As tools/score.py counts it: the mean over the classes that are there."""
    values = []
    for code in np.unique(truth):
        hit = ((truth == code) & (said == code)).sum()
        values.append(2 * hit / max(1, (truth == code).sum() + (said == code).sum()))
    return float(np.mean(values))


def figures(truth: Ints, polarity: Floats, neutrality: Floats) -> dict[str, float]:
    """Polar share on the right side of zero, accuracy and macro-F1."""
    said = np.stack([-polarity, neutrality, polarity], 1).argmax(1)
    polar = truth != 1
    return {
        "n": len(truth),
        "polar": float(np.mean((polarity[polar] > 0) == (truth[polar] == 2))),
        "accuracy": float(np.mean(truth == said)),
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


def best_shift(problem: Problem, polarity: Floats, neutrality: Floats, wanted: frozenset[str]) -> tuple[float, float]:
    """Shifts of the two intercepts that give the best mean of macro-F1 and polar share over sets, the annotations counted as five."""
    members = units(problem, wanted)
    best = (-1.0, 0.0, 0.0)
    for up in np.arange(-0.4, 0.41, 0.1):
        for more in np.arange(-1.0, 2.01, 0.25):
            values = []
            for name, m in members.items():
                f = figures(problem.labels[m], polarity[m] + up, neutrality[m] + more)
                values += [f["macro_f1"] + f["polar"]] * (5 if name == "annotations" else 1)
            best = max(best, (float(np.mean(values)), float(up), float(more)))
    return best[1], best[2]


def main() -> None:
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
    arrays = {"words": np.frombuffer("\n".join(problem.words).encode(), np.uint8), "pairs": problem.pairs}
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
    sys.exit(main())
