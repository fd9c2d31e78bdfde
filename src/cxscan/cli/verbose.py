"""Notes for those who asked for more of them with `--verbose`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.cli.output import note

if TYPE_CHECKING:
    from cxscan.cli.options import Writing


def detail(text: str, writing: Writing) -> None:
    """Write one line on standard error, if `--verbose` asks for it."""
    note(text, quiet=writing.quiet or not writing.verbose)
