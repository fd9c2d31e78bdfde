"""Transcripts: the turns of the one who asks or helps, and the labels before the customer's own turns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cxscan.clean.set_aside.hints import BEGIN
from cxscan.clean.set_aside.rule import TIME, SetAside, Stretch
from cxscan.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMPANY = (
    "live agent|support agent|virtual agent|agent|customer support|customer service|customer care|tech support"
    "|technical support|support team|support|help ?desk|chat ?bot|bot|virtual assistant|assistant|ai|operator"
    "|representative|sales rep|support rep|service rep|rep|csr|advis[eo]r|associate|staff|admin|moderator|system"
    "|interviewer|consultant|specialist|employee|salesperson|sales|receptionist|clerk|teller|host|doctor|nurse"
)
_CUSTOMER = (
    "customer|client|end[ -]user|user|site visitor|visitor|caller|guest|member|patient|passenger|respondent"
    "|participant|interviewee|consumer|buyer|shopper|subscriber|tenant|resident|human|me"
)
_STAMP = rf"(?:[\[(]?(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},? )?{TIME}[\])]?)"
_PERSON = r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)?"
_LABEL = LazyPattern(
    rf"(?:^[ \t]*(?:{_STAMP}[ \t]*[-–|,]?[ \t]*)?[*_<\[]{{0,3}}(?:{_PERSON}[ \t]*[(\[|-]?[ \t]*)??"
    rf"|(?<=\s)(?:{_STAMP}[ \t]+)?[*_<\[]{{0,3}}(?:{_PERSON}[ \t]*[(\[])??)"
    rf"(?P<who>(?i:(?P<company>{_COMPANY}|question|q)|(?P<customer>{_CUSTOMER}|answer|a)))\b(?: ?#?\d{{1,4}})?"
    rf"(?:[ \t]*[(\[|-][ \t]*[\w .,:'’-]{{1,30}}[)\]]?|[ \t]+{_PERSON})?"
    rf"[)\]]?(?:[ \t]*{_STAMP})?[*_>\]]{{0,3}}[ \t]*:[*_]{{0,2}}(?=\s|$)[ \t]*",
    re.MULTILINE,
)
_NAMED = LazyPattern(
    rf"^[ \t]*(?:{_STAMP}[ \t]*[-–|,]?[ \t]*)?[*_<\[]{{0,3}}(?P<company>{_PERSON})(?P<customer>(?!))?"
    rf"(?:[ \t]*{_STAMP})?[*_>\]]{{0,3}}[ \t]*:[*_]{{0,2}}(?=\s|$)[ \t]*",
    re.MULTILINE,
)
_WORD_START = LazyPattern(r"(?<!\S)\S")
_LONGEST_LABEL = 90
_SYSTEM = LazyPattern(
    rf"^[ \t*_(\[-]*(?:{_STAMP}[\])]?[ \t:-]*)?(?:"
    r"(?:The )?[Cc]hat (?:session )?(?:has )?(?:started|ended|transcript|transferred)\b[^\n]{0,80}"
    r"|[^\n:]{1,60} (?:has |have )?(?:joined|left|ended|entered|disconnected from) the (?:chat|conversation|session)"
    r"[^\n]{0,20})[ \t*_)\]-]*$",
    re.MULTILINE,
)
_PLAINLY_CUSTOMERS = frozenset({"customer", "client", "visitor", "caller", "end user", "site visitor"})
_INTERVIEW = frozenset({"q", "question", "a", "answer"})


def company_turns(text: str) -> Iterator[Stretch]:
    """Turns of the company's side, up to the next label, and the labels before those of the customer.

    Both sides must speak: `Agent:` alone may be the name of a film, `Service:` a heading in a review.
    """
    every = [match for match in _labels(text) if _is_label(text, match)]
    labels = _both_sides(every) or _with_names(text, every)
    if not labels and every and every[0]["customer"] and not text[: every[0].start()].strip():
        labels = every[:1] if every[0]["who"].lower() not in {*_INTERVIEW, "me"} else []
    ends = [*(match.start() for match in labels[1:]), len(text)]
    for match, end in zip(labels, ends, strict=False):
        yield Stretch(match.start(), end if match["company"] else match.end())
    if labels:
        yield from (Stretch(*match.span()) for match in _SYSTEM.finditer(text))


def _labels(text: str) -> Iterator[re.Match[str]]:
    """Find labels by the colons that end them: few words stand before a colon."""
    end = 0
    for colon in re.finditer(":", text):
        if colon.start() < end:
            continue
        starts = _WORD_START.finditer(text, max(end, colon.start() - _LONGEST_LABEL), colon.start())
        found = (_LABEL.match(text, start.start()) for start in starts)
        label = next((match for match in found if match is not None and match.end() > colon.start()), None)
        if label is not None:
            end = label.end()
            yield label


def _with_names(text: str, labels: list[re.Match[str]]) -> list[re.Match[str]]:
    """The labels of customers and, where lines begin so too, names of whoever else speaks: "Marlow: … Customer: …"."""
    customers = [match for match in labels if match["customer"] and match["who"].lower() not in _INTERVIEW]
    if not any(match["who"].lower() in _PLAINLY_CUSTOMERS for match in customers):
        return []
    known = {match.start() for match in labels}
    names = [match for match in _NAMED.finditer(text) if match.start() not in known]
    return sorted([*customers, *names], key=lambda match: match.start()) if names else []


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Tell a label from words before a colon: it is capitalised, or begins a line."""
    begins = match.start()
    return match["who"][0].isupper() or begins == 0 or text[begins - 1] == "\n"


def _both_sides(labels: list[re.Match[str]]) -> list[re.Match[str]]:
    """The labels, if both sides have one: of an interview (Q, A), or of a conversation."""
    interview = [match for match in labels if match["who"].lower() in _INTERVIEW]
    conversation = [match for match in labels if match["who"].lower() not in _INTERVIEW]
    for speakers in (conversation, interview):
        if any(match["company"] for match in speakers) and any(match["customer"] for match in speakers):
            return speakers
    return []


RULES = (
    SetAside(
        name="agents' turns",
        find=company_turns,
        hints=tuple(
            who + after
            for who in (*_CUSTOMER.replace("[ -]", " ").split("|"), "answer")
            for after in (":", " :", "(", " (", "[", " [", "]", ")", "*", "_", ">", " -", " |", " 1", " 2", " #")
            if len(who) > 2
        )
        + tuple(
            before + who
            for before in (" ", "\n", BEGIN, "*", "]", ")", "_")
            for who in ("a: ", "a:\n", "me: ", "me:\n")
        ),
    ),
)
