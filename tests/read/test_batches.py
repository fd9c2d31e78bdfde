from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from reading import Read

from cxscan.errors import UsageError
from cxscan.read import ReadRequest, open_sources, repeats
from cxscan.read import batches as batches_module

ROWS = "id,date,rating,pros,cons\n" + "".join(
    f"{number},2024-03-{number % 28 + 1:02d},{number % 5 + 1},good {number} thing,bad {number}\n"
    for number in range(90)
)
BROKEN = ROWS.replace("\n30,", "\n30,,").replace("\n31,", "\n31,,").replace("\n89,", "\n89,,")


@pytest.mark.parametrize("size", [1, 2, 3, 7, 16, 64, 100, 1000])
def test_the_batch_size_changes_nothing(read: Read, size: int) -> None:
    whole, parts = read(BROKEN), read(BROKEN, size=size)
    for name in ("records", "fields", "ids", "dates", "ratings", "texts", "rejects", "count", "repeated"):
        assert getattr(parts, name) == getattr(whole, name)


def test_a_record_is_never_parted(read: Read) -> None:
    for batch in read(ROWS, size=3).batches:
        records = batch.comments.records
        assert all(records.count(record) == 2 for record in records)
        assert batch.records == len(set(records))


def test_every_record_is_counted_once(read: Read) -> None:
    found = read(BROKEN, size=10)
    assert found.count == 90
    assert len(found.rejects) == 3
    assert len(found.texts) == 2 * 87


@pytest.mark.parametrize("size", [2, 6, 20])
def test_a_reject_is_in_the_batch_that_reaches_beyond_it(read: Read, size: int) -> None:
    reached = 0
    *batches, rest = read(BROKEN, size=size).batches
    for batch in batches:
        last = max(batch.comments.records)
        assert all(reached < reject.record < last for reject in batch.rejects)
        reached = last
    assert [reject.record for reject in rest.rejects if reject.record > reached][-1] == 90


def test_the_first_records_can_be_asked_for(read: Read) -> None:
    found = read(BROKEN, limit=32)
    assert found.count == 32
    assert [one.record for one in found.rejects] == [31, 32]
    assert found.records[-1] == 30
    with pytest.raises(UsageError, match="--limit 0"):
        read(ROWS, limit=0)


def test_records_can_be_asked_for_by_day(read: Read) -> None:
    found = read(ROWS, since="2024-03-05", until="2024-03-06")
    assert set(found.dates) == {"2024-03-05", "2024-03-06"}
    assert found.count == len(found.texts) // 2 == 8
    assert found.source.notes == ("records outside --since and --until or without a date, left out: 82",)


def test_the_limit_counts_what_the_days_leave(read: Read) -> None:
    assert read(ROWS, since="2024-03-05", limit=3).records == [5, 5, 6, 6, 7, 7]


@pytest.mark.parametrize(("since", "until"), [("March", None), (None, "2024-3-1"), ("2024-03-02", "2024-03-01")])
def test_days_are_written_as_iso(read: Read, since: str | None, until: str | None) -> None:
    with pytest.raises(UsageError, match=r"--since|--until"):
        read(ROWS, since=since, until=until)


def test_repeated_records_are_counted_word_for_word(read: Read) -> None:
    found = read("id,comment\n1,Good\n2,Good\n1,Good\n1,Good \n1,Good\n", size=2)
    assert found.repeated == 2
    lines = [json.dumps({"id": number % 2, "comment": "Good"}) for number in range(5)]
    assert read("\n".join(lines)).repeated == 3


def test_only_so_many_records_are_remembered(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "REMEMBERED", 2)
    rows = "id,comment\n1,a\n2,b\n3,c\n3,c\n1,a\n2,b\n"
    assert {read(rows, size=size).repeated for size in (1, 2, 3, 100)} == {2}


def test_very_long_cells_make_smaller_batches(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches_module, "_CHARACTERS_AT_ONCE", 1 << 20)
    rows = "id,comment\n" + "".join(f"{number},{'word ' * 1000}\n" for number in range(1000))
    found = read(rows)
    assert len(found.batches) > 2
    assert len(found.texts) == 1000


def test_lines_of_records_are_physical_lines(read: Read) -> None:
    found = read('id,comment\n1,"a\nb"\n2,c\n\n3,d\n4,e\n')
    assert found.source.lines({1, 2, 4}) == {1: 2, 2: 4, 4: 7}
    assert found.source.lines(set()) == {}
    assert found.source.lines({99}) == {}


def test_a_second_look_for_lines_leaves_the_notes_as_they_were(read: Read) -> None:
    found = read("rating,comment\n1,Good\nLike,Bad\n4,Fine\n")
    before = found.source.notes
    found.source.lines({1})
    assert found.source.notes == before == ("ratings in rating that could not be read: 1",)


def test_a_compressed_file_has_no_lines_to_point_at(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"id,comment\n1,Good\n"))
    (source,) = open_sources([str(path)], ReadRequest())
    assert len(list(source.batches())) == 1
    assert source.lines({1}) == {}
