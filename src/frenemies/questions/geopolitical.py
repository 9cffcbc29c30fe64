"""Exercises of notebook 02: meetings, votes and chance, vetoes, who leans to whom, pledges, shares of exports and of imports."""

from frenemies import actors, claims, evidence, ledger
from frenemies.answers import Choice, Number, Open, State
from frenemies.arms import share_of_arms_exports, share_of_arms_imports
from frenemies.exercises import question
from frenemies.geopolitical import CIS_SPACE, trade_lean, vote_lean
from frenemies.ties import agreement, owe_defence

YEAR = 2018


def _votes(a, b, column="kappa", year=YEAR):
    return float(agreement(a, b).set_index("year").loc[year, column])


@question("F1-meetings", 1, "find a figure")
def occasions():
    """F1: occasions, not cities."""
    met = evidence.table("geopolitical/meetings", "then")
    by_year = met.date.str[:4].astype(int).value_counts()
    return Number(
        ask="On how many occasions had Xi and Putin met in person from March 2013 to 9 August 2019, by the list in this package?",
        answer=len(met), digits=0, code='len(evidence.table("geopolitical/meetings", "then"))',
        wrong=[
            (met.places.sum(), "That counts cities: one trip to two cities is one occasion here."),
            (len(met) - by_year.get(2019, 0), "The occasions of 2019 are missing."),
            (by_year.loc[lambda count: count.index > 2013].sum(), "The occasions of 2013 are missing."),
            (by_year.get(YEAR, 0), f"That is {YEAR} alone."),
            (by_year.max(), "That is the busiest single year."),
            (len(by_year), "That is the number of years."),
            (len(met) - 1, "One off: is the first or the last row missing?"),
            (len(met) + 1, "One off: the header is no meeting."),
            (int(claims.text("F1")["holds"]) + 5, "How did you arrive at that? Count rows of the table."),
            (met.date.nunique() + met.until.nunique(), "First and last days were both counted."),
        ],
        hints=["An occasion is a row of the table geopolitical/meetings.", "Cities and telephone calls do not count.", "The picture of meetings numbers them: read the last number."],
        solution=f"{len(met)} rows, the last on {met.date.max()}. By city it would be {met.places.sum()}: the count depends on who counts, and the claim needs more than 30.",
    )  # fmt: skip


@question("F5-kappa", 1, "read a picture")
def beyond_chance():
    """F5: agreement beyond chance, not raw agreement."""
    answer = _votes("CHN", "RUS")
    return Number(
        ask=f"How far did China and Russia agree beyond chance (kappa) in the UN General Assembly in {YEAR}? Two decimals.",
        answer=answer, unit="index", digits=2,
        code=f'ties.agreement("CHN", "RUS").set_index("year").loc[{YEAR}, "kappa"]',
        wrong=[
            (_votes("CHN", "RUS", "agree"), "That is raw agreement: much of it would come about by chance, as most states vote yes most of the time."),
            (_votes("CHN", "RUS", "same"), "That is the share of votes on which both did the same: chance is not yet taken off."),
            (_votes("CHN", "RUS", "opposed"), "That is the share of votes on which one said yes and the other no."),
            (1 - _votes("CHN", "RUS", "opposed"), "That is the share of votes on which they were not opposed."),
            (_votes("CHN", "RUS", year=YEAR - 1), "That is the year before."),
            (_votes("CHN", "RUS", year=2013), "That is 2013."),
            (_votes("CHN", "RUS", year=2024), "That is 2024."),
            (_votes("CHN", "USA"), "That is China and the United States."),
            (_votes("RUS", "USA"), "That is Russia and the United States."),
        ],
        hints=["Four measures stand in the table of agreement: agree, same, opposed, kappa.", "Kappa is 1 for full agreement and 0 for what chance alone would give.",
               f'ties.agreement("CHN", "RUS"), row {YEAR}, column kappa.'],
        solution=f"{answer:.2f}. Raw agreement was {_votes('CHN', 'RUS', 'agree'):.2f}: the difference is what two states agree on by chance when most votes are yes.",
    )  # fmt: skip


@question("G6-vetoes", 2, "find a figure")
def joint_vetoes():
    """G6: vetoes on Syria that China joined."""
    every = evidence.table("geopolitical/vetoes")
    known = evidence.table("geopolitical/vetoes", "then")
    syria = known[known.topic.eq("Syria")]
    answer = int((syria.RUS & syria.CHN).sum())
    return Number(
        ask="Up to 9 August 2019, how many drafts on Syria did Russia and China veto together in the Security Council?",
        answer=answer, digits=0, code='evidence.table("geopolitical/vetoes", "then").query("topic == \'Syria\' and RUS and CHN").shape[0]',
        wrong=[
            (syria.RUS.sum(), "Those are all of Russia's vetoes on Syria: China joined only some."),
            ((syria.RUS & ~syria.CHN).sum(), "Those are the ones that Russia vetoed alone."),
            ((every.topic.eq("Syria") & every.RUS & every.CHN).sum(), "That runs past August 2019."),
            (every.topic.eq("Syria").sum(), "Those are all vetoes on Syria, later ones and Russia's lone ones included."),
            (known.CHN.sum(), "Those are China's vetoes on every matter."),
            (every.CHN.sum(), "Those are China's vetoes on every matter, later ones included."),
            (known.RUS.sum(), "Those are Russia's vetoes on every matter."),
            ((known.RUS & known.CHN).sum(), "Those are joint vetoes on every matter, not on Syria alone."),
            (known.USA.sum(), "Those are the vetoes of the United States."),
            (len(known), "Those are all vetoes of everybody since 1990."),
            (answer - 1, "One off: count again, from 2011 on."),
            (answer + 1, "One off: is one later than 9 August 2019, or Russia's alone?"),
        ],
        hints=["Each row is a draft; the columns say who vetoed it.", "Keep topic Syria and dates up to 9 August 2019, then the rows where both columns are true.",
               f"Russia vetoed {int(syria.RUS.sum())} drafts on Syria by then: with how many of them did China not go along?"],
        solution=f"{answer} of Russia's {int(syria.RUS.sum())}. China stood beside Russia on Syria often, but not always.",
    )  # fmt: skip


@question("G1-lean", 2, "compute a measure")
def who_leans():
    """G1: states that trade more with China than with Russia."""
    books, before = trade_lean(YEAR), trade_lean(2005)
    own = books[~books.imputed]
    votes, raw = vote_lean(YEAR, YEAR, "kappa"), vote_lean(YEAR, YEAR, "agree")
    answer = int(own.lean.gt(1).sum())
    return Number(
        ask=f"How many of the eight CIS-space actors traded more with China than with Russia in {YEAR}, going only by states that publish trade figures of their own?",
        answer=answer, digits=0, code=f'geopolitical.trade_lean({YEAR}).query("lean > 1 and not imputed").shape[0]',
        wrong=[
            (books.lean.gt(1).sum(), "That counts Turkmenistan, which reports nothing: its figures were filled in from its partners' books, so they are no second witness."),
            (own.lean.lt(1).sum(), "Those are the states that traded more with Russia."),
            (answer / len(CIS_SPACE), "That is the share that the claim's rule uses; here the number of states is asked for."),
            ((votes.CHN > votes.RUS).sum(), "That goes by votes (kappa), not by trade."),
            ((raw.CHN > raw.RUS).sum(), "That goes by raw agreement in votes, not by trade."),
            ((before.lean.gt(1) & ~before.imputed).sum(), "That is 2005."),
            (len(own), "Those are all states with books of their own."),
            (books.imputed.sum(), "That counts the states without figures of their own."),
            (len(CIS_SPACE), "Those are all eight."),
            (0, "There are some: set China's column against Russia's, row by row."),
        ],
        hints=["trade_lean has one row a state: trade with China, with Russia, and the one over the other (lean).", "Lean above 1 means more trade with China.",
               "The column imputed is true where a state has no figures of its own on the two: leave it out."],
        solution=f"{answer}: {', '.join(actors.name(code) for code in own.actor[own.lean.gt(1)])}. In 2005 it was {int((before.lean.gt(1) & ~before.imputed).sum())}.",
    )  # fmt: skip


@question("G7-share", 2, "compute a measure")
def pakistan_share():
    """G7: share of exports, not share of imports."""
    answer = share_of_arms_exports("CHN", "PAK", YEAR) * 100
    flows = evidence.table("military/arms_transfers").query(
        "supplier == 'CHN' and year >= 2014 and year <= @YEAR", local_dict={"YEAR": YEAR}
    )
    named = flows.tiv.sum()
    sent = flows[flows.recipient.eq("PAK")].tiv.sum()
    year = evidence.table("military/arms_totals").set_index(["actor", "role", "year"]).tiv
    return Number(
        ask="What share of China's arms exports in 2014-18 went to Pakistan? In percent, one decimal.",
        answer=answer, unit="%", digits=1, code=f'arms.share_of_arms_exports("CHN", "PAK", {YEAR}) * 100',
        wrong=[
            (share_of_arms_imports("PAK", "CHN", YEAR) * 100, "That is China's share of Pakistan's imports: the question asks for Pakistan's share of China's exports. Another whole, another share."),
            (share_of_arms_exports("CHN", "PAK", 2024) * 100, "That is the window 2020-24."),
            (share_of_arms_imports("PAK", "CHN", 2024) * 100, "That is China's share of Pakistan's imports, and in 2020-24."),
            (sent, "That is the volume itself (in million TIV): divide by all of China's exports."),
            (sent / named * 100, "That divides by deliveries to the 24 actors only: China delivers to others too."),
            (flows.query("recipient == 'PAK' and year == 2018").tiv.sum() / year["CHN", "exports", YEAR] * 100, f"That is {YEAR} alone: take five years, deliveries come in lumps."),
            (share_of_arms_exports("RUS", "IND", YEAR) * 100, "That is India's share of Russia's exports."),
            (share_of_arms_exports("UKR", "CHN", YEAR) * 100, "That is China's share of Ukraine's exports."),
            (100 - answer, "That is everybody but Pakistan."),
        ],
        hints=["Whose exports are the whole? China's.", "Deliveries from China to Pakistan in five years, divided by all of China's deliveries in these years.",
               'share_of_arms_exports("CHN", "PAK", 2018) gives it as a fraction.'],
        solution=f"{answer:.1f} %. China's share of Pakistan's imports is {share_of_arms_imports('PAK', 'CHN', YEAR) * 100:.1f} %: Pakistan depends on China more than China's industry on Pakistan.",
    )  # fmt: skip


@question("G8-pledge", 2, "decide a claim")
def which_pledge():
    """G8: an ally is who owes defence."""
    known = evidence.table("geopolitical/pledges", "then").query("actor_a == 'PAK' and actor_b == 'SAU'")
    defence = bool(known.pledge.eq("defence").any())
    weaker = bool(len(known)) and not defence
    return Choice(
        ask=f"The article calls Pakistan a long-time ally of Saudi Arabia. Here only a defence pledge makes an ally. What stood between the two in {YEAR}, by ATOP?",
        options=[
            ("A defence pledge", defence, "A pledge to defend each other is what the rule asks for. Look at the year in which it starts."),
            ("A pledge not to attack each other, and no defence pledge", weaker, "A promise not to attack is a treaty, but it binds nobody to help: by this rule no alliance, so close votes make it partly at best."),
            ("Nothing at all", not len(known), "The table of pledges does have a row for the two: see its column pledge."),
            ("That cannot be known, for they vote alike", False, "How they vote is another measure. What they have promised stands in the table of pledges."),
        ],
        hints=["The table is geopolitical/pledges; Pakistan is PAK, Saudi Arabia SAU.", "Five kinds of pledge are told apart: read the column pledge.", "A later row is from 2025: was it known then?"],
        solution=f"{', '.join(known.pledge)} since {', '.join(known.start_year.astype(str))}; hence {ledger.judge('G8', 'then').verdict} as known in August 2019, and {ledger.judge('G8', 'since').verdict} since.",
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
        hints=["Read the traps of geopolitical/iran_votes in the codebook.", "Who imposed the sanctions that the article speaks of, and where?", "A measure can be exact, and yet measure something else."],
        solution=f"The stand-in. China and the USA voted apart {len(apart)} times, first on {apart.date.min()}, after the article: {ledger.judge('G9', 'then').verdict} then, {ledger.judge('G9', 'since').verdict} since.",
    )  # fmt: skip


@question("G10-set", 2, "read a picture")
def us_allies():
    """G10: the actors with a US defence pledge."""
    allies = [code for code in actors.ALL if code != "USA" and owe_defence("USA", code, YEAR)]

    def test(shown):
        found = {code for code in shown if code in actors.ALL and code != "USA"}
        extra, lacking = sorted(found - set(allies)), set(allies) - found
        says = [f"{actors.name(code)} has no defence pledge with the USA here." for code in extra[:2]] + (
            [f"{len(lacking)} more belong{'s' * (len(lacking) == 1)}."] if lacking else []
        )
        return found == set(allies), " ".join(
            says
        ) or "ATOP's pledge between Pakistan and the USA is disputed among specialists."

    return State(
        ask=f"Set the actors so that only the USA and those actors are on that had a defence pledge with it in {YEAR}.",
        section="geopolitical", test=test, answer=["USA", *allies],
        hints=["Arms deliveries and warm words are no pledge.", "Saudi Arabia, Taiwan and Vietnam have none in the source.", f"There are {len(allies)}."],
        solution=f"{', '.join(actors.name(code) for code in allies)}. NATO counts through its members here (Germany); the one with Pakistan stands in ATOP, and specialists object.",
    )  # fmt: skip


@question("G11-gap", 3, "compute a measure")
def north_korea():
    """G11: nearer to China or to Russia?"""

    def gap(column="kappa", year=YEAR):
        return _votes("CHN", "PRK", column, year) - _votes("RUS", "PRK", column, year)

    return Number(
        ask=f"North Korea in the UN General Assembly, {YEAR}: its agreement beyond chance (kappa) with China less that with Russia. Two decimals.",
        answer=gap(), unit="index", digits=2,
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
        hints=["Two pairs, one year, one column: kappa.", "North Korea is PRK.", "Kappa with China first, then take off kappa with Russia: positive means nearer to China."],
        solution=f"{_votes('CHN', 'PRK'):.2f} less {_votes('RUS', 'PRK'):.2f} is {gap():.2f}: nearer to China then. In 2024 it was {gap(year=2024):.2f}.",
    )  # fmt: skip


@question("G2-data", 3, "argue")
def what_would_decide():
    """G2: what an undecided claim needs."""
    row = claims.text("G2")
    return Open(
        ask="Claim G2 says that Kazakhstan and Turkmenistan undercut the prices of Russian oil and gas. It stays undecided here. Which figures would decide it, from whom, and how would you compare them fairly? Two or three sentences.",
        hints=["A price is a value divided by a quantity.", "Where would you stand to see all three prices at once: at the seller's border, or the buyer's?", "Oil differs in quality, gas in distance, contracts in length."],
        solution=f"Needed: {row['would_decide']}. I would divide the value by the quantity of what one buyer, China, imports from each origin, month by month, at its own border, for the same product and grade, and say that long contracts hide today's price.",
        rubric=[("1 point", "value and quantity, or unit values, by origin"), ("1 point", "one buyer or one border, so that freight does not decide"), ("1 point", "same product and time, or a word on contracts and quality")],
    )  # fmt: skip
