import pandas as pd
import pytest
from test_pictures import sample

import frenemies as fr
from frenemies import actors, toggles


@pytest.fixture(autouse=True)
def _no_old_bars(monkeypatch):
    monkeypatch.setattr(toggles, "_BARS", {})


def test_asked_twice_it_is_the_same_bar():
    bar = fr.actor_bar("economic")
    assert fr.actor_bar("economic") is bar
    assert bar.shown == [*actors.ALL, "EU"]
    assert bar.names["RUS"] == "Russia"


def test_two_sections_have_two_bars():
    assert fr.actor_bar("economic") is not fr.actor_bar("military")


def test_a_bar_of_a_few_actors():
    assert fr.actor_bar("economic", ["Russia", "CHN"]).actors == ["RUS", "CHN"]


def test_shown_takes_names_and_keeps_the_order():
    bar = fr.actor_bar("economic")
    bar.shown = ["russia", "CHN"]
    assert bar.shown == ["CHN", "RUS"]


def test_an_unknown_actor_leaves_the_bar_as_it_was():
    bar = fr.actor_bar("economic")
    with pytest.raises(actors.UnknownActor, match="Did you mean RUS"):
        bar.shown = ["Rusia"]
    assert len(bar.shown) == 25


def test_a_stored_bar_says_what_to_do_and_differs_never():
    assert "Shift+Enter" in repr(fr.actor_bar("economic"))
    assert "0x" not in repr(fr.actor_bar("economic"))


def test_explore_stands_as_a_picture_without_a_kernel():
    found = fr.explore(sample)._repr_mimebundle_()
    assert {"text/html", "image/svg+xml", "text/plain"} <= set(found)
    assert found["text/plain"].startswith("Two <grow>")


def test_a_slider_draws_again():
    drawn = []

    def picture(year):
        drawn.append(year)
        return sample(f"year-{year}")

    shown = fr.explore(picture, year=(2000, 2020, 2018))
    shown._controls["year"].value = 2005
    assert drawn == [2018, 2005]
    assert "year-2005" in shown._page.value


def test_a_choice_and_a_fixed_setting():
    shown = fr.explore(
        lambda key, values: sample(key, values),
        key=["one", "two"],
        values={1: 1}.keys() and pd.Series([1.0, 2.0, 3.0, 9.0]),
    )
    shown._controls["key"].value = "two"
    assert 'id="fig-two"' in shown._page.value


@pytest.mark.parametrize("bad", [(1, 2), (2000, 2020, 1990), (5, 1, 3)])
def test_a_slider_that_cannot_be_is_refused(bad):
    with pytest.raises(ValueError, match="first, last, start"):
        fr.explore(sample, year=bad)


def test_a_live_line_follows_the_bar():
    bar = fr.actor_bar("economic")
    line = fr.live(lambda codes: f"{len(codes)} on & counted", bar)
    assert repr(line) == "25 on & counted"
    bar.shown = ["CHN"]
    assert "1 on &amp; counted" in line._page.value
    assert line._repr_mimebundle_()["text/plain"] == "1 on & counted"


def test_a_live_table_and_its_choice():
    bar = fr.actor_bar("economic")
    table = fr.live(lambda codes, year: pd.DataFrame({"year": [year], "n": [len(codes)]}), bar, year=(2000, 2020, 2018))
    assert "<td>2018</td>" in table._page.value
    table._controls["year"].value = 2001
    assert "<td>2001</td>" in table._page.value


def test_the_script_is_one_module_for_notebook_and_handout():
    text = toggles.script()
    assert "export default" in text and "http" not in text
