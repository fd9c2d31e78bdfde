from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from render.made import RECORDS, Record, batch_of, said

from cxscan.history.identity import RunIdentity
from cxscan.model import Batch


def watched(*batches: Batch) -> RunIdentity:
    identity = RunIdentity()
    for batch in batches:
        identity.add(batch)
    return identity


@given(RECORDS, st.integers(0, 12))
def test_where_a_batch_ends_does_not_matter(records: list[Record], cut: int) -> None:
    parts = batch_of(records[:cut]), batch_of(records[cut:], start=len(records[:cut]) + 1)
    assert watched(batch_of(records)).input == watched(*parts).input
    assert watched(batch_of(records)).newest == watched(*parts).newest


@given(RECORDS, RECORDS)
def test_the_order_and_the_names_of_files_do_not_matter(first: list[Record], second: list[Record]) -> None:
    one = watched(batch_of(first, source="a.csv"), batch_of(second, source="b.csv"))
    two = watched(batch_of(second, source="y.csv.gz"), batch_of(first, source="z.csv"))
    assert one.input == two.input


def test_other_words_are_another_input() -> None:
    assert watched(batch_of([said("good")])).input != watched(batch_of([said("bad")])).input
    assert watched(batch_of([said("good"), said("bad")])).input != watched(batch_of([said("bad"), said("good")])).input


def test_the_newest_day_is_the_latest_of_all() -> None:
    dates = (None, "2026-11-21T23:59:59+02:00", "2025-12-31")
    records = [Record(said().cells, date=date) for date in dates]
    assert watched(batch_of(records)).newest == "2026-11-21"
    assert watched(batch_of([said()])).newest is None
