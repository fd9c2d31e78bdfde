"""Names of rating columns, and names that promise a rating and hold something else; as data.

Gathered from vendors' documentation and public exports; names are compared after `normalise_column_name`.
"""

from __future__ import annotations

import re

RATING = (
    "overall rating|overall score|overall satisfaction|star rating|review stars|review rating score|review rating"
    "|reviews rating|rating value|rating|stars|nps score|nps rating|nps|likelihood to recommend|ltr|score|review score"
    "|reviewer score|csat score|csat|ces score|ces|customer satisfaction score|satisfaction score|satisfaction rating"
    "|satisfaction|overall|fft categorical answer|survey score|grade|points|hs value|attributes rating"
    "|attributes star rating|rate|recommended|recommended ind|is recommended|recommend|recommends|would recommend"
    "|recommendation|recommendation type|voted up|thumbs up|thumbs|number of stars|star"
    # German
    "|gesamtbewertung|gesamtnote|sternebewertung|bewertung|bewertungen|sterne|anzahl sterne|note|punkte|punktzahl"
    "|zufriedenheit|weiterempfehlung|empfehlung"
    # French
    "|note globale|note sur 5|note sur 10|notation|évaluation|etoiles|étoiles|nombre d étoiles|recommande"
    # Spanish and Portuguese
    "|calificación general|calificación|calificacion|puntuación|puntuacion|valoración|valoracion|puntaje|estrellas|nota"
    "|satisfacción|avaliação geral|avaliação|avaliacao|classificação|classificacao|pontuação|estrelas|satisfação"
    "|recomienda|recomenda"
    # Italian, Dutch, the Nordic languages
    "|valutazione|punteggio|voto|stelle|beoordeling|waardering|sterren|cijfer|betyg|omdöme|stjärnor|bedømmelse"
    "|vurdering|stjerner|karakter|arvosana|tähdet"
    # Polish, Czech, Hungarian, Russian, Turkish, Indonesian, Vietnamese
    "|ocena|gwiazdki|hodnocení|hvězdičky|értékelés|оценка|рейтинг|звезды|звёзды|балл|puan|yıldız|değerlendirme"
    "|peringkat|bintang|penilaian|đánh giá|số sao"
    # Japanese, Chinese, Korean, Arabic, Hindi
    "|総合評価|評価|評点|星|満足度|总体评分|评分|評分|评级|星级|星級|满意度|滿意度|평점|별점|평가|만족도|التقييم|تقييم|रेटिंग"
    # of a survey about a mood
    "|emotion|smiley|mood|feeling|experience rating"
).split("|")
"""Names of rating columns, the likeliest first."""

PLAIN = RATING[: RATING.index("nps score")]
"""Those that hardly name anything else."""

WEAK = frozenset(
    "score|points|grade|rate|overall|recommend|thumbs up|thumbs|note|nota|voto|cijfer|karakter|punkte|puan|star|星"
    "|emotion|smiley|mood|feeling".split("|")
)
"""Those that name votes, relevance or a text just as well: only with cells on a usual scale."""

ANSWER = "value|answer|answer label|response|reaction|result|smiley|emoji|face|mood|feeling|choice|category|name".split(
    "|"
)
"""Names that say no more than that a column holds an answer, the likeliest rating first: where it is one in words."""

RATING_WORDS = frozenset(
    """rating ratings rate stars score scores nps csat ces satisfaction satisfied recommend likely sterne bewertung
    zufrieden étoiles estrellas estrelas stelle puntuación calificación avaliação satisfecho satisfait soddisfatto
    tevreden""".split()
)
EFFORT = re.compile(r"\b(ces|effort|how easy|how difficult|(?:made|makes?) it (?:very )?easy|easy it was)\b")
ASKED = re.compile(
    r"\b(how (?:was|were|is|are|happy|easy|helpful)|agree|disagree|smileys?|emojis?|thumbs|promoters?|experience)\b"
)
"""Words that ask for a rating where the cells are answers in words or faces."""
RECOMMEND = re.compile(
    r"\b(nps|(?:likelihood to |likely .*\b)?recommend|weiterempfehlen|recommander(?:iez)?|recomendar(?:ía|ia)?"
    r"|recomendaria|consigli(?:are|eresti|erebbe)|raccomand\w+|aanbevelen|rekommendera|poleci\w+|порекоменд\w+)\b"
)
"""Words that ask for a recommendation, from 0 to 10 where nothing else is said."""
YES_OR_NO = re.compile(
    r"recommend|empfehl|recommand|recom[ie]+nd|consigli|raccomand|aanbevel|polec|рекоменд|推薦|推荐|おすすめ|お勧め|추천"
    r"|\bvoted up\b|\bthumbs?\b|\bwould you\b.*\bagain\b|\bdid (?:we|this|you (?:like|enjoy))\b"
    r"|\bwas (?:this|the|your)\b.*\b(?:helpful|useful|resolved|solved)\b|\b(?:were|are) you (?:satisfied|happy)\b"
)
"""Words that ask for a rating where the cells say yes or no, true or false."""
OVERALL = re.compile(
    r"\b(overall|in general|generally|as a whole|insgesamt|gesamt\w*|allgemein|global\w*|general|geral)\b"
)
SCORE = re.compile(r"\bscore$")
SCALE_IN_NAME = re.compile(
    r"(?:^|[\s(\[])(?P<low>\d)\s*(?:-|–|—|~|～|/|\.\.|to|bis|through|à|a|al|até|t/m|do)\s*(?P<high>\d{1,3})\b"
    r"|(?:\bout of|\bof|\bvon|\bsur|/)\s*(?P<top>5|7|10|100)\s*(?:$|[)\].?:])"
    r"|(?:^|[\s(\[])(?P<worst>[01])\s*[=:]\s*[^\d=:]{2,60}?[\s,;/–-](?P<best>\d{1,2})\s*[=:]\s*[^\d=:]{2,60}$",
    re.IGNORECASE,
)
"""A range in a header: "Emotion (1-5)", "Note /10", "Mood (1 = bad, 5 = great)"."""
END_IN_NAME = re.compile(r"\b\d{1,2}\s*[=:]\s*[^\d=:,;/)]{2,60}(?=[,;/)\s])")
"""What one end of a range in a header says: "1 = very good"."""

NO_RATING_ENDS = frozenset(
    """count counts date id ids text comment comments at url link user username name time timestamp version distribution
    histogram breakdown type""".split()
)
"""Last words of names that hold something about ratings."""

NO_RATING = {
    word: why
    for why, words in {
        "votes of others": "vote votes upvote upvotes downvote downvotes ups downs likes dislikes helpful helpfulness"
        " karma reactions claps favorites favourites retweets reputation popularity",
        "a search engine's measure": "relevance relevancy similarity distance rank bm25 match",
        "the output of a model": "confidence probability prob proba predicted prediction pred polarity subjectivity"
        " compound sentiment themes topics aspects vader textblob bert roberta afinn logit logits toxicity toxic weight"
        " weighted readability authenticity spam fraud risk urgency severity priority importance judgment",
        "an average or a sum": "average avg mean median aggregate total sum cumulative durchschnitt moyenne promedio"
        " média media",
        "no rating by a customer": "price prices cost amount revenue discount fee salary credit lead exchange"
        " engagement conversion bounce churn click exam",
    }.items()
    for word in words.split()
}
"""Words of names whose numbers are no ratings, and what they are."""

ENTITIES = frozenset(
    """business place product hotel restaurant app company shop store seller book movie film game listing location venue
    merchant vendor course provider user author reviewer profile member account summary statistics stats""".split()
)
"""Keys of an object beside the comment: what it holds of ratings is the average of many."""

FORUM = frozenset(
    """upvotes|downvotes|ups|downs|upvote ratio|num comments|number of comments|subreddit|permalink|parent id|link id
    |board|post id|thread id|view count|answer count|gilded|stickied|kids|descendants|is submitter|post type id
    |owner user id|retweet count|node id|karma|votes|vote count|comment karma|story id""".replace("\n    ", "").split(
        "|"
    )
)
"""Names that stand beside a score in which others vote for a posting."""
