"""General English: what words mean whatever the tables are about."""

from mocks.genie.language.words import FUNCTION_WORDS, stem, stem_set

KINDS = stem_set("number code id ids numbers name date level amount type kind day year entry event item list")
KEYS = stem_set("id ids identifier identifiers code codes number numbers key keys")
PLACES = stem_set("state city town country county region location site place area province village district street")
FILLERS = frozenset(FUNCTION_WORDS)

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
quantity qty unit piece
manufacturer maker
rent hire
lend loan borrow
plane aircraft airplane aeroplane jet
traveller passenger traveler
earn salary payroll
vehicle car automobile
employee crew
kid child
shop store
pupil student learner
teacher instructor lecturer professor
course class
physician doctor
sickness illness disease
medicine drug medication
meal dish
flat apartment
house home
warehouse depot
shipment consignment
delay late
fault defect
ticket case
subscription plan
refund return
hotel property
guest visitor
team club
match game fixture
stadium venue
donor giver
grant award
installment instalment
manage manager
supervise supervisor
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
job task
site location
grade score
discount rebate
""".strip()
_CONCEPTS: dict[str, str] = {}
for _line in _ALIKE.splitlines():
    for _word in _line.split():
        _CONCEPTS.setdefault(stem(_word), stem(_line.split()[0]))


# What a word compares: words of a column's name or comment that hold it, and whether more of it is a larger number.
_DIMENSIONS: dict[str, tuple[str, bool]] = {
    **dict.fromkeys(
        ("expensive", "costly", "dear", "pricey"), ("price cost rate fee fare premium tariff amount value", True)
    ),
    "valuable": ("value worth price amount", True),
    **dict.fromkeys(("cheap", "inexpensive"), ("price cost rate fee fare premium tariff amount value", False)),
    "heavy": ("weight mass kg tonnes", True),
    "light": ("weight mass kg tonnes", False),
    "age": ("age", True),
    "long": ("length duration term minutes hours days pages distance time words", True),
    "short": ("length duration term minutes hours days pages distance time words height", False),
    **dict.fromkeys(("big", "large"), ("size area volume amount quantity capacity", True)),
    "small": ("size area volume amount quantity capacity", False),
    "tall": ("height", True),
    "high": ("height elevation altitude level", True),
    "deep": ("depth", True),
    "wide": ("width", True),
    **dict.fromkeys(("fast", "quick"), ("speed", True)),
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
# What holds as long as one of the others does not, the likeliest first.
_ANTONYMS = {
    "open": "closed settled completed resolved finished paid",
    "out": "returned",
    "outstanding": "paid settled closed",
    **dict.fromkeys(("owed", "owing", "due"), "paid settled"),
    "active": "ended terminated left churned cancelled closed discontinued retired resigned withdrawn departed",
    "vacant": "filled occupied assigned",
    "pending": "completed decided",
    "alive": "died",
    "hidden": "visible shown displayed public",
    "private": "public",
    "offline": "online",
    "indoor": "outdoor outdoors",
    "outdoor": "indoor indoors",
    "manual": "automatic automated",
    "domestic": "international foreign",
    "unfinished": "finished completed",
    "ongoing": "ended completed finished closed",
    "running": "ended completed finished",
    "empty": "filled",
}
ANTONYMS = {word: tuple(map(stem, others.split())) for word, others in _ANTONYMS.items()}
MONEY = frozenset(map(stem, ("money", "euro", "dollar", "pound", "usd", "eur", "gbp", "cent", "chf", "yen")))
PEOPLE = stem_set("""people person persons customer customers client clients staff employee employees member members
technician doctor nurse student teacher owner driver user worker patient guest passenger player tenant agent author
subscriber resident pupil visitor traveller reader borrower volunteer trainer coach athlete artist musician actor
journalist editor reporter curator clerk cashier manager officer buyer seller shopper citizen landlord lessee applicant
candidate lecturer professor instructor physician surgeon therapist pilot developer engineer researcher scientist farmer
grower labourer consultant lawyer attorney witness judge donor follower trainee apprentice rider renter adopter mechanic
vet veterinarian dentist singer performer speaker attendee participant contestant competitor writer painter designer
photographer dancer chef cook waiter bartender cleaner guard gardener electrician plumber carpenter architect accountant
auditor analyst midwife carer caretaker keeper ranger guide host captain skipper sailor soldier firefighter paramedic
referee umpire voter senator minister priest composer conductor director producer actress presenter moderator colleague
recruiter intern fellow graduate dean adviser advisor counsellor counselor tutor lecturer caregiver inspector agent
adjuster underwriter broker dealer courier
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
