"""Who meets whom, in pictures: Xi and Putin, and the countries that China's president engages."""

from collections.abc import Collection

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from frenemies import claims, evidence
from frenemies.evidence import actors
from frenemies.measures.ties import engagement
from frenemies.measures.words import names
from frenemies.pictures.labels import label_ends
from frenemies.pictures.marks import Label, Tagged, year_axis
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import needed, told_rows
from frenemies.pictures.style import ARTICLE, INK, QUIET
from frenemies.pictures.telling import measured
from frenemies.sections import BETWEEN, BOTH, captions

CAPTIONS = captions("geopolitical")
TERMS = {"Xi Jinping": (2013, 2018), "Hu Jintao": (2003, 2012)}  # the years in office that are held


@drawing(
    "geopolitical", "geopolitical/meetings", "geopolitical/meeting_counts", **CAPTIONS["meetings"]
)
def meetings_picture() -> dict:
    """Occasions on which Xi and Putin met, added up, with the counts that others gave.

    Table: an occasion a row, as in geopolitical/meetings.
    Source: tables geopolitical/meetings, geopolitical/meeting_counts (diamonds).
    """
    met = evidence.table("geopolitical/meetings")
    days, total = _dates(met.date), len(met)
    figure, ax = canvas(height=3.4, right=1.85)
    measured(ax, "occasions", when=_day)
    climb = dict(where="post", color=BETWEEN, linewidth=3, label=names(BOTH))
    Tagged(ax, *BOTH).step([*days, ARTICLE], [*range(1, total + 1), total], **climb)
    listed = Label(BOTH, ARTICLE, total, f"listed here: {total}", BETWEEN, True)
    labels = [listed, *_said_by_others(ax), _claimed(ax)]
    ax.set_ylim(0, 34)
    year_axis(ax, 2013, 2019.65, 1)
    label_ends(ax, labels, gap=13)
    by_year = days.astype(int).value_counts().sort_index()
    return dict(
        title=f"Counted by occasion, Xi and Putin had met {total} times when the article came out",
        figure=figure,
        sentences=[(BOTH, f"In {year}: {count}.") for year, count in by_year.items()],
        table=met,
    )


def _dates(column):
    """Days as places on an axis of years."""
    when = pd.to_datetime(column)
    return when.dt.year + when.dt.day_of_year / 365


def _day(place: float) -> str:
    """The day of a place on an axis of years: "2013-03-22"."""
    passed = pd.Timedelta(days=round(place % 1 * 365) - 1)
    return f"{pd.Timestamp(int(place), 1, 1) + passed:%Y-%m-%d}"


def _said_by_others(ax: Axes) -> list[Label]:
    """A diamond for each count that somebody gave in June 2019. Returns their labels."""
    counts = evidence.table("geopolitical/meeting_counts", "then").drop_duplicates("speaker")
    diamond = dict(color="white", markeredgecolor=INK, markersize=6, linestyle="none", zorder=5)
    draw = Tagged(ax, *BOTH, tell=f"{names(BOTH)}, as others counted")
    draw.plot(_dates(counts.date), counts["count"], "D", **diamond)
    below = counts.sense.eq("below").map({True: "nearly ", False: ""})
    texts = counts.speaker + ": " + below + counts["count"].astype(str)
    places = counts["count"] - 0.01
    return [Label(BOTH, ARTICLE, *end, INK) for end in zip(places, texts, strict=True)]


def _claimed(ax: Axes) -> Label:
    """The claim's own number as a line across. Returns its label."""
    limit = claims.row("F1")["holds"]
    ax.axhline(limit, color=QUIET, linewidth=1, linestyle=(0, (4, 3)))
    return Label(BOTH, ARTICLE, limit + 0.01, f"the claim: more than {limit:.0f}", QUIET)


@drawing("geopolitical", "geopolitical/engagement_days", **CAPTIONS["engagement"])
def engagement_picture(leader: str = "Xi Jinping", *, shown: Collection[str] | None = None) -> dict:
    """The twelve countries that China's president engaged on most days.

    leader: Xi Jinping or Hu Jintao. Raises Problem for another. shown: ISO3; without some of the
    actors those shown alone are listed, each with its rank of all.
    Table: rank, partner, name, days. Source: table geopolitical/engagement_days.
    """
    first, last = TERMS.get(leader, TERMS["Xi Jinping"])
    ranked = engagement(leader, first, last)
    russia = needed(ranked, "partner", ("RUS",), "engagement").query("partner == 'RUS'").iloc[0]
    off = set() if shown is None else {*actors.ALL}.difference(shown)
    rows = ranked[~ranked["partner"].isin(off)].head(12)
    rank = f"rank {russia['rank']} of {len(ranked)}"
    told = rows.assign(of="CHN")
    return dict(
        key=f"engagement-{leader[:2].lower()}",
        title=f"{leader} engaged Russia on {russia.days} days: {rank}",
        neutral=f"The countries that {leader} engaged on most days",
        about=BOTH,
        subtitle=f"Days on which {leader} met, called or wrote to somebody from there,"
        f" {first}-{last}, first {len(rows)}",
        figure=_ranking(rows),
        sentences=told_rows(told, "{rank}. {name}: {days} days.", ["partner", "of"]),
        table=rows,
    )


def _ranking(rows: pd.DataFrame) -> Figure:
    """A bar a country, its rank beside its name; Russia's in its colour."""
    figure, ax = canvas(height=3.7, left=1.5, right=0.4, bottom=0.3)
    for place, row in enumerate(rows.to_dict("records")):
        code, days = row["partner"], row["days"]
        tell = f"China with {row['name']}: {days} days, number {row['rank']}"
        draw = Tagged(ax, "CHN", *([code] if code in actors.ALL else []), tell=tell)
        colour = actors.colour("RUS") if code == "RUS" else "#B8BCC2"
        draw.barh(-place, days, color=colour, height=0.7)
        draw.text(days + 0.8, -place, days, va="center")
        draw.row_name(-place, f"{row['name']}  {row['rank']}")
    ax.set(yticks=[], xlim=(0, rows.days.max() * 1.1))
    ax.grid(axis="x")
    return figure
