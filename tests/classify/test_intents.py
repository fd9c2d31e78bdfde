from __future__ import annotations

import pytest
from classify.stages import built_in_stages, model_sentiment

from cxscan.model import INTENTS
from cxscan.rules.taxonomy import built_in
from cxscan.tokens import Tokenizer

EXAMPLES = [
    (intent.name, text, wanted)
    for intent in built_in().intents
    for texts, wanted in ((intent.match, True), (intent.no_match, False))
    for text in texts
]


def intents_of(text: str) -> set[str]:
    tokens = Tokenizer().tokenize([text])
    found = built_in_stages().intents(tokens, model_sentiment().classify(tokens))[0]
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
