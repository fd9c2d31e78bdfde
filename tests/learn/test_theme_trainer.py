from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from classify.stages import built_in_stages
from learn.gifts import COMMENTS, LABELS, WITH, WITHOUT, taxonomy_file

from cxscan.classify.themes.evidence import UNIT
from cxscan.errors import UsageError
from cxscan.learn.metrics import FOLDS, f1, stratified_folds
from cxscan.learn.themes.cross_validation import ThemeContext, best_threshold
from cxscan.learn.themes.model_columns import merged_columns, model_columns, no_columns
from cxscan.learn.themes.theme_fit import FittedWeights, adapt, fit_new
from cxscan.learn.themes.theme_trainer import TrainedThemes, train_themes
from cxscan.learn.themes.training_matrix import TrainingMatrix, term_index, training_matrix
from cxscan.learning_results import TrainingOutcome
from cxscan.model import ThemeExplanation
from cxscan.rules.loading import load_taxonomy
from cxscan.rules.model_file import ThemeColumns, model_as_bytes
from cxscan.rules.rule_set import load_rules
from cxscan.rules.taxonomy import built_in
from cxscan.rules.theme_weights import theme_weights
from cxscan.runs.classifier import Classifier, ClassifierOptions
from cxscan.tokens import Tokenizer

WEIGHTS = theme_weights().arrays
UNSEEN = ["such a pretty voucher for our sister", "the ribbon made my neighbour smile", "the stove went cold", "n/a"]
DELIVERY = [theme.name for theme in built_in().themes].index("delivery")


@cache
def presents(tmp: Path) -> TrainedThemes:
    return train_themes(load_taxonomy(taxonomy_file(tmp)), COMMENTS, LABELS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("presents")


def columns(found: TrainedThemes) -> ThemeColumns:
    assert found.terms is not None
    return model_columns(found.fits, found.terms, WEIGHTS)


def said(texts: list[str], name: str, rules: ClassifierOptions) -> list[bool]:
    classifier = Classifier(rules)
    _, labels = classifier.classify(texts)
    return (labels.themes[:, [theme.name for theme in classifier.themes].index(name)] != 0).tolist()


def model(folder: Path, of: ThemeColumns, name: str = "model.npz") -> Path:
    path = folder / name
    path.write_bytes(model_as_bytes(None, of))
    return path


def test_a_theme_of_ones_own_is_found_by_words_that_no_phrase_has(folder: Path) -> None:
    taxonomy = taxonomy_file(folder)
    path = model(folder, columns(presents(folder)))
    assert said(UNSEEN, "presents", ClassifierOptions(themes=taxonomy)) == [False] * 4
    assert said(UNSEEN, "presents", ClassifierOptions(themes=taxonomy, model=path)) == [True, True, False, False]


def presents_in(classifier: Classifier, text: str) -> list[ThemeExplanation]:
    return [theme for theme in classifier.explain(text).themes if theme.name == "presents"]


def test_the_telling_word_is_among_its_evidence(folder: Path) -> None:
    rules = ClassifierOptions(themes=taxonomy_file(folder), model=model(folder, columns(presents(folder))))
    classifier = Classifier(rules)
    reason = reason_for_presents(classifier, "The kettle broke. The ribbon made my neighbour smile.")
    assert reason is not None
    assert reason.found
    assert reason.margin > 0
    assert "ribbon" in [term.words for term in reason.words if term.weight > 0]


def reason_for_presents(classifier: Classifier, text: str) -> ThemeExplanation | None:
    return {theme.name: theme for theme in classifier.explain(text).themes}.get("presents")


def test_its_own_phrases_always_count_and_its_vetoes_hold(folder: Path) -> None:
    rules = ClassifierOptions(themes=taxonomy_file(folder), model=model(folder, columns(presents(folder))))
    texts = ["the kettle was a gift", "such a pretty card for my aunt", "happy card"]
    assert said(texts, "presents", rules) == [True, True, False]


def test_f1_is_cross_validated(folder: Path) -> None:
    (theme,) = presents(folder).themes
    assert (theme.name, theme.n, theme.without, theme.outcome) == (
        "presents",
        len(WITH),
        len(WITHOUT),
        TrainingOutcome.FITTED,
    )
    assert theme.validation is not None
    assert theme.validation.before == 0
    assert theme.validation.after > 0.9


def test_other_themes_are_said_as_before(folder: Path, sample_texts: list[str]) -> None:
    taxonomy = taxonomy_file(folder)
    path = model(folder, columns(presents(folder)))
    before, after = (
        Classifier(ClassifierOptions(themes=taxonomy, model=one)).classify(sample_texts)[1].themes
        for one in (None, path)
    )
    without = after[:, -1] == 0  # with it, one may be cut as one too many, and none is given that is only nearly there
    assert without.sum() > 50
    assert (before[without] == after[without]).all()


def test_intents_and_sentiment_are_those_of_before(folder: Path, sample_texts: list[str]) -> None:
    taxonomy = taxonomy_file(folder)
    path = model(folder, columns(presents(folder)))
    (_, before), (_, after) = (
        Classifier(ClassifierOptions(themes=taxonomy, model=one)).classify(sample_texts) for one in (None, path)
    )
    assert (before.intents == after.intents).all()
    assert (before.scores == after.scores).all()


def test_a_theme_of_few_labels_is_left_alone(folder: Path) -> None:
    labels = [frozenset(["presents"])] * 29 + [frozenset()] * (len(COMMENTS) - 29)
    found = train_themes(load_taxonomy(taxonomy_file(folder)), COMMENTS, labels)
    assert [(theme.n, theme.outcome, theme.validation) for theme in found.themes] == [
        (29, TrainingOutcome.TOO_FEW, None)
    ]
    assert found.fits == ()


def test_a_theme_that_all_comments_have_is_left_alone(folder: Path) -> None:
    found = train_themes(load_taxonomy(taxonomy_file(folder)), WITH, [frozenset(["presents"])] * len(WITH))
    assert [(theme.without, theme.outcome) for theme in found.themes] == [(0, TrainingOutcome.TOO_FEW)]


def test_labels_by_chance_teach_nothing(folder: Path) -> None:
    drawn = np.random.default_rng(3).permutation(len(COMMENTS))
    labels = [LABELS[place] for place in drawn]
    taxonomy = load_taxonomy(
        taxonomy_file(folder, '[themes.presents]\nlens = "product"\nphrases = ["the, a, i, we"]\n')
    )
    (theme,) = train_themes(taxonomy, COMMENTS, labels).themes
    assert theme.outcome is TrainingOutcome.KEPT


def test_a_built_in_theme_learns_a_word_and_keeps_what_it_knew(tmp_path: Path) -> None:
    texts = [f"{text} {thing}" for thing in ("zorple", "kettle") for text in WITHOUT[:60]]
    found = train_themes(built_in(), texts, [frozenset(["delivery"])] * 60 + [frozenset()] * 60)
    assert [(theme.name, theme.outcome) for theme in found.themes] == [("delivery", TrainingOutcome.ADAPTED)]
    texts = [f"{WITHOUT[60]} zorple", "The courier was two days late with my parcel.", f"{WITHOUT[60]} kettle"]
    before = said(texts, "delivery", ClassifierOptions())
    after = said(texts, "delivery", ClassifierOptions(model=model(tmp_path, columns(found))))
    assert before == [False, True, False]
    assert after == [True, True, False]


def test_the_same_labels_give_the_same_bytes(folder: Path) -> None:
    again = train_themes(load_taxonomy(taxonomy_file(folder)), COMMENTS, LABELS)
    assert model_as_bytes(None, columns(again)) == model_as_bytes(None, columns(presents(folder)))


def test_another_model_is_another_set_of_rules(folder: Path) -> None:
    taxonomy = taxonomy_file(folder)
    path = model(folder, columns(presents(folder)))
    nothing = model(folder, no_columns(WEIGHTS), "nothing.npz")
    hashes = [Classifier(ClassifierOptions(themes=taxonomy, model=one)).hashes for one in (None, nothing, path)]
    assert hashes[0] == hashes[1]
    assert hashes[0].themes != hashes[2].themes
    assert hashes[0].model == hashes[2].model


def test_a_model_for_a_theme_that_is_not_there_is_refused_with_a_remedy(folder: Path) -> None:
    path = model(folder, columns(presents(folder)))
    with pytest.raises(UsageError, match=r"model\.npz: .* theme presents, .* --themes, or train anew"):
        load_rules(model=path)


def test_models_are_put_together_theme_by_theme(folder: Path) -> None:
    first = columns(presents(folder))
    second = replace(first, names=("gifts",), labels={"gifts": 7}, thresholds=first.thresholds + 9)
    whole = merged_columns(second, first, without=())
    assert whole.names == ("gifts", "presents")
    assert dict(whole.labels) == {"gifts": 7, "presents": len(WITH)}
    assert merged_columns(second, first, without={"gifts"}).names == ("presents",)
    path = model(folder, whole, "whole.npz")
    rules = '[themes.{}]\nlens = "product"\nphrases = ["gift*"]\n'
    taxonomy = taxonomy_file(folder, rules.format("presents") + rules.format("gifts"))
    classifier, alone = (
        Classifier(ClassifierOptions(themes=taxonomy, model=path)),
        Classifier(ClassifierOptions(themes=taxonomy, model=model(folder, first))),
    )
    for text in UNSEEN[:3]:
        assert reason_for_presents(classifier, text) == reason_for_presents(alone, text)


def matrix(texts: list[str]) -> TrainingMatrix:
    tokens = Tokenizer().tokenize(texts)
    return training_matrix(tokens, term_index(tokens, WEIGHTS), theme_weights(), built_in_stages().hits(tokens))


def test_the_matrix_gives_the_shipped_themes_the_log_odds_of_the_classifier(sample_texts: list[str]) -> None:
    texts = [*sample_texts[:60], "", "!!!"]
    known = matrix(texts)
    nothing = np.zeros(known.counts.shape[1])
    margins = built_in_stages().scores(Tokenizer().tokenize(texts)).margins[known.rows]
    for label, threshold in enumerate(WEIGHTS["thresholds"].tolist()):
        transfer = (np.arange(known.shipped_logits.shape[1]) == label).astype(np.float64)
        odds = without_terms(known, transfer, nothing) - threshold / UNIT
        least = -5.0  # whole numbers tell the far ends less exactly
        assert np.maximum(odds, least) == pytest.approx(np.maximum(margins[:, label] / UNIT, least), abs=0.1)


def without_terms(known: TrainingMatrix, transfer: np.ndarray, nothing: np.ndarray) -> np.ndarray:
    return FittedWeights(transfer, 0.0, nothing).log_odds(known)


def test_a_comment_has_a_theme_if_one_sentence_has_it() -> None:
    texts = [*COMMENTS, f"{WITHOUT[0]}. {WITHOUT[9]}. {WITH[0]}."]
    known = matrix(texts)
    y_true = np.array([*(bool(label) for label in LABELS), True])
    odds = fit_new(known, y_true).log_odds(known)
    assert odds[-1] > 0
    assert odds[-1] == pytest.approx(odds[0], abs=1.5)


def test_a_built_in_theme_stays_where_the_labels_agree_with_it() -> None:
    known = matrix(COMMENTS)
    label = DELIVERY
    shipped = without_terms(known, (np.arange(17) == label).astype(float), np.zeros(known.counts.shape[1]))
    column = adapt(known, shipped > 0, label)
    assert np.abs(column.terms).max() < 0.5


def test_folds_have_their_share_of_the_theme() -> None:
    y_true = np.arange(100) < 30
    for seed in range(3):
        fold = stratified_folds(y_true, seed)
        assert np.bincount(fold[y_true]).tolist() == [6] * FOLDS
        assert np.bincount(fold).tolist() == [20] * FOLDS


def context(
    own: list[bool], margins: list[list[int]], nearly: int = 0, built_in: list[bool] | None = None
) -> ThemeContext:
    table = np.array(margins, np.int64) * UNIT
    counted = np.array(built_in or [True] * table.shape[1])
    phrases = np.array([[one, *[False] * (table.shape[1] - 1)] for one in own])
    return ThemeContext.from_margins(table, phrases, 0, nearly * UNIT, counted)


def test_a_theme_is_assigned_in_context() -> None:
    margins = [[0, -9], [0, -9], [0, 1], [0, -9]]
    alone = context([False, True, False, False], margins, nearly=2)
    assert alone.assigned(np.array([1.0, -5.0, -1.0, -1.0])).tolist() == [True, True, False, True]
    assert context([False] * 4, margins).assigned(np.array([1.0, -5, -1, -1])).tolist() == [True, False, False, False]


def test_a_sixth_theme_must_be_stronger_than_the_fifth() -> None:
    crowded = context([False, False], [[0, 5, 5, 5, 5, 5], [0, 5, 5, 5, 5, 1]])
    assert crowded.assigned(np.array([2.0, 2.0])).tolist() == [False, True]


@pytest.mark.parametrize("built_in", [[False] + [True] * 5, [True, False] + [True] * 4])
def test_only_built_in_themes_crowd_each_other(built_in: list[bool]) -> None:
    free = context([False], [[0, 5, 5, 5, 5, 5]], built_in=built_in)
    assert free.assigned(np.array([2.0])).tolist() == [True]


def test_the_best_threshold_divides() -> None:
    y_true = np.array([True] * 5 + [False] * 5)
    odds = np.array([2.0] * 5 + [-2.0] * 5)
    free = context([False] * 10, [[0, -9]] * 10)
    threshold = best_threshold(y_true, odds, free)
    assert -2 <= threshold < 2
    assert f1(y_true, free.assigned(odds - threshold)) == 1
