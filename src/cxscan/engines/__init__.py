"""Engines: each maps the same work over items and gives the results in the order of the items.

Another engine is a file beside `local.py` and an entry in `ENGINES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from cxscan.engines.local import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """Spreads work over workers; raises what the work raises, and stops its workers when it is left early."""

    def __call__(
        self,
        make: Callable[[], Callable[[Item], Result]],
        items: Iterable[Item],
        *,
        workers: int | None,
        weigh: Callable[[Item], int],
    ) -> Iterator[Result]:
        """Yield the result of each item, in order.

        `make` is picklable, and so are items and results; it is called once in every worker and gives the work.
        Items are taken only a few ahead of the results, so that memory stays flat. `weigh` says how much work an item
        is; without a number of `workers` the engine chooses one.
        """


ENGINES: dict[str, Engine] = {"local": spread}
"""By name."""
