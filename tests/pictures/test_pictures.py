import dataclasses
import re
import subprocess
import sys
import threading
from functools import wraps
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import seaborn
from bs4 import BeautifulSoup
from conftest import ROOT
from legible import overlaps
from matplotlib.colors import to_hex, to_rgb
from sample_picture import sample

import frenemies
from heldto import pictures
from heldto.errors import TextError
from heldto.evidence import actors
from heldto.pictures import marks, sentences, style


def test_a_mark_carries_the_classes_of_all_its_actors():
    svg = sample().svg
    assert 'class="a-CHN a-RUS"' in svg
    assert len(re.findall(r'class="a-USA( since)?"', svg)) >= 3
    assert 'class="a-RUS since"' in svg
    assert 'class="a-RUS then" visibility="hidden"' in svg


def test_a_line_never_breaks_between_a_figure_and_its_sign():
    texts = dict(neutral="At 12 %", others=[(("USA",), "Up 5 %")], note="It is 7 % <of> all.")
    page = sample(about=["CHN"], **texts).to_html()
    assert all(f"{figure}\u00a0%" in page for figure in (12, 5, 7)) and "&lt;of&gt; all" in page


def test_the_word_at_the_articles_line_does_not_touch_it():
    figure = sample().figure
    (ax,) = figure.axes
    (word,) = (text for text in ax.texts if text.get_text().strip() == "article")
    line = ax.transData.transform((style.ARTICLE, 0))[0]
    assert word.get_window_extent().x1 < line - 2
    drawn = min(one.get_zorder() for one, _ in marks.tagged(figure))
    assert word.get_bbox_patch() and word.get_zorder() < drawn  # no grid line crosses it


def test_the_same_bytes_each_time():
    assert sample().svg == sample().svg


def test_ids_of_two_pictures_do_not_clash():
    ids = [set(re.findall(r'id="([^"]+)"', sample(key).svg)) for key in ("one", "two")]
    assert ids[0] and ids[1] and not ids[0] & ids[1]
    svg = sample("one").svg
    assert set(re.findall(r'(?:url\(#|href="#)([^")]+)', svg)) <= ids[0]


def test_a_hatching_is_found_by_its_id_in_each_picture():
    boxes = pd.DataFrame(dict(place=[2018, 2020], floor=0, height=[1, 2], late=[False, True]))
    drawn = []
    for key in ("one", "two"):
        with pictures.house_style():
            figure, ax = pictures.canvas()
            marks.bars(ax, boxes, ["RUS"], 0.8, "#1F77C9", hatch="//")
        drawn.append(
            BeautifulSoup(bare_picture(key=key, figure=figure, table=YEARS).svg, "html.parser")
        )
    known = [{pattern["id"] for pattern in svg.find_all("pattern")} for svg in drawn]
    used = [set(re.findall(r"url\(#([^)]+)\)", str(svg.find_all("path")))) for svg in drawn]
    assert all(ids and ids <= own for ids, own in zip(known, used, strict=True))
    assert not known[0] & known[1]


def test_words_in_several_lines_stay_words():
    with pictures.house_style():
        figure, ax = pictures.canvas()
        pictures.tag(ax.text(0.5, 0.5, "one\ntwo\nthree"), "CHN")
    shapes = bare_picture(key="lines", figure=figure, table=YEARS).svg
    assert re.search(r'<g class="a-CHN"><text[^>]*>one</text><text', shapes)


def test_the_drawing_styles_nothing_outside_itself():
    assert "<style" not in sample().svg
    assert "http" not in sample().svg.replace("http://www.w3.org/2000/svg", "")


def test_a_line_is_lighter_after_what_was_known_then():
    lines = sample().figure.axes[0].lines
    early, late = lines[0], lines[1]
    assert list(early.get_xdata()) == [2016, 2018]
    assert list(late.get_xdata()) == [2018, 2019, 2020]
    assert late.get_alpha() < 1
    assert early.get_color() == actors.colour("CHN")
    assert early.get_linewidth() > lines[2].get_linewidth()


def test_labels_are_spread_and_none_is_cut():
    assert overlaps(sample()) == []


def test_an_overlap_and_a_cut_label_are_found():
    with pictures.house_style():
        figure, ax = pictures.canvas()
        ax.text(0.5, 0.5, "one")
        ax.text(0.5, 0.5, "two")
        ax.text(1.4, 0.2, "far beyond the edge", transform=ax.transAxes)
    picture = bare_picture(key="bad", figure=figure, table=pd.DataFrame())
    found = overlaps(picture)
    assert ("one", "two") in found
    assert ("far beyond the edge", "edge") in found


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [([10, 50, 90], [10, 50, 90]), ([50, 50], [45, 55]), ([99, 100], [90, 100]), ([0, 1], [0, 10])],
)
def test_places_are_spread_within_the_axis(wanted, expected):
    assert pictures.spread(wanted, 10, 100) == pytest.approx(expected)


def bare_picture(**own):
    """A picture of a figure, its other fields of little interest."""
    fields = dict(section="economic", title="Trade", subtitle="USD bn", lead="Trade.", sentences=[])
    return pictures.Picture(**fields, source="x", **own)


def test_the_page_escapes_what_comes_from_data():
    page = sample().to_html()
    assert "Two &lt;grow&gt;" in page and "<grow>" not in page
    assert "IMF &#34;x&#34;" in page


def test_words_and_rows_carry_their_actors():
    page = sample().to_html()
    assert '<span class="a-CHN a-RUS">Both 1.</span>' in page
    assert '<tr class="a-RUS"><th scope="row">RUS</th><td>2016</td>' in page
    assert '<tr class="a-RUS since"><th scope="row">RUS</th><td>2020</td>' in page


def test_the_alt_text_stands_with_the_drawing():
    picture = sample()
    assert picture.alt == "A head. China 4. Both 1."
    page = picture.to_html()
    assert '<svg aria-describedby="sample-short" aria-details="sample-words"' in page
    assert (
        '<p hidden id="sample-short">A head.</p>' in page
        and '<details class="fig-alt" id="sample-words">' in page
    )
    assert picture._repr_mimebundle_()[0]["text/plain"].endswith("Both 1.")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234.5, "1,234"), (0.12345, "0.1235"), (float("nan"), ""), (2018, "2018"), ("<b>", "<b>")],
)
def test_cells(value, shown):
    assert pictures.table.cell(value) == shown


YEARS = pd.DataFrame({"year": [2016, 2018, 2020], "value": [1.0, 2.0, 4.0], "actor": "RUS"})


@pictures.drawing(
    "economic",
    "economic/trade",
    "geopolitical/pledges",
    key="put-together",
    cannot="why.",
    whose=("actor",),
)
def put_together(word="growth"):
    figure, ax = pictures.canvas()
    return dict(
        title=f"{word} is slow",
        subtitle="index",
        figure=figure,
        sentences=iter(SENTENCES),
        table=YEARS,
    )


SENTENCES = [(("RUS",), "Russia: 1."), (("RUS", "since"), "Russia since: 4.")]


def test_a_picture_is_put_together_from_what_is_its_own():
    picture = put_together()
    assert (picture.title, picture.lead) == ("Growth is slow", "Growth is slow.")
    assert (picture.key, picture.section, picture.cannot) == ("put-together", "economic", "why.")
    assert picture.source == frenemies.evidence.source("economic/trade", "geopolitical/pledges")
    assert (
        picture.sentences == SENTENCES
        and picture.alt == "Growth is slow. Russia: 1. Russia since: 4."
    )
    assert '<tr class="a-RUS since">' in picture.to_html()
    assert (
        put_together.__name__ == "put_together" and put_together("trade").title == "Trade is slow"
    )


def test_a_field_that_no_picture_has_is_refused():
    @pictures.drawing("economic", "economic/trade", caption="index")
    def wrong():
        figure, _ = pictures.canvas()
        return dict(key="k", title="t", subtitle="s", figure=figure, sentences=[], table=YEARS)

    with pytest.raises(TextError, match='wrong: no field "caption" of a picture'):
        wrong()


def test_whatever_is_drawn_through_a_tagged_axes_is_tagged():
    with pictures.house_style():
        figure, ax = pictures.canvas()
        draw = pictures.Tagged(ax, "CHN", "RUS", since=True)
        drawn = [
            *draw.bar([1, 2], [3, 4]),
            *draw.plot([1, 2], [3, 4]),
            draw.text(1, 1, "x"),
            draw.row_name(1, "name"),
        ]
    assert {mark.get_gid() for mark in drawn} == {"mark!a-CHN!a-RUS!since"} and len(drawn) == 5


def runs(gaps):
    with pictures.house_style():
        figure, ax = pictures.canvas()
        pictures.line(ax, YEARS, "value", "RUS", gaps=gaps)
    return [list(line.get_xdata()) for line in ax.lines]


def test_missing_years_are_gaps_where_they_are_asked_for():
    assert runs(gaps=False) == [[2016, 2018], [2018, 2020]]
    assert runs(gaps=True) == [[2016], [2018], [2020]]


def followed(ax, frame, **looks):
    return pictures.lines(ax, frame, "actor", "value", "USD bn", 1, **looks)


def test_lines_of_seaborn_follow_the_bar_like_any_other():
    frame = pd.concat([YEARS, YEARS.assign(actor="CHN"), YEARS.tail(1).assign(actor="USA")])
    with pictures.house_style():
        figure, ax = pictures.canvas()
        labels = followed(ax, frame.reset_index(), lead=["CHN"], others=["IND"])
    own = [line for line in ax.lines if len(line.get_xdata())]
    assert {(line.get_gid(), line.get_linewidth()) for line in own} == {
        ("mark!a-RUS!a-IND", 1.6),
        ("mark!a-RUS!a-IND!since", 1.6),
        ("mark!a-CHN!a-IND", 3),
        ("mark!a-CHN!a-IND!since", 3),
        ("mark!a-USA!a-IND!since", 1.6),
    }
    assert {line.get_color() for line in own} == {
        actors.colour(code) for code in ("RUS", "CHN", "USA")
    }
    assert [(label.who, label.text, label.bold) for label in labels] == [
        (("RUS", "IND"), ("Russia 4", "Russia 2"), False),
        (("CHN", "IND"), ("China 4", "China 2"), True),
        (("USA", "IND"), ("United States 4", ""), False),
    ]
    assert ax.get_legend() is None and (ax.get_xlabel(), ax.get_ylabel()) == ("", "")


def test_lines_of_all_actors_are_one_call_of_seaborn_and_each_is_its_own(monkeypatch):
    years = [2012, 2013, 2014, 2016, 2017, 2018, 2019, 2020]  # 2015 is missing
    rows = [
        (code, year, 100 * number + year - 2000)
        for year in years
        for number, code in enumerate(["RUS", "CHN", "USA"], 1)
        if (code, year) != ("CHN", 2018)
    ]
    frame = pd.DataFrame(rows, columns=["actor", "year", "value"])
    calls = []

    @wraps(seaborn.lineplot)
    def counted(*given, **words):
        calls.append(words)
        return lineplot(*given, **words)

    lineplot = seaborn.lineplot
    monkeypatch.setattr(seaborn, "lineplot", counted)
    _, ax = pictures.canvas()
    followed(ax, frame)
    assert len(calls) == 1
    assert [(line.get_gid(), line.get_color(), [*line.get_ydata()]) for line in ax.lines] == [
        (f"mark!a-{code}{since}", actors.colour(code), [hundred + number for number in numbers])
        for code, hundred, runs in [
            ("RUS", 100, {"": [[12, 13, 14], [16, 17, 18]], "!since": [[18, 19, 20]]}),
            ("CHN", 200, {"": [[12, 13, 14], [16, 17]], "!since": [[19, 20]]}),
            ("USA", 300, {"": [[12, 13, 14], [16, 17, 18]], "!since": [[18, 19, 20]]}),
        ]
        for since, parts in runs.items()
        for numbers in parts
    ]


def test_a_label_gives_way_to_that_of_then():
    with pictures.house_style():
        figure, ax = pictures.canvas()
        (label,) = followed(ax, YEARS, say="{:.1f}".format)
        ax.set_ylim(0, 5)
        pictures.label_ends(ax, [label])
    assert label.read(0)[1:4] == (2020, 4.0, "Russia 4.0") and label.read(1)[1:4] == (
        2018,
        2.0,
        "Russia 2.0",
    )
    shown = {text.get_gid(): text.get_text() for text in ax.texts if text.get_text()}
    assert shown == {"mark!a-RUS!since": "Russia 4.0", "mark!a-RUS!then": "Russia 2.0"}


def test_a_label_tells_the_year_of_its_figure_where_that_is_not_the_titles_or_others_go_on():
    rows = [("CHN", 2024), ("USA", 2023), ("VNM", 2018)]
    frame = pd.DataFrame(
        [
            dict(actor=code, year=year, value=9)
            for code, last in rows
            for year in range(2000, last + 1)
        ]
    )
    with pictures.house_style():
        figure, ax = pictures.canvas()
        pictures.panel(ax, followed(ax, frame), 2000, 2024.3)
    now = [one.get_text() for one in ax.texts if one.get_gid() and "!then" not in one.get_gid()]
    assert {*now} >= {"China 9 (2024)", "United States 9 (2023)", "Vietnam 9 (2018)"}
    then = {one.get_text() for one in ax.texts if "!then" in (one.get_gid() or "")}
    assert then >= {"China 9", "United States 9", "Vietnam 9"}


def test_a_label_of_then_tells_the_year_of_a_line_that_ended_before_the_title():
    frame = pd.DataFrame([dict(actor="CHN", year=year, value=9) for year in range(2000, 2016)])
    with pictures.house_style():
        figure, ax = pictures.canvas()
        pictures.panel(ax, followed(ax, frame), 2000, 2024.3)
    assert [one.get_text() for one in ax.texts if one.get_gid()] == ["China 9 (2015)"] * 2


def panelled(frame, first, last, **looks):
    """(where a label of now, one of then, and 9 August 2019 stand; the axes), in pixels across."""
    with pictures.house_style():
        figure, ax = pictures.canvas()
        pictures.panel(ax, followed(ax, frame), first, last, **looks)
    tags = ((one, (one.get_gid() or "").partition("!end=")[0]) for one in ax.texts)
    boxes = {tag: one.get_window_extent() for one, tag in tags if tag}
    article = ax.transData.transform((style.ARTICLE, 0))[0]
    return boxes["mark!a-RUS!since"], boxes["mark!a-RUS!then"], article, ax


def test_a_label_of_then_stands_beyond_the_articles_date_where_that_is_near_and_its_leader_does_not():
    _, then, article, ax = panelled(YEARS, 2000, 2024.3)
    assert then.x0 > article
    _, then, article, ax = panelled(YEARS, 2016, 2021)  # far off: it stands at its line's end
    assert ax.transData.transform((2018, 0))[0] < then.x0 < article
    close = pd.concat([YEARS, YEARS.assign(actor="CHN")])
    *_, article, ax = panelled(close, 2000, 2024.3)
    leaders = [one.arrow_patch for one in ax.texts if getattr(one, "arrow_patch", None)]
    ends = [one.get_window_extent().x1 for one in leaders if "!then" in (one.get_gid() or "")]
    assert ends and max(ends) <= article + 1


def test_a_label_stands_past_a_place_that_is_asked_for():
    _, then, _, ax = panelled(YEARS, 2016, 2021, past=2018.5)
    assert then.x0 > ax.transData.transform((2018.5, 0))[0]


def test_labels_of_now_stand_where_their_lines_end_where_all_end_early():
    now, _, _, ax = panelled(YEARS, 2000, 2040)
    assert ax.transData.transform((2020, 0))[0] < now.x0 < ax.transData.transform((2024, 0))[0]


def test_a_label_of_then_in_two_lines_does_not_hide_the_axis_of_years():
    with pictures.house_style():
        figure, ax = pictures.canvas()
        label = pictures.line(ax, YEARS, "value", "RUS", text=("Russia\n4", "Russia\n2"))
        pictures.panel(ax, [label], 2000, 2024.3, ylim=(0, 900))
    (then,) = (one for one in ax.texts if one.get_gid() == "mark!a-RUS!then")
    assert then.get_window_extent().y0 >= ax.bbox.y0


def test_the_figure_of_a_dot_meets_no_line_and_no_other_words():
    """Where a line goes up steeply, or another label stands above."""
    with pictures.house_style():
        figure, ax = pictures.canvas()
        ax.set(xlim=(2010, 2025), ylim=(0, 5))
        labels = followed(ax, YEARS, say="{:.1f}".format)
        ax.annotate("in the way", (2018, 2), (0, 12), textcoords="offset points", ha="center")
        pictures.panel(ax, labels, 2010, 2025, ylim=(0, 5))
        pictures.dots(ax, YEARS, "value", (2016, 2018, 2020), ("RUS",))
    figure.draw_without_rendering()
    figures = [one for one in ax.texts if one.get_text() in ("1.0", "2.0", "4.0")]
    told = {one.get_text(): one.get_gid() for one in figures}
    later = "mark!a-RUS!since"
    assert told == {"1.0": "mark!a-RUS", "2.0": later, "4.0": later}
    for one in figures:
        box = one.get_window_extent()
        lines = (line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_gid())
        paths = [line.get_transform().transform_path(line.get_path()) for line in lines]
        assert paths and not any(path.intersects_bbox(box, filled=False) for path in paths)
    assert overlaps(SimpleNamespace(figure=figure)) == []


@pytest.mark.parametrize("narrow", [True, False])
def test_a_label_of_then_does_not_touch_the_dot_at_its_lines_end(narrow):
    with pictures.house_style(), style.narrowed(narrow):
        figure, ax = pictures.canvas()
        labels = followed(ax, YEARS, named="{} and all that it sells".format)
        pictures.panel(ax, labels, 2000, 2024.3)
    (then,) = (one for one in ax.texts if one.get_gid() == "mark!a-RUS!then")
    end = ax.transData.transform((2018, 2))[0]
    assert then.get_window_extent().x0 - end > 5 * figure.dpi / 72


def test_a_hollow_dot_at_the_edge_is_whole():
    figure, ax = pictures.canvas()
    marks.hollow(ax, YEARS, "value", ("RUS",))
    assert not ax.lines[0].get_clip_on()


def test_a_line_that_begins_later_has_no_label_in_then():
    figure, ax = pictures.canvas()
    label = pictures.line(ax, YEARS.tail(1), "value", "RUS", text="{0.value:.0f}".format)
    assert label[1:4] == ((2020, 2020), (4, 4), ("4", ""))


def test_a_line_of_no_figures_has_an_empty_label():
    figure, ax = pictures.canvas()
    assert pictures.line(ax, YEARS.head(0), "value", "RUS", text=("a", "b")).text == ""
    assert not ax.lines


def test_a_single_known_year_is_a_dot():
    with pictures.house_style():
        figure, ax = pictures.canvas()
        pictures.line(ax, YEARS.tail(2), "value", "RUS")
    assert [(list(line.get_xdata()), line.get_marker()) for line in ax.lines] == [
        ([2018], "o"),
        ([2018, 2020], "None"),
    ]


def test_years_after_the_article_are_marked_on_their_axis():
    with pictures.house_style():
        figure, ax = pictures.canvas()
        pictures.year_axis(ax, 2016, 2022, 2)
    assert {text.get_text(): text.get_gid() for text in ax.get_xticklabels()} == {
        "2016": None,
        "2018": None,
        "2020": "mark!since",
        "2022": "mark!since",
    }


@pytest.mark.parametrize(
    ("years", "ticks"),
    [
        ((2012.7, 2025.4, 5), [2013, 2018, 2023]),
        ((2017, 2025, 2), [2017, 2019, 2021, 2023, 2025]),
        ((2000, 2024, 8), [2000, 2008, 2016, 2024]),
        ((2018, 2024, 2), [2018, 2020, 2022, 2024]),
    ],
    ids=["from the last known", "from the first", "as they are", "no second one was known"],
)
def test_two_years_of_an_axis_were_known_then_where_it_has_as_many(years, ticks):
    figure, ax = pictures.canvas()
    pictures.year_axis(ax, *years)
    assert [*ax.get_xticks()] == ticks


@pytest.mark.parametrize("beside", [False, True])
def test_a_label_stands_beside_its_line_or_at_the_edge(beside):
    with style.house_style():
        figure, ax = pictures.canvas()
        label = marks.Label(("CHN",), (2020, 2018), (2, 1), ("two", "one"), "black")
        ax.plot([2016, 2018, 2020], [1, 1, 2])
        pictures.panel(ax, [label], 2016, 2024, beside=beside)
    at = {text.get_text(): text.get_position()[0] for text in ax.texts}
    assert (0.5 < at["two (2020)"] < 0.6) if beside else at["two (2020)"] > 1
    assert 0.25 < at["one"] < 0.35


def with_then(**own):
    return dataclasses.replace(sample(), **own)


def test_a_text_that_tells_of_later_years_has_another_for_then():
    page = with_then(then={"title": "Two <grew>"}).to_html()
    both = '<span class="since">Two &lt;grow&gt;</span><span class="then" hidden>Two &lt;grew&gt;</span>'
    assert f'<b id="sample-title">{both}</b>' in page
    assert '<span class="fig-note">index</span>' in page


def test_a_column_that_tells_of_later_years_is_marked():
    page = with_then(table_since=("value",)).to_html()
    assert (
        '<th scope="col" class="since">value</th>' in page and page.count('<td class="since">') == 4
    )


def test_two_threads_draw_one_after_the_other_and_leave_the_settings_as_they_were():
    before, within, done = dict(mpl.rcParams), threading.Event(), threading.Event()

    def second():
        with pictures.house_style():
            within.set()
            done.wait(5)

    other = threading.Thread(target=second)
    with pictures.house_style():
        other.start()
        assert not within.wait(0.2)
    done.set()
    other.join()
    assert within.is_set() and dict(mpl.rcParams) == before


def test_a_drawing_is_named_by_the_caption_beside_it():
    picture = sample()
    assert (
        'aria-labelledby="sample-title"' in picture.to_html()
        and "aria-label=" not in picture.to_html().split("<details")[0]
    )
    assert 'aria-label="Two &lt;grow&gt;"' in picture.svg


def pair(*others, late=False):
    with pictures.house_style():
        figure, ax = pictures.canvas()
        for code in others or ("RUS",):
            pictures.Tagged(ax, "CHN", code, since=late).plot([2016, 2018], [1, 2])
    return bare_picture(key="pair", figure=figure, table=YEARS)


@pytest.mark.parametrize(
    ("picture", "needs", "says"),
    [
        (pair(), ["CHN", "RUS"], "China and Russia"),
        (pair("RUS", "USA"), ["CHN"], "China"),
        (pair("USA"), ["CHN", "USA"], "China and the United States"),
    ],
)
def test_a_picture_says_whom_it_always_shows(picture, needs, says):
    assert picture.needs == needs
    page = picture.to_html()
    assert f'<figure class="actorfig {" ".join(f"n-{code}" for code in needs)}"' in page
    kept = f"Always on here: {says}, because each mark is about {says}."
    assert f'<p class="kept">{kept}</p>' in page
    assert not sample().needs and "Always on here" not in sample().to_html()


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (pair("RUS", "USA"), "This picture shows Russia and the United States."),
        (sample(), "This picture shows China, Russia and the United States."),
        (pair(), ""),  # it is never left with nothing
    ],
)
def test_who_has_nothing_left_of_a_picture_reads_whom_to_switch_on(picture, says):
    message = picture.to_html().split('class="missing nobody" hidden>')[1].split("<button")[0]
    assert message.split("shown.", 1)[1].strip() == says


def test_a_selection_without_those_always_shown_leaves_the_rest():
    one_of_two = pair("RUS", "USA")
    assert one_of_two.lacks(["CHN"]) == one_of_two.lacks(["CHN", "RUS"]) == ""
    assert one_of_two.lacks(["RUS", "USA"]) == "It leaves nothing of this picture."
    assert pair().lacks(["CHN", "RUS"]) == ""


def test_a_picture_of_later_years_says_nothing_of_them_in_then():
    assert pair(late=True).late and not pair().late
    assert pair(late=True).then["title"] == "Later than August 2019"


@pytest.mark.parametrize(
    ("colour", "ground"), [("#00897B", "white"), ("#F2C14E", "white"), ("#222222", "white")]
)
def test_a_colour_for_words_can_be_read(colour, ground):
    ink = style.readable(colour, ground)
    assert style.contrast(ink, ground) >= style.LEGIBLE
    assert (ink == colour.lower()) == (style.contrast(colour, ground) >= style.LEGIBLE)


def test_china_and_russia_can_be_told_apart_in_grey():
    china, russia = (
        np.dot(mpl.colors.to_rgb(actors.colour(code)), (0.2126, 0.7152, 0.0722))
        for code in ("CHN", "RUS")
    )
    assert russia - china > 0.15  # of black to white, as a browser and a printer grey them


def test_contrast_is_that_of_wcag():
    assert style.contrast("black", "white") == pytest.approx(21)
    assert style.contrast("#777777", "white") == pytest.approx(4.48, abs=0.005)
    assert style.ink_on("#0B5EA8") == "white" and style.ink_on("#F2C14E") == style.INK


def test_sentences_are_split_where_august_2019_lies():
    assert sentences.year_sentence(
        ("RUS",), "Russia", YEARS, "value", (2016, 2018, 2019, 2020), "{:.0f} %"
    ) == [
        (("RUS",), "Russia: 1 % in 2016, 2 % in 2018."),
        (("RUS", "since"), "Russia since: 4 % in 2020."),
    ]
    assert sentences.year_sentence(("RUS",), "Russia", YEARS, "value", (2020,)) == [
        (("RUS", "since"), "Russia since: 4 in 2020.")
    ]
    assert (sentences.since(2018), sentences.since(2019)) == ((), ("since",))


def test_a_key_is_letters_digits_and_hyphens():
    assert pictures.slug("exercises", "left out") == "exercises-left-out"
    assert pictures.slug("network", 2024, "kappa 0.5") == "network-2024-kappa-0-5"


FACES = ["economic", "geopolitical", "military", "pictures"]


@pytest.mark.parametrize("name", FACES)
def test_a_face_lends_what_its_rooms_have_and_no_more(name):
    package = getattr(frenemies, name)
    assert all(hasattr(package, lent) for lent in dir(package)) and dir(package) == sorted(
        set(dir(package))
    )
    with pytest.raises(AttributeError, match=f"{package.__name__}.* attribute '?nothing"):
        package.nothing  # noqa: B018


@pytest.mark.slow
@pytest.mark.parametrize(
    ("judged", "lacks"),
    [
        ("frenemies.ledger.entries()", ["matplotlib", "seaborn", "ipywidgets"]),
        ("frenemies.verdict('E4')", ["matplotlib", "seaborn", "heldto.exercises.checks"]),
    ],
)
def test_judging_loads_nothing_that_draws(judged, lacks):
    code = f"import frenemies, sys; {judged}; print([one for one in {lacks} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_nothing_of_the_reader_s_own_style_changes():
    import matplotlib as mpl

    before = mpl.rcParams.copy()
    sample()
    assert {
        key: value
        for key, value in mpl.rcParams.items()
        if key != "backend" and before[key] != value
    } == {}


def test_a_hostile_code_of_an_actor_is_written_as_text():
    page = sample()
    page.sentences.append((('X"><b>ran</b>',), "A sentence."))
    assert "<b>ran" not in page.to_html() and "&lt;b&gt;ran" in page.to_html()


@pytest.mark.parametrize(
    ("title", "subtitle", "lead", "told"),
    [
        ("It grew", "USD bn", "Two lines.", "Two lines."),
        ("It grew", "USD bn, by year", "It grew.", "USD bn, by year."),
        ("It grew", "USD bn, by year", "It grew. Then it fell.", "Then it fell."),
        (
            "It grew",
            "",
            "In 2018 it was 1.5. " * 3 + "X" * 170 + ".",
            " ".join(["In 2018 it was 1.5."] * 3),
        ),
        ("It grew", "", "It grew.", "It grew."),  # nothing else is said of it
        ("It grew", "", "one word and " * 30, " ".join(["one word and"] * 15) + " ..."),
    ],
)
def test_in_short_a_picture_is_told_in_whole_sentences_and_not_by_its_title_where_there_is_more(
    title, subtitle, lead, told
):
    short = sentences.in_short(title, subtitle, lead)
    assert short == told and len(short) <= 200


# Drawn for those shown

BOUND = dict(about=("CHN",), neutral="Two by year")


def test_a_picture_drawn_for_some_drops_the_marks_of_the_others_and_fits_the_scale():
    whole, some = sample(values=(1.0, 9.0, 2.0, 3.0)), sample(shown=["USA"], values=(1, 9, 2, 3))
    assert 'class="a-USA"' in some.svg and "a-CHN" not in some.svg and "a-RUS" not in some.svg
    assert "United States" in some.svg and "China" not in some.svg
    assert whole.figure.axes[0].get_ylim() != some.figure.axes[0].get_ylim()
    assert whole.figure.axes[0].get_xlim() == some.figure.axes[0].get_xlim()


def test_sentences_rows_and_title_follow_those_shown():
    some = sample(shown=["RUS", "USA"], **BOUND)
    assert (some.title, some.lead, some.alt) == ("Two by year", "Two by year.", "Two by year.")
    assert len(some.table) == 4 and sample(shown=["CHN"]).table.empty
    assert sample(shown=["CHN", "RUS"], **BOUND).title == "Two <grow>"


def test_a_picture_of_nobody_is_that_of_all():
    assert sample(shown=[]).svg == sample().svg


def test_a_title_stands_beside_the_one_that_holds_without_those_it_speaks_of():
    assert (
        '<span class="finding a-CHN">Two &lt;grow&gt;</span>'
        '<span class="neutral" hidden>Two by year</span>'
    ) in sample(**BOUND).to_html()


OTHERS = [(("RUS", "USA"), "Russia and the United States"), (("RUS",), "Russia alone")]


def test_a_title_is_that_of_those_who_are_left():
    def title(shown, **own):
        return sample(shown=shown, **BOUND, others=OTHERS, **own).title

    assert title(["CHN", "RUS"]) == "Two <grow>"
    assert title(["RUS", "USA"]) == "Russia and the United States"
    assert title(["RUS"]) == "Russia alone" and title(["USA"]) == "Two by year"
    assert sample(shown=["RUS"], **BOUND, others=OTHERS).lead == "Russia alone."


def test_a_page_holds_the_titles_of_those_who_may_be_left():
    page = sample(**BOUND, others=OTHERS).to_html()
    assert (
        '<span class="finding a-CHN">Two &lt;grow&gt;</span>'
        '<span class="finding other a-RUS a-USA" hidden>Russia and the United States</span>'
        '<span class="finding other a-RUS" hidden>Russia alone</span>'
        '<span class="neutral" hidden>Two by year</span>'
    ) in page


NOTE = "Hollow: estimates. Russia to 1991: the Soviet Union."


def test_a_note_stands_under_the_drawing_and_follows_the_bar():
    page = sample(note=NOTE, then={"note": "Hollow: guesses."}).to_html()
    note = page[page.index("</svg>") :]
    assert '<span>Hollow: estimates. </span><span class="a-RUS">Russia to 1991' in note
    assert '<span class="then" hidden><span>Hollow: guesses. </span></span>' in note
    assert sample(note=NOTE, shown=["CHN"]).note == "Hollow: estimates."
    assert "Hollow: estimates." in sample(note=NOTE).to_image()


def test_a_page_for_any_screen_holds_a_drawing_for_a_phone():
    picture = sample()
    wide, phone = BeautifulSoup(picture.page(), "html.parser").find_all("svg")
    assert phone["class"] == ["narrow"] and "class" not in wide.attrs
    across = [float(one["viewbox"].split()[2]) / 72 for one in (wide, phone)]
    assert across == pytest.approx([pictures.picture.WIDTH, pictures.picture.NARROW])
    assert not {one["id"] for one in wide.find_all(id=True)} & {
        one["id"] for one in phone.find_all(id=True)
    }
    assert (
        picture.page() == sample().page()
        and len(BeautifulSoup(picture.to_html(), "html.parser").find_all("svg")) == 1
    )


def test_what_is_too_high_for_a_page_is_printed_in_parts_that_only_paper_shows():
    def part():
        figure, ax = pictures.canvas()
        pictures.Tagged(ax, "CHN", tell="China: 1").plot([0, 1], [-1, 1])
        return figure

    picture = sample(sheets=[part, part])
    wide, phone, *sheets = BeautifulSoup(picture.page(), "html.parser").find_all("svg")
    assert [one["class"] for one in sheets] == [["sheet"]] * 2
    assert all(one.select(".a-CHN") and not one.select("[data-tell]") for one in sheets)
    ids = [one["id"] for drawn in (wide, phone, *sheets) for one in drawn.find_all(id=True)]
    assert len(ids) == len(set(ids))
    hidden = sample(sheets=[part], shown=["RUS"]).page()
    (sheet,) = BeautifulSoup(hidden, "html.parser").select("svg.sheet")
    assert not sheet.select(".a-CHN path")  # nor is there whom it is not drawn for
    assert "-sheet-" not in picture.to_html()


def test_what_the_marks_of_both_drawings_tell_stands_on_a_page_once():
    page = BeautifulSoup(frenemies.economic.mirror_picture().page(), "html.parser")
    wide, phone = (
        [one["data-tell"] for one in drawn.select("[data-tell]")] for drawn in page.find_all("svg")
    )
    assert len(wide) == len(phone) > 0 and any(wide)
    assert not any(phone)  # the script takes them from the wide one


def test_a_column_named_for_an_actor_follows_the_bar():
    frame = pd.DataFrame({"year": [2018], "Russia, crude oil": [71.6], "Iraq": [45.0]})
    page = pictures.table.html_table(frame)
    assert '<th scope="col" class="a-RUS">Russia, crude oil</th>' in page
    assert '<td class="a-RUS">71.6</td><td>45</td>' in page
    assert [*pictures.table.without_actors(frame, (), lambda who: "RUS" in who)] == ["year", "Iraq"]


def test_a_function_that_lays_out_rows_is_told_who_is_shown():
    told = []

    @pictures.drawing("economic", key="rows", subtitle="", cannot="", source="none")
    def rows_picture(shown=None):
        told.append(shown)
        if shown == []:
            return None
        figure, ax = pictures.canvas()
        for code in ("CHN", "RUS"):
            if shown is None or code in shown:
                pictures.Tagged(ax, code).plot([1, 2], [3, 4])
        about = dict(about=("*",), neutral="rows")
        return dict(title="two", figure=figure, sentences=[], table=YEARS, **about)

    assert rows_picture(shown=["CHN"]).about == ["CHN"] and rows_picture().about == ["CHN", "RUS"]
    assert rows_picture(shown=[]).about == ["CHN", "RUS"]
    assert told == [["CHN"], None, [], None]


@pytest.mark.parametrize(
    "values", [[1, 2, 3, 30, 30, 30], [30, 30, 30, 3, 2, 1], [1, 30, 1, 1, 1, 1]]
)
def test_on_a_phone_the_words_of_a_rule_hide_no_line(values):
    with style.narrowed():
        figure, ax = pictures.canvas()
        ax.set(xlim=(0, 5), ylim=(0, 40))
        (line,) = ax.plot(values)
        marks.thresholds(ax, {2: "partly from 2", 20: "holds from 20"})
    path = line.get_transform().transform_path(line.get_path())
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) == 2 and not any(path.intersects_bbox(box, filled=False) for box in boxes)
    rules = [ax.transData.transform((0, at))[1] for at in (2, 20)]
    assert not any(box.y0 - 1 < at < box.y1 + 1 for box in boxes for at in rules)


def test_on_a_phone_the_words_of_a_rule_stand_clear_of_the_articles_line():
    with style.narrowed():
        figure, ax = pictures.canvas()
        ax.set(xlim=(2004, 2024), ylim=(0, 40))
        ax.plot([2004, 2016, 2017, 2024], [21, 21, 38, 38])
        marks.article_line(ax)
        marks.thresholds(ax, {20: "partly from 20"})
    box = ax.texts[-1].get_window_extent()
    assert not box.x0 <= ax.transData.transform((style.ARTICLE, 0))[0] <= box.x1


def test_large_figures_beside_a_rule_have_commas():
    figure, ax = pictures.canvas()
    ax.set(ylim=(-5000, 20000))
    marks.thresholds(ax, {10: "holds from 10"})
    assert {"\u22125,000", "15,000"} <= {one.get_text() for one in ax.get_yticklabels()}


def test_on_a_phone_the_words_of_a_rule_stand_below_the_axes_where_lines_leave_no_place():
    with style.narrowed():
        figure, ax = pictures.canvas()
        ax.set(xlim=(0, 40), ylim=(0, 40))
        ax.plot([*range(41)], [0, 40] * 20 + [0])
        marks.thresholds(ax, {2: "partly from 2", 20: "holds from 20"}, who=("RUS",))
    assert not ax.texts and len(ax.lines) == 3
    assert ax.get_xlabel() == "dashed: partly from 2, holds from 20"
    assert ax.xaxis.label.get_gid() == "mark!a-RUS"
    figure.draw_without_rendering()
    assert ax.xaxis.label.get_window_extent().y0 > 0


def test_a_figure_below_0_has_a_minus_sign_in_the_words_and_in_the_drawing():
    @pictures.drawing("economic", key="minus", cannot="", source="none")
    def minus_picture():
        figure, ax = pictures.canvas()
        pictures.Tagged(ax, "CHN").plot([1, 2], [3, 4])
        pictures.Tagged(ax, "CHN").text(1, 3, "-0.15")
        said = "From -0.13 (-0.4) in 2003-07"
        told = dict(subtitle=said, note=said, lead=said, neutral=said, then={"title": said})
        return dict(title=said, figure=figure, sentences=[(("CHN",), said)], table=YEARS, **told)

    made, said = minus_picture(), "From \u22120.13 (\u22120.4) in 2003-07"
    assert {made.title, made.subtitle, made.note, made.lead, made.neutral} == {said}
    assert made.then["title"] == said and made.sentences == [(("CHN",), said)]
    assert ">\u22120.15<" in made.svg


def test_a_figure_below_0_has_a_minus_sign_in_a_table_and_a_day_has_its_hyphens():
    frame = pd.DataFrame({"day": ["2018-06-01"], "x": [-0.5], "y": [-3], "z": [-12345.6]})
    cells = BeautifulSoup(pictures.table.html_table(frame), "html.parser").tbody.tr
    told = [cell.get_text() for cell in cells.find_all(["th", "td"])]
    assert told == ["2018-06-01", "\u22120.5", "\u22123", "\u221212,346"]


def test_a_subtitle_keeps_its_full_stop_where_its_last_sentence_is_hidden():
    made = with_then(shown=["CHN"], subtitle="Dots: others. Russia's are hollow.")
    assert made.subtitle == "Dots: others."


def test_no_line_begins_with_a_per_cent_sign_or_with_fold():
    texts = dict(title="It grew 5.6-fold, by 8 %", subtitle="Per cent; 9 %", note="Below 7 %.")
    made = with_then(**texts, then={"title": "It grew by 6 %"})
    for page in (made.to_html(), made.to_image()):
        assert "grew 5.6\u2011fold, by 8\u00a0%" in page and "9\u00a0%" in page
    assert "7\u00a0%." in made.to_html() and "6\u00a0%" in made.to_html()


def test_few_actors_make_a_small_matrix():
    """A pair was one square in a white hall."""
    few, _ = pictures.matrix.matrix_sheet(["CHN", "RUS"])
    many, _ = pictures.matrix.matrix_sheet(["CHN", "RUS", "USA", "IND", "PAK", "SAU", "IRN", "KAZ"])
    assert few.get_figheight() == style.LOW < many.get_figheight()


TURN = np.array([[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]])


def in_the_dark(colour):
    """A colour under invert(.93) hue-rotate(180deg), as the Filter Effects standard computes it."""
    return np.clip(TURN @ (0.93 - 0.86 * np.array(to_rgb(colour))), 0, 1)


def test_in_the_dark_words_and_lines_stand_apart_from_their_ground():
    ground = in_the_dark("white")
    assert to_hex(ground) == "#121212"
    for colour in (style.INK, style.QUIET, *map(actors.colour, actors.EVERYBODY)):
        on_white, on_dark = (
            style.contrast(colour, "white"),
            style.contrast(in_the_dark(colour), ground),
        )
        assert on_dark >= min(on_white, style.LEGIBLE), colour


def test_in_the_dark_a_drawing_is_dark_on_a_page_and_in_jupyterlab():
    sheets = ROOT / "src/heldto"
    handout = (sheets / "publish/handouts/templates/heldto/handout.css").read_text("utf-8")
    dark = handout.partition("@media screen and (prefers-color-scheme: dark)")[2].partition("\n}")[
        0
    ]
    assert ".drawing { background: #121212; }" in dark and ".drawing svg" in dark
    lab = (sheets / "templates/figure.css").read_text("utf-8")
    turned = "filter: invert(.93) hue-rotate(180deg);"
    assert f'[data-jp-theme-light="false"] .actorfig svg {{ {turned} }}' in lab and turned in dark


TITLED = {
    "partners": frenemies.economic.partners_picture,
    "coal": frenemies.economic.coal_picture,
    "turn": frenemies.economic.turn_picture,
    "warheads": frenemies.military.warheads_picture,
    "ideal": frenemies.geopolitical.ideal_picture,
}


@pytest.mark.parametrize("name", TITLED)
def test_whoever_a_title_may_name_has_a_figure_of_its_year_in_the_drawing(name):
    """On a page, where nothing is drawn anew when somebody is switched off."""
    picture = TITLED[name]()
    figures = [text for ax in picture.figure.axes for text in ax.texts if text.get_text()]
    told = {
        code
        for text in figures
        if getattr(text, "xy", (0, 0))[0] == style.THEN
        for code in marks.whose(marks.tag_words(text) or ())
    }
    named = {code for who, _ in [(picture.about, ""), *picture.others] for code in who}
    assert named - told - {*picture.needs} == set()


def test_figures_for_few_are_hidden_until_few_are_on_and_drawn_where_few_are_drawn_for():
    groups = [["CHN", "RUS"], ["IND"], ["USA"], ["JPN"]]
    assert [*marks.in_titles(groups)] == [
        ("CHN", False),
        ("RUS", False),
        ("IND", True),
        ("USA", True),
        ("JPN", True),
    ]
    with marks.only(["IND", "USA"]):
        assert [*marks.in_titles(groups)] == [("IND", False), ("USA", False)]
    drawn = BeautifulSoup(frenemies.military.warheads_picture().svg, "html.parser")
    hidden = drawn.select(".told")
    assert hidden and all(mark.get("visibility") == "hidden" for mark in hidden)
