"""Plain seaborn plots that are toggled: every row's mark follows its actor, and bad input gets a sentence."""

import re
import sys

import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from legible import overlaps
from matplotlib import pyplot as plt
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

import frenemies as fr
from heldto.errors import Problem
from heldto.evidence import actors
from heldto.pictures import marks, plotted, svg, table
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
HUES = {
    "line": (sns.lineplot, dict(x="year", y="share", hue="partner")),
    "bar": (sns.barplot, dict(x="year", y="share", hue="partner")),
    "bar on its side": (sns.barplot, dict(x="share", y="year", hue="partner", orient="h")),
    "bar without filling": (sns.barplot, dict(x="year", y="share", hue="partner", fill=False)),
    "point": (sns.pointplot, dict(x="year", y="share", hue="partner")),
    "point side by side": (sns.pointplot, dict(x="year", y="share", hue="partner", dodge=True)),
    "scatter": (sns.scatterplot, dict(x="year", y="share", hue="partner", style="partner")),
    "scatter of two measures": (sns.scatterplot, dict(x="other", y="share", hue="partner")),
    "strip": (sns.stripplot, dict(x="year", y="share", hue="partner")),
    "strip of years": (sns.stripplot, dict(x="year", y="share", hue="partner", native_scale=True)),
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
    )
    for way in ("up", "aside")
}
EVERY = HUES | ON_AXIS


def drawn(name, frame=FRAME, **more):
    draw, roles = EVERY[name]
    more = {"errorbar": None} | more if "errorbar" in draw.__code__.co_varnames else more
    return draw(frame, ax=Figure().subplots(), **roles, **more), roles


def ends(artist, upright):
    """What a mark shows along the axis of figures."""
    if isinstance(artist, Rectangle):
        return [artist.get_height() if upright else artist.get_width()]
    points = artist.get_offsets() if isinstance(artist, PathCollection) else artist.get_xydata()
    return list(np.asarray(points)[:, int(upright)])


def marks_of(ax):
    """(code, late, artist) of everything in the data's place; what is tagged by nobody fails."""
    for artist in [*ax.patches, *ax.lines, *ax.collections]:
        if artist.get_transform().contains_branch(ax.transData) or isinstance(
            artist, PathCollection
        ):
            words = marks.tags(artist)
            assert words is not None, artist
            (code,) = marks.whose(words)
            yield code, "since" in words, artist


@pytest.mark.parametrize("name", EVERY)
def test_each_row_has_a_mark_that_goes_with_its_actor_and_no_mark_is_without_a_row(name):
    ax, roles = drawn(name)
    upright, by_year = roles["y"] == "share", "year" in roles.values()
    fr.toggled(ax, FRAME, "partner", **CREDIT)
    found, rows = set(), set()
    for code, late, artist in marks_of(ax):
        found |= {(code, late, float(f"{end:.6f}")) for end in ends(artist, upright) if end == end}
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


@pytest.mark.parametrize("name", [name for name in EVERY if EVERY[name][0] is not sns.lineplot])
def test_colours_are_the_actors_own(name):
    ax, _ = drawn(name)
    fr.toggled(ax, FRAME, "partner", **CREDIT)
    for code, _, artist in marks_of(ax):
        (colour,) = {*plotted._colours(artist)}
        assert colour == plotted._visible(actors.colour(code))[0]


@pytest.mark.parametrize(
    "more", [dict(errorbar=("pi", 100)), dict(errorbar=("pi", 100), capsize=0.2)]
)
@pytest.mark.parametrize("name", ["bar", "point", "bar of actors, up", "point of actors, aside"])
def test_error_bars_go_with_their_actor_and_are_no_figures(name, more):
    ax, roles = drawn(name, TWICE, **more)
    made = fr.toggled(ax, TWICE, "partner", **CREDIT)
    spreads = [(code, late, one) for code, late, one in marks_of(ax) if isinstance(one, Line2D)]
    spreads = [row for row in spreads if plotted.unmarked(row[2])]
    pairs = TWICE if "of actors" not in name else TWICE.drop_duplicates("partner")
    assert len(spreads) == len(pairs.groupby(["partner", "year"]))
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
        ax, _ = drawn(name, frame, **more)
        made = fr.toggled(ax, frame, "partner", title=title, **CREDIT)
        assert ("each mark" in made.to_html().lower()) == bool(says)
        assert says in made.subtitle.lower() and says in made.lead.lower()


@pytest.mark.parametrize("style", ["band", "bars"])
def test_what_a_line_is_unsure_of_is_cut_where_later_years_begin(style):
    ax, _ = drawn("line", TWICE, errorbar=("pi", 100), err_style=style)
    made = fr.toggled(ax, TWICE, "partner", **CREDIT)
    assert made.svg.count(">Russia 11.5<") == made.svg.count(">Russia 12.5<") == 1
    spreads = [(code, late, one) for code, late, one in marks_of(ax) if one in ax.collections]
    assert {(code, late) for code, late, _ in spreads} >= {("RUS", False), ("RUS", True)}
    for _, late, one in spreads:
        across = np.vstack([path.vertices for path in one.get_paths()])[:, 0]
        assert across.max() == 2020 if late else across.max() <= 2018


@pytest.mark.parametrize("name", EVERY)
def test_drawn_for_some_it_shows_their_marks_alone_and_fits_its_scale(name):
    ax, roles = drawn(name)
    whole = fr.toggled(ax, FRAME, "partner", **CREDIT)
    limits = ax.get_ylim if roles["y"] == "share" else ax.get_xlim
    before, of_all = limits()[1], svg.drawing(whole.figure, "all").shapes
    with whole.fitted(["RUS"]):
        seen = {code for code, _, artist in marks_of(ax) if artist.get_visible()}
        now = limits()[1]
    assert seen == {"RUS"} and {code for code, *_ in marks_of(ax)} == {"RUS", "IND", "USA"}
    some = whole.drawn(["RUS"])
    assert svg.drawing(whole.figure, "all").shapes == of_all  # nothing of it stays
    assert now <= before if "of actors" in name else now < before  # one figure has no scale to fit
    assert "Russia" in some.alt and "India" not in some.alt and some.shown == ["RUS"]
    assert whole.drawn(None) is whole and whole.drawn(["DEU"]) is whole
    assert whole.drawn(["RUS"]).svg == some.svg != whole.svg


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


@pytest.mark.parametrize("name", HUES)
@pytest.mark.parametrize("first", [2018, 2019])
def test_where_all_is_later_than_the_article_nothing_is_faded_and_the_caption_says_so(name, first):
    frame = FRAME.assign(year=FRAME["year"] - FRAME["year"].min() + first)
    plot, _ = drawn(name, frame)
    picture = fr.toggled(plot, frame, "partner", **CREDIT)
    after = first > 2018
    assert (
        (module.WORDS["after"].format(known="August 2019")[1:] in picture.subtitle)
        is after
        is picture.late
    )
    late = [artist for _, since, artist in marks_of(plot) if since]
    assert late and {artist.get_alpha() in (None, 1) for artist in late} == {after}
    assert not after or "August 2019" not in [text.get_text() for text in plot.texts]


@pytest.mark.parametrize("years,told", [(5, 5), (26, 9)])
def test_many_years_beside_each_other_are_named_now_and_then(years, told):
    frame = pd.DataFrame({"year": range(1995, 1995 + years), "partner": "IND", "share": 1.0})
    plot, _ = drawn("bar", frame)
    fr.toggled(plot, frame, "partner", **CREDIT)
    shown = [label for label in plot.get_xticklabels() if label.get_visible()]
    assert shown[0].get_text() == "1995" and len(shown) == told
    boxes = [label.get_window_extent() for label in shown]
    assert all(one.x1 < two.x0 for one, two in zip(boxes, boxes[1:], strict=False))


@pytest.mark.parametrize("name", ["line", "point"])
@pytest.mark.parametrize("case", GAPS)
def test_a_line_breaks_where_years_are_missing(name, case):
    frame, runs = GAPS[case]
    ax, _ = drawn(name, frame)
    made = fr.toggled(ax, frame, "partner", **CREDIT)
    own, found = frame[frame["partner"] == "RUS"].dropna(), []
    year_of = dict(zip(own["share"], own["year"], strict=True))
    for code, _, line in marks_of(ax):
        if code == "RUS":
            figures = [figure for figure in ends(line, True) if np.isfinite(figure)]
            found.append([year_of[figure] for figure in figures])
            assert len(figures) > 1 or not plotted.unmarked(line)
    assert sorted(found) == runs
    last = own["share"].max()
    assert name != "line" or f"Russia {last:.2f}" in made.svg
    missing = {*range(2014, 2025)} - {*frame.dropna()["year"]}
    assert not any(f"in {year}" in made.alt for year in missing)
    assert "nan" not in made.to_html()


def test_what_a_line_is_unsure_of_breaks_where_it_does():
    frame = of_years([2014, 2015, 2017, 2018])
    frame = pd.concat([frame, frame.assign(share=frame["share"] + 1)])
    ax, _ = drawn("line", frame, errorbar=("pi", 100))
    fr.toggled(ax, frame, "partner", **CREDIT)
    across = [
        {*np.vstack([path.vertices for path in one.get_paths()])[:, 0]} for one in ax.collections
    ]
    assert across == [{2014, 2015}, {2017, 2018}]


def test_labels_stand_at_the_lines_that_are_left():
    whole = fr.toggled(drawn("line")[0], FRAME, "partner", **CREDIT)
    with whole.fitted(["RUS"]):
        (ax,) = whole.figure.axes
        label = next(one for one in ax.texts[::-1] if one.get_text() == "Russia 11.0")
        end = ax.transAxes.inverted().transform(ax.transData.transform((2020, 11)))
        assert label.get_position()[1] == pytest.approx(end[1], abs=0.02)
        assert overlaps(whole) == []  # those of all are not seen


@pytest.mark.parametrize("years", [(2010, 2018, 2020), (1990, 2018, 2024), (2012, 2018)])
def test_no_label_stands_across_the_line_of_august_2019(years):
    frame = of_years([*years])
    ax, _ = drawn("line", frame)
    made = fr.toggled(ax, frame, "partner", **CREDIT)
    (then,) = [one for one in ax.texts if (marks.tags(one) or [""])[-1] == "then"]
    made.figure.canvas.draw()
    line = ax.transData.transform((2019.6, 0))[0]
    assert then.get_window_extent().x0 > (line if years[-1] > 2019 else ax.bbox.x1)


def test_a_label_of_a_line_that_ends_before_the_others_says_when():
    fr.toggled(ax := drawn("line")[0], FRAME, "partner", **CREDIT)
    told = {text.get_text(): text.get_gid() for text in ax.texts if text.get_gid()}
    assert {"Russia 11.0", "India 26.0", "United States 30.0 (2018)"} <= {*told}
    assert "United States 30.0" in told and told["United States 30.0"].endswith("then")


def test_a_scale_told_by_a_function_of_one_s_own_stays_whoever_is_shown():
    ax, _ = drawn("line")
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0f} per cent")
    whole = fr.toggled(ax, FRAME, "partner", **CREDIT)
    assert "20 per cent" in whole.svg and "10.5 per cent" not in whole.svg
    assert "12 per cent" in whole.drawn(["RUS"]).svg


def test_a_title_that_names_an_actor_gives_way_while_that_one_is_off():
    said = dict(title="India's share has grown", **CREDIT)
    whole = fr.toggled(drawn("line")[0], FRAME, "partner", **said)
    assert whole.drawn(["IND", "RUS"]).title == "India's share has grown"
    assert whole.drawn(["RUS"]).title == "Share by partner"
    about = fr.toggled(plain(), FRAME, "partner", others=["PRK"], **said)
    assert about.drawn(["PRK", "RUS"]).title == "Share by partner: North Korea"


def test_in_a_notebook_it_stands_under_the_bar_and_is_drawn_for_those_shown(monkeypatch):
    made = []
    monkeypatch.setattr(module, "Explore", lambda *args: made.append(Explore(*args)) or made[-1])
    whole = fr.toggled(drawn("line")[0], FRAME, "partner", **CREDIT)
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
    ax, roles = drawn(name, frame)
    made = fr.toggled(ax, frame, "partner", **CREDIT)
    codes = {actors.find(word) for word in frame["partner"]}
    assert {code for code, _, _ in marks_of(ax)} == codes
    told = {code for who, _ in made.sentences for code in who if code != "since"}
    assert told == codes and all(actors.name(code) in made.alt for code in codes)
    if "year" in roles.values():
        late = {code for code, since, _ in marks_of(ax) if since}
        assert late == {actors.find(row[0]) for row in rows if row[1] > 2018}


def test_it_is_a_picture_with_words_table_source_and_labels_at_the_lines():
    ax, _ = drawn("line")
    ax.set_ylabel("share of all trade")
    made = fr.toggled(ax, FRAME, "partner", y="share", unit="%", **CREDIT)
    assert made.section == "own" and made.title == "Share by partner, 2016-2020"
    assert made.then["title"] == "Share by partner, 2016-2018"
    assert "Russia: 10.0 % in 2016, 12.0 % in 2018. Russia since: 11.0 % in 2020." in made.alt
    assert made.source == fr.evidence.source("economic/trade")
    assert [*made.table.columns] == ["year", "India", "Russia", "United States"]
    assert "share of all trade" in made.svg and ax.get_legend() is None
    assert re.search(r'class="a-IND since"><text[^>]*>India 26', made.svg)
    assert "Russia|%|2016 10|2018 12" in made.to_html() and "August 2019" in made.svg
    assert made.svg == again_of_line()


def test_the_date_of_the_article_stands_above_the_marks_not_among_them():
    ax, _ = drawn("line")
    fr.toggled(ax, FRAME, "partner", y="share", unit="%", **CREDIT)
    (date,) = (text for text in ax.texts if text.get_text().strip() == "August 2019")
    assert date.get_window_extent().y0 >= ax.get_window_extent().y1


@pytest.mark.parametrize("name", ["line", "bar on its side", "strip of actors, aside"])
@pytest.mark.parametrize(
    ("label", "unit", "says"),
    [
        ("share", "million tonnes", "share, million tonnes"),
        ("share", "", "share"),
        ("share (%)", "%", "share (%)"),
        ("Million tonnes of oil", "million tonnes", "Million tonnes of oil"),
        ("quantity", "t", "quantity, t"),
        ("", "USD bn", "USD bn"),
    ],
)
def test_the_unit_stands_at_the_axis_of_the_figures_once(name, label, unit, says):
    ax, roles = drawn(name)
    own, other = (ax.yaxis, ax.xaxis) if roles["y"] == "share" else (ax.xaxis, ax.yaxis)
    own.set_label_text(label)
    before, given = other.get_label_text(), "y" if roles["y"] == "share" else "x"
    fr.toggled(ax, FRAME, "partner", unit=unit, **CREDIT | {given: "share"})
    assert (own.get_label_text(), other.get_label_text()) == (says, before)


def test_words_tell_the_figures_that_are_drawn():
    ax = sns.barplot(
        TWICE, x="partner", y="share", estimator="sum", errorbar=None, ax=Figure().subplots()
    )
    made = fr.toggled(ax, TWICE, "partner", **CREDIT)
    assert "Russia since: 69." in made.alt and "United States: 61." in made.alt
    assert "India: 119" in made.to_html()


def again_of_line():
    ax, _ = drawn("line")
    ax.set_ylabel("share of all trade")
    return fr.toggled(ax, FRAME, "partner", y="share", unit="%", **CREDIT).svg


def test_a_legend_that_stays_names_its_actors_and_follows_the_bar_too():
    ax, _ = drawn("bar")
    fr.toggled(ax, FRAME, "partner", **CREDIT)
    legend = ax.get_legend()
    names = {actors.name(code): code for code in CODES.values()}
    pairs = [*zip(legend.get_texts(), legend.legend_handles, strict=True)]
    assert {text.get_text() for text, _ in pairs} == {*names}
    for text, handle in pairs:
        code = names[text.get_text()]
        assert marks.tags(text) == marks.tags(handle) == [f"a-{code}"]
        assert plotted._colours(handle)[0] == plotted._visible(actors.colour(code))[0]


@pytest.mark.parametrize("name", [name for name in HUES if name != "line"])
def test_a_legend_covers_no_mark(name):
    ax, _ = drawn(name)
    made = fr.toggled(ax, FRAME, "partner", **CREDIT)
    for shown in (CODES.values(), ["RUS"]):
        with made.fitted(shown):
            made.figure.canvas.draw()
            legend = ax.get_legend()
            assert legend is None or legend.get_window_extent().x0 >= ax.bbox.x1
            assert overlaps(made) == []  # nor is it cut by the edge


BIG = FRAME.assign(share=FRAME["share"] * 1e9)


@pytest.mark.parametrize("unit", ["", "dollars"])
@pytest.mark.parametrize("name", ["line", "scatter of two measures", "bar on its side"])
def test_large_figures_are_told_by_the_billion_and_their_axis_says_so(name, unit):
    ax, roles = drawn(name, BIG)
    made = fr.toggled(ax, BIG, "partner", unit=unit, **CREDIT)
    made.figure.canvas.draw()
    axis = ax.yaxis if roles["y"] == "share" else ax.xaxis
    assert axis.get_label_text() == f"share, billion {unit}".strip()
    shown = [label.get_text() for label in axis.get_ticklabels()] + [
        axis.get_offset_text().get_text()
    ]
    assert "20" in shown and not any("e" in text for text in shown)
    labels = {text.get_text() for text in ax.texts}
    assert name != "line" or "India 26.0 billion" in labels
    assert f"26.0 billion {unit}".strip() in made.alt


def test_an_axis_of_large_figures_that_are_no_measure_of_its_own_says_so_too():
    frame = FRAME.assign(other=FRAME["other"] * 1e6)
    ax, _ = drawn("scatter of two measures", frame)
    fr.toggled(ax, frame, "partner", unit="percent", **CREDIT)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("other, million", "share, percent")


def test_a_long_legend_stands_beside_the_plot_and_closes_up():
    codes = actors.ALL
    frame = pd.DataFrame({"partner": codes, "share": range(24), "other": range(24)}).astype(
        {"share": float, "other": float}
    )
    ax, _ = drawn("scatter of two measures", frame)
    whole = fr.toggled(ax, frame, "partner", **CREDIT)
    figure, legend = whole.figure, ax.get_legend()
    figure.canvas.draw()
    beside, page = legend.get_window_extent(), figure.bbox
    assert beside.x0 >= ax.get_window_extent().x1
    assert (
        page.x0 <= beside.x0 < beside.x1 <= page.x1 and page.y0 <= beside.y0 < beside.y1 <= page.y1
    )
    with whole.fitted(codes[:3]):
        figure.canvas.draw()
        assert legend.get_window_extent().height < beside.height / 2
        assert ax.get_xlim()[1] < 3
    assert ax.get_xlim()[1] > 3


@pytest.mark.parametrize("name", ["line", "bar", "scatter", "bar of actors, up"])
def test_an_actor_without_a_figure_is_named_and_leaves_no_false_colour(name, capsys):
    frame = FRAME.assign(share=FRAME["share"].where(FRAME["partner"] == "IND"))
    ax, _ = drawn(name, frame)
    whole = fr.toggled(ax, frame, "partner", **CREDIT)
    for told in (whole.subtitle, whole.lead):
        assert "no figure for russia, united states." in told.lower()
    assert "No figure for Russia, United States: was it divided by" in capsys.readouterr().out
    if name == "line":
        assert ax.get_legend() is None
    elif legend := ax.get_legend():
        for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=True):
            (code,) = marks.whose(marks.tags(handle))
            assert text.get_text() == actors.name(code)
            assert plotted._colours(handle)[0] == plotted._visible(actors.colour(code))[0]
    many = [row for code in actors.ALL[:8] for row in [(code, 2018, np.nan, 1.0)]]
    frame = pd.concat([FRAME, pd.DataFrame(many, columns=FRAME.columns)], ignore_index=True)
    frame = frame[~((frame["share"].isna()) & frame["partner"].isin([*CODES.values()]))]
    told = fr.toggled(drawn("line", frame)[0], frame, "partner", **CREDIT).subtitle
    assert re.fullmatch(r"No figure for \w[^,]+(, [^,]+){4} and \d more[.]", told)
    fr.toggled(drawn("line")[0], FRAME, "partner", **CREDIT)
    assert "No figure" not in capsys.readouterr().out.partition("more: ")[2]


def test_a_small_figure_is_not_told_as_nought_and_a_name_has_its_capitals():
    frame = FRAME.rename(columns={"share": "tiv"}).assign(tiv=[0.3, 120, 90, 0, 5, 6, 0.04])
    ask = dict(x="year", y="tiv", hue="partner")
    made = fr.toggled(plain(frame, **ask), frame, "partner", unit="million TIV", **CREDIT)
    assert "Russia: 0.3 million TIV in 2016, 120 million TIV in 2018." in made.alt
    assert "India: 0 million TIV in 2016" in made.alt and "United States: 0.04 " in made.alt
    assert (
        made.title.startswith("TIV by partner")
        and made.figure.axes[0].get_ylabel() == "million TIV"
    )
    bare = fr.toggled(plain(frame, **ask), frame, "partner", **CREDIT)
    assert bare.figure.axes[0].get_ylabel() == "TIV"


def test_names_on_an_axis_follow_the_bar_too():
    ax, _ = drawn("bar of actors, up")
    fr.toggled(ax, FRAME, "partner", **CREDIT)
    tags = [marks.tags(tick.label1) for tick in ax.xaxis.get_major_ticks()]
    assert tags == [["a-RUS", "since"], ["a-IND", "since"], ["a-USA"]]


def test_another_hue_keeps_its_colours_and_its_legend():
    frame = FRAME.assign(flow=["export", "import"] * 3 + ["export"])
    ax = sns.barplot(
        frame, x="partner", y="share", hue="flow", errorbar=None, ax=Figure().subplots()
    )
    before = {one.get_facecolor() for one in ax.patches if one.get_height()}
    made = fr.toggled(ax, frame, "partner", **CREDIT)
    assert "Russia: 12.0 (import). Russia since: 10.5 (export)." in made.alt
    assert "flow" in made.table and 'data-tell="Russia, export: 10.5"' in made.to_html()
    assert {one.get_facecolor()[:3] for _, _, one in marks_of(ax)} <= {one[:3] for one in before}
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["export", "import"]


@pytest.mark.parametrize("title", ["year", ""])
@pytest.mark.parametrize("name", ["bar of actors, up", "point of actors, aside"])
def test_years_as_colours_are_late_by_what_their_colour_says(name, title):
    draw, roles = EVERY[name]
    dodge = {"dodge": True} if draw is sns.pointplot else {}
    ax = draw(TWICE, ax=Figure().subplots(), hue="year", errorbar=None, **roles, **dodge)
    ax.get_legend().set_title(title)
    made = fr.toggled(ax, TWICE, "partner", **CREDIT)
    if title:
        assert "India: 20.5 (2016), 12.5 (2018). India since: 26.5 (2020)." in made.alt
    else:  # nobody says what the colours are: nothing is told as known that was not
        assert "India since: 20.5 (2016), 12.5 (2018), 26.5 (2020)." in made.alt


def test_a_scale_of_numbers_tells_nobodys_figure():
    frame = FRAME.assign(other=[75.00001, 1.3, 22.7, 38.1, 41.9, 55.2, 80.0])
    ax, _ = drawn("scatter of actors, up", frame, hue="other")
    assert "75" in [text.get_text() for text in ax.get_legend().get_texts()]
    made = fr.toggled(ax, frame, "partner", **CREDIT)
    assert "Russia: 10.0, 12.0. Russia since: 11.0." in made.alt


def test_columns_may_be_called_as_ours_are():
    frame = FRAME.rename(columns={"other": "place", "share": "late"}).assign(who="somebody", of=1)
    ax = sns.scatterplot(frame, x="place", y="late", hue="partner", ax=Figure().subplots())
    made = fr.toggled(ax, frame, "partner", **CREDIT)
    assert "Russia: 10.0 (place 1), 12.0 (place 2). Russia since: 11.0 (place 3)." in made.alt
    assert [*made.table.columns] == ["partner", "year", "late", "place", "who", "of"]


def test_a_line_across_the_page_stays_and_is_nobodys():
    ax, _ = drawn("line")
    rule = ax.axhline(15, label="the rule")
    fr.toggled(ax, FRAME, "partner", **CREDIT)
    assert rule in ax.lines and marks.tags(rule) is None


@pytest.mark.parametrize("others", [["China"], "CHN"], ids=["list", "word"])
def test_others_without_whom_nothing_is_told_are_in_every_tag(others):
    ax, _ = drawn("bar")
    made = fr.toggled(ax, FRAME, "partner", others=others, **CREDIT)
    assert made.needs == ["CHN"] and made.compares
    assert all("CHN" in who for who, _ in made.sentences)


def test_a_figure_of_pyplot_is_closed_and_several_axes_are_one_picture():
    plt.switch_backend("agg")
    figure, axes = plt.subplots(1, 2)
    sns.barplot(FRAME, x="partner", y="share", ax=axes[0])
    sns.scatterplot(FRAME, x="other", y="share", hue="partner", ax=axes[1])
    made = fr.toggled(figure, FRAME, "partner", **CREDIT)
    assert plt.get_fignums() == []
    made.drawn(["RUS"])  # one that Pyplot knows is drawn and closed at any message to a kernel
    assert plt.get_fignums() == []
    assert all({*marks_of(ax)} for ax in axes) and made.figure is figure


def test_years_as_words_and_a_layout_of_ones_own():
    frame = FRAME.assign(year=FRAME["year"].astype(str))
    axes = [Figure(layout=layout).subplots() for layout in (None, "constrained")]
    for ax in axes:
        sns.pointplot(frame, x="year", y="share", hue="partner", ax=ax)
        made = fr.toggled(ax, frame, "partner", tables="economic/trade")
        assert "Russia: 10.0 in 2016, 12.0 in 2018. Russia since: 11.0 in 2020." in made.alt
        assert ("RUS", True) in {(code, late) for code, late, _ in marks_of(ax)}


@pytest.mark.parametrize(("chosen", "inches"), [(None, [6.7, 3.7]), ((5, 5), [5, 5])])
def test_a_figure_takes_our_size_where_nobody_chose_one(chosen, inches):
    ax = sns.lineplot(FRAME, **HUES["line"][1], ax=Figure(figsize=chosen).subplots())
    made = fr.toggled(ax, FRAME, "partner", **CREDIT)
    assert [*made.figure.get_size_inches()] == inches


def test_a_function_is_drawn_anew_for_those_shown(monkeypatch):
    def shares(shown=None):
        rows = FRAME if shown is None else FRAME[FRAME["partner"].map(CODES).isin(shown)]
        ax = sns.barplot(rows, x="partner", y="share", errorbar=None, ax=Figure().subplots())
        return fr.toggled(ax, rows, "partner", shown=shown, **CREDIT)

    monkeypatch.setattr(bar, "_BARS", {})
    live, switches = fr.explore(shares), fr.actor_bar("own")
    live._page.in_view = True
    switches.shown = [code for code in switches.shown if code != "USA"]
    assert "United States" not in live.picture.alt and "India" in live.picture.alt
    switches.shown = []
    assert "no mark is drawn on this Axes" in live._page.value


def test_two_pictures_of_one_frame_have_keys_of_their_own():
    same = {"bar without filling", "point side by side"}  # figures at the places of another
    names = sorted({*EVERY} - same)
    made = [fr.toggled(drawn(name)[0], FRAME, "partner", **CREDIT) for name in names]
    assert len({one.key for one in made}) == len(names)


def plain(frame=FRAME, draw=sns.lineplot, **roles):
    roles = roles or dict(x="year", y="share", hue="partner")
    return draw(frame, ax=Figure().subplots(), **roles)


def by_flow():
    return FRAME.assign(partner=["export", "import"] * 3 + ["export"])


def twice():
    ax = plain()
    fr.toggled(ax, FRAME, "partner", **CREDIT)
    return ax


def with_a_line_of_ones_own():
    ax = plain()
    ax.plot([2016, 2020], [1, 2], color="pink")
    return ax


def relabelled():
    ax = plain()
    ax.set_ylabel("per cent")
    return ax


def doubled():
    """Seaborn gives rows without a figure that of another row with their label."""
    missing = FRAME[3:6].reset_index(drop=True).assign(share=[np.nan, 12.0, np.nan])
    return pd.concat([FRAME[:3].assign(share=[10.0, np.nan, 11.0]), missing])


WRONG = {
    "hue is no actor": (lambda: plain(by_flow()), by_flow(), {}, 'column "partner" holds no actors \\("export", "import"\\)'),
    "the hue is another column": (lambda: plain(x="year", y="share"), FRAME, {}, 'draw it with hue="partner"'),
    "no legend": (lambda: plain(x="year", y="share", hue="partner", legend=False), FRAME, {}, "and a legend"),
    "one colour for two": (
        lambda: plain(x="year", y="share", hue="partner", palette=["red"] * 3), FRAME, {}, "another palette",
    ),
    "no box": (plain, FRAME, {"section": "geopolitical"}, None),
    "no such column": (plain, FRAME.rename(columns={"partner": "partners"}), {}, 'Did you mean "partners"'),
    "no marks": (lambda: Figure().subplots(), FRAME, {"x": "year", "y": "share"}, "no mark is drawn"),
    "an unknown table": (plain, FRAME, {"tables": ["economic/trades"]}, 'Did you mean "economic/trade"'),
    "no source": (plain, FRAME, {"tables": []}, "say where the figures come from"),
    "marks of no row": (with_a_line_of_ones_own, FRAME, {}, "pass what was drawn"),
    "over another plot": (lambda: plain(FRAME.assign(share=1.0)), FRAME, {}, "no row of the frame explains"),
    "other figures": (
        lambda: plain(draw=sns.scatterplot, x="year", y="share", hue="partner"), FRAME.assign(share=1.0), {}, "no row of the frame explains",
    ),
    "more rows than drawn": (lambda: plain(FRAME[:6]), FRAME, {}, "rows that this plot does not show"),
    "a box plot": (lambda: plain(draw=sns.boxplot, x="partner", y="share"), FRAME, {}, "lineplot, barplot"),
    "a heat map": (
        lambda: sns.heatmap(FRAME[["share"]], ax=Figure().subplots()), FRAME, {"x": "year", "y": "share"}, "hue=",
    ),
    "a label that is no column": (relabelled, FRAME, {}, 'the y axis says "per cent"'),
    "two columns of words": (
        lambda: plain(draw=sns.stripplot, x="partner", y="share"), FRAME, {"y": "partner"}, "holds no figures",
    ),
    "a swarm": (lambda: plain(draw=sns.swarmplot, x="partner", y="share"), FRAME, {}, "stripplot can be toggled"),
    "no frame": (plain, None, {}, "takes the data frame that was drawn"),
    "no figure at all": (plain, FRAME.assign(share=np.nan), {}, "NaN alone: was it divided by another table"),
    "a title of dots": (plain, FRAME, {"title": "..."}, "write your own in place of the dots"),
    "a unit of dots": (plain, FRAME, {"unit": "..."}, "write your own in place of the dots"),
    "dollars as billions": (
        lambda: plain(FRAME.assign(share=FRAME.share * 1e9)), FRAME.assign(share=FRAME.share * 1e9), {"unit": "USD bn"}, "share is in dollars, not in USD bn: .*1e9",
    ),
    "others of dots": (plain, FRAME, {"others": ["..."]}, "write your own in place of the dots"),
    "toggled twice": (twice, FRAME, {}, "toggled already"),
    "a frame": (lambda: FRAME, FRAME, {}, "takes the Axes"),
    "nothing": (lambda: None, FRAME, {}, "not NoneType"),
    "a doubled index": (lambda: plain(doubled()), doubled(), {}, "index holds 0 more than once.*reset_index"),
    "a line from actor to actor": (lambda: plain(x="partner", y="share"), FRAME, {}, "marks that no row"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:vert")  # seaborn's box plots under newer matplotlib
@pytest.mark.parametrize("case", WRONG)
def test_bad_input_is_one_sentence(case):
    draw, frame, more, says = WRONG[case]
    if case == "no box":
        frame, says = frame.replace("USA", "EU"), "no box for European Union"
        draw = lambda: plain(frame)  # noqa: E731
    plot = draw()
    with pytest.raises(Problem, match=says) as error:
        fr.toggled(plot, frame, "partner", **(CREDIT | more))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["scatter of two measures", "strip"])
def test_too_many_marks_are_refused_at_once_with_a_way_out(name, monkeypatch):
    rows = module.MANY + 1
    frame = pd.concat([FRAME.head(3)] * (rows // 3 + 1), ignore_index=True).head(rows)
    monkeypatch.setattr(module, "_Toggled", None)  # it is not even begun
    with pytest.raises(Problem, match=f"^{rows:,} marks: take means first, or a sample: ") as error:
        fr.toggled(drawn(name, frame)[0], frame, "partner", **CREDIT)
    sample = re.search(r"frame[.]sample[(][0-9]+[)]", str(error.value)).group()
    assert len(eval(sample, {"frame": frame})) < module.MANY


def test_as_many_marks_as_are_taken_have_a_table_that_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(table, "MOST", 5)
    ax, _ = drawn("scatter of two measures")
    page = fr.toggled(ax, FRAME, "partner", **CREDIT).to_html()
    assert f"The first 5 of {len(FRAME)} rows." in page
    (body,) = BeautifulSoup(page, "html.parser").select("table tbody")
    assert len(body.find_all("tr")) == 5
    monkeypatch.setattr(table, "MOST", len(FRAME))
    ax, _ = drawn("scatter of two measures")
    assert "The first" not in fr.toggled(ax, FRAME, "partner", **CREDIT).to_html()


@pytest.fixture
def names():
    """The names that a call in a message is typed with."""
    return {"fr": fr, "frame": FRAME}


def refused(frame, by="partner", **more):
    with pytest.raises(Problem) as error:
        fr.toggled(plain(FRAME), frame, by, **(CREDIT | more))
    return str(error.value)


def test_an_actor_without_a_box_has_one_as_the_message_is_typed(monkeypatch, names):
    monkeypatch.setattr(bar, "_BARS", {})
    fr.actor_bar("own", ["Russia", "India"])
    says = refused(FRAME)
    assert says.startswith('the bar "own" has no box for United States: have one, ')
    ask, leave = re.findall(r"f(?:r|rame)[.][^ ]*[(](?:\"own\"|\".*\")[)]", says)
    assert set(eval(leave, names)["partner"]) == {"Russia", "IND"}
    eval(ask, names)
    assert fr.toggled(plain(), FRAME, "partner", **CREDIT)


def test_one_whom_a_section_never_shows_has_a_box_as_the_message_is_typed(monkeypatch, names):
    monkeypatch.setattr(bar, "_BARS", {})
    frame = FRAME.replace("USA", "EU28")
    says = refused(frame, section="geopolitical")
    eval(re.search(r"fr[.]actor_bar[(].*EVERYBODY[)]", says).group(), names)
    assert fr.toggled(plain(frame), frame, "partner", section="geopolitical", **CREDIT)


ODD = pytest.mark.skipif(
    pd.__version__ < "3", reason="pandas before 3 finds no column with an apostrophe in a query"
)


@pytest.mark.parametrize("word", ["HKG", "Hong Kong SAR", "China, Hong Kong SAR"])
@pytest.mark.parametrize(
    "column", ["partner", "the partner", pytest.param("the partner's", marks=ODD)]
)
def test_rows_of_whom_no_bar_has_are_left_out_as_the_message_is_typed(word, column, names):
    frame = names["frame"] = FRAME.replace("USA", word).rename(columns={"partner": column})
    says = refused(frame, column)
    assert "no box for Hong Kong: leave such rows out: " in says and "actor_bar" not in says
    left = eval(says.partition("rows out: ")[2], names)
    assert set(left[column]) == {"Russia", "IND"}


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
    left = eval(re.search(r"frame[.]query.*", message).group(), names)
    assert set(left["partner"]) == {"Russia", "IND"}


def test_where_no_row_has_an_actor_one_is_put_on_them_as_the_message_is_typed(names):
    frame = names["frame"] = FRAME.assign(partner="")
    frame = eval(re.search(r"frame[.]assign[(].*?[)]", refused(frame)).group(), names)
    ax = plain(frame, x="year", y="share", hue="buyer", draw=sns.scatterplot)
    assert fr.toggled(ax, frame, "buyer", **CREDIT)


def test_what_is_to_be_typed_names_the_frame_as_the_reader_does(monkeypatch):
    sums = FRAME.replace({"USA": ""})
    assert "with frame.query(" in refused(sums)
    monkeypatch.setattr(sys.modules["__main__"], "sums", sums, raising=False)
    assert "with sums.query(" in refused(sums) and "frame." not in refused(sums)


def test_of_many_who_are_no_actors_those_who_are_are_kept_as_the_message_is_typed(names):
    states = ["AUS", "BRA", "MYS", "ZAF", "CHL", "AGO", "HKG", "RUS", "India", "USA"]
    frame = names["frame"] = pd.DataFrame({"partner": states, "year": 2018, "share": 1.0})
    message = refused(frame)
    left = eval(re.search(r"frame[.]query.*", message).group(), names)
    assert "a sum of several has no box: draw the ratio" in message
    assert '"AUS" is no actor here' in message and [*left["partner"]] == ["RUS", "India", "USA"]


PAIRS = pd.DataFrame(
    [("CHN", "PRK"), ("PRK", "RUS"), ("PRK", "USA")], columns=["actor_a", "actor_b"]
).assign(year=2018, same=[0.8, 0.7, 0.2])


@pytest.mark.parametrize("side", ["actor_a", "actor_b"])
def test_half_a_pair_is_no_partner_and_the_message_makes_one_as_it_is_typed(side, names):
    names["frame"] = PAIRS
    ask = dict(x="year", y="same", draw=sns.barplot)
    with pytest.raises(Problem, match="PRK is in every pair, now as actor_a, now as") as error:
        fr.toggled(plain(PAIRS, hue=side, **ask), PAIRS, side, **CREDIT)
    frame = eval(re.search("frame.assign.*", str(error.value)).group(), names)
    assert [*frame.partner] == ["CHN", "RUS", "USA"]
    assert fr.toggled(plain(frame, hue="partner", **ask), frame, "partner", **CREDIT)
    alone = PAIRS.query("actor_a == 'PRK'")
    assert fr.toggled(plain(alone, hue="actor_b", **ask), alone, "actor_b", **CREDIT)


def test_a_column_without_actors_names_the_one_that_has_them():
    frame = FRAME.assign(good=["LNG", "coal", "oil"] * 2 + ["LNG"])
    says = refused(frame, "good")
    assert says.endswith('("LNG", "coal", ...): this frame\'s column of actors is "partner"')
    assert "name the one that does" in refused(frame.drop(columns="partner"), "good")
