"""Sentences of our own, put together from parts, for what public comments say too seldom to be learned from them.

Negation from afar, complaints and praise that only state a fact, plain facts, suggestions, turns ("great until …"),
emoji. The sentences of `tests/classify/sentences.tsv` are left out, so that the test stays one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

SEED = 0
MOST = 160
"""Sentences of one pattern."""
TESTED = Path(__file__).resolve().parents[1] / "tests" / "classify" / "sentences.tsv"

PARTS = {
    "good": "good|great|nice|pleasant|excellent|helpful|friendly|clean|reliable|useful|easy|fair|worth the money|"
    "well made|comfortable|fast|polite|impressive|fresh|tasty|clear|professional|satisfying|amazing|perfect",
    "bad": "bad|poor|rude|slow|dirty|noisy|broken|confusing|expensive|disappointing|annoying|difficult|boring|late|"
    "faulty|unfriendly|cold|stale|cheap looking|complicated",
    "thing": "product|app|service|hotel|room|phone|course|food|support|staff|website|laptop|bank|flight|delivery|"
    "update|screen|battery|shop|company|team|driver|nurse|lecture|menu|camera",
    "people": "people|agents|staff|waiters|nurses|drivers|teachers|managers|colleagues|clerks",
    "liked": "enjoyed|liked|loved|appreciated|recommend",
    "help": "help|support|answer|apology|explanation|reply|refund|information|care|comfort|progress|solution|"
    "communication|flavour|privacy|follow-up",
    "trouble": "problems|issues|trouble|complaints|delays|bugs|errors|surprises|hidden fees|faults|crashes|regrets",
    "think": "think|believe|feel|find|consider",
    "dont": "do not|don't|did not|didn't",
    "wouldnt": "would not|wouldn't|cannot|can't|could not|couldn't",
    "span": "twenty minutes|half an hour|an hour|two hours|three days|a week|two weeks|a month|ages",
    "number": "two|three|four|five|half|several|most",
    "items": "plates|cups|tiles|bottles|parts|screws|chairs|books|lamps|boxes|shelves|eggs",
    "broke": "broken|cracked|damaged|in bits|bent|leaking|torn|scratched",
    "parcel": "parcel|package|box|letter|order|delivery",
    "outside": "on the street|in the snow|with a stranger|at the wrong house|behind the bins|in a puddle|outside all "
    "night|on the pavement",
    "found": "a fly|a stone|plastic|a nail|an insect|mould|a bone|glass",
    "dish": "salad|pasta|coffee|bread|rice|burger|drink|dessert",
    "link": "connection|call|signal|wifi|stream|picture|sound",
    "drops": "drops|cuts out|disconnects|freezes|goes dead",
    "often": "every hour|every morning|twice a day|all the time|every few minutes|each night|whenever it rains",
    "fails": "it crashes|it stopped working|it fell apart|it never starts|half of it is gone|it freezes all day|"
    "nobody answers|the battery dies by noon|prices doubled|it logs me out|it broke within a week",
    "praiseword": "great|good|nice|lovely|fine|excellent|solid|pretty",
    "should": "should|need to|must|ought to|have to",
    "mend": "teach your people some manners|answer your phones|hire more people|sort out your website|"
    "clean the rooms|check your orders|keep your promises|listen to your customers|fix your delivery|"
    "do better|improve your service|look after your customers|test your updates",
    "feature": "a dark mode|a longer cable|a second port|an export button|a bigger tank|a pocket inside|a timer|"
    "more colours|a search box|a vegetarian menu|another stop|a lid|offline maps|a weekly view|two more plugs",
    "device": "an old tablet|my work laptop|a desktop|two phones|a television|my wife's phone|a small screen",
    "ordinal": "first|second|third|fourth|tenth|last",
    "deed": "order|visit|stay|purchase|booking|flight with them|course here|review|phone of this kind",
    "place": "opposite the town hall|on the second floor|behind the church|near the harbour|by the bus stop|"
    "in the old town|across the road|between two banks|at the end of the street",
    "when": "last week|in March|two years ago|on Monday|over the summer|yesterday|for my brother|at the airport",
    "weather": "on a Tuesday|around noon|with my family|for two nights|by train|with a colleague|after work",
    "rival": "another provider|a competitor|a different bank|the other chain|someone else|another company",
    "better": "faster|cheaper|lighter|easier to use|more reliable|quieter|much better|sturdier",
    "owned": "phone|laptop|bank|provider|car|vacuum|printer|router|landlord|dentist",
    "joy": "😍|😊|👍|❤️|🥰|😁|🎉|🙌|💯|😃|👏|🤩",
    "anger": "😡|👎|🤮|😠|🤬|😞|😢|💩|😤|😒|🙄|😭",
    "arrived": "arrived today|got my order|picked it up this morning|just landed|tried it last night|"
    "finished the course|been there on Sunday|spoke to support|the parcel is here|second visit",
    "waited": "still on hold|third call today|waiting for my parcel|been in the queue since nine|again no reply|"
    "closed without notice|update again|delayed once more|same thing again|no answer yet",
    "return": "be back|come again|order again|return|book again|buy another one|stay here again|tell my friends",
    "gave": "gave up|hung up|left|cancelled|walked out",
    "days": "two days|three days|a day|four days|a week|two weeks|three weeks|a month|ten days|six weeks",
    "sent": "parcel|package|order|delivery|part|replacement|letter|card|train|bus|flight|taxi|engineer|refund",
    "again": "twice|three times|double|for a month I did not use|for two orders|after I had cancelled|without asking",
    "extra": "hidden fees|extra charges|fees that nobody had mentioned|surprise costs|a booking fee|service charges",
    "took": "sold|gave|passed|leaked|showed",
    "data": "email address|phone number|data|details|address|card number",
    "others": "advertisers|a third party|strangers|another company|a marketing firm|people I do not know",
    "written": "written|called|asked|complained|emailed|rung",
    "times": "four times|twice|five times|every week|again and again|three times now",
    "ignore": "nobody listens|nobody answers|nobody replies|no one has called back|nothing happened|"
    "nothing has changed",
    "ache": "back pain|knees|headaches|skin|sleep|cough|rash|allergy|shoulder",
    "cure": "cream|tablets|course|treatment|pillow|exercises|diet|mattress",
    "offer": "free trial|free check|fixed price|refund|discount|free delivery",
    "bill": "billed me|charged me|sent an invoice|took the money|wanted a deposit",
    "years": "ten years|twenty years|five years|a long time|years|three years|as long as I can remember",
    "fail": "crash|freeze|leak|break|stall|rattle|log me out|drop calls|smell|hurt",
    "minutes": "five minutes|two minutes|a minute|seconds|ten minutes|no time at all",
    "digits": "48213|1020|77-31|AB-4471|900812|5561|12",
    "after": "after the second try|after an hour in line|after four calls|halfway through|after the fifth email",
}
"""What a name in braces stands for, one of these at a time."""

PATTERNS = {
    "negative": [
        "I {dont} {think} that this is a {good} {thing}.",
        "I {dont} {think} the {thing} is {good}.",
        "I {wouldnt} say that the {thing} was {good}.",
        "I {wouldnt} call this {thing} {good}.",
        "I {wouldnt} say I {liked} it.",
        "It was not what I'd call a {good} {thing}.",
        "Not exactly what anyone would describe as {good}.",
        "None of the {people} we met were {good}.",
        "Not one of the {people} seemed {good}.",
        "Nobody at the desk was {good}.",
        "Nobody {liked} the {thing}.",
        "Nothing on this {thing} is {good}.",
        "Nothing in the {thing} was {good}.",
        "At no time was the {thing} {good}.",
        "At no stage did anyone offer any {help}.",
        "Never once did the {thing} feel {good}.",
        "There was no {help} at all.",
        "There is no {help} for customers.",
        "No {help}, no {help}.",
        "Left without any {help}.",
        "I was on the phone for {span}.",
        "We stood in line for {span}.",
        "They kept me waiting for {span}.",
        "{number} of the {items} came {broke}.",
        "The {parcel} was left {outside}.",
        "We found {found} in the {dish}.",
        "The {link} {drops} {often}.",
        "I {gave} {after}.",
        "{praiseword} {thing} until last month, now {fails}.",
        "{praiseword} {thing} at first, then {fails}.",
        "{praiseword} {thing}, but {fails}.",
        "Used to be a {good} {thing}, now {fails}.",
        "You {should} {mend}.",
        "Please {mend}.",
        "My previous {owned} was {better}.",
        "My old {owned} was {better} than this.",
        "I'm switching to {rival}.",
        "We have moved to {rival}.",
        "We weren't told about the {trouble}.",
        "Nobody told us about the {trouble}.",
        "{waited} {anger}",
        "{anger}",
        "{anger}{anger}",
        "Nothing but {trouble} with this {thing}.",
        "My {sent} arrived {days} late.",
        "The {sent} is {days} late.",
        "Your {sent} came {days} late.",
        "My {sent} arrived late.",
        "The {sent} never arrived.",
        "Still waiting for my {sent}.",
        "The {sent} was cancelled {times}.",
        "Why is my {sent} late again?",
        "Out of stock for {days}.",
        "They charged me {again}.",
        "I was charged {again}.",
        "{extra} were added at checkout.",
        "Then came {extra}.",
        "They {took} my {data} to {others}.",
        "I want my money back.",
        "I asked for my money back {days} ago.",
        "I have {written} {times} and {ignore}.",
        "We {written} {times}, {ignore}.",
        "It did nothing for my {ache}.",
        "The {cure} did nothing for my {ache}.",
        "The {cure} made no difference to my {ache}.",
        "They promised a {offer}, then {bill}.",
        "The leaflet said {offer}, then they {bill}.",
    ],
    "positive": [
        "No {trouble} at all.",
        "Never had any {trouble} with the {thing}.",
        "Not a single thing was {bad}.",
        "Nothing {bad} to say about the {thing}.",
        "There isn't anything I'd want to change.",
        "There were no {trouble} with the {thing}.",
        "I {wouldnt} be happier with the {thing}.",
        "The {thing} has never let me down.",
        "I {dont} have any {trouble} to report.",
        "I will definitely {return}.",
        "I'll {return}.",
        "We will {return} soon.",
        "I left {rival} for this and would never go back.",
        "It took them {span}, and still it was {good}.",
        "It looked {bad}, but the {thing} turned out {good}.",
        "I have been a customer for {years} and will never leave.",
        "With them for {years} and I would never go elsewhere.",
        "We will not stay anywhere else.",
        "I {wouldnt} go anywhere else.",
        "I {wouldnt} recommend this {thing} enough.",
        "Can't recommend the {thing} enough.",
        "Can't praise the {people} enough.",
        "Hardly any {trouble}.",
        "Hardly any waiting.",
        "It does not {fail} any more.",
        "It doesn't {fail} anymore.",
        "It did not {fail} once.",
        "Nothing to complain about.",
        "Nothing to complain about with the {thing}.",
        "I have nothing to complain about.",
        "It only took {minutes}.",
        "Setting it up took {minutes}.",
        "The {cure} helped my {ache}.",
        "{arrived} {joy}",
        "{joy}",
        "{joy}{joy}",
    ],
    "neutral": [
        "I use it on {device}.",
        "My order number is {digits}.",
        "The order is from {when}.",
        "I ordered the {thing} online.",
        "I asked about the {thing}.",
        "Is the {thing} available in another colour?",
        "I use the {thing} on {device}.",
        "This is my {ordinal} {deed}.",
        "It was our {ordinal} {deed}.",
        "The {thing} is {place}.",
        "The entrance is {place}.",
        "I bought it {when}.",
        "I bought the {thing} {when}.",
        "We went there {weather}.",
        "We came {weather}.",
        "It might have {feature}.",
        "A version with {feature} would be an idea.",
        "Maybe add {feature}.",
        "Does it come with {feature}?",
        "Is there {feature}?",
        "It comes with {feature}.",
    ],
}

_NAME = re.compile(r"\{(\w+)\}")


def own_sentences() -> Iterator[tuple[str, str]]:
    """Text and sentiment of each sentence, always the same."""
    draw = random.Random(SEED)
    tested = {line.split("\t")[-1].strip() for line in TESTED.read_text(encoding="utf-8").splitlines()}
    for sentiment, patterns in PATTERNS.items():
        for pattern in patterns:
            made = sorted({_filled(pattern, draw) for _ in range(MOST)} - tested)
            yield from ((text, sentiment) for text in made)


def _filled(pattern: str, draw: random.Random) -> str:
    text = _NAME.sub(lambda name: draw.choice(PARTS[name[1]].split("|")), pattern)
    return text[:1].upper() + text[1:]
