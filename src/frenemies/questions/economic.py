"""Exercises of notebook 01: trade in two books, ranks, shares of energy imports, coal, the EU's place."""

from frenemies import actors, economic, ledger
from frenemies.answers import Choice, Number, Open, State
from frenemies.exercises import question
from frenemies.trade import goods_trade, in_year, mirror_trade, ranks, share_of_trade

YEAR = 2018
HALF = "One direction only: trade is exports plus imports."


def _trade(reporter, partner, column="total", year=YEAR):
    return in_year(goods_trade(reporter, partner), year, column)


@question("E1-total", 1, "find a figure")
def china_total():
    """E1: China's trade with Russia in its own books."""
    both = mirror_trade("CHN", "RUS").set_index("year").loc[YEAR]
    fob, cif = (
        _trade("CHN", "RUS", "export") + _trade("RUS", "CHN", "export"),
        _trade("CHN", "RUS", "import") + _trade("RUS", "CHN", "import"),
    )
    answer = float(both.own_total)
    return Number(
        ask=f"How large was China's goods trade with Russia in {YEAR}, exports and imports together, in China's own books? In billions of US dollars, one decimal.",
        answer=answer, unit="USD bn", digits=1,
        code=f'trade.in_year(trade.goods_trade("CHN", "RUS"), {YEAR})',
        wrong=[
            (_trade("RUS", "CHN"), "Right year, wrong reporter: that is Russia's book. China's counts its imports with freight (CIF)."),
            (_trade("CHN", "RUS", "export"), f"That is what China sold to Russia. {HALF}"),
            (_trade("CHN", "RUS", "import"), f"That is what China bought from Russia. {HALF}"),
            (_trade("RUS", "CHN", "export"), f"That is what Russia says it sold to China (FOB, without freight). {HALF}"),
            (_trade("CHN", "RUS", year=YEAR - 1), "That is the year before."),
            (_trade("CHN", "RUS", year=YEAR + 1), "That is the year after: the article could not know it."),
            (_trade("CHN", "RUS", "balance"), "That is the balance: exports less imports. Add them."),
            (fob, "That adds both sides' exports, so both are FOB. China's own book counts its imports CIF."),
            (cif, "That adds both sides' imports, so both are CIF. China's own book counts its exports FOB."),
            (_trade("CHN", "EAEU5"), "That is China's trade with the whole Eurasian Economic Union, not with Russia alone."),
        ],
        hints=["Whose books? The word for it is reporter: look for China as reporter and Russia as partner.",
               "Exports and imports are two rows of the table: add them.",
               f'goods_trade("CHN", "RUS") has a column total; look at its row for {YEAR}.'],
        solution=f"China reports {_trade('CHN', 'RUS', 'export'):.1f} of exports (FOB) and {_trade('CHN', 'RUS', 'import'):.1f} of imports (CIF): {answer:.1f} billion dollars.",
    )  # fmt: skip


def _rank(reporter, partner, year):
    return int(ranks(reporter, year).set_index("partner").loc[partner, "rank"])


@question("E3-rank", 1, "read a picture")
def russia_rank():
    """E3: Russia's rank among China's partners."""
    answer, table = _rank("CHN", "RUS", YEAR), ranks("CHN", YEAR)
    members = set(actors.members("EU", YEAR))
    russia = table.set_index("partner").loc["RUS", "total"]
    union = 2 + int((table.total.gt(russia) & ~table.partner.isin(members)).sum())
    mainland = answer - int(table.set_index("partner").loc["HKG", "total"] > russia)
    return Number(
        ask=f"In the picture of ranks, set the year to {YEAR}: which rank has Russia among China's partner countries, each EU member counted for itself?",
        answer=answer, digits=0, code=f'economic.ranks("CHN", {YEAR}).set_index("partner").loc["RUS", "rank"]',
        wrong=[
            (_rank("RUS", "CHN", YEAR), "The other way round: that is China's rank among Russia's partners. China matters more to Russia than Russia to China."),
            (mainland, "Hong Kong was left out: it is a customs territory of its own and stands in the list."),
            (union, "That counts the EU as one partner. Here each member counts for itself."),
            (_rank("CHN", "RUS", YEAR - 1), "That is the year before."),
            (_rank("CHN", "RUS", YEAR + 1), "That is the year after."),
            (_rank("CHN", "RUS", 2013), "That is 2013: Russia has moved since."),
            (_rank("CHN", "DEU", YEAR), "That is Germany's rank."),
            (_rank("CHN", "VNM", YEAR), "That is Vietnam's rank."),
            (_rank("CHN", "IND", YEAR), "That is India's rank, just behind."),
            (_rank("CHN", "USA", YEAR), "That is the United States."),
            (_rank("CHN", "JPN", YEAR), "That is Japan."),
            (_rank("CHN", "KOR", YEAR), "That is South Korea."),
        ],
        hints=["Rank 1 is the largest partner. Countries that are no actors here take up ranks too.",
               "Read Russia's number at its line, do not count the lines that are drawn.",
               f'ranks("CHN", {YEAR}) lists all partners with their rank: find Russia.'],
        solution=f"Rank {answer}, with {russia:.0f} billion dollars: behind {', '.join(table.name.head(answer - 1))}.",
    )  # fmt: skip


@question("E3-set", 2, "read a picture")
def russia_third():
    """E3: a selection of actors among which Russia ranks third."""
    totals = ranks("CHN", YEAR).set_index("partner").total

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
        hints=["Two larger partners stay on, the other larger ones go off. Smaller ones may stay.", "Start from none, and switch Russia on.",
               f"Larger than Russia among the actors were {', '.join(actors.name(code) for code in totals.index[totals > totals['RUS']] if code in actors.ALL)}."],
        solution="Russia and any two larger partners, for instance the United States and Japan. That a rank hangs on who is in the list is the point.",
    )  # fmt: skip


@question("E7-coal", 2, "decide a claim")
def coal_level():
    """E7: level against share, edition against edition."""
    told = {verdict: verdict == ledger.judge("E7", "then").verdict for verdict in ("holds", "partly", "fails")}
    return Choice(
        ask="The claim says that China burns less coal. The rule: at least 5 % below the peak is holds, anything below is partly. By what was known in August 2019, what is the verdict?",
        options=[
            ("Holds: coal's share of China's energy has fallen every year since 2013", told["holds"], "The share did fall, but a smaller share of a larger whole can be more coal. The rule looks at the level."),
            ("Partly: below the peak of 2013, but by less than 5 %", told["partly"], "The level lies a little below the peak: less coal, but not by the 5 % that the rule asks for."),
            ("Fails: China burns more coal than ever", told["fails"], "So say the later years. By the edition of June 2019 the last year still lay below the peak."),
            ("Undecided: editions differ, so nothing can be said", False, "Editions do differ. But within the one edition that was known in 2019 the years can be compared."),
        ],
        hints=["Share or level: which of the two does the claim speak of?", "Take the edition of 2019 alone: its peak and its last year.",
               "below_peak(coal_known_in_2019()) gives the fall in percent."],
        solution=f"By the edition of 2019 coal lay {economic.below_peak(economic.coal_known_in_2019()):.1f} % below its peak: {ledger.judge('E7', 'then').verdict}. By the edition of 2026, to {economic.coal_use().year.max()}, the verdict is {ledger.judge('E7', 'since').verdict}.",
    )  # fmt: skip


def _gas(commodity, year=2019, origin="Russia"):
    return economic.from_origin(commodity, origin, year, "share")


@question("E6-share", 2, "compute a measure")
def gas_share():
    """E6: Russia's share of China's gas."""
    answer = _gas("gas")
    return Number(
        ask="What was Russia's share of China's gas imports in 2019, pipeline gas and LNG together? In percent, one decimal.",
        answer=answer, unit="%", digits=1, code='economic.from_origin("gas", "Russia", 2019, "share")',
        wrong=[
            (_gas("LNG"), "That is Russia's share of the LNG alone: pipeline gas belongs to gas."),
            (_gas("pipeline gas"), "That is the share of pipeline gas alone: LNG belongs to gas."),
            (_gas("crude oil"), "That is crude oil. There Russia is a large supplier; in gas it was not yet."),
            (_gas("gas", 2018), "That is 2018."),
            (_gas("gas", 2020), "That is 2020: the pipeline Power of Siberia opened in December 2019."),
            (economic.from_origin("gas", "Russia", 2019), "That is the volume in billion cubic metres: divide by all of China's gas imports."),
            (_gas("LNG") + _gas("pipeline gas"), "Shares of two different wholes cannot be added: add the volumes first, then divide."),
            ((_gas("LNG") + _gas("pipeline gas")) / 2, "Shares of two different wholes cannot be averaged: add the volumes first, then divide."),
            (_gas("gas", origin="Australia"), "That is Australia's share."),
        ],
        hints=["A share is a part divided by the whole: which whole does the question name?",
               "Add Russia's pipeline gas and LNG; divide by China's pipeline gas and LNG from everywhere.",
               'imports_by_origin("gas") has done the adding: its column share is in percent.'],
        solution=f"Russia sent {economic.from_origin('gas', 'Russia', 2019):.1f} of {economic.from_origin('gas', 'Total', 2019):.1f} billion cubic metres: {answer:.1f} %.",
    )  # fmt: skip


@question("E4-balance", 2, "compute a measure")
def like_for_like():
    """E4: Russia's balance with China, both sides' exports."""
    row = mirror_trade("RUS", "CHN").set_index("year").loc[YEAR]
    total = row.own_total
    return Number(
        ask=f"Russia's and China's books disagree on Russia's balance with China in {YEAR}. Make them comparable: take what Russia says it sold to China (FOB) less what China says it sold to Russia (FOB). "
        "In billions of US dollars, one decimal; positive is a Russian surplus.",
        answer=float(row.fob_balance), unit="USD bn", digits=1,
        code=f'trade.in_year(trade.mirror_trade("RUS", "CHN"), {YEAR}, "fob_balance")',
        wrong=[
            (row.own_balance, "That is Russia's own book: exports FOB less imports CIF, so freight makes the surplus look small."),
            (row.mirror_balance, "That is China's book: its imports CIF less its exports FOB, so freight makes Russia's surplus look large."),
            (row.cif_balance, "FOB is asked for, and that is CIF: it subtracts the two sides' imports."),
            ((row.own_balance + row.mirror_balance) / 2, "That is the average of two books that measure different things: compare like with like instead."),
            (float(mirror_trade("RUS", "CHN").set_index("year").fob_balance[YEAR - 1]), "That is the year before."),
            (float(mirror_trade("RUS", "CHN").set_index("year").fob_balance[YEAR + 1]), "That is the year after."),
            (_trade("RUS", "CHN", "export"), "That is only what Russia sold: take China's exports off."),
            (_trade("CHN", "RUS", "export"), "That is only what China sold: it has to come off Russia's exports."),
            (total, "That is trade, exports plus imports: a balance is a difference."),
        ],
        hints=["FOB is the price at the exporter's border, CIF has freight and insurance in it.",
               "Two reporters, one flow: export. Russia's to China less China's to Russia.",
               'mirror_trade("RUS", "CHN") has a column fob_balance.'],
        solution=f"{_trade('RUS', 'CHN', 'export'):.1f} less {_trade('CHN', 'RUS', 'export'):.1f} is {row.fob_balance:.1f} billion dollars. Russia's own book says {row.own_balance:.1f}, China's {row.mirror_balance:.1f}.",
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
        hints=["What is in an import's price that is not in an export's?", "Look at the traps in the codebook: CIF and FOB.",
               "Work out the balance with both flows FOB, then with both CIF: how far apart are the two?"],
        solution=f"CIF and FOB. With both flows FOB the surplus is {row.fob_balance:.1f}, with both CIF {row.cif_balance:.1f}: much nearer to each other than {row.own_balance:.1f} and {row.mirror_balance:.1f}.",
    )  # fmt: skip


@question("E10-extra", 2, "compute a measure")
def union_extra():
    """E10: what the four others add to Russia's trade with China."""
    four, russia, five = _trade("CHN", "EAEU4"), _trade("CHN", "RUS"), _trade("CHN", "EAEU5")
    return Number(
        ask=f"In China's books for {YEAR}: what do the four other members of the Eurasian Economic Union add to Russia's trade with China, in percent of Russia's? One decimal.",
        answer=four / russia * 100, unit="%", digits=1,
        code=f'trade.in_year(trade.goods_trade("CHN", "EAEU4"), {YEAR}) / trade.in_year(trade.goods_trade("CHN", "RUS"), {YEAR}) * 100',
        wrong=[
            (four / five * 100, "That is their share of the whole union's trade: divide by Russia's alone."),
            (_trade("EAEU4", "CHN") / _trade("RUS", "CHN") * 100, "Wrong reporter: those are the union's books, and China's were asked for."),
            (five / russia * 100, "That is the whole union, Russia included, against Russia."),
            (four, "That is the sum in billions: put it against Russia's trade."),
            (_trade("CHN", "EAEU4", "export") / _trade("CHN", "RUS", "export") * 100, "Exports only: trade is exports plus imports."),
            (_trade("CHN", "EAEU4", "import") / _trade("CHN", "RUS", "import") * 100, "Imports only: trade is exports plus imports."),
            (_trade("CHN", "KAZ") / russia * 100, "That is Kazakhstan alone. It is most of the four, but not all."),
            (_trade("CHN", "EAEU4", year=YEAR - 1) / _trade("CHN", "RUS", year=YEAR - 1) * 100, "That is the year before."),
            (_trade("CHN", "EAEU4", year=YEAR + 1) / _trade("CHN", "RUS", year=YEAR + 1) * 100, "That is the year after."),
        ],
        hints=["EAEU4 is the union without Russia, EAEU5 with it.", "Divide the four's trade by Russia's, not by the whole.",
               'goods_trade("CHN", "EAEU4") and goods_trade("CHN", "RUS"), column total.'],
        solution=f"{four:.1f} over {russia:.1f} billion dollars is {four / russia * 100:.1f} %, in the union's own books {_trade('EAEU4', 'CHN') / _trade('RUS', 'CHN') * 100:.1f} %.",
    )  # fmt: skip


def _shift(reporter, partner, first=2013, last=YEAR):
    share = share_of_trade(reporter, partner).set_index("year").share
    return float(share[first] - share[last]), float(share[first]), float(share[last])


@question("F3-eu", 3, "compute a measure")
def eu_shift():
    """F3: how far the EU28's share of Russia's trade fell."""
    fall, before, after = _shift("RUS", "EU28")
    return Number(
        ask=f"By how many percentage points did the EU's share of Russia's goods trade fall from 2013 to {YEAR}? Take the EU as it was in {YEAR}. One decimal, a fall as a positive number.",
        answer=fall, unit="%", digits=1,
        code=f'trade.share_of_trade("RUS", "EU28").set_index("year").share.pipe(lambda share: share[2013] - share[{YEAR}])',
        wrong=[
            (_shift("RUS", "EU27")[0], f"That is the EU of 27, without the United Kingdom: in {YEAR} there were 28 members."),
            (fall / before * 100, "That is the fall in percent of the share of 2013. Percentage points are asked for: subtract one share from the other."),
            (after, f"That is the share of {YEAR} itself: by how much did it fall?"),
            (before, "That is the share of 2013 itself: by how much did it fall?"),
            (_shift("RUS", "DEU")[0], "That is Germany alone."),
            (-_shift("RUS", "CHN")[0], "That is how far China's share rose, not how far the EU's fell."),
            (_shift("RUS", "EU28", 2013, YEAR - 1)[0], f"That ends in {YEAR - 1}."),
            (_shift("RUS", "EU28", 2014)[0], "That starts in 2014."),
            (_shift("RUS", "EU28", 2013, 2015)[0], "That ends in 2015."),
        ],
        hints=["The EU had 28 members until 2020: the table has both EU28 and EU27.", "A share is trade with the EU divided by trade with the world, in percent; points are the difference of two shares.",
               'share_of_trade("RUS", "EU28"), column share, the years 2013 and 2018.'],
        solution=f"From {before:.1f} to {after:.1f} % of Russia's trade: {fall:.1f} points down.",
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
