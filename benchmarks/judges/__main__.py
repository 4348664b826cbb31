"""`python -m benchmarks.judges [SET]`: balanced accuracy of the rule judge, of always yes, of plain word overlap."""

import argparse
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.judges.sets import Pair, frustration, pairs, told
from mocks.core.settings import Settings
from mocks.engines.embedding.embedder import Embedder
from mocks.engines.judging.entailment import Support
from mocks.engines.judging.fields import Fields
from mocks.engines.judging.instructed import Instructed
from mocks.engines.judging.prompts import Case
from mocks.engines.judging.rule_judge import RuleJudge

OVERLAP = 0.5
HALVES = {"study": 0, "total": 1}


@dataclass(frozen=True)
class Judged:
    """One pair: its kind, what is right, what the judge says, and what the words alone say."""

    kind: str
    right: Any
    said: Any
    overlap: bool | None
    shown: str


def main() -> None:
    """Prints the table, and the misses if asked."""
    asked = _asked()
    encode = Embedder(Settings(Path(), "http://127.0.0.1", "", "")).encode
    encode(["warm"])
    by_kind: dict[str, list[Judged]] = defaultdict(list)
    started = time.process_time()
    for one in _judged(asked, RuleJudge(encode), encode):
        by_kind[one.kind].append(one)
    spent = time.process_time() - started
    print(f"{'kind':<46}{'pairs':>6}{'rules':>8}{'always':>8}{'overlap':>9}")
    scores = [_line(kind, judged) for kind, judged in by_kind.items()]
    count = sum(map(len, by_kind.values()))
    print(f"{'mean':<46}{count:>6}{sum(scores) / len(scores):>8.2f}   least {min(scores):.2f}")
    print(f"{spent / count * 1000:.0f} ms of CPU a judgement")
    for kind, judged in by_kind.items() if asked.misses else ():
        for one in (one for one in judged if one.right != one.said):
            print(f"  missed {kind}: {one.said} instead of {one.right}: {one.shown[:400]}")


def _asked() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.judges", description=__doc__)
    reader.add_argument("set", nargs="?", default="first", choices=["first", "second", "third"])
    reader.add_argument("--half", choices=HALVES, help="every other group: one half to study, one for totals only")
    reader.add_argument("--kind", default="", help="only kinds whose name begins so")
    reader.add_argument("--misses", action="store_true", help="also print every pair that was judged wrongly")
    return reader.parse_args()


def _line(kind: str, judged: list[Judged]) -> float:
    """Prints one kind, and gives the balanced accuracy of the rules."""
    rules = _balanced([(one.right, one.said) for one in judged])
    most = max({one.right for one in judged}, key=str)
    always = _balanced([(one.right, most) for one in judged])
    words = f"{_balanced([(one.right, one.overlap) for one in judged]):.2f}" if judged[0].overlap is not None else "-"
    print(f"{kind:<46}{len(judged):>6}{rules:>8.2f}{always:>8.2f}{words:>9}")
    return rules


def _balanced(said_of: list[tuple[Any, Any]]) -> float:
    """The mean over the values of how often each is found."""
    shares: list[float] = []
    for value in sorted({right for right, _ in said_of}, key=str):
        said = [said for right, said in said_of if right == value]
        shares.append(sum(one == value for one in said) / len(said))
    return sum(shares) / len(shares)


def _judged(asked: argparse.Namespace, rules: RuleJudge, encode: Any) -> Iterator[Judged]:
    for judge in (_simple, _prompted, _conversed):
        for kind, right, said, pair in judge(asked, rules):
            yield Judged(kind, right, said, _overlap(pair), str(pair))
    yield from _made(asked, Instructed(encode, rules.entailment))


def _of(asked: argparse.Namespace, name: str) -> list[Pair]:
    found = pairs(asked.set, name)
    half = HALVES.get(asked.half)
    chosen = [pair for pair in found if half is None or pair["group"] % 2 == half]
    return [pair for pair in chosen if pair.get("kind", name).startswith(asked.kind)]


def _simple(asked: argparse.Namespace, rules: RuleJudge) -> Iterator[tuple[str, Any, Any, Pair]]:
    simple: dict[str, Callable[[Pair], Support]] = {
        "correctness": lambda p: rules.correct(p["q"], p["a"], p["facts"]),
        "groundedness": lambda p: rules.grounded(p["q"], p["a"], p["ctx"]),
        "sufficiency": lambda p: rules.sufficient(p["q"], p["facts"], p["ctx"]),
        "relevance": lambda p: rules.relevant(p["q"], p["a"]),
        "chunk_relevance": lambda p: rules.passage_relevant(p["q"], p["a"]),
        "safety": lambda p: rules.harmless(p["a"]),
        "guidelines": lambda p: rules.kept(p["g"], p["ctx"]),
    }
    for kind, judge in simple.items():
        for pair in _of(asked, kind):
            yield kind, pair["ok"], judge(pair).good, pair
    for pair in _of(asked, "unseen"):
        yield f"{pair['kind']} (not tuned on)", pair["ok"], simple[pair["kind"]](pair).good, pair


def _prompted(asked: argparse.Namespace, rules: RuleJudge) -> Iterator[tuple[str, Any, Any, Pair]]:
    for name, parts in _prompts():
        for pair in _of(asked, name):
            case = Case(pair.get("kind", name), parts(pair))
            yield case.kind, pair["ok"], rules.judged(case).value == "yes", pair


def _conversed(asked: argparse.Namespace, rules: RuleJudge) -> Iterator[tuple[str, Any, Any, Pair]]:
    for pair in _of(asked, "conversations"):
        guidelines = "<guidelines>\n" + "\n".join(pair.get("g", ())) + "\n</guidelines>"
        said = rules.judged(Case(pair["kind"], {"conversation": told(pair)}, guidelines)).value
        if pair["kind"] == "user_frustration":
            yield pair["kind"], frustration(pair), said, pair
        else:
            yield pair["kind"], pair["ok"], said == "yes", pair


def _made(asked: argparse.Namespace, judge: Instructed) -> Iterator[Judged]:
    for pair in _of(asked, "make_judge"):
        shown = {"inputs": pair["in"], "outputs": pair["out"], "expectations": pair.get("exp")}
        fields = Fields(**{name: json.dumps(value) for name, value in shown.items() if value})
        value, _, _ = judge.judged(pair["i"], fields, pair["t"])
        yield Judged("make_judge", True, _fits(value, pair), None, f"said {value}: {pair}")


def _fits(value: Any, pair: Pair) -> bool:
    if "value" in pair:
        return bool(value == pair["value"])
    return bool(pair.get("at_least", value) <= value <= pair.get("at_most", value))


def _prompts() -> Any:
    return (
        ("completeness", lambda p: {"question": p["q"], "answer": p["a"]}),
        ("fluency", lambda p: {"outputs": json.dumps(p["a"])}),
        ("summarization", lambda p: {"document": p["d"], "summary": p["a"]}),
        ("equivalence", lambda p: {"actual_output": p["a"], "expected_output": p["b"]}),
        (
            "tool_calls",
            lambda p: {
                "request": p["q"],
                "available_tools": p["tools"],
                "tools_called": p["calls"],
                "expected_tool_calls": p.get("expected", ""),
            },
        ),
    )


def _overlap(pair: Pair) -> bool:
    """Whether most words of the shorter side are in the longer one: what a judge without rules would do."""
    skipped = ("ok", "kind", "group", "label")
    texts = [set(re.findall(r"\w+", str(value).lower())) for key, value in pair.items() if key not in skipped]
    small, large = sorted(texts, key=len)[0], set().union(*texts[1:]) if len(texts) > 1 else set()
    return bool(small) and len(small & large) >= OVERLAP * len(small)


if __name__ == "__main__":
    main()
