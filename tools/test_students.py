"""What `make class-test` makes of what it measured, and that one student comes to the end of the lesson."""

import json
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import nbformat
import pytest
import students


def test_who_failed_is_counted_and_measured_nowhere():
    one = SimpleNamespace(first=2.0, whole=9.0, toggled=0.5, cpu_first=1.0, cpu_toggled=0.1)
    found = students.told([one], [(150e6, 4.0)], [100e6, 120e6, 160e6], ["CellTimeoutError: late"])
    assert (found["students"], found["succeeded"]) == (2, 1)
    assert found["MB of a kernel"] == [150.0, 150.0] and found["CPU seconds of a kernel"] == [4, 4]
    assert found["kernel against bare"] == 1.5 and found["kernel against bare with a plot"] == 1.25
    assert found["kernel against pandas and seaborn alone"] == 0.94
    assert json.loads(json.dumps(found)) == found


@pytest.fixture
def short(tmp_path, monkeypatch):
    """The lesson is the set-up and the picture that is toggled: that all of 01 runs is seen elsewhere."""
    notebook = nbformat.read(students.NOTEBOOK, 4)
    wanted = "import seaborn as sns\n\nimport frenemies", 'fr.examine("E3"'
    notebook.cells = [cell for cell in notebook.cells if cell.source.startswith(wanted)]
    nbformat.write(notebook, tmp_path / "short.ipynb")
    monkeypatch.setattr(students, "NOTEBOOK", tmp_path / "short.ipynb")


@pytest.mark.slow
def test_a_student_runs_the_notebook_and_sees_the_picture_change(tmp_path, short):
    with ThreadPoolExecutor(1) as alone:  # a page of another test may have a loop here
        found = alone.submit(students.asyncio.run, students.held(1, tmp_path)).result()
    assert found["faults"] == [] and found["succeeded"] == 1
    assert 0 < found["seconds to first picture"][0] < found["seconds to the last cell"][0]
    assert found["seconds from toggle to picture"][0] > 0
