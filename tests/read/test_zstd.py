from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from reading import Read

from cxscan.errors import InputError
from cxscan.read.bytes import compression

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ROWS = b"id,comment\n" + b"".join(b"%d,Delivery was late again\n" % number for number in range(400))
PACKED = zstd.compress(ROWS)
CHECKED = zstd.compress(ROWS, options={zstd.CompressionParameter.checksum_flag: 1})
SKIPPED = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"


@pytest.mark.parametrize("name", ["export.csv.zst", "export.csv", "export"])
def test_zstd_is_known_by_content_not_by_name(read: Read, name: str) -> None:
    found = read(PACKED, name=name)
    assert len(found.texts) == 400
    assert (found.layout.format, found.layout.compression) == ("csv", "zstd")


def test_json_lines_are_read(read: Read) -> None:
    records = "".join(json.dumps({"comment": f"Late {number}"}) + "\n" for number in range(30_000)).encode()
    found = read(zstd.compress(records), name="export.jsonl.zst")
    assert (found.texts[-1], len(found.texts), found.layout.format) == ("Late 29999", 30_000, "jsonl")
    assert read(zstd.compress(b'[{"comment":"Late"}]'), name="export.json.zst").texts == ["Late"]


def test_plain_text_named_zst_is_read(read: Read) -> None:
    assert len(read(ROWS, name="export.csv.zst").texts) == 400


@pytest.mark.parametrize("between", [b"", SKIPPED])
def test_frames_are_read_one_after_the_other(read: Read, between: bytes) -> None:
    packed = between.join(
        [b"", PACKED, zstd.compress(b"400,Works\n"), zstd.compress(b""), zstd.compress(b"401,Fine\n")]
    )
    assert read(packed).texts[-2:] == ["Works", "Fine"]


def test_other_bytes_after_the_end_are_not(read: Read) -> None:
    with pytest.raises(InputError, match="zstd stream is damaged: other bytes follow its end"):
        read(PACKED + b"junk, and more of it")


@pytest.mark.parametrize("packed", [PACKED, CHECKED, zstd.compress(b"id,comment\n1,Good\n") + PACKED])
@pytest.mark.parametrize("missing", [1, 5, len(PACKED) // 2])
def test_a_stream_cut_short_is_refused(read: Read, packed: bytes, missing: int) -> None:
    with pytest.raises(InputError, match=r"export\.csv: the zstd stream is truncated"):
        read(packed[:-missing])


def test_a_stream_of_its_first_bytes_only_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="truncated"):
        read(PACKED[:6])


def test_a_wrong_checksum_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="zstd stream is damaged or corrupt"):
        read(CHECKED[:-4] + b"\0\0\0\0")


def test_zstd_of_nothing_is_empty(read: Read) -> None:
    with pytest.raises(InputError, match="empty"):
        read(zstd.compress(b""))


def test_zstd_inside_gzip_is_named(read: Read) -> None:
    with pytest.raises(InputError, match=r"zstd inside gzip, .* \(zstd -d\)"):
        read(gzip.compress(PACKED))


def test_a_bomb_is_refused_before_it_fills_the_memory(read: Read) -> None:
    with pytest.raises(InputError, match=r"too large|longer than the limit"):
        read(zstd.compress(b"comment\n" + b"a" * (70 << 20)))


def test_many_short_lines_out_of_proportion_are_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "_FREE_OUTPUT", 1 << 20)
    with pytest.raises(InputError, match=r"unpacks to more than 400 times its size.*zstd bomb"):
        read(zstd.compress(b"id,comment\n" + b"1,a\n" * (1 << 20)))


def test_a_window_larger_than_usual_is_refused_with_the_command_that_unpacks_it(read: Read) -> None:
    options = {zstd.CompressionParameter.window_log: 28, zstd.CompressionParameter.content_size_flag: 0}
    packer = zstd.ZstdCompressor(options=options)
    with pytest.raises(InputError, match=r"more memory than is safe; unpack it yourself \(zstd -d --long=31\)"):
        read(packer.compress(ROWS) + packer.flush())


def test_its_library_is_loaded_where_such_a_file_is_read_only(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(ROWS)
    (tmp_path / "b.csv.zst").write_bytes(PACKED)
    script = (
        "import sys; from cxscan.read import *\n"
        f"for path in ({str(tmp_path / 'a.csv')!r}, {str(tmp_path / 'b.csv.zst')!r}):\n"
        "    for source in open_sources([path], ReadRequest()): list(source.batches())\n"
        "    print(any('zstd' in name for name in sys.modules))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]
