"""All that a classifier is built from, read from files and checked: taxonomy, weights, a user's model."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from cxscan.errors import UsageError, nearest
from cxscan.rules.loading import load_taxonomy
from cxscan.rules.model_file import UserModel, read_model, shipped_sentiment
from cxscan.rules.theme_weights import theme_weights, with_trained

if TYPE_CHECKING:
    from pathlib import Path

    from cxscan.rules.model_file import ThemeColumns
    from cxscan.rules.taxonomy import Taxonomy
    from cxscan.rules.theme_weights import ThemeWeights
    from cxscan.rules.weights import Weights


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of a classifier."""

    taxonomy: Taxonomy
    weights: ThemeWeights
    """Of themes and intents, with the columns that a user has trained."""
    model: UserModel

    @property
    def sentiment(self) -> Weights:
        """Return the user's weights of the sentiment, or those that come with cxscan."""
        return self.model.sentiment or shipped_sentiment()

    @property
    def themes_sha256(self) -> str:
        """Hexadecimal digest of the taxonomy and of what was learned: one changed is another classifier."""
        trained = f" {self.weights.trained_sha256}" if self.weights.trained else ""
        return sha256(f"{self.taxonomy.sha256} {self.weights.sha256}{trained}".encode()).hexdigest()


def load_rules(themes: Path | None = None, model: Path | None = None) -> RuleSet:
    """Read a taxonomy and a model of the user's own, where there are any; the rest comes with cxscan.

    Raises UsageError for a file that cannot be used, or that does not fit the others.
    """
    taxonomy, weights = load_taxonomy(themes), theme_weights()
    if model is None:
        return RuleSet(taxonomy, weights, UserModel(None, None))
    read = read_model(model)
    if read.themes is not None and read.themes.names:
        check_columns(read.themes, model, taxonomy, weights)
        weights = with_trained(weights, read.themes)
    return RuleSet(taxonomy, weights, read)


def check_columns(columns: ThemeColumns, path: Path, taxonomy: Taxonomy, shipped: ThemeWeights) -> None:
    """Raise UsageError where a model's themes do not fit the taxonomy or the weights."""
    names = [theme.name for theme in taxonomy.themes]
    for name in columns.names:
        if name not in names:
            raise UsageError(
                f"{path}: was trained for the theme {name}, which the taxonomy in use does not have "
                f"({nearest(name, names)}); give the file that it was trained with as --themes, or train anew"
            )
    sizes = tuple(len(shipped.arrays[f"{kind}_rows"]) for kind in ("phrase", "length", "count"))
    if columns.sizes != (*sizes, len(shipped.arrays["unit_labels"])):
        raise UsageError(f"{path}: its themes were trained for another version of cxscan; train anew")
