from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from cxscan.classify.sentiment.model_sentiment import ModelSentiment
from cxscan.errors import InputError
from cxscan.learn.metrics import accuracy
from cxscan.learn.sentiment.sentiment_fit import fit_sentiment, linear_model
from cxscan.learn.sentiment.sentiment_trainer import train_sentiment
from cxscan.learn.sentiment.term_counts import TermCounter
from cxscan.rules.model_file import shipped_sentiment
from cxscan.rules.rule_set import load_rules
from cxscan.rules.weights import read_weights
from cxscan.tokens import Tokenizer

WEIGHTS = shipped_sentiment()
TURNED = ["the sick ride again", "such a sick jump", "sick sick sick", "what a sick show"] * 6
PLAIN = ["the food was awful", "awful staff", "this is bad", "slow and rude"] * 6


def y_true(*counts: int) -> np.ndarray:
    return np.repeat([1, -1, 0][: len(counts)], counts)


def test_a_word_can_change_its_side(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(train_sentiment(WEIGHTS, TURNED + PLAIN, y_true(24, 24)).content)
    unseen = Tokenizer().tokenize(["a sick evening", "an awful evening"])
    before, after = (ModelSentiment(load_rules(model=model).sentiment).classify(unseen).texts for model in (None, path))
    assert after[0] > before[0]
    assert after[1] < 0


def test_the_file_says_what_it_was_fitted_to(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(train_sentiment(WEIGHTS, TURNED + PLAIN, y_true(24, 24)).content)
    facts = read_weights(path, kind="sentiment").facts
    assert facts["fitted_to"] == {"negative": 24, "neutral": 0, "positive": 24}
    assert facts["fitted_from"] == WEIGHTS.sha256


def test_the_same_labels_give_the_same_bytes() -> None:
    first, second = (train_sentiment(WEIGHTS, TURNED + PLAIN, y_true(24, 24)) for _ in range(2))
    assert first.content == second.content
    assert first.report == second.report


def test_a_model_can_be_trained_further(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(train_sentiment(WEIGHTS, TURNED + PLAIN, y_true(24, 24)).content)
    again = train_sentiment(load_rules(model=path).sentiment, TURNED + PLAIN, y_true(24, 24))
    assert again.accuracy_before >= train_sentiment(WEIGHTS, TURNED + PLAIN, y_true(24, 24)).accuracy_before


def test_words_that_stand_in_no_label_keep_their_weight() -> None:
    start, counter = linear_model(WEIGHTS), TermCounter(WEIGHTS)
    counts = counter.count(Tokenizer().tokenize(TURNED + PLAIN))
    moved = np.flatnonzero((fit_sentiment(start, counts, y_true(24, 24)).terms != start.terms).any(axis=1))
    assert set(moved) <= set(counts.columns)


@pytest.mark.parametrize(
    ("texts", "labels", "trouble"),
    [(PLAIN[:10], y_true(5, 5), "too few"), (PLAIN, y_true(0, 24), "all labels are the same")],
)
def test_labels_that_teach_nothing_are_refused(texts: list[str], labels: np.ndarray, trouble: str) -> None:
    with pytest.raises(InputError, match=trouble):
        train_sentiment(WEIGHTS, texts, labels)


@pytest.mark.parametrize("domain", ["womens_clothing", "bt_nps"])
def test_fifty_labels_help(shared: Path, domain: str) -> None:
    """Comments and stars of two trades. The weights saw these sets: docs/model-card.md has the gain without that."""
    names = {"negative": -1, "neutral": 0, "positive": 1}
    with gzip.open(shared / "data" / f"{domain}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["label"]]
    drawn = [rows[place] for place in np.random.default_rng(0).permutation(len(rows))[:1_050]]
    counts = TermCounter(WEIGHTS).count(Tokenizer().tokenize([row["text"] for row in drawn]))
    labels = np.array([names[row["label"]] for row in drawn])
    start, gains = linear_model(WEIGHTS), []
    for seed in range(6):
        order = np.random.default_rng(seed).permutation(len(labels))
        few, rest = order[:50], order[50:]
        after = fit_sentiment(start, counts.select(few), labels[few]).predict(counts.select(rest))
        gains.append(accuracy(labels[rest], after) - accuracy(labels[rest], start.predict(counts.select(rest))))
    assert np.mean(gains) > 0.002
    assert min(gains) > -0.01
