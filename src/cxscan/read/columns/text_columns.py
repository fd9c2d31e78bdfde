"""The columns that hold the customer's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import InputError, UsageError
from cxscan.layout import Candidate
from cxscan.read.values import column_names
from cxscan.read.values.column_names import normalise_column_name, normalise_last_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.read.values.profile import Profile

_QUESTION_WORDS = 4
_CLEARLY_LONGER = 2.0
_MOST_NAMES = 30
_LONGEST_NAME = 60
_REPLY = re.compile(r"\b(response|responses|answer|comment|comments|note|notes|remark|text|content)\b")


class _TextCandidate(NamedTuple):
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


def is_company_reply(name: str) -> bool:
    """Tell whether a column is what the company answered."""
    *above, last = [normalise_column_name(part) for part in name.split(".")]
    return any(part in ("response", "responses") or _names_reply(part) for part in above) or _names_reply(last)


def _names_reply(words: str) -> bool:
    parts = set(words.split())
    if words in column_names.COMPANY_REPLY or not column_names.COMPANY_REPLY_WORDS.isdisjoint(parts):
        return True
    return not column_names.COMPANY_WORDS.isdisjoint(parts) and _REPLY.search(words) is not None and "?" not in words


def choose_texts(
    path: str, names: Sequence[str], questions: Sequence[str], profiles: Sequence[Profile], taken: frozenset[int]
) -> tuple[tuple[int, ...], list[Candidate]]:
    """Positions of the text columns, and every column considered.

    Raises UsageError where several are as likely, InputError where there is none.
    """
    candidates: list[_TextCandidate] = []
    passed: list[Candidate] = []
    for position, (name, question, cells) in enumerate(zip(names, questions, profiles, strict=True)):
        level = _level(name, question)
        if position in taken or level is None or (level < 3 and not cells.is_prose):
            continue
        if is_company_reply(name):
            passed.append(Candidate("text", name, chosen=False, reason="the company's own words"))
        elif level > 1 or cells.is_long_prose or (level == 1 and cells.words >= 2):
            candidates.append(_TextCandidate(position, name, level, cells))
    chosen = _choose(candidates)
    if chosen is None:
        listed = ", ".join(f"{candidate.name[:_LONGEST_NAME]} ({candidate.cells})" for candidate in candidates)
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
    considered = [
        Candidate("text", column.name, chosen=column in chosen, reason=f"{_SAYS[column.level]}; {column.cells}")
        for column in candidates
    ]
    return tuple(column.position for column in chosen), considered + passed


def _level(name: str, question: str) -> int | None:
    """Grade a name by how much it promises text; None if it names something else."""
    words = normalise_column_name(name)
    last = normalise_last_key(name)
    if words in column_names.TEXT or last in column_names.TEXT:
        return 3
    if words in column_names.TITLE or last in column_names.TITLE:
        return None
    parts = words.split()
    asked = normalise_column_name(question)
    if asked.endswith("?") or "?" in asked or len(asked.split()) > _QUESTION_WORDS or "open ended" in asked:
        return 1
    if parts and parts[-1] in column_names.NO_TEXT_WORDS:
        return None
    if words in column_names.POSITIVE or words in column_names.NEGATIVE:
        return 2
    return 2 if not column_names.TEXT_WORDS.isdisjoint(parts) else 0


def _choose(candidates: Sequence[_TextCandidate]) -> list[_TextCandidate] | None:
    """The text columns: all of a parallel pair or of a survey's questions, else the one that stands out.

    None where none stands out, an empty list where there is none.
    """
    if not candidates:
        return []
    level = max(candidate.level for candidate in candidates)
    best = [candidate for candidate in candidates if candidate.level == level]
    pair = _parallel(candidates)
    if pair and level < 3:
        return pair
    if len(best) == 1 or level == 1:
        return best
    if pair and all(candidate in pair for candidate in best):
        return pair
    best = [candidate for candidate in best if candidate.cells.is_prose] or best
    best.sort(key=lambda candidate: candidate.cells.words, reverse=True)
    if len(best) == 1 or best[0].cells.words >= _CLEARLY_LONGER * best[1].cells.words:
        return best[:1]
    return None


def _parallel(candidates: Sequence[_TextCandidate]) -> list[_TextCandidate]:
    """Columns that ask for the good and for the bad: `pros` and `cons`, `liked` and `disliked`."""
    good, bad = [], []
    for candidate in candidates:
        parts = set(normalise_column_name(candidate.name).split())
        negative = not column_names.NEGATIVE.isdisjoint(parts)
        if negative:
            bad.append(candidate)
        elif not column_names.POSITIVE.isdisjoint(parts):
            good.append(candidate)
    return sorted(good + bad) if len(good) == 1 and len(bad) == 1 else []
