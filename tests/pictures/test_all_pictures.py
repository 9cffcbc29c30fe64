"""Every picture of the package, in the settings that the notebooks offer: what is seen of it in both vintages, and under each preset."""

import ast
import inspect
import itertools
import re
import shutil
from copy import copy
from functools import lru_cache
from itertools import zip_longest

import legible
import nbformat
import numpy as np
import pandas as pd
import pytest
import sample
from bs4 import BeautifulSoup, Tag
from conftest import ROOT, drawings
from giveaways import DECIDED_BY
from legible import outside, overlaps
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text
from printed import contradicted, undated
from telling import untold

from frenemies.measures import network as balance
from frenemies.sections.bars import BARS
from heldto import article, evidence, toggles
from heldto.claims import ledger
from heldto.evidence import actors
from heldto.pictures import marks
from heldto.pictures.picture import AHEAD
from heldto.pictures.style import ARTICLE, LEGIBLE, LOW, contrast
from heldto.publish.handouts.exporter import HandoutExporter
from heldto.text.words import with_minus

pytestmark = pytest.mark.slow

VINTAGES = ("since", "then")
LATER = re.compile(r"(?<![\d.,])202[0-6](?![\d,.]\d)|'2[0-6]\b")


def offered():
    """{name of a picture: {setting: [values]}} as the notebooks offer them: all of a list, both ends and the start of a slider."""
    found = {}
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, 4).cells:
            tree = ast.parse(cell.source if cell.cell_type == "code" else "")
            for name, call in drawn_by(tree):
                known = {"balance": balance}
                for line in tree.body:
                    if isinstance(line, ast.Assign):
                        exec(compile(ast.Module([line], []), "notebook", "exec"), known)
                taken = inspect.signature(DRAWINGS[name]).parameters
                settings = {one.arg: one.value for one in call.keywords if one.arg in taken}
                found[name] = {one: values(value, known) for one, value in settings.items()}
    return found


def drawn_by(tree):
    """(name of a picture, call) of each `explore` or `examine` of a cell that draws one."""
    for call in ast.walk(tree):
        if getattr(getattr(call, "func", None), "attr", "") in ("explore", "examine"):
            yield from ((one.attr, call) for one in call.args if isinstance(one, ast.Attribute))


def values(node, known):
    value = eval(compile(ast.Expression(node), "notebook", "eval"), known)
    return (
        value
        if isinstance(value, list)
        else sorted({*value, 2019})
        if isinstance(value, tuple)
        else [value]
    )


DRAWINGS = drawings()
SETTINGS = offered()
CASES = [
    (name, dict(zip(settings, chosen, strict=True)))
    for name in DRAWINGS
    for settings in [SETTINGS.get(name, {})]
    for chosen in itertools.product(*settings.values())
]
every = pytest.mark.parametrize(
    "case", CASES, ids=[" ".join([name, *map(str, some.values())]) for name, some in CASES]
)
_DRAWN = {}


def drawn(case):
    """The picture of a case, drawn once."""
    name, settings = case
    key = (name, *settings.values())
    if key not in _DRAWN:
        _DRAWN[key] = DRAWINGS[name](**settings)
    return _DRAWN[key]


TRIO = ["CHN", "RUS", "USA"]


@lru_cache
def drawn_for_three(name):
    """A picture drawn for China, Russia and the USA, once for all that is asked of it."""
    return DRAWINGS[name](shown=TRIO)


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
    assert SETTINGS["exercises_picture"] == {"yellow_sea": ["counted", "left out"]}


# Then is then


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
            and marks.tag_words(artist)
            and not legible.hidden(artist, "then")
        ):
            yield artist


# Words that can be read


def faint(figure, vintage):
    """(text, contrast) of every label of a vintage with less than 4.5:1 to the colour that most of its ground has. A square that shows a colour is no words."""
    boxed = legible.boxed(figure, vintage)
    shown = [text for text, _ in boxed if text.get_text() != "\u25a0"]
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
    """(whose, unless, text) of what caption, short words, notes, picture in words and drawing say: it shows while all of `whose` are on and, of another title, one of each of `unless` is off."""
    soup = page(picture, vintage)
    labels = [text for one in soup.find_all("svg") for text in one.find_all("text")]
    parts = [*soup.find_all("figcaption"), *having(soup, "fig-short", "fig-alt"), *labels]
    parts += [one for one in having(soup, "fig-note")[-2:] if not one.find(class_="cited")]
    return [(*bound(string), str(string)) for part in parts for string in part.strings]


def bound(string):
    parents = [one for one in string.parents if one.name != "[document]"]
    later = (one for one in parents if {"neutral", "other"} & {*one.get("class", ())})
    title = next(later, None)
    unless = (
        [codes_of(one) for one in title.find_previous_siblings(class_="finding")] if title else []
    )
    return set().union(*map(codes_of, parents)), unless


def codes_of(tag):
    return {word[2:] for word in tag.get("class", ()) if word.startswith("a-")}


def named_though_off(picture, vintage, *selections):
    """(actor, text) of what names an actor that is off in one of some selections and that the picture could do without."""
    told, found = said(picture, vintage), []
    needed = {*picture.needs} | ASKED_ABOUT.get(picture.key, set())
    texts = [PLACES.sub("", text) for *_, text in told]
    people = [*map(named, texts)]
    for shown in selections:
        off = {*NAMES} - {*shown}
        for (whose, unless, text), codes in zip(told, people, strict=True):
            if not whose & off and all(first & off for first in unless):
                found += [(code, text) for code in sorted((codes & off) - needed)]
    return found


EVERYONE = [*actors.ALL, "EU"]


def presets():
    """The bar's selections, and each single actor."""
    own = {name: codes for bar in BARS.values() for name, codes in bar.presets.items()}
    return actors.presets(EVERYONE, own) | {code: [code] for code in EVERYONE}


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
every_selection = pytest.mark.parametrize("selected", SELECTED)


# One test a picture and state asks all of it: each question has its words, and those that it fails are told


TOLD_TWICE = re.compile("[\u2192\u25e6]|\\b(19|20)\\d\\d\\b.*\\b(19|20)\\d\\d\\b")
LONGEST = 90  # characters of a subtitle
LEAST, SCREEN = 10, 380  # pixels: type on a phone, and how wide a drawing is there


def wordy(picture):
    """Labels that tell more than a name and one value."""
    texts = (artist for artist, _ in marks_of_words(picture.figure))
    return [text for text in texts if TOLD_TWICE.search(text)]


def marks_of_words(figure):
    return [
        (one.get_text(), one) for one in figure.findobj(Text) if marks.tag_words(one) is not None
    ]


def on_a_phone(picture):
    """{what may be wrong: where it is} of a picture's drawing for a phone."""
    phone = copy(picture)
    phone.figure = picture.narrow()
    whose = [
        {(*sorted(codes), late) for codes, late in marks.drawn_marks(one.figure)}
        for one in (phone, picture)
    ]
    pixels = SCREEN / (phone.figure.get_figwidth() * 72)
    sizes = [
        (text, one.get_fontsize() * pixels)
        for one in phone.figure.findobj(Text)
        if (text := one.get_text().strip())
    ]
    return {
        "on a phone labels meet, or the edge cuts one": overlaps(phone, vintage="since"),
        "on a phone labels meet in then, or the edge cuts one": overlaps(phone, vintage="then"),
        "on a phone marks lie outside their axes": outside(phone),
        "on a phone marks are missing, or others": whose[0] ^ whose[1],
        "on a phone an axis has one year in then": lone_years(phone.figure),
        "on a phone type is small": [text for text, size in sizes if size < LEAST],
    }


PAPER = 176 / 25.4, 220 / 25.4  # inches: how wide and how high a printed drawing is, at most
PRINTED = 7.5  # points: type that is read on paper


def small_in_print(picture):
    """Labels whose type is too small on paper: of the sheets of a picture that has some."""
    figures = [sheet() for sheet in picture.sheets] or [picture.figure]
    found = []
    for figure in figures:
        scale = min(np.divide(PAPER, figure.get_size_inches()))
        texts = [one for one in figure.findobj(Text) if one.get_text().strip()]
        found += [one.get_text() for one in texts if one.get_fontsize() * scale < PRINTED]
    return found


def blunt(figure):
    """Labels with a space at an end, which a browser leaves out, or with a hyphen for a minus."""
    texts = [one.get_text() for one in figure.findobj(Text)]
    return [text for text in texts if text != text.strip() or text != with_minus(text)]


def lone_years(figure):
    """Labels of axes that show one year alone in then, and more since."""
    alone = []
    boxed = [text for text, _ in legible.boxed(figure, "since")]
    for ax in (ax for ax in figure.axes if ax.axison and ax.xaxis.get_visible()):
        shown = [text for text in ax.get_xticklabels() if text in boxed]
        known = [text.get_text() for text in shown if not legible.hidden(text, "then")]
        if len(known) == 1 < len(shown) and re.fullmatch(r"(19|20)\d\d", known[0]):
            alone += known
    return alone


def asked(picture, phone=True):
    """{what may be wrong: where it is} of what holds of every picture, whoever it is drawn for. phone: on a phone, too."""
    late = [text for text in texts(picture, "then") if LATER.search(text)]
    lost = {vintage: contradicted(picture, named, vintage) for vintage in VINTAGES}
    subtitles = picture.subtitle, picture.then.get("subtitle", "")
    return (on_a_phone(picture) if phone else {}) | {
        "its title tells figures that nobody gets from those printed": lost["since"],
        "in then its title tells such figures": lost["then"],
        "a later figure at the end of a line has no year": undated(picture.figure),
        "a subtitle is long": [text for text in subtitles if len(text) > LONGEST],
        "a label tells more than a name and one value": wordy(picture),
        "a label ends in a space, or has a hyphen for a minus": blunt(picture.figure),
        "it tells of a later year in then": late,
        "an axis has one year in then": lone_years(picture.figure),
        "a mark of then runs on past the article": past(picture.figure),
        "in print type is small": small_in_print(picture),
        "labels meet, or the edge cuts one": overlaps(picture, vintage="since"),
        "labels meet in then, or the edge cuts one": overlaps(picture, vintage="then"),
        "marks lie outside their axes": outside(picture),
    }


def named(text):
    """The codes of the actors that a text names."""
    return {code for code, name in NAMES.items() if name.search(text)}


def wrong(answers):
    """Those of some answers that found anything."""
    return {question: found for question, found in answers.items() if found}


def other_span(picture):
    """(first, last) of a subtitle's span of years, where its table ends in another year or begins before it."""
    held = picture.table.get("year", ())
    spans = re.findall(r"\b(\d{4})(?:-| to )(\d{4})\b", picture.subtitle)
    years = [(int(first), int(last)) for first, last in spans if len(held)]
    return [(first, last) for first, last in years if last != max(held) or first > min(held)]


@every
def test_a_picture_in_the_settings_of_a_notebook(case, moved, read_from):
    picture, (name, settings) = drawn(case), case
    late = any(str(value) in ("2019", "2020", "2024", "2020-24") for value in settings.values())
    told = bool(data_marks(page(picture, "then")))
    found = asked(picture)
    for vintage in VINTAGES:
        off = named_though_off(picture, vintage, *presets().values())
        found[f"it names under the bar's rule who is off, in {vintage}"] = off
        found[f"labels do not stand out from their ground, in {vintage}"] = faint(
            picture.figure, vintage
        )
    found["its subtitle names other years than its table"] = other_span(picture)
    found["an actor's marks tell nothing, or not whose they are"] = untold(picture)
    known = claimed(picture)
    read_from(moved)
    again = claimed(DRAWINGS[name](**settings))
    moves = [pair for pair in zip_longest(known, again) if pair[0] != pair[1]]
    found["what it tells in then hangs on a later figure"] = moves
    found["it is late and does not say so, or says so and is not"] = picture.late != late
    found["then lacks what was known, or shows marks of what was not"] = told == late
    assert wrong(found) == {}


@every_selection
def test_a_picture_drawn_for_some(selected):
    """On a phone is asked of one selection, and of all that a page holds: in a notebook a picture is drawn for a wide screen."""
    name, shown = SELECTED[selected]
    picture = drawn_for_three(name) if shown == TRIO else DRAWINGS[name](shown=shown)
    found = asked(picture, "RUS" not in shown or DRAWINGS[name] in AHEAD)
    for vintage in VINTAGES:
        found[f"it names somebody else, in {vintage}"] = named_though_off(picture, vintage, shown)
    panels = [ax for ax in picture.figure.axes if ax.axison and ax.xaxis.get_visible()]
    found["panels are blank"] = [
        ax
        for ax in panels  # one may be around others, with their scale
        if not any(
            marks.drawn_marks(one, seen=True)
            for one in picture.figure.axes
            if ax.bbox.padded(1).containsx(one.bbox.x1) and ax.bbox.padded(1).containsy(one.bbox.y1)
        )
    ]
    of_all = drawn((name, {})).figure.get_figheight()
    found["it is too low to be read"] = picture.figure.get_figheight() < min(of_all, LOW)
    assert wrong(found) == {}


ROUNDED = re.compile(r"[-\u2212]?\d+\.(\d)")


def off_by_rounding(claim, picture):
    """Pairs of labels of one actor whose difference is one unit of the last digit off the figure on the claim's card."""
    value = ledger.both(claim)[0].value
    figures = [value] if isinstance(value, (int, float)) else []
    labels = {}
    for text in picture.figure.findobj(Text):
        words = text.get_text().strip()
        if ROUNDED.fullmatch(words) and text.get_gid():
            whose = (*marks.whose(marks.tag_words(text) or ()),)
            labels.setdefault(whose, []).append(float(words.replace("\u2212", "-")))
    for one, other in itertools.chain.from_iterable(
        itertools.combinations(some, 2) for some in labels.values()
    ):
        yield from (
            (claim, one, other, round(figure, 1))
            for figure in figures
            if round(abs(abs(other - one) - abs(round(figure, 1))), 6) == 0.1
        )


def test_where_labels_and_card_differ_by_rounding_the_picture_says_so():
    """Who subtracts two labels expects the figure on the card."""
    decided = [(name, claim) for name, some in DECIDED_BY.items() for claim in some.split()]
    pairs = {
        name: found
        for name, claim in decided
        if (found := [*off_by_rounding(claim, drawn((f"{name}_picture", {})))])
    }
    assert "turn" in pairs
    for name in pairs:
        assert "Labels are rounded" in drawn((f"{name}_picture", {})).note, pairs[name]


def nameless(picture, on):
    """Actors of whom a page shows a mark while those alone are on, but no words: it draws nothing anew."""
    svg = BeautifulSoup(picture.to_html(), "html.parser").svg
    off = {*picture.everybody} - {*on, *picture.needs}
    seen = [mark for mark in having(svg, *svg_classes(svg)) if off.isdisjoint(codes_of(mark))]
    words, shapes = set(), set()
    for mark in seen:
        of = words if mark.find("text") else shapes
        of |= {*codes_of(mark)} if not {"then", "many"} & {*mark["class"]} else set()
    return shapes - words


def svg_classes(svg):
    return {one for tag in svg.find_all(class_=True) for one in tag["class"] if one[:2] == "a-"}


@pytest.mark.parametrize("name", DRAWINGS)
def test_two_who_are_left_alone_on_a_page_have_their_names(name):
    picture = drawn((name, {}))
    if "have no label" in picture.note:
        return  # its reader knows how to see them
    pairs = itertools.islice(itertools.combinations(picture.everybody, 2), 0, None, 7)
    assert {pair: gone for pair in pairs if (gone := nameless(picture, pair))} == {}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_drawn_for_nobody_is_that_of_all(name):
    draw = DRAWINGS[name]
    page = drawn((name, {})).to_html()
    assert [chosen for chosen, shown in as_of_all(draw).items() if draw(shown=shown).to_html() != page] == []  # fmt: skip


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawn_for_some_nothing_said_in_then_hangs_on_a_later_figure(name, moved, read_from):
    known = claimed(drawn_for_three(name))
    read_from(moved)
    assert claimed(DRAWINGS[name](shown=TRIO)) == known


PAIRS = 8  # of a picture's actors that are drawn, at most


def one_off_and_two_on(picture):
    """{name: codes}: each of a picture's actors alone off, and the pairs of whom anything is shown alone on. Of many pairs some, spread over all; of a map none of all that, as its places are fixed."""
    if not any(ax.axison and len(ax.get_yticks()) for ax in picture.figure.axes):
        return {}
    who = picture.everybody
    held = [codes for codes, _ in marks.drawn_marks(picture.figure)]
    pairs = [
        pair for pair in itertools.combinations(who, 2) if any(codes <= {*pair} for codes in held)
    ]
    pairs = pairs[:: max(1, -(-len(pairs) // PAIRS))]
    without = {f"all but {one}": [code for code in EVERYONE if code != one] for one in who}
    return without | {" and ".join(pair): [*pair] for pair in pairs}


@pytest.mark.parametrize("name", DRAWINGS)
def test_without_one_or_with_two_no_mark_lies_outside_its_axes_and_figures_say_what_the_title_says(
    name,
):
    draw = DRAWINGS[name]
    states = one_off_and_two_on(drawn((name, {})))
    found = {}
    for state, codes in states.items():
        picture = draw(shown=codes)
        lost = [contradicted(picture, named, vintage) for vintage in VINTAGES]
        found[state] = [*outside(picture), *lost[0], *lost[1], *undated(picture.figure)]
    assert wrong(found) == {}


# What is missing is said


def test_a_bar_offers_whom_a_picture_of_its_section_shows_and_nobody_else():
    shown = {}
    for case in CASES:
        found = marks.drawn_marks(drawn(case).figure)
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


def seen(wall, *selections, vintage="since", of=CASES):
    """[{case: what is seen of it}] under some selections, one after the other. of: the cases that are looked at."""
    states = [{"shown": [*shown], "vintage": vintage} for shown in selections]
    found = wall.evaluate(
        f"""([states, places]) => states.map((state) => {{
          const figures = [...document.querySelectorAll('.actorfig')];
          figures.forEach((one, at) => {{ one.style.display = places.includes(at) ? "" : "none"; }}); // what is not looked at is not styled anew
          Object.assign(bar, state);
          paint();
          return places.map((at) => figures[at]).map({SEEN});
        }})""",
        [states, [CASES.index(case) for case in of]],
    )
    return [dict(zip(map(str, of), each, strict=True)) for each in found]


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


def test_whom_every_mark_of_a_picture_is_of_stays_on_there_and_it_says_so(wall):
    """Of any pair of a picture's actors something is shown, if it was with the hub; nothing is said twice."""
    for case in CASES:
        picture = drawn(case)
        if not picture.needs or not picture.compares:
            continue
        (hub, *_) = picture.needs
        others = [code for code in picture.everybody if code not in picture.needs][:3]
        with_hub, without = seen(wall, [hub, *others], others, of=[case])
        number = str(case)
        assert without[number] == with_hub[number], case
        figure = wall.locator(".actorfig").nth(CASES.index(case))
        kept = figure.locator(".kept >> visible=true")
        assert kept.count() == 1 and actors.the(hub) in kept.inner_text()
        nobody = seen(wall, [], of=[case])[0][number]
        assert len(nobody["words"]) <= 1 and bool(nobody["words"]) != bool(nobody["marks"])
    seen(wall, EVERYONE)
    assert wall.locator(".kept >> visible=true").count() == 0


LOCKED = """(box) => {
  const beside = document.createElement("div"), root = document.createElement("div");
  beside.className = "heldto-beside";
  beside.append(root, document.querySelector("#fig-trade-partners").cloneNode(true));
  document.body.append(beside);
  const { press, flip } = bar.style;
  const own = { ...bar, shown: ["RUS", "DEU"] };
  build(root, own, () => {});
  const [china, germany] = ["CHN", "DEU"].map((code) => root.querySelector(`[value=${code}]`));
  germany.click();
  const found = [china.disabled, china.checked, china.parentElement.innerText, germany.disabled, own.shown.join()];
  beside.remove();
  Object.assign(bar.style, { press, flip }); // of the bar that all pictures follow
  paint();
  return found;
}"""


def test_a_bar_beside_a_picture_locks_whom_it_always_shows(wall):
    seen(wall, EVERYONE)
    disabled, checked, says, free, shown = wall.evaluate(LOCKED)
    assert disabled and checked and "always on here" in says and not free
    assert shown == "RUS"  # the bar of the other pictures knows what was chosen
    seen(wall, EVERYONE)


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
        shown = sample.ours(drawn((name, {})).to_html)
        cells.append(nbformat.v4.new_code_cell("picture", outputs=[shown]))
    made = HandoutExporter().from_notebook_node(
        nbformat.v4.new_notebook(cells=cells), {"metadata": {"name": "two"}}
    )[0]
    path = tmp_path_factory.mktemp("handout") / "two.html"
    path.write_text(made, encoding="utf-8")
    return path


def test_a_handout_says_whom_a_picture_always_shows(browser, handout):
    tab = browser.new_page()
    tab.goto(f"{handout.as_uri()}#actors=RUS,DEU")
    figure = tab.locator("#fig-trade-partners")
    assert figure.locator("svg").is_visible() and figure.locator(".ghosts button[value=CHN]").count() == 0  # fmt: skip
    assert "Always on here: China, because each mark is about China." in figure.inner_text()
    tab.get_by_role("button", name="all", exact=True).first.click()
    assert "Always on here" not in figure.inner_text()
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
