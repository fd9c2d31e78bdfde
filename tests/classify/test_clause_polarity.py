from __future__ import annotations

import numpy as np
import pytest

from cxscan.classify.themes.clause_polarity import Moods, _polarities
from cxscan.classify.themes.evidence import Sentences
from cxscan.model import Polarity
from cxscan.tokens import Tokenizer


def moods_of(*clauses: int, text: int = 0) -> list[int]:
    """Of the clauses of one sentence, given their scores and the text's."""
    tokens = Tokenizer().tokenize([", ".join(["a few words"] * len(clauses))])
    return Moods.from_scores(tokens, Sentences.split(tokens), np.array(clauses), np.array([text])).clauses.tolist()


def test_a_clause_of_five_hundredths_speaks_for_itself() -> None:
    assert moods_of(500, -3_000) == [500, -3_000]
    assert moods_of(-500, 3_000) == [-500, 3_000]


def test_the_sentence_speaks_for_a_clause_of_less() -> None:
    assert moods_of(499, -3_000) == [-2_501, -3_000]
    assert moods_of(-51, 3_000) == [2_949, 3_000]


def test_the_text_speaks_for_a_sentence_that_says_nothing() -> None:
    assert moods_of(300, -300, text=-7_000) == [-7_000, -7_000]


@pytest.mark.parametrize(
    ("scores", "polarity"),
    [
        ([1_000, -200], Polarity.MIXED),
        ([-1_000, 200], Polarity.MIXED),
        ([1_000, -199], Polarity.POSITIVE),
        ([-1_000, 199], Polarity.NEGATIVE),
        ([1_000, -100, -100], Polarity.MIXED),
        ([0], Polarity.NEUTRAL),
        ([], Polarity.ABSENT),
    ],
)
def test_a_theme_is_mixed_when_a_fifth_speaks_against_the_rest(scores: list[int], polarity: Polarity) -> None:
    cells = np.zeros(len(scores), np.int64)
    assert _polarities(cells, np.array(scores, np.int64), 1).tolist() == [polarity]
