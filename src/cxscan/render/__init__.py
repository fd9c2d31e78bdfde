"""Results as text: every renderer returns its output, prints nothing and asks nothing of the terminal."""

from __future__ import annotations

from typing import NamedTuple


class Page(NamedTuple):
    """The terminal that a text is laid out for; machine-readable formats ask nothing of it."""

    width: int = 80
    """Columns; fewer than 40 are taken as 40."""
    color: bool = False
    ascii_only: bool = False
    """Our own marks are ASCII; quotes stay as they are."""
