"""Numbers with their units, dates and times of day, brought to one scale so that they can be compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {word: number for number, word in enumerate(_ONES)} | {word: 10 * at for at, word in enumerate(_TENS, 2)}
NUMBERS |= {"dozen": 12, "once": 1, "twice": 2, "thrice": 3}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
}
_UNITS: dict[str, tuple[str, float]] = {}
for _dimension, _told in {
    "time": "second:1 sec:1 minute:60 min:60 hour:3600 hr:3600 h:3600 day:86400 week:604800 fortnight:1209600",
    "months": "month:1 quarter:3 year:12 yr:12 decade:120 century:1200",
    "length": "mm:.001 millimetre:.001 millimeter:.001 cm:.01 centimetre:.01 centimeter:.01 m:1 metre:1 meter:1 km:1000 "
    "kilometre:1000 kilometer:1000 inch:.0254 foot:.3048 feet:.3048 ft:.3048 yard:.9144 mile:1609.344",
    "mass": "mg:.000001 milligram:.000001 g:.001 gram:.001 kg:1 kilogram:1 kilo:1 tonne:1000 ton:1000 lb:.45359237 "
    "pound:.45359237 ounce:.0283495 oz:.0283495",
    "area": "hectare:10000 ha:10000 acre:4046.86 m²:1 sqm:1",
    "volume": "m³:1000 pint:.47318 tbsp:.0148 tablespoon:.0148 tsp:.00493 teaspoon:.00493 ml:.001 millilitre:.001 milliliter:.001 cl:.01 dl:.1 l:1 litre:1 liter:1 gallon:3.785 cup:.2366",
    "bytes": "byte:1 kb:1e3 mb:1e6 gb:1e9 tb:1e12 kilobyte:1e3 megabyte:1e6 gigabyte:1e9 terabyte:1e12",
    "share": "percent:1 %:1",
    "usd": "dollar:1 usd:1 cent:.01",
    "eur": "euro:1 eur:1",
    "gbp": "gbp:1 sterling:1",
    "chf": "chf:1 franc:1",
    "jpy": "jpy:1 yen:1",
    "inr": "inr:1 rupee:1",
    "power": "w:1 watt:1 kw:1e3 kilowatt:1e3 mw:1e6 megawatt:1e6",
    "speed": "mph:.44704 km/h:.277778 kph:.277778",
}.items():
    for _pair in _told.split():
        _name, _, _factor = _pair.partition(":")
        _UNITS[_name] = (_dimension, float(_factor))
_CURRENCY = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₹": "inr"}
_MONTHS = {
    name[:3]: at
    for at, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DATES = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>\d{{4}}))?\b", re.I),
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?(?!\d)\b", re.I),
    re.compile(r"\b(?P<year>\d{4})[-/](?P<month>\d{2})[-/](?P<day>\d{2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})\b"),
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\b\.?)|\b(?P<hour24>\d{1,2}):(?P<minute24>\d{2})\b",
    re.I,
)
_COUNT = r"(\d+|" + "|".join(_ONES[1:13]) + ")"
_PARTS = (
    (r"\bper cent\b", "percent"),
    (r"\bkilomet(?:er|re)s? (?:per|an) hour\b", "km/h"),
    (r"\bmiles (?:per|an) hour\b", "mph"),
    (r"\b(USD|US\$) ?(?=\d)", "$"),
    (r"\bEUR ?(?=\d)", "€"),
    (r"\bGBP ?(?=\d)", "£"),
    (r"\bJPY ?(?=\d)", "¥"),
    (r"\bCHF ?(\d[\d,.]*\d|\d)", r"\1 francs"),
    (r"\bcubic met(?:er|re)s?\b|\bm3\b", "m³"),
    (r"\bsquare met(?:er|re)s?\b|\bm2\b", "m²"),
    (r"(?<=\d) ?[x×] (?=[A-Za-z])", " "),
    (rf"\bhalf past {_COUNT}\b", r"\1:30"),
    (rf"\b(?:a )?quarter past {_COUNT}\b", r"\1:15"),
    (rf"\b{_COUNT} o['’]clock\b", r"\1:00"),
    (r"\bnoon\b|\bmidday\b", "12:00"),
    (r"\bmidnight\b", "0:00"),
    (r"\b(?:one|an?) (hour|year|day|month|mile|week|million) and a half\b", r"1.5 \1"),
    (rf"\b{_COUNT} and a half\b", r"\1.5"),
    (r"\bthree[- ]quarters of an hour\b", "45 minutes"),
    (r"\b(?:a )?quarter of an hour\b", "15 minutes"),
    (r"\bhalf an? (hour|year|day|dozen|mile|million|kilo\w*|lit(?:er|re)|percent|pound|point)\b", r"0.5 \1"),
    (r"\bthree[- ]quarters\b", "75 %"),
    (r"\btwo[- ]thirds\b", "66.67 %"),
    (r"\b(?:one|a)[- ]third\b", "33.33 %"),
    (r"\b(?:(?<=by )|(?<=to )|(?<=only ))(?:a|one)[- ]quarter\b|\b(?:a|one)[- ]quarter of\b", "25 % of"),
    (r"\bhalf of\b|\bby half\b|\bhalf (?=the |its |their |that )|\bone half\b", "50 % of "),
    (r"\ban? (?=(?:tea|table)spoon|cup of|kilo|lit(?:er|re)\b|gallon|pint|dozen)", "1 "),
    (r"\ba fortnight\b", "14 days"),
    (r"\ba couple of\b", "2"),
    (r"\b(?:a|one) (hundred|thousand|million|billion)\b", r"1 \1"),
)
_HALF = tuple((re.compile(pattern, re.I), meant) for pattern, meant in _PARTS)
_SPELLED = re.compile(
    rf"\b(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))})(?:[- ](?:{'|'.join(_ONES[1:10])}))?\b", re.I
)
_NUMBER = re.compile(
    r"(?P<currency>[$€£¥₹])?\s?(?<![\w.])(?P<number>-?\d[\d,]*(?:\.\d+)?)(?:\s?(?P<scale>hundred|thousand|million|billion|trillion|bn|mn|k|m)\b)?"
    r"\s?-?(?P<unit>°\s?[CF]\b|degrees? (?:celsius|fahrenheit)|km/h|%|m[²³]|[a-zA-Z]+)?",
    re.I,
)
_IDENTIFIER = re.compile(r"\b[A-Za-z]{1,6}-?\d+[\w-]*\b|\b\d+-[A-Za-z]+\b")
_NO_NOUN = re.compile(
    r"(?:degree|and\b|or\b|to\b|for\b|of\b|the\b|per\b|is\b|are\b|was\b|were\b|but\b|in\b|on\b|by\b|with\b)", re.I
)
_EXACT, _CLOSE, _CONVERTED = 1e-6, 0.005, 0.02  # amounts in another unit are rounded
_COUNTED = frozenset({"", "date", "clock"})


@dataclass(frozen=True)
class Quantity:
    """A number on the scale of its dimension; `text` is how it was written."""

    value: float
    dimension: str
    text: str
    noun: str = ""  # what a number without a unit counts
    other: float | None = None  # 2/3/2025 may be in March or in February

    def equals(self, other: "Quantity") -> bool:
        """Whether both say the same amount; a bare number goes with any unit, months go with days nearly."""
        one, another = self, other
        if {one.dimension, another.dimension} == {"time", "months"}:
            days = {"time": 1 / 86400, "months": 30.4375}
            return _near(one.value * days[one.dimension], another.value * days[another.dimension], 0.04)
        if one.dimension == another.dimension:
            share = _EXACT if one.dimension in _COUNTED else _CLOSE if one.unit == another.unit else _CONVERTED
            return any(_near(mine, its, share) for mine in one.readings for its in another.readings)
        bare, other_one = (one, another) if not one.dimension else (another, one)
        if not bare.dimension and not (bare.noun and other_one.dimension):
            return _near(bare.written, other_one.written, _EXACT)
        return False

    @property
    def readings(self) -> list[float]:
        """The values that it may have."""
        return [self.value] if self.other is None else [self.value, self.other]

    @property
    def unit(self) -> str:
        """The unit as it stands in the text."""
        return re.sub(r"[\d.,\s-]", "", self.text).lower().removesuffix("s")

    @property
    def written(self) -> float:
        """The number as it stands in the text."""
        digits = re.search(r"-?\d[\d,]*(?:\.\d+)?", self.text)
        return float(digits[0].replace(",", "")) if digits else self.value


def _near(one: float, other: float, share: float = _CLOSE) -> bool:
    return abs(one - other) <= share * max(abs(one), abs(other), 1e-9)


def spelled_out(text: str) -> str:
    """The text with number words as digits."""
    for pattern, meant in _HALF:
        text = pattern.sub(meant, text)
    return _SPELLED.sub(_digits, text)


def _digits(found: re.Match[str]) -> str:
    parts = re.split(r"[- ]", found[0].lower())
    total = sum(NUMBERS[part] for part in parts)
    repeated = " times" if parts[0] in ("once", "twice", "thrice") else ""
    return f"{total}{repeated}"


def quantities(text: str) -> list[Quantity]:
    """All quantities of a text, in their order; identifiers like AB-12 are none."""
    return [quantity for quantity, _ in _found(spelled_out(text))]


def without_quantities(text: str) -> str:
    """The text with the quantities cut out."""
    text = spelled_out(text)
    spans = {span for _, span in _found(text)}
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _found(text: str) -> Iterator[tuple[Quantity, tuple[int, int]]]:
    taken: list[tuple[int, int]] = [found.span() for found in _IDENTIFIER.finditer(text) if not _is_amount(found[0])]
    for pattern in _DATES:
        for found in pattern.finditer(text):
            if _free(found.span(), taken):
                taken.append(found.span())
                yield from ((quantity, found.span()) for quantity in _date(found))
    for found in _CLOCK.finditer(text):
        if _free(found.span(), taken):
            taken.append(found.span())
            yield Quantity(_minutes(found), "clock", found[0]), found.span()
    for found in _NUMBER.finditer(text):
        if _free(found.span("number"), taken):
            quantity, end = _amount(found)
            yield quantity, (found.start(), end)


def _is_amount(text: str) -> bool:
    """`30-day` and `5ml` are amounts, `AB-12` and `P9` are names."""
    found = re.fullmatch(r"(\d+)-?([A-Za-z]+)", text)
    return bool(found and _unit(found[2]))


def _free(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return all(span[1] <= start or span[0] >= end for start, end in taken)


def _date(found: re.Match[str]) -> Iterator[Quantity]:
    month = found["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS[month[:3]]
    day = int(found["day"])
    if number > 12:
        number, day = day, number
    either = day * 100 + number if month.isdigit() and found.re is _DATES[-1] and day <= 12 else None
    yield Quantity(number * 100 + day, "date", found[0], other=either)
    if found["year"]:
        yield Quantity(int(found["year"]), "", found["year"])


def _minutes(found: re.Match[str]) -> float:
    if found["hour24"]:
        return int(found["hour24"]) * 60 + int(found["minute24"])
    hour = int(found["hour"]) % 12 + (12 if found["half"].lower().startswith("p") else 0)
    return hour * 60 + int(found["minute"] or 0)


def _amount(found: re.Match[str]) -> tuple[Quantity, int]:
    value = float(found["number"].replace(",", ""))
    scale, unit, end = found["scale"], found["unit"] or "", found.end()
    if scale and scale.lower() == "m" and not found["currency"]:  # 25 m is a length
        scale, unit, end = None, "m", found.end("scale")
    value *= _SCALES.get((scale or "").lower(), 1)
    if found["currency"]:
        end = found.end("scale") if scale else found.end("number")
        return Quantity(value, _CURRENCY[found["currency"]], found[0]), end
    if degrees := re.match(r"(?:°\s?|degrees? )([cf])", unit, re.I):
        celsius = value if degrees[1].lower() == "c" else (value - 32) / 1.8
        return Quantity(celsius + 273.15, "temperature", found[0]), end
    known = _unit(unit)
    if known is None:
        noun = unit.lower() if len(unit) > 2 and not _NO_NOUN.match(unit) else ""
        return Quantity(value, "", found["number"], noun), found.end("scale") if scale else found.end("number")
    return Quantity(value * known[1], known[0], found[0]), end


def _unit(name: str) -> tuple[str, float] | None:
    name = name.lower()
    return _UNITS.get(name) or _UNITS.get(name.removesuffix("s")) or _UNITS.get(name.removesuffix("es"))
