from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxscan.model import Break, Evidence, Labels
from cxscan.tokens import Tokenizer, spans, take_apart, word_spans
from cxscan.tokens import tokenizer as tokens

texts = st.lists(
    st.text(st.sampled_from("abé’'😡.!?,;\n \t-()ßIİ‽½$5&"), max_size=30) | st.text(max_size=30), max_size=6
)


def words(text: str) -> list[str]:
    found = Tokenizer().tokenize([text])
    return [found.vocabulary.words[number] for number in found.words]


def labels_with(count: int, evidence: Evidence) -> Labels:
    nothing = np.zeros(count, np.uint8)
    return Labels(
        (), nothing, nothing, nothing.astype(np.int32), nothing.astype(np.int8), nothing.astype(np.bool_),
        np.zeros((count, 0), np.uint8), np.zeros((count, 4), np.bool_), [None] * count, evidence,
    )  # fmt: skip


def clauses(text: str) -> list[str]:
    found, said = Tokenizer().tokenize([text]), words(text)
    ends = found.clause_offsets.tolist()
    return [" ".join(said[start:end]) for start, end in pairwise(ends)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It isn’t GREAT", ["it", "isn't", "great"]),
        ("dont like, soooo baaad", ["don't", "like", "so", "bad"]),
        ("check-in was food/service", ["check", "in", "was", "food", "service"]),
        ("The shop's café", ["the", "shop", "café"]),
        ("Cafe\u0301 ﬁne", ["café", "fine"]),
        ("good😡👍🏽ok", ["good", "😡", "👍", "ok"]),
        ("nice :-) <3", ["nice", ":)", "<3"]),
        ("$50.50 for 8/10 at 10:30", ["$", "50.50", "for", "8", "10", "at", "10:30"]),
        ("see www.shop.example/x?a=1.", ["see", "<address>"]),
        ("mail me@x.example now", ["mail", "<address>", "now"]),
        ("... - !!", []),
        ("", []),
    ],
)
def test_words_are_what_is_meant(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("great camera but support was rude", ["great camera", "but support was rude"]),
        ("good food\n* bad service\n\n- slow", ["good food", "bad service", "slow"]),
        ("ok (mostly) fine", ["ok", "mostly", "fine"]),
        ("waited 3 weeks;no reply – sad", ["waited 3 weeks", "no reply", "sad"]),
        ("great.But slow", ["great", "but slow"]),
        ("Mr. Smith of amazon.com", ["mr smith of amazon com"]),
        ("the U.S. shop", ["the u s shop"]),
    ],
)
def test_clauses_end_where_a_reader_would_pause(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def test_breaks_say_how_a_sentence_ended() -> None:
    found = Tokenizer().tokenize(["Really? Yes! So, fine. End"])
    assert found.breaks.tolist() == [Break.QUESTION, Break.EXCLAMATION, Break.COMMA, Break.SENTENCE, Break.SENTENCE]


@given(texts)
def test_spans_point_at_the_words_as_they_stood(batch: list[str]) -> None:
    found = Tokenizer().tokenize(batch)
    for row, text in enumerate(batch):
        places = word_spans(text)
        assert len(places) == found.word_offsets[row + 1] - found.word_offsets[row]
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert places == sorted(places)
        assert not any(re.search(r"\s", text[start:end]) for start, end in places)


@given(texts)
def test_a_batch_is_its_texts_one_by_one(batch: list[str]) -> None:
    whole = Tokenizer().tokenize(batch)
    for row, text in enumerate(batch):
        alone = Tokenizer().tokenize([text])
        part = slice(whole.word_offsets[row], whole.word_offsets[row + 1])
        assert [whole.vocabulary.words[n] for n in whole.words[part]] == [
            alone.vocabulary.words[n] for n in alone.words
        ]
        assert whole.breaks[part].tolist() == alone.breaks.tolist()
        ours = whole.clause_offsets[whole.text_clauses[row] : whole.text_clauses[row + 1]] - part.start
        assert ours.tolist() == alone.clause_offsets[:-1].tolist()


@given(texts)
def test_columns_fit_together(batch: list[str]) -> None:
    found = Tokenizer().tokenize(batch)
    assert found.chunk_offsets[-1] == len(found.chunks) == sum(len(text.split()) for text in batch)
    assert found.word_offsets[-1] == len(found.words) == len(found.breaks) == found.clause_offsets[-1]
    assert np.all(np.diff(found.clause_offsets) > 0)
    assert found.text_clauses[-1] == len(found.clause_offsets) - 1
    assert found.clause_offsets[found.text_clauses].tolist() == found.word_offsets.tolist()


@given(st.lists(texts, max_size=3))
def test_chunks_are_what_white_space_parts(batches: list[list[str]]) -> None:
    tokenizer = Tokenizer()
    for batch in batches:
        found = tokenizer.tokenize(batch)
        for row, text in enumerate(batch):
            part = found.chunks[found.chunk_offsets[row] : found.chunk_offsets[row + 1]]
            assert [found.vocabulary.chunks[number] for number in part] == text.split()


def test_chunks_that_begin_alike_are_told_apart_however_many_there_are() -> None:
    beginnings = ["", "a", "service", "services", "unsatisfactory-xy"]
    batch = [f"{beginning}{number}{ending}" for beginning in beginnings for number in range(3_000) for ending in "!a"]
    batch += ["\ud800", "a\0", "a", "a\0\0", "x" * 16, "x" * 17, "x" * 16 + "\0"]
    tokenizer = Tokenizer()
    for _ in range(2):
        found = tokenizer.tokenize(batch)
        assert [found.vocabulary.chunks[number] for number in found.chunks] == batch
    assert len(found.vocabulary.chunks) == len(set(batch)) + 1


@given(texts)
def test_evidence_stands_where_its_words_do(batch: list[str]) -> None:
    found = Tokenizer().tokenize(batch)
    rows = np.repeat(np.arange(len(batch)), np.diff(found.word_offsets))
    words = np.arange(len(found.words))
    labels = labels_with(len(batch), Evidence(rows, np.full(len(rows), -1, np.int32), words, words, words))
    told = [[(span.start, span.end) for span in row] for row in spans(found, labels).by_cell(batch)]
    assert told == [word_spans(text) for text in batch]


def test_each_distinct_chunk_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(tokens, "take_apart", lambda chunk: (looked.append(chunk), take_apart(chunk))[1])
    tokenizer = Tokenizer()
    for _ in range(3):
        tokenizer.tokenize(["so good so good", "good so"])
    assert sorted(looked) == ["good", "so"]


def test_the_vocabulary_starts_afresh_before_memory_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "LARGEST_VOCABULARY", 10)
    tokenizer = Tokenizer()
    first = tokenizer.tokenize([" ".join(f"w{n}" for n in range(20))]).vocabulary
    second = tokenizer.tokenize(["w1 w2"])
    assert second.vocabulary is not first
    assert second.vocabulary.words == ["", "w1", "w2"]


@pytest.mark.parametrize(
    "chunk", ["1." * 200_000 + "x", "a.b@" * 100_000, "e" * 400_000, "'" * 400_000, "😡" * 100_000]
)
def test_a_huge_chunk_takes_linear_time(chunk: str) -> None:
    # Quadratic work on these would run for hours: that the test ends is the assertion, beside the sum below.
    assert sum(piece.end - piece.start for piece in take_apart(chunk).pieces) <= len(chunk)
