"""Figures of the exercises of notebook 02; their words stand in exercises.toml."""

import pandas as pd

from frenemies.measures.lean import trade_lean, vote_lean
from frenemies.measures.ties import owe_defence
from frenemies.measures.votes import agreement
from frenemies.sections.geopolitical.claim_measures import sold
from frenemies.sections.supplied import bought, volume
from heldto import evidence
from heldto.evidence import actors
from heldto.exercises.sheets import Figures, sheet

exercises = sheet(__file__)
exercises.measure(bought)
exercises.measure(sold)
exercises.measure(volume)


@exercises.measure
def votes(a: str, b: str) -> pd.DataFrame:
    """Agreement of two actors in the General Assembly by year. Columns: as in `agreement`."""
    return agreement(a, b).set_index("year")


@exercises.figures("F1-meetings")
def in_the_archive(year: int) -> Figures:
    """Meetings of Xi and Putin, all and those in the archive: occasions, cities, years."""
    rows = evidence.table("geopolitical/meetings", "then")
    rows = rows.assign(year=rows.date.str[:4].astype(int))
    by_year, in_archive = rows.year.value_counts(), rows.source.str.contains("China Vitae")
    figures = {"archive_named": in_archive.sum(), "until": rows.year.le(year).sum()}
    for name, part in {"all": rows, "archive": rows[rows.source.eq("China Vitae")]}.items():
        counts = {"occasions": len(part), "cities": part.places.sum(), "years": part.year.nunique()}
        figures[name] = counts
    return figures | {"busiest_year": by_year.max()}


@exercises.figures("F5-code-same")
def both_voted(year: int) -> Figures:
    """Roll calls of a year, and those in which China and Russia took part."""
    calls = evidence.where("geopolitical/roll_calls", year=year)
    return {"calls": len(calls), "both": len(calls.query("CHN != '' and RUS != ''"))}


@exercises.figures("G6-vetoes")
def vetoes() -> Figures:
    """Vetoes by state, by both, and drafts: on Syria and on all, before the article and after."""
    drafts = evidence.table("geopolitical/vetoes")
    drafts = drafts.assign(both=drafts.RUS & drafts.CHN, drafts=True)
    after = drafts.date.gt(evidence.table("geopolitical/vetoes", "then").date.max())
    syria = drafts.topic.eq("Syria")
    parts = {"ever": drafts, "after": drafts[after], "syria": drafts[syria]}
    parts |= {"syria_before": drafts[syria & ~after], "syria_after": drafts[syria & after]}
    return {name: rows.select_dtypes(bool).sum() for name, rows in parts.items()}


@exercises.figures("G1-lean")
def who_turns(start: int, year: int, end: int) -> Figures:
    """In how many of the eight something grew: of all, and of those with own figures."""
    first, then, since = (trade_lean(when).set_index("actor") for when in (start, year, end))
    kappa = [vote_lean(when, when, "kappa").set_index("actor") for when in (year, end)]
    nearer = [votes.CHN - votes.RUS for votes in kappa]
    has_own = ~(then.imputed | since.imputed)
    rose, fell = since.lean.gt(then.lean), since.lean.lt(then.lean)
    grew = {"lean": rose, "since_start": since.lean.gt(first.lean)}
    grew |= {"until_then": then.lean.gt(first.lean), "votes": nearer[1].gt(nearer[0])}
    grew |= {lead: since[lead].gt(then[lead]) for lead in ("CHN", "RUS")}
    states = pd.DataFrame(grew | {"fell": fell, "above_one": since.lean.gt(1), "states": True})
    counts = {"all": states.sum(), "own": states[has_own].sum()}
    return counts | {"rose": has_own.index[rose & has_own], "fell": has_own.index[fell & has_own]}


@exercises.figures("G8-pledge")
def pledge() -> Figures:
    """Pledges between Pakistan and Saudi Arabia that were on record in August 2019."""
    pledges = evidence.table("geopolitical/pledges", "then")
    rows = pledges.query("actor_a == 'PAK' and actor_b == 'SAU'")
    kinds, years = ", ".join(rows.pledge).capitalize(), rows.start_year
    defence, no_pledge = rows.pledge.eq("defence").any(), rows.empty
    answers = {"defence": defence, "weaker": not (defence or no_pledge), "no_pledge": no_pledge}
    return {"kinds": kinds, "years": years, **answers}


@exercises.figures("G9-votes")
def on_iran() -> Figures:
    """Votes of the Security Council on Iran, and those in which China and the USA voted apart."""
    rows = evidence.table("geopolitical/iran_votes")
    apart = rows[rows.CHN.ne(rows.USA)]
    return {"votes": len(rows), "apart": len(apart), "first": apart.date.min()}


@exercises.figures("G10-set")
def us_allies(year: int) -> Figures:
    """The actors with a US defence pledge, and how the actors shown differ from them."""
    allies = [code for code in actors.ALL if code != "USA" and owe_defence("USA", code, year)]

    def test(shown: list[str]) -> tuple[bool, list]:
        chosen = {code for code in shown if code in actors.ALL and code != "USA"}
        extra, lacking = sorted(chosen - set(allies)), len(set(allies) - chosen)
        feedback: list[tuple[str, Figures]] = [("extra", {"actor": [code]}) for code in extra[:2]]
        if lacking:
            feedback.append(("lacking" if lacking > 1 else "lacking_one", {"number": lacking}))
        return chosen == set(allies), feedback or [("right", {})]

    return {"test": test, "allies": allies, "states": ["USA", *allies], "number": len(allies)}
