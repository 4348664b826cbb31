import pytest

from agent.evaluate import Report, Score, converse
from agent.scorers import behaviour


def answer(text):
    return {"output": [{"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": text}]}]}


def test_each_turn_is_asked_with_all_that_was_said_before():
    heard = []

    def ask(request):
        heard.append([item["role"] for item in request["input"]])
        return answer(f"answer {len(heard)}")

    last = converse(ask, ["one", "two"])

    assert heard == [["user"], ["user", "assistant", "user"]]
    assert last["answer"] == "answer 2"


@pytest.mark.parametrize(
    ("route", "text", "sql", "right"),
    [
        ("clarify", "Which contract do you mean?", [], True),
        ("clarify", "The fee is $0.30.", [], False),
        ("none", "The documents do not contain that.", [], True),
        ("none", "Houston.", [], False),
        ("genie", "40 contracts.", ["SELECT 1"], True),
        ("genie", "Which date do you mean?", [], False),
        ("genie", "Done.", ["DELETE FROM t"], False),
    ],
)
def test_an_answer_behaves_as_its_question_wants(route, text, sql, right):
    outputs = {"answer": text, "sql": sql, "sources": []}

    assert behaviour(outputs=outputs, expectations={"route": route, "category": "x"}) is right


def test_a_question_that_no_scorer_judged_is_wrong():
    report = Report("run", [Score("Q1", "a", {"facts": 1.0}), Score("Q2", "a", {})])

    assert report.wrong == ["Q2"]
    assert str(report).splitlines()[-1].split() == ["all", "2", "100%", "-", "-", "-", "-", "-", "50%"]
