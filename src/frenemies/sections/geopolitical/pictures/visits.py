"""Who meets whom, in pictures: Xi and Putin, and the countries that China's president engages."""

from collections.abc import Collection

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from frenemies import evidence
from frenemies.claims import Rule
from frenemies.evidence import actors
from frenemies.measures.ties import engagement
from frenemies.measures.words import names
from frenemies.pictures import marks
from frenemies.pictures.labels import label_ends
from frenemies.pictures.marks import RULE, Label, Look, Tagged, thresholds, year_axis
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
    figure, ax = canvas(height=3.4, left=1.1, right=1.85)
    measured(ax, "occasions", when=_day)
    climb = dict(where="post", color=BETWEEN, linewidth=3, label=names(BOTH))
    Tagged(ax, *BOTH).step([*days, ARTICLE], [*range(1, total + 1), total], **climb)
    listed = Label(BOTH, ARTICLE, total, f"listed here: {total}", BETWEEN, True)
    labels = [listed, *_said_by_others(ax)]
    ax.set_ylim(0, 34)
    rule = Rule.of("F1")
    levels = (rule.holds, "holds"), (rule.partly, "partly")
    thresholds(ax, {at: f"{verdict} above {at:g}" for at, verdict in levels if at is not None})
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
    draw, days = Tagged(ax, *BOTH, tell=f"{names(BOTH)}, as others counted"), _dates(counts.date)
    draw.plot(days, counts["count"], "D", **diamond)
    below = counts.sense.eq("below").map({True: "nearly ", False: ""})
    texts = counts.speaker + ": " + below + counts["count"].astype(str)
    ends = zip(days, counts["count"], texts, strict=True)
    return [Label(BOTH, *end, INK) for end in ends]


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
    rows = ranked[~ranked["partner"].isin(marks.off(shown))].head(12)
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
    figure, ax = canvas(height=3.7, left=1.5, right=1.45, bottom=0.3)
    for place, row in enumerate(rows.to_dict("records")):
        code, days = row["partner"], row["days"]
        tell = f"China with {row['name']}: {days} days, number {row['rank']}"
        draw = Tagged(ax, "CHN", *([code] if code in actors.ALL else []), tell=tell)
        colour = actors.colour("RUS") if code == "RUS" else "#B8BCC2"
        draw.barh(-place, days, color=colour, height=0.7)
        draw.text(days + 0.8, -place, days, va="center")
        draw.row_name(-place, f"{row['name']}  {row['rank']}")
    ax.set(yticks=[], xlim=(0, rows.days.max() * 1.1), ylim=(0.6 - len(rows), 0.6))
    ax.grid(axis="x")
    _ranks_of_claim(ax, rows["rank"])
    return figure


def _ranks_of_claim(ax: Axes, ranks: pd.Series) -> None:
    """Lines under the ranks down to which claim F2 holds, and partly, if that of Russia does."""
    rule, draw = Rule.of("F2"), Tagged(ax, *BOTH)
    said: dict[float, list[str]] = {}
    for most, verdict in ((rule.holds, "holds"), (rule.partly, "partly")):
        said.setdefault(0.5 - ranks.le(most).sum(), []).append(f"{verdict} to rank {most:g}")
    look: Look = dict(va="center", color=QUIET, transform=ax.get_yaxis_transform())
    for below, texts in said.items():
        draw.axhline(below, color=QUIET, linewidth=1, linestyle=RULE)
        draw.text(1.02, below, "F2 " + ",\n".join(texts), **look)
