"""Friends and rivals: the signed network of the actors in a year, and its triads.

Structural balance (Heider 1946; Cartwright and Harary 1956): a triad is balanced where the product of its three signs is
positive - three friends, or two friends with a common rival. What makes a friend or a rival is a rule, not a fact: see `Rules`.
Sources: geopolitical/pledges, agreement, conflicts, disputes, rivalries, sanctions; military/arms_transfers, arms_totals.
"""

from dataclasses import dataclass
from itertools import product, takewhile

import lazy_loader
import numpy as np
import pandas as pd

from frenemies import evidence
from frenemies.errors import Problem
from frenemies.evidence import actors
from frenemies.evidence.actors import UnknownYear
from frenemies.evidence.caching import cached
from frenemies.measures import arms, ties
from frenemies.measures.words import listed  # noqa: F401 (asked for here as well)

nx = lazy_loader.load("networkx")  # 300 modules, for the network alone

TABLES = [
    f"geopolitical/{name}"
    for name in ("pledges", "agreement", "conflicts", "disputes", "rivalries", "sanctions")
]
TABLES += ["military/arms_transfers", "military/arms_totals"]
SANCTIONS = ["trade", "arms", "military", "financial", "travel", "other"]
MIXED = ("majority", "friend", "rival", "neither")
FIRST = 2018  # the first year for which the arms imports of all actors fill a window of five years
EXACT = 20  # actors up to which every division into two camps is tried


@dataclass(frozen=True)
class Rules:
    """What makes a tie. Change one and see: `Rules(kappa=0.5)`, or `Rules(arms=None)` to leave a kind out.

    Friends: pledge (a defence pledge stands), arms (at least this share of one's arms imports comes from the other, five years),
    kappa (agreement beyond chance in the General Assembly of at least this; 0.6 is "substantial" to Landis and Koch 1977).
    Rivals: war (in that year), disputes (militarised, with force used, in so many years up to then), rivalry (strategic),
    sanctions (at least so many of the six kinds: four is more than half). mixed: what a pair is that is both: the "majority" of the kinds of evidence
    decides, and where they are even there is no tie; or always "friend", "rival" or "neither". Raises Problem.
    """

    pledge: bool | None = True
    arms: float | None = 1 / 3
    kappa: float | None = 0.6
    war: bool | None = True
    disputes: int | None = 5
    rivalry: bool | None = True
    sanctions: int | None = 4
    mixed: str = "majority"

    def __post_init__(self):
        if self.mixed not in MIXED:
            raise Problem(
                f'mixed="{self.mixed}" is no rule for ties that are both: choose {", ".join(MIXED)}'
            )


def last_year(vintage=None):
    """The latest year for which a network can be drawn: that of the last votes and deliveries held."""
    return int(
        min(
            evidence.table(name, vintage).year.max()
            for name in ("geopolitical/agreement", "military/arms_totals")
        )
    )


# The evidence for ties


def _facts(rows, kind, sign, size, text, pair=("actor_a", "actor_b")):
    """Evidence of one kind as rows: the pair in alphabetical order, the figure a rule looks at, and a sentence part."""
    ends = (
        np.sort(rows[list(pair)].to_numpy(dtype=str), axis=1)
        if len(rows)
        else np.empty((0, 2), dtype=str)
    )
    return pd.DataFrame(
        {
            "actor_a": ends[:, 0],
            "actor_b": ends[:, 1],
            "kind": kind,
            "sign": sign,
            "size": np.asarray(size, dtype=float),
            "text": list(text),
        }
    )


def _pledges(year, vintage):
    held = ties.pledges(year, vintage=vintage)
    return _facts(
        held,
        "pledge",
        1,
        [1.0] * len(held),
        "defence pledge since " + held.start_year.astype(str).replace("1990", "1990 or before"),
    )


def _arms(year, vintage):
    bought = arms.arms_windows(actors.ALL, [year]).query("supplier != 'other'")
    span = f"{year - 4}-{year % 100}"
    says = [
        f"{actors.name(row.supplier)} supplied {row.share:.0%} of {actors.name(row.recipient)}'s arms imports, {span}"
        for row in bought.itertuples()
    ]
    return _facts(bought, "arms", 1, bought.share, says, ("recipient", "supplier"))


def _votes(year, vintage):
    voted = evidence.table("geopolitical/agreement", vintage).query("year == @year")
    return _facts(
        voted, "kappa", 1, voted.kappa, "UN votes: kappa " + voted.kappa.map("{:.2f}".format)
    )


def _wars(year, vintage):
    fought = evidence.table("geopolitical/conflicts", vintage).query("year == @year")
    sides = fought.assign(
        actor_a=fought.side_a + ";" + fought.helper_a, actor_b=fought.side_b + ";" + fought.helper_b
    )
    for side in ("actor_a", "actor_b"):
        sides = (
            sides.assign(**{side: sides[side].str.split(";")}).explode(side).query(f"{side} != ''")
        )
    sides = sides.drop_duplicates(["actor_a", "actor_b"])
    return _facts(sides, "war", -1, [1.0] * len(sides), "fighting (" + sides.kind + f") in {year}")


def _disputes(year, vintage):
    used_force = evidence.table("geopolitical/disputes", vintage).query(
        "hostility >= 4 and year <= @year"
    )
    last = used_force.groupby(["actor_a", "actor_b"], as_index=False).year.max()
    return _facts(
        last,
        "disputes",
        -1,
        year - last.year + 1,
        "force used in a dispute in " + last.year.astype(str),
    )


def _rivalries(year, vintage):
    known = evidence.table("geopolitical/rivalries", vintage)
    alive = known[known.start_year.le(year) & ~known.end_year.lt(year)]
    return _facts(
        alive,
        "rivalry",
        -1,
        [1.0] * len(alive),
        "strategic rivalry since " + alive.start_year.astype(str),
    )


def _sanctions(year, vintage):
    """Sanctions of the year, or of the last year on record; those of the EU count as each member's, those of the UN as nobody's."""
    known = evidence.table("geopolitical/sanctions", vintage)
    last = min(year, known.year.max())
    known = known[known.year.eq(last)].assign(kinds=lambda rows: rows[SANCTIONS].sum(axis=1))
    europe = [code for code in actors.members("EU", int(last)) if code in actors.ALL]
    joint = (
        known[known.sender.eq("EU")]
        .merge(pd.DataFrame({"sender": europe}), how="cross", suffixes=("_eu", ""))
        .drop(columns="sender_eu")
    )
    single = (
        pd.concat([known[known.sender.isin(actors.ALL)], joint])
        .query("sender != target")
        .drop_duplicates(["sender", "target"])
    )
    says = [
        f"{actors.name(row.sender)} sanctions {actors.name(row.target)} ({row.kinds} kinds) in {last}"
        for row in single.itertuples()
    ]
    return _facts(single, "sanctions", -1, single.kinds, says, ("sender", "target"))


SORTS = (_pledges, _arms, _votes, _wars, _disputes, _rivalries, _sanctions)


def facts(year, vintage=None):
    """All evidence for ties in a year, before any rule. Columns: actor_a, actor_b, kind, sign (1, -1), size (what the rule compares), text.

    Raises UnknownYear outside 2018 to the last year held. Sources: see the module.
    """
    last = last_year(vintage)
    if not FIRST <= year <= last:
        raise UnknownYear(
            f"no network for {year}: votes and five years of arms imports are held for {FIRST}-{last}, so choose a year from {FIRST} to {last}"
        )
    return _all_facts(int(year), vintage).copy()


@cached
def _all_facts(year, vintage):
    found = pd.concat([sort(year, vintage) for sort in SORTS], ignore_index=True)
    return found[found.actor_a.isin(actors.ALL) & found.actor_b.isin(actors.ALL)].reset_index(
        drop=True
    )


# The network


def _counts(found, rules):
    """Which evidence a rule lets in: at least the share, kappa or number of kinds; disputes at most so many years ago."""
    limits = found.kind.map(
        {
            name: float("nan") if (limit := getattr(rules, name)) in (None, False) else float(limit)
            for name in found.kind.unique()
        }
    )
    return np.where(found.kind.eq("disputes"), found["size"] <= limits, found["size"] >= limits)


def signed_ties(year, rules=Rules(), vintage=None, codes=None):  # noqa: B008 (frozen)
    """Who is friend or rival of whom in a year, by the rules. Columns: actor_a, actor_b, sign (1 friend, -1 rival, 0 left out), friendly,
    hostile (kinds of evidence for either), evidence (in words). codes: ISO3 of the actors looked at. Raises UnknownYear.
    """
    found = facts(year, vintage)
    found = found[_counts(found, rules)]
    if codes is not None:
        found = found[found.actor_a.isin(codes) & found.actor_b.isin(codes)]
    found = found.assign(
        friendly=found.kind.where(found.sign > 0), hostile=found.kind.where(found.sign < 0)
    )
    pairs = found.groupby(["actor_a", "actor_b"], as_index=False)
    pairs = pairs.agg(
        friendly=("friendly", "nunique"),
        hostile=("hostile", "nunique"),
        evidence=("text", "; ".join),
    )
    choice = {
        "majority": np.sign(pairs.friendly - pairs.hostile),
        "friend": 1,
        "rival": -1,
        "neither": 0,
    }[rules.mixed]
    plain = np.where(pairs.hostile.eq(0), 1, np.where(pairs.friendly.eq(0), -1, choice))
    return pairs.assign(sign=plain.astype(int))[
        ["actor_a", "actor_b", "sign", "friendly", "hostile", "evidence"]
    ]


def graph(pairs):
    """The signed network of `signed_ties` (or of any frame with actor_a, actor_b, sign) as a networkx.Graph; pairs left out have no tie."""
    return nx.from_pandas_edgelist(pairs[pairs.sign.ne(0)], "actor_a", "actor_b", ["sign"])


def triads(net):
    """Every three actors who are all tied. Columns: a, b, c (sorted), rivalries (0 to 3), balanced."""
    found = [
        sorted(three)
        for three in takewhile(lambda some: len(some) <= 3, nx.enumerate_all_cliques(net))
        if len(three) == 3
    ]
    signs = [[net[a][b]["sign"], net[a][c]["sign"], net[b][c]["sign"]] for a, b, c in found]
    frame = pd.DataFrame(sorted(found), columns=["a", "b", "c"], dtype=str)
    order = sorted(range(len(found)), key=found.__getitem__)
    rivalries = [signs[at].count(-1) for at in order]
    return frame.assign(
        rivalries=np.array(rivalries, dtype=int),
        balanced=np.array([count % 2 == 0 for count in rivalries], dtype=bool),
    )


def holding(found, *codes):
    """The triads that hold all the actors named: `holding(triads(net), "CHN", "RUS")`. Columns as in `triads`."""
    held = [set(codes) <= set(three) for three in found[["a", "b", "c"]].itertuples(index=False)]
    return found[np.array(held, dtype=bool)].reset_index(drop=True)


def without(net):
    """What the network would be without one actor. Columns: actor, triads, unbalanced (of the rest), fewer (unbalanced triads less), for each actor."""
    found = triads(net)
    total = int((~found.balanced).sum())
    held = {code: holding(found, code) for code in sorted(net)}
    rows = [
        (
            code,
            len(found) - len(own),
            total - int((~own.balanced).sum()),
            int((~own.balanced).sum()),
        )
        for code, own in held.items()
    ]
    return pd.DataFrame(rows, columns=["actor", "triads", "unbalanced", "fewer"]).sort_values(
        ["fewer", "actor"], ascending=[False, True], ignore_index=True
    )


@dataclass(frozen=True)
class Frustration:
    """How far a network is from balance: the fewest ties that would have to go, or change sign. exact: False means "at most"."""

    ties: int
    exact: bool
    camps: tuple

    def __str__(self):
        return f"{'' if self.exact else 'at most '}{self.ties} {'tie' if self.ties == 1 else 'ties'} against the grain"


def frustration(net):
    """The frustration index of a signed network and the two camps that reach it. Returns a Frustration.

    Exact where no more than 20 actors hang together once those with a single tie are set aside (such ties never need to go);
    beyond that every start of a search is tried and the best kept: then it is "at most".
    """
    core = nx.k_core(net, 2)
    parts = [sorted(part) for part in nx.connected_components(core)]
    solved = [_camps(core, part) for part in parts]
    one = {
        code
        for part, camp in zip(parts, solved, strict=True)
        for code, side in zip(part, camp, strict=True)
        if side > 0
    }
    cost = sum(
        (a in one) == (b in one) if sign < 0 else (a in one) != (b in one)
        for a, b, sign in core.edges(data="sign")
    )
    return Frustration(
        int(cost),
        all(len(part) <= EXACT for part in parts),
        (tuple(sorted(one)), tuple(sorted(set(core) - one))),
    )


def _camps(net, part):
    """Sides (1, -1) of a connected part with the fewest ties against the grain."""
    signs = nx.to_numpy_array(net, part, weight="sign")
    if len(part) <= EXACT:
        codes = np.arange(2 ** (len(part) - 1))
        sides = [1 - 2 * ((codes >> at) & 1).astype(np.int8) for at in range(len(part))]
        score = sum(
            signs[i, j] * (sides[i] * sides[j])
            for i, j in zip(*np.triu(signs).nonzero(), strict=True)
        )
        best = int(np.argmax(score))
        return [int(side[best]) for side in sides]
    return max(
        (_climb(signs, np.where(signs[at] < 0, -1, 1)) for at in range(len(part))),
        key=lambda side: side @ signs @ side,
    )


def _climb(signs, side):
    """Move one actor at a time to the other camp as long as that helps."""
    while (gain := side * (signs @ side)).min() < 0:
        side[gain.argmin()] *= -1
    return side


def sensitivity(year=FIRST, vintage=None, pair=("CHN", "RUS")):
    """The same question under many rules: one row a setting. Columns: arms, kappa, disputes, sanctions, mixed (the setting), tie (1, -1, 0),
    triads (that hold the pair), unbalanced (of these). Raises UnknownYear.
    """
    grid = product((1 / 3, 1 / 2), (0.5, 0.6, 0.7), (None, 5, 10), (None, 1, 4), MIXED)
    names = ("arms", "kappa", "disputes", "sanctions", "mixed")
    return pd.DataFrame(
        [
            _setting(year, Rules(**dict(zip(names, chosen, strict=True))), vintage, pair)
            for chosen in grid
        ]
    )


def _setting(year, rules, vintage, pair):
    net = graph(signed_ties(year, rules, vintage))
    tie = net.get_edge_data(*pair, default={"sign": 0})["sign"]
    common = (
        [
            net[pair[0]][third]["sign"] * net[pair[1]][third]["sign"] * tie
            for third in nx.common_neighbors(net, *pair)
        ]
        if tie
        else []
    )
    chosen = {
        "arms": round(rules.arms, 2),
        "kappa": rules.kappa,
        "disputes": rules.disputes or 0,
        "sanctions": rules.sanctions or 0,
        "mixed": rules.mixed,
    }
    return chosen | {
        "tie": tie,
        "triads": len(common),
        "unbalanced": sum(product < 0 for product in common),
    }


CHOICES = {
    "arms": "share of arms that makes a friend", "kappa": "kappa that makes a friend", "disputes": "years a dispute is remembered",
    "sanctions": "kinds of sanctions that make a rival", "mixed": "a pair that is both is",
}  # fmt: skip


def by_rule(settings):
    """What `sensitivity` found, one row a choice of one rule. Columns: rule, choice, settings (number), unbalanced (share of these with such a triad)."""
    long = settings.assign(unbalanced=settings.unbalanced.gt(0)).melt(
        "unbalanced", list(CHOICES), var_name="rule", value_name="choice"
    )
    long = long.assign(
        rule=long.rule.map(CHOICES), choice=long.choice.astype(str).replace("0", "does not count")
    )
    found = (
        long.groupby(["rule", "choice"], sort=False).unbalanced.agg(["size", "mean"]).reset_index()
    )
    return found.set_axis(["rule", "choice", "settings", "unbalanced"], axis=1).round(2)


# Friends and rivals as claim F4 counts them


def friends_and_rivals(year, arms=1 / 2, vintage=None):
    """Friends (a defence pledge, or that share of arms imports) and rivals (strategic rivalry, or fighting that year) as claim F4 counts them.

    Two dicts of sets: friends, rivals by actor; a pair can be both. arms=None: a pledge alone makes a friend. Raises UnknownYear.
    """
    strict = Rules(arms=arms, kappa=None, disputes=None, sanctions=None)
    found = facts(year, vintage)
    found = found[_counts(found, strict)]
    return tuple(
        {code: _partners(found[found.sign.eq(sign)], code) for code in actors.ALL}
        for sign in (1, -1)
    )


def _partners(found, code):
    return set(found.actor_b[found.actor_a.eq(code)]) | set(found.actor_a[found.actor_b.eq(code)])


def ill_disposed(year, arms=1 / 2, vintage=None, pair=("CHN", "RUS")):
    """Friends of each of the two that are rivals of the other: a dict of one set each, {"CHN": {...}, "RUS": {...}}. Raises UnknownYear."""
    friends, rivals = friends_and_rivals(year, arms, vintage)
    return {one: friends[one] & rivals[other] for one, other in (pair, pair[::-1])}
