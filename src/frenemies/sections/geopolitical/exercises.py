"""Exercises of notebook 02: meetings and their sources, votes and chance, vetoes, who turns to whom, pledges, points and percent."""

from frenemies import claims, evidence
from frenemies.claims import ledger
from frenemies.evidence import actors
from frenemies.exercises.kinds import Choice, Number, Open, State
from frenemies.exercises.questions import question
from frenemies.measures.arms import arms_imports, share_of_arms_exports, share_of_arms_imports
from frenemies.measures.ties import owe_defence
from frenemies.measures.votes import agreement
from frenemies.sections.geopolitical import CIS_SPACE, trade_lean, vote_lean

YEAR = 2018
VOTES = "Which two states, which year and which of the measures did you use?"
ARMS = "Which supplier, which buyer and which five years did you use?"


def _votes(a, b, column="kappa", year=YEAR):
    return float(agreement(a, b).set_index("year").loc[year, column])


@question("F1-meetings", 1, "find a figure")
def in_the_archive():
    """F1: what a count owes to its source."""
    met = evidence.table("geopolitical/meetings", "then")
    archive = met[met.source.eq("China Vitae")]
    by_year = met.date.str[:4].astype(int).value_counts()
    answer, added = len(archive), met[met.source.ne("China Vitae")]
    return Number(
        ask="The list of meetings between Xi and Putin begins with the archive China Vitae; further occasions were added by hand from other documents. How many of its occasions, up to 9 August 2019, stand in China Vitae itself?",
        answer=answer, digits=0, code='evidence.table("geopolitical/meetings", "then").source.eq("China Vitae").sum()',
        again="Which rows did you count, and by which column?",
        wrong=[
            (len(met), "That is the whole list, the occasions added by hand included."),
            (len(added), "Those were added by hand: the others are asked."),
            (met.source.str.contains("China Vitae").sum(), "That counts the notes that say not in China Vitae as well: read the cell to its end."),
            (archive.places.sum(), "That counts cities: one trip to two cities is one occasion here."),
            (met.places.sum(), "That counts cities, and the whole list."),
            (by_year[by_year.index <= YEAR].sum(), f"Those are all up to {YEAR}: some of them were added by hand."),
            (by_year.max(), "That is the busiest single year."),
            (len(by_year), "That is the number of years."),
            (archive.date.str[:4].nunique(), "That is the number of years in the archive."),
            (answer - 1, "One off: is the first or the last row missing?"),
            (answer + 1, "One off: look at the sources of the last rows once more."),
            (0, "There are some: see the first row."),
        ],
        hints=["Each row of the list is an occasion; its last column names the source.", "Where the source says not in China Vitae, or names a newspaper, the row was added by hand.",
               'Open "The figures behind it" under the picture of meetings, and count the rows whose source is China Vitae and nothing else. In code: evidence.table("geopolitical/meetings", "then"), column source.'],
        solution=f"{answer} of {len(met)}; {len(added)} were added by hand. The rule asks for more than 30, and for 25 at least to make it partly.",
        means="By that archive alone the claim would fail: a count is only as good as its list.",
    )  # fmt: skip


@question("F5-kappa", 1, "read a picture")
def beyond_chance():
    """F5: agreement beyond chance, and its way through the years."""
    first = 1992

    def way(a="RUS", b="USA", column="kappa", start=first, end=YEAR):
        return _votes(a, b, column, end) - _votes(a, b, column, start)

    return Number(
        ask=f"Russia and the USA in the UN General Assembly: by how much did their agreement beyond chance (kappa) change from {first} to {YEAR}? Two decimals; a fall is negative.",
        answer=way(), unit="index", digits=2, again=VOTES,
        code=f'ties.agreement("RUS", "USA").set_index("year").kappa.pipe(lambda kappa: kappa[{YEAR}] - kappa[{first}])',
        wrong=[
            (way(column="agree"), "That is raw agreement: much of it would come about by chance. Use kappa, which takes chance off."),
            (way(column="same"), "That is the share of votes on which both did the same: chance is not taken off. Use kappa."),
            (way(column="opposed"), "That is the share of votes on which one said yes and the other no."),
            (_votes("RUS", "USA"), f"That is {YEAR} itself: how far is it from {first}?"),
            (_votes("RUS", "USA", year=first), f"That is {first} itself: how far is it from {YEAR}?"),
            (_votes("RUS", "USA") + _votes("RUS", "USA", year=first), f"The value of {YEAR} lies below zero: from above zero to below it is further than that."),
            (way("CHN", "RUS"), "That is China and Russia: they came nearer to each other."),
            (way("CHN", "USA"), "That is China and the United States."),
            (way(end=2024), "That ends in 2024."),
            (way(start=2012), "That starts in 2012."),
        ],
        hints=["Kappa is 1 for full agreement, 0 for what chance alone would give, and negative for less than that.", "Two readings off one line, that of Russia and the USA: the later less the earlier.",
               f'Open "The picture in words" under the picture of pairs: Russia-USA, {first} and {YEAR}. In code: ties.agreement("RUS", "USA"), column kappa.'],
        solution=f"From {_votes('RUS', 'USA', year=first):.2f} to {_votes('RUS', 'USA'):.2f}: {way():.2f}. By 2013 it had come down to {_votes('RUS', 'USA', year=2013):.2f}.",
        means="From more than chance to less than chance; and most of that happened before 2014, so sanctions alone cannot explain it.",
    )  # fmt: skip


@question("G6-vetoes", 2, "find a figure")
def joint_vetoes():
    """G6: vetoes on Syria that China joined, after the article."""
    every, known = (
        evidence.table("geopolitical/vetoes"),
        evidence.table("geopolitical/vetoes", "then"),
    )
    other = every[every.date.gt(known.date.max())]
    syria, before, after = (table[table.topic.eq("Syria")] for table in (every, known, other))
    answer = int((after.RUS & after.CHN).sum())
    return Number(
        ask="After 9 August 2019, to the end of our list, how many drafts on Syria did Russia and China veto together in the Security Council?",
        answer=answer, digits=0, again="Which topic, whose vetoes and which dates did you count?",
        code='evidence.table("geopolitical/vetoes").query("date > \'2019-08-09\' and topic == \'Syria\' and RUS and CHN").shape[0]',
        wrong=[
            ((before.RUS & before.CHN).sum(), "Those came before: take the ones since."),
            ((syria.RUS & syria.CHN).sum(), "Those are all that the two vetoed together: take off the ones before August 2019."),
            (after.RUS.sum(), "Those are Russia's vetoes after the article: China did not join every one."),
            ((after.RUS & ~after.CHN).sum(), "That is what Russia vetoed alone."),
            (before.RUS.sum(), "Those are Russia's vetoes on Syria before the article."),
            (syria.RUS.sum(), "Those are all of Russia's vetoes on Syria."),
            (other.CHN.sum(), "Those are China's vetoes on every matter after the article."),
            (other.RUS.sum(), "Those are Russia's vetoes on every matter after the article."),
            (every.CHN.sum(), "Those are China's vetoes on every matter, earlier ones included."),
            (every.RUS.sum(), "Those are Russia's vetoes on every matter since 1990."),
            (every.USA.sum(), "Those are the vetoes of the United States."),
            (len(other), "Those are all vetoes of everybody after the article."),
            (answer - 1, "One off: take the count since, less the count then."),
        ],
        hints=["The verdict counts twice: as known in August 2019, and since. What came after the article is the difference.", "Together, not alone: look for what China joined.",
               'Open the verdict on G6: how many did China join as known in August 2019, and how many since? Subtract. In code: evidence.table("geopolitical/vetoes") has a column for each state.'],
        solution=f"{int((syria.RUS & syria.CHN).sum())} less {int((before.RUS & before.CHN).sum())} is {answer}, of Russia's {int(after.RUS.sum())} after the article. Before it China had joined {int((before.RUS & before.CHN).sum())} of {int(before.RUS.sum())}.",
        means="After the article China let Russia stand alone far less often than before it.",
    )  # fmt: skip


@question("G1-lean", 2, "compute a measure")
def who_turns():
    """G1: in how many states trade turned towards China."""
    start, then, since = (trade_lean(year).set_index("actor") for year in (2005, YEAR, 2020))
    own = ~(then.imputed | since.imputed)
    up, down = since.lean.gt(then.lean), since.lean.lt(then.lean)
    votes = [vote_lean(year, year, "kappa").set_index("actor") for year in (YEAR, 2020)]
    nearer = (votes[1].CHN - votes[1].RUS).gt(votes[0].CHN - votes[0].RUS)
    return Number(
        ask=f"Take the CIS-space actors that have trade figures of their own in {YEAR} and in 2020. In how many of them did the ratio of trade with China to trade with Russia grow from {YEAR} to 2020?",
        answer=int((up & own).sum()), digits=0, again="Which states, which two years and which ratio did you compare?",
        code=f'geopolitical.trade_lean(2020).set_index("actor").pipe(lambda now: (now.lean.gt(geopolitical.trade_lean({YEAR}).set_index("actor").lean) & ~now.imputed).sum())',
        wrong=[
            ((down & own).sum(), "In those it fell."),
            (down.sum(), "In those it fell, Turkmenistan included, whose figures were filled in from its partners' books."),
            (own.sum(), "Those are all with figures of their own."),
            (len(CIS_SPACE), "Those are all eight actors."),
            ((since.lean.gt(1) & own).sum(), "Those traded more with China than with Russia. Here it counts whether the ratio grew."),
            (since.lean.gt(1).sum(), "Those traded more with China than with Russia, Turkmenistan included. Here it counts whether the ratio grew."),
            (since.CHN.gt(then.CHN).sum(), "In those trade with China grew. Set it against trade with Russia."),
            (since.RUS.gt(then.RUS).sum(), "In those trade with Russia grew."),
            ((since.lean.gt(start.lean) & own).sum(), "That starts in 2005."),
            (then.lean.gt(start.lean).sum(), f"That compares {YEAR} with 2005."),
            (nearer.sum(), "That goes by votes, not by trade."),
            (0, f"There are some: compare the mark of {YEAR} with the bar of 2020, state by state."),
        ],
        hints=["The ratio is trade with China divided by trade with Russia. Compare one state with itself, two years later.", "Turkmenistan publishes no figures of its own: leave it out.",
               f'Open "The figures behind it" under the first picture on G1: column lean, the rows of {YEAR} and of 2020; imputed is true where a figure was filled in. In code: geopolitical.trade_lean({YEAR}) and geopolitical.trade_lean(2020).'],
        solution=f"{int((up & own).sum())}: {', '.join(actors.name(code) for code in own.index[up & own])}. It fell in {', '.join(actors.name(code) for code in own.index[down & own])}.",
        means="Some turned towards China, some away from it: two years make no direction, and a forecast needs one.",
    )  # fmt: skip


@question("G7-share", 2, "compute a measure")
def pakistan_share():
    """G7: points, not percent, and share of exports, not of imports."""

    def share(supplier="CHN", buyer="PAK", end=YEAR):
        what = f"arms of {actors.name(supplier)} for {actors.name(buyer)}"
        return evidence.held(share_of_arms_exports(supplier, buyer, end), what) * 100

    def bought(end):
        return (
            evidence.held(share_of_arms_imports("PAK", "CHN", end), "arms of Pakistan from China")
            * 100
        )

    sent = {end: arms_imports("PAK", end).set_index("supplier").tiv["CHN"] for end in (YEAR, 2024)}
    answer = share(end=2024) - share()
    return Number(
        ask="By how many percentage points did Pakistan's share of China's arms exports grow from 2014-18 to 2020-24? One decimal.",
        answer=answer, unit="percentage points", digits=1, again=ARMS,
        code=f'(arms.share_of_arms_exports("CHN", "PAK", 2024) - arms.share_of_arms_exports("CHN", "PAK", {YEAR})) * 100',
        wrong=[
            (bought(2024) - bought(YEAR), "That is the change in China's share of Pakistan's imports: the question asks for Pakistan's share of China's exports. Another whole, another share."),
            ((share(end=2024) / share() - 1) * 100, "That is the growth in percent of the earlier share. Percentage points are asked for: subtract one share from the other."),
            (share(end=2024), "That is the share in 2020-24 itself: by how much did it grow?"),
            (share(), "That is the share in 2014-18 itself: by how much did it grow?"),
            (100 - share(end=2024), "That is everybody but Pakistan in 2020-24."),
            (share(end=2024) - share(end=2019), "That starts in 2015-19."),
            (share(end=2019) - share(), "That ends in 2015-19."),
            (sent[2024] - sent[YEAR], "That is the change in volume (in million TIV): compare shares."),
            ((sent[2024] / sent[YEAR] - 1) * 100, "That is the change in volume, in percent: compare shares."),
            (share("RUS", "IND", 2024) - share("RUS", "IND"), "That is India's share of Russia's exports."),
        ],
        hints=["Whose exports are the whole? China's.", "Percentage points are the difference of two shares: the later less the earlier.",
               'Open the verdict on G7: it gives the share for 2014-2018, and under Since that for 2020-2024. In code: arms.share_of_arms_exports("CHN", "PAK", 2018) gives a fraction.'],
        solution=f"From {share():.1f} to {share(end=2024):.1f} %: {answer:.1f} points. China's share of Pakistan's imports went from {bought(YEAR):.1f} to {bought(2024):.1f} %.",
        means="China's arms industry leans on Pakistan more than before; Pakistan still leans on it more.",
    )  # fmt: skip


@question("G8-pledge", 2, "decide a claim")
def which_pledge():
    """G8: an ally is who owes defence."""
    known = evidence.table("geopolitical/pledges", "then").query(
        "actor_a == 'PAK' and actor_b == 'SAU'"
    )
    defence = bool(known.pledge.eq("defence").any())
    weaker = bool(len(known)) and not defence
    return Choice(
        ask=f"The article calls Pakistan a long-time ally of Saudi Arabia. Here only a defence pledge makes an ally. What stood between the two in {YEAR}, by the treaties that ATOP collects?",
        options=[
            ("A defence pledge", defence, "A pledge to defend each other is what the rule asks for. Look at the year in which it starts."),
            ("A pledge not to attack each other, and no defence pledge", weaker, "A promise not to attack is a treaty, but it binds nobody to help: by this rule no alliance, so close votes make it partly at best."),
            ("Nothing at all", not len(known), "One treaty of the two is on record, only no defence pledge: there are weaker promises too."),
            ("That cannot be known, for they vote alike", False, "How they vote is another measure. What they have promised stands in the collection of treaties."),
        ],
        hints=["The verdict above tells which kind of pledge was not on record to 2018.", "Treaties hold weaker promises as well: to consult, to stay neutral, not to attack.",
               f"One treaty between the two is on record by then, from {', '.join(known.start_year.astype(str))}, and nobody has to fight under it. In code: evidence.table(\"geopolitical/pledges\", \"then\"), column pledge."],
        solution=f"{', '.join(known.pledge).capitalize()}, since {', '.join(known.start_year.astype(str))}; hence {ledger.judge('G8', 'then').verdict} as known in August 2019, and {ledger.judge('G8', 'since').verdict} since.",
    )  # fmt: skip


@question("G9-votes", 3, "decide a claim")
def votes_on_iran():
    """G9: UN sanctions are not the US sanctions of 2018."""
    votes = evidence.table("geopolitical/iran_votes")
    apart = votes[votes.CHN.ne(votes.USA)]
    return Choice(
        ask="The claim: Beijing will not decisively oppose the US sanctions on Iran of 2018. We judge it by votes in the Security Council. What is the weakest point of that measure?",
        options=[
            ("China has never voted on Iran", False, f"It has: {len(votes)} votes stand in the table."),
            ("The Council never voted on the sanctions that the USA imposed alone in 2018", True, "What was put to the vote were UN sanctions: ending, prolonging, restoring them. The US sanctions of 2018 never came to a vote, so this is a stand-in, and says so."),
            ("China always votes like Russia, so its vote tells nothing", False, "They did vote alike here; but a vote still says what each of them supported."),
            ("Votes are secret", False, "The Council votes by show of hands: each vote is on record."),
        ],
        hints=["A measure can be exact, and yet measure something else.", "Who imposed the sanctions that the article speaks of, and where?", "Read the list of votes above: whose sanctions was each of them about?"],
        solution=f"The stand-in. China and the USA voted apart {len(apart)} times, first on {apart.date.min()}, after the article: {ledger.judge('G9', 'then').verdict} then, {ledger.judge('G9', 'since').verdict} since.",
    )  # fmt: skip


@question("G10-set", 2, "read a picture")
def us_allies():
    """G10: the actors with a US defence pledge."""
    allies = [code for code in actors.ALL if code != "USA" and owe_defence("USA", code, YEAR)]

    def test(shown):
        found = {code for code in shown if code in actors.ALL and code != "USA"}
        extra, lacking = sorted(found - set(allies)), set(allies) - found
        says = [
            f"{actors.name(code)} has no defence pledge with the USA here." for code in extra[:2]
        ] + ([f"{len(lacking)} more belong{'s' * (len(lacking) == 1)}."] if lacking else [])
        return found == set(allies), " ".join(
            says
        ) or "ATOP's pledge between Pakistan and the USA is disputed among specialists."

    return State(
        ask=f"Set the actors so that only the USA is on, and those that had a defence pledge with it in {YEAR}.",
        section="geopolitical", test=test, answer=["USA", *allies],
        hints=["Arms deliveries and warm words are no pledge.", "Saudi Arabia, Taiwan and Vietnam have none in the source.", f"There are {len(allies)}."],
        solution=f"{', '.join(actors.name(code) for code in allies)}. NATO counts through its members here (Germany); the one with Pakistan stands in ATOP, and specialists object.",
        means="Arms are one thing, a promise to defend is another: some of those whom the USA arms are not on this list.",
    )  # fmt: skip


@question("G11-gap", 3, "compute a measure")
def north_korea():
    """G11: nearer to China or to Russia?"""

    def gap(column="kappa", year=YEAR):
        return _votes("CHN", "PRK", column, year) - _votes("RUS", "PRK", column, year)

    return Number(
        ask=f"North Korea in the UN General Assembly, {YEAR}: its agreement beyond chance (kappa) with China less that with Russia. Two decimals.",
        answer=gap(), unit="index", digits=2, again=VOTES,
        code=f'ties.agreement("CHN", "PRK").set_index("year").kappa[{YEAR}] - ties.agreement("RUS", "PRK").set_index("year").kappa[{YEAR}]',
        wrong=[
            (gap("agree"), "That is the gap in raw agreement: use kappa, which takes chance off."),
            (gap("same"), "That is the gap in same votes: use kappa, which takes chance off."),
            (_votes("CHN", "PRK"), "That is the kappa with China: take the one with Russia off."),
            (_votes("RUS", "PRK"), "That is the kappa with Russia: it has to come off the one with China."),
            (gap(year=YEAR - 1), "That is the year before."),
            (gap(year=2024), "That is 2024: by then North Korea voted nearer to Russia."),
            (gap(year=2013), "That is 2013."),
            (_votes("CHN", "KOR") - _votes("RUS", "KOR"), "That is South Korea (KOR); North Korea is PRK."),
            ((_votes("CHN", "PRK") + _votes("RUS", "PRK")) / 2, "That is the mean of the two: a difference is asked for."),
            (_votes("CHN", "RUS"), "That is China and Russia with each other."),
        ],
        hints=["Two pairs of states, one year, one measure: kappa.", "Take kappa with China first, then take off kappa with Russia: positive means nearer to China.",
               f'The verdict on G11 gives both for {YEAR}; the picture has them too. Subtract. In code: ties.agreement("CHN", "PRK") and ties.agreement("RUS", "PRK"), column kappa.'],
        solution=f"{_votes('CHN', 'PRK'):.2f} less {_votes('RUS', 'PRK'):.2f} is {gap():.2f}: nearer to China then. In 2024 it was {gap(year=2024):.2f}.",
        means="The gap lies between the two marks of the rule, so the claim holds in part. It has closed since.",
    )  # fmt: skip


@question("G2-data", 3, "argue")
def what_would_decide():
    """G2: what an undecided claim needs."""
    row = claims.row("G2")
    return Open(
        ask="Claim G2 says that Kazakhstan and Turkmenistan undercut the prices of Russian oil and gas. It stays undecided here. Which figures would decide it, from whom, and how would you compare them fairly? Two or three sentences.",
        hints=["A price is a value divided by a quantity.", "Where would you stand to see all three prices at once: at the seller's border, or the buyer's?", "Oil differs in quality, gas in distance, contracts in length."],
        solution=f"Needed: {row['would_decide']}. I would divide the value by the quantity of what one buyer, China, imports from each origin, month by month, at its own border, for the same product and grade, and say that long contracts hide today's price.",
        rubric=[("1 point", "value and quantity, or unit values, by origin"), ("1 point", "one buyer or one border, so that freight does not decide"), ("1 point", "same product and time, or a word on contracts and quality")],
    )  # fmt: skip
