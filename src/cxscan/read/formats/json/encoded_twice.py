"""A file whose only JSON value is a string in which the JSON stands."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cxscan.errors import InputError
from cxscan.read.bytes.text import LINE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BEGIN = re.compile(r"""\s*"(?:\\[nrt]|\s)*[\[{](?:\\[nrt]|\s)*(?:\\"|[\[{\]}])""")
_DECODER = json.JSONDecoder(strict=False)
_CUT_ESCAPE = 12
"""Characters of a pair of escapes that may be cut at the end."""


def looks_like_strings_of_json(head: str) -> bool:
    """Tell whether text begins with a string that begins like JSON."""
    return _BEGIN.match(head) is not None


def is_encoded_twice(head: str) -> bool:
    """Tell whether the text is one string that begins like JSON."""
    if not looks_like_strings_of_json(head):
        return False
    try:
        _, end = _DECODER.raw_decode(head, head.index('"'))
    except ValueError:
        return True
    return not head[end:].strip()  # else each line is such a string


def decoded_once(head: str) -> str:
    """The text in the string that begins here, as far as it goes."""
    start = head.index('"')
    try:
        value, _ = _DECODER.raw_decode(head, start)
    except ValueError:
        value = None
        for cut in range(_CUT_ESCAPE + 1):
            try:
                value = json.loads(head[start : len(head) - cut] + '"', strict=False)
            except ValueError:
                continue
            break
    return value if isinstance(value, str) else ""


def texts_decoded_once(chunks: Iterable[str], path: str) -> Iterator[str]:
    """The text in the string; raises InputError for one that is too long, or that is followed by anything."""
    parts: list[str] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LINE_LIMIT:
            raise InputError(f"{path}: a string of JSON longer than {LINE_LIMIT >> 20} MB; decode it once, then scan")
        parts.append(chunk)
    try:
        value = json.loads("".join(parts), strict=False)
    except ValueError as trouble:
        raise InputError(f"{path}: JSON in a string that does not end there: {trouble}; export it again") from None
    yield value if isinstance(value, str) else ""
