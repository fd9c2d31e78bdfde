from __future__ import annotations

import gzip

import pytest
from reading import Read

from cxscan.errors import InputError
from cxscan.read.bytes import compression

ROWS = b"id,comment\n" + b"".join(b"%d,Delivery was late again\n" % number for number in range(400))
PACKED = gzip.compress(ROWS)


def test_gzip_is_known_by_content_not_by_name(read: Read) -> None:
    found = read(PACKED, name="export.csv")
    assert len(found.texts) == 400
    assert found.layout.compression == "gzip"


def test_plain_text_named_gz_is_read(read: Read) -> None:
    assert len(read(ROWS, name="export.csv.gz").texts) == 400


def test_members_are_read_one_after_the_other(read: Read) -> None:
    assert len(read(PACKED + gzip.compress(b"400,Works\n") + gzip.compress(b"401,Fine\n")).texts) == 402


@pytest.mark.parametrize("padding", [b"\0", b"\0" * 100_000])
def test_nul_padding_is_tolerated(read: Read, padding: bytes) -> None:
    assert len(read(PACKED + padding).texts) == 400


def test_other_bytes_after_the_end_are_not(read: Read) -> None:
    with pytest.raises(InputError, match="damaged"):
        read(PACKED + b"junk")


@pytest.mark.parametrize("cut", [5, 15, len(PACKED) // 2, len(PACKED) - 9, len(PACKED) - 1])
def test_a_stream_cut_short_is_refused(read: Read, cut: int) -> None:
    with pytest.raises(InputError, match="truncated"):
        read(PACKED[:cut])


def test_a_wrong_checksum_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="damaged"):
        read(PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:])


def test_gzip_of_nothing_is_empty(read: Read) -> None:
    with pytest.raises(InputError, match="empty"):
        read(gzip.compress(b""))


def test_a_bomb_is_refused_before_it_fills_the_memory(read: Read) -> None:
    with pytest.raises(InputError, match=r"too large|longer than the limit"):
        read(gzip.compress(b"comment\n" + b"a" * (70 << 20)))


def test_many_short_lines_out_of_proportion_are_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "_FREE_OUTPUT", 1 << 20)
    with pytest.raises(InputError, match="bomb"):
        read(gzip.compress(b"id,comment\n" + b"1,a\n" * (1 << 20)))
