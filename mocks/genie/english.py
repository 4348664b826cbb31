"""General English: what words mean whatever the tables are about."""

from mocks.genie.words import stem, stem_set

# Words that carry no condition: a question means the same without them.
_FILLERS = """
a an the of for in on at to from with is are was were be been being do does did done has have had having there that this
these those here we us our ours i me my you your they them their theirs its it and or as please can could
would will shall
may might should must tell show list give get gets got display find provide see want need know what which who whose
whom where when how all any every so far exist exists within under among across out about just only also than then if
whole database data table tables record records row rows information info details detail value values one ones together
respective respectively currently altogether yet still already ever even currently now exactly own
whether because while during into between each per both overall such like same some name names called named say
let lets hi hello hey thanks thank kindly actually really anybody anyone somebody someone anything everything
"""
# Verbs that only tie a thing to another, or a thing to a place or a time.
_LIGHT = """
live lives lived located locate based situated kept keep keeps hold holds held make makes made take takes
took taken place
happen happens happened occur occurs occurred come comes came belong belongs belonging sit sits lie lies stand stands
contain contains include includes included comprise relate related associated linked connected involve involved go goes
went look looks fall falls fell concern concerning regarding handle handles handled deal dealt carry carried
use used uses
using run runs fetch retrieve enumerate report compute calculate determine identify break down breakdown split grouped
group summarise summarize summary overview give given hand recorded return away up off down back part
"""
KINDS = stem_set("number code id name date level amount type kind day year entry event item list")
PLACES = stem_set("state city town country county region location site place area province village district street")
FILLERS = stem_set(_FILLERS)
LIGHT = stem_set(_LIGHT)

_ALIKE = """
cost price expense
customer client buyer
employee staff worker personnel
supplier vendor
town city
purchase buy acquire
start begin commence
finish end conclude
kind type category class sort
phone telephone
bill invoice
quantity qty
manufacturer maker
rent hire
lend loan borrow
author writer
write author
birth born
deliver ship
area size
picture image photo
salary wage
income revenue turnover
reason cause
leave depart
arrive arrival
company firm business
country nation
film movie
car automobile
doctor physician
job task
site location
grade score
discount rebate
""".strip()
_CONCEPTS: dict[str, str] = {}
for _line in _ALIKE.splitlines():
    for _word in _line.split():
        _CONCEPTS.setdefault(stem(_word), stem(_line.split()[0]))

ABBREVIATIONS = {
    "wt": "weight",
    "qty": "quantity",
    "dob": "date of birth",
    "no": "number",
    "nr": "number",
    "num": "number",
    "cd": "code",
    "ts": "time",
    "amt": "amount",
    "cust": "customer",
    "dept": "department",
    "emp": "employee",
    "addr": "address",
    "desc": "description",
    "acct": "account",
    "avg": "average",
    "pct": "percent",
    "yr": "year",
    "mth": "month",
    "inv": "invoice",
    "prod": "product",
    "cat": "category",
    "vol": "volume",
    "dur": "duration",
    "min": "minutes",
    "hrs": "hours",
    "hr": "hour",
    "kg": "kilograms",
    "km": "kilometres",
    "tel": "telephone",
    "mgr": "manager",
    "org": "organisation",
    "loc": "location",
    "lat": "latitude",
    "lon": "longitude",
    "temp": "temperature",
    "max": "maximum",
    "dt": "date",
    "wo": "work order",
    "po": "order",
    "txn": "transaction",
    "trx": "transaction",
    "bal": "balance",
    "ref": "reference",
    "tech": "technician",
    "st": "state",
    "ctry": "country",
    "curr": "currency",
    "stat": "status",
    "dist": "distance",
    "spec": "specification",
}

# What a word compares: words of a column's name or comment that hold it, and whether more of it is a larger number.
_DIMENSIONS: dict[str, tuple[str, bool]] = {
    **dict.fromkeys(("expensive", "costly", "dear", "pricey"), ("price cost rate fee amount value", True)),
    **dict.fromkeys(("cheap", "inexpensive"), ("price cost rate fee amount value", False)),
    "heavy": ("weight mass kg tonnes", True),
    "light": ("weight mass kg tonnes", False),
    "long": ("length duration minutes hours days pages distance time", True),
    "short": ("length duration minutes hours days pages distance time height", False),
    **dict.fromkeys(("big", "large"), ("size area volume amount quantity capacity", True)),
    "small": ("size area volume amount quantity capacity", False),
    "tall": ("height", True),
    "high": ("height level altitude", True),
    "deep": ("depth", True),
    "wide": ("width", True),
    "fast": ("speed", True),
    "slow": ("speed", False),
    "far": ("distance", True),
    "populous": ("population", True),
    "hot": ("temperature", True),
    "cold": ("temperature", False),
}
_OLD = {"old": True, "young": False, "new": False, "recent": False, "early": True, "late": False}
_FORMS = {
    "bigger": "big", "biggest": "big", "heavier": "heavy", "heaviest": "heavy", "earlier": "early", "earliest": "early",
    "farther": "far", "farthest": "far", "pricier": "pricey", "priciest": "pricey", "costlier": "costly",
    "costliest": "costly", "latest": "late", "later": "late", "hotter": "hot", "hottest": "hot", "larger": "large",
    "largest": "large", "wider": "wide", "widest": "wide",
}  # fmt: skip
COMPARATIVE, SUPERLATIVE = "comparative", "superlative"
ANTONYMS = {
    stem(a): stem(b)
    for a, b in (
        ("open", "closed"), ("out", "returned"), ("outstanding", "paid"), ("outstanding", "settled"),
        ("pending", "completed"), ("alive", "died"), ("ongoing", "ended"), ("unfinished", "finished"),
        ("running", "ended"), ("empty", "filled"),
    )
}  # fmt: skip
TIME_UNITS = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0}
MONEY = frozenset(map(stem, ("euro", "dollar", "pound", "usd", "eur", "gbp", "cent", "chf", "yen")))
PEOPLE = stem_set("""people person persons customer customers client clients staff employee employees member members
technician doctor nurse student teacher owner driver user worker patient guest passenger player tenant agent author
""")  # fmt: skip
DEMONYMS = {
    "irish": "Ireland", "french": "France", "german": "Germany", "english": "England", "british": "United Kingdom",
    "american": "United States", "spanish": "Spain", "italian": "Italy", "swedish": "Sweden", "danish": "Denmark",
    "norwegian": "Norway", "finnish": "Finland", "dutch": "Netherlands", "belgian": "Belgium", "swiss": "Switzerland",
    "austrian": "Austria", "polish": "Poland", "czech": "Czechia", "hungarian": "Hungary", "portuguese": "Portugal",
    "greek": "Greece", "turkish": "Turkey", "russian": "Russia", "ukrainian": "Ukraine", "chinese": "China",
    "japanese": "Japan", "korean": "South Korea", "indian": "India", "iranian": "Iran", "nigerian": "Nigeria",
    "egyptian": "Egypt", "mexican": "Mexico", "brazilian": "Brazil", "chilean": "Chile", "argentinian": "Argentina",
    "canadian": "Canada", "australian": "Australia", "scottish": "Scotland", "welsh": "Wales", "kenyan": "Kenya",
    "colombian": "Colombia", "peruvian": "Peru", "vietnamese": "Vietnam", "thai": "Thailand", "israeli": "Israel",
}  # fmt: skip
_STATES = (
    "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,FL Florida,"
    "GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,"
    "MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,"
    "NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,"
    "OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,"
    "VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming"
)
US_STATES = {state[:2]: state[3:] for state in _STATES.split(",")}


def concept(word_stem: str) -> str:
    """A stem that words of the same meaning share."""
    return _CONCEPTS.get(word_stem, word_stem)


def adjective(word: str) -> tuple[str, str] | None:
    """The plain form of a comparative or superlative, and which of the two it is; nothing for other words."""
    lowered = word.lower()
    degree = {"er": COMPARATIVE, "st": SUPERLATIVE}.get(lowered[-2:])
    if degree is None:
        return None
    ending = "er" if degree == COMPARATIVE else "est"
    for plain in (_FORMS.get(lowered), lowered.removesuffix(ending), lowered.removesuffix(ending[1:])):
        if plain in _DIMENSIONS or plain in _OLD:
            return plain or "", degree
    return None


def dimension(plain: str) -> tuple[tuple[str, ...], bool] | None:
    """The words of columns that an adjective is about, likeliest first, and whether more of it is a larger number."""
    found = _DIMENSIONS.get(plain)
    return (tuple(map(stem, found[0].split())), found[1]) if found else None


def is_older(plain: str) -> bool | None:
    """Whether an adjective is about time and, if so, whether it means the earlier date."""
    return _OLD.get(plain)
