"""Write docs/screenshot.png, the picture of the README: `make screenshot`.

It shows the first screen of notebook 01 in a JupyterLab of its own, on a fresh copy of the notebook, after its first cells have run: the guess, and the
picture with its switches behind its blur lifted.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = {"width": 1366, "height": 768}
PORT = 8931
HANDOUT = ROOT / "build" / "screenshot"


def main():
    """Make the handout of notebook 01, guess, open the verdict, and photograph the window."""
    from playwright.sync_api import sync_playwright

    command = [str(Path(sys.executable).with_name("frenemies")), "handouts", "01_economic"]
    subprocess.run([*command, "--out", str(HANDOUT)], check=True)
    with sync_playwright() as play, tempfile.TemporaryDirectory():
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
        page = browser.new_page(viewport=SIZE)
        page.goto((HANDOUT / "01_economic.html").as_uri())
        page.wait_for_timeout(1500)
        page.screenshot(path=ROOT / "docs" / "screenshot.png")
        browser.close()
    print("wrote docs/screenshot.png")


if __name__ == "__main__":
    main()
