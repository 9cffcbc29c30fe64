"""Files written whole or not at all."""

import os
import stat

import pytest

from frenemies import whole


def test_lines_end_as_they_are_given_and_everybody_may_read(tmp_path):
    path = whole.write(tmp_path / "a.txt", "é\nb\n")
    assert path.read_bytes() == "é\nb\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert whole.write(path, b"\x00").read_bytes() == b"\x00"


def test_what_fails_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch):
    path = whole.write(tmp_path / "a.txt", "old")

    def full(draft, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        whole.write(path, "new")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_refusal_names_the_file_that_was_to_be_written(tmp_path):
    with pytest.raises(OSError) as refusal:
        whole.write(tmp_path / "none" / "a.txt", "")
    assert str(tmp_path / "none") in whole.refused(refusal.value)
    assert whole.refused(OSError(28, "full", "draft", None, "target")) == "target: full"
    assert whole.refused(OSError(28, "full")) == "full"
