from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from random import Random

import pytest
from markdown_it import MarkdownIt
from render.made import NPS, STARS, batch_of, labels_of, said, summary_of
from render.test_comparison_formats import COMMAND, HOSTILE, UNSEEN
from rich.cells import cell_len

from cxscan.insight.drivers import Drivers, Place, find_drivers
from cxscan.insight.rated import CountRated
from cxscan.model import Scale
from cxscan.render import Page
from cxscan.render.drivers.csv import HEADER, SEGMENT_HEADER
from cxscan.render.drivers.quadrants import quadrants
from cxscan.render.formats import DRIVERS

FORMATS = list(DRIVERS.by_name)


def drivers_of(
    texts: tuple[str, ...],
    scale: Scale = STARS,
    source: str = "shop.csv",
    channels: tuple[str, ...] = (),
    silent: tuple[str, ...] = (),
) -> Drivers:
    """Drivers of 300 records that take their texts, and where there are some their channels, in turn."""
    random, records = Random(4), []
    for number in range(300):
        bad = random.random() < 0.4
        names = {"service": "negative" if bad else "positive", "price": random.choice(["positive", "negative"])}
        rating = scale.low + 1_000 * (random.randint(0, 1) if bad else (scale.high - scale.low) // 1_000)
        one = said(f"{texts[number % len(texts)]} {number}", 5_000 if number % 7 == 0 else -5_000, rating, **names)
        records.append(replace(one, channel=channels[number % len(channels)] if channels else "web"))
    records += [replace(said(price="negative"), channel=channel) for channel in silent]
    comments = batch_of(records, source=source, scale=scale).comments
    rated = CountRated(4, apart=bool(channels))(comments, labels_of(records))
    return find_drivers(summary_of(records, source=source, scale=scale), rated)


def rendered(name: str, found: Drivers, *, width: int = 80, ascii_only: bool = False) -> str:
    return DRIVERS[name].text(found, Page(width, ascii_only=ascii_only))


def hostile() -> Drivers:
    scale = Scale("stars \x1b[31m::error::|", 1_000, 5_000)
    silent = tuple(f"{text} silent" for text in HOSTILE)
    return drivers_of(HOSTILE, scale, "exports/\x1b[31m::[red]|=x.csv", channels=HOSTILE, silent=silent)


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_a_text_act(name: str) -> None:
    text = rendered(name, hostile())
    assert not UNSEEN.search(text)
    assert not COMMAND.search(text)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_table_keeps_to_its_width(width: int) -> None:
    assert max(map(cell_len, rendered("table", hostile(), width=width).splitlines())) <= width


@pytest.mark.parametrize("width", [40, 60, 72, 78, 80, 120])
def test_no_number_is_cut_short(width: int) -> None:
    found = drivers_of(("Fine by me",))
    text = " ".join(rendered("table", found, width=width).split())
    for driver in found.drivers:
        if driver.evidence:
            assert f"{driver.low:+.3f} to {driver.high:+.3f} {100 * driver.explained:.1f}%" in text
            moved = f"{driver.effect:+.2f} {driver.impact:+.3f}"
            assert width < 72 or moved in text
            assert width < 120 or f"{driver.mean_with:.2f} {driver.mean_without:.2f} {moved}" in text


def test_the_table_can_be_ascii() -> None:
    assert rendered("table", drivers_of(("Fine by me",)), ascii_only=True).isascii()


def test_the_table_shows_drivers_and_names_those_without_evidence() -> None:
    text = rendered("table", drivers_of(("Fine by me",)))
    assert re.search(r"^- +service negative +\d+ +-3\.\d\d +\+1\.\d{3}", text, re.MULTILINE)
    assert re.search(r"^no evidence: price ", text, re.MULTILINE)


def test_nps_points_are_named() -> None:
    found = drivers_of(("Fine by me",), NPS)
    assert "NPS points" in rendered("table", found)
    assert "NPS points" in rendered("markdown", found)
    assert " nps=" in rendered("line", found)


def test_json_keys_are_those_of_the_contract_in_their_order() -> None:
    whole = json.loads(rendered("json", drivers_of(("Fine by me",))))
    assert list(whole)[:4] == ["format", "version", "rating", "drivers"]
    assert (whole["format"], whole["version"]) == ("cxscan-drivers", 1)
    assert {tuple(driver) for driver in whole["drivers"]} == {HEADER}
    assert len(whole["contradictions"]) == 4


def test_csv_has_a_row_for_each_driver() -> None:
    found = drivers_of(("Fine by me",))
    rows = list(csv.DictReader(io.StringIO(rendered("csv", found))))
    assert [(row["theme"], row["polarity"]) for row in rows] == [(one.theme, one.polarity) for one in found.drivers]
    assert {row["evidence"] for row in rows} == {"true", "false"}


def test_markdown_is_what_it_looks_like() -> None:
    html = MarkdownIt("commonmark").enable("table").render(rendered("markdown", hostile()))
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("<table>") == 4
    assert html.count("<tr>") == 4 + 5 + len(hostile().drivers) + 4 + len(HOSTILE)


def test_the_line_says_what_drags_and_what_lifts() -> None:
    line = rendered("line", drivers_of(("Fine by me",)))
    assert line.count("\n") == 1
    assert re.search(r" drags=service-negative:\+1\.\d+ lifts=service-positive:-\d", line)


def test_the_picture_has_a_letter_for_each_theme_and_is_ascii() -> None:
    nets = [(0.5, -0.4), (0.2, 0.6), (0.2, 0.6), (0.1, 0.0)]
    places = [Place(f"theme {number}", importance, net, None) for number, (importance, net) in enumerate(nets)]
    lines = quadrants(places, 60)
    drawn = "".join(lines[1:-2])
    assert sorted(letter for letter in "abcd" if letter in drawn) == list("abcd")
    assert "".join(lines).isascii()
    assert max(map(len, lines)) <= 60
    assert "a" in lines[1]  # the most important stands highest
    assert drawn.index("a") < lines[1].index("|")  # and performs worse than most


def test_themes_after_the_last_letter_are_not_drawn() -> None:
    places = [Place(f"theme {number}", 1 / 30, number / 30, None) for number in range(30)]
    assert len(re.findall("[a-z]", "".join(quadrants(places, 78)[1:-2]))) == 26


def test_without_anything_explained_there_is_no_picture() -> None:
    assert quadrants([], 80) == []


def channels(*names: str, silent: tuple[str, ...] = ()) -> Drivers:
    return drivers_of(("Fine by me",), channels=names, silent=silent)


def test_the_table_tells_each_segment_largest_first() -> None:
    text = rendered("table", channels("pier", "app", "pier", silent=("fax", "fax", "telex")))
    after = text[text.index("BY channel") :]
    row = r" +{} +\d\.\d\d +\d+\.\d% +service negative \+1\.\d{{3}}, service positive -\d\.\d{{3}}$"
    assert re.search("^pier" + row.format(200) + r"\napp " + row.format(100), after, re.MULTILINE)
    assert "no ratings: fax (2*), telex (1*)" in after
    assert "*: fewer than 30" in after


def test_small_segments_are_marked_where_people_read() -> None:
    found = channels(*["pier"] * 29, "app")  # 10 of 300
    assert re.search(r"^app +10\* ", rendered("table", found), re.MULTILINE)
    assert re.search(r"^\| app \| 10\\\* \|", rendered("markdown", found), re.MULTILINE)
    assert "pier | 290 |" in rendered("markdown", found)


def test_where_too_few_say_anything_nothing_is_explained() -> None:
    segment = re.search(r"^app .*$", rendered("table", channels(*["pier"] * 49, "app")), re.MULTILINE)
    assert segment
    assert segment[0].split() == ["app", "6*", segment[0].split()[2], "-", "-"]


def test_many_segments_are_cut_in_the_table_and_whole_in_csv() -> None:
    found = channels(*(f"pier {number}" for number in range(30)), silent=tuple(f"hut {n}" for n in range(25)))
    table = rendered("table", found)
    assert len(re.findall("^pier ", table, re.MULTILINE)) == 20
    assert "and 10 more values: --format csv has all" in table
    assert "and 5 more" in table
    rows = csv.DictReader(io.StringIO(rendered("csv", found)))
    assert len({row["segment"] for row in rows}) == 31


def test_csv_names_the_segment_first_and_nothing_for_the_whole() -> None:
    found = channels("pier", "")
    rows = list(csv.DictReader(io.StringIO(rendered("csv", found))))
    assert tuple(rows[0]) == (*SEGMENT_HEADER, *HEADER)
    told = {where: [] for where in (("", ""), ("channel", ""), ("channel", "pier"))}
    for row in rows:
        told[row["segment_column"], row["segment"]].append((row["theme"], row["polarity"]))
    segments = found.segments["channel"].rated
    drivers = [found.drivers, segments[""].drivers, segments["pier"].drivers]
    assert list(told.values()) == [[(one.theme, one.polarity) for one in some] for some in drivers]


@pytest.mark.parametrize("name", ["csv", "line", "table", "markdown"])
def test_without_segments_nothing_is_said_of_them(name: str) -> None:
    text = rendered(name, drivers_of(("Fine by me",)))
    assert "egment" not in text
    assert not re.search(r"\bBy\b|\bBY\b|fewer than 30", text)


def test_the_line_is_the_same_with_segments() -> None:
    assert rendered("line", channels("pier", "app")) == rendered("line", drivers_of(("Fine by me",)))


def test_the_name_of_a_segment_is_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(rendered("csv", hostile()))))
    formulas = {row[1] for row in rows[1:] if "=cmd" in row[1]}
    assert formulas
    assert all(name.startswith("'=") for name in formulas)


def test_segments_can_be_ascii_and_of_nps_points() -> None:
    found = drivers_of(("Fine by me",), NPS, channels=("pier " + "and so on " * 9, "app"))
    text = rendered("table", found, ascii_only=True)
    assert text.isascii()
    assert re.search(r"^ +n +NPS +explained +drags and lifts$", text, re.MULTILINE)
    assert "| NPS |" in rendered("markdown", found).replace("  ", " ")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_drivers_give_the_same_bytes(name: str) -> None:
    assert rendered(name, hostile()) == rendered(name, hostile())
