"""The test of claim F4, which rests on the network of friends and rivals; claims.toml has what it
says.
"""

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
    shares = [rule.level("import share") for rule in rules]
    met = [network.ill_disposed(year, share, vintage=vintage) for share in shares]
    value, strict, lenient = (
        rule.level(FOUND[sum(map(bool, one.values()))])
        for rule, one in zip(rules, met, strict=True)
    )
    return say.found(
        "F4",
        value=value,
        until=year,
        strict=strict,
        lenient=lenient,
        russian=network.listed(met[0]["RUS"]),
        chinese=network.listed(met[0]["CHN"]),
        of_china=_some("CHN", met[0]),
        of_russia=_some("RUS", met[0]),
    ).beside(*_beside(year, shares[0], vintage))


def _some(code: str, met: dict[str, set[str]]) -> str:
    return f"{'no' if met[code] else 'a'} friend of {actors.name(code)}"


def _beside(year: int, share: float, vintage: Vintage) -> list[Fact]:
    """Rivals among the friends' friends; and friends of Russia that fought China in the past."""
    friends, rivals = network.friends_and_rivals(year, share, vintage=vintage)
    chinese, russian = friends["CHN"] - {"RUS"}, friends["RUS"] - {"CHN"}
    quarrels = [
        f"{actors.name(a)} of {actors.name(b)}"
        for a in sorted(chinese)
        for b in sorted(russian & rivals[a])
    ]
    wars = evidence.table("military/wars", vintage).query("actor_a == 'CHN' or actor_b == 'CHN'")
    fought = (russian & {*wars.actor_a, *wars.actor_b}) - rivals["CHN"]
    named = say("F4.quarrels", named=", ".join(quarrels) or "none")
    once = say("F4.wars", once=network.listed(fought, "none"))
    return [(named, "agrees" if quarrels else "disagrees"), once]
