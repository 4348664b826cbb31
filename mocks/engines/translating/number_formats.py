"""Numbers as texts by a format: `to_char`, `to_number` and `format_number` (docs: functions/to_number)."""

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from mocks.engines.warehouse.sql_error import SqlError

_FORMAT = re.compile(r"(MI|S)?(\$)?([09G,]*)(?:([.D])([09]*))?(\$)?(PR|MI|S)?", re.I)
_JAVA = re.compile(r"([^#0,.]*)([#0,]*)(?:\.([#0]*))?(.*)", re.DOTALL)


class NumberFormat(NamedTuple):
    """A format of `to_char` in its parts."""

    before: str
    dollar: bool
    whole: str
    point: bool
    fraction: str
    after: str

    @property
    def digits(self) -> int:
        """How many digits may stand before the point."""
        return len(self.whole.replace(",", ""))

    @property
    def grouped(self) -> bool:
        """Whether commas stand between the digits."""
        return "," in self.whole


@lru_cache(maxsize=256)
def number_format(text: str) -> NumberFormat:
    """The parts of a format.

    Raises: SqlError
    """
    found = _FORMAT.fullmatch(text.strip())
    if found is None or not re.search("[09]", text):
        raise SqlError("INVALID_FORMAT.UNEXPECTED_TOKEN", f"The format is invalid: '{text}'.", "42601")
    whole = (found[3] or "").upper().replace("G", ",")
    dollar = bool(found[2] or found[6])
    before, after = ((found[at] or "").upper() for at in (1, 7))
    return NumberFormat(before, dollar, whole, bool(found[4]), found[5] or "", after)


def to_char(value: Decimal, text: str) -> str:
    """The number in that format; too large a one gives hashes."""
    told = number_format(text)
    rounded = abs(value).quantize(Decimal(1).scaleb(-len(told.fraction)), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    if len(whole) > told.digits and whole != "0":
        return re.sub("[09]", "#", text)
    body = _whole("" if whole == "0" and told.digits == 0 else whole, told.whole)
    number = f"{'$' if told.dollar else ''}{body}{'.' if told.point else ''}{fraction}"
    minus = value < 0
    before = {"S": "-" if minus else "+", "MI": "-" if minus else " "}.get(told.before, "")
    after = {"S": "-" if minus else "+", "MI": "-" if minus else " "}.get(told.after, "")
    if told.after == "PR":
        return f"<{number}>" if minus else f"{number}"
    return f"{before or ('-' if minus and not after else '')}{number}{after}"


def _whole(digits: str, pattern: str) -> str:
    """The digits in their places; a leading 0 in the format fills up with zeros, a 9 with blanks."""
    found, at = [], len(digits)
    zeros = "0" in pattern
    for sign in reversed(pattern):
        if sign == ",":
            found.append("," if at > 0 or zeros else " ")
            continue
        at -= 1
        found.append(digits[at] if at >= 0 else "0" if zeros else " ")
    return "".join(reversed(found)).lstrip() if not zeros else "".join(reversed(found))


def to_number(value: str, text: str) -> Decimal | None:
    """The number that a text says in that format; nothing if it says none."""
    told = number_format(text)
    body, minus = value.strip(), False
    for sign, place in (("S", told.before), ("MI", told.before), ("S", told.after), ("MI", told.after)):
        if place == sign:
            taken = body[:1] if place is told.before else body[-1:]
            if taken in ("-", "+") and taken:
                minus = minus or taken == "-"
                body = body[1:] if place is told.before else body[:-1]
            body = body.strip()
    if told.after == "PR" and body.startswith("<") and body.endswith(">"):
        body, minus = body[1:-1], True
    if told.dollar:
        if "$" not in body:
            return None
        body = body.replace("$", "", 1)
    group = r"[0-9,]" if told.grouped else "[0-9]"
    fraction = rf"(?:\.[0-9]{{0,{len(told.fraction)}}})?" if told.point else ""
    if not re.fullmatch(f"{group}*{fraction}", body) or not re.search("[0-9]", body):
        return None
    digits = body.partition(".")[0].replace(",", "")
    if len(digits) > told.digits or ("0" in told.whole and len(digits) < len(told.whole.replace(",", "").lstrip("9"))):
        return None
    number = Decimal(body.replace(",", ""))
    return -number if minus else number


def type_of(text: str) -> str:
    """The type of `to_number` with that format: as many digits as it has places."""
    told = number_format(text)
    return f"DECIMAL({max(1, told.digits + len(told.fraction))}, {len(told.fraction)})"


def java_number(value: Decimal, pattern: str) -> str:
    """`format_number` with a pattern of Java's DecimalFormat: `#,###.00`."""
    found = _JAVA.fullmatch(pattern)
    assert found is not None
    before, whole, fraction, after = found[1], found[2], found[3] or "", found[4]
    rounded = value.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_EVEN)
    digits, _, part = f"{abs(rounded):f}".partition(".")
    least = fraction.count("0")
    while len(part) > least and part.endswith("0"):
        part = part[:-1]
    digits = digits.rjust(whole.count("0"), "0")
    if digits == "0" and "0" not in whole and part:
        digits = ""
    size = len(whole) - 1 - whole.rfind(",") if "," in whole else 0
    if size:
        head = len(digits) % size or size
        digits = ",".join([digits[:head], *(digits[at : at + size] for at in range(head, len(digits), size))])
    point = "." if part or (found[3] is not None and not fraction) else ""
    return f"{'-' if rounded < 0 else ''}{before}{digits}{point}{part}{after}"
