"""Votes in the UN General Assembly in pictures: pairs over the years, all pairs of a year, ideal
points."""

from collections.abc import Callable, Collection, Iterator

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from frenemies import evidence
from frenemies.claims import Rule
from frenemies.evidence import actors
from frenemies.measures import votes
from frenemies.measures.ties import with_each_other
from frenemies.measures.votes import MEASURES
from frenemies.measures.words import names
from frenemies.pictures import sentences
from frenemies.pictures.labels import panel
from frenemies.pictures.marks import Label, Look, Tagged, bare, cut, line, lines, thresholds
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.style import INK, QUIET, THEN, ink_on, readable
from frenemies.pictures.telling import measured
from frenemies.sections import BETWEEN, BOTH, captions

CAPTIONS = captions("geopolitical")
UN = "geopolitical/agreement"
LEADS = ("CHN", "RUS", "USA")
THREE = (("CHN", "RUS"), ("CHN", "USA"), ("RUS", "USA"))
PAIRS = (*THREE, ("CHN", "IND"), ("RUS", "UKR"), ("DEU", "USA"), ("JPN", "USA"))
KOREA = (("CHN", "PRK"), ("PRK", "RUS"), ("KOR", "PRK"))
SHORT = {"USA": "USA", "PRK": "N. Korea", "KOR": "S. Korea"}
DECIDING = {BOTH: BETWEEN, KOREA[0]: actors.colour("CHN"), KOREA[1]: actors.colour("RUS")}
TOLD = 10  # of the nearest and of the farthest pairs are told in words, beside those of LEADS
SHOWN = ("CHN", "RUS", "USA", "UKR", "JPN", "KOR", "IND", "PRK", "KAZ")
SCALE = 0.22  # of a heat map's width that its scale takes
FAINT: Look = dict(color="#C9CCD1", linewidth=1, linestyle="solid", zorder=2)
STEPS = {
    "kappa": [-1, 0, 0.2, 0.4, 0.6, 0.8],
    "opposed": [0, 0.05, 0.1, 0.2, 0.4],
    "agree": [0, 0.5, 0.6, 0.7, 0.8, 0.9],
    "same": [0, 0.5, 0.6, 0.7, 0.8, 0.9],
}


def _some_years(frame):
    """Every fourth year, the last before the article and the last there is: what a page holds."""
    return frame[frame.year.isin([*range(1992, THEN, 4), THEN, frame.year.max()])]


def _short(code):
    return SHORT.get(code) or actors.name(code)


over_time = drawing("geopolitical", UN, whose=("a", "b"), **CAPTIONS["votes-over-time"])


@over_time
def pairs_picture(measure: str = "kappa") -> dict:
    """One measure of agreement over the years for seven pairs of actors, China and Russia in front.

    measure: agree, same, opposed (drawn in per cent) or kappa. Raises UnknownMeasure.
    Table: a, b, year (every fourth), common (votes), the measure. Source: geopolitical/agreement.
    """
    said, drawn = _over_time(measure, PAIRS, "pairs", _apart)
    first, known = said[BOTH].iloc[0], said[BOTH][THEN]
    went = f"went from {first} in {said[BOTH].index[0]} to {known} in {THEN}"
    what = MEASURES[measure]
    texts = dict(title=f"{what} of {names(BOTH)} {went}", neutral=f"{what.capitalize()}, by pair")
    return drawn | texts | dict(about=BOTH)


@over_time
def pyongyang_picture(measure: str = "kappa") -> dict:
    """The same of North Korea with China, Russia and South Korea. Raises UnknownMeasure."""
    said, drawn = _over_time(measure, KOREA, "pyongyang", _options)
    china, russia = (said[pair][THEN] for pair in KOREA[:2])
    stood = f"was {china} with China and {russia} with Russia"
    what = f"North Korea's {MEASURES[measure]}"
    texts = dict(title=f"In {THEN} {what} {stood}", neutral=f"{what} with others")
    return drawn | texts | dict(about=(*BOTH, "PRK"))


def _over_time(measure: str, pairs: tuple, key: str, rule: Callable) -> tuple[dict, dict]:
    """What both pictures share: a line a pair, grey where no claim is about it.

    rule: draws the claim's, where kappa is shown, and returns its labels. Returns what a pair's
    figures are in words by year, and the fields of the picture.
    """
    kappa = votes.known_measure(measure) == "kappa"
    factor, form = (1, "{:.2f}") if kappa else (100, "{:.0f} %")
    agreed = {pair: votes.agreement(*pair) for pair in pairs}
    agreed = {pair: rows.assign(value=rows[measure] * factor) for pair, rows in agreed.items()}
    figure, ax = canvas(height=3.8, left=1.25, right=1.85)
    measured(ax, "kappa" if kappa else "%")
    labels = [label for pair in pairs for label in _pair_line(ax, agreed[pair], pair, form)]
    ax.margins(y=0.12)
    last = agreed[pairs[0]].year.max()
    panel(ax, [*labels, *(rule(ax) if kappa else ())], 1992, last, 4)
    scale = "0 is chance, 1 is perfect" if kappa else "per cent"
    table = pd.concat([rows.assign(a=pair[0], b=pair[1]) for pair, rows in agreed.items()])
    said = {pair: rows.set_index("year").value.map(form.format) for pair, rows in agreed.items()}
    return said, dict(
        key=f"{key}-{measure}",
        **sentences.subtitle(
            f"{MEASURES[measure].capitalize()} in the UN General Assembly, {scale}, 1992-{{}}"
            " (in the table below: every fourth year)",
            last,
            THEN,
        ),
        figure=figure,
        sentences=_pairs_in_words(agreed, form),
        table=_some_years(table)[["a", "b", "year", "common", measure]],
    )


def _apart(ax: Axes) -> list[Label]:
    """Below which kappa of China and Russia claim F5 holds, and partly."""
    rule = Rule.of("F5")
    levels = (rule.holds, "holds"), (rule.partly, "partly")
    rules = {at: f"{verdict} below {at:g}" for at, verdict in levels if at is not None}
    thresholds(ax, rules, who=BOTH)
    return []


def _options(ax: Axes) -> list[Label]:
    """How far North Korea's votes with China may lie above those with Russia by claim G11."""
    rule, russia = Rule.of("G11"), votes.agreement("PRK", "RUS")
    labels, low = [], russia.kappa
    for verdict, most, shade in (("holds", rule.holds, 0.16), ("partly", rule.partly, 0.08)):
        high = russia.kappa + most
        for late, rows in cut(russia):
            band: Look = dict(color=INK, alpha=shade / (1 + late), linewidth=0, zorder=1.4)
            edges = rows.year, low[rows.index], high[rows.index]
            Tagged(ax, "PRK", "RUS", since=late).fill_between(*edges, **band)
        ends = high[russia.year.isin((THEN, russia.year.max()))]
        where = ((russia.year.max(), THEN), (ends.iloc[-1], ends.iloc[0]))
        labels.append(Label(("PRK", "RUS"), *where, f"{verdict}: to {most:g} above", QUIET))
        low = high
    return labels


def _pair_line(ax: Axes, rows: pd.DataFrame, pair: tuple, form: str) -> list[Label]:
    """A pair's line: heavy, with a dot for 2018, where a claim is about it. Returns its label."""
    lead, colour = pair in DECIDING, DECIDING.get(pair, "#9AA0A6")
    rows, heavy = rows.assign(a=pair[0]), pair[:1] if lead else ()
    look: Look = dict(color=colour, linestyle="solid", others=pair[1:], label=names(pair))
    look |= dict(named=lambda _: "-".join(map(_short, pair)))
    value = rows.set_index("year").value[THEN]
    if lead:
        dot = Tagged(ax, *pair, tell=names(pair))
        dot.plot(THEN, value, "o", color=colour, markersize=6, zorder=6)
    if pair == BOTH:
        words: Look = dict(textcoords="offset points", ha="right", fontweight="bold", color=colour)
        draw = Tagged(ax, *pair, since=True)  # until then the line's own label tells it
        draw.annotate(form.format(value), (THEN, value), (4, 8), **words)
    return lines(ax, rows, "a", "value", form.format, heavy, **look)


def _pairs_in_words(agreed: dict, form: str) -> Iterator[tuple]:
    for pair, rows in agreed.items():
        years = (rows.year.iloc[0], THEN, rows.year.iloc[-1])
        yield from sentences.told(pair, "-".join(map(_short, pair)), rows, "value", years, form)


@drawing("geopolitical", UN, whose=("actor_a", "actor_b"), **CAPTIONS["heat"])
def heat_picture(
    year: int = 2018, measure: str = "agree", shown: Collection[str] | None = None
) -> dict | None:
    """All pairs of actors in one year, ordered by agreement with the United States: blocs show.

    shown: the actors among whom pairs are ranked. Raises UnknownMeasure, UnknownYear.
    Table: as `standing`, all pairs. Source: table geopolitical/agreement.
    """
    every = votes.standing(year, measure)
    pairs = every if shown is None else _among(every, shown, measure)
    if pairs.empty:
        return None
    said, text = _told(pairs), f"{{actor_a}}-{{actor_b}} {{{measure}:.2f}}."
    return dict(
        key=f"heat-{measure}-{year}",
        title=_ranked(pairs, year, measure),
        neutral=f"Pairs by {MEASURES[measure]}",
        subtitle=f"{MEASURES[measure].capitalize()} in the UN General Assembly {year}, in"
        " hundredths: a row runs left from its actor's name, a column down from it; ordered by"
        " agreement with the United States; framed: China and Russia",
        figure=_heat_map(pairs, _order(every, measure), measure, since=year > THEN),
        lead=f"The nearest and the farthest {TOLD} pairs, and those of the great powers;"
        f" the table holds all {len(pairs)}.",
        sentences=sentences.told_rows(said, text, ["actor_a", "actor_b"], named=_short),
        table=pairs,
    )


def _among(pairs: pd.DataFrame, shown: Collection[str], measure: str) -> pd.DataFrame:
    """The pairs of the actors shown, ranked anew."""
    own = pairs[pairs.actor_a.isin(shown) & pairs.actor_b.isin(shown)].reset_index(drop=True)
    place = own[measure].rank(ascending=measure == "opposed", method="min").astype(int)
    return own.assign(rank=place)


def _ranked(pairs: pd.DataFrame, year: int, measure: str) -> str:
    """Where the pair of China and Russia stands among these, and which comes first."""
    ours = pairs[pairs.actor_a.eq("CHN") & pairs.actor_b.eq("RUS")]
    place = "".join(f"China and Russia rank {at} by {MEASURES[measure]}; " for at in ours["rank"])
    best = [names([row.actor_a, row.actor_b]) for row in pairs.head(1).itertuples()]
    return f"Of {len(pairs)} pairs in {year} {place}first: {(best or ['none'])[0]}"


def _told(pairs):
    """The pairs told in words: both ends of the list, and the three that the article is about."""
    three = pairs.actor_a.isin(LEADS) & pairs.actor_b.isin(LEADS)
    return pairs[three | (pairs.index < TOLD) | (pairs.index >= len(pairs) - TOLD)]


def _order(pairs: pd.DataFrame, measure: str) -> list[str]:
    """The actors in the order of their agreement with the United States."""
    others = with_each_other(pairs, "USA")
    sentences.needed(others, "actor_a", ("USA",), "votes")
    return ["USA", *others.sort_values(measure, ascending=measure == "opposed").actor]


def _heat_map(pairs: pd.DataFrame, order: list[str], measure: str, since: bool) -> Figure:
    """A cell a pair with its value, the actors' names on the diagonal."""
    values = pairs.set_index(["actor_a", "actor_b"])[measure]
    codes = [code for code in order if code in {*pairs.actor_a, *pairs.actor_b}]
    wide = max(len(codes), 8)  # the scale takes as many rows
    figure, ax = canvas(height=0.3 + 0.215 * wide, left=0.08, right=0.08, top=0.1, bottom=0.1)
    bare(ax, xlim=(-0.5, wide + 3.4), ylim=(wide - 0.5, -0.6))
    shades = sns.color_palette("YlGnBu", len(STEPS[measure])).as_hex()
    for row, one in enumerate(codes):
        for column, other in enumerate(codes[:row]):
            value = values.get((min(one, other), max(one, other)), float("nan"))
            if pd.notna(value):
                shade = shades[sum(value >= step for step in STEPS[measure]) - 1]
                framed, tell = {one, other} == {*BOTH}, f"{names([one, other])}: {value:.4g}"
                draw = Tagged(ax, one, other, since=since, tell=tell)
                _cell(draw, column, row, value, shade, framed)
        look: Look = dict(color=actors.colour(one), fontweight="bold") if one in BOTH else {}
        Tagged(ax, one, since=since).text(row - 0.4, row, actors.name(one), va="center", **look)
    _scale(ax, shades, measure, wide)
    return figure


def _cell(draw: Tagged, column: int, row: int, value: float, shade: str, framed: bool) -> None:
    edge = dict(edgecolor=INK, linewidth=2.5, zorder=4) if framed else dict(linewidth=0)
    corner = column - 0.46, row - 0.46
    draw.add_patch(Rectangle(corner, 0.92, 0.92, facecolor=shade, clip_on=False, **edge))
    look: Look = dict(ha="center", va="center", color=readable(ink_on(shade), shade), zorder=5)
    draw.text(column, row, f"{100 * value:.0f}", **look)


def _scale(ax: Axes, shades: list[str], measure: str, wide: int) -> None:
    """The steps of the heat map's colours, with their bounds, in its empty corner."""
    steps, left = (
        [f"{100 * step:.0f}" for step in STEPS[measure]],
        wide + 3.4 - SCALE * (wide + 3.9),
    )
    ax.text(wide + 3.3, -0.1, MEASURES[measure], va="center", ha="right")
    for place, shade in enumerate(shades):
        up = [place + 0.5, place + 0.5, place + 1.4, place + 1.4]
        ax.fill([left, left + 0.9, left + 0.9, left], up, facecolor=shade)
        text = f"{steps[place]} and more" if place else f"below {steps[1]}"
        ax.text(left + 1.2, place + 1, text, va="center")


@drawing("geopolitical", "geopolitical/ideal_points", whose=("actor",), **CAPTIONS["ideal"])
def ideal_picture() -> dict:
    """Ideal points of all actors by session, a few in front, the rest grey.

    Table: actor, year (every fourth), ideal_point. Source: table geopolitical/ideal_points.
    """
    points = evidence.table("geopolitical/ideal_points")
    figure, ax = canvas(height=4.1, right=1.55)
    measured(ax, "ideal point")
    labels: list[Label] = []
    last = points.year.max()
    for code, rows in points.groupby("actor"):
        if code in SHOWN:
            labels += lines(ax, rows, "actor", "ideal_point", "{:+.1f}".format, BOTH)
        else:
            line(ax, rows, "year", "ideal_point", str(code), **FAINT)
    panel(ax, labels, 1992, last, 4)
    apart = [votes.ideal_distance(one, "RUS").set_index("year") for one in ("CHN", "USA")]
    gap, far = (distances.distance for distances in apart)
    went = f"{gap[1992]:.1f} apart in 1992 and {gap[THEN]:.1f} in {THEN}"
    return dict(
        title=f"China and Russia stood {went}; Russia and the United States {far[THEN]:.1f}",
        **sentences.subtitle(
            "Ideal points, one line through UN votes, sessions from 1992 to {} (table: every"
            " fourth); higher is nearer to the USA",
            last,
            THEN,
        ),
        figure=figure,
        sentences=_ideal_in_words(points),
        table=_some_years(points).drop(columns="votes"),
    )


def _ideal_in_words(points: pd.DataFrame) -> Iterator[tuple]:
    for _, rows in points.groupby("actor"):
        years = (rows.year[rows.year <= THEN].max(), rows.year.max())
        yield from sentences.told_each(rows, "actor", "ideal_point", years, "{:+.2f}")
