from __future__ import annotations

from functools import cache

import pytest

from cxscan.classify.intents import IntentClassifier
from cxscan.classify.sentiment.model_sentiment import ModelSentiment
from cxscan.classify.themes.theme_classifier import ThemeClassifier
from cxscan.model import INTENTS
from cxscan.rules.taxonomy import built_in
from cxscan.tokens import Tokenizer

EXAMPLES = [
    (intent.name, text, wanted)
    for intent in built_in().intents
    for texts, wanted in ((intent.match, True), (intent.no_match, False))
    for text in texts
]


@cache
def classifiers() -> tuple[ModelSentiment, ThemeClassifier, IntentClassifier]:
    return ModelSentiment(), ThemeClassifier(built_in()), IntentClassifier(built_in())


def intents_of(text: str) -> set[str]:
    tokens = Tokenizer().tokenize([text])
    sentiment, themes, intents = classifiers()
    scores = sentiment.classify(tokens)
    found = intents.classify(tokens, scores, themes.classify(tokens, scores))[0]
    return {name for name, so in zip(INTENTS, found.tolist(), strict=True) if so}


@pytest.mark.parametrize(("name", "text", "wanted"), EXAMPLES)
def test_example_is_found_or_not_as_the_taxonomy_says(name: str, text: str, *, wanted: bool) -> None:
    assert (name in intents_of(text)) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Great camera. Support was rude.", {"praise", "complaint"}),
        ("Where is my parcel? Nobody answers", {"complaint", "question"}),
        ("Great camera but support was rude", {"praise", "complaint"}),
        ("Where is my parcel", {"question"}),
        ("Which plan includes roaming?", {"question"}),
        ("Roaming? It is in the yearly plan.", set()),
        ("n/a", set()),
        ("", set()),
    ],
)
def test_comment_does_what_it_does(text: str, wanted: set[str]) -> None:
    assert intents_of(text) == wanted


def test_what_is_asked_for_is_no_complaint() -> None:
    assert "complaint" not in intents_of("It would be nice to have more filters")
