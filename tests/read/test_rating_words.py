from __future__ import annotations

from itertools import pairwise

import pytest
from reading import Read

from cxscan.model import Scale
from cxscan.read.values.rating_cells import parse_rating
from cxscan.read.values.rating_words import WORDINGS, normalise_answer
from cxscan.read.values.ratings import RatingScale, infer_scale

TEXTS = ("Delivery was two days late and nobody told me", "Love the new dashboard", "Works as described, so far")


def form_of(*cells: str, column: str = "rating", question: str = "") -> RatingScale:
    return infer_scale(column, question or column, cells)


def rated(*cells: str) -> list[float | None]:
    """Ratings of the cells by the form that they settle."""
    wording = form_of(*cells).wording
    units = [parse_rating(cell, wording) for cell in cells]
    return [None if one is None else one / 1000 for one in units]


@pytest.mark.parametrize(
    "levels",
    [
        "Very dissatisfied|Dissatisfied|Neutral|Satisfied|Very satisfied",
        "Very dissatisfied|Somewhat dissatisfied|Neither satisfied nor dissatisfied|Somewhat satisfied|Very satisfied",
        "Extremely dissatisfied|Somewhat dissatisfied|Neutral|Somewhat satisfied|Extremely satisfied",
        "Very poor|Poor|Neither good nor poor|Good|Very good",
        "Very poor|Poor|Fair|Good|Excellent",
        "Poor|Fair|Good|Very good|Excellent",
        "Terrible|Poor|Average|Very good|Excellent",
        "Very bad|Bad|OK|Good|Very good",
        "Strongly disagree|Disagree|Neither agree nor disagree|Agree|Strongly agree",
        "Very unlikely|Unlikely|Neutral|Likely|Very likely",
        "Extremely unlikely|Unlikely|Neither likely nor unlikely|Likely|Extremely likely",
        "Not at all likely|Not so likely|Somewhat likely|Very likely|Extremely likely",
        "Very difficult|Difficult|Neutral|Easy|Very easy",
        "😡|🙁|😐|🙂|😀",
        "😠|🙁|😐|😃|🤩",
        "😠|☹️|😐|😊|😍",
    ],
)
def test_five_answers_are_one_to_five(levels: str) -> None:
    answers = levels.split("|")
    assert rated(*answers) == [1, 2, 3, 4, 5]
    assert rated(*map(str.upper, answers)) == [1, 2, 3, 4, 5]
    assert form_of(*answers).scale == Scale("rating", 1000, 5000)


@pytest.mark.parametrize(
    ("levels", "low"),
    [
        ("👎|👍", 0),
        ("👎🏽|👍🏿", 0),
        ("Bad|Good", 0),
        ("bad_with_comment|good_without_comment", 0),
        ("Not good|Okay|Great", 1),
        ("☹️|😐|😀", 1),
        ("Sad|Neutral|Happy", 1),
        ("Poor|Fair|Good|Excellent", 1),
        ("Strongly disagree|Disagree|Somewhat disagree|Neither agree nor disagree|Somewhat agree|Agree|Strongly agree",
         1),
        ("Extremely hard|Mostly hard|Slightly hard|Neither easy nor hard|Slightly easy|Mostly easy|Extremely easy", 1),
        ("Extremely unhappy|Very unhappy|Unhappy|Neutral|Happy|Very happy|Extremely happy", 1),
    ],
)  # fmt: skip
def test_other_numbers_of_answers_have_a_scale_as_long(levels: str, low: int) -> None:
    answers = levels.split("|")
    assert rated(*answers) == [*range(low, low + len(answers))]


def test_groups_of_recommenders_are_points_whose_mean_is_the_nps() -> None:
    form = form_of("Promoter", "Detractor", "passive", column="NPS group")
    assert form.scale == Scale("NPS group", -100_000, 100_000)
    assert rated("Promoter", "Detractor", "passive") == [100, -100, 0]


def test_an_answer_that_is_missing_does_not_move_the_others() -> None:
    assert rated("Very satisfied", "Dissatisfied") == [5, 2]
    assert rated("Very poor", "Good", "Good") == [1, 4, 4]


def test_unknown_words_and_no_answers_are_no_rating(read: Read) -> None:
    found = read("rating,comment\nVery good,a\nVery poor,b\nDon't know,c\nMeh,d\n,e\nGood,f\n")
    assert found.ratings == [5000, 1000, None, None, None, 4000]
    assert found.source.notes == ("ratings in rating that could not be read: 1",)
    assert found.layout.scale_reason == "its answers run from very poor to very good"


def test_words_in_a_column_of_numbers_are_no_rating() -> None:
    assert form_of("4", "5", "good").wording is None


def test_every_wording_has_its_steps_in_one_row() -> None:
    for wording in WORDINGS:
        steps = sorted(set(wording.ratings.values()))
        assert (steps[0], steps[-1]) == (wording.low, wording.high)
        assert len({after - before for before, after in pairwise(steps)}) == 1
        assert all(normalise_answer(answer) == answer for answer in wording.ratings)


@pytest.mark.parametrize(
    ("question", "cells", "high"),
    [
        ("Customer Effort Score", "7 6 5 7 2", 7),
        ("CES", "6 5 3 1 6", 7),
        ("How easy was it to get help?", "1 7 7 3 9" + " 6" * 60, 7),
        ("The company made it easy to handle my issue", "7 4", 7),
        ("How easy was it to get help?", "1 2 3 4 5", 5),
        ("How easy was it to get help?", "1 2 3 9 10", 10),
    ],
)
def test_effort_is_asked_to_seven_unless_its_values_say_otherwise(question: str, cells: str, high: int) -> None:
    assert form_of(*cells.split(), question=question).scale == Scale("rating", 1000, high * 1000)


def test_a_yes_or_no_of_recommending_is_no_scale_to_ten() -> None:
    assert form_of("1", "0", "1", question="Would you recommend us?").scale == Scale("rating", 0, 1000)


def test_three_answers_from_nought_among_many_are_all_there_are() -> None:
    assert form_of(*"0 1 2 2".split() * 10).scale == Scale("rating", 0, 2000)


def test_numbers_whose_words_get_worse_are_turned_round(read: Read) -> None:
    found = read("How was it?,comment\n1 - Very good,a\n5 - Very poor,b\n2 - Good,c\n", rating="How was it?")
    assert found.ratings == [5000, 1000, 4000]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("How satisfied were you with us?", ("Very satisfied", "Dissatisfied", "Satisfied")),
        ("Overall, how was your experience of our service?", ("Very good", "Don't know", "Poor")),
        ("How likely are you to recommend our service?", ("Extremely likely", "Unlikely", "Likely")),
        ("The company made it easy", ("Strongly agree", "Agree", "Disagree")),
        ("How easy was it?", ("6", "7", "2")),
        ("Smiley", ("😡", "😐", "😀")),
        ("satisfaction", ("👍", "👎", "👍")),
        ("NPS_RATING", ("Promoter", "Passive", "Detractor")),
        ("Q1_NPS_GROUP", ("Promoter", "Passive", "Detractor")),
    ],
)
def test_a_column_that_asks_and_is_answered_in_words_is_the_rating(
    read: Read, name: str, cells: tuple[str, ...]
) -> None:
    rows = "".join(f'{cell},"{text}"\n' for cell, text in zip(cells, TEXTS, strict=True))
    found = read(f'"{name}",comment\n{rows}')
    assert found.layout.of_role("rating") == (name,)
    assert set(found.fields) == {"comment"}


def test_a_question_answered_with_a_few_words_is_no_text(read: Read) -> None:
    rows = "".join(f'{cell},"{text}"\n' for cell, text in zip(("Very satisfied", "Satisfied", "Neutral"), TEXTS,
                                                              strict=True))  # fmt: skip
    found = read(f"How satisfied were you?,What should we do better?\n{rows}")
    assert set(found.fields) == {"What should we do better?"}
    assert found.ratings == [5000, 4000, 3000]


def test_numbers_are_taken_before_their_groups(read: Read) -> None:
    rows = "".join(f'{group},{score},"{text}"\n' for group, score, text in
                   zip(("Promoter", "Passive", "Detractor"), (9, 8, 2), TEXTS, strict=True))  # fmt: skip
    found = read(f"NPS group,How likely are you to recommend us?,comment\n{rows}")
    assert found.ratings == [9000, 8000, 2000]


def test_consent_is_no_rating(read: Read) -> None:
    found = read("I agree to be contacted,comment\n1,a\n0,b\n")
    assert found.layout.of_role("rating") == ()


def test_an_nhs_export_with_words_is_not_turned_round(read: Read) -> None:
    header = "Comment ID,FFT categorical answer,FFT answer,Date\n"
    words = read(f"{header}1,Very good,{TEXTS[1]},30/09/2021\n2,Very poor,{TEXTS[0]},30/09/2021\n")
    numbers = read(f"{header}1,1,{TEXTS[1]},30/09/2021\n2,5,{TEXTS[0]},30/09/2021\n")
    assert words.ratings == numbers.ratings == [5000, 1000]
    assert words.layout.preset == "nhs-fft"


def test_a_scale_that_is_told_is_that_of_the_words(read: Read) -> None:
    cells = "rating,comment\nPoor,a\nGood,b\nExcellent,c\n"
    assert read(cells).ratings == [1000, 3000, 4000]
    assert read(cells, scale=(1, 5)).ratings == [2000, 4000, 5000]
    turned = read(cells, scale=(1, 5), reverse_scale=True)
    assert turned.ratings == [4000, 2000, 1000]


def test_words_that_do_not_fit_a_told_scale_are_counted(read: Read) -> None:
    found = read("rating,comment\nPoor,a\nGood,b\n", scale=(0, 10))
    assert found.ratings == [None, None]
    assert found.source.notes == ("ratings in rating that could not be read: 2",)


def test_the_question_of_a_survey_is_heard_above_its_sub_header(read: Read) -> None:
    found = read(
        "Respondent ID,Collector ID,How likely is it that you would recommend us?,What do you like best?\n"
        ",,Response,Open-Ended Response\n"
        f"1,7,6,{TEXTS[0]}\n2,7,Extremely likely - 10,{TEXTS[1]}\n"
    )
    assert found.layout.scale == Scale("How likely is it that you would recommend us?", 0, 10_000)
    assert found.ratings == [6000, 10_000]


def test_tickets_that_were_only_asked_for_a_rating_have_none(read: Read) -> None:
    header = "Id,Satisfaction Score,Satisfaction Comment"
    found = read(f"{header}\n1,Offered,\n2,Good,{TEXTS[1]}\n3,Bad,{TEXTS[0]}\n4,Not Offered,\n5,Offered,\n")
    assert found.ratings == [None, 1000, 0, None, None]
    assert found.source.notes == ()
