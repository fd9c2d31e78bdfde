from __future__ import annotations

import pytest

from cxscan.classify.language import Languages
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
