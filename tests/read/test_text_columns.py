"""Which columns hold the customer's words: their names, their cells, and what stands beside them."""

from __future__ import annotations

import json

import pytest
from reading import Read

from cxscan.errors import InputError, UsageError
from cxscan.read.columns.text_names import TextName, grade_name

SAYS = [
    "The kettle leaks from the lid and nobody calls back",
    "My order came a day early and all of it was there",
    "Too dear for what it is but the colour is lovely",
    "Your driver left it in the rain without a word",
    "I would buy the blue one again",
    "It hums all night and keeps us awake",
]
NAMES = ["Kettle, Kitchen, Small Items", "Lamp, Living Room, Light", "Mat, Bath, Small Items",
         "Pan, Kitchen, Heavy Goods", "Rug, Living Room, Heavy Goods", "Cup, Kitchen, Small Items"]  # fmt: skip


def csv_of(**columns: list[str]) -> str:
    """A file with a column for each keyword; blanks in its name for underscores that are doubled."""
    names = list(columns)
    lines = [names, *zip(*columns.values(), strict=True)]
    return "".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line) + "\n" for line in lines)


def json_of(*records: dict[str, object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.mark.parametrize(
    "counts",
    [
        ["12", "7", "0", "31", "5", "9"],
        ["1,204", "77", "3", "10,000+", "5", "64"],
        ["1.2K", "77", "3K", "10M", "5", "64"],
        ["12 reviews", "1 review", "40 reviews", "3 reviews", "2 reviews", "8 reviews"],
        ["R1KD2", "R7AA1", "R9FF0", "R2BC3", "R5PP8", "R3XY6"],
        [f"https://shop.example.com/r/{n}" for n in range(6)],
    ],
)
def test_a_usual_name_over_counts_keys_or_links_is_no_text(read: Read, counts: list[str]) -> None:
    assert read(csv_of(Reviews=counts, body=SAYS)).layout.of_role("text") == ("body",)
    assert read(csv_of(Reviews=counts, entry=SAYS)).layout.of_role("text") == ("entry",)
    with pytest.raises(InputError, match="no column holds customers' words"):
        read(csv_of(App=["Kettle"] * 6, Reviews=counts))


def test_numbers_are_read_as_text_where_they_are_asked_for(read: Read) -> None:
    assert read("id,comment\n1,10\n2,7\n", text=("comment",)).texts == ["10", "7"]


@pytest.mark.parametrize("name", ["categories", "kind", "sort_of_thing"])
def test_lists_of_names_are_no_text(read: Read, name: str) -> None:
    with pytest.raises(InputError, match="no column holds customers' words"):
        read(csv_of(name=["Kettle"] * 6, stars=list("435124"), **{name: NAMES}))


def test_what_a_list_of_things_says_of_them_is_no_text(read: Read) -> None:
    with pytest.raises(InputError, match="no column holds customers' words"):
        read(csv_of(sku=list("abcdef"), price=list("345671"), description=SAYS))
    with pytest.raises(InputError, match="no column holds customers' words"):
        read(csv_of(name=list("abcdef"), average_rating=list("435124"), description=SAYS))
    with pytest.raises(InputError, match="no column holds customers' words"):
        read(csv_of(reviews=list("345671"), price=list("345671"), description=SAYS))
    assert read(csv_of(ticket=list("abcdef"), description=SAYS)).texts == SAYS
    assert read(csv_of(case=list("abcdef"), brand=list("aabbab"), description=SAYS)).texts == SAYS


def test_lines_of_a_log_are_no_comments(read: Read) -> None:
    log = [f"{day}/Mar/26 3:05 PM;557058:abc;{text}" for day, text in enumerate(SAYS, 11)]
    assert read(csv_of(Description=SAYS[::-1], Comment=log)).layout.of_role("text") == ("Description",)
    log = [f"[2026-03-0{day} 10:15] Ben: we look into this" for day in range(1, 7)]
    assert read(csv_of(details=SAYS, comments=log)).layout.of_role("text") == ("details",)


def test_json_in_the_cells_is_named(read: Read) -> None:
    cells = [json.dumps({"segments": [{"text": text}]}) for text in SAYS]
    with pytest.raises(UsageError, match="the cells of Comment Text are JSON"):
        read(csv_of(**{"Comment Text": cells, "Video": NAMES}))
    with pytest.raises(UsageError, match="the cells of reviews are JSON"):
        read(csv_of(reviews=[str([text]) for text in SAYS], description=SAYS))
    assert read("id,comment\n1,[late]\n2,{sic} it broke\n").texts == ["[late]", "{sic} it broke"]


def test_a_nearly_empty_column_of_a_usual_name_hides_no_question(read: Read) -> None:
    note = ["", "", "", "please ignore this test", "", ""]
    why = "What is the main reason for your score?"
    layout = read(csv_of(Comments=note, Language=["English"] * 6, **{why: SAYS})).layout
    assert layout.of_role("text") == (why,)
    assert {one.column: one.close for one in layout.candidates if one.role == "text"} == {why: False, "Comments": True}


def test_a_closing_field_for_comments_is_read_beside_the_questions(read: Read) -> None:
    columns = {"What do you like most about us?": SAYS, "What should we improve?": SAYS[::-1]}
    closing = ["", "", "no thanks all good here", "", "", ""]
    assert read(csv_of(**columns, Comments=closing)).layout.of_role("text") == (*columns, "Comments")


def test_three_open_questions_are_read_though_two_of_them_make_a_pair(read: Read) -> None:
    asked = ("What do you like most about us?", "What should we improve?", "Is there anything else to tell us?")
    assert read(csv_of(**dict.fromkeys(asked, SAYS))).layout.of_role("text") == asked


def test_a_column_of_comments_hides_no_pros_and_cons(read: Read) -> None:
    layout = read(csv_of(pros=SAYS, cons=SAYS[::-1], comments=SAYS[2:] + SAYS[:2])).layout
    assert layout.of_role("text") == ("pros", "cons", "comments")


@pytest.mark.parametrize("asked", ["Which of our shops did you visit?", "Where did you hear about us?",
                                   "What is your full name?", "What is the name of your company?"])  # fmt: skip
def test_answers_about_facts_are_no_comments_beside_others(read: Read, asked: str) -> None:
    facts = ["Elm Street", "High Street", "The Old Mill Lane", "Elm Street", "New Dock Road", "Hill Road"]
    assert read(csv_of(**{asked: facts, "What could be better?": SAYS})).texts == SAYS


def test_the_path_to_a_key_is_no_question(read: Read) -> None:
    for separator in ("__", ".", "/"):
        above = separator.join(("entries", "content", "tweet", "core", "user"))
        columns = {
            f"{above}{separator}description": [f"Maker of fine tea, {n} of it is mine" for n in range(6)],
            f"{above}{separator}location": [f"Leeds in West Yorkshire {n}" for n in range(6)],
            separator.join(("entries", "content", "tweet", "legacy", "full_text")): SAYS,
        }
        assert read(csv_of(**columns)).texts == SAYS


def test_a_question_may_be_a_name_without_blanks() -> None:
    name = "How.could.we.make.your.stay.better."
    assert grade_name(name, name) == TextName.QUESTION
    name = "data_attributes_item_author_biography"
    assert grade_name(name, name) is None


@pytest.mark.parametrize(
    ("names", "forms"),
    [
        (("textOriginal", "textDisplay"), lambda text: text.replace("'", "&#39;")),
        (("body_text", "body_html_text"), lambda text: f"<p>{text}</p>"),
        (("original_text", "text_shown"), lambda text: text),
        (("whole_comment", "short_comment"), lambda text: text[:58]),
        (("full_text", "text"), lambda text: text[:20] + "…"),
        (("body", "extract.original_text"), lambda text: text),
    ],
)
def test_the_same_text_in_two_forms_is_one_comment(read: Read, names: tuple[str, str], forms: object) -> None:
    texts = [f"{text} - and that's all there is to say" for text in SAYS]
    assert callable(forms)
    other = [forms(text) for text in texts]
    for columns in ({names[0]: texts, names[1]: other}, {names[1]: other, names[0]: texts}):
        layout = read(csv_of(**columns)).layout
        assert layout.of_role("text") == (names[0],)
        assert [one.column for one in layout.candidates if one.close] == [names[1]]


def test_what_a_program_made_of_a_text_is_not_read_for_it(read: Read) -> None:
    made = [text.lower().replace("the ", "") for text in SAYS]
    assert read(csv_of(cleaned_text=made, customer_text=SAYS)).texts == SAYS
    assert read(csv_of(id=list("abcdef"), cleaned_text=made)).texts == made


def test_the_records_own_key_comes_before_a_namesake_below(read: Read) -> None:
    records: list[dict[str, object]] = [
        {"full_text": text, "user": {"description": f"I like tea and {n}"}, "shared": {"full_text": SAYS[n - 1]}}
        for n, text in enumerate(SAYS)
    ]
    assert read(json_of(*records)).texts == SAYS


def test_repeated_and_numbered_columns_are_all_read(read: Read) -> None:
    for names in (("Comments", "Comments"), ("comment_1", "comment_2")):
        lines = [",".join(names), *(f"{one},{other}" for one, other in zip(SAYS, SAYS[::-1], strict=True))]
        assert len(read("\n".join(lines) + "\n").texts) == 2 * len(SAYS)


@pytest.mark.parametrize("name", ["Kommentar", "Avis", "comentario", "recensione", "opmerking", "отзыв"])
def test_names_of_other_languages_are_known(read: Read, name: str) -> None:
    assert read(csv_of(**{"entry": SAYS[::-1], name: SAYS})).layout.of_role("text") == (name,)


def test_a_text_about_a_product_stands_back_behind_the_records_own(read: Read) -> None:
    found = read(json_of(*({"review": {"text": text}, "product": {"text": "We sell tea"}} for text in SAYS)))
    assert found.texts == SAYS


def test_the_id_of_the_author_is_not_that_of_the_record(read: Read) -> None:
    found = read(json_of(*({"user": {"id": n}, "key": f"k{n}", "comment": text} for n, text in enumerate(SAYS))))
    assert found.ids == [f"k{n}" for n in range(6)]


def test_a_quoted_text_is_not_the_customers(read: Read) -> None:
    found = read(json_of(*({"post": {"text": text}, "quoted_status": {"text": "We sell tea"}} for text in SAYS)))
    assert found.layout.of_role("text") == ("post.text",)


def test_a_sparse_column_filled_with_na_is_the_text(read: Read) -> None:
    cells = [text for said in SAYS for text in (said, "NA", "NA", "NA")]
    numbers = [str(n) for n in range(24)]
    found = read(csv_of(**{"": numbers, "nps": [str(n % 11) for n in range(24)], "explanation": cells}))
    assert [text for text in found.texts if text] == SAYS
    assert found.count == 24


def test_na_that_somebody_wrote_stays_an_answer(read: Read) -> None:
    assert "NA" in read(csv_of(comment=["NA", *SAYS])).texts


def test_the_emptier_of_two_usual_names_hides_not_the_fuller(read: Read) -> None:
    assert read(csv_of(feedback=["late again"] + [""] * 5, review=SAYS)).texts == SAYS
    assert read(csv_of(comment=[""] * 6, entry=SAYS)).texts == SAYS


def test_an_error_names_the_likeliest_columns_first_and_not_all_of_many(read: Read) -> None:
    others = {f"entry{letter}": [f"{letter} {text}" for text in SAYS] for letter in "abcdefghij"}
    with pytest.raises(UsageError, match=r"hold the comments: review \(.*, comment \(.*, entryf \(.*, …; name one"):
        read(csv_of(**others, review=SAYS, comment=SAYS[::-1]))


def test_labels_under_a_usual_name_hide_no_words(read: Read) -> None:
    kinds = ["Complaint", "Praise"] * 24
    says = [f"{text} {n}" for n in range(8) for text in SAYS]
    assert read(csv_of(feedback=kinds, entry=says)).texts == says
    assert read(csv_of(feedback=kinds, size=["1"] * 48)).texts == kinds


def test_what_describes_a_place_whose_reviews_are_counted_is_no_comment(read: Read) -> None:
    rows = ("Cafe Nord,4.2,120,1 High St,A cosy cafe with a view of the harbour", "Bar Ost,4.9,44,2 High St,Old pub")
    with pytest.raises(InputError, match="no column holds customers' words"):
        read("\n".join(("name,rating,reviews,address,description", *rows)) + "\n").layout  # noqa: B018  raises
