"""Friends and rivals: the signed network of the actors in a year, and its triads.

Structural balance (Heider 1946; Cartwright and Harary 1956): a triad is balanced where the product
of its three signs is positive - three friends, or two friends with a common rival. What makes a
friend or a rival is a rule, not a fact: see `Rules`. Sources: geopolitical/pledges, agreement,
conflicts, disputes, rivalries, sanctions; military/arms_transfers, arms_totals.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product, takewhile
from typing import TYPE_CHECKING, Annotated, Any

import lazy_loader
import numpy as np
import pandas as pd

from frenemies.measures.arms import arms_windows, last_window
from frenemies.measures.ties import BOTH, in_force, pledges
from heldto import evidence
from heldto.errors import Problem
from heldto.evidence import UnknownYear, actors
from heldto.evidence.caching import cached
from heldto.text.arguments import Actor, Count, When, Word, Year, measure, one_of, read_net
from heldto.text.words import list_names, percent  # noqa: F401 (asked for here as well)

if TYPE_CHECKING:
    import networkx as nx
else:
    nx = lazy_loader.load("networkx")  # 300 modules, for the network alone

TIES = ("pledges", "agreement", "conflicts", "disputes", "rivalries", "sanctions")
TABLES = [f"geopolitical/{name}" for name in TIES]
TABLES += ["military/arms_transfers", "military/arms_totals"]
SANCTIONS = ["trade", "arms", "military", "financial", "travel", "other"]
MIXED = ("majority", "friend", "rival", "neither")
FIRST = 2018  # the first year for which the arms imports of all actors fill a window of five years
SHUFFLES, SEED = 10_000, 2019  # networks with the same ties, and how they are drawn
SWITCHES = 500  # tries to change four signs of a network: 2,000 give the same counts
KEPT = ("ties", "rivals")
EXACT = 20  # actors up to which every division into two camps is tried

Net = Annotated["nx.Graph", read_net]


def known_kept(word: object) -> str:
    """Return the word unchanged if shuffled networks can keep that. Otherwise it raises Problem."""
    return one_of(KEPT, str(word), "choice of what is kept")


Kept = Annotated[str, known_kept]


@dataclass(frozen=True)
class Rules:
    """The rules for a tie. You can change one, `Rules(kappa=0.5)`, or leave a kind out,
    `Rules(arms=None)`.

    Friends: pledge (a defence pledge is in force), arms (in five years at least this share of one
    state's arms imports came from the other), kappa (agreement beyond chance in the General
    Assembly is at least this; Landis and Koch 1977 call 0.61 and more "substantial"). Rivals: war
    (in that year), disputes (militarised, with force used, in this number of years up to then),
    rivalry (strategic), sanctions (at least this number of the six kinds: four is more than half).
    mixed: the rule for a pair that is both. With "majority" the larger number of kinds of evidence
    decides, and with equal numbers there is no tie; with "friend", "rival" or "neither" the pair is
    always that. Raises Problem.
    """

    pledge: bool | None = True
    arms: float | None = 1 / 3
    kappa: float | None = 0.6
    war: bool | None = True
    disputes: int | None = 5
    rivalry: bool | None = True
    sanctions: int | None = 4
    mixed: str = "majority"

    def __post_init__(self) -> None:
        if self.mixed not in MIXED:
            choose = f"choose {', '.join(MIXED)}"
            raise Problem(
                f'mixed="{self.mixed}" is not a rule for a pair that is friend and rival: {choose}'
            )


RULES = Rules()


@measure
def last_year(*, vintage: When = None) -> int:
    """Return the latest year for which a network can be drawn: our tables have votes and deliveries
    up to it.
    """
    votes = evidence.table("geopolitical/agreement", vintage)
    return int(min(votes.year.max(), last_window(vintage=vintage)))


# The evidence for ties


def _pledges(year: int, vintage: When) -> pd.DataFrame:
    pairs = pledges(year, vintage=vintage)
    since = pairs.start_year.astype(str).replace("1990", "1990 or before")
    return pairs.assign(size=1, text="defence pledge since " + since)


def _arms(year: int, vintage: When) -> pd.DataFrame:
    bought = arms_windows(actors.ALL, [year])
    bought = bought[bought.supplier.ne("other")]
    supplier, recipient = bought.supplier.map(actors.name), bought.recipient.map(actors.name)
    phrase = supplier + " supplied " + bought.share.map(percent) + " of " + recipient
    text = phrase + f"'s arms imports, {year - 4}-{year % 100}"
    pairs = bought.rename(columns={"supplier": "actor_a", "recipient": "actor_b", "share": "size"})
    return pairs.assign(text=text)


def _votes(year: int, vintage: When) -> pd.DataFrame:
    voted = evidence.where("geopolitical/agreement", vintage, year=year)
    text = "UN votes: kappa " + voted.kappa.map("{:.2f}".format)
    return voted.assign(size=voted.kappa, text=text)


def _wars(year: int, vintage: When) -> pd.DataFrame:
    fought = evidence.where("geopolitical/conflicts", vintage, year=year)
    sides = [
        (actor, opponent, f"fighting ({war.kind}) in {year}")
        for war in fought.itertuples()
        for actor in filter(None, [*war.side_a.split(";"), *war.helper_a.split(";")])
        for opponent in filter(None, [*war.side_b.split(";"), *war.helper_b.split(";")])
    ]
    pairs = pd.DataFrame(sides, columns=["actor_a", "actor_b", "text"], dtype=str)
    return pairs.drop_duplicates(["actor_a", "actor_b"]).assign(size=1)


def _disputes(year: int, vintage: When) -> pd.DataFrame:
    disputes = evidence.table("geopolitical/disputes", vintage)
    used_force = disputes[disputes.hostility.ge(4) & disputes.year.le(year)]
    latest = used_force.groupby(["actor_a", "actor_b"], as_index=False).year.max()
    text = "force used in a dispute in " + latest.year.astype(str)
    return latest.assign(size=year - latest.year + 1, text=text)


def _rivalries(year: int, vintage: When) -> pd.DataFrame:
    spells = evidence.table("geopolitical/rivalries", vintage)
    standing = spells[in_force(spells, year)]
    return standing.assign(
        size=1, text="strategic rivalry since " + standing.start_year.astype(str)
    )


def _sanctions(year: int, vintage: When) -> pd.DataFrame:
    """Sanctions of the year, or of the last year on record; those of the EU count as each member's,
    beside its own, those of the UN as nobody's.
    """
    rows = evidence.table("geopolitical/sanctions", vintage)
    record_year = int(min(year, rows.year.max()))
    rows = rows[rows.year.eq(record_year)]
    rows = rows.rename(columns={"sender": "actor_a", "target": "actor_b"})
    members = [code for code in actors.members("EU", record_year) if code in actors.ALL]
    of_the_eu = rows[rows.actor_a.eq("EU")].drop(columns="actor_a")
    joint = of_the_eu.merge(pd.DataFrame({"actor_a": members}), how="cross")
    single = pd.concat([rows[rows.actor_a.isin(actors.ALL)], joint])
    single = single[single.actor_a.ne(single.actor_b)]
    kinds = single.groupby(["actor_a", "actor_b"], sort=False)[SANCTIONS].any()
    single = kinds.sum(axis=1).rename("size").reset_index()
    sender, target = single.actor_a.map(actors.name), single.actor_b.map(actors.name)
    number = single["size"].astype(str)
    text = sender + " sanctions " + target + " (" + number + f" kinds) in {record_year}"
    return single.assign(text=text)


# Each returns pairs (actor_a, actor_b) in any order, the size that a rule looks at, a sentence part
FRIENDLY = {"pledge": _pledges, "arms": _arms, "kappa": _votes}
HOSTILE = {"war": _wars, "disputes": _disputes, "rivalry": _rivalries, "sanctions": _sanctions}


@measure
def facts(year: Year, *, vintage: When = None) -> pd.DataFrame:
    """Return all evidence for ties in a year, before any rule is applied.

    Columns: actor_a, actor_b, kind, sign (1, -1), size (what the rule compares), text.
    Raises UnknownYear outside 2018 to the last year held. Sources: see the module.
    """
    last = last_year(vintage=vintage)
    if not FIRST <= year <= last:
        coverage = f"our tables have votes and five years of arms imports for {FIRST}-{last}"
        choose = f"choose a year from {FIRST} to {last}"
        raise UnknownYear(f"no network for {year}: {coverage}, so {choose}")
    columns = ["actor_a", "actor_b", "kind", "sign", "size", "text"]
    frames = [
        collect(year, vintage).assign(kind=kind, sign=1 if kind in FRIENDLY else -1)[columns]
        for kind, collect in (FRIENDLY | HOSTILE).items()
    ]
    facts = pd.concat(frames, ignore_index=True).astype({"size": float})
    pairs = facts[["actor_a", "actor_b"]]
    facts[["actor_a", "actor_b"]] = np.sort(pairs.to_numpy(dtype=str), axis=1)
    return facts[pairs.isin(actors.ALL).all(axis=1)].reset_index(drop=True)


# The network


def that_count(rows: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """The evidence that the rules let in: at least the share, kappa or number of kinds; disputes at
    most so many years ago.
    """
    limits = {kind: getattr(rules, kind) or np.nan for kind in FRIENDLY | HOSTILE}
    kinds, sizes = rows.kind.to_numpy(dtype=object), rows["size"].to_numpy()
    limit = np.array([limits[kind] for kind in kinds], dtype=float)
    return rows[np.where(kinds == "disputes", sizes <= limit, sizes >= limit)]


@measure
def signed_ties(
    year: Year, rules: Rules = RULES, *, codes: Sequence[Actor] | None = None, vintage: When = None
) -> pd.DataFrame:
    """Return who is a friend or rival of whom in a year, by the rules.

    Columns: actor_a, actor_b, sign (1 friend, -1 rival, 0 left out), friendly, hostile (kinds of
    evidence for either), evidence (in words). codes: the actors to look at. Raises UnknownYear,
    UnknownActor.
    """
    rows = that_count(facts(year, vintage=vintage), rules)
    if codes is not None:
        rows = rows[rows.actor_a.isin(codes) & rows.actor_b.isin(codes)]
    friend, rival = rows.kind.where(rows.sign > 0), rows.kind.where(rows.sign < 0)
    by_pair = rows.assign(friend=friend, rival=rival).groupby(["actor_a", "actor_b"])
    pairs = by_pair[["friend", "rival"]].nunique().set_axis(["friendly", "hostile"], axis=1)
    pairs = pairs.assign(evidence=by_pair.text.agg("; ".join)).reset_index()
    pairs = pairs.assign(sign=_signs(pairs.friendly, pairs.hostile, rules.mixed))
    return pairs[["actor_a", "actor_b", "sign", "friendly", "hostile", "evidence"]]


def _signs(friendly: Any, hostile: Any, mixed: str) -> np.ndarray:
    """The sign of each tie, by how many kinds of evidence speak for a friend and for a rival."""
    majority = np.sign(friendly - hostile).astype(int)
    is_mixed = (friendly > 0) & (hostile > 0) & (mixed != "majority")
    return np.where(is_mixed, {"friend": 1, "rival": -1}.get(mixed, 0), majority)


@measure
def graph(pairs: pd.DataFrame) -> "nx.Graph":
    """Return the signed network of `signed_ties`, or of any frame with actor_a, actor_b, sign.
    Pairs that are left out have no tie.
    """
    return nx.from_pandas_edgelist(pairs[pairs.sign.ne(0)], "actor_a", "actor_b", ["sign"])


@measure
def triads(net: Net) -> pd.DataFrame:
    """Return all triads: three actors who are all tied to each other. Columns: a, b, c (sorted),
    rivalries (0 to 3), balanced.
    """
    cliques = takewhile(lambda clique: len(clique) <= 3, nx.enumerate_all_cliques(net))
    threes = sorted(tuple(sorted(clique)) for clique in cliques if len(clique) == 3)
    signs = [[net[a][b]["sign"], net[a][c]["sign"], net[b][c]["sign"]] for a, b, c in threes]
    rivalries = np.array([three.count(-1) for three in signs], dtype=int)
    frame = pd.DataFrame(threes, columns=["a", "b", "c"], dtype=str)
    return frame.assign(rivalries=rivalries, balanced=rivalries % 2 == 0)


@measure
def holding(triads: pd.DataFrame, *codes: Word) -> pd.DataFrame:
    """Return the triads that contain all these actors: `holding(triads(net), "CHN", "RUS")`.
    Columns as in `triads`.
    """
    threes = triads[["a", "b", "c"]]
    masks = [threes.isin([code]).any(axis=1) for code in codes]
    return triads[np.logical_and.reduce(masks)].reset_index(drop=True)


@measure
def without(net: Net) -> pd.DataFrame:
    """Return for each actor what the network would be without it.

    Columns: actor, triads and unbalanced (triads without the actor), fewer (by how much the number
    of unbalanced triads falls).
    """
    all_triads = triads(net)
    total = (~all_triads.balanced).sum()
    balanced_by_actor = {code: holding(all_triads, code).balanced for code in sorted(net)}
    rows = [
        (code, len(all_triads) - len(balanced), (~balanced).sum())
        for code, balanced in balanced_by_actor.items()
    ]
    frame = pd.DataFrame(rows, columns=["actor", "triads", "fewer"])
    frame.insert(2, "unbalanced", total - frame.fewer)
    return frame.sort_values(["fewer", "actor"], ascending=[False, True], ignore_index=True)


@measure
def shuffled(net: Net, *codes: Word, keep: Kept = KEPT[0], seed: Count = SEED) -> pd.DataFrame:
    """Return what chance alone would make of a network: its ties stay, and their signs are shuffled
    10,000 times.

    keep: "ties", or "rivals", which is harder: each actor also keeps its number of rivals, and so
    of friends.

    Rows: "all" triads, those "with" all the actors in codes, and the "rest"; without codes there is
    only "all". Columns: which, triads, unbalanced (in the real network), chance (the mean number in
    a shuffled network), low, high (95 % of the shuffled networks are between them). seed: the seed
    of the shuffling. Raises Problem.
    """
    threes = triads(net)
    ties = {frozenset(pair): number for number, pair in enumerate(net.edges)}
    sides = tuple(
        tuple(ties[frozenset(pair)] for pair in combinations(three, 2))
        for three in threes[["a", "b", "c"]].itertuples(index=False)
    )
    signs = tuple(sign for *_, sign in net.edges(data="sign"))
    rings = tuple(_rings(ties)) if keep == "rivals" else None
    out = _out_of_balance(signs, sides, rings, seed)
    rows = [("all", np.ones(len(threes), dtype=bool))]
    if codes:
        corners = threes[["a", "b", "c"]]
        holds_all = np.logical_and.reduce([corners.isin([code]).any(axis=1) for code in codes])
        rows += [("with", holds_all), ("rest", ~holds_all)]
    summary = [(which, *_by_chance(threes, out, mask)) for which, mask in rows]
    return pd.DataFrame(summary, columns=["which", "triads", "unbalanced", "chance", "low", "high"])


Rings = tuple[tuple[int, ...], ...] | None


def _rings(ties: dict[frozenset, int]) -> Iterator[tuple[int, ...]]:
    """Four ties in a ring, each ring twice: where their signs alternate, all four can change, and
    nobody has more rivals or fewer.
    """
    for (a, b), (c, d) in combinations([tuple(sorted(pair)) for pair in ties], 2):
        for second, last in (((b, c), (d, a)), ((b, d), (c, a))):
            ring = [ties.get(frozenset(pair)) for pair in ((a, b), second, (c, d), last)]
            if None not in ring and len({*ring}) == len(ring):
                yield tuple(number for number in ring if number is not None)


def _dealt(
    signs: tuple[int, ...], sides: tuple[tuple[int, ...], ...], rings: Rings, seed: int
) -> np.ndarray:
    """Which triads are unbalanced, a row a shuffled network; sides: the three ties of each; rings:
    where given, signs change only around one of them.
    """
    dealt, lot = np.tile(np.array(signs, dtype=np.int8), (SHUFFLES, 1)), np.random.default_rng(seed)
    if rings is None:
        dealt = lot.permuted(dealt, axis=1)
    elif rings:
        _switch(dealt, np.array(rings), lot)
    places = np.array(sides, dtype=int).reshape(-1, 3)
    return dealt[:, places].prod(axis=2) < 0


def _switch(dealt: np.ndarray, rings: np.ndarray, lot: np.random.Generator) -> None:
    """Change signs around rings, in each row many times around one that is drawn by lot."""
    rows = np.arange(len(dealt))[:, None]
    alternating = np.array([1, -1, 1, -1], dtype=np.int8)
    for _ in range(SWITCHES):
        places = rings[lot.integers(len(rings), size=len(dealt))]
        around = dealt[rows, places]
        turn = np.abs(around @ alternating) == 4
        dealt[rows[turn], places[turn]] = -around[turn]


_out_of_balance = cached(_dealt, 8)  # one takes a megabyte


def _by_chance(threes: pd.DataFrame, out: np.ndarray, mask: np.ndarray) -> tuple[float, ...]:
    """Of some triads: how many, how many unbalanced, and by chance their mean, low and high."""
    counts = out[:, mask].sum(axis=1)
    low, high = np.percentile(counts, [2.5, 97.5])
    unbalanced = int((~threes.balanced[mask]).sum())
    return int(mask.sum()), unbalanced, float(counts.mean()), float(low), float(high)


@dataclass(frozen=True)
class Frustration:
    """How far a network is from balance: the smallest number of ties that would have to be removed,
    or to change sign. exact: False means that the number is "at most" this.
    """

    ties: int
    exact: bool
    camps: tuple[tuple[str, ...], tuple[str, ...]]

    def __str__(self) -> str:
        fit = "tie that does not fit" if self.ties == 1 else "ties that do not fit"
        return f"{'' if self.exact else 'at most '}{self.ties} {fit} into two camps"


@measure
def frustration(net: Net) -> Frustration:
    """Return the frustration index of a signed network and the two camps with which it is reached.

    Actors with a single tie are set aside first, because such a tie never has to be removed. If no
    more than 20 connected actors are left, the index is exact. Otherwise a search starts from every
    actor and keeps the best result, which is then "at most".
    """
    core = nx.k_core(net, 2)
    parts = [sorted(part) for part in nx.connected_components(core)]
    placed = [zip(part, _camps(core, part), strict=True) for part in parts]
    camp = {code for sides in placed for code, side in sides if side > 0}
    against = [((a in camp) == (b in camp)) == (sign < 0) for a, b, sign in core.edges(data="sign")]
    camps = tuple(sorted(camp)), tuple(sorted(set(core) - camp))
    return Frustration(sum(against), all(len(part) <= EXACT for part in parts), camps)


def _camps(net: "nx.Graph", part: list[str]) -> list[int]:
    """Sides (1, -1) of a connected part with the fewest ties that do not fit."""
    signs = nx.to_numpy_array(net, part, weight="sign")
    if len(part) > EXACT:
        starts = (np.where(row < 0, -1, 1) for row in signs)
        best = max((_climb(signs, side) for side in starts), key=lambda side: side @ signs @ side)
        return [int(side) for side in best]
    codes = np.arange(2 ** (len(part) - 1))
    sides = [1 - 2 * ((codes >> place) & 1).astype(np.int8) for place in range(len(part))]
    tied = zip(*np.triu(signs).nonzero(), strict=True)
    score = sum(signs[i, j] * (sides[i] * sides[j]) for i, j in tied)
    return [int(side[np.argmax(score)]) for side in sides]


def _climb(signs: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Move one actor at a time to the other camp as long as that helps."""
    while (gain := side * (signs @ side)).min() < 0:
        side[gain.argmin()] *= -1
    return side


GRID: dict[str, tuple[str, tuple[Any, ...]]] = {  # each rule in words, and what is tried of it
    "arms": ("share of arms from which two are friends", (1 / 3, 1 / 2)),
    "kappa": ("kappa from which two are friends", (0.5, 0.6, 0.7)),
    "disputes": ("years for which a dispute counts", (None, 5, 10)),
    "sanctions": ("kinds of sanctions from which two are rivals", (None, 1, 4)),
    "mixed": ("a pair that is both counts as", MIXED),
}


@measure
def sensitivity(year: Year = FIRST, *, vintage: When = None) -> pd.DataFrame:
    """Return the tie of China and Russia, and its triads, under many rules: one row for each
    setting.

    Columns: arms, kappa, disputes, sanctions, mixed (the setting), tie (of the two: 1, -1, 0),
    triads (those with both), unbalanced (among these). Raises UnknownYear.
    """
    rows = facts(year, vintage=vintage)
    tied = {
        (kind, limit): _tied(rows, replace(RULES, **{kind: limit}), kind)
        for kind in FRIENDLY | HOSTILE
        for limit in GRID.get(kind, ("", (getattr(RULES, kind),)))[1]
    }
    settings = []
    for choices in product(*(options for _, options in GRID.values())):
        setting = dict(zip(GRID, choices, strict=True))
        rules = replace(RULES, **setting)
        ties = {kind: tied[kind, getattr(rules, kind)] for kind in FRIENDLY | HOSTILE}
        friendly, hostile = (sum(ties[one] for one in kinds) for kinds in (FRIENDLY, HOSTILE))
        settings.append(setting | _between(_signs(friendly, hostile, rules.mixed)))
    frame = pd.DataFrame(settings).fillna({"disputes": 0, "sanctions": 0}).round({"arms": 2})
    return frame.astype({"disputes": int, "sanctions": int})


def _tied(rows: pd.DataFrame, rules: Rules, kind: str) -> np.ndarray:
    """Which actors the evidence of a kind ties to the two: a row for either, 1 for a tie."""
    partners = _partners(that_count(rows[rows.kind.eq(kind)], rules))
    return np.array([[int(code in partners[lead]) for code in actors.ALL] for lead in BOTH])


def _between(signs: np.ndarray) -> dict[str, int]:
    """The tie of the two, the triads that hold it, and how many of these are unbalanced; signs: the
    ties of either with all actors.
    """
    tie = int(signs[0, actors.ALL.index(BOTH[1])])
    triads = signs[0] * signs[1] * tie
    return {"tie": tie, "triads": int((triads != 0).sum()), "unbalanced": int((triads < 0).sum())}


@measure
def by_rule(settings: pd.DataFrame) -> pd.DataFrame:
    """Summarise `sensitivity`: one row for each choice of one rule.

    Columns: rule, choice, settings (how many there are), unbalanced (share of these settings with
    an unbalanced triad, 0 to 1).
    """
    outcomes = settings.assign(unbalanced=settings.unbalanced.gt(0))
    long = outcomes.melt("unbalanced", list(GRID), var_name="rule", value_name="choice")
    choice = long.choice.astype(str).replace("0", "does not count")
    rule = long.rule.map(lambda name: GRID[name][0])
    by_choice = long.assign(rule=rule, choice=choice).groupby(["rule", "choice"], sort=False)
    rows = by_choice.unbalanced.agg(settings="size", unbalanced="mean")
    return rows.reset_index().round(2)


# Friends and rivals as claim F4 counts them


@measure
def friends_and_rivals(
    year: Year,
    arms: float | None = 1 / 2,
    *,
    disputes: Count | None = None,
    sanctions: Count | None = None,
    vintage: When = None,
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return friends (a defence pledge, or that share of arms imports) and rivals (strategic
    rivalry, or fighting in that year; with disputes and sanctions also these, as in `Rules`).

    The result is two dicts of sets, friends and rivals of each actor; a pair can be both. With
    arms=None only a pledge makes a friend. Raises UnknownYear.
    """
    strict = Rules(arms=arms, kappa=None, disputes=disputes, sanctions=sanctions)
    rows = that_count(facts(year, vintage=vintage), strict)
    friends, rivals = (rows[rows.sign.eq(sign)] for sign in (1, -1))
    return _partners(friends), _partners(rivals)


def _partners(rows: pd.DataFrame) -> dict[str, set[str]]:
    """The partners of each actor in these pairs."""
    partners: dict[str, set[str]] = {code: set() for code in actors.ALL}
    for actor, partner in zip(rows.actor_a, rows.actor_b, strict=True):
        partners[actor].add(partner)
        partners[partner].add(actor)
    return partners
