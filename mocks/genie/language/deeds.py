"""Verbs and nouns of what happens on a day: `ended`, `joiners` and `termination` speak of the same as others do."""

from mocks.genie.language.words import stem, stem_set, word_set

BEGIN = stem_set("""
start starts started begin begins began begun beginning open opens opened opening launch launched commence commenced
commencement inaugurated inauguration onset
""")
END = stem_set("""
end ends ended ending finish finished close closes closed closing conclude concluded conclusion complete completed
completion terminate terminated termination expire expires expired expiry expiration lapse lapsed cease ceased
discontinue discontinued discontinuation
""")
_OTHERS = """
join joined joining joiner hire hired hiring start started starter employ employed employment recruit recruited
recruitment enrol enroll enrolled enrolment enrollment register registered registration admit admitted admission appoint
appointed appointment onboarded signup become became;
leave leaves left leaving leaver quit depart departed departure resign resigned resignation retire retired retirement
terminate terminated termination exit exited dismiss dismissed dismissal withdraw withdrew withdrawn withdrawal;
born birth dob;
die died death deceased;
create created creation make made build built construct constructed construction produce produced production manufacture
manufactured manufacturing found founded foundation establish established;
buy bought purchase purchased acquire acquired acquisition procure procured;
send sent ship shipped shipment shipping dispatch dispatched despatched;
pay paid payment settle settled settlement;
issue issued issuance invoice invoiced bill billed billing;
receive received receipt arrive arrived arrival deliver delivered delivery;
arrive arrives arrived arriving arrival checkin;
leave leaves left leaving depart departs departed departing departure checkout;
award awarded grant granted give given;
order ordered book booked booking request requested reserve reserved reservation;
cancel cancelled canceled cancellation revoke revoked;
remove removed removal decommission decommissioned scrap scrapped retire retired retirement withdraw withdrawn dispose
disposed disposal discontinue discontinued discontinuation;
publish published publication release released launch launched;
happen happened occur occurred occurrence;
fail failed failure break broke broken
"""
_ALIKE = (BEGIN, END, *map(stem_set, _OTHERS.split(";")))
_ENDINGS = word_set("""
ed ing ings s es d e er ers or ors ion ions ation ations al als ment ments ance ence ure ures y ies
""")
_SHORTEST = 4


def same_deed(one: str, other: str) -> bool:
    """Whether two words are forms of one verb: created and creation, joiners and joined."""
    return stem(one) == stem(other) or bool(_bare(one) & _bare(other))


def alike_deeds(one: str, other: str) -> bool:
    """Whether two words may say the same of a thing: ended and closing, hired and joined."""
    return any({stem(one), stem(other)} <= alike for alike in _ALIKE) or same_deed(one, other)


def is_deed(word: str) -> bool:
    """Whether it is a word for what happens on some day."""
    return any(stem(word) in alike for alike in _ALIKE)


def _bare(word: str) -> set[str]:
    """What may be the verb in a form of it, without its last letters."""
    lowered = word.lower()
    found = {lowered, *(lowered.removesuffix(ending) for ending in _ENDINGS if lowered.endswith(ending))}
    found |= {bare[:-1] for bare in found if bare[-2:-1] == bare[-1:]}
    return {bare for bare in found if len(bare) >= _SHORTEST}
