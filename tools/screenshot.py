"""Write docs/screenshot.png, the picture of the README: `make screenshot`.

It shows the handout of notebook 01 after a guess on its first claim: the guess, and the picture that it cleared, with its switches.
"""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "build" / "screenshot" / "01_economic.html"
SIZE = {"width": 1366, "height": 880}
CHROMIUM = "/usr/bin/chromium"


def made():
    """The handout, built anew."""
    command = [sys.executable, "-m", "heldto", "handouts", "01_economic", "--out", str(PAGE.parent)]
    subprocess.run(command, cwd=ROOT, check=True)
    return PAGE


def photographed(path, to):
    """A guess is recorded on the page's first claim, and the window is photographed."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page(viewport=SIZE)
        page.goto(path.as_uri())
        form = page.locator("form.guess").first
        form.locator("input[value=holds]").check()
        form.get_by_role("button", name="Record my guess").click()
        form.evaluate("form => scrollTo(0, form.offsetTop - 20)")
        page.wait_for_timeout(1500)  # until the picture is laid out
        page.screenshot(path=to)
        browser.close()


if __name__ == "__main__":
    photographed(
        made() if sys.argv[1:] != ["--as-built"] else PAGE, ROOT / "docs" / "screenshot.png"
    )
    print("wrote docs/screenshot.png")
