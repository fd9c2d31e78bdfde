from __future__ import annotations

import pytest

from cxscan.classify.sentiment import LexiconSentiment, any_in, mixed, signs
from cxscan.tokens import Tokenizer


def sentiment_of(text: str, *, as_package: bool = False) -> int:
    return int(signs(LexiconSentiment(as_package=as_package).classify(Tokenizer().tokenize([text])).texts)[0])


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("It isn’t great", -1),
        ("The app keeps crashing", -1),
        ("Overpriced and slow", -1),
        ("Soooo gooood", 1),
        ("Delicious food, attentive staff", 1),
        ("The parcel has a label", 0),
    ],
)
def test_customer_feedback_is_read_as_it_is_meant(text: str, sign: int) -> None:
    assert sentiment_of(text) == sign


def test_the_package_as_it_is_reads_a_curly_negation_as_none() -> None:
    assert sentiment_of("It isn’t great", as_package=True) == 1


def test_each_clause_has_its_own_score() -> None:
    found = LexiconSentiment(as_package=False).classify(Tokenizer().tokenize(["great camera but support was rude"]))
    assert signs(found.clauses).tolist() == [1, -1]


def test_praise_and_blame_in_one_text_are_mixed() -> None:
    found = Tokenizer().tokenize(["great camera but the battery is terrible", "great camera, excellent support"])
    clauses = LexiconSentiment(as_package=False).classify(found).clauses
    assert mixed(clauses, found.text_clauses).tolist() == [True, False]


def test_evidence_points_at_the_words_that_moved_the_score() -> None:
    found = Tokenizer().tokenize(["the app is great but it crashes"])
    sentiment = LexiconSentiment(as_package=False).classify(found)
    words = [found.vocabulary.words[found.words[place]] for place in sentiment.evidence_words]
    assert words == ["great", "crashes"]
    assert [weight > 0 for weight in sentiment.evidence_weights] == [True, False]


def test_no_texts_have_no_scores() -> None:
    found = Tokenizer().tokenize([])
    sentiment = LexiconSentiment(as_package=False).classify(found)
    assert len(sentiment.texts) == len(sentiment.clauses) == 0
    assert any_in(sentiment.clauses > 0, found.text_clauses).tolist() == []
