"""Contact sheets: every picture in each state that a reader can bring about, to be looked at.

python tools/contact.py [NAME ...] [--looks 1400 390 dark ...] writes build/contact/NAME-LOOK-1.png and so on, each small enough
to be read at once: the picture of everybody, as it was known then, under each selection of its bar, and with each of its actors
off. NAME: of a picture's function, without `_picture`. HELDTO_ARTICLE=FOLDER draws the pictures that an article of one's own
declares, by their keys.
"""

import argparse
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which

from jinja2 import Template
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

import heldto
from heldto import article
from heldto.evidence import actors
from heldto.pictures import Picture
from heldto.templates import BAR, writing_page
from heldto.toggles import ActorBar, declared, of_claims

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "contact"
CSS = Path(heldto.__file__).parent / "publish/handouts/templates/heldto/handout.css"
LOOKS: dict[
    str, dict
] = {  # how wide a window is, how wide a picture stands in it, and what else it is opened with
    "1400": {"window": 1400, "wide": 970},
    "1100": {"window": 1100, "wide": 740},
    "390": {"window": 390, "wide": 390},
    "dark": {"window": 1100, "wide": 740, "color_scheme": "dark"},
    "grey": {"window": 1100, "wide": 740, "filter": "grayscale(1)"},
    "print": {"window": 1100, "wide": 642, "media": "print"},
}
OPTIONS = ["--no-sandbox", "--disable-gpu"]  # of Chromium
SHEET = 1600, 1000  # pixels across, and at most as many high if it has several rows
TILE = 525  # pixels across, where a picture is wider
GAP = 8  # pixels
PHONE = 544  # pixels: on wider windows the drawing for a phone is not seen
PAGE = Template(
    """<!DOCTYPE html><meta charset="utf-8"><title>Contact sheet</title><style>{{ css }}
body { margin: 0; } section { width: {{ wide }}px; filter: {{ filter }}; padding: 4px 18px; box-sizing: border-box; background: var(--paper); }
h6 { margin: 0; font: bold 15px sans-serif; } .fig-alt, .fig-table { display: none; } .drawing svg { content-visibility: visible !important; }</style>
{% for state, figure in figures %}<section id="s{{ loop.index }}"><h6>{{ state }}</h6>{{ figure }}</section>{% endfor %}
<script type="module">{{ script }}
document.documentElement.classList.add("js");
for (const [at, key, everybody, shown, vintage] of {{ states }}) {
  const style = document.createElement("style");
  style.textContent = rules(key, everybody, shown, vintage, everybody, `#s${at} `);
  document.head.append(style);
}
document.body.classList.add("ready");</script>""",
    autoescape=False,
)
State = tuple[str, Picture, list[str], str]  # its name, the picture, whom it shows, vintage


def states(draw) -> Iterator[State]:
    """The states of a picture, those that look alike but once."""
    whole, everybody = draw(), [*actors.EVERYBODY]
    yield "all", whole, everybody, "since"
    yield "then", whole, everybody, "then"
    presets = actors.presets(everybody, article.bar(whole.section).presets) if whole.section else {}
    chosen = {name: codes for name, codes in presets.items() if codes and name != "all"}
    chosen |= {
        f"without {off}": [one for one in everybody if one != off] for off in whole.everybody
    }
    seen = {drawn(whole)}
    for name, codes in chosen.items():
        picture = draw(shown=codes)
        if drawn(picture) not in seen:
            seen.add(drawn(picture))
            yield name, picture, codes, "since"


def drawn(picture: Picture) -> str:
    """All that is seen of a picture, without what its figure says of the selection."""
    return picture.to_html().partition("<figcaption>")[2]


def sheets(browser: Browser, look: str, found: list[State]) -> list[Image.Image]:
    """Contact sheets: the states of a picture in one look."""
    own = LOOKS[look]
    view = {"width": own["window"], "height": 2000}  # no state is higher
    tab = browser.new_page(viewport=view, color_scheme=own.get("color_scheme"))
    tab.emulate_media(media=own.get("media"))
    everybody = [*actors.EVERYBODY]
    told = [(at, BAR, everybody, *how) for at, (_, _, *how) in enumerate(found, 1)]
    with writing_page():
        every = own["window"] < PHONE or "media" in own  # of its drawings, those for paper too
        figures = [(state, picture.to_html(narrow=every)) for state, picture, *_ in found]
    script = ActorBar._esm.replace("export default", "globalThis.widget =")
    page = PAGE.render(
        css=CSS.read_text("utf-8"),
        wide=own["wide"],
        filter=own.get("filter", "none"),
        figures=figures,
        script=script.replace("export ", ""),
        states=json.dumps(told),
    )
    tab.set_content(page.replace("<figure", f"<style>{figure_css()}</style><figure", 1))
    tab.locator("body.ready").wait_for(state="attached")
    tiles = [Image.open(io.BytesIO(one.screenshot())) for one in tab.locator("section").all()]
    tab.close()
    return composed(tiles, min(own["wide"], TILE))


def figure_css() -> str:
    """The style of a figure, which a page brings once."""
    path = Path(heldto.__file__).parent / "templates"
    return (path / "figure.css").read_text("utf-8")


def composed(tiles: list[Image.Image], wide: int) -> list[Image.Image]:
    """Tiles, each so many pixels across, in rows of a few sheets."""
    tiles = [tile.resize((wide, tile.height * wide // tile.width)) for tile in tiles]
    across = SHEET[0] // (wide + GAP)
    rows = [tiles[at : at + across] for at in range(0, len(tiles), across)]
    pages: list[list] = [[]]
    for row in rows:
        if pages[-1] and sum(map(height, [*pages[-1], row])) > SHEET[1]:
            pages.append([])
        pages[-1].append(row)
    return [page(rows) for rows in pages]


def height(row: list[Image.Image]) -> int:
    """How high a row stands on its sheet."""
    return max(tile.height for tile in row) + GAP


def page(rows: list[list[Image.Image]]) -> Image.Image:
    """One sheet of rows."""
    whole = Image.new("RGB", (SHEET[0], sum(map(height, rows))), "#8899aa")
    top = 0
    for row in rows:
        for at, tile in enumerate(row):
            whole.paste(tile, (at * (tile.width + GAP), top))
        top += height(row)
    return whole


def drawings() -> dict[str, Callable[..., Picture]]:
    """What draws each picture, by its name: those that an article of one's own declares, or all of both packages."""
    if own := of_claims.pictures():
        return {key: declared.drawn(key) for key in own}
    sys.path.insert(0, str(ROOT / "tests"))
    import conftest  # opens this article

    return {name.removesuffix("_picture"): draw for name, draw in conftest.drawings().items()}


def main() -> None:
    """Write the sheets that are asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", help="of pictures; all of them if none")
    asked.add_argument("--looks", nargs="+", default=[*LOOKS], choices=[*LOOKS])
    asked.add_argument("--most", type=int, default=99, help="states of a picture")
    given = asked.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    known = drawings()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=which("chromium"), args=OPTIONS)
        for name in given.names or known:
            found = [*states(known[name])][: given.most]
            for look in given.looks:
                for old in OUT.glob(f"{name}-{look}*.png"):
                    old.unlink()
                for number, one in enumerate(sheets(browser, look, found), 1):
                    path = OUT / f"{name}-{look}-{number}.png"
                    one.save(path)
                    print(path.relative_to(ROOT), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
