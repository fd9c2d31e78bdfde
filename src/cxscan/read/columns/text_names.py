"""Grades of column names: what each promises of the customer's words in it."""

from __future__ import annotations

import re
from enum import IntEnum

from cxscan.read.values import column_names
from cxscan.read.values.column_names import key_path, normalise_column_name

_QUESTION_WORDS = 4
_LONGEST_QUESTION = 500
_ASKS = re.compile(r"\b(?:you|your|we|us|our|please|why|how|explain|describe|tell|improve|improved)\b")
_ASKS_FOR_A_FACT = re.compile(
    r"(?!.*\b(?:improve|better|change|why|like|best|worst)\b)"
    r"(?:(?:which|where|when|who|whom|whose)\b|.*\b(?:hear|heard) (?:about|of) (?:us|our)\b)"
)
_ASKS_WHO_ONE_IS = re.compile(
    r"\b(?:your (?:\w+ )*(?:name|e ?mail|address|phone|number|title|role|position|company|organi[sz]ation|employer"
    r"|department|occupation|postcode|code|city|country|age|gender|username)"
    r"|(?:name|address|number) of (?:your|the) .*)[ ?]*$"
)
_ASKS_WHAT_ONE_THINKS = re.compile(r"\b(?:why|think|feel|like|improve|experience|better)\b")


class TextName(IntEnum):
    """Grades of names by how much they promise text."""

    CONTENT_ONLY = 0
    QUESTION = 1
    SIMILAR = 2
    USUAL = 3


SAYS = {
    TextName.USUAL: "its name is a usual one for comments",
    TextName.SIMILAR: "its name speaks of comments",
    TextName.QUESTION: "a question answered in words",
    TextName.CONTENT_ONLY: "no name says so, but its cells are long and varied",
}


def grade_name(name: str, question: str) -> TextName | None:
    """Grade a name by how much it promises text; None if it names something else."""
    path = own_path(name)
    words, last = normalise_column_name(name), normalise_column_name(path[-1])
    if _is_quoted(path):
        return None
    if words in column_names.TEXT or last in column_names.TEXT:
        return TextName.USUAL
    if words in column_names.TITLE or last in column_names.TITLE:
        return None
    if is_question(question):
        return _grade_question(normalise_column_name(question[:_LONGEST_QUESTION]))
    parts = last.split()
    if parts[-1:] and parts[-1] in column_names.NO_TEXT_WORDS:
        return None
    if {words, last} & (column_names.POSITIVE | column_names.NEGATIVE):
        return TextName.SIMILAR
    above = set(normalise_column_name(path[-2]).split()) if last in column_names.PLAIN_KEYS and len(path) > 1 else set()
    if not column_names.TEXT_WORDS.isdisjoint({*parts, *above}):
        return TextName.SIMILAR
    return None if describes_others(name) else TextName.CONTENT_ONLY


def own_path(name: str) -> tuple[str, ...]:
    """The keys of a column without the number that tells it from its namesakes: of `comment.2` "comment"."""
    path = key_path(name)
    while len(path) > 1 and path[-1].isdigit():
        path = path[:-1]
    return path


def is_question(question: str) -> bool:
    """Tell whether a name asks something: with a question mark, or in a sentence; the keys of a path are none."""
    asked = normalise_column_name(question)
    if "?" in question or "open ended" in asked:
        return True
    long = len(asked.split()) > _QUESTION_WORDS
    return long and (any(map(str.isspace, question.strip())) or asks_openly(question))


def asks_openly(question: str) -> bool:
    """Tell whether a name speaks to somebody, and does not only name what is in the column."""
    return "?" in question or _ASKS.search(normalise_column_name(question)) is not None


def describes_others(name: str) -> bool:
    """Tell whether a column is about its author, a place or a product: `user.description`, `product_details`."""
    *above, last = own_path(name)
    words = normalise_column_name(last).split()
    about = {word for key in above for word in normalise_column_name(key).split()}
    if words and words[-1] in column_names.DESCRIPTIONS:
        about |= {*words[:-1]}
    return not column_names.OTHERS.isdisjoint(about)


def _grade_question(asked: str) -> TextName | None:
    """Grade a question: one for a name or an address is answered in no comment."""
    if _ASKS_WHO_ONE_IS.search(asked) and not _ASKS_WHAT_ONE_THINKS.search(asked):
        return None
    return TextName.CONTENT_ONLY if _ASKS_FOR_A_FACT.match(asked) else TextName.QUESTION


def _is_quoted(path: tuple[str, ...]) -> bool:
    """Tell whether a text stands under what the comment quotes or answers: `retweeted_status.full_text`."""
    return any(not column_names.QUOTED.isdisjoint(normalise_column_name(key).split()[:1]) for key in path[:-1])
