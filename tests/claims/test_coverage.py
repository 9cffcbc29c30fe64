"""Which sentences of the article are tested, whether a second reader codes as we do, and which marks
stand beside a verdict: the same function asks them of every claim, then and since.
"""

from collections import Counter

from bs4 import BeautifulSoup
from conftest import cases

from frenemies.sections.economic import turn_picture
from frenemies.sections.military import forecast_picture, spending_picture
from frenemies.sections.verdict.pictures.together import dependence_picture
from heldto import article, evidence
from heldto.claims import documents, firm, judged, readings
from heldto.claims.card import VerdictCard
from heldto.claims.listed import all_ids, find_claim
from heldto.claims.verdict import nearest
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
    assert found.paragraph in [row["paragraph"] for row in rows]
    assert {row["voice"] for row in rows} == {found.voice}


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


@cases("claim", all_ids())
def test_a_figure_that_equals_its_threshold_is_on_the_line_in_both_records(claim):
    told = {
        vintage: firm.on_the_line(judged.judge(claim, vintage)) for vintage in ("then", "since")
    }
    for vintage, line in told.items():
        verdict = judged.judge(claim, vintage)
        figures = verdict.finding.figures
        flat = [part for one in figures for part in (one if isinstance(one, tuple) else [one])]
        plain = verdict.decided and all(isinstance(one, (int, float)) for one in flat)
        equal = plain and any(
            abs(one - edge) < 1e-9 for one in flat for edge in verdict.rule.edges()
        )
        if verdict.rule.unit != "rank":
            assert ("equals a threshold" in line) == bool(equal)
        if line and not equal:
            assert nearest(verdict.rule, verdict.finding) is not None
    marks = [one.words for one in firm.firmness(claim)]
    assert any(f"on the line{told['then']}." in one for one in marks) or not told["then"]
    assert bool(told["then"]) == any(one.startswith("It is on the line") for one in marks)


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
