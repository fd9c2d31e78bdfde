"""Words set aside: what each rule finds, and what it leaves alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cxscan.clean import clean_texts
from cxscan.clean.set_aside.registry import RULES
from cxscan.clean.set_aside.rule import SetAside
from cxscan.model import State
from cxscan.runs.classifier import Classifier, ClassifierOptions

SAID = "The kettle leaks on the worktop."

FOUND = {
    "quoted mail": (
        f"{SAID}\n\nOn 4 June 2025 at 09:12, Marlow Kettles wrote:\n> We love to help.",
        f"{SAID}\n\nOn Tue, Mar 4, 2025 at 9:12 AM Marlow <care@marlow.example> wrote:\n\n> Wonderful!\n>\n> Bye",
        f"{SAID}\n\nOn 5 March 2025, Marlow Kettles\n<care@marlow.example> wrote:\n> Great news",
        f"{SAID} On 3 May 2025, Marlow Care wrote: > Great news > we fixed it",
        f"{SAID}\n\n-----Original Message-----\nFrom: Marlow\nSent: Monday\nTo: me\nSubject: Great news\n\nWe love it.",
        f"{SAID}\n\n---------- Forwarded message ---------\nFrom: Marlow\nSubject: Hello\n\nGreat",
        f"{SAID}\n\nFrom: Marlow <a@b.example>\nSent: 3 May 2025\nTo: Ann\nSubject: Great news!\n\nWe are delighted.",
        f"{SAID}\n\n________________________________\nFrom: Marlow\nSent: Friday\nTo: me\nSubject: RE: hi\n\nGreat!",
        f"{SAID}\n\nBegin forwarded message:\n\nFrom: Marlow\nSubject: Hi\n\nLove",
        f"From: Ann <ann@post.example>\nSent: 3 May 2025\nTo: Marlow\nSubject: Kettle\n\n{SAID}",
        f"{SAID}\n\n*From:* Marlow\n*Sent:* 3 May\n*To:* Ann\n*Subject:* kettle\n\nGreat news",
        f"{SAID}\n\n2025-03-04 9:12 GMT+01:00 Marlow <care@marlow.example>:\n> Great news",
    ),
    "quoted lines": (f"{SAID}\n> Thank you for writing to us\n> We love you", f"> How lovely!\n{SAID}"),
    "subject lines": (f"Re: Ticket 88\n\n{SAID}", f"RE: FW: Your kettle\n{SAID}"),
    "agents' turns": (
        f"Agent: Hello and welcome, we love to help! Customer: {SAID} Agent: I am so sorry.",
        f"[10:02] Bot: How are you?\n[10:03] Visitor: {SAID}",
        f"Marlow Support (Tom): great to meet you!\nClient (Ann): {SAID}",
        f"**Virtual Assistant:** Great!\n**User:** {SAID}",
        f"Chat started on 3 May\nAgent Lu has joined the chat.\n10:02 AM Agent Lu: Hi!\n10:04 AM Visitor 12: {SAID}",
        f"Interviewer: What is great? Respondent: {SAID}",
        f"Q: What do you love? A: {SAID}",
        f"Customer: {SAID}",
        f"Marlow: Hi\nCustomer: {SAID}",
        f"Support agent: Happy to help!\nMe: {SAID}",
    ),
    "texts of platforms": (),
    "originals of translations": (
        f"(Translated by Google) {SAID}",
        f"(Translated by Google) {SAID}\n\n(Original)\nDer Kessel leckt.",
        f"Der Kessel leckt.\n\n(Translated by Google)\n{SAID}",
        f"{SAID}\n\n(Original)\nDer Kessel leckt.",
        f"{SAID}\n(Original) Der Kessel leckt.",
        f"{SAID}\n\n[Original]\nDer Kessel leckt.",
        f"{SAID}\n\nOriginal:\nDer Kessel leckt.",
    ),
    "owners' answers": (
        f"{SAID}\n\nResponse from the owner 2 weeks ago\nThank you for the lovely words!",
        f"{SAID}\n\nReply from Marlow Kettles\n14 Aug 2025\nDear Ann, we are delighted.",
        f"{SAID}\nManagement response:\nGreat to hear!",
    ),
    "dates of an experience": (f"{SAID}\n\nDate of experience: August 12, 2025", f"{SAID}\nDate of stay: 05/2025"),
    "dates of a review": (
        f"Reviewed 3 weeks ago\n{SAID}",
        f"{SAID}\nWritten May 3, 2025",
        f"{SAID}\nVisited in May 2025",
        f"{SAID}\nPurchased 3 weeks ago",
    ),
    "dates before a comment": (f"12/05/2025 - {SAID}", f"[2025-05-03 10:14] {SAID}", f"May 3, 2025 | {SAID}"),
    "places of a review": (
        f"Reviewed in the United Kingdom on 3 May 2025\n{SAID}",
        f"Reviewed in India 🇮🇳 on August 12, 2025 {SAID}",
    ),
    "badges": (
        f"Verified Purchase {SAID}",
        f"(Verified owner) {SAID}",
        f"✅ Trip Verified | {SAID}",
        f"{SAID}\nverified buyer",
        f"Not Verified | {SAID}",
        f"Colour: Black\nVerified Purchase\n{SAID}",
    ),
    "origins of a review": (
        f"{SAID} [This review was collected as part of a promotion.]",
        f"{SAID} Originally posted on marlow.example",
    ),
    "votes": (
        f"{SAID} 3 people found this helpful",
        f"{SAID}\nOne person found this helpful\nHelpful\nReport",
        f"{SAID}\nWas this review helpful? Yes No",
        f"{SAID}\n5 guests thought this review was helpful",
    ),
    "buttons of votes": (
        f"{SAID}\nHelpful (3)",
        f"{SAID}\nReport abuse",
        f"{SAID}\nHelpful? Yes · 3 No · 0",
        f"{SAID}\nHelpful\nShare",
        f"{SAID}\nHelpful | Report",
        f"{SAID}\nLike\nShare",
        f"{SAID}\nThank Ann_P",
    ),
    "profiles": (f"Local Guide · 45 reviews · 12 photos\n{SAID}",),
    "buttons": (f"{SAID} Read more", f"{SAID} ...Read more", f"{SAID}\nShow less", f"{SAID}…More"),
    "banners of mails": (
        f"[EXTERNAL] {SAID}",
        f"CAUTION: This email originated from outside of Marlow. Do not click links.\n\n{SAID}",
        f"EXTERNAL EMAIL: Use caution with links.\n{SAID}",
        f"{SAID}\n\nCaution: external email. Do not open attachments.",
    ),
    "notes of a device": (
        f"{SAID}\n\nSent from my iPhone",
        f"{SAID} Sent from my Galaxy",
        f"{SAID}\n\nGet Outlook for Android",
        f"{SAID}\n\nSent from Mail for Windows 10",
    ),
    "disclaimers": (
        f"{SAID}\n\nThis email is confidential. If you are not the intended recipient, please delete it.",
        f"{SAID}\n\nCONFIDENTIALITY NOTICE: This e-mail is for the sole use of the addressee. Copying is prohibited.",
        f"{SAID} Please consider the environment before printing this mail.",
        f"{SAID}\n\nMarlow Ltd. Registered in England No. 1234567. Registered office: 1 High Street, Leeds.",
        f"{SAID}\n\nViews expressed in this email are those of the individual and not of Marlow.",
        f"{SAID}\n\nPrivileged/Confidential Information may be contained in this message.",
        f"{SAID}\n\nThis communication is for the exclusive use of addressee. We suggest you delete it.",
    ),
    "invitations": (
        f"{SAID}\n\nHow did we do? We would love to hear from you.",
        f"{SAID}\n\nYour feedback helps us to improve our service. Click here to take the survey.",
        f"{SAID}\n\nHow likely are you to recommend us to a friend?",
        f"*** This is an automatically generated email, please do not reply ***\n{SAID}",
    ),
    "greetings": (
        f"Hi team, {SAID}",
        f"Dear Sir or Madam,\n\n{SAID}",
        f"Hello, I hope you are well. {SAID}",
        f"Dear Ms. Jones\n\n{SAID}",
        f"Hello Marlow support team,\n\nThank you for your email. {SAID}",
        f"To whom it may concern:\n{SAID}",
        f"Good evening ladies and gentlemen,\n{SAID}",
        f"Respected Sir/Madam, {SAID}",
        f"To the support team,\n{SAID}",
        f"Hi Tom, hope you had a great weekend! {SAID}",
        f"Dear all,\n\nI hope you are well and enjoying the summer.\n\n{SAID}",
    ),
    "signatures": (
        f"{SAID}\n\nKind regards,\nAnn Poole",
        f"{SAID}\n\nThanks,\nIvy",
        f"{SAID} Best wishes, Tom.",
        f"{SAID} Thanks, Ann",
        f"{SAID}\n\nHave a nice day!\nTom",
        f"{SAID}\n\n___\nAnn Poole\nMarlow",
        f"{SAID}\n\nI look forward to hearing from you.\n\nYours faithfully\n\nDr Paul Poole\n14 Rose Lane\nLS1 4AB",
        f"{SAID}\n\nBest wishes\nAnn Poole\nSales Manager | Marlow Ltd\nTel. 020 7946 0018",
        f"{SAID}\n-- \nAnn Poole\nMarlow",
        f"{SAID}\n\n- Ann P.",
        f"{SAID} Many thanks, Mrs Poole.",
        f"{SAID}\n\nKind regards,\n\nAnn Poole\nMarlow | Great kettles, great service\nLeeds\nTel: 0113 496 0000",
        f"{SAID}\n\nKind regards,\nAnn Poole (she/her)\nFollow us on LinkedIn",
        f"{SAID}\n\nKind regards,\n\n[image: Logo]\nAnn Poole",
        f"{SAID}\n\nMit freundlichen Grüßen\nAnna Pohl",
        f"{SAID}\n\nCordialement,\nAnne",
        f"{SAID}\n\nSaludos,\nAna",
        f"{SAID}\n\nLove,\nAnn x",
    ),
    "addresses": (
        f"{SAID}\n\nAnn Poole\nSales Manager\nann@marlow.example",
        f"{SAID}\n\nAnn Poole\nMarlow Ltd\nTel. 020 7946 0018",
        f"{SAID}\n\nAnn Poole\n+44 20 7946 0018",
        f"{SAID}\n\nAnn Poole\nMarlow Ltd\n020 7946 0018",
    ),
}
"""By rule, texts of which it leaves what the customer says."""

LEFT = {
    "quoted mail": (
        "Here is the review that I wrote on 3 May:\nit leaks",
        "On page 16, he writes: a kettle is a kettle.",
    ),
    "quoted lines": ("Good:\n> cheap\n> fast", "It took\n> 2 hours\nto boil", "> cheap\n> fast"),
    "subject lines": ("Re: leaks",),
    "agents' turns": (
        "Agent: Carter is a great series. Customer reviews are wrong.",
        "Service: good\nFood: bad\nHost: rude",
        "They told the customer: wait. The agent: gone.",
        "Price: fine\nUser: happy",
        "Me: this kettle leaks. Ann: no.",
    ),
    "texts of platforms": ("The reading [removed] all doubt.", "The host canceled. A shame."),
    "originals of translations": ("The manual was translated by a fool.", "The (original) lid fits."),
    "owners' answers": ("Reply from support was slow\nand rude", "The owner's answer was rude."),
    "dates of an experience": ("The date of the visit was wrong.",),
    "dates of a review": ("I reviewed it 3 weeks ago and it broke.",),
    "dates before a comment": ("2025 - a bad year", "3 May - 4 May in Leeds was fine"),
    "places of a review": ("My review in the Leeds Post was kind.",),
    "badges": ("I verified the purchase.", "Verified Customer reviews are missing here."),
    "origins of a review": ("This review was hard to write.",),
    "votes": ("The people found this helpful man at last.", "I found this helpful."),
    "buttons of votes": ("Report the leak", "Friendly.\nHelpful", "It works.\nThank Anna"),
    "profiles": ("The local guide was kind.", "I read 45 reviews"),
    "buttons": ("I wish I could read more", "I want to see more."),
    "banners of mails": ("External email works, theirs fails.", "This message came from outside Leeds."),
    "notes of a device": (
        "It was sent from my account.",
        "Sent from Leeds, it took a week.",
        "Sent from my phone a photo: no answer.",
    ),
    "disclaimers": (
        "They leaked confidential papers.",
        "The intended recipient never got the kettle.",
        "Virus-free water please",
        "This email is confidential they said, but they leaked my data.",
        "The staff are registered in London, office 3: rude",
    ),
    "invitations": (
        "We would love to hear from you about the refund.",
        "I cannot find how to unsubscribe.",
        "The survey is long.",
    ),
    "greetings": (
        "Dear price, small kettle.",
        "Dear, but worth it.",
        "Good morning coffee was cold.",
        "Hello",
        "Hi-res photos",
    ),
    "signatures": (
        "Thank you Ann!",
        "It works. Thank you so much!",
        "It works. Thanks, Marlow.",
        "It leaks.\nThanks for nothing",
        "Best.\nEver.",
        "It has no regards for safety",
        "Loved:\n- Comfort\n- Price",
        "Kind regards, Ann",
        "Saludos from Spain, fine kettle",
    ),
    "addresses": (
        "It leaks.\n\nWrite to me at\nann@marlow.example",
        "It leaks.\n\nReasons:\n1. The lid\n2. The base",
        "It leaks.\n\nRang on\n020 7946 0018, and nobody answered.",
    ),
}
"""By rule, texts that it leaves as they are."""


def _cases(texts: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(name, text) for name, listed in texts.items() for text in listed]


def test_every_rule_has_texts_that_it_changes_and_texts_that_it_leaves() -> None:
    names = [rule.name for rule in RULES]
    assert [*FOUND] == [*LEFT] == names
    assert all(FOUND[name] or name == "texts of platforms" for name in names)  # which leave nothing


def test_every_kind_stands_in_the_docs() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/how-to/scan-an-export.md").read_text(encoding="utf-8")
    kinds = re.findall(r"^\| ([^|]+) \|", page.partition("| in the note |")[2].partition("\n\n")[0], re.MULTILINE)
    assert sorted(kind for row in kinds for kind in row.split(", ")) == sorted(rule.name for rule in RULES)


@pytest.mark.parametrize(("name", "text"), _cases(FOUND))
def test_only_what_the_customer_says_remains(name: str, text: str) -> None:
    cleaned = clean_texts([text])
    assert list(cleaned.texts) == [SAID]
    assert cleaned.own_words == {0: SAID}
    assert name in cleaned.set_aside


@pytest.mark.parametrize(("name", "text"), _cases(LEFT))
def test_what_only_looks_like_it_stays(name: str, text: str) -> None:
    assert list(clean_texts([text]).texts) == [text]


@pytest.mark.parametrize(("name", "text"), _cases(FOUND))
def test_what_remains_loses_nothing_more(name: str, text: str) -> None:
    once = clean_texts([text]).texts
    assert list(clean_texts(once).texts) == list(once)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_nothing_without_one_of_its_hints(rule: SetAside) -> None:
    texts = [text for listed in (*FOUND.values(), *LEFT.values()) for text in listed]
    for text in texts:
        if any(rule.find(text)):
            assert any(hint in f"\0{text}".lower() for hint in rule.hints), text


def test_words_of_courtesy_alone_are_the_comment() -> None:
    texts = ["Hi team,\n\nKind regards,\nAnn", "Thanks,\nIvy\n\n> We love to help", "Hello!"]
    assert list(clean_texts(texts).texts) == [texts[0], "Thanks,\nIvy", texts[2]]


@pytest.mark.parametrize(
    "text",
    [
        "Verified Purchase",
        "Date of experience: May 03, 2025",
        "This e-mail is confidential. If you are not the intended recipient, please delete it.",
        "> On 3 May 2025, Marlow wrote:",
        "[deleted]",
        "I am a bot, and this action was performed automatically. Please contact the moderators.",
        "[ Removed by Reddit ]",
        "The host canceled this reservation 3 days before arrival. This is an automated posting.",
    ],
)
def test_a_text_that_is_wholly_the_platforms_is_empty(text: str) -> None:
    _, labels = Classifier(ClassifierOptions()).classify([text, SAID])
    assert labels.states.tolist() == [State.EMPTY, State.SCORED]


def test_nothing_is_set_aside_from_texts_as_they_stand() -> None:
    mail = f"Hi team,\n\n{SAID}\n\nKind regards,\nAnn Poole"
    for options in (ClassifierOptions(as_is=True), ClassifierOptions(vader=True)):
        tokens, _ = Classifier(options).classify([mail])
        assert list(tokens.texts) == [mail]


def test_evidence_stands_at_its_place_in_the_mail() -> None:
    mail = f"Hi team,\n\n{SAID}\n\nKind regards,\nAnn Poole"
    explanation = Classifier(ClassifierOptions()).explain(mail)
    (spans,) = explanation.spans.by_cell([mail])
    assert spans
    assert all(span.words in SAID and mail[span.start : span.end] == span.words for span in spans)


def test_a_postscript_below_a_signature_stays() -> None:
    mail = f"It leaks.\n\nKind regards,\nAnn\n\nPS {SAID}\nTel: 0113 496 0000"
    assert SAID in clean_texts([mail]).texts[0]
    assert "cold" in clean_texts(["It leaks.\nRegards,\nAnn\nThe water was cold too\nCall 0113 496 0000"]).texts[0]
