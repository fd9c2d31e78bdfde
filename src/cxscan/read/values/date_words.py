"""Months and zones by their names, as data: what exports write where a number could stand."""

from __future__ import annotations

_MONTHS_ENGLISH = (
    "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october"
    "|nov november|dec december"
)
_MONTHS_ELSEWHERE = (
    # German and the Nordic languages
    (
        "januar jänner jän tammikuu|februar feber helmikuu|märz maerz mär mrz marts|april huhtikuu|mai maj|juni|juli"
        "|august|september|oktober okt|november|dezember dez desember"
    ),
    # French
    (
        "janvier janv|février fevrier févr fevr fév|mars|avril avr|mai|juin|juillet juil|août aout|septembre|octobre"
        "|novembre|décembre decembre déc"
    ),
    # Spanish
    (
        "enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre|octubre|noviembre"
        "|diciembre dic"
    ),
    # Portuguese
    (
        "janeiro|fevereiro fev|março marco|abril|maio mai|junho|julho|agosto|setembro set|outubro out|novembro"
        "|dezembro dez"
    ),
    # Italian
    (
        "gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre set|ottobre ott|novembre"
        "|dicembre dic"
    ),
    # Dutch and Swedish
    "januari|februari|maart mrt|april|mei|juni|juli|augustus augusti|september|oktober|november|december",
    # Polish
    "stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia",
    # Russian
    (
        "января янв|февраля фев|марта мар|апреля апр|мая|июня июн|июля июл|августа авг|сентября сен|октября окт"
        "|ноября ноя|декабря дек"
    ),
    # Turkish
    "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
)


def _numbers(*rows: str) -> dict[str, int]:
    return {name: number for row in rows for number, names in enumerate(row.split("|"), 1) for name in names.split()}


ENGLISH_MONTHS = _numbers(_MONTHS_ENGLISH)
MONTHS = _numbers(*_MONTHS_ELSEWHERE, _MONTHS_ENGLISH)
"""Number of each month by its name or short form, in lower case."""

ZONES = {
    letters: minutes
    for minutes, row in (
        (0, "z utc gmt ut wet"),
        (60, "cet bst west wat mez"),
        (120, "cest eet sast cat mesz"),
        (180, "eest msk eat"),
        (240, "gst"),
        (300, "pkt"),
        (330, "ist"),
        (420, "wib ict"),
        (480, "sgt hkt awst pht myt"),
        (540, "jst kst"),
        (570, "acst"),
        (600, "aest"),
        (630, "acdt"),
        (660, "aedt"),
        (720, "nzst"),
        (780, "nzdt"),
        (-180, "brt art adt"),
        (-240, "edt ast clt"),
        (-300, "est cdt cot pet"),
        (-360, "cst mdt"),
        (-420, "mst pdt"),
        (-480, "pst akdt"),
        (-540, "akst hdt"),
        (-600, "hst"),
    )
    for letters in row.split()
}
"""Minutes east of Greenwich by the letters of a zone. Of those that several zones use (`CST`, `IST`, `BST`) the zone is
the one of the country whose exports write letters most. Other letters leave a time without an offset."""
