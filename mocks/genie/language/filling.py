"""Words of conversation: they carry no condition, yet may be names in some space, and are names there first."""

from mocks.genie.language.words import word_set

# Dropped wherever nothing in the space is called so.
IDLE = word_set("""
simply very quite rather really truly actually basically essentially literally merely purely solely honestly frankly
obviously clearly certainly definitely absolutely specifically particularly especially precisely roughly approximately
maybe perhaps possibly probably anyway anyhow though however therefore thus hence otherwise instead too also either
again ever once whatever whichever whoever wherever whenever regardless something somehow somewhere anywhere everywhere
considering namely respectively accordingly overall altogether meanwhile moreover furthermore additionally besides
myself yourself himself herself itself ourselves yourselves themselves him her his he she oneself
okay ok yeah hmm um well please pls plz thx cheers sir madam folks guys team dear
single another but although alas indeed surely likely kinda sorta bit lot lots gladly quickly briefly shortly handy
""")
# What a flag is about, behind its name: `on-call duty`, `marketing consent`.
BEHIND_FLAGS = word_set("""
duty duties service status consent permission permit option scheme program feature flag mode access coverage cover
clearance licence license membership entitlement approval eligibility capability certification certificate setting
""")
# Said of a person before the name, or of what kind of name follows.
TITLES = word_set("""
mr mrs ms miss mx dr doctor prof professor sir madam lady lord rev reverend capt captain sgt sergeant
surname forename name named called lastname firstname
""")
# A verb that says nothing by itself, and a state where a value is called so: `D = done`.
STATES = frozenset(("done",))
