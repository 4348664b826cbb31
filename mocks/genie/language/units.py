"""Units of measurement: of what they are, how large, and by which other words people ask for such an amount."""

from dataclasses import dataclass

from mocks.genie.language.words import stem, stem_set, stems

TIME, DISTANCE, MASS, DATA, AREA, VOLUME, ENERGY, POWER, MONEY = (
    *("time", "distance", "mass", "data", "area", "volume", "energy", "power", "money"),
)


@dataclass(frozen=True)
class Unit:
    """Of which quantity it is, and how many of the quantity's first unit it is."""

    quantity: str
    size: float


_SIZES: dict[str, dict[str, float]] = {
    TIME: {
        "second sec secs s": 1, "minute min mins": 60, "hour hr hrs h": 3600, "day days": 86400,
        "week wk wks": 604800, "month mth mths": 2629800, "year yr yrs": 31557600, "millisecond ms msec": 0.001,
    },
    DISTANCE: {
        "metre meter m": 1, "kilometre kilometer km kms": 1000, "mile mi": 1609.344, "foot feet ft": 0.3048,
        "yard yd": 0.9144, "inch inches": 0.0254, "centimetre centimeter cm": 0.01, "millimetre millimeter mm": 0.001,
    },
    MASS: {
        "kilogram kilo kg kgs": 1, "gram gramme g": 0.001, "tonne ton t": 1000, "lb lbs": 0.45359237,
        "ounce oz": 0.028349523125, "milligram mg": 1e-6,
    },
    DATA: {"megabyte mb": 1, "gigabyte gb": 1000, "kilobyte kb": 0.001, "terabyte tb": 1e6},
    AREA: {"sqm m2": 1, "hectare ha": 10000, "acre": 4046.8564224, "sqft": 0.09290304, "km2 sqkm": 1e6},
    VOLUME: {"litre liter l": 1, "millilitre milliliter ml": 0.001, "gallon": 3.785411784, "m3": 1000},
    ENERGY: {"kwh": 1, "mwh": 1000, "gwh": 1e6, "wh": 0.001},
    POWER: {"kw kilowatt": 1, "mw megawatt": 1000, "watt w": 0.001},
    MONEY: {"euro eur": 1, "dollar usd": 1, "pound gbp": 1, "franc chf": 1, "yen": 1, "cent money": 1},
}  # fmt: skip
UNITS = {
    stem(word): Unit(quantity, size)
    for quantity, sizes in _SIZES.items()
    for words, size in sizes.items()
    for word in words.split()
}
# Units of two words, and how they are written in one.
OF_TWO = {
    stems(words): written
    for words, written in (
        *((f"square {metre}", "sqm") for metre in ("metre", "meter")),
        *((f"sq {metre}", "sqm") for metre in ("m", "metre", "meter")),
        *((f"cubic {metre}", "m3") for metre in ("metre", "meter")),
        *((f"square {foot}", "sqft") for foot in ("foot", "feet")),
        *((f"sq {foot}", "sqft") for foot in ("foot", "feet", "ft")),
        *((f"square kilo{metre}", "km2") for metre in ("metre", "meter")),
        *((f"{size}watt hour", f"{size[0]}wh") for size in ("kilo", "mega", "giga")),
    )
}
# By which words people ask for an amount of it, whatever the column is called.
_ASKED = {
    TIME: "duration length long last lasted lasting runtime",
    DISTANCE: "distance length long far mileage",
    MASS: "weight mass heavy",
    DATA: "data volume traffic",
    AREA: "area size large",
    VOLUME: "volume",
    ENERGY: "energy consumption",
}
ASKED = {quantity: stem_set(words) for quantity, words in _ASKED.items()}
# Units of time that are also periods to count by: `by month` asks for no number of months.
PERIODS = stem_set("day week month year")


def unit(words: str) -> Unit | None:
    """The unit that a word is, or that two are."""
    return UNITS.get(OF_TWO.get(stems(words), stem(words)))


def unit_among(words: str) -> Unit | None:
    """The unit that one of several words is: `tonnes lifted`."""
    return next((found for word in words.split() if (found := unit(word)) is not None), None)
