from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render.made import RECORDS, THEMES, gold_summary, said, summary_of

from cxscan.errors import UsageError
from cxscan.insight.metric_paths import is_known, number_at, numbers_at, outline
from cxscan.summary import Json, Summary
from cxscan.summary.estimates import Net, Share, Total, interval
from cxscan.summary.metrics import numbers_of
from cxscan.summary.paths import dotted, parts_of

WHOLE = gold_summary()
NUMBERS = ["n", "share", "low", "high"]


def at(path: tuple[str, ...], value: Json) -> Json:
    """What stands in the JSON at a path, lists of periods read by their names."""
    for part in path:
        if isinstance(value, list):
            value = next(one for one in value if one["period"] == part)  # type: ignore[index, call-overload]  # JSON, looked into
        else:
            value = value[part] if isinstance(value, dict) else None
    return value


@given(RECORDS)
def test_every_number_is_the_one_in_the_json(records: list) -> None:
    summary = summary_of(records)
    whole = summary.as_json()
    for path, number in numbers_of(summary.total, summary.themes).items():
        assert number.value == at(path, whole)


def test_every_number_of_a_summary_has_a_path() -> None:
    found: set[tuple[str, ...]] = set()

    def walk(value: Json, path: tuple[str, ...]) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, (*path, key))
        elif isinstance(value, int | float):
            found.add(path)

    for key in ("comments", "sentiment", "lens", "themes", "intents", "indices", "rating"):
        walk(WHOLE.as_json()[key], (key,))
    assert found <= numbers_of(WHOLE.total, WHOLE.themes).keys()


def test_a_path_leads_through_segments_and_periods() -> None:
    assert number_at(WHOLE, "segments.channel.phone.comments.n").value == 2
    assert number_at(WHOLE, 'segments.channel."phone".comments.n').value == 2
    assert number_at(WHOLE, 'segments.channel."".comments.n').value == 1
    assert number_at(WHOLE, "timeline.2026-12.comments.n").value == 2
    assert number_at(WHOLE, 'timeline."2026-12".sentiment.positive.n').value == 1


def test_a_share_knows_what_it_is_a_share_of() -> None:
    assert number_at(WHOLE, "sentiment.negative.share").figure == Share(2, 6)
    assert number_at(WHOLE, "themes.service.positive.share").figure == Share(2, 3)
    assert number_at(WHOLE, "themes.service.net").figure == Net(2, 0, 3)
    assert number_at(WHOLE, "lens.product_net").figure == Net(1 * 3 / 5, 4 * 3 / 5, 3)  # 5 mentions in 4 comments
    assert number_at(WHOLE, "comments.n").figure == Total(7)


@given(RECORDS)
def test_a_share_has_the_interval_that_the_json_shows(records: list) -> None:
    summary = summary_of(records)
    whole = summary.as_json()
    for path, found in numbers_of(summary.total, summary.themes).items():
        if path[-1] == "share" and found.figure is not None and found.value is not None:
            ends = interval(found.figure)
            assert [round(end, 6) for end in ends or ()] == [at((*path[:-1], end), whole) for end in ("low", "high")]


def test_nothing_measured_is_a_known_number_without_a_value() -> None:
    empty = Summary.empty(THEMES, gold_summary().rules)
    for path in ("sentiment.negative.share", "themes.price.net", "rating.mean", "indices.word_of_mouth.net"):
        assert number_at(empty, path).value is None


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("sentiment.negative.shre", "sentiment.negative.share"),
        ("sentiment.negative", "sentiment.negative.share"),
        ("themes.prise.net", "themes.price.net"),
        ("theme.price.net", "themes.price.net"),
        ("Themes.Price.Net", "themes.price.net"),
        ("segments.channel.phon.comments.n", '"phone"'),
        ("segments.chanel.phone.comments.n", "channel"),
        ("segments.channel.phone.coments.n", "segments.channel.phone.comments.n"),
        ("timeline.2026-13.comments.n", "2026-12"),
        ("nonsense", "sentiment"),
        ("inputs", "intents"),
    ],
)
def test_an_unknown_metric_is_refused_with_the_nearest(path: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        number_at(WHOLE, path)
    assert str(caught.value).startswith(f"metric {path}: ")
    assert hint in str(caught.value)


@pytest.mark.parametrize("path", ["", ".", "a.", ".a", "a..b", 'a."b', "a b.", '"a"b'])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match="metric"):
        number_at(WHOLE, path)


def test_segments_that_were_not_counted_are_named() -> None:
    bare = summary_of([said()], by=(), period=None)
    with pytest.raises(UsageError, match="--by"):
        number_at(bare, "segments.channel.phone.comments.n")
    with pytest.raises(UsageError, match="--period"):
        number_at(bare, "timeline.2026-12.comments.n")


def test_a_star_stands_for_every_name() -> None:
    assert [one.path[1] for one in numbers_at(WHOLE, "themes.*.net")] == sorted(theme.name for theme in THEMES)
    assert {one.path[2] for one in numbers_at(WHOLE, "segments.channel.*.comments.n")} == {"", "phone", "web"}
    assert len(numbers_at(WHOLE, "segments.*.*.themes.*.*.share")) == 3 * len(THEMES) * 4


def test_a_star_that_stands_for_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="no such number"):
        numbers_at(WHOLE, "themes.*.nett")
    with pytest.raises(UsageError, match="--by"):
        numbers_at(summary_of([said()], by=()), "segments.*.*.comments.n")


def test_an_outline_needs_no_comments() -> None:
    assert [one.path for one in outline(THEMES, "segments.channel.fax.sentiment.net")] == [
        ("segments", "channel", "fax", "sentiment", "net")
    ]
    assert len(outline(THEMES, "segments.channel.*.themes.*.net")) == len(THEMES)
    for path in ("segments.channel.fax.sentiment.nett", "segments.channel", "segments", "themes.prise.net"):
        with pytest.raises(UsageError, match="number"):
            outline(THEMES, path)


@given(st.lists(st.text(min_size=1).filter(lambda text: text != "*"), min_size=1))
def test_a_path_written_out_is_read_back(path: list[str]) -> None:
    assert parts_of(dotted(tuple(path))) == tuple(path)


def test_known_is_what_can_be_measured() -> None:
    assert is_known(WHOLE, "themes.price.net")
    assert not is_known(WHOLE, "segments.channel.fax.comments.n")
