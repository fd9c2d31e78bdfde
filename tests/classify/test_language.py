from __future__ import annotations

import pytest

from cxscan.classify.language import Languages, not_answers
from cxscan.tokens import Tokenizer


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The delivery was late and nobody told me", "en"),
        ("ok", "en"),
        ("Kodi biryani", "en"),
        ("Muy buena comida y servicio excelente", "es"),
        ("Très bien mais cher, à revoir", "fr"),
        ("Отличное приложение", "ru"),
        ("アプリがすぐ落ちます", "ja"),
        ("5 / 5 !!", None),
    ],
)
def test_a_language_is_found(text: str, language: str | None) -> None:
    assert Languages().detect(Tokenizer().tokenize([text]), [text]) == [language]


@pytest.mark.parametrize(
    "text",
    ["", "-", "...", "n/a", "N/A.", "None", "NONE!", "no comment", "Not applicable", "Nothing.", "Nothing at all",
     "I don’t know", "Can't think of anything"],
)  # fmt: skip
def test_what_is_no_answer_is_seen(text: str) -> None:
    assert not_answers(Tokenizer().tokenize([text])).tolist() == [True]


@pytest.mark.parametrize(
    "text", ["ok", "none of it works", "no comment was ever answered", "😡", "no", "nothing works"]
)
def test_short_answers_are_answers(text: str) -> None:
    assert not_answers(Tokenizer().tokenize([text])).tolist() == [False]
