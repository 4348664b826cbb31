"""`python -m benchmarks.judges`: balanced accuracy of the rule judge, of always yes, and of plain word overlap."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mocks.core.settings import Settings
from mocks.engines.embedder import Embedder
from mocks.engines.judging.fields import Fields
from mocks.engines.judging.instructed import Instructed
from mocks.engines.judging.prompts import Case
from mocks.engines.judging.rule_judge import RuleJudge

PAIRS = Path(__file__).parent / "pairs"
OVERLAP = 0.5


@dataclass(frozen=True)
class Judged:
    """One pair: its kind, what is right, what the judge says, and what the words alone say."""

    kind: str
    right: Any
    said: Any
    overlap: bool | None
    shown: str


def main() -> None:
    """Prints the table and every miss."""
    settings = Settings(Path(), "http://127.0.0.1", "", "")
    encode = Embedder(settings).encode
    by_kind: dict[str, list[Judged]] = defaultdict(list)
    for one in _judged(RuleJudge(encode), encode):
        by_kind[one.kind].append(one)
    print(f"{'kind':<46}{'pairs':>6}{'rules':>8}{'always':>8}{'overlap':>9}")
    scores = [_line(kind, judged) for kind, judged in by_kind.items()]
    print(f"{'mean':<46}{sum(map(len, by_kind.values())):>6}{sum(scores) / len(scores):>8.2f}")
    for kind, judged in by_kind.items():
        for one in (one for one in judged if one.right != one.said):
            print(f"  missed {kind}: {one.said} instead of {one.right}: {one.shown[:160]}")


def _line(kind: str, judged: list[Judged]) -> float:
    """Prints one kind, and gives the balanced accuracy of the rules."""
    rules = _balanced([(one.right, one.said) for one in judged])
    most = max({one.right for one in judged}, key=str)
    always = _balanced([(one.right, most) for one in judged])
    words = f"{_balanced([(one.right, one.overlap) for one in judged]):.2f}" if judged[0].overlap is not None else "-"
    print(f"{kind:<46}{len(judged):>6}{rules:>8.2f}{always:>8.2f}{words:>9}")
    return rules


def _balanced(pairs: list[tuple[Any, Any]]) -> float:
    """The mean over the values of how often each is found."""
    values = sorted({right for right, _ in pairs}, key=str)
    shares = []
    for value in values:
        said = [said for right, said in pairs if right == value]
        shares.append(sum(one == value for one in said) / len(said))
    return sum(shares) / len(shares)


def _judged(rules: RuleJudge, encode: Any) -> Iterator[Judged]:
    simple = {
        "correctness": lambda p: rules.correct(p["q"], p["a"], p["facts"]),
        "groundedness": lambda p: rules.grounded(p["q"], p["a"], p["ctx"]),
        "sufficiency": lambda p: rules.sufficient(p["q"], p["facts"], p["ctx"]),
        "relevance": lambda p: rules.relevant(p["q"], p["a"]),
        "chunk_relevance": lambda p: rules.passage_relevant(p["q"], p["a"]),
        "safety": lambda p: rules.harmless(p["a"]),
        "guidelines": lambda p: rules.kept(p["g"], p["ctx"]),
    }
    for kind, judge in simple.items():
        for pair in _pairs(kind):
            yield Judged(kind, pair["ok"], judge(pair).good, _overlap(pair), str(pair))
    for pair in _pairs("unseen"):
        said = simple[pair["kind"]](pair).good
        yield Judged(f"{pair['kind']} (not tuned on)", pair["ok"], said, _overlap(pair), str(pair))
    for kind, parts in _prompts():
        for pair in _pairs(kind):
            case = Case(pair.get("kind", kind), parts(pair))
            said = rules.judged(case).value
            yield Judged(case.kind, pair["ok"], said == "yes", _overlap(pair), str(pair))
    for pair in _pairs("conversations"):
        talk = json.dumps([{"role": role, "content": text} for role, text in pair["talk"]])
        told = "<guidelines>\n" + "\n".join(pair.get("g", ())) + "\n</guidelines>"
        said = rules.judged(Case(pair["kind"], {"conversation": talk}, told)).value
        yield Judged(
            pair["kind"], pair.get("label", pair.get("ok")), said if "label" in pair else said == "yes", False, talk
        )
    yield from _made(Instructed(encode, rules.entailment))


def _made(judge: Instructed) -> Iterator[Judged]:
    for pair in _pairs("make_judge"):
        shown = {"inputs": pair["in"], "outputs": pair["out"], "expectations": pair.get("exp")}
        fields = Fields(**{name: json.dumps(value) for name, value in shown.items() if value})
        value, _, _ = judge.judged(pair["i"], fields, pair["t"])
        low, high = pair.get("at_least", value), pair.get("at_most", value)
        good = value == pair["value"] if "value" in pair else low <= value <= high
        yield Judged("make_judge", True, good, None, str(pair))


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


def _pairs(name: str) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = yaml.safe_load((PAIRS / f"{name}.yaml").read_text(encoding="utf-8"))
    return told


def _overlap(pair: dict[str, Any]) -> bool:
    """Whether most words of the shorter side are in the longer one: what a judge without rules would do."""
    texts = [set(re.findall(r"\w+", str(value).lower())) for key, value in pair.items() if key not in ("ok", "kind")]
    small, large = sorted(texts, key=len)[0], set().union(*texts[1:]) if len(texts) > 1 else set()
    return bool(small) and len(small & large) >= OVERLAP * len(small)


if __name__ == "__main__":
    main()
