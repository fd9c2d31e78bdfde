from __future__ import annotations

import csv
import io

import pytest
from reading import Read

from cxscan.errors import UsageError
from cxscan.read import PRESETS
from cxscan.read.columns.presets import recognise

TEXT = "Delivery was two days late"
OTHER = "Support answered within minutes"
EXPORTS: dict[str, tuple[dict[str, str], list[tuple[str, str]], int | None, str | None, str | None]] = {
    "booking": (
        {
            "review_score": "9.1",
            "date_of_stay": "\nAugust 2022\n",
            "review_score_badge": " 9.0 ",
            "review_text_positive": TEXT,
            "review_text_negative": "N/A",
        },
        [("review_text_positive", TEXT), ("review_text_negative", "")],
        9000,
        "2022-08-01",
        None,
    ),
    "booking-europe": (
        {"Review_Date": "8/3/2017", "Negative_Review": "No Negative", "Positive_Review": TEXT, "Reviewer_Score": "7,5"},
        [("Positive_Review", TEXT), ("Negative_Review", "")],
        7500,
        "2017-08-03",
        None,
    ),
    "google-play": (
        {
            "Package Name": "com.example",
            "Review Submit Date and Time": "2025-11-05T14:40:32Z",
            "Review Submit Millis Since Epoch": "1762353632542",
            "Star Rating": "5",
            "Review Title": "",
            "Review Text": TEXT,
            "Developer Reply Text": OTHER,
            "Review Link": "http://play.example/?reviewId=7",
        },
        [("Review Text", TEXT)],
        5000,
        "2025-11-05T14:40:32+00:00",
        "http://play.example/?reviewId=7",
    ),
    "google-play-scraper": (
        {
            "reviewId": "r1",
            "content": TEXT,
            "score": "1",
            "thumbsUpCount": "3",
            "at": "2026-09-08 06:38:04",
            "replyContent": OTHER,
        },
        [("content", TEXT)],
        1000,
        "2026-09-08T06:38:04",
        "r1",
    ),
    "app-store": (
        {
            "rating": "5",
            "title": "Awesome!",
            "body": TEXT,
            "reviewerNickname": "Anne",
            "createdDate": "2017-11-15T08:10:34-08:00",
        },
        [("body", f"Awesome! {TEXT}")],
        5000,
        "2017-11-15T08:10:34-08:00",
        None,
    ),
    "app-store-scraper": (
        {"date": "2017-11-15 08:10:34", "review": TEXT, "rating": "4", "isEdited": "False", "title": "Hm"},
        [("review", f"Hm. {TEXT}")],
        4000,
        "2017-11-15T08:10:34",
        None,
    ),
    "trustpilot": (
        {
            "Review Id": "r1",
            "Review Created (UTC)": "2026-01-02 10:00:00",
            "Review Title": "Delivery was…",
            "Review Content": TEXT,
            "Review Stars": "2",
            "Company Response": OTHER,
        },
        [("Review Content", TEXT)],
        2000,
        "2026-01-02T10:00:00",
        "r1",
    ),
    "trustpilot-scraper": (
        {
            "reviewId": "r1",
            "reviewDate": "2026-05-28T06:33:35.000Z",
            "reviewTitle": "Hm",
            "reviewDescription": TEXT,
            "reviewRatingScore": "2",
            "reviewCompanyResponse": "NA",
        },
        [("reviewDescription", TEXT)],
        2000,
        "2026-05-28T06:33:35+00:00",
        "r1",
    ),
    "qualtrics": (
        {"RecordedDate": "2025-08-19 22:05:01", "ResponseId": "R_1", "Q1": "9", "Why did you say so?": TEXT},
        [("Why did you say so?", TEXT)],
        None,
        "2025-08-19T22:05:01",
        "R_1",
    ),
    "surveymonkey": (
        {"Respondent ID": "11", "Collector ID": "42", "Date Created": "2024-03-01", "What could we do better?": TEXT},
        [("What could we do better?", TEXT)],
        None,
        "2024-03-01",
        "11",
    ),
    "typeform": (
        {
            "#": "a1",
            "What did you <strong>like</strong>?": TEXT,
            "How likely are you to recommend us?": "9",
            "Submit Date (UTC)": "2024-10-05 02:40:31",
            "Network ID": "n",
        },
        [("What did you <strong>like</strong>?", TEXT)],
        9000,
        "2024-10-05T02:40:31",
        "a1",
    ),
    "delighted": (
        {"Response ID": "1", "Score": "9", "Comment": TEXT, "Response URL": "https://d.example/1", "Notes": OTHER},
        [("Comment", TEXT)],
        9000,
        None,
        "1",
    ),
    "zendesk-csat": (
        {
            "id": "3",
            "ticket_id": "208",
            "score": "good",
            "comment": TEXT,
            "assignee_id": "1",
            "created_at": "2011-07-20T22:55:29Z",
        },
        [("comment", TEXT)],
        1000,
        "2011-07-20T22:55:29+00:00",
        "3",
    ),
    "medallia": (
        {"request_id": "q", "response_received_at": "2024-01-02T10:00:00Z", "star_rating": "5", "comments": TEXT},
        [("comments", TEXT)],
        5000,
        "2024-01-02T10:00:00+00:00",
        "q",
    ),
    "nhs-fft": (
        {"Comment ID": "N1", "Date": "30/09/2021", "FFT categorical answer": "1", "FFT answer": "Did not answer"},
        [("FFT answer", "")],
        5000,
        "2021-09-30",
        "N1",
    ),
    "wootric": (
        {"id": "1", "score": "3", "text": TEXT, "origin_url": "x", "completed": "true", "created_at": "1617149700"},
        [("text", TEXT)],
        3000,
        "2021-03-31T00:15:00+00:00",
        "1",
    ),
    "g2": (
        {
            "id": "18532",
            "type": "survey_responses",
            "attributes": repr(
                {
                    "title": "Good",
                    "star_rating": 4.5,
                    "submitted_at": "2024-03-26T01:06:06.749-05:00",
                    "comment_answers": {
                        "love": {"text": "What do you like best?", "value": f" {TEXT}\r\n"},
                        "hate": {"text": "What do you dislike?", "value": OTHER},
                    },
                }
            ),
            "relationships": "{}",
        },
        [("love", TEXT), ("hate", OTHER)],
        4500,
        "2024-03-26T01:06:06.749000-05:00",
        "18532",
    ),
}


def as_csv(*records: dict[str, str]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, records[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return file.getvalue()


def test_every_preset_has_an_export_here() -> None:
    assert set(EXPORTS) == set(PRESETS)


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_an_export_is_recognised_and_read(read: Read, name: str) -> None:
    record, answers, rating, date, identity = EXPORTS[name]
    found = read(as_csv(record))
    assert found.layout.preset == name
    assert list(zip(found.fields, found.texts, strict=True)) == answers
    assert set(found.ratings) == {rating}
    assert set(found.dates) == {date}
    assert set(found.ids) == {identity}


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_no_export_is_taken_for_another(name: str) -> None:
    preset = recognise(list(EXPORTS[name][0]), None)
    assert preset is not None
    assert preset.name == name


def test_an_unknown_preset_is_named_with_the_nearest(read: Read) -> None:
    with pytest.raises(UsageError, match=r"--preset bookin: .* did you mean booking"):
        read("id,comment\n1,Good\n", preset="bookin")


def test_a_preset_whose_column_is_missing_is_a_usage_error(read: Read) -> None:
    for preset in ("g2", "trustpilot"):
        with pytest.raises(UsageError, match=f"--preset {preset}: .* has no column"):
            read("id,comment\n1,Good\n", preset=preset)


def test_options_come_before_the_preset(read: Read) -> None:
    record = EXPORTS["booking"][0]
    found = read(as_csv(record), text=("review_text_positive",), rating="review_score", scale=(0, 20))
    assert found.fields == ["review_text_positive"]
    assert found.ratings == [9100]
    assert found.comments.scale is not None
    assert found.comments.scale.high == 20_000


def g2(attributes: str) -> dict[str, str]:
    return {**EXPORTS["g2"][0], "attributes": attributes}


def test_a_record_without_answers_is_counted(read: Read) -> None:
    found = read(as_csv(g2("{'star_rating': 4.0, 'comment_answers': {}}")))
    assert (found.texts, found.ratings, found.count) == ([""], [4000], 1)


def test_answers_that_are_no_dictionary_are_rejected(read: Read) -> None:
    bad = ["", "[1]", "{'a': open('x')}", "{" * 5000 + "}" * 5000, "{'a': '" + "x" * (2 << 20) + "'}"]
    found = read(as_csv(EXPORTS["g2"][0], *map(g2, bad), EXPORTS["g2"][0]))
    assert [one.record for one in found.rejects] == [2, 3, 4, 5, 6]
    assert found.records == [1, 1, 7, 7]


def test_a_csat_answer_has_a_scale_of_two(read: Read) -> None:
    found = read(as_csv(EXPORTS["zendesk-csat"][0]))
    assert found.comments.scale is not None
    assert found.comments.scale[1:] == (0, 1000)


@pytest.mark.parametrize("value", ["b'x'", "{1, 2}", "1+2j", "...", "0x" + "f" * 5000])
def test_answers_that_json_has_no_word_for_cost_their_record(read: Read, value: str) -> None:
    answers = "{'love': {'text': 'q', 'value': 'Fine'}}"
    cells = [f"{{'star_rating': {stars}, 'comment_answers': {answers}}}" for stars in ("4.0", value, "5.0")]
    found = read(as_csv(*map(g2, cells)))
    assert found.texts == ["Fine", "Fine"]
    assert [reject.record for reject in found.rejects] == [2]


def test_answers_that_cannot_be_written_again_are_mended(read: Read) -> None:
    found = read(as_csv(g2("{'comment_answers': {'love': {'text': 'q', 'value': 'a\\ud800b\\x00'}}}")))
    assert found.texts == ["a\ufffdb"]
