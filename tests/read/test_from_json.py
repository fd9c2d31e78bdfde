from __future__ import annotations

import json

import pytest
from reading import Read

from cxscan.errors import InputError, UsageError

RECORDS = [
    {"id": 1, "rating": 4, "comment": "Delivery was late"},
    {"id": 2, "rating": 5, "comment": "Works, as described"},
    {"id": 3, "rating": None, "comment": None},
]
TEXTS = ["Delivery was late", "Works, as described", ""]


@pytest.mark.parametrize(
    ("content", "form", "path"),
    [
        (json.dumps(RECORDS), "json", ""),
        (json.dumps(RECORDS, indent=2), "json", ""),
        ("\n".join(map(json.dumps, RECORDS)), "jsonl", ""),
        ("\r\n\r\n".join(map(json.dumps, RECORDS)), "jsonl", ""),
        ("".join(map(json.dumps, RECORDS)), "json", ""),
        ("\n".join(json.dumps(record, indent=2) for record in RECORDS), "json", ""),
        (json.dumps({"meta": {"page": [1, 2]}, "data": RECORDS}), "json", "data"),
        (json.dumps({"data": {"reviews": RECORDS, "tags": [{"a": 1}]}}, indent=1), "json", "data.reviews"),
        (json.dumps(RECORDS).replace("}]", "},]"), "json", ""),
        (" \n" + json.dumps(RECORDS), "json", ""),
    ],
)
def test_records_are_found_in_every_shape(read: Read, content: str, form: str, path: str) -> None:
    for name in ("export.json", "export.csv"):
        found = read(content, name=name)
        assert found.texts == TEXTS
        assert found.ratings == [4000, 5000, None]
        assert found.ids == ["1", "2", "3"]
        assert (found.layout.format, found.layout.json_path) == (form, path)


@pytest.mark.parametrize("orient", ["columns", "list"])
def test_columns_as_pandas_writes_them_are_read(read: Read, orient: str) -> None:
    columns = {key: [record[key] for record in RECORDS] for key in RECORDS[0]}
    if orient == "columns":
        content = json.dumps({key: dict(enumerate(cells)) for key, cells in columns.items()})
    else:
        content = json.dumps(columns)
    assert read(content, name="export.json").texts == TEXTS


def test_the_array_can_be_told(read: Read) -> None:
    content = json.dumps({"old": RECORDS * 2, "new": {"list": RECORDS[:1]}})
    assert len(read(content).texts) == 6
    assert read(content, json_path="new.list").texts == ["Delivery was late"]
    assert read(content, json_path="$.new.list[*]").texts == ["Delivery was late"]
    with pytest.raises(UsageError, match=r"--json-path new\.lst: no array there .* did you mean new\.list"):
        read(content, json_path="new.lst")


def test_nested_objects_are_columns_with_dots(read: Read) -> None:
    found = read(json.dumps([{"user": {"name": "Al"}, "answer": {"text": "Good", "stars": 4}}]), by=("user.name",))
    assert found.texts == ["Good"]
    assert found.fields == ["answer.text"]
    assert found.comments.segments == {"user.name": ["Al"]}


def test_the_owners_reply_in_an_object_is_no_comment(read: Read) -> None:
    record = {
        "comment": "Bad",
        "response": {"body": "We are very sorry to hear that"},
        "developerComment": {"text": "Hm"},
    }
    assert read(json.dumps([record])).texts == ["Bad"]


def test_a_broken_line_costs_itself(read: Read) -> None:
    lines = [*map(json.dumps, RECORDS), '{"id": 4, "comment": "cut', "[1]", "nonsense", '{"comment": "Fine"}']
    found = read("\n".join(lines), name="export.jsonl")
    assert found.texts == [*TEXTS, "Fine"]
    assert found.lines == [4, 5, 6]
    assert [one.record for one in found.rejects] == [4, 5, 6]


def test_a_broken_element_costs_itself(read: Read) -> None:
    found = read(
        '[{"comment":"a"},{"comment":"b tw},{"comment":"c"},{"comment": x},{"comment":"d"}]', text=("comment",)
    )
    assert found.texts == ["a", "c", "d"]
    assert [one.record for one in found.rejects] == [2, 4]


def test_an_array_cut_short_is_noticed(read: Read) -> None:
    whole = json.dumps(RECORDS)
    found = read(whole[: whole.index("Works")])
    assert found.texts == ["Delivery was late"]
    assert len(found.rejects) == 2
    assert "cut short" in found.rejects[-1].reason


def test_a_record_nested_too_deep_costs_itself(read: Read) -> None:
    deep = '{"comment":"b","x":' + "[" * 100_000 + "]" * 100_000 + "}"
    for content in (f'{{"comment":"a"}}\n{deep}\n{{"comment":"c"}}', f'[{{"comment":"a"}},{deep},{{"comment":"c"}}]'):
        found = read(content)
        assert found.texts == ["a", "c"]
        assert [one.reason for one in found.rejects] == ["nested too deep"]


def test_a_document_nested_too_deep_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="too deep"):
        read('{"a":' * 100_000 + "1" + "}" * 100_000)


def test_numbers_beyond_all_bounds_cost_their_record_at_most(read: Read) -> None:
    found = read('[{"comment":"a"},{"id":' + "9" * 5000 + ',"comment":"b"},{"rating":1e400,"comment":"c"}]')
    assert found.texts == ["a", "c"]
    assert "4300 digits" in found.rejects[0].reason


def test_a_comment_is_text_or_a_bare_value(read: Read) -> None:
    values = ["Good", 5, True, None, ["a"], {"text": "b"}, 1.5]
    found = read(json.dumps([{"id": 1, "comment": value} for value in values]), text=("comment",))
    assert found.texts == ["Good", "5", "true", "", "1.5"]
    assert [one.reason for one in found.rejects] == ["comment is a list, not text", "comment is an object, not text"]


def test_a_key_that_is_missing_is_a_blank_cell(read: Read) -> None:
    assert read('{"id":1,"comment":"Good"}\n{"id":2}\n').texts == ["Good", ""]


def test_lone_surrogates_and_nuls_are_replaced(read: Read) -> None:
    found = read('{"comment":"a\\ud800b"}\n{"comment":"c\\u0000d"}\n{"comment":"\\ud83d\\ude00"}\n')
    assert found.texts == ["a\ufffdb", "cd", "😀"]


def test_python_dictionaries_a_line_are_read_without_running_them(read: Read) -> None:
    found = read("{'id': 1, 'comment': \"it's fine\"}\n{'comment': __import__('os').getcwd()}\n", name="export.jsonl")
    assert found.texts == ["it's fine"]
    assert found.lines == [2]


@pytest.mark.parametrize("content", ['"just a string"', "17", "[1, 2]", "[[1], [2]]", "{", "[]", "{}"])
def test_what_holds_no_records_is_refused(read: Read, content: str) -> None:
    with pytest.raises(InputError, match=r"export\.json: "):
        read(content, name="export.json")


def test_an_object_may_be_the_only_record(read: Read) -> None:
    assert read('{"comment": "Good", "tags": [{"name": "x"}]}').texts == ["Good"]


def test_a_large_array_is_read_in_pieces(read: Read) -> None:
    records = [{"id": number, "comment": f"Delivery was late, {'x' * (number % 90)}."} for number in range(30_000)]
    for content in (json.dumps(records), json.dumps({"meta": 1, "data": records}), "".join(map(json.dumps, records))):
        found = read(content, name="export.json")
        assert found.texts == [str(record["comment"]) for record in records]
        assert found.rejects == []


def test_lines_of_a_pretty_array_are_counted(read: Read) -> None:
    content = json.dumps(RECORDS, indent=1).replace('"comment": "Works', '"comment": Works')
    assert read(content).lines == [7]
