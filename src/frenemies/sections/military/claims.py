"""The tests of claims M1-M15, and what becomes of a verdict under the reader's own coding.

data/claims.csv says where the thresholds lie, claims.toml what the tests say.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from frenemies import claims, evidence
from frenemies.claims import Finding, Rule
from frenemies.claims.verdict import Fact
from frenemies.evidence import Vintage, actors
from frenemies.measures import arms
from frenemies.measures.conflicts import conflict_coding
from frenemies.measures.joint_exercises import counted, pacific_exercises
from frenemies.measures.ties import owe_defence
from frenemies.measures.words import day, name, percent, span
from frenemies.sections import ALLIES, BOTH, Sentences
from frenemies.sections.military import compared
from frenemies.sections.military.compared import THEN

DEALS, EXERCISES, PLEDGES = "military/deals", "military/exercises", "geopolitical/pledges"

say = Sentences("military")


# Verdicts under the reader's own coding


def pacific_verdicts(
    shown: Sequence[str] = (), yellow_sea: str = "counted", patrols: str = "counted"
) -> str:
    """Claims M2 and M3 with the Yellow Sea and the patrols counted or left out, in one sentence.

    Raises Problem.
    """
    seas, ships = counted(yellow_sea), not counted(patrols)

    def said(claim: str, first: int, last: int, word: str) -> str:
        held = pacific_exercises(first, last, naval=ships, yellow_sea=seas, vintage="then")
        verdict = Rule.of(claim).outcome([len(held)])
        return f"{len(held)}, so {claim} ({word}) {verdict}."

    in_2019, before = said("M2", 2019, 2019, "none"), said("M3", 2012, 2018, "several")
    return f"2019, to 9 August: {in_2019} 2012 to 2018: {before}"


def verdict_by_coding(coding: str, year: int) -> str:
    """The verdict on M14 under one coding: "holds", "partly" or "fails". Raises Problem."""
    return Rule.of("M14").level(conflict_coding(year, coding))


def conflict_verdict(shown: Sequence[str] = (), coding: str = "UCDP", year: int = 2018) -> str:
    """Claim M14 under one coding and year, in one sentence. Raises Problem."""
    verdict = f"By this coding M14 {verdict_by_coding(coding, year)}."
    return f"{coding}, {year}: {conflict_coding(year, coding)}. {verdict}"


# Claims


def _listed(rows: pd.DataFrame) -> str:
    return "; ".join(rows.name + " (" + rows.date.map(day) + ", " + rows.sea + ")") or "none"


def _until(vintage: Vintage) -> str:
    """The day of the last exercise listed in 2019, or before the article."""
    days = evidence.table(EXERCISES, vintage).date
    return days[days.lt("2020")].max()


@claims.tests("M1")
def baltic_exercise(vintage: Vintage) -> Finding:
    """Joint naval exercises in the Baltic in 2019; nothing is decided before the year is over."""
    listed = evidence.table(EXERCISES, vintage).query("sea == 'Baltic Sea'").rename_axis(None)
    held = (listed.date.str.startswith("2019") & listed.naval & listed.status.eq("held")).sum()
    none = "not held" if vintage == "since" else "year not over"
    value = Rule.of("M1").level("held" if held else none)
    count = {"held": held, "announced": listed.status.eq("announced").sum()}
    told = {"listed": _listed(listed), **count}
    return say.found("M1", value=value, until=_until(vintage), **told)


@claims.tests("M2")
def pacific_in_2019(vintage: Vintage) -> Finding:
    """Joint exercises on the Pacific side in 2019; strict: warships only, Yellow Sea left out."""
    held = pacific_exercises(2019, 2019, naval=False, vintage=vintage)
    narrow = len(pacific_exercises(2019, 2019, yellow_sea=False, vintage=vintage))
    told = {"until": _until(vintage), "listed": _listed(held)}
    found = say.found("M2", value=len(held), strict=narrow, **told)
    return found.beside(say.fact("M2.narrow", narrow))


@claims.tests("M3")
def pacific_before(vintage: Vintage) -> Finding:
    """Naval exercises held on the Pacific side from 2012 to 2018."""
    held = pacific_exercises(2012, 2018, vintage=vintage)
    narrow = len(pacific_exercises(2012, 2018, yellow_sea=False, vintage=vintage))
    found = say.found("M3", value=len(held), strict=narrow, until=THEN, listed=_listed(held))
    return found.beside(say.fact("M3.narrow", narrow))


def _supply(recipient: str, supplier: str, vintage: Vintage, *facts: Any) -> Finding:
    """A supplier's share, in per cent, of a recipient's imports in the latest window."""
    end, buyer = arms.last_window(vintage=vintage), name(recipient)
    share = compared.supplied(vintage, recipient, supplier)
    told = {"seller": name(supplier), "buyer": buyer, "years": span(end)}
    found = say.found("M4", value=share, until=end, share=percent(share / 100), **told)
    spread = arms.concentration(recipient, end)
    return found.beside(*facts, say("M4.spread", buyer=buyer, spread=spread))


@claims.tests("M4")
def ukraine_arms_china(vintage: Vintage) -> Finding:
    """Ukraine's share of China's arms imports."""
    end = arms.last_window(vintage=vintage)
    deals = evidence.table(DEALS).query("supplier == 'UKR' and recipient == 'CHN'")
    deals = deals[deals.year.between(end - 4, end)]

    def engines() -> str:
        held = evidence.some(deals, "deals of Ukraine with China")
        part = held.tiv[held.category.eq("Engines")].sum() / held.tiv.sum()
        return say("M4.engines", part=percent(part))

    def taken() -> str:
        part = arms.share_of_arms_exports("UKR", "CHN", end)
        held = evidence.held(part, f"arms of Ukraine for China in {span(end)}")
        return say("M4.taken", part=percent(held))

    russia = say("M4.russia", share=percent(arms.share_of_arms_imports("CHN", "RUS", end)))
    return _supply("CHN", "UKR", vintage, engines, taken, russia)


@claims.tests("M5")
def russia_arms_vietnam(vintage: Vintage) -> Finding:
    """Russia's share of Vietnam's arms imports."""
    return _supply("VNM", "RUS", vintage)


@claims.tests("M6")
def russia_arms_india(vintage: Vintage) -> Finding:
    """Russia's share of India's arms imports."""
    rival = arms.share_of_arms_imports("IND", "USA", arms.last_window(vintage=vintage))
    return _supply("IND", "RUS", vintage, say("M6.usa", share=percent(rival)))


@claims.tests("M7")
def border_wars(vintage: Vintage) -> Finding:
    """Wars with China on the list of the Correlates of War, for Vietnam and for India."""
    wars = evidence.table("military/wars", vintage).query("actor_a == 'CHN'")
    wars = wars[wars.actor_b.isin(["VNM", "IND", "RUS"])].astype({"start": str})

    def on(source: str, code: str) -> pd.DataFrame:
        return wars[wars.list.eq(source) & wars.actor_b.eq(code)]

    cow = {code: on("COW", code) for code in ("VNM", "IND")}
    told = {code: ", ".join(own.name + " " + own.start) or "none" for code, own in cow.items()}
    ucdp = {code: on("UCDP", code).start for code in ("VNM", "IND", "RUS")}
    each = "; ".join(f"{name(code)} {', '.join(years)}" for code, years in ucdp.items())
    other = say.fact("M7.fought", (len(ucdp["VNM"]), len(ucdp["IND"])), each=each)
    noted = [say("M7.noted", row=row) for row in wars[wars.note.ne("")].itertuples()]
    found = say.found("M7", value=compared.wars(vintage), until=2007, told=told)
    return found.beside(other, *noted)


@claims.tests("M8")
def six_submarines(vintage: Vintage) -> Finding:
    """Submarines that Vietnam had received by the end of 2018."""
    boats = arms.deliveries("RUS", "VNM", "Project-636E", vintage="then")
    years = {"first": boats.year.min(), "last": boats.year.max()}
    return say.found("M8", value=int(boats.total.iloc[-1]), until=THEN, **years)


def _delivered(vintage: Vintage, recipient: str, *weapons: str) -> str:
    sent = {one: arms.deliveries("RUS", recipient, one, vintage=vintage) for one in weapons}
    return ", ".join(f"{rows.total.iloc[-1]} {weapon}" for weapon, rows in sent.items())


@claims.tests("M9")
def mig35_research(vintage: Vintage) -> Finding:
    """Undecided: joint research is in no table here."""
    held = evidence.table(DEALS, vintage).weapon.str.contains("MiG-35").sum()
    found = say.found("M9", until=arms.last_window(vintage=vintage))
    sent = partial(_delivered, vintage, "IND", "Su-30MK", "MiG-29SMT")
    return found.beside(lambda: say("M9.listed", held=held, fighters=sent()))


@claims.tests("M10")
def inf_talks(vintage: Vintage) -> Finding:
    """Two parts, by documents to August 2019: China refused; the USA and Russia proposed it."""
    steps = evidence.table("military/inf_timeline", "then")
    refused, joint = (steps[steps.kind.eq(kind)].date for kind in ("refusal", "joint proposal"))
    years = joint.str[:4].astype(int)
    after = [Rule.of("M10", reading).level("after") for reading in ("main", "strict", "lenient")]
    value, strict, lenient = ((len(refused), int(years.gt(year).sum())) for year in after)
    counts = {"value": value, "strict": strict, "lenient": lenient, "after": after[0]}
    last = day(joint.max()) if len(joint) else "none"
    told = {"refused": ", ".join(map(day, refused)), "last": last}
    found = say.found("M10", until=steps.date.max(), **counts, **told)
    alone = steps[steps.kind.eq("proposal of one")].event
    return found.beside(say("M10.alone", events="; ".join(alone)))


@claims.tests("M11")
def no_alliance(vintage: Vintage) -> Finding:
    """Defence pledges between China and Russia."""
    pair = evidence.table(PLEDGES, vintage).query("actor_a == 'CHN' and actor_b == 'RUS'")
    over, defence = pair.end_year.lt(THEN), pair.pledge.eq("defence")
    count, rest = int((defence & ~over).sum()), ", ".join(pair.pledge[~over & ~defence])
    past = pair[over & defence].itertuples()
    before = "; ".join(f"{row.start_year}-{row.end_year:.0f} ({row.note})" for row in past)
    return say.found("M11", value=count, until=THEN).beside(
        say("M11.past", each=before or "none on record"),
        say("M11.others", until=THEN, each=rest or "nothing"),
        *(_owed(code, vintage) for code in BOTH),
        say("M11.end", until=THEN),
    )


def _owed(code: str, vintage: Vintage) -> str:
    """To whom an actor owes defence, in a sentence."""
    owed = [name(one) for one in actors.ALL if owe_defence(code, one, THEN, vintage=vintage)]
    return say("M11.owed", name=name(code), others=", ".join(owed) or "no actor")


@claims.tests("M12")
def most_modern(vintage: Vintage) -> Finding:
    """Undecided: no table ranks weapons by modernity."""
    found = say.found("M12", until=arms.last_window(vintage=vintage))
    sent = partial(_delivered, vintage, "CHN", "Su-35S", "S-400 Triumf")
    return found.beside(lambda: say("M12.listed", delivered=sent()))


@claims.tests("M13")
def us_allies(vintage: Vintage) -> Finding:
    """How many of the five have a defence pledge of the USA."""
    sworn = [code for code in ALLIES if owe_defence(code, "USA", THEN, vintage=vintage)]
    rest = ", ".join(name(code) for code in ALLIES if code not in sworn)
    told = {"sworn": ", ".join(map(name, sworn)), "rest": rest or "none of them"}
    return say.found("M13", value=len(sworn), until=THEN, **told).beside(say("M13.law"))


@claims.tests("M14")
def ukraine_conflict(vintage: Vintage) -> Finding:
    """The coding of Russia and Ukraine by the UCDP; strict: only state against state counts."""
    year = THEN if vintage == "then" else 2022
    rule, coding = Rule.of("M14"), conflict_coding(year)
    later = say("M14.later", coding=conflict_coding(2019)) if year > THEN else ""
    levels = {"value": rule.level(coding), "strict": rule.at("strict").level(coding)}
    cow = say("M14.cow", coding=conflict_coding(2014, "COW")), verdict_by_coding("COW", 2014)
    return say.found("M14", until=year, coding=coding, later=later, **levels).beside(cow)


@claims.tests("M15")
def alarmed(vintage: Vintage) -> Finding:
    """Unfavourable views of China in Vietnam and India in the last survey up to 2019."""

    def view(code: str) -> str:
        return say("M15.view", name=name(code), row=compared.last_view(code, vintage))

    two = [compared.last_view(code, vintage) for code in ("VNM", "IND")]
    until, told = max(int(row.year) for row in two), {"vietnam": view("VNM"), "india": view("IND")}
    found = say.found("M15", value=compared.unfavourable(vintage), until=until, **told)
    answered = _of_those_who_answered(two)
    return found.beside(lambda: say("M15.others", each=view("JPN") + ", " + view("KOR")), answered)


def _of_those_who_answered(two: list[pd.Series]) -> Fact:
    """The same views with those who gave no answer left out of the base, in per cent."""
    answered = [asked.favourable + asked.unfavourable for asked in two]
    shares = (asked.unfavourable / part * 100 for asked, part in zip(two, answered, strict=True))
    return say.fact("M15.answered", tuple(shares), silent=[100 - part for part in answered])
