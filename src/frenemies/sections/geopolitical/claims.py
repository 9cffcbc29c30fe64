"""The tests of this section's claims; claims.toml says where the thresholds lie, and
what the tests say.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd

from frenemies.measures import arms, trade, votes
from frenemies.measures.lean import LEADS, all_eight, trade_lean, vote_lean
from frenemies.measures.profile import owed
from frenemies.measures.ties import THEN, owe_defence, pledges_until
from frenemies.measures.trade import in_year
from frenemies.measures.votes import MEASURES, agreement, known_measure, pair_ranking, rank_of_pair
from frenemies.sections import CARRIER, LENGTHS
from frenemies.sections.geopolitical import claim_measures
from frenemies.sections.supplied import (
    ARMS,
    bought,
    few_aircraft,
    force_used,
    listed_until,
    rival_since,
    supplied,
)
from heldto import claims, evidence
from heldto.claims import Finding, Rule, course, readings, rule_of
from heldto.claims.documents import documents, shows
from heldto.claims.noise import Noise
from heldto.claims.rule import Variant
from heldto.claims.sentences import Sentences
from heldto.claims.verdict import Told
from heldto.errors import Problem
from heldto.evidence import Vintage, actors
from heldto.measures import change, rank
from heldto.text.arguments import one_of
from heldto.text.options import picked, span_of, year_of
from heldto.text.words import WORDS, format_day, format_years, in_percent, join_names, the

UN, PLEDGES, TRADE = "geopolitical/agreement", "geopolitical/pledges", "economic/trade"

say = Sentences()


def _last(a: str, b: str, vintage: Vintage, column: str = "kappa", year: int = 0) -> float:
    """One figure of a year of `agreement`, the last one where none is named."""
    rows = agreement(a, b, vintage=vintage)
    return in_year(rows, year or int(rows.year.iloc[-1]), known_measure(column))


@claims.tests("F1")
def meetings_held(
    vintage: Vintage,
    *,
    threes: str = "count",
    ceremonies: str = "count",
    added: str = "count",
    days: str = "3",
    count: str = "list",
) -> Finding:
    """Occasions on which Xi and Putin met in person, March 2013 to 9 August 2019."""
    kinds = {"threes": threes, "ceremonies": ceremonies, "added": added}
    meetings, counts = (
        claim_measures.meetings(**kinds),
        evidence.table("geopolitical/meeting_counts", "then"),
    )
    count_facts = [
        partial(say, "F1.count", row=row, day=format_day(row.date)) for row in counts.itertuples()
    ]
    cities = partial(say.fact, "F1.cities", int(meetings.places.sum()))
    if count != "list":
        number, count_day = claim_measures.carried_on(count)
        context = {"value": number, "who": say(f"F1.{count}"), "day": format_day(count_day)}
        return say.found("F1.carried", *count_facts, until=2019, **context)
    value, omitted = (
        claim_measures.occasions(meetings, days),
        [key for key in kinds if kinds[key] == "omit"],
    )
    how = "".join(say(f"F1.{key}") for key in (f"days {days}", *omitted))
    context = {"last": format_day(meetings.date.max()), "how": how}
    return say.found("F1", cities, *count_facts, value=value, until=2019, **context)


@claims.tests("F2", "RUS")
def engagement_rank(
    vintage: Vintage,
    russia: str = "RUS",
    *,
    span: str = "2013-18",
    leaders: str = "Xi",
    measure: str = "engaged",
) -> Finding:
    """Russia's rank among the countries that Xi engaged, by days, 2013 to 2018."""
    records = {one: partial(_record, one) for one in ("trade", "agree", "kappa")}
    findings = records | {"engaged": partial(_by_days, russia, span, leaders), "statement": _stated}
    findings |= {"over time": partial(_over_time, russia)}
    finding = picked(findings, measure, "measure")()

    def under_hu() -> str:
        return say("F2.hu", russia=claim_measures.days_engaged("Hu Jintao", 2003, 2012, russia)[1])

    def sold() -> str:
        total = trade.goods_trade("CHN", "RUS", vintage="then")
        return say("F2.trade", most=total.loc[total.total.idxmax()])

    def voted() -> str:
        votes = agreement("CHN", "RUS", vintage="then")
        best, last = votes.loc[votes.agree.idxmax()], votes.agree.iloc[-1]
        return say("F2.votes", best=best, last=last, until=THEN)

    return finding.beside(under_hu, sold, voted)


def _by_days(code: str, span: str, leaders: str) -> Finding:
    """A country's rank among all countries by days of engagement. Raises NotHeld."""
    leader = picked({"Xi": "Xi Jinping", "all": "all"}, leaders, "choice of leaders")
    ranked, russia = claim_measures.days_engaged(leader, *span_of(span), code)
    figures = {"russia": russia, "other": ranked[ranked.partner.ne(code)].iloc[0]}
    figures |= {"ranked": len(ranked), "who": say(f"F2.{leaders}")}
    last = span_of(span)[1]
    return say.found("F2", value=int(russia["rank"]), until=last, span=span, **figures)


def _record(measure: str) -> Finding:
    """The rank of the last year known among all years, by a figure of the two."""
    by_trade = measure == "trade"
    rows = (trade.goods_trade if by_trade else agreement)("CHN", "RUS", vintage="then")
    first, until = (int(rows.year.iloc[position]) for position in (0, -1))
    place = rank(rows, "total" if by_trade else measure, "year", until, time="").value
    context = {"what": say(f"F2.by {measure}"), "years": len(rows), "first": first}
    return say.found("F2.record", value=int(place), until=until, **context)


def _over_time(code: str) -> Finding:
    """The rank of the last year among all years, by days on which China's president, whoever led,
    engaged a country.
    """
    rows = evidence.table("geopolitical/engagement_days", "then")
    engaged = evidence.some(rows[rows.partner.eq(code)], f"days on which {the(code)} was engaged")
    days = engaged.groupby("year").days.sum()
    until = int(days.index[-1])
    place = rank(engaged, "days", "year", until, time="").value
    context = {"until": until, "first": int(days.index[0]), "years": len(days)}
    context |= {"days": int(days.iloc[-1]), "best": int(days.idxmax()), "most": int(days.max())}
    return say.found("F2.over time", value=int(place), **context)


def _stated() -> Finding:
    """What the two sides declared, by a document. Raises NotHeld."""
    rows = evidence.where("documents", "then", claim="F2")
    last = evidence.some(rows, "a joint statement").iloc[-1]
    return say.found(
        "F2.statement", value="holds", until=last.date, row=last, day=format_day(last.date)
    )


@claims.tests("F5", "RUS")
def votes_apart(
    vintage: Vintage,
    china: str = "CHN",
    russia: str = "RUS",
    *,
    measure: str = "kappa",
    year: str = "",
) -> Finding:
    """Agreement beyond chance of China and Russia in the General Assembly, last year known."""
    known_year = year_of(UN, vintage, year)
    rows = agreement(china, russia, vintage=vintage)

    def apart() -> str:
        last = rows.set_index("year").loc[known_year]
        return say("F5.apart", opposed=100 * last.opposed, common=last.common)

    def placed() -> str:
        place = rank_of_pair(china, russia, known_year)
        return say("F5.place", pairs=len(pair_ranking(known_year)), place=place)

    beside = apart, placed, say("F5.votes")
    noise = partial(_by_lot, china, russia, known_year, measure)
    if measure == "ideal":
        nearer = claim_measures.nearer_by_ideal_points(china, russia, known_year)
        return say.found(
            "F5.ideal", *beside, value=nearer, until=known_year, part=in_percent(nearer)
        )
    value, label = in_year(rows, known_year, known_measure(measure)), MEASURES[measure]
    return say.found("F5", *beside, value=value, until=known_year, measure=label, noise=noise)


def _by_lot(a: str, b: str, year: int, measure: str, less: str | None = None, **how: Any) -> Noise:
    """The interval of an agreement, its roll calls drawn by lot; where the source codes no subjects
    the wider one of two codings of ours. Raises NotHeld.
    """
    by_source = votes.source_codes(year)
    codings = (False,) if by_source else (False, True)
    intervals = [
        votes.interval(a, b, year, measure, less=less, coarse=coarse) for coarse in codings
    ]
    low, high = min(one["low"] for one in intervals), max(one["high"] for one in intervals)
    how_drawn = "F5.drawn together" if by_source else "F5.drawn by title"
    words = say(how_drawn, **intervals[0], draws=votes.DRAWS)
    return Noise({"": (low, high)}, words, **how)


@course.yearly("F5")
def alike_by_year(vintage: Vintage) -> pd.Series:
    """Kappa of China and Russia in the General Assembly by year."""
    return agreement("CHN", "RUS", vintage=vintage).set_index("year")["kappa"]


@claims.tests("F6")
def new_height(vintage: Vintage, *, word: str = "stage", text: str = "joint") -> Finding:
    """Whether a document of both sides names a new height of their relations."""
    words = picked({"stage": "", "height": "height"}, word, "word")
    if picked({"joint": True, "each": False}, text, "text"):
        return say.documented("F6", vintage, words=words)
    sides = {f"{words} {side}".strip() for side in ("China", "Russia")}
    showing = [document for document in documents("F6", vintage) if sides & {*shows(document)}]
    sides_shown = {side for document in showing for side in sides & {*shows(document)}}
    quotes = "; ".join(
        f"{document['publisher']}, {format_day(document['date'])}: {document['says']}"
        for document in showing
    )
    value = rule_of("F6").level(("neither", "one side", "both")[len(sides_shown)])
    return say.found(
        "F6.each", value=value, until=showing[-1]["date"] if showing else "", each=quotes
    )


@claims.tests("F7")
def two_days(
    vintage: Vintage, *, place: str = "Russia", days: str = "calendar", source: str = "any"
) -> Finding:
    """How long the visit of June 2019 was, by documents of the time."""
    place_words = picked({"Russia": "", "Moscow": "Moscow"}, place, "place")
    count_words = picked({"calendar": "", "nights": "nights"}, days, "way to count")
    return say.documented(
        "F7", vintage, words=f"{place_words} {count_words}".strip(), source=source
    )


claims.tests("F8")(partial(say.documented, "F8"))
claims.tests("F9")(partial(say.documented, "F9"))


@claims.tests("G1", "CHN")
def cis_partners_lost(
    vintage: Vintage,
    china: str = "CHN",
    russia: str = "RUS",
    *,
    measure: str = "trade",
    books: str = "own",
    year: str = "",
    ukraine: str = "in",
) -> Finding:
    """Share of the eight CIS-space states that trade more with China than with Russia."""
    if (china, russia) != ("CHN", "RUS"):  # of the others own reports of trade alone are asked
        return Finding(value=claim_measures.before(vintage, china, russia), reason="")
    table = UN if measure == "votes" else TRADE
    known_year, lean = year_of(table, vintage, year), partial(_leaning, ukraine=ukraine)

    def fact(name: str, *how: str) -> tuple[str, float]:
        value, context = lean(known_year, *how)
        return say.fact(name, value, **context)

    value, context = lean(known_year, measure, books)
    basis = "votes" if measure == "votes" else books
    context |= {"how": say(f"G1.by {one_of(('own', 'filled', 'votes'), basis, 'way to count')}")}
    filled = partial(fact, "G1.filled", "trade", "filled")
    beside = filled, partial(fact, "G1.votes", "votes"), lambda: say("G1.earlier", **lean(2005)[1])
    return say.found("G1", *beside, value=value, until=known_year, **context)


@course.yearly("G1")
def lean_by_year(vintage: Vintage) -> pd.Series:
    """What the eight trade with China for 100 dollars of their trade with Russia, by year."""
    books = evidence.table(TRADE, vintage)
    frames = [
        trade_lean(int(year), vintage=vintage).assign(year=year) for year in books.year.unique()
    ]
    sums = pd.concat(frames).groupby("year")[LEADS].sum()
    return 100 * sums.CHN / sums.RUS


def _leaning(
    year: int, measure: str = "trade", books: str = "own", ukraine: str = "in"
) -> tuple[float, dict[str, str]]:
    """What part of the eight stands nearer to China than to Russia; how many and which."""
    if one_of(("trade", "weighted", "votes"), measure, "measure") == "votes":
        states = all_eight(vote_lean(year, year, "kappa"), "votes").assign(imputed=False)
    else:
        states = all_eight(trade_lean(year), "trade with China and Russia")
    states = states[states.actor.ne(picked({"in": "", "out": "UKR"}, ukraine, "choice"))]
    nearer = states.CHN.gt(states.RUS) & ~(states.imputed & (books == "own"))
    weights = states[LEADS].sum(axis=1) if measure == "weighted" else pd.Series(1, states.index)
    value, names = float(weights[nearer].sum() / weights.sum()), join_names(states.actor[nearer])
    weighed = say("G1.weighed", value=100 * value) if measure == "weighted" else ""
    count, of = WORDS[nearer.sum()], WORDS[len(states)]
    return value, {"count": count, "of": of, "names": names, "weighed": weighed}


@claims.tests("G2")
def undercut_prices(vintage: Vintage) -> Finding:
    """Undecided; no import prices by origin are held."""
    gas = evidence.where("economic/energy_imports", vintage, commodity="pipeline gas")
    year, codes = int(gas.year.max()), ["TKM", "KAZ", "RUS"]
    rows = gas[gas.year.eq(year) & gas.actor.isin(codes)].sort_values("quantity", ascending=False)
    phrases = [f"{actors.name(row.actor)} {row.quantity:.1f}" for row in rows.itertuples()]
    return say.found("G2", say("G2.volumes", until=year, each=", ".join(phrases)), until=year)


@claims.tests("G3", "CHN")
def arms_monopoly(
    vintage: Vintage,
    china: str = "CHN",
    russia: str = "RUS",
    *,
    window: str = "",
    length: str = "5",
    against: str = "all",
    carrier: str = "with",
) -> Finding:
    """Russia's share of China's arms imports, five-year window, percent of TIV."""
    end, years = year_of(ARMS, vintage, window), picked(LENGTHS, length, "length")
    less = picked(CARRIER, carrier, "choice")
    sold = bought(china, russia, end, years, less)

    def ukraine() -> float:
        return bought(china, "UKR", end, years, less)

    def beside() -> str:
        return say("G3.ukraine", ukraine=ukraine())

    grain = partial(few_aircraft, china, end=end, length=years)

    def alone() -> Told:
        return say.fact("G3.alone", 100 * sold / (100 - ukraine()), grain=grain)

    rivals = {"all": lambda: 100.0, "Ukraine": lambda: sold + ukraine()}
    value = sold * (100 / picked(rivals, against, "rival")())
    context = {"years": claim_measures.years(end, years), "of": say(f"G3.{against}")}
    context |= {"less": say("G3.carrier") if less else ""}
    return say.found("G3", beside, alone, value=value, until=end, grain=grain, **context)


claims.tests("G4")(lambda vintage: say.found("G4"))  # petitions and court rulings are in no table


@claims.tests("G5")
def conflict_avoided(vintage: Vintage) -> Finding:
    """Undecided; intentions are in no table."""
    disputes = evidence.table("geopolitical/disputes", vintage)
    disputes = disputes.query("actor_b == 'USA' and actor_a in ['CHN', 'RUS']")

    def disputed() -> str:
        rows = evidence.some(disputes, "disputes of China and of Russia with the USA")
        count = rows.groupby("actor_a").dispute.nunique().reindex(["CHN", "RUS"], fill_value=0)
        return say("G5.disputes", count=count, highest=rows.hostility.max())

    return say.found("G5", disputed, until=2014)


@claims.tests("G6", "IRN", "SYR")
def middle_east_partners(
    vintage: Vintage,
    iran: str = "IRN",
    syria: str = "SYR",
    russia: str = "RUS",
    *,
    measure: str = "arms",
    window: str = "",
) -> Finding:
    """Russia's share of the arms imports of Iran and of Syria, five-year window, percent of TIV."""
    end, pair = year_of(ARMS, vintage, window), (iran, syria)
    vetoes = evidence.table("geopolitical/vetoes", vintage)
    no_more = say("G6.no later veto") if vintage == "since" else ""

    def cast(code: str) -> int:
        years = vetoes[vetoes.topic.eq(actors.name(code)) & vetoes.RUS].date.str[:4].astype(int)
        return int(years.between(end - 4, end).sum())

    by_measure = {
        "arms": ("G6", lambda code: supplied(vintage, code, russia, window=window)),
        "vetoes": ("G6.by vetoes", cast),
        "votes": ("G6.by votes", lambda code: _last(russia, code, vintage, year=end)),
    }
    key, figure = picked(by_measure, measure, "measure")
    value = tuple(map(figure, pair))

    def small() -> str:
        first, second, india = (arms.total_imports(code, end) for code in (*pair, "IND"))
        return say("G6.small", part=100 * (first + second) / india)

    def blocked() -> str:
        syria = vetoes[vetoes.topic.eq("Syria")]
        cast = syria[["RUS", "CHN"]].sum()
        return say("G6.vetoes", year=syria.date.max()[:4], cast=cast, ends=no_more)

    def nearer(code: str) -> str:
        china, russia = (_last(lead, code, vintage) for lead in ("CHN", "RUS"))
        return say("G6.nearer", name=actors.name(code), china=china, russia=russia)

    def alike() -> str:
        return say("G6.votes", each=", ".join(map(nearer, pair)))

    def treaties() -> str:
        sworn = "; ".join(
            f"{actors.name(lead)} with {actors.name(code)}: {_pledged(lead, code, vintage)}"
            for lead in ("RUS", "CHN")
            for code in pair
        )
        ends = say("G6.no later treaty") if vintage == "since" else ""
        return say("G6.treaties", year=THEN, each=sworn, ends=ends)

    context = {"value": value, "until": end, "years": claim_measures.years(end), "ends": no_more}
    if measure == "arms":
        context["grain"] = partial(few_aircraft, *pair, end=end)
    return say.found(key, small, blocked, alike, treaties, **context)


def _pledged(a: str, b: str, vintage: Vintage) -> str:
    """What two actors had pledged each other in 2018, in words."""
    first, second = sorted((a, b))
    rows = evidence.where(PLEDGES, vintage, actor_a=first, actor_b=second)
    return ", ".join(rows[~rows.end_year.lt(THEN)].pledge) or "none on record"


@claims.tests("G7", "PAK")
def pakistan_first(
    vintage: Vintage,
    china: str = "CHN",
    pakistan: str = "PAK",
    *,
    measure: str = "exports",
    window: str = "",
) -> Finding:
    """Pakistan's share of China's arms exports, five-year window, percent of TIV."""
    end = year_of(ARMS, vintage, window)
    by_measure = {
        "exports": ("G7", lambda: claim_measures.sold(china, pakistan, end)),
        "imports": ("G7.by imports", lambda: bought(pakistan, china, end)),
        "votes": ("G7.by votes", lambda: _last(china, pakistan, vintage, year=end)),
    }
    key, figure = picked(by_measure, measure, "measure")
    beside = (
        lambda: say("G7.bought", share=bought(pakistan, china, end)),
        lambda: say("G7.votes", kappa=_last(china, pakistan, vintage)),
    )
    context: dict[str, Any] = {"value": figure(), "years": claim_measures.years(end)}
    if measure == "exports":
        context["grain"] = partial(few_aircraft, supplier=china, end=end)
    if measure == "imports":
        context["grain"] = partial(few_aircraft, pakistan, end=end)
    return say.found(key, *beside, until=end, **context)


@claims.tests("G8")
def saudi_ally(vintage: Vintage, *, measure: str = "agree") -> Finding:
    """A defence pledge between Pakistan and Saudi Arabia; without one, how alike they vote."""
    last_row, year = (
        agreement("PAK", "SAU", vintage=vintage).iloc[-1],
        pledges_until(vintage=vintage),
    )
    pledged = owe_defence("PAK", "SAU", year, vintage=vintage)
    level, column = rule_of("G8").level("agreement"), picked(ALIKE, measure, "measure")
    alike = _place(last_row) if measure == "percentile" else last_row[column]

    def rivals() -> str:
        feuds = evidence.table("geopolitical/rivalries", vintage)
        feuds = feuds[feuds.actor_a.eq("IRN") & feuds.actor_b.eq("SAU")]
        start = evidence.some(feuds, "a rivalry of Iran and Saudi Arabia").start_year.max()
        ends = say("G8.ends") if vintage == "since" else ""
        return say("G8.rivals", start=start, ends=ends, alike=_last("IRN", "SAU", vintage, "agree"))

    def usual() -> str:
        pairs = pair_ranking(int(last_row.year), "agree").agree
        part = in_percent(float(pairs.ge(level).mean()))
        return say("G8.usual", part=part, pairs=len(pairs), level=level)

    context = {
        "last": last_row.year,
        "measure": MEASURES.get(column, column),
        "alike": alike,
        "until": year,
    }
    context |= {"some": "A" if pledged else "No"}
    context |= {"unsure": say("G8.unsure") if measure == "percentile" else ""}
    if measure != "agree":
        value = 1.0 if pledged else 0.0 if measure == "pledge" else alike
        return say.found("G8", rivals, value=value, **context)
    context |= {"tips": say("G8.gone") if pledged else say("G8.below", level=level)}
    by_lot = partial(_by_lot, "PAK", "SAU", int(last_row.year), "agree")
    context |= {"noise": None if pledged else partial(by_lot, unit="kappa", marks=(level,))}
    return say.found("G8", usual, rivals, **_by_votes(pledged, alike), **context)


ALIKE = {name: "agree" for name in ("agree", "agree 0.8", "agree 0.9", "pledge")}
ALIKE |= {"kappa": "kappa", "percentile": "place by agreement among all pairs (from 0 to 1)"}


def _place(row: pd.Series) -> float:
    """Which part of all pairs agree less than one of them, in its year."""
    return float(pair_ranking(int(row.year), "agree").agree.lt(row.agree).mean())


def _by_votes(pledged: bool, alike: float) -> dict[str, str]:
    """What G8's rule says, as stated, strict and lenient, of a pledge, and without one of votes."""

    def says(rule: Rule) -> str:
        vote_level = "alike" if alike >= rule.level("agreement") else "else"
        return rule.level("pledge" if pledged else vote_level)

    fields: dict[str, Variant] = {"value": "main", "strict": "strict", "lenient": "lenient"}
    return {field: says(rule_of("G8", reading)) for field, reading in fields.items()}


@claims.tests("G9")
def iran_sanctions(vintage: Vintage, *, measure: str = "last vote") -> Finding:
    """How China voted when the Security Council last voted on sanctions against Iran."""
    if measure == "imports 2019":
        return _bought_less("since", 2019)
    if measure == "imports known":
        return _bought_less(vintage)
    votes = evidence.table("geopolitical/iran_votes", vintage).sort_values("date")
    aims = {"last vote": ["impose", "lift"], "last to impose": ["impose"]}
    votes = votes[votes.aim.isin(picked(aims, measure, "measure"))]
    last_vote = evidence.some(votes, "votes on sanctions against Iran").iloc[-1]
    against = {last_vote.CHN, last_vote.USA} == {"Y", "N"}
    value = rule_of("G9").level("against" if against else "not against")
    how, other = ("against", "with") if against else ("like", "against")
    context = {"how": how, "other": other, "last": last_vote, "day": format_day(last_vote.date)}
    beside = say("G9.alone"), partial(_bought_from_iran, vintage)
    return say.found("G9", *beside, value=value, until=int(last_vote.date[:4]), **context)


def _bought_from_iran(vintage: Vintage) -> str:
    """China's imports from Iran from the year before the US sanctions on, by its own books."""
    bought = _from_iran(vintage).query("year >= 2017").itertuples()
    phrases = ", ".join(f"{row.value_usd / 1e9:.1f} in {row.year}" for row in bought)
    ends = say("G9.ends") if vintage == "since" else ""
    return say("G9.bought", each=phrases or "not held", ends=ends)


def _bought_less(vintage: Vintage, last: int | None = None) -> Finding:
    """How far China's imports from Iran fell from 2017 to a year, or the last known, percent."""
    years = [2017, last or "last"]
    fell = change(_from_iran(vintage), "value_usd", years, how="fall", divide=1e9)
    before, after = fell.parts["before"], fell.parts["after"]
    moved = f"{'fell' if before > after else 'rose'} by {abs(fell.value):.0f} %"
    context = {"moved": moved, "before": before, "after": after}
    return say.found("G9.less", value=fell.value, until=fell.until, **context)


def _from_iran(vintage: Vintage) -> pd.DataFrame:
    """China's imports from Iran by year, by its own books: rows of economic/trade."""
    books = evidence.where(TRADE, vintage, reporter="CHN", partner="IRN", flow="import")
    return books.sort_values("year")


@claims.tests(
    "G10", "JPN", "KOR", note="Where no defence pledge is on record, 0 stands, whatever was bought."
)
def beside_the_usa(
    vintage: Vintage,
    japan: str = "JPN",
    korea: str = "KOR",
    usa: str = "USA",
    *,
    measure: str = "arms",
    window: str = "",
) -> Finding:
    """US share of the arms imports of Japan and South Korea, with a US pledge, percent of TIV."""
    end, pair = year_of(ARMS, vintage, window), (japan, korea)
    list_end = min(end, 2017)  # the list of important votes ends there

    def armed() -> tuple[float, ...]:
        shares = {code: bought(code, usa, end) for code in pair}
        return tuple(shares[code] * owe_defence(code, usa, end, vintage=vintage) for code in pair)

    def every() -> tuple[float, ...]:
        return tuple(100 * _last(code, usa, vintage, "agree", end) for code in pair)

    def important() -> tuple[float, ...]:
        years = (list_end - 4, list_end)
        agreements = (votes.from_roll_calls(code, usa, *years, important=True) for code in pair)
        return tuple(100 * agreed["agree"] for agreed in agreements)

    ends = say("G10.ends") if vintage == "since" else ""
    by_measure = {
        "arms": ("G10.arms", armed, claim_measures.years(end)),
        "all votes": ("G10.votes", every, end),
        "important votes": ("G10.votes", important, format_years(list_end)),
    }
    key, figures, years = picked(by_measure, measure, "measure")
    label = f"{measure} ({years}{ends if measure == 'important votes' else ''})"

    def every_fact() -> Told:
        return say.fact("G10.all", every(), year=end, noise=partial(drawn, end, end))

    def important_fact() -> Told:
        noise = partial(drawn, list_end - 4, list_end, listed=True)
        context = {"years": format_years(list_end), "ends": ends}
        return say.fact("G10.important", important(), noise=noise, **context)

    def drawn(first: int, last: int, listed: bool = False) -> Noise:
        each = {
            code: votes.interval(code, usa, last, "agree", since=first, important=listed)
            for code in pair
        }
        spans = {code: (100 * one["low"], 100 * one["high"]) for code, one in each.items()}
        return Noise(spans, say("F5.drawn together", **each[japan], draws=votes.DRAWS))

    how = say(key, measure=label, years=years)
    grain = partial(few_aircraft, *pair, end=end) if measure == "arms" else None
    beside = every_fact, important_fact
    return say.found("G10", *beside, value=figures(), until=end, how=how, grain=grain)


@claims.tests("G11", "PRK")
def pyongyang_options(
    vintage: Vintage,
    korea: str = "PRK",
    china: str = "CHN",
    russia: str = "RUS",
    *,
    measure: str = "kappa",
    year: str = "",
) -> Finding:
    """North Korea's agreement beyond chance with China less that with Russia, last year known."""
    known_year, leads = year_of(UN, vintage, year), (china, russia)

    if measure == "trade":
        books = [
            in_year(trade.goods_trade(code, korea, vintage=vintage), known_year) for code in leads
        ]
        with_china, with_russia = (book / sum(books) for book in books)
    else:
        with_china, with_russia = (
            _last(code, korea, vintage, measure, known_year) for code in leads
        )

    def allies() -> str:
        return say(
            "G11.allies", names=join_names(owed(korea, max(known_year, THEN), vintage=vintage))
        )

    def sold() -> str:
        books = (trade.goods_trade(code, korea, vintage=vintage) for code in leads)
        china_row, russia_row = (book.dropna(subset=["total"]).iloc[-1] for book in books)
        ends = say("G11.ends") if vintage == "since" else ""
        return say("G11.trade", china=china_row, russia=russia_row, ends=ends)

    by_lot = partial(_by_lot, korea, china, known_year, measure, russia)
    word = MEASURES.get(measure, "share of its trade with the two")
    context = {
        "measure": word,
        "china": with_china,
        "russia": with_russia,
        "value": round(with_china - with_russia, 4),
    }
    context |= {"noise": None if measure == "trade" else by_lot}
    return say.found("G11", allies, sold, until=known_year, **context)


@claims.tests("G12")
def far_east_needs(vintage: Vintage) -> Finding:
    """Undecided; no trade of Russia's Far Eastern district is held."""
    year = year_of("economic/trade_russia", vintage)

    def share(code: str) -> str:
        rows = trade.russia_to_2024(code)
        return f"{actors.name(code)} {in_percent(trade.in_year(rows, year, 'share')):.1f} %"

    def shares() -> str:
        sentence = say("G12.shares", until=year, each=", ".join(map(share, ("JPN", "KOR", "CHN"))))
        estimated = trade.russia_to_2024("CHN").query("year == @year").mirror.all()
        return sentence + " " + say("G12.estimate") if estimated else sentence

    return say.found("G12", shares, until=year)


@claims.tests("G13")
def emotional_side(vintage: Vintage) -> Finding:
    """Undecided; a remark is in no table."""
    year = year_of(UN, vintage)

    def voted() -> str:
        china, usa = (_last("RUS", code, vintage) for code in ("CHN", "USA"))
        return say("G13.votes", until=year, china=china, usa=usa)

    return say.found("G13", voted, until=year)


@claims.tests("G14", "IRN", "SYR", note="Saudi Arabia's share is of its citizens alone.")
def shiite_states(
    vintage: Vintage,
    iran: str = "IRN",
    syria: str = "SYR",
    *,
    who: str = "people",
    estimate: str = "low",
) -> Finding:
    """Share of Shia, Alawi and Ismaili in Iran and in Syria, percent, the lower estimate."""
    groups = [claim_measures.shiites(code) for code in (iran, syria)]
    bounds = [dict(group[["low", "high"]]) for group in groups]
    rulers = tuple(100.0 * group.rulers for group in groups)
    estimates = tuple(float(picked(group, estimate, "estimate")) for group in bounds)
    value = picked({"people": estimates, "rulers": rulers}, who, "choice")
    context = {"iran": groups[0], "syria": groups[1], "until": 2017}
    if who == "rulers":
        return say.found("G14.rulers", value=value, count=WORDS[int(sum(rulers)) // 100], **context)
    return say.found("G14", say("G14.ruled"), value=value, **context)


@claims.tests("G15")
def sunni_state(vintage: Vintage, *, estimate: str = "low", base: str = "all") -> Finding:
    """Share of Sunni in Pakistan, percent, the lower estimate."""
    faiths = evidence.where("geopolitical/religion", vintage, actor="PAK").set_index("group")
    sunni, shia = (faiths.loc[faith] for faith in ("Sunni", "Shia"))
    bound, other_bound = picked(
        {"low": ("low", "high"), "high": ("high", "low")}, estimate, "estimate"
    )
    muslims = float(sunni[bound] + shia[other_bound])
    value = 100 * float(sunni[bound]) / picked({"all": 100, "Muslims": muslims}, base, "base")
    reckoned = say(f"G15.{base}", value=value) + (say("G15.high") if bound == "high" else "")
    context = {"value": value, "sunni": sunni, "reckoned": reckoned}
    return say.found("G15", say("G15.shia", shia=shia), until=2017, **context)


claims.tests("G16")(lambda vintage: say.found("G16"))  # no list of projects is held
claims.tests("G17")(partial(say.documented, "G17"))
claims.tests("G18")(lambda vintage: say.found("G18"))  # nor what China's government said of it


@claims.tests("G19")
def gulf_rivals(vintage: Vintage) -> Finding:
    """Whether a strategic rivalry of Saudi Arabia and Iran stands, or they used force lately."""
    until = listed_until(vintage)
    start = rival_since("IRN", "SAU", until, vintage)
    fought = force_used("IRN", "SAU", until, vintage)
    value = rule_of("G19").level("rivalry" if start else "dispute" if fought else "neither")
    since = say("G19.rivalry", start=start) if start else say("G19.none")

    def alike() -> str:
        voted = agreement("IRN", "SAU", vintage=vintage).iloc[-1]
        return say("G19.alike", year=int(voted.year), agree=voted.agree)

    return say.found("G19", alike, value=value, until=until, since=since)


claims.tests("G20")(partial(say.documented, "G20"))


def switch(claim: str) -> Callable[..., str]:
    """For `fr.live`: one claim's verdict under another measure of data/readings.csv.

    The function returned takes the shown actors, measure and record ("then", "since"). Raises
    UnknownClaim; Problem for a claim that has no other measure, or for a measure that it has not.
    """
    options = readings.options(claim)
    offered = {one["option"]: one for one in options.get("measure", ())}
    if not offered:
        switchable = ", ".join(_switched())
        remedy = (
            f"choose {switchable}" if switchable else "data/readings.csv lists none of any claim"
        )
        raise Problem(f'"{claim}" has no other measure here: {remedy}')

    def judged(shown: Sequence[str], measure: str, record: Vintage = "then") -> str:
        option = picked(offered, measure, f"measure of {claim}")
        finding = claims.evaluate(claim, record, **({} if option["own"] else {"measure": measure}))
        choices = {name: rows[0] for name, rows in options.items()} | {"measure": option}
        verdict = readings.outcome(claim, choices, finding).upper()
        record_words = "as known in August 2019" if record == "then" else "since"
        return f"{claim} by {measure}, {record_words}: {verdict}. {finding.reason}"

    return judged


def _switched() -> list[str]:
    """Claims of this page that have more than one measure."""
    ids = evidence.table("claims").query("notebook == '02_geopolitical'").id
    return [name for name in ids if "measure" in readings.options(name)]
