"""Exit codes, and the errors that carry them: one line that names the thing, the trouble and the next step."""

from __future__ import annotations

from difflib import get_close_matches
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Exit(IntEnum):
    """The exit code of a run of cxscan."""

    DONE = 0
    CHECK_FAILED = 1
    USAGE = 2
    INPUT = 3
    OUTPUT = 4
    FAULT = 70
    INTERRUPTED = 130
    TERMINATED = 143


class CxscanError(Exception):
    """Expected trouble; its message is one line for the user."""

    code = Exit.FAULT


class UsageError(CxscanError):
    """An option, column, theme or configuration that cannot be used as given."""

    code = Exit.USAGE


class InputError(CxscanError):
    """A file that is missing, unreadable, empty of comments, or has too many records that cannot be read."""

    code = Exit.INPUT


class OutputError(CxscanError):
    """A result that could not be written."""

    code = Exit.OUTPUT


def nearest(word: str, choices: Iterable[str]) -> str:
    """Words for an error message: the choices nearest to a mistyped word, or all of them when none is near."""
    known = sorted(set(choices))
    close = get_close_matches(word, known, n=3, cutoff=0.6) or get_close_matches(word.lower(), known, n=3, cutoff=0.6)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"choose from: {', '.join(known)}" if known else "there is nothing to choose from"
