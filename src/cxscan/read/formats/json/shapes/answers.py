"""Answers of a survey in a list of questions with their answers, as Typeform and other survey tools write them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cxscan.read.formats.json.wrappers import unwrapped
from cxscan.read.values.column_names import normalise_last_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.formats.json.shapes.shape import Expand, Wanted

_LISTS = frozenset(
    """answers answer responses questions fields values items custom fields survey answers form fields form responses
    question answers elements entries inputs results additional answers pages""".split()
)
_QUESTION = (
    *("question", "question_text", "questionText", "question_title", "field", "title", "label", "name", "prompt"),
    *("key", "ref", "question_id", "questionId", "field_id", "fieldId", "id", "qid", "slug"),
)
"""Keys that say which question it is, the most telling first."""
_ANSWER = (
    *("answer", "answer_text", "answerText", "value", "response", "text", "number", "choice", "choices", "rating"),
    *("score", "comment", "content", "boolean", "date", "email", "url", "textAnswers", "answers", "selected"),
)
_TITLE = ("title", "text", "label", "name", "ref", "id")
_DEPTH = 4
_RECUR = 0.5


class SurveyAnswers:
    """Objects with a list of answers, each beside its question: a column for each question."""

    name = "answers"
    title = "answers beside their questions"

    def recognise(self, values: Sequence[object], _wanted: Wanted) -> Expand | None:
        """By lists (or objects) whose items have a question and an answer, the same questions in most records."""
        records = [value for value in values if isinstance(value, dict)]
        paths = dict.fromkeys(path for record in records for path in _paths(record, (), _DEPTH))
        for path in paths:
            is_sure = len(records) > 1 or path[-1] == "answers"
            if is_sure and _recur([_answers(_at(record, path), {}) for record in records]):

                def expand(value: object, path: tuple[str, ...] = path) -> Iterator[object]:
                    yield _spread(value, path) if isinstance(value, dict) else value

                return expand
        return None


def _paths(record: dict[str, object], above: tuple[str, ...], depth: int) -> Iterator[tuple[str, ...]]:
    for key, value in record.items():
        path = (*above, str(key))
        if isinstance(value, list | dict) and not _LISTS.isdisjoint(normalise_last_key(str(key)).split()):
            yield path
        if isinstance(value, dict) and depth > 1:
            yield from _paths(value, path, depth - 1)


def _at(record: object, path: Sequence[str]) -> object:
    for key in path:
        record = record.get(key) if isinstance(record, dict) else None
    return record


def _recur(answers: Sequence[dict[str, object]]) -> bool:
    """Tell whether the same questions are answered in most records that answer any."""
    filled = [questions for questions in answers if questions]
    if not filled:
        return False
    counts = Counter(question for questions in filled for question in questions)
    often = sum(count for count in counts.values() if count > 1 or len(filled) == 1)
    return often >= _RECUR * counts.total()


def _spread(record: dict[str, object], path: tuple[str, ...]) -> dict[str, object]:
    """The record without its list of answers, and with a field for each question."""
    plain = _without(record, path)
    answers = _answers(_at(record, path), _titles(record))
    return plain | {(name if name not in plain else f"answer {name}"): answer for name, answer in answers.items()}


def _without(record: dict[str, object], path: tuple[str, ...]) -> dict[str, object]:
    key, *rest = path
    inner = record.get(key)
    if rest and isinstance(inner, dict):
        return record | {key: _without(inner, tuple(rest))}
    return {name: value for name, value in record.items() if name != key}


def _titles(record: dict[str, object]) -> dict[str, str]:
    """The wording of each question by its key, where the record defines its form (Typeform's webhooks)."""
    for value in record.values():
        if not isinstance(value, dict):
            continue
        fields = value.get("fields", value.get("questions"))
        if isinstance(fields, list):
            defined = [field for field in fields if isinstance(field, dict) and isinstance(field.get("title"), str)]
            return {str(field.get(key)): str(field["title"]) for field in defined for key in ("id", "ref")}
        if titles := _titles(value):
            return titles
    return {}


def _answers(listed: object, titles: dict[str, str]) -> dict[str, object]:
    """Question and answer of each item; empty where not every item has both, or a question stands twice."""
    answers: dict[str, object] = {}
    items = listed if isinstance(listed, list) else list(listed.items()) if isinstance(listed, dict) else []
    for item in items:
        key, entry = item if isinstance(item, tuple) else (None, item)
        if not isinstance(entry, dict):
            return {}
        nested = _nested(entry, titles)
        question, answer = (None, None) if nested else _question(entry, key, titles)
        if nested:
            answers |= nested
        elif question is None or question in answers:
            return {}
        else:
            answers[question] = answer
    return answers


def _nested(entry: dict[str, object], titles: dict[str, str]) -> dict[str, object]:
    """Answers in a list of questions on each page, as SurveyMonkey writes them."""
    questions = entry.get("questions")
    return _answers(questions, titles) if isinstance(questions, list) else {}


def _question(entry: dict[str, object], key: str | None, titles: dict[str, str]) -> tuple[str | None, object]:
    """The question of an item (None where it has none, or no answer), and its answer."""
    given = next((name for name in _ANSWER if name in entry), None)
    kind = entry.get("type")
    given = kind if isinstance(kind, str) and kind in entry and kind != "type" else given
    if given is None:
        return None, None
    asked = next((name for name in _QUESTION if name != given and entry.get(name)), None)
    if asked is None and isinstance(entry.get("text"), str) and given != "text":
        asked = "text"  # JotForm
    if asked is None:
        return key, _plain(entry[given])
    return _title(entry[asked], kind, titles), _plain(entry[given])


def _title(question: object, kind: object, titles: dict[str, str]) -> str | None:
    if not isinstance(question, dict):
        return titles.get(str(question), str(question))
    for key in ("id", "ref"):
        if str(question.get(key)) in titles:
            return titles[str(question[key])]
    named = next((question[key] for key in _TITLE if isinstance(question.get(key), str | int)), None)
    if named is None:
        return None
    kind = question.get("type", kind)
    is_worded = any(key in question for key in ("title", "text", "label", "name"))
    return str(named) if is_worded or not isinstance(kind, str) else f"{named} ({kind})"


def _plain(answer: object) -> object:
    """An answer as one value: the label of a choice, those of several joined, the text of a list of texts."""
    if isinstance(answer, list):
        parts = [_plain(item) for item in answer]
        return "; ".join(str(part) for part in parts if part not in (None, ""))
    if not isinstance(answer, dict):
        return answer
    for key in ("label", "labels", "text", "value", "answers", "other", "name", "display"):
        if key in answer and answer[key] not in (None, "", []):
            return _plain(answer[key])
    return unwrapped(answer)


ANSWERS = SurveyAnswers()
