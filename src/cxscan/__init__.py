"""Customer feedback, read comment by comment: how customers feel and what they talk about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.version import __version__

if TYPE_CHECKING:
    from cxscan.api import Analyzer
    from cxscan.summary import Summary

__all__ = ["Analyzer", "Summary", "__version__"]


def __getattr__(name: str) -> object:
    """Resolve the public classes when they are asked for: importing cxscan loads nothing."""
    if name == "Analyzer":
        from cxscan.api import Analyzer

        return Analyzer
    if name == "Summary":
        from cxscan.summary import Summary

        return Summary
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
