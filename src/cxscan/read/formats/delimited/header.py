"""The header of a delimited file: where it is, what its columns are called, which rows under it belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.read.formats.delimited.evidence import compare
from cxscan.read.formats.delimited.row_readers import is_ruler
from cxscan.read.values.column_names import distinct_names, fold_name, normalise_column_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_IMPORT_ID = re.compile(r"""^['"]*\{['"]+ImportId['"]+:""")
_SUB_LABELS = frozenset({"response", "open-ended response", "other (please specify)"})
_QUALTRICS_ROWS = 4
_QUALTRICS_NAMES = frozenset({"RecordedDate", "ResponseId", "StartDate", "EndDate", "DistributionChannel"})
_TYPE = re.compile(
    r"(?:u?int(?:eger)?\d*|(?:big|small|tiny)int|long|short|float\d*|double(?: precision)?|decimal|numeric|number|real"
    r"|bool(?:ean)?|checkbox|char(?:acter)?(?: varying)?|n?varchar2?|string|str|text|object|date|time|datetime\d*"
    r"|timestamp(?:tz|_ntz|_ltz)?|(?:calendar|floating|fixed)_(?:date|timestamp)|uuid|json|url|email)"
    r"(?:\s*\(\d+(?:,\s*\d+)?\))?(?:\[(?:ns|us|ms|\d*)(?:, \w+)?\])?",
    re.IGNORECASE,
)
"""Types of columns, as databases, data portals and data frames name them."""
_QUESTION_WORDS = 4


@dataclass(frozen=True, slots=True)
class Header:
    """Column names, and the rows under the first one that belong to the header."""

    names: tuple[str, ...]
    first: tuple[str, ...]
    """The first header row, as it stands."""
    labels: tuple[str, ...]
    """Cells of a second header row; "" where it has none."""
    below: tuple[tuple[str, ...], ...] = ()
    """Further header rows, as they stand."""
    vendor: str | None = None
    """`qualtrics` or `surveymonkey` if the further rows show it."""

    @property
    def written(self) -> tuple[str, ...]:
        """The names as the file writes them; where two rows make a name, those made."""
        return self.names if self.vendor == "surveymonkey" else self.first


def read_header(rows: Sequence[Sequence[str]], groups: Sequence[str] = ()) -> Header:
    """The header that `rows` (of the same width, records among them) begin with, under a row of `groups`."""
    first = _with_groups([" ".join(cell.replace("\ufeff", "").split()) for cell in rows[0]], groups)
    for count in range(1, min(_QUALTRICS_ROWS, len(rows))):
        if any(_IMPORT_ID.match(cell.strip()) for cell in rows[count]):
            labels = rows[1] if count > 1 else [""] * len(first)
            return Header(
                distinct_names(first), tuple(rows[0]), tuple(labels), _as_tuples(rows[1 : count + 1]), "qualtrics"
            )
    if len(rows) > 1 and _is_legacy_qualtrics(first, rows[1]):
        return Header(distinct_names(first), tuple(rows[0]), tuple(rows[1]), _as_tuples(rows[1:2]), "qualtrics")
    if len(rows) > 1 and _is_sub_header(first, rows):
        names = _with_sub_labels(first, [" ".join(cell.split()) for cell in rows[1]])
        return Header(distinct_names(names), tuple(rows[0]), tuple(rows[1]), _as_tuples(rows[1:2]), "surveymonkey")
    if len(rows) > 1 and _says_types(rows[1]):
        return Header(distinct_names(first), tuple(rows[0]), ("",) * len(first), _as_tuples(rows[1:2]))
    if len(rows) > 2 and _is_second_header(first, rows[1], rows[2:]):
        vendor = "qualtrics" if len(_QUALTRICS_NAMES.intersection(first)) > 1 else None
        return Header(distinct_names(first), tuple(rows[0]), tuple(rows[1]), _as_tuples(rows[1:2]), vendor)
    if len(rows) > 2 and _continues_groups(first, rows[1], rows[2:]):
        names = _with_sub_labels(first, [" ".join(cell.split()) for cell in rows[1]])
        return Header(distinct_names(names), tuple(names), ("",) * len(first), _as_tuples(rows[1:2]))
    return Header(distinct_names(first), tuple(rows[0]), ("",) * len(first))


def _continues_groups(first: Sequence[str], second: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether names stand in a second row where the first one has groups, blank beyond their first cell."""
    groups = [at + step for at, name in enumerate(first[1:]) if first[at] and not name for step in (0, 1)]
    votes = compare(second, below)
    return bool(groups) and all(second[at].strip() for at in groups) and votes.record == 0 < votes.header


def _with_groups(names: list[str], groups: Sequence[str]) -> list[str]:
    """The names, with their group before those that stand several times."""
    folded = [fold_name(name) for name in names]
    above = ""
    for at, group in enumerate(groups):
        above = " ".join(group.split()) or above
        if above and folded.count(folded[at]) > 1:
            names[at] = f"{above}: {names[at]}"
    return names


def _says_types(row: Sequence[str]) -> bool:
    """Tell whether a row says of which type each column is, or is a ruler."""
    cells = [cell.strip() for cell in row]
    return all(_TYPE.fullmatch(cell) for cell in cells) or all(is_ruler(cell) for cell in cells)


def _is_second_header(first: Sequence[str], second: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether the row under the names says them again in words, or asks, where the records have values."""
    if [*map(fold_name, second)] == [*map(fold_name, first)]:
        return False  # files joined: it is passed over as a header that comes again
    votes = compare(second, below)
    if votes.record:
        return False
    again = sum(
        bool(name) and normalise_column_name(name) == normalise_column_name(label)
        for name, label in zip(first, second, strict=True)
    )
    asks = any(cell.rstrip().endswith("?") and len(cell.split()) >= _QUESTION_WORDS for cell in second)
    return again > 1 or (len(below) > 1 and (votes.header > 1 or (votes.header == 1 and asks)))


def _as_tuples(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _is_legacy_qualtrics(first: Sequence[str], second: Sequence[str]) -> bool:
    return first[:2] == ["V1", "V2"] and "ResponseID" in [cell.strip() for cell in second[:2]]


def _is_sub_header(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """SurveyMonkey: the row under the questions holds answer options, and nothing under the respondent's columns."""
    second = [fold_name(cell) for cell in rows[1]]
    return not second[0] and (fold_name(first[0]) == "respondent id" or not _SUB_LABELS.isdisjoint(second))


def _with_sub_labels(first: Sequence[str], second: Sequence[str]) -> list[str]:
    names = []
    group = ""
    for name, label in zip(first, second, strict=True):
        group = name or group
        names.append(
            group if fold_name(label) in _SUB_LABELS - {"other (please specify)"} | {""} else f"{group}: {label}"
        )
    return names
