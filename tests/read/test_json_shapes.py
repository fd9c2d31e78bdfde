"""Shapes in which JSON holds its records: each with an invented file of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reading import Read

from cxscan.errors import InputError, UsageError
from cxscan.read.formats.json.shapes.registry import SHAPES
from cxscan.read.formats.json.shapes.shape import Shape

TEXTS = [
    "The kettle leaks at the lid",
    "Quick answer from the helpdesk",
    "Costs too much for a kettle",
    "Boils in no time at all",
]
STARS = [2, 5, 1, 4]
RATINGS = [2000, 5000, 1000, 4000]
DATES = ["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04"]
RECORDS = [
    {"id": f"k{n}", "comment": text, "stars": stars, "date": date}
    for n, (text, stars, date) in enumerate(zip(TEXTS, STARS, DATES, strict=True))
]
ROWS = [list(record.values()) for record in RECORDS]
NAMES = list(RECORDS[0])
KETTLES = [
    {"product": "Kettle", "sku": "k-1", "reviews": RECORDS[:3]},
    {"product": "Pot", "sku": "p", "reviews": RECORDS[3:]},
]
ANSWERS = [
    {"token": f"t{n}", "submitted_at": record["date"], "answers": [
        {"field": {"id": "a1", "type": "opinion_scale"}, "type": "number", "number": record["stars"]},
        {"field": {"id": "a2", "type": "long_text"}, "type": "text", "text": record["comment"]},
        {"field": {"id": "a3", "type": "multiple_choice"}, "type": "choice", "choice": {"label": "By post"}},
    ]}
    for n, record in enumerate(RECORDS)
]  # fmt: skip

WRITTEN = {
    "arrays one after the other": "\n".join(json.dumps([record]) for record in RECORDS),
    "pages one after the other": "".join(json.dumps({"data": [r], "next": r["id"]}, indent=1) for r in RECORDS),
    "pages a line": "\n".join(json.dumps({"data": [r], "next": r["id"]}) for r in RECORDS),
    "pages in an array": json.dumps([{"page": n, "data": {"list": [r]}} for n, r in enumerate(RECORDS)]),
    "pages as lists": json.dumps([RECORDS[:1], RECORDS[1:]]),
    "about the page, then the records": json.dumps([{"page": 1, "pages": 1, "per_page": 50}, RECORDS]),
    "arrays by key": json.dumps({"Kettle": RECORDS[:1], "Pot": RECORDS[1:3], "Pan": RECORDS[3:]}),
    "arrays by key, one deeper": json.dumps({"ok": True, "shops": {"N": RECORDS[:3], "S": RECORDS[3:]}}),
    "arrays in objects by key": json.dumps({"Pan": {"n": 1, "reviews": RECORDS[:1]}, "Pot": {"reviews": RECORDS[1:]}}),
    "records by key": json.dumps({f"-N{n}x": record for n, record in enumerate(RECORDS)}),
    "records by key in an object": json.dumps({"ok": 1, "reviews": {str(n): r for n, r in enumerate(RECORDS)}}),
    "products with reviews": json.dumps(KETTLES),
    "products with reviews a line": "\n".join(map(json.dumps, KETTLES)),
    "products with reviews in an object": json.dumps({"count": 2, "products": KETTLES}),
    "reviews two levels down": json.dumps([{"shop": n, "products": [kettle]} for n, kettle in enumerate(KETTLES)]),
    "a table as pandas splits it": json.dumps({"columns": NAMES, "index": [0, 1, 2, 3], "data": ROWS}),
    "a table with its schema": json.dumps(
        {"schema": {"fields": [{"name": name, "type": "string"} for name in NAMES]}, "data": RECORDS}
    ),
    "columns and rows": json.dumps({"columns": [{"name": n, "type": "text"} for n in NAMES], "rows": ROWS}),
    "a view and its rows": json.dumps({"meta": {"view": {"columns": [{"name": n} for n in NAMES]}}, "data": ROWS}),
    "rows of BigQuery": json.dumps(
        {"schema": {"fields": [{"name": name} for name in NAMES]},
         "rows": [{"f": [{"v": str(value)} for value in row]} for row in ROWS]}
    ),
    "rows under a header": json.dumps([NAMES, *ROWS]),
    "rows under a header in an object": json.dumps({"range": "A1", "values": [NAMES, *([*map(str, r)] for r in ROWS)]}),
    "rows under a header a line": "\n".join(json.dumps(row) for row in [NAMES, *ROWS]),
    "records by index": json.dumps({str(n): record for n, record in enumerate(RECORDS)}, indent=2),
    "records in strings": json.dumps([json.dumps(record) for record in RECORDS]),
    "records in a field of a line": "\n".join(json.dumps({"at": 1, "payload": json.dumps(r)}) for r in RECORDS),
    "the answer of a store": json.dumps(
        {"Limit": 4, "Results": RECORDS, "Includes": {"Products": {"p1": {"Name": "Kettle"}, "p2": {"Name": "Pot"}}}}
    ),
    "hits of a search": json.dumps(
        {"took": 3, "hits": {"total": {"value": 4}, "hits": [{"_index": "r", "_source": r} for r in RECORDS]},
         "aggregations": {"by": {"buckets": [{"key": "a", "doc_count": n} for n in range(9)]}}}
    ),
    "nodes of edges": json.dumps({"data": {"reviews": {"edges": [{"cursor": "x", "node": r} for r in RECORDS]}}}),
    "resources": json.dumps(
        {"data": [{"type": "reviews", "attributes": r} for r in RECORDS], "included": [{"type": "users"}] * 9}
    ),
    "a message around the records": json.dumps({"status": "ok", "message": "Four reviews were found", "data": RECORDS}),
}  # fmt: skip


@pytest.mark.parametrize("content", WRITTEN.values(), ids=WRITTEN.keys())
def test_the_records_of_a_shape_are_read_whole(read: Read, content: str) -> None:
    found = read(content, name="export.json")
    assert found.texts == TEXTS
    assert found.ratings == RATINGS
    assert found.dates == DATES
    assert found.ids == ["k0", "k1", "k2", "k3"]
    assert found.rejects == []


def rich(text: str) -> list[object]:
    return [{"type": "text", "text": text[:7]}, {"type": "text", "text": text[7:]}]


TOOLS = {
    "Google Play": json.dumps(
        {"reviews": [{"reviewId": r["id"], "comments": [{"userComment": {"text": r["comment"], "starRating": r["stars"],
          "lastModified": {"seconds": str(1777600000 + 86400 * n), "nanos": 0}}}]} for n, r in enumerate(RECORDS)]}
    ),
    "a list of texts by language": json.dumps(
        [{"id": r["id"], "comment": [{"lang": "de", "text": "Der Kessel"}, {"lang": "en", "text": r["comment"]}],
          "stars": r["stars"], "date": r["date"]} for r in RECORDS]
    ),
    "Atlassian documents": json.dumps(
        {"comments": [{"id": r["id"], "body": {"type": "doc", "version": 1, "content": [{"type": "paragraph",
          "content": rich(str(r["comment"]))}]}, "created": r["date"], "rating": r["stars"]} for r in RECORDS]}
    ),
    "Contentful documents": json.dumps(
        [{"id": r["id"], "body": {"nodeType": "document", "content": [{"nodeType": "paragraph", "content": [
          {"nodeType": "text", "value": r["comment"], "marks": []}]}]}, "date": r["date"], "stars": r["stars"]}
         for r in RECORDS]
    ),
    "runs of YouTube": json.dumps(
        [{"id": r["id"], "comment": {"runs": rich(str(r["comment"]))}, "date": r["date"], "stars": r["stars"]}
         for r in RECORDS]
    ),
    "deltas of Quill": json.dumps(
        [{"id": r["id"], "comment": {"ops": [{"insert": r["comment"]}]}, "date": r["date"], "stars": r["stars"]}
         for r in RECORDS]
    ),
    "reviews by key in products by key": json.dumps(
        {"products": {"p": {"name": "Kettle", "reviews": {"-Na": RECORDS[0], "-Nb": RECORDS[1]}},
                      "q": {"name": "Pot", "reviews": {"-Nc3": RECORDS[2], "-Nd4": RECORDS[3]}}}}
    ),
    "schema.org": json.dumps(
        [{"@type": "Product", "name": "K", "aggregateRating": {"ratingValue": 4.9}, "review": reviews} for reviews in
         ([{"@type": "Review", "@id": r["id"], "reviewBody": r["comment"], "datePublished": r["date"], "reviewRating":
            {"@type": "Rating", "ratingValue": r["stars"], "bestRating": 5}} for r in part] for part in
          (RECORDS[:3], RECORDS[3:]))]
    ),
    "phpMyAdmin": json.dumps(
        [{"type": "header", "version": "5.2", "comment": "Export to JSON plugin for phpMyAdmin"},
         {"type": "database", "name": "shop"}, {"type": "table", "name": "reviews", "data": RECORDS}]
    ),
    "SQL Developer": json.dumps({"results": [{"columns": [{"name": n.upper()} for n in NAMES], "items": RECORDS}]}),
    "Notion": json.dumps(
        {"object": "list", "results": [{"id": r["id"], "created_time": "2026-01-01T00:00:00Z", "properties": {
          "Comment": {"id": "a", "type": "rich_text", "rich_text": [{"type": "text", "text": {"content": r["comment"]},
                      "annotations": {}, "plain_text": r["comment"], "href": None}]},
          "Rating": {"id": "b", "type": "number", "number": r["stars"]},
          "Date": {"id": "c", "type": "date", "date": {"start": r["date"], "end": None, "time_zone": None}}}}
          for r in RECORDS]}
    ),
    "reviews by key by product": json.dumps(
        {"reviews": {"kettle": {"-a1": RECORDS[0], "-b2": RECORDS[1]}, "pot": {"-c3": RECORDS[2], "-d4": RECORDS[3]}}}
    ),
    "products with a text of their own": json.dumps(
        [{"name": "Kettle", "content": "This kettle is made of fine steel", "reviews": RECORDS[:2]},
         {"name": "Pot", "content": "A pot for all that you cook", "reviews": RECORDS[2:]}]
    ),
    "posts, the posts they quote, and errors": json.dumps(
        {"data": RECORDS, "includes": {"posts": [{"id": "q", "comment": "An older one that was quoted"}] * 9},
         "errors": [{"message": "Could not find user 5"}]}
    ),
    "a page that has no list": "\n".join(
        json.dumps({"data": page, "next": "x"}) for page in (RECORDS[:2], None, RECORDS[2:], [])
    ),
    "the records, then about the page": json.dumps([RECORDS, {"page": 1, "total": 4}]),
    "a data set of Socrata": json.dumps(
        {"meta": {"view": {"id": "x", "columns": [{"id": n, "name": k} for n, k in enumerate(NAMES)]}}, "data": ROWS}
    ),
    "a table of Google Charts": json.dumps(
        {"cols": [{"id": n, "label": n} for n in NAMES], "rows": [{"c": [{"v": v} for v in row]} for row in ROWS]}
    ),
    "a whole account of Telegram": json.dumps(
        {"about": "x", "chats": {"list": [{"name": "Ann", "id": 1, "messages": [
          {"id": r["id"], "date": r["date"], "text": r["comment"], "stars": r["stars"]} for r in RECORDS]}]}}
    ),
    "a sequence of RFC 7464": "".join(f"\x1e{json.dumps(record)}\n" for record in RECORDS),
    "JSON in a string a line": "\n".join(json.dumps(json.dumps(record)) for record in RECORDS),
}  # fmt: skip


@pytest.mark.parametrize("content", TOOLS.values(), ids=TOOLS.keys())
def test_what_a_tool_writes_is_read_whole(read: Read, content: str) -> None:
    found = read(content, name="export.json")
    assert found.texts == TEXTS
    assert found.ratings == RATINGS
    assert [str(date)[:10] for date in found.dates] == DATES
    assert found.rejects == []


def test_lists_of_comments_in_records_that_are_comments_are_named(read: Read) -> None:
    posts = [{"id": "p", "message": "New kettles are here", "comments": {"data": RECORDS}}]
    found = read(json.dumps({"data": posts}))
    assert found.texts == ["New kettles are here"]
    assert found.source.notes == (
        "each record holds comments in data.comments.data too, not read: --json-path reads these",
    )
    assert read(json.dumps({"data": posts}), json_path="data.comments.data").texts == TEXTS


def test_two_texts_in_an_object_of_a_record_stay_one_record(read: Read) -> None:
    records = [{"id": n, "review": {"pros": {"text": text}, "cons": {"text": f"Too hot to hold {n}"}}, "stars": 3}
               for n, text in enumerate(TEXTS)]  # fmt: skip
    found = read(json.dumps(records))
    assert (found.count, found.texts[::2]) == (4, TEXTS)
    assert found.fields[:2] == ["review.pros.text", "review.cons.text"]


@pytest.mark.parametrize("answer", [{"data": []}, {"message": "No reviews were found", "reviews": [], "page": 1}])
def test_an_answer_without_records_is_no_comment(read: Read, answer: object) -> None:
    with pytest.raises(InputError, match=r"no records: the list at (data|reviews) is empty"):
        read(json.dumps(answer), name="answer.json")


def test_the_key_above_a_list_is_a_segment(read: Read) -> None:
    found = read(WRITTEN["arrays by key"], by=("key",))
    assert found.comments.segments == {"key": ["Kettle", "Pot", "Pot", "Pan"]}


def test_the_key_of_a_record_is_its_id_where_it_has_no_other(read: Read) -> None:
    records = {f"-N{n}": {"comment": text} for n, text in enumerate(TEXTS)}
    assert read(json.dumps(records)).ids == ["-N0", "-N1", "-N2", "-N3"]


def test_the_fields_of_a_product_go_with_its_reviews_but_not_its_own_rating(read: Read) -> None:
    products = [{**product, "rating": 4.7, "title": "Best seller"} for product in KETTLES]
    found = read(json.dumps(products), by=("product", "sku"), keep_cells=True)
    assert found.comments.segments["product"] == ["Kettle"] * 3 + ["Pot"]
    assert found.ratings == RATINGS
    assert {"rating", "title"}.isdisjoint(found.comments.cells)
    assert "rating" in read(json.dumps(products), by=("rating",), keep_cells=True).comments.cells


def test_reviews_as_strings_in_their_product_are_comments_each(read: Read) -> None:
    found = read(json.dumps([{"product": "Kettle", "reviews": TEXTS[:3]}, {"product": "Pot", "reviews": TEXTS[3:]}]))
    assert found.texts == TEXTS


def test_a_list_of_strings_is_a_list_of_comments(read: Read) -> None:
    assert read(json.dumps(TEXTS), name="comments.json").texts == TEXTS
    assert read(json.dumps({"n": 4, "reviews": TEXTS}), name="comments.json").texts == TEXTS


@pytest.mark.parametrize(
    "responses",
    [
        ANSWERS,
        [{"id": text, "answers": {"3": {"name": "q3", "text": "How likely are you to recommend us?", "answer": "3"},
          "4": {"name": "q4", "text": "What should be better?", "answer": text}}} for text in TEXTS],
        [{"id": text, "answers": {"a": {"questionId": "rating", "textAnswers": {"answers": [{"value": "3"}]}},
          "b": {"questionId": "comment", "textAnswers": {"answers": [{"value": text}]}}}} for text in TEXTS],
        [{"id": str(n), "pages": [{"id": "p", "questions": [{"id": "why comment", "answers": [{"text": text}]},
          {"id": "how", "answers": [{"choice_id": "1", "text": "Post"}]}]}]} for n, text in enumerate(TEXTS)],
        [{"fields": [{"key": "q_1", "label": "Your comment", "type": "TEXTAREA", "value": text},
                     {"key": "q_2", "label": "Stars", "type": "RATING", "value": 3}]} for text in TEXTS],
        [{"form_response": {"definition": {"fields": [{"id": "x1", "title": "What should be better?"}]},
          "answers": [{"type": "text", "text": text, "field": {"id": "x1", "type": "long_text"}}]}} for text in TEXTS],
    ],
    ids=["Typeform", "Jotform", "Google Forms", "SurveyMonkey", "Tally", "a webhook"],
)  # fmt: skip
def test_answers_in_a_list_are_columns_by_their_question(read: Read, responses: list[object]) -> None:
    found = read(json.dumps({"total_items": 4, "items": responses}), name="responses.json")
    assert found.texts == TEXTS
    assert found.rejects == []


def test_questions_are_named_as_the_form_words_them(read: Read) -> None:
    record = {
        "form_response": {
            "definition": {"fields": [{"id": "x1", "title": "What should be better?"}]},
            "answers": [{"type": "text", "text": TEXTS[0], "field": {"id": "x1", "type": "long_text"}}],
        }
    }
    assert read(json.dumps([record] * 2)).fields == ["What should be better?"] * 2


def test_of_lists_of_two_kinds_the_one_with_comments_is_read_and_the_other_named(read: Read) -> None:
    users = [{"id": str(n), "name": "Ann", "description": f"I am fond of kettles and of walks {n}"} for n in range(9)]
    found = read(json.dumps({"data": RECORDS, "includes": {"users": users}}))
    assert found.texts == TEXTS
    assert found.source.notes == ("comments from data; not read: includes.users (--json-path)",)


def test_a_list_beside_the_one_that_is_read_in_each_page_is_named(read: Read) -> None:
    users = [{"name": "Ann", "description": "I am fond of kettles and of walks"}]
    found = read("\n".join(json.dumps({"data": [record], "includes": {"users": users}}) for record in RECORDS))
    assert found.texts == TEXTS
    assert found.layout.json_path == "[].data"
    assert found.source.notes == ("comments from [].data; not read: includes.users (--json-path)",)


def test_lists_of_two_kinds_that_both_hold_comments_are_asked_for(read: Read) -> None:
    questions = [
        {"number": n, "text": f"Does it fit on a shelf of {n} cm?", "asked_by": "Ann", "upvotes": 1} for n in range(3)
    ]
    content = json.dumps({"reviews": RECORDS, "qa": {"questions": questions}})
    with pytest.raises(UsageError, match=r"several lists .* --json-path reviews or --json-path qa.questions"):
        read(content)
    assert read(content, json_path="reviews").texts == TEXTS


def test_what_the_company_answered_is_no_list_of_comments(read: Read) -> None:
    replies = [{"id": "r", "comment": "We are sorry to hear that", "stars": None, "date": "2026-05-05"}] * 9
    found = read(json.dumps({"reviews": RECORDS, "replies": replies}))
    assert found.texts == TEXTS
    assert found.source.notes == ("comments from reviews; not read: replies (--json-path)",)


def test_a_list_beside_the_records_that_comes_late_is_counted(read: Read) -> None:
    records = [{**record, "padding": "x" * 3000} for record in RECORDS * 100]
    found = read(json.dumps({"data": records, "includes": {"users": [{"name": "Ann"}], "media": [{"k": 1}]}}))
    assert len(found.texts) == 400
    assert found.source.notes == ("lists or objects beside the records, not read: 2",)


def test_a_path_may_lead_behind_the_beginning_of_the_file(read: Read) -> None:
    content = json.dumps({"log": ["x" * 2000] * 700, "late": {"reviews": RECORDS}})
    assert read(content, json_path="late.reviews").texts == TEXTS
    assert read(content).texts == TEXTS
    with pytest.raises(UsageError, match=r"no array there in this file; did you mean late\.reviews"):
        read(content, json_path="late.revews")


def test_a_table_with_a_long_index_is_read(read: Read) -> None:
    index = list(range(10**9, 10**9 + 120_000))
    content = json.dumps({"columns": NAMES, "index": index, "data": ROWS * 10})
    found = read(content, name="frame.json")
    assert (len(found.texts), found.ratings[:4], found.rejects) == (40, RATINGS, [])


@pytest.mark.parametrize("path", ["reviews", "[].reviews", "$[*].reviews[*]", "*.reviews"])
def test_a_path_may_lead_into_each_record(read: Read, path: str) -> None:
    assert read(json.dumps(KETTLES), json_path=path.removeprefix("*.")).texts == TEXTS
    assert read(json.dumps({"list": KETTLES}), json_path=f"list.{path.removeprefix('$').lstrip('[]*.')}").texts == TEXTS


def test_a_path_that_leads_into_no_record_names_the_nearest(read: Read) -> None:
    with pytest.raises(UsageError, match="--json-path revews: no list there; did you mean reviews"):
        read(json.dumps(KETTLES), json_path="revews")


def test_a_path_may_name_one_of_several_lists_or_all(read: Read) -> None:
    assert read(WRITTEN["arrays by key"], json_path="Pot").texts == TEXTS[1:3]
    assert read(WRITTEN["arrays by key"], json_path="*").texts == TEXTS
    assert read(WRITTEN["arrays by key, one deeper"], json_path="shops.*").texts == TEXTS


def test_rows_without_a_header_are_asked_for(read: Read) -> None:
    content = json.dumps(ROWS)
    with pytest.raises(InputError, match=r"rows without a header .* --header NAMES, or --no-header"):
        read(content, name="rows.json")
    assert read(content, header=tuple(NAMES), name="rows.json").texts == TEXTS
    assert read(content, no_header=True, text=("2",), name="rows.json").texts == TEXTS


def test_a_row_of_another_length_is_a_reject(read: Read) -> None:
    found = read(json.dumps([NAMES, *ROWS, [*ROWS[0], "more"], ROWS[0][:2]]), name="rows.json")
    assert found.texts == [*TEXTS, TEXTS[0]]
    assert [reject.reason for reject in found.rejects] == ["a row of 5 values, not 4"]


def test_an_answer_that_reports_an_error_among_pages_is_a_reject(read: Read) -> None:
    found = read("\n".join([*(json.dumps({"data": [r]}) for r in RECORDS), '{"error": "too many requests"}']))
    assert found.texts == TEXTS
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (5, "an object of another kind, without a list of records")
    ]


def test_an_object_of_records_that_is_cut_short_or_broken_is_noticed(read: Read) -> None:
    content = json.dumps({f"k{n}": {**record, "padding": "x" * 400} for n, record in enumerate(RECORDS * 900)})
    found = read(content[: content.index('"k3500"')])
    assert len(found.texts) == 3500
    assert "cut short" in found.rejects[-1].reason
    found = read(content.replace('"k3500"', "k3500", 1))
    assert len(found.texts) == 3500
    assert "the rest is not read" in found.rejects[-1].reason


def test_lines_and_a_broken_record_in_lists_by_key_are_counted(read: Read) -> None:
    content = json.dumps({"Kettle": RECORDS[:2], "Pot": RECORDS[2:]}, indent=1)
    records = json.dumps({"Kettle": RECORDS * 2000, "Pot": RECORDS}, indent=1).replace('"k3",', '"k3', 1)
    assert read(content).texts == TEXTS
    found = read(records)
    assert len(found.texts) == 8003
    assert found.lines == [21]
    assert found.source.notes == ("lists of the same kind beside the first one, read too: 1",)


def test_a_plain_record_keeps_its_lists(read: Read) -> None:
    records = [{**record, "history": [{"text": "It was opened by the helpdesk"}]} for record in RECORDS]
    assert read(json.dumps(records)).texts == TEXTS


def test_a_file_that_is_json_in_a_string_is_read(read: Read) -> None:
    assert read(json.dumps(json.dumps(RECORDS)), name="twice.json").texts == TEXTS


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_shape_stands_in_the_docs(shape: Shape) -> None:
    page = Path(__file__).parents[2] / "docs" / "how-to" / "scan-an-export.md"
    assert f"| {shape.title} |" in page.read_text(encoding="utf-8")
