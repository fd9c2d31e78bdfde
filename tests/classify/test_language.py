from __future__ import annotations

import pytest

from cxscan.classify.language.detector import Languages
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


def languages(*texts: str) -> list[str | None]:
    return Languages().detect(Tokenizer().tokenize(texts), texts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Muy caro", "es"), ("Nada", "es"), ("No me gusta nada", "es"), ("Pésimo", "es"), ("Ubicación", "es"),
        ("Schrecklicher Service", "de"), ("Zu teuer", "de"), ("Überteuert", "de"), ("Service nul", "fr"),
        ("Trop cher", "fr"), ("Muito bom", "pt"), ("Nota zero", "pt"), ("Il servizio era pessimo", "it"),
        ("Slechte service, nooit meer", "nl"), ("Mycket bra", "sv"), ("bagus sekali", "id"), ("很好", "zh"),
    ],
)  # fmt: skip
def test_a_short_foreign_answer_is_seen(text: str, language: str) -> None:
    assert languages(text) == [language]


@pytest.mark.parametrize(
    "text",
    ["App is good lekin ads bahut aate hai", "delivery late aati hai hamesha", "bilkul bakwas service", "Bahut acha"],
)
def test_hindi_in_latin_letters_is_not_english(text: str) -> None:
    assert languages(text) == ["hi"]


@pytest.mark.parametrize(
    "text",
    ["Great crème brûlée, poor café au lait.", "wrst custmr srvce evr", "Wi-Fi kaput", "Terribel", "Fantstic",
     "Muchas gracias, the staff were wonderful.", "Good lamp. Muy buena lámpara.", "Obrigado! Great support.",
     "Casa Verde's staff were rude.", "Spent three nights at El Convento, lovely rooms", "Zoë was lovely", "Bra", "o",
     "Churros con chocolate amazing", "Dum biryani", "tbh meh", "Pls rply asap", "No puedo log in help"],
)  # fmt: skip
def test_english_with_foreign_names_and_odd_spellings_is_english(text: str) -> None:
    assert languages(text) == ["en"]


def test_what_stands_beside_a_text_does_not_change_its_language() -> None:
    texts = ["Muy caro", "La Trattoria", "Kodi biryani", "Personal super"]
    assert languages(*texts) == [languages(text)[0] for text in texts]
