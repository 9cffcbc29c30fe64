"""The specification curve of a claim's readings, by what is drawn, and its switches."""

from copy import copy

import pytest
import sample_readings
from legible import overlaps
from matplotlib.colors import to_hex
from matplotlib.text import Text

import frenemies as fr
from heldto import claims, evidence, stored
from heldto.claims import readings, readings_table
from heldto.errors import Problem
from heldto.pictures import marks
from heldto.text.words import unbroken
from heldto.toggles import bar
from heldto.toggles.specification_curve import ALL, MARKERS, curve


@pytest.fixture(autouse=True)
def _thirty(monkeypatch):
    sample_readings.put(monkeypatch)


def drawn(picture, ax=0):
    """{number of a reading: its line of points} of one of the two axes."""
    lines = [one for one in picture.figure.axes[ax].lines if one.get_marker() not in ("None", None)]
    named = {(marks.tag_words(one) or [""])[0]: one for one in lines}
    return {int(name.removeprefix("a-r")): one for name, one in named.items() if name}


def test_a_mark_a_reading_at_its_figure_told_apart_by_colour_and_shape():
    rows, points = readings_table.in_order("E4"), drawn(curve("E4"))
    assert sorted(points) == [*range(30)]
    shapes = {
        verdict: points[rows["verdict"].eq(verdict).idxmax()] for verdict in ("holds", "fails")
    }
    for number, point in points.items():
        row = rows.loc[number]
        assert point.get_ydata() == pytest.approx([row["figure"]])
        assert to_hex(point.get_color()) == claims.COLOURS[row["verdict"]].lower()
    assert shapes["holds"].get_marker() is not shapes["fails"].get_marker()
    assert len(set(MARKERS.values())) == len(readings.COUNTED)


def test_below_it_what_it_chooses():
    columns = drawn(curve("E4"), ax=1)
    lengths = {len(one.get_ydata()) for one in columns.values()}
    assert sorted(columns) == [*range(30)] and lengths == {len(readings.options("E4"))}
    labels = [one.get_text() for one in curve("E4").figure.axes[1].get_yticklabels()]
    assert {unbroken(one["label"]) for one in readings_table.all_options("E4")} <= {*labels}


def longest_heading():
    """The claim of whose choices one has the longest heading."""
    read = [claim for claim in evidence.table("claims")["id"] if readings.options(claim)]
    asked = {claim: readings_table.all_options(claim) for claim in read}
    return max(read, key=lambda claim: max(len(option["asks"]) for option in asked[claim]))


@pytest.mark.parametrize("claim", ["E4", longest_heading()])
@pytest.mark.parametrize("vintage", ["since", "then"])
def test_on_a_phone_its_words_can_be_read_and_do_not_meet(claim, vintage, monkeypatch):
    monkeypatch.undo()
    wide = curve(claim)
    phone = copy(wide)
    phone.figure = wide.narrow()
    assert overlaps(phone, vintage=vintage) == []
    assert marks.drawn_marks(phone.figure) == marks.drawn_marks(wide.figure)
    pixels = 380 / (phone.figure.get_figwidth() * 72)
    sizes = [one.get_fontsize() * pixels for one in phone.figure.findobj(Text) if one.get_text()]
    assert min(sizes) >= 10


def test_the_rule_and_the_ledgers_own_reading_are_drawn_in():
    ax = curve("E4").figure.axes[0]
    across = [line.get_ydata()[0] for line in ax.lines if len({*line.get_ydata()}) == 1]
    assert {*claims.rule_of("E4").edges()} <= {*across}
    (words,) = [one for one in ax.texts if one.get_text() == "the ledger’s own"]
    own = readings_table.in_order("E4")["own"].idxmax()
    assert words.xy[0] == own and marks.tag_words(words) == [f"a-r{own}"]


def test_a_mark_tells_its_figure_verdict_and_choices():
    picture = curve("E4", balance="Russia's books alone")
    told = [one.get_label() for one in drawn(picture).values()]
    assert len(told) == 6
    assert all("fails" in one and "Russia's books alone" in one for one in told)
    assert told[0].startswith("Reading 1: 3.9 bn, fails (")


def test_a_choice_leaves_the_readings_that_share_it():
    picture = curve("E4", balance="China's books alone", year="2018", threshold=ALL)
    assert picture.title == (
        "E4, with China's books alone, 2018: 3 of 3 readings hold, 0 partly, 0 fail, by 1 distinct figure"
    )
    assert len(picture.table) == 3 and readings_table.NO_PROBABILITY in picture.cannot
    assert "With China's books alone: 3 of 3 readings hold" in picture.alt


def test_in_august_2019_no_reading_of_a_later_year_shows():
    picture, rows = curve("E4"), readings_table.in_order("E4")
    for ax in (0, 1):
        late = {
            number for number, one in drawn(picture, ax).items() if "since" in marks.tag_words(one)
        }
        assert late == {*rows.index[rows["year"].eq("2019")]}
    labels = picture.figure.axes[1].get_yticklabels()
    assert [one.get_text() for one in labels if marks.tag_words(one) == ["since"]] == ["2019"]
    assert picture.then["title"] == (
        "E4: 6 of 15 readings hold, 6 partly, 3 fail, by 5 distinct figures"
    )
    assert picture.to_html().count('<tr class="since">') == 15


def test_choices_that_no_reading_takes_together_say_so(monkeypatch):
    some = sample_readings.made().query("balance == 'each' or year == '2018'")
    monkeypatch.setattr(readings, "all_readings", lambda claim: some)
    with pytest.raises(Problem, match="no reading takes all of these"):
        curve("E4", balance="China's books alone", year="2019")


def test_verdicts_without_figures_stand_by_their_verdict(monkeypatch):
    coded = sample_readings.made().assign(figure=float("nan"))
    monkeypatch.setattr(readings, "all_readings", lambda claim: coded)
    ax = curve("E4").figure.axes[0]
    assert [one.get_text() for one in ax.get_yticklabels()] == [*claims.VERDICTS[::-1]]
    heights = {float(one.get_ydata()[0]) for one in drawn(curve("E4")).values()}
    assert heights == {1.0, 2.0, 3.0}


def test_a_switch_in_the_notebook_draws_what_it_leaves():
    shown = fr.readings("e4")
    assert [*shown._controls] == [*readings.options("E4")]
    shown._controls["balance"].value = "Russia's books alone"
    assert shown.picture.title.startswith("E4, with Russia's books alone: 0 of 6")
    assert "0 of 6 readings hold" in shown._page.value


def test_a_handout_has_the_picture_above_its_switches(monkeypatch):
    with stored.pages():
        page = fr.readings("E4")._repr_mimebundle_()[0][stored.PAGE]
    assert 'class="a-r0"' in page and page.count("data-option") == len(
        readings_table.all_options("E4")
    )


def test_a_claim_that_documents_decide_has_none():
    with pytest.raises(Problem, match="G5 has no other readings"):
        fr.readings("G5")


def test_it_follows_the_bar_that_the_notebook_has(monkeypatch):
    monkeypatch.setattr(bar, "_BARS", {})
    assert curve("E4").section == "economic"
    fr.actor_bar("verdict")
    assert curve("E4").section == "verdict"
    fr.actor_bar("economic")
    assert curve("E4").section == "economic"
