from __future__ import annotations

import numpy as np
import pytest
from corpus import Comment, clean, domain_of, normalised, sentences, text_key, unusable
from own_contrasts import own_contrasts
from own_sentences import own_sentences
from themes import mix_of
from themes_choice import NEARLY, best_threshold, chosen, f1, figures, right_lenses, thresholds_of
from themes_lessons import DOMAINS, LABELS, THEMES, annotated_goals, group_of
from themes_units import begun

from cxscan.classify.themes.selection import MOST_THEMES


def test_texts_are_the_same_whatever_their_case_and_marks() -> None:
    assert normalised("It’s  GREAT!!") == normalised("its great")
    assert text_key("It’s great.") == text_key("ITS great")
    assert text_key("!!!") != text_key("???")


def test_texts_in_another_language_are_not_learned_from() -> None:
    assert unusable("absa_apps", {"text": "muy bien", "meta": {"lang": "es"}})
    assert not unusable("absa_apps", {"text": "very good", "meta": None})
    assert not unusable("yelp10k", {"text": "muy bien", "meta": {"lang": "es"}})


def test_the_damage_of_a_source_is_undone_in_its_texts_alone() -> None:
    assert clean("nhs_phase1", "waItIng") == "waiting"
    assert clean("yelp10k", "waItIng") == "waItIng"


def test_sentences_of_long_comments_are_drawn_the_same_way_each_time() -> None:
    row = Comment("The room was clean and bright. " * 8, "yelp10k", "restaurant", None, 0.0)
    short = Comment("The room was clean.", "yelp10k", "restaurant", None, 0.0)
    drawn = sentences([row, short], 3)
    assert drawn == sentences([row, short], 3)
    assert drawn == [("The room was clean and bright.", "yelp10k", "restaurant")] * 3


def test_a_source_of_annotations_that_is_no_public_set_is_a_domain_by_itself() -> None:
    assert domain_of("pet_insurance", {"text": "", "meta": {"domain": "hotels"}}) == "pet_insurance"
    assert domain_of("acos", {"text": "", "meta": {"domain": "laptop"}}) == "laptop"


def test_annotations_of_a_source_without_a_group_are_refused_by_its_name() -> None:
    assert group_of("acos", "train") in DOMAINS
    assert group_of("sst5", "public") == "other"
    with pytest.raises(ValueError, match="annotations of toasters, which is in no group of DOMAINS"):
        group_of("toasters", "train")


def test_our_own_texts_are_the_same_each_time_and_none_is_tested_with() -> None:
    assert list(own_sentences()) == list(own_sentences())
    assert own_contrasts() == own_contrasts()
    assert {sentiment for _, sentiment in own_sentences()} == {"positive", "neutral", "negative"}


def test_goals_have_a_column_for_each_label_and_each_pole() -> None:
    goals = annotated_goals({"text": "", "themes": {"price": "mixed", "service": "negative"}, "intents": ["complaint"]})
    names = [*LABELS, *(f"{name} well" for name in THEMES), *(f"{name} ill" for name in THEMES)]
    expected = {"price", "service", "complaint", "price well", "price ill", "service ill"}
    assert {name for name, goal in zip(names, goals, strict=True) if goal} == expected


def columns(*rows: str) -> np.ndarray:
    return np.array([[mark == "x" for mark in row] for row in rows])


def test_f1_is_of_each_column_and_a_column_without_any_has_none() -> None:
    assert f1(columns("x..", "xx."), columns("x..", "..."))[:3] == pytest.approx([2 / 3, 0, 0])
    y_true = np.zeros((2, len(THEMES)), np.bool_)
    y_true[0, 0] = y_true[1, -1] = True
    assert figures(y_true, y_true) == (1.0, pytest.approx(2 / len(THEMES)), 1.0)
    assert right_lenses(y_true, ~y_true) < 1


def test_a_text_has_its_strongest_themes_or_the_one_that_it_nearly_has() -> None:
    margins = np.full((3, len(THEMES)), -5.0)
    margins[0, : MOST_THEMES + 1] = np.arange(1, MOST_THEMES + 2)
    margins[1, 2] = -NEARLY / 2
    assert chosen(margins).sum(axis=1).tolist() == [MOST_THEMES, 1, 0]
    assert not chosen(margins)[0, 0]


def test_thresholds_divide_what_can_be_divided() -> None:
    goals = np.zeros((40, len(THEMES)))
    goals[np.arange(40), np.arange(40) % len(THEMES)] = 1
    odds = np.where(goals > 0, 0.4, -1.6)
    assert np.array_equal(odds > thresholds_of(goals, odds), goals > 0)
    assert -1.6 <= best_threshold(goals[:, 0], odds[:, 0]) < 0.4


def test_a_net_begins_with_the_linear_weights() -> None:
    net = begun(np.arange(12.0).reshape(4, 3), rows=2, columns=5)
    assert net.linear.tolist() == np.arange(9.0).reshape(3, 3).tolist()
    assert net.base.tolist() == [9, 10, 11, -3, -3]
    assert np.abs(net.out).max() < 0.2


def test_the_mix_of_the_intents_is_a_ridge_regression() -> None:
    random = np.random.default_rng(0)
    features = np.append(random.normal(size=(300, 2)), np.ones((300, 1)), axis=1)
    goals = (features[:, :1] > 0).astype(np.float64)
    weights = mix_of(features, goals, np.ones((300, 1)))
    slopes = features.T @ (1 / (1 + np.exp(-features @ weights)) - goals) + 3.0 * weights
    assert np.abs(slopes).max() < 0.05
    assert weights[0, 0] > 3 * abs(weights[1, 0])
