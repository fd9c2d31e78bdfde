from __future__ import annotations

import numpy as np
import pytest

from cxscan.classify.sentiment.model_sentiment import ModelSentiment
from cxscan.learn.sentiment.sentiment_fit import model_of
from cxscan.learn.sentiment.sentiment_trainer import starting_weights
from cxscan.learn.sentiment.term_counts import TermCounter
from cxscan.tokens import Tokenizer

WEIGHTS = starting_weights(None)
TEXTS = ["It isn’t great!", "never again", "", "Zqxv?", "great food, but I had to wait. Why?", "so slow " * 3_000]


def test_counted_terms_add_up_to_what_the_classifier_says(sample_texts: list[str]) -> None:
    tokens = Tokenizer().tokenize([*TEXTS, *sample_texts])
    levels = model_of(WEIGHTS).levels(TermCounter(WEIGHTS).count(tokens))
    assert levels[:, 0] == pytest.approx(ModelSentiment().classify(tokens).polarities, abs=1e-9)


def test_chosen_rows_are_counted_as_they_are_alone() -> None:
    counter = TermCounter(WEIGHTS)
    whole = counter.count(Tokenizer().tokenize(TEXTS)).of(np.array([4, 0]))
    alone = counter.count(Tokenizer().tokenize([TEXTS[4], TEXTS[0]]))
    model = model_of(WEIGHTS)
    assert whole.texts == alone.texts == 2
    assert np.allclose(model.levels(whole), model.levels(alone))
