from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cxscan.errors import InputError, UsageError
from cxscan.read import ReadRequest, open_sources
from cxscan.read.bytes.stream import read_fully

ROWS = "id,comment\n1,Delivery was late\n2,Works as described\n"


class Stdin:
    def __init__(self, content: bytes, *, terminal: bool = False) -> None:
        self.buffer = io.BytesIO(content)
        self.closed = False
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def texts(path: str) -> list[str]:
    (source,) = open_sources([path], ReadRequest())
    return [text for batch in source.batches() for text in batch.comments.texts]


@pytest.mark.parametrize("content", [ROWS.encode(), gzip.compress(ROWS.encode(), mtime=0), ROWS.encode("utf-16")])
def test_standard_input_is_read_by_content(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(content))
    assert texts("-") == ["Delivery was late", "Works as described"]


def test_standard_input_longer_than_what_is_looked_at_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"{number},Delivery was late again and again\n" for number in range(60_000))
    monkeypatch.setattr(sys, "stdin", Stdin(f"id,comment\n{rows}".encode()))
    assert len(texts("-")) == 60_000


def test_a_terminal_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b"", terminal=True))
    with pytest.raises(UsageError, match="terminal"):
        texts("-")


def test_closed_standard_input_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="closed"):
        texts("-")


def test_empty_standard_input_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b""))
    with pytest.raises(InputError, match="-: the file is empty"):
        texts("-")


def test_a_named_pipe_is_read_as_a_stream(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(ROWS,))
    writer.start()
    assert texts(str(pipe)) == ["Delivery was late", "Works as described"]
    writer.join()


def test_a_slow_pipe_gives_the_whole_head() -> None:
    class Dripping:
        def __init__(self, content: bytes) -> None:
            self._rest = content

        def read(self, _size: int, /) -> bytes:
            part, self._rest = self._rest[:1], self._rest[1:]
            return part

        def close(self) -> None: ...

    assert read_fully(Dripping(b"comment"), 100) == b"comment"


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InputError, match=r"^gone\.csv: no such file"):
        texts("gone.csv")


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text(ROWS)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(InputError, match="permission denied"):
        texts(str(path))


def test_a_path_with_a_nul_is_bad_input() -> None:
    with pytest.raises(InputError, match="NUL"):
        texts("a\0b.csv")


def test_a_file_can_be_read_twice(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(ROWS)
    (source,) = open_sources([str(path)], ReadRequest())
    assert [len(batch.comments) for _ in range(2) for batch in source.batches()] == [2, 2]


def test_endless_zeros_and_noise_are_refused_at_once() -> None:
    for device in ("/dev/zero", "/dev/urandom"):
        if Path(device).exists():
            with pytest.raises(InputError, match=r"empty|binary"):
                texts(device)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("id,comment\n")
        for number in range(200_000):
            file.write(f"{number},Delivery was late again and again and nobody told me why it took so long {number}\n")
    script = (
        "import resource, sys; from cxscan.read import *\n"
        "for limit in (20_000, None):\n"
        f"    (source,) = open_sources([{str(path)!r}], ReadRequest(limit=limit))\n"
        "    for batch in source.batches(): pass\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    part, whole = map(int, run.stdout.split())
    assert whole - part < 40_000  # KiB; the hashes of 180,000 more records are most of it
