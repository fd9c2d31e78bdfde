"""Topics that the taxonomy lacks: telling phrases of clauses without a theme, grouped by the comments they share.

A topic is a group of phrases, and its comments are those that a theme of these phrases would find in such clauses: what
is counted is what pasting the snippet brings. The same comments give the same bytes, whatever the threads, workers or
hash seed, for only whole counts are compared; and few rows more or less hardly change counts of many.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cxscan.insight.grouping import grouped
from cxscan.insight.rising import RARE
from cxscan.insight.significance import LEVEL, benjamini_hochberg, share_p
from cxscan.insight.terms import FEWEST, telling_terms
from cxscan.insight.topics import Parts, Rise, Topic, Topics, theme_key
from cxscan.model import INTENTS, sentiment_name
from cxscan.rules.taxonomy import built_in
from cxscan.summary import Quote, Share, top_quotes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.insight.sample import Sample, SampledComment
    from cxscan.insight.terms import TermTexts
    from cxscan.model import Bools, Ints, Tokens
    from cxscan.summary import Summary

MOST_PHRASES = 8
"""A topic keeps its most frequent phrases."""

SMALLEST_PART = 50
"""Two parts of a period are compared when each has this many comments."""

EASY_LENGTH = 240
"""Characters of a quote that is read at a glance."""


class _Draft(NamedTuple):
    """A group of terms on its way to a topic."""

    terms: list[int]
    texts: Ints
    """Numbers of its comments, in order."""
    forms: tuple[tuple[str, ...], ...]
    """The phrases that the theme would look for."""


def discover(summary: Summary, sample: Sample, tokens: Tokens, *, shown: int, quotes: int) -> Topics:
    """Topics of the sample, whose comments are the texts of `tokens`: the `shown` largest, and all that rise."""
    terms = telling_terms(tokens, sample.unthemed)
    drafts = sorted(_drafts(terms, len(tokens)), key=lambda one: (-len(one.texts), one.forms))
    parts, late = _parted([one.day for one in sample.comments])
    rises = _rises(drafts, parts, late)
    rising = [place for place, rise in enumerate(rises) if rise is not None]
    steady = [place for place, rise in enumerate(rises) if rise is None]
    themed = np.array([one.themed for one in sample.comments], np.bool_)
    teller = _Teller(summary, sample.comments, terms, themed, quotes)
    topics = tuple(teller.topic(drafts[place], rises[place]) for place in (*rising, *steady[:shown]))
    reached = themed.copy()
    for place in (*rising, *steady[:shown]):
        reached[drafts[place].texts] = True
    return Topics(
        inputs=tuple(sorted(summary.inputs)),
        coverage=summary.total.share(summary.total.themed),
        looked=len(sample.comments),
        reach=Share(int(reached.sum()), len(reached)),
        parts=parts,
        topics=topics,
        more=max(len(steady) - shown, 0),
    )


def _drafts(terms: TermTexts, texts: int) -> list[_Draft]:
    """Groups with their comments."""
    drafts = []
    for group in grouped(terms, texts):
        kept = group[:MOST_PHRASES]
        texts_with = np.unique(np.concatenate([terms.of(term) for term in kept]))
        drafts.append(_Draft(kept, texts_with, tuple(terms.forms[term] for term in kept)))
    return drafts


def _parted(days: Sequence[str | None]) -> tuple[Parts | None, Bools]:
    """The period in two parts, the last one with about a third of the comments; which comments stand in the last."""
    dated = sorted(day for day in days if day is not None)
    since = dated[len(dated) * 2 // 3] if dated else ""
    late = np.array([day is not None and day >= since for day in days], np.bool_)
    after = int(late.sum())
    before = len(dated) - after
    if min(before, after) < SMALLEST_PART:
        return None, late
    return Parts(dated[0], since, dated[-1], before, after), late


def _rises(drafts: Sequence[_Draft], parts: Parts | None, late: Bools) -> list[Rise | None]:
    """Of each draft whether it was rare and is not as rare any more, by more than chance."""
    if parts is None:
        return [None] * len(drafts)
    shares: list[tuple[Share, Share]] = []
    for draft in drafts:
        after = int(late[draft.texts].sum())
        shares.append((Share(len(draft.texts) - after, parts.before), Share(after, parts.after)))
    rare = [place for place, (before, _) in enumerate(shares) if before.n <= RARE * before.of]
    certain = dict(zip(rare, benjamini_hochberg([share_p(*shares[place]) for place in rare]), strict=True))
    return [
        Rise(before, after, certain[place])
        if certain.get(place, 1.0) <= LEVEL and after.n >= FEWEST and after.n * before.of > before.n * after.of
        else None
        for place, (before, after) in enumerate(shares)
    ]


class _Teller:
    """Makes topics of drafts; keeps the names that are taken."""

    def __init__(
        self, summary: Summary, comments: Sequence[SampledComment], terms: TermTexts, themed: Bools, quotes: int
    ) -> None:
        self._comments, self._terms, self._themed, self._quotes = comments, terms, themed, quotes
        self._sentiments = np.array([one.sentiment for one in comments], np.int64)
        own, built = (theme.name for theme in summary.themes), (theme.name for theme in built_in().nouns)
        self._taken = {*own, *built, *INTENTS, "sentiment"}

    def topic(self, draft: _Draft, rise: Rise | None) -> Topic:
        """The topic, with its most telling comments."""
        key = theme_key(draft.forms[0][0], self._taken)
        self._taken.add(key)
        sentiments = self._sentiments[draft.texts]
        return Topic(
            forms=draft.forms,
            share=Share(len(draft.texts), len(self._comments)),
            positive=int((sentiments > 0).sum()),
            negative=int((sentiments < 0).sum()),
            uncovered=int((~self._themed[draft.texts]).sum()),
            quotes=self._quoted(draft),
            rise=rise,
            key=key,
        )

    def _quoted(self, draft: _Draft) -> tuple[Quote, ...]:
        """Comments without a theme first; of these, those that say most of its phrases; easy ones rather than long."""
        phrases_of_text = Counter(text for term in draft.terms for text in self._terms.of(term).tolist())
        return top_quotes((self._quote(text, phrases) for text, phrases in phrases_of_text.items()), self._quotes)

    def _quote(self, text: int, phrases: int) -> Quote:
        one = self._comments[text]
        points = EASY_LENGTH * (phrases + MOST_PHRASES * (not one.themed)) - max(len(one.text) - EASY_LENGTH, 0)
        return Quote(points, one.source, one.record, one.field, one.text, sentiment_name(one.sentiment))
