import html
import json
import re
import subprocess
import sys
from types import SimpleNamespace

import ipywidgets
import pandas as pd
import pytest
from sample_picture import sample

import frenemies as fr
from frenemies.sections import economic, geopolitical
from heldto import stored, toggles
from heldto.errors import Problem
from heldto.evidence import actors
from heldto.exercises.forms import TextInput
from heldto.toggles import bar as bars
from heldto.toggles import variants
from heldto.toggles.here import ScrollAnchor
from heldto.toggles.press import SubmitButton
from heldto.toggles.views import controls


@pytest.fixture(autouse=True)
def _no_old_bars(monkeypatch):
    monkeypatch.setattr(bars, "_BARS", {})


def test_asked_twice_it_is_the_same_bar():
    bar = fr.actor_bar("economic")
    assert fr.actor_bar("economic") is bar
    assert bar.shown == bar.actors and "MNG" not in bar.actors
    assert bar.names["RUS"] == "Russia"


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (
            lambda: fr.actor_bar("economic"),
            {"shown": ["CHN"], "vintage": "then", "same_axes": True},
        ),
        (lambda: ScrollAnchor(), {"in_view": True}),
        (lambda: TextInput(), {"value": "12", "entered": 1}),
    ],
    ids=["bar", "here", "box"],
)
def test_what_a_page_tells_the_kernel_is_not_told_back(made, said, monkeypatch):
    """An echo that a busy kernel sends late would undo a click, or a letter, that came after."""
    widget, sent = made(), []
    monkeypatch.setattr(widget, "_send", lambda message, **buffers: sent.append(message))
    widget.set_state(said)
    assert {name: getattr(widget, name) for name in said} == said and sent == []


def test_a_press_tells_a_field_only_what_the_kernel_has_not_heard(monkeypatch):
    field, sent, seen = ipywidgets.Textarea(value="two"), [], []
    press = SubmitButton("Check", lambda: seen.append(field.value), field)
    monkeypatch.setattr(field, "_send", lambda message, **buffers: sent.append(message))
    for times, value in enumerate(("two", "two", "three"), 1):
        press.set_state({"pressed": {"times": times, "states": [{"value": value}]}})
    assert seen == ["two", "two", "three"]
    assert [message["state"] for message in sent] == [{"value": "three"}]


def test_two_sections_have_two_bars():
    assert fr.actor_bar("economic") is not fr.actor_bar("military")


def test_a_bar_of_a_few_actors():
    assert fr.actor_bar("economic", ["Russia", "CHN"]).actors == ["RUS", "CHN"]


def test_a_bar_of_a_few_actors_stays_that_of_its_pictures_until_it_is_asked_for():
    bar = fr.actor_bar("economic", ["CHN", "RUS"])
    bar.shown = ["CHN"]
    assert fr.explore(sample).children[0] is bar and toggles.shown("economic") == ["CHN"]
    assert fr.actor_bar("economic", ["CHN", "RUS"]) is bar
    whole = fr.actor_bar("economic")
    assert whole is not bar and whole.shown == whole.actors and len(whole.actors) > 2
    assert fr.explore(sample).children[0] is whole is fr.actor_bar("economic")


def test_a_closed_bar_is_made_anew_with_the_same_actors():
    bar = fr.actor_bar("economic", ["CHN", "RUS"])
    bar.close()
    again = fr.explore(sample).children[0]
    assert again is not bar and again.actors == ["CHN", "RUS"]


def test_hong_kong_has_no_box():
    with pytest.raises(Problem, match="Hong Kong has no box in any bar: leave HKG out"):
        fr.actor_bar("economic", ["CHN", "Hong Kong"])


def test_an_actor_added_to_the_table_is_offered(mutate):
    assert "FRA" not in fr.actor_bar("economic").actors
    mutate(
        "actors",
        lambda frame: pd.concat(
            [frame, frame[frame.actor.eq("DEU")].assign(actor="FRA", name="France", aliases="")]
        ),
    )
    assert "FRA" in fr.actor_bar("economic").actors


def test_shown_takes_names_and_keeps_the_order():
    bar = fr.actor_bar("economic")
    bar.shown = ["russia", "CHN"]
    assert bar.shown == ["CHN", "RUS"]


def test_an_unknown_actor_leaves_the_bar_as_it_was():
    bar = fr.actor_bar("economic")
    with pytest.raises(actors.UnknownActor, match="Did you mean RUS"):
        bar.shown = ["Rusia"]
    assert bar.shown == bar.actors


def test_a_stored_bar_says_what_to_do_and_differs_never():
    assert "Shift+Enter" in repr(fr.actor_bar("economic"))
    assert "0x" not in repr(fr.actor_bar("economic"))


def full(shown):
    """What a handout takes of an output."""
    with stored.pages():
        return shown._repr_mimebundle_()[0][stored.PAGE]


def test_explore_stands_as_a_picture_without_a_kernel():
    found, about = fr.explore(sample)._repr_mimebundle_()
    assert (
        "<figure><figcaption><b>Two &lt;grow&gt;" in found["text/html"]
        and "<img alt=" in found["text/html"]
    )
    assert found["text/plain"].startswith("Two <grow>")
    assert stored.PAGE not in found and about["frenemies"]["kind"] == "picture"


def test_a_picture_shown_alone_follows_the_bar_while_a_kernel_runs():
    assert "application/vnd.jupyter.widget-view+json" in sample()._repr_mimebundle_()[0]


def test_a_slider_draws_again():
    drawn = []

    def picture(year):
        drawn.append(year)
        return sample(f"year-{year}")

    shown = fr.explore(picture, year=(2000, 2020, 2018))
    shown._controls["year"].value = 2005
    assert drawn == [2018, 2005]
    assert "year-2005" in shown._page.value


def in_window(shown):
    shown._page.in_view = True
    return shown


def test_a_picture_in_the_window_is_drawn_for_the_actors_shown():
    bar, shown = fr.actor_bar("economic"), in_window(fr.explore(economic.partners_picture))
    before = shown._page.value
    bar.shown = [code for code in bar.actors if code != "USA"]
    assert "o-USA" in shown._page.value and "a-USA" not in shown._page.value
    assert shown.picture.title != "" and "United States" not in shown.picture.alt
    bar.shown = bar.actors
    assert shown._page.value == before


@pytest.mark.parametrize("module, times", [("frenemies.sections.economic", 2), ("__main__", 3)])
def test_an_actor_switched_on_again_is_not_drawn_anew_but_in_a_picture_of_the_readers_own(
    module, times
):
    drawn = []

    def picture(shown=None):
        drawn.append(shown)
        return economic.partners_picture(shown=shown)

    picture.__module__ = module
    bar, shown = fr.actor_bar("economic"), in_window(fr.explore(picture))
    before = shown._page.value
    bar.shown = [code for code in bar.actors if code != "USA"]
    assert shown._page.value != before
    bar.shown = bar.actors
    assert shown._page.value == before and len(drawn) == times


def test_a_picture_out_of_the_window_waits_until_it_is_in_it():
    bar, shown = fr.actor_bar("economic"), fr.explore(economic.partners_picture)
    bar.shown = ["CHN", "RUS"]
    assert "o-USA" not in shown._page.value
    assert "o-USA" in in_window(shown)._page.value


def test_with_the_same_axes_nothing_is_drawn_anew():
    bar, shown = fr.actor_bar("economic"), in_window(fr.explore(economic.partners_picture))
    before = shown._page.value
    bar.same_axes = True
    bar.shown = ["CHN", "RUS"]
    assert shown._page.value == before
    bar.same_axes = False
    assert "o-USA" in shown._page.value


def test_whom_the_bar_does_not_offer_stays_in_the_picture():
    bar = fr.actor_bar("economic", ["CHN", "RUS"])
    shown = in_window(fr.explore(economic.partners_picture))
    bar.shown = ["CHN"]
    assert "o-RUS" in shown._page.value and "a-USA" in shown._page.value


def test_whom_every_mark_is_of_stays_when_switched_off():
    bar, shown = fr.actor_bar("economic"), in_window(fr.explore(economic.partners_picture))
    bar.shown = [code for code in bar.actors if code not in ("CHN", "USA")]
    assert "CHN" in shown.picture.shown and "USA" not in shown.picture.shown
    assert "a-CHN" in shown._page.value and "a-USA" not in shown._page.value


def test_a_slider_draws_for_the_actors_shown():
    bar, drawn = fr.actor_bar("economic"), []

    def picture(key, shown=None):
        drawn.append((key, shown and len(shown)))
        return sample(key)

    shown = fr.explore(picture, key=["one", "two"])
    bar.shown = [code for code in bar.actors if code != "USA"]
    shown._controls["key"].value = "two"
    assert drawn == [("one", None), ("two", None), ("two", 18)]  # of all: whom it always shows


def test_who_is_on_no_bar_stays_in_a_drawing_for_some():
    """A rank is the rank among all: only who was switched off is gone."""
    bar, shown = fr.actor_bar("economic"), in_window(fr.explore(economic.ranks_picture))
    bar.shown = ["CHN", "RUS", "USA"]
    drawn = {*shown.picture.table["partner"]}
    assert {"RUS", "USA", "AUS"} <= drawn and not drawn & {*bar.actors} - {"RUS", "USA"}


def test_on_the_page_a_picture_stands_without_the_figure_that_it_was_drawn_from():
    held, drawn = fr.explore(economic.mirror_picture).picture, economic.mirror_picture()
    assert drawn.figure.axes and not held.figure.axes
    assert (held.to_html(), held.to_image()) == (drawn.to_html(), drawn.to_image())


WHAT_OTHERS_SHARE = """
import atexit, copyreg, gc, sys
told = []
def watched(module, name):
    own = getattr(module, name)
    def call(*args, **kwargs):
        if sys._getframe(1).f_globals["__name__"].startswith("frenemies"):
            told.append(f"{module.__name__}.{name}")
        return own(*args, **kwargs)
    setattr(module, name, call)
for module, names in {
    gc: ("freeze", "disable", "enable", "collect", "set_threshold"),
    atexit: ("register",),
    copyreg: ("pickle", "constructor"),
}.items():
    for name in names:
        watched(module, name)
import pandas as pd
import seaborn as sns
import frenemies as fr
from frenemies.sections import economic
fr.explore(economic.mirror_picture)
frame = pd.DataFrame({"year": [2017, 2018], "share": [1.0, 2.0], "who": "CHN"})
fr.toggled(sns.lineplot, frame, x="year", y="share", hue="who", source="x")
print(*told)
"""


def test_imported_and_drawing_it_leaves_alone_what_a_kernel_shares():
    """The collector, what is done at exit, and how objects of other packages are pickled."""
    ran = subprocess.run(
        [sys.executable, "-c", WHAT_OTHERS_SHARE], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == ""


def test_a_picture_of_two_has_no_bar_of_its_own():
    shown = fr.explore(economic.mirror_picture)
    before = shown._page.value
    assert fr.actor_bar("economic") not in shown.children
    in_window(shown)
    fr.actor_bar("economic").shown = ["CHN"]
    assert shown._page.value == before


def test_a_bar_has_the_selections_of_its_section():
    bar = fr.actor_bar("geopolitical")
    eight = bar.presets["the eight of the CIS space"]
    assert set(eight) == {"CHN", "RUS", "ARM", "BLR", "KAZ", "KGZ", "TJK", "TKM", "UKR", "UZB"}
    assert list(bar.presets)[0] == "all" and list(bar.presets)[-1] == "none"
    assert "the eight of the CIS space" not in fr.actor_bar("economic").presets
    few = fr.actor_bar("military", ["CHN", "RUS", "VNM"]).presets
    assert few == {"all": ["CHN", "RUS", "VNM"], "none": []}


def test_what_takes_no_actors_is_drawn_once():
    bar, drawn = fr.actor_bar("economic"), []
    shown = in_window(fr.explore(lambda: drawn.append(1) or sample()))
    bar.shown = ["CHN"]
    assert drawn == [1] and "o-" not in shown._page.value.partition(">")[0]


def test_a_choice_and_a_fixed_setting():
    shown = fr.explore(
        lambda key, values: sample(key, values),
        key=["one", "two"],
        values=pd.Series([1.0, 2.0, 3.0, 9.0]),
    )
    assert list(shown._controls) == ["key"] and 'id="fig-one"' in shown._page.value
    shown._controls["key"].value = "two"
    assert 'id="fig-two"' in shown._page.value


@pytest.mark.parametrize("bad", [(1, 2), (2000, 2020, 1990), (5, 1, 3)])
def test_a_slider_that_cannot_be_is_refused(bad):
    with pytest.raises(ValueError, match="first, last, start"):
        fr.explore(sample, year=bad)


def test_a_live_line_follows_the_bar():
    bar = fr.actor_bar("economic")
    line = fr.live(lambda codes: f"{len(codes)} on & counted", bar)
    assert repr(line) == "19 on & counted"
    bar.shown = ["CHN"]
    assert "1 on &amp; counted" in line._page.value
    assert line._repr_mimebundle_()[0]["text/plain"] == "1 on & counted"


def test_a_live_table_and_its_choice():
    bar = fr.actor_bar("economic")
    table = fr.live(
        lambda codes, year: pd.DataFrame({"year": [year], "n": [len(codes)]}),
        bar,
        year=(2000, 2020, 2018),
    )
    assert "<td>2018</td>" in table._page.value
    table._controls["year"].value = 2001
    assert "<td>2001</td>" in table._page.value


def counting(calls):
    """A cell that says how often it was worked out: run again, it makes the same function anew."""
    return lambda codes, **chosen: calls.append(codes) or f"{len(codes)} on"


def test_a_cell_run_ten_times_is_worked_out_once_a_click():
    bar, calls = fr.actor_bar("economic"), []
    lines = [fr.live(counting(calls), bar) for _ in range(10)]
    calls.clear()
    bar.shown = ["CHN"]
    assert len(calls) == 1
    assert repr(lines[-1]) == "1 on" and "run this cell" in lines[0]._page.value


def test_a_line_that_is_asked_for_again_takes_the_place_of_the_one_before():
    bar, calls = fr.actor_bar("economic"), []
    followed = fr.live(counting(calls), bar)
    earlier, later = (fr.ask(counting(calls), bar) for _ in range(2))
    bar.shown = ["CHN"]
    assert "run this cell" in earlier._page.value and earlier.children == (earlier._page,)
    assert "press the button" in later._page.value and later.button in later.children
    assert repr(followed) == "1 on"


def test_lines_that_say_something_else_follow_side_by_side():
    bar = fr.actor_bar("economic")
    made = [fr.live(lambda codes, n=n: f"{n}: {len(codes)}", bar) for n in (1, 2)]
    made += [fr.live(counting([name]), bar) for name in ("one", "another")]
    made += [
        fr.live(lambda codes, year: f"{year}", bar, year=(2000, 2020, start))
        for start in (2001, 2002)
    ]
    made.append(fr.live(str, bar))
    bar.shown = ["CHN"]
    assert [repr(line) for line in made] == [
        "1: 1",
        "2: 1",
        "1 on",
        "1 on",
        "2001",
        "2002",
        "['CHN']",
    ]
    assert not any("run this cell" in line._page.value for line in made)


def test_a_problem_after_a_click_is_said_in_the_page():
    bar = fr.actor_bar("economic")

    def say(codes, **chosen):
        if len(codes) < 2 or chosen.get("year") == 2001:
            raise Problem("choose <two> actors")
        return "fine"

    line, asked = fr.live(say, bar, year=(2000, 2020, 2018)), fr.ask(say, bar)
    bar.shown = ["CHN"]
    asked.button.click()
    for told in (line, asked):
        assert "choose &lt;two&gt; actors" in told._page.value and "fine" not in told._page.value
        assert repr(told) == "choose <two> actors"
    bar.shown = ["CHN", "RUS"]
    asked.button.click()
    assert repr(line) == repr(asked) == "fine"
    line._controls["year"].value = 2001
    assert "choose &lt;two&gt;" in line._page.value


def test_a_picture_that_cannot_be_drawn_says_so_in_its_place():
    def picture(year):
        if year < 2001:
            raise Problem("no <figure> for 2000")
        return sample(f"year-{year}")

    shown = fr.explore(picture, year=(2000, 2020, 2018))
    shown._controls["year"].value = 2000
    assert (
        "no &lt;figure&gt; for 2000" in shown._page.value and "year-2018" not in shown._page.value
    )
    shown._controls["year"].value = 2002
    assert "year-2002" in shown._page.value


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda: None, "returned NoneType"),
        (lambda shown=None: "a plot", "returned str"),
        (sample(), "write its name alone, without brackets"),
    ],
)
def test_what_draws_no_picture_is_told_what_to_return(draw, says):
    with pytest.raises(Problem, match=f"a function that returns a Picture.*{says}"):
        fr.explore(draw)


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("econmic", 'Did you mean "economic"'),
        ("Verdikt", 'Did you mean "verdict"'),
        ("x", "They are"),
    ],
)
def test_a_bar_of_no_section_is_refused_with_the_nearest(word, says):
    for make in (fr.actor_bar, toggles.shown):
        with pytest.raises(Problem, match=f'there is no section "{word}".*{says}'):
            make(word)


@pytest.mark.parametrize("make", [fr.live, fr.ask])
def test_a_problem_in_the_cell_itself_is_raised(make):
    def say(codes):
        raise Problem("no")

    with pytest.raises(Problem):
        make(say, fr.actor_bar("economic"))


def test_the_script_is_one_module_for_notebook_and_handout():
    text = toggles.ActorBar._esm
    assert "export default" in text and "http" not in text


# What a page without a kernel can offer


def test_a_line_holds_every_outcome_of_its_choices_and_shows_one():
    def say(shown, side, year):
        return f"{side} in {year} <{len(shown)}>"

    line = toggles.live(
        say, toggles.actor_bar("economic"), side=["left", "right"], year=(2017, 2019, 2018)
    )
    page = full(line)
    assert page.count("data-choice=") == 6 and page.count(" hidden>") == 5
    assert (
        page.startswith('<p class="fixed">For all actors:</p>')
        and '<div class="live"><div data-choices=' in page
        and '<div data-choice="left|2018">' in page
        and "right in 2019 &lt;19&gt;" in page
    )
    offered = json.loads(html.unescape(re.search(r'data-choices="([^"]*)"', page)[1]))
    assert offered == {"side": ["left", "right"], "year": [2017, 2018, 2019]}
    assert line._repr_mimebundle_()[0]["text/html"] == "<p>left in 2018 &lt;19&gt;</p>"


def test_a_picture_holds_the_outcomes_of_a_short_list_but_not_of_a_slider():
    found = toggles.explore(geopolitical.pyongyang_picture, measure=["kappa", "agree"])
    page, plain = full(found), found._repr_mimebundle_()[0]
    assert (
        page.count("<figure") == 2
        and 'data-choice="agree" hidden' in page
        and '<div data-choice="kappa">' in page
    )
    assert plain["text/plain"] == geopolitical.pyongyang_picture("kappa").to_text()
    assert plain["text/html"] == geopolitical.pyongyang_picture("kappa").to_image()
    ranks = toggles.explore(
        economic.ranks_picture, year=(2000, 2020, 2018), reporter=["CHN", "RUS"]
    )
    assert "data-choice" not in full(ranks)


def test_a_selection_of_which_nothing_is_left_is_not_drawn_ahead():
    """Nor is one that draws the same picture; all others are, each by its name."""
    shown = toggles.explore(economic.balance_picture)
    shown._bar = SimpleNamespace(presets={"all": ["CHN", "RUS"], "none": [], "CN": ["CHN"]})
    shown._drawn_as = lambda codes, **words: SimpleNamespace(
        svg=codes, alt="", page=lambda: codes[0]
    )
    shown._drawn = lambda: SimpleNamespace(svg=["CHN", "RUS"], alt="")
    assert [*shown._ahead()] == [("CN", "CHN")]
    shown._drawn = lambda: SimpleNamespace(svg=["CHN"], alt="")
    assert [*shown._ahead()] == []


def test_a_sum_is_drawn_ahead_for_each_selection_beside_the_choice_that_asks_for_it():
    """A page draws nothing anew: without it the sum would be gone as soon as somebody is off."""
    found = toggles.explore(economic.partners_picture, those_shown=["apart", "together"])
    apart, together = full(found).split('<div data-choice="together"')
    assert "data-preset" not in apart and "data-ahead" in together
    union = together.split('data-preset="China and the Eurasian union"')[1]
    assert "5 together 136" in union.split("data-preset")[0]


def test_too_many_or_too_large_outcomes_stay_at_home():
    words = controls({"word": ["a", "b"]})
    assert variants.page(words, "shown", lambda word: word * (variants.ROOM + 1)) == "shown"
    assert variants.page(words, "shown", lambda word: word, most=1) == "shown"
    assert variants.page({}, "shown", None) == "shown"
