"""Writing results: to standard output, or to a file that is whole or not there."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from cxscan.errors import OutputError
from cxscan.render.escape import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


STANDARD = Path("-")
STANDARD_OUTPUT = 1
NARROW, WIDE = 40, 120
_IN_ASCII = str.maketrans({"–": "-", "…": "..."})
LINKS = 40
"""Symbolic links that are followed, as in Linux."""


class ReaderGoneError(Exception):
    """Nobody reads standard output any more; no error. Not an OSError, which typer would make exit code 1 of."""


def note(text: str, *, quiet: bool = False) -> None:
    """One line on standard error; a standard error that is closed or full is no trouble."""
    if not quiet and sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(_writable(clean(f"cxscan: {text}")) + "\n")
            sys.stderr.flush()


def _writable(line: str) -> str:
    """The line with dashes and dots of ASCII, if standard error has no others; what else it lacks is escaped."""
    try:
        line.encode(getattr(sys.stderr, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        return line.translate(_IN_ASCII)
    return line


def is_standard(path: Path | None) -> bool:
    """Say if this output is standard output."""
    return path is None or path == STANDARD


def emit(text: str, path: Path | None, *, exact: bool) -> None:
    """Write a whole result. A file is UTF-8, and so is standard output where programs want `exact` bytes.

    Otherwise standard output keeps its own encoding, with an escape for what that cannot hold.
    """
    if is_standard(path):
        _to_standard_output([text.encode("utf-8", "backslashreplace") if exact else text])
    else:
        with deliver(path) as target:
            target.write(text.encode())


@contextlib.contextmanager
def deliver(path: Path | None) -> Iterator[IO[bytes]]:
    """A place to write a result piece by piece; delivered only when the block ends well."""
    if is_standard(path):
        with tempfile.TemporaryFile() as spool:
            yield spool
            spool.seek(0)
            _to_standard_output(iter(lambda: spool.read(1 << 20), b""))
        return
    target = path or STANDARD
    stream = open_stream(target)
    try:
        with _beside(Path(os.path.realpath(target))) if stream is None else _appended(stream) as file:
            yield file
    except OSError as error:
        if stream == STANDARD_OUTPUT and isinstance(error, BrokenPipeError):
            raise ReaderGoneError from None
        kept = "; the file is as it was" if stream is None and (target.is_file() or not target.exists()) else ""
        raise OutputError(f"{path}: cannot be written: {_reason(error)}{kept}") from None


def open_stream(path: Path) -> int | None:
    """Return the number of the open stream that a path stands for (/dev/stdout, /dev/fd/3); None of any other path."""
    streams = {os.path.realpath(folder) for folder in ("/dev/fd", "/proc/self/fd", "/proc/thread-self/fd")}
    for _ in range(LINKS):
        folder = os.path.realpath(path.parent)
        if path.name.isdecimal() and folder in streams:
            return int(path.name)
        path = Path(folder, path.name)
        if not path.is_symlink():
            return None
        path = Path(folder, path.readlink())
    return None


@contextlib.contextmanager
def _appended(stream: int) -> Iterator[IO[bytes]]:
    """Write what the block wrote, when it ends well, where the stream stands: never over the file behind it."""
    with tempfile.TemporaryFile() as spool:
        yield spool
        spool.seek(0)
        for ours in (sys.stdout, sys.stderr):
            if ours is not None:
                ours.flush()
        with os.fdopen(os.dup(stream), "wb") as file:
            shutil.copyfileobj(spool, file)


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[IO[bytes]]:
    """A file beside the target that takes its place at the end; a device or pipe is written to as it is."""
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, name)
        else:
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _to_standard_output(pieces: Iterable[bytes | str]) -> None:
    if sys.stdout is None:
        raise OutputError("standard output is closed; give a file with -o")
    try:
        for piece in pieces:
            if isinstance(piece, bytes):
                sys.stdout.buffer.write(piece)
            else:
                sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGoneError from None
    except OSError as error:
        raise OutputError(f"standard output cannot be written: {_reason(error)}") from None


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def prepare_standard_output() -> None:
    """An escape instead of a fault where standard output or error cannot hold a character."""
    for stream in (sys.stdout, sys.stderr):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="backslashreplace")


def width() -> int:
    """Columns of the terminal or of `COLUMNS`; 80 where there is neither. Held between 40 and 120."""
    if not os.environ.get("COLUMNS") and (sys.stdout is None or not sys.stdout.isatty()):
        return 80
    return max(NARROW, min(WIDE, shutil.get_terminal_size().columns))


def wants_color(*, no_color: bool, path: Path | None) -> bool:
    """`--no-color`, `NO_COLOR` and `FORCE_COLOR` (but `0`) in this order; else a terminal that is not dumb."""
    if no_color or os.environ.get("NO_COLOR") or not is_standard(path):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def holds_blocks(path: Path | None) -> bool:
    """Say if the output can hold block characters; else bars must be ASCII."""
    encoding = "utf-8" if not is_standard(path) else getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        "█▏".encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
