"""What hidden units say, held against the same sums done one sentence at a time."""

import numpy as np
import pytest

from cxscan.classify.themes.evidence import UNIT, Sentences
from cxscan.classify.themes.hidden_units import MAX_ACTIVATION, ROW_UNIT, UNIT_ROWS, Activations, HiddenUnits
from cxscan.tokens import Tokenizer

UNITS, LABELS, POLES = 6, 3, 2
COMMENTS = ["The tea was cold. Nobody came!", "", "Fine", "We waited. And waited. The tea came late, cold and sweet."]
COMMENTS.append("tea and " * 900)  # more words than add up within 16 bits


@pytest.fixture(scope="module")
def arrays() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(0)
    shapes = {"bias": (UNITS,), "context": (UNITS, UNITS), "labels": (UNITS, LABELS), "poles": (UNITS, POLES)}
    drawn = {f"unit_{name}": draw.integers(-300, 300, shape).astype(np.int16) for name, shape in shapes.items()}
    rows = {name: np.full((1, UNITS), most, np.int8) for name, most in zip(UNIT_ROWS, (50, -10), strict=True)}
    return drawn | rows | {"unit_bias": drawn["unit_bias"] // 10, "pole_base": np.array([-500, 70], np.int16)}


@pytest.fixture(scope="module")
def batch() -> tuple[np.ndarray, np.ndarray, Sentences]:
    """Rows of the vocabulary, the words, their sentences."""
    tokens = Tokenizer().tokenize(COMMENTS)
    rows = np.random.default_rng(1).integers(-60, 60, (len(tokens.vocabulary.words), UNITS), np.int16)
    return rows, tokens.words, Sentences.split(tokens)


def bounded(said: int) -> int:
    return min(max(0, said), MAX_ACTIVATION)


def by_hand(arrays: dict[str, np.ndarray], rows: np.ndarray, words: np.ndarray, sentences: Sentences) -> Activations:
    numbers = {name: array.astype(int).tolist() for name, array in arrays.items()}
    own = [rows[words[sentences.of_words == one]].sum(axis=0).tolist() for one in range(len(sentences.starts))]
    units, logits = [], []
    for one, text in enumerate(sentences.texts.tolist()):
        mates = [own[other] for other in np.flatnonzero(sentences.texts == text)]
        heard = [bounded(sum(mate[u] for mate in mates) + numbers["unit_bias"][u]) for u in range(UNITS)]
        told = [sum(heard[v] * numbers["unit_context"][v][u] for v in range(UNITS)) // UNIT for u in range(UNITS)]
        spoken = [bounded(own[one][u] + told[u] + numbers["unit_bias"][u]) for u in range(UNITS)]
        weights = [a + b for a, b in zip(numbers["unit_labels"], numbers["unit_poles"], strict=True)]
        said = [sum(spoken[u] * weights[u][c] for u in range(UNITS)) // ROW_UNIT for c in range(LABELS + POLES)]
        base = [0] * LABELS + numbers["pole_base"]
        units.append(spoken)
        logits.append([a + b for a, b in zip(said, base, strict=True)])
    return Activations(np.array(units), np.array(logits))


def test_sentences_speak_in_the_light_of_their_text(
    arrays: dict[str, np.ndarray], batch: tuple[np.ndarray, np.ndarray, Sentences]
) -> None:
    rows, words, sentences = batch
    found = HiddenUnits(arrays).activate(rows, words, sentences)
    wanted = by_hand(arrays, rows, words, sentences)
    assert (found.units == wanted.units).all()
    assert (found.logits == wanted.logits).all()
    assert found.units.any()
    assert found.units.max() == MAX_ACTIVATION


def test_no_words_say_nothing(arrays: dict[str, np.ndarray]) -> None:
    tokens = Tokenizer().tokenize(["", "..."])
    found = HiddenUnits(arrays).activate(np.zeros((0, UNITS), np.int16), tokens.words, Sentences.split(tokens))
    assert found.units.shape == (0, UNITS)
    assert found.logits.shape == (0, LABELS + POLES)


def test_a_word_adds_what_its_units_say_and_silent_ones_nothing(
    arrays: dict[str, np.ndarray], batch: tuple[np.ndarray, np.ndarray, Sentences]
) -> None:
    rows, words, sentences = batch
    hidden = HiddenUnits(arrays)
    units = hidden.activate(rows, words, sentences).units
    for label in range(LABELS):
        added = hidden.by_words(rows[words], units[sentences.of_words], np.full(len(words), label))
        for place, sentence in enumerate(sentences.of_words.tolist()):
            told = rows[words[place]].astype(int) * (units[sentence] > 0) * arrays["unit_labels"].astype(int)[:, label]
            assert added[place] == told.sum() // ROW_UNIT
