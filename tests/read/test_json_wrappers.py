"""JSON values that stand in a wrapper: each kind with an invented file of its own."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from reading import Read

from cxscan.errors import InputError, UsageError

TEXTS = ["The kettle leaks at the lid", "Quick answer from the helpdesk", "Costs too much for a kettle"]


def test_items_whose_fields_are_lists_of_one_are_read(read: Read) -> None:
    items = [
        {"author": ["Ann"], "content": [text], "score": [str(1 + 2 * n)], "date": [f"2026-05-0{n + 1}"], "tags": []}
        for n, text in enumerate(TEXTS)
    ]
    found = read(json.dumps(items), name="items.json", by=("author",))
    assert found.texts == TEXTS
    assert found.ratings == [1000, 3000, 5000]
    assert found.dates == ["2026-05-01", "2026-05-02", "2026-05-03"]
    assert found.comments.segments == {"author": ["Ann"] * 3}


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (["See ", {"type": "link", "text": "kettle.example"}, ": it leaks"], "See kettle.example: it leaks"),
        ([{"type": "bold", "text": "Never again"}], "Never again"),
        ([{"insert": "Never "}, {"insert": "again", "attributes": {"bold": True}}], "Never again"),
        (["It leaks at the lid.", "The helpdesk was quick."], "It leaks at the lid.\nThe helpdesk was quick."),
        (["\n  It leaks", " at the lid.\n"], "It leaks at the lid."),
        ([], ""),
        (
            [
                {"type": "text", "text": {"content": "It "}, "annotations": {}, "plain_text": "It ", "href": None},
                {"type": "text", "text": {"content": "leaks"}, "annotations": {}, "plain_text": "leaks", "href": None},
            ],
            "It leaks",
        ),
    ],
)
def test_the_pieces_of_a_text_are_put_together(read: Read, text: object, read_as: str) -> None:
    messages = [{"id": n, "text": text if n == 1 else words} for n, words in enumerate(TEXTS)]
    found = read(json.dumps({"messages": messages}), name="result.json")
    assert found.texts == [TEXTS[0], read_as, TEXTS[2]]
    assert found.rejects == []


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ({"en": TEXTS[0]}, TEXTS[0]),
        ({"de": "Der Deckel ist undicht", "en-GB": TEXTS[0]}, TEXTS[0]),
        ({"de": "Der Deckel ist undicht", "fr": None}, "Der Deckel ist undicht"),
        ({"zh_Hans": "", "pt-BR": "A tampa vaza"}, "A tampa vaza"),
        ({}, ""),
        ({"en": None}, ""),
    ],
)
def test_a_text_by_language_is_the_english_one_or_the_first(read: Read, text: object, read_as: str) -> None:
    reviews = [{"review_text": {"en": TEXTS[1]}, "rating": 2}, {"review_text": text, "rating": 5}]
    found = read(json.dumps(reviews), name="reviews.json")
    assert found.texts == [TEXTS[1], read_as]
    assert found.fields == ["review_text"] * 2
    assert found.ratings == [2000, 5000]


def test_keys_that_only_look_like_languages_stay_columns(read: Read) -> None:
    found = read('[{"user": {"id": "7"}, "comment": {"text": "It leaks"}}]', by=("user.id",))
    assert found.comments.segments == {"user.id": ["7"]}


WRAPPED = {
    "labels of a feed": (
        '{"id":{"label":"a1"},"content":{"label":"It leaks","attributes":{"type":"text"}},"im:rating":{"label":"2"},'
        '"updated":{"label":"2026-05-01T08:00:00-07:00"},"author":{"name":{"label":"Ann"},"label":""}}'
    ),
    "canonical Extended JSON": (
        '{"_id":{"$oid":"a1"},"content":"It leaks","rating":{"$numberDouble":"2.0"},'
        '"created_at":{"$date":"2026-05-01T08:00:00-07:00"}}'
    ),
    "DynamoDB": (
        '{"Item":{"id":{"S":"a1"},"content":{"S":"It leaks"},"rating":{"N":"2"},'
        '"created_at":{"S":"2026-05-01T08:00:00-07:00"},"reply":{"NULL":true}}}'
    ),
    "Firestore": (
        '{"fields":{"id":{"stringValue":"a1"},"content":{"stringValue":"It leaks"},"rating":{"integerValue":"2"},'
        '"created_at":{"timestampValue":"2026-05-01T08:00:00-07:00"}}}'
    ),
    "a union of Avro": (
        '{"id":"a1","content":{"string":"It leaks"},"rating":{"int":2},"date":{"string":"2026-05-01T08:00:00-07:00"}}'
    ),
    "WordPress": (
        '{"id":"a1","content":{"rendered":"It leaks","protected":false},"rating":2,"date":"2026-05-01T08:00:00-07:00"}'
    ),
    "XML as JSON": (
        '{"@id":"x","id":{"#text":"a1"},"content":{"@lang":"en","#text":"It leaks"},"rating":{"_text":"2"},'
        '"date":{"$t":"2026-05-01T08:00:00-07:00"}}'
    ),
    "JSON-LD": (
        '{"id":"a1","content":{"@value":"It leaks","@language":"en"},"rating":2,"date":"2026-05-01T08:00:00-07:00"}'
    ),
    "a text beside its language": (
        '{"id":"a1","content":{"text":"It leaks","languageCode":"en"},"rating":2,"date":"2026-05-01T08:00:00-07:00"}'
    ),
    "a text beside its HTML": (
        '{"id":"a1","content":{"html":"<p>It leaks</p>","text":"It leaks"},"rating":2,'
        '"date":"2026-05-01T08:00:00-07:00"}'
    ),
    "values beside their type": (
        '{"id":"a1","content":{"type":"text","text":"It leaks"},"rating":{"type":"number","number":2},'
        '"date":"2026-05-01T08:00:00-07:00"}'
    ),
}


@pytest.mark.parametrize("record", WRAPPED.values(), ids=WRAPPED.keys())
def test_a_value_in_a_wrapper_is_read(read: Read, record: str) -> None:
    found = read("\n".join(record.replace("a1", f"a{number}") for number in range(1, 4)), name="export.jsonl")
    assert found.texts == ["It leaks"] * 3
    assert found.ids == ["a1", "a2", "a3"]
    assert found.ratings == [2000] * 3
    assert [str(date)[:10] for date in found.dates] == ["2026-05-01"] * 3


def test_the_key_inside_a_wrapper_can_still_be_named(read: Read) -> None:
    found = read(f"[{WRAPPED['labels of a feed']}]", text=("content.label",), rating="im:rating.label")
    assert (found.texts, found.ratings) == (["It leaks"], [2000])


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ([{"body": "It leaks"}, {"n": 1}], "--json-path comment reads them as records"),
        ([["It leaks"]], "name another column with --text COLUMN"),
    ],
)
def test_a_text_that_stays_a_structure_is_refused_with_the_option_that_reads_it(
    read: Read, value: object, remedy: str
) -> None:
    with pytest.raises(UsageError, match=f"in every record, comment is .*, not text; {remedy}"):
        read(json.dumps([{"id": 1, "comment": value}] * 3), text=("comment",))


@pytest.mark.parametrize("wrap", [lambda page: {"page": 2, "data": page}, lambda page: {"result": {"items": page}}])
def test_pages_among_records_are_read(read: Read, wrap: Callable[[list[object]], object]) -> None:
    records: list[object] = [{"id": n, "comment": text} for n, text in enumerate([*TEXTS, *TEXTS])]
    found = read("\n".join(map(json.dumps, [*records[:3], wrap(records[3:])])), name="pages.jsonl")
    assert (found.texts, found.count) == ([*TEXTS, *TEXTS], 6)


@pytest.mark.parametrize(
    "answer",
    [
        {"error": "unauthorized", "message": "Token expired"},
        {"message": "Not found here", "documentation_url": "https://kettle.example/rest"},
        {"statusCode": 401, "message": "Sign in first"},
        {"success": False, "errors": [{"code": "E1", "message": "The token is too old"}]},
    ],
)
def test_an_error_that_a_service_answered_is_named(read: Read, answer: dict[str, object]) -> None:
    with pytest.raises(InputError, match="this is an error that a service answered"):
        read(json.dumps(answer), name="answer.json")


def test_a_record_alone_with_a_status_is_no_error(read: Read) -> None:
    assert read(json.dumps({"status": "new", "message": TEXTS[0]}), name="one.json").texts == [TEXTS[0]]


def test_a_record_among_products_is_read(read: Read) -> None:
    products = [
        {"sku": "K1", "reviews": [{"id": 1, "comment": TEXTS[0]}, {"id": 2, "comment": TEXTS[1]}]},
        {"sku": "K2"},
        {"sku": "K3", "reviews": []},
        {"sku": "K4", "id": 3, "comment": TEXTS[2]},
    ]
    assert read(json.dumps(products), name="products.json").texts == TEXTS
