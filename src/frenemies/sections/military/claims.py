"""The tests of this section's claims, and what becomes of a verdict under the reader's own coding.

claims.toml says where the thresholds lie, and what the tests say.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd

from frenemies.measures import arms, trade
from frenemies.measures.conflicts import COW_UNTIL, conflict_coding, conflicts_coded
from frenemies.measures.joint_exercises import is_counted, pacific_exercises
from frenemies.measures.pair import COUNTED_TO
from frenemies.measures.ties import in_force, owe_defence
from frenemies.sections import ALLIES, CARRIER, LENGTHS
from frenemies.sections.military import claim_measures
from frenemies.sections.military.claim_measures import THEN
from frenemies.sections.supplied import ARMS, few_aircraft, listed_until, rival_since, supplied
from heldto import claims, evidence
from heldto.claims import Finding, course, rule_of
from heldto.claims.listed import edges
from heldto.claims.noise import Noise
from heldto.claims.rule import Variant
from heldto.claims.sentences import Sentences
from heldto.claims.verdict import Told
from heldto.errors import Problem
from heldto.evidence import Vintage, actors
from heldto.evidence.caching import cached
from heldto.measures import count
from heldto.text.arguments import one_of
from heldto.text.options import picked, year_of
from heldto.text.words import (
    WORDS,
    format_day,
    format_years,
    in_percent,
    join_names,
    percent,
    short_name,
)

DEALS, EXERCISES, PLEDGES = "military/deals", "military/exercises", "geopolitical/pledges"

say = Sentences()


# Verdicts under the reader's own coding


def pacific_verdicts(
    shown: Sequence[str] = (), yellow_sea: str = "counted", patrols: str = "counted"
) -> str:
    """Claims M2 and M3 with the Yellow Sea and the patrols counted or left out, in one sentence.

    Raises Problem.
    """
    choices = {"yellow_sea": yellow_sea, "patrols": patrols}
    choices = {name: "in" if is_counted(word) else "out" for name, word in choices.items()}

    def said(claim: str, word: str) -> str:
        finding = claims.evaluate(claim, "then", **choices)
        return f"{finding.value}, so {claim} ({word}) {rule_of(claim).outcome([finding.value])}."

    in_2019, before = said("M2", "none"), said("M3", "several")
    return f"2019, to 9 August: {in_2019} 2012 to 2018: {before}"


def verdict_by_coding(coding: str, year: int) -> str:
    """The verdict on M14 under one coding: "holds", "partly" or "fails". Raises Problem."""
    return rule_of("M14").level(conflict_coding(year, coding))


def conflict_verdict(shown: Sequence[str] = (), coding: str = "UCDP", year: int = 2018) -> str:
    """Claim M14 under one coding and year, in one sentence. Raises Problem."""
    verdict = f"By this coding M14 {verdict_by_coding(coding, year)}."
    ended = coding == "COW" and year > COW_UNTIL
    of = f" (of {COW_UNTIL}: its record ends there)" if ended else ""
    return f"{coding}, {year}: {conflict_coding(year, coding)}{of}. {verdict}"


# Claims


def _listed(rows: pd.DataFrame) -> str:
    cells = zip(rows.name, rows.date, rows.sea, strict=True)
    return "; ".join(f"{name} ({format_day(date)}, {sea})" for name, date, sea in cells) or "none"


def _until(vintage: Vintage) -> str:
    """The day of the last exercise listed in 2019, or before the article."""
    days = evidence.table(EXERCISES, vintage).date
    return days[days.lt("2020")].max()


@claims.tests("M1")
def baltic_exercise(vintage: Vintage) -> Finding:
    """Joint naval exercises in the Baltic in 2019; nothing is decided before the year is over."""
    rows = evidence.where(EXERCISES, vintage, sea="Baltic Sea")
    in_2019 = rows[rows.date.str.startswith("2019")]
    held_count = int(count(in_2019, {"naval": True, "status": "held"}).value)
    absent = "not held" if vintage == "since" else "year not over"
    value = rule_of("M1").level("held" if held_count else absent)
    announced = int(count(rows, {"status": "announced"}).value)
    context = {"listed": _listed(rows), "held": held_count, "announced": announced}
    return say.found("M1", value=value, until=_until(vintage), **context)


def _pacific(
    claim: str,
    years: tuple[int, int],
    vintage: Vintage,
    *,
    yellow_sea: str = "in",
    patrols: str = "in",
    south_china_sea: str = "in",
    status: str = "held",
) -> Finding:
    """Joint exercises on the Pacific side; strict: warships only, Yellow Sea left out."""
    ships = not picked(COUNTS, patrols, "choice")
    choices = {"yellow_sea": yellow_sea, "south_china_sea": south_china_sea}
    seas = {sea: picked(COUNTS, choice, "choice") for sea, choice in choices.items()}
    plans = picked({"held": False, "planned": True}, status, "status")
    rows = pacific_exercises(*years, naval=ships, announced=plans, vintage=vintage, **seas)
    narrow = len(pacific_exercises(*years, yellow_sea=False, vintage=vintage))
    left_out = " or ".join(SEAS[sea] for sea, counts in seas.items() if not counts)
    what = say("M2.ships" if ships else "M2.all") + (say("M2.planned") if plans else "")
    context = {"what": what, "without": say("M2.without", seas=left_out) if left_out else ""}
    context |= {"listed": _listed(rows), "until": _until(vintage) if years[1] > THEN else THEN}
    key, beside = claim if len(rows) else f"{claim}.reason", say.fact(f"{claim}.narrow", narrow)
    return say.found(key, beside, value=len(rows), strict=narrow, **context)


COUNTS = {"in": True, "out": False}
SEAS = {"yellow_sea": "the Yellow Sea", "south_china_sea": "the South China Sea"}
FOUGHT = {"VNM": "Vietnam", "IND": "India", "RUS": "the Soviet Union"}  # as they were called then

claims.tests("M2")(partial(_pacific, "M2", (2019, 2019)))
claims.tests("M3")(partial(_pacific, "M3", (2012, 2018), patrols="out"))


def _supply(
    claim: str,
    vintage: Vintage,
    recipient: str,
    supplier: str,
    *,
    facts: Sequence[Callable[[int, int, str], str]] = (),
    window: str = "",
    length: str = "5",
    seller: str = "Ukraine",
    carrier: str = "with",
    asked: str = "arms",
) -> Finding:
    """A supplier's share of a recipient's imports, latest window, percent; or all others'.

    claim: near whose thresholds the share is told in more digits; facts: what stands beside it, by
    the last year, the number of years and the weapon that is left out.
    """
    if picked({"arms": False, "rival": True}, asked, "choice"):
        return _rival(recipient, vintage)
    end, years = year_of(ARMS, vintage, window), picked(LENGTHS, length, "length")
    less, asks_others = picked(CARRIER, carrier, "choice"), picked(SELLERS, seller, "seller")
    supplier_code, buyer = "RUS" if asks_others else supplier, short_name(recipient)
    share = supplied(vintage, recipient, supplier_code, window=window, length=years, less=less)
    share, seller = (
        (100 - share, say("M4.others")) if asks_others else (share, short_name(supplier_code))
    )
    context = {"seller": seller, "buyer": buyer, "years": format_years(end, years)}
    context |= {
        "share": percent(share / 100, edges(claim)),
        "less": say("M4.carrier") if less else "",
    }

    def spread() -> str:
        bounds = arms.concentration(recipient, end, years, less=less)
        return say("M4.spread", buyer=buyer, spread=bounds)

    beside = (partial(fact, end, years, less) for fact in facts)
    grain = partial(few_aircraft, recipient, end=end, length=years)
    return say.found("M4", *beside, spread, value=share, until=end, grain=grain, **context)


def _rival(code: str, vintage: Vintage) -> Finding:
    """Whether a strategic rivalry of China and an actor is alive."""
    until = listed_until(vintage)
    start_year = rival_since("CHN", code, until, vintage)
    stands = f"has stood since {start_year}" if start_year else "does not stand"
    context = {"buyer": short_name(code), "stands": stands, "until": until}
    return say.found("M4.rival", value="holds" if start_year else "fails", **context)


SELLERS = {"Ukraine": False, "others": True}


def _engines(end: int, years: int, less: str) -> str:
    deals = evidence.where(DEALS, supplier="UKR", recipient="CHN")
    deals = deals[deals.year.between(end - years + 1, end) & deals.weapon.ne(less)]
    rows = evidence.some(deals, "deals of Ukraine with China")
    part = rows.tiv[rows.category.eq("Engines")].sum() / rows.tiv.sum()
    return say("M4.engines", part=percent(part))


def _taken(end: int, years: int, less: str) -> str:
    part = arms.share_of_arms_exports("UKR", "CHN", end, years)
    known_part = evidence.held(part, f"arms of Ukraine for China in {format_years(end, years)}")
    return say("M4.taken", part=percent(known_part))


def _russian(end: int, years: int, less: str) -> str:
    share = arms.share_of_arms_imports("CHN", "RUS", end, years, less=less)
    return say("M4.russia", share=percent(share))


def _american(end: int, years: int, less: str) -> str:
    share = arms.share_of_arms_imports("IND", "USA", end, years, less=less)
    return say("M6.usa", share=percent(share))


FACTS = (_engines, _taken, _russian)


@course.yearly("M4")
def ukraine_by_year(vintage: Vintage) -> pd.Series:
    """Ukraine's share of China's arms imports in the five years to each, percent."""
    ends = range(2008, arms.last_window(vintage=vintage) + 1)
    return pd.Series(
        {end: in_percent(arms.share_of_arms_imports("CHN", "UKR", end)) for end in ends}
    )


claims.tests("M4", "UKR")(partial(_supply, "M4", recipient="CHN", supplier="UKR", facts=FACTS))
claims.tests("M5", "VNM")(partial(_supply, "M5", recipient="VNM", supplier="RUS"))
claims.tests("M6", "IND")(
    partial(_supply, "M6", recipient="IND", supplier="RUS", facts=(_american,))
)


@claims.tests("M7", "VNM", "IND")
def border_wars(
    vintage: Vintage,
    vietnam: str = "VNM",
    india: str = "IND",
    china: str = "CHN",
    *,
    list: str = "COW",  # noqa: A002 (a test takes its readings by their names)
) -> Finding:
    """Wars with China on the list of the Correlates of War, for Vietnam and for India."""

    def on(source: str, code: str) -> pd.DataFrame:
        rows = claim_measures.fought_on(vintage, source)
        rows = rows[rows.actor_a.eq("CHN") & rows.actor_b.eq(code)]
        return rows.astype({"start": str})

    def other() -> tuple[str, Any]:
        ucdp = {code: on("UCDP", code).start for code in FOUGHT}
        phrases = "; ".join(f"{FOUGHT[code]} {', '.join(years)}" for code, years in ucdp.items())
        return say.fact("M7.fought", (len(ucdp["VNM"]), len(ucdp["IND"])), each=phrases)

    value = claim_measures.wars(vintage, vietnam, india, china, source=list)

    def own() -> dict[str, str]:
        wars = {code: on(list, code) for code in ("VNM", "IND")}
        return {code: ", ".join(war.name + " " + war.start) or "none" for code, war in wars.items()}

    noted = [say("M7.noted", row=row) for row in _noted(vintage).itertuples()]
    whose = say(f"M7.{list}")
    return say.found("M7", other, *noted, value=value, until=2007, told=own, whose=whose)


@cached
def _noted(vintage: Vintage) -> pd.DataFrame:
    """China's wars with the three of which something is noted."""
    wars = evidence.where("military/wars", vintage, actor_a="CHN")
    return wars[wars.actor_b.isin([*FOUGHT]) & wars.note.ne("")].astype({"start": str})


@claims.tests("M8")
def six_submarines(vintage: Vintage) -> Finding:
    """Submarines that Vietnam had received by the end of 2018."""
    boats = arms.deliveries("RUS", "VNM", "Project-636E", vintage="then")
    years = {"first": boats.year.min(), "last": boats.year.max()}
    return say.found("M8", value=int(boats.total.iloc[-1]), until=THEN, **years)


def _delivered(vintage: Vintage, recipient: str, *weapons: str) -> str:
    deliveries = {
        weapon: arms.deliveries("RUS", recipient, weapon, vintage=vintage) for weapon in weapons
    }
    return ", ".join(f"{rows.total.iloc[-1]} {weapon}" for weapon, rows in deliveries.items())


@claims.tests("M9")
def mig35_research(vintage: Vintage) -> Finding:
    """Undecided: joint research is in no table here."""
    listed_count = evidence.table(DEALS, vintage).weapon.str.contains("MiG-35").sum()
    fighters = partial(_delivered, vintage, "IND", "Su-30MK", "MiG-29SMT")
    until = arms.last_window(vintage=vintage)
    return say.found(
        "M9", lambda: say("M9.listed", held=listed_count, fighters=fighters()), until=until
    )


@claims.tests("M10")
def inf_talks(vintage: Vintage, *, form: str = "joint", since: str = "2015") -> Finding:
    """Two parts, by documents to August 2019: China refused; the USA and Russia proposed it."""
    steps, variant = evidence.table("military/inf_timeline", "then"), picked(AFTER, since, "year")
    refused, (proposed, what) = steps.date[steps.kind.eq("refusal")], _proposed(steps, form)

    years = proposed.date.str[:4].astype(int)

    def both(reading: Variant) -> tuple[int, int]:
        late = proposed[years.gt(_after(reading))]
        number = late[["usa", "russia"]].sum().min() if form == "each" else len(late)
        return len(refused), int(number)

    counts = {"value": both(variant), "strict": both("strict"), "lenient": both("lenient")}
    context = {
        "refused": ", ".join(map(format_day, refused)),
        "what": what,
        "after": _after(variant),
    }
    context |= {"when": say("M10.after", **context) if context["after"] else say("M10.ever")}
    context |= {"last": format_day(proposed.date.max()) if len(proposed) else "none", **counts}
    as_stated = (form, since) == ("joint", "2015")
    alone = "; ".join(steps[steps.kind.eq("proposal of one")].event)
    both_said = "; ".join(steps[steps.kind.eq("statement") & steps.usa & steps.russia].event)
    beside = say("M10.alone", events=alone), both_said and say("M10.said", events=both_said)
    return say.found(
        "M10" if as_stated else "M10.reason", *beside, until=steps.date.max(), **context
    )


AFTER: dict[str, Variant] = {"2015": "main", "2018": "strict", "any": "lenient"}


def _after(reading: Variant) -> float:
    return rule_of("M10", reading).level("after")


def _proposed(steps: pd.DataFrame, form: str) -> tuple[pd.DataFrame, str]:
    """What counts as a proposal under a reading, and that in words."""
    joint, alone = (steps.kind.eq(kind) for kind in ("joint proposal", "proposal of one"))
    osaka = steps.event.str.startswith("Osaka")
    by_form = {"joint": joint, "each": joint | alone, "Osaka": joint | osaka}
    return steps[picked(by_form, form, "form")], say(f"M10.{form}")


@claims.tests("M11", "RUS")
def no_alliance(
    vintage: Vintage,
    china: str = "CHN",
    russia: str = "RUS",
    *,
    pledge: str = "defence",
    since: str = "1990",
) -> Finding:
    """Defence pledges between China and Russia."""
    first, second = sorted((china, russia))
    pair = evidence.where(PLEDGES, vintage, actor_a=first, actor_b=second)
    over, defence = pair.end_year.lt(THEN), pair.pledge.eq("defence")
    start = picked({"1990": THEN, "1949": 1949}, since, "year")
    counts = pair.pledge.str.fullmatch(picked(PLEDGED, pledge, "pledge"))
    counts &= pair.start_year.le(THEN) & ~pair.end_year.lt(start)

    def past() -> str:
        ended_rows = pair[over & defence].itertuples()
        spans = "; ".join(f"{row.start_year}-{row.end_year:.0f} ({row.note})" for row in ended_rows)
        return say("M11.past", each=spans or "none on record")

    def others() -> str:
        kinds = ", ".join(pair.pledge[~over & ~defence])
        return say("M11.others", until=THEN, each=kinds or "nothing")

    context = {
        "what": say(f"M11.{pledge}"),
        "when": say(f"M11.{since}"),
        "value": int(counts.sum()),
    }
    owed_facts = (partial(_owed, code, vintage) for code in (china, russia))
    end = say("M11.end", until=THEN)
    return say.found("M11", past, others, *owed_facts, end, until=THEN, **context)


PLEDGED = {"defence": "defence", "consultation": "defence|consultation", "any": ".*"}


def _owed(code: str, vintage: Vintage) -> str:
    """To whom an actor owes defence, in a sentence."""
    names = [
        short_name(other) for other in actors.ALL if owe_defence(code, other, THEN, vintage=vintage)
    ]
    return say("M11.owed", until=THEN, name=short_name(code), others=", ".join(names) or "no actor")


@claims.tests("M12")
def most_modern(vintage: Vintage) -> Finding:
    """Undecided: no table ranks weapons by modernity."""
    delivered = partial(_delivered, vintage, "CHN", "Su-35S", "S-400 Triumf")
    until = arms.last_window(vintage=vintage)
    return say.found("M12", lambda: say("M12.listed", delivered=delivered()), until=until)


@claims.tests("M13", "USA")
def count_us_allies(vintage: Vintage, usa: str = "USA", *, source: str = "ATOP") -> Finding:
    """How many of the five have a defence pledge of the USA."""
    if usa in ALLIES:
        raise Problem(f"{short_name(usa)} is one of the five itself: choose another actor")
    words = {"ATOP": "", "relations act": "M13.act", "non-NATO ally": "M13.named"}
    law = picked(words, source, "source")
    listed_codes = (
        {*evidence.where("military/us_laws", vintage, law=source).actor} if law else set()
    )
    owed_codes = {code for code in ALLIES if owe_defence(code, usa, THEN, vintage=vintage)}
    sworn = sorted(owed_codes | listed_codes & {*ALLIES})
    rest = ", ".join(short_name(code) for code in ALLIES if code not in sworn)
    context = {"sworn": ", ".join(map(short_name, sworn)), "rest": rest or "none of them"}
    context |= {"law": say(law) if law else ""}
    return say.found("M13", say("M13.law"), value=len(sworn), until=THEN, **context)


@claims.tests("M14")
def ukraine_conflict(vintage: Vintage, *, coding: str = "UCDP") -> Finding:
    """The coding of Russia and Ukraine by the UCDP; strict: only state against state counts."""
    year = THEN if vintage == "then" else 2022
    rule, coded = rule_of("M14"), conflict_coding(year)
    cow, strict_rule = conflict_coding(2014, "COW"), rule.at("strict")
    rivals = evidence.where("geopolitical/rivalries", actor_a="RUS", actor_b="UKR")
    rivals = "yes" if in_force(rivals, year).any() else "no"
    if_rivals = rule.level("a hostile dispute" if rivals == "yes" else "nothing")
    by_coding = {
        "UCDP": ("M14", rule.level(coded)),
        "interstate": ("M14.between", strict_rule.level(coded)),
        "COW": ("M14.disputed", rule.level(cow)),
        "rivalry": ("M14.rivals", if_rivals),
    }
    key, value = picked(by_coding, coding, "coding")
    later = say("M14.later", coding=conflict_coding(2019)) if year > THEN else ""
    context = {"coding": coded, "cow": cow, "later": later, "value": value, "rivals": rivals}
    context["codings"] = len(conflicts_coded(year))
    by_cow = say("M14.cow", coding=cow), rule.level(cow)
    return say.found(key, by_cow, until=year, strict=strict_rule.level(coded), **context)


@claims.tests("M15", "VNM", "IND")
def alarmed(
    vintage: Vintage,
    vietnam: str = "VNM",
    india: str = "IND",
    *,
    base: str = "all",
    year: str = "last",
) -> Finding:
    """Unfavourable views of China in Vietnam and India in the last survey up to 2019."""
    choice = {"base": base, "year": year}

    def view(code: str) -> str:
        return say(
            "M15.view", name=short_name(code), row=claim_measures.last_view(code, vintage, **choice)
        )

    views = [claim_measures.last_view(code, vintage, **choice) for code in (vietnam, india)]
    until, value = max(int(row.year) for row in views), tuple(float(row["share"]) for row in views)

    def later() -> Told:
        surveys = evidence.where("geopolitical/opinion", vintage, about="CHN", actor=india)
        last = surveys.sort_values("year").iloc[-1]
        shares = (views[0].unfavourable, last.unfavourable)
        newest = pd.concat([last, pd.Series({"share": last.unfavourable, "base": last.n})])
        noise = partial(margins, [views[0], newest])
        return say.fact("M15.later", shares, last=last, noise=noise) if last.year > until else ""

    def others() -> str:
        return say("M15.others", each=view("JPN") + ", " + view("KOR"))

    def answered() -> Told:
        rows = [
            claim_measures.last_view(code, vintage, "answered", year) for code in (vietnam, india)
        ]
        silent = [100 - (row.favourable + row.unfavourable) for row in rows]
        shares = tuple(float(row["share"]) for row in rows)
        return say.fact("M15.silent", shares, silent=silent, noise=partial(margins, rows))

    def margins(rows: Sequence[pd.Series]) -> Noise:
        off = [claim_measures.margin(row) for row in rows]
        spans = [(row["share"] - by, row["share"] + by) for row, by in zip(rows, off, strict=True)]
        asked = [int(row.base) for row in rows]
        words = say("M15.margin", off=off, asked=asked)
        return Noise(dict(zip((vietnam, india), spans, strict=True)), words)

    beside = others, answered, later
    context = {
        "noise": partial(margins, views),
        "of": say(f"M15.{base}"),
        "vietnam": view(vietnam),
        "india": view(india),
    }
    return say.found("M15", *beside, value=value, until=until, **context)


@claims.tests("M16")
def military_remains(
    vintage: Vintage, *, until: str = "2018", measure: str = "both", books: str = "Russia"
) -> Finding:
    """In how many of two comparisons since 2018, volume and share, arms outgrew trade."""
    if measure == "held":
        return _exercises_held(vintage)
    one_of(("both", "volume", "share", "exercises"), measure, "measure")
    comparisons = ["volume", "share"] if measure == "both" else [measure]
    one_of(("Russia", "China"), books, "choice of books")
    last_held = arms.last_window(vintage=vintage)
    last = last_held if until == str(THEN) else year_of(ARMS, vintage, until)
    if last == THEN:
        return say.found("M16.early", until=THEN)
    volume, share = claim_measures.trade_and_arms(last, books=books)
    drills = claim_measures.exercises_to(last) if measure == "exercises" else {"times": 0}
    outgrew = {
        "volume": volume.arms > volume.trade,
        "share": share.arms > share.trade,
        "exercises": drills["times"] > volume.trade,
    }
    context = {
        "years": (format_years(THEN), format_years(last)),
        "volume": volume,
        "share": share,
        **drills,
    }
    context |= {"what": "Exercises" if measure == "exercises" else "Arms", "first": THEN}
    context |= {
        "parts": " ".join(say(f"M16.{comparison}", **context) for comparison in comparisons)
    }
    context |= {
        "value": int(sum(outgrew[comparison] for comparison in comparisons)),
        "of": WORDS[len(comparisons)],
    }

    def customs() -> str:
        rows = trade.china_customs("RUS")
        amount = trade.in_year(rows, last)
        return say("M16.customs", customs=amount, until=last, later=rows.iloc[-1])

    return say.found("M16", customs, say("M16.incomplete"), until=last, **context)


def _exercises_held(vintage: Vintage) -> Finding:
    """Joint exercises of any kind held in the last five years that are listed in full, less those
    of the five before.
    """
    last = THEN if vintage == "then" else COUNTED_TO
    before, now = map(claim_measures.held_in_five_years, (last - 5, last))
    context = {"before": before, "now": now, "years": (format_years(last - 5), format_years(last))}
    return say.found("M16.held", value=now - before, until=last, **context)


@claims.tests("M17")
def white_paper(vintage: Vintage, *, praised: str = "relations") -> Finding:
    """Whether China's White Paper on defence of July 2019 praises the partnership."""
    words = picked({"relations": "", "partnership": "partnership"}, praised, "choice")
    return say.documented("M17", vintage, words=words)


claims.tests("M18")(partial(say.documented, "M18"))


@claims.tests("M19")
def rivals_of_china(vintage: Vintage) -> Finding:
    """Which of Vietnam and India have a strategic rivalry with China that is alive."""
    until, codes = listed_until(vintage), ["VNM", "IND"]
    standing = [code for code in codes if rival_since("CHN", code, until, vintage)]
    over = [code for code in codes if code not in standing]
    value = rule_of("M19").level(("none", "one", "both")[len(standing)])

    def ended() -> str:
        past = evidence.where("geopolitical/rivalries", vintage, actor_a="CHN", actor_b="VNM")
        if past.empty or "VNM" in standing:
            return ""
        return say("M19.ended", start=past.start_year.iloc[0], end=int(past.end_year.iloc[0]))

    context: dict[str, Any] = {
        "standing": join_names(standing) or "neither",
        "over": join_names(over) or "neither",
    }
    context |= {"one": short_name(over[0]) if over else "", "value": value, "until": until}
    context |= {"tips": say("M19.tips", one=short_name(over[0])) if over else say("M19.gone")}
    return say.found("M19", ended, **context)
