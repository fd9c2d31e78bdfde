"""Columns of the learned weights for the labels of a taxonomy: looked up by name, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.errors import UsageError, nearest
from cxscan.rules.taxonomy import GROUPS, REQUEST_THEME, built_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Bools, Ints
    from cxscan.rules.taxonomy import Rules, Taxonomy, ThemeRules
    from cxscan.rules.theme_weights import ThemeWeights

FINDING = tuple(group for group in GROUPS if group != "not_here")
"""The groups of phrases that find."""


@dataclass(frozen=True, slots=True, eq=False)
class ThemeIndex:
    """Numbers of themes, one entry for each theme of the taxonomy; -1 where there is none.

    A theme or intent that is not built in, or that has lost half of its built-in phrases, is the user's own: its
    phrases decide alone, but for columns that the user has trained.
    """

    shipped: Ints
    """Place among the themes of the weights: of phrase features, poles and polarity."""
    columns: Ints
    """Column of the labels: the one that a user's labels have trained, else the shipped one."""
    learned_intents: Bools
    """Flags of the taxonomy's intents that have a column in the shipped weights."""
    requests: int
    """Number in the taxonomy of the theme whose neutral phrases ask for something."""
    base: tuple[ThemeRules, ...]
    """The built-in rules of each theme of the weights, in the weights' order."""
    base_intents: tuple[Rules, ...]
    """The built-in intents, in the taxonomy's order."""

    @classmethod
    def build(cls, taxonomy: Taxonomy, weights: ThemeWeights, base: Taxonomy | None = None) -> ThemeIndex:
        """Look the themes of a taxonomy up by name; `base` is the built-in one.

        Raises UsageError for weights of a theme that is not built in.
        """
        base = base or built_in()
        rules = {theme.name: theme for theme in base.themes}
        for name in weights.themes:
            if name not in rules:
                raise UsageError(
                    f"themes.npz: has weights for the theme {name}, which themes.toml does not have "
                    f"({nearest(name, rules)}); fit them anew with training/themes.py"
                )
        learned = tuple(rules[name] for name in weights.themes)
        names = [theme.name for theme in taxonomy.themes]
        shipped = np.where(_mostly_kept(taxonomy.themes, learned), _places(names, weights.themes), -1)
        trained = _places(names, weights.trained)
        return cls(
            shipped=shipped,
            columns=np.where(trained >= 0, trained + len(weights.themes) + len(weights.intents), shipped),
            learned_intents=_mostly_kept(taxonomy.intents, base.intents),
            requests=names.index(REQUEST_THEME) if REQUEST_THEME in names else -1,
            base=learned,
            base_intents=base.intents,
        )

    @property
    def built_in(self) -> Bools:
        """Mark the themes that shipped weights speak of."""
        return self.shipped >= 0

    @property
    def learned(self) -> Bools:
        """Mark the themes that any weights speak of."""
        return self.columns >= 0

    @property
    def lacking(self) -> Ints:
        """Place among the themes of the weights of each one that the taxonomy lacks, or has made its own."""
        return np.setdiff1d(np.arange(len(self.base)), self.shipped)

    @property
    def by_rank(self) -> Ints:
        """Number the themes in the order in which equals are taken: as the weights have them, then the others."""
        return np.argsort(np.where(self.built_in, self.shipped, len(self.base)), kind="stable")


def _places(names: list[str], columns: tuple[str, ...]) -> Ints:
    """Return the place of each name among the columns, or -1."""
    place_of = {name: place for place, name in enumerate(columns)}
    return np.array([place_of.get(name, -1) for name in names], np.int64)


def _mostly_kept(rules: Sequence[Rules], before: Sequence[Rules]) -> Bools:
    """Mark the rules that are among those `before` and still have more than half of their phrases that find."""
    same = {each.name: each for each in before}
    return np.array([each.name in same and _keeps_most(each, same[each.name]) for each in rules], np.bool_)


def _keeps_most(rules: Rules, before: Rules) -> bool:
    built_in_phrases = _finding(before)
    return 2 * len(built_in_phrases & _finding(rules)) > len(built_in_phrases)


def _finding(rules: Rules) -> set[tuple[str, str]]:
    return {(group, phrase) for group in FINDING for phrase in getattr(rules, group)}
