from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

from cxscan.classify.arrays.columns import any_in
from cxscan.classify.sentiment.model_sentiment import LONGEST, ModelSentiment, chances
from cxscan.classify.sentiment.result import Sentiment, VaderSentiment, mixed
from cxscan.model import SCORE_UNIT
from cxscan.rules.model_file import shipped_sentiment
from cxscan.tokens import Tokenizer

MODEL = ModelSentiment(shipped_sentiment())


def read(*texts: str) -> Sentiment:
    return MODEL.classify(Tokenizer().tokenize(texts))


def test_the_package_as_it_is_reads_a_curly_negation_as_none() -> None:
    assert VaderSentiment().classify(Tokenizer().tokenize(["It isn’t great"])).signs.tolist() == [1]
    assert read("It isn’t great").signs.tolist() == [-1]


def test_each_clause_has_its_own_score() -> None:
    assert np.sign(read("great camera but support was rude").clauses).tolist() == [1, -1]


def test_praise_and_blame_in_one_text_are_mixed() -> None:
    found = Tokenizer().tokenize(["great camera but the battery is terrible", "great camera, excellent support"])
    assert mixed(MODEL.classify(found).clauses, found.text_clauses).tolist() == [True, False]


@pytest.mark.parametrize("text", ["the app is great but it crashes", "SO slow!!", "never again", "where is it?"])
def test_the_weights_of_the_words_and_the_base_add_up_to_the_polarity(text: str) -> None:
    found = read(text)
    polarity = found.evidence_weights.sum() / SCORE_UNIT + MODEL.base
    assert np.sign(polarity) == np.sign(found.texts[0])
    assert polarity == pytest.approx(float(found.polarities[0]), abs=1e-3)


def test_a_long_text_does_not_saturate() -> None:
    once, often = read("good food but slow service", "good food but slow service " * (LONGEST // 2)).texts.tolist()
    assert np.sign(once) == np.sign(often) or abs(often) < SCORE_UNIT


def test_case_apostrophes_and_elongation_change_nothing() -> None:
    plain, curly, long = read(
        "i don't like it so bad", "I DON’T LIKE IT SO BAD", "i dont like it soooo baaad"
    ).texts.tolist()
    assert plain == curly == long


def test_texts_of_a_batch_do_not_touch_each_other() -> None:
    texts = ["not", "good", "", "never again!", "great food. bad"]
    assert read(*texts).texts.tolist() == [read(text).texts[0] for text in texts]


def test_no_texts_have_no_scores() -> None:
    found = Tokenizer().tokenize([])
    sentiment = MODEL.classify(found)
    assert len(sentiment.texts) == len(sentiment.clauses) == 0
    assert any_in(sentiment.clauses > 0, found.text_clauses).tolist() == []


def test_a_model_is_freed_at_once_and_waits_for_no_search_for_cycles() -> None:
    gc.disable()
    try:
        model = ModelSentiment(shipped_sentiment())
        model.classify(Tokenizer().tokenize(["good"]))
        seen = weakref.ref(model)
        del model
        assert seen() is None
    finally:
        gc.enable()


def test_any_stretch_of_words_can_be_asked() -> None:
    tokens = Tokenizer().tokenize(["great camera but support was rude", "", "it works"])
    found = MODEL.classify(tokens)
    whole, clauses = found.totals.levels(tokens.word_offsets), found.totals.levels(tokens.clause_offsets)
    assert (whole[:, 0] == found.polarities).all()
    likely = chances(clauses)
    assert likely.shape == (3, len(clauses))
    assert likely.sum(axis=0) == pytest.approx(1.0)
    assert likely[2, 0] > likely[0, 0]
    assert likely[0, 1] > likely[2, 1]
