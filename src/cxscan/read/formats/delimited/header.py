"""The header of a delimited file: where it is, what its columns are called, which rows under it belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.read.values.column_names import distinct_names, fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_IMPORT_ID = re.compile(r"""^['"]*\{['"]+ImportId['"]+:""")
_SUB_LABELS = frozenset({"response", "open-ended response", "other (please specify)"})
_QUALTRICS_ROWS = 4


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


def read_header(rows: Sequence[Sequence[str]]) -> Header:
    """The header that `rows` (of the same width) begin with."""
    first = [" ".join(cell.replace("\ufeff", "").split()) for cell in rows[0]]
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
    return Header(distinct_names(first), tuple(rows[0]), ("",) * len(first))


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
