"""Exercises of notebook 03: deliveries, allies, shares of arms imports, exercises by sea, what TIV and codings can say."""

from frenemies import actors, arms, claims, evidence, ledger, military
from frenemies.answers import Choice, Items, Number, Open, Table
from frenemies.arms import share_of_arms_exports, share_of_arms_imports
from frenemies.exercises import question
from frenemies.ties import owe_defence

YEAR = 2018


@question("M8-submarines", 1, "find a figure")
def submarines():
    """M8: delivered by a date, not ordered."""
    boats = military.deliveries("RUS", "VNM", "Project-636E").set_index("year")
    deal = evidence.table("military/deals").query("recipient == 'VNM' and weapon == 'Project-636E'")
    answer = int(boats.total[2015])
    return Number(
        ask="How many of its Russian submarines (Project 636E) had Vietnam received by the end of 2015, all years added up?",
        answer=answer, digits=0, code='military.deliveries("RUS", "VNM", "Project-636E").set_index("year").total[2015]',
        wrong=[
            (boats.units[2015], "That is 2015 alone: add up all deliveries until then."),
            (boats.total.max(), "That is the whole order, delivered by 2017."),
            (boats.total[2016], "That is the end of 2016."),
            (boats.total[2014], "That is the end of 2014."),
            (boats.units[2014], "That is 2014 alone."),
            (0, "Deliveries began in 2013."),
            (deal.tiv.sum(), "That is the volume of the whole deal in TIV: count boats."),
            (deal[deal.year.le(2015)].tiv.sum(), "That is the volume in TIV: count boats."),
            (int(deal.ordered.iloc[0]), "That is the year of the order."),
            (int(deal.year.max()), "That is the year of the last delivery."),
        ],
        hints=["Ordered is not delivered.", "The table of the deal has one row a year, with units.", "Add the units of 2013, 2014 and 2015."],
        solution=f"{' + '.join(str(units) for units in boats.units[boats.index <= 2015])} = {answer}; the last of {boats.total.max()} came in {boats.index.max()}.",
    )  # fmt: skip


@question("M13-allies", 1, "decide a claim")
def pledged():
    """M13: allies by defence pledge."""
    answer = [code for code in military.ALLIES if owe_defence("USA", code, YEAR)]
    reasons = {
        "TWN": "ATOP has no pledge with Taiwan: the treaty of 1954 ended in 1980, and the Taiwan Relations Act is a law, not a pact.",
        "VNM": "Vietnam buys little from the USA and has no pledge with it.",
        "JPN": "Look at treaties of 1960.", "KOR": "Look at treaties of 1953.", "PHL": "Look at treaties of 1951.",
    }  # fmt: skip
    return Items(
        ask=f"The article counts South Korea, Japan, Taiwan, the Philippines and Vietnam as allies of the USA. Which of the five had a defence pledge with it in {YEAR}, by ATOP?",
        answer=answer, wrong={code: reasons[code] for code in military.ALLIES if code not in answer},
        missing={code: f"One is missing. {reasons[code]}" for code in answer},
        code=f'[code for code in military.ALLIES if ties.owe_defence("USA", code, {YEAR})]',
        hints=["Only a defence pledge counts, not arms sales.", "In the table of pledges look for USA with each of the five.", f"There are {len(answer)}."],
        solution=f"{', '.join(actors.name(code) for code in answer)}. Hence M13 is {ledger.judge('M13', 'then').verdict}: friends of the USA are not all its allies.",
    )  # fmt: skip


def _share(recipient, supplier="RUS", end=YEAR, window=5):
    return share_of_arms_imports(recipient, supplier, end, window) * 100


@question("M5-share", 2, "compute a measure")
def vietnam_share():
    """M5: the right whole, the right window."""
    answer, bought = _share("VNM"), arms.arms_imports("VNM", YEAR).set_index("supplier").tiv
    return Number(
        ask="What share of Vietnam's arms imports in 2014-18 came from Russia? In percent, one decimal.",
        answer=answer, unit="%", digits=1, code=f'arms.share_of_arms_imports("VNM", "RUS", {YEAR}) * 100',
        wrong=[
            (share_of_arms_exports("RUS", "VNM", YEAR) * 100, "That is Vietnam's share of Russia's exports: Vietnam's imports are the whole here."),
            (_share("VNM", end=2013), "That is the window before, 2009-13."),
            (_share("VNM", end=2024), "That is the window 2020-24."),
            (_share("VNM", window=1), f"That is {YEAR} alone: deliveries come in lumps, so take five years."),
            (_share("VNM", window=10), "Those are ten years."),
            (bought["RUS"], "That is the volume itself (in million TIV): divide by all of Vietnam's imports."),
            (bought["RUS"] / bought.drop("other").sum() * 100, "That leaves out the suppliers that are no actors here: they belong to the whole."),
            (_share("IND"), "That is India."),
            (_share("CHN"), "That is China."),
            (100 - answer, "That is everybody but Russia."),
        ],
        hints=["Part and whole: from Russia; from everybody, also those without a name here.", "Five years, 2014 to 2018, added up before dividing.",
               'share_of_arms_imports("VNM", "RUS", 2018) gives it as a fraction.'],
        solution=f"{bought['RUS']:.0f} of {bought.sum():.0f} million TIV: {answer:.1f} %. In 2020-24 it was {_share('VNM', end=2024):.1f} %.",
    )  # fmt: skip


@question("M3-pacific", 2, "read a picture")
def in_the_pacific():
    """M3: what counts as an exercise, and as Pacific."""
    table = evidence.table("military/exercises").assign(year=lambda rows: rows.date.str[:4].astype(int))
    span = table[table.year.between(2012, YEAR)]
    sea = span[span.sea.isin(military.pacific())]
    answer = len(military.pacific_exercises(2012, YEAR))
    return Number(
        ask="How many naval exercises did China and Russia hold together on the Pacific side from 2012 to 2018, the Yellow Sea counted?",
        answer=answer, digits=0, code=f"len(military.pacific_exercises(2012, {YEAR}))",
        wrong=[
            (sea[sea.naval & sea.status.eq("held")].shape[0], "Those are rows: one exercise went over two seas and stands twice."),
            (len(military.pacific_exercises(2012, YEAR, yellow_sea=False)), "That leaves out the Yellow Sea. One can argue so, but here it counts."),
            (sea.exercise.nunique(), "That counts one that was announced and, as far as the list knows, never held."),
            (span[span.naval & span.status.eq("held")].exercise.nunique(), "That counts other seas too: Baltic, Black Sea, Mediterranean."),
            (span[span.status.eq("held")].exercise.nunique(), "That counts exercises on land too."),
            (len(military.pacific_exercises(2012, 2019, naval=False)), "That runs to 2019, with patrols in the air."),
            (len(military.pacific_exercises(2012, 2023)), "That runs past 2019."),
            (len(military.pacific_exercises(2012, 2023, naval=False)), "That runs past 2019, with patrols."),
            (sea.sea.nunique(), "Those are the seas, not the exercises."),
            (answer - 2, "Too few: go through the years one by one, 2012 to 2018."),
        ],
        hints=["An exercise in two seas is one exercise.", "Held, not announced; ships, not staffs.", "The list has one in each year but the last, when one was only announced. In 2015 there were two, one of them far from the Pacific."],
        solution=f"{answer}: {', '.join(military.pacific_exercises(2012, YEAR).name)}. Without the Yellow Sea {len(military.pacific_exercises(2012, YEAR, yellow_sea=False))}: the claim of several holds either way.",
    )  # fmt: skip


@question("M4-tiv", 2, "read a picture")
def what_tiv_says():
    """M4: volume is not money."""
    deals = evidence.table("military/deals").query(
        "supplier == 'UKR' and recipient == 'CHN' and year >= 2014 and year <= 2018"
    )
    engines = deals[deals.category.eq("Engines")].tiv.sum() / deals.tiv.sum() * 100
    return Choice(
        ask=f"SIPRI's register gives what Ukraine delivered to China in 2014-18 as {deals.tiv.sum():.0f} million TIV. What can you say from that?",
        options=[
            (f"China paid Ukraine {deals.tiv.sum():.0f} million dollars", False, "TIV is no money: it values what a weapon can do, not what it cost."),
            ("Ukraine's deliveries are worth little, for engines are only parts", False, "What they are worth to China the figure cannot say: without the engine the aircraft does not fly."),
            ("China bought more from Ukraine every year", False, "A sum over five years says nothing about each year, and deliveries come in lumps."),
            ("How large Ukraine's share in the volume of China's arms imports was, once all imports are known", True, "A volume can be set against another volume of the same kind: shares of imports are what TIV is made for."),
        ],
        hints=["What does TIV stand for, and what does it measure?", "Which comparison is fair: with dollars, with another year, or with all deliveries to China?", "Part over whole."],
        solution=f"Shares. Ukraine's was {_share('CHN', 'UKR'):.1f} % of China's imports in 2014-18, {engines:.0f} % of it engines.",
    )  # fmt: skip


@question("M2-yellow", 2, "explain a disagreement")
def where_the_pacific_ends():
    """M2: a verdict that turns on a boundary."""
    wide, narrow = (
        len(military.pacific_exercises(2019, 2019, naval=kind, yellow_sea=yellow))
        for kind, yellow in ((False, True), (True, False))
    )
    return Choice(
        ask="Two students judge claim M2, that there was no joint manoeuvre in the Pacific in 2019. Both read the same list, and one says holds, the other fails. Why?",
        options=[
            ("One counted rows, the other exercises", False, "That changes how many there are, not whether there is any."),
            ("One looked at 2018", False, "Both read 2019. The question is what counts."),
            ("One counts only warships outside the Yellow Sea, the other also the Yellow Sea and patrols in the air", True, "The list is the same, the words are not: what is the Pacific, and what is a manoeuvre? A verdict that turns on that is not robust."),
            ("The list is incomplete, so anything goes", False, "It is meant to be complete until August 2019. They disagree about words, not rows."),
        ],
        hints=["Look up both entries of 2019 before August: where, and with what?", "Which sea does the table military/seas call disputed?", "Switch the Yellow Sea off, and watch the verdict."],
        solution=f"Counted widely there were {wide}, narrowly {narrow}. By the rule as stated: {ledger.judge('M2', 'then').verdict}; strict reading: {ledger.judge('M2', 'then').strict}.",
    )  # fmt: skip


@question("M14-coding", 3, "explain a disagreement")
def two_codings():
    """M14: what a data set does not cover it cannot deny."""
    ucdp, cow = military.conflict_coding(2019), military.conflict_coding(2019, "COW")
    return Choice(
        ask=f'Were Russia and Ukraine in military conflict in 2019? UCDP codes "{ucdp}"; the Correlates of War\'s disputes say "{cow}", and end in 2014. Which reading is sound?',
        options=[
            ("COW denies that there was a war in 2019", False, "It says nothing about 2019: a record that ends in 2014 cannot deny what came later."),
            ("UCDP says that the two states were at war with each other in 2019", False, "For 2019 it codes a war inside Ukraine with foreign troops on the rebels' side, which Russia denied; state against state it codes from 2022."),
            ("As they disagree, neither can be used", False, "They answer different questions about different years. Say which one you use, and why."),
            ("UCDP supports it in the article's careful words, more or less; COW is silent on 2019", True, "Both parts matter: how the conflict is coded, and to which year a record reaches."),
        ],
        hints=["To which year does each record reach?", "What does the coding say about who fought: states, or a state and rebels?", "Take the article's hedge seriously: more or less."],
        solution=f"UCDP for 2019: {ucdp}. COW's last word is of 2014: {cow}. {ledger.judge('M14', 'then').verdict.capitalize()} then, {ledger.judge('M14', 'since').verdict} since.",
    )  # fmt: skip


@question("M6-table", 3, "compute a measure")
def three_shares():
    """M6: a small table of shares."""
    buyers = ["CHN", "IND", "VNM"]
    return Table(
        ask="Make a table of Russia's share of the arms imports of China, India and Vietnam in 2014-18. In percent, one decimal. In code: columns recipient and share.",
        answer={code: _share(code) for code in buyers}, key="recipient", value="share", unit="%", digits=1,
        code='arms.arms_windows(["CHN", "IND", "VNM"], [2018]).query("supplier == \'RUS\'").assign(share=lambda rows: rows.share * 100)',
        wrong=[
            ({code: share_of_arms_exports("RUS", code, YEAR) * 100 for code in buyers}, "That is its share of Russia's exports: its own imports are the whole here."),
            ({code: _share(code, end=2024) for code in buyers}, "That is the window 2020-24."),
            ({code: _share(code, end=2013) for code in buyers}, "That is the window 2009-13."),
            ({code: _share(code, window=1) for code in buyers}, "That is 2018 alone: take five years."),
        ],
        hints=["Each buyer's own imports are the whole.", "arms_windows takes several buyers at once.", 'Keep the rows with supplier "RUS", and multiply share by 100.'],
        solution="; ".join(f"{actors.name(code)} {_share(code):.1f} %" for code in buyers) + ". Russia arms China and China's neighbours alike.",
    )  # fmt: skip


@question("M15-base", 3, "compute a measure")
def who_answered():
    """M15: the base of a percentage."""
    asked = evidence.table("geopolitical/opinion").query("about == 'CHN'").set_index(["actor", "year"])
    india, earlier, vietnam = asked.loc[("IND", 2019)], asked.loc[("IND", 2018)], asked.loc[("VNM", 2017)]

    def among(row, column="unfavourable"):
        return row[column] / (row.favourable + row.unfavourable) * 100

    return Number(
        ask="In the survey of 2019, what share of those Indians who gave an answer had an unfavourable view of China? Leave out those who gave none. In percent, one decimal.",
        answer=among(india), unit="%", digits=1,
        code='evidence.table("geopolitical/opinion").query("about == \'CHN\' and actor == \'IND\' and year == 2019").eval("unfavourable / (favourable + unfavourable) * 100")',
        wrong=[
            (india.unfavourable, "That is the share of all who were asked; those who gave no answer are still in the base."),
            (india.favourable, "That is the favourable share of all who were asked."),
            (among(india, "favourable"), "That is the favourable share."),
            (100 - india.favourable, "That counts those without an answer as unfavourable."),
            (100 - india.favourable - india.unfavourable, "That is the share that gave no answer."),
            (among(earlier), "That is 2018."),
            (earlier.unfavourable, "That is 2018, and of all who were asked."),
            (among(vietnam), "That is Vietnam."),
            (vietnam.unfavourable, "That is Vietnam, and of all who were asked."),
            (india.unfavourable / india.n * 100, "Percent and persons were mixed: n is the number asked."),
        ],
        hints=["Which whole: all who were asked, or all who answered?", "Favourable and unfavourable together are those who answered.", "Unfavourable divided by their sum, times 100."],
        solution=f"{india.unfavourable:.1f} / ({india.favourable:.1f} + {india.unfavourable:.1f}) = {among(india):.1f} %. Of all who were asked it is {india.unfavourable:.1f} %: the base makes the headline.",
    )  # fmt: skip


@question("M9-data", 3, "argue")
def absent_from_the_register():
    """M9: no row is no proof."""
    row = claims.text("M9")
    return Open(
        ask="Claim M9 says that India and Russia jointly develop the MiG-35. The arms register lists no delivery of that type to anybody, and the verdict is undecided. A fellow student objects: no row, so it fails. Answer in two or three sentences.",
        hints=["What does the register list: research, orders, or deliveries?", "What would a row look like if the claim were true?", "Absence of evidence."],
        solution=f"The register lists deliveries, and joint research leaves none: it would look the same whether the claim is true or not, so it cannot decide. Needed: {row['would_decide']}.",
        rubric=[("1 point", "says what the register lists"), ("1 point", "says that it would look the same if the claim were true"), ("1 point", "names a source that could decide")],
    )  # fmt: skip
