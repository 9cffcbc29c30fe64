"""The tests of claims F1, F2, F5 and G1-G14: each says what was found; data/claims.csv says where the thresholds lie."""

from frenemies import actors, claims, evidence, trade
from frenemies.arms import arms_imports, last_window, share_of_arms_exports, share_of_arms_imports
from frenemies.claims import Finding
from frenemies.geopolitical.measures import THEN, trade_lean, vote_lean
from frenemies.geopolitical.words import WORDS, names
from frenemies.places import Problem
from frenemies.ties import (
    MEASURES,
    agreement,
    engagement,
    from_roll_calls,
    known_measure,
    owe_defence,
    pledges,
    pledges_until,
    standing,
)

# G8: agreement that is "partly" without a pledge, as stated, strict and lenient
ALIKE, NEVER, NEARLY_ALIKE = 0.85, 2, 0.8
UN, PLEDGES, TRADE = "geopolitical/agreement", "geopolitical/pledges", "economic/trade"
ARMS = ["military/arms_transfers", "military/arms_totals"]


def _last(a, b, vintage, column="kappa"):
    """One figure of the last year of `agreement`."""
    return float(agreement(a, b, vintage)[known_measure(column)].iloc[-1])


def _bought(recipient, supplier, end):
    """A supplier's share of arms imports in per cent."""
    return 100 * share_of_arms_imports(recipient, supplier, end)


def _undecided(claim, reason, tables, until, *facts):
    return claims.beside(claim, Finding(None, reason, until, tables), *facts)


@claims.test("F1")
def meetings_held(vintage):
    """F1: occasions on which Xi and Putin met in person, March 2013 to 9 August 2019."""
    met, counts = evidence.table("geopolitical/meetings", "then"), evidence.table("geopolitical/meeting_counts", "then")
    reason = f"{len(met)} occasions on which the two met in person are listed from March 2013 to 9 August 2019, the last on {met.date.max()}."
    found = Finding(len(met), reason, 2019, ["geopolitical/meetings", "geopolitical/meeting_counts"])
    cities = (f"Counted by city instead of by occasion there were {met.places.sum()}.", int(met.places.sum()))
    said = [f"{row.speaker}, {row.date}: {row.wording}." for row in counts.itertuples()]
    return claims.beside("F1", found, cities, *said)


@claims.test("F2")
def engagement_rank(vintage):
    """F2: Russia's rank among the countries that Xi engaged, by days, 2013 to 2018."""
    xi, hu = (engagement(*span, "then") for span in (("Xi Jinping", 2013, 2018), ("Hu Jintao", 2003, 2012)))
    russia, before = (ranked[ranked.partner.eq("RUS")].iloc[0] for ranked in (xi, hu))
    other = xi[xi.partner.ne("RUS")].iloc[0]
    reason = f"Xi engaged Russia on {russia.days} days in 2013-18: rank {russia['rank']} of {len(xi)}; next: {other['name']}, {other.days} days."
    found = Finding(int(russia["rank"]), reason, THEN, ["geopolitical/engagement_days", UN, TRADE])
    total, votes = trade.goods_trade("CHN", "RUS", "then"), agreement("CHN", "RUS", "then")
    record, best = total.loc[total.total.idxmax()], votes.loc[votes.agree.idxmax()]
    under_hu = f"Under Hu Jintao, 2003-12, Russia's rank was {before['rank']}."
    sold = f"Trade in China's books stood highest in {record.year:.0f}: {record.total:.0f} billion dollars."
    voted = f"In the General Assembly the two agreed most in {best.year:.0f} ({best.agree:.2f}); in {THEN} it was {votes.agree.iloc[-1]:.2f}."
    return claims.beside("F2", found, under_hu, sold, voted)


@claims.test("F5")
def votes_apart(vintage, measure="kappa"):
    """F5: agreement beyond chance of China and Russia in the General Assembly, last year known."""
    last = agreement("CHN", "RUS", vintage).iloc[-1]
    ranked = standing(int(last.year))
    rank = int(ranked.query("actor_a == 'CHN' and actor_b == 'RUS'")["rank"].iloc[0])
    reason = f"In {last.year:.0f} the {MEASURES[known_measure(measure)]} of China and Russia in the General Assembly was {last[measure]:.2f}."
    found = Finding(float(last[measure]), reason, int(last.year), [UN])
    opposed = f"They voted yes against no on {100 * last.opposed:.0f} % of {last.common:.0f} common votes."
    place = f"Of {len(ranked)} pairs of actors theirs stands at rank {rank}, nearest first."
    return claims.beside("F5", found, opposed, place, "Votes are not interests.")


@claims.test("G1")
def cis_partners_lost(vintage, measure="trade"):
    """G1: share of the eight CIS-space states that trade more with China than with Russia, by their own reports."""
    year = int(evidence.table(TRADE, vintage).year.max())
    books, before, votes = trade_lean(year, vintage), trade_lean(2005, vintage), vote_lean(year, year, "kappa", vintage)
    leaning, voting = books.actor[books.lean.gt(1)], votes.actor[votes.CHN > votes.RUS]
    own, in_2005 = (frame.actor[frame.lean.gt(1) & ~frame.imputed] for frame in (books, before))
    chosen, how = (own, "their own trade figures") if measure == "trade" else (voting, "their votes (kappa)")
    reason = f"In {year}, by {how}, China stood before Russia for {WORDS[len(chosen)]} of eight: {names(chosen)}."
    filled = f"With figures filled in from the partners' books it is {WORDS[len(leaning)]}: {names(leaning)}."
    voted = f"By votes (kappa) it is {WORDS[len(voting)]}: {names(voting)}."
    earlier = f"In 2005, by their own trade figures, it was {names(in_2005)}."
    last = f"Trade by their own reports ends here in {year}: the years after it are not judged."
    ends = [last] if vintage == "since" else []
    found = Finding(len(chosen) / 8, reason, year, [TRADE, UN])
    return claims.beside("G1", found, (filled, len(leaning) / 8), (voted, len(voting) / 8), earlier, *ends)


@claims.test("G2")
def undercut_prices(vintage):
    """G2: undecided; no import prices by origin are held."""
    gas = evidence.table("economic/energy_imports", vintage)
    gas = gas.query("commodity == 'pipeline gas' and actor in ['TKM', 'KAZ', 'RUS'] and year == year.max()")
    sent = gas.sort_values("quantity", ascending=False)
    words = ", ".join(f"{actors.name(row.actor)} {row.quantity:.1f}" for row in sent.itertuples())
    year = int(gas.year.max())
    fact = f"Pipeline gas to China in {year}, billion cubic metres: {words}. Volumes are not prices."
    return _undecided("G2", "No table here holds prices by origin.", ["economic/energy_imports"], year, fact)


@claims.test("G3")
def arms_monopoly(vintage):
    """G3: Russia's share of China's arms imports, five-year window, percent of TIV."""
    end = last_window(vintage)
    russia, ukraine = (_bought("CHN", code, end) for code in ("RUS", "UKR"))
    reason = f"In {end - 4}-{end} Russia delivered {russia:.0f} % of China's arms imports by volume."
    beside = f"Ukraine delivered {ukraine:.0f} % (the same evidence as in M4)."
    alone = 100 * russia / (100 - ukraine)
    without = (f"Without Ukraine's deliveries Russia's share would be {alone:.0f} %.", alone)
    return claims.beside("G3", Finding(russia, reason, end, ARMS), beside, without)


@claims.test("G4")
def baikal_petition(vintage):
    """G4: undecided; petitions and court rulings are in no table."""
    return _undecided("G4", "A petition and a stopped project are in no table here.", [], "")


@claims.test("G5")
def conflict_avoided(vintage):
    """G5: undecided; intentions are in no table."""
    disputes = evidence.table("geopolitical/disputes", vintage).query("actor_b == 'USA' and actor_a in ['CHN', 'RUS']")
    count = disputes.groupby("actor_a").dispute.nunique()
    most = f"the highest level reached is {disputes.hostility.max()} on a scale where 5 is war"
    fact = f"Militarised disputes with the USA, 1990-2014: China {count['CHN']}, Russia {count['RUS']}; {most}."
    reason = "An aim is in no table, and a conflict that did not come does not show who avoided it."
    return _undecided("G5", reason, ["geopolitical/disputes"], 2014, fact)


@claims.test("G6")
def middle_east_partners(vintage):
    """G6: Russia's share of the arms imports of Iran and of Syria, five-year window, percent of TIV."""
    end = last_window(vintage)
    value = tuple(_bought(code, "RUS", end) for code in ("IRN", "SYR"))
    iran, syria, india = (arms_imports(code, end).tiv.sum() for code in ("IRN", "SYR", "IND"))
    vetoes = evidence.table("geopolitical/vetoes", vintage).query("topic == 'Syria'")
    reason = "In {}-{} Russia delivered {:.0f} % of Iran's arms imports and {:.0f} % of Syria's.".format(
        end - 4, end, *value
    )
    small = f"Both bought little: together {(iran + syria) / india * 100:.0f} % of what India imported."
    blocked = f"On Syria Russia cast {vetoes.RUS.sum()} vetoes to {vetoes.date.max()[:4]}, China joined {vetoes.CHN.sum()} of them."
    kappa = ", ".join(
        f"with {actors.name(code)} {_last('CHN', code, vintage):.2f} against Russia's {_last('RUS', code, vintage):.2f}"
        for code in ("IRN", "SYR")
    )
    treaties = "; ".join(
        f"{one} with {actors.name(code)}: {_pledged(one_code, code, vintage)}"
        for one_code, one in (("RUS", "Russia"), ("CHN", "China"))
        for code in ("IRN", "SYR")
    )
    found = Finding(value, reason, end, [*ARMS, "geopolitical/vetoes", UN, PLEDGES])
    nearer = f"Yet China votes nearer to both (kappa): {kappa}."
    return claims.beside("G6", found, small, blocked, nearer, f"Pledges by treaty in {THEN}: {treaties}.")


def _pledged(a, b, vintage):
    """What two actors had pledged each other in 2018, in words."""
    first, second = sorted((a, b))
    rows = evidence.table(PLEDGES, vintage).query("actor_a == @first and actor_b == @second")
    return ", ".join(rows[~rows.end_year.lt(THEN)].pledge) or "none on record"


@claims.test("G7")
def pakistan_first(vintage):
    """G7: Pakistan's share of China's arms exports, five-year window, percent of TIV."""
    end = last_window(vintage)
    sent, had = 100 * share_of_arms_exports("CHN", "PAK", end), _bought("PAK", "CHN", end)
    reason = f"In {end - 4}-{end} {sent:.1f} % of China's arms exports went to Pakistan."
    voted = f"In the General Assembly their kappa was {_last('CHN', 'PAK', vintage):.2f}."
    found = Finding(sent, reason, end, [*ARMS, UN])
    return claims.beside("G7", found, f"China delivered {had:.0f} % of Pakistan's imports.", voted)


@claims.test("G8")
def saudi_ally(vintage, measure="agree"):
    """G8: a defence pledge between Pakistan and Saudi Arabia; without one, how alike they vote."""
    last, year = agreement("PAK", "SAU", vintage).iloc[-1], pledges_until(vintage)
    pledged, alike = owe_defence("PAK", "SAU", year, vintage), last[known_measure(measure)]
    value, strict, lenient = (
        "holds" if pledged else "partly" if alike >= least else "fails" for least in (ALIKE, NEVER, NEARLY_ALIKE)
    )
    voted = f"in {last.year:.0f} their {MEASURES[measure]} in the General Assembly was {alike:.2f}"
    reason = (
        f"{'A' if pledged else 'No'} defence pledge between Pakistan and Saudi Arabia is on record to {year}; {voted}."
    )
    tips = "would flip with the pledge gone" if pledged else f"would flip with a pledge, or below {ALIKE}"
    found = Finding(value, reason, year, [PLEDGES, UN, "geopolitical/rivalries"], strict, lenient, tips=tips)
    feuds = evidence.table("geopolitical/rivalries", vintage).query("actor_a == 'IRN' and actor_b == 'SAU'")
    since = f"Iran and Saudi Arabia have been strategic rivals since {feuds.start_year.max()}"
    rival = f"yet their own agreement was {_last('IRN', 'SAU', vintage, 'agree'):.2f}: these votes show no enmity"
    return claims.beside("G8", found, f"{since}; {rival}.")


@claims.test("G9")
def iran_sanctions(vintage):
    """G9: how China voted when the Security Council last voted on sanctions against Iran."""
    last = evidence.table("geopolitical/iran_votes", vintage).sort_values("date").iloc[-1]
    against = {last.CHN, last.USA} == {"Y", "N"}
    reason = f"On {last.date} China voted {'against' if against else 'like'} the United States ({last['item']}; {last.outcome})."
    tips = f"would flip with one vote {'with' if against else 'against'} the USA"
    value, year = "fails" if against else "partly", int(last.date[:4])
    found = Finding(value, reason, year, ["geopolitical/iran_votes", TRADE], tips=tips)
    alone = "The Council never voted on the sanctions that the United States imposed alone in 2018."
    return claims.beside("G9", found, alone, _bought_from_iran(vintage))


def _bought_from_iran(vintage):
    """China's imports from Iran from the year before the US sanctions of 2018 on, by its own books, in a sentence."""
    books = evidence.table(TRADE, vintage).query("reporter == 'CHN' and partner == 'IRN' and flow == 'import'")
    years = books[books.year.ge(2017)].sort_values("year")
    bought = ", ".join(f"{row.value_usd / 1e9:.1f} in {row.year}" for row in years.itertuples()) or "not held"
    return f"China's imports from Iran by its own books, billion dollars: {bought}. Goods under other papers are not in it."


@claims.test("G10")
def beside_the_usa(vintage, measure="arms"):
    """G10: US share of the arms imports of Japan and of South Korea, with a US defence pledge, percent of TIV."""
    end, year = last_window(vintage), int(evidence.table(UN, vintage).year.max())
    allies = ("JPN", "KOR")
    values = {
        "arms": [_bought(code, "USA", end) * owe_defence(code, "USA", end, vintage) for code in allies],
        "all votes": [100 * _last(code, "USA", vintage, "agree") for code in allies],
        "important votes": [100 * from_roll_calls(code, "USA", 2013, 2017, True)["agree"] for code in allies],
    }
    said = "Japan {:.0f} %, South Korea {:.0f} %.".format(*values[measure])
    pledged = f"Both have a defence pledge of the USA, which supplied of their arms imports in {end - 4}-{end}: {said}"
    reason = pledged if measure == "arms" else f"Agreement with the USA on {measure}: {said}"
    found = Finding(tuple(values[measure]), reason, end, [*ARMS, PLEDGES, UN, "geopolitical/roll_calls"])
    _, every, listed = map(tuple, values.values())
    votes = f"On all votes in the General Assembly ({year}) Japan agrees with the USA on {every[0]:.0f} %, South Korea on {every[1]:.0f} %."
    chosen = f"On votes the USA calls important (2013-17) it is {listed[0]:.0f} % and {listed[1]:.0f} %."
    return claims.beside("G10", found, (votes, every), (chosen, listed))


@claims.test("G11")
def pyongyang_options(vintage, measure="kappa"):
    """G11: North Korea's agreement beyond chance with China less that with Russia, last year known."""
    china, russia = _last("CHN", "PRK", vintage, measure), _last("PRK", "RUS", vintage, measure)
    year = int(agreement("PRK", "RUS", vintage).year.max())
    reason = f"In {year} North Korea's {MEASURES[measure]} was {china:.2f} with China and {russia:.2f} with Russia."
    held = pledges(max(year, THEN), vintage=vintage).query("actor_a == 'PRK' or actor_b == 'PRK'")
    allies = f"A defence pledge ties it to {names(sorted({*held.actor_a, *held.actor_b} - {'PRK'}))}."
    books = [trade.goods_trade(code, "PRK", vintage).dropna(subset=["total"]).iloc[-1] for code in ("CHN", "RUS")]
    totals = "{:.2f} in China's books, {:.2f} in Russia's".format(*(book.total for book in books))
    sold = f"Trade in {books[0].year:.0f}, billion dollars: {totals}."
    found = Finding(round(china - russia, 4), reason, year, [UN, PLEDGES, TRADE])
    return claims.beside("G11", found, allies, sold)


@claims.test("G12")
def far_east_needs(vintage):
    """G12: undecided; no trade of Russia's Far Eastern district is held."""
    share = {code: trade.share_of_trade("RUS", code, vintage).dropna().iloc[-1] for code in ("JPN", "KOR", "CHN")}
    year, said = (
        int(share["JPN"].year),
        ", ".join(f"{actors.name(code)} {row.share:.1f} %" for code, row in share.items()),
    )
    fact = f"Shares of all Russia's trade in {year}: {said}."
    return _undecided("G12", "No table here splits Russia's trade by region.", [TRADE], year, fact)


@claims.test("G13")
def emotional_side(vintage):
    """G13: undecided; a remark is in no table."""
    last = agreement("CHN", "RUS", vintage).merge(agreement("RUS", "USA", vintage), on="year").iloc[-1]
    fact = f"In the votes of {last.year:.0f} Russia's kappa was {last.kappa_x:.2f} with China and {last.kappa_y:.2f} with the USA; none was about tariffs."
    reason = "The remark is Vladimir Putin's, as the article reports it; a feeling is in no table."
    return _undecided("G13", reason, [UN], int(last.year), fact)


@claims.test("G14")
def shiite_states(vintage):
    """G14: share of Shia, Alawi and Ismaili in the population of Iran and of Syria, percent, the lower estimate."""
    shia = evidence.table("geopolitical/religion").query("group.str.contains('Shia')", engine="python")
    iran, syria = (shia.set_index("actor").loc[code] for code in ("IRN", "SYR"))
    reason = f"Shia are {iran.low:.0f} to {iran.high:.0f} % of Iran's population; Shia, Alawi and Ismaili together {syria.low:.0f} % of Syria's."
    found = Finding((float(iran.low), float(syria.low)), reason, 2017, ["geopolitical/religion"])
    ruled = "The family that ruled Syria in 2019 was Alawi: a state's rulers and its people are two things."
    return claims.beside("G14", found, ruled)


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
