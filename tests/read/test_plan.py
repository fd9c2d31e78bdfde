from __future__ import annotations

import pytest
from reading import Read

from cxscan.read.columns.plan import clean, with_title


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Good \t\n", "Good"),
        ("\xa0Good\u2003", "Good"),
        ("a\r\nb\rc\r\r\nd", "a\nb\nc\nd"),
        ("a\n\nb", "a\n\nb"),
        ("n/a", "n/a"),
    ],
)
def test_a_text_stays_as_it_stood_but_for_its_edges(cell: str, text: str) -> None:
    assert clean(cell) == text


@pytest.mark.parametrize(
    ("title", "text", "joined"),
    [
        ("Great", "I love it", "Great. I love it"),
        ("Great!", "I love it", "Great! I love it"),
        ("", "I love it", "I love it"),
        ("Great", "", ""),
        ("I love", "I love it", "I love it"),
        ("i LOVE…", "I love it", "I love it"),
        ("I love...", "I love it", "I love it"),
        ("…", "I love it", "I love it"),
    ],
)
def test_a_title_is_a_sentence_before_the_text(title: str, text: str, joined: str) -> None:
    assert with_title(title, text) == joined


def test_a_title_is_used_only_when_asked_for(read: Read) -> None:
    rows = "title,review\nGreat,I love it\n,Fine by me\n"
    assert read(rows).texts == ["I love it", "Fine by me"]
    assert read(rows).layout.of_role("title") == ("title",)
    assert read(rows, title="title").texts == ["Great. I love it", "Fine by me"]


def test_segments_and_cells_stand_beside_each_comment(read: Read) -> None:
    found = read(
        "id,pros,cons,channel\n1,good one, bad one ,e-mail\n2,good two,bad two,\n", by=("Channel",), keep_cells=True
    )
    assert found.comments.segments == {"Channel": ["e-mail", "e-mail", "", ""]}
    assert found.comments.cells == {
        "id": ["1", "1", "2", "2"],
        "pros": ["good one", "good one", "good two", "good two"],
        "cons": [" bad one ", " bad one ", "bad two", "bad two"],
        "channel": ["e-mail", "e-mail", "", ""],
    }


def test_json_records_give_their_keys_as_cells(read: Read) -> None:
    found = read('[{"comment":"Good","n":1.5,"tags":["a","b"],"on":true,"who":{"name":null}}]', keep_cells=True)
    assert found.comments.cells == {
        "comment": ["Good"],
        "n": ["1.5"],
        "tags": ['["a","b"]'],
        "on": ["true"],
        "who.name": [""],
    }


def test_answers_like_none_stay_for_the_classifier(read: Read) -> None:
    assert read("id,comment\n1,none\n2,N/A\n3,-\n").texts == ["none", "N/A", "-"]


def test_platform_placeholders_are_empty(read: Read) -> None:
    found = read("id,comment\n1,No Negative\n2,There are no comments available for this review\n3,Good\n")
    assert found.texts == ["", "", "Good"]
