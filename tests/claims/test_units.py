"""A threshold as a rule names it: with its unit, which nothing else there says."""

import pytest

from heldto.claims import units


@pytest.mark.parametrize(
    ("value", "unit", "says"),
    [
        (80000, "electric cars", "80,000 electric cars"),
        (1, "wind turbines", "1 wind turbine"),
        (0.5, "TWh", "0.5 TWh"),
        (10, "years", "10 years"),
        (3, "rank", "rank 3"),
        (5000, "USD bn", "5000 USD bn"),
        (40, "percent", "40 %"),
        (0.3, "number", "0.3"),
    ],
)
def test_a_threshold_has_its_unit(value, unit, says):
    assert units.format_level(value, unit) == says
