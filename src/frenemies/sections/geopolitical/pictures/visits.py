"""Who meets whom, in pictures: Xi and Putin, and the countries that China's president engages."""

import pandas as pd

from frenemies import claims, evidence
from frenemies.evidence import actors
from frenemies.measures.ties import engagement
from frenemies.pictures.labels import label_ends
from frenemies.pictures.marks import Label, Tagged, year_axis
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import needed
from frenemies.pictures.style import ARTICLE, INK, QUIET
from frenemies.sections import BETWEEN, BOTH

TERMS = {"Xi Jinping": (2013, 2018), "Hu Jintao": (2003, 2012)}  # the years in office that are held


@drawing(
    "geopolitical",
    "geopolitical/meetings",
    "geopolitical/meeting_counts",
    key="meetings",
    subtitle="Occasions in person since March 2013, added up to 9 August 2019; diamonds: counts that others gave in June 2019",
    cannot="what was said, nor whether a handshake at a summit is a meeting",
)
def meetings_picture():
    """Occasions on which Xi and Putin met, added up, with the counts that others gave: a Picture."""
    met = evidence.table("geopolitical/meetings")
    days, total = _dates(met.date), len(met)
    figure, ax = canvas(height=3.4, right=1.85)
    climb = {"where": "post", "color": BETWEEN, "linewidth": 3}
    Tagged(ax, *BOTH).step([*days, ARTICLE], [*range(1, total + 1), total], **climb)
    labels = [
        Label(BOTH, ARTICLE, total, f"listed here: {total}", BETWEEN, True),
        *_said_by_others(ax),
        _claimed(ax),
    ]
    ax.set_ylim(0, 34)
    year_axis(ax, 2013, 2019.65, 1)
    label_ends(ax, labels, gap=13)
    by_year = days.astype(int).value_counts().sort_index()
    title = f"Counted by occasion, Xi and Putin had met {total} times when the article came out"
    words = [(BOTH, f"In {year}: {count}.") for year, count in by_year.items()]
    return dict(title=title, figure=figure, sentences=words, table=met)


def _dates(column):
    """Days as places on an axis of years."""
    when = pd.to_datetime(column)
    return when.dt.year + when.dt.day_of_year / 365


def _said_by_others(ax):
    """A diamond for each count that somebody gave in June 2019. Returns their labels."""
    counts = evidence.table("geopolitical/meeting_counts", "then").drop_duplicates("speaker")
    diamond = {
        "color": "white",
        "markeredgecolor": INK,
        "linestyle": "none",
        "markersize": 6,
        "zorder": 5,
    }
    Tagged(ax, *BOTH).plot(_dates(counts.date), counts["count"], "D", **diamond)
    return [
        Label(BOTH, ARTICLE, row["count"] - 0.01, _count(row), INK)
        for row in counts.to_dict("records")
    ]


def _count(row):
    return f"{row['speaker']}: {'nearly ' * (row['sense'] == 'below')}{row['count']}"


def _claimed(ax):
    """The claim's own number as a line across. Returns its label."""
    limit = claims.row("F1")["holds"]
    ax.axhline(limit, color=QUIET, linewidth=1, linestyle=(0, (4, 3)))
    return Label(BOTH, ARTICLE, limit + 0.01, f"the claim: more than {limit:.0f}", QUIET)


@drawing(
    "geopolitical",
    "geopolitical/engagement_days",
    cannot="what was agreed; calls and letters count like visits",
)
def engagement_picture(leader="Xi Jinping"):
    """The twelve countries that China's president, Xi Jinping or Hu Jintao, engaged on most days: a Picture. Raises Problem for another leader."""
    span = TERMS.get(leader, TERMS["Xi Jinping"])
    ranked = engagement(leader, *span)
    shown = ranked.head(12)
    russia = needed(ranked, "partner", ("RUS",), "engagement").query("partner == 'RUS'").iloc[0]
    return dict(
        key=f"engagement-{leader[:2].lower()}",
        title=f"{leader} engaged Russia on {russia.days} days: rank {russia['rank']} of {len(ranked)}",
        subtitle=f"Days on which {leader} met, called or wrote to somebody from there, {span[0]}-{span[1]}, first {len(shown)}",
        figure=_ranking(shown),
        sentences=[
            (_actor(row.partner), f"{row.rank}. {row.name}: {row.days} days.")
            for row in shown.itertuples()
        ],
        table=shown,
    )


def _ranking(shown):
    """A bar a country, Russia's in its colour."""
    figure, ax = canvas(height=3.7, left=1.25, right=0.4, bottom=0.3)
    for row in shown.itertuples():
        draw = Tagged(ax, *_actor(row.partner))
        colour = actors.colour("RUS") if row.partner == "RUS" else "#B8BCC2"
        draw.barh(-row.Index, row.days, color=colour, height=0.7)
        draw.text(row.days + 0.8, -row.Index, row.days, va="center")
        draw.row_name(-row.Index, row.name)
    ax.set(yticks=[], xlim=(0, shown.days.max() * 1.1))
    ax.grid(axis="x")
    return figure


def _actor(code):
    """The code as a set of actors; empty for a country that is none."""
    return (code,) if code in actors.ALL else ()
