"""Which columns hold the customer's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import InputError, UsageError
from cxscan.read import words
from cxscan.read.layout import Candidate
from cxscan.read.words import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.read.profile import Profile

_QUESTION_WORDS = 4
_CLEARLY_LONGER = 2.0
_MOST_NAMES = 30
_LONGEST_NAME = 60
_OWN_SPEECH = re.compile(r"\b(response|responses|answer|comment|comments|note|notes|remark|text|content)\b")


class _Found(NamedTuple):
    """A column that may hold text."""

    position: int
    name: str
    level: int
    """3: its name is a usual one, 2: it sounds like one, 1: a question, 0: only its content speaks for it."""
    cells: Profile


_SAYS = {
    3: "its name is a usual one for comments",
    2: "its name speaks of comments",
    1: "a question answered in words",
    0: "no name says so, but its cells are long and varied",
}


def is_own_words(name: str) -> bool:
    """Whether a column is what the company answered."""
    *above, last = [spoken(part) for part in name.split(".")]
    return any(part in ("response", "responses") or _is_own(part) for part in above) or _is_own(last)


def _is_own(said: str) -> bool:
    parts = set(said.split())
    if said in words.OWN or not words.OWN_WORDS.isdisjoint(parts):
        return True
    return not words.OWNERS.isdisjoint(parts) and _OWN_SPEECH.search(said) is not None and "?" not in said


def choose_texts(
    path: str, names: Sequence[str], questions: Sequence[str], profiles: Sequence[Profile], taken: frozenset[int]
) -> tuple[tuple[int, ...], list[Candidate]]:
    """Positions of the text columns, and every column considered.

    Raises UsageError where several are as likely, InputError where there is none.
    """
    found: list[_Found] = []
    passed: list[Candidate] = []
    for position, (name, question, cells) in enumerate(zip(names, questions, profiles, strict=True)):
        level = _level(name, question)
        if position in taken or level is None or (level < 3 and not cells.is_prose):
            continue
        if is_own_words(name):
            passed.append(Candidate("text", name, chosen=False, reason="the company's own words"))
        elif level > 1 or cells.is_long_prose or (level == 1 and cells.words >= 2):
            found.append(_Found(position, name, level, cells))
    chosen = _choose(found)
    if chosen is None:
        listed = ", ".join(f"{one.name[:_LONGEST_NAME]} ({one.cells})" for one in found)
        raise UsageError(f"{path}: several columns may hold the comments: {listed}; name one with --text COLUMN")
    if not chosen:
        listed = ", ".join(name[:_LONGEST_NAME] for name in names[:_MOST_NAMES])
        listed += ", …" if len(names) > _MOST_NAMES else ""
        raise InputError(
            f"{path}: no column holds customers' words (columns: {listed}); if one does, name it with --text COLUMN"
        )
    if len(names) == 1 and chosen[0].level < 2 and "?" not in questions[0]:
        name = names[0][:_LONGEST_NAME]
        raise UsageError(f"{path}: is its first line, {name!r}, a header or a comment? if a header, say --text COLUMN")
    candidates = [
        Candidate("text", one.name, chosen=one in chosen, reason=f"{_SAYS[one.level]}; {one.cells}") for one in found
    ]
    return tuple(one.position for one in chosen), candidates + passed


def _level(name: str, question: str) -> int | None:
    """What a name says about text; None if it says that it holds something else."""
    said = spoken(name)
    last = spoken(name.rpartition(".")[2])
    if said in words.TEXT or last in words.TEXT:
        return 3
    if said in words.TITLE or last in words.TITLE:
        return None
    parts = said.split()
    asked = spoken(question)
    if asked.endswith("?") or "?" in asked or len(asked.split()) > _QUESTION_WORDS or "open ended" in asked:
        return 1
    if parts and parts[-1] in words.NO_TEXT_WORDS:
        return None
    if said in words.POSITIVE or said in words.NEGATIVE:
        return 2
    return 2 if not words.TEXT_WORDS.isdisjoint(parts) else 0


def _choose(found: Sequence[_Found]) -> list[_Found] | None:
    """The text columns: all of a parallel pair or of a survey's questions, else the one that stands out.

    None where none stands out, an empty list where there is none.
    """
    if not found:
        return []
    level = max(one.level for one in found)
    best = [one for one in found if one.level == level]
    pair = _parallel(found)
    if pair and level < 3:
        return pair
    if len(best) == 1 or level == 1:
        return best
    if pair and all(one in pair for one in best):
        return pair
    best = [one for one in best if one.cells.is_prose] or best
    best.sort(key=lambda one: one.cells.words, reverse=True)
    if len(best) == 1 or best[0].cells.words >= _CLEARLY_LONGER * best[1].cells.words:
        return best[:1]
    return None


def _parallel(found: Sequence[_Found]) -> list[_Found]:
    """Columns that ask for the good and for the bad: `pros` and `cons`, `liked` and `disliked`."""
    good, bad = [], []
    for one in found:
        parts = set(spoken(one.name).split())
        negative = not words.NEGATIVE.isdisjoint(parts)
        if negative:
            bad.append(one)
        elif not words.POSITIVE.isdisjoint(parts):
            good.append(one)
    return sorted(good + bad) if len(good) == 1 and len(bad) == 1 else []
