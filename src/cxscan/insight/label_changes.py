"""Comments that change label between two taxonomies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.model import INTENTS, Polarity, State
from cxscan.summary import Share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxscan.model import Codes, Comments, Labels
    from cxscan.rules.taxonomy_examples import TaxonomyTest


class LabelChange(NamedTuple):
    """A comment whose label changes; smaller ones are shown first."""

    source: str
    record: int
    field: str
    text: str
    before: str
    """A polarity, `found` for an intent, or `absent`."""
    after: str


@dataclass(frozen=True, slots=True)
class LabelChangeCounts:
    """The changes of one label: comments that gain it, lose it, or keep it with another polarity."""

    gained: int = 0
    lost: int = 0
    turned: int = 0
    examples: tuple[LabelChange, ...] = ()

    def plus(self, other: LabelChangeCounts, kept: int) -> LabelChangeCounts:
        """Both together, with at most `kept` examples."""
        examples = tuple(sorted((*self.examples, *other.examples))[:kept])
        return LabelChangeCounts(
            self.gained + other.gained, self.lost + other.lost, self.turned + other.turned, examples
        )


@dataclass(frozen=True, slots=True)
class LabelChanges:
    """The changes in a set of comments. They add, as summaries do."""

    changes: Mapping[str, LabelChangeCounts] = field(default_factory=dict)
    """By theme or intent; those that nothing changes are not there."""
    changed: int = 0
    """Comments with at least one label that changes."""
    scored: int = 0
    covered_before: int = 0
    """Comments with a theme."""
    covered_after: int = 0
    kept: int = 3
    """Examples of each label, at most."""
    crowded: int = 0
    """Comments with more built-in themes, by the new rules, than a comment can have."""
    cut: Mapping[str, int] = field(default_factory=dict)
    """Comments of which each theme was left out for that."""

    def __add__(self, other: LabelChanges) -> LabelChanges:
        changes = {
            name: self.changes.get(name, LabelChangeCounts()).plus(
                other.changes.get(name, LabelChangeCounts()), self.kept
            )
            for name in sorted({*self.changes, *other.changes})
        }
        return LabelChanges(
            changes,
            self.changed + other.changed,
            self.scored + other.scored,
            self.covered_before + other.covered_before,
            self.covered_after + other.covered_after,
            self.kept,
            self.crowded + other.crowded,
            {name: self.cut.get(name, 0) + other.cut.get(name, 0) for name in sorted({*self.cut, *other.cut})},
        )

    @property
    def coverage(self) -> tuple[Share, Share]:
        """Before and after."""
        return Share(self.covered_before, self.scored), Share(self.covered_after, self.scored)


class TestedTaxonomy(NamedTuple):
    """The test of a taxonomy: its examples, and what it changes in an export."""

    examples: TaxonomyTest
    changes: LabelChanges | None
    """None where no export was given."""


def label_changes(comments: Comments, before: Labels, after: Labels, *, kept: int) -> LabelChanges:
    """Count the changes between two classifications of the same comments."""
    first, last = _by_name(before), _by_name(after)
    nothing = np.zeros(len(comments), np.uint8)
    changes: dict[str, LabelChangeCounts] = {}
    changed = np.zeros(len(comments), np.bool_)
    for name in sorted({*first, *last}):
        old, new = first.get(name, nothing), last.get(name, nothing)
        rows = np.flatnonzero(old != new)
        if len(rows):
            changed[rows] = True
            changes[name] = _change(comments, name, old, new, kept)
    return LabelChanges(
        changes=changes,
        changed=int(changed.sum()),
        scored=int((after.states == State.SCORED).sum()),
        covered_before=int(np.any(before.themes != Polarity.ABSENT, axis=1).sum()),
        covered_after=int(np.any(after.themes != Polarity.ABSENT, axis=1).sum()),
        kept=kept,
        crowded=0 if after.cut is None else int(np.any(after.cut, axis=1).sum()),
        cut=_cut(after),
    )


def _cut(labels: Labels) -> dict[str, int]:
    """Count the comments of which each theme was left out; themes that stayed in all of them are not there."""
    if labels.cut is None:
        return {}
    counts = zip(labels.themes_known, labels.cut.sum(axis=0).tolist(), strict=True)
    return {theme.name: int(count) for theme, count in counts if count}


def _by_name(labels: Labels) -> dict[str, Codes]:
    """A column of codes for each theme and intent; an intent that is found has the code 1."""
    themes = {theme.name: labels.themes[:, place] for place, theme in enumerate(labels.themes_known)}
    return themes | {intent: labels.intents[:, place].astype(np.uint8) for place, intent in enumerate(INTENTS)}


def _change(comments: Comments, name: str, old: Codes, new: Codes, kept: int) -> LabelChangeCounts:
    rows = np.flatnonzero(old != new).tolist()
    flipped = (
        LabelChange(
            source=comments.source,
            record=comments.records[row],
            field=comments.fields[row],
            text=comments.texts[row],
            before=_word(name, int(old[row])),
            after=_word(name, int(new[row])),
        )
        for row in rows
    )
    gained, lost = int(((old == 0) & (new != 0)).sum()), int(((old != 0) & (new == 0)).sum())
    return LabelChangeCounts(gained, lost, len(rows) - gained - lost, tuple(sorted(flipped)[:kept]))


def _word(name: str, code: int) -> str:
    if name in INTENTS:
        return "found" if code else "absent"
    return Polarity(code).name.lower()
