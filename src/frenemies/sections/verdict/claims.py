"""The test of claim F4, which rests on the network of friends and rivals; claims.toml has what it
says.
"""

from typing import Any

from frenemies import claims, evidence
from frenemies.claims import Finding, Rule
from frenemies.claims.verdict import Fact
from frenemies.evidence import Vintage, actors
from frenemies.measures import network
from frenemies.sections import Sentences

FOUND = ("neither", "one direction", "both directions")

say = Sentences("verdict")


@claims.tests("F4")
def partners_ill_disposed(vintage: Vintage) -> Finding:
    """Friends of the one among the rivals of the other, in both directions."""
    year = evidence.CUTS["annual"] if vintage == "then" else network.last_year(vintage=vintage)
    rules = [Rule.of("F4", reading) for reading in ("main", "strict", "lenient")]
    value, strict, lenient = (_level(rule, year, vintage) for rule in rules)
    share = rules[0].level("import share")
    met = network.ill_disposed(year, share, vintage=vintage)
    own = {"russian": network.listed(met["RUS"]), "chinese": network.listed(met["CHN"])}
    more = {"of_china": _some("CHN", met), "of_russia": _some("RUS", met)}
    levels = {"value": value, "strict": strict, "lenient": lenient}
    found = say.found("F4", until=year, **levels, **own, **more)
    return found.beside(*_beside(year, share, vintage))


def _level(rule: Rule, year: int, vintage: Vintage) -> Any:
    """What a rule makes of the ways in which friends of the one are rivals of the other."""
    met = network.ill_disposed(year, rule.level("import share"), vintage=vintage)
    return rule.level(FOUND[sum(map(bool, met.values()))])


def _some(code: str, met: dict[str, set[str]]) -> str:
    return f"{'no' if met[code] else 'a'} friend of {actors.name(code)}"


def _beside(year: int, share: float, vintage: Vintage) -> list[Fact]:
    """Rivals among the friends' friends; and friends of Russia that fought China in the past."""
    friends, rivals = network.friends_and_rivals(year, share, vintage=vintage)
    chinese, russian = friends["CHN"] - {"RUS"}, friends["RUS"] - {"CHN"}
    pairs = [(one, other) for one in sorted(chinese) for other in sorted(russian & rivals[one])]
    quarrels = ", ".join(f"{actors.name(one)} of {actors.name(other)}" for one, other in pairs)
    wars = evidence.table("military/wars", vintage).query("actor_a == 'CHN' or actor_b == 'CHN'")
    fought = (russian & {*wars.actor_a, *wars.actor_b}) - rivals["CHN"]
    named = say("F4.quarrels", named=quarrels or "none")
    once = say("F4.wars", once=network.listed(fought, "none"))
    return [(named, "agrees" if quarrels else "disagrees"), once]
