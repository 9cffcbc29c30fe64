"""How a figure becomes a verdict: a claim's rule, fixed beforehand, and what its test found.

A section registers a claim's test with `@claims.tests("E4")`; `claims.evaluate` runs it,
`claims.decide` applies the rule.
"""

import lazy_loader

from heldto.claims.rule import UNJUDGED, VERDICTS, Rule, UnknownClaim, compare, row
from heldto.claims.verdict import COLOURS, SIGNS, TESTS, Finding, Verdict, decide, evaluate, tests

__all__ = ["COLOURS", "SIGNS", "TESTS", "UNJUDGED", "VERDICTS", "Finding", "Rule", "UnknownClaim"]
__all__ += ["Verdict", "compare", "decide", "row", "evaluate", "tests"]

__getattr__ = lazy_loader.attach(__name__, ["ledger"])[0]
