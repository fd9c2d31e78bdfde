"""HTML left in a text: entities and tags. A text that only looks like it ("< 3 stars", "<3", "Q&A") stays as it is."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from cxscan.clean.repairs.repair import Repair, around, by_pattern, line_break

_PAIR = re.compile(r"&(?:amp;)*#(5[5-6]\d{3});&(?:amp;)*#(5[6-7]\d{3});")
"""An emoji in two halves, as UTF-16 has it."""

_ENTITY = re.compile(r"& ?(?:amp; ?)*(#x[0-9a-f]{1,6}|# ?\d{1,7}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_WITHOUT_END = re.compile(
    r"&(?:amp;)*(#x[0-9a-f]{2,4}(?![0-9a-f;])|#\d{2,5}(?![\d;])"
    r"|(?:nbsp|quot|apos|[rl]squo|[rl]dquo|hellip|[nm]dash|amp)(?![\w;])|(?:rsquo|apos)(?=(?:s|t|m|d|re|ve|ll)\b))",
    re.IGNORECASE,
)
_WITHOUT_START = re.compile(r"(?<![&\w])(nbsp|quot|[rl]squo|[rl]dquo);|(?<!&)(#0?39|#8217);")

_INLINE = (
    "a abbr b big cite code del em font i img input ins label mark q s small span strike strong sup tt u wbr".split()
)
_BLOCK = (
    "article aside blockquote body br center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 head header "
    "hr html iframe li link main meta nav ol p pre section table tbody td tfoot th thead tr ul o:p".split()
)
"""Tags that are left in exports. A bare one of another name, such as <title>, is rather what the text is about."""

_ATTRIBUTES = r"""(?:\s+[\w:@.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+)|\s+(?:hidden|disabled|checked|nowrap))+"""
_NAME = "|".join((*_INLINE, *_BLOCK))
_TAG = rf"(?:<\s?/?\s?br\s*/?\s?>|</?(?:{_NAME})(?:{_ATTRIBUTES})?\s*/?>|<[a-z][\w:-]*{_ATTRIBUTES}\s*/?>)"
_TAGS = re.compile(rf"{_TAG}(?:\s*{_TAG})*", re.IGNORECASE)
_CUT_OFF = re.compile(r"""<(?:a|div|font|img|p|span|td)\s+[\w-]+=(?:"[^"<>]*|'[^'<>]*|[^\s"'<>]*)\Z""", re.IGNORECASE)
_UNREAD = re.compile(
    r"<!--.{0,2000}?-->|<(script|style)\b[^<>]*>.{0,9000}?</\1\s*>|<!doctype[^<>]*>|<!\[CDATA\[|\]\]>",
    re.IGNORECASE | re.DOTALL,
)
_OF_A_BLOCK = re.compile(rf"</?(?:{'|'.join(_BLOCK)})\b", re.IGNORECASE)
_ENDS_AND_BEGINS = re.compile(r"</.*<\w", re.DOTALL)
_SINGLE_BREAK = re.compile(r"<[\s/]*br[\s/]*>", re.IGNORECASE)


def _pair(match: re.Match[str]) -> str | None:
    halves = "".join(chr(int(half)) for half in match.groups())
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "ignore") or None


def _character(match: re.Match[str]) -> str | None:
    name = match[1].replace(" ", "")
    for known in (name, name.lower(), name.capitalize()):
        if name.startswith("#") or f"{known};" in html5:
            return unescape(f"&{known};")
    return None


def _sign_of_writing(match: re.Match[str]) -> str | None:
    """The character of an entity without its semicolon; a letter or digit would be too bold a guess."""
    meant = unescape(f"&{match[1].lower()};")
    return None if meant.isalnum() or (not meant.isprintable() and meant != "\xa0") else meant


def _without_tags(match: re.Match[str]) -> str:
    tags, (before, after) = match[0], around(match)
    if _OF_A_BLOCK.search(tags):
        return line_break(match) if _SINGLE_BREAK.fullmatch(tags) else line_break(match) and "\n"
    between_words = before[-1:].isalnum() and after[:1].isalnum()
    return " " if between_words and _ENDS_AND_BEGINS.search(tags) else ""


_FORMS = (
    (_PAIR, _pair),
    (_ENTITY, _character),
    (_WITHOUT_END, _sign_of_writing),
    (_WITHOUT_START, lambda match: unescape(f"&{match[1] or match[2]};")),
    (_UNREAD, lambda _match: ""),
    (_TAGS, _without_tags),
    (_CUT_OFF, lambda _match: ""),
)
MARKUP = Repair(
    "HTML",
    lambda texts: texts.with_any(b"&", b"<", b"]]>", b"nbsp;", b"quot;", b"39;", b"#8217;"),
    re.compile(  # one class in front, for which a text is searched fast
        r"[&<;>](?:(?<=&) ?(?:#|[a-zA-Z]\w{1,30};|amp|nbsp|quot|apos|[rl][sd]quo|hellip|[nm]dash)"
        r"|(?<=<)\s?/?\s?[a-zA-Z!]|(?<=\]\]>)|(?<=#39;)|(?<=(?:nbsp|quot|#039);)|(?<=(?:#8217|[rl][sd]quo);))"
    ),
    by_pattern(_FORMS),
)
