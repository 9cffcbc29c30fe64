"""Exercises of notebook 04: counting verdicts, triads, friends by rule, dependence, the Brier score."""

import pandas as pd

from frenemies import actors, balance, evidence, ledger
from frenemies.answers import Choice, Items, Number, Open, State
from frenemies.exercises import question
from frenemies.trade import goods_trade, share_of_trade

YEAR = 2018


@question("F-count", 1, "find a figure")
def how_many_hold():
    """All claims that hold as known in August 2019."""
    table = ledger.table()
    then, since = table.verdict_then.value_counts(), table.verdict_since.value_counts()
    hold = table[table.verdict_then.eq("holds")]
    return Number(
        ask=f"Of the article's {len(table)} claims, how many hold as known in August 2019, by the ledger?",
        answer=int(then["holds"]), digits=0, code='ledger.table().verdict_then.eq("holds").sum()',
        wrong=[
            (since["holds"], "Those hold since, by the latest figures: the question is what was known in August 2019."),
            (then["partly"], "Those are the ones judged partly."),
            (then["fails"], "Those are the ones that fail."),
            (then["undecided"], "Those are the undecided ones."),
            (then["holds"] + then["partly"], "That adds those judged partly."),
            (hold.robust.eq(True).sum(), "That counts only those that hold under the strict and the lenient rule too."),
            ((table.verdict_then.eq("holds") & table.verdict_since.eq("holds")).sum(), "That counts only those that hold then and since."),
            (hold.section.ne("framing").sum(), "Claims F1-F5 belong to the article too."),
            (hold.kind.eq("descriptive").sum() + 1, "Count again: only descriptive claims can hold."),
            (hold.section.eq("economic").sum(), "That is the economic section alone."),
            (hold.section.eq("military").sum(), "That is the military section alone."),
            (len(table), "Those are all claims."),
        ],
        hints=["Then or since: mind the column.", "Filter the ledger by verdict: holds.", "All four sections, the framing claims included."],
        solution=f"{then['holds']} hold, {then['partly']} partly, {then['fails']} fail, {then['undecided']} cannot be decided here.",
    )  # fmt: skip


@question("F-changed", 2, "read a picture")
def how_many_moved():
    """Claims judged differently since."""
    table = ledger.table()
    moved = table[table.verdict_then.ne(table.verdict_since)]
    order = {"undecided": 0, "fails": 1, "partly": 2, "holds": 3}
    better = moved.verdict_since.map(order) > moved.verdict_then.map(order)
    return Number(
        ask="For how many claims does the verdict since August 2019 differ from the verdict then?",
        answer=len(moved), digits=0, code='ledger.table().query("verdict_then != verdict_since").shape[0]',
        wrong=[
            (table.robust.eq(False).sum(), "Those are the verdicts that are not robust: they turn with the threshold, not with time."),
            (better.sum(), "Those are the ones that moved towards the article."),
            ((~better).sum(), "Those are the ones that moved away from it."),
            (abs(table.verdict_then.eq("holds").sum() - table.verdict_since.eq("holds").sum()), "That is the difference of two totals: moves to and fro cancel out in it."),
            (evidence.table("claims").standing.sum(), "Those are the standing claims: they are judged anew, but most keep their verdict."),
            (moved.section.eq("geopolitical").sum(), "That is the geopolitical section alone."),
            (moved.section.eq("military").sum(), "That is the military section alone."),
            (moved.section.isin(["economic", "geopolitical", "military"]).sum(), "Claims F1-F5 belong to the article too."),
            (len(table) - len(moved), "Those are the ones that did not move."),
            (len(moved) - 1, "One off: go through the list once more."),
            (len(moved) + 1, "One off: go through the list once more."),
        ],
        hints=["Two columns of the ledger: set them side by side, row by row.", "In the picture of the whole article, then and since are two marks a claim: count the rows in which they differ.", "Undecided then and decided since counts as a difference."],
        solution=f"{len(moved)}: {', '.join(moved.index)}.",
    )  # fmt: skip


@question("F4-triad", 2, "decide a claim")
def is_it_balanced():
    """F4: the triad of China, Russia and India."""
    net = balance.graph(balance.signed_ties(YEAR))
    sign = {
        pair: net.get_edge_data(*pair, default={"sign": 0})["sign"]
        for pair in (("CHN", "RUS"), ("IND", "RUS"), ("CHN", "IND"))
    }
    product = sign["CHN", "RUS"] * sign["IND", "RUS"] * sign["CHN", "IND"]
    word = {1: "friends", -1: "rivals", 0: "neither"}
    return Choice(
        ask=f"By the standing rules for {YEAR}, China and Russia are {word[sign['CHN', 'RUS']]}, India and Russia {word[sign['IND', 'RUS']]}, China and India {word[sign['CHN', 'IND']]}. Is that triad balanced?",
        options=[
            ("Balanced, for most of its ties are friendly", False, "Counting friends is not the rule: multiply the three signs."),
            ("Balanced, for the product of the three signs is positive", product > 0, "Two friends with a common rival, or three friends, give a positive product."),
            ("Neither: balance needs four actors", False, "A triad is three actors. Longer circles can be looked at too, but three will do."),
            ("Unbalanced, for the product of the three signs is negative", product < 0, "One rivalry among three: somebody's friend is the enemy of their friend. That is what the article is about."),
        ],
        hints=["Write +1 for friends and -1 for rivals.", "Multiply the three.", "One rivalry or three: negative. None or two: positive."],
        solution=f"{sign['CHN', 'RUS']:+d} times {sign['IND', 'RUS']:+d} times {sign['CHN', 'IND']:+d} is {product:+d}: {'balanced' if product > 0 else 'unbalanced'}. Theory expects pressure on one of the ties; it does not say which gives way.",
    )  # fmt: skip


@question("F4-friends", 3, "compute a measure")
def friends_with_rivals():
    """F4: whom China's and Russia's arms make friends."""
    friends, rivals = balance.friends_and_rivals(YEAR)
    answer = sorted(code for code in friends["RUS"] if rivals[code] & {"IND", "CHN", "USA", "JPN", "PAK", "SAU"})
    kept = [code for code in answer if code != "CHN"]
    outside = {
        "PAK": "China arms Pakistan; from Russia it buys little.",
        "UKR": "Ukraine counts as an arms supplier of Russia in these years, but see whose rival it is.",
        "KAZ": "A friend of Russia, but on no list of rivals with these.",
    }
    return Items(
        ask=f"Claim F4 calls friend who owes defence or buys at least half of its arms from the other. Which of Russia's friends in {YEAR}, China aside, were strategic rivals of China, India, Japan, Pakistan, Saudi Arabia or the USA?",
        answer=kept, wrong={code: why for code, why in outside.items() if code not in kept},
        missing={code: f"One is missing: think of the rivals of {actors.name(sorted(rivals[code])[0])}." for code in kept},
        code='[code for code in balance.friends_and_rivals(2018)[0]["RUS"] if code != "CHN" and balance.friends_and_rivals(2018)[1][code] & {"CHN", "IND", "JPN", "PAK", "SAU", "USA"}]',
        hints=["Two steps: list Russia's friends, then strike out those without such a rivalry.", "friends_and_rivals(2018) gives two dicts of sets: friends and rivals by actor.", f"There are {len(kept)}."],
        solution="; ".join(f"{actors.name(code)} (rival of {', '.join(actors.name(other) for other in sorted(rivals[code]))})" for code in kept) + ". Only a rival of China itself counts for F4.",
    )  # fmt: skip


def _share(reporter, partner, year=YEAR):
    return float(share_of_trade(reporter, partner).set_index("year").share[year])


def _flow(reporter, partner, column, year=YEAR):
    both = [goods_trade(reporter, other).set_index("year").loc[year, column] for other in (partner, "WLD")]
    return float(both[0] / both[1] * 100)


@question("F-depend", 2, "compute a measure")
def who_needs_whom():
    """Dependence: the same trade as a share of two wholes."""
    answer = _share("RUS", "CHN") / _share("CHN", "RUS")
    return Number(
        ask=f"In {YEAR}, how many times larger was China's share of Russia's goods trade than Russia's share of China's? Each in its own books, one decimal.",
        answer=answer, digits=1,
        code='trade.share_of_trade("RUS", "CHN").set_index("year").share[2018] / trade.share_of_trade("CHN", "RUS").set_index("year").share[2018]',
        wrong=[
            (1 / answer, "The other way round: divide China's share of Russia's trade by Russia's share of China's."),
            (_share("RUS", "CHN") - _share("CHN", "RUS"), "That is the difference in percentage points: how many times is a ratio."),
            (_share("RUS", "CHN"), "That is China's share of Russia's trade: divide it by Russia's share of China's."),
            (_share("CHN", "RUS"), "That is Russia's share of China's trade: it belongs below the line."),
            (_share("RUS", "CHN", 2013) / _share("CHN", "RUS", 2013), "That is 2013."),
            (_share("RUS", "CHN", 2020) / _share("CHN", "RUS", 2020), "That is 2020: the gap has widened since."),
            (_flow("RUS", "CHN", "export") / _flow("CHN", "RUS", "export"), "That takes exports only: trade is exports plus imports."),
            (_flow("RUS", "CHN", "import") / _flow("CHN", "RUS", "import"), "That takes imports only: trade is exports plus imports."),
            (1.0, "The trade is the same in both, the whole is not: divide each by its own trade with the world."),
            (_share("RUS", "CHN") / _share("CHN", "USA"), "That divides by the share of the USA in China's trade."),
        ],
        hints=["One trade, two wholes: Russia's trade with the world, and China's.", "Two shares, then the one over the other.", 'share_of_trade("RUS", "CHN") and share_of_trade("CHN", "RUS"), the year 2018.'],
        solution=f"{_share('RUS', 'CHN'):.1f} % over {_share('CHN', 'RUS'):.1f} % is {answer:.1f}. In 2013 it was {_share('RUS', 'CHN', 2013) / _share('CHN', 'RUS', 2013):.1f}: the same trade binds Russia more than China, and increasingly so.",
    )  # fmt: skip


GUESSES = pd.DataFrame({"claim": ["E1", "M8", "G8"], "verdict": ["holds", "holds", "fails"], "sure": [80, 90, 60]})


@question("F-brier", 3, "compute a measure")
def brier():
    """The Brier score of three predictions against the ledger."""
    met = GUESSES.assign(met=[ledger.judge(row.claim, "then").verdict == row.verdict for row in GUESSES.itertuples()])
    sure, hit = met.sure / 100, met.met.astype(float)
    answer = float((sure - hit).pow(2).mean())
    said = "; ".join(f"{row.claim} {row.verdict}, {row.sure} % sure" for row in GUESSES.itertuples())
    return Number(
        ask=f"A reader predicts: {said}. Look up the verdicts as known in August 2019. What is the reader's Brier score, the mean of the squared gaps between confidence (0 to 1) and outcome (1 if met, 0 if not)? Two decimals.",
        answer=answer, unit="score", digits=2,
        code='sum((sure - (ledger.judge(claim, "then").verdict == verdict)) ** 2 for claim, verdict, sure in [("E1", "holds", 0.8), ("M8", "holds", 0.9), ("G8", "fails", 0.6)]) / 3',
        wrong=[
            (float((sure - hit).pow(2).sum()), "That is the sum: divide by the number of predictions."),
            (float((sure - hit).abs().mean()), "That is the mean gap: square each gap first."),
            (float((sure - hit).mean()), "Gaps of both signs cancel out: square each first."),
            (float(hit.mean()), "That is the share of predictions that were met; confidence is not in it."),
            (1 - float(hit.mean()), "That is the share of predictions that were not met."),
            (float((1 - sure).pow(2).mean()), "That takes all predictions as met: look up the verdicts."),
            (float(sure.pow(2).mean()), "That takes all predictions as not met: look up the verdicts."),
            (1 - answer, "Turned round: 0 is the best score, so nothing has to be taken from 1."),
            (answer**0.5, "That is the root of it: leave the mean of squares as it is."),
            (float(sure.mean()), "That is the mean confidence: outcomes are not in it."),
            (float((sure - hit).mean() ** 2), "Square each gap first, then take the mean."),
        ],
        hints=["For each: confidence less 1 if met, confidence less 0 if not.", "Square the three, add, divide by three.", f"Met: {', '.join(met.claim[met.met]) or 'none'}."],
        solution="; ".join(f"{row.claim}: ({row.sure / 100:.1f} - {int(row.met)}) squared is {(row.sure / 100 - row.met) ** 2:.2f}" for row in met.itertuples()) + f"; the mean is {answer:.2f}. Saying 50 % of everything would give 0.25.",
    )  # fmt: skip


@question("F4-set", 3, "read a picture")
def one_strained_triad():
    """A selection with exactly one unbalanced triad that holds China and Russia."""

    def test(shown):
        if not {"CHN", "RUS"} <= set(shown):
            return False, "China and Russia must both be on."
        held = balance.holding(balance.triads(balance.graph(balance.signed_ties(YEAR, codes=shown))), "CHN", "RUS")
        strained = held[~held.balanced]
        third = [
            actors.name(code)
            for row in strained[["a", "b", "c"]].to_numpy()
            for code in row
            if code not in ("CHN", "RUS")
        ]
        return len(strained) == 1, f"Unbalanced triads with China and Russia: {len(strained)}" + (
            f" (with {', '.join(third)})." if third else "."
        )

    everybody = balance.holding(balance.triads(balance.graph(balance.signed_ties(YEAR))), "CHN", "RUS")
    codes = {code for row in everybody.loc[~everybody.balanced, ["a", "b", "c"]].to_numpy() for code in row} - {
        "CHN",
        "RUS",
    }
    return State(
        ask=f"Set the actors so that China and Russia sit in exactly one unbalanced triad, by the standing rules for {YEAR}.",
        section="verdict", test=test, answer=["CHN", "RUS", *sorted(codes)[:1]],
        hints=["A third actor that is friend of the one and rival of the other makes the triad unbalanced.", "Who buys Russian arms and quarrels with China?", f"There are {len(codes)} such actors: leave one of them on."],
        solution=f"China, Russia and one of {', '.join(actors.name(code) for code in sorted(codes))}; anybody else may stay.",
    )  # fmt: skip


@question("F-closer", 3, "argue")
def closer_or_dependent():
    """Then and now on one page."""
    now = [_share("RUS", "CHN", year) for year in (2013, 2018, 2020)]
    table = ledger.table()
    return Open(
        ask="Best worst friends, then and now: have China and Russia come closer, drifted apart, or has one merely come to depend on the other? Name two measures that point one way and one that points the other. Five sentences at most.",
        hints=["Trade, votes, arms, pledges, exercises: take each by itself.", "A share has a whole: whose?", "What would you expect to see if they were allies? Is it there?"],
        solution=f"China's share of Russia's trade rose from {now[0]:.0f} % in 2013 to {now[1]:.0f} % in 2018 and {now[2]:.0f} % in 2020, while Russia's share of China's stayed near {_share('CHN', 'RUS', 2020):.0f} %: dependence, and of one side. "
        f"No defence pledge binds the two (M11 {table.verdict_since['M11']}). In the General Assembly they agree well beyond chance (F5 {table.verdict_since['F5']}), which speaks against opposed goals. "
        "Closer, then, and less equal; an alliance it is not.",
        rubric=[("1 point", "two measures that agree, each with year and source"), ("1 point", "one that points the other way"), ("1 point", "tells dependence from friendship: says whose share of what"), ("1 point", "names what the tables cannot show")],
    )  # fmt: skip
