"""Paths, quoted globs, folders and `-` of a command line → files."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING

from cxscan.errors import InputError, UsageError
from cxscan.read.bytes.compression import unpacked_name
from cxscan.read.bytes.raw import STDIN
from cxscan.read.formats.registry import readable_suffixes, told_suffixes

if TYPE_CHECKING:
    from collections.abc import Sequence


def find_files(paths: Sequence[str]) -> list[str]:
    """The files that `paths` name, in their order, each once; those of a glob or folder sorted.

    Raises InputError for a glob or folder without files, UsageError if there is nothing to read.
    """
    if not paths:
        raise UsageError("no file to read; name a file, a quoted glob, a folder, or - for standard input")
    files: dict[object, str] = {}
    for path in paths:
        for file in _expanded(path):
            files.setdefault(_identity(file), file)
    return list(files.values())


def _expanded(path: str) -> list[str]:
    if path == STDIN:
        return [path]
    if Path(path).is_dir():
        return _in_folder(path)
    if not glob.has_magic(path) or Path(path).exists():
        return [path]
    matches = sorted(match for match in glob.glob(path, recursive=True) if not Path(match).is_dir())  # noqa: PTH207  Path.glob takes no absolute pattern
    if not matches:
        raise InputError(f"{path}: no such file, and nothing matches it as a glob; check the path")
    return matches


def _in_folder(path: str) -> list[str]:
    """The files of a folder (not of those in it) whose names are those of readable formats.

    Hidden files are passed over, and what Excel keeps beside an open workbook: `~$name.xlsx`.
    """
    try:
        names = sorted(f.name for f in Path(path).iterdir() if f.is_file() and not f.name.startswith((".", "~$")))
    except OSError as trouble:
        raise InputError(f"{path}: the folder cannot be read: {trouble.strerror}; check its permissions") from None
    readable = [name for name in names if unpacked_name(name).endswith(readable_suffixes())]
    if not readable:
        raise InputError(f"{path}: the folder has no file to read ({told_suffixes()})")
    return [str(Path(path) / name) for name in readable]


def _identity(path: str) -> object:
    """Identify a file, so that none is read twice under two names."""
    if path == STDIN:
        return path
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return path
    return status.st_dev, status.st_ino
