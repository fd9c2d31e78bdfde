from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace

import pytest
from insight.hearing import texts, topics
from markdown_it import MarkdownIt
from render.test_comparison_formats import COMMAND, HOSTILE, UNSEEN
from rich.cells import cell_len

from cxscan.insight.label_changes import LabelChange, LabelChangeCounts, LabelChanges
from cxscan.insight.topics import Parts, Rise, Topics
from cxscan.render import Page
from cxscan.render.formats import TOPICS
from cxscan.render.taxonomy.tested import label_changes_table
from cxscan.summary import Share

FORMATS = list(TOPICS.by_name)


def rising() -> Topics:
    found = topics(texts())
    first = replace(found.topics[0], rise=Rise(Share(2, 400), Share(30, 200), 0.00042))
    parts = Parts("2026-03-01", "2026-03-21", "2026-03-30", 400, 200)
    return replace(found, topics=(first, *found.topics[1:]), parts=parts, more=7)


def hostile() -> Topics:
    found = rising()
    quotes = tuple(replace_text(found.topics[0].quotes[0], text) for text in HOSTILE)
    bad = "x\x1b[31m::error::|[red]"
    topic = replace(found.topics[0], quotes=quotes, forms=((bad,), *found.topics[0].forms))
    return replace(found, inputs=(f"exports/{bad}=x.csv", "b.csv"), topics=(topic, replace(topic, rise=None)))


def replace_text(quote, text: str):
    return quote._replace(text=text, source="exports/\x1b[31m::[red]|=x.csv")


def rendered(name: str, found: Topics, *, width: int = 80, ascii_only: bool = False) -> str:
    return TOPICS[name].text(found, Page(width, ascii_only=ascii_only))


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_lets_a_text_act(name: str) -> None:
    text = rendered(name, hostile())
    assert not UNSEEN.search(text)
    assert not COMMAND.search(text)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_table_keeps_to_its_width_but_for_what_is_to_paste(width: int) -> None:
    page, _, _ = rendered("table", rising(), width=width).partition("TO PASTE")
    assert max(map(cell_len, page.splitlines())) <= width


def test_the_table_can_be_ascii() -> None:
    assert rendered("table", rising(), ascii_only=True).isascii()


@pytest.mark.parametrize("width", [40, 80])
def test_what_the_table_has_to_paste_is_a_taxonomy(width: int) -> None:
    found = rising()
    _, _, pasted = rendered("table", found, width=width).partition("one\n")
    tables = tomllib.loads(pasted)["themes"]
    assert list(tables) == [topic.key for topic in found.topics]


def test_markdown_has_a_block_to_paste() -> None:
    blocks = [token for token in MarkdownIt().parse(rendered("markdown", rising())) if token.type == "fence"]
    assert [block.info for block in blocks] == ["toml"]
    assert len(tomllib.loads(blocks[0].content)["themes"]) == 4


@pytest.mark.parametrize("name", ["table", "markdown"])
def test_rising_topics_stand_apart(name: str) -> None:
    above, _, below = rendered(name, rising()).partition("TOPICS" if name == "table" else "## Topics")
    assert re.search(r"passport.* 0\.5%.* 15\.0%", above)
    assert not re.search(r"^\|? ?passport .*%", below, re.MULTILINE)
    assert "200 comments from 2026-03-21 to 2026-03-30 against 400 before" in " ".join(above.split())


@pytest.mark.parametrize("name", ["table", "markdown"])
def test_coverage_stands_beside_what_practitioners_aim_for(name: str) -> None:
    assert "practitioners aim for 80%" in rendered(name, rising())


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found_reads_well(name: str) -> None:
    text = rendered(name, topics(["Great price."] * 9))
    assert "80%" in text or name == "json"
    assert text.endswith("\n")


def test_a_sample_is_said_to_be_one() -> None:
    assert "looked for in 600 of them" in rendered("table", replace(rising(), coverage=Share(700, 900)))
    assert "of them" not in rendered("table", rising())


def test_json_has_the_keys_of_the_contract_in_order() -> None:
    whole = json.loads(rendered("json", rising()))
    assert (whole["format"], whole["version"]) == ("cxscan-topics", 1)
    order = ["name", "phrases", "n", "share", "uncovered", "net", "rising", "quotes", "toml"]
    assert [list(topic) for topic in whole["topics"]] == [order] * 4
    assert whole["topics"][0]["rising"]["after"]["n"] == 30


def test_the_flip_list_lets_no_text_act() -> None:
    examples = tuple(
        LabelChange("\x1b[31m::[red]|=x.csv", n, "text", text, "absent", "mixed") for n, text in enumerate(HOSTILE)
    )
    found = LabelChanges(
        {"price": LabelChangeCounts(3, 2, 1, examples), "ease": LabelChangeCounts(1)}, 7, 900, 500, 520
    )
    text = label_changes_table(found, Page(60))
    assert not UNSEEN.search(text)
    assert not COMMAND.search(text)
    assert max(map(cell_len, text.splitlines())) <= 60
    assert re.search(r"^price +3 +2 +1$", text, re.MULTILINE)
    assert "7 of 900 scored comments (0.8%); coverage 55.6% → 57.8%" in " ".join(text.split())


def test_no_flip_is_said_to_be_none() -> None:
    assert "no comment changes label" in label_changes_table(LabelChanges(scored=9), Page())
