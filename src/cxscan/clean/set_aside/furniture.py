"""Furniture of platforms around a review: badges, votes, buttons, dates, translations, the owner's answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cxscan.clean.set_aside.hints import BEGIN
from cxscan.clean.set_aside.rule import (
    AGO,
    DATE,
    DAY,
    NAME,
    TIME,
    SetAside,
    Stretch,
    anywhere,
    at_end,
    at_start,
    has_words,
    listed,
)  # fmt: skip
from cxscan.lazy_pattern import LazyPattern
from cxscan.rules.platform_texts import PLATFORM_TEXTS, is_platform_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_PEOPLE = r"(?:people|persons?|customers?|users?|shoppers?|readers?|guests?|travell?ers?|others?|members?|reviewers?)"
_COUNT = r"(?:\d[\d,.]*[kK]?|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]ome|[Nn]o|[Aa])"
_SENTENCE_END = r"(?:^|(?<=[.!?…)\"”’]))[ \t]*"

named_date = anywhere(
    rf"\b(?i:date of (?:experience|stay|visit|purchase|travel|trip|review|service|order|publication)"
    rf"|(?:stay|visit|purchase|experience|review) date)[ \t]*[:–-]?[ \t]*(?i:{DATE})[.]?"
)
date_line = anywhere(
    rf"{_SENTENCE_END}(?:Reviewed|Posted|Written|Published|Submitted|Rated|Updated|Edited|Collected)(?: by {NAME})?"
    rf"(?:(?: on)?:?[ \t]+{DAY}|:?[ \t]+{AGO}|: {DATE})(?: via [\w ]{{2,20}})?[ \t]*(?:$|[.](?=\s|$))"
    rf"|^[ \t]*(?:Visited|Stayed|Travel+ed|Dined|Purchased)(?:(?: in| on|:)? {DATE}| {AGO})[ \t]*$"
)
date_before = at_start(
    rf"{DAY}(?:,?[ \t]+(?:at )?{TIME})?(?:[ \t]+[–—|:-]|:)[ \t]+(?=\S)"
    rf"|[\[(]{DAY}(?:,?[ \t]+(?:at )?{TIME})?[\])][ \t]*[–—|:-]?[ \t]+(?=\S)"
)
place_and_date = anywhere(
    rf"\b(?:Reviewed|Review|Rezension|Commenté) (?:in|from|aus|en) (?:the |den )?[A-Z][\w .’'()-]{{1,40}}?"
    rf"(?:[ \t]*[\U0001F1E6-\U0001F1FF]{{2}})? (?:on|vom|le) {DATE}[.]?"
)

_BADGE = (
    r"(?:Amazon |Trip |Stay |Yelp )?(?:Verified|Confirmed|Certified)"
    r" (?:Purchase|Purchaser|Buyer|Customer|Reviewer|Review|Order|Owner|User|Guest|Stay|Booking|Travell?er|Patient"
    r"|Booker|Student|Resident|Shopper|Client|Visit)"
)
_VARIANT = r"(?:(?:Colou?r|Size|Style|Flavou?r|Format|Pattern|Edition)(?: Name)?: ?[^\n|:.!?]{1,40}?[ \t|,]*\n?)"
badge = anywhere(
    rf"[\[(](?i:{_BADGE})[\])][ \t]*"
    rf"|(?:{_SENTENCE_END}|(?<=\|)[ \t]*)[^\w\s]{{0,3}}[ \t]*{_VARIANT}*"
    rf"(?:{_BADGE}(?=\W*(?:[A-Z]|$)|: )|Verified Purchase|VERIFIED PURCHASE|Verified purchase(?=\W*[A-Z])"
    rf"|(?i:{_BADGE})(?=[ \t]*(?:\|"
    rf"|$)))(?:: (?:Yes|No))?[ \t]*[|:.·•–-]*(?=\s|$)"
    rf"|(?<=\s)(?:Verified Purchase|VERIFIED PURCHASE)(?=\s*\Z)"
    rf"|\A\W*(?:Not Verified|Trip Verified|Verified|Unverified)[ \t]*\|[ \t]*"
)
origin = anywhere(
    r"\bVine Customer Review of Free Product(?:[ \t]*\([ \t]*What's this\?[ \t]*\))?"
    r"|\[?\bThis review (?:was|has been) (?:originally )?(?:collected|posted|submitted|written) (?:as part of|on"
    r"|at|in)"
    r" [^\n\]!?]{2,80}?(?:\]|[.](?=\s|$)|$)"
    r"|\[?\bOriginally (?:posted|reviewed|published) (?:on|at) \S+?\]?(?=[.]?(?:\s|$))"
    r"|^[ \t]*(?:Product received for free|Early Access Review|Incentivi[sz]ed Review)[ \t]*$"
)
votes = anywhere(
    rf"(?:\b{_COUNT} (?:of|out of) \d[\d,]* {_PEOPLE}|\b{_COUNT}(?: other)? {_PEOPLE}|\b[Nn]o one|\b[Ss]omeone)"
    r" (?:have |has )?(?:found|finds?|thought|marked|rated) (?:this|the following|it)(?: review| comment| answer)?"
    r"(?: to be| as| was)? (?:helpful|useful|funny|cool)[.!]?"
    r"(?:\s*Helpful\b)?(?:\s*[|·]?\s*Report(?: abuse)?\b)?"
    r"|\b(?:Was|Is|Did you find) this(?: review| comment| answer)? (?:helpful|useful)(?: (?:to|for) you)?\?"
    r"(?:\s*Yes\s*(?:\(?\d+\)?)?\s*[|/·]?\s*No(?:\s*\(?\d+\)?)?)?"
    r"|\b\d+ (?:helpful|useful) votes?\b[.]?"
    r"|\bUseful \d+[ ,|·]+Funny(?: \d+)?[ ,|·]+Cool(?: \d+)?"
)
vote_buttons = at_end(
    rf"\b(?:Helpful|Useful)\??[ \t]*[(:]?[ \t]*\d+\)?(?:[ \t]*[|·]?[ \t]*(?:Not"
    rf"|Un)[ \t]?helpful[ \t]*[(:]?[ \t]*\d+\)?)?"
    r"|(?<=\n)[ \t]*(?:Helpful\?? (?:Yes|No)[ ·|]*\d*[ ·|]*(?:Yes|No)?[ ·|]*\d*(?:[ ·|]*Report)?"
    r"|Helpful\s*[|·\n]\s*(?:Report|Share)|Like\s*[|·\n]\s*Share|Thank (?=\w*[\d_])[A-Z]\w{1,20})"
    rf"|{_SENTENCE_END}(?:Helpful\s*[|·]?\s*)?Report(?: abuse| review| this review|(?<=Helpful Report)"
    rf"|(?<=Helpful\nReport))",
    characters=60,
)
_DOTS = r"(?:…|\.{3})"
buttons = at_end(
    rf"(?:(?<=[.!?…)\"”’'])|(?<=\n)|(?<=\n ))[ \t]*[\[(]?{_DOTS}?[ \t]*(?:(?:Read|Show|See|View|Load)(?: the)?"
    r" (?:more|less|full review|all|whole review|More|Less|Full Review)|READ MORE|SHOW MORE|SEE MORE|Continue reading"
    r"|(?:See|Show|View|Hide) (?:original|translation)|Translate(?: review)?(?: (?:to|into) \w+)?)"
    rf"(?: reviews?)?[ \t]*[\])]?[ \t]*(?:…|\.{{1,3}}|>{{1,2}}|»|→|›)?"
    rf"|(?<=\S)[ \t]*{_DOTS}[ \t]*[\[(]?(?:[Rr]ead|[Ss]how|[Ss]ee|[Vv]iew)?[ \t]?(?:more|More)[\])]?"
    r"|(?<=[.!?…])[ \t]*[\[(](?:more|More)[\])]",
    characters=60,
)
profile = anywhere(
    r"^[ \t]*(?:Local Guide[ \t]*[·•|]?[ \t]*)?\d[\d,.]* (?:reviews?|contributions?)"
    r"(?:[ \t]*[·•|,]?[ \t]*\d[\d,.]* (?:photos?|ratings?|helpful votes?|followers?))*[ \t]*$"
    r"|^[ \t]*Local Guide[ \t]*[·•|]?[ \t]*(?:Level \d+)?[ \t]*$"
)

_ANSWERER = (
    r"(?i:owner|management|manager|host|seller|developer|business|company|hotel|restaurant|property|merchant|vendor)"
)
_ANSWER = LazyPattern(
    rf"^[ \t]*(?:(?:Response|Reply|Answer) (?:from|by) (?:the )?(?:{_ANSWERER}|{NAME})(?:,[^\n]{{2,60}})?"
    rf"|(?:Owner|Management|Manager|Host|Hotel|Seller|Developer|Company|Business|Merchant|Property|Vendor)"
    rf"(?:['’]s)? (?:[Rr]esponse|[Rr]eply|[Aa]nswer))"
    rf"[ \t]*(?:[·|,-]?[ \t]*(?:{DATE}|{AGO}))?[ \t]*(?:\n|:)",
    re.MULTILINE,
)

_BY = (
    r"Google|Microsoft|DeepL|Bing|Yelp|Airbnb|Booking\.com|TripAdvisor|Tripadvisor|Facebook|Apple|Amazon|eBay|machine"
    r"|Expedia|Trustpilot|Agoda|Hotels\.com"
)
_TRANSLATED = LazyPattern(
    rf"[(\[]?\b(?:(?:Review |Automatically |Machine )?[Tt]ranslated(?: automatically)? by (?:{_BY})(?: Translate)?"
    r"|Übersetzt von Google|Traduit par Google|Traducido por Google|Traduzione di Google|Tradotto da Google"
    r"|Traduzido pelo Google|Vertaald door Google|(?:Automatically "
    r"|Machine )?Translated(?: automatically)? from [A-Z]\w+)"
    r"[)\]]?(?:[ \t]*[·|•–-]?[ \t]*See original(?: \(\w+\))?)?[ \t]*[:.–-]?"
)
_ORIGINAL = LazyPattern(
    r"[(\[](?:Original|Originale?s?|Avis d'origine|Avis original|Origineel|Original (?:text|review|comment|language))"
    r"[)\]][ \t]*:?|^[ \t]*Original(?: (?:text|review|comment|language))?[ \t]*:",
    re.MULTILINE,
)
_ORIGINAL_ALONE = LazyPattern(
    r"^[ \t]*(?:[(\[](?:Originale?|Avis d'origine)[)\]][ \t]*(?:$|(?=[A-ZÀ-Þ]))|Original(?: (?:text|review))?:[ \t]*$)",
    re.MULTILINE,
)


def owner_answer(text: str) -> Iterator[Stretch]:
    """`Response from the owner` in a line of its own behind the review, and all below it."""
    for match in _ANSWER.finditer(text):
        if has_words(text[: match.start()]):
            yield Stretch(match.start(), len(text))
            return


def translation(text: str) -> Iterator[Stretch]:
    """`(Translated by Google)`, and the original beside the translation, whichever comes first."""
    note = _TRANSLATED.search(text)
    if note is None:
        alone = _ORIGINAL_ALONE.search(text)
        if alone is not None and has_words(text[: alone.start()]):
            yield Stretch(alone.start(), len(text))
        return
    yield Stretch(note.start(), note.end())
    original = _ORIGINAL.search(text)
    if original is not None:
        yield Stretch(original.start(), note.start() if note.start() > original.start() else len(text))
    elif has_words(text[: note.start()]) and has_words(text[note.end() :]):
        yield Stretch(0, note.start())


def platform_text(text: str) -> Iterator[Stretch]:
    """A text that is wholly the platform's: "[deleted]", "This is an automated posting."."""
    if is_platform_text(text.strip()):
        yield Stretch(0, len(text))


RULES = (
    SetAside(
        name="texts of platforms",
        find=platform_text,
        hints=(*sorted(BEGIN + text[:24] for text in PLATFORM_TEXTS), "is an automated ", "i am a bot, "),
    ),
    SetAside(name="originals of translations", find=translation, hints=listed(
        "translated |\n(original|\n[original|\noriginal|\n(avis d'origine|google)"
        "|google translate|google]|von google|par google"
        "|por google|di google|da google|pelo google|door google")),
    SetAside(
        name="owners' answers",
        find=owner_answer,
        hints=(
            *listed("response from|response by|reply from|reply by|answer from|answer by", before="\n"),
            *listed(
                "owner|management|manager|host|hotel|seller|developer|company|business|merchant|property"
                "|vendor", before="\n"),
        ),
    ),
    SetAside(
        name="dates of an experience",
        find=named_date,
        hints=listed("date of |stay date|visit date|purchase date|experience date|review date"),
    ),
    SetAside(
        name="dates of a review",
        find=date_line,
        hints=tuple(
            before + word
            for before in ("\n", BEGIN, ". ", "! ", "? ", ".", "!", "… ", ") ", '" ')
            for word in (
                "reviewed posted written published submitted rated updated edited collected visited stayed dined"
                " purchased traveled travelled"
            ).split()
        ),
    ),
    SetAside(
        name="dates before a comment",
        find=date_before,
        hints=listed("0|1|2|3|4|5|6|7|8|9|[|(|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", before=BEGIN),
    ),
    SetAside(
        name="places of a review",
        find=place_and_date,
        hints=listed("review in |review from |reviewed in |reviewed from |rezension aus|commenté en"),
    ),
    SetAside(
        name="badges",
        find=badge,
        hints=listed(
            "verified|confirmed purchase|confirmed buyer|confirmed stay|confirmed review|confirmed customer"
            "|confirmed guest|confirmed booking|certified "),
    ),
    SetAside(
        name="origins of a review",
        find=origin,
        hints=listed(
            "vine customer|this review was|this review has|originally posted|originally reviewed|originally pub"
            "|product received for|early access review|incentivised review|incentivized review"),
    ),
    SetAside(
        name="votes",
        find=votes,
        hints=tuple(
            before + word
            for before in ("this ", " it ", "following ", "review ", "comment ", "answer ", "to be ", " as ", " was ")
            for word in ("helpful", "useful", "funny", "cool")
        ) + listed(
            "0 helpful|1 helpful|2 helpful|3 helpful|4 helpful|5 helpful|6 helpful|7 helpful|8 helpful|9 helpful"
            "|useful vote|useful 0|useful 1|useful 2|useful 3|useful 4|useful 5|useful 6|useful 7|useful 8|useful 9"),
    ),
    SetAside(
        name="buttons of votes",
        find=vote_buttons,
        hints=listed(
            "\nhelpful|\nlike\n|\nlike |\nthank |. helpful|! helpful|.helpful|? helpful|helpful (|helpful? (|helpful: "
            "|report abuse"
            "|report review|report this review|helpful 1|helpful 2|helpful 0|helpful 3|helpful 4|helpful?"
            "|useful (|useful? ("),
    ),
    SetAside(name="profiles", find=profile, hints=listed(
        "local guide| reviews\n| reviews ·| reviews •| review\n| review ·| contributions\n| contributions ·")),
    SetAside(
        name="buttons",
        find=buttons,
        hints=listed(
            "read more|show more|see more|view more|load more|read less|show less|see less|full review"
            "|read all"
            "|see all|show all|view all|whole review|continue reading|see original|show original|view original"
            "|hide original|translat|... more|...more|… more|…more|(more)|[more]"
        ),
    ),
)  # fmt: skip
