"""The tests of claims F1, F2, F5 and G1-G14: each says what was found; data/claims.csv says where the thresholds lie."""

from frenemies import claims, evidence
from frenemies.claims import Finding, Rule
from frenemies.errors import Problem
from frenemies.evidence import actors
from frenemies.measures import trade
from frenemies.measures.arms import (
    last_window,
    share_of_arms_exports,
    share_of_arms_imports,
    total_imports,
)
from frenemies.measures.lean import all_eight, trade_lean, vote_lean
from frenemies.measures.ties import THEN, engagement, owe_defence, pledges, pledges_until
from frenemies.measures.votes import (
    MEASURES,
    agreement,
    from_roll_calls,
    known_measure,
    rank_of,
    standing,
)
from frenemies.measures.words import WORDS, names, the

UN, PLEDGES, TRADE = "geopolitical/agreement", "geopolitical/pledges", "economic/trade"
ARMS = ["military/arms_transfers", "military/arms_totals"]


def _last(a, b, vintage, column="kappa"):
    """One figure of the last year of `agreement`."""
    return float(agreement(a, b, vintage)[known_measure(column)].iloc[-1])


def _bought(recipient, supplier, end):
    """A supplier's share of arms imports in per cent. Raises NotHeld where none at all are held."""
    share = share_of_arms_imports(recipient, supplier, end)
    return 100 * evidence.held(
        share, f"arms of {the(recipient)} from {the(supplier)} in {end - 4}-{end}"
    )


def _undecided(claim, reason, tables, until, *facts):
    return Finding(reason=reason, data_until=until, tables=tables).beside(*facts)


@claims.tests("F1")
def meetings_held(vintage):
    """F1: occasions on which Xi and Putin met in person, March 2013 to 9 August 2019."""
    met, counts = (
        evidence.table("geopolitical/meetings", "then"),
        evidence.table("geopolitical/meeting_counts", "then"),
    )
    reason = f"{len(met)} occasions on which the two met in person are listed from March 2013 to 9 August 2019, the last on {met.date.max()}."
    found = Finding(
        value=len(met),
        reason=reason,
        data_until=2019,
        tables=["geopolitical/meetings", "geopolitical/meeting_counts"],
    )
    cities = (
        f"Counted by city instead of by occasion there were {met.places.sum()}.",
        int(met.places.sum()),
    )
    said = [f"{row.speaker}, {row.date}: {row.wording}." for row in counts.itertuples()]
    return found.beside(cities, *said)


@claims.tests("F2")
def engagement_rank(vintage):
    """F2: Russia's rank among the countries that Xi engaged, by days, 2013 to 2018."""
    xi = engagement("Xi Jinping", 2013, 2018, "then")
    russia, other = _engaged(xi, "RUS", "Xi Jinping"), xi[xi.partner.ne("RUS")].iloc[0]
    reason = f"Xi engaged Russia on {russia.days} days in 2013-18: rank {russia['rank']} of {len(xi)}; next: {other['name']}, {other.days} days."
    found = Finding(
        value=int(russia["rank"]),
        reason=reason,
        data_until=THEN,
        tables=["geopolitical/engagement_days", UN, TRADE],
    )

    def under_hu():
        before = _engaged(engagement("Hu Jintao", 2003, 2012, "then"), "RUS", "Hu Jintao")
        return f"Under Hu Jintao, 2003-12, Russia's rank was {before['rank']}."

    def sold():
        total = trade.goods_trade("CHN", "RUS", "then")
        record = total.loc[total.total.idxmax()]
        return f"Trade in China's books stood highest in {record.year:.0f}: {record.total:.0f} billion dollars."

    def voted():
        votes = agreement("CHN", "RUS", "then")
        best = votes.loc[votes.agree.idxmax()]
        return f"In the General Assembly the two agreed most in {best.year:.0f} ({best.agree:.2f}); in {THEN} it was {votes.agree.iloc[-1]:.2f}."

    return found.beside(under_hu, sold, voted)


def _engaged(ranked, code, leader):
    """The row of a country in a leader's ranking. Raises NotHeld."""
    return evidence.some(
        ranked[ranked.partner.eq(code)], f"days on which {leader} engaged {the(code)}"
    ).iloc[0]


@claims.tests("F5")
def votes_apart(vintage, measure="kappa"):
    """F5: agreement beyond chance of China and Russia in the General Assembly, last year known."""
    last = agreement("CHN", "RUS", vintage).iloc[-1]
    year = int(last.year)
    reason = f"In {year} the {MEASURES[known_measure(measure)]} of China and Russia in the General Assembly was {last[measure]:.2f}."
    found = Finding(value=float(last[measure]), reason=reason, data_until=year, tables=[UN])
    opposed = f"They voted yes against no on {100 * last.opposed:.0f} % of {last.common:.0f} common votes."
    place = f"Of {len(standing(year))} pairs of actors theirs stands at rank {rank_of('CHN', 'RUS', year)}, nearest first."
    return found.beside(opposed, place, "Votes are not interests.")


@claims.tests("G1")
def cis_partners_lost(vintage, measure="trade"):
    """G1: share of the eight CIS-space states that trade more with China than with Russia, by their own reports."""
    year = int(evidence.table(TRADE, vintage).year.max())
    by_trade = measure == "trade"
    chosen = _traded(year, vintage) if by_trade else _voted(year, vintage)
    how = "their own trade figures" if by_trade else "their votes (kappa)"
    reason = f"In {year}, by {how}, China stood before Russia for {WORDS[len(chosen)]} of eight: {names(chosen)}."

    def filled():
        leaning = _traded(year, vintage, filled=True)
        says = f"With figures filled in from the partners' books it is {WORDS[len(leaning)]}: {names(leaning)}."
        return says, len(leaning) / 8

    def voted():
        voting = _voted(year, vintage)
        return f"By votes (kappa) it is {WORDS[len(voting)]}: {names(voting)}.", len(voting) / 8

    def earlier():
        return f"In 2005, by their own trade figures, it was {names(_traded(2005, vintage))}."

    last = f"Trade by their own reports ends here in {year}: the years after it are not judged."
    ends = [last] if vintage == "since" else []
    return Finding(
        value=len(chosen) / 8, reason=reason, data_until=year, tables=[TRADE, UN]
    ).beside(filled, voted, earlier, *ends)


def _traded(year, vintage, filled=False):
    """Which of the eight trade more with China than with Russia by their own figures; filled: by figures filled in, too."""
    books = all_eight(trade_lean(year, vintage), "trade with China and Russia")
    return books.actor[(books.CHN > books.RUS) & (~books.imputed | filled)]


def _voted(year, vintage):
    """Which of the eight vote nearer to China than to Russia, by kappa."""
    votes = all_eight(vote_lean(year, year, "kappa", vintage), "votes")
    return votes.actor[votes.CHN > votes.RUS]


@claims.tests("G2")
def undercut_prices(vintage):
    """G2: undecided; no import prices by origin are held."""
    gas = evidence.table("economic/energy_imports", vintage).query("commodity == 'pipeline gas'")
    gas = gas.query("actor in ['TKM', 'KAZ', 'RUS'] and year == year.max()")
    sent = gas.sort_values("quantity", ascending=False)
    words = ", ".join(f"{actors.name(row.actor)} {row.quantity:.1f}" for row in sent.itertuples())
    year = int(gas.year.max())
    fact = (
        f"Pipeline gas to China in {year}, billion cubic metres: {words}. Volumes are not prices."
    )
    return _undecided(
        "G2", "No table here holds prices by origin.", ["economic/energy_imports"], year, fact
    )


@claims.tests("G3")
def arms_monopoly(vintage):
    """G3: Russia's share of China's arms imports, five-year window, percent of TIV."""
    end = last_window(vintage)
    russia, ukraine = (_bought("CHN", code, end) for code in ("RUS", "UKR"))
    reason = (
        f"In {end - 4}-{end} Russia delivered {russia:.0f} % of China's arms imports by volume."
    )
    beside = f"Ukraine delivered {ukraine:.0f} % (the same evidence as in M4)."
    alone = 100 * russia / (100 - ukraine)
    without = (f"Without Ukraine's deliveries Russia's share would be {alone:.0f} %.", alone)
    return Finding(value=russia, reason=reason, data_until=end, tables=ARMS).beside(beside, without)


@claims.tests("G4")
def baikal_petition(vintage):
    """G4: undecided; petitions and court rulings are in no table."""
    return _undecided("G4", "A petition and a stopped project are in no table here.", [], "")


@claims.tests("G5")
def conflict_avoided(vintage):
    """G5: undecided; intentions are in no table."""
    disputes = evidence.table("geopolitical/disputes", vintage).query(
        "actor_b == 'USA' and actor_a in ['CHN', 'RUS']"
    )
    reason = "An aim is in no table, and a conflict that did not come does not show who avoided it."

    def disputed():
        count = (
            evidence.some(disputes, "disputes of China and of Russia with the USA")
            .groupby("actor_a")
            .dispute.nunique()
        )
        most = f"the highest level reached is {disputes.hostility.max()} on a scale where 5 is war"
        return f"Militarised disputes with the USA, 1990-2014: China {count.get('CHN', 0)}, Russia {count.get('RUS', 0)}; {most}."

    return _undecided("G5", reason, ["geopolitical/disputes"], 2014, disputed)


@claims.tests("G6")
def middle_east_partners(vintage):
    """G6: Russia's share of the arms imports of Iran and of Syria, five-year window, percent of TIV."""
    end = last_window(vintage)
    value = tuple(_bought(code, "RUS", end) for code in ("IRN", "SYR"))
    reason = (
        "In {}-{} Russia delivered {:.0f} % of Iran's arms imports and {:.0f} % of Syria's.".format(
            end - 4, end, *value
        )
    )
    found = Finding(
        value=value,
        reason=reason,
        data_until=end,
        tables=[*ARMS, "geopolitical/vetoes", UN, PLEDGES],
    )

    def small():
        total = {code: total_imports(code, end) for code in ("IRN", "SYR", "IND")}
        part = (total["IRN"] + total["SYR"]) / total["IND"]
        return f"Both bought little: together {part * 100:.0f} % of what India imported."

    def blocked():
        vetoes = evidence.table("geopolitical/vetoes", vintage).query("topic == 'Syria'")
        return f"On Syria Russia cast {vetoes.RUS.sum()} vetoes to {vetoes.date.max()[:4]}, China joined {vetoes.CHN.sum()} of them."

    def kappa():
        pairs = ", ".join(
            f"with {actors.name(code)} {_last('CHN', code, vintage):.2f} against Russia's {_last('RUS', code, vintage):.2f}"
            for code in ("IRN", "SYR")
        )
        return f"Yet China votes nearer to both (kappa): {pairs}."

    treaties = "; ".join(
        f"{actors.name(one)} with {actors.name(code)}: {_pledged(one, code, vintage)}"
        for one in ("RUS", "CHN")
        for code in ("IRN", "SYR")
    )
    return found.beside(small, blocked, kappa, f"Pledges by treaty in {THEN}: {treaties}.")


def _pledged(a, b, vintage):
    """What two actors had pledged each other in 2018, in words."""
    first, second = sorted((a, b))
    rows = evidence.table(PLEDGES, vintage).query("actor_a == @first and actor_b == @second")
    return ", ".join(rows[~rows.end_year.lt(THEN)].pledge) or "none on record"


@claims.tests("G7")
def pakistan_first(vintage):
    """G7: Pakistan's share of China's arms exports, five-year window, percent of TIV."""
    end = last_window(vintage)
    sent = 100 * evidence.held(
        share_of_arms_exports("CHN", "PAK", end), f"arms of China for Pakistan in {end - 4}-{end}"
    )
    reason = f"In {end - 4}-{end} {sent:.1f} % of China's arms exports went to Pakistan."
    found = Finding(value=sent, reason=reason, data_until=end, tables=[*ARMS, UN])

    def had():
        return f"China delivered {_bought('PAK', 'CHN', end):.0f} % of Pakistan's imports."

    def voted():
        return f"In the General Assembly their kappa was {_last('CHN', 'PAK', vintage):.2f}."

    return found.beside(had, voted)


@claims.tests("G8")
def saudi_ally(vintage, measure="agree"):
    """G8: a defence pledge between Pakistan and Saudi Arabia; without one, how alike they vote."""
    last, year = agreement("PAK", "SAU", vintage).iloc[-1], pledges_until(vintage)
    pledged, alike = owe_defence("PAK", "SAU", year, vintage), last[known_measure(measure)]
    rules = [Rule.of("G8", reading) for reading in ("main", "strict", "lenient")]
    value, strict, lenient = (_by_votes(rule, pledged, alike) for rule in rules)
    voted = f"in {last.year:.0f} their {MEASURES[measure]} in the General Assembly was {alike:.2f}"
    reason = f"{'A' if pledged else 'No'} defence pledge between Pakistan and Saudi Arabia is on record to {year}; {voted}."
    tips = (
        "would flip with the pledge gone"
        if pledged
        else f"would flip with a pledge, or below {rules[0].level('agreement'):g}"
    )
    found = Finding(
        value=value,
        reason=reason,
        data_until=year,
        tables=[PLEDGES, UN, "geopolitical/rivalries"],
        strict=strict,
        lenient=lenient,
        tips=tips,
    )

    def rivals():
        feuds = evidence.table("geopolitical/rivalries", vintage).query(
            "actor_a == 'IRN' and actor_b == 'SAU'"
        )
        start = evidence.some(feuds, "a rivalry of Iran and Saudi Arabia").start_year.max()
        since = f"Iran and Saudi Arabia have been strategic rivals since {start}"
        alike = _last("IRN", "SAU", vintage, "agree")
        return f"{since}; yet their own agreement was {alike:.2f}: these votes show no enmity."

    return found.beside(rivals)


def _by_votes(rule: Rule, pledged: bool, alike: float) -> str:
    """What G8's rule says of a pledge, and without one of the agreement in votes."""
    if pledged:
        return rule.level("pledge")
    return rule.level("alike" if alike >= rule.level("agreement") else "else")


@claims.tests("G9")
def iran_sanctions(vintage):
    """G9: how China voted when the Security Council last voted on sanctions against Iran."""
    last = evidence.table("geopolitical/iran_votes", vintage).sort_values("date").iloc[-1]
    against = {last.CHN, last.USA} == {"Y", "N"}
    reason = f"On {last.date} China voted {'against' if against else 'like'} the United States ({last['item']}; {last.outcome})."
    tips = f"would flip with one vote {'with' if against else 'against'} the USA"
    value, year = Rule.of("G9").level("against" if against else "not against"), int(last.date[:4])
    found = Finding(
        value=value,
        reason=reason,
        data_until=year,
        tables=["geopolitical/iran_votes", TRADE],
        tips=tips,
    )
    alone = "The Council never voted on the sanctions that the United States imposed alone in 2018."
    return found.beside(alone, _bought_from_iran(vintage))


def _bought_from_iran(vintage):
    """China's imports from Iran from the year before the US sanctions of 2018 on, by its own books, in a sentence."""
    books = evidence.table(TRADE, vintage).query(
        "reporter == 'CHN' and partner == 'IRN' and flow == 'import'"
    )
    years = books[books.year.ge(2017)].sort_values("year")
    bought = (
        ", ".join(f"{row.value_usd / 1e9:.1f} in {row.year}" for row in years.itertuples())
        or "not held"
    )
    return f"China's imports from Iran by its own books, billion dollars: {bought}. Goods under other papers are not in it."


@claims.tests("G10")
def beside_the_usa(vintage, measure="arms"):
    """G10: US share of the arms imports of Japan and of South Korea, with a US defence pledge, percent of TIV."""
    end, year = last_window(vintage), int(evidence.table(UN, vintage).year.max())
    ways = {
        "arms": lambda code: _bought(code, "USA", end) * owe_defence(code, "USA", end, vintage),
        "all votes": lambda code: 100 * _last(code, "USA", vintage, "agree"),
        "important votes": lambda code: (
            100 * from_roll_calls(code, "USA", 2013, 2017, True)["agree"]
        ),
    }

    def both(way):
        return tuple(ways[way](code) for code in ("JPN", "KOR"))

    value = both(measure)
    said = "Japan {:.0f} %, South Korea {:.0f} %.".format(*value)
    pledged = f"Both have a defence pledge of the USA, which supplied of their arms imports in {end - 4}-{end}: {said}"
    reason = pledged if measure == "arms" else f"Agreement with the USA on {measure}: {said}"
    found = Finding(
        value=value,
        reason=reason,
        data_until=end,
        tables=[*ARMS, PLEDGES, UN, "geopolitical/roll_calls"],
    )

    def every():
        agreed = both("all votes")
        says = "On all votes in the General Assembly ({}) Japan agrees with the USA on {:.0f} %, South Korea on {:.0f} %."
        return says.format(year, *agreed), agreed

    def listed():
        agreed = both("important votes")
        return "On votes the USA calls important (2013-17) it is {:.0f} % and {:.0f} %.".format(
            *agreed
        ), agreed

    return found.beside(every, listed)


@claims.tests("G11")
def pyongyang_options(vintage, measure="kappa"):
    """G11: North Korea's agreement beyond chance with China less that with Russia, last year known."""
    china, russia = _last("CHN", "PRK", vintage, measure), _last("PRK", "RUS", vintage, measure)
    year = int(agreement("PRK", "RUS", vintage).year.max())
    reason = f"In {year} North Korea's {MEASURES[measure]} was {china:.2f} with China and {russia:.2f} with Russia."
    found = Finding(
        value=round(china - russia, 4), reason=reason, data_until=year, tables=[UN, PLEDGES, TRADE]
    )

    def allies():
        held = pledges(max(year, THEN), vintage=vintage).query(
            "actor_a == 'PRK' or actor_b == 'PRK'"
        )
        return f"A defence pledge ties it to {names(sorted({*held.actor_a, *held.actor_b} - {'PRK'}))}."

    def sold():
        books = [
            trade.goods_trade(code, "PRK", vintage).dropna(subset=["total"]).iloc[-1]
            for code in ("CHN", "RUS")
        ]
        totals = "{:.2f} in China's books, {:.2f} in Russia's".format(
            *(book.total for book in books)
        )
        return f"Trade in {books[0].year:.0f}, billion dollars: {totals}."

    return found.beside(allies, sold)


@claims.tests("G12")
def far_east_needs(vintage):
    """G12: undecided; no trade of Russia's Far Eastern district is held."""
    year = int(evidence.table(TRADE, vintage).year.max())

    def shares():
        share = {code: trade.share_of_trade("RUS", code, vintage) for code in ("JPN", "KOR", "CHN")}
        said = ", ".join(
            f"{actors.name(code)} {trade.in_year(rows, year, 'share'):.1f} %"
            for code, rows in share.items()
        )
        return f"Shares of all Russia's trade in {year}: {said}."

    return _undecided(
        "G12", "No table here splits Russia's trade by region.", [TRADE], year, shares
    )


@claims.tests("G13")
def emotional_side(vintage):
    """G13: undecided; a remark is in no table."""
    year = int(evidence.table(UN, vintage).year.max())
    reason = "The remark is Vladimir Putin's, as the article reports it; a feeling is in no table."

    def voted():
        china, usa = (_last("RUS", code, vintage) for code in ("CHN", "USA"))
        return f"In the votes of {year} Russia's kappa was {china:.2f} with China and {usa:.2f} with the USA; none was about tariffs."

    return _undecided("G13", reason, [UN], year, voted)


@claims.tests("G14")
def shiite_states(vintage):
    """G14: share of Shia, Alawi and Ismaili in the population of Iran and of Syria, percent, the lower estimate."""
    shia = evidence.table("geopolitical/religion").query(
        "group.str.contains('Shia')", engine="python"
    )
    iran, syria = (
        evidence.some(shia[shia.actor.eq(code)], f"religion in {actors.name(code)}").iloc[0]
        for code in ("IRN", "SYR")
    )
    reason = f"Shia are {iran.low:.0f} to {iran.high:.0f} % of Iran's population; Shia, Alawi and Ismaili together {syria.low:.0f} % of Syria's."
    found = Finding(
        value=(float(iran.low), float(syria.low)),
        reason=reason,
        data_until=2017,
        tables=["geopolitical/religion"],
    )
    ruled = "The family that ruled Syria in 2019 was Alawi: a state's rulers and its people are two things."
    return found.beside(ruled)


SWITCHED = {  # the tests that know other measures, and those
    "F5": (votes_apart, tuple(MEASURES)),
    "G1": (cis_partners_lost, ("trade", "votes")),
    "G8": (saudi_ally, tuple(MEASURES)),
    "G10": (beside_the_usa, ("arms", "all votes", "important votes")),
    "G11": (pyongyang_options, tuple(MEASURES)),
}


def switch(claim):
    """For `fr.live`: one claim's verdict under another measure. The function returned takes the shown actors, measure and record ("then", "since").

    Claims: F5, G1, G8, G10, G11. Raises Problem for any other, or for a measure that the claim has not.
    """
    if claim not in SWITCHED:
        raise Problem(f'"{claim}" has no other measure here: choose {", ".join(SWITCHED)}')
    test, offered = SWITCHED[claim]

    def say(shown, measure, record="then"):
        if measure not in offered:
            raise Problem(f'"{measure}" is no measure of {claim} here: choose {", ".join(offered)}')
        found = claims.decide(claim, test(record, measure=measure), record)
        known = "as known in August 2019" if record == "then" else "since"
        return f"{claim} by {measure}, {known}: {found.verdict.upper()}. {found.reason}"

    return say
