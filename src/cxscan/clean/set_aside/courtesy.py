"""Courtesies of customers: the salutation, the closing words, the name and address under them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cxscan.clean.set_aside.hints import BEGIN
from cxscan.clean.set_aside.rule import NAME, SetAside, Stretch, Voice, listed
from cxscan.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANYONE = (
    r"there|all|team|everyone|everybody|guys|folks|both|again|ladies(?: and |/| & )gentlemen|sir(?:s)?|madam"
    r"|ma['’]?am"
    r"|(?:dear )?sir(?:s)?(?: or |/| and | & )madam|madam(?: or |/)sir|friends?|people|support"
    r"|customer (?:service|care"
    r"|support|relations)(?: team)?|support team|to whom it may concern|you|mr|mrs|ms|miss|dr"
)
_ADDRESSEE = (
    rf"(?:(?i:{_ANYONE})\b(?:[ ,]+(?:[Tt]eam|[Aa]ll|[Tt]here))?\.?(?: {NAME})?|(?!God\b|Lord\b){NAME}(?: & {NAME})?"
    r"(?:,? (?:and |& )?(?:the )?(?:support team|team|support|customer service|staff|crew|all|everyone|colleagues))?)"
)
_STOP = r"[ \t]*(?:[,!.:;–—]+|-(?=\s)|(?=\n)|$)"
_GREETING = LazyPattern(
    rf"\s*(?:"
    rf"(?i:hi|hello|hey|hiya|hallo|howdy|greetings|salutations)\b(?:[ ,]+{_ADDRESSEE})?{_STOP}"
    rf"|(?i:morning|afternoon|evening|y'all)(?: (?i:{_ANYONE})\b)?[ \t]*(?:,|!"
    rf"|(?=\n))(?=\s*(?:\n|[A-Z]))"
    rf"|(?i:hi|hello|hey)\b(?: there| team| all| guys)?[ \t]+(?=I\b|[Ww]e\b|[Mm]y\b|[Cc]an\b|[Cc]ould\b|[Pp]lease\b)"
    rf"|(?i:(?:my )?(?:dear|respected)(?: valued)?)[ ]+{_ADDRESSEE}{_STOP}"
    rf"|(?:To|TO) (?:the )?(?:(?:\w+ ){{0,2}}(?:[Tt]eam|[Mm]anager|[Dd]epartment|[Ss]taff)"
    rf"|[Mm]anagement)[ \t]*(?:,|:|(?=\n))"
    rf"|(?i:good (?:morning|afternoon|evening|day)|g'day)(?: to (?:you(?: all)?|all"
    rf"|everyone))?(?:[ ,]+{_ADDRESSEE})?(?:[ \t]*,|{_STOP}"
    rf"(?=\s*(?:\n|[A-Z]|i\b|we\b|my\b|please\b|can\b|could\b|would\b|just\b|the\b|this\b|there\b)))"
    rf"|(?i:to whom(?:soever)? it may concern){_STOP}"
    rf")"
)
_GOOD = r"(?:very |really )?(?:well|good|great|okay|ok|fine|safe|healthy)"
_DAY = (
    r"(?:good|great|nice|lovely|wonderful|pleasant|fantastic|fabulous) (?:day|week|weekend|morning|evening|afternoon)"
)
_PLEASANTRY = LazyPattern(
    rf"\s*(?:(?:I |We |i )?(?:[Hh]ope|[Tt]rust)(?: that)? (?:"
    rf"you(?: all| guys)?(?: are|['’]re|['’]ve been| have been)?(?: all)?(?: doing| keeping"
    rf"| feeling)? {_GOOD}(?: and \w+(?: (?:the|your|this|a) [\w ]{{2,20}})?)?"
    rf"|(?:you|everyone|everybody)(?: all| guys)?(?: are having|['’]re having| had| have| are enjoying)? an? {_DAY}"
    rf"|th(?:is|e)(?: \w+)? finds? (?:you|everyone|your team)(?: all)?(?: {_GOOD}| in [\w ]{{3,20}})?"
    rf"|(?:all|everything|everyone|things)(?: is|['’]s| are)?(?: going| doing)? {_GOOD}(?: with you| there"
    rf"| at your end)?"
    rf"|your (?:day|week) is going {_GOOD})"
    rf"(?: today| too| at this time)?(?:[ \t]*(?:[.!?,;)–—]|:\))+|[ \t]*(?=\n)|$)"
    rf"|[Hh]ow are you(?: (?:doing|all|keeping))?(?: today)?[ \t]*[?.!,]+)"
)
_THANKS_FOR_MAIL = LazyPattern(
    r"\s*(?:[Tt]hank you|[Tt]hanks)(?: very much)? for your (?:(?:recent|last) )?(?:e-?mail|message|reply|letter"
    r"|note)"
    r"(?: (?:of|from|dated) [\w .]{2,20})?[.!,]+"
)

_STRONG = (
    r"(?:(?:[Ww]ith )?(?:[Mm]y )?(?:[\w-]+(?: and \w+)? ){0,2}[Rr]egards|(?:[Ww]ith )?(?:[Mm]y "
    r"|[Oo]ur )?(?:(?i:very |warm|warmest|best|kind|kindest|good"
    r"|all good) ?){1,2}[Ww]ishes|[Aa]ll the best|[Yy]ours(?: (?:very|most))?(?: (?:sincerely|faithfully|truly"
    r"|respectfully|cordially))"
    r"|(?:[Vv]ery )?(?:[Ss]incerely|[Rr]espectfully|[Cc]ordially|[Ff]aithfully)(?: yours)?|KR|BR|Rgds|rgds"
    r"|Met vriendelijke groet(?:en)?|(?:[Mm]it )?(?:(?:[Ff]reundliche|[Bb]este|[Hh]erzliche)n?|[Vv]iele|[Ll]iebe)"
    r" Gr(?:ü|ue)(?:ß|ss)en?|(?:Bien )?[Cc]ordialement|(?:Un )?[Ss]aludos?(?: cordiales)?|Atentamente|Cordiali saluti"
    r"|Atenciosamente|Med vänliga hälsningar"
    r"|REGARDS|KIND REGARDS"
    r"|BEST REGARDS|SINCERELY|[Yy]ours)"
)
_WEAK = (
    r"(?i:(?:many |kind )?thanks(?: again| so much| very much| a lot| a million)?(?: in advance| in anticipation)?"
    r"|thank you(?: again| so much| very much| kindly)*(?: in advance| in anticipation)?|thx|ta|cheers|best"
    r"|warmly|love"
    r"|take care|speak soon|talk soon|bye|have a (?:great|nice|good|lovely|wonderful) (?:day|week|weekend|evening)"
    r"|(?:thank you|(?:many )?thanks)(?: (?:very|so) much)?(?: in advance)? for your (?:time|help|attention"
    r"|assistance|support"
    r"|consideration|understanding|patience|cooperation)(?: (?:in|to|with) (?:this|the) (?:matter|issue|regard))?"
    r"|(?:I |we )?(?:am )?(?:look(?:ing)? forward to|await(?:ing)?|hop(?:e|ing) to (?:get|receive|hear)"
    r"|hoping for) (?:[\w ]{0,20})"
    r"(?:reply|response|answer|hearing from you|from you)(?: soon| shortly)?)"
)
_CLOSING_LINE = LazyPattern(
    rf"^[ \t]*(?:{_WEAK}[ \t]*(?:[,.!&]|and\b"
    rf"|with\b)+[ \t]*)?(?:(?P<strong>{_STRONG})[ \t]*(?:\([^)\n]{{1,30}}\))?[ \t]*[,.!;:–-]*"
    rf"|(?P<weak>{_WEAK})[ \t]*(?P<stop>[,!.]?))[ \t]*(?P<name>{NAME}[.,]?)?[ \t]*$",
    re.MULTILINE,
)
_COURTESY_LINE = LazyPattern(rf"[ \t]*(?:{_WEAK})[ \t]*[.,!]*[ \t]*")
_CLOSING_IN_LINE = LazyPattern(
    rf"(?:(?<=[.!?…)])|(?<=[.!?…)\n,;][ ])|(?<=[.!?…)][ ][ ]))[ ]*(?:{_WEAK}[ ]*(?:[,.!&]"
    rf"|and)+[ ]*)?{_STRONG}[ ]*[,.!–-]*[ ]*(?:{NAME})?[\s.,!]*\Z"
    rf"|(?<=[.!?…)][ ])(?:Many thanks|Thanks|Thx|Cheers|Best),[ ]*(?:{NAME}(?<!\.)|(?:Mrs|Mr|Ms|Dr)\.? {NAME})\s*\Z"
)
_ADVANCE = LazyPattern(
    r"(?:^|(?<=[.!?…])|(?<=[.!?…] ))[ \t]*(?i:(?:many )?thank(?:s| you)(?: (?:very|so) much)? in (?:advance"
    r"|anticipation))[ \t]*[.,!]*[ \t]*(?=\Z|\n)"
)
_NAME_LINE = LazyPattern(
    rf"[ \t]*[-–—~*/]{{0,2}}[ \t]*(?:{NAME}|[a-z][\w'’-]{{1,15}}),?"
    r"(?: \((?:he|she|they)/\w+(?:/\w+)?\)| x{1,3})?[ \t]*"
)
_REACHED = LazyPattern(r"\+?\(?\d[\d ()./-]{6,}\d|\S+@\S+\.\w+|\bwww\.\S+")
_PARTED = LazyPattern("[|·•]")
_POSTSCRIPT = LazyPattern(r"^[ \t]*P\.?S\b", re.MULTILINE | re.IGNORECASE)
_CONTACT = LazyPattern(
    rf"[ \t]*(?:{NAME}(?: [A-Z\d]*\d[A-Z\d]*)*(?:[ \t]*[|,/·•–-]+[ \t]*(?:{NAME}|[a-z]+)?)*"
    r"|.{0,40}(?:\+?\(?\d[\d ()./-]{6,}\d|\S+@\S+\.\w+|https?://\S+|www\.\S+).{0,40}"
    r"|(?i:tel|phone|mobile|mob|cell|fax|e-?mail|web|t|m|e|f|w|p|order|account|customer|ref|reference|ticket|case"
    r"|booking"
    r"|membership|policy|invoice)\b[\w .]{0,16}[:.#][^\n]{1,50}"
    r"|(?i:order|account|customer|reference|ref|ticket|case|booking|membership|policy"
    r"|invoice)\b[ \w.]{0,16}#?[\w-]*\d[\w-]*"
    r"|\d{1,5}[a-z]? [A-Z][^\n.!?]{2,60}|[*_=~|-]{3,}|\[(?:image|cid|logo)\b[^\]\n]*\]"
    r"|(?:Follow|Find|Like|Visit|Join) us (?:on|at) [^\n]{2,60})[ \t]*[.,]?[ \t]*"
)
_DASHES = LazyPattern(r"^(?:--|_{2,})[ \t]*$\n?", re.MULTILINE)
_SIGNED = LazyPattern(
    rf"(?<=[.!?…)])[ \t]*\n\s*[-–—~][ \t]?(?!(?:By|The|A|An|For|In|On|No|Not|Very|Great|Good|Bad)\b){NAME}[ \t]*\Z"
)
_ADDRESS = LazyPattern(
    rf"\n[ \t]*\n(?P<lines>[ \t]*{NAME},?[ \t]*\n(?:[^\n]+\n){{0,6}}?"
    r"[^\n]*(?:\+?\(?\d[\d ()./-]{6,}\d|\S+@\S+\.\w+|\bwww\.\S+)[^\n]*(?:\n[^\n]+){0,3})\s*\Z"
)
_MOST_LINES = 12
_LONGEST_LINE = 80
_TAIL = 120


def greeting(text: str) -> Iterator[Stretch]:
    """The salutation, and what is said out of politeness after it."""
    match = _GREETING.match(text)
    end = 0 if match is None else match.end()
    while polite := _PLEASANTRY.match(text, end) or (end and _THANKS_FOR_MAIL.match(text, end)):
        end = polite.end()
    if end:
        yield Stretch(0, end)


def signatures(text: str) -> Iterator[Stretch]:
    """Closing words with the name, position and address below them; what stands below `-- `; `- Anna` at the end."""
    for match in _CLOSING_LINE.finditer(text):
        if match["weak"] and not _signs(match):
            continue
        end = _block_end(text, match.end(), weak=match["weak"] is not None and not match["name"])
        if match["strong"] or match["name"] or end > match.end():
            thanked = _is_thanks(match)
            yield Stretch(match.end("weak") if thanked else _block_start(text, match.start()), end)
            break
    tail = max(0, len(text.rstrip()) - _TAIL)
    for expression in (_CLOSING_IN_LINE, _ADVANCE, _SIGNED):
        found = expression.search(text, tail)
        if found is not None:
            yield Stretch(*found.span())
    for dashes in _DASHES.finditer(text):
        if _is_block(text[dashes.end() :]):
            yield Stretch(dashes.start(), len(text))
            break


def address(text: str) -> Iterator[Stretch]:
    """A name with ways to reach it, in a paragraph of their own at the end."""
    match = _ADDRESS.search(text) if "\n" in text else None
    if match is not None and all(_CONTACT.fullmatch(line) for line in match["lines"].splitlines()):
        yield Stretch(match.start(), len(text))


def _signs(match: re.Match[str]) -> bool:
    """Tell closing words that may stand before a name from thanks to somebody: "Thanks, Anna", not "Thank you Anna"."""
    words, stop = match["weak"].lower(), match["stop"]
    if words in {"best", "love", "ta", "warmly", "bye"}:
        return bool(stop == ",")
    return not match["name"] or stop == "," or words in {"cheers", "thx"}


def _is_thanks(match: re.Match[str]) -> bool:
    """Tell thanks that are a sentence of their own, and so part of the comment: "Thank you so much!"."""
    words = (match["weak"] or "").lower()
    return "thank" in words and "advance" not in words and match["stop"] in {"!", "."}


def _block_start(text: str, start: int) -> int:
    """Take in a line of courtesy above the closing words: "I look forward to hearing from you."."""
    above = text[:start].rstrip()
    line_start = above.rfind("\n") + 1
    return line_start if _COURTESY_LINE.fullmatch(above, line_start) else start


def _block_end(text: str, end: int, *, weak: bool) -> int:
    """The end of the name and address below closing words; below weak ones there must be a name at once."""
    place, named = end, False
    for _ in range(_MOST_LINES):
        line_end = text.find("\n", place + 1)
        line_end = len(text) if line_end < 0 else line_end
        line = text[place:line_end].strip("\n")
        if line.strip():
            expected = _CONTACT if named else _NAME_LINE
            if _POSTSCRIPT.match(line):
                return end
            if len(line) > _LONGEST_LINE or not (expected.fullmatch(line) or (not weak and _CONTACT.fullmatch(line))):
                return len(text) if named and _reaches_on(text, place) else end
            named, end = True, line_end
        if line_end == len(text):
            break
        place = line_end
    return end


def _reaches_on(text: str, place: int) -> bool:
    """Tell whether what follows a name, to the end, is of the signature: by a way to reach somebody in it."""
    rest = text[place:].strip()
    line, _, below = rest.partition("\n")
    return bool(_PARTED.search(line) and _REACHED.search(below) and _is_block(rest) and not _POSTSCRIPT.search(rest))


def _is_block(text: str) -> bool:
    """Tell whether lines may be a signature: few, short, and no sentences."""
    lines = [line for line in text.splitlines() if line.strip()]
    return 0 < len(lines) <= _MOST_LINES and not any(
        len(line) > _LONGEST_LINE or (line.rstrip().endswith((".", "!", "?")) and len(line.split()) > 6)
        for line in lines
    )


RULES = (
    SetAside(
        name="greetings",
        voice=Voice.CUSTOMER,
        find=greeting,
        hints=listed(
            "respected |to |hi |hi,|hi!|hi\n|hi.|hi-|hi:|hi;|hiya|hello|hey |hey,|hey!|hey\n|hey.|hey-|hallo"
            "|howdy|greetings"
            "|salutations|dear |my dear|good morning|good afternoon"
            "|good evening|good day|g'day|to whom|to the manager|the manager|morning|afternoon|evening|i hope "
            "|hope |we hope |i trust |we trust |trust |how are you",
            before=BEGIN,
        ),
    ),
    SetAside(
        name="signatures",
        voice=Voice.CUSTOMER,
        find=signatures,
        hints=listed(
            "thanks, |thank you, |cheers, |thx, |best, |regards|wishes|all the best|yours truly|sincerely"
            "|respectfully|cordially|faithfully|rgds|in advance"
            "|in anticipation|groet|cordialement|saludo|atentamente|cordiali saluti|atenciosamente|vänliga"
            "|freundliche|viele gr|beste gr|besten gr|liebe gr|herzliche"
        )
        + tuple(end + signed for end in (".\n", "!\n", "?\n", "…\n", ")\n") for signed in ("- ", "– ", "— ", "~ "))
        + listed(
            "kr\n|br\n|kr,|br,|yours|thank|many thank|thx|ta,|ta\n|cheers|best|warmly|love,|love\n|take care"
            "|speak soon|talk soon|bye"
            "|have a |look|i look|we look|await|i await|hop|kind thanks|___|--\n|-- \n|\n- |\n– |\n— |\n-- |\n~ ",
            before="\n",
        ),
    ),
    SetAside(
        name="addresses",
        voice=Voice.CUSTOMER,
        find=address,
        hints=("@", "www.", *listed("tel|phone|mobile|mob|cell|call|+|(|0|1|2|3|4|5|6|7|8|9", before="\n")),
    ),
)
