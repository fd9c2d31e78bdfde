from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from made_runs import RULES, day, made_run

from cxscan.errors import OutputError, UsageError
from cxscan.history.store import append, runs

WRITER = Path(__file__).with_name("made_runs.py")


def writer(store: Path, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), str(store), str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


def test_a_run_comes_back_as_it_was_added(store: Path) -> None:
    added = append(store, made_run(30, 100), at="2026-11-02", source="one")
    assert added == (1, "2026-11-02", True)
    [kept] = runs(store)
    assert kept == (1, "2026-11-02", made_run(30, 100))


def test_the_same_run_is_kept_once(store: Path) -> None:
    append(store, made_run(30, 100), at="2026-11-02", source="one")
    assert append(store, made_run(30, 100), at="2026-11-09", source="one") == (1, "2026-11-02", False)
    assert len(runs(store)) == 1


@pytest.mark.parametrize(("first", "second"), [("", "one"), ("one", ""), ("", "")])
def test_a_summary_of_unknown_comments_is_the_run_that_says_the_same(store: Path, first: str, second: str) -> None:
    append(store, made_run(30, 100), at="2026-11-02", source=first)
    assert not append(store, made_run(30, 100), at="2026-11-02", source=second).new


def test_the_name_of_a_file_tells_runs_apart_only_where_nothing_else_does(store: Path) -> None:
    append(store, made_run(30, 100, name="a.csv"), at="2026-11-02", source="one")
    assert not append(store, made_run(30, 100, name="b.csv"), at="2026-11-09", source="one").new
    assert append(store, made_run(30, 100, name="b.csv"), at="2026-11-09", source="").new
    assert not append(store, made_run(30, 100, name="a.csv"), at="2026-11-09", source="").new


def test_other_figures_of_the_same_comments_are_another_run(store: Path) -> None:
    append(store, made_run(30, 100), at="2026-11-02", source="one")
    assert append(store, made_run(31, 100), at="2026-11-02", source="one").new


def test_other_comments_that_say_the_same_are_another_run(store: Path) -> None:
    append(store, made_run(30, 100), at="2026-11-02", source="one")
    assert append(store, made_run(30, 100), at="2026-11-09", source="two").new


def test_other_rules_make_another_run(store: Path) -> None:
    append(store, made_run(30, 100), at="2026-11-02", source="one")
    other = RULES._replace(themes="c" * 64)
    assert append(store, made_run(30, 100, rules=other), at="2026-11-02", source="one").new


def test_runs_are_in_the_order_of_their_days(store: Path) -> None:
    for number in (3, 1, 2):
        append(store, made_run(number, 100), at=day(number), source=str(number))
    assert [run.summary.total.sentiment.negative for run in runs(store)] == [1, 2, 3]


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_only_the_owner_can_read_the_store(tmp_path: Path) -> None:
    store = tmp_path / "new" / "history.sqlite"
    append(store, made_run(1, 2), at=day(1))
    assert stat.S_IMODE(store.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.parent.stat().st_mode) == 0o700
    assert [path.name for path in store.parent.iterdir()] == ["history.sqlite"]


def test_four_writers_at_once_lose_nothing(store: Path) -> None:
    writers = [writer(store, first, 15) for first in (0, 100, 200, 300)]
    troubles = [one.communicate(timeout=120)[1] for one in writers]
    assert troubles == [""] * 4
    assert len(runs(store)) == 60


def test_four_writers_with_the_same_runs_keep_each_once(store: Path) -> None:
    writers = [writer(store, 0, 10) for _ in range(4)]
    assert [one.communicate(timeout=120)[1] for one in writers] == [""] * 4
    assert len(runs(store)) == 10


def test_a_killed_writer_leaves_whole_runs_and_a_store_that_works(store: Path) -> None:
    chance, confirmed = random.Random(3), set[str]()
    for first in range(0, 6_000, 1_000):
        doomed = writer(store, first, 1_000)
        assert doomed.stdout is not None
        confirmed.add(doomed.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.05))
        doomed.kill()
        confirmed |= {line.strip() for line in doomed.communicate()[0].splitlines() if line.endswith("\n")}
        with closing(sqlite3.connect(store)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            kept = {source for (source,) in database.execute("SELECT input FROM run")}
        assert {one for one in confirmed if one} <= kept
    assert len(runs(store)) == len(kept)
    assert append(store, made_run(0, 9), at=day(1)).new


@pytest.mark.parametrize(
    "content", [b"no database, but longer than a header of one: " * 20, b"SQLite format 3\0" + b"x" * 500]
)
def test_a_file_that_is_no_history_is_refused_and_untouched(store: Path, content: bytes) -> None:
    store.write_bytes(content)
    with pytest.raises(OutputError, match="history"):
        append(store, made_run(1, 2), at=day(1))
    with pytest.raises(UsageError, match="history"):
        runs(store)
    assert store.read_bytes() == content


def test_the_database_of_another_program_is_refused(store: Path) -> None:
    with closing(sqlite3.connect(store)) as database:
        database.execute("CREATE TABLE run (anything)")
    before = store.read_bytes()
    with pytest.raises(OutputError, match="another program"):
        append(store, made_run(1, 2), at=day(1))
    assert store.read_bytes() == before


def test_a_store_of_a_newer_cxscan_is_refused(store: Path) -> None:
    append(store, made_run(1, 2), at=day(1))
    with closing(sqlite3.connect(store)) as database:
        database.execute("PRAGMA user_version = 2")
    with pytest.raises(UsageError, match="newer cxscan"):
        runs(store)
    with pytest.raises(OutputError, match="newer cxscan"):
        append(store, made_run(2, 3), at=day(2))


def test_a_store_that_is_not_there_names_the_next_step(store: Path) -> None:
    with pytest.raises(UsageError, match="cxscan history add FILE --store"):
        runs(store)
    assert not store.exists()


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be opened"):
        append(tmp_path, made_run(1, 2), at=day(1))


def test_an_empty_file_becomes_a_store(store: Path) -> None:
    store.touch()
    assert runs(store) == []  # as after a first writer that was killed
    assert append(store, made_run(1, 2), at=day(1)).new


def test_a_path_with_signs_of_an_address_is_only_a_path(tmp_path: Path) -> None:
    store = tmp_path / "what?mode=memory#%41.db"
    append(store, made_run(1, 2), at=day(1))
    assert [path.name for path in tmp_path.iterdir()] == [store.name]
    assert len(runs(store)) == 1
