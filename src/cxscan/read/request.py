"""Options of the command line about reading; everything left open is inferred from the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """Options of reading; `None` or `()` means "infer it".

    A column is the one that is called exactly so, else one that differs in no more than case and white space.
    """

    text: tuple[str, ...] = ()
    """Columns that hold the customer's words; each is a comment of its own, told apart by `Comments.fields`."""
    title: str | None = None
    """A column put before the text. Only used when named here or by a preset."""
    rating: str | None = None
    scale: tuple[float, float] | None = None
    """Lowest and highest rating, as written in the file."""
    reverse_scale: bool = False
    """The lowest rating is the best one: ratings are turned round, so that higher is better everywhere after."""
    date: str | None = None
    date_format: str | None = None
    """`dayfirst`, `monthfirst`, or a pattern of `datetime.strptime`."""
    timezone: str | None = None
    """An IANA zone. Times with an offset are moved to it; times without one are taken as they stand."""
    id: str | None = None
    by: tuple[str, ...] = ()
    """Segment columns."""
    since: str | None = None
    until: str | None = None
    """First and last day (ISO 8601, both included); records of other days, or without one, are left out."""
    limit: int | None = None
    """Read no more than so many records of each source (after `since` and `until`; rejected ones count)."""
    encoding: str | None = None
    delimiter: str | None = None
    no_header: bool = False
    """The first row is a record: columns are named by number, from "1" on."""
    header: tuple[str, ...] = ()
    """Names of the columns of a source that has no header."""
    sheet: str | None = None
    """The sheet of a workbook."""
    json_path: str | None = None
    """Dotted path to the array of records inside a JSON object."""
    preset: str | None = None
    repeats: Literal["count", "once"] = "count"
    """Whether a record that stood in the input before, word for word, counts again or is dropped."""
    keep_cells: bool = False
    """Fill `Comments.cells` with the export's own columns."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is asked for by name."""
        single = (self.title, self.rating, self.date, self.id)
        return (*self.text, *(name for name in single if name is not None), *self.by)
