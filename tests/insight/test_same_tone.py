from __future__ import annotations

import numpy as np
import pytest

from cxscan.insight.same_tone import HELD_BACK, SameTone
from cxscan.insight.tone import FOLDS, STEPS, TONES, ToneCounts, tone_groups

SIZE = 600


def made(seed: int = 1, effect: float = 0.0, share: float = 0.3, size: int = SIZE):
    """Tone groups, worth in rating units and two features, the first of which has an effect."""
    random = np.random.default_rng(seed)
    scores = random.integers(-10_000, 10_001, size)
    sentiments = np.sign(scores) * (np.abs(scores) > 2_000)
    marks = np.column_stack([random.random(size) < share, random.random(size) < 0.5 + 0.3 * sentiments])
    stars = np.clip(np.rint(3 + 2 * scores / 10_000 + effect * marks[:, 0] + random.normal(0, 0.7, size)), 1, 5)
    groups = tone_groups((f"answer {number}" for number in range(size)), sentiments, scores)
    return groups, (1_000 * stars).astype(np.int64), marks


def counted(groups, worth, marks) -> SameTone:
    counts = ToneCounts.count(groups, worth, marks, np.ones(len(groups), np.int64))
    return SameTone.of_counts(counts, [0, 1])


def strata_of(groups) -> np.ndarray:
    """Each record's stratum, as a column of marks for each."""
    tones = groups % TONES
    sizes = np.bincount(tones, minlength=TONES)
    columns = []
    for first in range(0, TONES, STEPS):
        members: list[int] = []
        for tone in range(first, first + STEPS):
            if sizes[members].sum() >= 20 and sizes[tone : first + STEPS].sum() >= 20:
                columns.append(np.isin(tones, members))
                members = []
            members.append(tone)
        columns.append(np.isin(tones, members))
    return np.column_stack(columns).astype(float)


def test_an_effect_is_that_of_a_regression_with_a_level_for_each_stratum() -> None:
    groups, worth, marks = made(effect=-0.5)
    for feature, effect in enumerate(counted(groups, worth, marks).effects()):
        table = np.column_stack([strata_of(groups), marks[:, feature]])
        slope = np.linalg.lstsq(table, worth.astype(float), rcond=None)[0][-1]
        assert effect.value == pytest.approx(slope)


def test_its_error_is_that_of_marks_dealt_anew_within_the_strata() -> None:
    groups, worth, marks = made()
    strata, random, values = strata_of(groups).argmax(axis=1), np.random.default_rng(3), []
    for _ in range(400):
        dealt = marks.copy()
        for stratum in range(strata.max() + 1):
            members = np.flatnonzero(strata == stratum)
            dealt[members, 0] = random.permutation(marks[members, 0])
        values.append(counted(groups, worth, dealt).effects()[0].value)
    assert counted(groups, worth, marks).effects()[0].error == pytest.approx(np.std(values), rel=0.1)


def test_what_is_explained_is_measured_on_records_that_had_no_say() -> None:
    groups, worth, marks = made(effect=-1.0)
    strata, folds, left = strata_of(groups), groups // TONES, np.zeros(3)
    for fold in range(FOLDS):
        seen, held_out = folds != fold, folds == fold
        stars, own = worth.astype(float), strata.argmax(axis=1)
        levels = np.array([stars[seen & (own == one)].mean() for one in range(strata.shape[1])])
        shares = np.array([marks[seen & (own == one)].mean(axis=0) for one in range(strata.shape[1])])
        inside = marks[seen] - shares[own[seen]]
        slopes = np.linalg.solve(inside.T @ inside + HELD_BACK * np.eye(2), inside.T @ (stars - levels[own])[seen])
        by_tone = levels[own[held_out]]
        by_features = by_tone + (marks[held_out] - shares[own[held_out]]) @ slopes
        for place, guess in enumerate((stars[seen].mean(), by_tone, by_features)):
            left[place] += ((stars[held_out] - guess) ** 2).sum()
    explained = counted(groups, worth, marks).explained()
    assert explained.tone == pytest.approx(1 - left[1] / left[0])
    assert explained.beside == pytest.approx((left[1] - left[2]) / left[0])
    assert explained.beside is not None
    assert explained.beside > 0.03


def test_half_a_star_on_one_comment_in_ten_of_a_thousand_is_found() -> None:
    found = sum(counted(*made(seed, -0.5, 0.1, 1_000)).effects()[0].p <= 0.001 for seed in range(40))
    assert found >= 32  # p as small as that stays evidence among fifty that are tested


def test_counts_add_up() -> None:
    groups, worth, marks = made()
    times = np.ones(SIZE, np.int64)
    whole = ToneCounts.count(groups, worth, marks, times)
    parts = [
        ToneCounts.count(groups[part], worth[part], marks[part], times[part]) for part in np.split(np.arange(SIZE), 3)
    ]
    added = parts[0] + parts[1] + parts[2]
    assert np.array_equal(added.worth_having, whole.worth_having)
    assert np.array_equal(added.together, whole.together)


def test_a_few_records_explain_nothing() -> None:
    groups, worth, marks = made(size=30)
    assert counted(groups, worth, marks).explained() == (None, None)
