"""Find the texts of a batch that hold any of some literal hints: one pass over all as one stretch of bytes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from cxscan.model import Ints

BEGIN = "\0"
"""Stands before every text: a hint that begins with it is looked for at the start only."""

_KEY = 4
"""Bytes that are looked up at once."""
_TEXTS_AT_ONCE = 1_024
"""Texts whose bytes stay in the processor's cache."""
_MIX = np.uint32(0x9E3779B1)  # spreads keys evenly: 2**32 / golden ratio
_BITS = 16
_SHIFT = np.uint32(32 - _BITS)


class Hints:
    """Finds hints, in lower case, in texts in any case (of ASCII).

    A hint shorter than a key is `BEGIN` and what a text begins with, or is searched for by itself. Of one that has the
    length of two keys both are looked up before it is compared.
    """

    def __init__(self, hints: Sequence[str]) -> None:
        self._by_key: dict[bytes, list[tuple[bytes, int]]] = defaultdict(list)
        self._starts: list[tuple[bytes, int]] = []
        self._short: list[tuple[bytes, int]] = []
        self._any, self._only, self._pairs = (np.zeros(1 << _BITS, np.bool_) for _ in range(3))
        for number, hint in enumerate(hints):
            encoded = hint.encode()
            if len(encoded) < _KEY:
                (self._starts if hint.startswith(BEGIN) else self._short).append((encoded, number))
                continue
            self._by_key[encoded[:_KEY]].append((encoded, number))
            keys = _mixed(encoded[: len(encoded) // _KEY * _KEY])
            self._any[keys[:1] >> _SHIFT] = True
            if len(encoded) < 2 * _KEY:
                self._only[keys[:1] >> _SHIFT] = True
            else:
                self._pairs[_paired(keys[:1], keys[1:2])] = True
        self._alike = {key: tuple(hint for hint, _ in alike) for key, alike in self._by_key.items()}
        self._begins = tuple(hint for hint, _ in self._starts)

    def rows(self, texts: Sequence[str]) -> dict[int, set[int]]:
        """The numbers of the hints in each text that holds any, by row."""
        found: dict[int, set[int]] = defaultdict(set)
        for first in range(0, len(texts), _TEXTS_AT_ONCE):
            part = [(BEGIN + text).encode("utf-8", "surrogatepass") for text in texts[first : first + _TEXTS_AT_ONCE]]
            content = b"".join(part).lower() + bytes(3 * _KEY)
            places = [*self._places(content), *self._short_places(content)]
            ends = np.cumsum(np.fromiter(map(len, part), np.int64, len(part)))
            rows = np.searchsorted(ends, [place for place, _ in places], side="right")
            for row, (_, number) in zip(rows.tolist(), places, strict=True):
                found[first + row].add(number)
            for row in [row for row, text in enumerate(part) if text.startswith(self._begins)]:
                found[first + row].update(number for hint, number in self._starts if part[row].startswith(hint))
        return found

    def _places(self, content: bytes) -> Iterator[tuple[int, int]]:
        for place in self._likely(content):
            key = content[place : place + _KEY]
            if content.startswith(self._alike.get(key, ()), place):
                yield from ((place, number) for hint, number in self._by_key[key] if content.startswith(hint, place))

    def _likely(self, content: bytes) -> Iterator[int]:
        """Places at which a hint may begin: keys are read at each of the offsets, so that all are aligned."""
        for offset in range(_KEY):
            keys = _mixed(content[offset : len(content) - (len(content) - offset) % _KEY])
            places: Ints = np.flatnonzero(self._any.take(keys[:-1] >> _SHIFT))
            pairs = _paired(keys[places], keys[places + 1])
            places = places[self._pairs[pairs] | self._only[keys[places] >> _SHIFT]]
            yield from (places * _KEY + offset).tolist()

    def _short_places(self, content: bytes) -> Iterator[tuple[int, int]]:
        for hint, number in self._short:
            place = content.find(hint)
            while place >= 0:
                yield place, number
                place = content.find(hint, place + 1)


def _mixed(keys: bytes) -> NDArray[np.uint32]:
    """Keys as numbers that are spread evenly; the place of one in a table of flags is `_SHIFT` to the right."""
    mixed: NDArray[np.uint32] = np.frombuffer(keys, "<u4") * _MIX
    return mixed


def _paired(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The place of a key and the next one together."""
    places: NDArray[np.uint32] = ((first ^ (second >> np.uint32(7))) * _MIX) >> _SHIFT
    return places
