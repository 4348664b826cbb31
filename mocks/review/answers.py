"""What a reviewer answered, in the type that its question wants."""

from typing import Any

from mocks.core.errors import InvalidParameterValue
from mocks.review.wire import LabelingSchema

PASS_FAIL = "pass_fail"  # noqa: S105  # a choice between two labels that is kept as true or false


class AnswerRefused(InvalidParameterValue):
    """An answer that does not fit its question, which `name` tells."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name


def answer_to(schema: LabelingSchema, told: list[str]) -> Any:
    """The value of an answer; none if nothing was answered.

    Raises: AnswerRefused
    """
    texts = [text.strip() for text in told if text.strip()]
    if not texts:
        return None
    if schema.numeric is not None:
        return _number(schema, texts[0])
    if schema.categorical or schema.categorical_list:
        return _choice(schema, texts)
    if schema.text_list is not None:
        return _lines(schema, texts[0])
    _check_length(schema, texts[0], schema.text.max_length if schema.text else None)
    return texts[0]


def shown_answer(schema: LabelingSchema, value: Any) -> list[str]:
    """The same the other way round: what is marked or filled in on the page."""
    if value is None:
        return []
    if is_pass_fail(schema) and isinstance(value, bool) and schema.categorical:
        return [schema.categorical.options[0 if value else 1]]
    if isinstance(value, list):
        return ["\n".join(map(str, value))] if schema.text_list else list(map(str, value))
    return [f"{value:g}" if isinstance(value, float) else str(value)]


def is_pass_fail(schema: LabelingSchema) -> bool:
    """Whether the two options of a question mean true and false."""
    return bool((schema.model_extra or {}).get(PASS_FAIL))


def _choice(schema: LabelingSchema, texts: list[str]) -> Any:
    options = (schema.categorical or schema.categorical_list).options  # type: ignore[union-attr]  # one of them is set
    if foreign := [text for text in texts if text not in options]:
        raise AnswerRefused(schema.name, f"'{foreign[0]}' is none of the options of '{schema.name}'.")
    if is_pass_fail(schema):
        return texts[0] == options[0]
    return texts if schema.categorical_list else texts[0]


def _lines(schema: LabelingSchema, text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    limits = schema.text_list
    if limits and limits.max_count is not None and len(lines) > limits.max_count:
        why = f"The answer to '{schema.name}' has {len(lines)} lines, at most {limits.max_count}."
        raise AnswerRefused(schema.name, why)
    for line in lines:
        _check_length(schema, line, limits.max_length_each if limits else None)
    return lines


def _check_length(schema: LabelingSchema, text: str, limit: int | None) -> None:
    if limit is not None and len(text) > limit:
        why = f"The answer to '{schema.name}' has {len(text)} characters, at most {limit}."
        raise AnswerRefused(schema.name, why)


def _number(schema: LabelingSchema, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise AnswerRefused(schema.name, f"'{text}' is no number, which '{schema.name}' wants.") from None
    low, high = (schema.numeric.min_value, schema.numeric.max_value) if schema.numeric else (None, None)
    if not abs(value) < float("inf") or (low is not None and value < low) or (high is not None and value > high):
        raise AnswerRefused(schema.name, f"{text} is not {_between(low, high)}, as '{schema.name}' wants.")
    return value


def _between(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"between {low:g} and {high:g}"
    return f"at least {low:g}" if low is not None else f"at most {high:g}" if high is not None else "a finite number"
