"""Delimited text → rows: strict about widths, tolerant of what is no record (blank lines, headers again, footers)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from cxscan.model import Reject
from cxscan.read.formats.delimited.dialect import split_records
from cxscan.read.formats.delimited.footers import footer_start
from cxscan.read.formats.delimited.sections import Names, Section
from cxscan.read.repeats import row_keys
from cxscan.read.rows import Rows
from cxscan.read.values.column_names import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxscan.read.formats.delimited.dialect import Records
    from cxscan.read.formats.delimited.sniff import Delimited
    from cxscan.read.rows import ReadStats

_FIRST = itemgetter(slice(0, 1))
"""First character of a cell, if it has one."""


@dataclass(slots=True)
class _Place:
    """Progress of the reading."""

    line: int
    """Physical lines before the stretch."""
    record: int = 0
    """Data records before the stretch."""


def read_delimited(
    blocks: Iterable[list[str]], layout: Delimited, texts: Sequence[int], path: str, stats: ReadStats
) -> Iterator[Rows]:
    """The records under the header; `blocks` are the physical lines of the whole source, `texts` the text columns.

    Record numbers count every record, rejected ones too, but no blank line, no line of delimiters only, no header
    that is repeated (files joined with cat) and no footer (what follows the last blank line and is no full record).
    """
    place = _Place(layout.skip)
    keep = _Keeper(layout, texts, path, stats)
    stats.preamble = layout.preamble
    rest: list[str] = []
    for block, final in _with_last(_after(blocks, layout.skip)):
        lines = rest + block
        while lines:
            records = split_records(lines, keep.section.dialect, final=final)
            rows = keep.rows(records, lines, place, final=final)
            # where a header with another delimiter begins, what follows is parted anew
            count = keep.changes_at or len(lines) - len(records.rest)
            yield replace(rows, characters=sum(map(len, lines[:count])))
            place.line += count
            stats.unended = int(final and not lines[-1].endswith(("\n", "\r")))
            if keep.changes_at is None:
                break
            lines = lines[count:]
        rest = records.rest if lines else []


def _after(blocks: Iterable[list[str]], skip: int) -> Iterator[list[str]]:
    """The blocks without the first `skip` lines."""
    for block in blocks:
        if skip >= len(block):
            skip -= len(block)
        else:
            yield block[skip:] if skip else block
            skip = 0


def _with_last(blocks: Iterator[list[str]]) -> Iterator[tuple[list[str], bool]]:
    """Each block, and whether it is the last one."""
    held = next(blocks, None)
    while held is not None:
        following = next(blocks, None)
        yield held, following is None
        held = following


class _Keeper:
    """Decides which rows are records."""

    def __init__(self, layout: Delimited, texts: Sequence[int], path: str, stats: ReadStats) -> None:
        width = len(layout.header.names)
        self.section = Section(layout.dialect, width, width + layout.padding)
        """The section that is read."""
        self.changes_at: int | None = None
        """Line of the last stretch at which a section with another delimiter begins."""
        self._cells = layout.cells
        self._texts = texts
        self._facts = layout.facts
        self._path = path
        self._stats = stats
        self._is_named = layout.header_line == 0
        self._names = Names(layout.header.first, layout.facts.kinds)
        self._headers = [tuple(map(fold_name, row)) for row in (layout.header.first, *layout.header.below)]
        self._first_cells = {"", *(row[0] for row in layout.header.below), *self._names.spellings}

    @property
    def _behind(self) -> list[int]:
        """Text columns behind others; where spaces stand before quotes, every text begins with one."""
        return [] if self.section.dialect.spaced or self.section.places else [at for at in self._texts if at]

    def rows(self, records: Records, text: Sequence[str], place: _Place, *, final: bool) -> Rows:
        """The records of one stretch of `text`, numbered on from `place`, which moves on."""
        self.changes_at = None
        rejects: list[Reject] = []
        if final:
            self._take_footer(records)
        cells = records.rows
        first = place.record + 1
        numbers: Sequence[int] = range(first, first + len(cells))
        lines = _offset(records.starts, place.line + 1)
        if not records.broken and self._is_plain(cells):
            place.record += len(cells)
            cells = self.section.arranged(cells)
        else:
            cells, numbers, lines = self._sorted_out(records, text, place, rejects)
        cells = self._cells.applied(cells)
        return Rows(cells, numbers, lines, tuple(rejects), row_keys(cells), 0)

    def _take_footer(self, records: Records) -> None:
        start = footer_start(records.rows, self.section.width, self._facts)
        if any(self._names.section(row, self.section, (), 0, apart=False) for row in records.rows[start:] if row):
            return
        self._stats.footers += sum(any(map(str.strip, row)) for row in records.rows[start:])
        del records.rows[start:], records.starts[start:]

    def _is_plain(self, cells: list[list[str]]) -> bool:
        """Every row has the header's width and a first cell, and is no header: nothing needs a closer look."""
        if self.section.trouble is not None or set(map(len, cells)) != {self.section.width}:
            return False
        firsts = set(map(itemgetter(0), cells))
        if not firsts.isdisjoint(self._first_cells) or any(map(str.isspace, firsts)):
            return False
        return not any(" " in set(map(_FIRST, map(itemgetter(at), cells))) for at in self._behind)

    def _sorted_out(
        self, records: Records, text: Sequence[str], place: _Place, rejects: list[Reject]
    ) -> tuple[list[list[str]], list[int], list[int]]:
        """The rows that are records, with numbers and lines; those that cannot be read are appended to `rejects`."""
        cells: list[list[str]] = []
        numbers: list[int] = []
        lines: list[int] = []
        apart = False
        for start, row, reason in _in_order(records):
            line = place.line + start + 1
            if row is not None and not any(map(str.strip, row)):
                apart = True
                continue
            if row is not None and self._is_header(row):
                continue
            if row is not None and self._is_cut_header(row, place.record):
                continue
            seen = [text[start].rstrip("\r\n")] if row is None else row
            if self._may_be_header(seen, apart=apart) and self._turns(seen, line, apart=apart):
                if self.changes_at is not None:
                    self.changes_at = start + 1
                    return cells, numbers, lines
                apart = False
                continue
            apart = False
            place.record += 1
            trouble = reason if row is None else self._trouble(row)
            if trouble is None and row is not None:
                cells += self.section.arranged([row[: self.section.width]])
                numbers.append(place.record)
                lines.append(line)
            else:
                rejects.append(Reject(self._path, line, place.record, trouble or ""))
        return cells, numbers, lines

    def _is_header(self, row: Sequence[str]) -> bool:
        """Tell whether a header row comes again, as in files joined with cat."""
        if self.section.places is not None or self.section.trouble is not None:
            return False
        if row[0] not in self._first_cells or tuple(map(fold_name, row)) not in self._headers:
            return False
        self._stats.repeated_headers += 1
        return True

    def _is_cut_header(self, row: Sequence[str], records: int) -> bool:
        """Tell whether the file's own header, with a name too few, stands above the records whose names are given."""
        if not self._is_named or records or len(row) >= self.section.width or not self._names.are_names(row):
            return False
        self._stats.repeated_headers += 1
        return True

    def _may_be_header(self, row: Sequence[str], *, apart: bool) -> bool:
        return apart or len(row) != self.section.width or row[0] in self._first_cells

    def _turns(self, row: Sequence[str], line: int, *, apart: bool) -> bool:
        """Tell whether a further header begins another section; from then on that is the one that is read."""
        section = self._names.section(row, self.section, self._texts, line, apart=apart)
        if section is None:
            return False
        self._stats.further_headers += section.trouble is None
        self.changes_at = None if section.dialect == self.section.dialect else 0
        self.section = section
        return True

    def _trouble(self, row: Sequence[str]) -> str | None:
        """Return why a row cannot be taken: a cell too few or too many says not which one."""
        width = self.section.width
        if self.section.trouble is not None:
            return self.section.trouble
        if len(row) != width and (len(row) != self.section.padded or any(row[width:])):
            return f"{len(row)} fields where the header has {width}"
        if any(_is_torn(row[at - 1], row[at]) for at in self._behind):
            return "a quote stands inside a cell that is not quoted, and the text behind it is torn"
        return None


def _is_torn(before: str, text: str) -> bool:
    """Tell whether a delimiter was lost before a quoted text that holds one: `Boots"Warm, and dry"` is no two cells."""
    return text.startswith(" ") and text.endswith('"') and text.count('"') % 2 == 1 and before.count('"') % 2 == 1


def _offset(starts: Sequence[int], by: int) -> list[int]:
    return [start + by for start in starts]


def _in_order(records: Records) -> Iterator[tuple[int, list[str] | None, str]]:
    """Rows and broken lines by line."""
    broken = iter(records.broken)
    trouble = next(broken, None)
    for start, row in zip(records.starts, records.rows, strict=True):
        while trouble is not None and trouble[0] < start:
            yield trouble[0], None, trouble[1]
            trouble = next(broken, None)
        yield start, row, ""
    while trouble is not None:
        yield trouble[0], None, trouble[1]
        trouble = next(broken, None)
