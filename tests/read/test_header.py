from __future__ import annotations

from reading import Read

from cxscan.read.values.column_names import distinct_names

IDS = (
    '"{""ImportId"":""startDate"",""timeZone"":""America/Denver""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"'
)


def test_names_are_told_apart() -> None:
    assert distinct_names(["id", "comment", "Comment", "", "comment"]) == (
        "id",
        "comment",
        "Comment.2",
        "column 4",
        "comment.3",
    )


def test_a_name_that_is_taken_is_not_given() -> None:
    assert distinct_names(["a", "a", "a.2"]) == ("a", "a.3", "a.2")


def test_the_second_of_two_columns_of_one_name_can_be_asked_for(read: Read) -> None:
    assert read("id,comment,comment\n1,Good,Bad\n", text=("comment.2",)).texts == ["Bad"]


def test_three_header_rows_of_qualtrics_are_no_comments(read: Read) -> None:
    found = read(
        "StartDate,Q1,Q2_TEXT\n"
        'Start Date,How likely are you to recommend us?,"Please tell us why, in your own words:"\n'
        f"{IDS}\n"
        "2024-03-01 10:00:00,9,Delivery was late\n2024-03-01 11:00:00,3,Works as described\n"
    )
    assert found.texts == ["Delivery was late", "Works as described"]
    assert found.ratings == [9000, 3000]
    assert found.layout.preset == "qualtrics"
    assert found.layout.scale is not None
    assert found.layout.scale[1:] == (0, 10_000)


def test_two_header_rows_of_old_qualtrics_are_no_comments(read: Read) -> None:
    found = read("V1,V2,Q1\nResponseID,ResponseSet,What could we do better?\nR_1,Default,Nothing at all really\n")
    assert found.texts == ["Nothing at all really"]


def test_sub_headers_of_surveymonkey_are_no_comments(read: Read) -> None:
    found = read(
        "Respondent ID,Collector ID,How was it?,Please rate each aspect,,What could we do better?\n"
        ",,Response,Speed,Quality,Open-Ended Response\n"
        "110000,42,Satisfied,4,5,Nothing at all comes to mind\n110001,42,Satisfied,3,4,Answer the phone please\n"
    )
    assert found.texts == ["Nothing at all comes to mind", "Answer the phone please"]
    names = [column.name for column in found.layout.columns]
    assert names[2:] == [
        "How was it?",
        "Please rate each aspect: Speed",
        "Please rate each aspect: Quality",
        "What could we do better?",
    ]


def test_an_empty_second_header_row_is_passed_over(read: Read) -> None:
    found = read("Respondent ID,Collector ID,comment\n,,\n1,42,Good\n")
    assert (found.texts, found.count) == (["Good"], 1)


def test_questions_may_hold_line_breaks_and_spaces(read: Read) -> None:
    found = read('id,"What could we\n do  better? "\n1,Answer the phone please\n', text=("what could we do better?",))
    assert found.texts == ["Answer the phone please"]
    assert found.fields == ["What could we do better?"]


def test_many_names_that_are_the_same_are_told_apart_at_once() -> None:
    names = distinct_names(["a"] * 50_000)
    assert (len(set(names)), names[-1]) == (50_000, "a.50000")
