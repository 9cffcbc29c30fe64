"""Lines that a reader draws before they are shown: how they are declared, what is kept, what the gap is, and that nothing shows before."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from conftest import SCRIPTS, in_node

import frenemies as fr
from frenemies import economic, geopolitical, military
from heldto import article, claims, scripts, stored
from heldto.claims import course, reader
from heldto.claims.course import line_to_draw
from heldto.errors import NotHeld, Problem, TextError
from heldto.exercises import checks, diary, drawn, score
from heldto.publish.handouts import lean
from heldto.text import texts


def declared():
    """The claims of the article that have a line to draw."""
    for section in ("economic", "geopolitical", "military"):
        for name, told in texts.of_section(section, "claims", "claim").items():
            if "draw" in told:
                yield name


@pytest.fixture(params=[*declared()])
def asked(request):
    return line_to_draw(request.param)


def flat(asked):
    """A line that goes on as it was."""
    return dict.fromkeys(asked.then, asked.given[max(asked.given)])


def test_every_line_that_is_declared_can_be_drawn_and_ends_with_what_was_known(asked):
    assert len(asked.given) > 3 and len(asked.then) > 3
    assert max(asked.then) == fr.evidence.CUTS["annual"] < min(asked.since, default=9999)
    frame = drawn.DrawnFrame(asked)
    every = {**asked.given, **asked.then, **asked.since}
    assert all(0 <= frame.x(year) <= drawn.WIDE for year in every)
    assert all(drawn.TOP <= frame.y(one) <= drawn.HIGH - drawn.FOOT for one in every.values())
    assert 2 <= len(frame.marks) <= 6


def test_lines_are_registered_where_they_are_declared():
    article.load("claims")
    assert {*declared()} == course.LINES.keys()


def hidden(asked):
    """The figures that a reader is to draw, as they are written, but for those that are given."""
    given = {*map(asked.format, asked.given.values())}
    return {*map(asked.format, (*asked.then.values(), *asked.since.values()))} - given


def test_nothing_that_is_stored_or_seen_tells_the_figures(asked):
    form = fr.draw(asked.claim)
    with stored.pages():
        data, metadata = form._repr_mimebundle_()
    assert metadata["frenemies"] == {"kind": "draw", "claim": asked.claim, "page": True}
    seen = BeautifulSoup(data[stored.PAGE], "html.parser").get_text(" ")
    for text in (data["text/plain"], data["text/html"], seen, form.frame.page):
        assert not {one for one in hidden(asked) if f" {one}" in text or f">{one}<" in text}
    assert "data-line" not in form.frame.page and not form.frame.shown


def test_a_line_is_kept_and_the_first_one_counts():
    asked = line_to_draw("E4")
    line = flat(asked)
    said = fr.draw("e4", line)
    assert drawn.first_line(asked) == line and str(said) == drawn.gap(asked, line)
    assert str(fr.draw("E4", dict.fromkeys(line, 1))) == str(said)
    form = fr.draw("E4")
    assert form.frame.shown["mine"] == line and drawn.gap(asked, line) in form.said.value
    assert score.recorded().empty  # it is no guess


def test_what_the_page_sends_is_kept_and_the_figures_come_back():
    form, asked = fr.draw("E4"), line_to_draw("E4")
    assert form.said.value == ""
    form.frame.drawn = {str(year): 2 for year in asked.then}
    assert drawn.first_line(asked) == dict.fromkeys(asked.then, 2.0)
    assert form.frame.shown["then"] == asked.then and form.frame.shown["since"].startswith("M")
    assert "You ended at 2.0 billion dollars" in form.said.value


def test_an_older_reader_s_file_has_no_lines_and_a_spoilt_line_is_set_aside():
    path = Path(diary.own_file())
    path.write_text('{"version": 1, "guesses": [], "exercises": {}}', encoding="utf-8")
    assert drawn.first_line(line_to_draw("E4")) is None and diary.load_answers()["lines"] == []
    good = {
        "claim": "E4",
        "line": {str(year): 1 for year in line_to_draw("E4").then},
        "time": "now",
    }
    bad = [{**good, "line": {"2014": "x"}}, {**good, "claim": "Z9"}, {"claim": "E4"}, 3]
    held = {"version": 1, "guesses": [], "exercises": {}, "lines": [*bad, good]}
    contents, lost = diary.sound_entries(held)
    assert contents["lines"] == [good] and lost == len(bad)
    assert diary.sound_entries(held | {"lines": {}}) == (None, 1)


GAPS = {
    3.9: "You ended at 3.9 billion dollars, where the figures end (2018). On average you were 9.1 off.",
    -6: "You ended at -6.0 billion dollars; the figures end at 3.9 (2018): 9.9 too low. On average you were 11.1 off.",
    10: "You ended at 10.0 billion dollars; the figures end at 3.9 (2018): 6.1 too high. On average you were 10.3 off.",
}


@pytest.mark.parametrize("end", GAPS)
def test_the_gap_is_told_in_a_sentence(end):
    asked = line_to_draw("E4")
    assert drawn.gap(asked, flat(asked) | {2014: 5, 2018: end}) == GAPS[end]


def test_a_page_tells_the_gap_as_the_kernel_does(asked):
    spread = [asked.bottom, asked.top, asked.given[max(asked.given)]]
    spread += [one + asked.step for one in asked.then.values() if one + asked.step <= asked.top]
    lines = [dict.fromkeys(asked.then, round(one, asked.digits)) for one in spread]
    lines += [asked.then]
    told = json.loads(drawn.DrawnFrame(asked).told)
    calls = [("gap", (told, line, asked.then)) for line in lines]
    assert in_node("gap", calls) == [drawn.gap(asked, line) for line in lines]


def test_the_script_is_small():
    texts = [SCRIPTS[name].read_text(encoding="utf-8") for name in ("draw", "gap", "drawing")]
    code = "".join(scripts.EXPORT.sub("", scripts.IMPORT.sub("", text)) for text in texts)
    assert (
        len(lean.lean_script(code)) <= 4700
    )  # it asks about years that nobody drew, has the decimal mark of a language, and keeps its words apart


YEARS = [2014, 2015, 2016, 2017, 2018]
ODD = [
    ({2014: 1}, "does not have the years 2014 to 2018 .2015."),
    (dict.fromkeys([*YEARS, 2019], 1), r"\(2019\)"),
    (dict.fromkeys(YEARS, "much"), '"much", for 2014, is not a number'),
    (dict.fromkeys(YEARS, float("nan")), "is outside the drawing"),
    (dict.fromkeys(YEARS, 99), "99, for 2014, .* from -21 to 16.5"),
]


@pytest.mark.parametrize(("line", "says"), ODD)
def test_an_odd_line_is_refused_in_words_and_nothing_is_kept(line, says):
    with pytest.raises(Problem, match=says):
        fr.draw("E4", line)
    assert diary.load_answers()["lines"] == []


def test_a_claim_without_a_line_says_which_have_one_and_an_unknown_one_that():
    with pytest.raises(Problem, match="claim E5 has no line to draw. There are .*E4, E7, F3"):
        fr.draw("E5")
    with pytest.raises(claims.UnknownClaim):
        fr.draw("Z9")


GOOD = {"title": "A balance", "unit": "", "first": 2006, "known": 2013}
GOOD |= {"bottom": -25, "top": 15, "step": 0.5}
DECLARED = [
    ({"colour": "red"}, 'nothing reads the key "colour". There are title'),
    ({"tpo": 3}, 'nothing reads the key "tpo". Did you mean "top"'),
    ({"title": ""}, 'title: "" is not allowed here: write it in "quotes"'),
    ({"unit": 3}, 'unit: "3" is not allowed here'),
    ({"known": "2013"}, 'known: "2013" is not allowed here: write a whole number, without quotes'),
    ({"known": True}, 'known: "True" is not allowed here'),
    ({"known": 2006}, "known: write a year after 2006, the first"),
    ({"top": -30}, "top: write a number above -25, the bottom"),
    ({"step": 0}, "step: write a number above 0"),
    ({"step": None}, "step is missing: write a number, without quotes"),
]


@pytest.mark.parametrize(("changed", "says"), DECLARED)
def test_a_slip_in_a_declaration_is_named(changed, says):
    told = {key: value for key, value in (GOOD | changed).items() if value is not None}
    with pytest.raises(TextError) as slip:
        reader.check_drawn("claims.toml, [E4.draw]", told)
    assert str(slip.value).startswith("claims.toml, [E4.draw]") and says in str(slip.value)


FIGURES = pd.Series({year: float(year - 2013) for year in range(2006, 2021)})


@pytest.mark.parametrize(
    ("figures", "changed", "kind", "says"),
    [
        (FIGURES.drop(2013), {}, NotHeld, "no figure for A balance in 2013"),
        (FIGURES.drop(2016), {}, NotHeld, "no figure for A balance in 2016"),
        (FIGURES, {"known": 2018}, TextError, "known: no year is left to draw after 2018"),
        (FIGURES, {"top": 6}, TextError, "top: 6 leaves out 7, of 2020"),
        (FIGURES, {"bottom": -3}, TextError, "bottom: -3 leaves out -7, of 2006"),
    ],
)
def test_figures_that_do_not_fit_a_declaration_are_named(figures, changed, kind, says):
    then = figures[figures.index <= 2018]
    with pytest.raises(kind, match=says):
        course._course("E4", "[E4.draw]", GOOD | changed, then, figures)


def test_where_a_year_is_missing_the_line_breaks():
    since = FIGURES.drop(2019)
    asked = course._course("E4", "", GOOD, FIGURES[FIGURES.index <= 2018], since)
    assert drawn.DrawnFrame(asked).figures()["since"].count("M") == 2


def test_a_figure_that_is_not_held_costs_a_sentence(monkeypatch):
    def missing(claim):
        raise NotHeld("no figure for a balance in 2014")

    monkeypatch.setattr(drawn, "line_to_draw", missing)
    assert isinstance(fr.draw("E4"), checks.Said)
    assert str(fr.draw("E4")) == "No figure for a balance in 2014."


PICTURES = {
    "E4": economic.balance_picture,
    "E7": economic.coal_picture,
    "F3": economic.turn_picture,
    "F5": geopolitical.pairs_picture,
    "M4": military.china_imports_picture,
}


@pytest.mark.parametrize("claim", PICTURES)
def test_a_line_is_drawn_on_the_scale_of_its_picture(claim):
    """Else the slope that a reader drew cannot be compared with the one that is shown."""
    asked = line_to_draw(claim)

    def shows(line):
        drawn_line = dict(zip(*line.get_data(), strict=True))
        return any(
            all(abs(drawn_line.get(year, np.inf) * scale - value) <= asked.step for year, value in asked.then.items())
            for scale in (1, 100)
        )  # fmt: skip

    axes = [ax for ax in PICTURES[claim]().figure.axes if any(map(shows, ax.lines))]
    assert axes and {ax.get_ylim() for ax in axes} == {(asked.bottom, asked.top)}
