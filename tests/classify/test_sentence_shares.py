"""How a theme is shared out among the sentences of its text, and what they say on the whole."""

import numpy as np
import pytest
from classify.stages import built_in_stages

from cxscan.classify.themes.evidence import SentenceShares
from cxscan.classify.themes.scores import ThemeScores
from cxscan.rules.taxonomy import built_in
from cxscan.tokens import Tokenizer

COMMENTS = [
    "Parcel came late. The tea is lovely. Staff were kind.",
    "",
    "Cheap!",
    "Delivered fast, and on time. Cheap too.",
]
DELIVERY, PRICE = (
    next(n for n, theme in enumerate(built_in().themes) if theme.name == it) for it in ("delivery", "price")
)


@pytest.fixture(scope="module")
def scores() -> ThemeScores:
    return built_in_stages().scores(Tokenizer().tokenize(COMMENTS))


def shares_of(scores: ThemeScores, texts: list[int], themes: list[int]) -> SentenceShares:
    return SentenceShares.from_logits(
        scores.sentences, scores.logits, np.array(texts, np.int64), np.array(themes, np.int64)
    )


def test_every_sentence_of_every_cell_has_a_share(scores: ThemeScores) -> None:
    found = shares_of(scores, [0, 0, 2, 3], [DELIVERY, PRICE, PRICE, DELIVERY])
    assert found.cells.tolist() == [0, 0, 0, 1, 1, 1, 2, 3, 3]
    assert found.sentences.tolist() == [0, 1, 2, 0, 1, 2, 3, 4, 5]
    assert (found.shares > 0).all()


def test_the_sentence_about_the_theme_has_the_largest_share(scores: ThemeScores) -> None:
    assert shares_of(scores, [0], [DELIVERY]).shares.argmax() == 0
    assert shares_of(scores, [3], [PRICE]).shares.argmax() == 1


def test_of_a_theme_that_nothing_was_learned_of_all_sentences_share_alike(scores: ThemeScores) -> None:
    assert len(set(shares_of(scores, [0], [-1]).shares.tolist())) == 1


def test_means_lie_near_what_the_largest_share_says(scores: ThemeScores) -> None:
    found = shares_of(scores, [0, 2], [DELIVERY, PRICE])
    values = np.array([[1000, 7], [0, 7], [0, 7], [50, 7], [0, 7], [0, 7]])
    means = found.means(values)
    assert means[0, 0] > 800
    assert means[1].tolist() == [50, 7]
    assert means[0, 1] == 7


def test_no_cells_have_no_means(scores: ThemeScores) -> None:
    assert shares_of(scores, [], []).means(np.ones((6, 3), np.int64)).shape == (0, 3)
