"""Headers of delimited files: first, second, below titles, several times, or none."""

from __future__ import annotations

import pytest
from reading import Read

from cxscan.errors import InputError, UsageError

TEXTS = ["The kettle leaks from its base", "Support called back the same day", "Too dear for so thin a towel"]
ROWS = "".join(f"{number},{number + 2},{text}\n" for number, text in enumerate(TEXTS))


@pytest.mark.parametrize(
    "rows",
    [
        [f"{text},{answer},False" for text, answer in zip(TEXTS, ("False", "True", "False"), strict=True)],
        [f'"0","14{number}","2024-03-0{number + 1}","NO","{text}"' for number, text in enumerate(TEXTS)],
        [f"{text};web" for text in TEXTS],
        [f"{text}\tgood\tann@mill.example" for text in TEXTS],
        [f"guest{number},{text}" for number, text in enumerate(TEXTS)],
        [f"{name},{text}" for name, text in zip(("Ann", "Bob", "Cid"), TEXTS, strict=True)],
    ],
)
def test_a_record_in_the_place_of_a_header_is_asked_about(read: Read, rows: list[str]) -> None:
    with pytest.raises(InputError, match=r"line 1 looks like a record, not a header.*--no-header .*--header NAMES"):
        read("\n".join(rows))


@pytest.mark.parametrize(
    "header",
    ["What did you like most about us,Web,Shop", "Bewertung,Kanal,Filiale", "2023 answer,Good,Bad", ",comment,stars"],
)
def test_names_of_any_language_are_a_header(read: Read, header: str) -> None:
    rows = [f"{text},{'Web' if number else ''},{number}" for number, text in enumerate(TEXTS)]
    found = read("\n".join([header, *rows]), text=(header.split(",", maxsplit=1)[0],) if header[0] != "," else ())
    assert found.count == 3


def test_without_a_header_the_columns_have_numbers(read: Read) -> None:
    found = read(ROWS, no_header=True)
    assert found.texts == TEXTS
    assert [column.name for column in found.layout.columns] == ["column 1", "column 2", "column 3"]
    assert found.layout.header_line is None
    assert read(ROWS, no_header=True, text=("column 3",), rating="2").ratings == [2000, 3000, 4000]


def test_without_a_header_the_first_line_is_a_record_of_its_own_line(read: Read) -> None:
    found = read("1,Good\n2\n3,Fine\n", no_header=True, text=("column 2",))
    assert (found.texts, found.lines) == (["Good", "Fine"], [2])


def test_one_column_without_a_header_is_read(read: Read) -> None:
    assert read("".join(f"{text}\n" for text in TEXTS), no_header=True).texts == TEXTS
    assert read("".join(f"{text}\n" for text in TEXTS), header=("utterance",)).texts == TEXTS


def test_names_may_be_given_in_place_of_a_header(read: Read) -> None:
    found = read(ROWS, header=("key", "stars", "comment"))
    assert (found.texts, found.ratings) == (TEXTS, [2000, 3000, 4000])
    assert read("key,stars,comment\n" + ROWS, header=("key", "stars", "comment")).texts == TEXTS


def test_too_few_names_for_the_records_are_an_error_of_use(read: Read) -> None:
    with pytest.raises(UsageError, match="--header names 2 columns where the first record has 3 fields"):
        read(ROWS, header=("key", "comment"))


def test_a_header_a_name_short_is_no_preamble(read: Read) -> None:
    rows = "".join(f"{text},web,kettle\n" for text in TEXTS)
    with pytest.raises(InputError, match="line 2: 3 fields where the header has 2"):
        read("comment,channel\n" + rows)
    with pytest.raises(InputError, match="line 2: 3 fields where the header has 2"):
        read("Bewertung;Kanal\n" + rows.replace(",", ";"))


def test_a_header_a_name_long_is_no_preamble(read: Read) -> None:
    with pytest.raises(InputError, match="line 2: 2 fields where the header has 3"):
        read("author,channel,comment\n" + "".join(f"{name},{text}\n" for name, text in zip("ABC", TEXTS, strict=True)))


@pytest.mark.parametrize("above", ["Order,,Review", "Order,Order,Review", "Kettles 2024,,", "Kettles,,\n,,"])
def test_groups_of_columns_stand_above_the_names(read: Read, above: str) -> None:
    found = read(f"{above}\nNumber,Rating,Comment\n{ROWS}")
    assert (found.texts, found.count) == (TEXTS, 3)
    assert found.ratings == [2000, 3000, 4000]
    assert found.layout.header_line == 2 + above.count("\n")


def test_names_may_stand_in_two_rows(read: Read) -> None:
    found = read(f"ID,Feedback,\n,Stars,Comment\n{ROWS}")
    assert [column.name for column in found.layout.columns] == ["ID", "Feedback: Stars", "Feedback: Comment"]
    assert (found.texts, found.count) == (TEXTS, 3)


def test_names_that_stand_in_several_groups_are_told_apart_by_them(read: Read) -> None:
    found = read(f"Order,Review,\nNumber,Number,Comment\n{ROWS}")
    assert [column.name for column in found.layout.columns] == ["Order: Number", "Review: Number", "Comment"]


def test_a_first_column_without_a_name_is_no_group(read: Read) -> None:
    assert read(",stars,comment\n" + ROWS).texts == TEXTS


@pytest.mark.parametrize(
    "below", ["number,number,text", "int64,int64,object", "bigint,smallint,varchar(255)", "---,-----,-------"]
)
def test_a_row_of_types_or_a_ruler_under_the_names_is_no_record(read: Read, below: str) -> None:
    found = read(f"id,stars,comment\n{below}\n{ROWS}")
    assert (found.texts, found.count) == (TEXTS, 3)


def test_a_row_of_questions_under_the_names_is_no_record(read: Read) -> None:
    head = (
        "StartDate,ResponseId,Q1,Q2\nStart Date,Response ID,How likely are you to recommend us?,What could be better?\n"
    )
    rows = [f"2024-03-0{number + 1} 09:00:00,R_{number},{number + 5},{text}\n" for number, text in enumerate(TEXTS)]
    found = read(head + "".join(rows))
    assert (found.texts, found.count) == (TEXTS, 3)
    assert found.ratings == [5000, 6000, 7000]
    assert found.layout.preset == "qualtrics"


def test_a_first_record_without_values_is_a_record(read: Read) -> None:
    found = read("id,stars,date,comment\nA,none,unknown,Fine\nB,4,2024-03-01,Good\nC,3,2024-03-02,Bad\n")
    assert found.texts == ["Fine", "Good", "Bad"]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("id;stars;comment", "7;1;The courier was rude"),
        ("stars,comment,id", "1,The courier was rude,7"),
        ("shop,id,stars,comment", "web,7,1,The courier was rude"),
        ("ID,Stars,Comment", "7,1,The courier was rude"),
        ("id\tstars\tcomment", "7\t1\tThe courier was rude"),
        ("\n\nid;stars;comment", "7;1;The courier was rude"),
        ('"id";"stars";"comment"', '"7";"1";"The courier was rude"'),
    ],
)
def test_records_under_a_second_header_are_read_by_it(read: Read, header: str, row: str) -> None:
    found = read(f"id,stars,comment\n{ROWS}{header}\n{row}\n")
    assert found.texts == [*TEXTS, "The courier was rude"]
    assert found.ratings == [2000, 3000, 4000, 1000]
    assert found.records == [1, 2, 3, 4]
    many = read(f"id,stars,comment\n{ROWS}{header}\n" + f"{row}\n" * 9)
    assert len(many.texts) == 12
    assert many.rejects == []


def test_a_second_header_far_below_is_seen(read: Read) -> None:
    rows = "".join(f"{number},4,Delivery was late again\n" for number in range(40_000))
    found = read(f"id,stars,comment\n{rows}stars;comment;id\n5;Good, cheap;7\n3;;8\nx\n")
    assert found.texts[-2:] == ["Good, cheap", ""]
    assert found.ratings[-2:] == [5000, 3000]
    assert found.lines == [40_005]


def test_records_under_other_names_are_rejected_with_the_line_of_these(read: Read) -> None:
    found = read(f"id,stars,comment\n{ROWS}id,rating,review\n7,1,The courier was rude\n")
    assert found.texts == TEXTS
    assert [(one.line, one.reason) for one in found.rejects] == [
        (6, "it belongs to another table, whose header is at line 5")
    ]
    assert found.source.notes == ()


def test_titles_with_dates_above_the_header_are_no_records(read: Read) -> None:
    found = read(f"Report,2024-03-01,\nweek 11,2024-03-11,\nid,stars,comment\n{ROWS}", text=("comment",))
    assert (found.texts, found.layout.header_line) == (TEXTS, 3)


def test_records_above_the_header_stop_with_their_line(read: Read) -> None:
    with pytest.raises(InputError, match="line 1: a record stands above the header, which is at line 4"):
        read(f"{ROWS}id,stars,comment\n7,1,The courier was rude\n", text=("comment",))


def test_records_under_a_second_header_without_the_text_are_rejected(read: Read) -> None:
    found = read(f"id,stars,comment\n{ROWS}id,stars,shop\n7,1,web\n8,2,web\n")
    assert found.texts == TEXTS
    assert [one.reason for one in found.rejects] == ["the header at line 5 has no column comment"] * 2


def test_records_of_a_table_below_are_rejected_with_its_line(read: Read) -> None:
    found = read(f"id,stars,comment\n{ROWS}\nShop,Manager,Town\nMill,Ann,Bath\n")
    assert found.texts == TEXTS
    assert [(one.line, one.reason) for one in found.rejects] == [
        (7, "it belongs to another table, whose header is at line 6")
    ]


def test_a_record_behind_a_blank_line_is_a_record(read: Read) -> None:
    found = read(f"id,stars,comment\n{ROWS}\n9,n/a,Comment\n10,4,Stars\n")
    assert found.texts == [*TEXTS, "Comment", "Stars"]


@pytest.mark.parametrize(
    ("names", "rows"), [("id,stars,comment", ";"), ("id;stars;comment", ","), ("id|stars|comment", "\t")]
)
def test_a_header_with_another_delimiter_than_its_rows_is_read(read: Read, names: str, rows: str) -> None:
    found = read(f"{names}\n" + ROWS.replace(",", rows))
    assert (found.texts, found.ratings) == (TEXTS, [2000, 3000, 4000])


def test_a_quoted_header_with_another_delimiter_is_read(read: Read) -> None:
    assert read('"id","stars","comment"\n' + ROWS.replace(",", ";")).texts == TEXTS


def test_a_header_with_another_delimiter_and_too_few_names_names_both(read: Read) -> None:
    with pytest.raises(InputError, match="line 1 has ',' as delimiter, the rows below have ';'"):
        read("stars,comment\n" + ROWS.replace(",", ";"))


def test_rows_above_the_header_are_noted(read: Read) -> None:
    found = read(f"Mill\nweek,11\n\nid,stars,comment\n{ROWS}")
    assert found.texts == TEXTS
    assert found.source.notes == ("rows above the header, passed over: 2",)


@pytest.mark.parametrize("more", [",", ",,,"])
def test_a_delimiter_too_many_behind_the_names_is_no_column(read: Read, more: str) -> None:
    found = read(f"id,stars,comment{more}\n{ROWS}")
    assert (found.texts, found.rejects) == (TEXTS, [])
    assert found.layout.of_role("text") == ("comment",)


def test_a_title_above_a_single_column_is_no_header(read: Read) -> None:
    found = read("Guest feedback 2026\n\nComments\n" + "\n".join(TEXTS))
    assert found.texts == TEXTS
    found = read("Comments\n\nReview\n" + "\n".join(TEXTS))
    assert found.texts == ["Review", *TEXTS]


def test_a_header_with_a_name_too_few_is_passed_over_where_the_names_are_given(read: Read) -> None:
    rows = "".join(f'"{number + 1}",{number + 2},"{text}"\n' for number, text in enumerate(TEXTS))
    with pytest.raises(InputError, match="3 fields where the header has 2"):
        read(f'"stars","comment"\n{rows}')
    found = read(f'"stars","comment"\n{rows}', header=("row", "stars", "comment"))
    assert (found.texts, found.rejects) == (TEXTS, [])
