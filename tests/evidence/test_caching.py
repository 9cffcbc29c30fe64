"""What is remembered of a table by its cells: made once for equal cells, anew for any others."""

import pandas as pd
import pytest

from heldto import evidence
from heldto.evidence import DataError, caching

FRAME = pd.DataFrame({"actor": ["CHN", "RUS"], "value": [1.0, 2.0]}, index=[2, 3])


def counted():
    """(a function remembered by content, what it was asked in truth)."""
    asked = []

    @caching.by_content
    def rows(frame, least=0):
        asked.append(least)
        return int((frame["value"] > least).sum())

    return rows, asked


def test_equal_cells_are_looked_at_once():
    rows, asked = counted()
    assert rows(FRAME) == rows(FRAME.copy()) == 2
    assert asked == [0]
    assert rows(FRAME, 1) == 1 and asked == [0, 1]


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.assign(value=[1.0, 2.5]),
        lambda frame: frame.assign(value=[1.0, None]),
        lambda frame: frame.assign(actor=["CHN", ""]),
        lambda frame: frame.iloc[::-1],
        lambda frame: frame.head(1),
        lambda frame: frame[["value", "actor"]],
        lambda frame: frame.rename(columns={"actor": "partner"}),
        lambda frame: frame.rename({3: 4}),
        lambda frame: frame.assign(value=[1, 2]),
    ],
    ids=["cell", "blank", "empty", "order", "row", "columns", "name", "index", "type"],
)
def test_other_cells_are_looked_at_anew(change):
    assert caching.digest(change(FRAME)) != caching.digest(FRAME)


def test_what_was_refused_is_asked_again():
    @caching.by_content
    def refuse(frame):
        raise ValueError(next(reasons))

    reasons = iter("12")
    for reason in "12":
        with pytest.raises(ValueError, match=reason):
            refuse(FRAME)


def test_the_last_results_are_kept():
    memory = caching.Memory(2)
    assert [memory.result(key, lambda key=key: key * 2) for key in (1, 2, 3)] == [2, 4, 6]
    assert [*memory] == [2, 3]


def test_a_table_is_refused_when_a_table_that_it_is_linked_to_changes(data):
    """Its own file stands as it was."""
    evidence.check_table("economic/trade")
    path = data / "actors.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\nDEU,", "\nDDR,"), encoding="utf-8")
    with pytest.raises(DataError, match="trade.csv, row .* is not in actors.csv"):
        evidence.check_table("economic/trade")
    path.write_text(text, encoding="utf-8")
    assert len(evidence.check_table("economic/trade"))
