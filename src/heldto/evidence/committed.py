"""What git has of a folder of data. The folder may be a stranger's, and so may the settings in its
.git: git is only asked for what it has stored, by commands that run no program of theirs.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

SETTINGS = {  # what a repository's own settings could have git run
    "log.showSignature": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.attributesFile": os.devnull,
}
CLOSED = {  # no object is fetched, by whatever program: no protocol is allowed
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
COMMIT = re.compile(r"[0-9a-f]{7,64}")
FILES = ("100644", "100755")  # modes of a tree's entries: no links, no other repositories


def stored(commit: str, path: str, folder: Path) -> bytes | None:
    """A file as it was committed, its path told from the top of the repository that the folder is
    in; None where there is no such commit or file, or the commit is not told by its digits.
    """
    if not COMMIT.fullmatch(commit):
        return None
    return _git(folder, "cat-file", "blob", f"{commit}:{path}")


def last_commit(path: str, folder: Path) -> str:
    """The last commit that changed a file, whose path is told from the folder; "" where git has
    none.
    """
    said = _git(folder, "rev-list", "-1", "HEAD", "--", path)
    return (said or b"").decode().strip()


def write_commit(commit: str, folder: Path, target: Path) -> None:
    """Write the files that a folder had in a commit into another: nothing where git has none."""
    listed = _git(folder, "ls-tree", "-r", "-z", commit) if COMMIT.fullmatch(commit) else None
    digests = dict(_files(listed or b""))
    asked = "".join(f"{digest}\n" for digest in digests.values()).encode()
    contents = _git(folder, "cat-file", "--batch", given=asked) or b""
    for name in digests:
        head, _, rest = contents.partition(b"\n")
        if head.split()[1:2] != [b"blob"]:  # it is missing here
            return
        size = int(head.split()[2])
        path = (target / name).resolve()
        if path.is_relative_to(target.resolve()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(rest[:size])
        contents = rest[size + 1 :]


def _files(listed: bytes) -> Iterator[tuple[str, str]]:
    """The names and digests of the files in a list of `git ls-tree -z`."""
    for entry in listed.split(b"\0")[:-1]:
        told, _, name = entry.partition(b"\t")
        mode, _, digest = told.decode().split()
        if mode in FILES:
            yield os.fsdecode(name), digest


def _git(folder: Path, *words: str, given: bytes = b"") -> bytes | None:
    """What git answers in a folder; None where it has no answer, or is not installed.

    words: a command that reads what is stored (plumbing), never `log`, `show` or `archive`, which
    run what the repository's settings name.
    """
    settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    command = ["git", "--no-pager", *settings, *words]
    try:
        done = subprocess.run(
            command, cwd=folder, env=os.environ | CLOSED, input=given, capture_output=True
        )
    except OSError:
        return None
    return None if done.returncode else done.stdout
