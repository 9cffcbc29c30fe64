"""China and Russia then and now: closer, further apart, or merely more dependent? One page of measures that other rooms hold."""

import itertools
from functools import partial

from frenemies.measures import arms
from frenemies.measures.pair import (  # noqa: F401 (the notebook asks for them here)
    FIRST,
    TABLES,
    dependence,
    exercises_held,
    pledged,
    russian_trade,
    then_and_now,
)
from frenemies.pictures.labels import label_ends
from frenemies.pictures.marks import Tagged, heading, line, tag_ticks, timeline
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import then_and_since
from frenemies.pictures.style import INK, THEN
from frenemies.sections import BOTH

SHARES = {
    ("trade", "RUS"): "of Russia's trade\nis with China", ("trade", "CHN"): "of China's trade\nis with Russia",
    ("arms", "CHN"): "of China's arms\nimports are Russian", ("arms", "RUS"): "of Russia's arms\nexports go to China",
}  # fmt: skip


def closer():
    """Which measures rose, fell or stood still from 2014 to 2018 and from there to the latest year, in a sentence."""
    found = then_and_now()
    return (
        f"{_moved_by_then(found)} {_moves(found, 'then', 'latest', 'Since then')} {_behind(found)}"
    )


def _moved_by_then(found):
    return _moves(found, "before", "then", f"From {FIRST} to {THEN}")


SAID = {
    "trade": "trade in dollars",
    "votes": "agreement in votes",
    "arms": "Russia's share of China's arms imports",
    "pledges": "the number of pledges",
}  # a year's exercises are too few for a trend


def _moves(found, start, end, when):
    """Which measures rose, fell or stood still between two columns, exercises left out."""
    found = found[found.measure.isin(list(SAID))]
    change = (found[end] - found[start]) / found[start].abs()
    kinds = {"rose": change > 0.02, "fell": change < -0.02, "stood still": change.abs() <= 0.02}
    told = "; ".join(
        f"{', '.join(found.measure[mask].map(SAID))} {word}"
        for word, mask in kinds.items()
        if mask.any()
    )
    return f"{when} {told}."


def _behind(found, late=True):
    """What a share of arms hides, and exercises year by year: sentences. late: whether of the latest years as well."""
    latest = [int(found.set_index("measure").latest_year["arms"])]
    years = [FIRST, THEN, *latest * late]
    sent = [arms.arms_imports("CHN", year).query("supplier == 'RUS'").tiv.sum() for year in years]
    volumes = ", ".join(f"{tiv:,.0f} to {year}" for tiv, year in zip(sent, years, strict=True))
    held = found.set_index("measure").loc["exercises"]
    counts = f"{held.before:.0f} in {FIRST}, {held.then:.0f} in {THEN}"
    counts += f", {held.latest:.0f} in {held.latest_year}" * late
    return (
        f"A share is not a volume: Russia's deliveries to China in five years, million TIV: {volumes}. "
        f"Joint exercises: {counts}; single years make no trend."
    )


TITLES = {
    "trade": "Trade\nUSD bn",
    "votes": "Votes alike\nkappa",
    "arms": "Russia in China's\narms, %",
    "pledges": "Pledges\nin force",
    "exercises": "Exercises\nin the year",
}


@drawing(
    "verdict",
    *TABLES,
    key="then-and-now",
    subtitle=f"China and Russia in {FIRST}, {THEN} and the latest year known (lighter); exercises are counted to 2019 only, those on land "
    "and with others too. Arms: a share can rise while all deliveries shrink",
    then={
        "subtitle": f"China and Russia in {FIRST} and {THEN}; exercises: those on land and with others too"
    },
    cannot="what the two think of each other: more trade can mean friendship, or no other buyer.",
    table_since=("latest", "latest_year"),
)
def then_and_now_picture():
    """Five measures of the pair in 2014, 2018 and the latest year, as bars. Returns a Picture."""
    found = then_and_now()
    figure, axes = canvas(height=2.3, cols=5, left=0.1, right=0.1, top=0.45, bottom=0.3)
    figure.subplots_adjust(wspace=0.28)
    for ax, row in zip(axes, found.itertuples(), strict=True):
        _bars(ax, row)
    return dict(
        title=_moves(found, "then", "latest", f"Since {THEN}").rstrip("."),
        figure=figure,
        lead=closer(),
        then={
            "title": _moved_by_then(found).rstrip("."),
            "lead": f"{_moved_by_then(found)} {_behind(found, late=False)}",
        },
        sentences=itertools.chain(*map(_in_words, found.itertuples())),
        table=found,
    )


def _in_words(row):
    before, then, latest = map(_say, (row.before, row.then, row.latest))
    return then_and_since(
        BOTH, row.unit, f"{before} in {FIRST}, {then} in {THEN}", f"{latest} in {row.latest_year}"
    )


def _say(value):
    return f"{value:.2f}" if abs(value) < 1 and value % 1 else f"{value:,.0f}"


def _bars(ax, row):
    """One measure: a bar for each of the three years, the latest lighter."""
    values, shades = (row.before, row.then, row.latest), ("#7A828A", INK, "#B4BAC0")
    for at, (value, shade) in enumerate(zip(values, shades, strict=True)):
        draw = Tagged(ax, *BOTH, since=at == 2)
        draw.bar(at, value, width=0.72, color=shade)
        draw.text(at, value, _say(value), ha="center", va="bottom")
    ax.set(yticks=[], ylim=(0, max(values) * 1.12 or 1))
    ax.set_xticks(range(3), [f"'{year % 100}" for year in (FIRST, THEN, row.latest_year)])
    tag_ticks(ax, [False, False, True])
    heading(ax, TITLES[row.measure], size=9)
    ax.grid(visible=False)


@drawing(
    "verdict",
    *TABLES,
    key="dependence",
    subtitle="Share in per cent. Russia's trade from 2022 is estimated from its partners' books; China's own books end in 2020 here",
    then={
        "subtitle": f"Share in per cent; of Russia's arms exports for the five years to {THEN} alone"
    },
    whose=("of", "on"),
    cannot="whether the one could find another partner: that is what dependence means.",
)
def dependence_picture():
    """Each one's share in the other's trade (above) and arms (below) over time. Returns a Picture."""
    found = dependence().query("year >= 2000")
    figure, axes = canvas(height=5.4, rows=2, right=1.75, top=0.3, sharex=True)
    figure.subplots_adjust(hspace=0.28)
    for ax, kind, title in zip(
        axes, ("trade", "arms"), ("Trade", "Arms, five years to the year shown"), strict=True
    ):
        _shares(ax, found[found.kind.eq(kind)], kind)
        heading(ax, title, size=10)
    at = {key: shares.set_index("year").share for key, shares in found.groupby(["kind", "of"])}
    known = {key: shares.loc[:THEN] for key, shares in at.items()}
    return dict(
        title=_leaning(at),
        figure=figure,
        lead=_asymmetry(at),
        then={"title": _leaning(known), "lead": _asymmetry(known)},
        sentences=itertools.chain(*(_share_in_words(key, at[key], known[key]) for key in at)),
        table=found.round(1),
    )


def _share_in_words(key, shares, known):
    """The first share and the last one known then, and apart the latest."""
    ends = {
        rows.index[at]: f"{rows.iloc[at]:.0f} % in {rows.index[at]}"
        for rows, at in ((known, 0), (known, -1))
    }
    name = " ".join(SHARES[key].split())
    return then_and_since(
        BOTH,
        f"Share {name}",
        ", ".join(ends.values()),
        f"{shares.iloc[-1]:.0f} % in {shares.index[-1]}",
    )


def _shares(ax, found, kind):
    labels = []
    for of, frame in found.groupby("of", sort=False):
        text = partial(_share_label, SHARES[kind, of])
        line(
            ax,
            frame,
            "year",
            "share",
            of,
            lead=True,
            labels=labels,
            others=({*BOTH} - {of}),
            text=text,
        )
    ax.set_ylim(0, None)
    label_ends(ax, labels, gap=24)
    timeline(ax, 2000, found.year.max() + 0.3, article="article" if kind == "trade" else "")


def _share_label(of, row):
    return f"{row.share:.0f} % {of}"


def _leaning(at):
    """Who leans on whom, by the last shares of each series."""
    trade_, arms_ = (
        at[kind, "CHN"].iloc[-1] > at[kind, "RUS"].iloc[-1] for kind in ("trade", "arms")
    )
    one, other = ("China", "Russia") if trade_ else ("Russia", "China")
    return f"In trade {one} leans on {other}; in arms {'so it does too' if trade_ == arms_ else 'it is the other way round'}"


def _asymmetry(at):
    russia, china = (_over_the_years(at["trade", of]) for of in ("RUS", "CHN"))
    return f"China's share of Russia's trade was {russia}; Russia's share of China's {china}."


def _over_the_years(shares):
    *early, late = [
        f"{shares[year]:.1f} % in {year}" for year in dict.fromkeys((FIRST, THEN, shares.index[-1]))
    ]
    return f"{', '.join(early)} and {late}"
