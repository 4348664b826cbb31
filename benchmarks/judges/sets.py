"""The sets of pairs: `first` was written before the rules and tuned on, `second` and `third` after them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ROLES = {"u": "user", "a": "assistant", "s": "system", "t": "tool"}
# which part of a pair its good and bad variants are
VARIED = {"groundedness": "a", "correctness": "a", "sufficiency": "ctx", "summarization": "a", "equivalence": "a"}
VARIED |= {"guidelines": "ctx", "conversations": "talk", "tool_calls": "calls"}

Pair = dict[str, Any]


def pairs(of: str, kind: str) -> list[Pair]:
    """The pairs of one file of a set, each `ok` or not; groups that share a question are unfolded and numbered."""
    path = HERE / of / f"{kind}.yaml"
    if not path.exists():
        return []
    told: list[Pair] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [pair for number, group in enumerate(told) for pair in _unfolded(kind, group | {"group": number})]


def _unfolded(kind: str, group: Pair) -> Iterator[Pair]:
    if "good" not in group:
        yield group
        return
    shared = {key: value for key, value in group.items() if key not in ("good", "bad")}
    for ok in (True, False):
        for variant in group["good" if ok else "bad"]:
            yield _varied(kind, shared, variant) | {"ok": ok}


def _varied(kind: str, shared: Pair, variant: Any) -> Pair:
    if kind == "guidelines":
        asked = {"request": shared["q"]} if "q" in shared else {}
        return shared | {"ctx": asked | {"response": variant}}
    return shared | {VARIED.get(kind, "a"): variant}


def told(pair: Pair) -> str:
    """The conversation of a pair as MLflow's prompts show it: a JSON list of messages."""
    return json.dumps([{"role": ROLES.get(role, role), "content": text} for role, text in pair["talk"]])


def frustration(pair: Pair) -> str:
    """The label that is right for a conversation in which frustration is looked for."""
    return str(pair.get("label") or ("none" if pair["ok"] else "unresolved"))
