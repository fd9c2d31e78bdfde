"""Damaged words are mended as they were meant, and words that need it not stay as they are."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cxscan.clean.repairs import mended, repaired_texts

MEANT = "I wasn't happy"
LOST = [
    "I wasn t happy",
    "I wasn   t happy",
    "I wasn?t happy",
    "I wasn? t happy",
    "I wasn???t happy",
    "I wasn\ufffdt happy",
    "I wasn\ufffd\ufffd\ufffdt happy",
    "I wasn''t happy",
    'I wasn"t happy',
    "I wasn ' t happy",
    "I wasn' t happy",
    "I wasn ’t happy",
    "I wasn;t happy",
    "I wasn,t happy",
    "I wasn¿t happy",
    "I wasn\x19t happy",
    "I wasnÕt happy",
    "I wasnít happy",
    "I wasn¡¯t happy",
    "I wasnâ??t happy",
]
SPELLED_OUT = [
    r"I wasn\'t happy",
    r"I wasn\\'t happy",
    r"I wasn\u2019t happy",
    r"I wasn\\u2019t happy",
    r"I wasn\u{2019}t happy",
    "I wasnu2019t happy",
    r"I wasn\xe2\x80\x99t happy",
    r"I wasn\x92t happy",
    "I wasn<U+2019>t happy",
    "I wasn<e2><80><99>t happy",
    "I wasn<92>t happy",
    r"I wasn\'92t happy",
    "I wasn_x2019_t happy",
    "I wasn%u2019t happy",
    "I wasn%E2%80%99t happy",
    "I wasn%27t happy",
    "I wasn=E2=80=99t happy",
]
HTML = [
    "I wasn&#39;t happy",
    "I wasn&#039;t happy",
    "I wasn&#x27;t happy",
    "I wasn&#8217;t happy",
    "I wasn&#146;t happy",
    "I wasn&rsquo;t happy",
    "I wasn&RSQUO;t happy",
    "I wasn&apos;t happy",
    "I wasn&amp;#39;t happy",
    "I wasn&amp;amp;rsquo;t happy",
    "I wasn& #39;t happy",
    "I wasn&#39t happy",
    "I wasn&rsquot happy",
    "I wasn#39;t happy",
    "<p>I wasn't happy</p>",
    '<div class="review"><span dir="ltr">I wasn&rsquo;t <b>happy</b></span></div>',
    "&lt;p&gt;I wasn&#39;t happy&lt;/p&gt;",
    "I wasn't happy<br />",
    "<!-- from the form -->I wasn't happy",
    "I wasn't happy<span style=\"color:red",
]
ENCODED_TWICE = [
    "I wasnâ€™t happy",
    "I wasnâ\x80\x99t happy",
    "I wasnÃ¢â‚¬â„¢t happy",
    "I wasn‚Äôt happy",
    "I wasnΓÇÖt happy",
    "I wasnÔÇÖt happy",
    "I wasn‰Ûªt happy",
    "I wasn\x89Ûªt happy",
    "I wasnвЂ™t happy",
    "I wasn鈥檛 happy",
    "I wasn窶冲 happy",
    "I wasn\x92t happy",
    "I wasnâ€?t happy",
    "I wasnï¿½t happy",
]


def straight(text: str) -> str:
    return text.replace("’", "'").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, "lost apostrophes") for text in LOST),
        *((text, "characters spelled out") for text in SPELLED_OUT),
        *((text, "HTML") for text in HTML),
        *((text, "text encoded twice") for text in ENCODED_TWICE),
    ],
)
def test_a_negation_survives_every_form_of_damage(text: str, kind: str) -> None:
    found = mended(text)
    assert straight(found.text) == MEANT
    assert kind in found.kinds


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("good ðŸ˜Š", "good 😊"),
        ("good ðŸ‘", "good 👍"),
        ("good ðŸ‘\x8d", "good 👍"),
        ("good ðŸ‘?", "good 👍"),
        ("Loved itâ¤ï¸", "Loved it❤️"),
        ("good Ÿ˜Š", "good 😊"),
        ("good 😊, but itâ€™s dear", "good 😊, but it’s dear"),
        (r"good \ud83d\ude0a", "good 😊"),
        ("good ud83dude0a", "good 😊"),
        ("good <U+0001F60A>", "good 😊"),
        ("good &#128522; &#55357;&#56842;", "good 😊 😊"),
        ("Â£5 for a cafÃ© au lait", "£5 for a café au lait"),
        ("Fine.Â  Really", "Fine.  Really"),
        ("the â€œbestâ€ roomâ€¦", "the “best” room…"),
        ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
    ],
)
def test_signs_and_letters_come_back(text: str, meant: str) -> None:
    assert mended(text).text == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("It was late<br />and nobody came.", "It was late and nobody came."),
        ("It was late.<br>Nobody came.", "It was late.\nNobody came."),
        ("Late<br><br>cold", "Late\ncold"),
        ("<p>Late</p><p>Cold</p>", "Late\nCold"),
        (r"It was late\nand nobody came.\n", "It was late and nobody came."),
        (r"It was late.\r\nNobody came.", "It was late.\nNobody came."),
        ("It was late_x000D_\nand nobody came._x000D_\n", "It was late and nobody came."),
    ],
)
def test_a_line_break_in_a_sentence_is_a_space(text: str, meant: str) -> None:
    assert mended(text).text == meant


@pytest.mark.parametrize(
    "text",
    [
        "Only < 3 stars, and 5 > 4",
        "I <3 it",
        "if x<b and y>c then",
        "They cut the <title> of the film",
        "<which doctor I see>",
        "See http://lamps.example/x?s=1&t=2, or lamps.example/a?s",
        "I said no?then I left. Really?so good",
        "Q&A with R&D at M&S; AT&T;",
        "yes\\no, and\\or",
        "It is in C:\\new folder\\notes",
        "I took a size s, a plain t shirt and a thin t-shirt",
        "You can t-shirt them",
        "My I D card is with Mr I M Cole",
        "I love it :D and that ;D",
        "Five feet, 5'3'' tall",
        "“Très bien” at the CAFÉ… said my fiancé—“oui”",
        "“IRMÃ” and SÃO",
        "crème brûlée à la carte, 20 °C, ½ price, naïve Zoë",
        "'tis the guests' season, y'all",
        "Пришёл в отель, всё хорошо",
        "100%, a = b, 20% off",
        "snake_case and file_x1",
        "👍🏽 ❤️ 👨‍👩‍👧",
    ],
)
def test_words_that_need_no_repair_stay_as_they_are(text: str) -> None:
    found = mended(text)
    assert found.text == text
    assert not found.kinds


@given(st.text(st.sampled_from("aInot t?'\\u2019&#39;<br>Ã¢â‚¬â„¢ðŸ‘_x0D\n"), max_size=40))
def test_what_was_mended_needs_no_more_and_aligns(text: str) -> None:
    found = mended(text)
    assert not mended(found.text).kinds
    places = [found.alignment.original(at, at + 1) for at in range(len(found.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


PIECES = "wasn it I you t s m re ve ll d T S ' \u2019 '' ` ? ; \" , \ufffd . / - & < > \\ \n a é".split(" ")
PIECES += [
    " ",
    " ",
    "&#39;",
    "nbsp;",
    "<br>",
    "\\u2019",
    "\\n",
    "_x000D_",
    "%27",
    "=E2=80=99",
    "b'",
    "â€™",
    "Ã",
    "ud83dude0a",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=5))
@example([*LOST, *SPELLED_OUT, *HTML, *ENCODED_TWICE])
def test_a_batch_is_mended_as_each_of_its_texts_is(texts: list[str]) -> None:
    repaired = repaired_texts(texts)
    for row, text in enumerate(texts):
        found = mended(text)
        assert repaired.texts.get(row, text) == found.text
        assert (row in repaired.texts) == bool(found.kinds)


@pytest.mark.parametrize("damage", ["\\n", "&amp;", "<br>", "<!--", "â€™", "n t ", "<a ", "%27", "_x000D_", "Ã", "\\"])
def test_a_text_of_nothing_but_damage_takes_no_longer_than_its_length(damage: str) -> None:
    seconds = []
    for times in (2_000, 20_000):
        start = time.process_time()
        mended(damage * times)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 40 * max(seconds[0], 0.01)  # quadratic work would be a hundred times as long
