"""Numbers as people write and say them, in digits: `five million`, `1.2k`, `two dozen`, `half an hour`."""

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
)
_SMALL = {word: n for n, word in enumerate((_UNITS + "eighteen nineteen").split())}
_TENS = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_LARGE = {
    "hundred": 100,
    "k": 1000,
    "thousand": 1000,
    "m": 10**6,
    "mn": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "billion": 10**9,
    "dozen": 12,
    "dozens": 12,
    "couple": 2,
}
_TEENS = "|".join(list(_SMALL)[10:])
_TEN = "|".join(_TENS)
_ONE = "|".join(list(_SMALL)[1:10])
COUNT = rf"\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{_ONE}|ten|eleven|twelve"
_CURRENCY = r"(?:euros?|eur|dollars?|usd|pounds?|gbp|francs?|chf|yen)"
_OF_TIME = re.compile(
    rf"\b(?!one\b)({_ONE})(?= (?:whole |full |calendar |entire )?(?:day|week|fortnight|month|quarter|year)s\b)",
    re.IGNORECASE,
)
_AND_HALF = re.compile(rf"\b({_ONE}|ten|\d+) and (a half|a quarter|three quarters)\b", re.IGNORECASE)
_HUNDRED_AND = re.compile(
    rf"(?<!between )\b(a|{_ONE}|\d) hundred and (\d\d?|{_ONE}|ten|eleven|twelve)\b"
    r"(?! (?:hundred|thousand|million|billion)|[.,]\d)",
    re.IGNORECASE,
)
_LARGE_WORDS = re.compile(
    rf"\b(a|half a|{_ONE}|ten|\d+(?:\.\d+)?) (hundred|thousand|million|billion|dozen|couple)"
    r"( thousand| million| billion)?\b(?: of(?= [a-z]+s\b))?",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"(?<![\w-])([$€£]?)(\d+(?:\.\d+)?) ?(?:(k|thousand|mn|mio|million|bn|billion|hundred)\b"
    rf"|(?:(?<=[$€£]\d)|(?<=[$€£]\d\d)|(?<=[$€£]\d\.\d)|(?=m {_CURRENCY}\b))(m)\b)",
    re.IGNORECASE,
)
_PARTS = {"half": 0.5, "a half": 0.5, "quarter": 0.25, "a quarter": 0.25, "three quarters": 0.75}
# Of how many of what an hour and the like are made, so that a part of it is a whole number.
_MADE_OF = {"minute": (60, "seconds"), "hour": (60, "minutes"), "day": (24, "hours"), "year": (12, "months")}
_PART_OF_TIME = re.compile(
    r"\b(half|a half|a quarter|three[- ]quarters)(?: of)? an? (minute|hour|day|year)\b(?! ago)", re.IGNORECASE
)
_TIME_AND_HALF = re.compile(
    rf"\b(an?|{_ONE}|\d+) (minute|hour|day|year)s? and (a half|a quarter|three quarters)\b", re.IGNORECASE
)


def in_digits(text: str) -> str:
    """The text with the numbers that are written in words in digits, but for small ones that may be no number."""
    text = _TIME_AND_HALF.sub(_time_and_half, _PART_OF_TIME.sub(_part_of_time, text))
    text = _AND_HALF.sub(_and_half, text)
    text = re.sub(rf"\b({_TEN})[ -]({_ONE})\b", _tens, text, flags=re.IGNORECASE)
    text = re.sub(rf"\b({_TEN}|{_TEENS})\b(?! {_ONE}\b)", _word, text, flags=re.IGNORECASE)
    text = _OF_TIME.sub(_word, text)
    return _LARGE_WORDS.sub(_large_word, _HUNDRED_AND.sub(_hundred_and, text))


def in_full(text: str) -> str:
    """The text with abbreviated numbers in full: `1.2k`, `5m euros`."""
    return _ABBREVIATED.sub(_large, text)


def _part_of_time(found: re.Match[str]) -> str:
    times, unit = _MADE_OF[found[2].lower()]
    return f"{_PARTS[found[1].lower().replace('-', ' ')] * times:.10g} {unit}"


def _time_and_half(found: re.Match[str]) -> str:
    times, unit = _MADE_OF[found[2].lower()]
    return f"{(_number(found[1]) + _PARTS[found[3].lower()]) * times:.10g} {unit}"


def _and_half(found: re.Match[str]) -> str:
    return f"{_number(found[1]) + _PARTS[found[2].lower()]:.10g}"


def _hundred_and(found: re.Match[str]) -> str:
    return f"{100 * _number(found[1]) + _number(found[2]):.10g}"


def _large_word(found: re.Match[str]) -> str:
    more = _LARGE[found[3].strip().lower()] if found[3] else 1
    return f"{_number(found[1]) * _LARGE[found[2].lower()] * more:.10g}"


def _number(word: str) -> float:
    said = {"a": 1.0, "an": 1.0, "half a": 0.5}
    return said.get(word.lower()) or float(_SMALL.get(word.lower(), 0) or word)


def _tens(found: re.Match[str]) -> str:
    return str(_TENS[found[1].lower()] + _SMALL[found[2].lower()])


def _word(found: re.Match[str]) -> str:
    word = found[1].lower()
    return str(_TENS.get(word, _SMALL.get(word)))


def _large(found: re.Match[str]) -> str:
    return f"{found[1]}{float(found[2]) * _LARGE[(found[3] or found[4]).lower()]:.10g}"
