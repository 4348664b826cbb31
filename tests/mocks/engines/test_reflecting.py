"""What optimizers ask, and what is answered from the feedback that they show."""

import json

import pytest

from mocks.engines.reflecting.lessons import instruction, lessons
from mocks.engines.reflecting.prompts import Outcome, recognised

ADVICE = "You will be given two trajectories of an LLM-driven program's execution."
CLOSING = "\n\nRespond with the corresponding output fields, starting with the field `[[ ## discussion ## ]]`."
REWRITE = """I provided an assistant with the following instructions to perform a task for me:
```
Be brief.
```

The following are examples of different task inputs:
```
# Example 1
## score
0.0

## outputs
26 days.

## rationales
### sourced
It does not name the document.


```

Your task is to write a new instruction for the assistant."""
META = """You are an expert prompt engineer. Your task is to improve
CURRENT PROMPTS:
Prompt name: a.b.c
Template: Answer {{question}}.

EVALUATION EXAMPLES (Current Score: 0.500):
Example 1:
  Input: {"question": "x"}
  Output: 26 days.
  Expected: {}
  Score: 0.000
  Rationales:
  - sourced: It does not name the document.

PROMPT ENGINEERING BEST PRACTICES:"""


def field(name, value):
    return f"[[ ## {name} ## ]]\n{value if isinstance(value, str) else json.dumps(value)}\n\n"


def test_simba_shows_one_case_with_the_persons_verdict():
    user = field("program_inputs", {"outputs": "26 days."}) + field("oracle_metadata", {"result": "false"})
    asked = recognised(ADVICE, f"{user}{field('module_names', ['self']).rstrip()}{CLOSING}")

    assert (asked.form, list(asked.instructions)) == ("advice", ["self"])
    assert [(one.answer, one.good) for one in asked.verdicts] == [("26 days.", False)]


def test_gepa_shows_by_the_score_whether_the_person_agreed():
    example = {
        "Inputs": {"outputs": "26 days."},
        "Generated Outputs": {"result": True},
        "Feedback": "a score of False.",
    }
    user = field("current_instruction", "Judge.") + field("examples_with_feedback", [example])
    asked = recognised("", f"{user.rstrip()}\n\nRespond with a JSON object in the following order of fields.")

    assert asked.instructions == {"": "Judge."}
    assert [one.good for one in asked.verdicts] == [False]


@pytest.mark.parametrize(
    ("prompt", "form", "named"),
    [(REWRITE, "rewrite", {"": "Be brief."}), (META, "meta", {"a.b.c": "Answer {{question}}."})],
)
def test_instructions_and_outcomes_are_read_out_of_the_prompt(prompt, form, named):
    asked = recognised("", prompt)

    assert (asked.form, asked.instructions) == (form, named)
    assert asked.outcomes == [Outcome("26 days.", 0.0, {"sourced": "It does not name the document."})]


def test_an_ordinary_question_is_no_optimizers():
    assert recognised("You are an expert.", "How many days of vacation are there?") is None


@pytest.mark.parametrize(
    ("criticism", "asked"),
    [
        ("It does not name the document.", "You must name the document."),
        ("The answer lacks a date", "You must include a date."),
        ("Answers should be in French.", "Answers should be in French."),
        ("Nice try.", ""),
    ],
)
def test_criticism_becomes_an_instruction(criticism, asked):
    assert instruction(criticism) == asked


def test_only_what_went_wrong_teaches_and_nothing_that_is_known_or_about_one_case():
    told = [
        Outcome("a", 0.0, {"x": "It does not cite. It does not say “26 days”."}),
        Outcome("b", 1.0, {"x": "It does not matter."}),
    ]

    assert lessons(told, "Be brief.") == ["You must cite."]
    assert lessons(told, "You must cite.") == []
