"""The test of claim F4, which rests on the network of friends and rivals."""

from frenemies import claims, evidence
from frenemies.evidence import actors
from frenemies.measures import network as balance


def _word(found):
    return ("fails", "partly", "holds")[sum(bool(some) for some in found.values())]


@claims.tests("F4")
def partners_ill_disposed(vintage):
    """Friends of the one among the rivals of the other, in both directions."""
    year = evidence.CUTS["annual"] if vintage == "then" else balance.last_year(vintage)
    found = balance.ill_disposed(year, vintage=vintage)
    reason = (
        f"In {year} Russia's friends among China's rivals: {balance.listed(found['RUS'])}."
        f" China's friends among Russia's rivals: {balance.listed(found['CHN'])}."
    )
    tables = [
        "geopolitical/pledges",
        "military/arms_transfers",
        "geopolitical/rivalries",
        "geopolitical/conflicts",
    ]
    strict, lenient = (_word(balance.ill_disposed(year, share, vintage)) for share in (None, 1 / 3))
    tips = "would flip if " + ", or ".join(
        _tip(one, other, found[one]) for one, other in (("CHN", "RUS"), ("RUS", "CHN"))
    )
    return claims.Finding(
        value=_word(found),
        reason=reason,
        data_until=year,
        tables=tables,
        strict=strict,
        lenient=lenient,
        tips=tips,
    ).beside(*_beside(year, vintage))


def _tip(one, other, found):
    return f"{'no' if found else 'a'} friend of {actors.name(one)} were a rival of {actors.name(other)}"


def _beside(year, vintage):
    """Rivals among the friends' friends; and friends of Russia that fought China in the past."""
    friends, rivals = balance.friends_and_rivals(year, vintage=vintage)
    theirs = {"CHN": friends["CHN"] - {"RUS"}, "RUS": friends["RUS"] - {"CHN"}}
    quarrels = [
        f"{actors.name(a)} of {actors.name(b)}"
        for a in sorted(theirs["CHN"])
        for b in sorted(theirs["RUS"] & rivals[a])
    ]
    wars = evidence.table("military/wars", vintage).query("actor_a == 'CHN' or actor_b == 'CHN'")
    fought = (theirs["RUS"] & {*wars.actor_a, *wars.actor_b}) - rivals["CHN"]
    return [
        (
            f"Friends of China that are rivals of friends of Russia: {', '.join(quarrels) or 'none'}.",
            "agrees" if quarrels else "disagrees",
        ),
        (
            f"Friends of Russia that once were at war with China, but stand on no list of its rivals now: {balance.listed(fought, 'none')}.",
            None,
        ),
    ]
