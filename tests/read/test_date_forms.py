"""Dates as tools other than spreadsheets write them."""

from __future__ import annotations

from datetime import date

import pytest
from reading import Read

from cxscan.read.values.dates import Dates
from cxscan.read.values.relative_dates import day_before, is_relative


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2025/09/03 10:51:02 am GMT+5:30", "2025-09-03T10:51:02+05:30"),
        ("2025/09/03 10:51:02 pm UTC-8", "2025-09-03T22:51:02-08:00"),
        ("Mon Apr 06 2026 22:19:45 GMT+0530 (India Standard Time)", "2026-04-06T22:19:45+05:30"),
        ("Sun, 01 Mar 2026 09:00:00 +0000 (UTC)", "2026-03-01T09:00:00+00:00"),
        ("Mon Apr 06 22:19:45 PDT 2009", "2009-04-06T22:19:45-07:00"),
        ("Mar 3, 2026 9:00:00 AM PST", "2026-03-03T09:00:00-08:00"),
        ("13.03.2026, 14:30 Uhr", "2026-03-13T14:30:00"),
        ("2026-03-01T09:00:00-08:00[America/Los_Angeles]", "2026-03-01T09:00:00-08:00"),
        ("3/13/2026, 9:00:00\u202fAM", "2026-03-13T09:00:00"),
        ("20260301T090000Z", "2026-03-01T09:00:00+00:00"),
        ("20260301090000", "2026-03-01T09:00:00"),
        ("1770000000000000", "2026-02-02T02:40:00+00:00"),
        ("1770000000000000000", "2026-02-02T02:40:00+00:00"),
        ('{"$date": "2026-03-01T09:00:00Z"}', "2026-03-01T09:00:00+00:00"),
        ('{"$date": {"$numberLong": "1770000000000"}}', "2026-02-02T02:40:00+00:00"),
        ('ISODate("2026-03-01T09:00:00Z")', "2026-03-01T09:00:00+00:00"),
        ("/Date(1770000000000+0000)/", "2026-02-02T02:40:00+00:00"),
        ('="2026-03-01"', "2026-03-01"),
        ("Reviewed in the United States on March 1, 2026", "2026-03-01"),
        ("Reviewed in the United Kingdom \U0001f1ec\U0001f1e7 on 1 March 2026", "2026-03-01"),
        ("Date of experience: March 1, 2026", "2026-03-01"),
        ("Posted on 3 Mar 2026", "2026-03-03"),
        ("Updated: 2026-03-01", "2026-03-01"),
        ("March 1, 2026 (edited)", "2026-03-01"),
        ("1st of March 2026", "2026-03-01"),
        ("Rezension aus Deutschland vom 13. März 2026", "2026-03-13"),
        ("Commenté en France le 1er mars 2026", "2026-03-01"),
        ("Revisado en España el 13 de marzo de 2026", "2026-03-13"),
        ("Avaliado no Brasil em 13 de março de 2026", "2026-03-13"),
        ("2026年3月1日に日本でレビュー済み", "2026-03-01"),
        ("2026년 3월 1일", "2026-03-01"),
        ("Date of stay: March 2026", "2026-03-01"),
        ("03/2026", "2026-03-01"),
        ("Mar-26", "2026-03-01"),
        ("202603", "2026-03-01"),
        ("2026. 3. 1. 오후 2:15:07", "2026-03-01T14:15:07"),
        ("2026/3/1 上午 12:15:07", "2026-03-01T00:15:07"),
        ("2026/03/01 午後 2:15", "2026-03-01T14:15:00"),
    ],
)
def test_a_date_in_the_form_of_a_tool_is_read(cell: str, iso: str) -> None:
    assert Dates("month first", None, None).column([cell]) == [iso]


@pytest.mark.parametrize(
    "cell", ["Updated 3 Mar", "4 out of 5", "Version 12 of March", "3 people, March 1, 2026", "12:30"]
)
def test_words_with_a_number_are_no_date(cell: str) -> None:
    assert Dates("month first", None, None).column([cell]) == [None]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("a month ago", "2026-02-28"),
        ("2 weeks ago", "2026-03-17"),
        ("3 days ago", "2026-03-28"),
        ("an hour ago", "2026-03-31"),
        ("Edited 2 months ago", "2026-01-31"),
        ("over 2 years ago", "2024-03-31"),
        ("vor einem Monat", "2026-02-28"),
        ("hace 2 meses", "2026-01-31"),
        ("il y a 3 jours", "2026-03-28"),
        ("2週間前", "2026-03-17"),
        ("yesterday", "2026-03-30"),
    ],
)
def test_a_relative_date_counts_back(cell: str, day: str) -> None:
    assert day_before(cell, date(2026, 3, 31)) == date.fromisoformat(day)


@pytest.mark.parametrize("cell", ["3 days", "ago", "a month", "9999 years", "I came 3 days ago and left", ""])
def test_a_span_is_no_relative_date(cell: str) -> None:
    assert not is_relative(cell)


def test_relative_dates_count_back_from_the_day_of_the_export(read: Read) -> None:
    found = read("date,scraped_at,comment\n3 days ago,2026-03-31,Good\na month ago,2026-03-31 10:00,Bad\nsoon,,Fine\n")
    assert found.dates == ["2026-03-28", "2026-02-28", None]
    assert found.source.notes == ("dates in date that could not be read (--date-format may help): 1",)


def test_relative_dates_without_the_day_of_the_export_are_said_to_be_lost(read: Read) -> None:
    found = read("date,rating,text\na month ago,1,It broke\n2 days ago,5,It is good\n")
    assert found.dates == [None, None]
    assert "dates in date count back from the day of the export" in found.source.notes[0]


def test_a_column_of_dates_in_an_unknown_form_is_named(read: Read) -> None:
    found = read("review date,text\nUpdated 3 Mar,It broke\nUpdated 4 Mar,It is good\n")
    assert found.source.notes == ("no dates that can be read in review date (--date-format tells their form)",)


@pytest.mark.parametrize(
    ("header", "cells", "column"),
    [
        ("published,experienced,submitted", "2026-03-02,2026-02-20,2026-03-01", "submitted"),
        ("created_at,updated_at", "2026-03-01,2026-03-05", "created_at"),
        ("_last_judgment_at,tweet_created", "2026-03-09,2026-03-01", "tweet_created"),
        ("Date of stay,Posted", "March 2026,2026-03-01", "Posted"),
        ("Date of stay,x", "March 2026,y", "Date of stay"),
        ("created_at,posted", ",2026-03-01", "posted"),
        ("timestamp_ms,is_geoblocked", "1770000000000,no", "timestamp_ms"),
        ("created_utc,edited", "1770000000,no", "created_utc"),
        ("timestamp_created,timestamp_updated", "1770000000,1770000001", "timestamp_created"),
        ("Datum,Laden", "13.03.2026,Berlin", "Datum"),
        ("Start time,Completion time", "3/1/26 9:00:00,3/1/26 9:04:00", "Completion time"),
    ],
)
def test_the_likeliest_of_several_dates_is_the_comments(read: Read, header: str, cells: str, column: str) -> None:
    found = read(f"{header},comment\n{cells},Good\n")
    assert found.layout.of_role("date") == (column,)
    assert found.dates[0] is not None


def test_dates_of_crowd_work_are_not_the_comments(read: Read) -> None:
    found = read("_unit_id,_golden,_last_judgment_at,comment\n1,FALSE,2/25/15 5:24,Good\n2,FALSE,2/25/15 5:30,Bad\n")
    assert found.dates == [None, None]
    assert read("_created_at,comment\n2026-03-01,Good\n").dates == ["2026-03-01"]


def test_a_date_under_the_key_of_its_type_is_read(read: Read) -> None:
    line = '{"comment": "It is good", "createdAt": {"$date": {"$numberLong": "1770000000000"}}}\n'
    assert read(line, name="reviews.jsonl").dates == ["2026-02-02T02:40:00+00:00"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("last week", date(2026, 6, 23)),
        ("Last month", date(2026, 5, 30)),
        ("last year", date(2025, 6, 30)),
        ("2w", date(2026, 6, 16)),
        ("3 mo", date(2026, 3, 30)),
        ("1y", date(2025, 6, 30)),
    ],
)
def test_a_date_that_counts_back_is_read_in_short_forms(cell: str, day: date) -> None:
    assert day_before(cell, date(2026, 6, 30)) == day


@pytest.mark.parametrize("column", ["crawl_date", "extraction_date", "Download Date", "fetch_time", "export date"])
def test_the_day_of_an_export_is_that_of_no_comment_and_dates_count_back_from_it(read: Read, column: str) -> None:
    rows = ("last week,The kettle leaks at the lid,2026-06-30", "a month ago,It boils in a minute,2026-06-30")
    outcome = read("\n".join((f"date,comment,{column}", *rows)) + "\n")
    assert outcome.layout.of_role("date") == ("date",)
    assert outcome.comments.dates == ["2026-06-23", "2026-05-30"]


@pytest.mark.parametrize(
    ("column", "cells", "said"),
    [
        ("when", ("3 weeks ago", "a month ago"), "dates in when count back from the day of the export"),
        ("time", ("3w", "5mo"), "dates in time count back from the day of the export"),
        ("submitted", ("5786-03-1st", "5786-04-2nd"), "no dates that can be read in submitted"),
        ("week", ("2026-W10", "2026-W11"), "no dates that can be read in week"),
    ],
)
def test_dates_that_cannot_be_read_are_said(read: Read, column: str, cells: tuple[str, str], said: str) -> None:
    outcome = read(f"{column},comment\n{cells[0]},The kettle leaks at the lid\n{cells[1]},It boils in a minute\n")
    assert any(said in note for note in outcome.source.notes)


@pytest.mark.parametrize("cells", [("True", "False"), ("yes", "no"), ("v1", "v2")])
def test_a_column_without_figures_that_is_called_as_dates_are_is_passed_over(
    read: Read, cells: tuple[str, str]
) -> None:
    outcome = read(f"published,comment\n{cells[0]},The kettle leaks at the lid\n{cells[1]},It boils in a minute\n")
    assert not any("dates" in note for note in outcome.source.notes)
