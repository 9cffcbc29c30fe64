"""Rules stand whole in claims.toml: no threshold in Python, and words follow the numbers."""

import ast
import re
from pathlib import Path

import pytest
from conftest import cases

from frenemies import sections
from heldto import claims, evidence
from heldto.claims import ledger, listed, wording
from heldto.claims.amended import number

ROWS = evidence.rows("claims")
SOURCES = sorted(Path(sections.__file__).parent.glob("*/claims.py"))
DECIDED = [row["id"] for row in ROWS if row["rule"] != "undecided"]
NUMBERS = [
    name
    for name in (
        "target",
        "holds",
        "partly",
        "strict",
        "strict_partly",
        "lenient",
        "lenient_partly",
    )
]
METHODS = {"gt", "ge", "lt", "le", "between"}


def _is_number(node):
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _compared(tree):
    """Number literals that something is compared with, in code or by a method of pandas."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from filter(_is_number, [node.left, *node.comparators])
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in METHODS:
            yield from filter(_is_number, node.args)


def _is_year(value):
    return 1900 < value < 2100


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_no_threshold_stands_in_python(path):
    literals = [node for node in _compared(ast.parse(path.read_text(encoding="utf-8")))]
    held = {(path.parent.name, node.lineno, node.value) for node in literals}
    assert {one for one in held if not _is_year(one[2])} == set()


@pytest.mark.parametrize("code", ["share >= 0.85", "share.ge(33)", "0 < tiv < 5"])
def test_a_threshold_in_python_would_be_seen(code):
    assert [node for node in _compared(ast.parse(code)) if not _is_year(node.value)]


LEVELS = [  # claim, vintage, the name of a level, what it is, what it becomes, the verdict then
    ("F4", "then", "import share", "1/2", "never", "fails"),
    ("F4", "then", "one direction", "partly", "fails", "fails"),
    ("G8", "then", "agreement", "0.85", "0.99", "fails"),
    ("G8", "since", "pledge", "holds", "partly", "partly"),
    ("G9", "then", "not against", "partly", "fails", "fails"),
    ("M1", "then", "year not over", "undecided", "fails", "fails"),
    ("M1", "since", "not held", "fails", "partly", "partly"),
    ("M14", "then", "internal, with Russian troops", "holds", "partly", "partly"),
    ("M10", "then", "after", "2015", "2000", "holds"),
    ("F6", "then", "both", "holds", "partly", "partly"),
    ("F7", "then", "one day more or less", "partly", "fails", "fails"),
    ("F8", "then", "best", "holds", "partly", "partly"),
    ("F9", "then", "night", "holds", "partly", "partly"),
    ("G17", "since", "by China", "holds", "partly", "partly"),
    ("M17", "then", "praised", "holds", "partly", "partly"),
    ("M18", "then", "there", "partly", "fails", "fails"),
    ("G19", "then", "rivalry", "holds", "partly", "partly"),
    ("G20", "then", "others too", "partly", "fails", "fails"),
    ("M19", "then", "one", "partly", "fails", "fails"),
]


def in_file(name, level):
    """A level as it is written in claims.toml."""
    name = name if re.fullmatch("[A-Za-z]+", name) else f'"{name}"'
    return f"\n{name} = {level}\n" if re.fullmatch("[0-9.]+", level) else f'\n{name} = "{level}"\n'


@pytest.mark.parametrize(("claim", "vintage", "name", "old", "new", "verdict"), LEVELS)
def test_a_changed_level_moves_the_verdict(claim, vintage, name, old, new, verdict, rewrite):
    assert ledger.judge(claim, vintage).verdict != verdict
    rewrite(claim, in_file(name, old), in_file(name, new))
    assert ledger.judge(claim, vintage).verdict == verdict


def test_every_coded_claim_has_its_levels_in_the_table():
    coded = {row["id"] for row in ROWS if row["rule"] == "coded"}
    assert coded == {claim for claim, *_ in LEVELS} - {"M10"}
    assert all(claims.rule_of(claim).levels for claim in coded)


def test_a_reading_has_its_own_level_or_that_of_the_rule_as_stated():
    rule = claims.rule_of("G8")
    levels = [rule.at(reading).level("agreement") for reading in ("main", "strict", "lenient")]
    assert levels == [0.85, float("inf"), 0.8]
    assert rule.at("strict").level("pledge") == "holds"
    with pytest.raises(
        claims.rule.Problem, match=r'\[G8\.rule\.levels\]: there is no "friendship"'
    ):
        rule.level("friendship")


def test_a_third_is_a_third():
    for row in ROWS:
        for name in filter(number_of(row), NUMBERS):
            whole = 100 if row["unit"].startswith("percent") else 1
            for third in (1 / 3, 2 / 3):
                part = row[name] / whole
                assert abs(part - third) > 0.005 or abs(part - third) < 1e-12, (row["id"], name)
    assert claims.compare("at_least", 100 * (1 / 3), *thirds("G7")) == "holds"
    assert claims.compare("at_most", 2 / 3, *thirds("E3")) == "holds"


def number_of(row):
    return lambda name: number(row[name]) is not None


def thirds(claim):
    rule = claims.rule_of(claim)
    return rule.holds, rule.partly


# Words


@cases("claim", DECIDED)
def test_no_number_of_a_rule_is_written_by_hand(claim):
    """Outside the braces stands no figure; "both", "one", "none" count the actors asked. Words that are left out are made of the numbers."""
    rule = listed.find_claim(claim).block.get("rule", {})
    said = wording.PLACE.sub("", rule.get("words", "") + rule.get("otherwise", ""))
    assert not re.search(r"\d|half|third|quarter|fifth|tenth|two|three|four|five|six", said), said


@cases("claim", [row["id"] for row in ROWS])
def test_every_rule_is_a_sentence(claim):
    found = listed.find_claim(claim)
    for column in ("what", "thresholds", "alternatives"):
        said = found.told(column)
        assert not re.search(r"[{}#|]|nan|None", said), said
        assert bool(said) == bool(getattr(found, column))


SENTENCES = [
    ("M5", "thresholds", "half or more: holds; a quarter or more: partly; else fails"),
    ("G3", "alternatives", "strict: below a third; lenient: below 90 %"),
    ("F1", "thresholds", "more than 30: holds; 25 to 30: partly; fewer: fails"),
    ("F2", "thresholds", "first: holds; second or third: partly; lower: fails"),
    ("F3", "alternatives", "strict: 5 points; lenient: 1 point"),
    ("E7", "thresholds", "5 % or more below the peak: holds; below it at all: partly; else fails"),
    ("M3", "thresholds", "three or more: holds; one or two: partly; none: fails"),
    ("M8", "thresholds", "six: holds; four to eight: partly; else fails"),
    ("M10", "alternatives", "strict: a joint proposal after 2018; lenient: at any time (2007)"),
    ("M13", "thresholds", "all five: holds; half or more: partly; fewer: fails"),
    (
        "F4",
        "alternatives",
        "strict: a pledge alone makes a friend; lenient: a third of arms imports does",
    ),
]


@cases(("claim", "column", "sentence"), SENTENCES)
def test_a_sentence_is_written_from_the_numbers(claim, column, sentence):
    assert listed.find_claim(claim).told(column) == sentence


@pytest.mark.parametrize(
    ("claim", "old", "new", "sentence"),
    [
        (
            "M5",
            "at_least = 50",
            "at_least = 40",
            "40 % or more: holds; a quarter or more: partly; else fails",
        ),
        ("M3", "partly = 1", "partly = 2", "three or more: holds; two: partly; none or one: fails"),
        (
            "E7",
            "partly = 0",
            "partly = 2",
            "5 % or more below the peak: holds; below it by more than 2 %: partly; else fails",
        ),
        ("M2", "at_most = 0", "at_most = 1", "at most 1: holds; else fails"),
    ],
)
def test_a_changed_number_changes_the_sentence(claim, old, new, sentence, rewrite):
    rewrite(claim, old, new)
    assert listed.find_claim(claim).told("thresholds") == sentence


def test_a_sentence_that_names_no_number_of_the_rule_is_refused(rewrite):
    rewrite("M5", "{partly:part}", "{mostly}")
    says = r'data/claims\.toml, \[M5\], thresholds: there is no "mostly"'
    with pytest.raises(claims.rule.Problem, match=says):
        listed.find_claim("M5").told("thresholds")
