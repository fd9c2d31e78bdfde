"""Mail that a customer answers: quoted lines, what stands below "wrote:" or a divider, headers of mails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cxscan.clean.set_aside.hints import BEGIN
from cxscan.clean.set_aside.rule import SetAside, Stretch, has_words, listed
from cxscan.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_WROTE = r"(?:wrote|schrieb|escribió|ha scritto|schreef|escreveu|a écrit)"
_DATED = (
    r"(?:\d{1,4}[./-]\d{1,2}|\d[:.]\d\d|\b(?:19|20)\d\d|\b\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?[A-Z]\w{2}"
    r"|[A-Z]\w{2,8}\.? \d)"
)
_LINES = r"(?:[^\n]*\n){0,2}?[^\n]{0,200}?"
_ATTRIBUTION = LazyPattern(
    rf"^[ \t>]*(?:"
    rf"(?:On|Am|Le|El|Il|Op|Em)\b(?=[^\n]*{_DATED}){_LINES}\b(?<!\bI ){_WROTE}[^\n:]{{0,60}}:[ \t]*$"
    rf"|\d{{4}}-\d\d-\d\d \d{{1,2}}:\d\d[^\n]{{0,80}}<\S+@\S+>:[ \t]*$"
    rf"|[^\n]{{1,80}}<\S+@\S+>\s*{_WROTE}[^\n:]{{0,40}}:[ \t]*$"
    rf"|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}[^\n]{{0,100}}\b{_WROTE}:[ \t]*$"
    rf"|[^\n]{{1,60}}\b(?<!\bI ){_WROTE} on\b[^\n]{{0,60}}{_DATED}[^\n]{{0,20}}:[ \t]*$"
    rf"|[^\n>]{{1,80}}\b(?:{_WROTE}|writes|said):[ \t]*$(?=\n+[ \t]*>)"
    rf")",
    re.MULTILINE,
)
_IN_ONE_LINE = LazyPattern(
    rf"(?:^|(?<=[\s.!?]))On (?=[^!?\n]{{0,50}}{_DATED})[^!?\n]{{5,120}}? (?<!\bI ){_WROTE}: ?(?=[>\"“]|[^\n]*$)"
)
_DIVIDER = LazyPattern(
    r"[ \t>*]*-{2,}[ \t]*(?:Original (?:Message|Appointment|E-?mail)|Forwarded (?:Message|by)[^\n-]{0,60}"
    r"|Ursprüngliche Nachricht|Message d'origine|Mensaje original|Messaggio originale)[ \t]*-*[ \t]*"
    r"|^[ \t>]*Begin forwarded message:[ \t]*$|^[ \t>]*_{8,}[ \t]*$(?=\n[ \t>*]*From:)",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = r"[ \t>*]*(?:Sent|Date|To|Cc|Bcc|Subject|Reply-To|Importance|Attachments?)\*?:"
_HEADER = LazyPattern(rf"^[ \t>*]*From\*?:[^\n]+\n(?:{_FIELD}[^\n]*(?:\n|$)){{1,7}}", re.MULTILINE)
_HEADER_IN_ONE_LINE = LazyPattern(
    r"\bFrom: [^\n]{2,80}? (?:Sent|Date): [^\n]{5,60}? To: [^\n]{2,120}? Subject: ?(?:(?:RE|FW"
    r"|FWD): ?)*",
    re.IGNORECASE,
)
_SENDER_AND_SUBJECT = LazyPattern(
    r"\n?[ \t>*]*From\*?:[^\n]+\n(?:[ \t>*]*(?:Sent|Date|To|Cc|Subject)\*?:[^\n]*(?:\n|$)){0,6}"
)
_QUOTED_LINES = LazyPattern(r"(?:^[ \t]*>(?![:;=]-?[()|/])[^\n]*(?:\n|$))+", re.MULTILINE)
_MORE_THAN = LazyPattern(r"[ \t]*>[ \t]*\d[^\n]*\n?")
_SUBJECT = LazyPattern(
    r"\s*(?:(?:Re|RE|Fw|FW|Fwd|FWD|AW|WG|SV|Antw)(?:\[\d+\])?:[ \t]*)+[^\n]{0,150}\n(?=\s*\S)"
    r"|\s*(?:\[?#?-*\]? ?Please (?:type|write) your reply above this line[^\n]*\n)"
)


def subject_line(text: str) -> Iterator[Stretch]:
    """The subject of an answer, in the first line: it repeats that of the mail answered."""
    match = _SUBJECT.match(text)
    if match is not None:
        yield Stretch(match.start(), match.end())


def quoted_mail(text: str) -> Iterator[Stretch]:
    """The mail that is answered, from the line that introduces it.

    Below an attribution whose mail is quoted line by line only these lines; a mail's own header, where the customer's
    words follow it, by itself.
    """
    for introduction in (_ATTRIBUTION, _DIVIDER, _HEADER, _IN_ONE_LINE, _HEADER_IN_ONE_LINE):
        match = introduction.search(text)
        if match is None:
            continue
        if has_words(text[: match.start()].replace(">", "")):
            if introduction is _ATTRIBUTION and text[match.end() :].lstrip().startswith(">"):
                yield Stretch(match.start(), match.end())  # the quoted lines have a rule of their own
            else:
                yield Stretch(match.start(), len(text))
        else:
            end = match.end()
            below = _SENDER_AND_SUBJECT.match(text, end) if introduction is _DIVIDER else None
            yield Stretch(match.start(), end if below is None else below.end())


def quoted_lines(text: str) -> Iterator[Stretch]:
    """Lines that begin with `>`; where all do, or below a line that ends in a colon, it is how the customer lists."""
    found = [match for match in _QUOTED_LINES.finditer(text) if not _is_list(text, match)]
    rest, last = [], 0
    for match in found:
        rest.append(text[last : match.start()])
        last = match.end()
    if found and has_words("".join((*rest, text[last:]))):
        yield from (Stretch(match.start(), match.end()) for match in found)


def _is_list(text: str, match: re.Match[str]) -> bool:
    """Tell whether lines with `>` are points of a list: below a colon, or "> 2 hours"."""
    if _MORE_THAN.fullmatch(match.group()):
        return True
    return text[: match.start()].rstrip().endswith(":")


RULES = (
    SetAside(
        name="quoted mail",
        find=quoted_mail,
        hints=listed(
            "wrote:|wrote on |writes:|said:|schrieb|escribió|scritto|schreef|escreveu|écrit|original message"
            "|original appointment|original e|forwarded m|forwarded by|ngliche nachricht|message d'origine"
            "|mensaje original|messaggio originale|from: |from:\t|from*: |from:* |>:\n|________"
        ),
    ),
    SetAside(name="quoted lines", find=quoted_lines, hints=(">",)),
    SetAside(
        name="subject lines",
        find=subject_line,
        hints=(*listed("re: |re[|fw: |fwd: |aw: |wg: |sv: |antw: ", before=BEGIN), "your reply above"),
    ),
)
