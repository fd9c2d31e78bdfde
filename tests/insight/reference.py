"""Rated records made up for tests, the same on every platform and with every Python."""

from __future__ import annotations

from random import Random


def rows(n: int = 400, seed: int = 11) -> list[tuple[int, ...]]:
    """Each: three correlated features, 0 or 1, and a rating of 1 to 5 that they move."""
    random = Random(seed)
    found = []
    for _ in range(n):
        kind = random.random()
        praise, complaint = int(kind < 0.45), int(kind > 0.7)
        slow = int(random.random() < (0.5 if complaint else 0.15))
        rating = round(3.4 + 0.5 * praise - 1.2 * complaint - 0.4 * slow + 3 * (random.random() - 0.5))
        found.append((praise, complaint, slow, min(5, max(1, rating))))
    return found
