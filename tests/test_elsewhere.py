"""What Binder and a dev container would do with this repository, as far as it can be told without either."""

import json
import re
import shlex
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, cases
from test_make import make

CONTAINER = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]


@pytest.mark.slow
def test_binder_s_builder_takes_our_environment_and_its_python():
    """repo2docker writes down what it would build, and needs no Docker for it."""
    builder = Path(sysconfig.get_path("scripts"), "jupyter-repo2docker")
    words = [builder, "--no-build", "--debug", ROOT]
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout
    (python,) = [one for one in CONDA if str(one).startswith("python=")]
    steps = [
        f"Building conda environment for {python}\n",
        "COPY --chown=0:0 src/ ${REPO_DIR}/",
        'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"',
    ]
    at = [done.stdout.find(step) for step in steps]
    assert -1 not in at and at == sorted(at)
    assert CONDA[-1] == {"pip": ["-e ./src", "-e ."]}  # the packages, from what was copied


def test_a_dev_container_sets_up_as_make_lab_does_and_opens_what_it_opens(tmp_path):
    known = {"name", "image", "postCreateCommand", "postAttachCommand", "forwardPorts"}
    assert {*CONTAINER} == known | {"portsAttributes"}
    tool, target = shlex.split(CONTAINER["postCreateCommand"])
    elsewhere = f"VENV={tmp_path}/venv"  # one that is not there yet
    set_up = make(target.replace(".venv", f"{tmp_path}/venv"), elsewhere).stdout
    whole = make("lab", elsewhere).stdout
    assert tool == "make" and set_up and whole.startswith(set_up)
    opens = whole.removeprefix(set_up).replace(f"{tmp_path}/venv", ".venv").split()
    assert shlex.split(CONTAINER["postAttachCommand"])[: len(opens)] == opens
    (port,) = CONTAINER["forwardPorts"]
    assert f"--port={port}" in CONTAINER["postAttachCommand"]
    assert [*CONTAINER["portsAttributes"]] == [str(port)]


@cases(
    "name, page, let_in",
    [
        ("one", "https://one-8888.app.github.dev", True),
        ("one", "https://other-8888.app.github.dev", False),
        ("one", "https://one-8888.app.github.dev.example.org", False),
        ("one", "https://one-8888xappxgithubxdev", False),
        ("", "https://one-8888.app.github.dev", False),
    ],
)
def test_pages_of_this_codespace_alone_may_speak_to_its_lab(name, page, let_in):
    words = f"printf '%s\\n' {CONTAINER['postAttachCommand']}"
    done = subprocess.run(
        ["sh", "-c", words], env={"CODESPACE_NAME": name}, capture_output=True, text=True
    )
    option = "--ServerApp.allow_origin_pat="
    (pattern,) = [word for word in done.stdout.splitlines() if word.startswith(option)]
    assert bool(re.match(pattern.removeprefix(option), page)) == let_in
