"""Who meets whom, in pictures: Xi and Putin, and the countries that China's president engages."""

import pandas as pd
from matplotlib.axes import Axes

from frenemies.measures.ties import engagement
from frenemies.sections import BETWEEN, BOTH, ranking
from heldto import evidence
from heldto.claims.sentences import bounds
from heldto.evidence import actors
from heldto.pictures import (
    LOW,
    canvas,
    drawing,
    label_ends,
    marks,
    needed,
    panel,
    row_sentences,
    tooltips_from_data,
)
from heldto.pictures.marks import Label, Look, Shown, Tagged
from heldto.pictures.style import ARTICLE, INK, QUIET, is_narrow
from heldto.text.texts import captions
from heldto.text.words import join_names, the

CAPTIONS = captions("geopolitical")
MEETINGS = ("geopolitical/meetings", "geopolitical/meeting_counts")
MOST = 12  # countries of a list
LATEST = 2019.0  # from there on occasions have a part of the picture of their own
NEARLY = 0.7  # so far below a number stands a count of nearly that many
CLAIMED = "Xi Jinping"  # whose days claim F2 counts
TERMS = {CLAIMED: (2013, 2018), "Hu Jintao": (2003, 2012)}  # the years in office that are held


@drawing("geopolitical", *MEETINGS, **CAPTIONS["meetings"])
def meetings_picture() -> dict:
    """Occasions on which Xi and Putin met, added up, with the counts that others gave.

    Table: an occasion a row, as in geopolitical/meetings.
    Source: tables geopolitical/meetings, geopolitical/meeting_counts (diamonds).
    """
    met = evidence.table("geopolitical/meetings")
    days, total = _dates(met.date), len(met)
    room: Look = dict(cols=2, width_ratios=[1.5, 1], left=1.1, right=1.65, top=0.3)
    room |= dict(narrow=dict(rows=2, cols=1, height=5.6, width_ratios=[1], left=0.45))
    figure, (every, latest) = canvas(height=3.4, **room)
    figure.subplots_adjust(wspace=0.18, hspace=0.35)
    counted = pd.Series(range(1, total + 1), index=days)
    before = int((days < LATEST).sum())
    parts = counted, pd.concat([pd.Series({LATEST: before}), counted[counted.index > LATEST]])
    for ax, part in zip((every, latest), parts, strict=True):
        tooltips_from_data(ax, "occasions", when=_day)
        climb = dict(where="post", color=BETWEEN, linewidth=3, label=join_names(BOTH))
        Tagged(ax, *BOTH).step([*part.index, ARTICLE], [*part, total], **climb)
        said = _said_by_others(ax)
    rules = bounds("F1", "above {:g}", partly="from {:g}")
    marks.thresholds(every, rules)
    panel(every, [], 2013, 2019.65, 2, title="2013 to 2019", ylim=(0, 34))
    for at in rules:
        latest.axhline(at, color=QUIET, linewidth=1, linestyle=marks.RULE, zorder=1.5)
    marks.heading(latest, "January to August 2019")
    latest.set(xlim=(LATEST, 2019.65), ylim=(24, 34), yticks=[25, 30])
    months = {"Jan": 2019.0, "Apr": 2019.25, "Jul": 2019.5}
    latest.set_xticks([*months.values()], [*months])
    marks.article_line(latest)
    listed = Label(BOTH, ARTICLE, total, f"listed here: {total}", BETWEEN, True)
    label_ends(latest, [listed, *said], gap=13)
    by_year = days.astype(int).value_counts().sort_index()
    return dict(
        words={"total": total},
        figure=figure,
        sentences=[(BOTH, f"In {year}: {count}.") for year, count in by_year.items()],
        table=met,
    )


def _dates(column: pd.Series) -> pd.Series:
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
    draw, days = (
        Tagged(ax, *BOTH, tell=f"{join_names(BOTH)}, as others counted"),
        _dates(counts.date),
    )
    is_below = counts.sense.eq("below")
    places = counts["count"].where(~is_below, counts["count"] - NEARLY)
    draw.plot(days, places, "D", **diamond)
    below = is_below.map({True: "nearly ", False: ""})
    texts = counts.speaker + ": " + below + counts["count"].astype(str)
    ends = zip(days, places, texts, strict=True)
    return [Label(BOTH, *end, INK) for end in ends]


@drawing("geopolitical", "geopolitical/engagement_days", **CAPTIONS["engagement"])
def engagement_picture(leader: str = CLAIMED, *, shown: Shown = None) -> dict | None:
    """The twelve countries that China's president engaged on most days.

    leader: Xi Jinping or Hu Jintao. Raises Problem for another. shown: ISO3; without some of the
    actors the first twelve of the others, with their ranks among all.
    Table: rank, partner, name, days. Source: table geopolitical/engagement_days.
    """
    first, last = TERMS.get(leader, TERMS[CLAIMED])
    ranked = engagement(leader, first, last)
    needed(ranked, "partner", ("RUS",), "engagement")
    held = len(ranked)
    rows = ranking.of_those_shown(ranked, MOST, "CHN", shown)
    if rows.empty:
        return None
    left = max(1.45, ranking.room_for_names(rows))
    room: Look = dict(left=left, right=1.5, bottom=0.3, narrow={"left": left, "right": 1.45})
    figure, ax = canvas(height=max(LOW, 0.4 + 0.275 * len(rows)), **room)
    tell = "China with {name}: {days} days, number {rank}"
    ranking.draw_ranking(ax, rows, "days", ("CHN", "RUS"), tell)
    ax.margins(x=0.2 if is_narrow() else 0.1)
    ax.grid(visible=False)  # a line of it would cross the figures at the bars
    if leader == CLAIMED:
        _ranks_of_claim(ax, rows["rank"])
    years = {"first": first, "last": last, "short": leader[:2].lower()}
    text, who = "{rank}. {name}: {days} days.", ["partner", "of"]
    among = f"Pale bars are no actors of this package. Ranked among {held} countries, shown or not"
    return dict(
        **_engaged(leader, rows, f" of {held}"),
        words={"leader": leader, "how": among, **years},
        figure=figure,
        sentences=row_sentences(rows.assign(of="CHN"), text, who),
        table=rows,
    )


def _engaged(leader: str, ranked: pd.DataFrame, of: str) -> dict:
    """The finding, Russia's rank; without Russia, that of whoever comes first."""
    ours = ranked[ranked.partner.eq("RUS")]
    row = next((ours if len(ours) else ranked).itertuples())
    who = the(row.partner) if row.partner in actors.ALL else row.name
    title = f"{leader} engaged {who} on {row.days} days: rank {row.rank}{of}"
    return dict(title=title, about=["CHN", row.partner])


def _ranks_of_claim(ax: Axes, ranks: pd.Series) -> None:
    """Lines under the ranks down to which claim F2 holds, and partly, if that of Russia does."""
    draw, said = Tagged(ax, *BOTH), dict[float, list[str]]()
    for most, words in bounds("F2", "to rank {:g}").items():
        said.setdefault(0.5 - ranks.le(most).sum(), []).append(words)
    for below, texts in said.items():
        draw.axhline(below, color=QUIET, linewidth=1, linestyle=marks.RULE)
        text = "F2 " + ",\n".join(texts)
        draw.row_name(below, text, -1.02, ha="left", color=QUIET)
