"""A topic that the taxonomy does not cover: its phrases, its comments, and the theme that it could become."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cxscan.summary.json_values import json_object, round6

if TYPE_CHECKING:
    from collections.abc import Collection

    from cxscan.summary import Json, Quote, Share

AIM = 0.8
"""The coverage that practitioners aim for: one comment in five without a theme is what short praise leaves over."""

LONGEST_LINE = 76


class Rise(NamedTuple):
    """A topic that few named before and more name now."""

    before: Share
    after: Share
    p: float
    """Of no change, after control of false discoveries among all topics that were rare."""

    def as_json(self) -> Json:
        """Both shares with their intervals."""
        return json_object(before=self.before.as_json(), after=self.after.as_json(), p=round6(self.p))


class Parts(NamedTuple):
    """The period of the comments, parted in two."""

    first: str
    since: str
    """First day of the last part."""
    last: str
    before: int
    """Comments of the first part."""
    after: int

    def as_json(self) -> Json:
        """Days as ISO 8601."""
        return json_object(**self._asdict())


@dataclass(frozen=True, slots=True)
class Topic:
    """Comments that name the same, in clauses where no theme was found."""

    forms: tuple[tuple[str, ...], ...]
    """Its phrases, each as it is written, the most frequent first."""
    share: Share
    """Of the comments looked at."""
    positive: int
    negative: int
    """Comments of that sentiment."""
    uncovered: int
    """Comments that have no theme at all."""
    quotes: tuple[Quote, ...]
    rise: Rise | None
    key: str
    """The name of the theme that it could become."""

    @property
    def name(self) -> str:
        """The phrase that most of its comments say."""
        return self.phrases[0]

    @property
    def phrases(self) -> tuple[str, ...]:
        """Each in its most frequent form."""
        return tuple(forms[0] for forms in self.forms)

    @property
    def net(self) -> float:
        """Share of positive less share of negative ones among its comments, -1 to 1."""
        return (self.positive - self.negative) / self.share.n

    @property
    def toml(self) -> str:
        """A theme to paste into a taxonomy; it holds no comment, for such files are shared."""
        phrases = [f'"{", ".join(forms)}"' for forms in self.forms]
        in_a_line = f"phrases = [{', '.join(phrases)}]"
        one_each = "\n".join(["phrases = [", *(f"  {phrase}," for phrase in phrases), "]"])
        lines = [
            f"[themes.{self.key}]",
            'lens = "product"  # or "customer"',
            f'definition = "Comments that name: {self.name}."',
            in_a_line if len(in_a_line) <= LONGEST_LINE else one_each,
            "match = []  # your own texts that must find it: cxscan themes test runs them",
        ]
        return "\n".join(lines) + "\n"

    def as_json(self) -> Json:
        """In the contract's order."""
        return json_object(
            name=self.name,
            phrases=list(self.phrases),
            n=self.share.n,
            share=round6(self.share.share),
            uncovered=self.uncovered,
            net=round6(self.net),
            rising=self.rise.as_json() if self.rise else None,
            quotes=[
                json_object(text=one.text, source=one.source, record=one.record, sentiment=one.sentiment)
                for one in self.quotes
            ],
            toml=self.toml,
        )


@dataclass(frozen=True, slots=True)
class Topics:
    """Topics that the taxonomy does not cover."""

    inputs: tuple[str, ...]
    """Paths as given."""
    coverage: Share
    """Scored comments with at least one theme."""
    looked: int
    """Scored comments that were looked at."""
    reach: Share
    """Of these, the comments that have a theme, or would have one of the topics shown."""
    parts: Parts | None
    """None where dates are missing, or too few to compare two parts."""
    topics: tuple[Topic, ...]
    """Those that rise from rarity first, then the others, each the largest first."""
    more: int
    """Topics that are not shown."""
    aim: float = AIM

    def as_json(self) -> dict[str, Json]:
        """The contract's topics, version 1."""
        return json_object(
            format="cxscan-topics",
            version=1,
            coverage=self.coverage.as_json(),
            aim=self.aim,
            reach=self.reach.as_json(),
            looked=self.looked,
            parts=self.parts.as_json() if self.parts else None,
            topics=[topic.as_json() for topic in self.topics],
            more=self.more,
        )


def theme_key(phrase: str, taken: Collection[str]) -> str:
    """A phrase as a theme's name that is not taken: lower case ASCII, `dark-mode`."""
    plain = unicodedata.normalize("NFKD", phrase).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    slug = slug if slug[:1].isalpha() else f"topic-{slug}".strip("-")
    number, key = 1, slug
    while key in taken:
        number += 1
        key = f"{slug}-{number}"
    return key
