"""How fast a handout answers: opening to first toggle, click to painted, and its start on a slow processor. Run alone: python tools/pages.py FOLDER"""

import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

# A double frame after the click: the second callback runs once the first frame has been painted.
# Of the first switch that hides marks: a page for all sections has actors that its own pictures lack.
FIND = "const mark = (box) => document.querySelector(`.actorfig svg .a-${box.value}`), box = [...document.querySelectorAll('.bar input')].find(mark);"
CLICK = """async () => {
  %s
  const frame = () => new Promise(requestAnimationFrame), taken = [];
  let last = await frame();
  const frames = [];
  for (let i = 0; i < 30; i++) { const now = await frame(); frames.push(now - last); last = now; }
  for (let i = 0; i < 30; i++) {
    const start = performance.now();
    box.click();
    await frame(); await frame();
    taken.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 20));
  }
  return { taken, frame: frames.sort((a, b) => a - b)[15] };
}""".replace("%s", FIND)
SLOWED = 4  # times
SCREENS = {"laptop": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
LONG = """() => {
  window.long = [];
  new PerformanceObserver((found) => window.long.push(...found.getEntries())).observe({ type: "longtask", buffered: true });
}"""
STARTED = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  const late = window.long.map((one) => Math.min(one.duration - 50, one.startTime + one.duration - paint));
  return [paint, late.reduce((sum, one) => sum + Math.max(one, 0), 0)];
}"""
FIRST = """() => {
  %s
  if (!box) return null;
  box.click();
  return getComputedStyle(mark(box)).visibility === "hidden" && performance.now();
}""".replace("%s", FIND)

FIRST_CLICK = """async () => {
  %s
  const frame = () => new Promise(requestAnimationFrame), start = performance.now();
  box?.click();
  await frame(); await frame();
  return performance.now() - start;
}""".replace("%s", FIND)


def clicks(folder):
    """Print, for each handout of a folder that has a bar, opening to first toggle and click to painted, in ms and in frames."""
    from conftest import CHROMIUM_OPTIONS, chromium_path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_OPTIONS)
        for path in sorted(Path(folder).resolve().glob("0*.html")):
            _report(browser, path)
        browser.close()


def _report(browser, path):
    first = []
    for _ in range(5):
        page = browser.new_page()
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_selector(".bar:not([hidden]) input", state="attached", timeout=5000)
        first.append(page.evaluate(FIRST))
        page.close()
    page = browser.new_page()
    page.goto(path.as_uri())
    found = page.evaluate(CLICK)
    middle, frame = statistics.median(found["taken"]), found["frame"]
    print(
        f"  {path.stem}: first toggle answers {statistics.median(first):.0f} ms after opening (goal: 500); "
        f"click to painted, median {middle:.0f} ms = {middle / frame:.1f} frames of {frame:.1f} ms (goal: 2)",
        flush=True,
    )
    page.close()


def starts(folder, times=5):
    """Print, for each handout of a folder and for the front page of a site that has them, and for a laptop and a phone on a slowed processor: first paint, the first toggle from click to painted and from opening to answer, and blocking time (of each task what is above 50 ms, after that paint)."""
    from conftest import CHROMIUM_OPTIONS, chromium_path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_OPTIONS)
        for path in [*sorted(Path(folder).resolve().glob("0*.html")), _front(folder)]:
            for screen, view in SCREENS.items():
                taken = [_started(browser, path, view) for _ in range(times)]
                paint, blocked, click = (sorted(part) for part in zip(*taken, strict=True))
                toggle = [_toggled(browser, path, view) for _ in range(times)]
                print(
                    f"  {path.stem}, {screen}, processor slowed {SLOWED} times: first paint, median {statistics.median(paint):.0f} ms, most {paint[-1]:.0f} ms (goal: 450); "
                    f"first toggle, click to painted, median {statistics.median(click):.0f} ms (goal: 350); "
                    f"it answers {statistics.median(toggle):.0f} ms after opening; "
                    f"blocking, median {statistics.median(blocked):.0f} ms, most {blocked[-1]:.0f} ms (goal: 100)",
                    flush=True,
                )
        browser.close()


def _front(folder):
    """The front page of a site with these handouts, beside them."""
    from heldto.publish.site import front

    path = Path(folder).resolve() / "front-page.html"
    path.write_text(front.front_html(path.parent), encoding="utf-8")
    return path


def _slowed(browser, view):
    page = browser.new_page(viewport=view)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    return page


def _toggled(browser, path, view):
    """When the first toggle of a page has answered, in ms after it was opened."""
    page = _slowed(browser, view)
    page.goto(path.as_uri(), wait_until="commit")
    page.wait_for_selector(".bar:not([hidden]) input", state="attached", timeout=20_000)
    found = page.evaluate(FIRST)
    page.close()
    return found or 0


def _started(browser, path, view):
    page = _slowed(browser, view)
    page.add_init_script(f"({LONG})()")
    page.goto(path.as_uri())
    page.wait_for_timeout(1500)
    paint, blocked = page.evaluate(STARTED)
    click = page.evaluate(FIRST_CLICK)
    page.close()
    return paint, blocked, click


if __name__ == "__main__":
    clicks(sys.argv[1])
    starts(sys.argv[1])
