from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from xml.etree.ElementTree import Element

from hypothesis import given
from render.judgements import FAILS, HOSTILE, PASSES, SUMMARY, judgements, made

from cxscan.insight.checks.judge import Example, Judgement, Severity
from cxscan.render.escape import xml_text
from cxscan.render.formats import VERDICTS
from cxscan.render.verdicts.words import Verdicts
from cxscan.summary import Summary

WHOLE_NUMBER, DECIMAL = re.compile(r"\d+"), re.compile(r"\d+(\.\d+)?")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
TOKEN = re.compile(r"\S+( \S+)*")  # xs:token: no line breaks, no spaces at its ends or twice
SUITE = {
    "name": TOKEN, "timestamp": MOMENT, "hostname": TOKEN, "tests": WHOLE_NUMBER, "failures": WHOLE_NUMBER,
    "errors": WHOLE_NUMBER, "skipped": WHOLE_NUMBER, "time": DECIMAL, "id": WHOLE_NUMBER, "package": TOKEN,
}  # fmt: skip


def rendered(judgement: Judgement, summary: Summary) -> str:
    return VERDICTS["junit"].text(Verdicts(judgement, summary))


def check_valid(text: str) -> Element:
    """Hold a file against the rules of Ant's schema (windyroad/JUnit-Schema) and of Jenkins' junit-10.xsd."""
    root = ET.fromstring(text.encode("utf-8"))  # noqa: S314  our own output
    assert (root.tag, dict(root.attrib)) == ("testsuites", {})
    for suite in root:
        assert suite.tag == "testsuite"
        assert suite.attrib.keys() == SUITE.keys()
        assert all(SUITE[name].fullmatch(value) for name, value in suite.attrib.items())
        assert re.fullmatch(r"properties( testcase)* system-out system-err", " ".join(child.tag for child in suite))
        cases = suite.findall("testcase")
        for one in suite.find("properties") or ():
            assert (one.tag, one.attrib.keys(), list(one)) == ("property", {"name", "value"}, [])
        for case in cases:
            check_case(case)
        counted = {"tests": len(cases), **{f"{kind}{'s' * (kind != 'skipped')}": len(suite.findall(f"testcase/{kind}"))
                                           for kind in ("failure", "error", "skipped")}}  # fmt: skip
        assert {name: int(suite.attrib[name]) for name in counted} == counted
        assert len({case.attrib["name"] for case in cases}) == len(cases)
    return root


def check_case(case: Element) -> None:
    assert case.attrib.keys() == {"classname", "name", "time"}
    assert TOKEN.fullmatch(case.attrib["classname"])
    assert DECIMAL.fullmatch(case.attrib["time"])
    assert not (case.text or "").strip()
    assert len(case) <= 1
    for ended in case:
        assert ended.tag in {"failure", "skipped"}
        assert ended.attrib.keys() == ({"type", "message"} if ended.tag == "failure" else {"message"})
        assert not list(ended)


def test_each_check_is_a_test_case() -> None:
    text = rendered(made(FAILS, PASSES, "rating.mean rises 1"), SUMMARY)
    root = check_valid(text)
    assert [[child.tag for child in case] for case in root.iter("testcase")] == [["failure"], [], ["skipped"]]
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.attrib["message"].startswith("sentiment.negative.share 33.3%")
    assert failure.text == "“Crashes since the update” (exports/app.csv 2)"


def test_what_is_inconclusive_fails_when_strict() -> None:
    root = check_valid(rendered(made("rating.mean rises 1", severity=Severity(inconclusive=True)), SUMMARY))
    assert [failure.attrib["type"] for failure in root.iter("failure")] == ["inconclusive"]


def test_an_ignored_check_is_skipped_with_its_reason() -> None:
    root = check_valid(rendered(made(FAILS, ignored="sentiment.negative.share"), SUMMARY))
    [skipped] = root.iter("skipped")
    assert skipped.attrib["message"].endswith("ignored until 2027-01-31: known | issue")


def test_two_checks_of_one_name_are_told_apart() -> None:
    root = check_valid(rendered(made(FAILS, FAILS), SUMMARY))
    assert [case.attrib["name"] for case in root.iter("testcase")] == [FAILS, f"{FAILS} (2)"]


def test_characters_that_xml_forbids_are_replaced() -> None:
    assert xml_text('a\x00\x0b\ufffe\uffff\ud800<&>"b') == "a\ufffd\ufffd\ufffd\ufffd\ufffd&lt;&amp;&gt;&quot;b"
    check_valid(rendered(made(FAILS, named=HOSTILE, examples=(Example(HOSTILE, HOSTILE, 1, "negative"),)), SUMMARY))


def test_no_check_is_an_empty_suite() -> None:
    check_valid(rendered(made(), SUMMARY))


@given(judgements())
def test_every_file_is_valid_and_has_failures_exactly_when_the_run_fails(judgement: Judgement) -> None:
    root = check_valid(rendered(judgement, SUMMARY))
    assert bool(root.findall(".//failure")) == (judgement.verdict == "fail")


def test_the_same_judgement_gives_the_same_bytes() -> None:
    assert rendered(made(FAILS), SUMMARY) == rendered(made(FAILS), SUMMARY)
