"""Which sentences of the article are tested, whether a second reader codes as we do, and which marks
stand beside a verdict: the same function asks them of every claim, then and since.
"""

from collections import Counter
from itertools import product

from bs4 import BeautifulSoup
from conftest import cases

from frenemies.measures import votes
from frenemies.sections.economic import turn_picture
from frenemies.sections.military import forecast_picture, spending_picture
from frenemies.sections.verdict.pictures.together import dependence_picture
from heldto import article, evidence
from heldto.claims import amended, documents, firm, judged, readings, units
from heldto.claims.card import VerdictCard
from heldto.claims.listed import all_ids, find_claim
from heldto.claims.verdict import Finding
from heldto.ledger import lists
from heldto.text.words import format_day

SENTENCES = evidence.rows("sentences")
CODED = evidence.rows("second_reader")
PER_PARAGRAPH = [4, 3, 7, 6, 7, 7, 4, 3, 5, 6, 3]  # counted in the article, from paragraph 0 on


def claims_of(row):
    return [claim for claim in row["claims"].split(";") if claim]


@cases(("paragraph", "count"), [*enumerate(PER_PARAGRAPH)])
def test_the_sentences_of_a_paragraph_are_all_there(paragraph, count):
    numbers = [row["sentence"] for row in SENTENCES if row["paragraph"] == paragraph]
    assert numbers == [*range(1, count + 1)]


def test_each_sentence_has_a_claim_or_the_reason_why_it_has_none():
    assert all(claims_of(row) or row["remark"] for row in SENTENCES)


@cases("claim", all_ids())
def test_each_claim_has_a_sentence_of_its_paragraph_and_of_its_voice(claim):
    found = find_claim(claim)
    rows = [row for row in SENTENCES if claim in claims_of(row)]
    assert found.paragraph in [row["paragraph"] for row in rows], (
        f"data/sentences.csv names {claim} in no sentence of paragraph {found.paragraph}: "
        "write its id into the column claims of the sentence that says it"
    )
    assert {row["voice"] for row in rows} == {found.voice}, (
        f"data/sentences.csv and the block [{claim}] say two things of its voice: {found.voice}?"
    )


def test_the_author_contradicts_himself_on_the_alliance_and_we_say_so():
    told = {row["paragraph"]: row["remark"] for row in SENTENCES if "contradicts" in row["remark"]}
    assert {*told} == {2, 10}


# The second reader


def kappa(rows):
    """Agreement of two codings, and what is left of it beyond chance."""
    agreed = sum(row["ours"] == row["second"] for row in rows) / len(rows)
    ours, second = (Counter(row[who] for row in rows) for who in ("ours", "second"))
    chance = sum(ours[code] * second[code] for code in ours) / len(rows) ** 2
    return agreed, (agreed - chance) / (1 - chance)


@cases(
    ("task", "what"),
    {
        "document": "On {count} parts of documents the two agree in",
        "kind": "on the kinds of {count} claims in",
    }.items(),
)
def test_the_codebook_prints_agreement_and_kappa(task, what):
    rows = [row for row in CODED if row["task"] == task]
    agreed, beyond = kappa(rows)
    text = evidence.describe("second_reader")["description"]
    begin = f"{what.format(count=len(rows))} {100 * agreed:.1f} % ("
    assert begin in text and text.split(begin)[1].partition(")")[0].endswith(f"kappa {beyond:.2f}")


def test_the_codebook_counts_the_paraphrases():
    count = Counter(row["second"] for row in CODED if row["task"] == "paraphrase")
    text = evidence.describe("second_reader")["description"]
    told = f"{count['faithful']} faithful, {count['narrower']} narrower, {count['other']} other"
    assert f"Of {count.total()} claims that reader calls {told}." in text


def test_each_disagreement_has_its_outcome_and_why():
    for row in CODED:
        assert (row["ours"] != row["second"]) == bool(row["outcome"]) == bool(row["why"])
        if row["outcome"] == "told":
            assert find_claim(row["claim"]).differs


def test_what_was_compared_is_our_coding_of_today():
    """But for what was corrected, which is now as the second reader has it."""
    for row in CODED:
        now = row["second"] if row["outcome"] == "corrected" else row["ours"]
        if row["task"] == "kind":
            assert find_claim(row["claim"]).kind == now
        if row["task"] == "document":
            (page,) = [
                one
                for one in evidence.rows("documents")
                if (one["claim"], one["page"]) == (row["claim"], row["page"])
            ]
            assert documents.shows(page).get(row["part"], "nothing") == now


# Marks, over all claims and both records


BOTH = ("then", "since")


def nudged(rule, finding):
    """What the rule says with one figure, or all, moved by one unit either way."""
    unit = units.STEPS.get(rule.unit)
    if finding.grain:
        unit = finding.grain()[0] * (1 + 1e-9)
    elif unit is None and not {*rule.unit.split(";")} & {*units.UNITS}:
        unit = 1
    figures = finding.figures
    tupled = isinstance(figures[0], tuple)
    flat = [*figures[0]] if tupled else figures
    if unit is None or not all(isinstance(one, (int, float)) for one in flat):
        return
    for move in (-unit, unit):
        for places in [*({place} for place in range(len(flat))), {*range(len(flat))}]:
            moved = [one + move * (place in places) for place, one in enumerate(flat)]
            yield rule.outcome([tuple(moved)] if tupled else moved)


def expected(rule, finding):
    """The marks that a verdict must have, found by another way than that of the package."""
    said = rule.outcome(finding.figures)
    flat = [part for one in finding.figures for part in (one if isinstance(one, tuple) else [one])]
    numbers = [one for one in flat if isinstance(one, (int, float))]
    if said == "undecided" or finding.fault:
        return []
    equal = any(abs(one - edge) < 1e-9 for one in numbers for edge in rule.edges())
    turned = any(verdict != said for verdict in nudged(rule, finding))
    line = finding.turned_by or (rule.unit != "rank" and (equal or turned))
    noise = finding.noise() if finding.noise else None
    edges = [*((noise and noise.marks) or rule.edges())]
    within = noise and any(
        low <= edge <= high for low, high in noise.intervals.values() for edge in edges
    )
    return ["on the line"] * bool(line) + ["within the noise"] * bool(within)


@cases(("claim", "vintage"), product(all_ids(), BOTH))
def test_all_marks_stand_on_the_rule_the_amended_rule_and_each_single_figure(claim, vintage):
    verdict = judged.judge(claim, vintage)
    rule, finding = verdict.rule, verdict.finding
    assert verdict.marks.words() == expected(rule, finding)
    told = "\n".join(VerdictCard(claim).lines(vintage))
    for sentence, value in finding.facts:
        if value is None or value in ("agrees", "disagrees"):
            continue
        single = value if isinstance(value, Finding) else Finding(value=value, reason="")
        marks = "".join(f", {mark}" for mark in expected(rule, single))
        says = rule.outcome(single.figures)
        also = "also " if says == verdict.verdict else ""
        assert f"{sentence} This figure alone would {also}say {says}{marks}." in told
    amended_rule = amended.judge_amended(claim, vintage)
    for part in amended_rule.parts if amended_rule else ():
        if part.marks.line:
            assert f"On the line: {part.marks.line}." in told
        if part.marks.noise:
            assert part.marks.noise.words in told


@cases("claim", all_ids())
def test_the_third_line_says_the_marks_of_both_records(claim):
    told = {vintage: judged.judge(claim, vintage).marks for vintage in BOTH}
    said = [one.words for one in firm.firmness(claim)]
    line, later = told["then"].line, told["since"].line
    assert (f"It is on the line: {line}." in said) == bool(line)
    assert ("Later figures are on the line." in said) == (later not in ("", line))
    told_in_full = "\n".join(VerdictCard(claim).lines("since"))
    assert not later or f"On the line: {later}." in told_in_full
    within = ["within the noise" in told[vintage].words() for vintage in BOTH]
    now = {"It is within the noise."} | {
        one for one in said if one.endswith("is within the noise.")
    }
    now -= {"Since then it is within the noise."}
    assert bool(now & {*said}) == within[0]
    assert ("Since then it is within the noise." in said) == (within == [False, True])


SINGLE = {  # a figure beside a verdict, and its mark
    ("M15", "since", "66.8 % of all people asked"): "holds, within the noise",
    ("M15", "since", "31 % in India"): "partly, within the noise",
    ("G10", "since", "Japan agrees with the USA on 68 %"): "holds, within the noise",
    ("G3", "since", "Russia's share would be 81 %"): "fails, on the line",
    ("M2", "then", "Warships only"): "holds, on the line",
}


@cases(("where", "says"), [*SINGLE.items()])
def test_a_single_figure_near_a_threshold_is_marked(where, says):
    claim, vintage, words = where
    (line,) = [one for one in VerdictCard(claim).lines(vintage) if words in one]
    assert line.endswith(f"say {says}.")


def test_a_verdict_in_words_that_one_entry_turns_is_on_the_line():
    """All coded claims but those that documents decide: these say so. M1 was undecided then, and
    for 2022 two conflicts are coded for M14."""
    turned = {
        (claim, vintage): verdict.marks.line.removesuffix(" would turn it")
        for claim in all_ids()
        for vintage in BOTH
        if (verdict := judged.judge(claim, vintage)).rule.comparison == "coded"
        and verdict.decided
        and [*verdict.tables] != ["documents"]
    }
    by_claim = {"F4": "one rivalry", "G8": "one pledge", "G9": "one vote", "G19": "one rivalry"}
    by_claim |= {"M1": "one exercise", "M14": "one coding", "M19": "one rivalry"}
    decided = {*product(by_claim, BOTH)} - {("M1", "then")}
    two_entries = {("M14", "since")}
    assert turned == {key: "" if key in two_entries else by_claim[key[0]] for key in decided}
    assert "It is on the line: one rivalry would turn it." in VerdictCard("M19").lines()[3]
    assert not amended.judge_amended("F4", "then").marks.line
    assert not amended.judge_amended("M1", "since").marks.line  # it decides nothing


def test_an_amended_rule_has_the_marks_of_its_own_figures():
    """E7 since is level with the peak by the amended rule, and far from both of its thresholds."""
    judged_anew = amended.judge_amended("M15", "since")
    assert judged_anew.marks.words() == ["within the noise"]
    assert judged.judge("E7", "since").marks.line == "a hundredth of an exajoule would turn it"
    assert amended.judge_amended("E7", "since").marks.words() == []


def test_subjects_by_title_agree_with_the_source_as_the_codebook_says():
    calls = evidence.table("geopolitical/roll_calls")
    calls = calls[calls.year.between(2009, 2018) & calls.issues.fillna("").ne("")]
    ours = calls.title.map(votes.subject_of_title)
    agreed, kappas = {}, {}
    for issue in ("me", "nu", "di", "hr", "co", "ec"):
        theirs, by_title = calls.issues.str.contains(issue), ours.str.contains(issue)
        agreed[issue] = (theirs == by_title).mean()
        both = theirs.mean() * by_title.mean()
        chance = both + (1 - theirs.mean()) * (1 - by_title.mean())
        kappas[issue] = round((agreed[issue] - chance) / (1 - chance), 2)
    assert len(calls) == 651 and min(agreed.values()) > 0.895 and max(agreed.values()) < 0.99
    assert sorted(kappas.values()) == [0.67, 0.75, 0.77, 0.81, 0.83, 0.96]
    assert (kappas["co"], kappas["nu"]) == (0.67, 0.96)
    (trap, *_) = evidence.describe("geopolitical/title_subjects")["traps"]
    assert all(word in trap for word in ("651", "90 to 98", "0.67", "0.75 to 0.83", "0.96"))


def test_where_our_own_coding_decides_the_wider_interval_counts():
    """G11 since: 0.05 with two subjects of arms, 0.11 with one, and the threshold is 0.1."""
    pair = dict(year=2024, less="RUS")
    fine, coarse = (votes.interval("PRK", "CHN", coarse=one, **pair) for one in (False, True))
    assert fine["high"] < 0.1 < coarse["high"] and fine["subjects"] > coarse["subjects"]
    noted = judged.judge("G11", "since").noise
    assert noted.within and noted.intervals[""] == (coarse["low"], coarse["high"])
    assert "by words of their titles" in noted.words
    assert "title" not in judged.judge("G11", "then").noise.words


@cases(("claim", "line"), {"G1": "the figure equals a threshold", "G7": "a few aircraft"}.items())
def test_what_stands_near_its_threshold_is_marked(claim, line):
    assert f"It is on the line: {line}" in " ".join(one.words for one in firm.firmness(claim))


@cases("claim", all_ids())
def test_how_firm_it_was_then_rests_on_no_later_year(claim):
    rows = readings.readings_rows(claim)
    if not rows or not (told := readings.summary(claim)):
        return
    known = [row for row in rows if not row["late"] and row["verdict"] in readings.COUNTED]
    assert told.readings == len(known) and told.tally.late == 0
    if told.stable is True:
        same = sum(row["verdict"] == told.verdict for row in known)
        assert same >= readings.MOST * len(known)


def test_e1_is_26_of_30_without_the_year_2019_and_is_not_stable():
    told = readings.summary("E1")
    assert (told.readings_same, told.readings, told.stable) == (26, 30, False)
    assert "With the 15 that take a later year" in told.words()


def test_an_amended_rule_within_the_noise_is_marked():
    """M15 since: 66.2 against 66.7."""
    marks = " ".join(one.words for one in firm.firmness("M15"))
    assert "Since then it says partly, within the noise." in marks
    assert "The verdict is within the noise" in marks or "within the noise" in "\n".join(
        line.words for line in VerdictCard("M15").amended("since")
    )


@cases("claim", ["E3", "G3", "M6", "M14", "M16"])
def test_what_happened_since_is_told_where_it_explains_later_figures(claim):
    ((said, ids),) = article.current().happened.items()
    assert claim in ids and said in "\n".join(VerdictCard(claim).lines())
    assert said not in "\n".join(VerdictCard(claim).lines("then"))


def test_m2s_card_says_that_the_second_readers_coding_would_turn_its_amended_rule():
    told = "\n".join(VerdictCard("M2").lines())
    assert "A second reader coded the document of 25 April 2019" in told
    assert "by that coding this rule would say fails" in told


def test_each_corrected_coding_stands_on_the_card():
    """G4 and G20: what was coded otherwise, when it was corrected, and why."""
    recoded = [row for row in evidence.rows("amendments") if row["before"].startswith("coding=")]
    assert {row["claim"] for row in CODED if row["outcome"] == "corrected"} <= {
        row["claim"] for row in recoded
    }
    for row in recoded:
        told = "\n".join(VerdictCard(row["claim"]).lines())
        day = format_day(row["day"])
        assert f"Coding corrected on {day}" in told and row["before"][7:] in told


@cases("claim", ["E1", "G12", "M16"])
def test_a_card_says_why_russia_s_own_figures_of_trade_stop(claim):
    lines = [line for line in VerdictCard(claim).lines("since") if "IMF's estimate" in line]
    assert lines and all("attacked Ukraine" in line for line in lines)


@cases("draw", [turn_picture, spending_picture, forecast_picture, dependence_picture])
def test_a_picture_says_why_russia_s_own_figures_stop(draw):
    picture = draw()
    assert "attacked Ukraine" in picture.note and "Ukraine" not in picture.then["note"]


def test_the_roll_call_that_is_told_of_is_in_the_table():
    (call,) = evidence.where("geopolitical/roll_calls", resolution="A/RES/ES-11/1").itertuples()
    assert (call.yes, call.no, call.abstain, call.RUS, call.CHN) == (141, 5, 35, "N", "A")


def test_the_page_of_sentences_has_each_with_its_claims_and_its_voice():
    listing = lists.sentences()
    page = BeautifulSoup(listing.page, "html.parser")
    told = [[cell.text for cell in row(["th", "td"])] for row in page.tbody("tr")]
    rows = [
        [
            f"{row['paragraph']}.{row['sentence']}",
            row["about"],
            row["voice"],
            row["claims"].replace(";", ", "),
            row["remark"],
        ]
        for row in SENTENCES
    ]
    assert told == rows
    assert len(listing.lines) == len(rows) + 1
