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
    split_votes,
    standing,
)

__all__ = ["agreement_with_group", "from_roll_calls", "ideal_distance", "memberships", "split_votes"]  # notebook 02 calls them here
CIS_SPACE = ["ARM", "BLR", "KAZ", "KGZ", "TJK", "TKM", "UKR", "UZB"]
ALIKE, NEARLY_ALIKE = 0.85, 0.8  # G8: agreement that is "partly" without a pledge, as stated and lenient
WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight"]


def _names(codes):
    found = [actors.name(code) for code in codes]
    return ", ".join(found[:-1]) + (" and " if len(found) > 1 else "") + found[-1] if found else "none"


# Measures of this section alone


def trade_lean(year, vintage=None):
    """Trade of the eight CIS-space actors with China and with Russia, by their own reports. Columns: actor, CHN, RUS (USD), imputed, lean (CHN over RUS).

    imputed: no own report, the figure was put together from the partner's. Source: economic/trade.
    """
    own = evidence.table("economic/trade", vintage)
    own = own[own.reporter.isin(CIS_SPACE) & own.partner.isin(["CHN", "RUS"]) & own.year.eq(year)]
    total = own.pivot_table(index="reporter", columns="partner", values="value_usd", aggfunc="sum").rename_axis(index="actor", columns=None)
    return total.assign(imputed=own.groupby("reporter").imputed.any(), lean=total.CHN / total.RUS).reset_index()


def vote_lean(first, last, measure="agree", vintage=None):
    """Agreement of the eight CIS-space actors with China and with Russia, mean of the years. Columns: actor, CHN, RUS. Raises UnknownMeasure."""
    frames = [agreement(code, lead, vintage).assign(actor=code, lead=lead) for code in CIS_SPACE for lead in ("CHN", "RUS")]
    votes = pd.concat(frames)
    votes = votes[votes.year.between(first, last)]
    return votes.pivot_table(index="actor", columns="lead", values=known_measure(measure)).rename_axis(columns=None).reset_index()


# Claims: each test says what was found, data/claims.csv says where the thresholds lie


def _arms_end(vintage):
    """Last year of the five-year window of arms transfers."""
    return int(evidence.table("military/arms_totals", vintage).year.max())


def _percent(share):
    return None if share is None else 100 * share


def _last(a, b, vintage, column="kappa"):
    """One figure of the last year of `agreement`."""
    return float(agreement(a, b, vintage)[known_measure(column)].iloc[-1])


def _undecided(claim, reason, vintage, tables, until, *facts):
    return claims.beside(claim, Finding(None, reason, until, tables), vintage, *[(fact, None) for fact in facts])


@claims.test("F1")
def meetings_held(vintage):
    """F1: occasions on which Xi and Putin met in person, March 2013 to 9 August 2019."""
    met, counts = evidence.table("geopolitical/meetings", "then"), evidence.table("geopolitical/meeting_counts", "then")
    reason = f"{len(met)} occasions on which the two met in person are listed from March 2013 to 9 August 2019, the last on {met.date.max()}."
    found = Finding(len(met), reason, 2019, ["geopolitical/meetings", "geopolitical/meeting_counts"])
    cities = (f"Counted by city instead of by occasion there were {met.places.sum()}.", int(met.places.sum()))
    return claims.beside("F1", found, vintage, cities, *[(f"{row.speaker}, {row.date}: {row.wording}.", None) for row in counts.itertuples()])


@claims.test("F2")
def engagement_rank(vintage):
    """F2: Russia's rank among the countries that Xi engaged, by days, 2013 to 2018."""
    xi, hu, votes = engagement(vintage="then"), engagement("Hu Jintao", 2003, 2012, "then"), agreement("CHN", "RUS", "then")
    russia, before, other = xi[xi.partner.eq("RUS")].iloc[0], hu[hu.partner.eq("RUS")].iloc[0], xi[xi.partner.ne("RUS")].iloc[0]
    reason = f"Xi engaged Russia on {russia.days} days in 2013-18: rank {russia['rank']} of {len(xi)}; next came {other['name']} with {other.days}."
    found = Finding(int(russia["rank"]), reason, THEN, ["geopolitical/engagement_days", "geopolitical/agreement", "economic/trade"])
    total, best = trade.goods_trade("CHN", "RUS", "then"), votes.loc[votes.agree.idxmax()]
    record = total.loc[total.total.idxmax()]
    return claims.beside("F2", found, vintage, (f"Under Hu Jintao, 2003-12, Russia's rank was {before['rank']}.", None),
                         (f"Trade in China's books stood highest in {record.year:.0f}: {record.total:.0f} billion dollars.", None),
                         (f"In the General Assembly the two agreed most in {best.year:.0f} ({best.agree:.2f}); in 2018 it was {votes.agree.iloc[-1]:.2f}.", None))  # fmt: skip


@claims.test("F5")
def votes_apart(vintage, measure="kappa"):
    """F5: agreement beyond chance of China and Russia in the General Assembly, last year known."""
    last = agreement("CHN", "RUS", vintage).iloc[-1]
    ranked = standing(int(last.year))
    rank = int(ranked.query("actor_a == 'CHN' and actor_b == 'RUS'")["rank"].iloc[0])
    reason = f"In {last.year:.0f} the {MEASURES[known_measure(measure)]} of China and Russia in the General Assembly was {last[measure]:.2f}."
    found = Finding(float(last[measure]), reason, int(last.year), ["geopolitical/agreement"])
    return claims.beside("F5", found, vintage, (f"They voted yes against no on {100 * last.opposed:.0f} % of {last.common:.0f} common votes.", None),
                         (f"Of {len(ranked)} pairs of actors theirs stands at rank {rank}, nearest first.", None), ("Votes are not interests.", None))  # fmt: skip


@claims.test("G1")
def cis_partners_lost(vintage, measure="trade"):
    """G1: share of the eight CIS-space states that trade more with China than with Russia, by their own reports."""
    year = int(evidence.table("economic/trade", vintage).year.max())
    books, before, votes = trade_lean(year, vintage), trade_lean(2005, vintage), vote_lean(year, year, "kappa", vintage)
    leaning, own = books.actor[books.lean.gt(1)], books.actor[books.lean.gt(1) & ~books.imputed]
    voting = votes.actor[votes.CHN > votes.RUS]
    chosen, how = (own, "their own trade figures") if measure == "trade" else (voting, "their votes (kappa)")
    found = Finding(len(chosen) / 8, f"In {year}, by {how}, China stood before Russia for {WORDS[len(chosen)]} of eight: {_names(chosen)}.", year, ["economic/trade", "geopolitical/agreement"])
    return claims.beside("G1", found, vintage, (f"With figures filled in from the partners' books it is {WORDS[len(leaning)]}: {_names(leaning)}.", len(leaning) / 8),
                         (f"By votes (kappa) it is {WORDS[len(voting)]}: {_names(voting)}.", len(voting) / 8), (f"In 2005, in trade, it was {_names(before.actor[before.lean.gt(1)])}.", None))  # fmt: skip


@claims.test("G2")
def undercut_prices(vintage):
    """G2: undecided; no import prices by origin are held."""
    gas = evidence.table("economic/energy_imports", vintage).query("commodity == 'pipeline gas' and actor in ['TKM', 'KAZ', 'RUS']")
    year = int(gas.year.max())
    sent = gas[gas.year.eq(year)].sort_values("quantity", ascending=False)
    words = ", ".join(f"{actors.name(row.actor)} {row.quantity:.1f}" for row in sent.itertuples())
    return _undecided("G2", "No table here holds prices by origin.", vintage, ["economic/energy_imports"], year, f"Pipeline gas to China in {year}, billion cubic metres: {words}. Volumes are not prices.")


@claims.test("G3")
def arms_monopoly(vintage):
    """G3: Russia's share of China's arms imports, five-year window, percent of TIV."""
    end = _arms_end(vintage)
    shares = {code: 100 * share_of_arms_imports("CHN", code, end) for code in ("RUS", "UKR")}
    reason = f"In {end - 4}-{end} Russia delivered {shares['RUS']:.0f} % of China's arms imports by volume."
    found = Finding(shares["RUS"], reason, end, ["military/arms_transfers", "military/arms_totals"])
    return claims.beside("G3", found, vintage, (f"Ukraine delivered {shares['UKR']:.0f} % (the same evidence as in M4).", None))


@claims.test("G4")
def baikal_petition(vintage):
    """G4: undecided; petitions and court rulings are in no table."""
    return _undecided("G4", "A petition and a stopped project are in no table here.", vintage, [], "")


@claims.test("G5")
def conflict_avoided(vintage):
    """G5: undecided; intentions are in no table."""
    disputes = evidence.table("geopolitical/disputes", vintage).query("actor_b == 'USA' and actor_a in ['CHN', 'RUS']")
    count = disputes.groupby("actor_a").dispute.nunique()
    fact = f"Militarised disputes with the USA, 1990-2014: China {count['CHN']}, Russia {count['RUS']}; the highest level reached is {disputes.hostility.max()} on a scale where 5 is war."
    return _undecided("G5", "An aim is in no table, and a conflict that did not come does not show who avoided it.", vintage, ["geopolitical/disputes"], 2014, fact)


@claims.test("G6")
def middle_east_partners(vintage):
    """G6: Russia's share of the arms imports of Iran and of Syria, five-year window, percent of TIV."""
    end = _arms_end(vintage)
    value = tuple(100 * share_of_arms_imports(code, "RUS", end) for code in ("IRN", "SYR"))
    size = {code: arms_imports(code, end).tiv.sum() for code in ("IRN", "SYR", "IND")}
    vetoes = evidence.table("geopolitical/vetoes", vintage).query("topic == 'Syria'")
    reason = f"In {end - 4}-{end} Russia delivered {value[0]:.0f} % of Iran's arms imports and {value[1]:.0f} % of Syria's."
    found = Finding(value, reason, end, ["military/arms_transfers", "military/arms_totals", "geopolitical/vetoes", "geopolitical/agreement"])
    return claims.beside("G6", found, vintage, (f"Both bought little: together {(size['IRN'] + size['SYR']) / size['IND'] * 100:.0f} % of what India imported.", None),
                         (f"On Syria Russia cast {vetoes.RUS.sum()} vetoes to {vetoes.date.max()[:4]}, China joined {vetoes.CHN.sum()} of them.", None),
                         (f"Yet China votes nearer to both: kappa with Iran {_last('CHN', 'IRN', vintage):.2f} against Russia's {_last('IRN', 'RUS', vintage):.2f}, with Syria {_last('CHN', 'SYR', vintage):.2f} against {_last('RUS', 'SYR', vintage):.2f}.", None))  # fmt: skip


@claims.test("G7")
def pakistan_first(vintage):
    """G7: Pakistan's share of China's arms exports, five-year window, percent of TIV."""
    end = _arms_end(vintage)
    sent, had = share_of_arms_exports("CHN", "PAK", end), share_of_arms_imports("PAK", "CHN", end)
    reason = f"In {end - 4}-{end} {100 * sent:.1f} % of China's arms exports went to Pakistan."
    found = Finding(_percent(sent), reason, end, ["military/arms_transfers", "military/arms_totals", "geopolitical/agreement"])
    return claims.beside("G7", found, vintage, (f"China delivered {100 * had:.0f} % of Pakistan's imports.", None),
                         (f"In the General Assembly their kappa was {_last('CHN', 'PAK', vintage):.2f}.", None))  # fmt: skip


@claims.test("G8")
def saudi_ally(vintage, measure="agree"):
    """G8: a defence pledge between Pakistan and Saudi Arabia; without one, how alike they vote."""
    last, rival = agreement("PAK", "SAU", vintage).iloc[-1], _last("IRN", "SAU", vintage, "agree")
    year = max(THEN, int(evidence.table("geopolitical/pledges", vintage).start_year.max()))
    pledged, alike = owe_defence("PAK", "SAU", year, vintage), last[known_measure(measure)]
    value, strict, lenient = ("holds" if pledged else "partly" if alike >= least else "fails" for least in (ALIKE, 9, NEARLY_ALIKE))
    reason = f"{'A' if pledged else 'No'} defence pledge between Pakistan and Saudi Arabia is on record to {year}; in {last.year:.0f} their {MEASURES[measure]} in the General Assembly was {alike:.2f}."
    found = Finding(value, reason, year, ["geopolitical/pledges", "geopolitical/agreement", "geopolitical/rivalries"], strict, lenient, tips=f"would flip with {'the pledge gone' if pledged else f'a pledge, or below {ALIKE}'}")
    return claims.beside("G8", found, vintage, ("Iran and Saudi Arabia are strategic rivals from 1979 to the end of the record in 2020.", None), (f"Yet they too agree on {rival:.2f}: the votes show no enmity.", None))


@claims.test("G9")
def iran_sanctions(vintage):
    """G9: how China voted when the Security Council last voted on sanctions against Iran."""
    last = evidence.table("geopolitical/iran_votes", vintage).sort_values("date").iloc[-1]
    against = {last.CHN, last.USA} == {"Y", "N"}
    reason = f"On {last.date} China voted {'against' if against else 'like'} the United States: {last['item']}, {last.outcome}."
    found = Finding("fails" if against else "partly", reason, int(last.date[:4]), ["geopolitical/iran_votes"], tips="would flip with one vote " + ("with the USA" if against else "against the USA"))
    return claims.beside("G9", found, vintage, ("The Council never voted on the sanctions that the United States imposed alone in 2018.", None))


@claims.test("G10")
def beside_the_usa(vintage, measure="arms"):
    """G10: US share of the arms imports of Japan and of South Korea, with a US defence pledge, percent of TIV."""
    end = _arms_end(vintage)
    year = int(evidence.table("geopolitical/agreement", vintage).year.max())
    share = {code: 100 * share_of_arms_imports(code, "USA", end) * owe_defence(code, "USA", end, vintage) for code in ("JPN", "KOR")}
    every = {code: 100 * _last(code, "USA", vintage, "agree") for code in share}
    listed = {code: 100 * from_roll_calls(code, "USA", 2013, 2017, important=True)["agree"] for code in share}
    value = {"arms": share, "all votes": every, "important votes": listed}[measure]
    reason = f"{'With a defence pledge and in arms' if measure == 'arms' else f'By agreement on {measure}'} Japan stands at {value['JPN']:.0f} %, South Korea at {value['KOR']:.0f} %."
    found = Finding(tuple(value.values()), reason, end, ["military/arms_transfers", "military/arms_totals", "geopolitical/pledges", "geopolitical/agreement", "geopolitical/roll_calls"])
    return claims.beside("G10", found, vintage, (f"On all votes in the General Assembly ({year}) Japan agrees with the USA on {every['JPN']:.0f} %, South Korea on {every['KOR']:.0f} %.", tuple(every.values())),
                         (f"On votes the USA calls important (2013-17) it is {listed['JPN']:.0f} % and {listed['KOR']:.0f} %.", tuple(listed.values())))  # fmt: skip


@claims.test("G11")
def pyongyang_options(vintage, measure="kappa"):
    """G11: North Korea's agreement beyond chance with China less that with Russia, last year known."""
    china, russia = _last("CHN", "PRK", vintage, measure), _last("PRK", "RUS", vintage, measure)
    year = int(agreement("PRK", "RUS", vintage).year.max())
    found = Finding(round(china - russia, 4), f"In {year} North Korea's {MEASURES[measure]} was {china:.2f} with China and {russia:.2f} with Russia.", year, ["geopolitical/agreement", "geopolitical/pledges", "economic/trade"])
    held = pledges(max(year, THEN), vintage=vintage).query("actor_a == 'PRK' or actor_b == 'PRK'")
    allies = _names(sorted({*held.actor_a, *held.actor_b} - {"PRK"}))
    books = {code: trade.goods_trade(code, "PRK", vintage).dropna(subset=["total"]).iloc[-1] for code in ("CHN", "RUS")}
    return claims.beside("G11", found, vintage, (f"A defence pledge ties it to {allies}.", None),
                         (f"Trade in {books['CHN'].year:.0f}: {books['CHN'].total:.2f} billion dollars in China's books, {books['RUS'].total:.2f} in Russia's.", None))  # fmt: skip


@claims.test("G12")
def far_east_needs(vintage):
    """G12: undecided; no trade of Russia's Far Eastern district is held."""
    share = {code: trade.share_of_trade("RUS", code, vintage).dropna().iloc[-1] for code in ("JPN", "KOR", "CHN")}
    year = int(share["JPN"].year)
    fact = f"Shares of all Russia's trade in {year}: Japan {share['JPN'].share:.1f} %, South Korea {share['KOR'].share:.1f} %, China {share['CHN'].share:.1f} %."
    return _undecided("G12", "No table here splits Russia's trade by region.", vintage, ["economic/trade"], year, fact)


@claims.test("G13")
def emotional_side(vintage):
    """G13: undecided; a remark is in no table."""
    last = agreement("CHN", "RUS", vintage).merge(agreement("RUS", "USA", vintage), on="year").iloc[-1]
    fact = f"In the General Assembly of {last.year:.0f} Russia's kappa was {last.kappa_x:.2f} with China and {last.kappa_y:.2f} with the USA; no vote was about tariffs."
    return _undecided("G13", "The remark is Vladimir Putin's, as the article reports it; a feeling is in no table.", vintage, ["geopolitical/agreement"], int(last.year), fact)


@claims.test("G14")
def shiite_states(vintage):
    """G14: share of Shia, Alawi and Ismaili in the population of Iran and of Syria, percent, the lower estimate."""
    shia = evidence.table("geopolitical/religion").query("group.str.contains('Shia')", engine="python").set_index("actor")
    reason = f"Shia are {shia.low['IRN']:.0f} to {shia.high['IRN']:.0f} % of Iran's population; Shia, Alawi and Ismaili together {shia.low['SYR']:.0f} % of Syria's."
    found = Finding((float(shia.low["IRN"]), float(shia.low["SYR"])), reason, 2017, ["geopolitical/religion"])
    return claims.beside("G14", found, vintage, ("The family that ruled Syria to 2024 was Alawi: a state's rulers and its people are two things.", None))


def switch(claim):
    """For `fr.live`: one claim's verdict under another measure. The function returned takes the shown actors, measure and record ("then", "since").

    Claims: F5, G1, G8, G10, G11. Raises Problem for any other.
    """
    tests = {"F5": votes_apart, "G1": cis_partners_lost, "G8": saudi_ally, "G10": beside_the_usa, "G11": pyongyang_options}
    if claim not in tests:
        raise Problem(f'"{claim}" has no other measure here: choose {", ".join(tests)}')

    def say(shown, measure, record="then"):
        found = claims.decide(claim, tests[claim](record, measure=measure), record)
        return f"{claim} by {measure}, {'as known in August 2019' if record == 'then' else 'since'}: {found.verdict.upper()}. {found.reason}"

    return say


# Pictures


PAIR = "#7A2E8E"  # China and Russia together: between their red and their blue
PAIRS = (("CHN", "RUS"), ("CHN", "USA"), ("RUS", "USA"), ("CHN", "IND"), ("RUS", "UKR"), ("DEU", "USA"), ("JPN", "USA"))
SPANS = ((2003, 2007), (2014, 2018), (2020, 2024))
UN = "geopolitical/agreement"


def _near(ax, labels, size=9):
    """Write each label beside its point, at the first of eight places where it meets no other label. labels: (actors, x, y, text, colour)."""
    points = ax.transData.transform([(x, y) for _, x, y, _, _ in labels]) * 72 / ax.figure.dpi
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y in points]
    for (who, x, y, text, colour), (left, low) in zip(labels, points, strict=True):
        wide, high = 0.62 * size * len(text), 1.25 * size
        places = [(dx - wide * (dx < 0) - wide / 2 * (dx == 0), dy - high / 2) for dy in (0, 11, -11, 20, -20) for dx in (8, -8, 0) if (dx, dy) != (0, 0)]
        boxes = [(left + dx, low + dy, left + dx + wide, low + dy + high) for dx, dy in places]
        crowd = [sum(b[0] < t[2] and t[0] < b[2] and b[1] < t[3] and t[1] < b[3] for t in taken) for b in boxes]
        best = crowd.index(min(crowd))
        taken.append(boxes[best])
        note = ax.annotate(text, (x, y), xytext=places[best], textcoords="offset points", color=colour, fontsize=size, va="bottom", ha="left")
        tag(note, *who)


@pictures.drawing
def lean_picture():
    """Trade with China over trade with Russia for eight CIS-space states in 2005, 2018 and 2020, by their own reports: a Picture."""
    years = {year: trade_lean(year).set_index("actor") for year in (2005, 2018, 2020)}
    order = years[2018].lean.sort_values().index
    fig, ax = pictures.canvas(height=3.6, left=1.15, right=0.3, bottom=0.62)
    for place, code in enumerate(order):
        start, then, last = (years[year].lean[code] for year in years)
        hollow = "white" if years[2018].imputed[code] else actors.colour(code)
        tag(ax.plot([start, then], [place, place], color=actors.colour(code), linewidth=1.4)[0], code)
        tag(ax.plot(start, place, "o", color="white", markeredgecolor=actors.colour(code), markersize=5)[0], code)
        tag(ax.plot(then, place, "o", color=hollow, markeredgecolor=actors.colour(code), markersize=8)[0], code)
        tag(ax.plot(last, place, "|", color=actors.colour(code), markersize=13, markeredgewidth=2, alpha=0.6)[0], code, since=True)
        tag(ax.text(-0.02, place, actors.name(code), transform=ax.get_yaxis_transform(), ha="right", va="center"), code)
    ax.set(xscale="log", xlim=(0.03, 40), ylim=(-0.7, 7.9), yticks=[], xticks=[0.05, 0.1, 0.25, 0.5, 1, 2, 5, 20])
    ax.set_xticklabels(["1/20", "1/10", "1/4", "1/2", "equal", "2 times", "5", "20"])
    ax.minorticks_off()
    ax.axvline(1, color=INK, linewidth=1)
    ax.text(0.9, 7.55, "more with Russia", ha="right", color=actors.colour("RUS"))
    ax.text(1.12, 7.55, "more with China", ha="left", color=actors.colour("CHN"))
    ax.set_xlabel("trade with China as a multiple of trade with Russia (each step equal in proportion)")
    words = [((code,), f"{actors.name(code)}: {years[2005].lean[code]:.2f} in 2005, {years[2018].lean[code]:.2f} in 2018, {years[2020].lean[code]:.2f} in 2020.") for code in order]
    table = pd.concat([frame.reset_index().assign(year=year) for year, frame in years.items()])[["actor", "year", "CHN", "RUS", "lean", "imputed"]]
    ahead = int((years[2018].lean.gt(1) & ~years[2018].imputed).sum())
    title = f"By 2018 {WORDS[ahead]} of eight states told of more trade with China than with Russia"
    note = "Trade with China over trade with Russia, own reports. Small circle: 2005, large: 2018 (hollow: filled in from partners' books), bar: 2020"
    return Picture("lean", "geopolitical", title, note, fig, title + ".", words, table, evidence.source("economic/trade"), ("actor",), "where goods go on to, nor who depends on whom")


@pictures.drawing
def paths_picture(measure="agree"):
    """Agreement with Russia (across) and with China (up) of eight CIS-space states in three spans of five years: a Picture.

    measure: agree, same, opposed or kappa. Raises UnknownMeasure.
    """
    spans = [vote_lean(*span, measure).set_index("actor") for span in SPANS]
    fig, ax = pictures.canvas(height=4.6, left=0.55, right=0.3, bottom=0.5)
    everything = pd.concat(spans)[["CHN", "RUS"]]
    low, high = everything.min().min(), everything.max().max()
    edges = (low - (high - low) * 0.08, high + (high - low) * 0.12)
    ax.set(xlim=edges, ylim=edges, xlabel=f"{MEASURES[measure]} with Russia", ylabel=f"{MEASURES[measure]} with China")
    ax.plot(edges, edges, color=QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    for code in CIS_SPACE:
        steps = [(span.RUS[code], span.CHN[code]) for span in spans]
        for (start, stop), late in zip(zip(steps, steps[1:], strict=False), (False, True), strict=True):
            arrow = {"arrowstyle": "->", "color": actors.colour(code), "linewidth": 1.8 - 0.6 * late, "alpha": 1 - 0.5 * late, "shrinkA": 0, "shrinkB": 0}
            tag(ax.annotate("", xy=stop, xytext=start, arrowprops=arrow), code, since=late)
        tag(ax.plot(*steps[0], "o", color="white", markeredgecolor=actors.colour(code), markersize=4)[0], code)
        tag(ax.plot(*steps[1], actors.marker(code), color=actors.colour(code), markersize=6)[0], code)
    _near(ax, [((code,), spans[1].RUS[code], spans[1].CHN[code], actors.name(code), actors.colour(code)) for code in CIS_SPACE])
    nearer = [[code for code in span.index if (span.CHN[code] > span.RUS[code]) != (measure == "opposed")] for span in spans]
    ax.text(0.02, 0.97, "nearer to China" if measure != "opposed" else "further from China", transform=ax.transAxes, va="top", color=actors.colour("CHN"))
    ax.text(0.98, 0.03, "nearer to Russia" if measure != "opposed" else "further from Russia", transform=ax.transAxes, ha="right", color=actors.colour("RUS"))
    title = f"In 2014-18 {WORDS[len(nearer[1])]} of eight CIS-space states voted nearer to Beijing than to Moscow; in 2003-07 {WORDS[len(nearer[0])]} did"
    words = [((code,), f"{actors.name(code)}: " + "; ".join(f"{a}-{b} {span.CHN[code]:.2f} with China, {span.RUS[code]:.2f} with Russia" for (a, b), span in zip(SPANS, spans, strict=True)) + ".") for code in CIS_SPACE]
    table = pd.concat([span.reset_index().assign(span=f"{a}-{b}") for (a, b), span in zip(SPANS, spans, strict=True)])[["actor", "span", "CHN", "RUS"]]
    note = f"UN General Assembly, {MEASURES[measure]}, means of five years: from 2003-07 (ring) over 2014-18 (mark) to 2020-24 (pale arrow)"
    return Picture(f"paths-{measure}", "geopolitical", title, note, fig, title + ".", words, table, evidence.source(UN), ("actor",), "why a state votes as it does, nor what it does outside the hall")


@pictures.drawing
def pairs_picture(measure="kappa", pairs=PAIRS, lead=("CHN", "RUS"), key="pairs"):
    """One measure of agreement over the years for several pairs of actors, one of them in front: a Picture. Raises UnknownMeasure, NoVotes."""
    factor = 1 if known_measure(measure) == "kappa" else 100
    fig, ax = pictures.canvas(height=3.8, right=1.75)
    labels, words, frames = [], [], []
    for pair in pairs:
        frame = agreement(*pair).assign(a=pair[0], b=pair[1], value=lambda found: found[measure] * factor)
        own = pair == tuple(lead)
        code = next((one for one in pair if one not in ("CHN", "RUS", "USA")), pair[0])
        looks = {"color": PAIR if own else actors.colour(code), "linewidth": 3 if own else 1.4, "linestyle": "solid" if own else actors.dash(code), "zorder": 4 if own else 3}
        tag(ax.plot("year", "value", data=frame[frame.year <= THEN], **looks)[0], *pair)
        tag(ax.plot("year", "value", data=frame[frame.year >= THEN], **looks | {"alpha": 0.55})[0], *pair, since=True)
        end, then = frame.iloc[-1], frame[frame.year <= THEN].iloc[-1]
        name = f"{actors.name(pair[0])}-{actors.name(pair[1])}".replace("United States", "USA")
        labels.append((pair, end.year, end.value, f"{name} {end.value:.{2 if factor == 1 else 0}f}", looks["color"], own))
        words.append((pair, f"{name}: {then.value:.2f} in {then.year:.0f}, {end.value:.2f} in {end.year:.0f}." if factor == 1 else f"{name}: {then.value:.0f} % in {then.year:.0f}, {end.value:.0f} % in {end.year:.0f}."))
        frames.append(frame)
    pictures.year_axis(ax, 1992, frames[0].year.max(), 4)
    pictures.article_line(ax)
    pictures.label_ends(ax, labels)
    first, last = (frames[0][frames[0].year <= THEN].iloc[-1], frames[0].iloc[-1]) if tuple(lead) == tuple(pairs[0]) else (None, None)
    title = f"{actors.name(lead[0])} and {actors.name(lead[1])}: {words[[*map(tuple, pairs)].index(tuple(lead))][1].split(': ', 1)[1].rstrip('.')}"
    unit = "0 is chance, 1 is perfect" if factor == 1 else "per cent of common votes"
    return Picture(f"{key}-{measure}", "geopolitical", title, f"{MEASURES[measure].capitalize()} in the UN General Assembly, {unit}, 1992-{frames[0].year.max()}", fig, title + ".", words,
                   pd.concat(frames)[["a", "b", "year", "common", measure]], evidence.source(UN), ("a", "b"), "whether the votes mattered to anybody; the agenda changes from year to year")  # fmt: skip


@pictures.drawing
def heat_picture(year=2018, measure="agree"):
    """All pairs of actors in one year, ordered by agreement with the United States so that blocs show: a Picture. Raises UnknownMeasure, UnknownYear."""
    pairs = standing(year, measure)
    both = pd.concat([pairs, pairs.rename(columns={"actor_a": "actor_b", "actor_b": "actor_a"})])
    table = both.pivot(index="actor_a", columns="actor_b", values=measure)
    order = ["USA", *table["USA"].dropna().sort_values(ascending=measure == "opposed").index]
    steps = [-1, 0, 0.2, 0.4, 0.6, 0.8] if measure == "kappa" else [0, 0.05, 0.1, 0.2, 0.4] if measure == "opposed" else [0, 0.5, 0.6, 0.7, 0.8, 0.9]
    colours = sns.color_palette("YlGnBu", len(steps)).as_hex()
    fig, ax = pictures.canvas(height=5.6, left=1.05, right=0.15, top=0.1, bottom=0.95)
    for row, one in enumerate(order):
        tag(ax.text(-0.7, row, actors.name(one), ha="right", va="center"), one) if row else None
        tag(ax.text(row, len(order) - 0.35, actors.name(one), ha="center", va="top", rotation=90), one) if row < len(order) - 1 else None
        for column, other in enumerate(order[:row]):
            value = table.loc[one, other]
            if value == value:
                shade = colours[max(index for index, step in enumerate(steps) if value >= step)]
                edge = PAIR if {one, other} == {"CHN", "RUS"} else "white"
                tag(ax.fill([column - 0.5, column + 0.5, column + 0.5, column - 0.5], [row - 0.5, row - 0.5, row + 0.5, row + 0.5], facecolor=shade, edgecolor=edge, linewidth=1 + (edge == PAIR), zorder=2 + (edge == PAIR))[0], one, other)
    for index, (step, shade) in enumerate(zip(steps, colours, strict=True)):
        ax.fill([12.2, 13.2, 13.2, 12.2], [index, index, index + 1, index + 1], facecolor=shade, edgecolor="white")
        ax.text(13.5, index + 0.5, f"below {steps[1]:g}" if not index else f"{step:g} and more", va="center")
    ax.text(12.2, -0.7, MEASURES[measure], va="center")
    ax.set(xlim=(-0.6, len(order) - 0.5), ylim=(len(order) - 0.5, -1.2), xticks=[], yticks=[])
    ax.grid(False)
    ax.spines["bottom"].set_visible(False)
    lead = pairs.iloc[0]
    mine = pairs.query("actor_a == 'CHN' and actor_b == 'RUS'").iloc[0]
    title = f"Of {len(pairs)} pairs in {year}, China and Russia stand at rank {mine['rank']:.0f}; nearest are {actors.name(lead.actor_a)} and {actors.name(lead.actor_b)}"
    words = [((row.actor_a, row.actor_b), f"{actors.name(row.actor_a)} and {actors.name(row.actor_b)}: {getattr(row, measure):.2f}.") for row in pairs.itertuples()]
    note = f"{MEASURES[measure].capitalize()} in the UN General Assembly {year}, actors ordered by agreement with the United States; China and Russia framed"
    return Picture(f"heat-{measure}-{year}", "geopolitical", title, note, fig, title + ".", words, pairs, evidence.source(UN), ("actor_a", "actor_b"), "Taiwan, which is no member; pairs with under ten common votes")


@pictures.drawing
def ideal_picture(highlight=("CHN", "RUS", "USA", "UKR", "JPN", "KOR", "IND", "PRK", "KAZ")):
    """Ideal points of all actors by session, a few in front, the rest grey: a Picture. Raises UnknownActor."""
    points = evidence.table("geopolitical/ideal_points")
    chosen = [actors.find(word) for word in highlight]
    fig, ax = pictures.canvas(height=4.1, right=1.55)
    labels, words = [], []
    for code, frame in points.groupby("actor"):
        own = {} if code in chosen else {"color": "#C9CCD1", "linewidth": 1, "linestyle": "solid", "zorder": 2}
        pictures.line(ax, frame, "year", "ideal_point", code, lead=code in ("CHN", "RUS"), labels=labels if code in chosen else None, text=f"{actors.name(code)} {frame.ideal_point.iloc[-1]:+.1f}", **own)
        then = frame[frame.year <= THEN].iloc[-1]
        words.append(((code,), f"{actors.name(code)}: {then.ideal_point:+.2f} in {then.year}, {frame.ideal_point.iloc[-1]:+.2f} in {frame.year.iloc[-1]}."))
    pictures.year_axis(ax, 1992, points.year.max(), 4)
    pictures.article_line(ax)
    pictures.label_ends(ax, labels)
    gap = {who: ideal_distance("CHN", "RUS").set_index("year").distance[who] for who in (1992, THEN)}
    title = f"China and Russia stood {gap[1992]:.1f} apart in 1992 and {gap[THEN]:.1f} in 2018, both far from the United States"
    note = f"Ideal points from votes in the UN General Assembly, one dimension, sessions from 1992 to {points.year.max()}; higher is nearer to the United States"
    return Picture("ideal", "geopolitical", title, note, fig, title + ".", words, points[["actor", "year", "ideal_point", "low", "high"]], evidence.source("geopolitical/ideal_points"), ("actor",), "conflicts that do not lie on the one line it measures")


@pictures.drawing
def pledges_picture():
    """Who owes whom defence, as a network with fixed places; pacts after 2018 dashed: a Picture."""
    held, everyone = pledges(2025), actors.ALL
    fig, ax = pictures.canvas(height=4.9, left=0.15, right=0.15, top=0.1, bottom=0.1)
    ax.set(xlim=(-1.25, 1.32), ylim=(-1.16, 1.14), xticks=[], yticks=[])
    ax.grid(False)
    ax.spines["bottom"].set_visible(False)
    for row in held.itertuples():
        (x, y), (right, top) = actors.place(row.actor_a), actors.place(row.actor_b)
        late = row.start_year > THEN
        side = next((code for code in ("CHN", "RUS", "USA") if code in (row.actor_a, row.actor_b)), None)
        looks = {"color": actors.colour(side) if side else "#9AA0A6", "linewidth": 2 if side else 1, "linestyle": "dashed" if late else "solid", "zorder": 2}
        tag(ax.plot([x, right], [y, top], **looks)[0], row.actor_a, row.actor_b, since=late)
    for code in everyone:
        tag(ax.plot(*actors.place(code), actors.marker(code), color=actors.colour(code), markersize=9, markeredgecolor="white", zorder=4)[0], code)
    _near(ax, [((code,), *actors.place(code), actors.name(code), actors.colour(code)) for code in everyone])
    count = {code: sorted({*held[held.start_year.le(THEN)].query("actor_a == @code or actor_b == @code")[["actor_a", "actor_b"]].to_numpy().ravel()} - {code}) for code in ("CHN", "RUS", "USA")}
    title = f"In 2018 China owed defence to {_names(count['CHN'])} alone; Russia had {len(count['RUS'])} such partners here, the United States {len(count['USA'])}"
    words = [((row.actor_a, row.actor_b), f"{actors.name(row.actor_a)} and {actors.name(row.actor_b)}, since {'1990 or before' if row.start_year == 1990 else row.start_year}.") for row in held.itertuples()]
    note = "Defence pledges among the 24 actors: ATOP 5.1 in 2018, and pacts signed after it (dashed). Places on the page say nothing about borders"
    return Picture("pledges", "geopolitical", title, note, fig, title + ".", words, held, evidence.source("geopolitical/pledges"), ("actor_a", "actor_b"), "whether anybody would come; ATOP still lists Pakistan and the USA, which specialists dispute")


@pictures.drawing
def meetings_picture():
    """Occasions on which Xi and Putin met, added up, with the counts that others gave: a Picture."""
    met, said = evidence.table("geopolitical/meetings"), evidence.table("geopolitical/meeting_counts", "then")
    limit = claims.text("F1")["holds"]
    when = pd.to_datetime(met.date)
    years = when.dt.year + when.dt.dayofyear / 365
    fig, ax = pictures.canvas(height=3.4, right=1.75)
    tag(ax.step(years, range(1, len(met) + 1), where="post", color=PAIR, linewidth=3)[0], "CHN", "RUS")
    ax.axhline(limit, color=QUIET, linewidth=1, linestyle=(0, (4, 3)))
    at = pd.to_datetime(said.date)
    stated = said.assign(year=at.dt.year + at.dt.dayofyear / 365).drop_duplicates(["speaker"])
    tag(ax.plot(stated.year, stated["count"], "D", color="white", markeredgecolor=INK, linestyle="none", markersize=6, zorder=5)[0], "CHN", "RUS")
    labels = [(("CHN", "RUS"), years.iloc[-1], len(met), f"listed here: {len(met)}", PAIR, True), ((), 2019.6, limit + 1.6, f"the claim: more than {limit:.0f}", QUIET)]
    labels += [(("CHN", "RUS"), row.year, row.count - 1.5, f"{row.speaker}: {'nearly ' if row.sense == 'below' else ''}{row.count}", INK) for row in stated.rename(columns={"count": "number"}).assign(count=stated["count"]).itertuples(index=False)] if False else []
    for row in stated.to_dict("records"):
        labels.append((("CHN", "RUS"), row["year"], row["count"] - 1.5, f"{row['speaker']}: {'nearly ' * (row['sense'] == 'below')}{row['count']}", INK))
    ax.set_ylim(0, 34)
    pictures.year_axis(ax, 2013, 2019.7, 1)
    pictures.article_line(ax, text=None)
    pictures.label_ends(ax, labels, gap=12)
    title = f"Counted by occasion, Xi and Putin had met {len(met)} times when the article came out"
    by_year = years.astype(int).value_counts().sort_index()
    words = [(("CHN", "RUS"), f"{year}: {count}." if index else f"Occasions a year, {year}: {count}.") for index, (year, count) in enumerate(by_year.items())]
    return Picture("meetings", "geopolitical", title, "Occasions in person since March 2013, added up; diamonds: counts given in June 2019", fig, title + ".", words, met, evidence.source("geopolitical/meetings", "geopolitical/meeting_counts"), (), "what was said, nor whether a handshake at a summit is a meeting")


@pictures.drawing
def engagement_picture(leader="Xi Jinping", first=2013, last=2018, top=12):
    """Countries by days on which China's president engaged them, the first few: a Picture."""
    ranked = engagement(leader, first, last)
    shown = ranked.head(top)[::-1]
    fig, ax = pictures.canvas(height=3.7, left=1.25, right=0.4, bottom=0.3)
    for place, row in enumerate(shown.to_dict("records")):
        who = [row["partner"]] if row["partner"] in actors.ALL else []
        colour = actors.colour("RUS") if row["partner"] == "RUS" else "#B8BCC2"
        for mark in (ax.barh(place, row["days"], color=colour, height=0.7)[0], ax.text(row["days"] + 0.8, place, row["days"], va="center"), ax.text(-0.02, place, row["name"], transform=ax.get_yaxis_transform(), ha="right", va="center")):
            tag(mark, *who)
    ax.set(yticks=[], xlim=(0, shown.days.max() * 1.1))
    ax.grid(axis="x")
    ax.grid(False, axis="y")
    russia = ranked[ranked.partner.eq("RUS")].iloc[0]
    title = f"{leader} engaged Russia on {russia.days} days: rank {russia['rank']} of {len(ranked)}"
    words = [((row.partner,) if row.partner in actors.ALL else (), f"{row.rank} {row.name}: {row.days} days." if False else f"{place}. {name}: {days} days.") for row, place, name, days in zip(ranked.head(top).itertuples(), ranked["rank"], ranked["name"], ranked.days, strict=False)]
    note = f"Days on which {leader} met, called or wrote to somebody from there, {first}-{last}, first {top}; calendar of China Vitae"
    return Picture(f"engagement-{leader.split()[0].lower()}-{first}-{last}", "geopolitical", title, note, fig, title + ".", words, ranked.head(top), evidence.source("geopolitical/engagement_days"), (), "what was agreed; calls and letters count like visits")
