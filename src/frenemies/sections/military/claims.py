"""The tests of claims M1-M15, and what becomes of a verdict under the reader's own coding; data/claims.csv says where the thresholds lie."""

from frenemies import claims, evidence
from frenemies.claims import Finding, Rule
from frenemies.evidence import actors
from frenemies.measures.arms import (
    concentration,
    deliveries,
    last_window,
    share_of_arms_exports,
    share_of_arms_imports,
)
from frenemies.measures.conflicts import conflict_coding
from frenemies.measures.joint_exercises import counted, pacific_exercises
from frenemies.measures.ties import owe_defence
from frenemies.measures.words import name, percent, span

THEN = evidence.CUTS["annual"]
ALLIES = ("JPN", "KOR", "PHL", "TWN", "VNM")  # the five that the article calls allies of the USA
DEALS, EXERCISES, PLEDGES = "military/deals", "military/exercises", "geopolitical/pledges"
SEAS = [EXERCISES, "military/seas"]


# Verdicts under the reader's own coding


def pacific_verdicts(shown=(), yellow_sea="counted", patrols="counted"):
    """Claims M2 and M3 with the Yellow Sea and the patrols counted or left out, in one sentence. Raises Problem."""
    how = {"yellow_sea": counted(yellow_sea), "naval": not counted(patrols), "vintage": "then"}
    numbers = {
        "M2": len(pacific_exercises(2019, 2019, **how)),
        "M3": len(pacific_exercises(2012, 2018, **how)),
    }
    said = {claim: Rule.of(claim).outcome([number]) for claim, number in numbers.items()}
    return f"2019, to 9 August: {numbers['M2']}, so M2 (none) {said['M2']}. 2012 to 2018: {numbers['M3']}, so M3 (several) {said['M3']}."


def verdict_by_coding(coding, year):
    """The verdict on M14 under one coding: "holds", "partly" or "fails". Raises Problem."""
    return Rule.of("M14").level(conflict_coding(year, coding))


def conflict_verdict(shown=(), coding="UCDP", year=2018):
    """Claim M14 under one coding and year, in one sentence. Raises Problem."""
    return f"{coding}, {year}: {conflict_coding(year, coding)}. By this coding M14 {verdict_by_coding(coding, year)}."


# Claims


def _listed(rows):
    return "; ".join(rows.name + " (" + rows.date + ", " + rows.sea + ")") or "none"


def _until(vintage):
    """The day of the last exercise listed in 2019, or before the article."""
    days = evidence.table(EXERCISES, vintage).date
    return days[days.lt("2020")].max()


@claims.tests("M1")
def baltic_exercise(vintage):
    """Joint naval exercises in the Baltic in 2019; nothing is decided before the year is over."""
    listed = evidence.table(EXERCISES, vintage).query("sea == 'Baltic Sea'").rename_axis(None)
    held = (listed.date.str.startswith("2019") & listed.naval & listed.status.eq("held")).sum()
    announced = listed.status.eq("announced").sum()
    reason = f"Joint naval exercises in the Baltic in 2019: {held} held. Announced for any year: {announced}. On the list are: {_listed(listed)}."
    over = "not held" if vintage == "since" else "year not over"
    value = Rule.of("M1").level("held" if held else over)
    return Finding(
        value=value,
        reason=reason,
        data_until=_until(vintage),
        tables=[EXERCISES],
        tips="would flip if one were found",
    )


@claims.tests("M2")
def pacific_in_2019(vintage):
    """Joint exercises on the Pacific side in 2019, patrols counted; strict: warships only, Yellow Sea left out."""
    found = pacific_exercises(2019, 2019, naval=False, vintage=vintage)
    narrow = len(pacific_exercises(2019, 2019, yellow_sea=False, vintage=vintage))
    reason = f"Joint exercises and patrols on the Pacific side in 2019: {len(found)}. They are: {_listed(found)}."
    tips = "would flip with none at all"
    finding = Finding(
        value=len(found),
        reason=reason,
        data_until=_until(vintage),
        tables=SEAS,
        strict=narrow,
        lenient=len(found),
        tips=tips,
    )
    return finding.beside((f"Warships only, without the Yellow Sea: {narrow}.", narrow))


@claims.tests("M3")
def pacific_before(vintage):
    """Naval exercises held on the Pacific side from 2012 to 2018."""
    found = pacific_exercises(2012, 2018, vintage=vintage)
    narrow = len(pacific_exercises(2012, 2018, yellow_sea=False, vintage=vintage))
    reason = f"Naval exercises on the Pacific side from 2012 to 2018: {len(found)}. They are: {_listed(found)}."
    finding = Finding(value=len(found), reason=reason, data_until=THEN, tables=SEAS, strict=narrow)
    return finding.beside((f"Without the Yellow Sea: {narrow}.", narrow))


def _supply(claim, recipient, supplier, vintage, *facts):
    """Finding on a supplier's share, in per cent, of a recipient's imports in the latest window."""
    end = last_window(vintage)
    share = evidence.held(
        share_of_arms_imports(recipient, supplier, end),
        f"arms of {name(recipient)} from {name(supplier)} in {span(end)}",
    )
    low, high = concentration(recipient, end)
    spread = f"Concentration of {name(recipient)}'s suppliers (Herfindahl-Hirschman, 1 is a single one): between {low:.2f} and {high:.2f}."
    reason = f"{name(supplier)} supplied {percent(share)} of {name(recipient)}'s arms imports in {span(end)}."
    found = Finding(
        value=share * 100,
        reason=reason,
        data_until=end,
        tables=["military/arms_transfers", "military/arms_totals", DEALS],
    )
    return found.beside(*facts, spread)


@claims.tests("M4")
def ukraine_arms_china(vintage):
    """Ukraine's share of China's arms imports."""
    end = last_window(vintage)
    deals = evidence.table(DEALS).query(
        "supplier == 'UKR' and recipient == 'CHN' and @end - 4 <= year <= @end"
    )

    def engines():
        part = (
            evidence.some(deals, "deals of Ukraine with China")
            .groupby(deals.category.eq("Engines"))
            .tiv.sum()
        )
        return f"Engines are {percent(part.get(True, 0) / part.sum())} of what Ukraine delivered."

    def taken():
        part = evidence.held(
            share_of_arms_exports("UKR", "CHN", end), f"arms of Ukraine for China in {span(end)}"
        )
        return f"China took {percent(part)} of Ukraine's arms exports."

    russian = (
        f"Russia's share of China's imports: {percent(share_of_arms_imports('CHN', 'RUS', end))}."
    )
    return _supply("M4", "CHN", "UKR", vintage, engines, taken, russian)


@claims.tests("M5")
def russia_arms_vietnam(vintage):
    """Russia's share of Vietnam's arms imports."""
    return _supply("M5", "VNM", "RUS", vintage)


@claims.tests("M6")
def russia_arms_india(vintage):
    """Russia's share of India's arms imports."""
    rival = share_of_arms_imports("IND", "USA", last_window(vintage))
    return _supply("M6", "IND", "RUS", vintage, f"The USA's share: {percent(rival)}.")


@claims.tests("M7")
def border_wars(vintage):
    """Wars with China on the list of the Correlates of War, for Vietnam and for India."""
    wars = evidence.table("military/wars", vintage).query(
        "actor_a == 'CHN' and actor_b in ['VNM', 'IND', 'RUS']"
    )
    cow, ucdp = (
        {code: wars[wars.list.eq(source) & wars.actor_b.eq(code)] for code in ("VNM", "IND", "RUS")}
        for source in ("COW", "UCDP")
    )
    told = {
        code: ", ".join(rows.name + " " + rows.start.astype(str)) or "none"
        for code, rows in cow.items()
    }
    reason = f"{name('VNM')}: {told['VNM']}. {name('IND')}: {told['IND']}."
    more = "; ".join(
        f"{name(code)} {', '.join(rows.start.astype(str))}" for code, rows in ucdp.items()
    )
    other = f"Fighting with China over territory on the UCDP's list, first years: {more}."
    parted = wars[wars.note.ne("")]
    noted = [f"{row.list} {row.start}: {row.note}." for row in parted.itertuples()]
    by_cow, by_ucdp = ((len(source["VNM"]), len(source["IND"])) for source in (cow, ucdp))
    return Finding(value=by_cow, reason=reason, data_until=2007, tables=["military/wars"]).beside(
        (other, by_ucdp), *noted
    )


@claims.tests("M8")
def six_submarines(vintage):
    """Submarines that Vietnam had received by the end of 2018."""
    boats = deliveries("RUS", "VNM", "Project-636E", "then")
    total = int(boats.total.iloc[-1])
    reason = f"{total} submarines of the class Project 636 were delivered from {boats.year.min()} to {boats.year.max()}."
    return Finding(value=total, reason=reason, data_until=THEN, tables=[DEALS])


def _delivered(recipient, weapons, vintage):
    return ", ".join(
        f"{deliveries('RUS', recipient, weapon, vintage).total.iloc[-1]} {weapon}"
        for weapon in weapons
    )


@claims.tests("M9")
def mig35_research(vintage):
    """Undecided: joint research is in no table here."""
    held = evidence.table(DEALS, vintage).weapon.str.contains("MiG-35").sum()
    found = Finding(
        reason="The register lists deliveries, not joint research.",
        data_until=last_window(vintage),
        tables=[DEALS],
    )

    def listed():
        fighters = _delivered("IND", ["Su-30MK", "MiG-29SMT"], vintage)
        return f"MiG-35 among the deliveries held here: {held}. Russian fighters for India since 2009: {fighters}."

    return found.beside(listed)


@claims.tests("M10")
def inf_talks(vintage):
    """Two parts, by documents up to 9 August 2019: China refused; the USA and Russia proposed it jointly."""
    steps = evidence.table("military/inf_timeline", "then")
    refused, joint = (steps[steps.kind.eq(kind)].date for kind in ("refusal", "joint proposal"))
    after = [Rule.of("M10", reading).level("after") for reading in ("main", "strict", "lenient")]
    years = joint.str[:4].astype(int)
    value, strict, lenient = ((len(refused), int(years.gt(year).sum())) for year in after)
    since = f"after {after[0]:.0f}"
    reason = f"China refused on {', '.join(refused)}. Joint proposals of the USA and Russia {since}: {value[1]}; the last one listed: {joint.max()}."
    found = Finding(
        value=value,
        reason=reason,
        data_until=steps.date.max(),
        tables=["military/inf_timeline"],
        strict=strict,
        lenient=lenient,
        tips=f"would flip with one joint proposal {since}",
    )
    alone = f"By one of them alone: {'; '.join(steps[steps.kind.eq('proposal of one')].event)}."
    return found.beside(alone)


@claims.tests("M11")
def no_alliance(vintage):
    """Defence pledges between China and Russia."""
    pair = evidence.table(PLEDGES, vintage).query("actor_a == 'CHN' and actor_b == 'RUS'")
    over = pair.end_year.lt(THEN)
    held, once = pair[~over].pledge, pair[over & pair.pledge.eq("defence")]
    count = int(held.eq("defence").sum())
    found = Finding(
        value=count,
        reason=f"Defence pledges in force between China and Russia: {count}.",
        data_until=THEN,
        tables=[PLEDGES],
    )
    before = "; ".join(
        f"{row.start_year}-{row.end_year:.0f} ({row.note})" for row in once.itertuples()
    )
    earlier = f"Defence pledges of the past: {before or 'none on record'}."
    other = f"What they pledged each other in {THEN}: {', '.join(held[held.ne('defence')]) or 'nothing'}."
    owed = [
        f"{name(code)} has defence pledges with {_owed(code, vintage)}." for code in ("CHN", "RUS")
    ]
    later = f"ATOP ends in {THEN}; of later pacts two are listed, none of them between these two."
    return found.beside(earlier, other, *owed, later)


def _owed(code, vintage):
    """The actors to whom one owes defence, in words."""
    others = [
        other for other in actors.ALL if other != code and owe_defence(code, other, THEN, vintage)
    ]
    return ", ".join(map(name, others)) or "no actor"


@claims.tests("M12")
def most_modern(vintage):
    """Undecided: no table ranks weapons by modernity."""
    found = Finding(
        reason="No table here ranks weapons by modernity.",
        data_until=last_window(vintage),
        tables=[DEALS],
    )

    def listed():
        delivered = _delivered("CHN", ["Su-35S", "S-400 Triumf"], vintage)
        return f"Delivered to China (aircraft, air-defence systems): {delivered}."

    return found.beside(listed)


@claims.tests("M13")
def us_allies(vintage):
    """How many of the five have a defence pledge of the USA."""
    sworn = [code for code in ALLIES if owe_defence(code, "USA", THEN, vintage)]
    rest = ", ".join(name(code) for code in ALLIES if code not in sworn)
    reason = f"{len(sworn)} of five: {', '.join(map(name, sworn))}. No defence pledge on record: {rest or 'none of them'}."
    law = "ATOP counts treaties: what a US law says about Taiwan's defence is not in it."
    return Finding(value=len(sworn), reason=reason, data_until=THEN, tables=[PLEDGES]).beside(law)


@claims.tests("M14")
def ukraine_conflict(vintage):
    """The coding of Russia and Ukraine by the UCDP; strict: only state against state counts."""
    year = THEN if vintage == "then" else 2022
    later = f" It codes 2019: {conflict_coding(2019)}." if year > THEN else ""
    reason = f"The UCDP codes {year}: {conflict_coding(year)}.{later}"
    rule, coding = Rule.of("M14"), conflict_coding(year)
    value, strict = rule.level(coding), rule.at("strict").level(coding)
    tables = ["geopolitical/conflicts", "geopolitical/disputes"]
    found = Finding(
        value=value,
        reason=reason,
        data_until=year,
        tables=tables,
        strict=strict,
        tips="the coding decides",
    )
    other = f"The Correlates of War's disputes end in 2014 and code that year: {conflict_coding(2014, 'COW')}."
    return found.beside((other, verdict_by_coding("COW", 2014)))


@claims.tests("M15")
def alarmed(vintage):
    """Unfavourable views of China in Vietnam and India in the last survey up to 2019."""
    asked = (
        evidence.table("geopolitical/opinion", vintage)
        .query("about == 'CHN' and year <= 2019")
        .sort_values("year")
    )

    def last(code):
        return evidence.some(asked[asked.actor.eq(code)], f"views of China in {name(code)}").iloc[
            -1
        ]

    def say(code):
        return f"{name(code)} {last(code).unfavourable:.0f} % ({last(code).year})"

    vietnam, india = map(last, ("VNM", "IND"))
    reason = f"Unfavourable view of China: {say('VNM')}, {say('IND')}."
    value = (float(vietnam.unfavourable), float(india.unfavourable))
    found = Finding(
        value=value,
        reason=reason,
        data_until=int(max(vietnam.year, india.year)),
        tables=["geopolitical/opinion"],
    )

    def others():
        return f"Neighbours beside them: {say('JPN')}, {say('KOR')}."

    return found.beside(others, _of_those_who_answered(vietnam, india))


def _of_those_who_answered(vietnam, india):
    """The same views with those who gave no answer left out of the base: (sentence, shares in per cent)."""
    answered = [asked.favourable + asked.unfavourable for asked in (vietnam, india)]
    share = (vietnam.unfavourable / answered[0] * 100, india.unfavourable / answered[1] * 100)
    silent = "Without those who gave no answer ({:.0f} % in Vietnam, {:.0f} % in India)".format(
        *(100 - part for part in answered)
    )
    return silent + " it is {:.0f} % and {:.0f} %.".format(*share), share
