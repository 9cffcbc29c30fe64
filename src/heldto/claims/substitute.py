"""Compared with what? A claim's measure and rule for another actor in the place of its own."""

from collections.abc import Mapping
from dataclasses import replace
from operator import itemgetter
from typing import Any, NamedTuple

import pandas as pd

from heldto import article
from heldto.claims.judged import judge
from heldto.claims.listed import all_ids, rule_of
from heldto.claims.rule import Figure, Rule
from heldto.claims.testing import compared_of, decide, decides
from heldto.claims.verdict import Compared, Finding, Verdict
from heldto.errors import Problem, Slip, as_slip
from heldto.evidence import Vintage, actors
from heldto.evidence.caching import cached
from heldto.text.words import capital, join_names, possessive
from heldto.tr import tr


def title(code: str) -> str:
    """Whoever stands in a place, as in a sentence: an actor, a group, an origin of fuel."""
    if code in (groups := article.current().parties):
        return groups[code]
    return join_names([code]) if code in actors.EVERYBODY else code


def substitutes(claim: str, put: Mapping[str, str]) -> dict[str, str]:
    """Who stands where, {place: actor}, by code.

    Raises Problem where the claim has no such place, UnknownActor.
    """
    comparison = compared_of(claim)
    if comparison is None:
        able = ", ".join(filter(compared_of, all_ids()))
        lack = f"{claim} has no measure that applies to others: no actor can be replaced"
        raise Problem(f"{lack}. You can do this in {able}")
    actor_by_place = {
        _place(claim, comparison, word): actors.find(actor) for word, actor in put.items()
    }
    for actor in actor_by_place.values():
        occupants = [actor_by_place.get(place, place) for place in comparison.places]
        if actor in comparison.places:
            raise Problem(f"{claim} is about {title(actor)} already: choose another actor")
        if occupants.count(actor) > 1:
            raise Problem(f"{title(actor)} cannot replace two actors of {claim}: choose another")
    return actor_by_place


def _place(claim: str, comparison: Compared, word: str) -> str:
    for code in comparison.places:
        if word.casefold() in (code.casefold(), title(code).casefold()):
            return code
    choose = ", ".join(f"{code} ({title(code)})" for code in comparison.places)
    raise Problem(f'"{word}" is not an actor of {claim} that can be replaced: choose {choose}')


def substituted_figure(claim: str, vintage: Vintage, **put: str) -> Figure | dict[str, float]:
    """What decides a claim with others in the places of its actors:
    substituted_figure("F5", "then", RUS="IND").

    Raises Problem where the test does not allow it, UnknownActor, NotHeld.
    """
    actor_by_place, comparison = substitutes(claim, put), compared_of(claim)
    assert comparison is not None
    return decides(
        claim,
        vintage,
        **{comparison.places[place]: actor for place, actor in actor_by_place.items()},
    )


def judge_substituted(claim: str, vintage: Vintage, **put: str) -> Verdict:
    """The verdict of a claim's rule with others in the places of its actors.

    Raises as `substituted_figure`, and says who can stand there.
    """
    actor_by_place, own_verdict = substitutes(claim, put), judge(claim, vintage)
    if own_verdict.finding.fault:
        raise own_verdict.finding.fault
    try:
        value = substituted_figure(claim, vintage, **actor_by_place)
    except Slip:
        raise
    except Problem as lack:
        able = " ".join(_able(claim, vintage, place) for place in actor_by_place)
        raise Problem(f"{lack}. {able}") from lack
    rule = replace(
        own_verdict.rule,
        parts=tuple(actor_by_place.get(code, code) for code in own_verdict.rule.parts),
    )
    comparison = compared_of(claim)
    who, said = in_whose_place(actor_by_place), _in_words(value, rule)
    with_whom = tr("With {who}: {figure}.", who=who, figure=said)
    reason = f"{with_whom} {comparison.note if comparison else ''}".strip()
    figures: dict[str, Any] = {"reporters" if isinstance(value, dict) else "value": value}
    finding = Finding(
        **figures, reason=reason, until=own_verdict.finding.until, tables=own_verdict.tables
    )
    return replace(decide(claim, finding, vintage), rule=rule)


def in_whose_place(put: Mapping[str, str]) -> str:
    """Who stands where: "India in Russia's place"."""
    return tr(" and ").join(f"{title(who)} {_in_place_of(place)}" for place, who in put.items())


def _in_place_of(place: str) -> str:
    return tr("in {whose} place", whose=possessive(title(place)))


def _able(claim: str, vintage: Vintage, place: str) -> str:
    who = figures_by_actor(claim, vintage, place)
    return tr(
        "{place} the test allows {names}.",
        place=capital(_in_place_of(place)),
        names=join_names([*who]),
    )


def _in_words(value: Any, rule: Rule) -> str:
    form = tr("{1} in {2} books") if isinstance(value, dict) else "{0} {1}"
    by_whom = rule.by_whom(value).items()
    labelled = [(title(who), rule.in_words(figure)) for who, figure in by_whom]
    return ", ".join(form.format(who, words, possessive(who)).strip() for who, words in labelled)


def comparable_figure(found: Any, rule: Rule, who: str) -> float:
    """The one figure that compares: of a part of the rule that part's, of two books the other's."""
    if isinstance(found, dict):
        return next(value for book, value in found.items() if book != who)
    return found[rule.parts.index(who)] if isinstance(found, tuple) else found


def own_figures(verdict: Verdict) -> dict[str, float]:
    """The claim's own figures among everybody's: {part of the rule, or "": value}."""
    comparison, value = compared_of(verdict.id), verdict.value
    if comparison is None or not comparison.swap or value is None:
        return {}
    if isinstance(value, tuple):
        return verdict.rule.by_whom(value)
    return {"": comparable_figure(value, verdict.rule, comparison.swap[0])}


@cached
def figures_by_actor(claim: str, vintage: Vintage, place: str) -> dict[str, Any]:
    """What decides a claim with each actor to whom its measure applies in one place: {who: it}."""
    figures = {}
    for actor in actors.ALL:
        try:
            figures[actor] = substituted_figure(claim, vintage, **{place: actor})
        except Slip:
            raise
        except Problem:  # the measure does not apply to this one
            continue
    return figures


@cached
def others(claim: str, vintage: Vintage) -> pd.DataFrame:
    """The measure for every other actor to whom it applies, in the claim's unit, lowest first.

    Columns: who (ISO3), place (in whose place), value, verdict (that the rule gives it). Empty
    where there is nobody.
    """
    comparison, rule = compared_of(claim), rule_of(claim)
    rows: dict[str, tuple[str, str, float, str]] = {}
    for place in comparison.swap if comparison else ():
        for actor, figure in figures_by_actor(claim, vintage, place).items():
            parts = replace(
                rule, parts=tuple(actor if part == place else part for part in rule.parts)
            )
            value = comparable_figure(figure, parts, actor)
            if not pd.isna(value):
                rows.setdefault(actor, (actor, place, value, rule.alone(value)))
    lowest_first = sorted(rows.values(), key=itemgetter(2, 0))
    return pd.DataFrame(lowest_first, columns=["who", "place", "value", "verdict"])


def why_nobody(claim: str, vintage: Vintage) -> str:
    """Why nobody stands beside a claim whose measure names actors, in a sentence; "" where somebody
    does, where nothing is decided, and where the measure knows no others. Raises as `rate`.
    """
    comparison = compared_of(claim)
    if comparison is None or not judge(claim, vintage).decided or rate(claim, vintage):
        return ""
    places = tr(" or ").join(possessive(title(code)) for code in comparison.swap)
    if not places:
        return tr("The claim does not say whom others would replace, so nobody is compared.")
    return tr(
        "No other actor has a figure in {whose} place here, so nobody is compared.", whose=places
    )


class Rate(NamedTuple):
    """For how many others a claim would come out as well as it can: how many, of how many, in whose
    places; best: "holds", or the best verdict that the claim can have; same: whether it has that
    itself.
    """

    hold: int
    of: int
    places: tuple[str, ...]
    best: str
    same: bool

    def words(self) -> str:
        """For how many others it holds, in a sentence: "It would also hold for 16 of 19 others in
        Russia's place.".
        """
        also = self.same and self.hold
        if self.best == "holds":
            holds = tr("It would hold for {count} of {all} others in {whose} place{alone}.")
            again = tr("It would also hold for {count} of {all} others in {whose} place{alone}.")
        else:
            holds = tr(
                "It would hold in part, the most that it can, for {count} of {all} others in "
                "{whose} place{alone}."
            )
            again = tr(
                "It would also hold in part, the most that it can, for {count} of {all} others in "
                "{whose} place{alone}."
            )
        return (again if also else holds).format(
            count=self.hold or tr("none", context="of others"),
            all=self.of,
            whose=tr(" or ").join(possessive(title(code)) for code in self.places),
            alone=tr(", each alone") if len(self.places) > 1 else "",
        )


@cached
def rate(claim: str, vintage: Vintage) -> Rate | None:
    """The base rate of a claim: for how many others its rule gives what it can give at best, each
    part or book alone; None where nobody else can be measured by it, or it is undecided.

    Raises UnknownClaim; RowError or OurFault where that cannot be counted.
    """
    comparison, verdict = compared_of(claim), judge(claim, vintage)
    if comparison is None or not comparison.swap or not verdict.decided:
        return None
    try:
        frame = others(claim, vintage)
    except Exception as fault:
        raise as_slip(fault) from fault
    best = verdict.rule.cap or "holds"
    hold = int(frame["verdict"].eq(best).sum())
    return (
        Rate(hold, len(frame), comparison.swap, best, verdict.verdict == best)
        if len(frame)
        else None
    )
