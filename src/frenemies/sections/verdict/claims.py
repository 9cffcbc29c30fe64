"""The test of claim F4, which rests on the network of friends and rivals; claims.toml has what it
says.
"""

from itertools import product

from frenemies.measures import arms, network
from frenemies.sections import BOTH
from heldto import claims, evidence
from heldto.claims import Finding, rule_of
from heldto.claims.sentences import Sentences
from heldto.claims.verdict import Fact
from heldto.evidence import Vintage, actors
from heldto.evidence.caching import cached
from heldto.text.options import picked
from heldto.text.words import capital

FOUND = ("neither", "one direction", "both directions")

Met = dict[str, set[str]]  # actors by actor

# The choices of a reading: what else makes a friend, what else makes a rival, and whose rivals

FRIENDS = {  # under which reading of the rule arms imports make one
    "arms half": "main",
    "pledge": "strict",
    "arms third": "lenient",
    "exports half": "strict",
}
RIVALS: dict[str, dict[str, int | None]] = {
    "rivalry or war": {},
    "dispute": {"disputes": network.RULES.disputes},
    "sanctions": {"sanctions": network.RULES.sanctions},
}


def _across(friends: Met, rivals: Met) -> Met:
    """Friends of China and of Russia that are rivals of the other: {"CHN": {...}, "RUS": {...}}."""
    return {lead: friends[lead] & rivals[other] for lead, other in (BOTH, BOTH[::-1])}


def _among_partners(friends: Met, rivals: Met) -> Met:
    """Friends of China and of Russia that are rivals of a friend of the other."""
    partners = {lead: friends[lead] - {*BOTH} for lead in BOTH}
    return {
        lead: {friend for friend in partners[lead] if rivals[friend] & partners[other]}
        for lead, other in (BOTH, BOTH[::-1])
    }


AGAINST = {"principal": _across, "partners": _among_partners}

say = Sentences()


@claims.tests("F4")
def partners_ill_disposed(
    vintage: Vintage,
    *,
    reading: str = "principal",
    friend: str = "arms half",
    rival: str = "rivalry or war",
) -> Finding:
    """Friends of the one among the rivals of the other, in both directions."""
    year = evidence.CUTS["annual"] if vintage == "then" else network.last_year(vintage=vintage)
    against = picked(AGAINST, reading, "reading")
    kinds = {"value": friend, "strict": "pledge", "lenient": "arms third"}
    ties = {name: _ties(kind, rival, year, vintage) for name, kind in kinds.items()}
    matches = {name: against(*friends_rivals) for name, friends_rivals in ties.items()}
    rule, how = rule_of("F4"), say(f"F4.{friend}") + say(f"F4.{rival}") + "in"
    levels = {
        name: rule.level(FOUND[sum(map(bool, codes_by_lead.values()))])
        for name, codes_by_lead in matches.items()
    }
    own = {code: network.list_names(matches["value"][code]) for code in ("CHN", "RUS")}
    sentences = {name.lower(): say(f"F4.{reading}", name=name) for name in ("China", "Russia")}
    tips = {"of_china": _some("CHN", matches["value"]), "of_russia": _some("RUS", matches["value"])}
    context = {"until": year, "how": capital(how), "own": own, **levels, **sentences, **tips}
    context["both"] = all(matches["value"].values())  # then it takes more than one entry to turn it
    return say.found("F4", *_beside(*ties["value"], vintage), **context)


@cached
def _ties(friend: str, rival: str, year: int, vintage: Vintage) -> tuple[Met, Met]:
    """Friends and rivals as a reading counts them."""
    variant, rule = picked(FRIENDS, friend, "choice of friends"), rule_of("F4")
    kinds = picked(RIVALS, rival, "choice of rivals")
    share = rule.at(variant).level("import share")
    friends, rivals = network.friends_and_rivals(year, share, vintage=vintage, **kinds)
    for seller, buyer in product(arms.EXPORTERS, actors.ALL) if friend == "exports half" else ():
        if arms.share_of_arms_exports(seller, buyer, year) >= rule.level("import share"):
            friends[seller].add(buyer)
            friends[buyer].add(seller)
    return friends, rivals


def _some(code: str, matches: Met) -> str:
    return f"{'no' if matches[code] else 'a'} friend of {actors.name(code)}"


def _beside(friends: Met, rivals: Met, vintage: Vintage) -> list[Fact]:
    """Rivals among the friends' friends; and friends of Russia that fought China in the past."""
    chinese, russian = friends["CHN"] - {"RUS"}, friends["RUS"] - {"CHN"}
    pairs = [(one, other) for one in sorted(chinese) for other in sorted(russian & rivals[one])]
    quarrels = ", ".join(f"{actors.name(one)} of {actors.name(other)}" for one, other in pairs)
    wars = evidence.table("military/wars", vintage)
    wars = wars[wars.actor_a.eq("CHN") | wars.actor_b.eq("CHN")]
    fought = (russian & {*wars.actor_a, *wars.actor_b}) - rivals["CHN"]
    quarrels_fact = say("F4.quarrels", named=quarrels or "none")
    wars_fact = say("F4.wars", once=network.list_names(fought, "none"))
    ends = [say("F4.ends")] if vintage == "since" else []
    return [(quarrels_fact, "agrees" if quarrels else "disagrees"), wars_fact, *ends]
