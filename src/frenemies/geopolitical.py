"""Section 2, geopolitical: the tests of claims F1, F2, F5 and G1-G14 and the pictures of notebook 02; its measures stand in `frenemies.ties`."""

import pandas as pd
import seaborn as sns

from frenemies import actors, claims, evidence, pictures, trade
from frenemies.arms import arms_imports, share_of_arms_exports, share_of_arms_imports
from frenemies.claims import Finding
from frenemies.pictures import INK, QUIET, THEN, Picture, tag
from frenemies.places import Problem
from frenemies.ties import (
    MEASURES,
    agreement,
    agreement_with_group,
    engagement,
    from_roll_calls,
    ideal_distance,
    known_measure,
    memberships,
    owe_defence,
    pledges,
    pledges_until,
    split_votes,
    standing,
)

__all__ = [
    "agreement_with_group",
    "from_roll_calls",
    "ideal_distance",
    "memberships",
    "split_votes",
]  # notebook 02 calls them here
CIS_SPACE = ["ARM", "BLR", "KAZ", "KGZ", "TJK", "TKM", "UKR", "UZB"]
ALIKE, NEARLY_ALIKE, NEVER = (
    0.85,
    0.8,
    2,
)  # G8: agreement that is "partly" without a pledge, as stated, lenient and strict
WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight"]


def _the(code):
    """An actor's name as it stands in a sentence."""
    return ("the " if code in ("USA", "PHL") else "") + actors.name(code)


def _names(codes):
    found = [_the(code) for code in codes]
    return ", ".join(found[:-1]) + (" and " if len(found) > 1 else "") + found[-1] if found else "none"


# Measures of this section alone


def trade_lean(year, vintage=None):
    """Trade of the eight CIS-space actors with China and with Russia, by their own reports. Columns: actor, CHN, RUS (USD), imputed, lean (CHN over RUS).

    imputed: no own report of the two: the figures were copied from the partner's, or a total was shared out. Source: economic/trade.
    """
    own = evidence.table("economic/trade", vintage)
    own = own[own.reporter.isin(CIS_SPACE) & own.partner.isin(["CHN", "RUS"]) & own.year.eq(year)]
    total = own.pivot_table(index="reporter", columns="partner", values="value_usd", aggfunc="sum").rename_axis(
        index="actor", columns=None
    )
    return total.assign(
        imputed=(own.imputed | own.allotted).groupby(own.reporter).any(), lean=total.CHN / total.RUS
    ).reset_index()


def vote_lean(first, last, measure="agree", vintage=None):
    """Agreement of the eight CIS-space actors with China and with Russia, mean of the years. Columns: actor, CHN, RUS. Raises UnknownMeasure."""
    frames = [
        agreement(code, lead, vintage).assign(actor=code, lead=lead) for code in CIS_SPACE for lead in ("CHN", "RUS")
    ]
    votes = pd.concat(frames)
    votes = votes[votes.year.between(first, last)]
    return (
        votes.pivot_table(index="actor", columns="lead", values=known_measure(measure))
        .rename_axis(columns=None)
        .reset_index()
    )


# Claims: each test says what was found, data/claims.csv says where the thresholds lie


def _arms_end(vintage):
    """Last year of the last five-year window of arms transfers: 2018 then."""
    return int(evidence.table("military/arms_totals", vintage).year.max())


def _percent(share):
    return None if share is None else 100 * share


def _last(a, b, vintage, column="kappa"):
    """One figure of the last year of `agreement`."""
    return float(agreement(a, b, vintage)[known_measure(column)].iloc[-1])


def _undecided(claim, reason, vintage, tables, until, *facts):
    return claims.beside(claim, Finding(None, reason, until, tables), vintage, *facts)


@claims.test("F1")
def meetings_held(vintage):
    """F1: occasions on which Xi and Putin met in person, March 2013 to 9 August 2019."""
    met, counts = evidence.table("geopolitical/meetings", "then"), evidence.table("geopolitical/meeting_counts", "then")
    reason = f"{len(met)} occasions on which the two met in person are listed from March 2013 to 9 August 2019, the last on {met.date.max()}."
    found = Finding(len(met), reason, 2019, ["geopolitical/meetings", "geopolitical/meeting_counts"])
    cities = (f"Counted by city instead of by occasion there were {met.places.sum()}.", int(met.places.sum()))
    return claims.beside(
        "F1", found, vintage, cities, *[f"{row.speaker}, {row.date}: {row.wording}." for row in counts.itertuples()]
    )


@claims.test("F2")
def engagement_rank(vintage):
    """F2: Russia's rank among the countries that Xi engaged, by days, 2013 to 2018."""
    xi, hu, votes = (
        engagement(vintage="then"),
        engagement("Hu Jintao", 2003, 2012, "then"),
        agreement("CHN", "RUS", "then"),
    )
    russia, before, other = (
        xi[xi.partner.eq("RUS")].iloc[0],
        hu[hu.partner.eq("RUS")].iloc[0],
        xi[xi.partner.ne("RUS")].iloc[0],
    )
    reason = f"Xi engaged Russia on {russia.days} days in 2013-18: rank {russia['rank']} of {len(xi)}; next: {other['name']}, {other.days} days."
    found = Finding(
        int(russia["rank"]), reason, THEN, ["geopolitical/engagement_days", "geopolitical/agreement", "economic/trade"]
    )
    total, best = trade.goods_trade("CHN", "RUS", "then"), votes.loc[votes.agree.idxmax()]
    record = total.loc[total.total.idxmax()]
    under_hu = f"Under Hu Jintao, 2003-12, Russia's rank was {before['rank']}."
    sold = f"Trade in China's books stood highest in {record.year:.0f}: {record.total:.0f} billion dollars."
    voted = f"In the General Assembly the two agreed most in {best.year:.0f} ({best.agree:.2f}); in {THEN} it was {votes.agree.iloc[-1]:.2f}."
    return claims.beside("F2", found, vintage, under_hu, sold, voted)


@claims.test("F5")
def votes_apart(vintage, measure="kappa"):
    """F5: agreement beyond chance of China and Russia in the General Assembly, last year known."""
    last = agreement("CHN", "RUS", vintage).iloc[-1]
    ranked = standing(int(last.year))
    rank = int(ranked.query("actor_a == 'CHN' and actor_b == 'RUS'")["rank"].iloc[0])
    reason = f"In {last.year:.0f} the {MEASURES[known_measure(measure)]} of China and Russia in the General Assembly was {last[measure]:.2f}."
    found = Finding(float(last[measure]), reason, int(last.year), ["geopolitical/agreement"])
    opposed = f"They voted yes against no on {100 * last.opposed:.0f} % of {last.common:.0f} common votes."
    place = f"Of {len(ranked)} pairs of actors theirs stands at rank {rank}, nearest first."
    return claims.beside("F5", found, vintage, opposed, place, "Votes are not interests.")


@claims.test("G1")
def cis_partners_lost(vintage, measure="trade"):
    """G1: share of the eight CIS-space states that trade more with China than with Russia, by their own reports."""
    year = int(evidence.table("economic/trade", vintage).year.max())
    books, before, votes = trade_lean(year, vintage), trade_lean(2005, vintage), vote_lean(year, year, "kappa", vintage)
    leaning, own = books.actor[books.lean.gt(1)], books.actor[books.lean.gt(1) & ~books.imputed]
    voting = votes.actor[votes.CHN > votes.RUS]
    chosen, how = (own, "their own trade figures") if measure == "trade" else (voting, "their votes (kappa)")
    reason = f"In {year}, by {how}, China stood before Russia for {WORDS[len(chosen)]} of eight: {_names(chosen)}."
    found = Finding(len(chosen) / 8, reason, year, ["economic/trade", "geopolitical/agreement"])
    filled = f"With figures filled in from the partners' books it is {WORDS[len(leaning)]}: {_names(leaning)}."
    voted = f"By votes (kappa) it is {WORDS[len(voting)]}: {_names(voting)}."
    earlier = (
        f"In 2005, by their own trade figures, it was {_names(before.actor[before.lean.gt(1) & ~before.imputed])}."
    )
    return claims.beside("G1", found, vintage, (filled, len(leaning) / 8), (voted, len(voting) / 8), earlier)


@claims.test("G2")
def undercut_prices(vintage):
    """G2: undecided; no import prices by origin are held."""
    gas = evidence.table("economic/energy_imports", vintage).query(
        "commodity == 'pipeline gas' and actor in ['TKM', 'KAZ', 'RUS']"
    )
    year = int(gas.year.max())
    sent = gas[gas.year.eq(year)].sort_values("quantity", ascending=False)
    words = ", ".join(f"{actors.name(row.actor)} {row.quantity:.1f}" for row in sent.itertuples())
    fact = f"Pipeline gas to China in {year}, billion cubic metres: {words}. Volumes are not prices."
    return _undecided("G2", "No table here holds prices by origin.", vintage, ["economic/energy_imports"], year, fact)


@claims.test("G3")
def arms_monopoly(vintage):
    """G3: Russia's share of China's arms imports, five-year window, percent of TIV."""
    end = _arms_end(vintage)
    shares = {code: 100 * share_of_arms_imports("CHN", code, end) for code in ("RUS", "UKR")}
    reason = f"In {end - 4}-{end} Russia delivered {shares['RUS']:.0f} % of China's arms imports by volume."
    found = Finding(shares["RUS"], reason, end, ["military/arms_transfers", "military/arms_totals"])
    return claims.beside("G3", found, vintage, f"Ukraine delivered {shares['UKR']:.0f} % (the same evidence as in M4).")


@claims.test("G4")
def baikal_petition(vintage):
    """G4: undecided; petitions and court rulings are in no table."""
    return _undecided("G4", "A petition and a stopped project are in no table here.", vintage, [], "")


@claims.test("G5")
def conflict_avoided(vintage):
    """G5: undecided; intentions are in no table."""
    disputes = evidence.table("geopolitical/disputes", vintage).query("actor_b == 'USA' and actor_a in ['CHN', 'RUS']")
    count = disputes.groupby("actor_a").dispute.nunique()
    most = f"the highest level reached is {disputes.hostility.max()} on a scale where 5 is war"
    fact = f"Militarised disputes with the USA, 1990-2014: China {count['CHN']}, Russia {count['RUS']}; {most}."
    reason = "An aim is in no table, and a conflict that did not come does not show who avoided it."
    return _undecided("G5", reason, vintage, ["geopolitical/disputes"], 2014, fact)


@claims.test("G6")
def middle_east_partners(vintage):
    """G6: Russia's share of the arms imports of Iran and of Syria, five-year window, percent of TIV."""
    end = _arms_end(vintage)
    value = tuple(100 * share_of_arms_imports(code, "RUS", end) for code in ("IRN", "SYR"))
    size = {code: arms_imports(code, end).tiv.sum() for code in ("IRN", "SYR", "IND")}
    vetoes = evidence.table("geopolitical/vetoes", vintage).query("topic == 'Syria'")
    reason = (
        f"In {end - 4}-{end} Russia delivered {value[0]:.0f} % of Iran's arms imports and {value[1]:.0f} % of Syria's."
    )
    found = Finding(
        value,
        reason,
        end,
        ["military/arms_transfers", "military/arms_totals", "geopolitical/vetoes", "geopolitical/agreement"],
    )
    small = (
        f"Both bought little: together {(size['IRN'] + size['SYR']) / size['IND'] * 100:.0f} % of what India imported."
    )
    blocked = f"On Syria Russia cast {vetoes.RUS.sum()} vetoes to {vetoes.date.max()[:4]}, China joined {vetoes.CHN.sum()} of them."
    kappa = [
        f"with {actors.name(code)} {_last('CHN', code, vintage):.2f} against Russia's {_last('RUS', code, vintage):.2f}"
        for code in ("IRN", "SYR")
    ]
    return claims.beside(
        "G6", found, vintage, small, blocked, f"Yet China votes nearer to both (kappa): {kappa[0]}, {kappa[1]}."
    )


@claims.test("G7")
def pakistan_first(vintage):
    """G7: Pakistan's share of China's arms exports, five-year window, percent of TIV."""
    end = _arms_end(vintage)
    sent, had = share_of_arms_exports("CHN", "PAK", end), share_of_arms_imports("PAK", "CHN", end)
    reason = f"In {end - 4}-{end} {100 * sent:.1f} % of China's arms exports went to Pakistan."
    found = Finding(
        _percent(sent), reason, end, ["military/arms_transfers", "military/arms_totals", "geopolitical/agreement"]
    )
    voted = f"In the General Assembly their kappa was {_last('CHN', 'PAK', vintage):.2f}."
    return claims.beside("G7", found, vintage, f"China delivered {100 * had:.0f} % of Pakistan's imports.", voted)


@claims.test("G8")
def saudi_ally(vintage, measure="agree"):
    """G8: a defence pledge between Pakistan and Saudi Arabia; without one, how alike they vote."""
    last, rival = agreement("PAK", "SAU", vintage).iloc[-1], _last("IRN", "SAU", vintage, "agree")
    year = pledges_until(vintage)
    pledged, alike = owe_defence("PAK", "SAU", year, vintage), last[known_measure(measure)]
    value, strict, lenient = (
        "holds" if pledged else "partly" if alike >= least else "fails" for least in (ALIKE, NEVER, NEARLY_ALIKE)
    )
    reason = f"{'A' if pledged else 'No'} defence pledge between Pakistan and Saudi Arabia is on record to {year}; "
    reason += f"in {last.year:.0f} their {MEASURES[measure]} in the General Assembly was {alike:.2f}."
    tips = "would flip with the pledge gone" if pledged else f"would flip with a pledge, or below {ALIKE}"
    found = Finding(
        value,
        reason,
        year,
        ["geopolitical/pledges", "geopolitical/agreement", "geopolitical/rivalries"],
        strict,
        lenient,
        tips=tips,
    )
    feud = (
        evidence.table("geopolitical/rivalries", vintage)
        .query("actor_a == 'IRN' and actor_b == 'SAU'")
        .start_year.max()
    )
    enemies = f"Iran and Saudi Arabia have been strategic rivals since {feud}; yet their own agreement was {rival:.2f}: these votes show no enmity."
    return claims.beside("G8", found, vintage, enemies)


@claims.test("G9")
def iran_sanctions(vintage):
    """G9: how China voted when the Security Council last voted on sanctions against Iran."""
    last = evidence.table("geopolitical/iran_votes", vintage).sort_values("date").iloc[-1]
    against = {last.CHN, last.USA} == {"Y", "N"}
    reason = f"On {last.date} China voted {'against' if against else 'like'} the United States ({last['item']}; {last.outcome})."
    tips = f"would flip with one vote {'with' if against else 'against'} the USA"
    found = Finding(
        "fails" if against else "partly", reason, int(last.date[:4]), ["geopolitical/iran_votes"], tips=tips
    )
    return claims.beside(
        "G9", found, vintage, "The Council never voted on the sanctions that the United States imposed alone in 2018."
    )


@claims.test("G10")
def beside_the_usa(vintage, measure="arms"):
    """G10: US share of the arms imports of Japan and of South Korea, with a US defence pledge, percent of TIV."""
    end = _arms_end(vintage)
    year = int(evidence.table("geopolitical/agreement", vintage).year.max())
    share = {
        code: 100 * share_of_arms_imports(code, "USA", end) * owe_defence(code, "USA", end, vintage)
        for code in ("JPN", "KOR")
    }
    every = {code: 100 * _last(code, "USA", vintage, "agree") for code in share}
    listed = {code: 100 * from_roll_calls(code, "USA", 2013, 2017, important=True)["agree"] for code in share}
    value = {"arms": share, "all votes": every, "important votes": listed}[measure]
    tables = [
        "military/arms_transfers",
        "military/arms_totals",
        "geopolitical/pledges",
        "geopolitical/agreement",
        "geopolitical/roll_calls",
    ]
    said = f"Japan {value['JPN']:.0f} %, South Korea {value['KOR']:.0f} %."
    pledged = f"Both have a defence pledge of the USA, which supplied of their arms imports in {end - 4}-{end}: {said}"
    found = Finding(
        tuple(value.values()),
        pledged if measure == "arms" else f"Agreement with the USA on {measure}: {said}",
        end,
        tables,
    )
    votes = f"On all votes in the General Assembly ({year}) Japan agrees with the USA on {every['JPN']:.0f} %, South Korea on {every['KOR']:.0f} %."
    chosen = f"On votes the USA calls important (2013-17) it is {listed['JPN']:.0f} % and {listed['KOR']:.0f} %."
    return claims.beside("G10", found, vintage, (votes, tuple(every.values())), (chosen, tuple(listed.values())))


@claims.test("G11")
def pyongyang_options(vintage, measure="kappa"):
    """G11: North Korea's agreement beyond chance with China less that with Russia, last year known."""
    china, russia = _last("CHN", "PRK", vintage, measure), _last("PRK", "RUS", vintage, measure)
    year = int(agreement("PRK", "RUS", vintage).year.max())
    reason = f"In {year} North Korea's {MEASURES[measure]} was {china:.2f} with China and {russia:.2f} with Russia."
    found = Finding(
        round(china - russia, 4), reason, year, ["geopolitical/agreement", "geopolitical/pledges", "economic/trade"]
    )
    held = pledges(max(year, THEN), vintage=vintage).query("actor_a == 'PRK' or actor_b == 'PRK'")
    allies = _names(sorted({*held.actor_a, *held.actor_b} - {"PRK"}))
    books = {code: trade.goods_trade(code, "PRK", vintage).dropna(subset=["total"]).iloc[-1] for code in ("CHN", "RUS")}
    sold = f"Trade in {books['CHN'].year:.0f}, billion dollars: {books['CHN'].total:.2f} in China's books, {books['RUS'].total:.2f} in Russia's."
    return claims.beside("G11", found, vintage, f"A defence pledge ties it to {allies}.", sold)


@claims.test("G12")
def far_east_needs(vintage):
    """G12: undecided; no trade of Russia's Far Eastern district is held."""
    share = {code: trade.share_of_trade("RUS", code, vintage).dropna().iloc[-1] for code in ("JPN", "KOR", "CHN")}
    year = int(share["JPN"].year)
    fact = (
        f"Shares of all Russia's trade in {year}: "
        + ", ".join(f"{actors.name(code)} {row.share:.1f} %" for code, row in share.items())
        + "."
    )
    return _undecided("G12", "No table here splits Russia's trade by region.", vintage, ["economic/trade"], year, fact)


@claims.test("G13")
def emotional_side(vintage):
    """G13: undecided; a remark is in no table."""
    last = agreement("CHN", "RUS", vintage).merge(agreement("RUS", "USA", vintage), on="year").iloc[-1]
    fact = f"In the votes of {last.year:.0f} Russia's kappa was {last.kappa_x:.2f} with China and {last.kappa_y:.2f} with the USA; none was about tariffs."
    reason = "The remark is Vladimir Putin's, as the article reports it; a feeling is in no table."
    return _undecided("G13", reason, vintage, ["geopolitical/agreement"], int(last.year), fact)


@claims.test("G14")
def shiite_states(vintage):
    """G14: share of Shia, Alawi and Ismaili in the population of Iran and of Syria, percent, the lower estimate."""
    shia = (
        evidence.table("geopolitical/religion").query("group.str.contains('Shia')", engine="python").set_index("actor")
    )
    iran, syria = shia.loc["IRN"], shia.loc["SYR"]
    reason = f"Shia are {iran.low:.0f} to {iran.high:.0f} % of Iran's population; Shia, Alawi and Ismaili together {syria.low:.0f} % of Syria's."
    found = Finding((float(iran.low), float(syria.low)), reason, 2017, ["geopolitical/religion"])
    return claims.beside(
        "G14",
        found,
        vintage,
        "The family that ruled Syria in 2019 was Alawi: a state's rulers and its people are two things.",
    )


def switch(claim):
    """For `fr.live`: one claim's verdict under another measure. The function returned takes the shown actors, measure and record ("then", "since").

    Claims: F5, G1, G8, G10, G11. Raises Problem for any other.
    """
    tests = {
        "F5": votes_apart,
        "G1": cis_partners_lost,
        "G8": saudi_ally,
        "G10": beside_the_usa,
        "G11": pyongyang_options,
    }
    if claim not in tests:
        raise Problem(f'"{claim}" has no other measure here: choose {", ".join(tests)}')

    def say(shown, measure, record="then"):
        found = claims.decide(claim, tests[claim](record, measure=measure), record)
        return f"{claim} by {measure}, {'as known in August 2019' if record == 'then' else 'since'}: {found.verdict.upper()}. {found.reason}"

    return say


# Pictures

PAIR = "#7A2E8E"  # China and Russia together: between their red and their blue
PAIRS = (("CHN", "RUS"), ("CHN", "USA"), ("RUS", "USA"), ("CHN", "IND"), ("RUS", "UKR"), ("DEU", "USA"), ("JPN", "USA"))
SHORT = {"USA": "USA", "PRK": "N. Korea", "KOR": "S. Korea"}
SPANS = ((2003, 2007), (2014, 2018), (2020, 2024))
UN = "geopolitical/agreement"
STEPS = {
    "kappa": [-1, 0, 0.2, 0.4, 0.6, 0.8],
    "opposed": [0, 0.05, 0.1, 0.2, 0.4],
    "agree": [0, 0.5, 0.6, 0.7, 0.8, 0.9],
    "same": [0, 0.5, 0.6, 0.7, 0.8, 0.9],
}


def _picture(key, title, note, figure, words, table, tables, who, cannot):
    return Picture(
        key, "geopolitical", title, note, figure, title + ".", words, table, evidence.source(*tables), who, cannot
    )


def _near(ax, labels, lines=(), size=9):
    """Write each label at the first place around its point that meets no label, point or line; labels: (actors, x, y, text, colour), lines: (x, y, x, y)."""
    scale = 72 / ax.figure.dpi
    places = ax.transData.transform([label[1:3] for label in labels]) * scale
    ends = [ax.transData.transform([(a, b), (c, d)]) * scale for a, b, c, d in lines]
    spots = [*places, *(start + (stop - start) * part / 30 for start, stop in ends for part in range(31))]
    taken, room = [(x - 3, y - 3, x + 3, y + 3) for x, y in spots], ax.get_window_extent().extents * scale
    for (who, x, y, text, colour), place in zip(labels, places, strict=True):
        offset, box = _free(place, 0.6 * size * len(text), 1.2 * size, taken, room)
        taken += [box] * 100
        tag(
            ax.annotate(
                text,
                (x, y),
                xytext=offset,
                textcoords="offset points",
                color=colour,
                fontsize=size,
                va="bottom",
                ha="left",
                zorder=5,
            ),
            *who,
        )


def _free(place, wide, high, taken, room):
    """The offset, of those around a place, at which a box stays in the room and meets least of what is taken, and that box (points)."""
    around = [
        (dx, dy - high / 2)
        for dy in (0, 9, -9, 16, -16, 24, -24, 32, -32)
        for dx in (7, -7 - wide, -wide / 2)
        if dy or dx != -wide / 2
    ]
    boxes = [(place[0] + dx, place[1] + dy, place[0] + dx + wide, place[1] + dy + high) for dx, dy in around]
    crowd = [sum(b[0] < t[2] and t[0] < b[2] and b[1] < t[3] and t[1] < b[3] for t in taken) for b in boxes]
    crowd = [
        met + 1000 * (b[0] < room[0] or b[1] < room[1] or b[2] > room[2] or b[3] > room[3])
        for met, b in zip(crowd, boxes, strict=True)
    ]
    best = crowd.index(min(crowd))
    return around[best], boxes[best]


def _spoken(who, name, early, late=""):
    """The sentences of one mark: what was known in August 2019, and what came after."""
    return [(who, f"{name}: {early}.")] * bool(early) + [((*who, "since"), f"{name} since: {late}.")] * bool(late)


def _some_years(frame):
    """Every fourth year, the last before the article and the last there is: a table that a page can hold; data/ has them all."""
    return frame[frame.year.isin([*range(1992, THEN, 4), THEN, frame.year.max()])]


def _bare(ax, **limits):
    """An axes without ticks, grid or box."""
    ax.set(xticks=[], yticks=[], **limits)
    ax.grid(False)
    ax.spines["bottom"].set_visible(False)


@pictures.drawing
def lean_picture():
    """Trade with China over trade with Russia for eight CIS-space states in 2005, 2018 and 2020, by their own reports: a Picture."""
    books = {year: trade_lean(year).set_index("actor") for year in (2005, THEN, 2020)}
    lean = pd.DataFrame({year: frame.lean for year, frame in books.items()}).sort_values(THEN)
    fig, ax = pictures.canvas(height=3.6, left=1.15, right=0.3, bottom=0.62)
    for place, (code, row) in enumerate(lean.iterrows()):
        colour, own = actors.colour(code), "white" if books[THEN].imputed[code] else actors.colour(code)
        first = "x" if books[2005].imputed[code] else "o"
        tag(ax.plot([row[2005], row[THEN]], [place, place], color=colour, linewidth=1.4)[0], code)
        tag(ax.plot(row[2005], place, first, color="white", markeredgecolor=colour, markersize=5)[0], code)
        tag(ax.plot(row[THEN], place, "o", color=own, markeredgecolor=colour, markersize=8)[0], code)
        tag(
            ax.plot(row[2020], place, "|", color=colour, markersize=13, markeredgewidth=2, alpha=0.6)[0],
            code,
            since=True,
        )
        tag(ax.text(-0.02, place, actors.name(code), transform=ax.get_yaxis_transform(), ha="right", va="center"), code)
    ax.set(
        xscale="log",
        xlim=(0.03, 40),
        ylim=(-0.7, 7.9),
        yticks=[],
        xlabel="trade with China over trade with Russia (each step equal in proportion)",
    )
    ax.set_xticks(
        [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 20], ["1/20", "1/10", "1/4", "1/2", "equal", "2 times", "5", "20"], minor=False
    )
    ax.minorticks_off()
    ax.axvline(1, color=INK, linewidth=1)
    for at, side, text, code in ((0.9, "right", "more with Russia", "RUS"), (1.12, "left", "more with China", "CHN")):
        ax.text(at, 7.55, text, ha=side, color=actors.colour(code))
    ahead = {year: int((frame.lean.gt(1) & ~frame.imputed).sum()) for year, frame in books.items()}
    title = f"By their own reports {WORDS[ahead[THEN]]} of eight traded more with China than with Russia in {THEN}, and {WORDS[ahead[2005]]} in 2005"
    words = [
        line
        for code, row in lean.iterrows()
        for line in _spoken(
            (code,),
            actors.name(code),
            f"{row[2005]:.2f} in 2005, {row[THEN]:.2f} in {THEN}",
            f"{row[2020]:.2f} in 2020",
        )
    ]
    table = pd.concat([frame.reset_index().assign(year=year) for year, frame in books.items()])[
        ["actor", "year", "CHN", "RUS", "lean", "imputed"]
    ]
    note = "Trade with China over trade with Russia. Small ring: 2005 (cross: no own report); large mark: 2018 (hollow: no own report); bar: 2020"
    return _picture(
        "lean",
        title,
        note,
        fig,
        words,
        table,
        ["economic/trade"],
        ("actor",),
        "where goods go on to, nor who depends on whom",
    )


@pictures.drawing
def paths_picture(measure="kappa"):
    """Agreement with Russia (across) and with China (up) of eight CIS-space states in three spans of five years: a Picture.

    measure: agree, same, opposed or kappa. Raises UnknownMeasure.
    """
    spans = [vote_lean(*span, measure).set_index("actor") for span in SPANS]
    every = pd.concat(spans)[["CHN", "RUS"]]
    low, high = every.min().min(), every.max().max()
    edges = (low - (high - low) * 0.08, high + (high - low) * 0.1)
    fig, ax = pictures.canvas(height=4.9, left=0.6, right=0.3, bottom=0.5)
    ax.set(xlim=edges, ylim=edges, xlabel=f"{MEASURES[measure]} with Russia", ylabel=f"{MEASURES[measure]} with China")
    ax.plot(edges, edges, color=QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    steps = {code: [(span.RUS[code], span.CHN[code]) for span in spans] for code in CIS_SPACE}
    for code, path in steps.items():
        _path(ax, code, path)
    lines = [(*path[i], *path[i + 1]) for path in steps.values() for i in (0, 1)]
    _near(
        ax,
        [((code,), *path[1], actors.name(code), actors.colour(code)) for code, path in steps.items()],
        [*lines, (*edges[:1] * 2, *edges[1:] * 2)],
    )
    side = "further from" if measure == "opposed" else "nearer to"
    ax.text(0.02, 0.97, f"{side} China", transform=ax.transAxes, va="top", color=actors.colour("CHN"))
    ax.text(0.98, 0.03, f"{side} Russia", transform=ax.transAxes, ha="right", color=actors.colour("RUS"))
    near = [int(((span.CHN > span.RUS) != (measure == "opposed")).sum()) for span in spans]
    title = f"In 2014-18 {WORDS[near[1]]} of eight CIS-space states voted nearer to Beijing than to Moscow; in 2003-07 {WORDS[near[0]]} did"
    told = {
        code: [
            f"{y:.2f} with China and {x:.2f} with Russia in {a}-{b % 100:02d}"
            for (a, b), (x, y) in zip(SPANS, path, strict=True)
        ]
        for code, path in steps.items()
    }
    words = [
        line
        for code, (*early, late) in told.items()
        for line in _spoken((code,), actors.name(code), ", ".join(early), late)
    ]
    table = pd.concat([span.reset_index().assign(year=last) for (_, last), span in zip(SPANS, spans, strict=True)])[
        ["actor", "year", "CHN", "RUS"]
    ]
    note = f"UN General Assembly, {MEASURES[measure]}, means of five years: from 2003-07 (ring) to 2014-18 (mark) and 2020-24 (end of the pale arrow)"
    return _picture(
        f"paths-{measure}",
        title,
        note,
        fig,
        words,
        table,
        [UN],
        ("actor",),
        "why a state votes as it does, nor what it does outside the hall",
    )


def _path(ax, code, path):
    """One actor's way through three points: strong to 2018, pale after."""
    colour = actors.colour(code)
    early = {"arrowstyle": "-", "color": colour, "linewidth": 1.8, "shrinkA": 2, "shrinkB": 0}
    late = early | {"arrowstyle": "->", "linewidth": 1.2, "alpha": 0.5, "shrinkA": 0}
    tag(ax.annotate("", path[1], path[0], arrowprops=early).arrow_patch, code)
    tag(ax.annotate("", path[2], path[1], arrowprops=late).arrow_patch, code, since=True)
    tag(ax.plot(*path[0], "o", color="white", markeredgecolor=colour, markersize=5)[0], code)
    tag(ax.plot(*path[1], actors.marker(code), color=colour, markersize=7, markeredgecolor="white")[0], code)


def _pair_name(pair):
    return "-".join(SHORT.get(code) or actors.name(code) for code in pair)


@pictures.drawing
def pairs_picture(measure="kappa", pairs=PAIRS, key="pairs"):
    """One measure of agreement over the years for several pairs of actors, the first in front: a Picture.

    measure: agree, same, opposed (drawn in per cent) or kappa. Raises UnknownMeasure, UnknownActor, NoVotes.
    """
    factor, digits, unit = (1, 2, "") if known_measure(measure) == "kappa" else (100, 0, " %")
    fig, ax = pictures.canvas(height=3.8, right=1.85)
    labels, words, frames, shared = [], [], [], set.intersection(*map(set, pairs))
    for pair in pairs:
        frame = agreement(*pair).assign(a=pair[0], b=pair[1], value=lambda found: found[measure] * factor)
        first, then, end = (
            f"{row.value:.{digits}f}{unit}"
            for row in (frame.iloc[0], frame[frame.year <= THEN].iloc[-1], frame.iloc[-1])
        )
        name, colour = _pair_name(pair), _pair_line(ax, frame, pair, pair == pairs[0], shared)
        ends = frame[frame.year.isin([THEN, frame.year.max()])].iloc[::-1]
        labels.append(
            (pair, tuple(ends.year), tuple(ends.value), (f"{name} {end}", f"{name} {then}"), colour, pair == pairs[0])
        )
        words += _spoken(
            pair, name, f"{first} in {frame.year.iloc[0]}, {then} in {THEN}", f"{end} in {frame.year.iloc[-1]}"
        )
        frames.append(frame)
    pictures.year_axis(ax, 1992, frames[0].year.max(), 4)
    pictures.article_line(ax)
    pictures.label_ends(ax, labels)
    scale = "0 is chance, 1 is perfect" if measure == "kappa" else "per cent"
    note = f"{MEASURES[measure].capitalize()} in the UN General Assembly, {scale}, 1992-{frames[0].year.max()} (in the table below: every fourth year)"
    table = _some_years(pd.concat(frames))[["a", "b", "year", "common", measure]]
    first, then = (frames[0].set_index("year").value[year] for year in (frames[0].year.iloc[0], THEN))
    title = f"{_names(pairs[0])} went from {first:.{digits}f}{unit} in {frames[0].year.iloc[0]} to {then:.{digits}f}{unit} in {THEN}"
    return _picture(
        f"{key}-{measure}",
        title[0].upper() + title[1:],
        note,
        fig,
        words,
        table,
        [UN],
        ("a", "b"),
        "whether a vote mattered to anybody; the agenda changes from year to year",
    )


def pyongyang_picture(measure="kappa"):
    """`pairs_picture` of North Korea with China, Russia and South Korea: a Picture. Raises UnknownMeasure."""
    return pairs_picture(measure, (("CHN", "PRK"), ("PRK", "RUS"), ("KOR", "PRK")), "pyongyang")


def _pair_line(ax, frame, pair, lead, shared):
    """A pair's line, pale after 2018; returns its colour: that of the actor whom no other pair has, or who is none of the big three."""
    code = next((one for one in pair if one not in (shared or ("CHN", "RUS", "USA"))), pair[0])
    colour = PAIR if set(pair) == {"CHN", "RUS"} else actors.colour(code)
    looks = {
        "color": colour,
        "linewidth": 3 if lead else 1.4,
        "linestyle": "solid" if lead else actors.dash(code),
        "zorder": 4 if lead else 3,
    }
    tag(ax.plot("year", "value", data=frame[frame.year <= THEN], **looks)[0], *pair)
    tag(ax.plot("year", "value", data=frame[frame.year >= THEN], **looks | {"alpha": 0.55})[0], *pair, since=True)
    return colour


@pictures.drawing
def heat_picture(year=2018, measure="agree"):
    """All pairs of actors in one year, ordered by agreement with the United States so that blocs show: a Picture. Raises UnknownMeasure, UnknownYear."""
    pairs = standing(year, measure)
    both = pd.concat([pairs, pairs.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})])
    table = both.pivot(index="actor_a", columns="actor_b", values=measure)
    order = ["USA", *table["USA"].dropna().sort_values(ascending=measure == "opposed").index]
    fig, ax = pictures.canvas(height=5.6, left=1.05, right=0.15, top=0.1, bottom=0.95)
    _bare(ax, xlim=(-0.6, len(order) - 0.5), ylim=(len(order) - 0.5, -1.2))
    shades = sns.color_palette("YlGnBu", len(STEPS[measure])).as_hex()
    for row, one in enumerate(order):
        for column, other in enumerate(order[:row]):
            if (value := table.loc[one, other]) == value:
                _cell(ax, column, row, shades[sum(value >= step for step in STEPS[measure]) - 1], (one, other))
        for x, y, name, turn in (
            (-0.7, row, one if row else "", 0),
            (row, len(order) - 0.35, one if row < len(order) - 1 else "", 90),
        ):
            if name:
                tag(
                    ax.text(
                        x,
                        y,
                        actors.name(name),
                        ha="center" if turn else "right",
                        va="top" if turn else "center",
                        rotation=turn,
                    ),
                    name,
                )
    _scale(ax, shades, measure)
    mine, best = pairs.query("actor_a == 'CHN' and actor_b == 'RUS'").iloc[0], pairs.iloc[0]
    title = f"Of {len(pairs)} pairs in {year} China and Russia rank {mine['rank']} by {MEASURES[measure]}; first: {_names([best.actor_a, best.actor_b])}"
    words = [
        ((row.actor_a, row.actor_b), f"{_pair_name((row.actor_a, row.actor_b))} {getattr(row, measure):.2f}.")
        for row in pairs.itertuples()
    ]
    note = f"{MEASURES[measure].capitalize()} in the UN General Assembly {year}, actors ordered by agreement with the United States; China and Russia framed"
    return _picture(
        f"heat-{measure}-{year}",
        title,
        note,
        fig,
        words,
        pairs,
        [UN],
        ("actor_a", "actor_b"),
        "Taiwan, which is no member, nor pairs with under ten common votes",
    )


def _cell(ax, column, row, shade, pair):
    edge = {"edgecolor": INK, "linewidth": 2.5, "zorder": 4} if set(pair) == {"CHN", "RUS"} else {"linewidth": 0}
    left, right, top, bottom = column - 0.46, column + 0.46, row - 0.46, row + 0.46
    tag(
        ax.fill([left, right, right, left], [top, top, bottom, bottom], facecolor=shade, clip_on=False, **edge)[0],
        *pair,
    )


def _scale(ax, shades, measure):
    """The steps of the heat map's colours, with their bounds, in its empty corner."""
    steps = STEPS[measure]
    ax.text(12.2, -0.7, MEASURES[measure], va="center")
    for place, shade in enumerate(shades):
        ax.fill([12.2, 13.2, 13.2, 12.2], [place, place, place + 1, place + 1], facecolor=shade, edgecolor="white")
        ax.text(13.5, place + 0.5, f"{steps[place]:g} and more" if place else f"below {steps[1]:g}", va="center")


@pictures.drawing
def ideal_picture(highlight=("CHN", "RUS", "USA", "UKR", "JPN", "KOR", "IND", "PRK", "KAZ")):
    """Ideal points of all actors by session, a few in front, the rest grey: a Picture. Raises UnknownActor."""
    points, chosen = evidence.table("geopolitical/ideal_points"), [actors.find(word) for word in highlight]
    fig, ax = pictures.canvas(height=4.1, right=1.55)
    labels, words = [], []
    for code, frame in points.groupby("actor"):
        then, end = frame[frame.year <= THEN].iloc[-1], frame.iloc[-1]
        own = {} if code in chosen else {"color": "#C9CCD1", "linewidth": 1, "linestyle": "solid", "zorder": 2}
        text = tuple(f"{actors.name(code)} {row.ideal_point:+.1f}" for row in (end, then))
        pictures.line(
            ax,
            frame,
            "year",
            "ideal_point",
            code,
            code in ("CHN", "RUS"),
            labels if code in chosen else None,
            text,
            **own,
        )
        words += _spoken(
            (code,),
            actors.name(code),
            f"{then.ideal_point:+.2f} in {then.year}",
            f"{end.ideal_point:+.2f} in {end.year}",
        )
    pictures.year_axis(ax, 1992, points.year.max(), 4)
    pictures.article_line(ax)
    pictures.label_ends(ax, labels)
    gap = ideal_distance("CHN", "RUS").set_index("year").distance
    rows = _some_years(points).drop(columns="votes")
    far = ideal_distance("RUS", "USA").set_index("year").distance[THEN]
    title = f"China and Russia stood {gap[1992]:.1f} apart in 1992 and {gap[THEN]:.1f} in {THEN}; Russia and the United States {far:.1f}"
    note = f"Ideal points, one line through UN votes, sessions from 1992 to {points.year.max()} (table: every fourth); higher is nearer to the USA"
    return _picture(
        "ideal",
        title,
        note,
        fig,
        words,
        rows,
        ["geopolitical/ideal_points"],
        ("actor",),
        "conflicts that do not lie on the one line it measures",
    )


@pictures.drawing
def pledges_picture():
    """Who owes whom defence, as a network with fixed places; pacts after 2018 dashed: a Picture."""
    held = pledges(2025)
    fig, ax = pictures.canvas(height=4.9, left=0.15, right=0.15, top=0.1, bottom=0.1)
    _bare(ax, xlim=(-1.25, 1.32), ylim=(-1.16, 1.14))
    lines = [(*actors.place(row.actor_a), *actors.place(row.actor_b)) for row in held.itertuples()]
    for row, (x, y, right, top) in zip(held.itertuples(), lines, strict=True):
        side = next((code for code in ("CHN", "RUS", "USA") if code in (row.actor_a, row.actor_b)), None)
        looks = {
            "color": actors.colour(side) if side else "#9AA0A6",
            "linewidth": 2 if side else 1,
            "linestyle": "dashed" if row.start_year > THEN else "solid",
        }
        tag(
            ax.plot([x, right], [y, top], zorder=2, clip_on=False, **looks)[0],
            row.actor_a,
            row.actor_b,
            since=row.start_year > THEN,
        )
    for code in actors.ALL:
        tag(
            ax.plot(
                *actors.place(code),
                actors.marker(code),
                color=actors.colour(code),
                markersize=9,
                markeredgecolor="white",
                zorder=4,
            )[0],
            code,
        )
    _near(ax, [((code,), *actors.place(code), actors.name(code), actors.colour(code)) for code in actors.ALL], lines)
    ends = pd.concat([held, held.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})]).query(
        "start_year <= @THEN"
    )
    known = {code: sorted(ends.actor_b[ends.actor_a.eq(code)]) for code in ("CHN", "RUS", "USA")}
    count = {code: WORDS[len(found)] for code, found in known.items()}
    title = f"In {THEN} China owed defence to {_names(known['CHN'])}, Russia to {count['RUS']} of the others, the United States to {count['USA']}"
    since = {row.Index: "1990 or before" if row.start_year == 1990 else row.start_year for row in held.itertuples()}
    words = [
        (
            (row.actor_a, row.actor_b, *["since"] * (row.start_year > THEN)),
            f"{_names([row.actor_a, row.actor_b])}, since {since[row.Index]}.",
        )
        for row in held.itertuples()
    ]
    note = f"Defence pledges, ATOP 5.1 for {THEN}, and pacts signed later (dashed). Places on the page say nothing about borders"
    return _picture(
        "pledges",
        title,
        note,
        fig,
        words,
        held.rename(columns={"start_year": "year"}),
        ["geopolitical/pledges"],
        ("actor_a", "actor_b"),
        "whether anybody would come; ATOP's pledge between Pakistan and the USA is disputed",
    )


def _dates(column):
    when = pd.to_datetime(column)
    return when.dt.year + when.dt.day_of_year / 365


@pictures.drawing
def meetings_picture():
    """Occasions on which Xi and Putin met, added up, with the counts that others gave: a Picture."""
    met, said = (
        evidence.table("geopolitical/meetings"),
        evidence.table("geopolitical/meeting_counts", "then").drop_duplicates("speaker"),
    )
    both, limit, years = ("CHN", "RUS"), claims.text("F1")["holds"], _dates(met.date)
    fig, ax = pictures.canvas(height=3.4, right=1.85)
    tag(
        ax.step([*years, pictures.ARTICLE], [*range(1, len(met) + 1), len(met)], where="post", color=PAIR, linewidth=3)[
            0
        ],
        *both,
    )
    tag(
        ax.plot(
            _dates(said.date),
            said["count"],
            "D",
            color="white",
            markeredgecolor=INK,
            linestyle="none",
            markersize=6,
            zorder=5,
        )[0],
        *both,
    )
    ax.axhline(limit, color=QUIET, linewidth=1, linestyle=(0, (4, 3)))
    labels = [
        (both, pictures.ARTICLE, len(met), f"listed here: {len(met)}", PAIR, True),
        (both, pictures.ARTICLE, limit + 0.01, f"the claim: more than {limit:.0f}", QUIET),
    ]
    labels += [
        (
            both,
            pictures.ARTICLE,
            row["count"] - 0.01,
            f"{row['speaker']}: {'nearly ' * (row['sense'] == 'below')}{row['count']}",
            INK,
        )
        for row in said.to_dict("records")
    ]
    ax.set_ylim(0, 34)
    pictures.year_axis(ax, 2013, 2019.65, 1)
    pictures.label_ends(ax, labels, gap=13)
    title = f"Counted by occasion, Xi and Putin had met {len(met)} times when the article came out"
    words = [(both, f"In {year}: {count}.") for year, count in years.astype(int).value_counts().sort_index().items()]
    note = "Occasions in person since March 2013, added up to 9 August 2019; diamonds: counts that others gave in June 2019"
    return _picture(
        "meetings",
        title,
        note,
        fig,
        words,
        met,
        ["geopolitical/meetings", "geopolitical/meeting_counts"],
        (),
        "what was said, nor whether a handshake at a summit is a meeting",
    )


@pictures.drawing
def engagement_picture(leader="Xi Jinping", first=2013, last=2018, top=12):
    """Countries by days on which China's president engaged them, the first few: a Picture."""
    ranked = engagement(leader, first, last)
    shown = ranked.head(top)
    fig, ax = pictures.canvas(height=3.7, left=1.25, right=0.4, bottom=0.3)
    for place, row in enumerate(shown.itertuples()):
        bar = ax.barh(-place, row.days, color=actors.colour("RUS") if row.partner == "RUS" else "#B8BCC2", height=0.7)[
            0
        ]
        notes = (
            ax.text(row.days + 0.8, -place, row.days, va="center"),
            ax.text(-0.02, -place, row.name, transform=ax.get_yaxis_transform(), ha="right", va="center"),
        )
        for mark in (bar, *notes):
            tag(mark, *_actor(row.partner))
    ax.set(yticks=[], xlim=(0, shown.days.max() * 1.1))
    ax.grid(axis="x")
    russia = ranked[ranked.partner.eq("RUS")].iloc[0]
    title = f"{leader} engaged Russia on {russia.days} days: rank {russia['rank']} of {len(ranked)}"
    words = [(_actor(row.partner), f"{row.rank}. {row.name}: {row.days} days.") for row in shown.itertuples()]
    note = f"Days on which {leader} met, called or wrote to somebody from there, {first}-{last}, first {top}"
    return _picture(
        f"engagement-{leader[:2].lower()}",
        title,
        note,
        fig,
        words,
        shown,
        ["geopolitical/engagement_days"],
        (),
        "what was agreed; calls and letters count like visits",
    )


def _pale(colour):
    return sns.light_palette(colour, 9)[4]


def _actor(code):
    """The code as a set of actors; empty for a country that is none."""
    return (code,) if code in actors.ALL else ()


@pictures.drawing
def arms_ties_picture():
    """Who arms whom, the five ties that this section's claims rest on, as shares of arms imports in two windows: a Picture."""
    ties = [("CHN", "RUS"), ("IRN", "RUS"), ("SYR", "RUS"), ("PAK", "CHN"), ("JPN", "USA"), ("KOR", "USA")]
    rows = pd.DataFrame(
        [(to, by, end, 100 * share_of_arms_imports(to, by, end)) for to, by in ties for end in (THEN, _arms_end(None))],
        columns=["recipient", "supplier", "year", "share"],
    )
    fig, ax = pictures.canvas(height=3.5, left=2.2, right=0.45, bottom=0.3)
    for place, (to, by) in enumerate(ties):
        then, since = rows.query("recipient == @to and supplier == @by").share
        colour = actors.colour(by)
        tag(ax.barh(-place + 0.17, then, height=0.36, color=colour)[0], to, by)
        tag(ax.barh(-place - 0.2, since, height=0.3, color=_pale(colour))[0], to, by, since=True)
        tag(ax.text(then + 1, -place + 0.17, f"{then:.0f}", va="center"), to, by)
        tag(ax.text(since + 1, -place - 0.21, f"{since:.0f}", va="center", color=QUIET), to, by, since=True)
        tag(
            ax.text(
                -0.02,
                -place,
                f"{actors.name(by)} to {actors.name(to)}",
                transform=ax.get_yaxis_transform(),
                ha="right",
                va="center",
            ),
            to,
            by,
        )
    ax.set(yticks=[], xlim=(0, 107), xticks=[0, 25, 50, 75, 100])
    ax.grid(axis="x")
    late = f"{rows.year.max() - 4}-{rows.year.max() % 100}"
    title = f"In 2014-18 Russia delivered {rows.share[0]:.0f} % of China's arms imports, the United States {rows.share.iloc[-2]:.0f} % of South Korea's"
    words = []
    for (to, by), frame in rows.groupby(["recipient", "supplier"], sort=False):
        words += _spoken(
            (to, by),
            f"{actors.name(by)} to {actors.name(to)}",
            f"{frame.share.iloc[0]:.0f} % in 2014-18",
            f"{frame.share.iloc[1]:.0f} % in {late}",
        )
    note = f"Supplier's share of the recipient's arms imports, per cent of TIV: dark 2014-18, pale {late}"
    return _picture(
        "arms-ties",
        title,
        note,
        fig,
        words,
        rows,
        ["military/arms_transfers"],
        ("recipient", "supplier"),
        "how large the imports are: Iran and Syria bought little in both windows",
    )


def ties_of(actor, year=THEN):
    """One actor's ties to each other actor.

    Columns: actor, pledge (defence, true or false), kappa, trade (USD bn, own books), sent, received (arms in five years, million TIV).
    Blank where no table holds it. Raises UnknownActor. Sources: agreement, pledges, economic/trade, military/arms_transfers.
    """
    own = actors.find(actor)
    others = pd.Index([code for code in actors.ALL if code != own], name="actor")
    held, votes = pledges(year), evidence.table(UN).query("year == @year")
    books = evidence.table("economic/trade").query("reporter == @own and year == @year")
    arms = evidence.table("military/arms_transfers").query("@year - 5 < year <= @year")
    pledged = {*held.actor_b[held.actor_a.eq(own)], *held.actor_a[held.actor_b.eq(own)]}
    kappa = pd.concat(
        [
            votes[votes.actor_a.eq(own)].set_index("actor_b").kappa,
            votes[votes.actor_b.eq(own)].set_index("actor_a").kappa,
        ]
    )
    columns = {
        "pledge": others.isin(pledged),
        "kappa": kappa.reindex(others),
        "trade": books.groupby("partner").value_usd.sum().div(1e9).reindex(others),
        "sent": arms[arms.supplier.eq(own)].groupby("recipient").tiv.sum().reindex(others),
        "received": arms[arms.recipient.eq(own)].groupby("supplier").tiv.sum().reindex(others),
    }
    return pd.DataFrame(columns, index=others).reset_index()


@pictures.drawing
def ties_picture(actor="RUS", year=THEN):
    """One actor's ties to all others in one picture: pledges, votes, trade, arms. Returns a Picture. Raises UnknownActor."""
    own = actors.find(actor)
    ties = ties_of(own, year).sort_values("kappa", ascending=False, na_position="last")
    fig, axes = pictures.canvas(height=5.2, left=1.35, right=0.2, top=0.42, bottom=0.3, cols=3, sharey=True)
    for ax, (column, head) in zip(
        axes,
        {"kappa": "votes (kappa)", "trade": "trade, billion USD", "sent": "arms received | sent"}.items(),
        strict=True,
    ):
        ax.set_title(head, fontsize=9, loc="left")
        ax.grid(axis="x")
        ax.locator_params(axis="x", nbins=3)
        ax.xaxis.set_major_formatter("{x:,.1f}" if column == "kappa" else lambda value, _: f"{abs(value):,.0f}")
        for place, row in enumerate(ties.fillna({"sent": 0, "received": 0}).to_dict("records")):
            _tie(ax, -place, row, own, row[column], row["received"] if column == "sent" else 0)
    for place, row in enumerate(ties.to_dict("records")):
        looks = {"fontweight": "bold"} if row["pledge"] else {"color": QUIET}
        tag(
            axes[0].text(
                -0.04,
                -place,
                actors.name(row["actor"]) + " *" * row["pledge"],
                transform=axes[0].get_yaxis_transform(),
                ha="right",
                va="center",
                **looks,
            ),
            own,
            row["actor"],
        )
    axes[0].set(yticks=[], ylim=(-len(ties) + 0.4, 0.6))
    best, allies = ties.dropna(subset=["kappa"]).head(1).actor, ties.actor[ties.pledge]
    votes = f"votes most like {_the(best.iloc[0])}" if len(best) else "casts no votes in the General Assembly"
    title = f"{_the(own)} in {year} {votes} and owes defence to {_names(sorted(allies, key=actors.ALL.index)) if len(allies) else 'none of the others'}"
    words = [((own, row.actor), f"{actors.name(row.actor)}: {_told(row)}.") for row in ties.itertuples()]
    note = f"* and bold: defence pledge. Votes {year}, trade {year} in {actors.name(own)}'s own books, arms {year - 4}-{year} in million TIV"
    table = ties.assign(with_actor=own)[["with_actor", *ties.columns]]
    return _picture(
        f"ties-{own}",
        title[0].upper() + title[1:],
        note,
        fig,
        words,
        table,
        ["geopolitical/pledges", UN, "economic/trade", "military/arms_transfers"],
        ("with_actor", "actor"),
        "what the ties are worth; a blank is no table, not nothing",
    )


def _tie(ax, place, row, own, value, received):
    if value == value:
        tag(ax.barh(place, value, color=actors.colour(row["actor"]), height=0.7, clip_on=False)[0], own, row["actor"])
    if received:
        tag(
            ax.barh(place, -received, color=_pale(actors.colour(row["actor"])), height=0.7, clip_on=False)[0],
            own,
            row["actor"],
        )


def _told(row):
    facts = {
        "kappa": f"kappa {row.kappa:.2f}",
        "trade": f"trade {row.trade:.1f} billion dollars",
        "sent": f"arms sent {row.sent:.0f}",
        "received": f"arms received {row.received:.0f}",
    }
    found = ["a defence pledge"] * row.pledge + [
        text for column, text in facts.items() if getattr(row, column) == getattr(row, column)
    ]
    return ", ".join(found) or "no tie in these tables"
