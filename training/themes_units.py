"""Fit words, pairs and phrases together with hidden units, by gradient descent (Adam); numpy and scipy on one thread.

A text has a label if one of its sentences has (noisy or). What is fitted is what
`cxscan.classify.themes.hidden_units` and `cxscan.classify.themes.selection` add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import scipy.sparse as sp
    from numpy.typing import NDArray
    from themes_lessons import Floats, Ints

    Halves = NDArray[np.float32]

UNITS = 64
PASSES = 8
BATCH = 512
"""Texts."""
RATE, LINEAR_RATE, WARMING = 2e-3, 0.6e-3, 0.15
"""The highest rates of learning, of hidden weights and of those of terms; share of the steps in which they rise."""
WORDS_LEFT_OUT, UNITS_LEFT_OUT = 0.2, 0.2
"""Share of terms and of units that a sentence is learned without (dropout)."""
FIRST_ROWS, FIRST_LABELS = 0.05, 0.02
"""Spread of the hidden weights at the start."""
DECAYS, EPSILON, CHUNK = (0.9, 0.999), np.float32(1e-8), 1 << 14
"""Of Adam."""
LEAST = 1e-6


@dataclass(slots=True)
class Net:
    """Weights, as 32-bit floats."""

    linear: Halves
    """Terms by labels."""
    rows: Halves
    """Words and stems, by units."""
    bias: Halves
    context: Halves
    """Units by units: what a whole text says to each of its sentences."""
    out: Halves
    """Units by columns."""
    base: Halves
    """Of each column."""

    def parts(self) -> list[Halves]:
        """All of them, in their order."""
        return [self.linear, self.rows, self.bias, self.context, self.out, self.base]


def begun(linear: Floats, rows: int, columns: int) -> Net:
    """A net that says what the linear weights say (terms by labels, the intercept last), with units that say little."""
    draw, labels = np.random.default_rng(0), linear.shape[1]
    base = np.full(columns, -3.0)
    base[:labels] = linear[-1]
    parts = (
        linear[:-1],
        draw.normal(0, FIRST_ROWS, (rows, UNITS)),
        np.zeros(UNITS),
        np.zeros((UNITS, UNITS)),
        draw.normal(0, FIRST_LABELS, (UNITS, columns)),
        base,
    )
    return Net(*(np.ascontiguousarray(part, np.float32) for part in parts))


def fitted(net: Net, terms: sp.csr_matrix, texts: Ints, goals: Floats, trust: Floats) -> Net:
    """Fit the net in place, in some passes over the texts; `texts` numbers the text of each row, without gaps."""
    draw, descent = np.random.default_rng(1), _Descent(net.parts())
    bounds = np.append(np.searchsorted(texts, np.arange(len(goals))), len(texts))
    small_goals, small_trust = goals.astype(np.float32), trust.astype(np.float32)
    steps = len(goals) // BATCH
    for done in range(PASSES * steps):
        if done % steps == 0:
            order = draw.permutation(len(goals))
        chosen = np.sort(order[done % steps * BATCH :][:BATCH])
        counts = bounds[chosen + 1] - bounds[chosen]
        first = np.cumsum(counts) - counts
        rows = np.arange(int(counts.sum())) + np.repeat(bounds[chosen] - first, counts)
        batch = terms[rows]
        batch.data = batch.data * (draw.random(len(batch.data), np.float32) >= WORDS_LEFT_OUT) / (1 - WORDS_LEFT_OUT)
        kept = (draw.random((len(rows), UNITS), np.float32) >= UNITS_LEFT_OUT) / np.float32(1 - UNITS_LEFT_OUT)
        slopes = _slopes(net, batch, first, counts, small_goals[chosen], small_trust[chosen], kept.astype(np.float32))
        descent.step(slopes, _rate((done + 1) / (PASSES * steps)))
    return net


def _slopes(
    net: Net, terms: sp.csr_matrix, first: Ints, counts: Ints, goals: Halves, trust: Halves, kept: Halves
) -> list[Halves]:
    """The loss's slope in each part of the net, over a batch whose texts begin at `first`."""
    labels, words = net.linear.shape[1], terms[:, : len(net.rows)]
    sums = words @ net.rows
    whole = np.add.reduceat(sums, first, axis=0) + net.bias
    heard = np.maximum(whole, 0)
    units = sums + np.repeat(heard @ net.context, counts, axis=0) + net.bias
    spoken = np.maximum(units, 0) * kept
    logits = spoken @ net.out + net.base
    logits[:, :labels] += terms @ net.linear
    surely = np.maximum(np.add.reduceat(np.logaddexp(0, logits), first, axis=0), LEAST)
    of_texts = trust * (1 - goals / np.maximum(-np.expm1(-surely), LEAST)) / trust.mean(axis=1).sum()
    of_logits = np.repeat(of_texts, counts, axis=0) / (1 + np.exp(-logits))
    of_units = (of_logits @ net.out.T) * kept * (units > 0)
    of_context = np.add.reduceat(of_units, first, axis=0)
    of_whole = (of_context @ net.context.T) * (whole > 0)
    of_rows = of_units + np.repeat(of_whole, counts, axis=0)
    return [
        terms.T @ of_logits[:, :labels],
        words.T @ of_rows,
        of_units.sum(0) + of_whole.sum(0),
        heard.T @ of_context,
        spoken.T @ of_logits,
        of_logits.sum(0),
    ]


def _rate(done: float) -> float:
    """Share of the highest rate at a share of the way: up from a twenty-fifth, then down to nothing, along cosines."""
    if done < WARMING:
        return 0.04 + 0.96 * (1 - float(np.cos(np.pi * done / WARMING))) / 2
    return (1 + float(np.cos(np.pi * (done - WARMING) / (1 - WARMING)))) / 2


class _Descent:
    """Adam (Kingma and Ba 2015), in place."""

    def __init__(self, parts: list[Halves]) -> None:
        self._parts = parts
        self._means = [np.zeros_like(part) for part in parts]
        self._squares = [np.zeros_like(part) for part in parts]
        self._steps = 0

    def step(self, slopes: list[Halves], share: float) -> None:
        self._steps += 1
        shrunk = [1 - decay**self._steps for decay in DECAYS]
        for whole in zip(self._parts, slopes, self._means, self._squares, strict=True):
            rate = LINEAR_RATE if whole[0] is self._parts[0] else RATE
            flat = [each.reshape(-1) for each in whole]
            for low in range(0, len(flat[0]), CHUNK):  # so many stay in a processor's cache
                part, slope, mean, square = (each[low : low + CHUNK] for each in flat)
                mean += np.float32(1 - DECAYS[0]) * (slope - mean)
                square += np.float32(1 - DECAYS[1]) * (slope * slope - square)
                part -= (
                    np.float32(rate * share / shrunk[0]) * mean / (np.sqrt(square / np.float32(shrunk[1])) + EPSILON)
                )
