import math
from dataclasses import FrozenInstanceError, replace

import pytest
from conftest import cases

from heldto import claims, errors, evidence
from heldto.claims import card, ledger, testing
from heldto.claims.amended import number
from heldto.claims.listed import rule_of
from heldto.claims.noise import Noise

NAN = float("nan")


def stated(rule):
    return [rule.holds, rule.partly]


def test_each_claim_has_a_rule_in_sight():
    rows = evidence.table("claims")
    series = rows["id"].str.extract(r"([A-Z])(\d+)")
    for _, numbers in series[1].astype(int).groupby(series[0]):
        assert numbers.tolist() == list(range(1, len(numbers) + 1))
    assert rows["thresholds"].ne("").all()
    assert rows.loc[rows["rule"] == "undecided", "would_decide"].ne("").all()
    assert (rows["claim"].str.split().str.len() < 30).all()


RULES = [
    ("at_least", 10, 10, 3, None, "holds"),
    ("at_least", 9.9, 10, 3, None, "partly"),
    ("at_least", 2.9, 10, 3, None, "fails"),
    ("at_least", 99, NAN, 3, None, "partly"),
    ("at_least", 2, NAN, 3, None, "fails"),
    ("more_than", 30, 30, 25, None, "partly"),
    ("more_than", 31, 30, 25, None, "holds"),
    ("more_than", 25, 30, 25, None, "partly"),
    ("more_than", 24, 30, 25, None, "fails"),
    ("at_most", 2 / 3, 0.6667, 1, None, "holds"),
    ("at_least", 1 / 3 - 4e-10, 1 / 3, NAN, None, "holds"),
    ("at_least", 1 / 3 - 2e-9, 1 / 3, NAN, None, "fails"),
    ("at_most", 0.7, 0.6667, 1, None, "partly"),
    ("at_most", 1.1, 0.6667, 1, None, "fails"),
    ("at_most", 1, 0, NAN, None, "fails"),
    ("less_than", 50, 50, 80, None, "partly"),
    ("less_than", 49.9, 50, 80, None, "holds"),
    ("less_than", 80, 50, 80, None, "fails"),
    ("fall", 0, 5, 0, None, "fails"),
    ("fall", 0.1, 5, 0, None, "partly"),
    ("fall", 5, 5, 0, None, "holds"),
    ("about", 108, 10, 25, 120, "holds"),
    ("about", 107.9, 10, 25, 120, "partly"),
    ("about", 150.1, 10, 25, 120, "fails"),
    ("just_under", 99.9, 10, 25, 100, "holds"),
    ("just_under", 90, 10, 25, 100, "holds"),
    ("just_under", 100, 10, 25, 100, "partly"),
    ("just_under", 126, 10, 25, 100, "fails"),
    ("balance", 10.8, 25, 50, 9, "holds"),
    ("balance", 0.9, 25, 50, 1, "holds"),
    ("balance", 13, 25, 50, 9, "partly"),
    ("balance", 0.9, 25, 50, 9, "fails"),
    ("balance", -9, 25, 50, 9, "fails"),
    ("count", 6, 0, 2, 6, "holds"),
    ("count", 8, 0, 2, 6, "partly"),
    ("count", 3, 0, 2, 6, "fails"),
    ("each_at_least", (50, 80), 50, NAN, None, "holds"),
    ("each_at_least", (49, 80), 50, NAN, None, "partly"),
    ("each_at_least", (1, 2), 50, NAN, None, "fails"),
    ("coded", "partly", NAN, NAN, None, "partly"),
    ("undecided", 5, NAN, NAN, None, "undecided"),
    ("at_least", None, 10, 3, None, "undecided"),
]


@pytest.mark.parametrize(("rule", "value", "holds", "partly", "target", "verdict"), RULES)
def test_rules(rule, value, holds, partly, target, verdict):
    assert claims.compare(rule, value, holds, partly, target) == verdict


def _decide(claim, value, **finding):
    return claims.decide(claim, claims.Finding(value=value, reason="because", **finding), "then")


def test_a_tipping_point_is_the_nearest_value_that_flips():
    verdict = _decide("E5", 12)
    assert (verdict.verdict, verdict.strict, verdict.lenient) == ("holds", "partly", "holds")
    assert verdict.tipping_point == "The verdict would flip below 10.0 % a year (2.0 points away)"
    assert (
        _decide("E5", 9).tipping_point
        == "The verdict would flip above 10.0 % a year (1.0 points away)"
    )


@pytest.mark.parametrize(
    ("claim", "finding", "tip"),
    [
        ("F1", {"value": 32}, "The verdict would flip at 30 occasions"),
        ("M11", {"value": 0}, "The verdict would flip at 1 pledge"),
        ("G1", {"value": 0.25}, "The verdict would flip at 1 of eight"),
        ("M7", {"value": (2, 1)}, "The verdict would flip at 0 wars for India"),
        (
            "G10",
            {"value": (95.0, 57.0)},
            "The verdict would flip above 66.7 % for South Korea (9.7 points away)",
        ),
        ("E9", {"value": -35.0}, "The verdict would flip above zero (35.0 points away)"),
        (
            "E4",
            {"value": None, "reporters": {"CHN": 10.5, "RUS": 3.9}},
            "The verdict would flip above 6.8 billion dollars in Russia's books (2.9 billion away)",
        ),
        (
            "E1",
            {"value": None, "reporters": {"CHN": 107, "RUS": 108}},
            "The verdict would flip if both lay below 100.0 billion dollars (8.0 billion away)",
        ),
    ],
)
def test_a_tipping_point_reads_as_a_sentence(claim, finding, tip):
    assert (
        claims.decide(claim, claims.Finding(reason="because", **finding), "then").tipping_point
        == tip
    )


def test_what_stands_beside_says_what_it_would_say_alone():
    finding = claims.Finding(value=12, reason="because")
    finding = finding.beside(("Another year.", 5), ("A third.", 30), "No figure.")
    assert [says for _, says in claims.decide("E5", finding, "then").context] == [
        "This figure alone would say partly.",
        "This figure alone would also say holds.",
        "",
    ]


def test_what_stands_beside_may_say_itself_whether_it_agrees_and_what_is_not_there_is_left_out():
    def lost():
        raise errors.NotHeld("no figure for arms of Syria")

    facts = ("Yes.", "agrees"), ("No.", "disagrees"), ("Zero.", 0.0), "", lost, lambda: "Later."
    found = claims.Finding(value=12, reason="because").beside(*facts)
    assert claims.decide("E5", found, "then").context == [
        ("Yes.", "This agrees with the verdict."),
        ("No.", "This disagrees with the verdict."),
        ("Zero.", "This figure alone would say fails."),
        ("No figure for arms of Syria.", ""),
        ("Later.", ""),
    ]


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        ({}, ("fails", "fails", "fails", False)),
        ({"strict": 0}, ("fails", "holds", "fails", True)),
        ({"lenient": 0}, ("fails", "fails", "holds", True)),
        ({"strict": 0, "lenient": 0}, ("fails", "holds", "holds", True)),
    ],
)
def test_either_other_measure_varies_a_rule_that_has_one_line(finding, told):
    assert not rule_of("M2").varied
    verdict = _decide("M2", 2, **finding)
    assert (verdict.verdict, verdict.strict, verdict.lenient, verdict.varied) == told
    lost = _decide("M2", None, **finding)
    assert (lost.verdict, lost.strict, lost.lenient, lost.varied) == (*["undecided"] * 3, False)


def test_where_one_book_is_lost_no_figure_is_told():
    lost = _decide("E1", None, reporters={"CHN": 107.0, "RUS": NAN}, strict=90, lenient=90)
    assert (lost.verdict, lost.strict, lost.value) == ("undecided", "undecided", None)
    assert not lost.by_reporter and not lost.tipping_point


def test_what_was_read_is_credited():
    read = _decide("E5", 12, tables=["military/wars", "military/wars"], until=2018)
    assert read.sources == evidence.source("military/wars") and read.data_until == "2018"
    assert _decide("E5", 12).sources == ""


def test_a_claim_that_no_section_tests_is_an_error_and_costs_one_verdict(monkeypatch):
    claims.evaluate("E5", "then")
    monkeypatch.delitem(claims.TESTS, "E5")
    with pytest.raises(claims.UnknownClaim, match="claim E5 has no test"):
        claims.evaluate("e5", "then")
    assert "claim E5 has no test" in testing.evaluate_or_fault.__wrapped__("E5", "then").reason


THRESHOLDS = [  # claim, figure, what the card says of strict and lenient
    ("E5", 40, "The strict and the lenient rule say the same."),
    ("E5", 12, "The strict rule says partly, the lenient one says holds."),
    (
        "F3",
        5.2,
        "It holds partly from a score of 1, 3 and 5 points. It cannot get more than partly.",
    ),
    ("F3", 0.5, "The strict and the lenient rule say the same."),
    ("F10", 5, "The strict rule says the same."),  # no lenient one is stated
    ("F10", 2, "The strict rule says partly."),
]


@pytest.mark.parametrize(("claim", "value", "sentence"), THRESHOLDS)
def test_a_card_says_what_strict_and_lenient_say(claim, value, sentence):
    turns = card.side("Then", _decide(claim, value)).turns[1:]
    assert [turn for turn in turns if not turn.startswith("On the line: ")] == [sentence]


def test_both_books_must_agree():
    assert _decide("E1", None, reporters={"CHN": 95, "RUS": 98}).verdict == "holds"
    both = _decide("E1", None, reporters={"CHN": 107, "RUS": 95})
    assert both.verdict == "partly"
    assert both.by_reporter == {"CHN": "partly", "RUS": "holds"}
    assert _decide("E4", None, reporters={"CHN": -1, "RUS": 40}).verdict == "fails"


def test_a_causal_claim_can_at_most_be_partly_right():
    assert _decide("F3", 30).verdict == "partly"
    assert _decide("G9", "holds").verdict == "partly"


def test_another_measure_may_stand_for_the_strict_reading():
    verdict = _decide("M2", 2, strict=0, lenient=2)
    assert (verdict.verdict, verdict.strict, verdict.varied) == ("fails", "holds", True)


def test_undecided_has_no_tipping_point_and_no_other_reading():
    verdict = _decide("G5", None)
    assert (verdict.verdict, verdict.tipping_point, verdict.varied) == ("undecided", "", False)


RULED = [row["id"] for row in evidence.rows("claims") if row["rule"] not in ("coded", "undecided")]


@cases("claim", RULED)
def test_strict_and_lenient_are_told_of_a_verdict_whose_rule_they_change(claim):
    rule = rule_of(claim)
    figure = tuple(50.0 for _ in rule.parts) if rule.comparison == "each_at_least" else 50.0
    assert _decide(claim, figure).varied == rule.varied
    assert not _decide(claim, None).varied


@pytest.mark.parametrize("word", ["E99", "X1", "", None])
def test_an_unknown_claim(word):
    with pytest.raises(claims.UnknownClaim, match=r"F1-F\d+, E1-E\d+, G1-G\d+ and M1-M\d+"):
        claims.row(word)


def test_a_claim_is_found_in_any_case():
    assert claims.row("e3")["id"] == "E3"


def test_a_reading_has_its_own_thresholds_where_it_names_any():
    for row in evidence.table("claims").to_dict("records"):
        rule, varied = rule_of(row["id"]), False
        for reading in ("strict", "lenient"):
            own = [number(row[name]) for name in (reading, f"{reading}_partly")]
            kept = [
                new if new is not None else old for new, old in zip(own, stated(rule), strict=True)
            ]
            assert stated(rule.at(reading)) == kept and rule.at(reading).reading == reading
            varied |= own != [None, None]
        assert rule.varied == varied, row["id"]


def test_strict_thresholds_are_never_easier_than_lenient_ones():
    rows = evidence.table("claims")
    for row in rows[~rows["rule"].isin(["coded", "undecided", "balance", "count"])].to_dict(
        "records"
    ):
        for strict, lenient in (
            (row["strict"], row["lenient"]),
            (row["strict_partly"], row["lenient_partly"]),
        ):
            if math.isnan(strict) or math.isnan(lenient):
                continue
            harder = (
                strict <= lenient
                if row["rule"] in ("at_most", "less_than", "about", "just_under")
                else strict >= lenient
            )
            assert harder, row["id"]


def test_what_was_found_and_ruled_cannot_be_altered():
    ruled = testing.decide("E4", testing.evaluate_or_fault("E4", "then"), "then")
    for held, name in ((ruled, "verdict"), (ruled.finding, "value")):
        with pytest.raises(FrozenInstanceError):
            setattr(held, name, None)


# Noise

SPANS = [  # of F5, at most 0.4 for partly: an interval, the mark, and the thresholds in it
    ((0.45, 0.7), "", "No threshold lies in it."),
    ((0.3, 0.7), "within the noise", "The threshold 0.4 lies in it: the verdict is within"),
    ((0.1, 0.7), "within the noise", "The thresholds 0.2 and 0.4 lie in it: the verdict is within"),
]


@pytest.mark.parametrize(("span", "mark", "words"), SPANS)
def test_a_threshold_in_the_interval_is_a_mark_and_never_changes_the_verdict(span, mark, words):
    found = claims.Finding(value=0.5, reason="so", noise=lambda: Noise({"": span}, "by lot"))
    judged = claims.decide("F5", found, "then")
    assert (
        judged.verdict == "fails" == claims.decide("F5", replace(found, noise=None), "then").verdict
    )
    assert judged.noise.mark == mark and judged.noise.within == bool(mark)
    assert judged.noise.words.startswith(
        f"95 % interval: {span[0]:.2f} to {span[1]:.2f} (by lot). "
    )
    assert words in judged.noise.words
    told = card.side("Then", judged)
    assert told.noise == judged.noise and told.line().startswith("Then: FAILS. ")


def test_of_several_parts_each_has_its_interval():
    spans = {"VNM": (80.0, 90.0), "IND": (60.0, 70.0)}
    found = claims.Finding(value=(85, 65), reason="so", noise=lambda: Noise(spans, "by lot"))
    told = claims.decide("M15", found, "then").noise
    assert told.within and "Vietnam 80.0 % to 90.0 %, India 60.0 % to 70.0 %" in told.words


def test_where_the_noise_is_not_known_that_is_said():
    def lacking():
        raise errors.NotHeld("no roll calls are held", "look elsewhere")

    found = claims.Finding(value=0.5, reason="so", noise=lacking)
    told = claims.decide("F5", found, "then").noise
    assert (told.mark, told.intervals) == ("", {}) and told.words == "No roll calls are held."
    assert claims.decide("F5", replace(found, noise=None), "then").noise is None
    nothing = claims.Finding(reason="none", noise=lacking)
    assert claims.decide("F5", nothing, "then").noise is None


@pytest.mark.parametrize("claim", ["F5", "G11", "G8", "M15"])
def test_what_votes_and_polls_decide_has_an_interval_around_its_figure(claim):
    judged = ledger.judge(claim, "then")
    marks = claims.rule_of(claim).edges() or [claims.rule_of(claim).level("agreement")]
    spans = judged.noise.intervals
    figures = judged.rule.by_whom(judged.value) if claim != "G8" else {}
    for who, (low, high) in spans.items():
        assert low < high and (claim == "G8" or low < figures[who] < high)
    inside = any(low <= mark <= high for low, high in spans.values() for mark in marks)
    assert judged.noise.within == inside
    said = " ".join(card.VerdictCard(claim).lines("then"))
    assert judged.noise.words in said and ("s within the noise." in said) == inside
    (told,) = ledger.entries(claim=claim, vintage="then")
    assert told["noise_then"]["within"] == inside
