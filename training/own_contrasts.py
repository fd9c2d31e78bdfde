"""Comments of our own in which one thing is praised and another blamed: public ones have too few to learn that from."""

from __future__ import annotations

import random

SAID: dict[str, tuple[str, str]] = {
    "price": (
        (
            "fair price|the price is right|really cheap|cheap tickets|low fees|very affordable|worth every penny|"
            "good value"
        ),
        "too expensive|the price is far too high|overpriced|way too pricey|hidden fees|a waste of money|poor value",
    ),
    "delivery": (
        "fast delivery|it arrived a day early|quick dispatch|delivery was on time|the parcel came quickly",
        (
            "delivery was late|slow delivery|the parcel never arrived|it took three weeks to arrive|"
            "they sent the wrong item"
        ),
    ),
    "service": (
        "the staff were lovely|support was helpful|great customer service|the driver was friendly|kind nurses",
        "support was rude|terrible customer service|the waiter was unfriendly|the agent was useless|rude driver",
    ),
    "quality": (
        "great quality|the food was delicious|well made|the room was clean|the sound is excellent|the app is stable",
        "poor quality|the food was cold|it broke after a week|the room was dirty|it keeps crashing|the fabric is thin",
    ),
    "ease": (
        "easy to set up|very easy to use|ordering was simple|booking was quick and easy|checkout was effortless",
        "hard to set up|confusing menus|the checkout is complicated|impossible to cancel|logging in is a nightmare",
    ),
    "experience": (
        "we had so much fun|lovely atmosphere|a wonderful evening|a great experience|really enjoyable",
        "a disappointing visit|the atmosphere was dull|a frustrating experience|it was boring|the evening was spoiled",
    ),
    "value": (
        "it saves me hours|I learned a lot|it helped me sleep|my skin has cleared up|it made our work much easier",
        "a waste of time|I learned nothing|it ruined our holiday|it did nothing for my back|it cost us a whole day",
    ),
}
"""By theme: what praises it, and what blames it."""

DENIED = {
    "delivery": ("My order number is 48213.", "You charged me twice for one order."),
    "service": ("Very good, I am happy with everything.",),
    "advocacy": ("I do not trust this shop with my card.", "We don't trust their meter readings any longer."),
    "question": (
        "Delivery? It came on Monday.", "The price? It is on the first page.",
        "Parking? There is some behind the house.",
        "Breakfast? It is in the price.", "The warranty? Two years, they say.", "Noise? You get used to it.",
    ),
}  # fmt: skip
"""Texts that have not the theme, though words that often go with it stand there."""

JOINED = (
    "{0}. {1}.",
    "{0}, {1}",
    "{0} but {1}",
    "{0}, but {1}",
    "{0}, however {1}",
    "although {0}, {1}",
    "{0}! {1}!",
    "{0}, {2}, but {1}",
)
"""How two things are said in one comment; {2} is one more thing of the first kind."""

COUNT = 900


def own_contrasts() -> list[tuple[str, dict[str, str]]]:
    """Comments and how each theme is spoken of in them; a fixed draw."""
    draw = random.Random(0)
    found = []
    for _ in range(COUNT):
        first, second, third = draw.sample(sorted(SAID), 3)
        side = draw.randrange(2)
        told = [
            draw.choice(SAID[name][way].split("|")) for name, way in ((first, side), (second, 1 - side), (third, side))
        ]
        shape = draw.choice(JOINED)
        ways = {first: side, second: 1 - side} | ({third: side} if "{2}" in shape else {})
        text = shape.format(*told)
        found.append((text[0].upper() + text[1:], {name: ("positive", "negative")[way] for name, way in ways.items()}))
    return found


if __name__ == "__main__":
    print(*own_contrasts()[:12], sep="\n")
