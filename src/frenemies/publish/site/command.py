"""What `frenemies site` does and says."""

import tempfile
from pathlib import Path

from frenemies.publish.handouts import command
from frenemies.publish.handouts.build import Settings
from frenemies.publish.site import build, front, live


def run(out: str | Path, pyodide: str = "", base_url: str = "") -> bool:
    """Write the site, say what was written, and say whether all went well.

    Raises Problem for what cannot be made; then the folder is as it was.
    """
    folder = Path(out)
    build.checked(folder, base_url)
    found = live.Pyodide(pyodide or live.PUBLIC)
    ours = command.chosen([])
    with tempfile.TemporaryDirectory(prefix="frenemies-") as room:
        handouts, students = Path(room, "handouts"), Path(room, "students")
        made = command.made(ours, handouts, Settings(live=f"../{front.LIVE}"))
        made += command.made(ours, students, Settings(edition="student"))
        faults = [one.fault for one in made if one.fault]
        for fault in faults:
            print(f"failed: {fault}")
        if not faults:
            build.write(folder, handouts, students, found, base_url)
            print(folder / "index.html")
    return not faults
