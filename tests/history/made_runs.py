"""Made-up runs, and a writer that appends them, for the tests of the history."""

from __future__ import annotations

import sys
from pathlib import Path

from cxscan.history.store import append
from cxscan.model import Lens, Theme
from cxscan.summary import Counts, Input, RuleHashes, Summary
from cxscan.summary.counts import LensCounts, SentimentCounts

THEMES = (Theme("price", Lens.PRODUCT), Theme("service", Lens.CUSTOMER))
RULES = RuleHashes("a" * 64, "b" * 64)


def made_run(negative: int, of: int, *, rules: RuleHashes = RULES, name: str = "made.csv") -> Summary:
    """So many negative comments, the others positive."""
    counts = Counts(
        scored=of,
        sentiment=SentimentCounts(negative=negative, positive=of - negative),
        lens=LensCounts(none=of),
        kept=0,
    )
    return Summary(THEMES, rules, {name: Input(of, of)}, counts)


def day(number: int) -> str:
    """The Monday of a week."""
    return f"2026-{1 + number // 4:02}-{1 + 7 * (number % 4):02}"


if __name__ == "__main__":  # a writer: STORE FIRST COUNT
    store, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    for number in range(first, first + count):
        append(store, made_run(1, number + 2), at=day(number % 40), source=str(number))
        print(number, flush=True)  # noqa: T201  the parent process reads it
