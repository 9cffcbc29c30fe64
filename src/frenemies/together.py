"""China and Russia then and now: closer, further apart, or merely more dependent? One page of measures that other rooms hold."""

import pandas as pd

from frenemies import arms, evidence, pictures, ties, trade
from frenemies.pictures import INK, THEN

FIRST = 2014  # the year of Crimea and the first sanctions: what came before them
PAIR = ("CHN", "RUS")
TABLES = [
    "economic/trade",
    "economic/trade_russia",
    "geopolitical/agreement",
    "geopolitical/pledges",
    "military/arms_transfers",
    "military/exercises",
]
SHARES = {
    ("trade", "RUS"): "of Russia's trade\nis with China", ("trade", "CHN"): "of China's trade\nis with Russia",
    ("arms", "CHN"): "of China's arms\nimports are Russian", ("arms", "RUS"): "of Russia's arms\nexports go to China",
}  # fmt: skip
MEASURES = {
    "trade": "Trade, USD bn (Russia's books)",
    "votes": "Agreement in the UN beyond chance (kappa)",
    "arms": "Russia's share of China's arms, five years to then (%)",
    "pledges": "Pledges in force (none of them defence)",
    "exercises": "Joint exercises in the year",
}


def russian_trade():
    """Russia's trade with China in Russia's books. Columns: year, total (USD bn), mirror (True: estimated from partners' books).

    To 2015 from economic/trade, from 2016 on from the newer economic/trade_russia.
    """
    old = trade.goods_trade("RUS", "CHN").assign(mirror=lambda rows: rows.second_hand)
    rows = evidence.table("economic/trade_russia").query("partner == 'CHN'").groupby("year", as_index=False)
    rows = rows.agg(total=("value_usd", "sum"), mirror=("mirror", "any"))
    new = rows.assign(total=rows.total / 1e9)
    return pd.concat([old[old.year < new.year.min()], new], ignore_index=True)[["year", "total", "mirror"]]


def pledged(year):
    """Kinds of pledge that China and Russia had given each other in a year, as a list of words. Source: geopolitical/pledges."""
    known = evidence.table("geopolitical/pledges").query("actor_a == 'CHN' and actor_b == 'RUS'")
    return sorted(known[known.start_year.le(year) & ~known.end_year.lt(year)].pledge)


def exercises_held():
    """Joint exercises held by year. Columns: year, held. Source: military/exercises.

    It ends in 2019: after that the list is a selection, and no count may be drawn from it.
    """
    held = evidence.table("military/exercises").query("status == 'held'").drop_duplicates("exercise")
    years = held.date.str[:4].astype(int)
    return years[years <= 2019].value_counts().sort_index().rename_axis("year").rename("held").reset_index()


def then_and_now():
    """The pair in 2014, in 2018 and in the latest year known, measure by measure.

    Columns: measure, unit, before (2014), then (2018), latest, latest_year. Sources: see TABLES.
    """
    votes, last = ties.agreement(*PAIR).set_index("year").kappa, int(evidence.table("military/arms_totals").year.max())
    series = {
        "trade": russian_trade().set_index("year").total,
        "votes": votes,
        "arms": pd.Series({year: 100 * arms.share_of_arms_imports("CHN", "RUS", year) for year in (FIRST, THEN, last)}),
        "pledges": pd.Series({year: len(pledged(year)) for year in (FIRST, THEN, int(votes.index.max()))}),
        "exercises": exercises_held().set_index("year").held,
    }
    rows = [
        (name, MEASURES[name], line[FIRST], line[THEN], line.iloc[-1], line.index[-1]) for name, line in series.items()
    ]
    return pd.DataFrame(rows, columns=["measure", "unit", "before", "then", "latest", "latest_year"])


def closer():
    """Which measures rose, fell or stood still from 2014 to 2018 and from there to the latest year, in a sentence."""
    found = then_and_now()
    parts = [_moves(found, "before", "then", f"From {FIRST} to {THEN}"), _moves(found, "then", "latest", "Since then")]
    return " ".join(parts)


def _moves(found, start, end, when):
    change = (found[end] - found[start]) / found[start].abs()
    kinds = {"rose": change > 0.02, "fell": change < -0.02, "stood still": change.abs() <= 0.02}
    return (
        when
        + " "
        + "; ".join(f"{', '.join(found.measure[mask])} {word}" for word, mask in kinds.items() if mask.any())
        + "."
    )


def dependence():
    """Each one's share in the other's trade and arms. Columns: kind (trade, arms), of (whose trade or arms), on (whose share), year, share (%).

    Trade: Russia's books to 2024 (from 2022 estimated from partners' books), China's to 2020. Arms: Russia's share of China's imports,
    and China's of Russia's exports, in the five years to each year. Sources: economic/trade, economic/trade_russia, military/arms_transfers.
    """
    older, newer = trade.share_of_trade("RUS", "CHN"), trade.russia_to_2024("CHN")
    russia = pd.concat([older[older.year < newer.year.min()], newer[["year", "share"]]])
    last = int(evidence.table("military/arms_totals").year.max())
    sold = [(year, 100 * arms.share_of_arms_exports("RUS", "CHN", year)) for year in range(THEN, last + 1)]
    bought = [(year, 100 * arms.share_of_arms_imports("CHN", "RUS", year)) for year in range(2003, last + 1)]
    lines = {
        ("trade", "RUS"): russia,
        ("trade", "CHN"): trade.share_of_trade("CHN", "RUS"),
        ("arms", "RUS"): sold,
        ("arms", "CHN"): bought,
    }
    frames = [
        pd.DataFrame(line, columns=["year", "share"]).assign(kind=kind, of=of) for (kind, of), line in lines.items()
    ]
    found = pd.concat(frames, ignore_index=True)
    return found.assign(on=found.of.map({"CHN": "RUS", "RUS": "CHN"}))[["kind", "of", "on", "year", "share"]]


@pictures.drawing
def then_and_now_picture():
    """Five measures of the pair in 2014, 2018 and the latest year, as bars. Returns a Picture."""
    found = then_and_now()
    figure, axes = pictures.canvas(height=2.3, cols=5, left=0.1, right=0.1, top=0.45, bottom=0.3)
    figure.subplots_adjust(wspace=0.28)
    titles = (
        "Trade\nUSD bn",
        "Votes alike\nkappa",
        "Russia in China's\narms, %",
        "Pledges\nin force",
        "Exercises\nin the year",
    )
    for ax, title, row in zip(axes, titles, found.itertuples(), strict=True):
        _bars(ax, title, row)
    values = [
        (row.unit, _say(row.before), _say(row.then), _say(row.latest), row.latest_year) for row in found.itertuples()
    ]
    sentences = [
        (PAIR, f"{unit}: {before} in {FIRST}, {then} in {THEN}, {latest} in {year}.")
        for unit, before, then, latest, year in values
    ]
    up = found.measure[found.latest > found.before * 1.02].tolist()
    title = f"From {FIRST} to the latest year known {len(up)} of {len(found)} measures rose: {', '.join(up)}"
    subtitle = (
        f"China and Russia in {FIRST}, {THEN} and the latest year known (lighter); exercises are counted to 2019 only"
    )
    limits = "what the two think of each other: more trade can mean friendship, or no other buyer."
    return pictures.Picture(
        "then-and-now",
        "verdict",
        title,
        subtitle,
        figure,
        closer(),
        sentences,
        found,
        evidence.source(*TABLES),
        cannot=limits,
    )


def _say(value):
    return f"{value:.2f}" if abs(value) < 1 and value % 1 else f"{value:,.0f}"


def _bars(ax, title, row):
    bars = ax.bar(range(3), [row.before, row.then, row.latest], width=0.72, color=["#7A828A", INK, "#B4BAC0"])
    for at, (bar, value) in enumerate(zip(bars, (row.before, row.then, row.latest), strict=True)):
        pictures.tag(bar, *PAIR, since=at == 2)
        pictures.tag(ax.text(at, value, _say(value), ha="center", va="bottom"), *PAIR, since=at == 2)
    ax.set(yticks=[], ylim=(0, max(row.before, row.then, row.latest) * 1.12))
    ax.set_xticks(range(3), [f"'{year % 100}" for year in (FIRST, THEN, row.latest_year)])
    ax.set_title(title, fontsize=9, fontweight="bold", loc="left")
    ax.grid(visible=False)


@pictures.drawing
def dependence_picture():
    """Each one's share in the other's trade (above) and arms (below) over time. Returns a Picture."""
    found = dependence().query("year >= 2000")
    figure, axes = pictures.canvas(height=5.4, rows=2, right=1.75, top=0.3, sharex=True)
    figure.subplots_adjust(hspace=0.28)
    for ax, kind, title in zip(axes, ("trade", "arms"), ("Trade", "Arms, five years to the year shown"), strict=True):
        _shares(ax, found[found.kind.eq(kind)], kind)
        ax.set_title(title, loc="left", fontsize=10, fontweight="bold")
    at = {key: line.set_index("year").share for key, line in found.groupby(["kind", "of"])}
    told = [(" ".join(SHARES[key].split()), line) for key, line in at.items()]
    sentences = [
        (PAIR, f"{line.iloc[-1]:.0f} % {words} in {line.index[-1]}, {line.iloc[0]:.0f} % in {line.index[0]}.")
        for words, line in told
    ]
    subtitle = "Share in per cent. Russia's trade from 2022 is estimated from its partners' books; China's own books end in 2020 here"
    limits = "whether the one could find another partner: that is what dependence means."
    return pictures.Picture("dependence", "verdict", _leaning(at), subtitle, figure, _asymmetry(at), sentences, found.round(1),
                            evidence.source(*TABLES), ("of", "on"), limits)  # fmt: skip


def _shares(ax, found, kind):
    labels = []
    for of, line in found.groupby("of", sort=False):
        text = f"{line.share.iloc[-1]:.0f} % {SHARES[kind, of]}"
        pictures.line(ax, line, "year", "share", of, lead=True, labels=labels, others=({*PAIR} - {of}), text=text)
    ax.set_ylim(0, None)
    pictures.label_ends(ax, labels, gap=24)
    pictures.year_axis(ax, 2000, found.year.max() + 0.3)
    pictures.article_line(ax, text="article" if kind == "trade" else "")


def _leaning(at):
    """Who leans on whom, by the latest shares."""
    leans = [
        ("China" if at[kind, "CHN"].iloc[-1] > at[kind, "RUS"].iloc[-1] else "Russia") for kind in ("trade", "arms")
    ]
    other = {"China": "Russia", "Russia": "China"}
    return f"In trade {leans[0]} leans on {other[leans[0]]}; in arms " + (
        "so it does too" if leans[0] == leans[1] else "it is the other way round"
    )


def _asymmetry(at):
    russia, china = at["trade", "RUS"], at["trade", "CHN"]
    said = [
        f"{line[FIRST]:.1f} % in {FIRST}, {line[THEN]:.1f} % in {THEN} and {line.iloc[-1]:.1f} % in {line.index[-1]}"
        for line in (russia, china)
    ]
    return f"China's share of Russia's trade was {said[0]}; Russia's share of China's {said[1]}."
