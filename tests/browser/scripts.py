"""Looks at the scripts of the pages: prettier at how they are laid out, eslint and TypeScript at what they say.

`python tests/browser/scripts.py` prints what is wrong; with --write it lays them out first. TypeScript follows the
imports from file to file: a name that is not imported, or that its home does not export, is a fault.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from heldto.scripts import IMPORT

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TOOLS = HERE / "node_modules"
FILES = sorted((ROOT / "src").rglob("*.js"))
WIDTH = "100"
SETTINGS = HERE / "tsconfig.json"
EXPORTED = re.compile(r"^export (?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)


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
    """What is found in the scripts, a line each: file, line, what is wrong. Empty is good."""
    return [*_by_eslint(), *_by_typescript(), *_for_nobody()]


def _by_eslint():
    tool = TOOLS / "eslint" / "bin" / "eslint.js"
    told = said(tool, "-c", HERE / "eslint.config.mjs", "--format=json", *FILES)
    for one in json.loads(told or "[]"):
        for hit in one["messages"]:
            yield f"{Path(one['filePath']).relative_to(ROOT)}:{hit['line']}: {hit['message']}"


def _by_typescript():
    with tempfile.TemporaryDirectory() as scratch:
        config = {"extends": str(SETTINGS), "include": []}
        config["files"] = [*map(str, FILES), str(HERE / "globals.d.ts")]
        (Path(scratch) / "tsconfig.json").write_text(json.dumps(config))
        words = ("--pretty", "false", "-p", scratch)
        told = said(TOOLS / "typescript" / "bin" / "tsc", *words, cwd=ROOT)
    for line in told.splitlines():
        at = re.match(r"(.+?)\((\d+),\d+\): (.*)", line)
        yield f"{at[1]}:{at[2]}: {at[3]}" if at else line


def _for_nobody():
    """Names that a file exports, and neither another file nor the file itself has a use for."""
    texts = {path: path.read_text(encoding="utf-8") for path in FILES}
    imported = " ".join(found[0] for text in texts.values() for found in IMPORT.finditer(text))
    for path, text in texts.items():
        for found in EXPORTED.finditer(text):
            if len(re.findall(rf"\b{found[1]}\b", f"{text} {imported}")) == 1:
                line = text.count("\n", 0, found.start()) + 1
                yield f"{path.relative_to(ROOT)}:{line}: nothing has a use for {found[1]}"


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
