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
    with pytest.raises(UsageError, match=r"name one with --json-path old or --json-path new\.list"):
        read(content)
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
    values = ["Good", 5, True, None, [["a"]], {"text": "b"}, 1.5]
    found = read(json.dumps([{"id": 1, "comment": value} for value in values]), text=("comment",))
    assert found.texts == ["Good", "5", "true", "", "1.5"]
    assert [one.reason for one in found.rejects] == [
        "comment is a list, not text; name another column with --text COLUMN",
        "comment is an object, not text; name what is in it with --text comment.text",
    ]


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


def broken_records(count: int) -> list[str]:
    return [f'{{"_id":ObjectId("{number}"),"comment":"it broke {{awful}}, really"}}' for number in range(count)]


@pytest.mark.parametrize("between", [",", ",\n", "\n,\n", "\n  ,  \n\t"])
def test_each_broken_record_of_an_array_is_a_reject_of_its_own(read: Read, between: str) -> None:
    good = [json.dumps({"comment": f"good lamp {number}"}) for number in range(40)]
    found = read("[" + between.join([*good, *broken_records(1000), *good]) + "]", name="run.json")
    assert (len(found.texts), len(found.rejects), found.count) == (80, 1000, 1080)
    first = 1 + 40 * between.count("\n")
    assert found.lines == [first + number * between.count("\n") for number in range(1000)]


@pytest.mark.parametrize(
    "broken",
    [
        '{"comment":"a \\x b","n":1}',
        "{'comment':'single \" quotes','n':1}",
        '{"comment":"torn quote,"n":1}',
        '{"comment":"a "quoted" word","n":1}',
        '{"comment":"no end","n":1',
        '{"comment":"no end of the text,',
        '{"comment":"a","n":[{"comment":1},{"comment":2}],"d":ISODate("2024")}',
        '{"comment":"a","n":{"comment":x,"k":{"j":[{},{}]}}}',
        '{"comment":,"n":1}}',
        '{"comment":"a } b","n":undefined}',
    ],
)
@pytest.mark.parametrize("between", [",", ",\n "])
def test_a_run_of_broken_records_is_counted_one_by_one(read: Read, broken: str, between: str) -> None:
    good = json.dumps({"comment": "good", "n": 1})
    found = read("[" + between.join([good, broken, good, broken, broken, broken, good]) + "]", text=("comment",))
    assert (len(found.texts), len(found.rejects)) == (3, 4)


@pytest.mark.parametrize("broken", ['{"comment":"a","n":[1,2', "nonsense"])
def test_broken_records_that_do_not_end_are_told_apart_by_their_lines(read: Read, broken: str) -> None:
    good = json.dumps({"comment": "good", "n": 1})
    records = [good, broken, good, broken, broken, broken, good]
    found = read("[\n " + ",\n ".join(records) + "\n]", text=("comment",))
    assert (found.texts, found.lines) == (["good"] * 3, [3, 5, 6, 7])
    assert read("[" + ",".join(records) + "]", text=("comment",)).texts == ["good"] * 3


@pytest.mark.parametrize("depth", ["", '{"total":3,"data":'])
def test_broken_records_are_found_again_in_a_pretty_array(read: Read, depth: str) -> None:
    text = depth + json.dumps([{"user": {"id": n}, "comment": f"good {n}"} for n in range(30)], indent=2)
    text = text.replace('"comment": "good 7"', '"comment": good 7').replace(
        '8\n    },\n    "comment": "', '8\n "comment": '
    )
    text = text.replace('"comment": "good 9"\n  }', '"comment": "good 9"')
    found = read(text + ("}" if depth else ""))
    assert (len(found.texts), len(found.rejects)) == (25, 5)


@pytest.mark.parametrize("newlines", [10_000, 200_000])
def test_a_broken_record_before_many_blank_lines_is_no_long_search(read: Read, newlines: int) -> None:
    found = read('[{"comment":"a"},{"comment": x}' + "\n" * newlines + ',{"comment":"c"}]', text=("comment",))
    assert (found.texts, found.lines) == (["a", "c"], [1])


def test_brackets_without_end_are_no_long_search(read: Read) -> None:
    found = read('[{"comment":"a"},' + "{," * 200_000 + "]", text=("comment",))
    assert (found.texts, len(found.rejects)) == (["a"], 1)
    with pytest.raises(InputError, match="invalid JSON"):
        read("{," * 100_000, name="export.json")


def test_the_column_of_the_trouble_is_that_of_its_line(read: Read) -> None:
    text = '[{"comment":"a"},' + '{"comment":"b"},' * 20_000
    found = read(text + '{"comment": x},{"comment": y}]', text=("comment",))
    assert [reject.reason for reject in found.rejects] == [
        f"invalid JSON: Expecting value (column {len(text) + at})" for at in (13, 28)
    ]


PAGES = ['[{"comment":"good lamp"}]', '[{"comment":"it broke"},{"comment":"awful"}]']


@pytest.mark.parametrize("between", ["\n", "", ",\n", " \n\n ", "\n\ufeff"])
def test_arrays_one_after_the_other_are_read_whole(read: Read, between: str) -> None:
    found = read(between.join(PAGES) + "\n", name="pages.json")
    assert (found.texts, found.rejects) == (["good lamp", "it broke", "awful"], [])


def test_an_array_after_a_broken_one_is_read_too(read: Read) -> None:
    found = read(f'{PAGES[0][:-1]},{{"comment":"cut\n{PAGES[1]}', text=("comment",))
    assert (found.texts, found.lines) == (["good lamp", "it broke", "awful"], [1])


def test_records_behind_an_array_are_read_too(read: Read) -> None:
    found = read(PAGES[0] + '\n{"comment":"it broke"}\n{"comment":"awful"}\n')
    assert (found.texts, found.rejects) == (["good lamp", "it broke", "awful"], [])


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ("\nthe rest", "no record, behind the end of the array"),
        ("\n]", "no record, behind the end of the array"),
        ('\n{"total": 5}', "an object of another kind, behind the end of the array"),
        ('\n[{"total": 5}]', "an object of another kind, behind the end of the array"),
        ('\n[{"comment": "x"}', "the file ends inside the array"),
        ("\n17", "not an object but a bare value"),
    ],
)
def test_what_is_no_record_behind_an_array_is_a_reject_with_its_line(read: Read, rest: str, reason: str) -> None:
    found = read(PAGES[0] + rest)
    assert found.texts[0] == "good lamp"
    assert found.lines == [2]
    assert found.rejects[0].reason.startswith(reason)


@pytest.mark.parametrize("rest", ["", ',"next":{"page":[2', ',"next":"pa'])
def test_an_object_around_the_records_that_is_cut_short_is_noticed(read: Read, rest: str) -> None:
    found = read('{"data":' + PAGES[0] + rest)
    assert found.texts == ["good lamp"]
    assert [reject.reason for reject in found.rejects] == [
        "the file ends inside the object that holds the records: cut short"
    ]
    assert read('{"data":' + PAGES[0] + ',"next":{"page":[2,"]"]}}\n').rejects == []


def test_objects_around_the_records_are_read_one_after_the_other(read: Read) -> None:
    pages = [f'{{"page":{number},"data":{{"list":{page}}},"more":[1]}}' for number, page in enumerate(PAGES)]
    found = read("\n".join([*pages, '{"error":"too many requests"}']), json_path="data.list")
    assert found.texts == ["good lamp", "it broke", "awful"]
    assert [(reject.line, reject.reason[:25]) for reject in found.rejects] == [(3, "an object of another kind")]


def test_what_follows_an_object_of_columns_is_noticed(read: Read) -> None:
    table = json.dumps({"comment": ["good lamp"] * 1100})
    found = read(table + " " * (1 << 20) + "the rest", name="columns.json")
    assert len(found.texts) == 1100
    assert len(found.rejects) == 1


@pytest.mark.parametrize(
    "line",
    [
        '{"comment": b"x"}',
        '{"comment": "ok", "t": {1, 2}}',
        '{"comment": "ok", "t": {"y": (1, {2})}}',
        '{"comment": "ok", "t": 1+2j}',
        '{"comment": "ok", "t": ...}',
        '{"comment": "ok", "t": {(1, 2): 3}}',
        '{"comment": "ok", "t": 0x' + "f" * 5000 + "}",
        '{"comment": "ok", "t": ' + "-" * 100_000 + "1}",
        '{"comment": "ok", "t": ' + "not " * 100_000 + "1}",
        "{'comment': f'" + "{x}" * 200_000 + "'}",
    ],
)
def test_a_python_literal_that_json_has_no_word_for_costs_its_line(read: Read, line: str) -> None:
    found = read(f'{{"comment":"good"}}\n{line}\n{{"comment":"fine"}}\n', text=("comment",))
    assert found.texts == ["good", "fine"]
    assert (found.lines, found.count) == ([2], 3)


def test_a_python_literal_is_read_as_its_json(read: Read) -> None:
    lines = [
        "{'comment': u'it\\'s', 'n': (1, 2.5e-3), 'ok': True, 'no': None, 3: -0x1f}",
        "{'comment': '\\U0000d800\\x00.'}",
    ]
    found = read("\n".join(lines), name="export.jsonl", keep_cells=True)
    assert found.texts == ["it's", "\ufffd."]
    assert [cells[0] for cells in found.comments.cells.values()] == ["it's", "[1,0.0025]", "true", "", "-31"]
