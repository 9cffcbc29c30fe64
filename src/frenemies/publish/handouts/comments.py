"""What is said of a verdict waits for it: parts of a page that are tagged `after-verdict` name the verdicts they speak of."""

import re

WAITS = "after-verdict"
_VERDICT = re.compile(r'<details class="verdict" id="(verdict-\w+)"')
_HEADING = re.compile(r"<h[1-6]\b")


def waiting(parts):
    """The parts of a page (dicts with "tags" and "html"), each with "of": ids of the verdicts it waits for.

    Those are the verdicts above it, up to the last heading; a part without the tag waits for none.
    """
    above, made = [], []
    for part in parts:
        waits = WAITS in part["tags"]
        if not waits and _HEADING.search(part["html"]):
            above = []
        above = [*above, *_VERDICT.findall(part["html"])]
        made.append(part | {"of": above if waits else []})
    return made
