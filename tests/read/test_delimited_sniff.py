from __future__ import annotations

import pytest
from reading import Read

from cxscan.errors import InputError, UsageError

ROWS = [("1", "Delivery was late"), ("2", "Good, cheap, fast, and friendly, really"), ("3", "Works as described")]
TEXTS = [text for _, text in ROWS]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read: Read, delimiter: str) -> None:
    rows = [delimiter.join((number, f'"{text}"' if delimiter == "," else text)) for number, text in ROWS]
    found = read("\n".join([f"id{delimiter}comment", *rows]))
    assert found.texts == TEXTS
    assert found.layout.delimiter == delimiter
    assert found.layout.format == ("tsv" if delimiter == "\t" else "csv")


def test_a_delimiter_can_be_told(read: Read) -> None:
    assert read("id^comment\n1^Good; cheap\n", delimiter="^").texts == ["Good; cheap"]
    assert read("id\tcomment\n1\tGood, cheap\n", delimiter="tab").texts == ["Good, cheap"]


@pytest.mark.parametrize("delimiter", ["", "ab", "\n", '"'])
def test_a_delimiter_is_one_character(read: Read, delimiter: str) -> None:
    with pytest.raises(UsageError, match="--delimiter"):
        read("id,comment\n1,Good\n", delimiter=delimiter)


@pytest.mark.parametrize("delimiter", [";", "tab", "|", "::"])
def test_a_delimiter_that_parts_nothing_is_refused_where_another_does(read: Read, delimiter: str) -> None:
    with pytest.raises(UsageError, match=r"--delimiter '.+' parts nothing in the header; ',' makes 3 columns of it"):
        read("id,stars,comment\n1,5,Good\n2,4,Warm\n", delimiter=delimiter)


def test_a_delimiter_may_part_nothing_in_a_file_of_one_column(read: Read) -> None:
    assert read("comment\nGood, cheap, warm\nFine, really\n", delimiter=";").texts == [
        "Good, cheap, warm",
        "Fine, really",
    ]


def test_a_first_line_that_names_the_separator_is_believed(read: Read) -> None:
    found = read("sep=;\nid;comment\n1;Good, cheap\n2;Fine, really\n")
    assert found.texts == ["Good, cheap", "Fine, really"]
    assert found.layout.header_line == 2


def test_one_column_keeps_its_commas(read: Read) -> None:
    assert read("comment\nGreat, but pricey\nFine\nFine, I guess, for now\n").texts == [
        "Great, but pricey",
        "Fine",
        "Fine, I guess, for now",
    ]


def test_one_column_may_have_a_comma_in_its_name(read: Read) -> None:
    assert read("What, if anything, would you change?\nGreat, but pricey\nFine\n").texts == [
        "Great, but pricey",
        "Fine",
    ]


def test_ragged_rows_do_not_make_one_column_of_two(read: Read) -> None:
    found = read("id,comment\n1,Good\n2,Fine, too\n3,Bad, slow\n4,Nice\n")
    assert found.texts == ["Good", "Nice"]
    assert found.lines == [3, 4]


def test_one_column_may_be_quoted(read: Read) -> None:
    assert read('comment\n"Great, ""but"" pricey"\n"two\nlines"\n').texts == ['Great, "but" pricey', "two\nlines"]


def test_spaces_before_quotes_are_seen(read: Read) -> None:
    assert read('id, comment\n1, "Good, cheap"\n2, Fine\n').texts == ["Good, cheap", "Fine"]


def test_backslashes_before_quotes_are_seen(read: Read) -> None:
    found = read('id,comment\n1,"He said \\"great, really\\" twice"\n2,"It is \\"fine\\""\n3,Works\n')
    assert found.texts == ['He said "great, really" twice', 'It is "fine"', "Works"]
    assert found.layout.quoting == "backslash"


def test_backslashes_elsewhere_are_kept(read: Read) -> None:
    assert read('id,comment\n1,"see C:\\new, then ""run"""\n').texts == ['see C:\\new, then "run"']


def test_apostrophes_may_quote(read: Read) -> None:
    assert read("id,comment\n1,'Good, cheap'\n2,'Fine, too'\n").texts == ["Good, cheap", "Fine, too"]


def test_quotes_in_tab_separated_text_may_be_plain_characters(read: Read) -> None:
    found = read('id\tcomment\n1\t"Great product\n2\tShe said "ok" and left\n3\t"Bad again\n')
    assert found.texts == ['"Great product', 'She said "ok" and left', '"Bad again']
    assert found.layout.quoting == "none"


def test_inch_marks_are_kept(read: Read) -> None:
    assert read('id,comment\n1,The 5" screen cracked\n2,a 27" and a 24" one\n').texts == [
        'The 5" screen cracked',
        'a 27" and a 24" one',
    ]


def test_lines_before_the_header_are_passed_over(read: Read) -> None:
    found = read("Acme Export\nGenerated: 2024-04-01, by: cron\n\nid,rating,comment\n1,4,Good\n2,5,Fine\n")
    assert found.texts == ["Good", "Fine"]
    assert found.layout.header_line == 4


def test_the_header_is_the_line_with_the_column_that_is_asked_for(read: Read) -> None:
    found = read("some,thing\nelse,here\nfoo,What was it?\n1,Good\n", text=("what was  IT?",))
    assert found.texts == ["Good"]


def test_a_cell_too_many_in_every_row_is_padding(read: Read) -> None:
    found = read("id,comment,rating\n1,Good,2,\n2,Fine,3,\n3,Bad,4,\n")
    assert found.texts == ["Good", "Fine", "Bad"]
    assert found.ratings == [2000, 3000, 4000]


def test_a_tail_of_delimiters_is_padding(read: Read) -> None:
    assert read("id;comment\n1;Good;;;;\n2;Fine;;;;\n").texts == ["Good", "Fine"]


def test_a_name_that_is_missing_is_no_padding(read: Read) -> None:
    with pytest.raises(InputError, match="4 fields where the header has 3"):
        read("date,rating,comment\n7,2024-03-01,4,\n8,2024-03-02,5,\n")


def test_rows_saved_as_one_cell_are_unwrapped(read: Read) -> None:
    found = read('"id,comment,rating";;\n"1,""Good, cheap"",4";;\n"2,Fine,5";;\n')
    assert found.texts == ["Good, cheap", "Fine"]
    assert found.ratings == [4000, 5000]


def test_fully_quoted_rows_are_not_unwrapped(read: Read) -> None:
    assert read('"id","comment"\n"1","""Good"", he said"\n').texts == ['"Good", he said']


def test_a_file_without_a_header_is_refused(read: Read) -> None:
    with pytest.raises(InputError, match="line 1 looks like a record"):
        read("2024-03-01,5,Good,https://shop.example/1\n2024-03-02,4,Fine,https://shop.example/2\n")


def test_a_header_alone_has_no_records(read: Read) -> None:
    with pytest.raises(InputError, match="no records"):
        read("id,date,rating,comment\n")
