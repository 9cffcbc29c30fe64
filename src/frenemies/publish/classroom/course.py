"""Marked questions of the problem set: variants that no notebook asks, so that no *Solution* there gives them away.

Whoever has the package can read them here: a veil, not a lock.
"""

from frenemies.evidence import actors
from frenemies.exercises.kinds import Items, Number, Open
from frenemies.measures.ties import owe_defence
from frenemies.measures.trade import goods_trade, in_year, mirror_trade

ASKED = ["ARM", "IND", "KAZ", "PRK", "TJK", "TKM"]
CIS = ["ARM", "BLR", "KAZ", "KGZ", "TJK", "TKM", "UKR", "UZB"]
YEAR = 2018
BOOKS = "Which reporter, partner, year and flow did you use?"
HALF = "One direction only: trade is exports plus imports."


def explain(name, answer):
    """Nothing where an answer to a marked question is right; AssertionError that says why it is off where it is not."""
    said = MARKED[name]().judge(answer)
    assert said, said.says


def _trade(reporter, partner, year, column="total"):
    return in_year(goods_trade(reporter, partner), year, column)


def total():
    """One trade in one book: whose, which year, which flows."""
    year = 2016
    answer = _trade("VNM", "CHN", year)
    fob, cif = (
        sum(_trade(*pair, year, flow) for pair in (("VNM", "CHN"), ("CHN", "VNM")))
        for flow in ("export", "import")
    )
    return Number(
        ask=f"How large was Vietnam's goods trade with China in {year}, exports and imports together, in Vietnam's own books? In billions of US dollars, one decimal.",
        answer=answer, unit="USD bn", digits=1, again=BOOKS,
        code=f'trade.in_year(trade.goods_trade("VNM", "CHN"), {year})',
        wrong=[
            (_trade("CHN", "VNM", year), "Right year, wrong reporter: that is China's book. China's counts what it buys from Vietnam with freight (CIF)."),
            (_trade("VNM", "CHN", year, "export"), f"That is what Vietnam sold to China. {HALF}"),
            (_trade("VNM", "CHN", year, "import"), f"That is what Vietnam bought from China. {HALF}"),
            (_trade("CHN", "VNM", year, "export"), f"That is what China says it sold to Vietnam (FOB, without freight). {HALF}"),
            (_trade("CHN", "VNM", year, "import"), f"That is what China says it bought from Vietnam (CIF, with freight). {HALF}"),
            (_trade("VNM", "CHN", year - 1), "That is the year before."),
            (_trade("VNM", "CHN", year + 1), "That is the year after."),
            (_trade("VNM", "CHN", year, "balance"), "That is the balance: exports less imports. Add them."),
            (_trade("VNM", "RUS", year), "That is Vietnam's trade with Russia: the partner asked for is China."),
            (_trade("VNM", "WLD", year), "That is Vietnam's trade with the whole world."),
            (fob, "That adds both sides' exports, so both are FOB. Vietnam's own book counts its imports CIF."),
            (cif, "That adds both sides' imports, so both are CIF. Vietnam's own book counts its exports FOB."),
        ],
        hints=["Whose books? The word for it is reporter.", "Exports and imports together.", "In code: trade.goods_trade, column total."],
        solution=f"Vietnam reports {answer:.1f} billion dollars, China {_trade('CHN', 'VNM', year):.1f}.",
    )  # fmt: skip


def balance():
    """How far a balance moves within a year, both sides' imports."""
    both, year = mirror_trade("JPN", "CHN").set_index("year"), YEAR

    def swing(column, year=year):
        return float(both[column][year] - both[column][year - 1])

    level, before = both.cif_balance[year], both.cif_balance[year - 1]
    return Number(
        ask=f"Japan's and China's books disagree on Japan's balance with China: one shows a deficit, the other a surplus. Make them comparable: take what China says it bought from Japan (CIF) less what Japan says it bought from China (CIF). "
        f"By how much did this balance change from {year - 1} to {year}? In billions of US dollars, one decimal; positive means in Japan's favour.",
        answer=swing("cif_balance"), unit="USD bn", digits=1, again=BOOKS,
        code=f'trade.in_year(trade.mirror_trade("JPN", "CHN"), {year}, "cif_balance") - trade.in_year(trade.mirror_trade("JPN", "CHN"), {year - 1}, "cif_balance")',
        wrong=[
            (swing("own_balance"), "That is Japan's own book: exports FOB less imports CIF. Two different measures stand in it."),
            (swing("mirror_balance"), "That is China's book: its imports CIF less its exports FOB. Two different measures stand in it."),
            (swing("fob_balance"), "CIF is asked for, and that is FOB: it subtracts the two sides' exports."),
            (level, f"That is the balance of {year} itself: how far is it from that of {year - 1}?"),
            (before, f"That is the balance of {year - 1} itself: how far is it from that of {year}?"),
            (level + before, "That adds the two balances: a change is the later less the earlier."),
            (swing("cif_balance", year + 1), "That is the change to the year after."),
            (swing("cif_balance", year - 1), "That is the change of the year before."),
            (_trade("JPN", "CHN", year, "import") - _trade("JPN", "CHN", year - 1, "import"), "That is the change in what Japan bought: it has to come off the change in what China bought."),
            (_trade("CHN", "JPN", year, "import") - _trade("CHN", "JPN", year - 1, "import"), "That is the change in what China bought: the change in what Japan bought has to come off."),
            (swing("own_total"), "That is the change in trade, exports plus imports: a balance is a difference."),
        ],
        hints=["CIF has freight and insurance in it.", "Each side's imports stand in its own book.", "In code: trade.goods_trade for each of the two, column import."],
        solution=f"From {before:+.1f} to {level:+.1f}: {swing('cif_balance'):+.1f} billion dollars.",
    )  # fmt: skip


def allies():
    """Who was pledged to help, in a year: not before, and not after."""
    answer = [code for code in ASKED if owe_defence("RUS", code, YEAR)]
    reasons = {
        "IND": "It buys most of its arms from Russia, and the two have promised to consult and not to attack each other: no promise to defend.",
        "PRK": "The pledge of Soviet times ended in 1996, and the new treaty is of 2024.",
        "TKM": "ATOP has a pledge of 1992 that ended in 2002.",
        "ARM": "Look at treaties of 1992 that are still in force.", "KAZ": "Look at treaties of 1992 that are still in force.", "TJK": "Look at treaties of 1992 that are still in force.",
    }  # fmt: skip
    names = [actors.name(code) for code in ASKED]
    return Items(
        ask=f"Which of these six had a defence pledge with Russia in {YEAR}, by the treaties that ATOP collects: {', '.join(names[:-1])} and {names[-1]}?",
        answer=answer, wrong={code: reasons[code] for code in ASKED if code not in answer},
        missing={code: f"One is missing. {reasons[code]}" for code in answer},
        code=f'[code for code in {ASKED} if ties.owe_defence("RUS", code, {YEAR})]',
        hints=["Only a defence pledge counts, not arms sales.", "A pledge has a first and a last year.", "In code: ties.owe_defence."],
        solution=", ".join(actors.name(code) for code in answer),
    )  # fmt: skip


def essay():
    """One trade, two books, two signs: what to write."""
    year = 2017
    row = mirror_trade("JPN", "CHN").set_index("year").loc[year]
    return Open(
        ask=f"In {year} Japan's book shows a deficit with China, and China's book shows one with Japan. You write a paper and must say who had the surplus: what do you write, and what do you say in the footnote? Two or three sentences.",
        hints=["Say year, reporter, valuation, edition.", "What does freight do to each of the two?", "Two figures can be more honest than one."],
        solution=f"For {year} Japan reports a balance of {row.own_balance:+.1f} billion dollars with China, and China's book puts Japan at {row.mirror_balance:+.1f}: exports FOB, imports CIF, goods only, IMF, edition of 2022. "
        f"Each counts freight and insurance in what it buys; valued alike the balance is {row.fob_balance:+.1f} (both FOB) or {row.cif_balance:+.1f} (both CIF), so the sign is not settled. Freight alone hardly explains a gap of that size; goods sent by way of Hong Kong may be booked differently. I give both books and say so.",
        rubric=[("1 point", "year and reporter are named"), ("1 point", "FOB and CIF, or the two books, explain why the figures differ"), ("1 point", "does not settle a sign that the books leave open, or says which measure settles it")],
    )  # fmt: skip


MARKED = {"total": total, "balance": balance, "allies": allies}
