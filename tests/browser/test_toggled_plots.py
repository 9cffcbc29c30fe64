"""Plain seaborn plots that are toggled, on a page to hand in and in a handout, in a real browser without a network."""

import pandas as pd
import pytest
import sample
import seaborn as sns
from conftest import whole
from test_handout import LAPTOP, LOOKS, complaints

import frenemies as fr

FRAME = pd.DataFrame(
    [
        (code, year, float(10 * number + year - 2015 + more), float(number + year - 2010))
        for number, code in enumerate(("RUS", "IND", "USA"), 1)
        for year in (2016, 2018, 2020)
        for more in (0, 2)
    ],
    columns=["partner", "year", "share", "rank"],
)
HUE = dict(x="year", y="share", hue="partner")
DRAWN = {
    "line": (sns.lineplot, HUE | dict(errorbar=("pi", 100))),
    "bar": (sns.barplot, HUE | dict(errorbar=("pi", 100))),
    "point": (sns.pointplot, dict(x="partner", y="share", errorbar=None)),
    "scatter": (sns.scatterplot, dict(x="rank", y="share", hue="partner")),
    "strip": (sns.stripplot, dict(x="share", y="partner", jitter=False)),
    "swarm": (sns.swarmplot, dict(x="partner", y="share")),
    "box": (sns.boxplot, dict(x="partner", y="share")),
    "violin": (sns.violinplot, dict(x="partner", y="share")),
    "hist": (sns.histplot, dict(x="share", hue="partner")),
    "kde": (sns.kdeplot, dict(x="share", hue="partner")),
    "ecdf": (sns.ecdfplot, dict(x="share", hue="partner")),
    "reg": (sns.regplot, dict(x="rank", y="share", hue="partner")),
    "resid": (sns.residplot, dict(x="rank", y="share", hue="partner")),
}
IN_TURN = "swarm", "box", "violin", "hist", "kde", "ecdf", "reg", "resid", "point"


def toggled(name, section="own"):
    draw, roles = DRAWN[name]
    told = dict(title=f"A {name} plot", key=name, unit="%", source="made up for a test")
    return fr.toggled(draw, FRAME, **roles, section=section, **told)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """{"export": a page to hand in, "handout": a handout}, with plots of all kinds."""
    folder = tmp_path_factory.mktemp("toggled")
    mine = fr.Claim("China trades with all", rule="at_least", holds=90, partly=67, unit="%")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRENEMIES_DIARY", str(folder / "my-answers.json"))
        mine.seal()
        mine.verdict(80)
        page = fr.export(mine, *map(toggled, DRAWN), to=folder, code="").path
    handout = folder / "handout.html"
    plots = [toggled(name, "economic") for name in DRAWN]
    text = sample.page(picture_page=lambda: "".join(plot.to_html() for plot in plots))
    handout.write_text(text, encoding="utf-8")
    return {"export": page, "handout": handout}


@pytest.fixture
def opened(browser, pages):
    contexts = []

    def open_page(name, viewport=LAPTOP, **settings):
        context = browser.new_context(viewport=viewport, offline=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda message: page.faults.append(message.text))
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(pages[name].as_uri())
        return whole(page)

    yield open_page
    for context in contexts:
        context.close()


def seen(page, kind, word):
    """How marks of a plot with this class look."""
    found = page.locator(f"#fig-{kind} svg .{word}:not(.then)")
    return {*found.evaluate_all("all => all.map(one => getComputedStyle(one).visibility)")}


@pytest.mark.parametrize("name", ["export", "handout"])
def test_each_plot_hides_who_is_off_and_what_was_not_known(opened, name):
    page = opened(name)
    for kind in DRAWN:
        assert seen(page, kind, "a-RUS") == seen(page, kind, "a-IND") == {"visible"}, kind
    page.locator(".bar input[value=RUS]").uncheck()
    for kind in DRAWN:
        assert seen(page, kind, "a-RUS") == {"hidden"}, kind
        assert seen(page, kind, "a-IND") == {"visible"}, kind
    page.get_by_label("only what was known in August 2019").check()
    assert all(seen(page, kind, "since") == {"hidden"} for kind in DRAWN)
    for kind in IN_TURN:
        known = page.locator(f"#fig-{kind} svg .then.a-IND:has(path, use)")
        looks = known.evaluate_all("all => all.map(one => getComputedStyle(one).visibility)")
        assert {*looks} == {"visible"} and any(one.is_visible() for one in known.all()), kind
    assert page.faults == []


@pytest.mark.parametrize("kind", DRAWN)
def test_the_keys_tell_the_figures(opened, kind):
    page = opened("export")
    svg = page.locator(f"#fig-{kind} svg[tabindex]")
    svg.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    told = page.locator(f"#fig-{kind} .told-here").inner_text()
    assert told.startswith(("Russia", "India")) and told.endswith("%") and "nan" not in told


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["export", "handout"])
def test_axe_finds_nothing(opened, name, look):
    viewport, scheme = LOOKS[look]
    page = opened(name, viewport, color_scheme=scheme)
    assert complaints(page) == [] and page.faults == []
