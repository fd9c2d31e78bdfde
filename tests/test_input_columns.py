from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cxscan.cli.root import main
from cxscan.summary import InputColumns
from cxscan.summary.saved import saved_summary

NAME = st.sampled_from(["a", "b", "c"])
COLUMNS = st.builds(
    InputColumns,
    st.lists(NAME, unique=True, max_size=3).map(tuple),
    *(st.none() | NAME for _ in ("rating", "date", "id")),
)

EXPORT = """id,comment,stars,written
m1,Delivery was late and nobody answered,2,2026-03-01
m2,Lovely staff at the Marlow shop,5,2026-03-02
"""


def saved(tmp_path: Path, repeated: str = "") -> Path:
    export, summary = tmp_path / "marlow.csv", tmp_path / "summary.json"
    export.write_text(EXPORT + repeated, encoding="utf-8")
    assert main(["scan", str(export), "-q", "-o", str(summary)]) == 0
    return summary


def test_the_summary_names_the_columns_of_each_input(tmp_path: Path) -> None:
    (one,) = json.loads(saved(tmp_path).read_text(encoding="utf-8"))["inputs"]
    names = {"text": ["comment"], "rating": "stars", "date": "written", "id": "id"}
    assert one["columns"] == names | {"rating_reversed": False}


def test_a_saved_summary_keeps_its_columns(tmp_path: Path) -> None:
    summary = saved(tmp_path, repeated=EXPORT.splitlines()[1])
    read = saved_summary(str(summary))
    assert read is not None
    whole = json.loads(summary.read_text(encoding="utf-8"))
    assert json.loads(json.dumps(read.as_json())) == whole
    assert (read.total.repeated, read.total.repaired, read.total.company) == (1, 0, 0)


def test_a_summary_that_was_saved_before_columns_were_named_is_read(tmp_path: Path) -> None:
    summary = saved(tmp_path)
    whole = json.loads(summary.read_text(encoding="utf-8"))
    for key in ("repeated", "columns"):
        del whole["inputs"][0][key]
    for key in ("repeated", "repaired", "company"):
        del whole["comments"][key]
    summary.write_text(json.dumps(whole), encoding="utf-8")
    read = saved_summary(str(summary))
    assert read is not None
    assert [one.columns for one in read.inputs.values()] == [InputColumns()]
    assert read.total.repeated == 0


@given(COLUMNS, COLUMNS, COLUMNS)
def test_columns_add_in_any_order_and_grouping(a: InputColumns, b: InputColumns, c: InputColumns) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + InputColumns() == a
    assert a + a == a
