"""Exercises of notebook 04: verdicts and the whole they are part of, triads, friends by rule, dependence, the Brier score."""

import pandas as pd

from frenemies import evidence
from frenemies.claims import ledger
from frenemies.evidence import actors
from frenemies.exercises.kinds import Choice, Items, Number, Open, State
from frenemies.exercises.questions import question
from frenemies.measures import network as balance
from frenemies.measures.trade import goods_trade, share_of_trade

YEAR = 2018


@question("F-count", 1, "compute a measure")
def how_many_hold():
    """Of the claims that could be decided, the part that held."""
    table = ledger.table()
    then, since = table.verdict_then.value_counts(), table.verdict_since.value_counts()
    decided, hold = table[table.verdict_then.ne("undecided")], table[table.verdict_then.eq("holds")]
    whole, plain = len(decided), int(decided.kind.eq("descriptive").sum())
    return Number(
        ask="Leave out the claims that the tables could not decide. Of the others, what share held as known in August 2019? In percent, one decimal.",
        answer=then["holds"] / whole * 100, unit="%", digits=1, again="Which verdicts of which date did you count, and which claims are the whole?",
        code='ledger.table().query("verdict_then != \'undecided\'").verdict_then.eq("holds").mean() * 100',
        wrong=[
            (then["holds"] / len(table) * 100, "That takes all claims as the whole: leave the undecided ones out of it."),
            (since["holds"] / (len(table) - since["undecided"]) * 100, "That goes by the verdicts since: the question is what was known in August 2019."),
            (since["holds"] / len(table) * 100, "That goes by the verdicts since, and by all claims."),
            ((then["holds"] + then["partly"]) / whole * 100, "That adds those judged partly."),
            (then["holds"] / (then["holds"] + then["fails"]) * 100, "Partly is a decision too: those claims belong to the whole."),
            (then["partly"] / whole * 100, "Those are the ones judged partly."),
            (then["fails"] / whole * 100, "Those are the ones that fail."),
            (then["holds"], "That is how many held: divide by the number of claims that were decided."),
            (whole, "That is how many were decided: what share of them held?"),
            (then["holds"] / plain * 100, "That leaves out claims on causes, intentions and the future: those that were decided belong to the whole."),
            (hold.robust_then.eq(True).sum() / whole * 100, "That counts only those that hold under the strict and the lenient rule too."),
            (hold.section.ne("framing").sum() / decided.section.ne("framing").sum() * 100, "Claims F1-F5 belong to the article too."),
        ],
        hints=["Then or since: mind the date. And mind the whole.", "The whole is all claims less the undecided ones.",
               'The line below the picture begins with Then: the number that hold, divided by the sum of those that hold, hold in part and fail. In code: ledger.table(), column verdict_then.'],
        solution=f"{then['holds']} of {whole}, for {then['undecided']} of the {len(table)} were undecided: {then['holds'] / whole * 100:.1f} %. Of all claims it is {then['holds'] / len(table) * 100:.1f} %.",
        means="An undecided claim is neither right nor wrong: whoever leaves it in the whole makes the article look weaker than it is.",
    )  # fmt: skip


@question("F-changed", 2, "read a picture")
def how_many_moved():
    """Claims that the years since have judged more kindly."""
    table = ledger.table()
    moved = table[table.verdict_then.ne(table.verdict_since)]
    order = {"fails": 1, "partly": 2, "holds": 3}
    steps = moved.verdict_since.map(order) - moved.verdict_then.map(order)
    better, worse, late = moved[steps.gt(0)], moved[steps.lt(0)], moved[steps.isna()]
    return Number(
        ask="How many verdicts have moved towards the article since August 2019: from fails to partly or holds, or from partly to holds?",
        answer=len(better), digits=0, again="Which rows did you count, and which way did they move?",
        code='(ledger.table().verdict_then + " " + ledger.table().verdict_since).isin(["fails partly", "fails holds", "partly holds"]).sum()',
        wrong=[
            (len(moved), "Those are all that changed: count the ones that moved towards the article."),
            (len(worse), "Those moved away from it."),
            (len(worse) + len(late), "Those moved away from it, or were undecided then."),
            (len(better) + len(late), "One that was undecided had no place to move from: leave it out."),
            (abs(table.verdict_then.eq("holds").sum() - table.verdict_since.eq("holds").sum()), "That is the difference of two totals: moves to and fro cancel out in it."),
            (table.verdict_since.eq("holds").sum(), "Those are all that hold since, most of which held before."),
            (table.verdict_then.eq("holds").sum(), "Those are all that held then."),
            (table.robust_then.eq(False).sum(), "Those are the verdicts that are not robust: they turn with the threshold, not with time."),
            (evidence.table("claims").standing.sum(), "Those are the standing claims: they are judged anew, but most keep their verdict."),
            (moved.section.eq("geopolitical").sum(), "That is what changed in the geopolitical section, both ways."),
            (len(table) - len(moved), "Those are the ones that did not move."),
            (len(better) - 1, "One off: go through the list once more."),
        ],
        hints=["Two marks a claim, then and since: look at the rows in which they differ.", "Of these keep the ones whose later mark is the better one for the article. A claim that was undecided has no place to move from.",
               'Open "The picture in words": the second sentence names all that changed. Look each of them up in the rows that follow. In code: ledger.table(), columns verdict_then and verdict_since.'],
        solution=f"{len(better)}: {', '.join(better.index)}. Away from it moved {', '.join(worse.index)}; {', '.join(late.index) or 'none'} was decided only since.",
        means="More verdicts have moved away from the article than towards it: which claims age well, nobody knew in August 2019.",
    )  # fmt: skip


@question("F4-triad", 2, "decide a claim")
def is_it_balanced():
    """F4: the triad of China, Pakistan and India."""
    net = balance.graph(balance.signed_ties(YEAR))
    sign = {
        pair: net.get_edge_data(*pair, default={"sign": 0})["sign"]
        for pair in (("CHN", "PAK"), ("CHN", "IND"), ("PAK", "IND"), ("CHN", "RUS"), ("RUS", "IND"))
    }
    product = sign["CHN", "PAK"] * sign["CHN", "IND"] * sign["PAK", "IND"]
    russian = sign["CHN", "RUS"] * sign["CHN", "IND"] * sign["RUS", "IND"]
    word = {1: "friends", -1: "rivals", 0: "neither"}
    return Choice(
        ask=f"A triad without Russia: by the standing rules for {YEAR}, China and Pakistan are {word[sign['CHN', 'PAK']]}, China and India {word[sign['CHN', 'IND']]}, Pakistan and India {word[sign['PAK', 'IND']]}. Is it balanced?",
        options=[
            ("Unbalanced, for most of its ties are rivalries", False, "Counting rivals is not the rule: multiply the three signs."),
            ("Balanced, for the product of the three signs is positive", product > 0, "Two friends with a common rival are at rest: nobody's friend is the rival of their friend. Put Russia, which arms India, in Pakistan's place, and the rest is gone."),
            ("Neither: balance needs four actors", False, "A triad is three actors. Longer circles can be looked at too, but three will do."),
            ("Unbalanced, for the product of the three signs is negative", product <= 0, "One rivalry or three make the product negative. How many are there here?"),
        ],
        hints=["Write +1 for friends and -1 for rivals.", "Multiply the three.", "One rivalry or three: negative. None or two: positive."],
        solution=f"{sign['CHN', 'PAK']:+d} times {sign['CHN', 'IND']:+d} times {sign['PAK', 'IND']:+d} is {product:+d}: {'balanced' if product > 0 else 'unbalanced'}. With Russia in Pakistan's place the product is {russian:+d}.",
    )  # fmt: skip


@question("F4-friends", 3, "compute a measure")
def friends_with_rivals():
    """F4: whom China's and Russia's arms make friends."""
    friends, rivals = balance.friends_and_rivals(YEAR)
    six = {"IND", "CHN", "USA", "JPN", "PAK", "SAU"}
    answer = sorted(code for code in friends["RUS"] - {"CHN"} if rivals[code] & six)
    outside = {
        "VNM": "A friend of Russia, but specialists ended its rivalry with China in 1991: it stands on no list of rivals.",
        "PAK": "China arms Pakistan; from Russia it buys little.",
        "UKR": "Ukraine counts as an arms supplier of Russia in these years, but see whose rival it is.",
        "KAZ": "A friend of Russia, but on no list of rivals with these.",
    }
    return Items(
        ask=f"By the rule of F4 two states are friends where they owe each other defence, or where one buys at least half of its imported arms from the other. Which of Russia's friends in {YEAR}, China aside, were strategic rivals of China, India, Japan, Pakistan, Saudi Arabia or the USA?",
        answer=answer, wrong={code: why for code, why in outside.items() if code not in answer},
        missing={code: f"One is missing: think of the rivals of {actors.name(sorted(rivals[code] & six)[0])}." for code in answer},
        code=f'[code for code in balance.friends_and_rivals({YEAR})[0]["RUS"] if code != "CHN" and balance.friends_and_rivals({YEAR})[1][code] & {{"CHN", "IND", "JPN", "PAK", "SAU", "USA"}}]',
        hints=["Two steps: list Russia's friends, then strike out those without such a rivalry.", "Votes make no friend under this claim's rule: look for defence pledges, and for shares of arms imports of 50 % and more.",
               f'There are {len(answer)}. Open "The picture in words" under the network: pairs with Russia that name a pledge or arms, then strategic rivalry in the pairs of these. In code: balance.friends_and_rivals({YEAR}).'],
        solution="; ".join(f"{actors.name(code)} (rival of {', '.join(actors.name(other) for other in sorted(rivals[code]))})" for code in answer) + ". Only a rival of China itself counts for F4.",
        means="For the claim only a rival of China itself counts, and that is just one of these.",
    )  # fmt: skip


def _share(reporter, partner, year=YEAR):
    return float(share_of_trade(reporter, partner).set_index("year").share[year])


def _flow(reporter, partner, column, year=YEAR):
    both = [
        goods_trade(reporter, other).set_index("year").loc[year, column]
        for other in (partner, "WLD")
    ]
    return float(both[0] / both[1] * 100)


@question("F-depend", 2, "compute a measure")
def who_needs_whom():
    """Dependence: the same trade as a share of two wholes."""
    answer = _share("RUS", "CHN") / _share("CHN", "RUS")
    return Number(
        ask=f"In {YEAR}, how many times larger was China's share of Russia's goods trade than Russia's share of China's? Each in its own books, one decimal.",
        answer=answer, digits=1, again="Which two shares did you divide, in whose books, and of which year?",
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
        hints=["One trade, two wholes: Russia's trade with the world, and China's.", "Two shares of the same year, then the one divided by the other.",
               'Open "The picture in words" under the picture of dependence: its first sentence has both shares for 2018. In code: trade.share_of_trade("RUS", "CHN") and trade.share_of_trade("CHN", "RUS"), column share.'],
        solution=f"{_share('RUS', 'CHN'):.1f} % over {_share('CHN', 'RUS'):.1f} % is {answer:.1f}. In 2013 it was {_share('RUS', 'CHN', 2013) / _share('CHN', 'RUS', 2013):.1f}: the same trade binds Russia more than China, and increasingly so.",
        means="The same trade binds Russia more than China: whoever has the smaller share at stake can walk away more cheaply.",
    )  # fmt: skip


GUESSES = pd.DataFrame(
    {"claim": ["E1", "M8", "G8"], "verdict": ["holds", "holds", "fails"], "sure": [80, 90, 60]}
)


@question("F-brier", 3, "compute a measure")
def brier():
    """The Brier score of three predictions against the ledger."""
    met = GUESSES.assign(
        met=[ledger.judge(row.claim, "then").verdict == row.verdict for row in GUESSES.itertuples()]
    )
    sure, hit = met.sure / 100, met.met.astype(float)
    answer = float((sure - hit).pow(2).mean())
    said = "; ".join(
        f"{row.claim} {row.verdict}, {row.sure} % sure" for row in GUESSES.itertuples()
    )
    return Number(
        ask=f"A reader predicts: {said}. Look up the verdicts as known in August 2019. What is the reader's Brier score, the mean of the squared gaps between confidence (0 to 1) and outcome (1 if met, 0 if not)? Two decimals.",
        answer=answer, unit="score", digits=2, again="Which of the three came true, and how large is each squared gap?",
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
        hints=["For each: confidence less 1 if met, confidence less 0 if not.", "Square the three gaps, add them, divide by three.", f"Look at the verdicts on the three claims, as known in August 2019. Met: {', '.join(met.claim[met.met]) or 'none'}."],
        solution="; ".join(f"{row.claim}: ({row.sure / 100:.1f} - {int(row.met)}) squared is {(row.sure / 100 - row.met) ** 2:.2f}" for row in met.itertuples()) + f"; the mean is {answer:.2f}. Saying 50 % of everything would give 0.25.",
        means="Sure and wrong costs most: this reader would have done better to say 50 % of everything.",
    )  # fmt: skip


@question("F4-set", 3, "read a picture")
def one_strained_triad():
    """A selection with exactly one unbalanced triad that holds China and Russia."""

    def test(shown):
        if not {"CHN", "RUS"} <= set(shown):
            return False, "China and Russia must both be on."
        held = balance.holding(
            balance.triads(balance.graph(balance.signed_ties(YEAR, codes=shown))), "CHN", "RUS"
        )
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

    everybody = balance.holding(
        balance.triads(balance.graph(balance.signed_ties(YEAR))), "CHN", "RUS"
    )
    codes = {
        code
        for row in everybody.loc[~everybody.balanced, ["a", "b", "c"]].to_numpy()
        for code in row
    } - {"CHN", "RUS"}
    return State(
        ask=f"Set the actors so that China and Russia sit in exactly one unbalanced triad, by the standing rules for {YEAR}.",
        section="verdict", test=test, answer=["CHN", "RUS", *sorted(codes)[:1]],
        hints=["A third actor that is friend of the one and rival of the other makes the triad unbalanced.", "Who buys Russian arms and quarrels with China?", f"There are {len(codes)} such actors: leave one of them on."],
        solution=f"China, Russia and either {' or '.join(actors.name(code) for code in sorted(codes))}; anybody else may stay.",
        means="A triad is there only if all three are shown: what a network says hangs on who is in it.",
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
