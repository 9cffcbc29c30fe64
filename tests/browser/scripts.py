"""Looks at the scripts of the pages: prettier at how they are laid out, eslint and TypeScript at what they say.

`python tests/browser/scripts.py` prints what is wrong; with --write it lays them out first. A page runs several
files as one script, so eslint and TypeScript are shown them put together; what they find is told by file and line.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from heldto.publish.handouts import assets, roll_call, tally_page
from heldto.room.about import SCRIPTS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TOOLS = HERE / "node_modules"
FILES = sorted((ROOT / "src").rglob("*.js"))
NAMED = {path.name: path for path in FILES}
WIDTH = "100"
OF_A_SITE = (
    'const VERSION = "", LATER = [""];\n'  # what stands above the worker when a site is made
)
CHECKED = {
    "compilerOptions": {
        **{
            "allowJs": True,
            "checkJs": True,
            "noEmit": True,
            "types": [],
            "moduleDetection": "force",
        },
        **{"target": "es2024", "module": "esnext", "lib": ["es2024", "dom", "dom.iterable"]},
    },
    "include": ["*.js", "globals.d.ts"],
}


def together():
    """{name: parts} of each script that a page runs; a part is a file, or a text that is put above it."""
    pages = {
        "index": assets.INDEX,
        "wall": tally_page.FILES,
        "roll_call": roll_call.FILES,
        "lab": (*SCRIPTS, "camera.js", "lab.js"),
        "bar": ("address.js", "toggle.js"),
        "here": ("tools.js", "here.js"),
        "round": ("share.js", "tap.js", "tapped.js"),
        "score": ("share.js", "shared.js"),
    }
    alone = ("press.js", "box.js", "pointing.js", assets.SERVED)
    made = {name: [NAMED[file] for file in files] for name, files in pages.items()}
    made |= {name.removesuffix(".js"): [NAMED[name]] for name in alone}
    made |= {path.parts[-3]: [path] for path in FILES if path.name == "remoteEntry.js"}
    handout = [NAMED[file] for file in (*assets.CODE, "site.js")]
    return made | {
        "handout": [assets.script_data(), *handout],
        "worker": [OF_A_SITE, NAMED["worker.js"]],
    }


def put_together(parts):
    """The text of a script, and of each of its lines the file and the number there."""
    lines, places = [], []
    for part in parts:
        text = part if isinstance(part, str) else part.read_text(encoding="utf-8")
        name = "" if isinstance(part, str) else part.relative_to(ROOT).as_posix()
        for number, line in enumerate(text.splitlines(), 1):
            lines.append(line)
            places.append(f"{name}:{number}")
    return "\n".join(lines) + "\n", places


def said(*words, cwd=ROOT):
    """What a tool of npm prints, "" where it is content."""
    node = shutil.which("node")
    done = subprocess.run([node, *words], cwd=cwd, capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""


def laid_out(write=False):
    """What prettier says of files that are not laid out; with write it lays them out."""
    tool, how = TOOLS / "prettier" / "bin" / "prettier.cjs", "--write" if write else "--check"
    return said(tool, how, "--no-config", "--log-level=warn", "--print-width", WIDTH, *FILES)


def faults():
    """What eslint and TypeScript find, a line each: file, line, what is wrong. Empty is good."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, places = Path(scratch).resolve(), {}
        for name, parts in together().items():
            text, places[name] = put_together(parts)
            (folder / f"{name}.js").write_text(text, encoding="utf-8")
        shutil.copy(HERE / "globals.d.ts", folder)
        (folder / "tsconfig.json").write_text(json.dumps(CHECKED))
        return [*_by_eslint(folder, places), *_by_typescript(folder, places)]


def _by_eslint(folder, places):
    """A function that one page has no use for is a fault where no other page has one, either."""
    words = ("-c", HERE / "eslint.config.mjs", "--format=json", ".")
    told = said(TOOLS / "eslint" / "bin" / "eslint.js", *words, cwd=folder)
    found = {}
    for one in json.loads(told or "[]"):
        name = Path(one["filePath"]).stem
        for hit in one["messages"]:
            line = f"{places[name][hit['line'] - 1]}: {hit['message']}"
            found.setdefault((line, hit["ruleId"] == "no-unused-vars"), set()).add(name)
    for (line, unused), pages in sorted(found.items()):
        place = line[: line.index(": ")]
        if not unused or pages == {name for name in places if place in places[name]}:
            yield line


def _by_typescript(folder, places):
    told = said(TOOLS / "typescript" / "bin" / "tsc", "--pretty", "false", cwd=folder)
    found = []
    for line in told.splitlines():
        at = re.match(r"([\w-]+)\.js\((\d+),\d+\): (.*)", line)
        found.append(f"{places[at[1]][int(at[2]) - 1]}: {at[3]}" if at else line)
    return dict.fromkeys(found)  # what several pages run is told once


def main(words):
    if not (shutil.which("node") and (TOOLS / "typescript").is_dir()):
        print(
            "the scripts were not looked at: npm did not bring what looks at them (tests/browser/package.json)"
        )
        return 1 if os.environ.get("FRENEMIES_REQUIRE_BROWSER") else 0
    wrong = [*laid_out(write="--write" in words).splitlines(), *faults()]
    print("\n".join(wrong) or f"{len(FILES)} scripts: laid out, and nothing found in them")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
