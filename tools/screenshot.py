"""The picture of the README, docs/screenshot.png: try.html before the first tap, so that it gives no answer away. `make try` takes it with the page.

The file also holds the words that stand in the picture: a test compares them with the page as it is now.
"""

import json
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "try.html"
PICTURE = ROOT / "docs" / "screenshot.png"
SIZE = {"width": 1366, "height": 768}
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


def opened(page, path):
    """The page stands in the window as a double click opens it."""
    page.set_viewport_size(SIZE)
    page.goto(path.as_uri())
    page.locator(".round .tap").first.wait_for()
    page.wait_for_timeout(1500)  # until all is laid out


def photographed(path, to):
    """The window is photographed, and the words in it are written into the picture's file."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page()
        opened(page, path)
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
