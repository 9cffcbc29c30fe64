"""Amended rules beside the first ones; what documents show; digests that tell a change."""

import subprocess

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, cases
from typer.testing import CliRunner

from heldto import evidence
from heldto.claims import amended, documents, ledger, proof
from heldto.claims.amended import number
from heldto.claims.card import VerdictCard
from heldto.claims.listed import row, rule_of
from heldto.claims.rule import UNJUDGED
from heldto.errors import Problem
from heldto.ledger import overview
from heldto.publish.cli import app
from heldto.text.options import year_of

CLAIMS = [one["id"] for one in evidence.rows("claims")]
ROWS = evidence.rows("amendments")
AMENDED = {one["claim"] for one in ROWS if one["rule"]}
EXACT = [
    one for one in ROWS if one["before"] and not one["before"].startswith(("claim=", "coding="))
]
RECODED = [one for one in ROWS if one["before"].startswith("coding=")]
ODD = {"E6", "G3"}  # their lenient line for holds is laxer than their line for partly: known
SIDES = ("then", "since")
KINDS = ("holds", "partly", "fails")
RUN = CliRunner()


def prove(claim):
    found = RUN.invoke(app, ["prove", claim])
    if found.exception:
        raise found.exception
    return found.stdout


# Rules that are fixed stay so


@cases("claim", CLAIMS)
def test_a_rule_is_the_one_that_was_fixed(claim):
    digest = proof.rule_digest(proof.beforehand(claim))
    line = f"{claim},YEAR-MONTH-DAY,COMMIT,{digest},added after the first verdicts; by then we had seen: ..."
    rows = evidence.where("fixed", claim=claim).to_dict("records")
    assert rows, f"data/fixed.csv has no row of {claim}: commit its rule, then add\n{line}\n" + (
        f"(`frenemies prove {claim}` prints the digest, `git log -1` the day and the commit)"
    )
    assert rows[0]["digest"] == digest, (
        f"the rule of {claim} is another than the one that data/fixed.csv dates: "
        "put the rule back, and the new one into data/amendments.csv"
    )


@cases("column", proof.FIELDS)
def test_a_changed_field_is_told(column):
    held = row("E4")
    other = 0.123 if column in proof.NUMBERS else not held[column] if column == "standing" else "x"
    assert proof.rule_digest(held | {column: other}) != proof.rule_digest(held)


def test_a_changed_rule_is_told_by_prove(rewrite):
    assert proof.OTHER not in prove("E4")
    rewrite("E4", "within = 25", "within = 26")
    assert f"The rule in claims.toml today: {proof.OTHER}" in prove("E4")


def test_a_rule_whose_day_is_not_on_record_is_told_by_its_digest(mutate):
    mutate("fixed", lambda rows: rows[rows.claim.ne("E4")])
    assert "There is no record of the day on which this rule was fixed." in prove("E4")
    assert proof.rule_digest(proof.beforehand("E4")) in prove("E4").replace("\n", "")


def test_a_claim_that_came_after_the_first_verdicts_says_what_had_been_seen():
    told = "which kinds of sanctions the European Union had on Russia in 2018."
    assert proof.added_late("F10") in [line.words for line in VerdictCard("F10").known()]
    assert proof.added_late("f10").endswith(
        told
    ) and "on 27 November 2026, after" in proof.added_late("F10")
    assert proof.added_late("F4") == proof.added_late("E1") == ""
    assert "share of China's crude oil" in proof.added_late("E13")


@cases(
    ("claim", "told"),
    [
        ("F1", ("Its verdict turned", "partly, with 30 occasions", "holds, with 32", "26 April")),
        ("E3", ("Its verdict since turned", "holds, with a largest ratio of 0.56", "fails")),
    ],
)
def test_a_verdict_that_turned_with_added_data_is_told_on_its_card_and_by_prove(claim, told):
    sentence = proof.turned_late(claim)
    assert all(words in sentence for words in told) and not proof.added_late(claim)
    assert sentence in [line.words for line in VerdictCard(claim).known()]
    assert sentence in prove(claim).replace("\n", " ")
    assert proof.turned_late("E4") == proof.turned_late("F10") == ""


def test_a_tally_says_which_of_the_claims_that_hold_turned_when_data_were_added():
    says = "Of those that hold, 1 (F1) turned when data were added."
    for vintage in ("then", "since"):
        told = ledger.tallies(ledger.table(), vintage)
        assert told["fixed"].endswith(says) or says in told["fixed"]
        assert "turned" not in told["added"] + told["reported"]


def test_an_amended_rule_of_a_place_among_all_pairs_says_why_it_has_no_interval():
    amended_lines = [one for one in VerdictCard("G8").lines() if "place by agreement" in one]
    assert amended_lines and all("It has no interval here" in one for one in amended_lines)


def test_no_year_of_a_reading_is_named_with_its_table():
    with pytest.raises(Problem, match=r'^"2091" has no rows in economic/trade, which has 1992 to'):
        year_of("economic/trade", "since", "2091")


@cases("claim", ["E1", "E6", "E7", "F4", "G8", "G9", "M1", "M15"])
def test_no_amended_rule_is_dated_before_the_history_has_it(claim):
    """The first commit with an amended rule is of 27 November 2026."""
    days = [one["day"] for one in amended.amendments(claim) if one["rule"]]
    assert min(days) >= "2026-11-27"


@cases(
    ("verdicts", "one"),
    [
        (["holds", "holds"], "holds"),
        (["fails"], "fails"),
        (["holds", "fails"], "partly"),
        (["holds", "undecided"], "undecided"),
        (["partly", "partly"], "partly"),
    ],
)
def test_several_parts_have_one_verdict(verdicts, one):
    assert amended.joint_verdict(verdicts) == one


def test_prove_asks_the_repository_where_there_is_one(monkeypatch, tmp_path):
    first = evidence.where("fixed", claim="E4").iloc[0]
    words = ["git", "-C", str(ROOT), "cat-file", "-e", first["commit"]]
    if subprocess.run(words, capture_output=True).returncode == 0:
        assert f"The rule in that commit of this repository: {proof.SAME}." in prove("E4")
    monkeypatch.setattr(proof, "shipped_data_dir", lambda: tmp_path)
    assert "This repository does not have that commit" in prove("E4")
    assert first["digest"] in prove("E4")


@pytest.mark.parametrize("claim", ["E4", "G7", "G4", "m1"])
def test_prove_prints_the_verdicts_of_the_card(claim):
    shown, said = VerdictCard(claim), prove(claim)
    for side in shown.sides():
        assert f"{side.label}: {side.verdict}." in said
    for line in shown.amended():
        assert not line.verdict or f"{line.words}: {line.verdict}." in said


def test_a_claim_that_is_not_there_is_a_problem():
    with pytest.raises(Exception, match='there is no claim "X1"'):
        prove("X1")


# Lines within a rule


def lines(rule):
    """Figures at a rule's lines, and to both sides of each."""
    return [edge + side for edge in rule.edges() for side in (-1e-6, 0, 1e-6)]


def laxer(claim):
    """Whether the lenient rule says holds where the rule as stated says fails."""
    lenient, main = rule_of(claim, "lenient"), rule_of(claim)
    return any(
        lenient.alone(figure) == "holds" and main.alone(figure) == "fails"
        for figure in lines(lenient)
    )


def test_the_lenient_line_for_holds_is_no_laxer_than_the_line_for_partly():
    asked = [
        one["id"]
        for one in evidence.rows("claims")
        if number(one["lenient"]) is not None and number(one["partly"]) is not None
    ]
    assert {claim for claim in asked if laxer(claim)} == ODD
    trap = " ".join(evidence.describe("claims")["traps"])
    assert all(claim in trap for claim in ODD)


# Amended rules


def test_an_amendment_says_why_and_leaves_the_first_verdict():
    told = {one["claim"] for one in ROWS if one["why"]}
    assert told == AMENDED | {one["claim"] for one in RECODED}
    for claim in AMENDED:
        assert amended.amendments(claim) and ledger.entry(claim)["amended_then"] in (
            *KINDS,
            "undecided",
        )
    plain = next(claim for claim in CLAIMS if claim not in AMENDED)
    assert ledger.entry(plain)["amended_then"] == "" == ledger.entry(plain)["amended_since"]
    assert amended.judge_amended(plain, "then") is None


@pytest.mark.parametrize("claim", sorted(AMENDED))
def test_the_card_prints_both_rules_and_both_verdicts(claim):
    shown = VerdictCard(claim)
    text, page = "\n".join(shown.lines()), str(shown.to_html())
    assert "First rule: " in text and "known: " in text
    for vintage in SIDES:
        found = amended.judge_amended(claim, vintage)
        assert found.label() in text
        assert any(line.verdict == found.verdict for line in shown.amended(vintage))
    told = BeautifulSoup(page, "html.parser").select(".fold.amended p:not(.part)")
    assert len(told) == len(shown.amended())


def test_the_words_of_an_amended_rule_are_shown_as_they_are(mutate, monkeypatch):
    """Also where they are those that stand for the later record."""
    mutate("glossary", lambda frame: frame[::-1])  # a page that was made before is made anew
    said = "by a rule of then and since"
    kind = type(amended.judge_amended("E1", "then"))
    monkeypatch.setattr(kind, "label", lambda self: said)
    for claim in dict.fromkeys(one["claim"] for one in evidence.rows("amendments")):
        page = BeautifulSoup(VerdictCard(claim).to_html(), "html.parser")
        held = [line for line in VerdictCard(claim).amended() if line.verdict]
        told = page.select(".fold.amended p:has(.tag)")
        for line, shown in zip(held, told, strict=True):
            assert shown.get_text().startswith(f"{line.words}: ") and line.words.endswith(said)
            assert ("since" in shown["class"]) == line.since


def test_every_figure_of_an_amended_rule_can_be_worked_out():
    for claim in AMENDED:
        for part in amended.judge_amended(claim, "since").parts:
            assert part.verdict != UNJUDGED, (claim, part)


@cases("claim", sorted(AMENDED))
def test_an_amended_rule_without_a_figure_says_so_in_a_sentence_of_its_own(claim):
    assert "Did you mean" not in "\n".join(VerdictCard(claim).lines())


@cases(
    ("verdicts", "verdict"),
    [
        (["holds", "holds"], "holds"),
        (["fails", "fails"], "fails"),
        (["holds", "fails"], "partly"),
        (["partly", "fails"], "partly"),
        (["holds", "undecided"], "undecided"),
    ],
)
def test_parts_together(verdicts, verdict):
    assert amended.joint_verdict(verdicts) == verdict


def test_size_and_side_are_judged_apart(mutate):
    def parts():
        return {part.name: part.verdict for part in amended.judge_amended("E1", "then").parts}

    assert parts() == {"size": "holds", "side": "fails"}

    def scaled(rows):
        half = (rows.value_usd.astype(float) / 2).round().astype("int64").astype(str)
        pair = (rows[column].isin(["CHN", "RUS"]) for column in ("reporter", "partner"))
        hit = np.logical_and.reduce([*pair, rows.year.eq("2018")])
        return rows.assign(value_usd=rows.value_usd.mask(hit, half))

    mutate("economic/trade", scaled)
    assert parts() == {"size": "fails", "side": "holds"}


def test_the_band_of_e7_is_the_spread_of_editions():
    """How far the editions that hold 2017 differ on it, in per cent of the highest."""
    held = evidence.where("economic/coal_editions", year=2017, unit="EJ").coal
    (band,) = [one["partly"] for one in ROWS if one["claim"] == "E7" and one["rule"]]
    assert round((1 - min(held) / max(held)) * 100, 1) == -band


@pytest.mark.parametrize("one", EXACT, ids=lambda one: f"{one['claim']}-{one['part']}")
def test_what_was_made_exact_moves_no_verdict(one, mutate):
    column, _, before = one["before"].partition("=")
    now = ledger.entry(one["claim"])
    mutate(
        "claims",
        lambda rows: rows.assign(**{column: rows[column].mask(rows.id.eq(one["claim"]), before)}),
    )
    names = [f"{name}_{side}" for name in ("verdict", "strict", "lenient") for side in SIDES]
    then = ledger.entry(one["claim"])
    assert [then[name] for name in names if name in then] == [
        now[name] for name in names if name in now
    ]


# Documents


@cases(
    ("shows", "verdict"),
    [
        (["sympathy=for"], "holds"),
        (["sympathy=against"], "fails"),
        (["sympathy=for", "sympathy=against"], "partly"),
        ([""], "undecided"),
    ],
)
def test_documents_decide_by_what_they_show(shows, verdict, mutate):
    def written(rows):
        own = rows[rows.claim.eq("G13")].iloc[[0] * len(shows)]
        own = own.assign(shows=shows, publisher=[f"press {at}" for at in range(len(shows))])
        return pd.concat([own, rows[rows.claim.ne("G13")]])

    mutate("documents", written)
    assert amended.judge_amended("G13", "then").verdict == verdict
    assert ledger.judge("G13", "then").verdict == "undecided"


def test_a_later_document_decides_nothing_then():
    assert (
        amended.judge_amended("G2", "then").verdict
        == "undecided"
        != amended.judge_amended("G2", "since").verdict
    )
    held = VerdictCard("G2").documents()
    assert {line.since for line in held} == {True, False}
    then = "\n".join(VerdictCard("G2").lines("then"))
    assert all((line.words in then) != line.since for line in held)


def levels(claim):
    """Of a claim that a document decides: other words before one are those of another reading."""
    return tuple(rule_of(claim).levels) if row(claim)["rule"] == "coded" else ()


def test_each_document_shows_a_part_that_a_rule_asks_for_and_says_at_which_hand():
    asked = {(one["claim"], one["part"]) for one in ROWS if one["rule"] == "documents"}
    shown = {
        (one["claim"], part) for one in evidence.rows("documents") for part in amended.shows(one)
    }
    asked |= {(claim, part) for claim, part in shown if part.endswith(levels(claim))}
    sides = {("F6", f"{word}{side}") for word in ("", "height ") for side in ("China", "Russia")}
    none_found = {("M2", "planned")}  # nobody said what was planned in answer
    assert shown | none_found == asked | sides and not shown & none_found
    for one in evidence.rows("documents"):
        told = [line for line, _ in amended.documents_told(one["claim"])]
        (line,) = [line for line in told if one["says"] in line]
        assert f"({one['status']}" in line and one["page"] in line


@cases("when", [None, *SIDES])
@cases("claim", sorted({one["claim"] for one in evidence.rows("documents")}))
def test_a_card_says_once_what_a_document_says(claim, when):
    told = VerdictCard(claim).lines(when)
    for one in documents.documents(claim, when or "since"):
        assert " ".join(told).count(one["says"]) == 1


# Both tallies


def test_both_tallies_are_printed():
    said = " ".join(RUN.invoke(app, ["claims"]).stdout.split())
    found = ledger.table()
    for vintage in SIDES:
        both = ledger.tallies(found, vintage)
        assert both["fixed"] != both["amended"]
        for name in ledger.TOLD:
            assert both[name] in said and both[name].endswith(".")
    assert "With the amended rules" not in RUN.invoke(app, ["claims", "--claim", "E4"]).stdout


def test_the_picture_and_the_table_of_all_claims_give_both_tallies():
    found, page = ledger.table(), str(overview.browse()._repr_mimebundle_()[0]["text/html"])
    lead = " ".join(overview.glance_picture().to_html().split())
    for vintage in SIDES:
        told = ledger.tallies(found, vintage)
        assert all(told[name] in page for name in ledger.TOLD)
    assert all(tally in lead for tally in ledger.tallies(found).values())


def test_first_rules_claims_added_later_and_what_others_said_are_counted_apart():
    found = ledger.table()
    found = found[found.index.isin(evidence.table("fixed").claim)]  # others are asked for elsewhere
    late = [name for name in found.index if proof.added_late(name)]
    dated = {*evidence.table("fixed").claim} & {*found.index}
    assert late and found.fixed_beforehand.sum() == len(dated) - len(late)
    reported = found.index[found.voice.ne("author")]
    fixed = found.drop([*late, *reported], errors="ignore")
    able = [claim for claim in fixed.index if ledger.can_hold(claim)]
    holds = fixed.verdict_then.eq("holds")
    told = ledger.tallies(found)
    first = f"{holds.sum()} of the {len(able)} that could hold do"
    begins = f"By rules fixed before any verdict was computed: {first}"
    assert told["fixed"].startswith(f"{begins}, ")
    assert holds[able].sum() == holds.sum() > 0  # nothing holds that cannot
    own_late = [claim for claim in late if claim not in reported]
    unseen = {"E12", "G16"}
    assert told["added"].startswith(
        f"Added later, {len({*own_late} - unseen)} of {len(own_late)} with figures"
    )
    assert told["reported"].startswith("Of what the article reports or quotes (F2, F6, F8, G13")
    assert told["short"].startswith(f"{begins}. Added later, ")
    assert ledger.tallies(found.drop(late))["added"] == ""
    assert ledger.tallies(found[found.voice.eq("author")])["reported"] == ""


@cases(("claim", "able"), {"E1": True, "F4": True, "G1": False, "G2": False, "M12": False}.items())
def test_a_claim_can_hold_where_its_rule_lets_it(claim, able):
    assert ledger.can_hold(claim) == able


@cases("side", SIDES)
def test_the_benchmark_is_the_sum_of_the_base_rates(side):
    found = ledger.table()
    told = ledger.benchmark(found, side)
    rates = [
        rate["hold"] / rate["of"]
        for claim, rate in found[f"others_{side}"].items()
        if rate and ledger.can_hold(claim)
    ]
    assert told.expected == pytest.approx(sum(rates)) and len(told.rates) == len(rates)
    chances = np.array(told.distribution())
    numbers = np.arange(len(chances))
    assert chances.sum() == pytest.approx(1) and chances.min() >= 0
    assert chances @ numbers == pytest.approx(told.expected)
    spread = chances @ (numbers - told.expected) ** 2
    assert spread == pytest.approx(told.deviation**2)


def test_a_corrected_coding_is_told_and_follows_the_words_of_the_rule():
    (one,) = [one for one in RECODED if one["claim"] == "G20"]
    text = "\n".join(VerdictCard("G20").lines())
    assert "Coding corrected on 1 December 2026" in text and one["before"][7:] in text
    last = documents.documents("G20", "then")[-1]
    assert (
        documents.shows(last) == {"others too": "for"}
        and "does not say for how much" in last["note"]
    )
    assert ledger.judge("G20", "then").verdict == "partly"


@cases(("claim", "word"), {"F2": "reports", "F8": "reports", "G13": "quotes"}.items())
def test_the_card_says_first_whose_voice_it_is(claim, word):
    mark = VerdictCard(claim).firm()[0]
    assert mark.words == f"The article {word} this: it is not the author's own claim."
    assert "own claim" not in " ".join(one.words for one in VerdictCard("M11").firm())


def test_of_two_amended_rules_the_later_judges():
    """G9: of 27 November, and of 1 December."""
    judged = amended.judge_amended("G9", "then")
    assert judged.date == "1 December 2026" and [part.name for part in judged.parts] == [
        "wanted",
        "imports",
    ]
    assert "9 June 2010" in judged.parts[0].found
    told = " ".join(amended.amendment_sentences("G9"))
    assert "Amended on 27 November 2026" in told and "Amended on 1 December 2026" in told


def test_a_cause_of_g3_has_a_cap():
    assert amended.judge_amended("G3", "then").verdict == "partly"
    (rule,) = [one for one in ROWS if one["claim"] == "G3" and one["rule"]]
    assert rule["cap"] == "partly"


# What each part says, then and since

PARTS = {
    "F2": ("fails", "fails"),
    "F5": ("fails", "fails"),
    "E11": ("undecided", "undecided"),
    "M2 planned": ("undecided", "undecided"),
    "M5 arms": ("holds", "partly"),
    "M5 rival": ("fails", "fails"),
    "M6 rival": ("holds", "holds"),
    "M16": ("partly", "partly"),
    "F4": ("holds", "fails"),
    "E6 growth": ("holds", "holds"),
    "E6 weight": ("fails", "fails"),
    "E7": ("partly", "partly"),
    "G8": ("fails", "holds"),
    "G9 wanted": ("partly", "fails"),
    "G9 imports": ("fails", "partly"),
    "M1": ("undecided", "undecided"),
    "M15": ("holds", "partly"),
    "G4 projects": ("partly", "partly"),
    "G13 sympathy": ("holds", "holds"),
    "M9 joint": ("fails", "fails"),
}


@cases(("asked", "verdicts"), PARTS.items())
def test_a_part_says_what_its_figure_or_its_documents_do(asked, verdicts):
    claim, _, name = asked.partition(" ")
    told = [amended.judge_amended(claim, side).parts for side in SIDES]
    assert tuple(part.verdict for parts in told for part in parts if part.name == name) == verdicts
