from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from reading import Read

from cxscan.errors import InputError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(name: str, content: str = "id,comment\n1,Good\n") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PAR1\x15\x04", "Parquet"),
        (zipped("[Content_Types].xml"), "zip archive"),
        (zipped("reviews.csv"), "zip archive"),
        (b"\x28\xb5\x2f\xfd\x04\x00", "the zstd stream is truncated"),
        (OLE + b"\x00", r"old Excel workbook \(\.xls\), .*; save it as \.xlsx or CSV"),
        (
            OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "with a password; save it without one",
        ),
        (OLE + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), "old Word document"),
        (b"SQLite format 3\x00\x10\x00", "SQLite"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x80\x04\x95\x00", "pickle"),
        (b"<!DOCTYPE html>\n<html></html>", "HTML"),
        (b"\n  <html><body>Sign in</body></html>", "HTML"),
        (b"\xef\xbb\xbf<table border=1><tr><th>Comment</th></tr></table>", "HTML"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html></html>', "HTML"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="x">', "Excel 2003"),
        (b'<?xml version="1.0"?><rss><channel></channel></rss>', "XML"),
        (b"<reviews>\n <review>Good</review>\n</reviews>", "XML"),
        (b"From: <Saved by Blink>\r\nSubject: Reviews\r\nMIME-Version: 1.0\r\n", "MHTML"),
        (b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="x"\r\n', "MHTML"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:11\nsize 9\n", "run git lfs pull"),
        (b"{\\rtf1\\ansi Good}", "RTF"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\n", "vCards"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "iCalendar"),
        (b"From ann@mill.example Mon Mar  4 10:00:00 2024\nSubject: Lamp\n\nGood\n", "mailbox"),
        (b"Received: from a\n\tby b\nFrom: Ann <ann@mill.example>\nSubject: Lamp\n\nGood\n", "e-mail"),
        (b"-- dump of mill\nSET NAMES utf8;\nCREATE TABLE `reviews` (id INT);\n", "SQL"),
        (b"INSERT INTO reviews VALUES (1, 'Good');\n", "SQL"),
        (b"-[ RECORD 1 ]----\nid      | 1\ncomment | Good\n", "psql"),
        ("\ufeff<html><body>Sign in</body></html>".encode("utf-16"), "HTML"),
        (zipped("content.xml", "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (zipped("word/document.xml"), "Word"),
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


def test_a_table_of_another_kind_is_told_what_to_write_it_as(read: Read) -> None:
    with pytest.raises(InputError, match=r"an ORC file, .*; write it as CSV, JSON Lines, Excel workbook or"):
        read(b"ORC\x03\x15\x04")


def test_control_characters_in_a_few_comments_are_text(read: Read) -> None:
    found = read("id,comment\n1,bell \x07\x07 and \x1b[31mred\x1b[0m\n2,back\x08\x08\x08 space\n")
    assert found.texts == ["bell \x07\x07 and \x1b[31mred\x1b[0m", "back\x08\x08\x08 space"]


@pytest.mark.parametrize("header", ["<b>comment</b>", "from: comment", "subject: comment"])
def test_a_name_with_markup_or_a_colon_is_a_name(read: Read, header: str) -> None:
    texts = ["Good and fast, really", "Works as described"]
    assert read("\n".join([header, *texts]), text=(header,)).texts == texts
