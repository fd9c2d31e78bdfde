from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from render.made import RULES, Record, said, summary_of

from cxscan.errors import UsageError
from cxscan.insight.checks.baseline import Baseline
from cxscan.insight.checks.change import change_of
from cxscan.insight.compare import Comparison, MetricChange, Side, compare
from cxscan.insight.metric_paths import number_at
from cxscan.insight.significance import LEVEL, p_value
from cxscan.model import Batch, Comments, Labels
from cxscan.read import ReadRequest, open_sources
from cxscan.runs.classifier import Classifier, ClassifierOptions
from cxscan.summary import Summary
from cxscan.summary.build import summarise
from cxscan.summary.estimates import Net, size
from cxscan.summary.saved import from_json

HALVINGS = 200


def dump(records: list[Record], name: str = "made.csv", **how: object) -> Side:
    return Side(name, summary_of(records, source=name, **how))


def changed(found: Comparison) -> dict[str, MetricChange]:
    return {one.metric: one for one in found.changes if one.significant}


def feedback(n: int, seed: int, *, delivery: float = 0.20, bad: float = 0.30, price: float = 0.10) -> list[Record]:
    """Comments that name the delivery and the price, and are negative, so often."""
    random = Random(seed)
    records = []
    for number in range(n):
        score = -5_000 if random.random() < bad else random.choice([5_000, 5_000, 0])
        themes = {name: "negative" if score < 0 else "positive"
                  for name, share in (("delivery", delivery), ("price", price)) if random.random() < share}  # fmt: skip
        records.append(said(f"answer {number}", score, 1_000 * random.randint(1, 5), **themes))
    return records


def test_a_planted_shift_of_eight_points_in_a_theme_is_found() -> None:
    for seed in range(20):
        found = compare(dump(feedback(2_000, seed)), dump(feedback(2_000, seed + 100, delivery=0.28)))
        assert "themes.delivery.share" in changed(found)
        assert next(one.metric for one in found.changes if one.path[0] == "themes") == "themes.delivery.share"


def test_a_planted_shift_of_eight_points_in_sentiment_is_found() -> None:
    for seed in range(20):
        found = compare(dump(feedback(2_000, seed)), dump(feedback(2_000, seed + 100, bad=0.38)))
        assert "sentiment.negative.share" in changed(found)


def labelled(path: Path) -> tuple[Comments, Labels, Classifier]:
    classifier = Classifier(ClassifierOptions())
    (batch,) = [batch for source in open_sources([str(path)], ReadRequest()) for batch in source.batches()]
    return batch.comments, classifier.classify(batch.comments.texts)[1], classifier


def part(comments: Comments, labels: Labels, classifier: Classifier, rows: np.ndarray) -> Side:
    """The dump of some comments, counted anew."""
    some = Comments(
        source="half.jsonl",
        records=(rows + 1).tolist(),
        fields=[comments.fields[row] for row in rows],
        ids=[None] * len(rows),
        dates=[None] * len(rows),
        ratings=[comments.ratings[row] for row in rows],
        texts=[comments.texts[row] for row in rows],
        scale=comments.scale,
    )
    columns = ("states", "reasons", "scores", "sentiments", "mixed", "themes", "intents")
    theirs = replace(labels, **{name: getattr(labels, name)[rows] for name in columns}, languages=["en"] * len(rows))
    return Side("half", summarise(Batch(some, len(rows)), theirs, rules=classifier.hashes, quotes=0))


def test_halves_of_one_dump_differ_by_chance_only(sample_data: Path) -> None:
    comments, labels, classifier = labelled(sample_data / "shop_reviews.jsonl")
    draw, findings = np.random.default_rng(7), 0
    for _ in range(HALVINGS):
        order = draw.permutation(len(comments))
        halves = (np.sort(half) for half in np.array_split(order, 2))
        found = compare(*(part(comments, labels, classifier, rows) for rows in halves))
        findings += found.findings > 0
    assert findings <= 0.07 * HALVINGS


def test_a_dump_and_itself_do_not_differ() -> None:
    same = dump(feedback(500, 1))
    found = compare(same, same)
    assert found.findings == 0
    assert all(one.difference == 0 and one.p == 1 for one in found.changes)


def test_shares_have_the_interval_of_newcombe() -> None:
    # statsmodels 0.14: confint_proportions_2indep(560, 2000, 400, 2000, method="newcomb")
    before = [said(**({"delivery": "negative"} if record < 400 else {})) for record in range(2_000)]
    after = [said(**({"delivery": "negative"} if record < 560 else {})) for record in range(2_000)]
    one = changed(compare(dump(before), dump(after)))["themes.delivery.share"]
    assert (one.before, one.after, one.difference) == (0.2, 0.28, pytest.approx(0.08))
    assert (one.low, one.high) == (pytest.approx(0.05358426809265143), pytest.approx(0.10628026294593376))


def moody(records: int) -> list[Record]:
    """Comments on one theme or on two, all of a comment's in one mood."""
    themes, moods = (("price",), ("price", "delivery")), ("negative", "positive")
    draw = np.random.default_rng(3).integers(0, 2, (records, 2)).tolist()
    return [said(**dict.fromkeys(themes[many], moods[mood])) for many, mood in draw]


def test_check_and_compare_take_no_two_mentions_in_a_comment_for_two_comments() -> None:
    records, alarms, naive = np.array(moody(400), dtype=object), 0, 0
    draw = np.random.default_rng(11)
    for _ in range(HALVINGS):
        before, after = (dump(list(half)) for half in np.array_split(draw.permutation(records), 2))
        numbers = {one.metric: one for one in compare(before, after).changes}
        compared = numbers["lens.product_net"]
        checked = change_of(number_at(after.summary, compared.metric), Baseline(before.summary), upward=True)
        assert checked is not None
        assert checked.difference == (compared.difference, compared.low, compared.high, compared.p)
        alarms += compared.p <= LEVEL
        naive += p_value(*(as_if_independent(one.summary) for one in (before, after))) <= LEVEL
    assert alarms <= 0.07 * HALVINGS
    assert naive > 0.09 * HALVINGS


def as_if_independent(summary: Summary) -> Net:
    counts = [[number_at(summary, f"themes.{name}.{end}").value or 0 for name in ("price", "delivery")]
              for end in ("positive.n", "negative.n", "n")]  # fmt: skip
    return Net(*(int(sum(count)) for count in counts))


def test_a_number_of_mentions_rests_on_the_comments_that_hold_them() -> None:
    single = number_at(dump([said(price="negative")] * 50).summary, "lens.product_net")
    double = number_at(dump([said(price="negative", delivery="negative")] * 50).summary, "lens.product_net")
    assert (single.n, single.figure) == (50, Net(0, 50, 50))
    assert (double.n, double.value) == (50, -1.0)
    assert size(double.figure) <= 50


def test_every_kind_of_number_is_compared() -> None:
    metrics = {one.metric for one in compare(dump(feedback(400, 1)), dump(feedback(400, 2))).changes}
    assert metrics >= {
        "sentiment.positive.share", "sentiment.mixed.share", "sentiment.net", "sentiment.mean", "lens.both.share",
        "lens.balance", "lens.product_net", "themes.price.share", "themes.price.net", "themes.price.negative.share",
        "intents.praise.share", "indices.coverage.share", "indices.commoditisation.share", "rating.mean",
        "rating.top_box.share", "rating.contradictions.share",
    }  # fmt: skip
    assert not {metric for metric in metrics if metric.endswith((".n", ".low", ".high", ".impact"))}


def test_the_most_telling_change_comes_first() -> None:
    found = compare(dump(feedback(2_000, 1)), dump(feedback(2_000, 2, delivery=0.4, price=0.15)))
    order = [one.metric for one in found.changes]
    assert order.index("themes.delivery.share") < order.index("themes.price.share")
    assert [one.significant for one in found.changes] == sorted(
        (one.significant for one in found.changes), reverse=True
    )


def test_a_change_inside_a_small_theme_weighs_as_much_as_the_theme() -> None:
    def comments(reversal: str, delivery: float) -> list[Record]:
        rare = [said(price=reversal) for _ in range(20)]
        return [*rare, *(said(**({"delivery": "neutral"} if n < delivery * 980 else {})) for n in range(980))]

    found = compare(dump(comments("positive", 0.2)), dump(comments("negative", 0.4)))
    order = [one.metric for one in found.changes if one.significant]
    assert order.index("themes.delivery.share") < order.index("themes.price.net")


def test_ratings_on_different_scales_are_not_compared() -> None:
    before, after = dump(feedback(400, 1)), dump(feedback(400, 2))
    [(scale, rated)] = after.summary.total.ratings.items()
    total = replace(after.summary.total, ratings={scale._replace(high=10_000): rated})
    after = after._replace(summary=replace(after.summary, total=total))
    assert not [one for one in compare(before, after).changes if one.path[0] == "rating"]


@pytest.mark.parametrize(("field", "word"), [("themes", "taxonomy"), ("model", "model")])
def test_other_rules_name_the_remedy(field: str, word: str) -> None:
    summary = summary_of(feedback(50, 1))
    other = replace(summary, rules=RULES._replace(**{field: "f" * 64}))
    with pytest.raises(UsageError, match=f"another {word}; give the exports"):
        compare(Side("a.json", summary), Side("b.json", other))


def test_a_summary_that_was_saved_compares_like_the_one_that_was_not() -> None:
    pair = dump(feedback(300, 1)), dump(feedback(300, 2, delivery=0.5))
    saved = [one._replace(summary=from_json(json.loads(json.dumps(one.summary.as_json())))) for one in pair]
    assert compare(*saved).as_json() == compare(*pair).as_json()


def rarely(n: int, of: int = 1_500) -> Side:
    rare = [said(f"Nobody called me back {number}", -5_000, service="negative") for number in range(n)]
    return dump([*rare, *(said(score=5_000) for _ in range(of - n))])


def test_what_was_rare_and_rises_stands_apart_with_its_words() -> None:
    (rising,) = compare(rarely(6), rarely(60)).rising
    assert (rising.theme, rising.polarity) == ("service", "negative")
    assert (rising.before.n, rising.after.n) == (6, 60)
    assert rising.difference.low > 0
    assert rising.quotes[0].text.startswith("Nobody called me back")


@pytest.mark.parametrize(("before", "after"), [(60, 200), (40, 4), (2, 5)])
def test_what_was_common_or_falls_or_hardly_moves_does_not_rise(before: int, after: int) -> None:
    assert compare(rarely(before), rarely(after)).rising == ()


def test_significant_changes_of_themes_come_with_words_of_now() -> None:
    good = [said("Came on time", 5_000, delivery="positive") for _ in range(270)]
    bad = [said(f"It came late, box {n} crushed", -5_000, delivery="negative") for n in range(270)]
    found = compare(dump([*good, *bad[:30]]), dump([*good[:30], *bad]))
    told = [quote for quotes in found.quotes.values() for quote in quotes]
    assert told
    assert len({quote.text for quote in told}) == len(told)
    assert {quote.sentiment for quote in told} == {"negative"}
