"""Nouns of general English that name nothing in particular: things, ways, and collections such as a fleet."""

from mocks.genie.language.words import word_set

# What any row of any table may be called.
THINGS = word_set("""
thing item piece unit object article entry one specimen case file job matter entity document element member
trip
""")
WAYS = word_set("way manner method means mode form medium channel")
# By what a column of ways is called.
OF_WAYS = word_set("method channel mode means medium route via")
# Whoever works for the house.
EMPLOYED = word_set("staff employee worker personnel workforce manpower colleague coworker payroll payrolls")
# What a collection is made of, the likeliest first.
_MADE_OF = """
fleet: vehicle, aircraft, plane, truck, lorry, van, ship, vessel, boat, bus, car, train, bike, bicycle, scooter
goods: product, article, item, merchandise, commodity, cargo, ware, sku
stuff: product, article, item, merchandise, title
ware: product, article, item, merchandise
clientele: customer, client
readership: reader, subscriber
livestock: animal, cow, cattle
herd: animal, cow, cattle
menu: dish, meal, recipe, product, item
repertoire: piece, work, song, play
assortment: product, article, item
range: product, article, item
lineup: product, model
catalogue: product, article, item, title, book, show, work, song
catalog: product, article, item, title, book, show, work, song
portfolio: product, property, project, contract, policy
collection: work, object, item, piece
"""
MADE_OF = {
    name: tuple(member.strip() for member in members.split(","))
    for name, _, members in (line.partition(":") for line in _MADE_OF.strip().splitlines())
}
# Where everything is written down or kept that the tables hold.
_RECORDS = word_set("""
system book register registry log archive directory list listing spreadsheet roster roll ledger file profile backlog
world universe overview
""")
# The house whose tables they are.
HOUSE = word_set("""
company firm organisation organization business administration enterprise house institution operation outfit shop store
workplace office fleet crew team
""")
HOLDING = _RECORDS | {"payroll"} | MADE_OF.keys() - word_set("goods stuff ware herd") | HOUSE
