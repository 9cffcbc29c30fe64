"""Which keys a `claims.toml` may hold, and which kind of value each has. docs/how-to/claim.md says
what each is for.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from heldto.claims.rule import AROUND, COMPARISONS, STILL, VARIED
from heldto.errors import TextError
from heldto.text.language import instead

Table = Mapping[str, Any]  # of TOML

NEVER = "never"  # in the place of a threshold that nothing reaches
KINDS = ("descriptive", "causal", "intention", "forecast")
VOICES = ("author", "reported", "quoted")  # whose claim it is
CAPPED = KINDS[1:]  # no table can show these: partly at best
COMPARED_BY = (*COMPARISONS, STILL, *AROUND, "each_at_least")

OF_CLAIM: dict[str, type] = {
    "says": str,
    "kind": str,
    "voice": str,
    "paragraph": int,
    "standing": bool,
    "due": int,
    "actors": list,
    "proxy": str,
    "differs": str,
    "would_decide": str,
    "cannot": str,
    "measure": dict,
    "rule": dict,
    "readings": dict,
    "readings_added": str,
    "sentences": dict,
    "draw": dict,
}
ALONE = ("paragraph", "standing", "proxy", "differs", "would_decide", "cannot")  # told, no more
OF_MEASURE: dict[str, type] = {  # beside the arguments of its shape
    "shape": str,
    "table": str,
    "what": str,
    "unit": str,
    "parts": list,
    "tables": list,
    "books": dict,
    "compare": list,
}
OF_RULE: dict[str, type] = {
    **dict.fromkeys((*COMPARED_BY, "within", "partly", *VARIED, "target"), float),
    "coded": bool,
    "cap": str,
    "levels": dict,
    "documents": dict,
    "words": str,
    "otherwise": str,
    "why": str,
}
OF_OPTION: dict[str, type] = {
    "own": bool,
    "alone": bool,
    "label": str,
    "why": str,
    "added": str,
    "coded": bool,
    **dict.fromkeys((*COMPARED_BY, "holds", "partly"), float),
}
OF_DRAWN: dict[str, type] = {  # the line that a reader draws before it is shown
    "title": str,
    "unit": str,
    "first": int,
    "known": int,
    "bottom": float,
    "top": float,
    "step": float,
}
REMEDIES = {
    str: 'write it in "quotes"',
    int: "write a whole number, without quotes",
    float: "write a number, without quotes",
    bool: "write true or false",
    list: 'write a list, as in ["A", "B"]',
    dict: "write a table, { key = value }",
}


def check_keys(
    where: str, table: Table, kinds: Mapping[str, type], more: Iterable[str] = ()
) -> None:
    """Raises TextError for a key that nobody reads, or a value of another kind.

    where: file and key, as the message begins; more: keys whose values are looked at elsewhere.
    """
    for key, value in table.items():
        if key in kinds:
            if not _is_of(kinds[key], value):
                remedy = REMEDIES[kinds[key]]
                raise TextError(f'{where}, {key}: "{value}" is not allowed here: {remedy}')
        elif key not in more:
            hint = instead(key, [*kinds, *more])
            raise TextError(f'{where}: nothing reads the key "{key}". {hint}')


def _is_of(kind: type, value: Any) -> bool:
    if isinstance(value, bool):  # which Python counts among the numbers
        return kind is bool
    if kind is float:
        return value == NEVER or isinstance(value, (int, float))
    return isinstance(value, kind)
