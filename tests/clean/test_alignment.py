"""A cleaned text aligns with its original, character for character, through any number of passes."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cxscan.alignment import UNCHANGED, Replacement, replaced


def test_words_behind_a_replacement_are_found_where_they_stood() -> None:
    text = "It wasn&#39;t<br />good"
    cleaned, alignment = replaced(text, [Replacement(7, 12, "'"), Replacement(13, 19, "\n")])
    assert cleaned == "It wasn't\ngood"
    assert [text[slice(*alignment.original(*word.span()))] for word in re.finditer(r"\S+", cleaned)] == [
        "It",
        "wasn&#39;t",
        "good",
    ]


def test_a_text_without_replacements_is_the_same_object() -> None:
    text = "good"
    assert replaced(text, [])[0] is text
    assert UNCHANGED.original(1, 3) == (1, 3)


@given(st.text("ab&;<>", max_size=30), st.sampled_from(["", "x", "xyzxyz"]))
def test_what_was_not_replaced_aligns_with_itself(text: str, words: str) -> None:
    once, first = replaced(text, [Replacement(*match.span(), words) for match in re.finditer("&+", text)])
    twice, second = replaced(once, [Replacement(*match.span(), "") for match in re.finditer("<+", once)])
    both = first.then(second)
    for match in re.finditer("[ab;>]", twice):
        start, end = both.original(*match.span())
        assert text[start:end] == match[0]


@given(st.text("ab&", min_size=1, max_size=30))
def test_a_replacement_is_given_back_whole(text: str) -> None:
    cleaned, alignment = replaced(text, [Replacement(*match.span(), "xy") for match in re.finditer("&+", text)])
    found = [text[slice(*alignment.original(*match.span()))] for match in re.finditer("[xy]", cleaned)]
    assert found == [run for run in re.findall("&+", text) for _ in "xy"]
