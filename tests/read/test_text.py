from __future__ import annotations

import pytest
from reading import Read

from cxscan.errors import InputError, UsageError
from cxscan.read.bytes import text as text_module

ROWS = "id,comment\n1,Très bien mais cher\n2,アプリ «落ちる»\n3,Отличное\n"
TEXTS = ["Très bien mais cher", "アプリ «落ちる»", "Отличное"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_found_by_its_mark(read: Read, encoding: str) -> None:
    assert read(ROWS.encode(encoding)).texts == TEXTS


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_found_without_a_mark(read: Read, encoding: str) -> None:
    found = read("id,comment\n1,Très bien\n".encode(encoding))
    assert found.texts == ["Très bien"]
    assert found.layout.encoding == encoding


def test_only_the_bytes_that_are_no_utf_8_are_repaired_and_counted(read: Read) -> None:
    content = "id,comment\n1,Café was lovely\n".encode() + "2,Crème “brûlée”\n".encode("cp1252")
    found = read(content)
    assert found.texts == ["Café was lovely", "Crème “brûlée”"]
    assert found.layout.repaired == 5
    assert any("--encoding" in note for note in found.source.notes)


def test_bytes_that_windows_leaves_open_become_replacement_characters(read: Read) -> None:
    assert read(b"id,comment\n1,odd \x81 byte\n").texts == ["odd \ufffd byte"]


def test_an_encoding_can_be_told(read: Read) -> None:
    found = read("id,comment\n1,表示が崩れる、ソフトが重い\n".encode("cp932"), encoding="shift_jis")
    assert found.texts == ["表示が崩れる、ソフトが重い"]


def test_text_of_another_alphabet_is_not_turned_into_mojibake(read: Read) -> None:
    rows = "".join(f"{number},Отличное приложение, всё работает\n" for number in range(5))
    with pytest.raises(InputError, match="--encoding"):
        read(f"id,comment\n{rows}".encode("cp1251"))


@pytest.mark.parametrize("encoding", ["utf-9", "hex", "rot13", ""])
def test_an_unknown_encoding_is_a_usage_error(read: Read, encoding: str) -> None:
    with pytest.raises(UsageError, match="no such text encoding"):
        read(ROWS, encoding=encoding)


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1e"])
def test_only_lf_and_cr_end_a_line(read: Read, character: str) -> None:
    assert read(f"id,comment\n1,before{character}after\n2,Works\n").texts == [f"before{character}after", "Works"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_every_line_end_is_one(read: Read, end: str) -> None:
    rows = ["id,comment", "1,Delivery was late", '2,"two', 'lines"', "3,Works"]
    found = read(end.join(rows) + end)
    assert found.texts == ["Delivery was late", "two\nlines", "Works"]


def test_nuls_are_taken_out_and_noted(read: Read) -> None:
    found = read("id,comment\n1,bro\0ken\n2,Works\n" + "\0" * 4096)
    assert found.texts == ["broken", "Works"]
    assert "NUL characters taken out: 4,097" in found.source.notes


def test_marks_of_files_joined_with_cat_are_taken_out(read: Read) -> None:
    part = "\ufeffid,comment\n1,Works\n"
    found = read(part + part)
    assert found.texts == ["Works", "Works"]
    assert found.repeated == 1


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n \n\t\n"])
def test_a_file_of_nothing_is_empty(read: Read, content: bytes) -> None:
    with pytest.raises(InputError, match="empty"):
        read(content)


def test_line_ends_are_never_parted_between_two_pieces(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    content = "id,comment\r\n" + "".join(f"{number},Café {number}\r\n" for number in range(50))
    for step in (1, 2, 3, 7, 64):
        monkeypatch.setattr(text_module, "_STEP", step)
        found = read(content)
        assert found.texts == [f"Café {number}" for number in range(50)]
        assert found.rejects == []


def test_a_line_beyond_the_limit_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "LINE_LIMIT", 2 << 20)
    with pytest.raises(InputError, match="line 3: longer than the limit"):
        read("id,comment\n1,Works\n2," + "a" * (3 << 20) + "\n3,Fine\n")


def test_a_cell_of_ten_megabytes_is_a_comment(read: Read) -> None:
    found = read('id,comment\n1,Works\n2,"' + "word, " * (10 << 20 >> 2) + '"\n3,Fine\n')
    assert [len(text) for text in found.texts] == [5, 6 * (10 << 20 >> 2) - 1, 4]


def test_a_first_cell_of_ten_megabytes_is_a_comment(read: Read) -> None:
    assert len(read("comment,id\n" + "word " * (2 << 20) + ",1\nWorks,2\n").texts) == 2


def test_utf_8_behind_utf_16_stops_with_the_line_where_it_begins(read: Read) -> None:
    before = "id,comment\n1,The kettle leaks from its base\n2,上上上 says the label on the box\n".encode("utf-16")
    with pytest.raises(InputError, match="line 4: from here on the text is no longer utf-16 but UTF-8"):
        read(before + b"3,Delivered on time by a friendly courier\n4,Works as described, and quietly so\n")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_behind_utf_8_stops_with_the_line_where_it_begins(read: Read, encoding: str) -> None:
    after = "2,The kettle leaks from its base\n".encode(encoding)
    with pytest.raises(InputError, match="line 3: from here on the text is no longer utf-8 but UTF-16"):
        read(b"id,comment\n1,Delivered on time\n" + after)


def test_two_byte_orders_in_one_file_are_told(read: Read) -> None:
    parts = [b"\xff\xfe", "id,comment\n1,Good\n".encode("utf-16-le"), b"\xfe\xff", "2,Fine\n".encode("utf-16-be")]
    with pytest.raises(InputError, match=r"line 3: .* the other byte order"):
        read(b"".join(parts))


def test_chinese_in_utf_16_is_one_encoding(read: Read) -> None:
    text = "呵" * 70 + "味道很好，送货也很快。…………" + "—" * 40
    found = read(f"id,comment\n1,{text}\n2,上 good\n".encode("utf-16"))
    assert found.texts == [text, "上 good"]
