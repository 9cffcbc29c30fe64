"""A small notebook with one of everything that a handout must carry, its outputs made without a kernel."""

import pandas as pd
from markupsafe import Markup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from heldto import evidence, pictures, stored
from heldto.evidence import actors
from heldto.exercises.reading import veil
from heldto.templates import render, writing_page


def three_marks(look):
    """A drawing of three marks with one look, which a page writes once, in its head."""
    return "<svg>" + f'<path style="{look}" d="M0 0"/>' * 3 + "</svg>"


RUN = "<img src=x onerror=window.ran=1>"
HOSTILE = (
    "<script>window.ran=1</script>",
    '"><img src=x onerror="window.ran=1">',
    "</svg><script>window.ran=1</script>",
    "<svg onload=window.ran=1>",
    "<a href='javascript:window.ran=1'>x</a>",
)
_SHEET = "a:&lt;/style&gt;&lt;meta http-equiv=refresh content=&quot;0;url=https://example.org&quot;&gt;&lt;style&gt;"
LOADING = (
    "<iframe src='https://example.org'></iframe>",
    "<style>@import url(https://example.org/x.css)</style>",
    "<style>body { background: url(https://example.org/x.png) }</style>",
    r"<style>body { background: u\72l(https://example.org/x.png) }</style>",
    "<form action='https://example.org' name=querySelectorAll><button>x</button></form>",
    f"<svg><use href='https://example.org/x.svg#a'/><style>{RUN}</style></svg>",
    f"<math><mtext>{RUN}</mtext></math>",
    "<p>Source: <meta http-equiv=refresh content='0;url=https://example.org'>a register.</p>",
    f"<p>Source: {RUN}a register.</p>",
    "<p>Source: <script>window.ran=1</script>a register.</p>",
    "<p>Source: <b>a register</b></p><p>Sources: <i id=text>more</p><p>and the rest.</p>",
    three_marks(_SHEET),
    three_marks("a:b} body{display:none"),
    three_marks("a:b;/*"),
    "<p style='background:image-set(&quot;https://example.org/x.png&quot; 1x)'>x</p>",
    r"<p style='background:u\72l(https://example.org/x.png)'>x</p>",
    "<svg><rect fill='url(https://example.org/x.svg#a)' filter='url(https://example.org/x.svg#b)'/></svg>",
    "<embed src='https://example.org'>",
    "<p>left open <script>window.ran=1",
    "<p>left open <template><iframe src='https://example.org'>",
)
SECRET = "the-answer-is-Kazakhstan"


@pictures.drawing("economic")
def picture(key="trade", codes=None, names=None, title="Trade grew between 2017 and 2020"):
    """A picture of one line an actor, with labels, sentences and a table."""
    codes = codes or [*actors.ALL, "EU"]
    frame = pd.DataFrame(
        [
            {"year": year, "actor": code, "value": 1000.5 + index * 100 + year - 2017}
            for index, code in enumerate(codes)
            for year in range(2017, 2021)
        ]
    )
    figure, ax = pictures.canvas()
    labels = []
    for code in codes:
        own = names[code] if names and code in names else f"{actors.name(code)} {{0.value:,.0f}}"
        labels.append(pictures.line(ax, frame[frame.actor == code], "value", code, text=own.format))
    pictures.label_ends(ax, labels)
    pictures.year_axis(ax, 2017, 2020)
    sentences = [
        ((code,), f"{actors.name(code)} ends at {1003.5 + index * 100:.1f}.")
        for index, code in enumerate(codes)
    ]
    return dict(
        key=key,
        title=title,
        subtitle="USD bn",
        figure=figure,
        lead="Lines by actor.",
        sentences=sentences,
        table=frame,
        source="A register (2020)",
        table_actors=("actor",),
        cannot="why anybody trades",
    )


@evidence.cached
def drawn(*about, **more):
    """What writes the page of `picture`, drawn once for all notebooks that show it."""
    return picture(*about, **more).to_html


def veiled(name, *answers):
    return " ".join(veil(f"{name}:{text}") for text in answers)


def _form(name, kind, ask, inputs, *right, more="", reading="", solves="E1-which"):
    """A form as fr.exercise writes it."""
    accept = f' data-accept="{veiled(name, *right)}"' if right else ""
    check = '<button type="button" class="check">Check</button>' if right else ""
    return (
        f'<form class="exercise" method="dialog" data-exercise="{name}" data-kind="{kind}"{accept}{reading}>'
        f"<fieldset><legend>Exercise {name}</legend><p>{ask}</p>{inputs}{check}"
        f'<p class="result" role="status" aria-live="polite"></p>{more}'
        f'<div data-solves="{solves}"></div></fieldset></form>'
    )


def _feedback(name, text, *answers):
    return f'<p class="feedback" hidden data-for="{veiled(name, *answers)}">{text}</p>'


BOX = '<label>Give it <input type="text" inputmode="decimal" name="answer" autocomplete="off"></label>'
HINT = '<details class="hint"><summary>Hint 1</summary><p>Whose books?</p></details>'
TWO = "".join(
    f'<label><input type="radio" name="answer-X2" value="{key}"> {text}</label><br>'
    for key, text in (("a", "China's"), ("b", "Russia's"))
)
EXERCISE = _form(
    "X1-number",
    "number",
    "How much?",
    BOX,
    "107.1",
    more=_feedback("X1-number", "That is the year before.", "98.0", "98.1") + HINT,
    reading=' data-digits="1" data-unit="USD bn"',
    solves="E1-total",
)
CHOICE = _form(
    "X2-choice", "choice", "Which?", TWO, "b", more=_feedback("X2-choice", "Theirs is larger.", "a")
)
ITEMS = _form(
    "X3-items",
    "text",
    "Who?",
    BOX,
    "CHN,RUS",
    reading=' data-names="CHN=China|PRC;RUS=Russia|Russian Federation"',
)
OPEN = _form(
    "X4-open",
    "open",
    "Why?",
    '<label>In your own words<br><textarea name="answer" rows="4" cols="60"></textarea></label>',
)


def cell(source, *outputs, name, tags=(), **metadata):
    """A code cell with stored outputs."""
    made = new_code_cell(
        source, id=name, outputs=list(outputs), metadata={"tags": list(tags), **metadata}
    )
    return made


def rich(page, text="words", **about):
    data = {"text/html": page, "text/plain": text}
    return new_output("display_data", data, metadata={"frenemies": about} if about else {})


def ours(page, text="words", **about):
    """An output of the package, as it is while a handout is made.

    page: HTML, or a function that writes it.
    """
    with writing_page() as here:
        page = page() if callable(page) else page
    sheets = {stored.SHEETS: here.sheets} if here.sheets else {}
    made = rich(page, text, **about, **sheets)
    made.data[stored.PAGE] = page
    return made


def said(text):
    return new_output("stream", name="stdout", text=text)


def notebook(*more, picture_page=None):
    """The sample notebook. picture_page: what writes the page of its first picture."""
    with writing_page():  # all of it, on which no id stands twice
        return _notebook(*more, picture_page=picture_page)


def _notebook(*more, picture_page):
    from heldto.claims import card
    from heldto.exercises import guesses

    term = "[FOB](00_start_here.ipynb#Words)"
    prose = (
        "The article sees two partners who need each other and do not like it, and says so at length; whether the figures agree is what this page is for. "
        * 3
    )
    cells = [
        new_markdown_cell("# Who trades with whom?", id="title"),
        new_markdown_cell("*15 minutes · no programming*", id="time", metadata={"tags": ["live"]}),
        new_markdown_cell(prose, id="goals"),
        cell(
            "import frenemies as fr",
            new_output("display_data", {"text/plain": "Actor bar of the economic section"}),
            name="setup",
            tags=["setup"],
        ),
        new_markdown_cell(
            f"## E1. Is it large?\n\nMeasured {term}. Once more: {term}.\n\n#### A heading two steps down\n\n| a | b |\n|---|---|\n| 1 | 2 |",
            id="e1",
        ),
        cell('fr.guess("E1")', ours(guesses.guess_page("E1")), name="e1-guess", tags=["guess"]),
        cell("picture()", ours(picture_page or drawn()), name="e1-picture", tags=["picture"]),
        cell(
            "picture()",
            ours(drawn("second", ("CHN", "RUS"), title="Two only")),
            name="e1-second",
            tags=["picture"],
        ),
        cell(
            "picture()",
            ours(drawn("second", ("CHN", "RUS"), title="Two only")),
            name="e1-again",
            tags=["picture"],
        ),
        cell(
            "print(1)",
            said("In 2018 it was 107.1 billion dollars.\n"),
            name="e1-number",
            tags=["number"],
        ),
        cell(
            'fr.verdict("E1")',
            ours(card.VerdictCard("E1").to_html),
            name="e1-verdict",
            tags=["verdict"],
        ),
        cell(
            "live(bar)",
            ours(render("fixed.html.j2", page=Markup("<p>By another measure it fails.</p>"))),
            name="e1-live",
            tags=["after-verdict"],
        ),
        new_markdown_cell("Nearly so.", id="e1-after", metadata={"tags": ["after-verdict"]}),
        new_markdown_cell("**What it cannot show.** The weight of a trade.", id="e1-limits"),
        cell("all_of_us()", said("Eleventh among all actors.\n"), name="e1-all"),
        new_markdown_cell("## Exercises", id="exercises"),
        cell(
            'fr.exercise("E1-total")', ours(EXERCISE, kind="exercise"), name="x1", tags=["exercise"]
        ),
        cell(
            'fr.exercise("E1-which")',
            ours(CHOICE, kind="exercise"),
            ours(ITEMS, kind="exercise"),
            ours(OPEN, kind="exercise"),
            name="x2",
            tags=["exercise"],
        ),
        cell(
            f'answer = "{SECRET}"\nanswer',
            said(SECRET),
            name="x1-solution",
            tags=["solution"],
            frenemies={"expected": SECRET},
        ),
        new_markdown_cell(f"Expect {SECRET}.", id="x1-notes", metadata={"tags": ["instructor"]}),
        cell(
            "frame",
            ours(
                pd.DataFrame(
                    {"value": [1.5, 2.5]}, index=pd.Index(["CHN", "RUS"], name="actor")
                ).to_html()
            ),
            name="frame",
        ),
        new_markdown_cell("## Discussion\n\n1. Whose books?", id="discussion"),
        *more,
    ]
    about = {
        "title": "Who trades?",
        "section": "economic",
        "minutes": 45,
        "level": "no programming",
        "teaches": "read two books; count",
    }
    return new_notebook(
        cells=cells,
        metadata={
            "frenemies": about,
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        },
    )


def page(edition="handout", **kwargs):
    """The sample notebook as one HTML page."""
    from heldto.publish.handouts.exporter import HandoutExporter

    return HandoutExporter(edition=edition).from_notebook_node(
        notebook(**kwargs), {"metadata": {"name": "sample"}}
    )[0]
