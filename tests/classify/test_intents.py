from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from classify.stages import built_in_stages, model_sentiment

from cxscan.classify.intents import IntentClassifier
from cxscan.model import INTENTS, Polarity
from cxscan.rules.taxonomy import built_in
from cxscan.rules.theme_weights import theme_weights
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


@pytest.mark.parametrize(
    ("mood", "clause", "theme", "wanted"),
    [
        pytest.param(499, 0, Polarity.ABSENT, set(), id="hardly a mood"),
        pytest.param(500, 0, Polarity.ABSENT, {"praise"}, id="a mood"),
        pytest.param(-499, 0, Polarity.ABSENT, set(), id="hardly a bad mood"),
        pytest.param(-500, 0, Polarity.ABSENT, {"complaint"}, id="a bad mood"),
        pytest.param(0, 3_000, Polarity.ABSENT, set(), id="a good clause about nothing"),
        pytest.param(0, 2_999, Polarity.POSITIVE, set(), id="a clause that is not clearly good"),
        pytest.param(0, 3_000, Polarity.POSITIVE, {"praise"}, id="a good clause about a theme"),
        pytest.param(0, -2_999, Polarity.ABSENT, set(), id="a clause that is not clearly bad"),
        pytest.param(0, -3_000, Polarity.ABSENT, {"complaint"}, id="a bad clause"),
        pytest.param(0, 0, Polarity.NEGATIVE, {"complaint"}, id="a theme that is spoken of badly"),
    ],
)
def test_rules_tell_praise_and_complaints_by_moods_and_clauses(
    mood: int, clause: int, theme: Polarity, wanted: set[str]
) -> None:
    tokens, stages = Tokenizer().tokenize(["It was a day"]), built_in_stages()
    sentiment = replace(model_sentiment().classify(tokens), clauses=np.array([clause]))
    themes = stages.themes(tokens, sentiment)._replace(moods=np.array([mood]))
    codes = np.zeros_like(themes.themes)
    codes[0, 0] = theme
    by_rules = IntentClassifier(stages.index, theme_weights(), learned=False)
    found = by_rules.classify(tokens, sentiment, themes._replace(themes=codes), stages.phrases.find(tokens))[0]
    assert {name for name, so in zip(INTENTS, found.tolist(), strict=True) if so} == wanted
