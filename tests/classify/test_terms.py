from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cxscan.classify.arrays.pair_table import PairTable
from cxscan.classify.sentiment.sentiment_terms import negates, terms
from cxscan.tokens import Tokenizer


def found(text: str) -> tuple[list[str], list[str]]:
    """The negated words of a text, and the words that end a pair."""
    tokens = Tokenizer().tokenize([text])
    words = [tokens.vocabulary.words[number] for number in tokens.words]
    columns = terms(tokens, np.array([negates(word) for word in words], np.bool_))
    negated = [word for word, flag in zip(words, columns.negated, strict=True) if flag]
    return negated, [word for word, flag in zip(words, columns.paired, strict=True) if flag]


def test_a_negator_reaches_four_words() -> None:
    assert found("not one two three four five")[0] == ["one", "two", "three", "four"]


def test_a_negator_stops_at_the_end_of_its_clause() -> None:
    assert found("it isn't good, but cheap")[0] == ["good"]
    assert found("never again")[0] == ["again"]
    assert found("great, no")[0] == []


def test_pairs_stay_within_a_sentence() -> None:
    assert found("good food. bad service, slow")[1] == ["food", "service", "slow"]


@given(st.lists(st.text(st.sampled_from("ab no.,"), max_size=12), max_size=5))
def test_texts_of_a_batch_do_not_touch_each_other(batch: list[str]) -> None:
    alone = [found(text) for text in batch]
    tokens = Tokenizer().tokenize(batch)
    words = [tokens.vocabulary.words[number] for number in tokens.words]
    columns = terms(tokens, np.array([negates(word) for word in words], np.bool_))
    for row, (negated, paired) in enumerate(alone):
        part = slice(tokens.word_offsets[row], tokens.word_offsets[row + 1])
        assert [w for w, flag in zip(words[part], columns.negated[part], strict=True) if flag] == negated
        assert [w for w, flag in zip(words[part], columns.paired[part], strict=True) if flag] == paired


@given(st.sets(st.integers(0, 2**40), max_size=300), st.lists(st.integers(0, 2**40), max_size=100))
def test_the_pair_table_finds_what_a_dictionary_finds(keys: set[int], others: list[int]) -> None:
    known = np.array(sorted(keys), np.int64)
    asked = np.array([*sorted(keys), *others], np.int64)
    at, places = PairTable(known).find(asked)
    expected = {key: place for place, key in enumerate(known.tolist())}
    told = dict(zip(at.tolist(), places.tolist(), strict=True))
    assert told == {place: expected[key] for place, key in enumerate(asked.tolist()) if key in expected}
