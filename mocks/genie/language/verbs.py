"""Verbs and other words that tie things together, and add no condition of their own."""

from collections.abc import Sequence

from mocks.genie.language.words import plain, stem, stem_set, word_set

# To a place, to a time, or to each other.
LIGHT = stem_set("""
live lives lived located locate based situated kept keep keeps hold holds held make makes made take takes took taken
place happen happens happened occur occurs occurred come comes came belong belongs belonging sit sits lie lies stand
stands contain contains include includes included comprise relate related associated linked connected involve
involved go goes went look looks fall falls fell concern concerning regarding handle handles handled deal dealt
carry carried use used uses using run runs fetch retrieve enumerate report compute calculate determine identify
break down breakdown split grouped group summarise summarize summary overview give given hand recorded return away
up off back put puts turn turns turned turning part
apiece sorted listing print pls through via per total overall current currently ago
""")
# What people and firms do: between two things such a verb only says that these belong together.
TIES = stem_set("""
depart departs arrive arrives arrived land lands landed say said call called happen accept accepted use used uses
get gets got buy buys buying bought purchase purchases purchased purchasing order orders ordered ordering sell sells
selling sold place places placed placing assign assigned work works worked working log logs logged logging record
recorded book books booked booking enter entered submit submits submitted register registered attend attends
attended attending perform performs performed performing receive receives received receiving issue issued give gives
gave given offer offers offered provide provided serve serves served serving teach teaches taught teaching treat
treats treated treating visit visits visited make makes made send sends sent ship ships shipped rent rents rented
reserve reserved join joined enrol enroll enrols enrolls enrolled study studies studied supply supplies supplied
produce produces produced write wrote written publish published create creates created build builds built manage
manages managed managing lead leads led run runs own owns owned owning drive drives driven drove fly flies flew
flown play plays played participate participated involve report reported request requested apply applies applied
sign signed deliver delivers delivered process processed host hosts hosted operate operates operated employ employs
employed appear appears appeared roster rostered carry carries carried reach reaches reached come came coming act
acts acted plan planned look looks travel travels travelled store stored stock stocked handle reside resides seat
seats
""")
# The same of money: they ask for an amount, and are used up only where there is one.
MEASURING = stem_set("""
earn earns earned pay pays paid paying spend spends spent generate generates generated bring brings brought collect
collected charge charged bill billed contribute contributed earning cost costs
""")
# The same of other amounts: how they came about, whoever did it.
MAKING = stem_set("""
burn burned burnt consume consumed emit emitted cover covered travel travelled walk walked ride rode ridden cycle cycled
swim swam lift lifted haul hauled pump pumped eat eaten drink drunk brew brewed bake baked print printed mine mined dig
dug pick picked catch caught harvest harvested gather gathered leave left
""")
# What is done with money alone: how much of it, where nothing else is asked.
PAYING = MEASURING | stem_set("""
invoice invoiced disburse disbursed refund refunded claim claimed donate donated award awarded grant granted transfer
transferred deposit deposited reimburse reimbursed raise raised lend lent loan loaned owe owed fine fined
""")
# What is bought stands in orders, what is sold in sales.
TRADE = stem_set("buy bought purchase order sell sale sold transaction basket cart checkout")
TOWARDS = stem_set("to into towards arriving arrive arrived inbound destined reaching")
OUT_OF = stem_set("from leaving leave left out departing depart departed outbound")
GOALS = stem_set("destination dest to arrival end target recipient receiver drop dropoff delivery payee consignee")
SOURCES = stem_set("origin source from departure start sender pickup payer shipper orig dep")
# Who stands above whom in one table.
ABOVE = stem_set("""
manager supervisor boss lead leader head parent superior superordinate chief mentor trainer coach tutor instructor
guide sponsor referrer recruiter foreman predecessor reportsto
""")
UNDER = stem_set("""
report under supervised managed led subordinate child works mentored trained coached tutored guided sponsored referred
recruited headed instructed mentee trainee protege answer
""")
_AUXILIARIES = word_set("was were is are been be did do does have has had")
# Past participles without `-ed`.
PARTICIPLES = word_set("""
beaten begun bent bitten blown born bound bought broken brought built burnt burst cast caught chosen cut dealt done
drawn driven drunk eaten fallen fed felt flown forgotten found frozen given gone grown hidden held heard hurt kept
known laid learnt led left lent lost made meant met mown paid put read ridden rung risen run said seen sent set sewn
shaken shot shown shut slept sold sought sown spent spoken spread stolen struck stuck sung sunk swept sworn swum taken
taught thrown told torn understood undone withdrawn woken won worn woven written
""")
# How nouns of phrasal verbs end in the plural: `check-ins`.
PARTICLES = frozenset(("ins", "outs", "ups", "offs", "ons"))
# Other past forms of them.
_PASTS = word_set("""
took gave came went ran drove flew wrote spoke rose fell grew knew threw drew wore tore bore broke chose froze stole
began drank sang rang sank swam became blew ate saw forgot got hid rode shook showed
""")


def deeds(name: str) -> set[str]:
    """The stems of the verbs for what those in a role do: `train` for a trainer, `mentor` for a mentor."""
    doers = [word for word in name.lower().replace("_", " ").split() if stem(word) in ABOVE]
    return {stem(f"{doer}ed") for word in doers for doer in (word, word[:-2] if word.endswith(("er", "or")) else word)}


def form(word: str) -> str:
    """Whether it is a verb as in `sell` or `sold`, one as in `selling`, or a noun as in `sale`."""
    lowered = word.lower()
    if lowered.endswith("ing"):
        return "ing"
    base = stem(word) in TIES | LIGHT | MEASURING and plain(word) == stem(word)
    return "verb" if base or lowered.endswith("ed") or lowered in PARTICIPLES | _PASTS else "noun"


def is_verb(word: str) -> bool:
    """Whether it has the form of a verb, or is one of those that tie things together."""
    return is_participle(word) or stem(word) in TIES | LIGHT | MEASURING


def has_auxiliary(words: Sequence[str]) -> bool:
    """Whether an auxiliary stands between others: `writers are heads`."""
    return any(word.lower() in _AUXILIARIES for word in words[1:-1])


def is_clause(words: Sequence[str]) -> bool:
    """Whether it says what was done to something: `awards were granted`."""
    return has_auxiliary(words) and is_verb(words[-1])


def is_participle(word: str) -> bool:
    """Whether it has a form that only verbs have."""
    return word.lower() in PARTICIPLES or word.lower().endswith(("ed", "ing"))
