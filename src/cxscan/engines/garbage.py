"""Python's garbage collection while batches are worked on: how often it runs."""

from __future__ import annotations

import gc


def relax_gc() -> None:
    """Collect garbage seldom: batches are many small objects without cycles, and looking for some costs a quarter."""
    gc.set_threshold(200_000, 50, 100)
