"""The test of claim F4, which rests on the network of friends and rivals."""

from frenemies import claims, evidence
from frenemies.claims import Finding, Rule
from frenemies.claims.verdict import Fact
from frenemies.evidence import Vintage, actors
from frenemies.measures import network

TABLES = [
    "geopolitical/pledges",
    "military/arms_transfers",
    "geopolitical/rivalries",
    "geopolitical/conflicts",
]
FOUND = ("neither", "one direction", "both directions")


@claims.tests("F4")
def partners_ill_disposed(vintage: Vintage) -> Finding:
    """Friends of the one among the rivals of the other, in both directions."""
    year = evidence.CUTS["annual"] if vintage == "then" else network.last_year(vintage=vintage)
    rules = [Rule.of("F4", reading) for reading in ("main", "strict", "lenient")]
    shares = [rule.level("import share") for rule in rules]
    main, *others = (network.ill_disposed(year, share, vintage=vintage) for share in shares)
    value, strict, lenient = (
        rule.level(FOUND[sum(map(bool, met.values()))])
        for rule, met in zip(rules, (main, *others), strict=True)
    )
    russian, chinese = (network.listed(main[code]) for code in ("RUS", "CHN"))
    return Finding(
        value=value,
        reason=f"In {year} Russia's friends among China's rivals: {russian}."
        f" China's friends among Russia's rivals: {chinese}.",
        until=year,
        tables=TABLES,
        strict=strict,
        lenient=lenient,
        tips=f"would flip if {_tip('CHN', 'RUS', main)}, or {_tip('RUS', 'CHN', main)}",
    ).beside(*_beside(year, shares[0], vintage))


def _tip(one: str, other: str, met: dict[str, set[str]]) -> str:
    some = "no" if met[one] else "a"
    return f"{some} friend of {actors.name(one)} were a rival of {actors.name(other)}"


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
    named, once = ", ".join(quarrels) or "none", network.listed(fought, "none")
    return [
        (
            f"Friends of China that are rivals of friends of Russia: {named}.",
            "agrees" if quarrels else "disagrees",
        ),
        "Friends of Russia that once were at war with China,"
        f" but stand on no list of its rivals now: {once}.",
    ]
