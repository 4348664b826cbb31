"""Forms as browsers send them."""

from typing import Annotated, TypeVar
from urllib.parse import parse_qs

from fastapi import Depends, Request

from mocks.core.errors import InvalidParameterValue

V = TypeVar("V")
MOST_FIELDS = 1000


class Fields:
    """The fields of a form that was sent."""

    def __init__(self, body: bytes) -> None:
        try:
            self._told = parse_qs(body.decode(), errors="strict", max_num_fields=MOST_FIELDS)
        except ValueError:
            raise InvalidParameterValue("The body is not a form that a browser sends.") from None

    def one(self, name: str) -> str:
        """The field's text, or nothing."""
        return next(iter(self._told.get(name, [])), "")

    def choice(self, name: str, options: dict[str, V]) -> V:
        """What the field's value stands for.

        Raises: InvalidParameterValue
        """
        if self.one(name) not in options:
            raise InvalidParameterValue(f"'{name}' is one of {', '.join(options)}; it is '{self.one(name)}'.")
        return options[self.one(name)]

    def numbers(self, prefix: str) -> dict[str, int]:
        """The whole numbers of the fields whose names begin so, by the rest of their names.

        Raises: InvalidParameterValue
        """
        found = {}
        for name, (value, *_) in self._told.items():
            if name.startswith(prefix):
                if not value.strip().isdigit():
                    raise InvalidParameterValue(f"'{value}' is no whole number.")
                found[name.removeprefix(prefix)] = int(value)
        return found


async def _sent(request: Request) -> Fields:
    return Fields(await request.body())


Form = Annotated[Fields, Depends(_sent)]
