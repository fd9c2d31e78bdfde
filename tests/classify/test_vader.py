from __future__ import annotations

import gzip
import json
import random
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from cxscan.classify.sentiment.vader import Vader
from cxscan.tokens import Tokenizer

PACKAGE = SentimentIntensityAnalyzer()
LEXICON = sorted(word for word in PACKAGE.lexicon if " " not in word)
RULE_WORDS = (
    "but BUT not never so this without doubt least at very no NO nor or kind of sort just enough the shit bomb bad ass"
    " bus stop yeah right kiss death to die for beating heart isn't cant good GOOD great bad terrible amazing play"
    " better more somewhat really REALLY hardly but, (good) good!! ?? 😀great ok💗💓 :) :( :-D a I !"
).split()

sentences = st.lists(st.sampled_from(RULE_WORDS) | st.sampled_from(LEXICON), max_size=14).map(" ".join)


def ours(texts: list[str]) -> list[float]:
    return (Vader().scores(Tokenizer().tokenize(texts)) / 10_000).tolist()


def theirs(text: str) -> float:
    score: float = PACKAGE.polarity_scores(text)["compound"]
    return score


@given(sentences | st.text(max_size=60))
@settings(max_examples=600)
@example("It's just amazing but some more better I need to play")
@example("kind of a good kind of bad day at the bus stop , to die for good")
@example("never so good without a doubt bad at least great least good")
@example("no GOOD no or nor bad NO good great no")
def test_the_score_is_the_packages(text: str) -> None:
    assert ours([text])[0] == pytest.approx(theirs(text), abs=1.01e-4)


@given(st.lists(sentences, max_size=5))
def test_texts_of_a_batch_do_not_touch_each_other(texts: list[str]) -> None:
    assert ours(texts) == [ours([text])[0] for text in texts]


def test_fifty_thousand_real_texts_score_as_the_package_scores_them(shared: Path) -> None:
    lines = [line for path in sorted((shared / "data").glob("*.jsonl.gz")) for line in gzip.open(path)]
    sample = [json.loads(line)["text"] for line in random.Random(7).sample(lines, 50_000)]
    found = np.concatenate([ours(sample[start : start + 10_000]) for start in range(0, len(sample), 10_000)])
    expected = np.array([theirs(text) for text in sample])
    assert np.abs(found - expected).max() <= 1.01e-4


def test_a_million_words_take_linear_time() -> None:
    vader, tokenizer = Vader(), Tokenizer()
    seconds = []
    for size in (100_000, 1_000_000):
        found = tokenizer.tokenize(["but good bad " * (size // 3)])
        start = time.process_time()
        vader.scores(found)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 60 * max(seconds[0], 0.01)  # quadratic work would be a hundred times as long
