from __future__ import annotations

import pytest
from reading import Read

from cxscan.errors import UsageError
from cxscan.read.values.dates import Dates, infer_date_order


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2016-06-08T19:04:33Z", "2016-06-08T19:04:33+00:00"),
        ("2026-05-28T06:33:35.000Z", "2026-05-28T06:33:35+00:00"),
        ("2017-11-15T08:10:34-08:00", "2017-11-15T08:10:34-08:00"),
        ("2021-05-01 10:00:00", "2021-05-01T10:00:00"),
        ("2022-12-10 07:08:36.687047", "2022-12-10T07:08:36.687047"),
        ("2015-02-24 11:35:52 -0800", "2015-02-24T11:35:52-08:00"),
        ("2014-05-01 10:20", "2014-05-01T10:20:00"),
        ("2024/03/01", "2024-03-01"),
        ("2019-4", "2019-04-01"),
        ("5/25/19 15:54", "2019-05-25T15:54:00"),
        ("01/31/2024 02:15:07 PM", "2024-01-31T14:15:07"),
        ("1/31/2024 12:15 am", "2024-01-31T00:15:00"),
        ("31-Jul-18", "2018-07-31"),
        ("31 July 2018", "2018-07-31"),
        ("July 31, 2018", "2018-07-31"),
        ("Jul 31st, 2018 at 10:22 PM", "2018-07-31T22:22:00"),
        ("Tue Feb 24 11:35:52 +0000 2015", "2015-02-24T11:35:52+00:00"),
        ("\nAugust 2022\n", "2022-08-01"),
        ("42059.48", "2015-02-24T11:31:12"),
        ("45291", "2023-12-31"),
        ("1617149700", "2021-03-31T00:15:00+00:00"),
        ("1762353632542", "2025-11-05T14:40:32.542000+00:00"),
        ("20240301", "2024-03-01"),
    ],
)
def test_a_date_is_read(cell: str, iso: str) -> None:
    assert Dates("month first", None, None).column([cell]) == [iso]


@pytest.mark.parametrize(
    "cell",
    ["", "yesterday", "0000-00-00", "31/02/2024", "2024-13-45", "2024-03-08T10:00:00+99:00", "9999999999999999", "5",
     "1.0", "1890-01-01", "3.5 stars", "99999999999999999999"],
)  # fmt: skip
def test_what_is_no_date_is_left(cell: str) -> None:
    assert Dates("day first", None, None).column([cell]) == [None]


@pytest.mark.parametrize(
    ("cells", "order", "doubtful"),
    [
        (["03/04/2024", "13/04/2024"], "day first", False),
        (["03/04/2024", "04/13/2024"], "month first", False),
        (["03/04/2024 02:15 PM"], "month first", False),
        (["03/04/2024"], "month first", True),
        (["03-04-2024", "03.04.2024"], "day first", True),
        (["13/04/2024", "14/04/2024", "04/13/2024"], "day first", True),
        (["2024-03-04", "yesterday"], None, False),
    ],
)
def test_day_or_month_first_is_settled_by_the_column(cells: list[str], order: str | None, *, doubtful: bool) -> None:
    assert infer_date_order(cells) == (order, doubtful)


def test_the_order_holds_for_every_date_of_the_column(read: Read) -> None:
    found = read("date,comment\n03/04/2024,Good\n25/12/2024,Bad\n")
    assert found.dates == ["2024-04-03", "2024-12-25"]
    assert found.layout.date_order == "day first"


@pytest.mark.parametrize(
    ("date_format", "iso"),
    [("dayfirst", "2024-04-03"), ("monthfirst", "2024-03-04"), ("%d/%m/%Y", "2024-04-03")],
)
def test_the_order_can_be_told(read: Read, date_format: str, iso: str) -> None:
    assert read("date,comment\n03/04/2024,Good\n", date_format=date_format).dates == [iso]


@pytest.mark.parametrize("date_format", ["DD.MM.YYYY", "%Q", "%d.%"])
def test_a_pattern_that_is_none_is_a_usage_error(read: Read, date_format: str) -> None:
    with pytest.raises(UsageError, match="--date-format"):
        read("date,comment\n03/04/2024,Good\n", date_format=date_format)


def test_times_with_an_offset_are_moved_to_the_zone_others_stay(read: Read) -> None:
    found = read("date,comment\n2024-03-01T23:30:00Z,Good\n2024-03-01 23:30:00,Bad\n", timezone="Europe/Berlin")
    assert found.dates == ["2024-03-02T00:30:00+01:00", "2024-03-01T23:30:00"]


def test_an_unknown_zone_is_a_usage_error(read: Read) -> None:
    with pytest.raises(UsageError, match="--timezone Mars"):
        read("date,comment\n2024-03-01,Good\n", timezone="Mars")


def test_dates_that_cannot_be_read_are_noted(read: Read) -> None:
    found = read("date,comment\n2024-03-01,Good\nyesterday,Bad\n,Fine\n2024-03-02,Ok\n")
    assert found.dates == ["2024-03-01", None, None, "2024-03-02"]
    assert found.source.notes[0].startswith("dates in date that could not be read")


def test_an_order_in_doubt_is_noted(read: Read) -> None:
    found = read("date,comment\n03/04/2024,Good\n")
    assert found.dates == ["2024-03-04"]
    assert "--date-format settles it" in found.source.notes[0]
