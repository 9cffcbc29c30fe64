"""Exercises of notebook 01: trade in two books, ranks, parts and wholes of energy imports, coal, the EU's place."""

from frenemies import evidence
from frenemies.claims import ledger
from frenemies.evidence import actors
from frenemies.exercises.answers import Choice, Number, Open, State
from frenemies.exercises.questions import question
from frenemies.measures.trade import (
    goods_trade,
    in_year,
    mirror_trade,
    rank_of,
    ranks,
    share_of_trade,
)
from frenemies.sections import economic

YEAR = 2018
HALF = "One direction only: trade is exports plus imports."
BOOKS = "Which reporter, partner, year and flow did you use?"
FLOWS = ("export", "import")


def _trade(reporter, partner, column="total", year=YEAR):
    return in_year(goods_trade(reporter, partner), year, column)


@question("E1-total", 1, "find a figure")
def russia_total():
    """E1: Russia's trade with China in its own books, in a year of which no sentence speaks."""
    year = 2014
    both = mirror_trade("RUS", "CHN").set_index("year").loc[year]
    fob, cif = (
        sum(_trade(*pair, flow, year) for pair in (("RUS", "CHN"), ("CHN", "RUS")))
        for flow in FLOWS
    )
    answer = float(both.own_total)
    return Number(
        ask=f"How large was Russia's goods trade with China in {year}, exports and imports together, in Russia's own books? In billions of US dollars, one decimal.",
        answer=answer, unit="USD bn", digits=1, again=BOOKS,
        code=f'trade.in_year(trade.goods_trade("RUS", "CHN"), {year})',
        wrong=[
            (both.mirror_total, "Right year, wrong reporter: that is China's book. China's counts what it buys from Russia with freight (CIF)."),
            (_trade("RUS", "CHN", "export", year), f"That is what Russia sold to China. {HALF}"),
            (_trade("RUS", "CHN", "import", year), f"That is what Russia bought from China. {HALF}"),
            (_trade("CHN", "RUS", "export", year), f"That is what China says it sold to Russia (FOB, without freight). {HALF}"),
            (_trade("RUS", "CHN", year=year - 1), "That is the year before."),
            (_trade("RUS", "CHN", year=year + 1), "That is the year after: the price of oil had fallen."),
            (_trade("RUS", "CHN", year=YEAR), f"That is {YEAR}, the year that the claim is about."),
            (_trade("RUS", "CHN", "balance", year), "That is the balance: exports less imports. Add them."),
            (fob, "That adds both sides' exports, so both are FOB. Russia's own book counts its imports CIF."),
            (cif, "That adds both sides' imports, so both are CIF. Russia's own book counts its exports FOB."),
            (_trade("EAEU5", "CHN", year=year), "That is the trade of the whole Eurasian Economic Union with China, not Russia's alone."),
        ],
        hints=["Whose books? The word for it is reporter: here Russia reports, and China is the partner.",
               "The title of the picture speaks of another year. Each year has a row in the table behind the picture, with a column for each reporter.",
               f'Open "The figures behind it" under the first picture: row {year}, column Russia\'s books. In code: trade.goods_trade("RUS", "CHN"), column total.'],
        solution=f"Russia reports {_trade('RUS', 'CHN', 'export', year):.1f} of exports (FOB) and {_trade('RUS', 'CHN', 'import', year):.1f} of imports (CIF): {answer:.1f} billion dollars. China reports {both.mirror_total:.1f}.",
        means="In no year from 2008 to 2020 did the two books lie further apart: say whose a figure is before you quote it.",
    )  # fmt: skip


def _rank(reporter, partner, year):
    return rank_of(reporter, partner, year)


@question("E3-rank", 1, "read a picture")
def far_ahead():
    """E3: which partners leave Russia far behind."""
    rank, table = _rank("CHN", "RUS", YEAR), ranks("CHN", YEAR).set_index("partner")
    russia = table.total["RUS"]
    twice = table.total.ge(2 * russia)
    answer, customs = int(twice.sum()), [code for code in ("HKG", "TWN") if twice.get(code)]
    return Number(
        ask=f"In the picture of ranks for {YEAR}: how many partner countries traded at least twice as much with China as Russia did? Each EU member counts for itself.",
        answer=answer, digits=0, again="Which list, which year and which multiple of Russia's figure did you use?",
        code=f'trade.ranks("CHN", {YEAR}).set_index("partner").total.pipe(lambda total: total.ge(2 * total["RUS"]).sum())',
        wrong=[
            (rank - 1, "Those are all that traded more than Russia: at least twice as much is asked."),
            (rank, "That is Russia's own rank."),
            (_rank("RUS", "CHN", YEAR), "The other way round: that is China's rank among Russia's partners. China matters more to Russia than Russia to China."),
            (table.total.ge(1.5 * russia).sum(), "That takes in Germany: it traded more than Russia, but not twice as much."),
            (table.total.ge(3 * russia).sum(), "Those traded at least three times as much: twice is enough."),
            (answer - 1, "One is missing. Was Hong Kong left out? It is a customs territory of its own and stands in the list."),
            (answer - len(customs), "Hong Kong and Taiwan were left out: both stand in the list as partners."),
            (answer + 1, "That counts the EU as one partner more. Here its members stand one by one."),
            (table.total.le(russia / 2).sum(), "Those traded at most half as much as Russia: look at the other end of the list."),
            (table.total.ge(russia / 2).sum(), "Those traded at least half as much as Russia: double its figure, do not halve it."),
            (len(table), "Those are all partners."),
            (0, "There are some: read the list from the top."),
        ],
        hints=["Find Russia's figure first, and double it.",
               "Go down the list from the top, and stop at the first partner below that. Partners that are no actors here count too.",
               'Open "The figures behind it" under the picture of ranks: in the column total, count from the top. In code: trade.ranks("CHN", 2018), column total.'],
        solution=f"{answer}: {', '.join(table.name[twice])}. Russia stood at {russia:.1f} billion dollars, so the mark is {2 * russia:.1f}.",
        means="Far behind is fair for these. Germany, which the article names as well, is not among them: a phrase needs a threshold.",
    )  # fmt: skip


@question("E3-set", 2, "read a picture")
def russia_third():
    """E3: a selection of actors among which Russia ranks third."""
    totals = ranks("CHN", YEAR).set_index("partner").total
    evidence.held(totals.get("RUS"), "Russia's trade among the partners of China")

    def test(shown):
        ranked = [code for code in totals.index if code in shown and code in actors.ALL]
        if "RUS" not in ranked:
            return False, "Russia itself is off: switch it on."
        place = ranked.index("RUS") + 1
        return (
            place == 3,
            f"Of China's partners now shown Russia is number {place}: {', '.join(actors.name(code) for code in ranked[: max(place, 3)])}.",
        )

    return State(
        ask=f"Set the actors so that Russia ranks third among China's partners shown, by trade in {YEAR}. (China, and the EU as a whole, do not count.)",
        section="economic", test=test, answer=["CHN", "USA", "JPN", "RUS"],
        hints=["Two larger partners stay on, the other larger ones go off. Smaller ones may stay.", "Start from none, and switch China and Russia on: the ranks are China's.",
               f"Larger than Russia among the actors were {', '.join(actors.name(code) for code in totals.index[totals > totals['RUS']] if code in actors.ALL)}."],
        solution="Russia and any two larger partners, for instance the United States and Japan.",
        means="A rank hangs on the list: whoever chooses the list has half chosen the rank.",
    )  # fmt: skip


@question("E7-coal", 2, "decide a claim")
def coal_level():
    """E7: one threshold, two editions."""
    then = economic.below_peak(economic.coal_known_in_2019())
    today = economic.below_peak(economic.coal_use("CHN", vintage="then"))
    turns = then >= 3 > today > 0
    return Choice(
        ask="The rule of E7: at least 5 % below the peak of coal is holds, anything below it is partly. Suppose that the mark were 3 %. Which verdict follows for 2018?",
        options=[
            ("Holds: coal's share of China's energy has fallen every year since 2013", False, "The share did fall, but a smaller share of a larger whole can be more coal. The rule looks at the level."),
            ("Holds by the edition of 2019, partly by today's", turns, "The two editions fall on two sides of the mark. So a mark is fixed beforehand, and a figure is quoted with its edition."),
            ("Partly by both editions, as with a mark of 5 %", not turns, "Set each of the two falls against the new mark: one of them passes it."),
            ("Fails: China burns more coal than ever", False, "So say the later years. In 2018 the level lay below the peak, by both editions."),
        ],
        hints=["Share or level: which of the two does the rule look at?", "Two figures for the same fall stand above: one by the edition of 2019, one by today's figures for the time.",
               "The verdict on E7 prints both, each as percent below the peak: set them against 3 %. In code: economic.below_peak(economic.coal_known_in_2019())."],
        solution=f"By the edition of 2019 coal lay {then:.1f} % below its peak, by today's {today:.1f} %. With the mark of 5 % the verdict is {ledger.judge('E7', 'then').verdict} by both.",
    )  # fmt: skip


def _gas(commodity, year, origin="Russia"):
    return economic.from_origin(commodity, origin, year, "share")


@question("E6-share", 2, "compute a measure")
def a_tenth_of_the_gas():
    """E6: from a part and its share to the whole."""
    whole = economic.from_origin("gas", "Total", YEAR)
    answer, russia, share = (
        whole / 10,
        economic.from_origin("gas", "Russia", YEAR),
        _gas("gas", YEAR),
    )
    three = sum(
        economic.from_origin("gas", origin, YEAR)
        for origin in ("Turkmenistan", "Australia", "Russia")
    )
    return Number(
        ask=f"E6 holds where Russia sends a tenth or more of the gas that China imports, by pipeline and by ship. How much gas was a tenth in {YEAR}? In billion cubic metres, one decimal.",
        answer=answer, unit="billion cubic metres", digits=1, code=f'economic.from_origin("gas", "Total", {YEAR}) / 10',
        again="Which fuel, which year and which whole did you use?",
        wrong=[
            (whole, "That is the whole: a tenth of it is asked."),
            (round(russia, 1) / round(share, 1) * 10, "Russia's share is small, and rounded: a rounding error grows when you divide by it. Take a large supplier instead."),
            (three / 10, "That is a tenth of the three suppliers listed: China imports gas from others too."),
            (russia, "That is what Russia sent. What would a tenth of everything have been?"),
            (whole * 0.03, "Those are 3 %, which the rule asks for partly."),
            (economic.from_origin("gas", "Total", YEAR - 1) / 10, "That is the year before."),
            (economic.from_origin("gas", "Total", YEAR + 1) / 10, "That is the year after."),
            (economic.from_origin("LNG", "Total", YEAR) / 10, "That is a tenth of the LNG alone: gas by pipeline belongs to gas."),
            (economic.from_origin("pipeline gas", "Total", YEAR) / 10, "That is a tenth of the pipeline gas alone: LNG belongs to gas."),
            (economic.from_origin("gas", "Turkmenistan", YEAR) / 10, "That is a tenth of what Turkmenistan sent: find the whole first."),
            (answer - russia, "That is what Russia would have had to send on top: the tenth itself is asked."),
        ],
        hints=["A share is a part divided by its whole. So the whole is the part divided by its share.",
               "Two suppliers are printed above with volume and share. Take one of the large ones: volume divided by share gives all that China imported.",
               "Turkmenistan's volume, divided by its percentage, gives one per cent of the whole; ten times that is a tenth. In code: economic.imports_by_origin(\"gas\"), origin Total."],
        solution=f"Turkmenistan sent {economic.from_origin('gas', 'Turkmenistan', YEAR):.1f} billion cubic metres, {_gas('gas', YEAR, 'Turkmenistan'):.1f} % of the whole; so the whole was {whole:.1f}, and a tenth {answer:.1f}. Russia sent {russia:.1f}.",
        means="Russia sent far less than that, by pipeline and by ship together: it was not near the mark.",
    )  # fmt: skip


@question("E4-balance", 2, "compute a measure")
def like_for_like():
    """E4: how far a balance swings within a year, both sides' exports."""
    both = mirror_trade("RUS", "CHN").set_index("year")

    def swing(column, year=YEAR):
        return float(both[column][year] - both[column][year - 1])

    level, before = both.fob_balance[YEAR], both.fob_balance[YEAR - 1]
    return Number(
        ask=f"Russia's and China's books disagree on Russia's balance with China. Make them comparable: take what Russia says it sold to China (FOB) less what China says it sold to Russia (FOB). "
        f"By how much did this balance change from {YEAR - 1} to {YEAR}? In billions of US dollars, one decimal; positive means in Russia's favour.",
        answer=swing("fob_balance"), unit="USD bn", digits=1, again=BOOKS,
        code=f'trade.in_year(trade.mirror_trade("RUS", "CHN"), {YEAR}, "fob_balance") - trade.in_year(trade.mirror_trade("RUS", "CHN"), {YEAR - 1}, "fob_balance")',
        wrong=[
            (swing("own_balance"), "That is Russia's own book: exports FOB less imports CIF. Two different measures stand in it."),
            (swing("mirror_balance"), "That is China's book: its imports CIF less its exports FOB. Two different measures stand in it."),
            (swing("cif_balance"), "FOB is asked for, and that is CIF: it subtracts the two sides' imports."),
            (level, f"That is the balance of {YEAR} itself: how far is it from that of {YEAR - 1}?"),
            (before, f"That is the balance of {YEAR - 1} itself: how far is it from that of {YEAR}?"),
            (level + before, f"The balance of {YEAR - 1} was below zero: from a deficit to a surplus is further than that."),
            (swing("fob_balance", YEAR + 1), "That is the change to the year after."),
            (swing("fob_balance", YEAR - 1), "That is the change of the year before."),
            (_trade("RUS", "CHN", "export") - _trade("RUS", "CHN", "export", YEAR - 1), "That is the change in what Russia sold: the change in what China sold has to come off."),
            (swing("own_total"), "That is the change in trade, exports plus imports: a balance is a difference."),
        ],
        hints=["FOB is the price at the exporter's border, CIF has freight and insurance in it.",
               "The table behind the picture of balances has a column for both sides' exports. Take two years, the later less the earlier, and mind the sign of the earlier one.",
               f'Open "The figures behind it" under the picture of balances: column both FOB, rows {YEAR - 1} and {YEAR}. In code: trade.mirror_trade("RUS", "CHN"), column fob_balance.'],
        solution=f"From {before:+.1f} to {level:+.1f}: {swing('fob_balance'):+.1f} billion dollars. Russia's own book says {swing('own_balance'):+.1f}, China's {swing('mirror_balance'):+.1f}.",
        means="Within a year the balance moved by more than the nine billion of the claim: the difference of two large figures is never steady.",
    )  # fmt: skip


@question("E4-mirror", 2, "explain a disagreement")
def why_books_differ():
    """E4: why two honest books differ."""
    row = mirror_trade("RUS", "CHN").set_index("year").loc[YEAR]
    return Choice(
        ask=f"In {YEAR} Russia's surplus with China is much larger in China's books than in Russia's. Which explanation is sure to play a part, even if both keep honest books?",
        options=[
            ("China converts at another exchange rate", False, "Both series are in dollars of the time; what rate each used is not in the table, so this is a guess."),
            ("Goods that pass through Hong Kong are counted twice", False, "Hong Kong blurs China's trade with the West far more; little of Russia's trade goes that way."),
            ("Each values its imports with freight and insurance (CIF) and its exports without (FOB)", True, "Freight is added to what each buys: that lifts China's imports, and so Russia's surplus in China's book, and lowers the surplus in Russia's own."),
            ("One of the two must be lying", False, "Two honest books differ as well: each values imports at its own border and exports at its own border."),
        ],
        hints=["What is in an import's price that is not in an export's?", "The terms at the top of this page tell FOB from CIF.",
               "The line above gives the balance with both flows FOB, and with both CIF: how far apart are these two, and how far apart the two books?"],
        solution=f"CIF and FOB. With both flows FOB the surplus is {row.fob_balance:.1f}, with both CIF {row.cif_balance:.1f}: much nearer to each other than {row.own_balance:.1f} and {row.mirror_balance:.1f}.",
    )  # fmt: skip


@question("E10-extra", 2, "compute a measure")
def union_extra():
    """E10: what the four others added to Russia's trade with China before the union began."""
    year = 2013
    four, russia, five = (_trade("CHN", other, year=year) for other in ("EAEU4", "RUS", "EAEU5"))

    def extra(flow="total", when=year):
        return _trade("CHN", "EAEU4", flow, when) / _trade("CHN", "RUS", flow, when) * 100

    return Number(
        ask=f"The Eurasian Economic Union began in 2015. In China's books for {year}: what did its four later members Kazakhstan, Kyrgyzstan, Belarus and Armenia add to Russia's trade with China, in percent of Russia's? One decimal.",
        answer=extra(), unit="%", digits=1, again=BOOKS,
        code=f'trade.in_year(trade.goods_trade("CHN", "EAEU4"), {year}) / trade.in_year(trade.goods_trade("CHN", "RUS"), {year}) * 100',
        wrong=[
            (four / five * 100, "That is their share of the trade of all five: divide by Russia's alone."),
            (_trade("EAEU4", "CHN", year=year) / _trade("RUS", "CHN", year=year) * 100, "Wrong reporter: those are the members' own books, and China's were asked for."),
            (five / russia * 100, "That is all five, Russia included, against Russia."),
            (four, "That is the sum in billions: put it against Russia's trade."),
            (extra("export"), "Exports only: trade is exports plus imports."),
            (extra("import"), "Imports only: trade is exports plus imports."),
            (_trade("CHN", "KAZ", year=year) / russia * 100, "That is Kazakhstan alone. It is most of the four, but not all."),
            (extra(when=year - 1), "That is the year before."),
            (extra(when=year + 1), "That is the year after."),
            (extra(when=YEAR), f"That is {YEAR}: the verdict has it."),
        ],
        hints=["Add the four in China's books, and leave Russia out of the sum.", "Divide the four's trade by Russia's, not by that of all five, and multiply by 100.",
               f'Open "The figures behind it" under the picture of the union: row {year}, the columns of China\'s books. In code: trade.goods_trade("CHN", "EAEU4") and trade.goods_trade("CHN", "RUS"), column total.'],
        solution=f"{four:.1f} over {russia:.1f} billion dollars is {extra():.1f} %. In {YEAR} it was {extra(when=YEAR):.1f} %.",
        means="The four added more before the union began than in the year of the claim: the union cannot be the reason for what they add.",
    )  # fmt: skip


def _shift(reporter, partner, first=2013, last=YEAR):
    share = share_of_trade(reporter, partner).set_index("year").share
    return float(share[first] - share[last]), float(share[first]), float(share[last])


@question("F3-eu", 3, "compute a measure")
def eu_shift():
    """F3: how far the EU28's share of Russia's trade fell in the first two years."""
    last = 2015
    fall, before, after = _shift("RUS", "EU28", last=last)
    return Number(
        ask=f"Sanctions began in 2014. By how many percentage points did the EU's share of Russia's goods trade fall from 2013 to {last}? Take the EU with its 28 members. One decimal, a fall as a positive number.",
        answer=fall, unit="percentage points", digits=1, again="Which partner, which two years and whose books did you use?",
        code=f'trade.share_of_trade("RUS", "EU28").set_index("year").share.pipe(lambda share: share[2013] - share[{last}])',
        wrong=[
            (_shift("RUS", "EU27", last=last)[0], f"That is the EU of 27, without the United Kingdom: in {last} there were 28 members."),
            (fall / before * 100, "That is the fall in percent of the share of 2013. Percentage points are asked for: subtract one share from the other."),
            (after, f"That is the share of {last} itself: by how much did it fall?"),
            (before, "That is the share of 2013 itself: by how much did it fall?"),
            (_shift("RUS", "DEU", last=last)[0], "That is Germany alone."),
            (-_shift("RUS", "CHN", last=last)[0], "That is how far China's share rose, not how far the EU's fell."),
            (_shift("RUS", "EU28")[0], f"That is the fall to {YEAR}, which the verdict has."),
            (_shift("RUS", "EU28", last=last - 1)[0], f"That ends in {last - 1}."),
            (_shift("RUS", "EU28", 2014, last)[0], "That starts in 2014: the last year before the sanctions is 2013."),
        ],
        hints=["A share is trade with the EU divided by trade with the world, in percent; points are the difference of two shares.", "The table behind the last picture has a row a year, and a column for the European Union.",
               f'Open "The figures behind it" under the picture for F3: column European Union, the row 2013 less the row {last}. In code: trade.share_of_trade("RUS", "EU28"), column share.'],
        solution=f"From {before:.1f} to {after:.1f} % of Russia's trade: {fall:.1f} points down. To {YEAR} it was {_shift('RUS', 'EU28')[0]:.1f} points.",
        means="Most of the fall to 2018 came in these two years, when sanctions began and the price of oil fell: the table cannot tell the one from the other.",
    )  # fmt: skip


@question("E1-which", 3, "argue")
def which_book():
    """E1: which figure to cite."""
    own, mirror = _trade("CHN", "RUS"), _trade("RUS", "CHN")
    return Open(
        ask="The article says that trade is just under USD 100bn and names no source. You write a paper and must give one figure: which do you cite, and what do you say in the footnote? Two or three sentences.",
        hints=["Say year, reporter, valuation, edition.", "Is the article's year 2018, or an older one? Look at 2017 too.", "A range in two books can be more honest than one figure."],
        solution=f"For {YEAR} I give both books, {own:.0f} (China's) and {mirror:.0f} billion dollars (Russia's), goods only, exports FOB and imports CIF, IMF, edition of 2022. "
        f"The article's figure lies below both, and above both books for 2017 ({_trade('CHN', 'RUS', year=2017):.0f} and {_trade('RUS', 'CHN', year=2017):.0f}). The edition is later than the article, so the figures of its day may have differed.",
        rubric=[("1 point", "year and reporter are named"), ("1 point", "FOB and CIF, or the two books, explain why figures differ"), ("1 point", "says that the edition is later than the article, or that its source is unknown")],
    )  # fmt: skip
