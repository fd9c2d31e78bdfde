"""Usual column names: the header words of real exports, as data.

Gathered from vendors' documentation and public exports; names are compared after `normalise_column_name`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD = re.compile(r"[^\w?]+|_+")
_DOT = re.compile(r"\.|__|[\[\]]+")
_SLASH = re.compile(r"/|\.|__")
_TAG = re.compile(r"<[^>]{1,40}>")
_TYPED = re.compile(r"(?:\.(?:\$\w+|_?seconds|(?:string|integer|double|timestamp|boolean)Value))+$")
"""Keys of a database that say of which type a value is: `createdAt.$date.$numberLong`."""


def normalise_column_name(name: str) -> str:
    """A column name as words: `reviewText`, `Review_Text` and `review text ` are all "review text"."""
    plain = _CAMEL.sub(" ", _TAG.sub(" ", _TYPED.sub("", name)))
    return " ".join(_NO_WORD.sub(" ", plain).casefold().split()) or name.strip()


def key_path(name: str) -> tuple[str, ...]:
    """The keys of a column of nested objects: of `user.displayName` and `user__displayName` "user", "displayName".

    A name with white space in it is no path: its full stops end sentences.
    """
    if any(map(str.isspace, name.strip())):
        return (name,)
    slashes = name.count("/") > 1 or name.startswith("/")
    keys = tuple(key for key in (_SLASH if slashes else _DOT).split(name) if key)
    return keys or (name,)


def normalise_last_key(name: str) -> str:
    """The last key of a column of nested objects, as words: of `user.displayName` "display name"."""
    return normalise_column_name(key_path(_TYPED.sub("", name) or name)[-1])


def fold_name(name: str) -> str:
    """A column name as it is compared: white space and case do not count."""
    return " ".join(name.replace("\ufeff", "").split()).casefold()


def distinct_names(names: Sequence[str]) -> tuple[str, ...]:
    """Tell names apart: the second `comment` is `comment.2`, a name that is missing `column 3`."""
    taken = {fold_name(name) for name in names}
    seen: set[str] = set()
    numbers: dict[str, int] = {}
    apart = []
    for position, name in enumerate(names, 1):
        new = base = name or f"column {position}"
        while fold_name(new) in seen or (new != name and fold_name(new) in taken):
            numbers[base] = numbers.get(base, 1) + 1
            new = f"{base}.{numbers[base]}"
        seen.add(fold_name(new))
        apart.append(new)
    return tuple(apart)


TEXT = frozenset(
    (
        "review text|review content|review description|review body|review|reviews|content|body|comment|comments|text"
        "|verbatim|verbatims|feedback|feedback text|fft answer|customer remarks|customer remark|remark|remarks|tweet"
        "|opinion|verified reviews|open ended response|comment text|comments text|customer comment|customer comments"
        "|nps comment|customer feedback|customer review|customer verbatim|user review|user comment|testimonial"
        "|free text|message|consumer complaint narrative|complaint|complaint text|complaint narrative|narrative"
        "|survey comment|survey comments|reviews text|review comment|review comments|csat comment"
        "|additional comments|hs content|nps feedback|response text|attributes body|suggestions|reason for score"
        "|reason for rating|why|tweet text|full text|selftext|text original|text display|comment body"
        "|kommentar|kommentare|kommentartext|bewertungstext|rezension|rezensionen|rezensionstext|meinung|freitext"
        "|anmerkung|anmerkungen|rückmeldung|beschwerde|commentaire|commentaires|avis|remarque|remarques|texte"
        "|comentario|comentarios|reseña|reseñas|opinión|opiniones|texto|commento|commenti|recensione|recensioni|testo"
        "|opmerking|opmerkingen|recensie|recensies|toelichting|comentário|comentários|resenha|komentarz|opinia|recenzja"
        "|отзыв|отзывы|комментарий|текст|yorum|yorumlar|レビュー|コメント|口コミ|评论|评价|内容"
    ).split("|")
)
"""Names that say: the customer's words."""

TEXT_WORDS = frozenset(
    "review comment comments feedback verbatim remark remarks opinion complaint text snippet suggestions".split()
)
"""Words that make a longer name a likely text column."""

PLAIN_KEYS = frozenset("value text body content original raw plain message en english description answer".split())
"""Last keys of nested objects that say what the key above them says: `review.value`."""

OTHERS = frozenset(
    """user users author authors owner profile account reviewer place venue business product products listing company
    brand app movie film book hotel restaurant channel department agent assignee employee media""".split()
)
"""Keys and words above a description that is none of an experience: `user.description`, `product_description`."""

DESCRIPTIONS = frozenset("description details detail summary overview info information".split())
"""Last words of names that describe something."""

QUOTED = frozenset("retweeted quoted parent quote".split())
"""First words of keys under which a comment carries what it answers."""

DERIVED = frozenset(
    """clean cleaned cleaning preprocessed processed lemmatized lemmatised stemmed tokenized tokenised normalized
    normalised lowercase lower nostop stopwords""".split()
)
"""Words of names of texts that a program has made of another column."""

ORIGINAL = frozenset("original raw plain full".split())
"""Words of names of texts as they were written, beside the same texts in another form."""

THINGS = frozenset(
    "price|sku|asin|isbn|brand|stock|installs|calories|business id|is open|opening hours|url slug".split("|")
)
"""Names of columns of a list of things, where several stand together: what is described there was not experienced."""

PLACES = frozenset("address|phone|phone number|website|latitude|lat|category|categories|cuisine".split("|"))
"""Names that describe a place or a thing where another column counts its reviews."""

RATED_THINGS = frozenset(
    (
        "review count|reviews count|ratings count|rating count|number of reviews|num reviews|total reviews"
        "|average rating|avg rating"
    ).split("|")
)
"""Names of columns of a list of things that were rated, each by many."""

NO_TEXT_WORDS = frozenset(
    """id ids date time at timestamp url link links user username author name language lang count number total score
    rating stars star title subject label type status source category image photo photos avatar votes likes country
    created updated device version email sentiment length hash key page platform verified helpful tag tags address
    group stations requester assignee organization company brand product city state region browser os ip channel
    segment model code sku path bio biography about categories features amenities ingredients hours attributes
    specifications specs keywords topics genre genres tokens embedding gender age department occupation position
    theme themes topic intent emotion entities aspects""".split()
)
"""Last words of names that hold something about a comment, not the comment."""

POSITIVE = frozenset(
    """positive pros pro love liked likes like best advantages strengths good benefits positives
    vorteile positiv avantages ventajas vantaggi voordelen""".split()
)
NEGATIVE = frozenset(
    """negative cons con hate disliked dislikes dislike worst disadvantages weaknesses bad negatives improve
    improvements improved nachteile negativ inconvénients desventajas svantaggi nadelen""".split()
)
"""Words of parallel questions: what was good, what was bad."""

COMPANY_REPLY = frozenset(
    (
        "reply|reply content|reply text|developer reply text|developer reply|developer response|company response"
        "|review company response|company reply|business reply|owner response|owner reply|response from owner"
        "|response from company|management response|hotel response|merchant reply|seller reply|vendor response"
        "|company public response|company response to consumer|public response|notes|internal notes|agent notes"
        "|agent comment|agent reply|staff response|reviews reply|official response|host response"
        "|antwort des inhabers|antwort vom inhaber|antwort des unternehmens|antwort des hotels|antwort des entwicklers"
        "|réponse du propriétaire|réponse de l entreprise|réponse de l établissement|respuesta del propietario"
        "|respuesta de la empresa|risposta del proprietario|reactie van de eigenaar|resposta do proprietário"
        "|resposta da empresa|our response|our answer|our comment|our comments"
        "|resolution|resolution notes|work notes|comments and work notes"
    ).split("|")
)
"""Names of columns in which the company speaks."""

COMPANY_REPLY_WORDS = frozenset("reply replies replied".split())
COMPANY_WORDS = frozenset(
    "company owner developer business management merchant seller vendor host hotel staff agent support internal".split()
)
"""`company response`: one of these and `response`, `answer` or `comment` make a column the company's."""

TITLE = frozenset(
    (
        "title|review title|headline|review headline|subject|heading|summary|review summary|reviews title"
        "|attributes title|ticket subject|titel|überschrift|betreff|titre|objet|título|titulo|asunto|titolo|oggetto"
    ).split("|")
)

DATE = (
    "review submit date and time|review created utc|review created|review date|reviews date|date of review"
    "|comment date|feedback date|created at|submitted at|submit date utc|submission date|submission time|date submitted"
    "|time submitted|submit time|submitted|submitted on|date|at|recorded date|customer response date"
    "|response date|responded at|response received at|answered at|attributes submitted at|attributes created date"
    "|created date|date created|created|created on|created utc|created time|create time|create date|creation date"
    "|creation time|timestamp created|timestamp|timestamp ms|time|datetime|date time|tweet created|tweet date"
    "|date posted|posted at|posted|posted on|posted date|post date|published at|published date|published|published on"
    "|publish date|publish time|publication date|date published|written|written on|reviewed|reviewed at|reviewed on"
    "|end date|end date utc|completion time|completed|start date|start date utc|date received|received at|received"
    "|received on|month|year month|experienced|experienced date|date of experience|experience date|date of stay"
    "|date visit|date of visit|visit date|visited|updated|review last update date and time|updated at|updated time"
    "|update time|updated date|review time|review timestamp|survey date|closed at|completed at|unix review time|when"
    "|time ago|ago|week"
    # German, French, Spanish and Portuguese, Italian, Dutch, Polish, Russian, Turkish, Chinese and Japanese, Korean
    "|datum|bewertungsdatum|erstellt am|erstellungsdatum|eingereicht am|zeitstempel|zeitpunkt|date de l avis"
    "|date de création|date d avis|date de publication|horodateur|fecha|fecha de creación|fecha de publicación"
    "|marca temporal|data|data da avaliação|data de criação|carimbo de data hora|data recensione"
    "|informazioni cronologiche"
    "|datum beoordeling|tijdstempel|data opinii|sygnatura czasowa|дата|дата отзыва|отметка времени|tarih"
    "|zaman damgası|日付|日期|时间|時間|评论时间|評論時間|评价时间|投稿日|投稿日時|タイムスタンプ"
    "|날짜|작성일|타임스탬프"
).split("|")
"""Names of date columns, the likeliest first."""

DATE_VERBS = (
    "created submitted posted published written reviewed commented recorded answered responded received completed"
    " tweeted added|experienced visited|modified updated edited changed"
).split("|")
"""Words that say what happened on a day, those of the customer's writing first."""

NO_DATE_WORDS = frozenset(
    """reply replied scraped scrapping scraping birth birthday dob response_to crawled extracted retrieved fetched
    downloaded exported imported ingested indexed inserted scrape crawl extract extraction retrieval fetch download
    export import joined registered signup member expires expiry expiration due deadline
    release released annotated labeled labelled judgment judgement predicted""".split()
)
"""Words of dates on which something other than the comment was made."""

EXPORT_DAY_WORDS = frozenset(
    """scraped scrapping scraping scrape crawled crawl extracted extraction extract retrieved retrieval fetched fetch
    downloaded download exported export collected snapshot""".split()
)
"""Words of the day on which an export was made."""

CROWD_WORK = frozenset(
    """unit id|unit state|golden|trusted judgments|last judgment at|worker id|trust|channel|assignment id|hit id
    |tainted|missed""".replace("\n    ", "").split("|")
)
"""Names of what a crowd-work platform notes of its workers; a date under an underscore beside them is theirs."""

ID = (
    "review id|response id|comment id|record id|feedback id|survey response id|respondent id|answer id|submission id"
    "|ticket id|complaint id|case number|case id|request id|id|uuid|guid|hs object id|unique id|reviewid|row id|key"
).split("|")
"""Names of columns that name the record, the likeliest first."""
