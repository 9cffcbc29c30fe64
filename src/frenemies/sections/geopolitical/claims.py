"""The tests of claims F1, F2, F5 and G1-G14; data/claims.csv says where the thresholds lie."""

from collections.abc import Callable, Sequence

import pandas as pd

from frenemies import claims, evidence
from frenemies.claims import Finding, Rule
from frenemies.errors import Problem
from frenemies.evidence import Vintage, actors
from frenemies.measures import arms, trade, votes
from frenemies.measures.lean import all_eight, trade_lean, vote_lean
from frenemies.measures.ties import THEN, engagement, owe_defence, pledges, pledges_until
from frenemies.measures.votes import MEASURES, agreement, known_measure, rank_of, standing
from frenemies.measures.words import WORDS, in_percent, names, the

UN, PLEDGES, TRADE = "geopolitical/agreement", "geopolitical/pledges", "economic/trade"
ARMS = ["military/arms_transfers", "military/arms_totals"]


def _last(a: str, b: str, vintage: Vintage, column: str = "kappa") -> float:
    """One figure of the last year of `agreement`."""
    return float(agreement(a, b, vintage=vintage)[known_measure(column)].iloc[-1])


def _last_year(table: str, vintage: Vintage) -> int:
    return int(evidence.table(table, vintage).year.max())


def _bought(recipient: str, supplier: str, end: int) -> float:
    """A supplier's share of arms imports in per cent. Raises NotHeld where none at all are held."""
    share = arms.share_of_arms_imports(recipient, supplier, end)
    what = f"arms of {the(recipient)} from {the(supplier)} in {end - 4}-{end}"
    return 100 * evidence.held(share, what)


@claims.tests("F1")
def meetings_held(vintage: Vintage) -> Finding:
    """Occasions on which Xi and Putin met in person, March 2013 to 9 August 2019."""
    tables = ["geopolitical/meetings", "geopolitical/meeting_counts"]
    met, counts = (evidence.table(table, "then") for table in tables)
    places = int(met.places.sum())
    listed = f"{len(met)} occasions on which the two met in person are listed from March 2013"
    reason = f"{listed} to 9 August 2019, the last on {met.date.max()}."
    cities = f"Counted by city instead of by occasion there were {places}."
    said = [f"{row.speaker}, {row.date}: {row.wording}." for row in counts.itertuples()]
    found = Finding(value=len(met), reason=reason, until=2019, tables=tables)
    return found.beside((cities, places), *said)


@claims.tests("F2")
def engagement_rank(vintage: Vintage) -> Finding:
    """Russia's rank among the countries that Xi engaged, by days, 2013 to 2018."""
    xi = engagement("Xi Jinping", 2013, 2018, vintage="then")
    russia, other = _engaged(xi, "RUS", "Xi Jinping"), xi[xi.partner.ne("RUS")].iloc[0]
    days = f"Xi engaged Russia on {russia.days} days in 2013-18: rank {russia['rank']} of {len(xi)}"
    reason = f"{days}; next: {other['name']}, {other.days} days."

    def under_hu() -> str:
        ranked = engagement("Hu Jintao", 2003, 2012, vintage="then")
        before = _engaged(ranked, "RUS", "Hu Jintao")
        return f"Under Hu Jintao, 2003-12, Russia's rank was {before['rank']}."

    def sold() -> str:
        total = trade.goods_trade("CHN", "RUS", vintage="then")
        most = total.loc[total.total.idxmax()]
        highest = f"{most.year:.0f}: {most.total:.0f} billion dollars"
        return f"Trade in China's books stood highest in {highest}."

    def voted() -> str:
        votes = agreement("CHN", "RUS", vintage="then")
        best = votes.loc[votes.agree.idxmax()]
        most = f"In the General Assembly the two agreed most in {best.year:.0f} ({best.agree:.2f})"
        return f"{most}; in {THEN} it was {votes.agree.iloc[-1]:.2f}."

    tables = ["geopolitical/engagement_days", UN, TRADE]
    found = Finding(value=int(russia["rank"]), reason=reason, until=THEN, tables=tables)
    return found.beside(under_hu, sold, voted)


def _engaged(ranked: pd.DataFrame, code: str, leader: str) -> pd.Series:
    """The row of a country in a leader's ranking. Raises NotHeld."""
    what = f"days on which {leader} engaged {the(code)}"
    return evidence.some(ranked[ranked.partner.eq(code)], what).iloc[0]


@claims.tests("F5")
def votes_apart(vintage: Vintage, measure: str = "kappa") -> Finding:
    """Agreement beyond chance of China and Russia in the General Assembly, last year known."""
    last = agreement("CHN", "RUS", vintage=vintage).iloc[-1]
    year, value = int(last.year), float(last[known_measure(measure)])
    both = f"In {year} the {MEASURES[measure]} of China and Russia"
    reason = f"{both} in the General Assembly was {value:.2f}."
    apart = f"They voted yes against no on {100 * last.opposed:.0f} % of {last.common:.0f}"
    place = f"{rank_of('CHN', 'RUS', year)}, nearest first."
    return Finding(value=value, reason=reason, until=year, tables=[UN]).beside(
        f"{apart} common votes.",
        f"Of {len(standing(year))} pairs of actors theirs stands at rank {place}",
        "Votes are not interests.",
    )


@claims.tests("G1")
def cis_partners_lost(vintage: Vintage, measure: str = "trade") -> Finding:
    """Share of the eight CIS-space states that trade more with China than with Russia."""
    year, by_trade = _last_year(TRADE, vintage), measure == "trade"
    chosen = _traded(year, vintage) if by_trade else _voted(year, vintage)
    how = "their own trade figures" if by_trade else "their votes (kappa)"
    count = f"{WORDS[len(chosen)]} of eight: {names(chosen)}"
    reason = f"In {year}, by {how}, China stood before Russia for {count}."

    def told(words: str, leaning: pd.Series) -> tuple[str, float]:
        return f"{words} it is {WORDS[len(leaning)]}: {names(leaning)}.", len(leaning) / 8

    def filled() -> tuple[str, float]:
        words = "With figures filled in from the partners' books"
        return told(words, _traded(year, vintage, filled=True))

    def voted() -> tuple[str, float]:
        return told("By votes (kappa)", _voted(year, vintage))

    def earlier() -> str:
        return f"In 2005, by their own trade figures, it was {names(_traded(2005, vintage))}."

    last = f"Trade by their own reports ends here in {year}: the years after it are not judged."
    found = Finding(value=len(chosen) / 8, reason=reason, until=year, tables=[TRADE, UN])
    return found.beside(filled, voted, earlier, *([last] if vintage == "since" else []))


def _traded(year: int, vintage: Vintage, filled: bool = False) -> pd.Series:
    """Which of the eight trade more with China than Russia; filled: also by figures filled in."""
    books = all_eight(trade_lean(year, vintage=vintage), "trade with China and Russia")
    return books.actor[(books.CHN > books.RUS) & (~books.imputed | filled)]


def _voted(year: int, vintage: Vintage) -> pd.Series:
    """Which of the eight vote nearer to China than to Russia, by kappa."""
    votes = all_eight(vote_lean(year, year, "kappa", vintage=vintage), "votes")
    return votes.actor[votes.CHN > votes.RUS]


@claims.tests("G2")
def undercut_prices(vintage: Vintage) -> Finding:
    """Undecided; no import prices by origin are held."""
    gas = evidence.table("economic/energy_imports", vintage).query("commodity == 'pipeline gas'")
    gas = gas.query("actor in ['TKM', 'KAZ', 'RUS'] and year == year.max()")
    year, sent = int(gas.year.max()), gas.sort_values("quantity", ascending=False)
    pairs = zip(sent.actor, sent.quantity, strict=True)
    each = ", ".join(f"{actors.name(code)} {quantity:.1f}" for code, quantity in pairs)
    volumes = f"Pipeline gas to China in {year}, billion cubic metres: {each}."
    reason, tables = "No table here holds prices by origin.", ["economic/energy_imports"]
    found = Finding(reason=reason, until=year, tables=tables)
    return found.beside(f"{volumes} Volumes are not prices.")


@claims.tests("G3")
def arms_monopoly(vintage: Vintage) -> Finding:
    """Russia's share of China's arms imports, five-year window, percent of TIV."""
    end = arms.last_window(vintage=vintage)
    russia, ukraine = (_bought("CHN", code, end) for code in ("RUS", "UKR"))
    sent = f"{russia:.0f} % of China's arms imports by volume"
    alone = 100 * russia / (100 - ukraine)
    reason = f"In {end - 4}-{end} Russia delivered {sent}."
    return Finding(value=russia, reason=reason, until=end, tables=ARMS).beside(
        f"Ukraine delivered {ukraine:.0f} % (the same evidence as in M4).",
        (f"Without Ukraine's deliveries Russia's share would be {alone:.0f} %.", alone),
    )


@claims.tests("G4")
def baikal_petition(vintage: Vintage) -> Finding:
    """Undecided; petitions and court rulings are in no table."""
    return Finding(reason="A petition and a stopped project are in no table here.")


@claims.tests("G5")
def conflict_avoided(vintage: Vintage) -> Finding:
    """Undecided; intentions are in no table."""
    tables = ["geopolitical/disputes"]
    disputes = evidence.table("geopolitical/disputes", vintage)
    disputes = disputes.query("actor_b == 'USA' and actor_a in ['CHN', 'RUS']")
    reason = "An aim is in no table, and a conflict that did not come does not show who avoided it."

    def disputed() -> str:
        held = evidence.some(disputes, "disputes of China and of Russia with the USA")
        count = held.groupby("actor_a").dispute.nunique()
        most = f"the highest level reached is {held.hostility.max()} on a scale where 5 is war"
        each = f"China {count.get('CHN', 0)}, Russia {count.get('RUS', 0)}"
        return f"Militarised disputes with the USA, 1990-2014: {each}; {most}."

    return Finding(reason=reason, until=2014, tables=tables).beside(disputed)


@claims.tests("G6")
def middle_east_partners(vintage: Vintage) -> Finding:
    """Russia's share of the arms imports of Iran and of Syria, five-year window, percent of TIV."""
    end, pair = arms.last_window(vintage=vintage), ("IRN", "SYR")
    iran, syria = value = tuple(_bought(code, "RUS", end) for code in pair)
    sent = f"In {end - 4}-{end} Russia delivered {iran:.0f} % of Iran's arms imports"
    reason = f"{sent} and {syria:.0f} % of Syria's."

    def small() -> str:
        total = {code: arms.total_imports(code, end) for code in (*pair, "IND")}
        part = 100 * (total["IRN"] + total["SYR"]) / total["IND"]
        return f"Both bought little: together {part:.0f} % of what India imported."

    def blocked() -> str:
        vetoes = evidence.table("geopolitical/vetoes", vintage).query("topic == 'Syria'")
        cast = f"On Syria Russia cast {vetoes.RUS.sum()} vetoes to {vetoes.date.max()[:4]}"
        return f"{cast}, China joined {vetoes.CHN.sum()} of them."

    def nearer(code: str) -> str:
        china, russia = (_last(lead, code, vintage) for lead in ("CHN", "RUS"))
        return f"with {actors.name(code)} {china:.2f} against Russia's {russia:.2f}"

    def kappa() -> str:
        return f"Yet China votes nearer to both (kappa): {', '.join(map(nearer, pair))}."

    treaties = "; ".join(
        f"{actors.name(one)} with {actors.name(code)}: {_pledged(one, code, vintage)}"
        for one in ("RUS", "CHN")
        for code in pair
    )
    tables = [*ARMS, "geopolitical/vetoes", UN, PLEDGES]
    found = Finding(value=value, reason=reason, until=end, tables=tables)
    return found.beside(small, blocked, kappa, f"Pledges by treaty in {THEN}: {treaties}.")


def _pledged(a: str, b: str, vintage: Vintage) -> str:
    """What two actors had pledged each other in 2018, in words."""
    first, second = sorted((a, b))
    rows = evidence.table(PLEDGES, vintage).query("actor_a == @first and actor_b == @second")
    return ", ".join(rows[~rows.end_year.lt(THEN)].pledge) or "none on record"


@claims.tests("G7")
def pakistan_first(vintage: Vintage) -> Finding:
    """Pakistan's share of China's arms exports, five-year window, percent of TIV."""
    end = arms.last_window(vintage=vintage)
    share, what = arms.share_of_arms_exports("CHN", "PAK", end), "arms of China for Pakistan"
    sent = 100 * evidence.held(share, f"{what} in {end - 4}-{end}")
    reason = f"In {end - 4}-{end} {sent:.1f} % of China's arms exports went to Pakistan."

    def had() -> str:
        return f"China delivered {_bought('PAK', 'CHN', end):.0f} % of Pakistan's imports."

    def voted() -> str:
        return f"In the General Assembly their kappa was {_last('CHN', 'PAK', vintage):.2f}."

    return Finding(value=sent, reason=reason, until=end, tables=[*ARMS, UN]).beside(had, voted)


@claims.tests("G8")
def saudi_ally(vintage: Vintage, measure: str = "agree") -> Finding:
    """A defence pledge between Pakistan and Saudi Arabia; without one, how alike they vote."""
    last, year = agreement("PAK", "SAU", vintage=vintage).iloc[-1], pledges_until(vintage=vintage)
    pledged, alike = owe_defence("PAK", "SAU", year, vintage=vintage), last[known_measure(measure)]
    rules = [Rule.of("G8", reading) for reading in ("main", "strict", "lenient")]
    value, strict, lenient = (_by_votes(rule, pledged, alike) for rule in rules)
    voted = f"in {last.year:.0f} their {MEASURES[measure]} in the General Assembly was {alike:.2f}"
    pledge = f"{'A' if pledged else 'No'} defence pledge between Pakistan and Saudi Arabia"
    below = f"with a pledge, or below {rules[0].level('agreement'):g}"

    def rivals() -> str:
        feuds = evidence.table("geopolitical/rivalries", vintage)
        feuds = feuds.query("actor_a == 'IRN' and actor_b == 'SAU'")
        start = evidence.some(feuds, "a rivalry of Iran and Saudi Arabia").start_year.max()
        since = f"Iran and Saudi Arabia have been strategic rivals since {start}"
        alike = _last("IRN", "SAU", vintage, "agree")
        return f"{since}; yet their own agreement was {alike:.2f}: these votes show no enmity."

    return Finding(
        value=value,
        reason=f"{pledge} is on record to {year}; {voted}.",
        until=year,
        tables=[PLEDGES, UN, "geopolitical/rivalries"],
        strict=strict,
        lenient=lenient,
        tips=f"would flip {'with the pledge gone' if pledged else below}",
    ).beside(rivals)


def _by_votes(rule: Rule, pledged: bool, alike: float) -> str:
    """What G8's rule says of a pledge, and without one of the agreement in votes."""
    if pledged:
        return rule.level("pledge")
    return rule.level("alike" if alike >= rule.level("agreement") else "else")


@claims.tests("G9")
def iran_sanctions(vintage: Vintage) -> Finding:
    """How China voted when the Security Council last voted on sanctions against Iran."""
    last = evidence.table("geopolitical/iran_votes", vintage).sort_values("date").iloc[-1]
    against = {last.CHN, last.USA} == {"Y", "N"}
    voted = f"On {last.date} China voted {'against' if against else 'like'} the United States"
    alone = "The Council never voted on the sanctions that the United States imposed alone in 2018."
    return Finding(
        value=Rule.of("G9").level("against" if against else "not against"),
        reason=f"{voted} ({last['item']}; {last.outcome}).",
        until=int(last.date[:4]),
        tables=["geopolitical/iran_votes", TRADE],
        tips=f"would flip with one vote {'with' if against else 'against'} the USA",
    ).beside(alone, _bought_from_iran(vintage))


def _bought_from_iran(vintage: Vintage) -> str:
    """China's imports from Iran from the year before the US sanctions on, by its own books."""
    books = evidence.table(TRADE, vintage)
    books = books.query("reporter == 'CHN' and partner == 'IRN' and flow == 'import'")
    years = books[books.year.ge(2017)].sort_values("year")
    pairs = zip(years.value_usd / 1e9, years.year, strict=True)
    each = ", ".join(f"{value:.1f} in {year}" for value, year in pairs)
    bought = f"China's imports from Iran by its own books, billion dollars: {each or 'not held'}."
    return f"{bought} Goods under other papers are not in it."


@claims.tests("G10")
def beside_the_usa(vintage: Vintage, measure: str = "arms") -> Finding:
    """US share of the arms imports of Japan and South Korea, with a US pledge, percent of TIV."""
    end, year = arms.last_window(vintage=vintage), _last_year(UN, vintage)

    def bought(code: str) -> float:
        share = _bought(code, "USA", end)
        return share if owe_defence(code, "USA", end, vintage=vintage) else 0.0

    def every_vote(code: str) -> float:
        return 100 * _last(code, "USA", vintage, "agree")

    def important(code: str) -> float:
        return 100 * votes.from_roll_calls(code, "USA", 2013, 2017, important=True)["agree"]

    def both(way: Callable[[str], float]) -> tuple[float, ...]:
        return tuple(map(way, ("JPN", "KOR")))

    ways = {"arms": bought, "all votes": every_vote, "important votes": important}
    japan, korea = value = both(ways[measure])
    how = f"Agreement with the USA on {measure}:"
    if measure == "arms":
        pledged = "Both have a defence pledge of the USA, which supplied of their arms imports in"
        how = f"{pledged} {end - 4}-{end}:"
    reason = f"{how} Japan {japan:.0f} %, South Korea {korea:.0f} %."

    def every() -> tuple[str, tuple[float, ...]]:
        agreed = both(every_vote)
        words = "On all votes in the General Assembly ({}) Japan agrees with the USA on {:.0f} %"
        return f"{words}, South Korea on {{:.0f}} %.".format(year, *agreed), agreed

    def listed() -> tuple[str, tuple[float, ...]]:
        agreed = both(important)
        words = "On votes the USA calls important (2013-17) it is {:.0f} % and {:.0f} %."
        return words.format(*agreed), agreed

    tables = [*ARMS, PLEDGES, UN, "geopolitical/roll_calls"]
    return Finding(value=value, reason=reason, until=end, tables=tables).beside(every, listed)


@claims.tests("G11")
def pyongyang_options(vintage: Vintage, measure: str = "kappa") -> Finding:
    """North Korea's agreement beyond chance with China less that with Russia, last year known."""
    china, russia = _last("CHN", "PRK", vintage, measure), _last("PRK", "RUS", vintage, measure)
    year = int(agreement("PRK", "RUS", vintage=vintage).year.max())
    voted = f"In {year} North Korea's {MEASURES[measure]} was {china:.2f} with China"
    reason, value = f"{voted} and {russia:.2f} with Russia.", round(china - russia, 4)

    def allies() -> str:
        held = pledges(max(year, THEN), vintage=vintage)
        held = held.query("actor_a == 'PRK' or actor_b == 'PRK'")
        others = sorted({*held.actor_a, *held.actor_b} - {"PRK"})
        return f"A defence pledge ties it to {names(others)}."

    def sold() -> str:
        books = (trade.goods_trade(code, "PRK", vintage=vintage) for code in ("CHN", "RUS"))
        china, russia = (book.dropna(subset=["total"]).iloc[-1] for book in books)
        totals = f"{china.total:.2f} in China's books, {russia.total:.2f} in Russia's"
        return f"Trade in {china.year:.0f}, billion dollars: {totals}."

    found = Finding(value=value, reason=reason, until=year, tables=[UN, PLEDGES, TRADE])
    return found.beside(allies, sold)


@claims.tests("G12")
def far_east_needs(vintage: Vintage) -> Finding:
    """Undecided; no trade of Russia's Far Eastern district is held."""
    year = _last_year(TRADE, vintage)

    def share(code: str) -> str:
        rows = trade.share_of_trade("RUS", code, vintage=vintage)
        return f"{actors.name(code)} {in_percent(trade.in_year(rows, year, 'share')):.1f} %"

    def shares() -> str:
        each = ", ".join(map(share, ("JPN", "KOR", "CHN")))
        return f"Shares of all Russia's trade in {year}: {each}."

    reason = "No table here splits Russia's trade by region."
    return Finding(reason=reason, until=year, tables=[TRADE]).beside(shares)


@claims.tests("G13")
def emotional_side(vintage: Vintage) -> Finding:
    """Undecided; a remark is in no table."""
    year = _last_year(UN, vintage)
    reason = "The remark is Vladimir Putin's, as the article reports it; a feeling is in no table."

    def voted() -> str:
        china, usa = (_last("RUS", code, vintage) for code in ("CHN", "USA"))
        kappas = f"{china:.2f} with China and {usa:.2f} with the USA; none was about tariffs"
        return f"In the votes of {year} Russia's kappa was {kappas}."

    return Finding(reason=reason, until=year, tables=[UN]).beside(voted)


@claims.tests("G14")
def shiite_states(vintage: Vintage) -> Finding:
    """Share of Shia, Alawi and Ismaili in Iran and in Syria, percent, the lower estimate."""
    groups = evidence.table("geopolitical/religion")
    shia = groups[groups.group.str.contains("Shia")]
    iran, syria = (
        evidence.some(shia[shia.actor.eq(code)], f"religion in {actors.name(code)}").iloc[0]
        for code in ("IRN", "SYR")
    )
    persia = f"Shia are {iran.low:.0f} to {iran.high:.0f} % of Iran's population"
    reason = f"{persia}; Shia, Alawi and Ismaili together {syria.low:.0f} % of Syria's."
    ruled = "The family that ruled Syria in 2019 was Alawi"
    value, tables = (float(iran.low), float(syria.low)), ["geopolitical/religion"]
    found = Finding(value=value, reason=reason, until=2017, tables=tables)
    return found.beside(f"{ruled}: a state's rulers and its people are two things.")


SWITCHED: dict[str, tuple[Callable[..., Finding], Sequence[str]]] = {  # tests with other measures
    "F5": (votes_apart, tuple(MEASURES)),
    "G1": (cis_partners_lost, ("trade", "votes")),
    "G8": (saudi_ally, tuple(MEASURES)),
    "G10": (beside_the_usa, ("arms", "all votes", "important votes")),
    "G11": (pyongyang_options, tuple(MEASURES)),
}


def switch(claim: str) -> Callable[..., str]:
    """For `fr.live`: one claim's verdict under another measure.

    The function returned takes the shown actors, measure and record ("then", "since").
    Claims: F5, G1, G8, G10, G11. Raises Problem for others, or for a measure that it has not.
    """
    if claim not in SWITCHED:
        raise Problem(f'"{claim}" has no other measure here: choose {", ".join(SWITCHED)}')
    test, offered = SWITCHED[claim]

    def say(shown: Sequence[str], measure: str, record: Vintage = "then") -> str:
        if measure not in offered:
            raise Problem(f'"{measure}" is no measure of {claim} here: choose {", ".join(offered)}')
        found = claims.decide(claim, test(record, measure=measure), record)
        known = "as known in August 2019" if record == "then" else "since"
        return f"{claim} by {measure}, {known}: {found.verdict.upper()}. {found.reason}"

    return say
