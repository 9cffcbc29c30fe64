"""How a figure becomes a verdict: a claim's rule, fixed beforehand, and what its test found."""

from frenemies.claims.rule import (  # noqa: F401
    _TESTS,
    VERDICTS,
    Finding,
    UnknownClaim,
    Verdict,
    alone,
    beside,
    decide,
    edges,
    find,
    judge,
    settings,
    test,
    text,
)
