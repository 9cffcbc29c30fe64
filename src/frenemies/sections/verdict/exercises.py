"""Figures of the exercises of notebook 04; their words stand in exercises.toml."""

from itertools import combinations
from math import prod

import pandas as pd

from frenemies.measures import network
from frenemies.measures.pair import dependence
from frenemies.measures.trade import goods_trade
from heldto import evidence
from heldto.claims import UNJUDGED, ledger, readings, readings_table
from heldto.errors import NotHeld
from heldto.exercises.sheets import Figures, sheet
from heldto.ledger import garden

exercises = sheet(__file__)


@exercises.measure
def stake(reporter: str, partner: str) -> pd.DataFrame:
    """A partner's share of a reporter's trade by year (percent). Columns: export, import, total."""
    flows = ["export", "import", "total"]
    books = [goods_trade(reporter, one).set_index("year")[flows] for one in (partner, "WLD")]
    return books[0] / books[1] * 100


def judged() -> pd.DataFrame:
    """The ledger without the claims that are unjudged."""
    table = ledger.table()
    return table[table.verdict_then.ne(UNJUDGED) & table.verdict_since.ne(UNJUDGED)]


@exercises.figures("F-count")
def how_many_hold() -> Figures:
    """Verdicts of both vintages, and those decided, counted in several ways."""
    table = judged()
    decided, hold = table[table.verdict_then.ne("undecided")], table[table.verdict_then.eq("holds")]
    framing = decided.section.eq("framing")
    since, stable = table.verdict_since.ne("undecided"), hold.stable.eq(True)
    clear, described = decided.verdict_then.ne("partly"), decided.kind.eq("descriptive")
    figures = {name: ledger.counts(table[f"verdict_{name}"]) for name in ("then", "since")}
    figures |= {"claims": len(table), "decided": len(decided), "decided_since": since.sum()}
    figures |= {"clear": clear.sum(), "descriptive": described.sum(), "stable": stable.sum()}
    return figures | {"within": hold.section.ne("framing").sum() / (~framing).sum() * 100}


@exercises.figures("F-changed")
def how_many_moved(order: dict[str, int]) -> Figures:
    """Claims whose verdict moved, and which way."""
    table = judged()
    moved = table[table.verdict_then.ne(table.verdict_since)]
    steps = moved.verdict_since.map(order) - moved.verdict_then.map(order)
    rows_by_way = {
        "better": moved[steps.gt(0)],
        "worse": moved[steps.lt(0)],
        "late": moved[steps.isna()],
    }
    hold = {name: ledger.counts(table[f"verdict_{name}"])["holds"] for name in ("then", "since")}
    turned = table.strict_then.ne(table.verdict_then) | table.lenient_then.ne(table.verdict_then)
    standing, is_geopolitical = evidence.table("claims").standing, moved.section.eq("geopolitical")
    figures: Figures = {name: rows.index for name, rows in rows_by_way.items()}
    figures |= {
        "number": {name: len(rows) for name, rows in rows_by_way.items()},
        "moved": len(moved),
    }
    figures |= {"claims": len(table), "turned": turned.sum(), "hold": hold}
    figures |= {"standing": standing.sum(), "geopolitical": is_geopolitical.sum()}
    return figures | {"difference": abs(hold["then"] - hold["since"])}


@exercises.figures("F4-triad")
def is_it_balanced(year: int) -> Figures:
    """Signs of the ties in a triad: 1 friends, -1 rivals, 0 neither; and their products."""
    net = network.graph(network.signed_ties(year))

    def sign(a: str, b: str) -> int:
        return net.get_edge_data(a, b, default={"sign": 0})["sign"]

    signs = {f"{a}_{b}": sign(a, b) for a, b in combinations(("CHN", "PAK", "IND"), 2)}
    product = prod(signs.values())
    with_russia = prod(sign(a, b) for a, b in combinations(("CHN", "RUS", "IND"), 2))
    balanced = {"balanced": product > 0, "unbalanced": product <= 0}
    return signs | balanced | {"product": product, "with_russia": with_russia}


@exercises.figures("F4-friends")
def friends_with_rivals(year: int, six: list[str]) -> Figures:
    """Russia's friends with a rival among the six, their rivals, and the first of the six."""
    friends, rivals = network.friends_and_rivals(year)
    among = {code: sorted(rivals[code] & set(six)) for code in rivals}
    codes = sorted(code for code in friends["RUS"] - {"CHN"} if among[code])
    rows = [{"friend": [code], "rivals": sorted(rivals[code])} for code in codes]
    first = {code: foes[:1] for code, foes in among.items()}
    return {"codes": codes, "number": len(codes), "friends": rows, "first_rival": first}


@exercises.figures("F-brier")
def brier(guesses: list[dict]) -> Figures:
    """Brier score of some predictions, and what else one may make of them."""
    met = [ledger.judge(one["claim"], "then").verdict == one["verdict"] for one in guesses]
    rows = pd.DataFrame(guesses)
    rows = rows.assign(sure=rows.sure / 100, met=met).astype({"met": int})
    rows["gap"] = rows.sure - rows.met
    rows["square"] = rows.gap**2
    mean, square = rows.drop(columns=["claim", "verdict"]).mean(), rows.square
    figures = {"rows": rows.to_dict("records"), "mean": mean}
    figures |= {"all_met": ((1 - rows.sure) ** 2).mean(), "none_met": (rows.sure**2).mean()}
    figures |= {"sum": square.sum(), "root": square.mean() ** 0.5}
    return figures | {"size": rows.gap.abs().mean()}


@exercises.figures("F4-set")
def one_strained_triad(year: int) -> Figures:
    """The thirds in unbalanced triads with China and Russia, among all and among those shown."""
    pair = ["CHN", "RUS"]

    def thirds(codes: list[str] | None = None) -> list[str]:
        net = network.graph(network.signed_ties(year, codes=codes))
        triads = network.holding(network.triads(net), *pair)
        strained = triads.loc[~triads.balanced, ["a", "b", "c"]].to_numpy().ravel()
        return [code for code in strained if code not in pair]

    def test(shown: list[str]) -> tuple[bool, list]:
        if not set(pair) <= set(shown):
            return False, [("pair", {})]
        names = thirds(shown)
        key = "some" if names else "none"
        return len(names) == 1, [(key, {"number": len(names), "thirds": names})]

    codes = sorted(thirds())
    return {"test": test, "codes": codes, "number": len(codes), "states": pair + codes[:1]}


@exercises.figures("E4-readings")
def one_choice_turns_it() -> Figures:
    """Verdicts on E4 where one choice alone is another than the ledger's; what each turns to."""
    single = {"russia": {"balance": "Russia"}, "china": {"balance": "China"}}
    single |= {"later": {"year": "2019"}, "strict": {"threshold": "strict"}}
    verdicts = {name: garden.verdict_under("E4", **choice) for name, choice in single.items()}
    return verdicts | {f"is_{name}": word == "fails" for name, word in verdicts.items()}


@exercises.figures("F-books")
def books_that_disagree(claims: list[str], theirs: list[str]) -> Figures:
    """Claims on which the two sides' books, each alone, give two verdicts."""
    alone = {
        claim: [garden.verdict_under(claim, books=one, balance=one) for one in ("China", partner)]
        for claim, partner in zip(claims, theirs, strict=True)
    }
    two = [claim for claim, (china, other) in alone.items() if china != other]
    rows = [dict(claim=one, china=alone[one][0], other=alone[one][1]) for one in claims]
    answers = {"is_all": claims, "is_two": ["E2", "E4"], "is_one": ["E4"], "is_none": []}
    right = {name: two == answer for name, answer in answers.items()}
    return right | {"number": len(two), "two": two, "rows": rows}


@exercises.figures("F-closer")
def who_depends_on_whom() -> Figures:
    """Each one's share of the other's trade by year (percent), with the last year and its share."""
    rows = dependence().query("kind == 'trade'")

    def part(of: str) -> Figures:
        shares = rows[rows.of.eq(of)].set_index("year").share * 100
        return {**shares, "last": shares.iloc[-1], "year": shares.index[-1]}

    return {"on_china": part("RUS"), "on_russia": part("CHN")}


@exercises.figures("F-share")
def share_of_readings() -> Figures:
    """How many readings of E4 hold, of how many, and in percent. Raises NotHeld where none is
    listed.
    """
    tally = readings_table.tally_rows(readings.all_readings("E4"))
    if not tally.readings:
        raise NotHeld("no other way to read E4 is listed")
    hold, total = tally.counts["holds"], tally.readings
    return {"hold": hold, "all": total, "share": 100 * hold / total}
