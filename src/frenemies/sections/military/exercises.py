"""Exercises of notebook 03: deliveries, allies, shares and volumes of arms imports, exercises by sea, what TIV and codings can say."""

from frenemies import claims, evidence
from frenemies.claims import ledger
from frenemies.evidence import actors
from frenemies.exercises.kinds import Choice, Items, Number, Open, Table
from frenemies.exercises.questions import question
from frenemies.measures import arms
from frenemies.measures.arms import share_of_arms_exports, share_of_arms_imports
from frenemies.measures.ties import owe_defence
from frenemies.sections import military

YEAR = 2018
CHINA_SEA = "South China Sea"
ARMS = "Which supplier, which buyer and which five years did you use?"


@question("M8-submarines", 1, "find a figure")
def submarines():
    """M8: what was still to come at a date."""
    boats = military.deliveries("RUS", "VNM", "Project-636E").set_index("year")
    deal = evidence.table("military/deals").query("recipient == 'VNM' and weapon == 'Project-636E'")
    year, whole = 2015, int(boats.total.max())
    return Number(
        ask=f"Of the Russian submarines (Project 636) that Vietnam had ordered, how many had not yet arrived at the end of {year}?",
        answer=whole - int(boats.total[year]), digits=0, again="Which years did you add up, and from what did you take them off?",
        code=f'military.deliveries("RUS", "VNM", "Project-636E").set_index("year").total.pipe(lambda total: total.max() - total[{year}])',
        wrong=[
            (boats.total[year], "Those had arrived by then: how many of the whole order are left?"),
            (boats.units[year], f"Those came in {year} itself."),
            (whole, "That is the whole order: take off those that had arrived."),
            (whole - boats.total[year - 1], f"That is the end of {year - 1}."),
            (whole - boats.total[year + 1], f"That is the end of {year + 1}."),
            (whole - boats.total.min(), "That is the end of the first year of deliveries."),
            (0, f"In {year} some were still being built: see which years come after it in the picture."),
            (len(boats), "That is the number of years in which boats were delivered."),
            (deal.tiv.sum(), "That is the volume of the whole deal in TIV: count boats."),
            (deal[deal.year.gt(year)].tiv.sum(), "That is the volume in TIV: count boats."),
            (int(deal.ordered.iloc[0]), "That is the year of the order."),
            (int(deal.year.max()), "That is the year of the last delivery."),
        ],
        hints=["Ordered is not delivered.", "The picture has a block a year: grey ones had come before, blue ones came in that year. How many stand there in the end, and how many at the date asked for?",
               f'Open "The figures behind it" under the picture of submarines: column total, the last row less the row {year}. In code: military.deliveries("RUS", "VNM", "Project-636E"), column total.'],
        solution=f"{whole} were ordered, {' + '.join(str(units) for units in boats.units[boats.index <= year])} had come: {whole - int(boats.total[year])} were left. The last arrived in {boats.index.max()}.",
        means="By the claim's own rule it would have held only in part at that date: a claim on deliveries needs a day.",
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
        ask=f"The article counts South Korea, Japan, Taiwan, the Philippines and Vietnam as allies of the USA. Which of the five had a defence pledge with it in {YEAR}, by the treaties that ATOP collects?",
        answer=answer, wrong={code: reasons[code] for code in military.ALLIES if code not in answer},
        missing={code: f"One is missing. {reasons[code]}" for code in answer},
        code=f'[code for code in military.ALLIES if ties.owe_defence("USA", code, {YEAR})]',
        hints=["Only a defence pledge counts, not arms sales.", "A pledge is a treaty of two sides: a law of one side is none, and a long friendship is none.",
               f"There are {len(answer)}: their treaties with the USA are of 1951, 1953 and 1960. In code: ties.owe_defence(\"USA\", code, {YEAR})."],
        solution=f"{', '.join(actors.name(code) for code in answer)}. Hence M13 is {ledger.judge('M13', 'then').verdict}: friends of the USA are not all its allies.",
        means="Whom a great power arms and whom it has promised to defend are two lists: only a treaty puts a state on the second.",
    )  # fmt: skip


def _share(recipient, supplier="RUS", end=YEAR, window=5):
    share = share_of_arms_imports(recipient, supplier, end, window)
    return (
        evidence.held(share, f"arms of {actors.name(recipient)} from {actors.name(supplier)}") * 100
    )


@question("M5-share", 2, "compute a measure")
def vietnam_volume():
    """M5: behind a share stands a volume."""
    then, since = (arms.arms_imports("VNM", end).set_index("supplier").tiv for end in (YEAR, 2024))

    def fall(after, before):
        return (1 - after / before) * 100

    def volume(buyer, end):
        return arms.arms_imports(buyer, end).set_index("supplier").tiv["RUS"]

    return Number(
        ask="From 2014-18 to 2020-24 Russia's share of Vietnam's arms imports fell. By how much did the volume that Russia delivered to Vietnam fall (in TIV)? In percent, one decimal, a fall as a positive number.",
        answer=fall(since["RUS"], then["RUS"]), unit="%", digits=1, again="Which supplier, which buyer, and which two windows of five years did you use?",
        code=f'(1 - arms.arms_imports("VNM", 2024).set_index("supplier").tiv["RUS"] / arms.arms_imports("VNM", {YEAR}).set_index("supplier").tiv["RUS"]) * 100',
        wrong=[
            (fall(_share("VNM", end=2024), _share("VNM")), "That is the fall of the share, in percent: the volume is asked for."),
            (_share("VNM") - _share("VNM", end=2024), "That is the fall of the share, in percentage points: the volume is asked for."),
            (fall(since.sum(), then.sum()), "That is the fall of all of Vietnam's arms imports: take Russia's part of them."),
            (fall(since.drop("RUS").sum(), then.drop("RUS").sum()), "That is the fall of what everybody else delivered."),
            (since["RUS"] / then["RUS"] * 100, "That is what was left: how much is gone?"),
            (_share("VNM"), "That is Russia's share in 2014-18."),
            (_share("VNM", end=2024), "That is Russia's share in 2020-24."),
            (then["RUS"] - since["RUS"], "That is the fall in million TIV: percent is asked."),
            (fall(since["RUS"], volume("VNM", 2013)), "That starts in 2009-13."),
            (fall(volume("IND", 2024), volume("IND", YEAR)), "That is India."),
            (fall(volume("CHN", 2024), volume("CHN", YEAR)), "That is China."),
        ],
        hints=["A share times its whole gives the part.", "Both windows are printed above: what Vietnam imported, and which part of it came from Russia. Work out the part twice, then see how much of the first is gone.",
               'Or open "The figures behind it" under the first picture: column tiv, recipient VNM, supplier RUS, the windows that end in 2018 and in 2024. In code: arms.arms_imports("VNM", 2018), column tiv.'],
        solution=f"From {then['RUS']:,.0f} to {since['RUS']:,.0f} million TIV: {fall(since['RUS'], then['RUS']):.1f} % less. All imports fell by {fall(since.sum(), then.sum()):.1f} %.",
        means="A share says nothing about the size of its whole: in the later years Vietnam bought far less from everybody.",
    )  # fmt: skip


@question("M3-pacific", 2, "read a picture")
def in_the_pacific():
    """M3: how far a boundary can be drawn in before the claim gives way."""
    table = evidence.table("military/exercises").assign(
        year=lambda rows: rows.date.str[:4].astype(int)
    )
    span = table[table.year.between(2012, YEAR) & table.naval]
    held, narrow = (
        span[span.status.eq("held")],
        military.pacific_exercises(2012, YEAR, yellow_sea=False),
    )
    answer, wide = int(narrow.sea.ne(CHINA_SEA).sum()), len(military.pacific_exercises(2012, YEAR))
    later = military.pacific_exercises(2012, 2023, yellow_sea=False)
    return Number(
        ask="Draw the Pacific more narrowly than the strict reader: leave out the Yellow Sea and the South China Sea. How many of the naval exercises that China and Russia held on the Pacific side from 2012 to 2018 remain?",
        answer=answer, digits=0, again="Which seas, which years and which kind of exercise did you count?",
        code=f'military.pacific_exercises(2012, {YEAR}, yellow_sea=False).sea.ne("{CHINA_SEA}").sum()',
        wrong=[
            (wide, "That counts both seas: leave the Yellow Sea and the South China Sea out."),
            (len(narrow), "That leaves out the Yellow Sea only: the South China Sea goes as well."),
            (wide - answer, "Those are the ones left out: count the others."),
            (held[held.sea.isin(military.pacific()) & ~held.sea.isin(["Yellow Sea", CHINA_SEA])].shape[0], "Those are rows: one exercise went over two seas and stands twice."),
            (held.exercise.nunique(), "That counts every sea: the Baltic, the Black Sea and the Mediterranean are not on the Pacific side."),
            (span.exercise.nunique(), "That counts every sea, and one that was announced and, as far as the list knows, never held."),
            (narrow.sea.str.contains("Sea of Japan").sum(), "Those took place in the Sea of Japan: there is one more sea on the Pacific side."),
            (narrow.sea.str.contains("Sea of Japan").sum() - 1, "In 2017 there were two stages, and in 2015 two parts: one of each took place on the Pacific side."),
            (later.sea.ne(CHINA_SEA).sum(), "That runs past 2018."),
            (YEAR - 2011, "That is the number of years."),
            (held.sea.nunique(), "Those are the seas, not the exercises."),
            (0, "Some remain: the Sea of Japan is on the Pacific side."),
        ],
        hints=["An exercise in two seas is one exercise. Held counts, announced does not.", "The list has one in each year but the last, when one was only announced. In 2015 and in 2017 there were others far from the Pacific.",
               f'The verdict on M3 names each exercise with its sea: strike out the two seas, and count what is left. In code: military.pacific_exercises(2012, {YEAR}, yellow_sea=False), column sea.'],
        solution=f"{answer}: {', '.join(narrow.name[narrow.sea.ne(CHINA_SEA)])}. With the South China Sea {len(narrow)}, with both {wide}.",
        means="By the rule of M3 that is still several. It stands however the boundary is drawn.",
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
        hints=["What does TIV stand for, and what does it measure?", "Which comparison is fair: with dollars, with another year, or with all deliveries to China?",
               "A part can be set against its whole where both are measured alike, and TIV measures every delivery alike."],
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
        hints=["Look up both entries of 2019 before August: where, and with what?", "Which sea might one reader count to the Pacific, and another not?", "The four lines above set the two switches in each way: in which of them does M2 hold?"],
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
def three_changes():
    """M6: a small table of changes."""
    buyers = ["CHN", "IND", "VNM"]

    def change(measure, start=YEAR, end=2024):
        return {code: measure(code, end) - measure(code, start) for code in buyers}

    def share(code, end):
        return _share(code, end=end)

    def export_share(code, end):
        return (
            evidence.held(
                share_of_arms_exports("RUS", code, end), f"arms of Russia for {actors.name(code)}"
            )
            * 100
        )

    answer = change(share)
    return Table(
        ask="Make a table: by how many percentage points did Russia's share of the arms imports of China, India and Vietnam change from 2014-18 to 2020-24? One decimal, a fall as a negative number. In code: columns recipient and change.",
        answer=answer, key="recipient", value="change", unit="percentage points", digits=1, again=ARMS,
        code=f'arms.arms_windows(["CHN", "IND", "VNM"], [{YEAR}, 2024]).query("supplier == \'RUS\'").pivot(index="recipient", columns="end", values="share").pipe(lambda share: (share[2024] - share[{YEAR}]) * 100)',
        wrong=[
            (change(export_share), "That is the change in its share of Russia's exports: its own imports are the whole here."),
            ({code: share(code, 2024) for code in buyers}, "That is the share in 2020-24 itself: by how much did it change?"),
            ({code: share(code, YEAR) for code in buyers}, "That is the share in 2014-18 itself: by how much did it change?"),
            ({code: (share(code, 2024) / share(code, YEAR) - 1) * 100 for code in buyers}, "That is the change in percent of the earlier share. Percentage points are asked for: subtract one share from the other."),
            (change(share, start=2013), "That starts in 2009-13."),
            (change(share, start=2013, end=YEAR), "That is the change from 2009-13 to 2014-18."),
            ({code: round(share(code, 2024)) - round(share(code, YEAR)) for code in buyers}, "Round only at the end: take both shares with a decimal."),
        ],
        hints=["Each buyer's own imports are the whole. Take the later share less the earlier one.", "The numbers on the blocks are rounded: the table behind the picture gives each share as a fraction with three decimals.",
               'Open "The figures behind it" under the first picture: supplier RUS, the windows that end in 2018 and in 2024, for each recipient; subtract, and multiply by 100. In code: arms.arms_windows(["CHN", "IND", "VNM"], [2018, 2024]), column share.'],
        solution="; ".join(f"{actors.name(code)} {points:+.1f}" for code, points in answer.items()) + " percentage points.",
        means="Russia's share fell with both of China's neighbours, and did not fall with China itself.",
    )  # fmt: skip


@question("M15-base", 3, "compute a measure")
def who_answered():
    """M15: the base of a percentage."""
    asked = (
        evidence.table("geopolitical/opinion").query("about == 'CHN'").set_index(["actor", "year"])
    )
    india, earlier, vietnam = (
        asked.loc[("IND", 2019)],
        asked.loc[("IND", 2018)],
        asked.loc[("VNM", 2017)],
    )

    def among(row, column="unfavourable"):
        return row[column] / (row.favourable + row.unfavourable) * 100

    return Number(
        ask="In the survey of 2019, what share of those Indians who gave an answer had an unfavourable view of China? Leave out those who gave none. In percent, one decimal.",
        answer=among(india), unit="%", digits=1, again="Which country, which year and which base did you use?",
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
        hints=["Which whole: all who were asked, or all who answered?", "Favourable and unfavourable together are those who answered.",
               'Open "The figures behind it" under the picture of opinions, row IND 2019: unfavourable divided by the sum of the two, times 100. In code: evidence.table("geopolitical/opinion"), columns favourable and unfavourable.'],
        solution=f"{india.unfavourable:.1f} / ({india.favourable:.1f} + {india.unfavourable:.1f}) = {among(india):.1f} %. Of all who were asked it is {india.unfavourable:.1f} %: the base makes the headline.",
        means="The base makes the headline: of all who were asked the share is far from the mark of the rule, of those who answered it is near.",
    )  # fmt: skip


@question("M9-data", 3, "argue")
def absent_from_the_register():
    """M9: no row is no proof."""
    row = claims.row("M9")
    return Open(
        ask="Claim M9 says that India and Russia jointly develop the MiG-35. The arms register lists no delivery of that type to anybody, and the verdict is undecided. A fellow student objects: no row, so it fails. Answer in two or three sentences.",
        hints=["What does the register list: research, orders, or deliveries?", "What would a row look like if the claim were true?", "A missing row speaks against a claim only if the claim, were it true, would leave a row."],
        solution=f"The register lists deliveries, and joint research leaves none: it would look the same whether the claim is true or not, so it cannot decide. Needed: {row['would_decide']}.",
        rubric=[("1 point", "says what the register lists"), ("1 point", "says that it would look the same if the claim were true"), ("1 point", "names a source that could decide")],
    )  # fmt: skip
