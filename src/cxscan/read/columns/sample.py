"""The first records of a source, column by column: names, questions, and what the cells are like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.errors import InputError, UsageError, nearest
from cxscan.read.values.column_names import fold_name, normalise_column_name, normalise_last_key
from cxscan.read.values.profile import Profile, profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.read.formats.format import SourceTable

_MOST_NAMES = 30
_LONGEST_NAME = 60


def find_column(asked: str, names: Sequence[str], written: Sequence[str], questions: Sequence[str] = ()) -> int | None:
    """The column that is called exactly so, else one that differs in case or white space, else the one that asks so."""
    for exact in (written, names):
        if asked in exact:
            return exact.index(asked)
    folded = [fold_name(name) for name in names]
    if fold_name(asked) in folded:
        return folded.index(fold_name(asked))
    folded = [fold_name(question) for question in questions]
    return folded.index(fold_name(asked)) if folded.count(fold_name(asked)) == 1 else None


@dataclass(frozen=True, slots=True)
class ColumnSample:
    """The columns of a source, and its first records."""

    path: str
    names: tuple[str, ...]
    written: tuple[str, ...]
    """The names as the source writes them, which may differ in no more than case or white space."""
    questions: tuple[str, ...]
    """The survey question under or in place of each name; the name itself elsewhere."""
    profiles: tuple[Profile, ...]
    rows: Sequence[Sequence[str]]
    """The first records themselves."""
    has_header_line: bool
    """The names stand in a line of their own, which might be a record, too."""

    def find(self, asked: str, option: str, *, blank: bool = False) -> int:
        """The column of a name given on the command line.

        Raises UsageError with the nearest names if there is none, or if its first cells are all blank and it may not
        be so.
        """
        position = find_column(asked, self.names, self.written, self.questions)
        if position is not None:
            if not blank and not any(row[position].strip() for row in self.rows):
                raise self.unusable(option, asked, "holds anything")
            return position
        hint = nearest(asked, (name[:_LONGEST_NAME] for name in self.names[:_MOST_NAMES]))
        raise UsageError(f"{self.path}: {option} {asked}: no such column; {hint}")

    def unusable(self, option: str, asked: str, trouble: str) -> UsageError:
        """The error for a column that was asked for, of whose first cells none is what it is asked for."""
        cells = f"its first {len(self.rows):,} cells" if len(self.rows) > 1 else "its cells"
        return UsageError(f"{self.path}: {option} {asked}: none of {cells} {trouble}; name another column")

    def no_comments(self, asked: Sequence[str]) -> InputError:
        """The error for a file in which neither the columns that were asked for nor any others hold comments."""
        return InputError(
            f"{self.path}: no comments: {', '.join(asked)} and all other columns are empty of words in the first"
            f" {len(self.rows):,} records; export it again"
        )

    def first_of(self, names: Sequence[str]) -> int | None:
        """The first of some normalise_column_name names that is a column here."""
        known = [normalise_column_name(name) for name in self.names]
        last = [normalise_last_key(name) for name in self.names]
        for name in names:
            if name in known or name in last:
                return known.index(name) if name in known else last.index(name)
        return None


def sample_of(path: str, table: SourceTable, rows: Sequence[Sequence[str]]) -> ColumnSample:
    """Look at the first records of a source."""
    profiles = tuple(profile(row[index] for row in rows) for index in range(len(table.names)))
    has_header_line = table.layout.header_line is not None
    return ColumnSample(path, table.names, table.written, table.questions, profiles, rows, has_header_line)
