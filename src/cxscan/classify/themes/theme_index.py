"""Which column of the learned weights speaks of which theme of a taxonomy: by name, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.classify.phrases.user_phrases import mostly_kept
from cxscan.errors import UsageError, nearest
from cxscan.rules.taxonomy import REQUEST_THEME, built_in

if TYPE_CHECKING:
    from cxscan.model import Bools, Ints
    from cxscan.rules.taxonomy import Taxonomy, ThemeRules
    from cxscan.rules.theme_weights import ThemeWeights


@dataclass(frozen=True, slots=True, eq=False)
class ThemeIndex:
    """Numbers of themes, one entry for each theme of the taxonomy; -1 where there is none."""

    shipped: Ints
    """Place among the themes of the weights: of phrase features, poles and polarity. A theme that is not built in, or
    has lost half of its built-in phrases, has none: its phrases decide alone."""
    columns: Ints
    """Column of the labels: the one that a user's labels have trained, else the shipped one."""
    requests: int
    """Number in the taxonomy of the theme whose neutral phrases ask for something."""
    base: tuple[ThemeRules, ...]
    """The built-in rules of each theme of the weights, in the weights' order."""

    @classmethod
    def build(cls, taxonomy: Taxonomy, weights: ThemeWeights, base: Taxonomy | None = None) -> ThemeIndex:
        """Look the themes of a taxonomy up by name; `base` is the built-in one.

        Raises UsageError for weights of a theme that is not built in.
        """
        rules = {theme.name: theme for theme in (base or built_in()).themes}
        for name in weights.themes:
            if name not in rules:
                raise UsageError(
                    f"themes.npz: has weights for the theme {name}, which themes.toml does not have "
                    f"({nearest(name, rules)}); fit them anew with training/themes.py"
                )
        learned = tuple(rules[name] for name in weights.themes)
        names = [theme.name for theme in taxonomy.themes]
        shipped = np.where(mostly_kept(taxonomy.themes, learned), _places(names, weights.themes), -1)
        trained = _places(names, weights.trained)
        columns = np.where(trained >= 0, trained + len(weights.themes) + len(weights.intents), shipped)
        return cls(shipped, columns, names.index(REQUEST_THEME) if REQUEST_THEME in names else -1, learned)

    @property
    def built_in(self) -> Bools:
        """Mark the themes that shipped weights speak of."""
        return self.shipped >= 0

    @property
    def learned(self) -> Bools:
        """Mark the themes that any weights speak of."""
        return self.columns >= 0

    @property
    def by_rank(self) -> Ints:
        """Number the themes in the order in which equals are taken: as the weights have them, then the others."""
        return np.argsort(np.where(self.built_in, self.shipped, len(self.base)), kind="stable")


def _places(names: list[str], columns: tuple[str, ...]) -> Ints:
    """Place of each name among the columns, or -1."""
    place_of = {name: place for place, name in enumerate(columns)}
    return np.array([place_of.get(name, -1) for name in names], np.int64)
