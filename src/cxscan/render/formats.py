"""The formats of every result: names, suffixes and renderers stand here once.

`--format`, the suffixes that `-o` knows, the encoding and the documentation are all taken from here. Another format is
another entry. Renderers are named as `module:function` under `cxscan.render`, so that `--help` imports none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

from cxscan.errors import UsageError, nearest
from cxscan.render import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cxscan.comment_records import ChosenComments, CommentRecord
    from cxscan.config.resolve import ResolvedSettings
    from cxscan.history.store import Added, StoredRun
    from cxscan.history.trend import Trend
    from cxscan.insight.compare import Comparison
    from cxscan.insight.drivers import Drivers
    from cxscan.insight.label_changes import TestedTaxonomy
    from cxscan.insight.topics import Topics
    from cxscan.layout import Inspection
    from cxscan.learning_results import Evaluation, TrainingReport
    from cxscan.model import Comments, Explanation, Labels, Reject, Spans
    from cxscan.render.verdicts.words import Verdicts
    from cxscan.rules.taxonomy import Rules, Taxonomy
    from cxscan.summary import Summary

R = TypeVar("R")
Renderer: TypeAlias = Callable[[R, Page], str | bytes]


class NamedFormat(Protocol):
    """A format by its name, which `--format` takes, and by the suffixes of its files."""

    @property
    def name(self) -> str:
        """As `--format` has it."""

    @property
    def help(self) -> str:
        """Its purpose, in one line."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Files whose names end so are written in this format, unless another one is asked for."""


F = TypeVar("F", bound=NamedFormat)


@dataclass(frozen=True)
class OutputFormat(Generic[R]):
    """One way to write a whole result."""

    name: str
    renderer: str | Renderer[R]
    """`module:function` under `cxscan.render`, imported when something is rendered; or the function itself."""
    help: str
    suffixes: tuple[str, ...] = ()
    machine_readable: bool = True
    """Bytes are UTF-8 whatever the encoding of standard output is, and the page has no say."""
    with_cells: bool = False
    """Has the export's own columns, so the reader keeps them."""

    def render(self, result: R, page: Page | None = None) -> str | bytes:
        """Return the result in this format; `page` is for those who read it at a terminal."""
        renderer: Renderer[R] = _imported(self.renderer) if isinstance(self.renderer, str) else self.renderer
        return renderer(result, page or Page())

    def text(self, result: R, page: Page | None = None) -> str:
        """Return the result as text. Raise TypeError for a format of bytes."""
        content = self.render(result, page)
        if isinstance(content, bytes):
            raise TypeError(f"{self.name} is no text")
        return content


class RowWriter(Protocol):
    """Writes comments a batch at a time."""

    def __call__(self, comments: Comments, labels: Labels, evidence: Spans, columns: Sequence[str]) -> str:
        """Return a row for each comment; `columns` are the export's own."""


@dataclass(frozen=True, slots=True)
class RowFormat:
    """One way to write a row for each comment, a batch at a time and in any process."""

    name: str
    rows: str
    """`module:function` of a `RowWriter`."""
    help: str
    suffixes: tuple[str, ...]
    header: str = ""
    """`module:function` of what stands before the rows, from the export's own columns; nothing without one."""
    with_cells: bool = False
    """Has the export's own columns, so the reader keeps them."""
    with_evidence: bool = False
    """Has the words that labels rest on, so the classifier looks for them."""

    def head(self, columns: Sequence[str]) -> str:
        """Return what stands before the rows."""
        if not self.header:
            return ""
        header: Callable[[Sequence[str]], str] = _imported(self.header)
        return header(columns)

    def write(self, comments: Comments, labels: Labels, evidence: Spans, columns: Sequence[str]) -> str:
        """Return a row for each comment."""
        rows: RowWriter = _imported(self.rows)
        return rows(comments, labels, evidence, columns)


def _imported(name: str) -> Callable[..., str]:
    module, _, function = name.partition(":")
    found: Callable[..., str] = getattr(import_module(f"cxscan.render.{module}"), function)
    return found


class Formats(Generic[F]):
    """The formats of one result; the first one is the default."""

    def __init__(self, result: str, *formats: F) -> None:
        """`result` is a noun for messages: summary."""
        self.result = result
        self.by_name = {one.name: one for one in formats}

    def __iter__(self) -> Iterator[F]:
        return iter(self.by_name.values())

    def __getitem__(self, name: str) -> F:
        """Return a format by its name. Raise UsageError with the nearest names where there is none."""
        if name not in self.by_name:
            raise UsageError(f"format {name}: not known; {nearest(name, self.by_name)}")
        return self.by_name[name]

    @property
    def default(self) -> F:
        """The format where none is asked for."""
        return next(iter(self))

    @property
    def suffixes(self) -> dict[str, str]:
        """The name of the format for each suffix."""
        return {suffix: one.name for one in self for suffix in one.suffixes}

    def choose(self, name: str | None, output: Path | None, option: str = "--output") -> F:
        """Return the format that is asked for by name, else the one for the suffix of the output.

        A name without suffix (`-`, a device, a plain name) gets the default. Raise UsageError for any other suffix.
        """
        if name is not None:
            return self[name]
        suffix = output.suffix.lower() if output is not None else ""
        if not suffix:
            return self.default
        if suffix not in self.suffixes:
            *others, last = self.suffixes
            endings = f"{', '.join(others)} or {last}" if others else last
            raise UsageError(f"{option} {output}: the {self.result} cannot be written as {suffix}; end it in {endings}")
        return self[self.suffixes[suffix]]


def _table(renderer: str) -> OutputFormat[R]:
    return OutputFormat("table", renderer, "to read in a terminal", (".txt", ".log"), machine_readable=False)


def _json(schema: str, renderer: str = "json:json_document") -> OutputFormat[R]:
    """JSON as a schema of docs/schema has it; without a renderer, of a result that has `as_json()`."""
    return OutputFormat("json", renderer, f"for programs: [schema](schema/{schema}.json)", (".json",))


def _markdown(renderer: str) -> OutputFormat[R]:
    return OutputFormat("markdown", renderer, "for a pull request, a wiki or the summary of a job", (".md",))


def _csv(renderer: str, about: str, *, with_cells: bool = False) -> OutputFormat[R]:
    return OutputFormat("csv", renderer, f"for a spreadsheet: {about}", (".csv",), with_cells=with_cells)


def _jsonl(renderer: str, about: str) -> OutputFormat[R]:
    return OutputFormat("jsonl", renderer, f"for programs, a line of JSON each: {about}", (".jsonl",))


def _line(renderer: str) -> OutputFormat[R]:
    return OutputFormat("line", renderer, "one line for a log", machine_readable=False)


SUMMARY: Formats[OutputFormat[Summary]] = Formats(
    "summary",
    _table("summary.table:summary_table"),
    _json("summary-1"),
    _markdown("summary.markdown:summary_markdown"),
    _csv("summary.csv:summary_csv", "a row for each number of the whole, of segments and of periods"),
    _line("summary.line:summary_line"),
)

VERDICTS: Formats[OutputFormat[Verdicts]] = Formats(
    "verdicts",
    _table("verdicts.table:verdicts_table"),
    _line("verdicts.line:verdicts_line"),
    _json("check-1", "verdicts.json:verdicts_json"),
    _markdown("verdicts.markdown:verdicts_markdown"),
    OutputFormat("junit", "verdicts.junit:junit", "XML for the test report of a CI system", (".xml",)),
    OutputFormat("github", "verdicts.github:github_commands", "annotations for GitHub Actions"),
)

COMPARISON: Formats[OutputFormat[Comparison]] = Formats(
    "comparison",
    _table("comparison.table:comparison_table"),
    _json("comparison-1"),
    _markdown("comparison.markdown:comparison_markdown"),
    _csv("comparison.csv:comparison_csv", "a row for each change"),
    _line("comparison.line:comparison_line"),
)

DRIVERS: Formats[OutputFormat[Drivers]] = Formats(
    "drivers",
    _table("drivers.table:drivers_table"),
    _json("drivers-1"),
    _markdown("drivers.markdown:drivers_markdown"),
    _csv("drivers.csv:drivers_csv", "a row for each driver"),
    _line("drivers.line:drivers_line"),
)

TOPICS: Formats[OutputFormat[Topics]] = Formats(
    "topics",
    _table("topics.table:topics_table"),
    _json("topics-1"),
    _markdown("topics.markdown:topics_markdown"),
)

ADDED_RUNS: Formats[OutputFormat[Sequence[tuple[Summary, Added]]]] = Formats(
    "added runs",
    _table("history.runs:added_table"),
    _json("added-1", "history.runs:added_json"),
)

RUNS: Formats[OutputFormat[Sequence[StoredRun]]] = Formats(
    "runs",
    _table("history.runs:runs_table"),
    _json("history-1", "history.runs:runs_json"),
)

HISTORY_EXPORT: Formats[OutputFormat[Sequence[StoredRun]]] = Formats(
    "history",
    _json("history-1", "history.runs:runs_with_summaries_json"),
    _csv("history.runs:runs_csv", "the rows of `scan --format csv` for each run"),
)

TREND: Formats[OutputFormat[Trend]] = Formats(
    "trend",
    _table("history.trend:trend_table"),
    _json("trend-1", "history.trend:trend_json"),
)

SETTINGS: Formats[OutputFormat[ResolvedSettings]] = Formats(
    "settings",
    _table("settings:settings_table"),
    _json("config-1", "settings:settings_json"),
)

EXPLANATION: Formats[OutputFormat[Explanation]] = Formats(
    "explanation",
    _table("explanation:explanation_table"),
    _json("explanation-1", "explanation:explanation_json"),
)

EVALUATION: Formats[OutputFormat[Evaluation]] = Formats(
    "evaluation",
    _table("evaluation.table:evaluation_table"),
    _json("evaluation-1"),
    _markdown("evaluation.markdown:evaluation_markdown"),
)

TRAINING: Formats[OutputFormat[TrainingReport]] = Formats(
    "report",
    _table("training:training_table"),
    _json("training-1"),
)

INSPECTIONS: Formats[OutputFormat[Sequence[Inspection]]] = Formats(
    "findings",
    _table("inspection:inspections_table"),
    _json("inspection-1", "inspection:inspections_json"),
)

THEMES: Formats[OutputFormat[Taxonomy]] = Formats(
    "themes",
    _table("taxonomy.rules:themes_table"),
    _json("themes-1", "taxonomy.rules:themes_json"),
)

THEME: Formats[OutputFormat[Rules]] = Formats(
    "theme",
    _table("taxonomy.rules:rules_table"),
    _json("theme-1", "taxonomy.rules:rules_json"),
)

TAXONOMY_TEST: Formats[OutputFormat[TestedTaxonomy]] = Formats(
    "test",
    _table("taxonomy.tested:tested_table"),
    _json("themes-test-1", "taxonomy.tested:tested_json"),
)

COMMENT_ROWS: Formats[RowFormat] = Formats(
    "comments",
    RowFormat("jsonl", "comments:jsonl_rows", "[schema](schema/comment-1.json)", (".jsonl",), with_evidence=True),
    RowFormat(
        "csv",
        "comments:csv_rows",
        "the export's own columns, then ours",
        (".csv",),
        header="comments:csv_header",
        with_cells=True,
    ),
)

QUOTES: Formats[OutputFormat[ChosenComments]] = Formats(
    "quotes",
    _table("quotes:quotes_list"),
    _json("quotes-1", "quotes:quotes_json"),
    _markdown("quotes:quotes_markdown"),
    _csv("quotes:quotes_csv", "the export's own columns, then those of `--comments`", with_cells=True),
    _jsonl("quotes:quotes_jsonl", "[schema](schema/comment-1.json)"),
)

FAILURE_ROWS: Formats[OutputFormat[Sequence[tuple[str, CommentRecord]]]] = Formats(
    "failures",
    _csv("failures:failures_csv", "the name of the check, then the comment"),
    _jsonl("failures:failures_jsonl", "the name of the check, then the record"),
)

REJECT_ROWS: Formats[OutputFormat[Sequence[Reject]]] = Formats(
    "rejects",
    OutputFormat("csv", "rejects:rejects_csv", "where each record stands, and the reason", (".csv", ".txt", ".log")),
    _jsonl("rejects:rejects_jsonl", "where each record stands, and the reason"),
)
