from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cxscan.classify.phrases.matcher import Matcher
from cxscan.model import Break
from cxscan.rules.phrase_syntax import BEGINS, parse_phrase
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from cxscan.model import Tokens
    from cxscan.rules.phrase_syntax import PhraseStep, Sequence

Found = set[tuple[int, int, int]]

WORDS = ["late", "later", "so", "not", "the", "wait"]
TEXTS = st.lists(st.sampled_from([*WORDS, "late,", "so.", "the!", "other"]), max_size=12).map(" ".join)
PIECES = st.sampled_from(["late", "lat*", "so", "the", "(late|so)", "(so the|wait)", "[the]", "[so late]", "not"])


@st.composite
def phrases(draw: st.DrawFn) -> str:
    """A phrase over the words of TEXTS, with gaps, choices and optional words, that has a word for certain."""
    pieces = [draw(st.sampled_from(WORDS))]
    for piece in draw(st.lists(PIECES, max_size=3)):
        pieces.append(draw(st.sampled_from(["", "", "..", "..1"])))
        pieces.append(piece)
    return draw(st.sampled_from(["", "^ "])) + " ".join(pieces)


def satisfied(step: PhraseStep, word: str) -> bool:
    return any(word.startswith(each[:-1]) if each.endswith("*") else word == each for each in step.words)


def ends(words: list[str], breaks: list[int], place: int, steps: Sequence) -> set[int]:
    """Last words of the ways in which the steps go on after a place; the slow and obvious way."""
    if not steps:
        return {place}
    found = set()
    for gap in range(steps[0].gap + 1):
        at = place + gap + 1
        if at >= len(words) or any(breaks[between] >= Break.SENTENCE for between in range(place, at)):
            break
        if satisfied(steps[0], words[at]):
            found |= ends(words, breaks, at, steps[1:])
    return found


def obvious(parsed: list[tuple[Sequence, ...]], tokens: Tokens) -> Found:
    words = [tokens.vocabulary.words[number] for number in tokens.words]
    breaks = tokens.breaks.tolist()
    return {
        (number, first, last)
        for number, sequences in enumerate(parsed)
        for first, word in enumerate(words)
        for steps in sequences
        if satisfied(steps[0], word) and (steps[0].gap != BEGINS or first == 0 or breaks[first - 1] >= Break.SENTENCE)
        for last in ends(words, breaks, first, steps[1:])
    }


def found(phrases: list[str], texts: list[str]) -> list[tuple[str, str, bool]]:
    """Phrase, the words that it found, and whether they are negated."""
    tokens = Tokenizer().tokenize(texts)
    matches = Matcher(map(parse_phrase, phrases)).match(tokens)
    words = [tokens.vocabulary.words[number] for number in tokens.words]
    return [
        (phrases[phrase], " ".join(words[first : last + 1]), negated)
        for phrase, first, last, negated in zip(*(column.tolist() for column in matches), strict=True)
    ]


@given(st.lists(phrases(), min_size=1, max_size=6), st.lists(TEXTS, max_size=5))
def test_arrays_find_what_the_obvious_way_finds(written: list[str], texts: list[str]) -> None:
    parsed = [parse_phrase(phrase) for phrase in written]
    tokens = Tokenizer().tokenize(texts)
    matches = Matcher(parsed).match(tokens)
    rows = list(zip(matches.phrases.tolist(), matches.first_words.tolist(), matches.last_words.tolist(), strict=True))
    assert set(rows) == obvious(parsed, tokens)
    assert rows == sorted(set(rows), key=lambda row: (row[1], row[2], row[0]))


@given(st.lists(TEXTS, min_size=2, max_size=6))
def test_what_is_found_does_not_depend_on_the_batch(texts: list[str]) -> None:
    written = ["late", "so .. late", "(wait|not) the", "^ so [the] wait"]
    assert found(written, texts) == [match for text in texts for match in found(written, [text])]


def test_vocabulary_may_grow_and_be_replaced() -> None:
    matcher, tokenizer = Matcher([parse_phrase("deliver*")]), Tokenizer()
    for text in ("it was late", "delivered late", "no delivery", "delivered"):
        assert len(matcher.match(tokenizer.tokenize([text])).phrases) == text.count("deliver")
    assert len(matcher.match(Tokenizer().tokenize(["late delivery"])).phrases) == 1


def test_match_passes_commas_and_never_the_end_of_a_sentence() -> None:
    assert found(["slow service"], ["slow, service", "slow. service", "slow\nservice", "slow"]) == [
        ("slow service", "slow service", False)
    ]


def test_negation_is_seen_at_three_words_in_the_same_clause() -> None:
    texts = ["not worth it", "isn't really worth it", "it was not at all worth it", "never, worth it", "worth it", "no"]
    assert [negated for _, _, negated in found(["worth it"], texts)] == [True, True, True, False, False]


def test_not_only_negates_nothing() -> None:
    assert found(["worth it"], ["not only worth it but fun"]) == [("worth it", "worth it", False)]


def test_nothing_is_found_in_nothing() -> None:
    assert found(["late"], []) == found(["late"], ["", "..."]) == found([], ["late"]) == []


def test_long_text_takes_linear_time() -> None:
    tokens = Tokenizer().tokenize(["so late the wait " * 50_000])
    matches = Matcher([parse_phrase("so .. wait"), parse_phrase("late")]).match(tokens)
    assert np.bincount(matches.phrases).tolist() == [50_000, 50_000]
