from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from classify.stages import Stages, built_in_stages, model_sentiment

from cxscan.classify.themes.selection import MOST_THEMES
from cxscan.model import INTENTS, Lens, Polarity
from cxscan.rules.taxonomy import Taxonomy, ThemeRules, built_in
from cxscan.rules.theme_weights import theme_weights
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from cxscan.classify.themes.theme_classifier import ThemeHits
    from cxscan.model import Tokens

NAMES = [theme.name for theme in built_in().themes]
EXAMPLES = [
    (theme.name, text, wanted)
    for theme in built_in().themes
    for texts, wanted in ((theme.match, True), (theme.no_match, False))
    for text in texts
]


def hits_of(texts: list[str], taxonomy: Taxonomy | None = None) -> tuple[Tokens, ThemeHits]:
    tokens = Tokenizer().tokenize(texts)
    stages = Stages(taxonomy) if taxonomy else built_in_stages()
    return tokens, stages.themes(tokens, model_sentiment().classify(tokens))


def themes_of(text: str) -> dict[str, str]:
    _, hits = hits_of([text])
    return {NAMES[theme]: Polarity(code).name.lower() for theme, code in enumerate(hits.themes[0].tolist()) if code}


def own(**groups: tuple[str, ...]) -> Taxonomy:
    return Taxonomy((ThemeRules("speed", "", lens=Lens.PRODUCT, **groups),), built_in().intents)


def polarity(text: str, **groups: tuple[str, ...]) -> Polarity:
    """Polarity of a theme with these phrases; no other theme takes part."""
    return Polarity(int(hits_of([text], own(**groups))[1].themes[0, 0]))


@pytest.mark.parametrize(("name", "text", "wanted"), EXAMPLES)
def test_example_is_found_or_not_as_the_taxonomy_says(name: str, text: str, *, wanted: bool) -> None:
    assert (name in themes_of(text)) is wanted


@pytest.mark.parametrize(
    "text",
    [
        "Great camera. Support was rude.",
        "Lovely camera, well built, but support was rude",
        "great camera but support was rude",
        "Support was rude, although the camera is great.",
    ],
)
def test_each_clause_speaks_for_its_own_themes(text: str) -> None:
    assert themes_of(text) == {"quality": "positive", "service": "negative"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Fast delivery. The quality is awful.", {"delivery": "positive", "quality": "negative"}),
        ("Fair price but terrible service", {"price": "positive", "service": "negative"}),
        ("Helpful staff. Way too expensive.", {"service": "positive", "price": "negative"}),
        ("Rude driver, fair price.", {"service": "negative", "price": "positive"}),
    ],
)
def test_theme_is_spoken_of_as_its_own_clause_has_it(text: str, wanted: dict[str, str]) -> None:
    found = themes_of(text)
    assert {name: found.get(name) for name in wanted} == wanted


def test_clauses_that_disagree_make_a_theme_mixed() -> None:
    assert themes_of("The starters were excellent. The pizza was awful.") == {"quality": "mixed"}


def test_what_is_asked_for_is_lacking() -> None:
    assert themes_of("Please add more filters") == {"features": "negative", "listening": "neutral"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The lift is brilliant", Polarity.POSITIVE),
        ("The lift is terrible", Polarity.NEGATIVE),
        ("Where is the lift?", Polarity.NEUTRAL),
        ("The lift, as we saw, is terrible", Polarity.NEGATIVE),
        ("Terrible hotel. It has a lift", Polarity.NEGATIVE),
    ],
)
def test_open_phrase_takes_the_polarity_of_clause_sentence_or_text(text: str, wanted: Polarity) -> None:
    assert polarity(text, phrases=("lift",)) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("it snails along", Polarity.NEGATIVE),
        ("it never snails along", Polarity.POSITIVE),
        ("it does not snail", Polarity.NEGATIVE),
    ],
)
def test_polar_phrase_is_turned_by_a_negation_unless_it_holds_one(text: str, wanted: Polarity) -> None:
    assert polarity(text, negative=("snails", "not snail")) is wanted


def test_vetoed_match_does_not_count() -> None:
    assert polarity("the delivery room", phrases=("delivery",), not_here=("delivery room",)) is Polarity.ABSENT
    assert polarity("delivery to my room", phrases=("delivery",), not_here=("delivery room",)) is Polarity.NEUTRAL


def test_longest_match_speaks() -> None:
    assert polarity("you cannot beat it", negative=("beat",), positive=("cannot beat",)) is Polarity.POSITIVE


def test_comment_has_at_most_five_themes_of_the_learned_ones() -> None:
    text = " ".join(theme.match[0] for theme in built_in().themes)
    assert len(themes_of(text).keys() & {*theme_weights().themes}) == MOST_THEMES


def test_evidence_names_the_words_in_order() -> None:
    tokens, hits = hits_of(["Overpriced. The staff were rude and it was overpriced!", "", "Friendly staff"])
    evidence = hits.evidence
    words = [tokens.vocabulary.words[number] for number in tokens.words[evidence.first_words]]
    assert evidence.texts.tolist() == [0, 0, 0, 0, 2, 2]
    assert [NAMES[label] for label in evidence.labels] == ["price", "price", "service", "service", "service", "service"]
    assert words == ["overpriced", "overpriced", "staff", "rude", "friendly", "staff"]
    assert (evidence.weights > 0).all()


def test_labels_do_not_depend_on_the_batch() -> None:
    texts = [text for _, text, _ in EXAMPLES]
    together = hits_of(texts)[1].themes
    assert (together == np.vstack([hits_of([text])[1].themes for text in texts])).all()


def test_nothing_has_no_theme() -> None:
    assert hits_of([])[1].themes.shape == (0, len(NAMES))
    assert not hits_of(["", "..."])[1].themes.any()


# ── against the annotations that stand beside the repository ──────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def annotated(shared: Path) -> list[dict[str, object]]:
    lines = (shared / "annotations" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def said_of(rows: list[dict[str, object]]) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    tokens, hits = hits_of([str(row["text"]) for row in rows])
    return hits.themes, built_in_stages().intents(tokens, model_sentiment().classify(tokens))


def f1(gold: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    return float(2 * (gold & said).sum() / (gold.sum() + said.sum()))


def lens_of(present: NDArray[np.bool_]) -> NDArray[np.int64]:
    product = np.array([theme.lens is Lens.PRODUCT for theme in built_in().themes])
    return present[:, product].any(axis=1) + 2 * present[:, ~product].any(axis=1)


def test_themes_agree_with_the_annotations(annotated: list[dict[str, object]]) -> None:
    gold = np.zeros((len(annotated), len(NAMES)), np.uint8)
    for number, row in enumerate(annotated):
        for name, value in dict(row["themes"]).items():  # type: ignore[call-overload]  # rows of JSON
            gold[number, NAMES.index(name)] = Polarity[value.upper()]
    said, _ = said_of(annotated)
    right = (gold > 0) & (said > 0)
    assert f1(gold > 0, said > 0) >= 0.70
    assert np.mean([f1(gold[:, theme] > 0, said[:, theme] > 0) for theme in range(len(NAMES))]) >= 0.64
    assert np.mean(lens_of(gold > 0) == lens_of(said > 0)) >= 0.665
    assert np.mean(gold[right] == said[right]) >= 0.805


def test_intents_agree_with_the_annotations(annotated: list[dict[str, object]]) -> None:
    gold = np.array([[intent in row["intents"] for intent in INTENTS] for row in annotated])  # type: ignore[operator]  # rows of JSON
    _, said = said_of(annotated)
    floors = (0.855, 0.785, 0.49, 0.50)
    for intent, floor in enumerate(floors):
        assert f1(gold[:, intent], said[:, intent]) >= floor, INTENTS[intent]
