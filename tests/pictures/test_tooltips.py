"""What a mark tells where somebody points at it; that every actor of every picture is told stands in test_all_pictures."""

import pandas as pd
from bs4 import BeautifulSoup
from sample_picture import sample
from telling import tells

from frenemies import economic
from heldto import pictures
from heldto.pictures import marks


def texts(tell):
    """What a reader is told, text by text, as the script puts it together."""
    name, unit, *points = f"{tell}|".split("|")[: tell.count("|") + 2]
    parts = [point.split(" ") for point in points if point]
    return [f"{name}, {when}: {much} {unit}".rstrip() for when, much in parts] or [name]


def figure(**looks):
    made, ax = pictures.canvas()
    pictures.tooltips_from_data(ax, "USD bn", 1)
    frame = pd.DataFrame({"year": [2016, 2018, 2019], "value": [1.26, 2, 1234.5]})
    marks.line(ax, frame, "value", "RUS", **looks)
    return made, ax


def told_by(made):
    own = dict(key="own", title="T", subtitle="", lead="", sentences=[], source="", section="")
    return list(tells(pictures.Picture(figure=made, table=pd.DataFrame({"year": [1]}), **own)))


def test_a_line_tells_each_of_its_points_as_a_table_shows_them():
    early, late = told_by(figure()[0])
    assert early == (["RUS"], False, "Russia|USD bn|2016 1.3|2018 2")
    assert late == (["RUS"], True, "Russia|USD bn|2018 2|2019 1,234")
    assert texts(early[2]) == ["Russia, 2016: 1.3 USD bn", "Russia, 2018: 2 USD bn"]


def test_a_point_out_of_sight_tells_nothing():
    made, ax = figure(label="Moscow's books")
    ax.set_xlim(2017, 2020)
    assert [tell for *_, tell in told_by(made)] == [
        "Moscow's books|USD bn||2018 2",
        "Moscow's books|USD bn|2018 2|2019 1,234",
    ]


def test_bars_tell_their_heights_and_not_where_they_end():
    made, ax = pictures.canvas()
    pictures.tooltips_from_data(ax, "USD bn")
    boxes = pd.DataFrame(
        {"place": [2016, 2018], "floor": [5, 5], "height": [1, -2.5], "late": False}
    )
    marks.bars(ax, boxes, ["KAZ"], 0.8, "red", "Kazakhstan")
    assert told_by(made)[0][2] == "Kazakhstan|USD bn|2016 1|2018 \u22122.5"


def test_any_mark_tells_what_it_is_given_and_a_drawing_as_a_file_nothing():
    made, ax = pictures.canvas()
    marks.Tagged(ax, "CHN", "PRK", tell="China & North Korea").plot([0, 1], [0, 1])
    marks.Tagged(ax, "CHN").fill([0, 1, 1], [0, 0, 1])
    picture = sample()
    picture.figure = made
    assert sorted(tells(picture)) == [
        (["CHN"], False, ""),
        (["CHN", "PRK"], False, "China & North Korea"),
    ]
    assert "China &amp; North Korea" in picture.to_html()
    assert "data-tell" not in picture.svg + picture.to_image()


def test_a_figure_is_that_of_the_table():
    picture = economic.partners_picture()
    soup = BeautifulSoup(picture.to_html(), "html.parser")
    heads = [head.get_text() for head in soup.select("thead th")]
    cells = {
        (row.th.get_text(), head): cell.get_text()
        for row in soup.select("tbody tr")
        for head, cell in zip(heads[1:], row.select("td"), strict=True)
    }
    told = {}
    for _, _, tell in tells(picture):
        name, _, *points = tell.split("|") if tell else ("", "")
        told |= {(point.split(" ")[0], name): point.split(" ")[1] for point in points}
    shared = told.keys() & cells.keys()
    assert len(shared) == 11 * 21
    assert {key: told[key] for key in shared} == {key: cells[key] for key in shared}
