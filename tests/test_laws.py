"""The laws of CONTRIBUTING.md that no linter knows, each held here; and each law there names what holds it."""

from __future__ import annotations

import ast
import dataclasses
import re
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import pytest
from classify.stages import built_in_stages, model_sentiment
from source_tree import SOURCES, classes, imported_packages, imports, modules

from cxscan.model import Batch, Comments
from cxscan.runs.classifier import Classifier, ClassifierOptions
from cxscan.summary.build import summarise
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
LAWS = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Laws\n")[2].partition("\n## ")[0]

LINES_PER_COMMENT = 5
"""Of Python, for each further comment in a batch: reading it off the list, and looking at its chunks."""


def frozen(value: object) -> object:
    """The value, with every array in it locked against writing."""
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for member in dataclasses.fields(value):
            frozen(getattr(value, member.name))
    elif isinstance(value, tuple | list):
        for member in value:
            frozen(member)
    return value


def comments(texts: list[str]) -> Comments:
    n = len(texts)
    nothing: list[str | None] = [None] * n
    return Comments("made.csv", list(range(n)), ["text"] * n, nothing, nothing, [None] * n, texts)


def test_a_stage_changes_no_column_that_it_was_given(sample_texts: list[str]) -> None:
    tokens = Tokenizer().tokenize(sample_texts)
    frozen(tokens)
    sentiment = model_sentiment().classify(tokens, evidence=True)
    frozen(sentiment)
    stages = built_in_stages()
    found = stages.phrases.find(tokens)
    frozen(found)
    themes = stages.theme_classifier.classify(tokens, sentiment, found)
    frozen(themes)
    stages.intent_classifier.classify(tokens, sentiment, themes, found)
    classifier = Classifier(ClassifierOptions())
    _, labels = classifier.classify(sample_texts, evidence=True)
    frozen(labels)
    assert summarise(Batch(comments(sample_texts), len(sample_texts)), labels, rules=classifier.hashes).total.comments


class LinesRun:
    """Counts the lines of Python that run in the stages on columns."""

    STAGES = ("cxscan.tokens", "cxscan.classify", "cxscan.summary")

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> Self:
        self._before = sys.gettrace()
        sys.settrace(self._enter)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._before)

    def _enter(self, frame: FrameType, _event: str, _value: object):
        return self._line if frame.f_globals.get("__name__", "").startswith(self.STAGES) else None

    def _line(self, _frame: FrameType, event: str, _value: object):
        self.count += event == "line"
        return self._line


def test_further_comments_of_known_words_run_next_to_no_python(sample_texts: list[str]) -> None:
    classifier, counts = Classifier(ClassifierOptions()), []
    few = sample_texts[:60]
    classifier.classify(few)
    for times in (10, 20):
        batch = Batch(comments(few * times), times * len(few))
        with LinesRun() as lines:
            _, labels = classifier.classify(batch.comments.texts)
            summarise(batch, labels, rules=classifier.hashes, quotes=0)
        counts.append(lines.count)
    assert counts[0] > 1_000
    assert counts[1] - counts[0] < LINES_PER_COMMENT * 10 * len(few)


def test_what_is_added_up_is_a_whole_number(sample_texts: list[str]) -> None:
    classifier = Classifier(ClassifierOptions())
    _, labels = classifier.classify(sample_texts)
    columns = [labels.states, labels.scores, labels.sentiments, labels.mixed, labels.themes, labels.intents]
    assert {column.dtype.kind for column in columns} <= set("iub")
    total = summarise(Batch(comments(sample_texts), len(sample_texts)), labels, rules=classifier.hashes).total
    numbers = [value for value in vars_of(total) if isinstance(value, int | float)]
    assert numbers
    assert not [value for value in numbers if isinstance(value, float)]


def vars_of(value: object) -> list[object]:
    """Everything that a value holds, at any depth."""
    inner: list[object] = []
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        inner = [getattr(value, member.name) for member in dataclasses.fields(value)]
    elif isinstance(value, dict):
        inner = [*value.values()]
    elif isinstance(value, tuple | list | set | frozenset):
        inner = [*value]
    return [value, *(deeper for each in inner for deeper in vars_of(each))]


def circles(graph: dict[str, set[str]]) -> set[frozenset[str]]:
    """The sets of modules that import each other, around whatever corners."""
    above: dict[str, set[str]] = {name: reached(graph, name) for name in graph}
    return {
        frozenset({name, *(other for other in above[name] if name in above[other])})
        for name in graph
        if name in above[name]
    }


def reached(graph: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    ahead = [*graph[start]]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += graph[name]
    return found


def test_a_circle_is_seen_around_corners() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set()}
    assert circles(graph) == {frozenset("abc")}


def test_no_module_imports_itself_around_corners() -> None:
    assert circles(imports()) == set()


def test_the_name_of_a_class_stands_once() -> None:
    counts = Counter(name for name, _ in classes())
    assert not [name for name, count in counts.items() if count > 1]


def test_commands_do_not_compute() -> None:
    stages = ("cxscan.tokens", "cxscan.classify", "cxscan.summary.build")
    for name, modules_used in imports().items():
        if name.startswith("cxscan.cli"):
            assert not [other for other in modules_used if other.startswith(stages)], name
            assert not {"numpy", "pandas", "scipy"} & imported_packages(name), name


def test_no_result_depends_on_clock_locale_or_chance() -> None:
    for name in modules():
        if name.startswith(("cxscan.render", "cxscan.summary", "cxscan.classify", "cxscan.tokens", "cxscan.insight")):
            assert not {"time", "locale", "random", "platform", "shutil", "uuid"} & imported_packages(name), name


def names_in(tree: ast.Module) -> list[str]:
    """Every name that a module gives to something."""
    names = []
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                names.append(name)
            case ast.Name(id=name, ctx=ast.Store()):
                names.append(name)
    return names


def test_names_say_something() -> None:
    empty = {"data", "info", "obj", "helper", "helpers", "util", "utils", "manager", "stuff", "said", "told"}
    for module, tree in modules().items():
        given = {name.strip("_").lower() for name in names_in(tree)} | {*module.split(".")}
        assert not given & empty, module


def test_docstrings_open_with_a_verb_or_name_the_thing() -> None:
    for module, tree in modules().items():
        nodes = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module))
        first = [(ast.get_docstring(node) or "").partition(" ")[0] for node in nodes]
        assert not {"What", "How", "Whether", "Which", "Where", "Why"} & set(first), module


def test_types_are_neither_waved_through_nor_ignored_without_a_reason() -> None:
    for module, tree in modules().items():
        typing = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "typing"]
        assert "Any" not in {alias.name for node in typing for alias in node.names}, module
    for path in SOURCES.rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert "# type: ignore" not in line or re.search(r"# type: ignore\[[\w, -]+\]  # \w", line), (
                f"{path}: {line}"
            )


def test_functions_and_modules_are_short() -> None:
    for module, tree in modules().items():
        lengths = {
            node.name: (node.end_lineno or 0) - node.lineno + 1
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
        }
        assert max(lengths.values(), default=0) <= 60, module
        assert max((node.end_lineno or 0 for node in tree.body), default=0) <= 400, module


TEST_FILES = sorted((ROOT / "tests").rglob("test_*.py"))


def test_the_name_of_a_test_file_stands_once() -> None:
    names = Counter(path.name for path in TEST_FILES)
    assert [name for name, times in names.items() if times > 1] == []  # pytest could not tell them apart


def test_tests_read_as_sentences_and_mock_nothing() -> None:
    for path in TEST_FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        assert not [name for name in functions if name.startswith("test_") and name.count("_") < 3], path
        modules_used = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not {"unittest", "unittest.mock", "pytest_mock"} & modules_used, path


@cache
def functions_by_file() -> dict[str, set[str]]:
    found = defaultdict(set)
    for path in TEST_FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found[path.relative_to(ROOT).as_posix()] = {
            node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
        }
    return found


@pytest.mark.parametrize("law", re.findall(r"^(?:\d+\.|-) (.*?)(?=^(?:\d+\.|-) |\Z)", LAWS, re.MULTILINE | re.DOTALL))
def test_every_law_names_what_holds_it(law: str) -> None:
    held_by = law.rpartition("*Held by*")[2]
    assert held_by != law, "strike it, or say what holds it"
    known = functions_by_file()
    cited = re.findall(r"\[`?([\w/.]+\.py)`?\]\(([\w/.]+)\)(?:,\s+`(\w+)`)?", held_by)
    for shown, file, function in cited:
        assert shown == file
        assert file in known, file
        assert not function or function in known[file], function
    assert cited or re.search(r"\b(ruff|mypy|import-linter)\b", held_by)
