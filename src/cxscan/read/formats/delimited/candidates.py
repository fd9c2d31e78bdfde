"""The dialects that the beginning of a file may be written in, the likeliest first."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cxscan.errors import UsageError
from cxscan.read.formats.delimited.dialect import NO_DELIMITER, Dialect, split_records
from cxscan.read.formats.delimited.evidence import usual_names
from cxscan.read.formats.delimited.row_readers import is_ruler

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DELIMITERS = (",", ";", "\t", "|")
_NAMED_DELIMITERS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_FIRST_LINES = 60
_RULED_LINES = 12
_MOST = 0.9
_CURLY = "“„”‘‚«`"
_SIGN = r"[~^:!@#$%&*+=<>\\¦§¬¤þ•·†‡\x01-\x08\x0e-\x1f]"
_ODD = re.compile(rf"[|;,]{{2,}}|[-|;,]?{_SIGN}+(?:[|;,]{_SIGN}*)?")
"""What may part cells besides the usual delimiters."""
_BETWEEN = re.compile(r"[^\w]+")
_BLANKS = re.compile(r"(?<=\S)[ ]{2,}(?=\S)")


def named_delimiter(asked: str | None) -> str | None:
    """The delimiter that was asked for; raises UsageError for one that cannot be one."""
    if asked is None:
        return None
    delimiter = _NAMED_DELIMITERS.get(asked.lower(), asked)
    if not delimiter or not set('\r\n"\x00').isdisjoint(delimiter) or (len(delimiter) > 1 and _has_letters(delimiter)):
        raise UsageError(f"--delimiter {asked!r}: must be one character, several signs, or tab, comma, semicolon, pipe")
    return delimiter


def _has_letters(delimiter: str) -> bool:
    return any(map(str.isalnum, delimiter))


def candidates(delimiter: str | None, head: Sequence[str]) -> Iterator[Dialect]:
    """The dialects to try; `delimiter` is the one asked for."""
    sample = "".join(head)
    for wrapper in _wrappers(head):
        yield from (
            Dialect(mark, wrapper=wrapper) for mark in DELIMITERS if mark in head[0] and delimiter in (None, mark)
        )
    if delimiter in (None, "|", "│"):
        yield from _drawn(head)
    for mark in (delimiter,) if delimiter else (*DELIMITERS, *_odd_delimiters(head)):
        if mark in sample:
            yield from _quotings(mark, sample)
    yield Dialect(NO_DELIMITER)
    if '"' in sample:
        yield Dialect(NO_DELIMITER, "none")


def _quotings(mark: str, sample: str) -> Iterator[Dialect]:
    yield Dialect(mark)
    spaced = f'{mark} "' in sample
    if spaced:
        yield Dialect(mark, spaced=True)
    if re.search(rf'"[ \t]+(?:{re.escape(mark)}|[\r\n])', sample):
        yield Dialect(mark, spaced=spaced, gaps=True)
    if '\\"' in sample:
        yield Dialect(mark, "backslash")
    if f"{mark}'" in sample:
        yield Dialect(mark, "apostrophe")
    if any(f"{mark}{quote}" in sample or f"{mark} {quote}" in sample for quote in _CURLY):
        yield Dialect(mark, "curly")
    if f'{mark}="' in sample or sample.startswith('="'):
        yield Dialect(mark, formulas=True)
    if mark == "\t" and '"' in sample:
        yield Dialect(mark, "none")


def _drawn(head: Sequence[str]) -> Iterator[Dialect]:
    """Tables with a ruler among the first lines."""
    first = [line for line in head[:_RULED_LINES] if line.strip()]
    if not any(map(is_ruler, first)):
        return
    for bar in ("|", "│", "┃", "║"):
        rows = [line.strip() for line in first if bar in line and not is_ruler(line)]
        if rows:
            yield Dialect(bar, "box" if all(row[0] == row[-1] == bar for row in rows) else "open box")


def _odd_delimiters(head: Sequence[str]) -> list[str]:
    """Signs that part the first line, or (nearly) all lines into as many pieces."""
    lines = [line.strip("\r\n") for line in head[:_FIRST_LINES] if line.strip()]
    if not lines:
        return []
    counts = [Counter(_ODD.findall(line)) for line in lines]
    found = {sign: None for sign in counts[0] if sign not in DELIMITERS}
    for sign in {sign for count in counts for sign in count} - {*DELIMITERS}:
        number, lines_so = Counter(count[sign] for count in counts).most_common(1)[0]
        if number and lines_so >= _MOST * len(lines):
            found[sign] = None
    return sorted(found, key=lambda sign: (-counts[0][sign], sign))[:6]


def seems_parted(head: Sequence[str]) -> bool:
    """Tell whether some sign stands between usual names in the first line, and as often in (nearly) every other one."""
    lines = [line.strip() for line in head[:_FIRST_LINES] if line.strip()]
    for sign in sorted(set(_BETWEEN.findall(lines[0]))) if lines else ():
        parts = lines[0].split(sign)
        often = sum(line.count(sign) >= len(parts) - 1 for line in lines) >= _MOST * len(lines)
        if often and len(lines) > 1 and usual_names(parts) > (2 if sign.isspace() else 1):
            return True
    return False


def seems_aligned(head: Sequence[str]) -> bool:
    """Tell whether (nearly) every line has runs of blanks inside, as columns that are aligned have."""
    lines = [line.strip() for line in head[:_FIRST_LINES] if line.strip()]
    return (
        len(lines) > 1
        and _BLANKS.search(lines[0]) is not None
        and sum(_BLANKS.search(line) is not None for line in lines) >= _MOST * len(lines)
    )


def _wrappers(head: Sequence[str]) -> Iterator[str]:
    """Delimiters of rows whose first cell holds a whole row, while the others are empty."""
    lines = [line.rstrip("\r\n") for line in head[:_FIRST_LINES] if line.strip()]
    for mark in DELIMITERS:
        bare = [line.rstrip(mark) for line in lines]
        # `"id,""a, b"",5"` holds a row; `"id,b"` alone may be a text with a comma.
        if not all(len(line) > 1 and line[0] == line[-1] == '"' for line in bare) or '""' not in "".join(bare):
            continue
        rows = split_records(list(head[:_FIRST_LINES]), Dialect(mark), final=False).rows
        if rows and all(row and row[0] and not any(row[1:]) for row in rows):
            yield mark
