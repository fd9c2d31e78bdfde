from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from render.made import RECORDS, Cell, Record, batch_of, labels_of, said

from cxscan.comment_records import RECORD_KEYS, comment_records
from cxscan.model import Spans, State
from cxscan.render.comments import COLUMNS, csv_header, csv_rows, jsonl_rows
from cxscan.render.json import dumps

NO_EVIDENCE = Spans([], [], [], [], [])
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schema" / "comment-1.json").read_text(encoding="utf-8"))


def jsonl(records: list[Record], **columns: object) -> list[dict]:
    comments = replace(batch_of(records).comments, **columns)
    cells = len(comments.texts)
    evidence = Spans([*range(cells)], ["price"] * cells, [4] * cells, [7] * cells, [-2_500] * cells)
    return [json.loads(line) for line in jsonl_rows(comments, labels_of(records), evidence).splitlines()]


def csv_of(records: list[Record], cells: dict[str, list[str]], columns: list[str]) -> list[dict[str, str]]:
    comments = replace(batch_of(records).comments, cells=cells)
    text = csv_header(columns) + csv_rows(comments, labels_of(records), NO_EVIDENCE, columns)
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_record_has_the_contracts_keys_in_its_order() -> None:
    (record,) = jsonl([said("Far too dear", -4_321, 4_500, price="negative", service="positive")])
    assert list(record) == [
        "source", "record", "field", "id", "date", "rating", "text", "language", "unscored", "sentiment", "score",
        "mixed", "lens", "themes", "intents", "evidence",
    ]  # fmt: skip
    assert record == {
        "source": "made.csv", "record": 1, "field": "z", "id": None, "date": None, "rating": 4.5,
        "text": "Far too dear", "language": "en", "unscored": None, "sentiment": "negative", "score": -0.4321,
        "mixed": False, "lens": "both", "themes": {"price": "negative", "service": "positive"}, "intents": [],
        "evidence": [{"label": "price", "start": 4, "end": 7, "words": "too", "weight": -0.25}],
    }  # fmt: skip


@given(RECORDS)
def test_every_record_fits_the_schema(records: list[Record]) -> None:
    assert all(Draft202012Validator(SCHEMA).is_valid(record) for record in jsonl(records))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert tuple(SCHEMA["properties"]) == (*RECORD_KEYS, "evidence")


def test_an_empty_cell_has_no_row() -> None:
    empty = Record((Cell("", State.EMPTY), Cell("yes", score=1)))
    assert [(record["record"], record["field"]) for record in jsonl([empty, said()])] == [(1, "y"), (2, "z")]


def test_an_unscored_comment_has_no_score() -> None:
    (record,) = jsonl([Record((Cell("n/a", State.UNSCORED),))])
    assert (record["sentiment"], record["score"], record["lens"], record["themes"]) == ("unscored", None, "none", {})


@pytest.mark.parametrize(
    ("themes", "lens"),
    [({"price": "mixed"}, "product"), ({"service": "neutral"}, "customer"), ({}, "none")],
)
def test_the_lens_is_that_of_the_themes(themes: dict[str, str], lens: str) -> None:
    assert jsonl([said(**themes)])[0]["lens"] == lens


def test_csv_has_the_exports_own_columns_and_then_ours() -> None:
    (row,) = csv_of([said("Hm", 5_000, 4_000, service="positive", price="negative")], {"City": ["Rome"]}, ["City"])
    assert list(row) == ["City", *COLUMNS]
    assert row["City"] == "Rome"
    assert row["cx_themes"] == "price:negative; service:positive"
    assert (row["cx_score"], row["cx_mixed"], row["cx_rating"], row["cx_id"]) == ("0.5", "false", "4", "")


def test_csv_joins_lists() -> None:
    (row,) = csv_of([Record((Cell("Why?", intents=("complaint", "question")),))], {}, [])
    assert row["cx_intents"] == "complaint; question"


def test_csv_leaves_a_column_blank_that_a_file_lacks() -> None:
    (row,) = csv_of([said()], {}, ["City"])
    assert row["City"] == ""


def test_an_output_can_be_scanned_again() -> None:
    (row,) = csv_of([said("now", 1)], {"a": ["1"], "cx_sentiment": ["old"]}, ["a", "cx_sentiment"])
    assert (list(row), row["cx_sentiment"]) == (["a", *COLUMNS], "positive")


def test_formulas_are_inert_in_csv_and_negative_scores_are_numbers() -> None:
    (row,) = csv_of([said("=1+1", -5_000)], {"=name": ["@SUM(A1)"]}, ["=name"])
    assert (row["'=name"], row["cx_text"], row["cx_score"]) == ("'@SUM(A1)", "'=1+1", "-0.5")


@given(st.text(st.characters(exclude_categories=()), min_size=1))
def test_any_text_comes_through_jsonl_unchanged(text: str) -> None:
    records = [said(text)]
    lines = jsonl_rows(batch_of(records).comments, labels_of(records), NO_EVIDENCE)
    assert lines.count("\n") == 1
    assert json.loads(lines.encode().decode())["text"] == text


def test_a_cell_without_a_comment_has_no_record() -> None:
    records = [said("x", 2_500, price="mixed"), Record((Cell("", State.EMPTY),))]
    ((cell, record),) = comment_records(batch_of(records).comments, labels_of(records))
    assert (cell, record.text, record.language, record.sentiment, record.score) == (0, "x", "en", "positive", 0.25)
    assert (record.mixed, record.lens, record.themes_text, record.intents_text) == (False, "product", "price:mixed", "")


@given(RECORDS)
def test_a_line_of_jsonl_is_the_record_as_json(records: list[Record]) -> None:
    comments, labels = batch_of(records).comments, labels_of(records)
    lines = jsonl_rows(comments, labels, NO_EVIDENCE).splitlines(keepends=True)
    records_of_cells = [record._replace(evidence=[]) for _, record in comment_records(comments, labels)]
    assert lines == [dumps(record.as_json()) + "\n" for record in records_of_cells]


def test_a_taxonomy_without_themes_has_rows_too() -> None:
    labels = labels_of([said()], ())
    assert labels.themes.shape == (1, 0)
    ((_, record),) = comment_records(batch_of([said()]).comments, labels)
    assert record.themes_text == ""
    assert np.count_nonzero(labels.themes) == 0
