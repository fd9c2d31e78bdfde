"""Words that mail programs, lawyers and marketing put into a mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cxscan.clean.set_aside.rule import SetAside, Stretch, anywhere, has_words, listed
from cxscan.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEVICES = (
    r"iPhone|iPad|iPod|Android|Samsung|Galaxy|Huawei|BlackBerry|Blackberry|Pixel|Windows|Nokia|HTC|Sony|Xperia|LG"
    r"|Motorola|OnePlus|Xiaomi|Redmi|OPPO|Oppo|Verizon|AT&T|T-Mobile|Sprint|tablet|smartphone|mobile|phone|device"
    r"|cell"
    r"|laptop|Mac|Outlook|Mail|Yahoo|Gmail|Hotmail|AOL|Proton|ProtonMail|Thunderbird|EE|Vodafone|O2|Orange|Fairphone"
    r"|Zoho|Spark|Surface|Kindle|Fire|handheld|computer"
)
devices = anywhere(
    rf"(?:^|(?<=[.!?…)])|(?<=[.!?…)][ ]))[ \t]*(?:Sent (?:from|via|using|with|by|on)(?: (?:my|the|an?))?"
    rf"(?: [\w&+-]+){{0,2}}? (?:{_DEVICES})\b(?! (?:an?|the|to|and)\b)"
    r"|Get (?:the )?(?:Outlook|BlueMail|Spark) (?:for|app)|Sent on the go"
    rf"|Envoyé de mon|Gesendet von mein|Von meinem|Enviado desde mi|Inviato da|Verstuurd vanaf mijn|Enviado do meu)"
    rf"(?:\.(?=\S)|[^\n.!?])*[.!]?"
    rf"(?:\s{{1,3}}(?:Please )?(?:[Ee]xcuse|[Ff]orgive|[Pp]ardon)[^\n]{{0,80}})?"
)
"""`Sent from my iPhone`, `Get Outlook for Android`."""

_SENTENCE = LazyPattern(
    r"\S(?:[^.!?\n]|\.(?=\w)|(?<=\bNo)\.|(?<=\bLtd)\.|(?<=\bInc)\.|(?<=\bCo)\.)*(?:[.!?]+|$)", re.MULTILINE
)
_MAIL = r"(?:e-?mail|message|mail|communication|transmission|correspondence)"
_DISCLAIMER = LazyPattern(
    rf"\b[Tt]h(?:is|e contents? of this|ese) {_MAIL}s?\b.{{0,160}}\b(?:confidential|privileged|intended|solely|virus)"
    rf"|\bnot (?:the|an) (?:intended|named) (?:recipient|addressee)|\bnot the (?:recipient"
    rf"|addressee) (?:indicated|named)"
    rf"|\b(?:intended|named) (?:recipient|addressee)s?\b.{{0,80}}\b(?:{_MAIL}|delete|notify|disclos)"
    rf"|\b(?:sole|exclusive) use of\b.{{0,40}}\b(?:recipient|addressee|individual|person|entity)"
    rf"|\breceived (?:this|it)(?: {_MAIL})?,? (?:in error|by mistake)"
    rf"|\b(?:consider(?:ing)?|think of|think about) the environment before print|\bbefore printing this"
    rf"|\bThink before you print|\b[Dd]o(?:n't"
    rf"| not) print this {_MAIL}"
    rf"|^\W*(?i:confidentiality (?:notice|note|statement|warning)|legal (?:notice|disclaimer)"
    rf"|privileged and confidential)"
    rf"|\binformation (?:contained |transmitted |included )?in this {_MAIL}"
    rf"|\b(?:[Vv]iews|[Oo]pinions)\b.{{0,60}}\b(?:in this {_MAIL}|those of the (?:author|sender))"
    rf"|(?i:\bprivileged ?/ ?confidential information\b)|\b(?:may|must|should) not (?:copy|deliver|use|disclose)\b"
    rf".{{0,60}}\bthis {_MAIL}"
    rf"|\b(?:disclosure|dissemination|distribution|copying)\b.{{0,120}}\b(?:is|are) (?:strictly )?"
    rf"(?:prohibited|unlawful|forbidden)"
    rf"|\b[Rr]egistered (?:in|office)\b.{{0,80}}(?:\d|:)|\bCompany (?:[Nn]umber|[Nn]o\.?|[Rr]eg\w*)[ :.]+\w*\d"
    rf"|\b(?:scanned|checked|swept) (?:for|by)\b.{{0,40}}\b(?:virus|malware|antivirus)|\bVirus-free\b"
    rf"|\b(?:delete|destroy) (?:this|the|it|all copies)\b.{{0,60}}\b(?:{_MAIL}|copies|sender|immediately|system)",
)
_FOREIGN_SENDER = LazyPattern(
    r"\s*(?:[\[(](?:EXTERNAL|External)(?: (?i:e-?mail|message|sender|mail))?[\])]:?"
    r"|[*\[(]*(?:(?i:caution|warning|attention|notice|important)\b[:!.*\])]*\s+)?"
    r"(?:(?i:this (?:e-?mail|message)(?: has| was)? (?:originated|came|sent|is|received) (?:from )?(?:an )?"
    r"(?:outside|external))|(?:EXTERNAL|(?<=: )[Ee]xternal) (?i:e-?mail|message|sender)\b[:.]?)"
    r"[^\n]{0,300}(?:\n(?=\s*\S)|\Z))"
)
"""The banner that a company puts over mails from outside."""
_INVITATION = LazyPattern(
    r"\b[Ww]e(?: would|['’]d| really| always)*(?: love| like| appreciate| welcome"
    r"| value)(?: to)?\b.{0,50}\b(?:hear from you"
    r"|your (?:feedback|opinions?|thoughts|input|comments)|hear (?:what|how|about) your?|know (?:what|how) you)"
    r"|\b[Yy]our (?:feedback|opinions?|views?|input|response|answers?|review|comments?) (?:really |greatly |will "
    r"|can )*"
    r"(?:helps?|is|are|matters?|means|allows?|enables?)\b.{0,60}\b(?:us|our|important|valuable|appreciated|improve)"
    r"|^\W*How would you rate (?:our|your)\b|^\W*How (?:did we do|are we doing|was your (?:recent )?(?:experience"
    r"|visit|stay|order|purchase|call) with)\b"
    r"|^\W*How likely (?:are|is|would) (?:you|it)\b.{0,40}\brecommend\b.{0,80}\?"
    r"|^\W*(?:Please |Could you |If you could |Kindly )?(?:[Tt]ake|[Ss]pare) (?:a |an |one |two |\d+ )?(?:few )?"
    r"(?:moments?|minutes?|seconds?)\b.{0,80}\b(?:survey|questionnaire|rate|review|feedback|tell us|share|answer)"
    r"|^\W*(?:Please |To )?(?:[Cc]lick|[Tt]ap|[Ff]ollow)\b.{0,40}\b(?:here|link|below|button)\b"
    r".{0,60}\b(?:survey|rate|feedback|review|unsubscribe|questionnaire|start|begin)"
    r"|^\W*(?:Please )?(?:[Cc]omplete|[Ff]ill (?:in|out)|[Aa]nswer|[Tt]ake) (?:our|this|the following) [\w -]{0,40}"
    r"(?:survey|questionnaire)"
    r"|\b[Yy]ou(?: are|['’]re| have)? receiv(?:ing|ed) this (?:e-?mail|message|survey|mail) (?:because|as|from)"
    r"|^\W*To unsubscribe\b|^\W*Unsubscribe(?: here| from this list| from these emails)?\W*$"
    r"|\b[Dd]o not (?:reply|respond) to this (?:e-?mail|message|mail)"
    r"|\bThis is an? (?:automated|automatic|(?:automatically|system)[ -]generated) (?:e-?mail|message)"
    r"|\b[Tt]his (?:mailbox|inbox|address) is not monitored|\breply above this line"
    r"|^\W*(?:Please )?(?:[Rr]ate|[Rr]eview) (?:your (?:recent )?(?:experience|visit|stay|order|purchase)|us on)\b",
)


def foreign_sender(text: str) -> Iterator[Stretch]:
    """A banner such as "[EXTERNAL]" or "CAUTION: This email originated from outside …" above or below a mail."""
    for start in (0, *(match.end() for match in re.finditer(r"\n[ \t]*\n", text))):
        match = _FOREIGN_SENDER.match(text, start)
        if match is not None and has_words(text[:start] + text[match.end() :]):
            yield Stretch(start, match.end())


def disclaimers(text: str) -> Iterator[Stretch]:
    """Sentences of a confidentiality note, the sentences between them, and the rest of a paragraph they begin.

    A text of one such sentence is the customer's: "Virus-free water, please".
    """
    found = list(_passages(text, _DISCLAIMER, alone=True))
    telling = [True for sentence in _SENTENCE.finditer(text) if _DISCLAIMER.search(sentence[0])] if found else []
    if len(telling) > 1 or (found and has_words(text[: found[0].start] + text[found[-1].end :])):
        yield from found


def invitations(text: str) -> Iterator[Stretch]:
    """Sentences that invite to a survey: one that begins a line, or several in a row."""
    found = list(_passages(text, _INVITATION, alone=False))
    if found and has_words(text[: found[0].start] + text[found[-1].end :]):
        yield from found


def _passages(text: str, telling: LazyPattern, *, alone: bool) -> Iterator[Stretch]:
    """Sentences that tell, those of the same paragraph between them; `alone`: a single one inside a line counts."""
    for start, end in _paragraphs(text):
        sentences = [match.span() for match in _SENTENCE.finditer(text, start, end)]
        hits = [place for place, span in enumerate(sentences) if telling.search(text[slice(*span)])]
        if not hits:
            continue
        first, last = hits[0], hits[-1]
        begins = text.rfind("\n", 0, sentences[first][0]) + 1
        opens = not text[begins : sentences[first][0]].strip(" \t*-_#>\"'")
        if alone and first == 0 and len(hits) * 2 >= len(sentences):
            last = len(sentences) - 1
        if alone or opens or len(hits) > 1:
            yield Stretch(sentences[first][0], sentences[last][1])


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"\n[ \t]*\n|\Z", text):
        yield start, match.start()
        start = match.end()


RULES = (
    SetAside(
        name="banners of mails",
        find=foreign_sender,
        hints=("external", "from outside"),
    ),
    SetAside(
        name="notes of a device",
        find=devices,
        hints=listed(
            "sent from |sent via |sent using |sent with |sent by my|sent on my|sent on the go|get outlook"
            "|get the outlook|get bluemail|get spark"
            "|envoyé de mon|gesendet von|von meinem|enviado desde|enviado do meu|inviato da|verstuurd van"
        ),
    ),
    SetAside(
        name="disclaimers",
        find=disclaimers,
        hints=listed(
            "confidential|privileged|intended recipient|named recipient|addressee|received it in|received it by"
            "|received this in error|received this by mistake|received this e|received this m|received this c"
            "|environment before|before print|think before you p"
            "|not print this|n't print this|legal notice|legal disclaimer|information contained in"
            "|transmitted in this|included in this|in this mail|in this e-mail|in this email|in this message"
            "|those of the author|those of the sender|this communication"
            "|confidential information|strictly prohibited|is prohibited|are prohibited"
            "|is unlawful|are unlawful"
            "|registered in|registered office|company number|company reg|virus|malware|swept for|this e-mail"
            "|this email|this message"
        ),
    ),
    SetAside(
        name="invitations",
        find=invitations,
        hints=listed(
            "hear from you|hear what you|hear how you|hear about you|your feedback|your opinion|your thoughts"
            "|your input|your view|your response|your answer|your comment|your review"
            "|us know what you|us know how you|to know what you|to know how you|how did we do|how are we doing"
            "|how was your|how would you rate|take a moment|take a minute"
            "|take a few|take one minute|take two minute|spare a|how likely"
            "|survey|questionnaire|unsubscribe|receiving this"
            "|received this e|received this m|received this survey|not reply to this|not respond to this"
            "|automated e|automated m|automatic e|automatic m|generated e|generated m"
            "|not monitored|reply above|rate your|review your|rate us|review us|click here|click the|click on"
            "|click below"
        ),
    ),
)
