"""Every picture of the package, in the settings that the notebooks offer: what is seen of it in both vintages, and under each preset."""

import ast
import inspect
import itertools
import re
import shutil
from functools import lru_cache

import legible
import nbformat
import numpy as np
import pandas as pd
import pytest
import sample
from bs4 import BeautifulSoup, Tag
from conftest import ROOT, drawings
from legible import outside, overlaps
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text

from frenemies.measures import network as balance
from frenemies.sections.bars import BARS
from heldto import article, evidence, toggles
from heldto.evidence import actors
from heldto.pictures import marks
from heldto.pictures.style import ARTICLE, LEGIBLE, contrast
from heldto.publish.handouts.exporter import HandoutExporter

pytestmark = pytest.mark.slow

VINTAGES = ("since", "then")
LATER = re.compile(r"(?<![\d.,])202[0-6](?![\d,.]\d)|'2[0-6]\b")


def offered():
    """{name of a picture: {setting: [values]}} as the notebooks offer them: all of a list, both ends and the start of a slider."""
    found = {}
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, 4).cells:
            tree = ast.parse(cell.source if cell.cell_type == "code" else "")
            for call in filter(explores, ast.walk(tree)):
                known = {"balance": balance}
                for line in tree.body:
                    if isinstance(line, ast.Assign):
                        exec(compile(ast.Module([line], []), "notebook", "exec"), known)
                settings = {one.arg: values(one.value, known) for one in call.keywords}
                found[call.args[0].attr] = settings
    return found


def explores(node):
    explored = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "explore"
    return explored and isinstance(node.args[0], ast.Attribute)


def values(node, known):
    value = eval(compile(ast.Expression(node), "notebook", "eval"), known)
    return (
        value
        if isinstance(value, list)
        else sorted({*value, 2019})
        if isinstance(value, tuple)
        else [value]
    )


DRAWINGS, SETTINGS = drawings(), offered()
CASES = [
    (name, dict(zip(settings, chosen, strict=True)))
    for name in DRAWINGS
    for settings in [SETTINGS.get(name, {})]
    for chosen in itertools.product(*settings.values())
]
every = pytest.mark.parametrize(
    "case",
    CASES,
    ids=[" ".join([name, *map(str, some.values())]) for name, some in CASES],
    scope="module",  # the tests of one picture stand together, so that its page is read once
)
_DRAWN = {}


def drawn(case):
    """The picture of a case, drawn once."""
    name, settings = case
    key = (name, *settings.values())
    if key not in _DRAWN:
        _DRAWN[key] = DRAWINGS[name](**settings)
    return _DRAWN[key]


def page(picture, vintage):
    """A picture's page as it is seen in a vintage, all actors on: what the bar's rule hides is taken out."""
    return seen_of(picture.to_html(), vintage)


@lru_cache(maxsize=4)
def seen_of(html, vintage):
    soup = BeautifulSoup(html, "html.parser")
    other = {"since": "then", "then": "since"}[vintage]
    for gone in [*soup.find_all("style"), *having(soup, "missing", other)]:
        gone.decompose()
    if not data_marks(soup):
        for part in soup.figure.find_all(recursive=False):
            if part.name != "figcaption":
                part.decompose()
    return soup


def having(soup, *classes):
    """The parts of a page that have one of some classes, which a selector finds in much more time."""
    tags = (one for one in soup.descendants if isinstance(one, Tag))
    return [tag for tag in tags if not {*classes}.isdisjoint(tag.get("class", ()))]


def data_marks(soup):
    marks = (mark for one in soup.find_all("svg") for mark in one.find_all("g", class_=True))
    return [
        mark for mark in marks if codes_of(mark) and mark.find(True, recursive=False).name != "text"
    ]


def texts(picture, vintage):
    """All that is said in a vintage: words, labels, cells, and the names of what a screen reader meets. Credits are no part of it."""
    soup = page(picture, vintage)
    named = [
        one[name]
        for one in soup.find_all(True)
        for name in {"aria-label", "title", "alt"}.intersection(one.attrs)
    ]
    return [text.replace(picture.source, "") for text in [*soup.stripped_strings, *named]]


def test_the_notebooks_settings_are_found():
    assert {"ranks_picture", "network_picture", "pairs_picture"} <= {
        name for name, some in SETTINGS.items() if some
    }
    assert set(SETTINGS) <= set(DRAWINGS)


# Then is then


@every
def test_nothing_said_in_then_tells_of_a_later_year(case):
    assert [text for text in texts(drawn(case), "then") if LATER.search(text)] == []


@every
def test_what_was_known_is_still_told_in_then(case):
    picture = drawn(case)
    late = any(str(value) in ("2019", "2020", "2024", "2020-24") for value in case[1].values())
    assert picture.late == late
    assert bool(data_marks(page(picture, "then"))) != late


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """A copy of data/ in which every figure of later years is a tenth smaller."""
    folder = tmp_path_factory.mktemp("moved") / "data"
    shutil.copytree(ROOT / "data", folder)
    for entry in evidence.package()["tables"].values():
        if entry.get("time"):
            shrink(folder / entry["path"], entry)
    return folder


def shrink(path, entry):
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    keys = {entry["time"]["field"], *np.atleast_1d(entry["schema"].get("primaryKey", []))}
    when = frame[entry["time"]["field"]]
    late = (when.astype(int) if entry["time"]["cut"] == "annual" else when) > evidence.CUTS[
        entry["time"]["cut"]
    ]
    for field in entry["schema"]["fields"]:
        name = field["name"]
        some = late & frame[name].ne("")
        if (
            field["type"] in ("number", "integer")
            and name not in keys
            and not re.search("year|edition", name)
        ):
            smaller = frame.loc[some, name].astype(float) * 0.9
            frame.loc[some, name] = (
                smaller.round().astype(int).astype(str)
                if field["type"] == "integer"
                else smaller.map(repr)
            )
    frame.to_csv(path, index=False, lineterminator="\n")


@every
def test_nothing_said_in_then_hangs_on_a_later_figure(case, moved, read_from):
    known = claimed(drawn(case))
    read_from(moved)
    name, settings = case
    assert claimed(DRAWINGS[name](**settings)) == known


def claimed(picture):
    """What is said in then, the numbers of a scale apart: they are marks of its length, not figures."""
    soup = page(picture, "then")
    scales = {
        id(text)
        for text in soup.find_all("text")
        if not text.find_parent("g", class_=True)
        and re.fullmatch(r"[\d.,\u2212]+", text.get_text(strip=True))
    }
    told = [text for text in soup.strings if not scales.intersection(map(id, text.parents))]
    return [text.strip() for text in told if text.strip()]


@every
def test_no_line_of_then_runs_on_past_the_article(case):
    assert past(drawn(case).figure) == []


def past(figure):
    """Marks of then that end later than the article, on an axis of years that has its date."""
    legible.laid_out(figure)
    late = []
    for ax in figure.axes:
        if not any(
            isinstance(one, Line2D) and set(one.get_xdata()) == {ARTICLE} for one in ax.lines
        ):
            continue
        edge = ax.transData.transform((ARTICLE, 0))[0] + 1
        late += [one for one in drawn_in_then(ax) if right_end(one) > edge]
    return late


def right_end(artist):
    """Where a mark ends at the right, in pixels: a line at its last point, however large the sign that stands there."""
    if isinstance(artist, Line2D):
        return max(artist.get_transform().transform(artist.get_xydata())[:, 0], default=0)
    return artist.get_window_extent().x1


def drawn_in_then(ax):
    """Tagged marks of an axes that are seen in then, leaders among them; words and rules right across apart."""
    for artist in ax.findobj():
        artist = (
            artist.arrow_patch if isinstance(artist, Annotation) and artist.arrow_patch else artist
        )
        if (
            not isinstance(artist, (Text, Axes))
            and not (isinstance(artist, Line2D) and [*artist.get_xdata()] == [0, 1])
            and marks.tags(artist)
            and not legible.hidden(artist, "then")
        ):
            yield artist


# Words that can be read


@every
@pytest.mark.parametrize("vintage", VINTAGES)
def test_no_label_meets_another_nor_the_edge(case, vintage):
    assert overlaps(drawn(case), vintage=vintage) == []


@every
def test_every_label_stands_out_from_its_ground(case):
    assert [found for vintage in VINTAGES for found in faint(drawn(case).figure, vintage)] == []


def faint(figure, vintage):
    """(text, contrast) of every label of a vintage with less than 4.5:1 to the colour that most of its ground has."""
    shown = [text for text, _ in legible.boxed(figure, vintage)]
    off = [one for one in figure.findobj() if legible.hidden(one, vintage) and one.get_visible()]
    inks = [(one, one.get_color(), one.get_window_extent()) for one in shown]
    for one in off:
        one.set_visible(False)
    for one in shown:
        one.set_alpha(0)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[::-1, :, :3]
    for one in shown:
        one.set_alpha(None)
    for one in off:
        one.set_visible(True)
    found = [(one.get_text(), contrast(ink, ground(pixels, box))) for one, ink, box in inks]
    return [(text, round(value, 2)) for text, value in found if value < LEGIBLE]


def ground(pixels, box):
    inside = pixels[max(int(box.y0), 0) : int(box.y1) + 1, max(int(box.x0), 0) : int(box.x1) + 1]
    colours, counts = np.unique(inside.reshape(-1, 3) @ [1 << 16, 1 << 8, 1], return_counts=True)
    return tuple(one / 255 for one in int(colours[counts.argmax()]).to_bytes(3, "big"))


# Only those shown are named

PEOPLE = {  # other names that titles use
    "CHN": "Chinese|Beijing|Xi",
    "RUS": "Russian|Moscow|Putin",
    "USA": "United States|USA|US|American|Washington",
    "DEU": "German",
    "JPN": "Japanese",
    "IND": "Indian",
    "UKR": "Ukrainian",
    "PRK": "Pyongyang",
    "EU": "EU",
}
PLACES = re.compile(
    "Sea of Japan|Indian Ocean|South China Sea|East China Sea|US dollars"
)  # name nobody
NAMES = {
    code: re.compile(rf"\b({actors.name(code)}|{PEOPLE.get(code, actors.name(code))})('s|s)?\b")
    for code in [*actors.ALL, "EU"]
}


ASKED_ABOUT = {"alarm": {"CHN"}}  # has no mark of its own: all marks are views of it


def said(picture, vintage):
    """(whose, unless, text) of what caption, short words, picture in words and drawing say: it shows while all of `whose` are on and, of a neutral title, one of `unless` is off."""
    soup = page(picture, vintage)
    labels = [text for one in soup.find_all("svg") for text in one.find_all("text")]
    parts = [*soup.find_all("figcaption"), *having(soup, "fig-short", "fig-alt"), *labels]
    return [(*bound(string), str(string)) for part in parts for string in part.strings]


def bound(string):
    parents = [one for one in string.parents if one.name != "[document]"]
    neutral = next((one for one in parents if "neutral" in one.get("class", ())), None)
    unless = codes_of(neutral.find_previous_sibling(class_="finding")) if neutral else None
    return set().union(*map(codes_of, parents)), unless


def codes_of(tag):
    return {word[2:] for word in tag.get("class", ()) if word.startswith("a-")}


def named_though_off(picture, vintage, *selections):
    """(actor, text) of what names an actor that is off in one of some selections and that the picture could do without."""
    told, found = said(picture, vintage), []
    needed = {*picture.needs} | ASKED_ABOUT.get(picture.key, set())
    texts = [PLACES.sub("", text) for *_, text in told]
    named = [{code for code in NAMES if NAMES[code].search(text)} for text in texts]
    for shown in selections:
        off = {*NAMES} - {*shown}
        for (whose, unless, text), codes in zip(told, named, strict=True):
            if not whose & off and (unless is None or unless & off):
                found += [(code, text) for code in sorted((codes & off) - needed)]
    return found


@every
@pytest.mark.parametrize("vintage", VINTAGES)
def test_under_the_bar_s_rule_nobody_is_named_who_is_off(case, vintage):
    assert named_though_off(drawn(case), vintage, *presets().values()) == []


EVERYONE = [*actors.ALL, "EU"]


def offered_by_bar(draw):
    """{name: codes}: what the bar of a picture's notebook offers, and all but Russia."""
    package, *rooms = draw.__module__.split(".")
    bar = article.bar(rooms[1] if package == "frenemies" else article.current().ledger)
    return {
        "all but Russia": [code for code in EVERYONE if code != "RUS"],
        **actors.presets(EVERYONE, bar.presets),
    }


def as_of_all(draw):
    """{name: codes}: selections under which a picture is that of all. Some pictures tell in another order when they are drawn for all by name."""
    everybody = {} if "shown" in inspect.signature(draw).parameters else {"all": EVERYONE}
    return {"none": []} | everybody


SELECTED = {
    f"{name}, {chosen}": (name, shown)
    for name, draw in DRAWINGS.items()
    for chosen, shown in offered_by_bar(draw).items()
    if chosen not in as_of_all(draw)
}
every_selection = pytest.mark.parametrize("selected", SELECTED, scope="module")


@lru_cache(maxsize=1)
def drawn_for(selected):
    name, shown = SELECTED[selected]
    return DRAWINGS[name](shown=shown)


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawn_for_nobody_a_picture_is_that_of_all(name):
    draw = DRAWINGS[name]
    page = draw().to_html()
    assert [chosen for chosen, shown in as_of_all(draw).items() if draw(shown=shown).to_html() != page] == []  # fmt: skip


@every_selection
def test_drawn_for_some_a_picture_names_nobody_else(selected):
    picture, shown = drawn_for(selected), SELECTED[selected][1]
    assert [named_though_off(picture, vintage, shown) for vintage in VINTAGES] == [[], []]


@every_selection
def test_drawn_for_some_nothing_said_in_then_tells_of_a_later_year(selected):
    found = texts(drawn_for(selected), "then")
    assert [text for text in found if LATER.search(text)] == []


@every_selection
def test_drawn_for_some_no_line_of_then_runs_on_past_the_article(selected):
    assert past(drawn_for(selected).figure) == []


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawn_for_some_nothing_said_in_then_hangs_on_a_later_figure(name, moved, read_from):
    shown = ["CHN", "RUS", "USA"]
    known = claimed(DRAWINGS[name](shown=shown))
    read_from(moved)
    assert claimed(DRAWINGS[name](shown=shown)) == known


@every_selection
def test_drawn_for_some_no_panel_is_blank(selected):
    figure = drawn_for(selected).figure
    panels = [ax for ax in figure.axes if ax.axison and ax.xaxis.get_visible()]
    assert [ax for ax in panels if not marks.drawn(ax, seen=True)] == []


@every_selection
def test_drawn_for_some_a_picture_still_fills_a_screen(selected):
    of_all = DRAWINGS[SELECTED[selected][0]]().figure.get_figheight()
    assert drawn_for(selected).figure.get_figheight() >= min(of_all, 2.9)


@every_selection
@pytest.mark.parametrize("vintage", VINTAGES)
def test_drawn_for_some_no_label_meets_another_nor_the_edge(selected, vintage):
    assert overlaps(drawn_for(selected), vintage=vintage) == []


@every
def test_no_mark_lies_outside_its_axes(case):
    assert outside(drawn(case)) == []


@every_selection
def test_drawn_for_some_no_mark_lies_outside_its_axes(selected):
    assert outside(drawn_for(selected)) == []


MANY = 12  # actors of a picture: of its pairs every sixth is drawn


def one_off_and_two_on(picture):
    """{name: codes}: each of a picture's actors alone off, and the pairs of whom anything is shown alone on. Of a picture of many, some of the pairs; of a map none of all that, as its places are fixed."""
    if not any(ax.axison and len(ax.get_yticks()) for ax in picture.figure.axes):
        return {}
    who = picture.everybody
    held = [codes for codes, _ in marks.drawn(picture.figure)]
    pairs = [
        pair for pair in itertools.combinations(who, 2) if any(codes <= {*pair} for codes in held)
    ]
    pairs = pairs[::6] if len(who) > MANY else pairs
    without = {f"all but {one}": [code for code in EVERYONE if code != one] for one in who}
    return without | {" and ".join(pair): [*pair] for pair in pairs}


@pytest.mark.parametrize("name", DRAWINGS)
def test_without_one_or_with_two_no_mark_lies_outside_its_axes(name):
    draw = DRAWINGS[name]
    states = one_off_and_two_on(drawn((name, {})))
    found = {state: outside(draw(shown=codes)) for state, codes in states.items()}
    assert {state: cut for state, cut in found.items() if cut} == {}


# What is missing is said


def presets():
    """The bar's selections, and each single actor."""
    own = {name: codes for bar in BARS.values() for name, codes in bar.presets.items()}
    return actors.presets(EVERYONE, own) | {code: [code] for code in EVERYONE}


def test_a_bar_offers_whom_a_picture_of_its_section_shows_and_nobody_else():
    shown = {}
    for case in CASES:
        found = marks.drawn(drawn(case).figure)
        shown.setdefault(drawn(case).section, set()).update(*(who for who, _ in found))
    everyone = {*actors.ALL, "EU"}
    assert shown.keys() == {*article.notebooks()} - {"own"}  # a reader draws those of one's own
    assert {section: everyone - who for section, who in shown.items()} == {
        section: {*article.bar(section).absent} for section in shown
    }


SEEN = """(figure) => {
  const visible = (one) => one.checkVisibility({ visibilityProperty: true });
  return {
    marks: [...figure.querySelectorAll('svg [class*="a-"]')].filter((one) => one.firstElementChild?.tagName !== "text" && visible(one)).length,
    words: [...figure.querySelectorAll(".missing")].filter(visible).map((one) => one.textContent),
  };
}"""


@pytest.fixture(scope="module")
def wall(browser, tmp_path_factory):
    """All pictures on one page under the real rule: wall.show(shown, vintage) returns what is seen of each."""
    bodies = "".join(
        str(drawn(case).to_html()).replace("<details", "<details open") for case in CASES
    )
    script = toggles.ActorBar._esm.replace("export default", "globalThis.widget =").replace(
        "export ", ""
    )
    path = tmp_path_factory.mktemp("wall") / "wall.html"
    path.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><div id="bar"></div>{bodies}<script type="module">{script}\n'
        "globalThis.rules = rules; globalThis.build = build; globalThis.sheet = sheet;</script>",
        encoding="utf-8",
    )
    tab = browser.new_page()
    tab.goto(path.as_uri())
    tab.evaluate(
        "document.querySelectorAll('.actorfig').forEach((one) => { one.dataset.bar = 'wall'; })"
    )
    names = {code: actors.name(code) for code in [*actors.ALL, "EU"]}
    state = {
        "key": "wall",
        "actors": [*names],
        "names": names,
        "colours": {},
        "presets": {},
        "shown": [*names],
        "vintage": "since",
    }
    tab.evaluate(
        "(state) => { state.style = sheet(state.key); globalThis.bar = state; globalThis.paint = build(document.getElementById('bar'), state, () => {}); }",
        state,
    )
    yield tab
    tab.close()


def seen(wall, *selections, vintage="since"):
    """[{case: what is seen of it}] under some selections, one after the other."""
    states = [{"shown": [*shown], "vintage": vintage} for shown in selections]
    found = wall.evaluate(
        f"""(states) => states.map((state) => {{
          Object.assign(bar, state);
          paint();
          return [...document.querySelectorAll('.actorfig')].map({SEEN});
        }})""",
        states,
    )
    return [dict(zip(map(str, CASES), each, strict=True)) for each in found]


@pytest.mark.parametrize("vintage", VINTAGES)
def test_a_picture_is_never_blank(wall, vintage):
    offered = presets()
    for name, page in zip(offered, seen(wall, *offered.values(), vintage=vintage), strict=True):
        for case, found in page.items():
            assert bool(found["marks"]) != bool(found["words"]), (
                f"{case} with {name}: {found['marks']} marks, {found['words']}"
            )


def test_in_then_the_rule_shows_nothing_later(wall):
    seen(wall, EVERYONE, vintage="then")
    pages = wall.evaluate("[...document.querySelectorAll('.actorfig')].map((one) => one.innerText)")
    late = [
        (case, LATER.findall(text.replace(drawn(case).source, "")))
        for case, text in zip(CASES, pages, strict=True)
    ]
    assert [(case, years) for case, years in late if years] == []
    spoken = wall.context.new_cdp_session(wall)
    page = {"backendNodeId": spoken.send("DOM.getDocument")["root"]["backendNodeId"]}
    named = [
        node
        for role in ("figure", "image", "group")
        for node in spoken.send("Accessibility.queryAXTree", page | {"role": role})["nodes"]
    ]
    assert len(named) >= len(CASES)
    heard = [
        str(node.get(part, {}).get("value", ""))
        for node in named
        for part in ("name", "description")
    ]
    assert [text for text in heard if LATER.search(text)] == []


def test_the_button_in_a_picture_brings_back_what_it_needs(wall):
    partners = "#fig-trade-partners"
    seen(wall, ["RUS", "DEU"])
    assert wall.locator(f"{partners} svg").is_hidden()
    wall.locator(f"{partners} .missing button >> visible=true").press("Enter")
    assert wall.evaluate("bar.shown") == ["CHN", "RUS", "DEU"]
    assert (
        wall.locator(f"{partners} svg").is_visible()
        and wall.locator(f"{partners} .missing >> visible=true").count() == 0
    )
    assert wall.evaluate("document.activeElement.id") == "fig-trade-partners"


def test_the_other_buttons_bring_back_everybody_and_what_came_since(wall):
    later = next(number for number, case in enumerate(CASES) if drawn(case).late)
    button = wall.locator(".actorfig").nth(later).locator(".missing button >> visible=true")
    seen(wall, EVERYONE, vintage="then")
    button.click()
    assert wall.evaluate("bar.vintage") == "since" and button.count() == 0
    seen(wall, ["EU"])
    wall.locator("#fig-network .missing button >> visible=true").click()
    assert len(wall.evaluate("bar.shown")) == len([*actors.ALL, "EU"])


@pytest.fixture(scope="module")
def handout(tmp_path_factory):
    """A handout of two pictures."""
    cells = [nbformat.v4.new_markdown_cell("# Two pictures")]
    for name in ("partners_picture", "dependence_picture"):
        shown = sample.ours(drawn((name, {})).to_html())
        cells.append(nbformat.v4.new_code_cell("picture", outputs=[shown]))
    made = HandoutExporter().from_notebook_node(
        nbformat.v4.new_notebook(cells=cells), {"metadata": {"name": "two"}}
    )[0]
    path = tmp_path_factory.mktemp("handout") / "two.html"
    path.write_text(made, encoding="utf-8")
    return path


def test_a_handout_says_what_a_picture_needs(browser, handout):
    tab = browser.new_page()
    tab.goto(f"{handout.as_uri()}#actors=RUS,DEU")
    figure = tab.locator("#fig-trade-partners")
    assert (
        figure.locator("svg").is_hidden() and "China, which is switched off" in figure.inner_text()
    )
    figure.get_by_role("button", name="Switch China on").press("Enter")
    assert figure.locator("svg").is_visible() and "which is switched off" not in figure.inner_text()
    assert "CHN" in tab.url
    tab.close()


def test_then_is_then_in_a_handout(browser, handout):
    tab = browser.new_page()
    tab.goto(f"{handout.as_uri()}#actors=CHN,RUS&vintage=then")
    figure, picture = tab.locator("#fig-dependence"), drawn(("dependence_picture", {}))
    assert LATER.findall(figure.inner_text().replace(picture.source, "")) == []
    figure.get_by_role("img", name=picture.then["title"]).wait_for()
    tab.evaluate("location.hash = ''")
    figure.get_by_role("img", name=picture.title).wait_for()
    tab.close()
