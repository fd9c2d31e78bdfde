"""Numbers as a reader sees them, the same in every locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxscan.summary import Share

SMALL = 30
"""Shares of fewer comments are rough guesses, and marked."""

NOTHING = "-"


def percent(ratio: float | None) -> str:
    """35.1%."""
    return NOTHING if ratio is None else f"{100 * ratio:.1f}%"


def interval(share: Share, dash: str = "–") -> str:
    """The ends of the 95 % interval in per cent: 32.5–37.8."""
    return NOTHING if share.interval is None else dash.join(f"{100 * end:.1f}" for end in share.interval)


def points(net: float | None) -> str:
    """A difference of shares in whole percentage points: +22, 0, -7."""
    return NOTHING if net is None else signed(round(100 * net), 0)


def signed(number: float | None, decimals: int = 2) -> str:
    """A number with its sign: +0.21."""
    if number is None:
        return NOTHING
    shown = f"{number:+.{decimals}f}"
    return shown if shown.strip("+-0.") else shown[1:]


def count(n: int) -> str:
    """1,204; a small count, on which no share can stand, is marked: 12*."""
    return f"{n:,}*" if 0 < n < SMALL else f"{n:,}"


def counted(n: int, noun: str) -> str:
    """1 comment, 1,204 comments."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def number(value: float | None) -> str:
    """4, 4.5."""
    return NOTHING if value is None else f"{value:g}"


def shortened(text: str, length: int, mark: str = "…") -> str:
    """At most `length` characters, cut at a word where one ends near, and marked."""
    if len(text) <= length:
        return text
    head = text[: length - len(mark)]
    whole, space, _ = head.rpartition(" ")
    return (whole if space and len(whole) > length // 2 else head).rstrip(" .…") + mark


def share_words(share: Share | None, dash: str = "–") -> str:
    """52.1% (49.3–54.9)."""
    return NOTHING if share is None or not share.of else f"{percent(share.share)} ({interval(share, dash)})"
