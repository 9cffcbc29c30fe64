import re

import pandas as pd
import pytest

from frenemies import actors, pictures


@pictures.drawing
def sample(key="sample", values=(1.0, 2.0, 3.0, 4.0)):
    figure, ax = pictures.canvas()
    frame = pd.DataFrame({"year": [2016, 2018, 2019, 2020], "value": values})
    labels = []
    for step, code in enumerate(("CHN", "RUS", "USA")):
        pictures.line(
            ax, frame.assign(value=frame["value"] + step / 50), "year", "value", code, lead=code == "CHN", labels=labels
        )
    pictures.tag(ax.plot([2016, 2020], [1, 1])[0], "CHN", "RUS")
    pictures.tag(ax.text(2016.1, 2, "late"), "RUS", then=True)
    pictures.year_axis(ax, 2016, 2020)
    pictures.article_line(ax)
    pictures.label_ends(ax, labels)
    table = frame.assign(actor="RUS")[["actor", "year", "value"]]
    return pictures.Picture(
        key,
        "economic",
        "Two <grow>",
        "index",
        figure,
        "A head.",
        [(("CHN",), "China 4."), (("CHN", "RUS"), "Both 1.")],
        table,
        'IMF "x"',
        ("actor",),
        "causes",
    )


def test_a_mark_carries_the_classes_of_all_its_actors():
    svg = sample().svg
    assert 'class="a-CHN a-RUS"' in svg
    assert len(re.findall(r'class="a-USA"', svg)) >= 2
    assert 'class="a-RUS since"' in svg
    assert 'class="a-RUS then" visibility="hidden"' in svg


def test_the_same_bytes_each_time():
    assert sample().svg == sample().svg


def test_ids_of_two_pictures_do_not_clash():
    ids = [set(re.findall(r'id="([^"]+)"', sample(key).svg)) for key in ("one", "two")]
    assert ids[0] and ids[1] and not ids[0] & ids[1]
    svg = sample("one").svg
    assert set(re.findall(r'(?:url\(#|href="#)([^")]+)', svg)) <= ids[0]


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
    assert pictures.overlaps(sample()) == []


def test_an_overlap_and_a_cut_label_are_found():
    with pictures.style():
        figure, ax = pictures.canvas()
        ax.text(0.5, 0.5, "one")
        ax.text(0.5, 0.5, "two")
        ax.text(1.4, 0.2, "far beyond the edge", transform=ax.transAxes)
    picture = pictures.Picture("bad", "economic", "t", "s", figure, "", [], pd.DataFrame(), "x")
    found = pictures.overlaps(picture)
    assert ("one", "two") in found
    assert ("far beyond the edge", "edge") in found


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [([10, 50, 90], [10, 50, 90]), ([50, 50], [45, 55]), ([99, 100], [90, 100]), ([0, 1], [0, 10])],
)
def test_places_are_spread_within_the_axis(wanted, expected):
    assert pictures._spread(wanted, 10, 100) == pytest.approx(expected)


def test_the_page_escapes_what_comes_from_data():
    page = sample().to_html()
    assert "Two &lt;grow&gt;" in page and "<grow>" not in page
    assert "IMF &quot;x&quot;" in page


def test_words_and_rows_carry_their_actors():
    page = sample().to_html()
    assert '<span class="a-CHN a-RUS">Both 1.</span>' in page
    assert '<tr class="a-RUS"><th scope="row">RUS</th><td>2016</td>' in page
    assert '<tr class="a-RUS since"><th scope="row">RUS</th><td>2020</td>' in page


def test_the_alt_text_stands_with_the_drawing():
    picture = sample()
    assert picture.alt == "A head. China 4. Both 1."
    assert 'aria-describedby="sample-alt"' in picture.svg and 'id="sample-alt"' in picture.to_html()
    assert picture._repr_mimebundle_()["text/plain"].endswith("Both 1.")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234.5, "1,234"), (0.12345, "0.1235"), (float("nan"), ""), (2018, "2018"), ("<b>", "&lt;b&gt;")],
)
def test_cells(value, shown):
    assert pictures._cell(value) == shown


def test_nothing_of_the_reader_s_own_style_changes():
    import matplotlib as mpl

    before = mpl.rcParams.copy()
    sample()
    assert {key: value for key, value in mpl.rcParams.items() if key != "backend" and before[key] != value} == {}
