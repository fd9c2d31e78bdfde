from __future__ import annotations

import csv
import io
import json
import re
from random import Random

import pytest
from markdown_it import MarkdownIt
from render.made import NPS, STARS, batch_of, labels_of, said, summary_of
from render.test_comparison_formats import COMMAND, FORMATS, HOSTILE, UNSEEN
from rich.cells import cell_len

from cxscan.insight.drivers import Drivers, Place, find_drivers
from cxscan.insight.rated import CountRated
from cxscan.model import Scale
from cxscan.render import Page
from cxscan.render.drivers import HEADER, drivers_renderer
from cxscan.render.quadrants import quadrants


def drivers_of(texts: tuple[str, ...], scale: Scale = STARS, source: str = "shop.csv") -> Drivers:
    random, records = Random(4), []
    for number in range(300):
        bad = random.random() < 0.4
        names = {"service": "negative" if bad else "positive", "price": random.choice(["positive", "negative"])}
        rating = scale.low + 1_000 * (random.randint(0, 1) if bad else (scale.high - scale.low) // 1_000)
        records.append(said(texts[number % len(texts)], 5_000 if number % 7 == 0 else -5_000, rating, **names))
    rated = CountRated(4)(batch_of(records, source=source, scale=scale).comments, labels_of(records))
    return find_drivers(summary_of(records, source=source, scale=scale), rated)


def rendered(name: str, found: Drivers, *, width: int = 80, ascii_only: bool = False) -> str:
    return drivers_renderer(name, Page(width, ascii_only=ascii_only))(found)


def hostile() -> Drivers:
    return drivers_of(HOSTILE, Scale("stars \x1b[31m::error::|", 1_000, 5_000), "exports/\x1b[31m::[red]|=x.csv")


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
            assert width < 78 or f"{driver.mean_with:.2f} {driver.mean_without:.2f} {driver.impact:+.3f}" in text


def test_the_table_can_be_ascii() -> None:
    assert rendered("table", drivers_of(("Fine by me",)), ascii_only=True).isascii()


def test_the_table_shows_drivers_and_names_those_without_evidence() -> None:
    text = rendered("table", drivers_of(("Fine by me",)))
    assert re.search(r"^- +service negative +\d+ +1\.\d\d +5\.00 +\+1\.\d{3}", text, re.MULTILINE)
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
    assert html.count("<table>") == 3


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
