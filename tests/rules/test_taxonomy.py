from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from cxscan.errors import UsageError
from cxscan.model import INTENTS, Lens
from cxscan.rules.loading import load_taxonomy
from cxscan.rules.phrase_syntax import parse_phrase
from cxscan.rules.taxonomy import GROUPS, Rules, Taxonomy, built_in, starter_file

PRODUCT = ["features", "quality", "price", "delivery", "competition"]
CUSTOMER = ["service", "ease", "experience", "listening", "needs", "value", "relationship", "advocacy"]
DOCS = Path(__file__).resolve().parent.parent.parent / "docs"


def every_rule() -> list[Rules]:
    return [*built_in().themes, *built_in().intents]


def theme(taxonomy: Taxonomy, name: str) -> Rules:
    return next(rules for rules in taxonomy.themes if rules.name == name)


def own(folder: Path, text: str) -> Taxonomy:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return load_taxonomy(path)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(UsageError) as caught:
        own(folder, text)
    return str(caught.value)


def test_built_in_themes_are_those_of_the_codebook_in_its_order() -> None:
    assert [(noun.name, noun.lens) for noun in built_in().nouns] == [
        *((name, Lens.PRODUCT) for name in PRODUCT),
        *((name, Lens.CUSTOMER) for name in CUSTOMER),
    ]
    assert tuple(intent.name for intent in built_in().intents) == INTENTS


@pytest.mark.parametrize("rules", every_rule(), ids=lambda rules: rules.name)
def test_built_in_phrases_can_be_read_and_stand_once(rules: Rules) -> None:
    phrases = [phrase for group in GROUPS for phrase in getattr(rules, group)]
    for phrase in phrases:
        assert parse_phrase(phrase)
    assert [phrase for phrase, count in Counter(phrases).items() if count > 1] == []


@pytest.mark.parametrize("rules", built_in().themes, ids=lambda rules: rules.name)
def test_built_in_theme_has_texts_that_hold_it_to_its_word(rules: Rules) -> None:
    assert rules.definition.endswith(".")
    assert len(rules.match) >= 4
    assert len(rules.no_match) >= 3


def test_requests_to_the_company_are_suggestions() -> None:
    suggestion = built_in().intents[INTENTS.index("suggestion")]
    assert set(theme(built_in(), "listening").neutral) <= set(suggestion.phrases)


def test_digest_changes_with_a_phrase_and_not_with_an_example(tmp_path: Path) -> None:
    same = own(tmp_path, '[themes.price]\nmatch = ["Too dear for me, that price."]')
    other = own(tmp_path, '[themes.price]\nphrases = ["dear for"]')
    assert re.fullmatch("[0-9a-f]{64}", built_in().sha256)
    assert same.sha256 == built_in().sha256 != other.sha256


def test_starter_file_is_a_taxonomy(tmp_path: Path) -> None:
    taxonomy = own(tmp_path, starter_file())
    assert [noun.name for noun in taxonomy.nouns] == [*PRODUCT, *CUSTOMER, "returns"]
    assert "click and collect" in theme(taxonomy, "delivery").phrases


def test_own_theme_comes_after_the_built_in_ones(tmp_path: Path) -> None:
    taxonomy = own(tmp_path, '[themes.safety]\nlens = "customer"\nphrases = ["unsafe, (felt|feel) safe"]')
    assert taxonomy.nouns[-1] == ("safety", Lens.CUSTOMER)
    assert taxonomy.themes[-1].phrases == ("unsafe", "(felt|feel) safe")


def test_phrases_are_added_to_a_built_in_theme_and_left_out_of_it(tmp_path: Path) -> None:
    before = theme(built_in(), "price").negative
    after = theme(own(tmp_path, f'[themes.price]\nnegative = ["dear"]\nwithout = ["{before[0]}"]'), "price").negative
    assert after == (*before[1:], "dear")


def test_built_in_theme_is_replaced_removed_or_moved(tmp_path: Path) -> None:
    taxonomy = own(
        tmp_path,
        '[themes.price]\nreplace = true\nphrases = ["dear"]\n[themes.needs]\nremove = true\n'
        '[themes.delivery]\nlens = "customer"',
    )
    price = theme(taxonomy, "price")
    assert (price.phrases, price.negative, price.definition) == (("dear",), (), theme(built_in(), "price").definition)
    assert "needs" not in [noun.name for noun in taxonomy.nouns]
    assert dict(taxonomy.nouns)["delivery"] is Lens.CUSTOMER


def test_file_that_does_not_extend_stands_alone(tmp_path: Path) -> None:
    taxonomy = own(tmp_path, 'extends = false\n[themes.price]\nlens = "product"\nphrases = ["dear"]')
    assert taxonomy.nouns == (("price", Lens.PRODUCT),)
    assert tuple(intent.name for intent in taxonomy.intents) == INTENTS


def test_word_lists_are_put_into_phrases(tmp_path: Path) -> None:
    lists = '[words]\nslow = ["late, (so|too) slow"]\n'
    theme_of_own = '[themes.pace]\nlens = "product"\nphrases = ["<slow>, (<slow>|dull) ride"]'
    assert own(tmp_path, lists + theme_of_own).themes[-1].phrases == (
        "(late|(so|too) slow)",
        "(late|(so|too) slow|dull) ride",
    )


def test_built_in_word_lists_can_be_used_and_changed(tmp_path: Path) -> None:
    own_list = '[words]\ngood = ["dandy"]\n'
    theme_of_own = '[themes.pace]\nlens = "product"\nphrases = ["<good> pace"]'
    assert "great" in own(tmp_path, theme_of_own).themes[-1].phrases[0]
    assert own(tmp_path, own_list + theme_of_own).themes[-1].phrases == ("(dandy) pace",)
    assert own(tmp_path, own_list + theme_of_own).themes[:-1] == built_in().themes


def test_intent_can_be_changed(tmp_path: Path) -> None:
    taxonomy = own(tmp_path, '[intents.question]\nreplace = true\nphrases = ["anyone know"]')
    assert taxonomy.intents[INTENTS.index("question")].phrases == ("anyone know",)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("extnds = true", "extnds: unknown key; did you mean extends?"),
        ('[themes.price]\nfrases = ["dear"]', "themes.price.frases: unknown key; did you mean phrases?"),
        ('[themes.price]\nphrases = "dear"', "themes.price.phrases: is to be a list of strings"),
        ("[themes.price]\nphrases = [1]", "themes.price.phrases[1]: is to be a string in quotes"),
        ('[themes.price]\nremove = "yes"', "themes.price.remove: is to be true or false"),
        ('[themes.price]\nlens = "both"', "themes.price.lens: 'both' is not a lens; choose from: product, customer"),
        ('[themes."My theme"]\nlens = "product"', "themes.My theme: a theme's name is lower case"),
        ('[intents.prase]\nphrases = ["dear"]', "intents.prase: no such intent; did you mean praise?"),
        (
            '[themes.price]\nphrases = ["ok", "dear, so .."]',
            "themes.price.phrases[2]: the phrase 'so ..' ends in a gap",
        ),
        ('[themes.safety]\nphrases = ["unsafe"]', "themes.safety: lacks its lens"),
        ('[themes.safety]\nlens = "customer"', "themes.safety: has no phrases"),
        (
            "[themes.prices]\nremove = true",
            "themes.prices: is no built-in theme that could be changed; did you mean price",
        ),
        ('[themes.praise]\nlens = "product"', "themes.praise: is taken"),
        ('[themes.price]\nwithout = ["deer"]', "themes.price.without[1]: no such phrase: 'deer'"),
        ('[themes.price]\nphrases = ["<god> deal"]', "names a word list that is not there: <god>; did you mean good"),
        ("[words]\nslow = []", "words.slow: has no words"),
        ('[words]\nslow = ["late ..5"]', "words.slow[1]: the phrase 'late ..5' ends in a gap"),
        ("extends = false", "themes: no theme is left"),
        ("[themes.price\n", "not valid TOML"),
    ],
)
def test_mistake_is_named_with_its_key(tmp_path: Path, text: str, mistake: str) -> None:
    message = refusal(tmp_path, text)
    assert mistake in message
    assert "own.toml" in message
    assert "\n" not in message


def test_toml_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    assert "line 3" in refusal(tmp_path, "extends = true\n[themes.price]\nphrases = [dear]\n")


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    unreadable = refusal(
        tmp_path, '[words]\nslow = ["late ..", "(so"]\n[themes.safety]\nphrases = ["(unsafe", "<fast>"]'
    )
    assert unreadable.splitlines()[0].endswith("own.toml: 4 mistakes")
    assert len(unreadable.splitlines()) == 5
    unfit = refusal(tmp_path, '[themes.safety]\nphrases = ["unsafe"]\n[themes.prices]\nremove = true')
    assert [line.split(":")[0] for line in unfit.splitlines()[1:]] == ["  themes.safety", "  themes.prices"]


def test_file_that_is_missing_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file; write one to start from with: cxscan themes init"):
        load_taxonomy(tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="cannot be read as a taxonomy"):
        load_taxonomy(tmp_path / "binary.toml")


def test_examples_in_the_format_page_are_taxonomies(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (DOCS / "taxonomy-format.md").read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        own(tmp_path, block)
