from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from cxscan.learn.themes.noisy_or_loss import noisy_or_loss

FIRST = np.array([0, 2, 3])
GOALS = np.array([1.0, 0.0, 0.3])


def loss_of(logits: np.ndarray) -> float:
    return float(noisy_or_loss(logits, GOALS, FIRST)[0].sum())


def test_a_text_has_a_label_if_one_of_its_sentences_has() -> None:
    chances = 1 / (1 + np.exp(-np.array([0.2, -1.0])))
    loss, _ = noisy_or_loss(np.array([0.2, -1.0]), np.array([1.0]), np.array([0]))
    assert loss[0] == pytest.approx(-np.log(1 - np.prod(1 - chances)))


def test_slopes_are_those_of_the_loss() -> None:
    logits = np.array([0.2, -1.0, 0.7, -0.4, 1.2, 0.0])
    _, of_texts = noisy_or_loss(logits, GOALS, FIRST)
    slopes = np.repeat(of_texts, [2, 1, 3]) / (1 + np.exp(-logits))
    assert slopes == pytest.approx(approx_fprime(logits, loss_of), abs=1e-6)


def test_labels_are_columns_of_their_own() -> None:
    logits = np.array([[0.2, 3.0], [-1.0, -2.0], [0.7, 0.1]])
    goals = np.array([[1.0, 0.0], [0.0, 1.0]])
    loss, slopes = noisy_or_loss(logits, goals, np.array([0, 2]))
    for label in (0, 1):
        alone = noisy_or_loss(logits[:, label], goals[:, label], np.array([0, 2]))
        assert loss[:, label] == pytest.approx(alone[0])
        assert slopes[:, label] == pytest.approx(alone[1])
