"""The tests of claims M1-M15, and what becomes of a verdict under the reader's own coding.

data/claims.csv says where the thresholds lie.
"""

from collections.abc import Sequence
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
from frenemies.measures.words import name, percent, span

THEN = evidence.CUTS["annual"]
ALLIES = ("JPN", "KOR", "PHL", "TWN", "VNM")  # the five that the article calls allies of the USA
DEALS, EXERCISES, PLEDGES = "military/deals", "military/exercises", "geopolitical/pledges"
ARMS = ["military/arms_transfers", "military/arms_totals", DEALS]
SEAS = [EXERCISES, "military/seas"]


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
    return "; ".join(rows.name + " (" + rows.date + ", " + rows.sea + ")") or "none"


def _until(vintage: Vintage) -> str:
    """The day of the last exercise listed in 2019, or before the article."""
    days = evidence.table(EXERCISES, vintage).date
    return days[days.lt("2020")].max()


@claims.tests("M1")
def baltic_exercise(vintage: Vintage) -> Finding:
    """Joint naval exercises in the Baltic in 2019; nothing is decided before the year is over."""
    listed = evidence.table(EXERCISES, vintage).query("sea == 'Baltic Sea'").rename_axis(None)
    held = (listed.date.str.startswith("2019") & listed.naval & listed.status.eq("held")).sum()
    announced = listed.status.eq("announced").sum()
    count = f"Joint naval exercises in the Baltic in 2019: {held} held"
    none = "not held" if vintage == "since" else "year not over"
    return Finding(
        value=Rule.of("M1").level("held" if held else none),
        reason=f"{count}. Announced for any year: {announced}. On the list are: {_listed(listed)}.",
        until=_until(vintage),
        tables=[EXERCISES],
        tips="would flip if one were found",
    )


@claims.tests("M2")
def pacific_in_2019(vintage: Vintage) -> Finding:
    """Joint exercises on the Pacific side in 2019; strict: warships only, Yellow Sea left out."""
    held = pacific_exercises(2019, 2019, naval=False, vintage=vintage)
    narrow = len(pacific_exercises(2019, 2019, yellow_sea=False, vintage=vintage))
    side = f"Joint exercises and patrols on the Pacific side in 2019: {len(held)}"
    return Finding(
        value=len(held),
        reason=f"{side}. They are: {_listed(held)}.",
        until=_until(vintage),
        tables=SEAS,
        strict=narrow,
        lenient=len(held),
        tips="would flip with none at all",
    ).beside((f"Warships only, without the Yellow Sea: {narrow}.", narrow))


@claims.tests("M3")
def pacific_before(vintage: Vintage) -> Finding:
    """Naval exercises held on the Pacific side from 2012 to 2018."""
    held = pacific_exercises(2012, 2018, vintage=vintage)
    narrow = len(pacific_exercises(2012, 2018, yellow_sea=False, vintage=vintage))
    side = f"Naval exercises on the Pacific side from 2012 to 2018: {len(held)}"
    reason = f"{side}. They are: {_listed(held)}."
    found = Finding(value=len(held), reason=reason, until=THEN, tables=SEAS, strict=narrow)
    return found.beside((f"Without the Yellow Sea: {narrow}.", narrow))


def _supply(recipient: str, supplier: str, vintage: Vintage, *facts: Any) -> Finding:
    """A supplier's share, in per cent, of a recipient's imports in the latest window."""
    end, buyer, seller = arms.last_window(vintage=vintage), name(recipient), name(supplier)
    share, what = (
        arms.share_of_arms_imports(recipient, supplier, end),
        f"arms of {buyer} from {seller}",
    )
    share = evidence.held(share, f"{what} in {span(end)}")
    low, high = arms.concentration(recipient, end)
    spread = f"Concentration of {buyer}'s suppliers (Herfindahl-Hirschman, 1 is a single one)"
    reason = f"{seller} supplied {percent(share)} of {buyer}'s arms imports in {span(end)}."
    found = Finding(value=100 * share, reason=reason, until=end, tables=ARMS)
    return found.beside(*facts, f"{spread}: between {low:.2f} and {high:.2f}.")


@claims.tests("M4")
def ukraine_arms_china(vintage: Vintage) -> Finding:
    """Ukraine's share of China's arms imports."""
    end = arms.last_window(vintage=vintage)
    deals = evidence.table(DEALS).query("supplier == 'UKR' and recipient == 'CHN'")
    deals = deals[deals.year.between(end - 4, end)]

    def engines() -> str:
        held = evidence.some(deals, "deals of Ukraine with China")
        part = held.tiv[held.category.eq("Engines")].sum() / held.tiv.sum()
        return f"Engines are {percent(part)} of what Ukraine delivered."

    def taken() -> str:
        part = arms.share_of_arms_exports("UKR", "CHN", end)
        held = evidence.held(part, f"arms of Ukraine for China in {span(end)}")
        return f"China took {percent(held)} of Ukraine's arms exports."

    russian = percent(arms.share_of_arms_imports("CHN", "RUS", end))
    beside = f"Russia's share of China's imports: {russian}."
    return _supply("CHN", "UKR", vintage, engines, taken, beside)


@claims.tests("M5")
def russia_arms_vietnam(vintage: Vintage) -> Finding:
    """Russia's share of Vietnam's arms imports."""
    return _supply("VNM", "RUS", vintage)


@claims.tests("M6")
def russia_arms_india(vintage: Vintage) -> Finding:
    """Russia's share of India's arms imports."""
    rival = arms.share_of_arms_imports("IND", "USA", arms.last_window(vintage=vintage))
    return _supply("IND", "RUS", vintage, f"The USA's share: {percent(rival)}.")


@claims.tests("M7")
def border_wars(vintage: Vintage) -> Finding:
    """Wars with China on the list of the Correlates of War, for Vietnam and for India."""
    wars = evidence.table("military/wars", vintage).query("actor_a == 'CHN'")
    wars = wars[wars.actor_b.isin(["VNM", "IND", "RUS"])]

    def on(source: str, code: str) -> pd.DataFrame:
        return wars[wars.list.eq(source) & wars.actor_b.eq(code)]

    def told(code: str) -> str:
        cow = on("COW", code)
        return f"{name(code)}: {', '.join(cow.name + ' ' + cow.start.astype(str)) or 'none'}."

    def both(source: str) -> tuple[int, int]:
        return len(on(source, "VNM")), len(on(source, "IND"))

    first = "; ".join(
        f"{name(code)} {', '.join(on('UCDP', code).start.astype(str))}"
        for code in ("VNM", "IND", "RUS")
    )
    other = f"Fighting with China over territory on the UCDP's list, first years: {first}."
    parted = wars[wars.note.ne("")].itertuples()
    noted = [f"{row.list} {row.start}: {row.note}." for row in parted]
    reason, tables = f"{told('VNM')} {told('IND')}", ["military/wars"]
    found = Finding(value=both("COW"), reason=reason, until=2007, tables=tables)
    return found.beside((other, both("UCDP")), *noted)


@claims.tests("M8")
def six_submarines(vintage: Vintage) -> Finding:
    """Submarines that Vietnam had received by the end of 2018."""
    boats = arms.deliveries("RUS", "VNM", "Project-636E", vintage="then")
    total, years = int(boats.total.iloc[-1]), f"from {boats.year.min()} to {boats.year.max()}"
    reason = f"{total} submarines of the class Project 636 were delivered {years}."
    return Finding(value=total, reason=reason, until=THEN, tables=[DEALS])


def _delivered(recipient: str, weapons: Sequence[str], vintage: Vintage) -> str:
    rows = {
        weapon: arms.deliveries("RUS", recipient, weapon, vintage=vintage) for weapon in weapons
    }
    return ", ".join(f"{sent.total.iloc[-1]} {weapon}" for weapon, sent in rows.items())


@claims.tests("M9")
def mig35_research(vintage: Vintage) -> Finding:
    """Undecided: joint research is in no table here."""
    held = evidence.table(DEALS, vintage).weapon.str.contains("MiG-35").sum()

    def listed() -> str:
        fighters = _delivered("IND", ["Su-30MK", "MiG-29SMT"], vintage)
        mig = f"MiG-35 among the deliveries held here: {held}."
        return f"{mig} Russian fighters for India since 2009: {fighters}."

    reason, end = (
        "The register lists deliveries, not joint research.",
        arms.last_window(vintage=vintage),
    )
    return Finding(reason=reason, until=end, tables=[DEALS]).beside(listed)


@claims.tests("M10")
def inf_talks(vintage: Vintage) -> Finding:
    """Two parts, by documents to August 2019: China refused; the USA and Russia proposed it."""
    steps = evidence.table("military/inf_timeline", "then")
    refused, joint = (steps[steps.kind.eq(kind)].date for kind in ("refusal", "joint proposal"))
    years = joint.str[:4].astype(int)
    after = [Rule.of("M10", reading).level("after") for reading in ("main", "strict", "lenient")]
    value, strict, lenient = ((len(refused), int(years.gt(year).sum())) for year in after)
    since = f"after {after[0]:.0f}"
    proposed = f"Joint proposals of the USA and Russia {since}: {value[1]}"
    dates = f"China refused on {', '.join(refused)}"
    alone = "; ".join(steps[steps.kind.eq("proposal of one")].event)
    return Finding(
        value=value,
        reason=f"{dates}. {proposed}; the last one listed: {joint.max()}.",
        until=steps.date.max(),
        tables=["military/inf_timeline"],
        strict=strict,
        lenient=lenient,
        tips=f"would flip with one joint proposal {since}",
    ).beside(f"By one of them alone: {alone}.")


@claims.tests("M11")
def no_alliance(vintage: Vintage) -> Finding:
    """Defence pledges between China and Russia."""
    pair = evidence.table(PLEDGES, vintage).query("actor_a == 'CHN' and actor_b == 'RUS'")
    over, defence = pair.end_year.lt(THEN), pair.pledge.eq("defence")
    count, rest = int((defence & ~over).sum()), ", ".join(pair.pledge[~over & ~defence])
    past = pair[over & defence].itertuples()
    before = "; ".join(f"{row.start_year}-{row.end_year:.0f} ({row.note})" for row in past)
    reason = f"Defence pledges in force between China and Russia: {count}."
    return Finding(value=count, reason=reason, until=THEN, tables=[PLEDGES]).beside(
        f"Defence pledges of the past: {before or 'none on record'}.",
        f"What they pledged each other in {THEN}: {rest or 'nothing'}.",
        _owed("CHN", vintage),
        _owed("RUS", vintage),
        f"ATOP ends in {THEN}; of later pacts two are listed, none of them between these two.",
    )


def _owed(code: str, vintage: Vintage) -> str:
    """To whom an actor owes defence, in a sentence."""
    others = [other for other in actors.ALL if other != code]
    owed = [name(one) for one in others if owe_defence(code, one, THEN, vintage=vintage)]
    return f"{name(code)} has defence pledges with {', '.join(owed) or 'no actor'}."


@claims.tests("M12")
def most_modern(vintage: Vintage) -> Finding:
    """Undecided: no table ranks weapons by modernity."""

    def listed() -> str:
        delivered = _delivered("CHN", ["Su-35S", "S-400 Triumf"], vintage)
        return f"Delivered to China (aircraft, air-defence systems): {delivered}."

    reason, end = "No table here ranks weapons by modernity.", arms.last_window(vintage=vintage)
    return Finding(reason=reason, until=end, tables=[DEALS]).beside(listed)


@claims.tests("M13")
def us_allies(vintage: Vintage) -> Finding:
    """How many of the five have a defence pledge of the USA."""
    sworn = [code for code in ALLIES if owe_defence(code, "USA", THEN, vintage=vintage)]
    rest = ", ".join(name(code) for code in ALLIES if code not in sworn)
    five = f"{len(sworn)} of five: {', '.join(map(name, sworn))}"
    reason = f"{five}. No defence pledge on record: {rest or 'none of them'}."
    law = "ATOP counts treaties: what a US law says about Taiwan's defence is not in it."
    return Finding(value=len(sworn), reason=reason, until=THEN, tables=[PLEDGES]).beside(law)


@claims.tests("M14")
def ukraine_conflict(vintage: Vintage) -> Finding:
    """The coding of Russia and Ukraine by the UCDP; strict: only state against state counts."""
    year = THEN if vintage == "then" else 2022
    rule, coding = Rule.of("M14"), conflict_coding(year)
    later = f" It codes 2019: {conflict_coding(2019)}." if year > THEN else ""
    cow = "The Correlates of War's disputes end in 2014 and code that year"
    return Finding(
        value=rule.level(coding),
        reason=f"The UCDP codes {year}: {coding}.{later}",
        until=year,
        tables=["geopolitical/conflicts", "geopolitical/disputes"],
        strict=rule.at("strict").level(coding),
        tips="the coding decides",
    ).beside((f"{cow}: {conflict_coding(2014, 'COW')}.", verdict_by_coding("COW", 2014)))


@claims.tests("M15")
def alarmed(vintage: Vintage) -> Finding:
    """Unfavourable views of China in Vietnam and India in the last survey up to 2019."""
    asked = evidence.table("geopolitical/opinion", vintage)
    asked = asked.query("about == 'CHN' and year <= 2019").sort_values("year")

    def last(code: str) -> pd.Series:
        rows = asked[asked.actor.eq(code)]
        return evidence.some(rows, f"views of China in {name(code)}").iloc[-1]

    def say(code: str) -> str:
        return f"{name(code)} {last(code).unfavourable:.0f} % ({last(code).year})"

    def others() -> str:
        return f"Neighbours beside them: {say('JPN')}, {say('KOR')}."

    vietnam, india = last("VNM"), last("IND")
    return Finding(
        value=(float(vietnam.unfavourable), float(india.unfavourable)),
        reason=f"Unfavourable view of China: {say('VNM')}, {say('IND')}.",
        until=int(max(vietnam.year, india.year)),
        tables=["geopolitical/opinion"],
    ).beside(others, _of_those_who_answered(vietnam, india))


def _of_those_who_answered(vietnam: pd.Series, india: pd.Series) -> Fact:
    """The same views with those who gave no answer left out of the base, in per cent."""
    answered = [asked.favourable + asked.unfavourable for asked in (vietnam, india)]
    silent = [100 - part for part in answered]
    share = (vietnam.unfavourable / answered[0] * 100, india.unfavourable / answered[1] * 100)
    without = "Without those who gave no answer ({:.0f} % in Vietnam, {:.0f} % in India)"
    return f"{without} it is {{:.0f}} % and {{:.0f}} %.".format(*silent, *share), share
