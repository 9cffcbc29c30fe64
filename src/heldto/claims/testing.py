"""The test of each claim: what Python registers, else what its measure declares; and running it."""

import inspect
from collections.abc import Callable
from dataclasses import replace

from heldto import article
from heldto.claims import shaped
from heldto.claims.listed import UnknownClaim, find_claim, rule_of
from heldto.claims.rule import Figure
from heldto.claims.verdict import UNSAID, Compared, Finding, Verdict, finding_of_fault, ruled
from heldto.errors import NotHeld, as_slip
from heldto.evidence import Vintage
from heldto.evidence.caching import cached

TESTS: article.PerArticle[Callable[..., Finding]] = article.PerArticle()
COMPARED: article.PerArticle[Compared] = article.PerArticle()


def tests(claim: str, *swap: str, note: str = "") -> Callable:
    """Decorator: this function is the test of a claim. It takes a vintage and, as keywords alone,
    the choices of other readings; it returns a Finding, and raises NotHeld.

    Where the measure exists for others it also takes each actor as a parameter, whose default is
    the claim's own: with another there what it finds is that one's figure, and no sentence is said.
    It raises Problem where the measure does not apply. swap: in whose place a yardstick puts
    others; note: what to know of their figures.
    """

    def register(function: Callable) -> Callable:
        TESTS[claim] = function
        if swap:
            COMPARED[claim] = Compared(_places(function), swap, note)
        return function

    return register


def _places(function: Callable) -> dict[str, str]:
    """{who stands there: parameter}: what a test takes by position after the vintage, of a partial
    one what is bound by name.
    """
    all_parameters = inspect.signature(getattr(function, "func", function)).parameters.values()
    by_place = [
        parameter.name
        for parameter in all_parameters
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]
    first, *parameters = inspect.signature(function).parameters.values()
    return {
        parameter.default: parameter.name for parameter in parameters if parameter.name in by_place
    }


def decides(claim: str, vintage: Vintage, /, **actors: str) -> Figure | dict[str, float]:
    """What decides a claim, by its test, with these actors in its parameters: a number, a tuple of
    numbers (one a part of the rule), or {book: number}. No sentence is made meanwhile. Raises as
    the test does.
    """
    token = UNSAID.set(True)
    try:
        finding = _test(claim)(vintage, **actors)
    finally:
        UNSAID.reset(token)
    return finding.reporters or finding.value


@cached
def loaded(claim: str) -> str:
    """The id of a claim once the tests of its section are there, those of no other. Raises
    UnknownClaim.
    """
    found = find_claim(claim)
    article.load("claims", article.section_of_notebook(found.notebook))
    return found.id


def test_of(claim: str) -> Callable[..., Finding] | None:
    """The test of a claim: that of Python, else that of its shape or documents; None for neither.
    Raises UnknownClaim.
    """
    name = loaded(claim)
    return TESTS.get(name) or shaped.test(name)


def compared_of(claim: str) -> Compared | None:
    """Whose places others can take in the test of a claim; None where nobody can."""
    name = loaded(claim)
    return COMPARED.get(name) if name in TESTS else shaped.compared_by_shape(name)


def evaluate(claim: str, vintage: Vintage, /, **options: str) -> Finding:
    """Run a claim's test: the Finding, without a value where a figure it needs is not held.

    options: what the test is given in place of its defaults, which are the claim's own rule.
    Raises UnknownClaim.
    """
    test = _test(claim)
    try:
        finding = test(vintage, **options)
    except NotHeld as lack:
        return Finding(reason=lack.sentence)
    found = find_claim(claim)
    if found.id not in TESTS:  # a shape says itself what it cannot show
        return finding
    return replace(finding, reason=shaped.with_limit(found, finding.reason))


@cached
def evaluate_or_fault(claim: str, vintage: Vintage, /, **options: str) -> Finding:
    """`evaluate`; what else it meets than a figure that is not held is the `fault` of the Finding,
    which then has no verdict. Raises nothing.
    """
    try:
        return evaluate(claim, vintage, **options)
    except Exception as fault:
        return finding_of_fault(as_slip(fault))


def _test(claim: str) -> Callable[..., Finding]:
    if test := test_of(claim):
        return test
    remedy = "write its measure, or register one in Python"
    raise UnknownClaim(f"claim {find_claim(claim).id} has no test: {remedy}")


def decide(claim: str, finding: Finding, vintage: Vintage) -> Verdict:
    """Apply a claim's rule to what its test found. Raises UnknownClaim."""
    return ruled(rule_of(claim), finding, vintage)
