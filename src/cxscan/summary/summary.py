"""The Summary of a run: all comments, the segments, the timeline."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError
from cxscan.summary.counts import Counts, added, distinct_quotes
from cxscan.summary.json_values import Json, json_object
from cxscan.summary.metrics import metrics_for
from cxscan.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cxscan.model import Theme
    from cxscan.summary.metric import Metric
    from cxscan.summary.paths import Path
    from cxscan.summary.rating import Rating


class RuleHashes(NamedTuple):
    """SHA-256 of what classified the comments, in hexadecimal."""

    themes: str
    model: str


@dataclass(frozen=True, slots=True)
class InputColumns:
    """Names of the columns of a file that were taken for what they are; nothing of what says nothing of them."""

    text: tuple[str, ...] = ()
    rating: str | None = None
    date: str | None = None
    id: str | None = None
    rating_reversed: bool = False
    """The file's lowest rating is the best one; here ratings are turned round."""

    def __add__(self, other: InputColumns) -> InputColumns:
        """The columns of either; where they differ, all texts, sorted, and of the others the first by name."""
        texts = self.text or other.text
        return InputColumns(
            texts if other.text in {texts, ()} else tuple(sorted({*self.text, *other.text})),
            _first_name(self.rating, other.rating),
            _first_name(self.date, other.date),
            _first_name(self.id, other.id),
            self.rating_reversed or other.rating_reversed,
        )

    def as_json(self) -> Json:
        """The contract's keys."""
        return json_object(
            text=[*self.text], rating=self.rating, date=self.date, id=self.id, rating_reversed=self.rating_reversed
        )


def _first_name(*names: str | None) -> str | None:
    return min((name for name in names if name is not None), default=None)


@dataclass(frozen=True, slots=True)
class Input:
    """Counts of one file's records by how they ended; a record with two text columns is two comments."""

    records: int = 0
    comments: int = 0
    rejected: int = 0
    empty: int = 0
    repeated: int = 0
    """Records that stood in the input before, word for word."""
    columns: InputColumns = InputColumns()

    def __add__(self, other: Input) -> Input:
        return Input(
            self.records + other.records,
            self.comments + other.comments,
            self.rejected + other.rejected,
            self.empty + other.empty,
            self.repeated + other.repeated,
            self.columns + other.columns,
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a set of comments. Summaries add: the sum of two is the summary of both sets."""

    themes: tuple[Theme, ...]
    rules: RuleHashes
    inputs: Mapping[str, Input] = field(default_factory=dict)
    """By path as given."""
    total: Counts = field(default_factory=Counts)
    segments: Mapping[str, Mapping[str, Counts]] = field(default_factory=dict)
    """By column and value."""
    timeline: Mapping[str, Counts] = field(default_factory=dict)
    """By period; comments without a date are in none."""
    undated: int | None = None
    """Comments that are in no period: no date, or one that could not be read. None where no periods were asked for."""

    @classmethod
    def empty(cls, themes: tuple[Theme, ...], rules: RuleHashes, *, quotes: int = 3) -> Summary:
        """The summary of no comments, which changes nothing when added; `quotes` is how many a theme keeps."""
        return cls(themes, rules, total=Counts(kept=quotes))

    def __add__(self, other: Summary) -> Summary:
        """Raise UsageError when the two were made with different themes, rules or numbers of quotes."""
        if (self.themes, self.rules, self.total.kept) != (other.themes, other.rules, other.total.kept):
            raise UsageError("summaries of different themes, models or numbers of quotes do not add: scan all alike")
        segments = dict(self.segments)
        for column, tallies in other.segments.items():
            segments[column] = added(segments.get(column, {}), tallies)
        inputs, timeline = added(self.inputs, other.inputs), added(self.timeline, other.timeline)
        counted = [one.undated for one in (self, other) if one.undated is not None]
        return replace(
            self, inputs=inputs, total=self.total + other.total, segments=segments, timeline=timeline,
            undated=sum(counted) if counted else None,
        )  # fmt: skip

    @property
    def is_reversed(self) -> bool:
        """Tell whether ratings of an input are turned round."""
        return any(one.columns.rating_reversed for one in self.inputs.values())

    def with_columns(self, columns: Mapping[str, InputColumns]) -> Summary:
        """The summary with the columns of its inputs, by path."""
        inputs = {path: replace(ended, columns=columns.get(path, ended.columns)) for path, ended in self.inputs.items()}
        return replace(self, inputs=inputs)

    @property
    def scales_differ(self) -> bool:
        """Tell whether ratings stand on several scales, so that `rating` and `impact` are null."""
        return len({(scale.low, scale.high) for scale in self.total.ratings}) > 1

    def groups(self) -> Iterator[tuple[Path, Counts]]:
        """Everything that was counted, by the path that leads there: all comments, each segment, each period."""
        yield (), self.total
        for column, groups in sorted(self.segments.items()):
            yield from ((("segments", column, value), counts) for value, counts in sorted(groups.items()))
        yield from ((("timeline", period), counts) for period, counts in sorted(self.timeline.items()))

    def inputs_as_json(self) -> list[Json]:
        """Each file and how its records ended."""
        return [
            json_object(
                path=path,
                records=n.records,
                comments=n.comments,
                rejected=n.rejected,
                empty=n.empty,
                repeated=n.repeated,
                columns=n.columns.as_json(),
            )
            for path, n in sorted(self.inputs.items())
        ]

    def as_json(self) -> dict[str, Json]:
        """The contract's summary, version 1: its keys in its order, names sorted, ratios to six decimals.

        One with a timeline has the number of comments that are in none of its periods behind these.
        """
        whole = json_object(
            format="cxscan-summary",
            version=1,
            cxscan=__version__,
            rules=json_object(themes=self.rules.themes, model=self.rules.model),
            inputs=self.inputs_as_json(),
            **counts_as_json(self.total, self.themes),
            segments={
                column: {value: counts_as_json(counts, self.themes) for value, counts in sorted(groups.items())}
                for column, groups in sorted(self.segments.items())
            },
            timeline=[
                json_object(period=period, **counts_as_json(counts, self.themes))
                for period, counts in sorted(self.timeline.items())
            ],
        )
        return whole if self.undated is None else {**whole, "undated": self.undated}


def counts_as_json(counts: Counts, themes: tuple[Theme, ...]) -> dict[str, Json]:
    """The contract's keys from `comments` to `rating`, in its order."""
    rating = counts.rating
    whole = metrics_as_json(
        themes,
        lambda metric: metric.node(counts),
        rating=None if rating is None else json_object(column=rating.scale.column),
    )
    comments = whole["comments"]
    reasons = comments["unscored_reasons"] if isinstance(comments, dict) else None
    if isinstance(reasons, dict):
        reasons["languages"] = json_object(**dict(sorted(counts.reasons.languages.items())))
    by_theme = whole["themes"]
    rarest_first = sorted((theme.name for theme in themes), key=lambda name: (counts.theme(name).n, name))
    quotes = distinct_quotes(counts, rarest_first)
    for theme in themes:
        node = by_theme[theme.name] if isinstance(by_theme, dict) else None
        if isinstance(node, dict):
            node["quotes"] = [quote.as_json() for quote in quotes[theme.name]]
    return whole


def rating_as_json(rating: Rating) -> Json:
    """Return the JSON under `rating`."""
    return counts_as_json(Counts(ratings={rating.scale: rating.counts}), ())["rating"]


def metrics_as_json(
    themes: tuple[Theme, ...], node: Callable[[Metric], Json], *, rating: dict[str, Json] | None
) -> dict[str, Json]:
    """An object with the node of every metric at its path; `rating` begins that of the ratings, None without any."""
    lenses: dict[str, Json] = {theme.name: json_object(lens=theme.lens.value) for theme in sorted(themes)}
    whole = json_object(comments={}, sentiment={}, lens={}, themes=lenses, intents={}, indices={}, rating=rating)
    for metric in metrics_for(themes):
        parent: Json = whole
        for part in metric.path[:-1]:
            parent = parent.setdefault(part, {}) if isinstance(parent, dict) else None
        if isinstance(parent, dict):
            name, value = metric.path[-1], node(metric)
            present = parent.get(name)
            parent[name] = {**present, **value} if isinstance(present, dict) and isinstance(value, dict) else value
    return whole
