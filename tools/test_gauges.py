"""What the gauges of `make bench` count, by sources made up for it."""

import ast

import gauges
import pytest


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('["since"] * since', 1),
        ('["since"] * (a > b)', 1),
        ('"s" * (n == 1)', 1),
        ('f"{n} more" * bool(more)', 1),
        ("rows * (name in known)", 1),
        ("cost * (not paid)", 1),
        ("a if b else []", 0),
        ("[row] * 2", 0),
        ('[""] * len(rows)', 0),
        ('" " * indent', 0),
        ("price * count", 0),
    ],
)
def test_a_condition_written_as_multiplication_is_found(source, found):
    assert len([*gauges.multiplied(ast.parse(source))]) == found


def test_tokens_are_counted_without_docstrings_comments_and_layout():
    assert gauges.tokens('"""A module."""\n\n\ndef share(a):  # of a whole\n    """It."""\n    return a\n') == 8  # fmt: skip


def test_imports_inside_functions_are_counted_once():
    source = "import a\ndef f():\n    import b\n    def g():\n        from c import d\n"
    assert gauges.imports_inside(ast.parse(source)) == 2


def test_a_circle_is_found_where_one_of_its_imports_stands_in_a_function():
    trees = {
        "a": "from b import x",
        "b": "def f():\n    from c import y",
        "c": "from a import z",
        "d": "from a import z",
    }
    found = gauges.circles({name: ast.parse(source) for name, source in trees.items()})
    assert found == [{"a", "b", "c"}]


def test_names_that_two_modules_define_are_counted_and_private_ones_are_not():
    one, two = (
        "def page(): ...\ndef _own(): ...",
        "class page: ...\ndef _own(): ...\ndef other(): ...",
    )
    assert gauges.shared_names([ast.parse(one), ast.parse(two)]) == {"page": 2}


def test_the_files_of_a_page_are_those_that_it_names():
    files = gauges.BY_HAND["exercise"]
    assert gauges.by_hand("Write it in `exercises.toml` alone.", files) == 1
    assert gauges.by_hand(" ".join(files), files) == len(files)


def test_a_file_that_a_version_writes_itself_is_not_written_by_hand(tmp_path):
    files = gauges.BY_HAND["claim"]
    ours = gauges.asked_for(gauges.house.ROOT, files)
    assert {*files} - {*ours} == {*gauges.WRITTEN} and gauges.asked_for(tmp_path, files) == files


def test_the_gauges_of_the_source_can_be_read_off_this_version():
    told = gauges.of_source(gauges.house.ROOT)
    assert {*told} < {*gauges.GOALS} and all(told.values())
