"""What stands beside a verdict: contexts fixed beforehand, and what keeps a card's words true."""

import re

import pytest

from frenemies.measures import arms, pair, ties
from frenemies.sections.economic import claim_measures
from frenemies.sections.verdict.pictures import together
from heldto import claims, evidence
from heldto.claims import ledger, readings, units
from heldto.claims.card import VerdictCard
from heldto.publish import claims as printed


def beside(claim, vintage="then"):
    """All that stands beside a claim's verdict, as one text."""
    return " ".join(sentence for sentence, _ in ledger.judge(claim, vintage).context)


# Contexts fixed beforehand (E7: coal; G6: treaties; G9: imports from Iran), each as data/ has it


def test_russian_coal_stands_beside_the_claim_on_coal():
    coal = evidence.table("economic/energy_imports").query(
        "commodity == 'coal' and origin == 'Russia'"
    )
    for vintage, years in (("then", [2018]), ("since", [2018, 2019, 2023])):
        said = beside("E7", vintage)
        for row in coal[coal.year.isin(years)].itertuples():
            assert f"{row.quantity:.2f} EJ in {row.year}" in said
    assert not re.search(r"2019|202\d", beside("E7"))


@pytest.mark.parametrize(("claim", "today"), [("E1", True), ("E5", False), ("G2", False)])
def test_a_card_says_whether_figures_of_august_2019_are_those_of_the_time(claim, today):
    said = "we use today's figures of the years known then" in VerdictCard(claim).source()
    dated = evidence.table(ledger.judge(claim, "then").tables[0], "then")
    assert said is today is ("edition" not in dated)


def test_coal_of_a_later_edition_is_told_as_today_s():
    assert "By today's figures coal's share" in beside("E7")
    assert (
        "The figures of others for August 2019 are today's." in VerdictCard("E7").yardstick.subtitle
    )


def test_treaties_stand_beside_the_claim_on_the_middle_east():
    said = beside("G6")
    for code, name in (("IRN", "Iran"), ("SYR", "Syria")):
        one, other = sorted((code, "RUS"))
        held = evidence.table("geopolitical/pledges", "then").query(
            "actor_a == @one and actor_b == @other"
        )
        assert f"Russia with {name}: {', '.join(held.pledge)}" in said and len(held)


@pytest.mark.parametrize(("vintage", "last"), [("then", 2018), ("since", 2020)])
def test_imports_from_iran_stand_beside_the_claim_on_sanctions(vintage, last):
    books = evidence.table("economic/trade").query(
        "reporter == 'CHN' and partner == 'IRN' and flow == 'import'"
    )
    value = books.set_index("year").value_usd / 1e9
    said = beside("G9", vintage)
    assert re.findall(r"[\d.]+ in 20\d\d", said) == [
        f"{value[year]:.1f} in {year}" for year in range(2017, last + 1)
    ]


def test_a_context_without_figures_says_so(mutate):
    mutate("economic/trade", lambda rows: rows[~(rows.reporter.eq("CHN") & rows.partner.eq("IRN"))])
    mutate(
        "economic/energy_imports",
        lambda rows: rows[~(rows.commodity.eq("coal") & rows.origin.eq("Russia"))],
    )
    assert "not held" in beside("G9") and "not held" in beside("E7")


# What the cards must not leave out


def test_the_card_of_the_saudi_ally_says_how_common_such_an_agreement_is():
    agree = evidence.table("geopolitical/agreement").query("year == 2018").agree
    part = agree.ge(0.85).mean() * 100
    assert f"{part:.0f} % of all {len(agree)} pairs of actors reach 0.85" in beside("G8")


def test_the_card_of_the_alliance_names_the_alliance_of_1950():
    assert "1950" in beside("M11") and "1942-1980" in beside("M11")
    assert ledger.judge("M11", "then").verdict == "holds"


def test_a_pledge_of_the_past_is_no_pledge_in_force(mutate):
    mutate(
        "geopolitical/pledges",
        lambda rows: rows.assign(end_year=rows.end_year.mask(rows.end_year.eq("1980"), "")),
    )
    assert ledger.judge("M11", "then").verdict == "fails"


def test_the_record_of_pledges_starts_in_1990_for_everybody():
    assert ties.owe_defence("CHN", "PRK", 1990) and not ties.owe_defence("CHN", "RUS", 1990)
    with pytest.raises(evidence.UnknownYear, match="the table has 1990-"):
        ties.owe_defence("CHN", "RUS", 1950)


def test_the_fight_of_1974_is_laid_at_nobody_elses_door():
    (row,) = evidence.table("military/wars").query("list == 'UCDP' and start == 1974").itertuples()
    assert "South Vietnam" in row.note and "between the two states" not in row.name
    assert row.note in beside("M7")


def test_parts_are_counted_in_what_they_are():
    assert re.search(r"\d refusals, 0 joint proposals", printed.plain("M10"))


def test_the_base_of_a_percentage_stands_beside_the_claim_it_would_turn():
    last = (
        evidence.table("geopolitical/opinion", "then")
        .query("actor == 'IND'")
        .sort_values("year")
        .iloc[-1]
    )
    share = last.unfavourable / (last.favourable + last.unfavourable) * 100
    (found,) = [pair for pair in ledger.judge("M15", "then").context if "no answer" in pair[0]]
    assert f"{share:.1f} %" in found[0] and found[1] == "This figure alone would say holds."


def test_a_verdict_that_turned_gives_both_ends_and_two_sources():
    told = beside("E3", "since")
    before = max(
        claim_measures.ratios("since", year=str(claim_measures.in_books("since"))).values()
    )
    assert f"that to the trade with Germany, was {before:.2f}" in told
    customs = evidence.where("economic/china_customs", partner="RUS", year=2023).total_bn.iloc[0]
    assert f"to {customs:.1f} billion dollars" in told and "They do not form one series" in told
    assert "customs" not in beside("E3")


def test_later_trade_stands_beside_a_claim_about_2018_and_does_not_judge_it():
    told = beside("E1", "since")
    assert "244.8 and 236.3 in 2024" in told and "244.8" not in beside("E1")
    assert ledger.judge("E1", "since").value == ledger.judge("E1", "then").value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (-0.0018, "0.002 % above the peak"),
        (0.0018, "0.002 % below the peak"),
        (3.14, "3.1 % below the peak"),
    ],
)
def test_a_figure_near_nought_keeps_its_digits(value, words):
    assert units.format_long(value, "percent below peak") == words
    assert (
        units.format_distance(abs(value), "percent below peak") == f"{words.split()[0]} points away"
    )


def test_no_card_prints_a_distance_or_a_figure_of_nought():
    for claim in evidence.table("claims").id:
        assert not re.search(r"\(0\.0 |since zero", printed.plain(claim)), claim


def test_a_card_counts_readings_and_says_that_this_is_no_probability():
    for claim in evidence.table("claims").id:
        said = " ".join(printed.plain(claim).split())
        assert (" readings hold, " in said) == ("How many agree is not a probability" in said)
        assert (" readings hold, " in said) == (readings.summary(claim) is not None)


# The proposal on missiles


def test_the_documents_of_the_missile_treaty_stand_on_their_days():
    steps = evidence.table("military/inf_timeline").set_index("date")
    assert steps.kind["2019-08-18"] == "test" and "2019-08-19" not in steps.index
    assert (
        steps.kind["2018-12-03"] == "proposal of one" and "arms race" in steps.event["2018-12-03"]
    )
    assert steps.kind["2019-06-28"] == "statement" and "include China" in steps.event["2019-06-28"]
    refused = steps[steps.kind.eq("refusal")].loc[:"2019-08-09"]
    assert claims.evaluate("M10", "then").value == (len(refused), 0)


def test_a_word_of_china_for_the_talks_stands_beside_its_refusals():
    assert "Liu He calls that a very good idea" in beside("M10")


# Sanctions of 2018


def test_sanctions_that_went_on_are_in_the_table_with_their_pages():
    rows = evidence.table("geopolitical/sanctions")
    held = {(row.sender, row.target): row for row in rows.query("year == 2018").itertuples()}
    for two in (("UN", "IRN"), ("EU", "IRN"), ("EU", "BLR")):
        assert held[two].arms and held[two].source.startswith("http")
    assert rows.source.ne("").all()


def test_what_the_source_files_under_south_vietnam_stands_under_vietnam():
    rows = evidence.table("geopolitical/sanctions")
    assert list(rows.query("sender == 'VNM' and target == 'UKR'").year) == [2015, 2016, 2017, 2018]
    assert set(rows.query("target == 'VNM' and year > 1998").sender) == {"USA"}


# What is said of the data


def test_what_is_said_of_silence_in_india_is_what_the_survey_holds():
    asked = (
        evidence.table("geopolitical/opinion")
        .query("about == 'CHN' and actor == 'IND'")
        .set_index("year")
    )
    silent = (100 - asked.favourable - asked.unfavourable).round(1)
    (trap,) = [
        trap
        for trap in evidence.describe("geopolitical/opinion")["traps"]
        if "India" in trap and "%" in trap
    ]
    top, rest = silent.nlargest(3), silent.drop(silent.nlargest(3).index)
    for year, share in top.items():
        assert f"{share} %" in trap and str(year) in trap
    assert (
        f"{rest.min():.0f} to {rest.max():.0f} %" in trap
        and f"median of all: {silent.median():.1f} %" in trap
    )


# Closer?


def test_a_share_that_rose_is_not_told_as_arms_that_rose():
    said = together.closer()
    trends = said.partition("A share is not")[0]
    assert "Russia's share of China's arms imports" in trends and not re.search(
        r"[,.] ?arms\b|exercises", trends
    )
    early, late = trends.split("Since then")  # treaties are on record to 2018
    assert "pledges" in early and "pledges" not in late
    for year in (2014, 2018, 2024):
        sent = arms.arms_imports("CHN", year).query("supplier == 'RUS'").tiv.sum()
        assert f"{sent:,.0f} to {year}" in said
    held = pair.exercises_by_year().set_index("year").held
    assert f"{held[2018]} in 2018, {held[2019]} in 2019; single years make no trend" in said


def test_the_title_of_then_and_now_names_the_share():
    assert not re.search(r"\barms(,| rose)|exercises", together.then_and_now_picture().title)


def test_a_measure_that_stands_for_something_else_says_so_on_its_card():
    rows = {one["id"]: one["proxy"] for one in evidence.rows("claims")}
    assert rows["F5"] and not rows["E1"]
    for claim, proxy in rows.items():
        said = " ".join(printed.plain(claim).split())
        assert (f"Proxy: {proxy}." in said) if proxy else "Proxy: " not in said
