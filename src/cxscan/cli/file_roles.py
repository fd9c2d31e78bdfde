"""Options that name files, and the rule for all of them: no output replaces a file that the command reads.

An option that names files says beside its annotation what becomes of them: `Annotated[Path | None, …, WRITTEN]`.
Every command is held to the rule before it starts (`groups.takes_groups`); a test finds the option that says nothing.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

from cxscan.cli.output import is_standard, open_stream
from cxscan.errors import InputError, OutputError, UsageError
from cxscan.render.formats import Formats, NamedFormat

F = TypeVar("F", bound=NamedFormat)


@dataclass(frozen=True, slots=True)
class Reads:
    """The command reads the files."""

    exports: bool = False
    """Folders and globs stand for the files in them."""
    default: Callable[[], Path] | None = None
    """Gives the file that is read when none is named."""
    named: str = ""
    """The file in words; else it is that of the option."""


@dataclass(frozen=True, slots=True)
class Writes:
    """The command writes the file."""

    renews: str | None = None
    """Parameter that may name the same file: the new baseline goes where the old one is."""
    check_suffix: Callable[[Path, str], object] | None = None
    """Raises UsageError for a file whose suffix names no format; takes the path and the label of the option."""


Role: TypeAlias = Reads | Writes


def _default_store() -> Path:
    from cxscan.history.place import default_store

    return default_store()


READ, EXPORTS = Reads(), Reads(exports=True)
STORE = Reads(default=_default_store, named="the history")
CONFIGURATION = Reads(named="the configuration file")
WRITTEN, BASELINE_WRITTEN = Writes(), Writes(renews="baseline")


def written_by_suffix(formats: Formats[F]) -> Writes:
    """Return the role of a file that is written in the format for its suffix."""
    return Writes(check_suffix=lambda path, label: formats.choose(None, path, label))


class FileOption(NamedTuple):
    """An option or argument that names files."""

    parameter: str
    label: str
    """As users know it: `--themes`, `FILE`."""
    role: Role


class _Reading(NamedTuple):
    """A file that is read."""

    parameter: str
    path: str
    named: str
    """The file as a message names it."""


def check_files(options: Sequence[FileOption], given: Mapping[str, object]) -> None:
    """Refuse inputs without a name, outputs that cannot be written, and outputs that are also read.

    `given` are the values by parameter. Raises UsageError or OutputError.
    """
    for option in options:
        if isinstance(option.role, Reads) and "" in _names(option, given):
            raise UsageError(f"{option.label}: the name is empty; name a file (is a variable not set?)")
        if isinstance(option.role, Writes) and option.role.check_suffix is not None:
            for name in _names(option, given):
                option.role.check_suffix(Path(name), option.label)
    outputs = [
        (option.role, Path(name))
        for option in options
        if isinstance(option.role, Writes)
        for name in _names(option, given)
        if not is_standard(Path(name))
    ]
    if not outputs:
        return
    _check_targets([path for _, path in outputs])
    written = [(role, path, _identity(path)) for role, path in outputs]
    for reading in (reading for option in options for reading in _readings(option, given)):
        place = _standard_input() if is_standard(Path(reading.path)) else _identity(Path(reading.path))
        for role, path, output_place in written:
            if output_place == place and role.renews != reading.parameter:
                raise UsageError(f"{path}: is also {reading.named}; write the result to another file")


def check_inputs_of(name: str, inputs: Iterable[str], outputs: Iterable[Path | None]) -> None:
    """Refuse outputs that are inputs of the saved summary `name`, which may be read anew. Raises UsageError."""
    by_file = {_identity(Path(path)) for path in inputs}
    for output in outputs:
        if output is not None and _identity(output) in by_file:
            raise UsageError(f"{output}: is also an input of {name}; write the result to another file")


def _names(option: FileOption, given: Mapping[str, object]) -> list[str]:
    value = given.get(option.parameter)
    if value is None:
        return []
    return list(map(str, value)) if isinstance(value, list) else [str(value)]


def _readings(option: FileOption, given: Mapping[str, object]) -> Iterator[_Reading]:
    """The files that the command reads by an option."""
    if isinstance(option.role, Writes):
        return
    names = _names(option, given)
    if not names and option.role.default is not None:
        with contextlib.suppress(UsageError):  # no home folder: then no file is there either
            names = [str(option.role.default())]
    for name in names:
        if not option.role.exports:
            yield _Reading(option.parameter, name, option.role.named or f"the file of {option.label}")
        else:
            for path in _expanded(name):
                yield _Reading(option.parameter, path, "an input" if path == name else f"an input, one of {name}")


def _expanded(name: str) -> list[str]:
    """The files of a folder or glob; none where the command will find no file either."""
    from cxscan.read.files import find_files

    with contextlib.suppress(InputError):
        return find_files([name])
    return []


def _check_targets(outputs: Sequence[Path]) -> None:
    taken = set[object]()
    for path in outputs:
        if (place := _identity(path)) in taken and (not path.exists() or path.is_file()):
            raise UsageError(f"{path}: two results cannot go to one file; write one of them to another file")
        taken.add(place)
        if open_stream(path) is not None:
            if not path.exists():
                raise OutputError(f"{path}: is not open; name a file")
            continue
        if path.is_dir():
            raise UsageError(f"{path}: is a folder; name a file in it")
        folder = Path(os.path.realpath(path)).parent
        if not folder.is_dir():
            raise OutputError(f"{path}: there is no folder {folder.name}; make it first")
        if not path.exists() and not os.access(folder, os.W_OK):
            raise OutputError(f"{path}: the folder {folder.name} is read-only; choose another one")


def _standard_input() -> object:
    """Return what the names of the file have in common that standard input is redirected from."""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or no file of the system
        status = os.fstat(sys.stdin.fileno())
        return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else object()
    return object()


def _identity(path: Path) -> object:
    """Return what the names of one file have in common. Devices have nothing to lose, so each name is apart."""
    with contextlib.suppress(OSError, ValueError):
        status = path.stat()
        return object() if path.is_char_device() else (status.st_dev, status.st_ino)
    return os.path.realpath(path)
