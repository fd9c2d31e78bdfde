"""The phrases of a batch are looked for once, whatever the taxonomy."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Self

import pytest

from cxscan.classify.phrases.matcher import Matcher
from cxscan.runs.classifier import Classifier, ClassifierOptions

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

OWN = """
[themes.courier]
parent = "delivery"
phrases = ["courier", "driver"]
not_here = ["taxi driver"]

[themes.price]
phrases = ["dear for"]
not_here = ["oh dear for"]

[themes.ease]
remove = true

[intents.suggestion]
phrases = ["had you only"]
"""


@pytest.fixture(params=["built-in", "own", "vader"])
def options(request: pytest.FixtureRequest, tmp_path: Path) -> ClassifierOptions:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return ClassifierOptions(
        themes=None if request.param == "built-in" else path, vader=request.param == "vader", language="en"
    )


class Calls:
    """Counts the calls of a function while it is looked at."""

    def __init__(self, function: object) -> None:
        self.count, self._code = 0, function.__code__  # type: ignore[attr-defined]  # a function

    def __enter__(self) -> Self:
        sys.setprofile(self._seen)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _seen(self, frame: FrameType, event: str, _value: object) -> None:
        self.count += event == "call" and frame.f_code is self._code


def matchers(value: object) -> set[int]:
    """Every matcher that an object holds, at any depth."""
    found, seen, ahead = set(), set(), [value]
    while ahead:
        each = ahead.pop()
        if id(each) in seen or isinstance(each, type) or type(each).__name__ == "module":
            continue
        seen.add(id(each))
        if isinstance(each, Matcher):
            found.add(id(each))
        ahead += gc.get_referents(each) if not callable(each) else []
    return found


def test_a_classifier_has_a_single_matcher(options: ClassifierOptions) -> None:
    assert len(matchers(Classifier(options))) == 1


def test_a_batch_is_matched_once(options: ClassifierOptions) -> None:
    classifier = Classifier(options)
    with Calls(Matcher.match) as calls:
        classifier.classify(["The driver was late, and it is dear for what you get.", "n/a", ""])
    assert calls.count == 1
