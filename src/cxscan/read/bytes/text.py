"""Bytes → text: the encoding is found, bytes that do not fit are repaired one by one and counted."""

from __future__ import annotations

import codecs
import io
import re
import threading
from io import BytesIO
from typing import TYPE_CHECKING, NoReturn

from cxscan.errors import InputError, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.read.bytes.stream import ByteStream

LINE_LIMIT = 32 << 20
"""Characters in one line or cell; more is refused, so that a file without line ends cannot fill the memory."""

_STEP = 1 << 20
_AS_WINDOWS = "cxscan-windows-1252"
_AS_REPLACEMENT = "cxscan-replacement"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN = ("utf-8", "utf-16", "cp1252", "latin-1", "cp932", "gb18030", "big5", "euc-kr", "cp1250", "cp1251", "mac-roman")
_FOREIGN_SHARE = 0.3
"""Western text has accents on a few letters in a hundred; where this share of all letters is no UTF-8, it is not."""

_SINGLE_BYTES = re.compile(rb"[\t\n\r -~]{64,}")
"""In UTF-16, text of one byte a character: there every second byte of Western text is NUL, and of other text few of
them in a row are ASCII."""
PLAIN_START = re.compile(rb"(?:\xef\xbb\xbf)?[\t\n\r -~]{8}")
"""Text of one byte a character, whatever comes later."""
_DOUBLE_BYTES = re.compile(r"(?:[^\x00\r\n]\x00){16,}")
"""In UTF-8, text of two bytes a character."""
_SWAPPED_MARK = "\ufffe"
"""The byte-order mark of UTF-16 whose bytes are in the other order."""
_FEW = 8
"""A picture drawn with two characters is no text in another encoding."""

_repaired = threading.local()


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Decode only the offending bytes as Windows-1252, so that one bad row spoils no other (registered below)."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    offending = error.object[error.start : error.end]
    _repaired.bytes += len(offending)
    return "".join(_one_byte(byte) for byte in offending), error.end


def _one_byte(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:  # five bytes that Windows-1252 leaves open
        return "\ufffd"


def _replacement(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _repaired.bytes += error.end - error.start
    return "\ufffd", error.end


codecs.register_error(_AS_WINDOWS, _windows_1252)
codecs.register_error(_AS_REPLACEMENT, _replacement)


def find_encoding(head: bytes, asked: str | None) -> str:
    """The codec for a source that begins with `head`: as asked, by byte-order mark, by alternate NULs, else UTF-8.

    Raises UsageError for an unknown encoding.
    """
    if asked is not None:
        return _checked(asked)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if PLAIN_START.match(head):
        return "utf-8"
    text = head.rstrip(b"\x00")
    half = max(1, len(text) // 2)
    even, odd = text[0::2].count(0), text[1::2].count(0)
    if odd > 0.2 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.2 * half and odd < 0.02 * half:
        return "utf-16-be"
    return "utf-8"


def _checked(encoding: str) -> str:
    try:
        "a".encode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise UsageError(f"--encoding {encoding}: no such text encoding; {nearest(encoding, _KNOWN)}") from None


def refuse_foreign(head: bytes, path: str) -> None:
    """Raise InputError for text that is clearly neither UTF-8 nor Windows-1252."""
    _repaired.bytes = 0
    text = codecs.getincrementaldecoder("utf-8")(_AS_WINDOWS).decode(head)
    if _repaired.bytes > 20 and _repaired.bytes > _FOREIGN_SHARE * sum(map(str.isalpha, text)):
        raise InputError(
            f"{path}: the text is neither UTF-8 nor Windows-1252; name its encoding with --encoding "
            "(cp932, gb18030, big5, euc-kr, cp1251 …)"
        )


def decode_head(head: bytes, encoding: str, path: str, *, complete: bool) -> str:
    """The beginning of a source as text, cleaned as `Text` does; a character that is cut at its end is left out."""
    return Text(BytesIO(head), encoding, path).decode(head, final=complete)


class Text:
    """The text of a byte stream, in pieces of about a million characters."""

    def __init__(self, stream: ByteStream, encoding: str, path: str) -> None:
        self._stream = stream
        self._path = path
        self._encoding = encoding
        self._lines = 0
        lenient = _AS_WINDOWS if encoding.startswith("utf-8") else _AS_REPLACEMENT
        self._decoder = codecs.getincrementaldecoder(encoding)(lenient)
        self.repaired = 0
        """Bytes that were not of the encoding."""
        self.nuls = 0
        """NUL characters taken out."""

    def chunks(self) -> Iterator[str]:
        """Text without NULs and without byte-order marks at line starts; CR LF is never parted between two chunks."""
        held = ""
        final = False
        while not final:
            part = self._stream.read(_STEP)
            final = not part
            text = held + self.decode(part, final=final)
            held = ""
            if text.endswith("\r") and not final:
                text, held = text[:-1], "\r"
            if text:
                yield text

    def decode(self, part: bytes, *, final: bool) -> str:
        """The next bytes as text; raises InputError where text in another encoding begins."""
        _repaired.bytes = 0
        if self._encoding.startswith("utf-16"):
            self._refuse_single_bytes(part)
        text = self._decoder.decode(part, final)
        self.repaired += _repaired.bytes
        if _SWAPPED_MARK in text and self._encoding.startswith("utf-16"):
            self._refuse(text[: text.index(_SWAPPED_MARK)].count("\n"), "UTF-16 in the other byte order")
        if "\x00" in text:
            if (match := _DOUBLE_BYTES.search(text)) and len(set(match[0])) > _FEW:
                self._refuse(text[: match.start()].count("\n"), "UTF-16")
            self.nuls += text.count("\x00")
            text = text.replace("\x00", "")
        if "\ufeff" in text:  # files joined with cat keep the mark of each
            text = text.replace("\n\ufeff", "\n").removeprefix("\ufeff")
        self._lines += text.count("\n")
        return text

    def _refuse_single_bytes(self, part: bytes) -> None:
        match = _SINGLE_BYTES.search(part)
        if match is not None and len(set(match[0])) > _FEW:
            self._refuse(part[: match.start()].count(b"\n\x00"), "UTF-8 or another of one byte a character")

    def _refuse(self, lines: int, other: str) -> NoReturn:
        raise InputError(
            f"{self._path}: line {self._lines + lines + 1}: from here on the text is no longer "
            f"{self._encoding} but {other} (files joined?); split the file there and read the parts together"
        )


def lines(chunks: Iterator[str], path: str) -> Iterator[list[str]]:
    """Physical lines with their ends (LF, CR LF or CR, nothing else), in lists as they come.

    The last line of the source may lack its end. Raises InputError for a line over `LINE_LIMIT` characters.
    """
    begun = ""
    count = 0
    for chunk in chunks:
        # StringIO splits where a file in universal-newline mode would; str.splitlines would split at U+2028 too.
        size = len(begun) + len(chunk)
        complete = io.StringIO(begun + chunk, newline="").readlines()
        begun = complete.pop() if complete and not complete[-1].endswith(("\n", "\r")) else ""
        if size > LINE_LIMIT and max(map(len, (begun, *complete))) > LINE_LIMIT:
            raise InputError(
                f"{path}: line {count + 1}: longer than the limit of {LINE_LIMIT >> 20} million characters; "
                "is this a text export?"
            )
        count += len(complete)
        if complete:
            yield complete
    if begun:
        yield [begun]
