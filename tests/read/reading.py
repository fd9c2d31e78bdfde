"""All that came out of one source, joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cxscan.model import Batch, Comments, Reject
from cxscan.read import Layout, ReadRequest, Source, open_sources


@dataclass
class Outcome:
    """All batches of one source, joined."""

    source: Source
    batches: list[Batch]
    records: list[int] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    ids: list[str | None] = field(default_factory=list)
    dates: list[str | None] = field(default_factory=list)
    ratings: list[int | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for batch in self.batches:
            for name in ("records", "fields", "ids", "dates", "ratings", "texts"):
                getattr(self, name).extend(getattr(batch.comments, name))

    @property
    def layout(self) -> Layout:
        return self.source.layout

    @property
    def comments(self) -> Comments:
        assert len(self.batches) == 1
        return self.batches[0].comments

    @property
    def rejects(self) -> list[Reject]:
        return [reject for batch in self.batches for reject in batch.rejects]

    @property
    def lines(self) -> list[int]:
        return [reject.line for reject in self.rejects]

    @property
    def count(self) -> int:
        return sum(batch.records for batch in self.batches)

    @property
    def repeated(self) -> int:
        return sum(batch.repeated for batch in self.batches)


Read = Callable[..., Outcome]


def outcome(path: Path | str, size: int = 16384, **request: object) -> Outcome:
    (source,) = open_sources([str(path)], ReadRequest(**request))  # type: ignore[arg-type]  # any option of a test
    return Outcome(source, list(source.batches(size)))
