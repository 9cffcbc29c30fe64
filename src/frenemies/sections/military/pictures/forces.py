"""Forces in pictures: exercises by day and sea, military spending, nuclear warheads, how alarmed the neighbours are."""

from frenemies import claims, evidence
from frenemies.measures.joint_exercises import counted, pacific, pacific_exercises
from frenemies.measures.words import name
from frenemies.pictures.labels import label_ends
from frenemies.pictures.marks import Tagged, article_line, heading, line, lines, timeline, year_axis
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import needed, since
from frenemies.pictures.style import ARTICLE, INK, QUIET, THEN, pale
from frenemies.sections import BOTH

MARKS = {
    "warships": ("o", ""),
    "patrol": ("^", "air patrol"),
    "part": ("s", "by land, sea and air"),
}
MARKS |= {"announced": ("x", "announced only"), "visit": ("D", "port visit")}


@drawing(
    "military",
    "military/exercises",
    cannot="how many took part, exercises on land, or a trend after 2019.",
)
def exercises_picture(yellow_sea="counted"):
    """Joint exercises at sea and in the air by day and sea; shaded seas count as Pacific. Returns a Picture.

    yellow_sea: "counted" or "left out" (of the Pacific). Raises Problem.
    """
    inside, listed = (
        pacific(counted(yellow_sea)),
        evidence.table("military/exercises").query("sea != 'on land'"),
    )
    before = len(pacific_exercises(2012, 2018, yellow_sea=counted(yellow_sea)))
    in_2019 = pacific_exercises(2019, 2019, False, counted(yellow_sea))
    met = f"In 2019 the two did meet on the Pacific side: {', '.join(in_2019.sea)}"
    what = f"Joint exercises of China and Russia at sea and in the air; dots: warships; Yellow Sea {yellow_sea}"
    dated = (
        listed.sort_values("date")
        .groupby(["date", "name", "end", "status"])
        .sea.agg(" and ".join)
        .reset_index()
    )
    return dict(
        key=f"exercises-{yellow_sea.replace(' ', '-')}",
        title=met if len(in_2019) else "In 2019 no joint exercise on the Pacific side is on record",
        subtitle=f"{what}; after 2019 a selection only",
        then={"subtitle": what},
        figure=_calendar(listed.sort_values("date"), inside),
        lead=f"Yellow Sea {yellow_sea}: {before} naval exercises on the Pacific side from 2012 to 2018; exercises and patrols there in 2019: {len(in_2019)}.",
        sentences=map(_exercise_in_words, dated.itertuples()),
        table=dated.assign(year=dated.date.str[:4].astype(int))[
            ["date", "name", "sea", "status", "year"]
        ],
    )


def _late(date):
    return date > evidence.CUTS["date"]


def _exercise_in_words(row):
    status = "" if row.status == "held" else f", {row.status}"
    return (*BOTH, *["since"] * _late(row.date)), f"{row.name}, {row.date}: {row.sea}{status}."


def _calendar(listed, inside):
    """A dot an exercise, at its day and its sea; the seas inside the Pacific shaded."""
    seas = evidence.table("military/seas").sort_values(["rank", "sea"], ascending=False).sea
    seas = [sea for sea in seas if sea in set(listed.sea)]
    top = len(seas) - 0.5
    figure, ax = canvas(height=4.4, left=1.45, right=0.3, top=0.35)
    ax.axhspan(top - len(inside & set(seas)), top, color="#DCE9F2", zorder=0, linewidth=0)
    for row in listed.itertuples():
        _dot(ax, row, seas.index(row.sea))
    timeline(ax, 2004, 2024.4, 2, article="")
    ax.set(ylim=(-0.5, top), yticks=range(len(seas)), yticklabels=seas)
    for at, side, text in (
        (2004.2, "left", "shaded: counts as Pacific"),
        (ARTICLE, "center", "article"),
    ):
        ax.text(at, top + 0.08, text, ha=side, va="bottom", color=QUIET)
    return figure


def _dot(ax, row, place):
    """One exercise in one sea; the first of a rare kind carries its word."""
    day = int(row.date[:4]) + (int(row.date[5:7]) - 1) / 12 + int(row.date[8:]) / 365
    kind, late = _kind(row), _late(row.date)
    (marker, word), colour, draw = (
        MARKS[kind],
        pale("#3B2E5A", 5 if late else 9),
        Tagged(ax, *BOTH, since=late),
    )
    look = {
        "color": colour,
        "markerfacecolor": colour if kind == "warships" else "white",
        "markeredgewidth": 1.6,
    }
    draw.plot(day, place, marker, markersize=8, zorder=4, **look)
    if word and not late and row.sea != "Sea of Japan":
        side, where = (-0.4, "right") if kind == "announced" else (0.4, "left")
        draw.text(day + side, place, word, ha=where, va="center", color=colour)


def _kind(row):
    """What sort of mark an exercise gets."""
    if row.status != "held":
        return row.status
    return "warships" if row.naval else "part" if row.domain == "mixed" else "patrol"


@drawing(
    "military",
    "military/spending",
    key="spending",
    subtitle="Military expenditure: volume above, in prices of 2023, burden on the economy below; China's and Russia's figures are estimates",
    then={
        "subtitle": "Military expenditure: volume above, burden on the economy below; China's and Russia's figures are estimates"
    },
    whose=("actor",),
    cannot="what a dollar buys at home, or what other budgets hide.",
)
def spending_picture():
    """Military expenditure: constant dollars above, share of GDP below. Returns a Picture."""
    spent = needed(
        evidence.table("military/spending"), "actor", ("CHN", "IND", "JPN"), "military spending"
    )
    spent = spent.assign(billion=spent.constant_usd / 1000, percent=spent.gdp_share * 100)
    figure, (volume, burden) = canvas(height=6.4, rows=2, right=1.5, top=0.35)
    volume.set(
        yscale="log", ylim=(1.5, 1400), yticks=[10, 100, 1000], yticklabels=["10", "100", "1,000"]
    )
    burden.set(ylim=(0, 7.5))
    heading(volume, "Billion constant US dollars (each step is ten times the one below)", size=10)
    heading(burden, "Per cent of GDP", size=10)
    _spending_panel(volume, spent, "billion", "{:,.0f}", 0.12)
    _spending_panel(burden, spent, "percent", "{:.1f} %", 0.985)
    figure.subplots_adjust(hspace=0.25)
    at, share = (
        spent.pivot(index="actor", columns="year", values=column)
        for column in ("billion", "percent")
    )
    times = (at[2018] / at[2000]).map("{:.1f}-fold".format)
    shares = f"{share[2000]['CHN']:.1f} to {share[2018]['CHN']:.1f} %"
    return dict(
        title=f"China's military spending grew {times['CHN']} from 2000 to 2018; its share of GDP went from {shares}",
        figure=figure,
        lead=f"From 2000 to 2018 military expenditure grew {times['CHN']} in China, {times['IND']} in India, {times['JPN']} in Japan.",
        sentences=_spending_in_words(at, share),
        table=spent[["actor", "year", "billion", "percent", "estimate"]].round(2),
    )


def _spending_in_words(at, share):
    for code, row in at.iterrows():
        for year in row.dropna().index.intersection([THEN, at.columns[-1]]):
            told = f"{row[year]:,.0f} billion dollars, {share[year][code]:.1f} % of GDP"
            yield (code, *since(year)), f"{name(code)} {year}: {told}."


def _spending_panel(ax, spent, column, form, y):
    """One panel: a line an actor, gaps where a year is missing."""
    year_axis(ax, 2000, 2024.3, 4)
    article_line(ax, y=y)
    ax.minorticks_off()
    labels, last = [], spent.year.max()
    for code, frame in spent.dropna(subset=[column]).groupby("actor"):
        values, end = frame.set_index("year")[column].map(form.format), frame.year.max()
        when = "" if end == last else f" ({end})"
        text = (f"{name(code)} {values[end]}{when}", f"{name(code)} {values.loc[:THEN].iloc[-1]}")
        line(ax, frame, "year", column, code, code in BOTH, labels, text, gaps=True)
    label_ends(ax, labels, gap=11.5)


@drawing(
    "military",
    "military/warheads",
    key="warheads",
    subtitle="Nuclear warheads in military stockpiles, estimates; each step of the scale is ten times the one below",
    whose=("actor",),
    cannot="missiles: the INF Treaty was about launchers on land.",
)
def warheads_picture():
    """Nuclear warheads in the stockpiles of the actors that hold any, with the life of the INF Treaty. Returns a Picture."""
    held = needed(evidence.table("military/warheads"), "actor", BOTH, "warheads")
    figure, ax = canvas(height=3.9, right=1.45)
    _treaty(ax)
    year_axis(ax, 1985, 2023.3)
    steps = [10**power for power in range(5)]
    ax.set(yscale="log", ylim=(1, 60000), yticks=steps, yticklabels=[f"{step:,}" for step in steps])
    ax.minorticks_off()
    label_ends(ax, lines(ax, held, "actor", "warheads", "{:,.0f}".format, BOTH, named=name))
    at = held.pivot(index="year", columns="actor", values="warheads")
    ratio = (at["RUS"] / at["CHN"]).map("{:.0f}".format)
    return dict(
        title=f"For each Chinese warhead Russia still held {ratio[THEN]} in {THEN}",
        figure=figure,
        lead=f"Russia held {ratio[1988]} times as many warheads as China in 1988 and {ratio[THEN]} times as many in {THEN}.",
        sentences=_warheads_in_words(at),
        table=held,
    )


def _treaty(ax):
    """The life of the INF Treaty, from June 1988 to August 2019, as a band behind the lines."""
    ax.axvspan(1988 + 5 / 12, 2019 + 7 / 12, color="#F3EFE4", zorder=0, linewidth=0)
    ax.text(
        1989,
        0.3,
        "INF Treaty in force",
        transform=ax.get_xaxis_transform(),
        va="bottom",
        color=QUIET,
    )


def _warheads_in_words(at):
    for code in at:
        for year in (THEN, at.index[-1]):
            yield (code, *since(year)), f"{name(code)} {year}: {at[code][year]:,.0f}."


@drawing(
    "military",
    "geopolitical/opinion",
    key="alarm",
    subtitle="Very or somewhat unfavourable view of China, per cent of all asked; those who gave no answer stay in the base; gaps: not asked",
    lead=f"Unfavourable view of China, last survey up to {THEN}.",
    whose=("actor",),
    cannot="fear of China's army: the question is about liking a country.",
)
def alarm_picture():
    """Unfavourable views of China in four neighbours, with the claim's two thirds. Returns a Picture."""
    asked = evidence.table("geopolitical/opinion").query("about == 'CHN'").sort_values("year")
    needed(asked, "actor", ("VNM", "IND"), "views of China")
    figure, ax = canvas(right=1.75)
    timeline(ax, 2005, asked.year.max() + 0.3)
    ax.set_ylim(0, 100)
    bar, labels = claims.row("M15")["holds"], []
    ax.axhline(bar, color=INK, linewidth=0.8, linestyle="dashed")
    ax.text(2012.1, bar - 1, "two thirds", va="top", color=QUIET)
    look = {"marker": "o", "markersize": 4.5, "gaps": True}
    for code, frame in asked.groupby("actor"):
        line(ax, frame, "year", "unfavourable", code, code in ("VNM", "IND"), labels, _poll, **look)
    label_ends(ax, labels)
    last = (
        asked[asked.year <= THEN]
        .groupby("actor")
        .tail(1)
        .sort_values("unfavourable", ascending=False)
    )
    later, views = (
        asked[asked.year > THEN].groupby("actor").tail(1),
        last.set_index("actor").unfavourable,
    )
    return dict(
        title=f"Before the article {views['VNM']:.0f} % in Vietnam and {views['IND']:.0f} % in India had an unfavourable view of China",
        figure=figure,
        sentences=[_poll_in_words(row) for polls in (last, later) for row in polls.itertuples()],
        table=asked,
    )


def _poll(row):
    return f"{name(row.actor)} {row.unfavourable:.0f} % ({row.year:.0f})"


def _poll_in_words(row):
    return (row.actor, *since(row.year)), f"{name(row.actor)} {row.year}: {row.unfavourable:.0f} %."
