"""Scripts of pages and widgets: a page runs one script, put together from files that say what they
import.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from heldto.errors import Problem

IMPORT = re.compile(r'^import (?:\{[\w\s,]+\} from )?"(\.[^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
DECLARED = re.compile(
    r"(?:export )?(?:async )?"
    r"(?:(?:function|class) (?P<one>\w+)|(?:const|let) [{[]? ?(?P<some>[\w, ]+))"
)
AFTER_COMMA = re.compile(r"  (\w+) =")  # a second name of one `const`, on a line of its own
COMMENT = re.compile(r"\s*//.*")


def together(*entries: Path, given: Mapping[str, str] | None = None) -> str:
    """One script of some entry files and of all that they import.

    Each file stands there once, behind what it imports and in the order of the imports, without the
    words `import` and `export`; an entry file keeps its exports. given: {name of a file: the text
    that stands in its place}, for values that are known when a page is made. An import is written
    as prettier does, with the names as they are: `import { draw } from "./wall.js";`.

    Raises Problem for an import in another form, for a file that is not there, for files that
    import each other in a circle, and for a name that two files define.
    """
    texts: dict[Path, str] = {}
    for entry in entries:
        _collect(entry.resolve(), given or {}, texts, ())
    homes: dict[str, Path] = {}
    for path, text in texts.items():
        for name in _names(text):
            if homes.setdefault(name, path) != path:
                raise Problem(
                    f"{homes[name].name} and {path.name} both define {name}, and one page runs "
                    "both: rename one of them, or import it"
                )
    kept = {entry.resolve() for entry in entries}
    return "".join(text if path in kept else EXPORT.sub("", text) for path, text in texts.items())


def _collect(
    path: Path, given: Mapping[str, str], texts: dict[Path, str], above: tuple[Path, ...]
) -> None:
    """Add a file to texts, behind what it imports. above: the files that lead to it."""
    if path in above:
        circle = " imports ".join(one.name for one in (*above[above.index(path) :], path))
        raise Problem(f"{circle}: move what both need into a file that both import")
    if path in texts:
        return
    try:
        text = given.get(path.name) or path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Problem(
            f"{above[-1].name if above else 'a page'} imports {path}: no such file"
        ) from None
    for name in IMPORT.findall(text):
        _collect((path.parent / name).resolve(), given, texts, (*above, path))
    text = IMPORT.sub("", text)
    if other := re.search("^import .*", text, re.MULTILINE):
        raise Problem(f'{path.name}: write `{other[0]}` as `import {{ name }} from "./file.js";`')
    texts[path] = text


def _names(text: str) -> Iterator[str]:
    """The names that a file defines at its outermost level, where prettier puts no space."""
    is_list = False
    for line in text.splitlines():
        code = COMMENT.sub("", line)
        if found := DECLARED.match(line):
            yield from re.findall(r"\w+", found["one"] or found["some"])
        elif is_list and (found := AFTER_COMMA.match(line)):
            yield found[1]
        if code:
            is_list = code.endswith(",")
