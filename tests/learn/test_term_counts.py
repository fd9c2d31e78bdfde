from __future__ import annotations

import numpy as np
import pytest

from cxscan.classify.sentiment.model_sentiment import ModelSentiment
from cxscan.learn.sentiment.sentiment_fit import linear_model
from cxscan.learn.sentiment.term_counts import TermCounter
from cxscan.rules.model_file import shipped_sentiment
from cxscan.tokens import Tokenizer

WEIGHTS = shipped_sentiment()
TEXTS = ["It isn’t great!", "never again", "", "Zqxv?", "great food, but I had to wait. Why?", "so slow " * 3_000]


def test_counted_terms_add_up_to_what_the_classifier_says(sample_texts: list[str]) -> None:
    tokens = Tokenizer().tokenize([*TEXTS, *sample_texts])
    predictors = linear_model(WEIGHTS).predictors(TermCounter(WEIGHTS).count(tokens))
    assert predictors[:, 0] == pytest.approx(ModelSentiment(WEIGHTS).classify(tokens).polarities, abs=1e-9)


def test_chosen_rows_are_counted_as_they_are_alone() -> None:
    counter = TermCounter(WEIGHTS)
    whole = counter.count(Tokenizer().tokenize(TEXTS)).select(np.array([4, 0]))
    alone = counter.count(Tokenizer().tokenize([TEXTS[4], TEXTS[0]]))
    model = linear_model(WEIGHTS)
    assert whole.texts == alone.texts == 2
    assert np.allclose(model.predictors(whole), model.predictors(alone))
