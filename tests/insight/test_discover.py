from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from insight.hearing import HIDDEN, KNOWN_THEMES, heard, texts, topics

from cxscan.insight.sample import Sample
from cxscan.insight.terms import FEWEST, generic_words
from cxscan.insight.topics import AIM, theme_key
from cxscan.model import State
from cxscan.rules.loading import load_taxonomy
from cxscan.runs.classifier import Classifier, ClassifierOptions
from cxscan.runs.topics import find_topics

SAID = st.lists(st.sampled_from(sorted(set(texts()))), max_size=40)


def test_topics_are_what_the_themes_leave_out_the_largest_first() -> None:
    found = topics(texts())
    assert [topic.name for topic in found.topics] == list(HIDDEN)
    sizes = [topic.share.n for topic in found.topics]
    assert sizes == sorted(sizes, reverse=True)


def test_a_topic_counts_the_comments_that_say_it() -> None:
    said = texts()
    for topic in topics(said).topics:
        forms = [form for forms in topic.forms for form in forms]
        wanted = [one for one in said if any(form in one.lower() for form in forms)]
        assert topic.share == (len(wanted), len(said))
        assert topic.uncovered <= topic.share.n


def test_words_that_stand_with_themes_are_no_topic() -> None:
    said = ["The staff at the counter were rude."] * 40 + ["A counter."] * 6 + ["My passport again."] * 40
    assert [topic.name for topic in topics(said).topics] == ["passport"]


def test_singular_and_plural_are_one_topic() -> None:
    (topic,) = topics(["Where is my cheque?"] * 6 + ["No cheques here."] * 3).topics
    assert topic.forms == (("cheque", "cheques"),)
    assert topic.share.n == 9


def test_a_word_that_belongs_to_a_pair_is_left_to_it() -> None:
    (topic,) = topics(["Direct debit, again."] * 9 + ["A debit."] * 2).topics
    assert topic.phrases == ("direct debit",)


def test_few_comments_make_no_topic() -> None:
    found = topics(["My passport again."] * (FEWEST - 1) + ["Great price."] * 20)
    assert found.topics == ()
    assert topics(["My passport again."] * FEWEST + ["Great price."] * 20).topics


def test_nothing_to_hear_is_no_fault() -> None:
    for said in ([], ["n/a"], ["Great price."] * 9):
        found = topics(said)
        assert (found.topics, found.more) == ((), 0)


def test_quotes_are_comments_of_the_topic_without_a_theme_first() -> None:
    topic = topics(texts()).topics[0]
    assert len(topic.quotes) == 3
    assert len({quote.text for quote in topic.quotes}) == 3
    assert all(topic.name in quote.text.lower() for quote in topic.quotes)
    assert not any(quote.text.startswith(("The staff", "Great", "Delivery", "Support")) for quote in topic.quotes)


def test_coverage_is_that_of_the_summary_and_reach_counts_the_topics_too() -> None:
    said = texts()
    summary, sample = heard(said)
    found = find_topics(summary, sample, shown=10, quotes=0)
    assert found.coverage == summary.total.share(summary.total.themed)
    assert found.reach.n == found.coverage.n + sum(topic.uncovered for topic in found.topics)
    assert found.aim == AIM == 0.8


def test_topics_that_are_not_shown_are_counted() -> None:
    found = topics(texts(), shown=1)
    assert (len(found.topics), found.more) == (1, len(HIDDEN) - 1)


@pytest.mark.parametrize("seed", range(5))
def test_big_topics_keep_their_names_when_one_row_in_twenty_goes(seed: int) -> None:
    said, random = texts(), Random(seed)
    left = [text for text in said if random.random() >= 0.05]
    assert len(left) < len(said)
    whole, part = topics(said).topics, topics(left).topics
    assert [topic.name for topic in whole[:3]] == [topic.name for topic in part[:3]]


@settings(max_examples=25)
@given(SAID, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_topic(said: list[str], random: Random) -> None:
    mixed = random.sample(said, len(said))
    before, after = topics(said, quotes=0), topics(mixed, quotes=0)
    assert before.topics == after.topics
    assert before.as_json() == after.as_json()


@settings(max_examples=25)
@given(SAID, SAID, SAID)
def test_samples_add_whatever_the_batches(first: list[str], second: list[str], third: list[str]) -> None:
    one, two, three = (heard(said, most=7)[1] for said in (first, second, third))
    assert (one + two) + three == one + (two + three)
    assert one + two == two + one
    assert one + Sample(most=7) == one
    assert len((one + two).comments) == min(7, one.scored + two.scored)


def test_a_sample_is_the_same_part_when_other_rows_go() -> None:
    said = list(dict.fromkeys(f"{text} {number}" for number, text in enumerate(texts())))
    kept = {one.text for one in heard(said, most=100)[1].comments}
    left = said[: len(said) - 30]
    again = {one.text for one in heard(left, most=100)[1].comments}
    assert kept & set(left) <= again


def test_rare_topics_that_rise_stand_apart() -> None:
    days = [f"2026-03-{day:02}" for day in range(1, 31) for _ in range(20)]
    random = Random(3)
    said = [
        "My visa stamp again." if day >= "2026-03-21" and random.random() < 0.12 else text
        for day, text in zip(days, texts(), strict=True)
    ]
    found = topics(said, days)
    rising = [topic for topic in found.topics if topic.rise]
    assert [topic.name for topic in rising] == ["visa stamp"]
    assert found.parts.since == "2026-03-21"
    assert rising[0].rise.before.n < rising[0].rise.after.n
    assert found.topics[0] == rising[0]


def test_what_is_said_as_often_as_before_does_not_rise() -> None:
    days = [f"2026-03-{day:02}" for day in range(1, 31) for _ in range(20)]
    assert not [topic for topic in topics(texts(), days).topics if topic.rise]


def test_without_dates_or_with_few_nothing_can_be_told_of_rising() -> None:
    assert topics(texts()).parts is None
    assert topics(texts(60), ["2026-03-01"] * 30 + ["2026-03-02"] * 30).parts is None
    assert topics(texts(600), ["2026-03-01"] * 600).parts is None


def test_every_theme_to_paste_is_valid_and_finds_its_comments(tmp_path: Path) -> None:
    said = texts()
    found = topics(said)
    path = tmp_path / "mine.toml"
    pasted = "\n".join(topic.toml for topic in found.topics)
    path.write_text(KNOWN_THEMES.read_text(encoding="utf-8") + pasted, encoding="utf-8")
    taxonomy = load_taxonomy(path)
    _, labels = Classifier(ClassifierOptions(themes=path, language="en")).classify(said)
    for topic in found.topics:
        column = [theme.name for theme in taxonomy.themes].index(topic.key)
        assert int((labels.themes[:, column] != 0).sum()) >= topic.share.n
    covered = (labels.themes != 0).any(axis=1) & (labels.states == State.SCORED)
    assert int(covered.sum()) >= found.reach.n


def test_a_theme_to_paste_holds_no_comment() -> None:
    for topic in topics(texts()).topics:
        (table,) = tomllib.loads(topic.toml)["themes"].values()
        assert table["match"] == []
        assert [phrase for line in table["phrases"] for phrase in line.split(", ")] == [
            form for forms in topic.forms for form in forms
        ]


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("dark mode", "dark-mode"),
        ("café", "cafe"),
        ("driver's seat", "drivers-seat"),
        ("price", "price-2"),
        ("日本", "topic"),
    ],
)
def test_a_phrase_becomes_the_name_of_a_theme_that_is_not_taken(phrase: str, key: str) -> None:
    assert theme_key(phrase, {"price"}) == key


def test_generic_words_are_written_as_words_are_read() -> None:
    assert all(word == word.lower().strip() for word in generic_words())
    assert {"the", "great", "thing"} <= generic_words()
    assert not {"passport", "price", "room"} & generic_words()
