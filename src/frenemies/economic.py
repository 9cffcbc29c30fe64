"""Section 1, economic: energy and trade measures, the tests of claims E1-E10 and F3, and the pictures of notebook 01."""

import difflib

import pandas as pd

from frenemies import actors, claims, evidence, pictures, trade
from frenemies.claims import Finding
from frenemies.places import Problem
from frenemies.trade import goods_trade, in_year, mirror_trade, ranks, russia_to_2024, share_of_trade, trade_with

MTOE = 0.041868  # exajoules in a million tonnes of oil equivalent
COMMODITIES = {
    "crude oil": ["crude oil"],
    "gas": ["pipeline gas", "LNG"],
    "pipeline gas": ["pipeline gas"],
    "LNG": ["LNG"],
    "coal": ["coal"],
}
PRODUCTS = ["crude oil", "LNG", "propane", "coal"]
NAMED = ("RUS", "USA", "EU28", "JPN", "DEU", "KOR", "TWN", "VNM", "IND", "SAU", "KAZ")
UNION = ["RUS", "KAZ", "KGZ", "BLR", "ARM"]


# Measures


def imports_by_origin(commodity, vintage=None):
    """China's imports of a fuel by origin and year: "crude oil" (Mt), "gas" (pipeline and LNG, bcm), "pipeline gas", "LNG" (bcm), "coal" (EJ).

    Columns: origin, year, quantity, unit, share (percent of all imports), actor and us_pact ("" where none). Small origins are not held;
    2022 and 2024 are missing. Raises Problem for an unknown commodity. Source: table economic/energy_imports.
    """
    if commodity not in COMMODITIES:
        near = difflib.get_close_matches(str(commodity), COMMODITIES, n=1)
        raise Problem(
            f'no imports of "{commodity}" are held. '
            + (f"Did you mean {near[0]}?" if near else f"There are {', '.join(COMMODITIES)}.")
        )
    rows = evidence.table("economic/energy_imports", vintage)
    rows = rows[rows["commodity"].isin(COMMODITIES[commodity])].fillna("")
    found = rows.groupby(["origin", "year", "unit", "actor"], as_index=False).agg(
        quantity=("quantity", "sum"), us_pact=("us_pact", "max")
    )
    total = found[found["origin"].eq("Total")].set_index("year")["quantity"]
    return found.assign(share=found["quantity"] / found["year"].map(total) * 100)[
        ["origin", "year", "quantity", "unit", "share", "actor", "us_pact"]
    ]


def from_origin(commodity, origin, year, column="quantity", vintage=None):
    """One figure of `imports_by_origin`: from_origin("crude oil", "Russia", 2018) in the fuel's unit, or column="share". Raises Problem, UnknownYear."""
    rows = imports_by_origin(commodity, vintage).query("origin == @origin")
    if rows.empty:
        raise Problem(f'no {commodity} from "{origin}" is held: imports_by_origin({commodity!r}) lists the origins')
    return in_year(rows, year, column)


def growth(first, last, years=1):
    """Growth in percent a year from one figure to another, compounded over `years`: growth(100, 121, 2) is 10."""
    return ((last / first) ** (1 / years) - 1) * 100


def coal_use(actor="CHN", vintage=None):
    """Coal burnt by year, in the edition of 2026. Columns: year, coal_ej (EJ), share (percent of total energy supply).

    Held for China, USA, India, Russia, Japan and "WLD". Raises UnknownActor, Problem. Source: table economic/energy_use.
    """
    trade.party(actor)
    rows = evidence.table("economic/energy_use", vintage).query("actor == @actor")
    if rows.empty:
        raise Problem(f"no coal figures of {actors.name(actor)} are held: choose CHN, USA, IND, RUS, JPN or WLD")
    return rows.assign(share=rows["coal_ej"] / rows["energy_ej"] * 100)[["year", "coal_ej", "share"]].reset_index(
        drop=True
    )


def coal_known_in_2019():
    """China's coal in the edition of June 2019: peak, trough and last year. Columns: year, coal_ej (EJ). Source: table economic/coal_editions."""
    rows = evidence.table("economic/coal_editions", "then").query("edition == 2019")
    return rows.assign(coal_ej=rows["coal"] * MTOE)[["year", "coal_ej"]].reset_index(drop=True)


def below_peak(frame, column="coal_ej"):
    """How far the last year lies below the highest year before it, in percent: negative where it is a new peak."""
    values = frame.sort_values("year")[column]
    return float((1 - values.iloc[-1] / values.iloc[:-1].max()) * 100)


def us_energy_exports(vintage=None):
    """US exports of energy to China by month. Columns: month, crude oil, LNG, propane, coal, total (USD bn); no export listed counts as 0.

    Source: US Census Bureau (table economic/us_energy_exports).
    """
    rows = evidence.table("economic/us_energy_exports", vintage)
    wide = rows.pivot(index="month", columns="product", values="value_usd").reindex(columns=PRODUCTS).fillna(0) / 1e9
    return wide.assign(total=wide.sum(axis=1)).rename_axis(columns=None).reset_index()


def twelve_months_to(month, vintage=None):
    """US energy exports to China in the twelve months that end with `month` ("2019-06"), USD bn. Raises Problem where they are not all held."""
    rows = us_energy_exports(vintage)
    window = rows[rows["month"].le(month)].tail(12)
    if len(window) < 12 or window["month"].iloc[-1] != month:
        raise Problem(
            f'no twelve months to "{month}": months are held from {rows["month"].iloc[0]} to {rows["month"].iloc[-1]}, written "2019-06"'
        )
    return float(window["total"].sum())


def added_by_union(year, vintage=None):
    """What Armenia, Belarus, Kazakhstan and Kyrgyzstan add to Russia's trade with China, in percent of it, by China's books and by theirs.

    Returns {"CHN": percent, "EAEU4": percent}. Raises UnknownYear.
    """
    pairs = {"CHN": (("CHN", "EAEU4"), ("CHN", "RUS")), "EAEU4": (("EAEU4", "CHN"), ("RUS", "CHN"))}
    return {
        book: in_year(goods_trade(*four, vintage), year) / in_year(goods_trade(*russia, vintage), year) * 100
        for book, (four, russia) in pairs.items()
    }


def rank_sentence(shown, year=2018):
    """Where Russia stands among those of China's partners that are switched on (`shown`: list of ISO3), in words. Raises UnknownYear."""
    found = ranks("CHN", year).query("partner in @shown").reset_index(drop=True)
    if "RUS" not in set(found["partner"]):
        return "Russia is switched off: switch it on to see where it stands."
    place = found.index[found["partner"].eq("RUS")][0] + 1
    before = ", ".join(found["name"].head(place - 1)) or "nobody"
    return (
        f"By China's trade in {year} Russia is number {place} of the {len(found)} partners shown. Before it: {before}."
    )


# Claims: each test says what was found, data/claims.csv says where the thresholds lie


def _with(claim, finding, vintage, *beside):
    """Set what stands beside a finding: (sentence, value) pairs, judged by the same rule; value None takes no side."""
    row, fixed = claims.text(claim), claims.decide(claim, finding, vintage).verdict
    told = [
        (words, value is not None and claims.judge(row["rule"], value, row["holds"], row["partly"], row["target"]))
        for words, value in beside
    ]
    finding.context = [
        (words, "" if not verdict else "agrees" if verdict == fixed else "disagrees") for words, verdict in told
    ]
    return finding


@claims.test("E1")
def trade_volume(vintage):
    """E1: trade between Russia and China in 2018, USD bn, by each reporter."""
    both = mirror_trade("RUS", "CHN", vintage)
    russia, china = in_year(both, 2018, "own_total"), in_year(both, 2018, "mirror_total")
    reason = (
        f"In 2018 China's books hold {china:.1f} billion dollars of trade with Russia, Russia's {russia:.1f} billion."
    )
    exports = in_year(goods_trade("RUS", "CHN", vintage), 2018, "export") + in_year(
        goods_trade("CHN", "RUS", vintage), 2018, "export"
    )
    found = Finding(None, reason, 2018, ["economic/trade"], reporters={"CHN": china, "RUS": russia})
    return _with(
        "E1",
        found,
        vintage,
        (f"counted at both exporters' borders, without freight, it is {exports:.1f} billion", exports),
    )


@claims.test("E2")
def union_volume(vintage):
    """E2: China's trade with the five of the Eurasian Economic Union in 2018, USD bn, by both sides."""
    china, five = (
        in_year(goods_trade("CHN", "EAEU5", vintage), 2018),
        in_year(goods_trade("EAEU5", "CHN", vintage), 2018),
    )
    reason = f"In 2018 China's books hold {china:.1f} billion dollars of trade with the five members, the books of the five {five:.1f} billion."
    return Finding(None, reason, 2018, ["economic/trade_groups"], reporters={"CHN": china, "EAEU5": five})


@claims.test("E3")
def trade_lag(vintage):
    """E3: Russia's trade with China over that of the USA, the EU, Japan and Germany, as China reports; the largest ratio decides."""
    year = int(goods_trade("CHN", "RUS", vintage)["year"].max())
    rivals = ["USA", "EU28" if year < 2020 else "EU27", "JPN", "DEU"]
    ratio = {
        code: in_year(goods_trade("CHN", "RUS", vintage), year) / in_year(goods_trade("CHN", code, vintage), year)
        for code in rivals
    }
    words = ", ".join(
        f"{actors.name(code[:2] if code.startswith('EU') else code)} {value:.2f}" for code, value in ratio.items()
    )
    place = ranks("CHN", year, vintage).set_index("partner")["rank"]["RUS"]
    reason = f"China's trade with Russia in {year} as a ratio to its trade with each of the four: {words}."
    found = Finding(max(ratio.values()), reason, year, ["economic/trade", "economic/trade_groups"])
    return _with(
        "E3", found, vintage, (f"among all single countries Russia is China's partner number {place} in {year}", None)
    )


@claims.test("E4")
def russian_surplus(vintage):
    """E4: Russia's balance with China, USD bn, by each reporter: 2018 as known then, 2019 since."""
    year, both = (2018 if vintage == "then" else 2019), mirror_trade("RUS", "CHN", vintage)
    russia, china, fob, cif = (
        in_year(both, year, column) for column in ("own_balance", "mirror_balance", "fob_balance", "cif_balance")
    )
    reason = f"For {year} China's books give Russia a balance of {china:+.1f} billion dollars, Russia's own books {russia:+.1f} billion."
    found = Finding(None, reason, year, ["economic/trade"], reporters={"CHN": china, "RUS": russia})
    beside = (
        (f"exports of both (FOB against FOB): {fob:+.1f} billion", fob),
        (f"imports of both (CIF against CIF): {cif:+.1f} billion", cif),
    )
    return _with("E4", found, vintage, *beside)


@claims.test("E5")
def oil_growth(vintage):
    """E5: crude oil from Russia to China, growth in percent a year from 2017 to 2018 (since: to 2019)."""
    year, rows = (
        (2018 if vintage == "then" else 2019),
        imports_by_origin("crude oil", vintage).query("origin == 'Russia'"),
    )
    start, end, last = in_year(rows, 2017, "quantity"), in_year(rows, year, "quantity"), int(rows["year"].max())
    rate = growth(start, end, year - 2017)
    reason = f"Crude from Russia went from {start:.1f} Mt in 2017 to {end:.1f} Mt in {year}: {rate:+.1f} % a year."
    found = Finding(rate, reason, year, ["economic/energy_imports"])
    shares = f"Russia's share of all crude: {in_year(rows, 2017, 'share'):.1f} % in 2017, {in_year(rows, year, 'share'):.1f} % in {year}"
    later = growth(start, in_year(rows, last, "quantity"), last - 2017)
    return _with(
        "E5", found, vintage, (shares, None), *[(f"to {last} it is {later:+.1f} % a year", later)] * (last > year)
    )


@claims.test("E6")
def gas_share(vintage):
    """E6: Russia's share of China's gas imports, percent: 2018 as known then, 2019 since."""
    year, rows = (2018 if vintage == "then" else 2019), imports_by_origin("gas", vintage).query("origin == 'Russia'")
    share, volume, last = in_year(rows, year, "share"), in_year(rows, year, "quantity"), int(rows["year"].max())
    found = Finding(
        share,
        f"In {year} Russia sent China {volume:.1f} bcm of gas, {share:.1f} % of what China imported.",
        year,
        ["economic/energy_imports"],
    )
    later = in_year(rows, last, "share")
    return _with("E6", found, vintage, *[(f"in {last} the share is {later:.1f} %", later)] * (last > year))


@claims.test("E7")
def coal_fall(vintage):
    """E7: China's coal against its peak before, percent below: the 2019 edition to 2018 as known then, the latest edition since."""
    rows = coal_use("CHN", vintage)
    known = coal_known_in_2019() if vintage == "then" else rows
    last, peak = known.iloc[-1], known.loc[known["coal_ej"].iloc[:-1].idxmax()]
    fall, year, today = below_peak(known), int(last["year"]), below_peak(rows)
    below = f"{fall:.1f} % below that peak" if fall > 0 else "no lower than the peak before"
    reason = f"China burnt {last['coal_ej']:.1f} EJ of coal in {year}, against {peak['coal_ej']:.1f} EJ in {int(peak['year'])}: {below}."
    found = Finding(fall, reason, year, ["economic/coal_editions", "economic/energy_use"])
    top = rows["share"].max()
    share = f"coal's share of China's energy was {in_year(rows, year, 'share'):.0f} % in {year}, after {top:.0f} % at its highest: a share is not a level"
    return _with(
        "E7",
        found,
        vintage,
        (share, None),
        *[(f"today's figures for the time: {today:.1f} % below the peak", today)] * (vintage == "then"),
    )


@claims.test("E8")
def us_energy_fall(vintage):
    """E8: fall of US energy exports to China, percent: twelve months to June 2019 against the twelve before (since: 2019 against 2018)."""
    end, start = ("2019-06", "2018-06") if vintage == "then" else ("2019-12", "2018-12")
    after, before = twelve_months_to(end, vintage), twelve_months_to(start, vintage)
    fall = -growth(before, after)
    words = [pd.Period(month).strftime("%B %Y") for month in (start, end)]
    spans = f"from {before:.1f} billion dollars in the year to {words[0]} to {after:.1f} in the year to {words[1]}"
    reason = f"US energy exports to China fell by {fall:.0f} %, {spans}."
    found = Finding(fall, reason, end, ["economic/us_energy_exports"])
    if vintage == "then":
        return found
    later = twelve_months_to("2020-12", vintage)
    return _with(
        "E8", found, vintage, (f"in 2020, after the phase-one deal, {later:.1f} billion", -growth(before, later))
    )


@claims.test("E9")
def ally_energy_fall(vintage):
    """E9: fall of China's LNG imports from Australia, percent: 2018 against 2017 (since: 2019 against 2018)."""
    year = 2018 if vintage == "then" else 2019
    gas, crude = imports_by_origin("LNG", vintage), imports_by_origin("crude oil", vintage)
    before, after = (from_origin("LNG", "Australia", at, vintage=vintage) for at in (year - 1, year))
    others = gas[gas["us_pact"].ne("") & gas["origin"].ne("Australia")].groupby("year")["quantity"].sum()
    saudi = [in_year(crude.query("origin == 'Saudi Arabia'"), at, "quantity") for at in (year - 1, year)]
    reason = f"LNG from Australia went from {before:.1f} bcm in {year - 1} to {after:.1f} bcm in {year}."
    allies = f"LNG from other origins with a US defence pact: {others[year - 1]:.1f} to {others[year]:.1f} bcm"
    beside = (
        (allies, -growth(others[year - 1], others[year])),
        (f"Saudi crude (no pact with the USA): {saudi[0]:.1f} to {saudi[1]:.1f} Mt", -growth(*saudi)),
    )
    return _with("E9", Finding(-growth(before, after), reason, year, ["economic/energy_imports"]), vintage, *beside)


@claims.test("E10")
def union_difference(vintage):
    """E10: what the four other members add to Russia's trade with China in 2018, percent, by both sides."""
    added = added_by_union(2018, vintage)
    reason = f"In 2018 the four others add {added['CHN']:.1f} % to Russia's trade with China by China's books, {added['EAEU4']:.1f} % by their own."
    return Finding(None, reason, 2018, ["economic/trade", "economic/trade_groups"], reporters=added)


@claims.test("F3")
def turn_to_china(vintage):
    """F3: Russia's trade 2013 to 2018, in points: the smaller of China's gain and the EU28's loss in share. One reporter: Russia."""
    china, europe = share_of_trade("RUS", "CHN", vintage), share_of_trade("RUS", "EU28", vintage)
    gain, loss = (
        in_year(china, 2018, "share") - in_year(china, 2013, "share"),
        in_year(europe, 2013, "share") - in_year(europe, 2018, "share"),
    )
    reason = f"By Russia's own books, from 2013 to 2018 China's share of its trade grew by {gain:.1f} points and the EU's (28) shrank by {loss:.1f}."
    older = (
        in_year(china, 2013, "share") - in_year(china, 2008, "share"),
        in_year(europe, 2008, "share") - in_year(europe, 2013, "share"),
    )
    found = Finding(min(gain, loss), reason, 2018, ["economic/trade", "economic/trade_groups"])
    votes = (
        evidence.table("geopolitical/agreement", vintage)
        .query("actor_b == 'USA' and year in (2013, 2018)")
        .set_index(["actor_a", "year"])["kappa"]
    )
    seen = "; ".join(
        f"{actors.name(code)} {votes[code, 2013]:.2f} to {votes[code, 2018]:.2f}" for code in ("CHN", "RUS")
    )
    before = f"in the five years before, 2008 to 2013, China's share had grown by {older[0]:.1f} points and the EU's shrunk by {older[1]:.1f}"
    return _with(
        "F3",
        found,
        vintage,
        (before, None),
        (f"agreement with the USA in the General Assembly (kappa), 2013 to 2018: {seen}", None),
    )


# Pictures


def _wide(frame, columns, values, digits=1):
    """A table of years, one named column for each actor or origin."""
    names = {code: actors.name(_actor(code)) for code in frame[columns].unique() if _actor(code) in (*actors.ALL, "EU")}
    return (
        frame.pivot(index="year", columns=columns, values=values)
        .rename(columns=names)
        .rename_axis(columns=None)
        .round(digits)
        .reset_index()
    )


def _actor(code):
    return "EU" if code.startswith("EU") else code


def _ends(code, rows, column):
    """An actor's two labels for the end of its line, with the last figure: the latest there is, and the one of 2018."""
    last = [in_year(rows, year, column) for year in (rows["year"].max(), pictures.THEN)]
    return tuple(f"{actors.name(code)} {figure:,.0f}" for figure in last)


def _told(frame, column, years, unit="", digits=0):
    """One line in words, split where August 2019 lies: "685 in 2018" and what came after."""
    words = [
        (year, f"{in_year(frame, year, column):,.{digits}f}{unit} in {year}")
        for year in years
        if frame.loc[frame["year"].eq(year), column].notna().any()
    ]
    return ", ".join(word for year, word in words if year <= pictures.THEN), ", ".join(
        word for year, word in words if year > pictures.THEN
    )


def _sentences(who, name, told):
    early, late = told
    return [(who, f"{name}: {early}.")] * bool(early) + [((*who, "since"), f"{name} since: {late}.")] * bool(late)


@pictures.drawing
def partners_picture(partners=NAMED):
    """China's goods trade with its partners since 2000, USD bn, as China reports it: a line each, Russia heavy. Raises UnknownActor, NoTrade."""
    frame = trade_with("CHN", partners).query("year >= 2000")
    figure, ax = pictures.canvas(height=4.4, right=1.5)
    labels, sentences, now = [], [], {}
    for code in partners:
        who, rows = _actor(code), frame.query("partner == @code")
        now[code] = in_year(rows, 2018)
        pictures.line(ax, rows, "year", "total", who, code == "RUS", labels, _ends(who, rows, "total"), ("CHN",))
        sentences += _sentences((who, "CHN"), actors.name(who), _told(rows, "total", (2000, 2018, 2020)))
    ax.set_ylim(0, frame["total"].max() * 1.08)
    pictures.year_axis(ax, 2000, 2020)
    pictures.article_line(ax)
    pictures.label_ends(ax, labels)
    most = max(now, key=now.get)
    title = "China's trade by partner"
    if "RUS" in now:
        title = (
            f"In 2018 China traded {now[most] / now['RUS']:.1f} times as much with {trade.party(most)} as with Russia"
        )
    return pictures.Picture(
        "trade-partners",
        "economic",
        title,
        "China's exports + imports, as China reports them, USD bn, current, 2000-2020",
        figure,
        "Line chart of China's goods trade by partner, in billions of dollars.",
        sentences,
        _wide(frame, "partner", "total"),
        evidence.source("economic/trade", "economic/trade_groups"),
        (),
        "why: the price of oil moves Russia's line, and goods that pass through Hong Kong are in nobody's line here.",
    )


@pictures.drawing
def ranks_picture(year=2018, reporter="CHN", top=20):
    """The largest trade partners of China or Russia in one year, USD bn: a bar each, the other of the two heavy. Raises as `ranks`."""
    import seaborn as sns

    frame, other = ranks(reporter, year).head(top), "RUS" if reporter == "CHN" else "CHN"
    place = ranks(reporter, year).set_index("partner")["rank"][other]
    colours = [
        actors.colour(code) if code == other else "#8FA3AD" if code in actors.ALL else "#D5D8DB"
        for code in frame["partner"]
    ]
    figure, ax = pictures.canvas(height=4.9, left=1.35, right=0.6, bottom=0.15)
    sns.barplot(
        frame, x="total", y="name", hue="name", palette=colours, legend=False, errorbar=None, saturation=1, ax=ax
    )
    for bar, label, row in zip(ax.patches, ax.get_yticklabels(), frame.itertuples(), strict=True):
        who = [code for code in (row.partner, reporter) if code in actors.ALL]
        pictures.tag(bar, *who)
        note = ax.text(
            row.total,
            row.rank - 1,
            f" {row.total:,.0f}",
            va="center",
            fontsize=9,
            fontweight="bold" if row.partner == other else "normal",
        )
        pictures.tag(note, *who)
        label.set_fontweight("bold" if row.partner == other else "normal")
    ax.grid(axis="y", visible=False)
    ax.set(xlabel="", ylabel="", xticks=[])
    return pictures.Picture(
        f"trade-ranks-{reporter.lower()}",
        "economic",
        f"In {year} {actors.name(other)} was {actors.name(reporter)}'s trade partner number {place}",
        f"Exports + imports as {actors.name(reporter)} reports them, USD bn, {year}; EU members singly; dark bars are actors of this package",
        figure,
        f"Bar chart of the {len(frame)} largest trade partners of {actors.name(reporter)} in {year}, in billions of dollars.",
        [
            (
                [code for code in (row.partner, reporter) if code in actors.ALL],
                f"{row.rank}. {row.name}: {row.total:,.0f}.",
            )
            for row in frame.itertuples()
        ],
        frame.round(1),
        evidence.source("economic/partners"),
        (),
        "what the EU is as one partner: its members stand here one by one.",
    )


BOOKS = {
    "own_total": "Russia's books",
    "mirror_total": "China's books",
    "own_balance": "Russia's books",
    "mirror_balance": "China's books",
    "fob_balance": "both FOB",
    "cif_balance": "both CIF",
    "gap": "China's less Russia's",
}


def _two_books(ax, frame, own, mirror, words, limits):
    """Two reporters of one trade as two lines, the gap between them shaded."""
    labels = []
    for column, code, other in ((own, "RUS", "CHN"), (mirror, "CHN", "RUS")):
        pictures.line(ax, frame, "year", column, code, True, labels, (f"{actors.name(code)}'s books",) * 2, (other,))
    for part, late in ((frame.query("year <= 2018"), False), (frame.query("year >= 2018"), True)):
        gap = ax.fill_between(
            part["year"], part[own], part[mirror], color="#C9CCD1", alpha=0.3 if late else 0.6, linewidth=0, zorder=2
        )
        pictures.tag(gap, "CHN", "RUS", since=late)
    pictures.year_axis(ax, frame["year"].min(), frame["year"].max())
    ax.set_ylim(*limits)
    pictures.article_line(ax)
    pictures.label_ends(ax, labels, gap=13)
    told = {
        code: _told(frame, column, (2000, 2010, 2018, 2019, 2020), digits=1)
        for column, code in ((own, "RUS"), (mirror, "CHN"))
    }
    return [
        item
        for code, lines in told.items()
        for item in _sentences(("CHN", "RUS"), f"{actors.name(code)}'s books, {words}", lines)
    ]


def _claimed(ax, year, value, text, dx=-4.5, dy=0.0):
    """The article's figure as a diamond with its words beside it."""
    ax.plot([year], [value], "D", color=pictures.INK, markersize=6, zorder=6)
    leader = {"arrowstyle": "-", "color": pictures.QUIET, "linewidth": 0.8, "shrinkB": 4}
    ax.annotate(text, (year, value), (year + dx, value + dy), fontsize=9, va="center", ha="right", arrowprops=leader)


def _bars(ax, places, heights, floors, late, who, width, colour):
    """Bars as one mark for what was known in August 2019 and one, lighter, for what came after."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    half = width / 2
    for since in (False, True):
        chosen = [
            bar
            for bar in zip(places[late == since], heights[late == since], floors[late == since], strict=True)
            if abs(bar[1]) > 0
        ]
        boxes = [
            Path([(x - half, y), (x - half, y + high), (x + half, y + high), (x + half, y), (x, y)], closed=True)
            for x, high, y in chosen
        ]
        if boxes:
            patch = PathPatch(
                Path.make_compound_path(*boxes),
                facecolor=colour,
                edgecolor="white",
                linewidth=0.6,
                alpha=0.55 if since else 1,
            )
            pictures.tag(ax.add_patch(patch), *who, since=since)
    ax.autoscale_view()


def _dots(ax, rows, column, years, who, digits=1):
    """Dots on a line with their values, in the colour of the first actor."""
    for year in years:
        value, colour = in_year(rows, year, column), actors.colour(who[0])
        pictures.tag(ax.plot([year], [value], "o", color=colour, markersize=5, zorder=6)[0], *who)
        look = {"textcoords": "offset points", "ha": "center", "color": colour, "fontsize": 9, "fontweight": "bold"}
        note = ax.annotate(f"{value:.{digits}f}", (year, value), (0, 6), **look)
        pictures.tag(note, *who)


@pictures.drawing
def mirror_picture():
    """Trade between Russia and China since 1994, USD bn, by both reporters, the gap shaded, and the article's "just under" 100."""
    frame = mirror_trade("RUS", "CHN").query("year >= 1994")
    figure, (ax, below) = pictures.canvas(height=4.6, rows=2, sharex=True, height_ratios=[2.6, 1], bottom=0.35)
    sentences = _two_books(ax, frame, "own_total", "mirror_total", "trade", (0, 125))
    _claimed(ax, 2018, 100, "article: just under 100")
    for code, part in (("CHN", frame.query("gap > 0")), ("RUS", frame.query("gap < 0"))):
        _bars(
            below,
            part["year"],
            part["gap"],
            0 * part["gap"],
            part["year"].gt(pictures.THEN),
            ("CHN", "RUS"),
            0.7,
            actors.colour(code),
        )
    below.axhline(0, color="#777777", linewidth=1)
    below.set_title("China's figure less Russia's", loc="left", fontsize=9.5, color=pictures.QUIET)
    pictures.year_axis(below, 1993.4, 2020.6)
    both = [in_year(frame, 2018, column) for column in ("own_total", "mirror_total")]
    wide = frame.loc[frame["gap"].abs().idxmax()]
    gap = f"The widest gap was {abs(wide['gap']):.1f} in {wide['year']:.0f}, {'China' if wide['gap'] > 0 else 'Russia'}'s figure the larger."
    return pictures.Picture(
        "trade-mirror",
        "economic",
        f"In 2018 Russia's books say {both[0]:.0f} billion, China's {both[1]:.0f}",
        "Goods trade between Russia and China (exports + imports), USD bn, current, by reporter, 1994-2020; imports CIF, exports FOB",
        figure,
        "Two lines for one trade, Russia's books and China's, in billions of dollars, the gap between them shaded and drawn as bars below;"
        " a diamond marks the article's just under 100.",
        [*sentences, (("CHN", "RUS"), gap)],
        frame[["year", "own_total", "mirror_total", "gap"]].rename(columns=BOOKS).round(1),
        evidence.source("economic/trade"),
        cannot="which of the two is right: each counts at its own border, in its own way.",
    )


@pictures.drawing
def balance_picture():
    """Russia's balance in trade with China since 1998, USD bn, by both reporters, the gap shaded, and the article's "about 9" for 2019."""
    frame = mirror_trade("RUS", "CHN").query("year >= 1998")
    figure, ax = pictures.canvas()
    sentences = _two_books(ax, frame, "own_balance", "mirror_balance", "Russia's balance", (-21, 14))
    ax.axhline(0, color="#777777", linewidth=1, zorder=2)
    _claimed(ax, 2019, 9, "article: about 9", dx=-3.2, dy=-0.5)
    for column, code in (("own_balance", "RUS"), ("mirror_balance", "CHN")):
        pictures.tag(
            ax.plot([2018], [in_year(frame, 2018, column)], "o", color=actors.colour(code), zorder=5)[0], "CHN", "RUS"
        )
        pictures.tag(
            ax.plot([2019], [in_year(frame, 2019, column)], "o", color=actors.colour(code), zorder=5)[0],
            "CHN",
            "RUS",
            since=True,
        )
    apart = abs(in_year(frame, 2018, "own_balance") - in_year(frame, 2018, "mirror_balance"))
    return pictures.Picture(
        "trade-balance",
        "economic",
        f"One trade, two balances: {apart:.1f} billion apart in 2018",
        "Russia's surplus (above 0) or deficit in goods trade with China, USD bn, current, by reporter; dots: 2018 and 2019",
        figure,
        "Two lines for one balance, Russia's with China, by Russia's books and by China's, in billions of dollars;"
        " a diamond marks the article's about 9 for 2019.",
        sentences,
        frame[["year", "own_balance", "mirror_balance", "fob_balance", "cif_balance"]].rename(columns=BOOKS).round(1),
        evidence.source("economic/trade"),
        cannot="a true balance: none of the four ways to count it is the real one.",
    )


ORIGINS = {
    "crude oil": ("Russia", "Saudi Arabia", "Iraq", "West Africa", "United States"),
    "gas": ("Turkmenistan", "Australia", "Russia", "Qatar", "United States"),
}


@pictures.drawing
def origins_picture(origins=None):
    """China's crude (Mt) and gas (bcm) imports by origin, 2017-2025: two panels, Russia heavy; 2022 and 2024 are missing and left open."""
    figure, axes = pictures.canvas(height=5.4, rows=2, sharex=True, right=1.5, bottom=0.35, top=0.3)
    sentences, tables = [], []
    for ax, (fuel, names) in zip(axes, (origins or ORIGINS).items(), strict=True):
        labels, frame = [], imports_by_origin(fuel).query("origin in @names")
        for name in names:
            rows = frame.query("origin == @name")
            sentences += _origin(
                ax, rows, [code for code in (rows["actor"].iloc[0], "CHN") if code], labels, f"{name}, {fuel}"
            )
        ax.set_ylim(-0.03 * frame["quantity"].max())
        ax.set_title(
            {"crude oil": "Crude oil, million tonnes", "gas": "Gas, pipeline and LNG, bcm"}[fuel],
            loc="left",
            fontsize=9.5,
            fontweight="bold",
        )
        pictures.year_axis(ax, 2016.8, 2025.15, step=1)
        pictures.article_line(ax, text="article" if fuel == "gas" else "")
        pictures.label_ends(ax, labels, gap=12)
        tables.append(frame.assign(origin=frame["origin"] + f", {fuel}"))
    crude, gas = (from_origin(fuel, "Russia", 2018, "share") for fuel in ("crude oil", "gas"))
    return pictures.Picture(
        "energy-origins",
        "economic",
        f"In 2018 Russia sent {crude:.0f} % of China's crude oil, but {gas:.0f} % of its gas",
        "China's imports by origin, 2017-2025; no line where the years 2022 and 2024 are missing",
        figure,
        "Two panels of lines: China's imports of crude oil in million tonnes, and of gas in billion cubic metres, by origin.",
        sentences,
        _wide(pd.concat(tables), "origin", "quantity"),
        evidence.source("economic/energy_imports"),
        cannot="Iran's crude, which hides in the source's Other Middle East, and what was paid.",
    )


def _origin(ax, rows, who, labels, name):
    """One origin's line, broken where a year is missing; a single year stands as a dot."""
    actor = who[0] if len(who) == 2 else None
    look = {
        "color": actors.colour(actor) if actor else pictures.QUIET,
        "linewidth": 3 if actor == "RUS" else 1.6,
        "zorder": 5 if actor == "RUS" else 3,
    }
    look |= {"marker": actors.marker(actor), "markersize": 5} if actor else {"marker": ".", "markersize": 8}
    late = rows.set_index("year")["quantity"].reindex(range(2018, rows["year"].max() + 1))
    pictures.tag(ax.plot("year", "quantity", data=rows.query("year <= 2018"), **look)[0], *who)
    pictures.tag(ax.plot(late.index, late, **look, alpha=0.55)[0], *who, since=True)
    ends = rows.set_index("year")["quantity"].loc[[rows["year"].max(), 2018]]
    words = tuple(f"{name.split(',')[0]} {value:.{0 if value >= 10 else 1}f}" for value in ends)
    labels.append((tuple(who), tuple(ends.index), tuple(ends), words, look["color"], actor == "RUS"))
    if actor == "RUS":
        _dots(ax, rows, "quantity", (2018,), who)
    return _sentences(tuple(who), name, _told(rows, "quantity", (2017, 2018, 2019, 2025), digits=1))


@pictures.drawing
def trade_war_picture():
    """The trade war by month, 2017-2020, two panels: average tariffs of both sides (percent), and US energy exports to China (USD bn)."""
    figure, (ax, below) = pictures.canvas(height=5.2, rows=2, sharex=True, height_ratios=[1, 1.5], bottom=0.35, top=0.3)
    sentences = []
    panels = (
        (ax, _tariffs, "Average tariff on the other side's goods, percent"),
        (below, _shipments, "US exports of energy to China, USD bn a month"),
    )
    for panel, draw, title in panels:
        labels, told = draw(panel)
        panel.set_title(title, loc="left", fontsize=9.5, fontweight="bold")
        panel.set_ylim(0, panel.get_ylim()[1] * 1.05)
        pictures.year_axis(panel, 2017, 2021, step=1)
        pictures.article_line(panel, text="article" if panel is ax else "")
        pictures.label_ends(panel, labels, gap=12)
        sentences += told
    fall = claims.find("E8", "then").value
    return pictures.Picture(
        "trade-war",
        "economic",
        f"In the year to June 2019 US energy exports to China fell by {fall:.0f} %",
        "Upper panel: read the change, not the level (it is too high before the war); lower panel: crude oil, LNG, propane and coal, value",
        figure,
        "Two panels by month: average tariffs of the USA on China and of China on the USA, and below them US exports of energy to China.",
        sentences,
        us_energy_exports().query("month >= '2017-01' and month <= '2020-12'").round(2),
        evidence.source("economic/tariffs", "economic/us_energy_exports"),
        cannot="what drove the fall: duties, prices, politics, or ships sent elsewhere. China laid no duty on US crude in all the months to August 2019.",
    )


def _months(column):
    """Months as places on an axis of years: the middle of each."""
    return column.str[:4].astype(int) + (column.str[5:7].astype(int) - 0.5) / 12


def _tariffs(ax):
    frame, labels, sentences = evidence.table("economic/tariffs").query("month >= '2017-01'"), [], []
    for code, other in (("USA", "CHN"), ("CHN", "USA")):
        rows = frame.query("reporter == @code")
        for part, late in ((rows.query("month <= '2019-06'"), False), (rows.query("month >= '2019-06'"), True)):
            look = {
                "color": actors.colour(code),
                "linewidth": 2.2,
                "drawstyle": "steps-mid",
                "alpha": 0.55 if late else 1,
            }
            pictures.tag(ax.plot(_months(part["month"]), part["tariff_pct"], **look)[0], "CHN", "USA", since=late)
        before, after = (
            float(rows.loc[rows["month"].eq(month), "tariff_pct"].iloc[0]) for month in ("2018-06", "2019-06")
        )
        labels.append(
            (("CHN", "USA"), 2020.3, rows["tariff_pct"].iloc[-1], actors.name(code), actors.colour(code), True)
        )
        sentences.append(
            (
                ("CHN", "USA"),
                f"{actors.name(code)} on {actors.name(other)}: {before:.1f} % in June 2018, {after:.1f} % in June 2019.",
            )
        )
    return labels, sentences


def _shipments(ax):
    frame, labels = us_energy_exports().query("month >= '2017-01' and month <= '2020-12'"), []
    floor, at, late = 0 * frame["total"], _months(frame["month"]), frame["month"].gt("2019-06")
    for product, colour in zip(PRODUCTS, ("#3C4650", "#C77700", "#3E8F8C", "#A9A9A9"), strict=True):
        _bars(ax, at, frame[product], floor, late, ("CHN", "USA"), 0.075, colour)
        floor = floor + frame[product]
        labels.append((("CHN", "USA"), 2020.96, floor.iloc[-1] - frame[product].iloc[-1] / 2, product, colour, True))
    told = [
        (pd.Period(end).strftime("%B %Y"), twelve_months_to(end), ["since"] * (end > "2019-06"))
        for end in ("2018-06", "2019-06", "2020-12")
    ]
    return labels, [
        (("CHN", "USA", *when), f"US energy exports in the twelve months to {end}: {value:.1f} billion dollars.")
        for end, value, when in told
    ]


@pictures.drawing
def coal_picture(burners=("CHN", "IND", "USA", "RUS", "JPN")):
    """Coal since 1992, two panels: the level (EJ) and the share of energy (percent), a line an actor, China heavy."""
    figure, axes = pictures.canvas(height=5.2, rows=2, sharex=True, bottom=0.35, top=0.3)
    frame = pd.concat([coal_use(code).assign(actor=code) for code in burners], ignore_index=True)
    for ax, column, title in zip(
        axes,
        ("coal_ej", "share"),
        ("Level: coal burnt, exajoules", "Share: coal in total energy supply, percent"),
        strict=True,
    ):
        labels = []
        for code in burners:
            rows = frame.query("actor == @code")
            pictures.line(ax, rows, "year", column, code, code == "CHN", labels, _ends(code, rows, column))
        ax.set_title(title, loc="left", fontsize=9.5, fontweight="bold")
        ax.set_ylim(0, 105 if column == "coal_ej" else 90)
        pictures.year_axis(ax, 1992, 2025.2)
        pictures.article_line(ax, text="article" if column == "share" else "")
        pictures.label_ends(ax, labels, gap=12)
        _dots(ax, coal_use("CHN"), column, (2013, 2018), ("CHN",))
    known = coal_known_in_2019()
    hollow = {"markerfacecolor": "white", "markeredgecolor": actors.colour("CHN"), "markersize": 5, "zorder": 7}
    pictures.tag(axes[0].plot(known["year"], known["coal_ej"], "D", **hollow)[0], "CHN")
    share = coal_use("CHN").set_index("year")["share"]
    lines = [
        (code, words, _told(frame.query("actor == @code"), *told))
        for words, *told in (
            ("coal burnt (EJ)", "coal_ej", (2013, 2018, 2025), "", 1),
            ("share of energy", "share", (2013, 2018, 2025), " %", 1),
        )
        for code in burners
    ]
    told = [item for code, words, line in lines for item in _sentences((code,), f"{actors.name(code)}, {words}", line)]
    fall = share[2013] - share[2018], below_peak(coal_use("CHN", "then"))
    return pictures.Picture(
        "coal",
        "economic",
        f"Coal's share of China's energy fell by {fall[0]:.0f} points from 2013 to 2018, its coal by {fall[1]:.0f} %",
        "Coal since 1992, edition of 2026; hollow diamonds: China as the edition of 2019 had it",
        figure,
        "Two panels of lines: coal burnt in exajoules, and coal's share of total energy supply in percent.",
        told,
        _wide(frame, "actor", "coal_ej").merge(_wide(frame, "actor", "share"), on="year", suffixes=(", EJ", ", %")),
        evidence.source("economic/energy_use", "economic/coal_editions"),
        (),
        "why coal fell or rose, and whose air it was burnt in.",
    )


@pictures.drawing
def union_picture():
    """China's trade with the five of the Eurasian Economic Union since 2000, USD bn, the four others stacked onto Russia: two panels, two books."""
    figure, axes = pictures.canvas(height=5.2, rows=2, sharex=True, sharey=True, bottom=0.35, top=0.3)
    sentences, tables = [], []
    for ax, side, title in zip(
        axes, ("China", "their own"), ("By China's books", "By the books of the five"), strict=True
    ):
        pairs = [("CHN", code) if side == "China" else (code, "CHN") for code in UNION]
        frame = pd.concat(
            [goods_trade(*pair).assign(member=code) for pair, code in zip(pairs, UNION, strict=True)]
        ).query("year >= 2000")
        wide = frame.pivot(index="year", columns="member", values="total")[UNION]
        _stack(ax, wide)
        ax.set_title(title, loc="left", fontsize=9.5, fontweight="bold")
        _claimed(ax, 2018, 120, "article: about 120", dy=24)
        sentences += [
            (("CHN", code), f"{title}, {actors.name(code)}: {wide.loc[2018, code]:.1f} in 2018.") for code in UNION
        ]
        tables.append(_wide(frame, "member", "total"))
    axes[0].set_ylim(0, 155)
    added = added_by_union(2018)
    return pictures.Picture(
        "union",
        "economic",
        f"In 2018 the four others add {added['EAEU4']:.0f} to {added['CHN']:.0f} % to Russia's trade with China",
        "Goods trade of China with each member of today's Eurasian Economic Union, USD bn, current, 2000-2020 (the union began in 2015)",
        figure,
        "Two panels of stacked bars by year: China's trade with Russia, and on top of it that with Kazakhstan, Kyrgyzstan, Belarus and Armenia,"
        " in billions of dollars; a diamond marks the article's about 120.",
        sentences,
        tables[0].merge(tables[1], on="year", suffixes=(", China's books", ", own books")),
        evidence.source("economic/trade"),
        (),
        "what the union does: Kazakhstan's trade with China was larger in 2013, before the union began, than in 2018.",
    )


def _stack(ax, wide):
    """Bars of one year each, members stacked in order, lighter after 2018; their labels at the right."""
    tops, labels = wide.cumsum(axis=1), []
    years, last = wide.index.to_series(), wide.index.max()
    for code in UNION:
        _bars(
            ax,
            years,
            wide[code],
            tops[code] - wide[code],
            years.gt(pictures.THEN),
            ("CHN", code),
            0.8,
            actors.colour(code),
        )
        middle = tuple(tops.loc[year, code] - wide.loc[year, code] / 2 for year in (last, 2018))
        words = tuple(f"{actors.name(code)} {wide.loc[year, code]:.1f}" for year in (last, 2018))
        labels.append((("CHN", code), (last + 0.4, 2018.4), middle, words, actors.colour(code), code == "RUS"))
    pictures.year_axis(ax, 1999.4, 2020.6)
    pictures.article_line(ax, text="")
    pictures.label_ends(ax, labels, gap=12)


TURN = ("CHN", "EU28", "USA", "UKR", "BLR", "KAZ", "JPN")


@pictures.drawing
def turn_picture(partners=TURN):
    """Partners' shares of Russia's goods trade, 1994-2024, percent: China and the EU heavy; from 2022 estimated from partners, hollow."""
    figure, ax = pictures.canvas(height=4.3, right=1.5)
    labels, sentences, tables = [], [], []
    for code in partners:
        rows, who = (
            pd.concat(
                [share_of_trade("RUS", code).query("year >= 1994"), russia_to_2024(code).query("year > 2020")],
                ignore_index=True,
            ),
            _actor(code),
        )
        lead = code in ("CHN", "EU28")
        pictures.line(
            ax,
            rows,
            "year",
            "share",
            who,
            lead,
            labels,
            _ends(who, rows, "share"),
            ("RUS",),
            linestyle="solid" if lead else actors.dash(who),
        )
        late = rows.query("mirror == True")
        hollow = {"markerfacecolor": "white", "markeredgecolor": actors.colour(who), "markersize": 5, "zorder": 5}
        pictures.tag(ax.plot(late["year"], late["share"], "o", **hollow)[0], who, "RUS", since=True)
        sentences += _sentences(
            (who, "RUS"), actors.name(who), _told(rows, "share", (2008, 2013, 2018, 2021, 2024), " %", 1)
        )
        tables.append(rows.assign(partner=who))
        if lead:
            _dots(ax, rows, "share", (2013, 2018), (who, "RUS"))
    ax.set_ylim(0, 62)
    pictures.year_axis(ax, 1994, 2024.3)
    pictures.article_line(ax)
    pictures.label_ends(ax, labels)
    value = claims.find("F3", "then").value
    return pictures.Picture(
        "russia-turn",
        "economic",
        f"From 2013 to 2018 Russia's trade moved from the EU to China, by {value:.0f} points or more",
        "Share in Russia's goods trade, percent, as Russia reports it; EU with 28 members throughout; hollow: the IMF's estimates from partners",
        figure,
        "Line chart of partners' shares in Russia's goods trade, in percent.",
        sentences,
        _wide(pd.concat(tables), "partner", "share"),
        evidence.source("economic/trade", "economic/trade_russia"),
        (),
        "why trade moved: sanctions, the price of oil and China's growth all came at once.",
    )
