from __future__ import annotations

import pytest
from reading import Read

from cxscan.errors import InputError, UsageError
from cxscan.read.columns.text_columns import is_company_reply
from cxscan.read.values.column_names import normalise_column_name

TEXTS = [
    "Delivery was two days late and nobody told me",
    "Love the new dashboard it saves me an hour a day",
    "Checkout keeps failing with my card",
    "Support answered within minutes and fixed it",
]


def rows(*columns: list[str]) -> str:
    return "".join(",".join(cells) + "\n" for cells in zip(*columns, strict=True))


NUMBERS = ["1", "2", "3", "4"]


@pytest.mark.parametrize("name", ["reviewText", "Review_Text", " review text ", "REVIEW-TEXT"])
def test_names_are_compared_as_words(name: str) -> None:
    assert normalise_column_name(name) == "review text"


@pytest.mark.parametrize(
    "name",
    ["Developer Reply Text", "replyContent", "Company Response", "reviewCompanyResponse", "ownerAnswer", "repliedAt",
     "response.body", "developerComment.text", "Response from the owner", "Notes", "hotel_response", "Our answer",
     "Internal Comments", "agent_message", "Antwort des Inhabers", "Resolution"],
)  # fmt: skip
def test_the_companys_words_are_known_by_name(name: str) -> None:
    assert is_company_reply(name)


@pytest.mark.parametrize(
    "name",
    ["Review Text", "Open-Ended Response", "comment", "What did our staff comment on?", "content", "Customer Remarks",
     "How was the response of our support?", "Comments about our service", "Any comments for the staff of this hotel"],
)  # fmt: skip
def test_the_customers_words_are_not_taken_for_the_companys(name: str) -> None:
    assert not is_company_reply(name)


def test_text_is_found_by_name(read: Read) -> None:
    found = read("a,b,comment\n" + rows(TEXTS, NUMBERS, ["x", "y", "", "z"]))
    assert found.fields[0] == "comment"


def test_text_is_found_by_content(read: Read) -> None:
    found = read("a,b,c\n" + rows(NUMBERS, TEXTS, ["red", "blue", "red", "red"]))
    assert found.texts == TEXTS
    assert "long and varied" in found.layout.columns[1].reason


def test_the_reply_is_passed_over_even_where_it_is_longer(read: Read) -> None:
    replies = [f"Dear customer thank you so much for taking the time to tell us that {text}" for text in TEXTS]
    found = read("id,review,owner_response\n" + rows(NUMBERS, TEXTS, replies))
    assert found.texts == TEXTS
    assert found.layout.of_role("reply") == ("owner_response",)


@pytest.mark.parametrize(
    ("good", "bad"),
    [("pros", "cons"), ("liked", "disliked"), ("Positive_Review", "Negative_Review"), ("love", "hate")],
)
def test_parallel_columns_are_two_comments_of_one_record(read: Read, good: str, bad: str) -> None:
    found = read(f"id,{good},{bad}\n" + rows(NUMBERS, TEXTS, TEXTS[::-1]))
    assert found.fields[:2] == [good, bad]
    assert found.records == [1, 1, 2, 2, 3, 3, 4, 4]


def test_every_open_question_of_a_survey_is_read(read: Read) -> None:
    found = read("id,What did you like?,What should we change?,Which plan?\n" + rows(NUMBERS, TEXTS, TEXTS, NUMBERS))
    assert set(found.fields) == {"What did you like?", "What should we change?"}


def test_where_several_may_be_the_text_the_error_lists_them(read: Read) -> None:
    with pytest.raises(UsageError, match=r"review \(.*comment \(.*--text COLUMN"):
        read("id,review,comment\n" + rows(NUMBERS, TEXTS, TEXTS[::-1]))


def test_the_clearly_longer_of_two_is_the_text(read: Read) -> None:
    found = read("id,review,comment\n" + rows(NUMBERS, TEXTS, ["so so", "not good", "too slow", "it is"]))
    assert set(found.fields) == {"review"}


def test_a_file_of_scores_has_no_text(read: Read) -> None:
    with pytest.raises(InputError, match=r"no column holds customers' words \(columns: timestamp, score, customer\)"):
        read("timestamp,score,customer\n2018-07-31T17:20:10Z,9,77\n2018-07-31T17:21:10Z,3,78\n")


def test_tickets_without_their_text_have_none(read: Read) -> None:
    with pytest.raises(InputError, match="--text"):
        read("Id,Subject,Tags,Status\n1,Cannot log in at all today,billing,Open\n")


@pytest.mark.parametrize("option", ["text", "title", "rating", "date", "id", "by"])
def test_an_unknown_column_is_named_with_the_nearest(read: Read, option: str) -> None:
    value: object = ("coment",) if option in ("text", "by") else "coment"
    with pytest.raises(UsageError, match=rf"--{option} coment: no such column; did you mean comment\?"):
        read("id,comment\n1,Good\n", **{option: value})


def test_columns_are_asked_for_without_regard_to_case_and_edges(read: Read) -> None:
    found = read("id , My Words ,stars\n1,Good,4\n", text=("my  words ",), rating="STARS")
    assert (found.texts, found.ratings) == (["Good"], [4000])
    assert found.fields == ["My Words"]


@pytest.mark.parametrize("option", ["text", "title", "rating", "date", "id", "by"])
def test_a_column_that_is_called_exactly_so_comes_first(read: Read, option: str) -> None:
    value: object = ("day",) if option in ("text", "by") else "day"
    request: dict[str, object] = {"text": ("Words",), option: value}
    cell = "4" if option == "rating" else "2024-05-01"
    for content in (
        f"Words,Day, day,day\nit broke,8,9,{cell}\n",
        f'{{"Words":"it broke","Day":"8"," day":"9","day":"{cell}"}}\n{{"Words":"good"}}\n',
    ):
        layout = read(content, **request).layout
        names = [column.name for column in layout.columns]
        role = "segment" if option == "by" else option
        assert layout.of_role(role) == (names[3],)  # type: ignore[arg-type]


def test_a_source_names_the_column_meant(read: Read) -> None:
    source = read("Comment,Label,label\nit broke,x,negative\n").source
    assert source.column("label") == "label.2"
    assert source.column("LABEL") == "Label"
    assert source.column("other") is None


def test_several_text_columns_can_be_asked_for(read: Read) -> None:
    found = read("id,a,b\n1,x,y\n", text=("b", "a", "b"))
    assert list(zip(found.fields, found.texts, strict=True)) == [("b", "y"), ("a", "x")]


def test_the_overall_rating_comes_before_the_others(read: Read) -> None:
    found = read("comfort_rating,overall_rating,comment\n1,4,Good\n2,5,Bad\n")
    assert found.ratings == [4000, 5000]
    considered = {one.column: one.chosen for one in found.layout.candidates if one.role == "rating"}
    assert considered == {"comfort_rating": False, "overall_rating": True}


def test_ratings_as_likely_as_each_other_are_left_alone(read: Read) -> None:
    found = read("food_rating,staff_rating,comment\n1,4,Good\n2,5,Bad\n")
    assert found.ratings == [None, None]
    assert all("--rating" in one.reason for one in found.layout.candidates if one.role == "rating")


COMMENTS = ("They were quick and kind", "Still no answer after a week", "Fine but it took two calls")


def worded(header: str, *answers: str) -> str:
    """An export with `comment` as its last column."""
    rows = [f"{answer},{comment} {n}" for n in range(4) for answer, comment in zip(answers, COMMENTS, strict=True)]
    return "\n".join([f"{header},comment", *rows]) + "\n"


@pytest.mark.parametrize(
    ("header", "answers", "column"),
    [
        ("value", ("great", "okay", "not good"), "value"),
        ("name,value,category", ("Happy,😀,promoter", "Neutral,😐,passive", "Sad,🙁,detractor"), "value"),
        ("name,value,category", ("NPS,9,promoter", "NPS,7,passive", "NPS,2,detractor"), "value"),
        ("Survey Type,Sentiment", ("NPS,Promoter", "NPS,Passive", "NPS,Detractor"), "Sentiment"),
    ],
)
def test_answers_in_words_are_the_rating_where_no_name_says_so(
    read: Read, header: str, answers: tuple[str, ...], column: str
) -> None:
    found = read(worded(header, *answers))
    assert found.layout.scale is not None
    assert found.layout.scale.column == column
    assert found.ratings[0] > found.ratings[1] > found.ratings[2]


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("value,service", ("good,poor", "poor,good", "fair,fair")),  # one answer of several: which one?
        ("sentiment", ("positive", "negative", "neutral")),  # somebody's label
        ("value", ("12", "250", "99")),  # of an order
        ("value,category", ("12,toys", "250,garden", "99,toys")),
        ("value,food_rating,staff_rating", ("good,4,5", "poor,2,1", "fair,3,3")),
    ],
)
def test_words_that_may_be_no_rating_are_left_alone(read: Read, header: str, answers: tuple[str, ...]) -> None:
    assert set(read(worded(header, *answers)).ratings) == {None}


def test_an_id_names_one_record_only(read: Read) -> None:
    found = read("id,comment_id,comment\n7,a,Good\n7,b,Bad\n")
    assert found.ids == ["a", "b"]


def test_the_date_of_the_comment_is_not_that_of_the_reply(read: Read) -> None:
    found = read("Reply Date,Date,Scraped at,comment\n2024-03-02,2024-03-01,2024-03-09,Good\n")
    assert found.dates == ["2024-03-01"]


def test_the_only_column_must_have_a_name_that_is_one(read: Read) -> None:
    lines = "Great value for the price\nWorks exactly as described\nNever again, too slow for us\n"
    with pytest.raises(UsageError, match="a header or a comment"):
        read(lines)
    assert len(read("What did you think?\n" + lines).texts) == 3


def test_every_column_has_a_role_and_every_choice_a_reason(read: Read) -> None:
    found = read("id,date,rating,comment,reply,x,z\n1,2024-03-01,4,Good,Thanks,y,7\n", by=("x",))
    roles = [column.role for column in found.layout.columns]
    assert roles == ["id", "date", "rating", "text", "reply", "segment", "other"]
    assert all(column.reason for column in found.layout.columns)
    assert {one.role for one in found.layout.candidates if one.chosen} == {"text", "rating", "date", "id"}


def test_the_only_column_of_dates_is_the_date(read: Read) -> None:
    found = read("When,Job,comment\n03/04/2026,77,Good\n21/05/2026,78,Bad\n22/05/2026,79,Fine\n")
    assert found.dates == ["2026-04-03", "2026-05-21", "2026-05-22"]


@pytest.mark.parametrize(
    "text",
    [
        "Opened,Closed,comment\n2026-04-03,2026-04-05,Good\n2026-05-21,2026-05-22,Bad\n",
        "Reference,comment\n20260403,Good\n20260521,Bad\n",
    ],
)
def test_dates_that_may_be_none_of_the_comment_are_left_alone(read: Read, text: str) -> None:
    assert set(read(text).dates) == {None}


def test_a_question_answered_in_words_is_the_rating(read: Read) -> None:
    found = read("How did we do?,comment\nVery happy,Good\nVery unhappy,Bad\nHappy,Fine\n")
    assert found.ratings == [5_000, 1_000, 4_000]


@pytest.mark.parametrize("given", [{"since": "2026-01-01"}, {"until": "2026-01-01"}])
def test_a_span_of_dates_needs_dates(read: Read, given: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="name it with --date"):
        read("comment,stars\nGood,4\nBad,2\n", **given)


def test_segments_go_by_the_name_that_was_asked_for(read: Read) -> None:
    found = read("comment,channel\nGood,web\nBad,app\n", by=("Channel",))
    assert found.comments.segments == {"Channel": ["web", "app"]}
