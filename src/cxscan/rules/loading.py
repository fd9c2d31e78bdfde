"""The taxonomy in use: the built-in one, or what a user's file makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.rules.taxonomy import built_in

if TYPE_CHECKING:
    from pathlib import Path

    from cxscan.rules.taxonomy import Taxonomy


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """Return the built-in taxonomy, or the one that a user's file makes of it.

    Raises UsageError that lists every mistake of the file.
    """
    if path is None:
        return built_in()
    from cxscan.rules.user_taxonomy import read_user_taxonomy

    return read_user_taxonomy(path, built_in())
