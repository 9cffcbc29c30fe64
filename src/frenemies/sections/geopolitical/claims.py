"""The tests of claims F1, F2, F5 and G1-G14; data/claims.csv says where the thresholds lie,
claims.toml what the tests say.
"""

from collections.abc import Callable, Sequence

import pandas as pd

from frenemies import claims, evidence
from frenemies.claims import Finding, Rule
from frenemies.errors import Problem
from frenemies.evidence import Vintage, actors
from frenemies.measures import arms, trade, votes
from frenemies.measures.lean import all_eight, trade_lean, vote_lean
from frenemies.measures.ties import THEN, owe_defence, pledges, pledges_until
from frenemies.measures.votes import MEASURES, agreement, known_measure, rank_of, standing
from frenemies.measures.words import WORDS, day, in_percent, names
from frenemies.sections import Sentences
from frenemies.sections.geopolitical import compared
from frenemies.sections.geopolitical.compared import bought, last_year

UN, PLEDGES, TRADE = "geopolitical/agreement", "geopolitical/pledges", "economic/trade"

say = Sentences("geopolitical")


def _last(a: str, b: str, vintage: Vintage, column: str = "kappa") -> float:
    """One figure of the last year of `agreement`."""
    return float(agreement(a, b, vintage=vintage)[known_measure(column)].iloc[-1])


def _window(end: int) -> str:
    return f"{end - 4}-{end}"


@claims.tests("F1")
def meetings_held(vintage: Vintage) -> Finding:
    """Occasions on which Xi and Putin met in person, March 2013 to 9 August 2019."""
    met = evidence.table("geopolitical/meetings", "then")
    counts = evidence.table("geopolitical/meeting_counts", "then")
    counted = [say("F1.count", row=row, day=day(row.date)) for row in counts.itertuples()]
    found = say.found("F1", value=len(met), until=2019, last=day(met.date.max()))
    return found.beside(say.fact("F1.cities", int(met.places.sum())), *counted)


@claims.tests("F2")
def engagement_rank(vintage: Vintage) -> Finding:
    """Russia's rank among the countries that Xi engaged, by days, 2013 to 2018."""
    xi, russia = compared.days_engaged("Xi Jinping", 2013, 2018)
    figures = {"russia": russia, "other": xi[xi.partner.ne("RUS")].iloc[0], "ranked": len(xi)}

    def under_hu() -> str:
        return say("F2.hu", russia=compared.days_engaged("Hu Jintao", 2003, 2012)[1])

    def sold() -> str:
        total = trade.goods_trade("CHN", "RUS", vintage="then")
        return say("F2.trade", most=total.loc[total.total.idxmax()])

    def voted() -> str:
        votes = agreement("CHN", "RUS", vintage="then")
        best, last = votes.loc[votes.agree.idxmax()], votes.agree.iloc[-1]
        return say("F2.votes", best=best, last=last, until=THEN)

    found = say.found("F2", value=int(russia["rank"]), until=THEN, **figures)
    return found.beside(under_hu, sold, voted)


@claims.tests("F5")
def votes_apart(vintage: Vintage, measure: str = "kappa") -> Finding:
    """Agreement beyond chance of China and Russia in the General Assembly, last year known."""
    last = agreement("CHN", "RUS", vintage=vintage).iloc[-1]
    year, value = int(last.year), float(last[known_measure(measure)])
    return say.found("F5", value=value, until=year, measure=MEASURES[measure]).beside(
        say("F5.apart", opposed=100 * last.opposed, common=last.common),
        say("F5.place", pairs=len(standing(year)), place=rank_of("CHN", "RUS", year)),
        say("F5.votes"),
    )


@claims.tests("G1")
def cis_partners_lost(vintage: Vintage, measure: str = "trade") -> Finding:
    """Share of the eight CIS-space states that trade more with China than with Russia."""
    year, by_trade = last_year(TRADE, vintage), measure == "trade"
    chosen = _traded(year, vintage) if by_trade else _voted(year, vintage)
    how = "their own trade figures" if by_trade else "their votes (kappa)"

    def fact(name: str, leaning: pd.Series) -> tuple[str, float]:
        return say.fact(name, len(leaning) / 8, **_counted(leaning))

    found = say.found("G1", value=len(chosen) / 8, until=year, how=how, **_counted(chosen))
    return found.beside(
        lambda: fact("G1.filled", _traded(year, vintage, filled=True)),
        lambda: fact("G1.votes", _voted(year, vintage)),
        lambda: say("G1.earlier", names=names(_traded(2005, vintage))),
    )


def _counted(leaning: pd.Series) -> dict[str, str]:
    return {"count": WORDS[len(leaning)], "names": names(leaning)}


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
    each = [f"{actors.name(row.actor)} {row.quantity:.1f}" for row in sent.itertuples()]
    return say.found("G2", until=year).beside(say("G2.volumes", until=year, each=", ".join(each)))


@claims.tests("G3")
def arms_monopoly(vintage: Vintage) -> Finding:
    """Russia's share of China's arms imports, five-year window, percent of TIV."""
    end = arms.last_window(vintage=vintage)
    russia, ukraine = (bought("CHN", code, end) for code in ("RUS", "UKR"))
    return say.found("G3", value=russia, until=end, years=_window(end)).beside(
        say("G3.ukraine", ukraine=ukraine), say.fact("G3.alone", 100 * russia / (100 - ukraine))
    )


@claims.tests("G4")
def baikal_petition(vintage: Vintage) -> Finding:
    """Undecided; petitions and court rulings are in no table."""
    return say.found("G4")


@claims.tests("G5")
def conflict_avoided(vintage: Vintage) -> Finding:
    """Undecided; intentions are in no table."""
    disputes = evidence.table("geopolitical/disputes", vintage)
    disputes = disputes.query("actor_b == 'USA' and actor_a in ['CHN', 'RUS']")

    def disputed() -> str:
        held = evidence.some(disputes, "disputes of China and of Russia with the USA")
        count = held.groupby("actor_a").dispute.nunique().reindex(["CHN", "RUS"], fill_value=0)
        return say("G5.disputes", count=count, highest=held.hostility.max())

    return say.found("G5", until=2014).beside(disputed)


@claims.tests("G6")
def middle_east_partners(vintage: Vintage) -> Finding:
    """Russia's share of the arms imports of Iran and of Syria, five-year window, percent of TIV."""
    end, pair = arms.last_window(vintage=vintage), ("IRN", "SYR")

    def small() -> str:
        iran, syria, india = (arms.total_imports(code, end) for code in (*pair, "IND"))
        return say("G6.small", part=100 * (iran + syria) / india)

    def blocked() -> str:
        vetoes = evidence.table("geopolitical/vetoes", vintage).query("topic == 'Syria'")
        return say("G6.vetoes", year=vetoes.date.max()[:4], cast=vetoes[["RUS", "CHN"]].sum())

    def nearer(code: str) -> str:
        china, russia = (_last(lead, code, vintage) for lead in ("CHN", "RUS"))
        return say("G6.nearer", name=actors.name(code), china=china, russia=russia)

    def alike() -> str:
        return say("G6.votes", each=", ".join(map(nearer, pair)))

    sworn = "; ".join(
        f"{actors.name(one)} with {actors.name(code)}: {_pledged(one, code, vintage)}"
        for one in ("RUS", "CHN")
        for code in pair
    )
    shares, treaties = compared.both_supplied(vintage), say("G6.treaties", year=THEN, each=sworn)
    found = say.found("G6", value=shares, until=end, years=_window(end))
    return found.beside(small, blocked, alike, treaties)


def _pledged(a: str, b: str, vintage: Vintage) -> str:
    """What two actors had pledged each other in 2018, in words."""
    first, second = sorted((a, b))
    rows = evidence.where(PLEDGES, vintage, actor_a=first, actor_b=second)
    return ", ".join(rows[~rows.end_year.lt(THEN)].pledge) or "none on record"


@claims.tests("G7")
def pakistan_first(vintage: Vintage) -> Finding:
    """Pakistan's share of China's arms exports, five-year window, percent of TIV."""
    end = arms.last_window(vintage=vintage)
    found = say.found("G7", value=compared.sold_to(vintage), until=end, years=_window(end))
    return found.beside(
        lambda: say("G7.bought", share=bought("PAK", "CHN", end)),
        lambda: say("G7.votes", kappa=_last("CHN", "PAK", vintage)),
    )


@claims.tests("G8")
def saudi_ally(vintage: Vintage, measure: str = "agree") -> Finding:
    """A defence pledge between Pakistan and Saudi Arabia; without one, how alike they vote."""
    last, year = agreement("PAK", "SAU", vintage=vintage).iloc[-1], pledges_until(vintage=vintage)
    pledged, alike = owe_defence("PAK", "SAU", year, vintage=vintage), last[known_measure(measure)]
    rules = [Rule.of("G8", reading) for reading in ("main", "strict", "lenient")]
    value, strict, lenient = (_by_votes(rule, pledged, alike) for rule in rules)
    level = rules[0].level("agreement")

    def rivals() -> str:
        feuds = evidence.table("geopolitical/rivalries", vintage)
        feuds = feuds.query("actor_a == 'IRN' and actor_b == 'SAU'")
        start = evidence.some(feuds, "a rivalry of Iran and Saudi Arabia").start_year.max()
        return say("G8.rivals", start=start, alike=_last("IRN", "SAU", vintage, "agree"))

    def usual() -> str:
        pairs = standing(int(last.year), "agree").agree
        part = in_percent(float(pairs.ge(level).mean()))
        return say("G8.usual", part=part, pairs=len(pairs), level=level)

    figures = {"value": value, "strict": strict, "lenient": lenient, "until": year}
    figures |= {"last": last.year, "measure": MEASURES[measure], "alike": alike}
    some, tips = ("A", say("G8.gone")) if pledged else ("No", say("G8.below", level=level))
    return say.found("G8", some=some, tips=tips, **figures).beside(usual, rivals)


def _by_votes(rule: Rule, pledged: bool, alike: float) -> str:
    """What G8's rule says of a pledge, and without one of the agreement in votes."""
    voted = "alike" if alike >= rule.level("agreement") else "else"
    return rule.level("pledge" if pledged else voted)


@claims.tests("G9")
def iran_sanctions(vintage: Vintage) -> Finding:
    """How China voted when the Security Council last voted on sanctions against Iran."""
    last = evidence.table("geopolitical/iran_votes", vintage).sort_values("date").iloc[-1]
    against = {last.CHN, last.USA} == {"Y", "N"}
    value = Rule.of("G9").level("against" if against else "not against")
    how, other = ("against", "with") if against else ("like", "against")
    told = {"how": how, "other": other, "last": last, "day": day(last.date)}
    found = say.found("G9", value=value, until=int(last.date[:4]), **told)
    return found.beside(say("G9.alone"), _bought_from_iran(vintage))


def _bought_from_iran(vintage: Vintage) -> str:
    """China's imports from Iran from the year before the US sanctions on, by its own books."""
    books = evidence.table(TRADE, vintage)
    books = books.query("reporter == 'CHN' and partner == 'IRN' and flow == 'import'")
    years = books[books.year.ge(2017)].sort_values("year")
    each = ", ".join(f"{row.value_usd / 1e9:.1f} in {row.year}" for row in years.itertuples())
    return say("G9.bought", each=each or "not held")


@claims.tests("G10")
def beside_the_usa(vintage: Vintage, measure: str = "arms") -> Finding:
    """US share of the arms imports of Japan and South Korea, with a US pledge, percent of TIV."""
    end, year = arms.last_window(vintage=vintage), last_year(UN, vintage)
    pair = ("JPN", "KOR")

    def every() -> tuple[float, ...]:
        return tuple(100 * _last(code, "USA", vintage, "agree") for code in pair)

    def important() -> tuple[float, ...]:
        calls = (votes.from_roll_calls(code, "USA", 2013, 2017, important=True) for code in pair)
        return tuple(100 * one["agree"] for one in calls)

    ways = {"all votes": every, "important votes": important}
    value = ways[measure]() if measure in ways else compared.beside(vintage)
    how = say("G10.votes" if measure in ways else "G10.arms", measure=measure, years=_window(end))
    return say.found("G10", value=value, until=end, how=how).beside(
        lambda: say.fact("G10.all", every(), year=year),
        lambda: say.fact("G10.important", important()),
    )


@claims.tests("G11")
def pyongyang_options(vintage: Vintage, measure: str = "kappa") -> Finding:
    """North Korea's agreement beyond chance with China less that with Russia, last year known."""
    china, russia = _last("CHN", "PRK", vintage, measure), _last("PRK", "RUS", vintage, measure)
    year = int(agreement("PRK", "RUS", vintage=vintage).year.max())

    def allies() -> str:
        held = pledges(max(year, THEN), vintage=vintage)
        held = held.query("actor_a == 'PRK' or actor_b == 'PRK'")
        return say("G11.allies", names=names(sorted({*held.actor_a, *held.actor_b} - {"PRK"})))

    def sold() -> str:
        books = (trade.goods_trade(code, "PRK", vintage=vintage) for code in ("CHN", "RUS"))
        china, russia = (book.dropna(subset=["total"]).iloc[-1] for book in books)
        return say("G11.trade", china=china, russia=russia)

    voted = {"measure": MEASURES[measure], "china": china, "russia": russia}
    found = say.found("G11", value=round(china - russia, 4), until=year, **voted)
    return found.beside(allies, sold)


@claims.tests("G12")
def far_east_needs(vintage: Vintage) -> Finding:
    """Undecided; no trade of Russia's Far Eastern district is held."""
    year = last_year(TRADE, vintage)

    def share(code: str) -> str:
        rows = trade.share_of_trade("RUS", code, vintage=vintage)
        return f"{actors.name(code)} {in_percent(trade.in_year(rows, year, 'share')):.1f} %"

    def shares() -> str:
        return say("G12.shares", until=year, each=", ".join(map(share, ("JPN", "KOR", "CHN"))))

    return say.found("G12", until=year).beside(shares)


@claims.tests("G13")
def emotional_side(vintage: Vintage) -> Finding:
    """Undecided; a remark is in no table."""
    year = last_year(UN, vintage)

    def voted() -> str:
        china, usa = (_last("RUS", code, vintage) for code in ("CHN", "USA"))
        return say("G13.votes", until=year, china=china, usa=usa)

    return say.found("G13", until=year).beside(voted)


@claims.tests("G14")
def shiite_states(vintage: Vintage) -> Finding:
    """Share of Shia, Alawi and Ismaili in Iran and in Syria, percent, the lower estimate."""
    iran, syria = map(compared.shiites, ("IRN", "SYR"))
    found = say.found("G14", value=compared.shia(vintage), until=2017, iran=iran, syria=syria)
    return found.beside(say("G14.ruled"))


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

    def judged(shown: Sequence[str], measure: str, record: Vintage = "then") -> str:
        if measure not in offered:
            raise Problem(f'"{measure}" is no measure of {claim} here: choose {", ".join(offered)}')
        found = claims.decide(claim, test(record, measure=measure), record)
        known = "as known in August 2019" if record == "then" else "since"
        return f"{claim} by {measure}, {known}: {found.verdict.upper()}. {found.reason}"

    return judged
