"""Example queries with parameters: `Orders in EMEA` with `:region` also answers `Orders in APAC`, the value bound."""

import re
from dataclasses import replace

from mocks.genie.curated.examples import shape
from mocks.genie.knowledge.space import Example, Parameter, Space

_WORD = re.compile(r"[\w.$%-]+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FORMS = {"STRING": re.compile(r".+"), "DATE": _DATE, "TIMESTAMP": _DATE}


def filled_in(question: str, space: Space) -> tuple[Example, tuple[Parameter, ...]] | None:
    """The example that asks the same, and its parameters with the question's values; nothing if none does."""
    asked = _plain(question)
    for example in space.examples:
        if not example.parameters:
            continue
        values = _values(asked, example)
        if values is None and shape(question) == shape(example.question):
            values = {}
        bound = None if values is None else _bound(example.parameters, values, space)
        if bound is not None:
            return example, bound
    return None


def _values(asked: str, example: Example) -> dict[str, str] | None:
    """What stands in the question where the example's has the values of its parameters."""
    pattern = re.escape(_plain(example.question))
    for at, parameter in enumerate(example.parameters):
        if parameter.value:
            marked = re.escape(_plain(parameter.value))
            pattern = re.sub(rf"(?<!\w){re.escape(marked)}(?!\w)", f"(?P<p{at}>.+?)", pattern, count=1)
    found = re.fullmatch(pattern, asked, re.IGNORECASE)
    if found is None:
        return None
    return {example.parameters[int(name[1:])].name: value for name, value in found.groupdict().items()}


def _bound(parameters: tuple[Parameter, ...], values: dict[str, str], space: Space) -> tuple[Parameter, ...] | None:
    bound = []
    for parameter in parameters:
        value = _known(values.get(parameter.name, parameter.value), parameter, space)
        if value is None:
            return None
        bound.append(replace(parameter, value=value))
    return tuple(bound)


def _known(value: str, parameter: Parameter, space: Space) -> str | None:
    """The value as the tables spell it; nothing if it is neither theirs nor one word of the parameter's type."""
    if parameter.type != "STRING":
        return value if _FORMS.get(parameter.type, _NUMBER).fullmatch(value) else None
    known = (told for column in space.columns() for told in column.values if told.casefold() == value.casefold())
    return next(known, value if _WORD.fullmatch(value) else None)


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip("?.! ")
