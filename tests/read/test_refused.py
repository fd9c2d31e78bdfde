from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from reading import Read

from cxscan.errors import InputError


def zipped(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "id,comment\n1,Good\n")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PAR1\x15\x04", "Parquet"),
        (zipped("[Content_Types].xml"), "Excel workbook"),
        (zipped("reviews.csv"), "zip archive"),
        (b"\x28\xb5\x2f\xfd\x04\x00", "the zstd stream is truncated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "old Excel"),
        (b"SQLite format 3\x00\x10\x00", "SQLite"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x80\x04\x95\x00", "pickle"),
        (b"<!DOCTYPE html>\n<html></html>", "HTML"),
        (b"\n  <html><body>Sign in</body></html>", "HTML"),
        (bytes(range(256)) * 20, "binary"),
        (b"\0" * 5000, "empty"),
        (gzip.compress(gzip.compress(b"comment\nGood\n", mtime=0), mtime=0), "gzip inside gzip"),
        (gzip.compress(b"PAR1\x15\x04", mtime=0), "Parquet"),
    ],
)
def test_what_is_no_text_is_named_whatever_its_name(read: Read, content: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as trouble:
        read(content, name="export.csv")
    assert "export.csv: " in str(trouble.value)
    assert "\n" not in str(trouble.value)


def test_formats_to_come_are_said_to_be_so(read: Read) -> None:
    with pytest.raises(InputError, match="not read yet"):
        read(b"PAR1\x15\x04")


def test_control_characters_in_a_few_comments_are_text(read: Read) -> None:
    found = read("id,comment\n1,bell \x07\x07 and \x1b[31mred\x1b[0m\n2,back\x08\x08\x08 space\n")
    assert found.texts == ["bell \x07\x07 and \x1b[31mred\x1b[0m", "back\x08\x08\x08 space"]
