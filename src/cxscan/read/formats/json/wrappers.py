"""Values in a wrapper: what an object or a list that holds one value is worth as plain text or number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cxscan.read.formats.json.rich_text import is_rich_text, rich_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_ONLY = frozenset(
    (
        # MongoDB Extended JSON, https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/
        "$oid $date $numberInt $numberLong $numberDouble $numberDecimal $uuid $symbol $undefined"
        # DynamoDB, https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
        " S N BOOL NULL SS NS L"
        # Firestore, https://firebase.google.com/docs/firestore/reference/rest/v1/Value
        " stringValue integerValue doubleValue booleanValue timestampValue nullValue referenceValue"
        # Unions of Avro
        " string int long float double boolean"
    ).split()
)
"""Keys that stand alone in their object and name the type of its value."""

_MAIN = {
    # RSS of the App Store
    "label": frozenset({"attributes"}),
    # WordPress, Bitbucket, and objects that hold a text as HTML
    "rendered": frozenset({"protected", "raw", "block_version"}),
    "raw": frozenset({"markup", "html", "type", "rendered"}),
    "plain_text": frozenset({"html", "rich_text", "format"}),
    "plainText": frozenset({"html", "richText", "format"}),
    "plain": frozenset({"html", "markdown", "format"}),
    "text": frozenset({"html", "languageCode", "language", "language_code", "lang", "locale", "format"}),
    "value": frozenset({"html", "format", "lang", "language", "representation"}),
    "html": frozenset({"format", "type"}),
    # Times of Google's APIs and of Firestore; of Notion
    "seconds": frozenset({"nanos"}),
    "_seconds": frozenset({"_nanoseconds"}),
    "start": frozenset({"end", "time_zone"}),
    # JSON-LD and schema.org
    "ratingValue": frozenset({"@type", "@id", "bestRating", "worstRating", "reviewAspect", "name"}),
    "@value": frozenset({"@language", "@type", "@direction"}),
}
"""Keys that hold the value of an object, each with the keys that may stand beside it."""
_ALONE = frozenset({"ratingValue", "label", "rendered", "html", "@value", "plain_text", "plainText"})
"""Those of them that need nothing beside them."""

_XML = ("#text", "_text", "$t", "__text", "#cdata-section", "_cdata", "__cdata", "_")
"""Keys under which converters from XML put the text of an element, beside its attributes."""
_XML_ATTRIBUTE = re.compile(r"[@$_-]|attributes\Z")

_LANGUAGES = frozenset(
    """en de fr es it pt nl pl ru uk cs sk sl hr sr bg ro hu el tr ar he fa ur hi bn ta te ml mr gu kn pa th vi ms zh ja
    ko sv da nb nn fi et lv lt ca eu gl ga cy sq mk hy ka az kk uz sw af tl fil eng deu fra spa ita por nld""".split()
)
_LANGUAGE_KEYS = ("language", "lang", "languageCode", "language_code", "locale", "@language")
_PARTS = 3
_MORE_LANGUAGES = frozenset("id no is default und original".split())
"""Keys that are languages only beside another one: they are usual names of other things."""
_REGION = re.compile(r"[-_][A-Za-z]{2,4}\Z")
_STYLE = frozenset({"type", "annotations", "insert"})
_PIECE = _STYLE | {"text", "plain_text", "attributes", "href", "user_id", "document_id", "language", "collapsed"}
"""Keys of a piece of a text, as Telegram, Notion and Quill write it."""
_NESTING = 5


def unwrapped(value: dict[str, object] | list[object], *, joined: bool = False) -> object:
    """Return the one text or number in a wrapper, the pieces of a text put together; else the value as it is.

    `joined` says that a list of strings is a text in pieces, not a list of things.
    """
    plain = _plain(value, _NESTING, joined=joined)
    return value if isinstance(plain, list | dict) else plain


def _plain(value: object, depth: int, *, joined: bool) -> object:
    if depth == 0:
        return value
    if isinstance(value, dict):
        inner = _inside(value)
        return value if inner is value else _plain(inner, depth - 1, joined=joined)
    if not isinstance(value, list):
        return value
    if is_rich_text(value):
        return rich_text(value)
    if len(value) == 1 and not isinstance(value[0], dict | list):
        return value[0]
    return _text_of_pieces(value, joined=joined)


def _inside(value: dict[str, object]) -> object:
    """Return what the object wraps, itself if it is no wrapper."""
    if not value:
        return None
    if is_rich_text(value):
        return rich_text(value)
    if len(value) == 1:
        ((key, inner),) = value.items()
        if key in _ONLY or key in _ALONE:
            return None if key in ("NULL", "nullValue", "$undefined") else inner
    for wrapper in _WRAPPERS:
        inner = wrapper(value)
        if inner is not value:
            return inner
    return value


def _main(value: dict[str, object]) -> object:
    for key, beside in _MAIN.items():
        if key in value and len(value) > 1 and value.keys() - {key} <= beside:
            return value[key]
    return value


def _typed(value: dict[str, object]) -> object:
    """`{"type": "number", "number": 4}`, as Typeform and Notion write a value."""
    kind = value.get("type")
    return value[kind] if isinstance(kind, str) and kind in value and kind != "type" else value


def _element(value: dict[str, object]) -> object:
    """An XML element as an object: its text beside its attributes."""
    for key in _XML:
        if isinstance(value.get(key), str) and all(_XML_ATTRIBUTE.match(other) for other in value if other != key):
            return value[key]
    return value


def _by_language(value: dict[str, object]) -> object:
    """A text in several languages: the English one, else the first that is not empty."""
    languages = [_REGION.sub("", key) for key in value]
    if any(language not in _LANGUAGES and language not in _MORE_LANGUAGES for language in languages):
        return value
    if _LANGUAGES.isdisjoint(languages) or not all(text is None or isinstance(text, str) for text in value.values()):
        return value
    english = [text for language, text in zip(languages, value.values(), strict=True) if language in ("en", "eng")]
    return next((text for text in (*english, *value.values()) if text), None)


_WRAPPERS: tuple[Callable[[dict[str, object]], object], ...] = (_main, _typed, _element, _by_language)
"""Recognisers, asked in this order; each returns what is inside, or the object itself."""


def _text_of_pieces(pieces: list[object], *, joined: bool) -> object:
    """A text in pieces, as Telegram writes it: strings and `{"type": "bold", "text": …}`; else the list itself."""
    if not pieces:
        return "" if joined else pieces
    if (text := _of_languages(pieces)) is not None:
        return text
    texts = [piece if isinstance(piece, str) else _piece(piece) for piece in pieces]
    if not all(isinstance(text, str) for text in texts):
        return pieces
    if all(isinstance(piece, str) for piece in pieces):
        return _lines(str(text) for text in texts) if joined else pieces
    return "".join(str(text) for text in texts)


def _of_languages(texts: list[object]) -> str | None:
    """Choose from a list of texts, each beside its language, the English one or the first; None if it is none."""
    chosen: str | None = None
    for text in texts:
        language = next((text[key] for key in _LANGUAGE_KEYS if key in text), None) if isinstance(text, dict) else None
        words = unwrapped(text) if isinstance(text, dict) and len(text) <= _PARTS else None
        if not isinstance(language, str) or not isinstance(words, str):
            return None
        if chosen is None or language.casefold().startswith("en"):
            chosen = words
    return chosen


def _piece(piece: object) -> object:
    if not isinstance(piece, dict) or not piece.keys() <= _PIECE or _STYLE.isdisjoint(piece):
        return None
    return next((piece[key] for key in ("plain_text", "text", "insert") if isinstance(piece.get(key), str)), None)


def _lines(texts: Iterable[str]) -> str:
    """Join the text nodes of a page: those cut at white space as they stand, others as lines."""
    listed = list(texts)
    cut = any(text[:1].isspace() or text[-1:].isspace() for text in listed)
    return ("" if cut else "\n").join(listed)
