"""Votes in the UN General Assembly in pictures: pairs over the years, all pairs of a year, ideal
points."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import repeat

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from frenemies.measures import votes
from frenemies.measures.ties import with_each_other
from frenemies.sections import BETWEEN, BOTH
from heldto import evidence
from heldto.claims import rule_of
from heldto.claims.sentences import bounds
from heldto.evidence import actors
from heldto.pictures import (
    canvas,
    dots,
    drawing,
    marks,
    matrix,
    panel,
    plotted,
    sentences,
    tooltips_from_data,
)
from heldto.pictures.marks import Label, Look, Shown, Tagged
from heldto.pictures.style import INK, LOW, QUIET, THEN, ink_on, is_narrow
from heldto.text.texts import captions, labels
from heldto.text.words import capital, join_names, the, with_minus, word

CAPTIONS = captions("geopolitical")
UN = "geopolitical/agreement"
LEADS = ("CHN", "RUS", "USA")
THREE = (("CHN", "RUS"), ("CHN", "USA"), ("RUS", "USA"))
PAIRS = (*THREE, ("CHN", "IND"), ("RUS", "UKR"), ("DEU", "USA"), ("JPN", "USA"))
KOREA = (("CHN", "PRK"), ("PRK", "RUS"), ("KOR", "PRK"))
SHORT = {"USA": "USA", "PRK": "N. Korea", "KOR": "S. Korea"}
DECIDING = {KOREA[0]: actors.colour("CHN"), KOREA[1]: actors.colour("RUS")}
DARK = "#3C4043"  # the line of a panel's own pair
ROOMY = 14  # actors of a heat map for a phone whose cells have room for figures
TOLD = 10  # of the nearest and of the farthest pairs are told in words, beside those of LEADS
ENDS = f"{TOLD} of the nearest pairs, {TOLD} of the farthest, and any of great powers"
NAMED = 12  # lines of ideal points that have room for their names
SHOWN = ("CHN", "RUS", "USA", "UKR", "JPN", "KOR", "IND", "PRK", "KAZ")
FAINT: Look = dict(color="#C9CCD1", linewidth=1, linestyle="solid", zorder=2)
PALEST: Look = dict(edgecolor=QUIET, linewidth=0.6)  # cells that a dark page would swallow
STEPS = labels("geopolitical")["steps"]  # of a measure, at which the heat map's colours change


def _some_years(frame: pd.DataFrame) -> pd.DataFrame:
    """Every fourth year, the last before the article and the last there is: what a page holds."""
    return frame[frame.year.isin([*range(1992, THEN, 4), THEN, frame.year.max()])]


def _short(code: str) -> str:
    return SHORT.get(code) or actors.name(code)


@drawing("geopolitical", UN, **CAPTIONS["pairs"])
def pairs_picture(measure: str = "kappa", *, shown: Shown = None) -> dict | None:
    """One measure of agreement over the years for seven pairs of actors, a panel each: its own line
    dark over the pale ones of the others, on one scale. That of China and Russia is the largest.

    measure: agree, same, opposed (drawn in per cent) or kappa. shown: ISO3; a panel for each pair
    of those. Raises UnknownMeasure.
    Table: a, b, year (every fourth to 2016, 2018, the last), common (votes), the measure.
    Source: geopolitical/agreement.
    """
    pairs = [pair for pair in PAIRS if not marks.is_off(pair)]
    if not pairs:
        return None
    agreed, form = _agreed(measure, pairs)
    return _told_by_year(measure, agreed, form) | {"figure": _panels(measure, agreed, form)}


@drawing("geopolitical", UN, **CAPTIONS["pyongyang"])
def pyongyang_picture(measure: str = "kappa") -> dict:
    """The same of North Korea with China, Russia and South Korea, in one panel.

    Raises UnknownMeasure.
    """
    agreed, form = _agreed(measure, KOREA)
    figure, ax = canvas(height=3.8, left=1.25, right=1.85)
    tooltips_from_data(ax, _unit(measure))
    labels = [_pair_line(ax, rows, pair, form) for pair, rows in agreed.items()]
    ax.margins(y=0.17)
    if measure == "kappa":
        labels += _options(ax)
        marks.on_the_scale(ax, partial(_cap, ax))
    panel(ax, labels, 1992, pd.concat(agreed.values()).year.max(), 4)
    for pair, years in _compared(agreed):
        dots(ax, agreed[pair], "value", years, pair, form.format, DECIDING.get(pair, QUIET))
    return _told_by_year(measure, agreed, form) | {"figure": figure}


def _agreed(measure: str, pairs: Iterable[tuple]) -> tuple[dict[tuple, pd.DataFrame], str]:
    """The measure of each pair over the years, in its column value as it is drawn, and how it is
    written.
    """
    kappa = votes.known_measure(measure) == "kappa"
    factor, form = (1, "{:.2f}") if kappa else (100, "{:.0f} %")
    agreed = {pair: votes.agreement(*pair).assign(a=pair[0], b=pair[1]) for pair in pairs}
    return {pair: rows.assign(value=rows[measure] * factor) for pair, rows in agreed.items()}, form


def _unit(measure: str) -> str:
    return "kappa" if measure == "kappa" else "%"


def _cap(ax: Axes) -> None:
    """End the scale of kappa at 1, which is perfect."""
    low, high = ax.get_ylim()
    ax.set_ylim(low, min(high, 1))


def _told_by_year(measure: str, agreed: dict, form: str) -> dict:
    """What both pictures say of their pairs, and the figures behind them."""
    table = pd.concat(agreed.values())
    last = table.year.max()
    scale = "0 is chance, 1 is perfect" if measure == "kappa" else "per cent"
    said = table.assign(pair=table.a + "-" + table.b, said=table.value.map(form.format))
    said = said.pivot(index="year", columns="pair", values="said")
    went = (
        f"{votes.MEASURES[measure].capitalize()} of {{}} went from {{}} in {{}} to {{}} in {THEN}"
    )
    others = []
    for pair in agreed:
        at = said["-".join(pair)].dropna()
        others.append((pair, went.format(join_names(pair), at.iloc[0], at.index[0], at[THEN])))
    if BOTH not in agreed:
        said = said.assign(**{"-".join(BOTH): ""})  # of a title that is not used then
    return dict(
        others=others,
        words=_measure_texts(measure, last=last, scale=scale, said=said),
        sentences=_pairs_in_words(agreed, form),
        table=_some_years(table)[["a", "b", "year", "common", measure]],
    )


def _panels(measure: str, agreed: dict, form: str) -> Figure:
    """A large panel of the first pair, and small ones of the others, in rows below it."""
    across = 2 if is_narrow() else 3
    below = -(-(len(agreed) - 1) // across)
    room: Look = dict(rows=1 + below, cols=across, squeeze=False, top=0.45, right=0.25, left=1.25)
    room |= dict(height_ratios=[1.9, *repeat(1, below)], height=max(LOW, 2.75 + 1.35 * below))
    figure, grid = canvas(**room, narrow={"left": 0.45})
    figure.subplots_adjust(hspace=1.05 if is_narrow() else 0.8, wspace=0.14)
    for ax in grid[0]:
        ax.remove()
    large = figure.add_subplot(grid[0, 0].get_gridspec()[0, :])
    small = [*grid[1:].flat]
    for ax in small[len(agreed) - 1 :]:
        ax.remove()
    values, step = pd.concat(agreed.values()).value, 0.25 if measure == "kappa" else 25
    scale = step * np.floor(values.min() / step), step * np.ceil(values.max() / step)
    for number, (ax, pair) in enumerate(zip([large, *small], agreed, strict=False)):
        ax.set(ylim=scale)
        ax.yaxis.set_major_locator(MultipleLocator(2 * step))
        _one_pair(ax, agreed, pair, measure, form)
        if number and (number - 1) % across:
            ax.tick_params(labelleft=False)
    if measure == "kappa" and next(iter(agreed)) == BOTH:
        marks.thresholds(large, bounds("F5", "below {:g}"), who=BOTH)
    return figure


def _one_pair(ax: Axes, agreed: dict, pair: tuple, measure: str, form: str) -> None:
    """A panel: all pairs pale, one dark, with its figures of 2018 and of the last year above it."""
    tooltips_from_data(ax, _unit(measure))
    is_first = pair == next(iter(agreed))
    colour = BETWEEN if pair == BOTH else DARK
    for one, rows in agreed.items():
        own = dict(color=colour, linewidth=2.4, zorder=4) if one == pair else FAINT
        who = {*one[1:], *pair} - {one[0]}
        look: Look = dict(others=sorted(who), label=join_names(one), linestyle="solid")
        marks.line(ax, rows, "value", one[0], **look | own)
    rows = agreed[pair].set_index("year").value
    dot = Tagged(ax, *pair, tell=join_names(pair))
    dot.plot(THEN, rows[THEN], "o", color=colour, markersize=5, zorder=6)
    last = rows.index.max()
    marks.year_axis(ax, 1992, last + 0.5, 10)
    marks.article_line(ax, "article" if is_first else "")
    above: Look = dict(xycoords="axes fraction", textcoords="offset points", va="bottom")
    draw = Tagged(ax, *pair)
    draw.annotate("-".join(map(_short, pair)), (0, 1), (0, 15), fontweight="bold", **above)
    draw.annotate(f"{THEN}: {form.format(rows[THEN])}", (0, 1), (0, 3), color=QUIET, **above)
    late = Tagged(ax, *pair, since=True)
    late.annotate(f"{last}: {form.format(rows[last])}", (0, 1), (62, 3), color=QUIET, **above)
    marks.tag(ax, *pair)


def _compared(agreed: dict) -> Iterator[tuple]:
    """(pair, years) of what the title compares: the pairs that a claim is about in one year, or the
    first that is drawn, in its first year and in the last before the article.
    """
    if not marks.is_off({code for pair in DECIDING for code in pair}):
        yield from ((pair, [THEN]) for pair in DECIDING)
    elif first := marks.first_on(agreed):
        yield first, [agreed[first].year.iloc[0], THEN]


def _measure_texts(measure: str, **more: object) -> dict:
    """What texts call a measure, in a sentence and at its beginning, and more of their figures."""
    what = votes.MEASURES[measure]
    return {"measure": measure, "what": what, "name": what.capitalize(), **more}


def _options(ax: Axes) -> list[Label]:
    """How far North Korea's votes with China may lie above those with Russia by claim G11: bands
    that say nothing without one of the three.
    """
    who = ("CHN", "PRK", "RUS")
    rule, russia = rule_of("G11"), votes.agreement("PRK", "RUS")
    labels, low, last = list[Label](), russia.kappa, russia.year.max()
    for verdict, most, shade in (("holds", rule.holds, 0.16), ("partly", rule.partly, 0.08)):
        high = (russia.kappa + most).clip(upper=1)  # 1 is perfect
        for late, rows in marks.cut(russia):
            band: Look = dict(color=INK, alpha=shade / (1 + late), linewidth=0, zorder=1.4)
            edges = rows.year, low[rows.index], high[rows.index]
            tell = f"G11 {verdict} while China is no more than {most:g} above Russia"
            Tagged(ax, *who, since=late, tell=tell).fill_between(*edges, **band)
        then, now = high[russia.year.isin((THEN, last))]
        text = f"G11 {verdict}: to {most:g} above"
        labels.append(Label(who, (last, THEN), (now, then), text, QUIET))
        low = high
    return labels


def _pair_line(ax: Axes, rows: pd.DataFrame, pair: tuple, form: str) -> Label:
    """A pair's line: heavy where a claim is about it. Returns its label."""
    lead, colour = pair in DECIDING, DECIDING.get(pair, "#9AA0A6")
    look: Look = dict(color=colour, linestyle="solid", others=pair[1:], label=join_names(pair))
    name = "-".join(map(_short, pair))
    text = f"{name} {form.replace('{', '{0.value')}".format
    return marks.line(ax, rows, "value", pair[0], lead, text, **look)


def _pairs_in_words(agreed: dict, form: str) -> Iterator[sentences.Sentence]:
    for pair, rows in agreed.items():
        years = (rows.year.iloc[0], THEN, rows.year.iloc[-1])
        yield from sentences.year_sentence(
            pair, "-".join(map(_short, pair)), rows, "value", years, form
        )


@drawing("geopolitical", UN, **CAPTIONS["heat"])
def heat_picture(year: int = 2018, measure: str = "agree", shown: Shown = None) -> dict | None:
    """All pairs of actors in one year, ordered by the measure with the United States: blocs show.

    shown: the actors among whom pairs are ranked. Raises UnknownMeasure, UnknownYear.
    Table: as `standing`, all pairs. Source: table geopolitical/agreement.
    """
    every = votes.pair_ranking(year, measure)
    pairs = every if shown is None else _anew(every, measure)
    if pairs.empty:
        return None
    text, who = f"{{actor_a}}-{{actor_b}} {{{measure}:.2f}}.", ["actor_a", "actor_b"]
    some = f"{ENDS}; the table has all {len(pairs)}"
    told = some if len(pairs) > 2 * TOLD else "Each pair"
    return dict(
        words=_measure_texts(measure, year=year, told=told),
        title=_ranked(pairs, year, measure),
        figure=_heat_map(pairs, _order(every, measure), measure, year),
        sentences=sentences.row_sentences(_pairs_to_tell(pairs), text, who, named=_short),
        table=pairs,
    )


def _anew(pairs: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The pairs of the actors shown, ranked anew."""
    own = marks.on(pairs, "actor_a", "actor_b").reset_index(drop=True)
    place = own[measure].rank(ascending=measure == "opposed", method="min").astype(int)
    return own.assign(rank=place)


def _ranked(pairs: pd.DataFrame, year: int, measure: str) -> str:
    """Where the pair of China and Russia stands among these, and which comes first."""
    if len(pairs) == 1:
        return _of_one(pairs.iloc[0], year, measure)
    ours = pairs[pairs.actor_a.eq("CHN") & pairs.actor_b.eq("RUS")]
    first, by = join_names([*pairs.loc[0, ["actor_a", "actor_b"]]]), f"by {votes.MEASURES[measure]}"
    level = int(pairs["rank"].eq(1).sum()) - 1
    if level > 0:
        first += f", level with {word(level)} more"
    if measure == "opposed":
        by += ", fewest first"
    of = f"Of {len(pairs)} pairs in {year}"
    if ours.empty:
        return f"{of} the first {by}: {first}"
    place = ours["rank"].iloc[0]
    after = f"; first: {first}" if place > 1 or level > 0 else ""
    return f"{of} China and Russia rank {place} {by}{after}"


def _of_one(pair: pd.Series, year: int, measure: str) -> str:
    """What a pair that is shown alone has."""
    what = capital(votes.MEASURES[measure])
    names = join_names([pair.actor_a, pair.actor_b])
    return f"{what} of {names} in {year}: {pair[measure]:.2f}"


def _pairs_to_tell(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs told in words: both ends of the list, and the three that the article is about."""
    three = pairs.actor_a.isin(LEADS) & pairs.actor_b.isin(LEADS)
    return pairs[three | (pairs.index < TOLD) | (pairs.index >= len(pairs) - TOLD)]


def _order(pairs: pd.DataFrame, measure: str) -> list[str]:
    """The actors in the order of their agreement with the United States, the others last."""
    others = with_each_other(pairs, "USA")
    sentences.needed(others, "actor_a", ("USA",), "votes")
    ranked = ["USA", *others.sort_values(measure, ascending=measure == "opposed").actor]
    return [*ranked, *sorted({*pairs.actor_a, *pairs.actor_b} - {*ranked})]


def _heat_map(pairs: pd.DataFrame, order: list[str], measure: str, year: int) -> Figure:
    """A cell a pair with its value, where there is room for it, and the actors' names."""
    since = year > THEN
    values = pairs.set_index(["actor_a", "actor_b"])[measure]
    codes = [code for code in order if code in {*pairs.actor_a, *pairs.actor_b}]
    figure, ax = matrix.matrix_sheet(codes, BOTH, since)
    shades = sns.color_palette("YlGnBu", len(STEPS[measure])).as_hex()
    roomy = not is_narrow() or len(codes) <= ROOMY
    steps = [round(100 * step) for step in STEPS[measure]]
    for (one, other), value in values.dropna().items():
        written = round(100 * value)  # its colour is that of the figure which a reader sees
        shade = shades[sum(written >= step for step in steps) - 1]
        edge: Look = PALEST if shade == shades[0] else {}
        if {one, other} == {*BOTH}:
            edge = dict(edgecolor=INK, linewidth=2.5, zorder=4)
        place = codes.index(one), codes.index(other)
        draw = Tagged(ax, one, other, since=since, tell=f"{join_names([one, other])}: {value:.4g}")
        matrix.matrix_cell(draw, place, shade, **edge)
        if roomy:
            matrix.matrix_words(draw, place, with_minus(f"{written}"), ink_on(shade), shade)
    _scale(ax, shades, measure)
    return figure


def _scale(ax: Axes, shades: list[str], measure: str) -> None:
    """The steps of the heat map's colours, with their bounds, in its empty corner."""
    _, least, *more = (f"{100 * step:.0f}" for step in STEPS[measure])
    texts = [f"below {least}", *(f"{step} and more" for step in (least, *more))]
    key = matrix.matrix_key(ax, dict(zip(texts, shades, strict=True)), votes.MEASURES[measure])
    key.get_patches()[0].set(**PALEST)


@drawing("geopolitical", "geopolitical/ideal_points", **CAPTIONS["ideal"])
def ideal_picture() -> dict:
    """Ideal points of all actors by session; of more than can be told apart a few in front, the
    rest grey, with names and colours only while few actors are on.

    Table: actor, year (every fourth to 2016, 2018, the last), ideal_point, low, high.
    Source: table geopolitical/ideal_points.
    """
    points = evidence.table("geopolitical/ideal_points")
    figure, ax = canvas(height=4.2, right=1.55, top=0.25)
    last = points.year.max()
    look: Look = dict(say="{:+.1f}".format, lead=BOTH)
    labels = plotted.lines(ax, points, "actor", "ideal_point", "ideal point", **look)
    seen = [label for label in labels if not marks.is_off(label.who)]
    if len(seen) > NAMED:
        panel(ax, _named_ones(ax, seen), 1992, last, 4, few=seen)
    else:
        panel(ax, seen, 1992, last, 4)
    for at, words in ((1, "\u2191 the West's votes"), (0, "\u2193 votes against it")):
        side: Look = dict(xycoords="axes fraction", textcoords="offset points", color=QUIET)
        ax.annotate(words, (0, at), (0, 3), va="bottom", **side)
    others = _stood(points)
    told = marks.first_on([LEADS, *(who for who, _ in others)])
    for code, waits in marks.in_titles([LEADS, *(who for who, _ in others)]):
        is_late = waits or len(told) == 1 or told == LEADS and code == "USA"  # one year is told
        years = [THEN] if is_late else [points.year.min(), THEN]
        look = dict(column="ideal_point", who=[code], say="{:+.2f}".format, told=waits)
        dots(ax, points[points.actor.eq(code)], years=years, **look)
    apart = [votes.ideal_distance(one, "RUS").set_index("year") for one in ("CHN", "USA")]
    china, usa = (distances.distance for distances in apart)
    return dict(
        others=others,
        words={"china": china, "usa": usa, "last": last},
        figure=figure,
        sentences=sentences.year_sentences(points, "actor", "ideal_point", (THEN, last), "{:+.2f}"),
        table=_some_years(points).drop(columns="votes"),
    )


def _named_ones(ax: Axes, labels: list[Label]) -> list[Label]:
    """The labels of lines in front; the others are faint."""
    for line in ax.lines:
        if {*SHOWN}.isdisjoint(marks.whose(marks.tag_words(line) or [])):
            line.set(**FAINT)
            marks.faint(line)
    return [label for label in labels if label.who[0] in SHOWN]


def _stood(points: pd.DataFrame) -> list[tuple[tuple[str, ...], str]]:
    """What is said where China, Russia or the United States is off: of pairs, then of one."""
    titles: list[tuple[tuple[str, ...], str]] = []
    for pair in THREE:
        far = votes.ideal_distance(*pair).set_index("year").distance
        title = (
            f"{capital(join_names(pair))} stood {far[1992]:.1f} apart in 1992 and {far[THEN]:.1f}"
        )
        titles.append((pair, f"{title} in {THEN}"))
    now = points[points.year.eq(THEN)].set_index("actor").ideal_point
    for code, place in now.reindex([*LEADS, *now.index.difference(LEADS)]).items():
        where = f"{place:+.1f} on the line of ideal points"
        titles.append(((code,), f"In {THEN} {the(str(code))} stood at {where}"))
    return titles
