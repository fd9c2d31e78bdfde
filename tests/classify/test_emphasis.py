from __future__ import annotations

import numpy as np
import pytest

from cxscan.classify.sentiment.sentiment_terms import CONTRASTS, SUPPOSES, emphasis, sentences
from cxscan.tokens import Tokenizer


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        pytest.param("great sound", [150, 150], id="a sentence alone"),
        pytest.param("fine. bad. fine.", [130, 100, 130], id="first and last of several"),
        pytest.param("nice but slow", [105, 150, 195], id="before and after a contrast"),
        pytest.param("it would be great", [150, 150, 90, 90], id="what is supposed"),
        pytest.param("ok. if only quieter. ok.", [130, 100, 60, 60, 130], id="supposed between others"),
        pytest.param("nice but could improve", [105, 150, 195, 117], id="supposed after a contrast"),
    ],
)
def test_a_word_counts_by_where_it_stands(text: str, hundredths: list[int]) -> None:
    tokens = Tokenizer().tokenize([text])
    words = text.replace(".", "").split()
    contrasts, supposes = (np.array([word in marks for word in words]) for marks in (CONTRASTS, SUPPOSES))
    assert emphasis(tokens, sentences(tokens), contrasts, supposes).tolist() == hundredths
