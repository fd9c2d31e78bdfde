"""A file format is one class and one entry of the registry: these are given such a class here."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from reading import outcome

from cxscan.cli.root import main
from cxscan.errors import InputError
from cxscan.model import Reject
from cxscan.read import Layout, ReadRequest
from cxscan.read.bytes.head import Head
from cxscan.read.bytes.raw import Raw
from cxscan.read.files import find_files
from cxscan.read.formats import registry
from cxscan.read.formats.format import FIRST_RECORDS, SourceTable
from cxscan.read.rows import ReadStats, Rows

SIZE = 40


class FixedRecords:
    """Records of 40 bytes: a number, a rating, a comment."""

    name = "fixed"
    title = "fixed records"
    suffixes = (".fix",)
    is_text = False

    def recognises(self, head: Head) -> bool:
        return head.content.startswith(b"FIX1")

    def open(self, raw: Raw, head: Head, request: ReadRequest) -> SourceTable:
        del head, request
        first = next(self._rows(raw), Rows([], [], [], (), [], 0))

        def rows(texts: Sequence[int], wanted: Sequence[int], stats: ReadStats) -> Iterator[Rows]:
            del texts, wanted, stats
            return self._rows(raw)

        layout = Layout(format=self.name, encoding=None, columns=())
        return SourceTable(
            layout=layout, names=("id", "stars", "comment"), first=first.cells[:FIRST_RECORDS], rows=rows
        )

    def _rows(self, raw: Raw) -> Iterator[Rows]:
        with closing(raw.open()) as stream:
            stream.read(4)
            number = 0
            while record := stream.read(SIZE):
                number += 1
                if len(record) < SIZE:
                    yield Rows([], [], [], (Reject(raw.path, number, number, "cut short"),), [], 0)
                    return
                identity, stars, text = struct.unpack("<IB35s", record)
                cells = [str(identity), str(stars), text.rstrip(b"\0").decode()]
                yield Rows([cells], [number], [number], (), [hash(record)], SIZE)


class ZippedRows:
    """A zip file with a text in each member, as one would read a workbook."""

    name = "zipped"
    title = "zipped rows"
    suffixes = (".rows.zip", ".rz")
    is_text = False

    def recognises(self, head: Head) -> bool:
        return head.content.startswith(b"PK\x03\x04") and b"row" in head.content[:100]

    def open(self, raw: Raw, head: Head, request: ReadRequest) -> SourceTable:
        del head, request
        layout = Layout(format=self.name, encoding=None, columns=())
        with raw.seekable() as file, zipfile.ZipFile(file) as archive:
            cells = [[archive.read(name).decode()] for name in archive.namelist()]
        numbers = range(1, len(cells) + 1)

        def rows(texts: Sequence[int], wanted: Sequence[int], stats: ReadStats) -> Iterator[Rows]:
            del texts, wanted, stats
            yield Rows(cells, numbers, numbers, (), [hash(cell) for (cell,) in cells], 0)

        return SourceTable(layout=layout, names=("comment",), first=cells, rows=rows)


COMMENTS = ["Delivery was late", "Great friendly staff", "It broke"]
FIXED = b"FIX1" + b"".join(
    struct.pack("<IB35s", number, number + 2, text.encode()) for number, text in enumerate(COMMENTS)
)


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number, text in enumerate(COMMENTS):
            archive.writestr(zipfile.ZipInfo(f"row{number}"), text)  # no clock in it
    return file.getvalue()


@pytest.fixture(autouse=True)
def formats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "FORMATS", (FixedRecords(), ZippedRows(), *registry.FORMATS))


@pytest.mark.parametrize("content", [FIXED, gzip.compress(FIXED, mtime=0)])
def test_a_binary_format_is_read_with_the_places_of_its_records(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "export.fix").write_bytes(content + b"\0" * 7 if content is FIXED else content)
    found = outcome(tmp_path / "export.fix", rating="stars")
    assert (found.texts, found.ids, found.ratings) == (COMMENTS, ["0", "1", "2"], [2000, 3000, 4000])
    assert [(reject.line, reject.reason) for reject in found.rejects] == [(4, "cut short")] * (content is FIXED)
    assert (found.layout.format, found.layout.encoding) == ("fixed", None)
    assert found.layout.of_role("text") == ("comment",)


@pytest.mark.parametrize("content", [zipped(), gzip.compress(zipped(), mtime=0)])
def test_a_format_may_go_about_in_its_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "export").write_bytes(content)
    assert outcome(tmp_path / "export", text=("comment",)).texts == COMMENTS


def test_its_files_are_found_in_a_folder_and_named_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.ndjson, .*\.rows\.zip, \.rz, \.fix, or these with \.gz.* or \.\w+\)"):
        find_files([str(tmp_path)])
    for name in ("a.FIX", "b.fix.zst", "c.other"):
        (tmp_path / name).write_bytes(FIXED)
    assert find_files([str(tmp_path)]) == [str(tmp_path / "a.FIX"), str(tmp_path / "b.fix.zst")]


def test_what_is_not_read_is_told_what_is(tmp_path: Path) -> None:
    (tmp_path / "export.orc").write_bytes(b"ORC\x03\x15\x04")
    with pytest.raises(InputError, match=r"write it as CSV, JSON Lines, .*zipped rows or fixed records"):
        outcome(tmp_path / "export.orc")


def test_its_comments_are_scanned_and_inspected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "export.fix"
    path.write_bytes(FIXED)
    assert main(["scan", str(path), "--format", "line", "-q"]) == 0
    assert "comments=3 scored=3" in capsys.readouterr().out
    assert main(["inspect", str(path)]) == 0
    out = capsys.readouterr().out
    assert "Format         fixed" in out
    assert "Encoding" not in out
