"""A workbook that can be opened again: its sheets as rows of cells, each row at its number in the sheet."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import InputError
from cxscan.read.bytes.seekable import SeekableBytes
from cxscan.read.formats.excel.cells import value_cell
from cxscan.read.formats.excel.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineWorkbook

    from cxscan.read.bytes.raw import Raw


class SheetName(NamedTuple):
    """A sheet of cells, by its name."""

    name: str
    is_hidden: bool


class Grid(NamedTuple):
    """The cells of a sheet."""

    rows: Iterator[list[str]]
    """Every row from the first of the sheet on, as wide as the widest; blank ones too."""
    formulas: int
    """Formulas that no program has computed: their cells are empty."""


class Workbook:
    """The sheets of a workbook."""

    def __init__(self, raw: Raw) -> None:
        """Raise InputError for what is no sound workbook."""
        self._bytes = SeekableBytes(raw)
        with self._opened() as (workbook, _):
            sheets = [
                SheetName(sheet.name, is_hidden=str(sheet.visible) != "SheetVisibleEnum.Visible")
                for sheet in workbook.sheets_metadata
                if str(sheet.typ) == "SheetTypeEnum.WorkSheet"
            ]
        self.sheets = tuple(sheets)

    def grid(self, sheet: str) -> Grid:
        """The cells of a sheet; raises InputError where it is damaged, or reaches too far to be built."""
        path = self._bytes.path
        with self._opened() as (workbook, package):
            scan = package.scan(sheet)
            if scan.is_sparse:
                reach = f"row {scan.rows:,} and column {scan.columns:,}"
                raise InputError(
                    f"{path}: sheet {sheet} reaches to {reach}, nearly all empty; "
                    "delete the empty rows and columns, or save the sheet as CSV"
                )
            with _named_trouble(path):
                cells = workbook.get_sheet_by_name(sheet)
        if cells.start is None:
            return Grid(iter(()), 0)
        left = cells.start[1]
        rows = (list(map(value_cell, row)) for row in cells.iter_rows())
        return Grid(_with_errors(rows, scan.errors, left) if scan.errors else rows, scan.formulas)

    @contextmanager
    def _opened(self) -> Iterator[tuple[CalamineWorkbook, Package]]:
        from python_calamine import load_workbook

        with self._bytes.opened() as file:
            package = Package(file, self._bytes.path)
            file.seek(0)
            with _named_trouble(self._bytes.path):
                workbook = load_workbook(file)
            with closing(workbook):
                yield workbook, package


@contextmanager
def _named_trouble(path: str) -> Iterator[None]:
    """Word what calamine raises for the user; a panic of it is no Exception."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise InputError(f"{path}: the workbook is protected with a password; save it without one first") from None
    except BaseException as trouble:
        if isinstance(trouble, CalamineError | ValueError) or type(trouble).__name__ == "PanicException":
            why = " ".join(str(trouble).split())[:80]
            raise InputError(f"{path}: the workbook is damaged ({why}); copy or export it again") from None
        raise


def _with_errors(rows: Iterator[list[str]], errors: dict[tuple[int, int], str], left: int) -> Iterator[list[str]]:
    """The rows with the errors that Excel shows in cells; `left` is the column in which rows begin."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), error in errors.items():
        by_row.setdefault(row, []).append((column - left, error))
    for number, cells in enumerate(rows):
        for at, error in by_row.get(number, ()):
            if 0 <= at < len(cells):
                cells[at] = error
        yield cells
