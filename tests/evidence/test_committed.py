"""Git in a stranger's folder: what its settings name is not run, and nothing is written there."""

import os
import subprocess

import pytest

from heldto.claims import proof
from heldto.publish import against

SIGNED = """tree {tree}
author x <x@example.org> 1 +0000
committer x <x@example.org> 1 +0000
gpgsig -----BEGIN PGP SIGNATURE-----
 none
 -----END PGP SIGNATURE-----

one
"""


@pytest.fixture
def stranger(tmp_path, monkeypatch):
    """A folder whose .git names a program that leaves a mark; where the mark would be."""
    mark, program = tmp_path / "ran", tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\n[ $# -gt 0 ] || cat\n")
    program.chmod(0o755)
    data = tmp_path / "sent" / "data"
    data.mkdir(parents=True)

    def git(*words, given=""):
        done = subprocess.run(
            ["git", *words],
            cwd=data.parent,
            check=True,
            capture_output=True,
            text=True,
            input=given,
        )
        return done.stdout.strip()

    for name in ("datapackage.json", "claims.csv", "counts.csv"):
        (data / name).write_text("id\n")
    (data / ".gitattributes").write_text("* filter=theirs\n")
    git("init")
    git("add", ".")
    signed = SIGNED.format(tree=git("write-tree"))
    commit = git("hash-object", "-t", "commit", "-w", "--stdin", given=signed)
    git("update-ref", "HEAD", commit)
    settings = {
        "log.showSignature": "true",
        "gpg.program": program,
        "filter.theirs.smudge": program,
        "filter.theirs.required": "true",
        "core.fsmonitor": program,
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "theirs",
        "remote.theirs.promisor": "true",
        "remote.theirs.url": tmp_path,
        "remote.theirs.uploadpack": program,
        "protocol.allow": "always",
    }
    for name, value in settings.items():
        git("config", name, str(value))
    for module in (against, proof):
        monkeypatch.setattr(module, "shipped_data_dir", lambda: data)
    monkeypatch.setattr(against, "data_dir", lambda: data)
    mark.unlink(missing_ok=True)
    return data, commit, mark


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_the_data_accepted_before_are_read_and_no_program_is_run(stranger):
    _, _, mark = stranger
    with against._accepted() as before:
        assert (before / "datapackage.json").read_text() == "id\n"
    assert not mark.exists()


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_a_rule_is_looked_up_in_its_commit_and_no_program_is_run(stranger):
    _, commit, mark = stranger
    assert "in that commit of this repository" in proof._in_git(commit, "A1", "")
    assert "does not have that commit" in proof._in_git("1" * 40, "A1", "")  # nor is it fetched
    assert not mark.exists()


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_a_commit_in_a_table_is_no_option_of_git(stranger, tmp_path):
    (tmp_path / "x:data").mkdir()  # so ends the name that git would write
    before = set(tmp_path.rglob("*"))
    assert "does not have" in proof._in_git(f"--output={tmp_path}/x", "A1", "")
    assert set(tmp_path.rglob("*")) - before == set()
