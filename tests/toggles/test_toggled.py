"""Calls of seaborn that are drawn actor by actor: every row's mark follows its actor, and bad input gets a sentence."""

import dataclasses
import re
import sys
from functools import wraps
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import seaborn as sns
import seaborn.objects as so
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from legible import overlaps
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

import frenemies as fr
from heldto.errors import Problem
from heldto.evidence import actors
from heldto.pictures import marks, plotted, svg, table
from heldto.pictures.picture import NARROW, Picture
from heldto.toggles import bar
from heldto.toggles import toggled as module
from heldto.toggles.views import Explore

CREDIT = {"tables": ["economic/trade"]}
FRAME = pd.DataFrame(
    [
        ("Russia", 2016, 10.0, 1.0),
        ("Russia", 2018, 12.0, 2.0),
        ("Russia", 2020, 11.0, 3.0),
        ("IND", 2016, 20.0, 4.0),
        ("IND", 2018, 12.0, 5.0),
        ("IND", 2020, 26.0, 6.0),
        ("USA", 2018, 30.0, 7.0),
    ],
    columns=["partner", "year", "share", "other"],
)
CODES = {"Russia": "RUS", "IND": "IND", "USA": "USA"}
TWICE = pd.concat([FRAME, FRAME.assign(share=FRAME["share"] + 1)], ignore_index=True)
HUE = dict(x="year", y="share", hue="partner")
HUES = {
    "line": (sns.lineplot, HUE),
    "bar": (sns.barplot, HUE),
    "bar on its side": (sns.barplot, dict(x="share", y="year", hue="partner", orient="h")),
    "bar without filling": (sns.barplot, HUE | dict(fill=False)),
    "point": (sns.pointplot, HUE),
    "point side by side": (sns.pointplot, HUE | dict(dodge=True)),
    "scatter": (sns.scatterplot, HUE | dict(style="partner")),
    "scatter of two measures": (sns.scatterplot, HUE | dict(x="other")),
    "strip": (sns.stripplot, HUE),
    "strip of years": (sns.stripplot, HUE | dict(native_scale=True)),
    "swarm": (sns.swarmplot, HUE),
}
ON_AXIS = {
    f"{name} of actors, {way}": (
        draw,
        dict(x="partner", y="share") if way == "up" else dict(x="share", y="partner"),
    )
    for name, draw in (
        ("bar", sns.barplot),
        ("point", sns.pointplot),
        ("strip", sns.stripplot),
        ("scatter", sns.scatterplot),
        ("line", sns.lineplot),
    )
    for way in ("up", "aside")
    if (name, way) != ("line", "aside")
}
EVERY = HUES | ON_AXIS
MANY = pd.DataFrame(
    [
        (code, year, 10.0 * number + (year * 7 + number) % 11, year - 2000.0)
        for number, code in enumerate(("RUS", "IND", "USA"), 1)
        for year in range(2008, 2022)
    ],
    columns=["partner", "year", "share", "other"],
)
IN_TURN = {  # fits, boxes, densities: of all rows, and of those known
    "box": (sns.boxplot, dict(x="partner", y="share")),
    "box aside": (sns.boxplot, dict(x="share", y="partner")),
    "violin": (sns.violinplot, dict(x="partner", y="share")),
    "boxen": (sns.boxenplot, dict(x="partner", y="share")),
    "swarm of actors": (sns.swarmplot, dict(x="partner", y="share")),
    "mean of actors": (sns.barplot, dict(x="partner", y="share")),
    "hist": (sns.histplot, dict(x="share", hue="partner")),
    "kde": (sns.kdeplot, dict(x="share", hue="partner")),
    "kde, filled": (sns.kdeplot, dict(y="share", hue="partner", fill=True)),
    "ecdf": (sns.ecdfplot, dict(x="share", hue="partner")),
    "rug": (sns.rugplot, dict(x="share", hue="partner")),
    "reg": (sns.regplot, HUE),
    "reg of two measures": (sns.regplot, HUE | dict(x="other")),
    "resid": (sns.residplot, HUE),
}
ALL_KINDS = EVERY | IN_TURN


def drawn(name, frame=FRAME, **more):
    """(its axes, its words to seaborn, the picture) of one of the calls."""
    draw, roles = ALL_KINDS[name]
    if "errorbar" in draw.__code__.co_varnames:
        more = {"errorbar": None} | more
    made = fr.toggled(draw, frame, **roles, **(CREDIT | more))
    return made.figure.axes[0], roles, made


def plain(frame=FRAME, draw=sns.lineplot, **more):
    roles = HUE if not {"x", "y", "hue"} & {*more} else {}
    return fr.toggled(draw, frame, **(roles | CREDIT | more))


def ends(artist, upright):
    """What a mark shows along the axis of figures."""
    if isinstance(artist, Rectangle):
        return [artist.get_height() if upright else artist.get_width()]
    points = artist.get_offsets() if isinstance(artist, PathCollection) else artist.get_xydata()
    return list(np.asarray(points)[:, int(upright)])


def data_of(ax):
    """Everything in the data's place."""
    found = [*ax.patches, *ax.lines, *ax.collections]
    rule = [one for one in ax.lines if one.get_linestyle() == ":" or len({*one.get_xdata()}) < 2]
    for artist in found:
        if artist not in rule or marks.tag_words(artist) is not None:
            yield artist


def marks_of(ax):
    """(code, late, artist) of everything in the data's place; what is tagged by nobody fails."""
    for artist in data_of(ax):
        words = marks.tag_words(artist)
        if words is None and not artist.get_transform().contains_branch(ax.transData):
            continue
        assert words is not None, artist
        (code,) = marks.whose(words)
        yield code, "since" in words, artist


def colours(artist):
    """The colours of what was drawn as one."""
    if isinstance(artist, Line2D):
        return {to_rgb(artist.get_color())}
    faces = to_rgba_array(artist.get_facecolor())
    faces = faces if len(faces) and faces[:, 3].any() else to_rgba_array(artist.get_edgecolor())
    return {tuple(one[:3]) for one in faces}


@pytest.mark.parametrize("name", EVERY)
def test_each_row_has_a_mark_that_goes_with_its_actor_and_no_mark_is_without_a_row(name):
    ax, roles, _ = drawn(name)
    upright, by_year = roles["y"] == "share", "year" in roles.values()
    found, rows = set(), set()
    for code, late, artist in marks_of(ax):
        if "then" not in marks.tag_words(artist):
            own = {(code, late, float(f"{end:.6f}")) for end in ends(artist, upright) if end == end}
            found |= own
    one_each = "scatter" in name or "strip" in name
    frame = FRAME.assign(late=FRAME["year"] > 2018, code=FRAME["partner"].map(CODES))
    if not (by_year or one_each):  # a mark tells of all the years of its actor
        frame = frame.groupby("code", as_index=False).agg(
            share=("share", "mean"), late=("late", "max")
        )
    rows = {(row.code, bool(row.late), float(f"{row.share:.6f}")) for row in frame.itertuples()}
    joints = {("RUS", True, 12.0), ("IND", True, 12.0)}  # where a line's later part begins
    assert found - rows <= (joints if name.split()[0] in ("line", "point") else set())
    assert rows <= found


@pytest.mark.slow
@pytest.mark.parametrize("name", IN_TURN)
def test_what_is_made_of_all_rows_is_drawn_of_those_known_too_and_shown_in_turn(name):
    ax, _, made = drawn(name, MANY)
    for code in ("RUS", "IND", "USA"):
        tagged = [marks.tag_words(one) for own, _, one in marks_of(ax) if own == code]
        assert {("since" in words, "then" in words) for words in tagged} == {
            (True, False),
            (False, True),
        }
    assert not made.late and {who[-1] for who, _ in made.sentences} > {"since"}
    known = MANY[MANY["year"] <= 2018]
    alone, _, _ = drawn(name, known)
    then = [one for one in data_of(ax) if "then" in (marks.tag_words(one) or ())]
    assert len(then) == len([one for one in data_of(alone) if marks.tag_words(one)])
    for one, other in zip(
        then, (one for one in data_of(alone) if marks.tag_words(one)), strict=True
    ):
        assert shape(one) == pytest.approx(shape(other), nan_ok=True)


def shape(artist):
    """Where an artist is, in the data's units."""
    if isinstance(artist, PathCollection):
        return np.asarray(artist.get_offsets()).ravel()
    if hasattr(artist, "get_paths"):
        return np.concatenate([path.vertices.ravel() for path in artist.get_paths()])
    transform = artist.get_patch_transform() if hasattr(artist, "get_patch_transform") else None
    path = artist.get_path()
    return (transform.transform_path(path) if transform else path).vertices.ravel()


def test_nothing_is_drawn_in_turn_where_nothing_came_later():
    ax, _, _ = drawn("box", MANY[MANY["year"] <= 2018])
    assert {tuple(marks.tag_words(one)) for _, _, one in marks_of(ax)} == {
        ("a-RUS",),
        ("a-IND",),
        ("a-USA",),
    }


@pytest.mark.parametrize("name", ["bar", "bar on its side", "strip", "swarm", "point side by side"])
def test_marks_stand_where_seaborn_puts_them_in_one_call(name):
    ax, roles, _ = drawn(name, jitter=False, dodge=True) if name == "strip" else drawn(name)
    draw, words = ALL_KINDS[name]
    more = {"errorbar": None} if "errorbar" in draw.__code__.co_varnames else {}
    more |= dict(jitter=False) if name == "strip" else {}
    more |= dict(dodge=True) if name in ("strip", "swarm") else {}
    plot = draw(FRAME, ax=Figure().subplots(), **words, **more, legend=False)
    axis = int(roles["y"] != "share")

    def across(one):
        if isinstance(one, Rectangle):
            return [one.get_center()[axis]] if one.get_width() * one.get_height() else []
        points = one.get_offsets() if isinstance(one, PathCollection) else one.get_xydata()
        points = np.asarray(points)
        return points[np.isfinite(points).all(axis=1)][:, axis]

    ours = {round(float(at), 3) for *_, one in marks_of(ax) for at in across(one)}
    theirs = {round(float(at), 3) for one in data_of(plot) for at in across(one)}
    assert ours == theirs


def test_bins_are_the_same_for_all_actors():
    ax, _, _ = drawn("hist", MANY)
    now = {round(one.get_x(), 6) for _, late, one in marks_of(ax) if late}
    edges = {round(at, 6) for at in np.histogram_bin_edges(MANY["share"], "auto")}
    assert now <= edges


@pytest.mark.parametrize(
    "frame, more, calls",
    [
        (MANY, {}, 1),
        (MANY, {"estimator": None, "errorbar": None}, 1),
        (MANY, {"hue_order": ["USA", "IND", "RUS"]}, 6),
        (MANY, {"style": "partner"}, 6),
        (pd.concat([MANY, MANY.assign(share=1)]), {}, 6),  # a mean of two
    ],
)
def test_lines_of_one_figure_a_year_are_one_call_of_seaborn(frame, more, calls):
    made = []

    @wraps(sns.lineplot)
    def counted(*given, **words):
        made.append(words)
        return sns.lineplot(*given, **words)

    plain(frame, counted, legend=False, **more)
    assert len(made) == calls


def test_a_colour_that_stands_for_a_number_is_not_paled():
    """Paled, the largest figure of a later year would look like a small one."""
    scale = plain(draw=sns.scatterplot, x="partner", y="share", hue="other").figure.axes[0]
    own = plain(draw=sns.scatterplot, x="year", y="share", hue="partner").figure.axes[0]
    opaque, paled = (
        {artist.get_alpha() for _, late, artist in marks_of(ax) if late} for ax in (scale, own)
    )
    assert opaque == {None} and paled == {marks.LATE}


@pytest.mark.parametrize("name", ["line", "bar", "strip"])
def test_an_order_of_colours_holds_for_those_who_are_shown(name):
    _, _, made = drawn(name, hue_order=["USA", "Russia", "IND"])
    codes = {code for code, *_ in marks_of(made.paint(["RUS", "IND"]).axes[0])}
    assert codes == {"RUS", "IND"}


@pytest.mark.parametrize("name", [name for name in EVERY if EVERY[name][0] is not sns.lineplot])
def test_colours_are_the_actors_own(name):
    ax, _, _ = drawn(name)
    for code, _, artist in marks_of(ax):
        (colour,) = colours(artist)
        assert colour == pytest.approx(to_rgb(actors.colour(code)))


@pytest.mark.slow
@pytest.mark.parametrize("name", IN_TURN)
def test_colours_tell_actors_apart_in_what_is_drawn_in_turn_too(name):
    ax, _, _ = drawn(name, MANY)
    shades = {}
    for code, _, artist in marks_of(ax):
        shades.setdefault(code, set()).update(colours(artist))
    if "reg" in name or "mean" in name:  # the bounds of a mean are dark
        assert all(to_rgb(actors.colour(code)) in one for code, one in shades.items())
    assert len({frozenset(one) for one in shades.values()}) == 3


@pytest.mark.parametrize(
    "more", [dict(errorbar=("pi", 100)), dict(errorbar=("pi", 100), capsize=0.2)]
)
@pytest.mark.parametrize("name", ["bar", "point", "bar of actors, up", "point of actors, aside"])
def test_error_bars_go_with_their_actor_and_are_no_figures(name, more):
    ax, roles, made = drawn(name, TWICE, **more)
    lines = [(code, late, one) for code, late, one in marks_of(ax) if isinstance(one, Line2D)]
    spreads = [
        row for row in lines if plotted.is_unmarked(row[2]) and not row[2].get_label()[0].isalpha()
    ]
    assert {code for code, *_ in spreads} == {"RUS", "IND", "USA"}
    upright = roles["y"] == "share"
    for code, _, line in spreads:
        own = TWICE[TWICE["partner"].map(CODES) == code]["share"]
        low, high = np.nanmin(ends(line, upright)), np.nanmax(ends(line, upright))
        assert {low, high} <= {*own}
    assert "nan" not in made.to_html()


BEHIND = {
    "a mean": ("line", TWICE, {}, "each mark is the mean of 2 rows of the table"),
    "of some": (
        "bar of actors, up",
        FRAME,
        {},
        "each mark is the mean of up to 3 rows of the table",
    ),
    "a sum": ("bar", TWICE, {"estimator": "sum"}, "each mark stands for 2 rows of the table"),
    "a dot a row": ("strip", TWICE, {}, ""),
    "a line a row": ("line", TWICE.assign(of=[*"a" * 7, *"b" * 7]), {"style": "of"}, ""),
    "a row each": ("point", FRAME, {}, ""),
}


@pytest.mark.parametrize("case", BEHIND)
def test_a_mark_of_several_rows_says_so(case):
    name, frame, more, says = BEHIND[case]
    for title in ("", "A finding"):
        _, _, made = drawn(name, frame, title=title, **more)
        assert ("each mark" in made.to_html().lower()) == bool(says)
        assert says in made.subtitle.lower() and says in made.lead.lower()


def test_a_mark_of_several_rows_says_of_how_many_were_known():
    _, _, made = drawn("bar of actors, up")
    assert "mean of up to 2 rows" in made.then["lead"] and "up to 2" in made.then["subtitle"]


@pytest.mark.parametrize("style", ["band", "bars"])
def test_what_a_line_is_unsure_of_is_cut_where_later_years_begin(style):
    ax, _, made = drawn("line", TWICE, errorbar=("pi", 100), err_style=style)
    assert made.svg.count(">Russia 11.5 (2020)<") == made.svg.count(">Russia 12.5<") == 1
    spreads = [(code, late, one) for code, late, one in marks_of(ax) if one in ax.collections]
    assert {(code, late) for code, late, _ in spreads} >= {("RUS", False), ("RUS", True)}
    for _, late, one in spreads:
        across = np.vstack([path.vertices for path in one.get_paths()])[:, 0]
        assert across.max() == 2020 if late else across.max() <= 2018


@pytest.mark.parametrize(
    "subtitle, holds", [("Since 2016, per cent", True), ("Per cent, 2016-2020", False)]
)
def test_a_subtitle_of_ones_own_that_names_no_later_year_stands_in_then_too(subtitle, holds):
    _, _, made = drawn("line", title="A finding", subtitle=subtitle)
    assert ("subtitle" not in made.then) == holds


@pytest.mark.parametrize("name", ["line", "bar of actors, aside", "strip of years", "scatter"])
def test_it_has_a_drawing_for_a_phone_in_which_nothing_is_cut(name):
    _, _, made = drawn(name)
    for picture in (made, made.drawn(["RUS", "USA"])):
        fields = {one.name: getattr(picture, one.name) for one in dataclasses.fields(Picture)}
        phone = Picture(**fields | {"figure": picture.narrow(), "shown": None})
        assert phone.figure.get_figwidth() == NARROW and overlaps(phone) == []
        (ax,) = phone.figure.axes
        assert {code for code, *_ in marks_of(ax)} == {*picture.everybody}


def test_large_figures_of_an_axis_have_commas():
    _, _, made = drawn("line", FRAME.assign(share=FRAME["share"] * 200))
    made.figure.draw_without_rendering()
    ticks = [one.get_text() for one in made.figure.axes[0].get_yticklabels()]
    assert "4,000" in ticks


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL_KINDS)
def test_drawn_for_some_it_is_the_same_call_with_their_rows(name):
    frame = MANY if name in IN_TURN else FRAME
    _, roles, whole = drawn(name, frame)
    of_all = svg.figure_svg(whole.figure).shapes("all")
    some = whole.paint(["RUS"])
    (ax,) = some.axes
    assert {code for code, *_ in marks_of(ax)} == {"RUS"}
    assert svg.figure_svg(whole.figure).shapes("all") == of_all  # nothing of it stays
    own = frame[frame["partner"].isin(["Russia", "RUS"])]
    _, _, alone = drawn(name, own)
    assert whole.drawn(["RUS"])._drawing.shapes("some") == svg.figure_svg(alone.figure).shapes(
        "some"
    ) or (
        name in ("line", "point", "point side by side")  # whose gaps and digits are those of all
    )
    picture = whole.drawn(["RUS"])
    assert "Russia" in picture.alt and "India" not in picture.alt and picture.shown == ["RUS"]
    assert whole.drawn(None) is whole and whole.drawn(["DEU"]) is whole
    assert whole.drawn(["RUS"]).svg == picture.svg != whole.svg


def of_years(years, figures=None):
    """A figure a year of Russia's; NaN where none is held."""
    figures = range(1, len(years) + 1) if figures is None else figures
    return pd.DataFrame({"partner": "RUS", "year": years, "share": [float(x) for x in figures]})


ALONE = [2017, 2018, 2019, 2020, 2021, 2023, 2025]
GAPS = {
    "single years alone": (of_years(ALONE), [[2017, 2018], [2018, 2019, 2020, 2021], [2023], [2025]]),
    "beside one who has them all": (
        pd.concat([of_years([2014, 2016, 2018]), of_years(range(2014, 2019)).assign(partner="IND")]),
        [[2014], [2016], [2018]],
    ),
    "a figure that is not held": (
        of_years([2014, 2015, 2016, 2017, 2018], [1, 2, np.nan, 4, 5]), [[2014, 2015], [2017, 2018]],
    ),
    "two that are not held": (
        of_years([2014, 2015, 2016, 2017, 2020], [1, np.nan, np.nan, 4, 5]), [[2014], [2017], [2020]],
    ),
    "where later years begin": (of_years([2016, 2017, 2018, 2020, 2021]), [[2016, 2017, 2018], [2020, 2021]]),
    "every other year": (of_years([2014, 2016, 2018]), [[2014, 2016, 2018]]),
    "years that are never one step apart": (of_years([2005, 2007, 2010]), [[2005, 2007, 2010]]),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", HUES)
@pytest.mark.parametrize("first", [2018, 2019])
def test_where_all_is_later_than_the_article_nothing_is_faded_and_the_caption_says_so(name, first):
    frame = FRAME.assign(year=FRAME["year"] - FRAME["year"].min() + first)
    plot, _, picture = drawn(name, frame)
    after = first > 2018
    assert (
        (module.WORDS.fill("after", known="August 2019")[1:] in picture.subtitle)
        is after
        is picture.late
    )
    late = [artist for _, since, artist in marks_of(plot) if since]
    assert late and {artist.get_alpha() in (None, 1) for artist in late} == {after}
    assert not after or "August 2019" not in [text.get_text() for text in plot.texts]


@pytest.mark.parametrize("years,told", [(5, 5), (26, 9)])
def test_many_years_beside_each_other_are_named_now_and_then(years, told):
    frame = pd.DataFrame({"year": range(1995, 1995 + years), "partner": "IND", "share": 1.0})
    plot, _, _ = drawn("bar", frame)
    shown = [label for label in plot.get_xticklabels() if label.get_visible()]
    assert shown[0].get_text() == "1995" and len(shown) == told
    boxes = [label.get_window_extent() for label in shown]
    assert all(one.x1 < two.x0 for one, two in zip(boxes, boxes[1:], strict=False))


@pytest.mark.parametrize("name", ["line", "point"])
@pytest.mark.parametrize("case", GAPS)
def test_a_line_breaks_where_years_are_missing(name, case):
    frame, runs = GAPS[case]
    ax, _, made = drawn(name, frame)
    own, found = frame[frame["partner"] == "RUS"].dropna(), []
    year_of = dict(zip(own["share"], own["year"], strict=True))
    for code, _, line in marks_of(ax):
        if code == "RUS":
            figures = [figure for figure in ends(line, True) if np.isfinite(figure)]
            found.append([year_of[figure] for figure in figures])
            assert len(figures) > 1 or not plotted.is_unmarked(line)
    assert sorted(found) == runs
    last = own["share"].max()
    assert name != "line" or f"Russia {last:.2f}" in made.svg
    missing = {*range(2014, 2025)} - {*frame.dropna()["year"]}
    assert not any(f"in {year}" in made.alt for year in missing)
    assert "nan" not in made.to_html()


def test_what_a_line_is_unsure_of_breaks_where_it_does():
    frame = of_years([2014, 2015, 2017, 2018])
    frame = pd.concat([frame, frame.assign(share=frame["share"] + 1)])
    ax, _, _ = drawn("line", frame, errorbar=("pi", 100))
    across = [
        {*np.vstack([path.vertices for path in one.get_paths()])[:, 0]} for one in ax.collections
    ]
    assert across == [{2014, 2015}, {2017, 2018}]


def test_labels_stand_at_the_lines_that_are_left():
    whole = drawn("line")[2]
    (ax,) = whole.paint(["RUS"]).axes
    (label,) = [one for one in ax.texts if one.get_text() == "Russia 11.0 (2020)"]
    end = ax.transAxes.inverted().transform(ax.transData.transform((2020, 11)))
    assert label.get_position()[1] == pytest.approx(end[1], abs=0.02)
    assert overlaps(SimpleNamespace(figure=ax.figure)) == overlaps(whole) == []


@pytest.mark.parametrize("years", [(2010, 2018, 2020), (1990, 2018, 2024), (2012, 2018)])
def test_no_label_stands_across_the_line_of_august_2019(years):
    frame = of_years([*years])
    ax, _, made = drawn("line", frame)
    (then,) = [one for one in ax.texts if (marks.tag_words(one) or [""])[-1] == "then"]
    made.figure.canvas.draw()
    line = ax.transData.transform((2019.6, 0))[0]
    assert then.get_window_extent().x0 > (line if years[-1] > 2019 else ax.bbox.x1)


def test_a_label_says_of_which_year_it_is_but_of_the_last_that_all_lines_have_in_then():
    ax, _, _ = drawn("line")
    told = {text.get_text(): text.get_gid() for text in ax.texts if text.get_gid()}
    assert {"Russia 11.0 (2020)", "India 26.0 (2020)", "United States 30.0 (2018)"} <= {*told}
    assert "then" in told["United States 30.0"].split("!")


def test_a_scale_told_by_a_function_of_one_s_own_stays_whoever_is_shown():
    def per_cent(ax):
        ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0f} per cent")

    _, _, whole = drawn("line", also=per_cent)
    assert "20 per cent" in whole.svg and "10.5 per cent" not in whole.svg
    assert "12 per cent" in whole.drawn(["RUS"]).svg


def test_a_title_that_names_an_actor_gives_way_while_that_one_is_off():
    said = dict(title="India's share has grown")
    whole = plain(**said)
    assert whole.drawn(["IND", "RUS"]).title == "India's share has grown"
    assert whole.drawn(["RUS"]).title == "Share by partner"
    about = plain(others=["PRK"], **said)
    assert about.drawn(["PRK", "RUS"]).title == "Share by partner: North Korea"


def test_in_a_notebook_it_stands_under_the_bar_and_is_drawn_for_those_shown(monkeypatch):
    made = []
    monkeypatch.setattr(module, "Explore", lambda *args: made.append(Explore(*args)) or made[-1])
    whole = drawn("line")[2]
    data, about = whole._repr_mimebundle_()
    assert data["text/plain"] == whole.to_text() and about["frenemies"]["kind"] == "picture"
    (under,) = made
    bar, page = under.children[0], under.children[-2]
    dead = f"[.]{under._dom_classes[-1]}[.]jupyter-widgets-disconnected::before"
    assert re.search(rf"{dead} {{\n.*Run All Above Selected Cell", str(page._css))
    assert bar is fr.actor_bar("own") and "India" in page.value
    page.in_view = True
    bar.shown = ["RUS", "USA"]
    assert "India" not in page.value and "Russia" in page.value
    bar.shown = bar.actors
    assert "India" in page.value and whole.figure.axes  # the reader's own keeps its figure


SMALL = st.lists(
    st.tuples(
        st.sampled_from(["RUS", "India", "EU28"]),
        st.integers(2014, 2020),
        st.integers(-50, 50).map(lambda n: n / 8),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=15)
@given(SMALL, st.sampled_from(sorted({*EVERY} - {"point side by side"})))
def test_any_small_frame_is_toggled_whole(rows, name):
    frame = pd.DataFrame(rows, columns=["partner", "year", "share"])
    frame["other"] = frame["share"] * 2
    ax, roles, made = drawn(name, frame)
    codes = {actors.find(word) for word in frame["partner"]}
    assert {code for code, _, _ in marks_of(ax)} == codes
    told = {code for who, _ in made.sentences for code in who if code != "since"}
    assert told == codes and all(actors.name(code) in made.alt for code in codes)
    if "year" in roles.values():
        late = {code for code, since, _ in marks_of(ax) if since}
        assert late == {actors.find(row[0]) for row in rows if row[1] > 2018}


def test_it_is_a_picture_with_words_table_source_and_labels_at_the_lines():
    made = again_of_line()
    (ax,) = made.figure.axes
    assert made.section == "own" and made.title == "Share by partner, 2016-2020"
    assert made.then["title"] == "Share by partner, 2016-2018"
    assert "Russia: 10.0 % in 2016, 12.0 % in 2018. Russia since: 11.0 % in 2020." in made.alt
    assert made.source == fr.evidence.source("economic/trade")
    assert [*made.table.columns] == ["year", "India", "Russia", "United States"]
    assert "share of all trade" in made.svg and ax.get_legend() is None
    assert re.search(r'class="a-IND since"><text[^>]*>India 26', made.svg)
    assert "Russia|%|2016 10|2018 12" in made.to_html() and "August 2019" in made.svg
    assert made.svg == again_of_line().svg


def test_the_date_of_the_article_stands_above_the_marks_not_among_them():
    ax, _, _ = drawn("line", unit="%")
    (date,) = (text for text in ax.texts if text.get_text().strip() == "August 2019")
    assert date.get_window_extent().y0 >= ax.get_window_extent().y1


@pytest.mark.parametrize("name", ["line", "bar on its side", "strip of actors, aside"])
@pytest.mark.parametrize(
    ("column", "unit", "says"),
    [
        ("share", "million tonnes", "share, million tonnes"),
        ("share", "", "share"),
        ("share (%)", "%", "share (%)"),
        ("Million tonnes of oil", "million tonnes", "Million tonnes of oil"),
        ("million", "million tonnes", "million tonnes"),
    ],
)
def test_the_unit_stands_at_the_axis_of_the_figures_once(name, column, unit, says):
    draw, roles = ALL_KINDS[name]
    roles = {word: column if one == "share" else one for word, one in roles.items()}
    frame = FRAME.rename(columns={"share": column})
    (ax,) = fr.toggled(draw, frame, **roles, unit=unit, **CREDIT).figure.axes
    at_axes = dict(x=ax.get_xlabel(), y=ax.get_ylabel())
    assert at_axes == {word: says if roles[word] == column else roles[word] for word in "xy"}


def test_words_tell_the_figures_that_are_drawn():
    _, _, made = drawn("bar of actors, up", TWICE, estimator="sum")
    assert "Russia: 46. Russia since: 69." in made.alt and "United States: 61." in made.alt
    assert "India since: 119" in made.alt and "India: 119" in made.to_html()


@pytest.mark.parametrize("name", ["bar", "line"])
def test_a_weighted_mean_is_told_as_it_is_drawn(name):
    frame = TWICE.assign(how=[3.0] * 7 + [1.0] * 7)
    _, _, made = drawn(name, frame, weights="how")
    assert "Russia: 10.2 in 2016" in made.alt and "stands for 2 rows" in made.subtitle


@pytest.mark.slow
@pytest.mark.parametrize("name", IN_TURN)
def test_of_what_is_drawn_in_turn_words_tell_both(name):
    _, _, made = drawn(name, MANY)
    russia = [text for who, text in made.sentences if "RUS" in who]
    early, late = russia
    by_year = name in ("reg", "resid", "mean of actors")
    assert by_year or early.startswith("Russia: 11 figures from")
    assert by_year or late.startswith("Russia since: with what came before, 14 figures from")
    assert "data-tell" in made.svg or "data-tell" in made.to_html()


def again_of_line():
    return plain(unit="%", also=lambda ax: ax.set_ylabel("share of all trade"))


def test_a_legend_that_stays_names_its_actors_and_follows_the_bar_too():
    ax, _, _ = drawn("bar")
    legend = ax.get_legend()
    names = {actors.name(code): code for code in CODES.values()}
    pairs = [*zip(legend.get_texts(), legend.legend_handles, strict=True)]
    assert {text.get_text() for text, _ in pairs} == {*names}
    for text, handle in pairs:
        code = names[text.get_text()]
        assert marks.tag_words(text) == marks.tag_words(handle) == [f"a-{code}"]
        assert colours(handle) == {to_rgb(actors.colour(code))}


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in HUES if name != "line"])
def test_a_legend_covers_no_mark(name):
    ax, _, made = drawn(name)
    for figure in (made.figure, made.paint(["RUS"])):
        (ax,) = figure.axes
        figure.canvas.draw()
        legend = ax.get_legend()
        assert legend is None or legend.get_window_extent().x0 >= ax.bbox.x1
        assert overlaps(SimpleNamespace(figure=figure)) == []  # nor is it cut by the edge


BIG = FRAME.assign(share=FRAME["share"] * 1e9)


@pytest.mark.parametrize("unit", ["", "dollars"])
@pytest.mark.parametrize("name", ["line", "scatter of two measures", "bar on its side"])
def test_large_figures_are_told_by_the_billion_and_their_axis_says_so(name, unit):
    ax, roles, made = drawn(name, BIG, unit=unit)
    made.figure.canvas.draw()
    axis = ax.yaxis if roles["y"] == "share" else ax.xaxis
    assert axis.get_label_text() == f"share, billion {unit}".strip()
    shown = [label.get_text() for label in axis.get_ticklabels()] + [
        axis.get_offset_text().get_text()
    ]
    assert "20" in shown and not any("e" in text for text in shown)
    labels = {text.get_text() for text in ax.texts}
    assert name != "line" or "India 26.0 billion (2020)" in labels
    assert f"26.0 billion {unit}".strip() in made.alt


def test_an_axis_of_large_figures_that_are_no_measure_of_its_own_says_so_too():
    frame = FRAME.assign(other=FRAME["other"] * 1e6)
    ax, _, _ = drawn("scatter of two measures", frame, unit="percent")
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("other, million", "share, percent")


def test_a_long_legend_stands_beside_the_plot_and_closes_up():
    codes = actors.ALL
    frame = pd.DataFrame({"partner": codes, "share": range(24), "other": range(24)}).astype(
        {"share": float, "other": float}
    )
    ax, _, whole = drawn("scatter of two measures", frame)
    figure, legend = whole.figure, ax.get_legend()
    figure.canvas.draw()
    beside, page = legend.get_window_extent(), figure.bbox
    assert beside.x0 >= ax.get_window_extent().x1
    assert (
        page.x0 <= beside.x0 < beside.x1 <= page.x1 and page.y0 <= beside.y0 < beside.y1 <= page.y1
    )
    (few,) = whole.paint(codes[:3]).axes
    few.figure.canvas.draw()
    assert few.get_legend().get_window_extent().height < beside.height / 2
    assert few.get_xlim()[1] < 3 < ax.get_xlim()[1]


@pytest.mark.parametrize("name", ["line", "bar", "scatter", "bar of actors, up"])
def test_an_actor_without_a_figure_is_named_and_leaves_no_false_colour(name, capsys):
    frame = FRAME.assign(share=FRAME["share"].where(FRAME["partner"] == "IND"))
    ax, _, whole = drawn(name, frame)
    for told in (whole.subtitle, whole.lead):
        assert "no figure for russia, united states." in told.lower()
    assert "No figure for Russia, United States: was it divided by" in capsys.readouterr().out
    if name == "line":
        assert ax.get_legend() is None
    elif legend := ax.get_legend():
        for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=True):
            (code,) = marks.whose(marks.tag_words(handle))
            assert text.get_text() == actors.name(code)
            assert colours(handle) == {to_rgb(actors.colour(code))}
    many = [row for code in actors.ALL[:8] for row in [(code, 2018, np.nan, 1.0)]]
    frame = pd.concat([FRAME, pd.DataFrame(many, columns=FRAME.columns)], ignore_index=True)
    frame = frame[~((frame["share"].isna()) & frame["partner"].isin([*CODES.values()]))]
    told = drawn("line", frame)[2].subtitle
    assert re.fullmatch(r"No figure for \w[^,]+(, [^,]+){4} and \d more[.]", told)
    drawn("line")
    assert "No figure" not in capsys.readouterr().out.partition("more: ")[2]


def test_a_small_figure_is_not_told_as_nought_and_a_name_has_its_capitals():
    frame = FRAME.rename(columns={"share": "tiv"}).assign(tiv=[0.3, 120, 90, 0, 5, 6, 0.04])
    ask = dict(x="year", y="tiv", hue="partner")
    made = plain(frame, **ask, unit="million TIV")
    assert "Russia: 0.3 million TIV in 2016, 120 million TIV in 2018." in made.alt
    assert "India: 0 million TIV in 2016" in made.alt and "United States: 0.04 " in made.alt
    assert (
        made.title.startswith("TIV by partner")
        and made.figure.axes[0].get_ylabel() == "million TIV"
    )
    bare = plain(frame, **ask)
    assert bare.figure.axes[0].get_ylabel() == "TIV"


def test_names_on_an_axis_follow_the_bar_too():
    ax, _, _ = drawn("bar of actors, up")
    tags = [marks.tag_words(tick.label1) for tick in ax.xaxis.get_major_ticks()]
    assert tags == [["a-RUS"], ["a-IND"], ["a-USA"]]
    names = [label.get_text() for label in ax.get_xticklabels()]
    assert names == ["Russia", "India", "United States"]


def test_another_hue_keeps_its_colours_and_its_legend():
    frame = FRAME.assign(flow=["export", "import"] * 3 + ["export"])
    plot = sns.barplot(frame, x="partner", y="share", hue="flow", ax=Figure().subplots())
    before = {one.get_facecolor() for one in plot.patches if one.get_height()}
    ax, _, made = drawn("bar of actors, up", frame, hue="flow", saturation=0.75)
    assert "Russia: 10.0 (export), 12.0 (import). Russia since: 10.5 (export)." in made.alt
    assert "flow" in made.table and 'data-tell="Russia, export: 10.5"' in made.to_html()
    assert {one.get_facecolor()[:3] for _, _, one in marks_of(ax)} <= {one[:3] for one in before}
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["export", "import"]


@pytest.mark.parametrize("name", ["bar of actors, up", "point of actors, aside"])
def test_years_as_colours_are_late_by_what_their_colour_says(name):
    dodge = {"dodge": True} if "point" in name else {}
    _, _, made = drawn(name, TWICE, hue="year", **dodge)
    assert "India: 20.5 (2016), 12.5 (2018). India since: 26.5 (2020)." in made.alt


def test_a_scale_of_numbers_tells_nobodys_figure():
    frame = FRAME.assign(other=[75.00001, 1.3, 22.7, 38.1, 41.9, 55.2, 80.0])
    ax, _, made = drawn("scatter of actors, up", frame, hue="other")
    assert "75" in [text.get_text() for text in ax.get_legend().get_texts()]
    assert "Russia: 10.0, 12.0. Russia since: 11.0." in made.alt


def test_columns_may_be_called_as_ours_are():
    frame = FRAME.rename(columns={"other": "place", "share": "late"}).assign(who="somebody", of=1)
    made = plain(frame, sns.scatterplot, x="place", y="late", hue="partner")
    assert "Russia: 10.0 (place 1), 12.0 (place 2). Russia since: 11.0 (place 3)." in made.alt
    assert [*made.table.columns] == ["partner", "year", "late", "place", "who", "of"]


def test_a_line_across_the_page_stays_and_is_nobodys():
    whole = plain(also=lambda ax: ax.axhline(15, label="the rule"))
    for figure in (whole.figure, whole.paint(["RUS"])):
        rules = [one for one in figure.axes[0].lines if one.get_label() == "the rule"]
        assert [marks.tag_words(one) for one in rules] == [None]


@pytest.mark.parametrize("others", [["China"], "CHN"], ids=["list", "word"])
def test_others_without_whom_nothing_is_told_are_in_every_tag(others):
    ax, _, made = drawn("bar", others=others)
    assert made.needs == ["CHN"] and made.compares
    assert all("CHN" in who for who, _ in made.sentences)


PANELS = {
    "line": (sns.lineplot, HUE),
    "bar": (sns.barplot, HUE),
    "box": (sns.boxplot, dict(x="partner", y="share")),
    "hist": (sns.histplot, dict(x="share", hue="partner")),
    "reg": (sns.regplot, HUE),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PANELS)
@pytest.mark.parametrize("many", [2, 4])
def test_a_panel_for_each_value_of_a_column_is_one_call(name, many):
    draw, roles = PANELS[name]
    flows = ["export", "import", "transit", "aid"][:many]
    frame = pd.concat(
        [MANY.assign(flow=flow, share=MANY.share + at) for at, flow in enumerate(flows)]
    )
    made = fr.toggled(draw, frame, **roles, col="flow", title="Four", **CREDIT)
    for figure in (made.figure, made.paint(["RUS", "IND"])):
        assert [ax.get_title(loc="left") for ax in figure.axes] == flows
        assert all({*marks_of(ax)} for ax in figure.axes)
        assert len({ax.get_ylim() for ax in figure.axes}) == 1
        if name != "box":  # boxes around names aslant overlap, the names do not
            assert overlaps(SimpleNamespace(figure=figure)) == []
        legends = [ax.get_legend() for ax in figure.axes if ax.get_legend()]
        assert len(legends) == (name != "box")
    assert "flow" in made.table and made.sentences


def test_nothing_is_left_to_pyplot():
    from matplotlib import pyplot as plt

    before = plt.get_fignums()
    for name in ("line", "swarm", "reg", "hist"):
        drawn(name, MANY)[2].drawn(["RUS"])
    assert plt.get_fignums() == before


def test_a_reader_s_own_chance_goes_on_as_before():
    np.random.seed(3)
    alone = np.random.random(2)
    np.random.seed(3)
    first = np.random.random()
    one, other = (drawn("strip of actors, up")[2].svg for _ in range(2))
    assert one == other and [first, np.random.random()] == [*alone]


def test_years_as_words():
    frame = FRAME.assign(year=FRAME["year"].astype(str))
    made = fr.toggled(sns.pointplot, frame, **HUE, tables="economic/trade")
    assert "Russia: 10.0 in 2016, 12.0 in 2018. Russia since: 11.0 in 2020." in made.alt
    assert ("RUS", True) in {(code, late) for code, late, _ in marks_of(made.figure.axes[0])}


@pytest.mark.parametrize(("chosen", "inches"), [({}, [6.7, 3.7]), ({"figsize": (5, 5)}, [5, 5])])
def test_a_figure_has_our_size_where_nobody_chose_one(chosen, inches):
    made = plain(**chosen)
    assert [*made.figure.get_size_inches()] == inches
    assert [*made.paint(["RUS"]).get_size_inches()] == inches


def test_a_function_is_drawn_anew_for_those_shown(monkeypatch):
    def shares(shown=None):
        rows = FRAME if shown is None else FRAME[FRAME["partner"].map(CODES).isin(shown)]
        roles = dict(x="partner", y="share", errorbar=None)
        return fr.toggled(sns.barplot, rows, **roles, shown=shown, **CREDIT)

    monkeypatch.setattr(bar, "_BARS", {})
    live, switches = fr.explore(shares), fr.actor_bar("own")
    live._page.in_view = True
    switches.shown = [code for code in switches.shown if code != "USA"]
    assert "United States" not in live.picture.alt and "India" in live.picture.alt
    switches.shown = []
    assert "the frame has no row" in live._page.value


@pytest.mark.slow
def test_two_pictures_of_one_frame_have_keys_of_their_own():
    names = sorted({*ALL_KINDS} - {"bar of actors, up"})  # the same as the mean of actors
    made = [drawn(name, MANY)[2] for name in names]
    assert len({one.key for one in made}) == len(names)


def by_flow():
    return FRAME.assign(partner=["export", "import"] * 3 + ["export"])


def of_one_row():
    return pd.concat([MANY, FRAME.tail(1).assign(partner="DEU")], ignore_index=True)


WRONG = {
    "hue is no actor": (sns.lineplot, by_flow(), HUE, 'column "partner" holds no actors \\("export", "import"\\)'),
    "nothing is an actor": (sns.lineplot, FRAME, dict(x="year", y="share"), 'say to which actor each mark belongs: hue="partner"'),
    "no box": (sns.lineplot, FRAME.replace("USA", "EU"), HUE | {"section": "geopolitical"}, "no box for European Union"),
    "no such column": (sns.lineplot, FRAME.rename(columns={"partner": "partners"}), HUE, 'Did you mean "partners"'),
    "no such panel": (sns.lineplot, FRAME, HUE | {"col": "flow"}, 'no column "flow". It has partner'),
    "a column itself": (sns.lineplot, FRAME, HUE | {"x": FRAME.year}, "x names a column"),
    "an unknown table": (sns.lineplot, FRAME, HUE | {"tables": ["economic/trades"]}, 'Did you mean "economic/trade"'),
    "no source": (sns.lineplot, FRAME, HUE | {"tables": []}, "say where the figures come from"),
    "a word misspelt": (sns.lineplot, FRAME, HUE | {"titel": "Goods"}, 'no argument "titel". Did you mean "title"'),
    "an axes of one's own": (sns.lineplot, FRAME, HUE | {"ax": 1}, "leave ax out"),
    "stacked": (sns.histplot, FRAME, dict(x="share", hue="partner", multiple="stack"), "stacks the actors"),
    "too few rows": (sns.kdeplot, of_one_row(), dict(x="share", hue="partner"), "kdeplot draws nothing for Germany, .*frame.query"),
    "one axis": (sns.lineplot, FRAME, dict(x="year", hue="partner"), "lineplot needs x and y"),
    "two columns of words": (sns.stripplot, FRAME, dict(x="partner", y="partner"), "has no figures"),
    "no frame": (sns.lineplot, None, HUE, "takes the data frame to be drawn"),
    "no row": (sns.lineplot, FRAME[:0], HUE, "the frame has no row"),
    "no figure at all": (sns.lineplot, FRAME.assign(share=np.nan), HUE, "only NaN: was it divided by another table"),
    "a title of dots": (sns.lineplot, FRAME, HUE | {"title": "..."}, "write your own in place of the dots"),
    "a unit of dots": (sns.lineplot, FRAME, HUE | {"unit": "..."}, "write your own in place of the dots"),
    "others of dots": (sns.lineplot, FRAME, HUE | {"others": ["..."]}, "write your own in place of the dots"),
    "dollars as billions": (
        sns.lineplot, FRAME.assign(share=FRAME.share * 1e9), HUE | {"unit": "USD bn"}, "share is in dollars, not in USD bn: .*1e9",
    ),
    "a frame": (FRAME, FRAME, HUE, "takes a function of seaborn, .* not DataFrame"),
    "nothing": (None, FRAME, HUE, "not NoneType"),
    "a heat map": (sns.heatmap, FRAME, HUE, "heatmap cannot be drawn actor by actor: take lineplot"),
    "a cluster map": (sns.clustermap, FRAME, HUE, "clustermap cannot be drawn actor by actor"),
    "objects": (so.Plot, FRAME, HUE, "Plot cannot be drawn actor by actor"),
    "a grid": (sns.FacetGrid, FRAME, HUE, "FacetGrid cannot be drawn actor by actor"),
    "a figure of several": (sns.relplot, FRAME, HUE, "relplot cannot .* take lineplot or scatterplot; col="),
    "boxes of several": (sns.catplot, FRAME, HUE, "catplot cannot .* take barplot"),
    "counts": (sns.countplot, FRAME, dict(x="partner"), "take barplot, of counts"),
    "pairs of columns": (sns.pairplot, FRAME, HUE, "pairplot cannot be drawn"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_bad_input_is_one_sentence(case):
    draw, frame, words, says = WRONG[case]
    with pytest.raises(Problem, match=says) as error:
        fr.toggled(draw, frame, **(CREDIT | words))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("given", ["axes", "figure"])
def test_a_plot_that_is_drawn_already_is_refused_with_the_call_to_write(given):
    ax = sns.lineplot(FRAME, ax=Figure().subplots(), **HUE)
    plot = {"axes": ax, "figure": ax.figure}[given]
    with pytest.raises(Problem, match=r"not (Axes|Figure): fr.toggled\(sns.lineplot, ...\)$"):
        fr.toggled(plot, FRAME, **CREDIT)


def test_rows_of_a_doubled_index_are_drawn_as_they_are():
    """Seaborn gives rows without a figure that of another row with their label."""
    missing = FRAME[3:6].reset_index(drop=True).assign(share=[np.nan, 12.0, np.nan])
    made = plain(pd.concat([FRAME[:3].assign(share=[10.0, np.nan, 11.0]), missing]))
    assert "Russia: 10.0 in 2016." in made.alt and "India: 12.0 in 2018." in made.alt


@pytest.mark.parametrize("name", ["scatter of two measures", "strip"])
def test_too_many_marks_are_refused_at_once_with_a_way_out(name, monkeypatch):
    rows = module.MANY + 1
    frame = pd.concat([FRAME.head(3)] * (rows // 3 + 1), ignore_index=True).head(rows)
    monkeypatch.setattr(module, "_Plot", None)  # it is not even begun
    with pytest.raises(Problem, match=f"^{rows:,} marks: take means first, or a sample: ") as error:
        drawn(name, frame)
    sample = re.search(r"frame[.]sample[(][0-9]+[)]", str(error.value)).group()
    assert len(eval(sample, {"frame": frame})) < module.MANY


def test_as_many_marks_as_are_taken_have_a_table_that_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(table, "MOST", 5)
    page = drawn("scatter of two measures")[2].to_html()
    assert f"The first 5 of {len(FRAME)} rows." in page
    (body,) = BeautifulSoup(page, "html.parser").select("table tbody")
    assert len(body.find_all("tr")) == 5
    monkeypatch.setattr(table, "MOST", len(FRAME))
    assert "The first" not in drawn("scatter of two measures")[2].to_html()


@pytest.fixture
def names():
    """The names that a call in a message is typed with."""
    return {"fr": fr, "frame": FRAME}


def refused(frame, by="partner", **more):
    with pytest.raises(Problem) as error:
        plain(frame, **HUE | {"hue": by} | more)
    return str(error.value)


def test_an_actor_without_a_box_has_one_as_the_message_is_typed(monkeypatch, names):
    monkeypatch.setattr(bar, "_BARS", {})
    fr.actor_bar("own", ["Russia", "India"])
    says = refused(FRAME)
    assert says.startswith('the bar "own" has no box for United States: have one, ')
    ask, leave = re.findall(r"f(?:r|rame)[.][^ ]*[(](?:\"own\"|\".*\")[)]", says)
    assert set(eval(leave, names)["partner"]) == {"Russia", "IND"}
    eval(ask, names)
    assert plain()


def test_one_whom_a_section_never_shows_has_a_box_as_the_message_is_typed(monkeypatch, names):
    monkeypatch.setattr(bar, "_BARS", {})
    frame = FRAME.replace("USA", "EU28")
    says = refused(frame, section="geopolitical")
    eval(re.search(r"fr[.]actor_bar[(].*EVERYBODY[)]", says).group(), names)
    assert plain(frame, section="geopolitical")


ODD = pytest.mark.skipif(
    pd.__version__ < "3", reason="pandas before 3 finds no column with an apostrophe in a query"
)


KEEP = ". If the figure is about them, keep one, in the row of an actor: "


def test_the_origin_that_a_claim_is_about_is_drawn_as_the_message_is_typed(names):
    """Of what China buys most comes from states without a box: to leave them out is no answer."""
    sums = fr.evidence.table("economic/energy_imports").query("commodity == 'coal'")
    frame = names["frame"] = sums
    ask = dict(x="year", y="quantity", tables=["economic/energy_imports"], others=["CHN"])
    with pytest.raises(Problem) as error:
        fr.toggled(sns.lineplot, frame, hue="origin", **ask)
    kept = eval(str(error.value).partition(KEEP)[2].partition(", and draw")[0], names)
    assert {*kept["origin"]} == {"Australia"}
    assert "2.17 in 2018" in fr.toggled(sns.lineplot, kept, hue="whose", **ask).alt


@pytest.mark.parametrize("word", ["HKG", "Hong Kong SAR", "China, Hong Kong SAR"])
@pytest.mark.parametrize(
    "column", ["partner", "the partner", pytest.param("the partner's", marks=ODD)]
)
def test_rows_of_whom_no_bar_has_are_left_out_as_the_message_is_typed(word, column, names):
    frame = names["frame"] = FRAME.replace("USA", word).rename(columns={"partner": column})
    says = refused(frame, column)
    assert "no box for Hong Kong: leave such rows out: " in says and "actor_bar" not in says
    leave, _, keep = says.partition("rows out: ")[2].partition(KEEP)
    assert set(eval(leave, names)[column]) == {"Russia", "IND"}
    kept = eval(keep.partition(", and draw")[0], names)
    assert {*kept[column]} == {word} and plain(kept, **HUE | {"hue": "whose"})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"USA": "World"}, "World"),
        ({"USA": ""}, "1 of 7 rows have no actor: keep the others"),
        ({"USA": "Rusia"}, r"Did you mean RUS \(Russia\)\?"),
    ],
)
def test_rows_of_no_actor_are_left_out_as_the_message_is_typed(words, says, names):
    frame = names["frame"] = FRAME.replace(words)
    message = refused(frame)
    assert re.search(says, message)
    leave = message.partition(KEEP)[0]
    left = eval(re.search(r"frame[.]query.*", leave).group(), names)
    assert set(left["partner"]) == {"Russia", "IND"}
    assert (KEEP in message) is (says == "World")  # a slip of the pen is mended, not kept


def test_where_no_row_has_an_actor_one_is_put_on_them_as_the_message_is_typed(names):
    frame = names["frame"] = FRAME.assign(partner="")
    frame = eval(re.search(r"frame[.]assign[(].*?[)]", refused(frame)).group(), names)
    assert plain(frame, sns.scatterplot, x="year", y="share", hue="buyer")


def test_what_is_to_be_typed_names_the_frame_as_the_reader_does(monkeypatch):
    sums = FRAME.replace({"USA": ""})
    assert "with frame.query(" in refused(sums)
    monkeypatch.setattr(sys.modules["__main__"], "sums", sums, raising=False)
    assert "with sums.query(" in refused(sums) and "frame." not in refused(sums)


def test_of_many_who_are_no_actors_those_who_are_are_kept_as_the_message_is_typed(names):
    states = ["AUS", "BRA", "MYS", "ZAF", "CHL", "AGO", "HKG", "RUS", "India", "USA"]
    frame = names["frame"] = pd.DataFrame({"partner": states, "year": 2018, "share": 1.0})
    message = refused(frame)
    left = eval(re.search(r"frame[.]query.*", message.partition(KEEP)[0]).group(), names)
    assert "a sum of several actors has no box: draw the ratio" in message
    assert '"AUS" is not one of the actors' in message and [*left["partner"]] == [
        "RUS",
        "India",
        "USA",
    ]


PAIRS = pd.DataFrame(
    [("CHN", "PRK"), ("PRK", "RUS"), ("PRK", "USA")], columns=["actor_a", "actor_b"]
).assign(year=2018, same=[0.8, 0.7, 0.2])


@pytest.mark.parametrize("side", ["actor_a", "actor_b"])
def test_half_a_pair_is_no_partner_and_the_message_makes_one_as_it_is_typed(side, names):
    names["frame"] = PAIRS
    ask = dict(x="year", y="same", draw=sns.barplot)
    with pytest.raises(
        Problem, match="PRK is in every pair, sometimes as actor_a and sometimes as"
    ) as error:
        plain(PAIRS, hue=side, **ask)
    frame = eval(re.search("frame.assign.*", str(error.value)).group(), names)
    assert [*frame.partner] == ["CHN", "RUS", "USA"]
    assert plain(frame, hue="partner", **ask)
    alone = PAIRS.query("actor_a == 'PRK'")
    assert plain(alone, hue="actor_b", **ask)


def test_a_column_without_actors_names_the_one_that_has_them():
    frame = FRAME.assign(good=["LNG", "coal", "oil"] * 2 + ["LNG"])
    says = refused(frame, "good")
    assert says.endswith('("LNG", "coal", ...): this frame\'s column of actors is "partner"')
    assert "name the one that does" in refused(frame.drop(columns="partner"), "good")


@pytest.mark.parametrize(("unit", "times", "asked"), [("%", 1, 1), ("%", 100, 0), ("share", 1, 0)])
def test_a_share_drawn_in_percent_is_asked_about_once_beside_the_picture(unit, times, asked):
    spending = fr.evidence.table("military/spending").query("actor in ['JPN', 'KOR']")
    frame = spending.assign(part=spending.gdp_share * times)
    picture = fr.toggled(
        sns.lineplot,
        frame,
        x="year",
        y="part",
        hue="actor",
        unit=unit,
        tables=["military/spending"],
    )
    assert picture.subtitle.count("multiply by 100") == asked
