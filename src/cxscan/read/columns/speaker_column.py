"""The column of a thread that says who speaks: rows of the company are no comments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.read.values.column_names import normalise_column_name, normalise_last_key

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from cxscan.read.columns.sample import ColumnSample

_COMPANY = frozenset(
    (
        "agent|support|customer support|customer service|customer care|support agent|service agent|live agent|bot"
        "|chatbot|chat bot|virtual agent|virtual assistant|assistant|ai|ai agent|automation|automated|operator"
        "|company|business|brand|representative|rep|sales rep|csr|advisor|adviser|consultant|helpdesk|help desk|desk"
        "|support team|team|teammate|interviewer|outbound|outgoing"
    ).split("|")
)
"""Cells that say: the company speaks."""

_COMPANY_IN_A_THREAD = _COMPANY | frozenset(
    (
        "admin|administrator|owner|staff|system|moderator|mod|employee|seller|host|merchant|vendor|manager|developer"
        "|hotel|doctor|nurse|out|sent|internal|tool|function"
    ).split("|")
)
"""Cells that say so where the column's name speaks of a thread; elsewhere they may be what the customer is."""

_CUSTOMER = frozenset(
    (
        "customer|client|user|end user|enduser|end-user|visitor|guest|consumer|lead|contact|caller|buyer|shopper"
        "|member|requester|patient|passenger|human|respondent|interviewee|participant|subscriber|tenant|reviewer"
        "|player|traveler|traveller|inbound|incoming|in|received|external|public"
    ).split("|")
)

_THREAD_NAMES = frozenset(
    (
        "speaker|speaker type|speaker role|speaker label|author type|author role|author kind|sender type|sender role"
        "|sender kind|from type|from role|message from|message type|message author type|message role|message sender"
        "|sent by|actor type|actor role|actor|participant type|participant role|direction|message direction"
        "|turn|turn type|side|party|utterance by|spoken by|speaker id|sender|commenter type|commenter role"
        "|originator|author class|by whom|source type|user or agent|agent or customer|is from"
    ).split("|")
)
"""Names of columns that say who speaks in a thread."""

_NAMES = _THREAD_NAMES | frozenset(
    "role|from|by|author|type|user type|user role|author name|kind|who|name|channel role|interlocutor|origin".split("|")
)

_CUSTOMER_IF_TRUE = re.compile(
    r"(?:is |from |by |was )*(?:inbound|incoming|customer|client|user|end user|visitor|requester|consumer|public)"
    r"(?: message| reply| comment| author)?"
)
_COMPANY_IF_TRUE = re.compile(
    r"(?:is |from |by |was )*(?:outbound|outgoing|agent|staff|admin|business|owner|company|bot|support|operator|brand"
    r"|employee|internal|private note|internal note|submitter)(?: message| reply| response| comment| author)?"
)
_TRUE, _FALSE = frozenset({"true", "1", "1.0", "yes", "t", "y"}), frozenset({"false", "0", "0.0", "no", "f", "n"})
_MOST_SPEAKERS = 12
_ACTS = re.compile(r"\b(?:message|reply|response|turn|comment|utterance|user type|role|type)\b")
_NOT_ASCII_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class SpeakerColumn:
    """The place at which a record says who speaks, and the cells that say it is the company."""

    position: int
    company: frozenset[str]
    """In lower case, without white space around them."""
    reason: str

    def is_company(self, cells: Iterable[str]) -> list[bool]:
        """Tell of each cell whether it names the company."""
        known: dict[str, bool] = {}
        return [
            known[cell] if cell in known else known.setdefault(cell, cell.strip().casefold() in self.company)
            for cell in cells
        ]


def find_speaker(sample: ColumnSample, taken: Container[int]) -> SpeakerColumn | None:
    """The column whose name and cells say who speaks, where both sides do; None where there is none.

    All of its cells are known speakers, and few different ones: `role` in a survey of staff is what people are.
    """
    for position, name in enumerate(sample.names):
        names = {normalise_column_name(name), normalise_last_key(name)}
        if position in taken or not _may_name_speakers(names):
            continue
        cells = {row[position].strip().casefold() for row in sample.rows} - {""}
        company = _company_cells(names, cells) if 1 < len(cells) <= _MOST_SPEAKERS else frozenset()
        if company:
            listed = ", ".join(sorted(company))
            return SpeakerColumn(
                position, company, f"its name and cells say who speaks; the company where it says {listed}"
            )
    return None


def _may_name_speakers(names: set[str]) -> bool:
    sides = (_CUSTOMER_IF_TRUE, _COMPANY_IF_TRUE)
    return not names.isdisjoint(_NAMES) or any(side.fullmatch(name) for side in sides for name in names)


def _company_cells(names: set[str], cells: set[str]) -> frozenset[str]:
    """The cells that name the company; none where a cell is no known speaker or one side is missing."""
    if cells <= _TRUE | _FALSE:
        if any(map(_CUSTOMER_IF_TRUE.fullmatch, names)):
            return frozenset(cells & _FALSE) if cells & _TRUE else frozenset()
        if any(map(_COMPANY_IF_TRUE.fullmatch, names)):
            return frozenset(cells & _TRUE) if cells & _FALSE else frozenset()
        return frozenset()
    known = _COMPANY if names.isdisjoint(_THREAD_NAMES) else _COMPANY_IN_A_THREAD
    words = {cell: _words(cell) for cell in cells}
    company = frozenset(cell for cell in cells if words[cell] in known)
    customers = {cell for cell in cells - company if words[cell] in _CUSTOMER}
    return company if customers and cells == company | customers else frozenset()


def _words(cell: str) -> str:
    """A cell as words, without those that say that something was said: `agent_message` is "agent"."""
    words = " ".join(_NOT_ASCII_WORD.sub(" ", cell).split())
    return " ".join(_ACTS.sub(" ", words).split()) or words
