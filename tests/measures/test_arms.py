"""Arms by whatever name an actor has; who is not in the register is refused, never found to have bought nothing."""

import pandas as pd
import pytest

from frenemies.evidence import actors
from frenemies.measures import arms
from frenemies.sections import military


def test_names_and_codes_give_the_same():
    by_code = arms.arms_imports("VNM", 2018)
    assert len(by_code) > 3 and by_code.recipient.eq("VNM").all()
    for word in ("Vietnam", "viet nam", " vnm "):
        pd.testing.assert_frame_equal(arms.arms_imports(word, 2018), by_code)
    share = arms.share_of_arms_imports("VNM", "RUS", 2018)
    assert share and arms.share_of_arms_imports("Vietnam", "Russia", 2018) == share
    assert arms.share_of_arms_imports("Vietnam", "RUS", 2018) == share
    assert (
        arms.share_of_arms_exports("Russia", "Vietnam", 2018)
        == arms.share_of_arms_exports("RUS", "VNM", 2018)
        > 0
    )
    assert arms.arms_windows(["Vietnam", "IND"], [2018]).recipient.unique().tolist() == [
        "VNM",
        "IND",
    ]


SLIPS = [
    (lambda: arms.arms_imports("XXX", 2018), '"XXX" is no actor here'),
    (lambda: arms.arms_imports("Vietnm", 2018), r"Did you mean VNM \(Vietnam\)"),
    (lambda: arms.share_of_arms_imports("Rusia", "CHN", 2018), r"Did you mean RUS"),
    (lambda: arms.share_of_arms_exports("Rusia", "CHN", 2018), r"Did you mean RUS"),
    (lambda: arms.share_of_arms_exports("RUS", "Chyna", 2018), r"Did you mean CHN"),
    (lambda: arms.arms_windows(["CHN", "XXX"], [2018]), '"XXX" is no actor here'),
    (
        lambda: arms.arms_imports("EU", 2018),
        "European Union has no figures of its own .*: choose a state",
    ),
    (lambda: military.concentration("XXX", 2018), '"XXX" is no actor here'),
]


@pytest.mark.parametrize(("call", "says"), SLIPS)
def test_who_is_unknown_is_not_empty(call, says):
    with pytest.raises(actors.UnknownActor, match=says):
        call()


def test_the_last_window():
    assert arms.last_window(vintage="then") == 2018
    assert arms.last_window() == arms.last_window(vintage="since") > 2018
