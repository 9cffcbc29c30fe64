"""Write docs/screenshot.png, the picture of the README: `make screenshot`.

It shows the handout of notebook 01 after a guess on the claim E1: the guess, and the picture that it cleared, with its switches. The file also holds the words that stand in the picture: a test compares them with the page as it is now.
"""

import json
import subprocess
import sys
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "build" / "screenshot" / "01_economic.html"
PICTURE = ROOT / "docs" / "screenshot.png"
SIZE = {"width": 1366, "height": 880}
CLAIM = "E1"  # nothing is drawn before its picture, so a guess is enough
CHROMIUM = "/usr/bin/chromium"
KEY = "words"  # of the picture's file

# The text nodes of a page, in their order; inView: only those of which something can be seen
TEXTS = """inView => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let node; (node = walker.nextNode());) {
    const text = node.data.trim().replace(/\\s+/g, " ");
    if (!text || node.parentElement.closest("script, style, noscript")) continue;
    if (inView) {
      if (!node.parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const seen = [...range.getClientRects()].some(
        (box) => box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth);
      if (!seen) continue;
    }
    found.push(text);
  }
  return found;
}"""


def made():
    """The handout, built anew."""
    command = [sys.executable, "-m", "heldto", "handouts", "01_economic", "--out", str(PAGE.parent)]
    subprocess.run(command, cwd=ROOT, check=True)
    return PAGE


def guessed(page, path):
    """A guess is recorded on one claim, and the window shows it with its picture."""
    page.set_viewport_size(SIZE)
    page.goto(path.as_uri())
    form = page.locator(f"form.guess[data-claim={CLAIM}]")
    form.locator("input[value=holds]").check()
    form.get_by_role("button", name="Record my guess").click()
    form.evaluate("form => scrollTo(0, form.offsetTop - 20)")
    page.wait_for_timeout(1500)  # until the picture is laid out


def photographed(path, to):
    """The window is photographed, and the words in it are written into the picture's file."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page()
        guessed(page, path)
        page.screenshot(path=to)
        words = page.evaluate(TEXTS, True)
        browser.close()
    held = PngInfo()
    held.add_itxt(KEY, json.dumps(words, ensure_ascii=False))
    with Image.open(to) as picture:
        picture.save(to, pnginfo=held, optimize=True)


def words_of(picture):
    """The words that stand in a picture, by its own file."""
    with Image.open(picture) as image:
        return json.loads(image.text[KEY])


if __name__ == "__main__":
    photographed(made() if sys.argv[1:] != ["--as-built"] else PAGE, PICTURE)
    print("wrote docs/screenshot.png")
