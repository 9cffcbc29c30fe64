"""Scripts say what they import: a page's one script is put together from its files."""

import shutil
import subprocess

import pytest
from conftest import absent

from heldto import scripts
from heldto.errors import Problem

SOURCES = sorted(scripts.Path(scripts.__file__).parent.rglob("*.js"))


def written(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / "page.js"


def test_a_page_runs_each_file_once_what_is_imported_first(tmp_path):
    page = written(
        tmp_path,
        base="// what both need\nexport const one = 1,\n  two = 2;\n",
        left='import { one } from "./base.js";\n\nexport function left() {\n  return one;\n}\n',
        right='import {\n  one,\n  two,\n} from "./base.js";\nexport async function right() {\n  return two;\n}\n',
        page='import { left } from "./left.js";\nimport { right } from "./right.js";\nexport const all = [left, right];\nexport default { all };\n',
    )
    made = scripts.together(page)
    parts = ["const one", "function left", "async function right", "export const all", "export default"]  # fmt: skip
    assert sorted(parts, key=made.index) == parts and made.count("const one") == 1
    assert "import" not in made.replace("imported", "") and made.count("export") == 2


def test_a_file_for_its_effect_alone_comes_before_who_asks_for_it(tmp_path):
    page = written(tmp_path, first="one();\n", page='import "./first.js";\n\ntwo();\n')
    assert scripts.together(page) == "one();\n\ntwo();\n"


def test_several_entries_run_one_behind_the_other(tmp_path):
    page = written(tmp_path, base="one();\n", page='import "./base.js";\ntwo();\n', late='import "./base.js";\nthree();\n')  # fmt: skip
    assert scripts.together(page, tmp_path / "late.js") == "one();\ntwo();\nthree();\n"


def test_values_of_a_page_stand_in_the_place_of_a_file(tmp_path):
    page = written(tmp_path, given="export const A = 0;\n", page='import { A } from "./given.js";\nsay(A);\n')  # fmt: skip
    made = scripts.together(page, given={"given.js": "export const A = 5;\n"})
    assert made == "const A = 5;\nsay(A);\n"


HOMES = [
    ("function put() {}\n", "const put = 1;\n"),
    ("let low = 0, // the first\n  // and why\n  put = 1;\n", "class put extends Error {}\n"),
    ("const { here, put } = there;\n", "export async function put() {}\n"),
    ("const [put] = there;\n", "let here, put;\n"),
]


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("texts", HOMES)
def test_two_files_of_a_page_do_not_define_one_name(tmp_path, texts, first):
    page = written(
        tmp_path, wall=texts[first], here=texts[1 - first], page='import "./wall.js";\nimport "./here.js";\n'
    )  # fmt: skip
    with pytest.raises(Problem, match=r"^wall.js and here.js both define put, .* rename one"):
        scripts.together(page)


def test_a_name_within_a_function_or_of_an_object_has_no_home(tmp_path):
    text = "function {}() {{\n  const put = 1,\n    low = 2;\n  put = 3;\n}}\nconst {}s = {{\n  put: 1,\n  low: 2,\n}};\n"
    page = written(
        tmp_path, wall=text.format("a", "a"), page='import "./wall.js";\n' + text.format("b", "b")
    )
    assert scripts.together(page).count("put: 1") == 2


REFUSED = {
    "page.js imports wall.js imports page.js: move": {
        "wall": 'import "./page.js";\n',
        "page": 'import "./wall.js";\n',
    },
    "page.js imports .*wall.js: no such file": {"page": 'import { put } from "./wall.js";\n'},
    "page.js: write `import put from": {"page": 'import put from "./wall.js";\n'},
}


@pytest.mark.parametrize("says", REFUSED)
def test_what_cannot_be_put_together_is_refused_by_name(tmp_path, says):
    with pytest.raises(Problem, match=says):
        scripts.together(written(tmp_path, **REFUSED[says]))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_script_of_ours_can_be_put_together(path):
    made = scripts.together(path)
    assert "\nimport " not in made and made.count("export default") <= 1


def test_a_name_that_scripts_export_has_one_home():
    homes = {}
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        for name in scripts._names("\n".join(line for line in text.splitlines() if line.startswith("export "))):  # fmt: skip
            assert homes.setdefault(name, path) == path, f"{name}: {homes[name].name}, {path.name}"


def test_node_takes_what_is_put_together(tmp_path):
    if not shutil.which("node"):
        absent("node is not installed")
    for number, path in enumerate(SOURCES):
        made = tmp_path / f"{number}.mjs"
        made.write_text(scripts.together(path), encoding="utf-8")
        done = subprocess.run(["node", "--check", made], capture_output=True, text=True)
        assert done.returncode == 0, f"{path.name}: {done.stderr}"
