from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from classify.stages import Stages, built_in_stages, model_sentiment

from cxscan.classify.phrases.hits import PhraseHits
from cxscan.classify.themes.evidence import Sentences, stem
from cxscan.classify.themes.learned_polarity import LearnedPolarity
from cxscan.classify.themes.selection import MOST_THEMES
from cxscan.model import INTENTS, Lens, Polarity, Tokens
from cxscan.rules.taxonomy import Taxonomy, ThemeRules, built_in
from cxscan.rules.theme_weights import theme_weights
from cxscan.tokens import Tokenizer

NAMES = [theme.name for theme in built_in().themes]
WITH_WEIGHTS = np.array([name in theme_weights().themes for name in NAMES])
DEV = Path(__file__).resolve().parents[3] / "shared" / "annotations" / "dev.jsonl"
TEXTS = [
    "The driver never turned up and I missed my train.",
    "",
    "Great camera! But the battery dies by noon. Cheaper phones last longer.",
    "!!!",
    "ok",
]


def refined(texts: list[str], taxonomy: Taxonomy | None = None) -> tuple[Tokens, PhraseHits]:
    tokens = Tokenizer().tokenize(texts)
    return tokens, (built_in_stages() if taxonomy is None else Stages(taxonomy)).selected(tokens).hits


def polarities(tokens: Tokens, hits: PhraseHits) -> np.ndarray:
    scores, sentiment = built_in_stages().scores(tokens), model_sentiment().classify(tokens)
    return LearnedPolarity(built_in_stages().index, theme_weights()).classify(tokens, hits, scores, sentiment)


def cells(tokens: Tokens, hits: PhraseHits, width: int = len(NAMES)) -> np.ndarray:
    found = np.zeros((len(tokens), width), np.bool_)
    found[np.searchsorted(tokens.word_offsets, hits.first_words, side="right") - 1, hits.labels] = True
    return found


def test_a_theme_that_no_phrase_finds_rests_on_words_of_its_text() -> None:
    tokens, hits = refined(TEXTS)
    texts = np.searchsorted(tokens.word_offsets, hits.first_words, side="right") - 1
    assert (hits.first_words <= hits.last_words).all()
    assert (hits.last_words < tokens.word_offsets[texts + 1]).all()


def test_texts_without_words_have_no_theme() -> None:
    tokens, hits = refined(TEXTS)
    assert not cells(tokens, hits)[[1, 3]].any()


def test_only_a_comment_of_five_words_takes_the_theme_that_it_nearly_has() -> None:
    tokens = Tokenizer().tokenize(["So it was then", "So it was back then"])
    stages = built_in_stages()
    scores = stages.scores(tokens)
    margins = np.full_like(scores.margins, -9_999)
    margins[:, stages.index.columns[3]] = 0
    found = stages.phrases.find(tokens)
    selected = stages.selector.select_themes(tokens, found, scores._replace(margins=margins)).hits
    assert (np.searchsorted(tokens.word_offsets, selected.first_words, side="right") - 1).tolist() == [1]
    assert selected.labels.tolist() == [3]


def test_no_texts_have_no_themes() -> None:
    tokens, hits = refined([])
    assert len(hits.labels) == 0
    assert len(built_in_stages().scores(tokens).margins) == 0


def test_a_text_says_the_same_in_any_company() -> None:
    tokens = Tokenizer().tokenize(TEXTS)
    together = built_in_stages().scores(tokens).margins
    for row, text in enumerate(TEXTS):
        alone = Tokenizer().tokenize([text])
        assert (built_in_stages().scores(alone).margins[0] == together[row]).all()


def test_a_comment_has_at_most_so_many_themes() -> None:
    everything = " ".join(text for theme in built_in().themes for text in theme.match)
    tokens, hits = refined([everything])
    counted = cells(tokens, hits) & WITH_WEIGHTS
    assert 0 < counted.sum() <= MOST_THEMES


def test_a_theme_of_the_users_own_is_left_to_its_phrases() -> None:
    own = Taxonomy((ThemeRules("speed", "", lens=Lens.PRODUCT, phrases=("train",)),), built_in().intents)
    tokens, hits = refined(TEXTS, own)
    assert cells(tokens, hits, 1)[:, 0].tolist() == [True, False, False, False, False]


def test_a_changed_theme_is_left_to_its_phrases() -> None:
    first, *others = built_in().themes
    changed = Taxonomy((ThemeRules(first.name, "", phrases=("zebra",)), *others), built_in().intents)
    assert Stages(changed).index.built_in.tolist() == [False, *WITH_WEIGHTS[1:].tolist()]
    tokens, hits = refined(["the menu has a zebra"], changed)
    assert cells(tokens, hits)[0, 0]


def altered(name: str, **groups: tuple[str, ...]) -> Taxonomy:
    """The built-in taxonomy with phrases added to one theme."""
    themes = [
        replace(theme, **{group: (*getattr(theme, group), *added) for group, added in groups.items()})
        if theme.name == name
        else theme
        for theme in built_in().themes
    ]
    return Taxonomy(tuple(themes), built_in().intents)


def test_an_added_phrase_always_counts_and_changes_no_other_text() -> None:
    texts = [*TEXTS, "The zebra is here"]
    own = altered("delivery", phrases=("zebra",))
    assert (Stages(own).index.built_in == WITH_WEIGHTS).all()
    wanted = cells(*refined(texts))
    wanted[-1, NAMES.index("delivery")] = True
    assert (cells(*refined(texts, own)) == wanted).all()


def test_an_added_veto_holds_against_what_was_learned() -> None:
    text = "Great camera! But the battery dies by noon."
    tokens, hits = refined(
        [text], altered("quality", not_here=tuple("great camera but the battery dies by noon".split()))
    )
    assert cells(*refined([text]))[0, NAMES.index("quality")]
    assert not cells(tokens, hits)[0, NAMES.index("quality")]


def test_other_themes_stay_as_they_are_when_one_is_removed() -> None:
    rest = Taxonomy(built_in().themes[1:], built_in().intents)
    assert (cells(*refined(TEXTS, rest), len(NAMES) - 1) == cells(*refined(TEXTS))[:, 1:]).all()


def test_sentences_end_with_their_text() -> None:
    sentences = Sentences.split(Tokenizer().tokenize(["one. two three", "four"]))
    assert sentences.texts.tolist() == [0, 0, 1]
    assert sentences.starts.tolist() == [0, 1, 3]


@pytest.mark.parametrize(
    ("word", "wanted"), [("waiting", "wait"), ("waited", "wait"), ("is", "is"), ("prices", "pric")]
)
def test_stem_leaves_at_least_four_letters_or_the_word(word: str, wanted: str) -> None:
    assert stem(word) == wanted


@cache
def dev() -> list[dict]:
    if not DEV.exists():
        pytest.skip("the annotations are not here")
    return [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]


def f1(so: np.ndarray, said: np.ndarray) -> np.ndarray:
    return 2 * (so & said).sum(0) / (so.sum(0) + said.sum(0))


def test_themes_on_dev_reach_their_floors() -> None:
    so = np.array([[name in row["themes"] for name in NAMES] for row in dev()])
    said = cells(*refined([row["text"] for row in dev()]))
    product = np.array([theme.lens == Lens.PRODUCT for theme in built_in().themes])
    lens = [rows[:, product].any(1) + 2 * rows[:, ~product].any(1) for rows in (so, said)]
    assert f1(so.ravel(), said.ravel()) >= 0.73
    assert f1(so, said).mean() >= 0.68
    assert (lens[0] == lens[1]).mean() >= 0.69


def test_intents_on_dev_reach_their_floors() -> None:
    so = np.array([[name in row["intents"] for name in INTENTS] for row in dev()])
    tokens = Tokenizer().tokenize([row["text"] for row in dev()])
    said = built_in_stages().intents(tokens, model_sentiment().classify(tokens))
    assert (f1(so, said) >= [0.90, 0.85, 0.52, 0.65]).all()


def test_polarity_of_right_themes_on_dev_reaches_its_floor() -> None:
    codes = [[Polarity[row["themes"].get(name, "absent").upper()] for name in NAMES] for row in dev()]
    tokens, hits = refined([row["text"] for row in dev()])
    said = polarities(tokens, hits)
    right = (np.array(codes) > 0) & (said > 0)
    assert (np.array(codes) == said)[right].mean() >= 0.85


def test_polarity_stands_where_hits_stand() -> None:
    tokens, hits = refined(TEXTS)
    said = polarities(tokens, hits)
    assert ((said > 0) == cells(tokens, hits)).all()


def test_no_hits_have_no_polarity() -> None:
    tokens, hits = refined([""])
    assert not polarities(tokens, hits).any()
