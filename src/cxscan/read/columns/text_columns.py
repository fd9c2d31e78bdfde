"""The columns that hold the customer's words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import InputError, UsageError
from cxscan.layout import Candidate
from cxscan.read.columns.same_texts import are_same, preference
from cxscan.read.columns.text_names import SAYS, TextName, asks_openly, describes_others, grade_name, own_path
from cxscan.read.values import column_names
from cxscan.read.values.column_names import normalise_column_name

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from cxscan.read.columns.sample import ColumnSample
    from cxscan.read.values.profile import Profile

_CLEARLY_LONGER = 2.0
_NEARLY_EMPTY = 0.2
"""Below this part of the fullest column's cells, a column is not what the export is about."""
_MOSTLY = 0.8
_SPOKEN = 0.3
_MOST_NAMES = 30
_MOST_CANDIDATES = 8
_LONGEST_NAME = 60
_LONGEST_REPLY_NAME = 4
"""Words; longer names ask the customer something: "Any comments for the staff of this hotel"."""
_REPLY = re.compile(r"\b(response|responses|answer|comment|comments|note|notes|remark|text|content|message|messages)\b")


class _TextCandidate(NamedTuple):
    """A column that may hold text."""

    position: int
    name: str
    level: TextName
    cells: Profile


@dataclass(slots=True)
class _Field:
    """Columns that may hold text, and those passed over, with the reason."""

    sample: ColumnSample
    candidates: list[_TextCandidate] = field(default_factory=list)
    passed: list[Candidate] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    """Columns called as comments are, whose cells are lists or objects."""

    def pass_over(self, columns: Sequence[_TextCandidate], reason: str, *, close: bool = False) -> None:
        """Take columns out of the choice."""
        self.candidates = [column for column in self.candidates if column not in columns]
        self.passed += [Candidate("text", column.name, chosen=False, reason=reason, close=close) for column in columns]


def is_company_reply(name: str) -> bool:
    """Tell whether a column is what the company answered."""
    *above, last = [normalise_column_name(part) for part in name.split(".")]
    return any(part in ("response", "responses") or _names_reply(part) for part in above) or _names_reply(last)


def _names_reply(words: str) -> bool:
    parts = set(words.split())
    if words in column_names.COMPANY_REPLY or not column_names.COMPANY_REPLY_WORDS.isdisjoint(parts):
        return True
    short = len(words.split()) <= _LONGEST_REPLY_NAME and "?" not in words
    return short and not column_names.COMPANY_WORDS.isdisjoint(parts) and _REPLY.search(words) is not None


def holds_words(sample: ColumnSample) -> bool:
    """Tell whether some column may hold comments; where none does, the file is empty of them."""
    found = _candidates(sample, frozenset())
    return any(column.cells.filled for column in found.candidates)


def choose_texts(sample: ColumnSample, taken: Container[int]) -> tuple[tuple[int, ...], list[Candidate]]:
    """Positions of the text columns, and every column considered.

    Raises UsageError where several are as likely, InputError where there is none.
    """
    open_field = _candidates(sample, taken)
    _keep_the_records_own(open_field)
    _keep_one_form(open_field)
    _keep_the_filled(open_field)
    candidates = open_field.candidates
    chosen = _choose(candidates)
    if chosen is None:
        likeliest = sorted(candidates, key=lambda column: -column.level)
        listed = ", ".join(f"{column.name[:_LONGEST_NAME]} ({column.cells})" for column in likeliest[:_MOST_CANDIDATES])
        listed += ", …" if len(candidates) > _MOST_CANDIDATES else ""
        raise UsageError(f"{sample.path}: several columns may hold the comments: {listed}; name one with --text COLUMN")
    if open_field.nested and all(column.level == TextName.CONTENT_ONLY for column in chosen):
        raise UsageError(
            f"{sample.path}: the cells of {open_field.nested[0][:_LONGEST_NAME]} are JSON, not text; take the text out "
            "of them first, or name another column with --text COLUMN"
        )
    if not chosen:
        raise InputError(_no_text(sample))
    is_named = "?" in sample.questions[0] or not sample.has_header_line
    if len(sample.names) == 1 and chosen[0].level < TextName.SIMILAR and not is_named:
        name = sample.names[0][:_LONGEST_NAME]
        raise UsageError(
            f"{sample.path}: is its first line, {name!r}, a header or a comment? if a header, "
            "say --text COLUMN; if a comment, say --no-header"
        )
    considered = [
        Candidate(
            "text",
            column.name,
            chosen=column in chosen,
            reason=f"{SAYS[column.level]}; {column.cells}",
            close=column not in chosen and column.level > TextName.CONTENT_ONLY,
        )
        for column in candidates
    ]
    return tuple(column.position for column in chosen), considered + open_field.passed


def _no_text(sample: ColumnSample) -> str:
    listed = ", ".join(name[:_LONGEST_NAME] for name in sample.names[:_MOST_NAMES])
    listed += ", …" if len(sample.names) > _MOST_NAMES else ""
    return (
        f"{sample.path}: no column holds customers' words (columns: {listed}); if one does, name it with --text COLUMN"
    )


def _candidates(sample: ColumnSample, taken: Container[int]) -> _Field:
    """The columns whose names or cells speak for text, each with cells that fit."""
    found = _Field(sample)
    is_list_of_things = _lists_things(sample)
    for position, (name, question) in enumerate(zip(sample.names, sample.questions, strict=True)):
        level = grade_name(name, question)
        if position in taken or level is None:
            continue
        column = _TextCandidate(position, name, level, sample.profiles[position])
        trouble = "the company's own words" if is_company_reply(name) else _misfit(column)
        if trouble is None and is_list_of_things and _describes(name):
            trouble = "describes what is listed"
        if trouble is None:
            found.candidates.append(column)
        elif trouble:
            found.passed.append(Candidate("text", name, chosen=False, reason=trouble))
        if level > TextName.QUESTION and column.cells.nested >= _MOSTLY:
            found.nested.append(name)
    return found


def _lists_things(sample: ColumnSample) -> bool:
    """Tell whether the records are things on offer: how many rated each of them, or two facts of its kind say so."""
    names = [normalise_column_name(name) for name in sample.names]
    counts = sum(name in ("reviews", "ratings") and cells.codes >= _MOSTLY
                 for name, cells in zip(names, sample.profiles, strict=True))  # fmt: skip
    facts = counts + sum(name in column_names.THINGS for name in names)
    if counts and not column_names.PLACES.isdisjoint(names):
        return True
    return facts > 1 or not column_names.RATED_THINGS.isdisjoint(names)


def _describes(name: str) -> bool:
    return not column_names.DESCRIPTIONS.isdisjoint(normalise_column_name(own_path(name)[-1]).split()[-1:])


def _misfit(column: _TextCandidate) -> str | None:
    """Return why the cells of a column are no comments, "" where nobody would think so; None if they may be."""
    cells = column.cells
    kinds = {
        "its cells are lists or objects": cells.nested,
        "its cells are lines of a log": cells.logged,
        "its cells are links": cells.links,
        "its cells are dates": cells.dates,
        "its cells are numbers or keys, not words": max(cells.numbers, cells.codes),
    }
    if column.level == TextName.USUAL:
        return next((reason for reason, share in kinds.items() if share >= _MOSTLY), None)
    if column.level == TextName.SIMILAR:
        worst = max(kinds, key=lambda reason: kinds[reason])
        return None if cells.is_prose else worst if kinds[worst] >= _MOSTLY else ""
    if column.level == TextName.QUESTION:
        return None if cells.is_long_prose or (cells.is_prose and cells.words >= 2) else ""
    if not cells.is_long_prose:
        return ""
    return None if cells.spoken >= _SPOKEN else "its cells are names or lists"


def _keep_the_records_own(found: _Field) -> None:
    """Pass over namesakes of a column that stand deeper in the record than it: `retweet.text` beside `text`."""
    named = [column for column in found.candidates if column.level == TextName.USUAL]
    depths = {column.position: len(own_path(column.name)) for column in named}
    deeper: list[_TextCandidate] = []
    for column in named:
        key = normalise_column_name(own_path(column.name)[-1])
        deeper += [
            other
            for other in named
            if depths[other.position] > depths[column.position]
            and normalise_column_name(own_path(other.name)[-1]) == key
            and column.cells.filled >= other.cells.filled / 2
        ]
    found.pass_over(deeper, "a key of the same name stands in the record itself", close=True)
    of_others = [column for column in named if describes_others(column.name)]
    if len(of_others) < len(named):
        found.pass_over(of_others, "about something else than the record")


def _keep_one_form(found: _Field) -> None:
    """Pass over columns that hold the texts of another one in another form."""
    named = [column for column in found.candidates if column.level >= TextName.SIMILAR]
    derived = [
        column for column in named if not column_names.DERIVED.isdisjoint(normalise_column_name(column.name).split())
    ]
    if len(derived) < len(named):
        found.pass_over(derived, "made of another column by a program")
        named = [column for column in named if column not in derived]
    cells = {column.position: [row[column.position] for row in found.sample.rows] for column in named}
    named.sort(key=lambda column: (preference(column.name, cells[column.position]), -column.level, column.position))
    kept: list[_TextCandidate] = []
    for column in named:
        if any(are_same(cells[column.position], cells[other.position]) for other in kept):
            found.pass_over([column], "holds the same texts as another column in another form", close=True)
        else:
            kept.append(column)


def _keep_the_filled(found: _Field) -> None:
    """Pass over columns that are nearly empty, or hold a few labels, beside others that are not.

    A field for comments behind the questions of a survey is meant to be empty in most answers, and is kept.
    """
    fullest = max((column.cells.filled for column in found.candidates if column.level), default=0)
    questions = [column.position for column in found.candidates if column.level == TextName.QUESTION]
    emptier = [
        column
        for column in found.candidates
        if column.level > TextName.QUESTION
        and column.cells.filled < _NEARLY_EMPTY * fullest
        and not (questions and column.cells.filled and column.position > questions[-1])
    ]
    found.pass_over(emptier, "nearly empty beside another column", close=True)
    named = [column for column in found.candidates if column.level > TextName.QUESTION]
    labels = [column for column in named if column.cells.only_labels]
    if len(labels) < len(found.candidates):
        found.pass_over(labels, "its cells are a few labels")
    prose = [column for column in found.candidates if column.level == TextName.CONTENT_ONLY]
    if prose and named and not any(column.cells.filled for column in named):
        found.pass_over(named, "empty")


def _choose(candidates: Sequence[_TextCandidate]) -> list[_TextCandidate] | None:
    """The text columns: those that stand out by name, and all open questions; else the one that does by its cells.

    None where none stands out, an empty list where there is none.
    """
    questions = [column for column in candidates if column.level == TextName.QUESTION]
    named = [column for column in candidates if column.level != TextName.QUESTION]
    if any(column.level for column in named):
        chosen = _choose_named([column for column in named if column.level])
        if chosen is None:
            return None
        return sorted([*chosen, *filter(_is_open, questions)])
    return questions or _choose_named(named)


def _is_open(column: _TextCandidate) -> bool:
    """Tell whether a question beside a column of comments was answered in sentences: others are lists of choices."""
    return asks_openly(column.name) and column.cells.spoken >= _SPOKEN and column.cells.words >= 2


def _choose_named(candidates: Sequence[_TextCandidate]) -> list[_TextCandidate] | None:
    """All of a parallel pair, else the one that stands out; None where none does."""
    level = max((column.level for column in candidates), default=None)
    best = [column for column in candidates if column.level == level]
    pair = _parallel(candidates)
    if pair and all(column in pair for column in best):
        return pair
    if pair and level != TextName.USUAL:
        return pair
    if len(best) < 2:
        return sorted({*best, *pair})
    best = [column for column in best if column.cells.is_prose] or best
    if len({_without_number(column.name) for column in best}) == 1:
        return sorted({*best, *pair})
    best.sort(key=lambda column: column.cells.words, reverse=True)
    if len(best) == 1 or best[0].cells.words >= _CLEARLY_LONGER * best[1].cells.words:
        return sorted({best[0], *pair})
    return None


def _without_number(name: str) -> str:
    """The name that numbered columns have in common: of `comment_1` and `comment.2` "comment"."""
    return normalise_column_name(".".join(own_path(name))).rstrip("0123456789 ")


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
