"""Tables that are written otherwise: drawn, with odd delimiters and quotes, with marks in their cells, with totals."""

from __future__ import annotations

import pytest
from reading import Read

from cxscan.errors import InputError, UsageError

TEXTS = ["The kettle leaks, sadly", "Support called back the same day", "Too dear for so thin a towel"]
RATINGS = [1000, 5000, 2000]
ROWS = [("0", "1", TEXTS[0]), ("1", "5", TEXTS[1]), ("2", "2", TEXTS[2])]

PSQL = """ id | rating |             comment
----+--------+----------------------------------
  0 |      1 | The kettle leaks, sadly
  1 |      5 | Support called back the same day
  2 |      2 | Too dear for so thin a towel
(3 rows)

"""
MYSQL = """+----+--------+----------------------------------+
| id | rating | comment                          |
+----+--------+----------------------------------+
|  0 |      1 | The kettle leaks, sadly          |
|  1 |      5 | Support called back the same day |
|  2 |      2 | Too dear for so thin a towel     |
+----+--------+----------------------------------+
3 rows in set (0.01 sec)
"""
MARKDOWN = """| id | rating | comment |
|---|:---:|---|
| 0 | 1 | The kettle leaks, sadly |
| 1 | 5 | Support called back the same day |
| 2 | 2 | Too dear for so thin a towel |
"""
DRAWN = """┌────┬────────┬──────────────────────────────────┐
│ id │ rating │             comment              │
│ i8 │ int32  │             varchar              │
├────┼────────┼──────────────────────────────────┤
│  0 │      1 │ The kettle leaks, sadly          │
│  1 │      5 │ Support called back the same day │
│  2 │      2 │ Too dear for so thin a towel     │
└────┴────────┴──────────────────────────────────┘
"""


@pytest.mark.parametrize("table", [PSQL, MYSQL, MARKDOWN, DRAWN.replace("i8", "int8").replace("│ int8", "│int8")])
def test_tables_drawn_with_characters_are_read(read: Read, table: str) -> None:
    found = read(table)
    assert (found.texts, found.ratings, found.count) == (TEXTS, RATINGS, 3)


def test_a_cell_of_psql_may_go_on_in_the_next_line(read: Read) -> None:
    table = (
        " id |   comment    | stars \n----+--------------+-------\n  1 | Good,       +|     5\n    | and cheap    | \n"
    )
    found = read(table + "  2 | C++          |     4\n    |              | \n(2 rows)\n", name="query.txt")
    assert found.texts[:2] == ["Good,\nand cheap", "C++"]


@pytest.mark.parametrize(
    "delimiter", ["~", "^", "\x01", "\x1f", "|", "::", ";;", "||", "|~|", "~|~", "¦", ":", "#", "->"]
)
def test_unusual_delimiters_are_found_where_a_name_proves_them(read: Read, delimiter: str) -> None:
    rows = [delimiter.join(row) for row in [("id", "stars", "comment"), *ROWS]]
    found = read("\n".join(rows))
    assert (found.texts, found.ratings) == (TEXTS, RATINGS)
    assert found.layout.delimiter == delimiter


def test_a_delimiter_of_several_signs_may_stand_in_a_quoted_cell(read: Read) -> None:
    assert read('id::comment\n1::"Good:: and cheap"\n2::Fine\n', delimiter="::").texts == ["Good:: and cheap", "Fine"]


@pytest.mark.parametrize("delimiter", ["-", " - ", "/", '"~"'])
def test_a_line_of_usual_names_is_no_name_of_one_column(read: Read, delimiter: str) -> None:
    with pytest.raises(InputError, match="--delimiter"):
        read("\n".join(delimiter.join(row) for row in [("id", "stars", "comment"), *ROWS]))


@pytest.mark.parametrize("delimiter", ["~", "   "])
def test_a_delimiter_that_no_name_proves_is_asked_for(read: Read, delimiter: str) -> None:
    rows = "\n".join(delimiter.join(row) for row in [("Nr", "Laden", "Wortlaut"), *ROWS])
    with pytest.raises(InputError, match="--delimiter"):
        read(rows)
    assert read(rows, delimiter=delimiter, text=("Wortlaut",)).texts == TEXTS


def test_signs_in_comments_are_no_delimiters(read: Read) -> None:
    texts = ["Good: cheap", "Fine: fast", "Bad: slow & loud", "Nice: A+"]
    assert read("\n".join(["comment", *texts])).texts == texts
    question = "Comment: what was it?"
    assert read("\n".join([question, "Good", "Fine", "Bad"]), text=(question,)).texts == ["Good", "Fine", "Bad"]


@pytest.mark.parametrize("gap", ['"{}" , "{}" , "{}"', '"{}" ,"{}" ,"{}"', '"{}"\t, "{}" , "{}" ', '{} , {} , "{}" '])
def test_blanks_between_a_quote_and_the_delimiter_are_passed_over(read: Read, gap: str) -> None:
    rows = [gap.format(*row) for row in [("id", "stars", "comment"), *ROWS]]
    found = read("\n".join(rows))
    assert (found.texts, found.ratings) == (TEXTS, RATINGS)


def test_blanks_inside_quoted_cells_stay(read: Read) -> None:
    rows = '"id" , "comment"\n"1" , "He said ""no"" , then ""yes"" , and left"\n"2" , ""\n"3" , "Fine"\n'
    assert read(rows).texts == ['He said "no" , then "yes" , and left', "", "Fine"]


@pytest.mark.parametrize("quotes", ["“{}”", "„{}“", "”{}”"])
def test_curly_quotes_may_stand_around_cells(read: Read, quotes: str) -> None:
    rows = [f"{number},{stars},{quotes.format(text)}" for number, stars, text in ROWS]
    found = read("\n".join(["id,stars,comment", *rows]))
    assert (found.texts, found.ratings) == (TEXTS, RATINGS)


def test_curly_quotes_that_quote_nothing_stay(read: Read) -> None:
    assert read("id,comment\n1,“Great” they said\n2,“Fine”\n").texts == ["“Great” they said", "“Fine”"]


@pytest.mark.parametrize("shape", ['="{}",="{}","{}"', '"=""{}""","=""{}""","{}"', '="{}",="{}",="{}"'])
def test_formulas_around_cells_are_no_part_of_them(read: Read, shape: str) -> None:
    rows = [shape.format(*row) for row in ROWS]
    found = read("\n".join(["id,stars,comment", *rows]))
    assert (found.ids, found.texts, found.ratings) == (["0", "1", "2"], TEXTS, RATINGS)


def test_apostrophes_that_stop_a_spreadsheet_are_no_part_of_a_cell(read: Read) -> None:
    found = read("id,stars,comment\n'07,'4,'@mill thanks\n'08,'5,'-5 degrees in the hall\n'09,'3,'twas fine\n")
    assert found.texts == ["@mill thanks", "-5 degrees in the hall", "'twas fine"]
    assert found.ids == ["07", "08", "09"]
    assert found.ratings == [4000, 5000, 3000]


def test_quotes_of_one_word_keep_their_apostrophes(read: Read) -> None:
    assert read("id,comment\n1,'Great'\n2,'Fine' she said\n").texts == ["'Great'", "'Fine' she said"]


@pytest.mark.parametrize("null", ["\\N", "NULL", "NaN", "(null)"])
def test_cells_that_a_database_calls_null_are_empty(read: Read, null: str) -> None:
    found = read(f"id\trating\tcomment\n1\t{null}\t{null}\n2\t4\tFine\n3\t5\tGood\n", keep_cells=True)
    assert found.texts == ["", "Fine", "Good"]
    assert found.ratings == [None, 4000, 5000]
    assert found.source.notes == ()
    assert found.comments.cells["rating"] == ["", "4", "5"]


def test_a_value_of_a_category_is_no_null(read: Read) -> None:
    rows = "1\tNA\tNA\tNA\n2\t4\tEU\tFine\n3\t5\tNA\tGood\n4\t5\tEU\tBad\n"
    assert read("id\trating\tregion\tcomment\n" + rows, by=("region",)).comments.segments["region"][0] == "NA"
    without = "id\trating\tcomment\n1\tNA\tNA\n2\t4\tFine\n3\t5\tGood\n"
    assert read(without).texts == ["", "Fine", "Good"]


def test_words_for_nothing_are_words_where_no_column_of_numbers_has_them(read: Read) -> None:
    assert read("id,rating,comment\n1,4,NULL\n2,5,nan\n").texts == ["NULL", "nan"]


@pytest.mark.parametrize(
    "footer",
    [
        ",2.67,Average of 3 responses",
        "Average,2.67,",
        "Total,3,",
        "Total",
        ",Mean: 2.67,",
        "TOTAL:,8,\n,,",
        ",8,",
        "3,2.67,Average",
    ],
)
def test_a_total_right_below_the_records_is_no_record(read: Read, footer: str) -> None:
    rows = "".join(f'{number},{stars},"{text}"\n' for number, stars, text in ROWS)
    found = read(f"id,rating,comment\n{rows}{footer}\n")
    assert (found.texts, found.ratings, found.count) == (TEXTS, RATINGS, 3)
    assert found.source.notes == ("footer rows, passed over: 1",)


def test_several_totals_under_a_heading_are_no_records(read: Read) -> None:
    rows = "".join(f'{number},{stars},"{text}"\n' for number, stars, text in ROWS)
    found = read(f"id,rating,comment\n{rows}Summary,,\nCount,3,\nMittelwert,2.67,\n(3 rows)\n")
    assert (found.texts, found.source.notes) == (TEXTS, ("footer rows, passed over: 4",))


@pytest.mark.parametrize(
    "last", ["3,2,Average", "3,2,Total of two hours waiting", "3,,Average of what I expect", "3,2,"]
)
def test_a_last_comment_about_averages_is_a_comment(read: Read, last: str) -> None:
    rows = "".join(f'{number},{stars},"{text}"\n' for number, stars, text in ROWS)
    assert read(f"id,rating,comment\n{rows}{last}\n").texts == [*TEXTS, last.split(",")[2]]


@pytest.mark.parametrize("delimiter", ["a b", "x"])
def test_letters_are_no_delimiter_of_several_signs(read: Read, delimiter: str) -> None:
    with pytest.raises((UsageError, InputError)):
        read("id,comment\n1,Good\n", delimiter=delimiter, text=("comment",))
