"""How a figure becomes a verdict: a claim's first rule, and what its test found.

A section registers a claim's test with `@claims.tests("E4")`; `claims.evaluate` runs it,
`claims.decide` applies the rule.
"""

import lazy_loader

from heldto.claims.listed import UnknownClaim, row, rule_of
from heldto.claims.rule import UNJUDGED, VERDICTS, Rule, compare
from heldto.claims.testing import TESTS, decide, evaluate, tests
from heldto.claims.verdict import COLOURS, SIGNS, Finding, Verdict

__all__ = ["COLOURS", "SIGNS", "TESTS", "UNJUDGED", "VERDICTS", "Finding", "Rule", "UnknownClaim"]
__all__ += ["Verdict", "compare", "decide", "row", "evaluate", "tests", "rule_of"]

__getattr__ = lazy_loader.attach(__name__, ["ledger"])[0]
