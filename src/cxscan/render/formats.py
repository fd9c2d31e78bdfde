"""The formats of every result: names, suffixes and renderers stand here once.

`--format`, the suffixes that `-o` knows, the encoding and the documentation are all taken from here. Another format is
another entry. Renderers are named as `module:function` under `cxscan.render`, so that `--help` imports none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from cxscan.errors import UsageError, nearest
from cxscan.render import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cxscan.history.store import Added, Run
    from cxscan.history.trend import Trend
    from cxscan.insight.compare import Comparison
    from cxscan.insight.drivers import Drivers
    from cxscan.insight.topics import Topics
    from cxscan.model import Explanation
    from cxscan.render.settings import Settings
    from cxscan.render.verdicts.words import Verdicts
    from cxscan.summary import Summary

R = TypeVar("R")
Renderer: TypeAlias = Callable[[R, Page], str | bytes]


@dataclass(frozen=True, slots=True)
class Format(Generic[R]):
    """One way to write a result."""

    name: str
    renderer: str | Renderer[R]
    """`module:function` under `cxscan.render`, imported when something is rendered; or the function itself."""
    help: str
    suffixes: tuple[str, ...] = ()
    """Names of files that end so are written in this format, unless another one is asked for."""
    machine_readable: bool = True
    """Bytes are UTF-8 whatever the encoding of standard output is, and the page has no say."""

    def render(self, result: R, page: Page | None = None) -> str | bytes:
        """Return the result in this format; `page` is for those who read it at a terminal."""
        if isinstance(self.renderer, str):
            module, _, function = self.renderer.partition(":")
            renderer: Renderer[R] = getattr(import_module(f"cxscan.render.{module}"), function)
        else:
            renderer = self.renderer
        return renderer(result, page or Page())

    def text(self, result: R, page: Page | None = None) -> str:
        """Return the result as text. Raise TypeError for a format of bytes."""
        content = self.render(result, page)
        if isinstance(content, bytes):
            raise TypeError(f"{self.name} is no text")
        return content


class Formats(Generic[R]):
    """The formats of one result; the first one is the default."""

    def __init__(self, result: str, *formats: Format[R]) -> None:
        """`result` is a noun for messages: summary."""
        self.result = result
        self.by_name = {one.name: one for one in formats}

    def __iter__(self) -> Iterator[Format[R]]:
        return iter(self.by_name.values())

    def __getitem__(self, name: str) -> Format[R]:
        """Return a format by its name. Raise UsageError with the nearest names where there is none."""
        if name not in self.by_name:
            raise UsageError(f"format {name}: not known; {nearest(name, self.by_name)}")
        return self.by_name[name]

    @property
    def default(self) -> Format[R]:
        """The format where none is asked for."""
        return next(iter(self))

    @property
    def suffixes(self) -> dict[str, str]:
        """The name of the format for each suffix."""
        return {suffix: one.name for one in self for suffix in one.suffixes}

    def choose(self, name: str | None, output: Path | None, option: str = "--output") -> Format[R]:
        """Return the format that is asked for by name, else the one for the suffix of the output.

        A name without suffix (`-`, a device, a plain name) gets the default. Raise UsageError for any other suffix.
        """
        if name is not None:
            return self[name]
        suffix = output.suffix.lower() if output is not None else ""
        if not suffix:
            return self.default
        if suffix not in self.suffixes:
            raise UsageError(f"{option} {output}: no {self.result} is written as {suffix}; end it in {self.endings}")
        return self[self.suffixes[suffix]]

    @property
    def endings(self) -> str:
        """The suffixes in words: .txt, .json or .md."""
        *others, last = self.suffixes
        return f"{', '.join(others)} or {last}" if others else last


def _table(renderer: str) -> Format[R]:
    return Format("table", renderer, "to read in a terminal", (".txt", ".log"), machine_readable=False)


def _json(schema: str, renderer: str = "json:json_document") -> Format[R]:
    """JSON as a schema of docs/schema has it; without a renderer, of a result that has `as_json()`."""
    return Format("json", renderer, f"for programs: [schema](schema/{schema}.json)", (".json",))


def _markdown(renderer: str) -> Format[R]:
    return Format("markdown", renderer, "for a pull request, a wiki or the summary of a job", (".md",))


def _csv(renderer: str, about: str) -> Format[R]:
    return Format("csv", renderer, f"for a spreadsheet: {about}", (".csv",))


def _line(renderer: str) -> Format[R]:
    return Format("line", renderer, "one line for a log", machine_readable=False)


SUMMARY: Formats[Summary] = Formats(
    "summary",
    _table("summary.table:summary_table"),
    _json("summary-1"),
    _markdown("summary.markdown:summary_markdown"),
    _csv("summary.csv:summary_csv", "a row for each number of the whole, of segments and of periods"),
    _line("summary.line:summary_line"),
)

VERDICTS: Formats[Verdicts] = Formats(
    "verdicts",
    _table("verdicts.table:verdicts_table"),
    _line("verdicts.line:verdicts_line"),
    _json("check-1", "verdicts.json:verdicts_json"),
    _markdown("verdicts.markdown:verdicts_markdown"),
    Format("junit", "verdicts.junit:junit", "XML for the test report of a CI system", (".xml",)),
    Format("github", "verdicts.github:github_commands", "annotations for GitHub Actions"),
)

COMPARISON: Formats[Comparison] = Formats(
    "comparison",
    _table("comparison.table:comparison_table"),
    _json("comparison-1"),
    _markdown("comparison.markdown:comparison_markdown"),
    _csv("comparison.csv:comparison_csv", "a row for each change"),
    _line("comparison.line:comparison_line"),
)

DRIVERS: Formats[Drivers] = Formats(
    "drivers",
    _table("drivers.table:drivers_table"),
    _json("drivers-1"),
    _markdown("drivers.markdown:drivers_markdown"),
    _csv("drivers.csv:drivers_csv", "a row for each driver"),
    _line("drivers.line:drivers_line"),
)

TOPICS: Formats[Topics] = Formats(
    "topics",
    _table("topics.table:topics_table"),
    _json("topics-1"),
    _markdown("topics.markdown:topics_markdown"),
)

ADDED_RUNS: Formats[Sequence[tuple[Summary, Added]]] = Formats(
    "added runs",
    _table("history.runs:added_table"),
    _json("added-1", "history.runs:added_json"),
)

RUNS: Formats[Sequence[Run]] = Formats(
    "runs",
    _table("history.runs:runs_table"),
    _json("history-1", "history.runs:runs_json"),
)

HISTORY_EXPORT: Formats[Sequence[Run]] = Formats(
    "history",
    _json("history-1", "history.runs:runs_with_summaries_json"),
    _csv("history.runs:runs_csv", "the rows of `scan --format csv` for each run"),
)

TREND: Formats[Trend] = Formats(
    "trend",
    _table("history.trend:trend_table"),
    _json("trend-1", "history.trend:trend_json"),
)

SETTINGS: Formats[Settings] = Formats(
    "settings",
    _table("settings:settings_table"),
    _json("config-1", "settings:settings_json"),
)

EXPLANATION: Formats[Explanation] = Formats(
    "explanation",
    _table("explanation:explanation_table"),
    _json("explanation-1", "explanation:explanation_json"),
)
