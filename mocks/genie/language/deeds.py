"""Verbs and nouns of what happens on a day: `ended`, `joiners` and `termination` speak of the same as others do."""

from collections import defaultdict
from functools import lru_cache

from mocks.genie.language.words import stem, stem_set, stems, word_set

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
# Verbs, and the nouns for what they do where these share no beginning long enough to tell.
_NOUNS = """
complain complaint; apply application; sell sale; lend loan; lose loss; fly flight; steal theft; give gift donation;
donate donation; die death; choose choice; buy purchase; pay payment; receive receipt; respond response; spend expense
spending; admit admission; submit submission; decide decision; enter entry; inquire inquiry; enquire enquiry; deliver
delivery; sign signature; use usage; marry marriage; reply reply; book booking; diagnose diagnosis; prescribe
prescription; describe description; subscribe subscription; approve approval; refuse refusal; propose proposal; treat
treatment; fail failure; arrive arrival; depart departure; renew renewal; withdraw withdrawal; dismiss dismissal;
remove removal; rent rental; analyse analysis; practise practice; advise advice; compete competition; prove proof;
produce production; reduce reduction; permit permission; transmit transmission; perceive perception; attend
attendance; perform performance; insure insurance; maintain maintenance; vary variation; verify verification; modify
modification; notify notification; certify certification; identify identification; occupy occupation; speak speech;
think thought; see sighting; win win; bear birth; grow growth; weigh weight; measure measurement; move movement;
acquire acquisition; bite bite; break breakage; store storage; pass passage; proceed procedure; invade invasion;
collide collision; divide division; extend extension; expand expansion; suspend suspension; invite invitation; cancel
cancellation; quote quotation quote; vaccinate vaccination; inspect inspection; register registration; reserve
reservation; enrol enrolment; recruit recruitment; assign assignment; appoint appointment; examine examination exam;
adopt adoption; operate operation
"""
_ALIKE = (BEGIN, END, *map(stem_set, _OTHERS.split(";")))
# What those do who have something in hand.
_CARING = stem_set("""
handle handled deal dealt look care charge responsible manage managed assign assigned process processed supervise
oversee run lead led serve
""")
_ENDINGS = word_set("""
ed ing ings s es d e er ers or ors ion ions ation ations al als ment ments ance ence ure ures y ies
""")
_SHORTEST = 4


@lru_cache(maxsize=1)
def _doings() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for verb, *nouns in (line.split() for line in _NOUNS.split(";")):
        for noun in nouns:
            found[stem(noun)].add(stem(verb))
    return found


def verbs_of(noun: str) -> set[str]:
    """The stems of the verbs for what a noun, given by its stem, tells of: `complain` for a complaint."""
    return _doings().get(noun, set())


def does(role: str, verb: str) -> bool:
    """Whether the words for a role tell of what a verb, given by its stem, says: the curator curates."""
    told = set(stems(role))
    begins = verb[: max(_SHORTEST, len(verb) - 1)]
    return any(word.startswith(begins) for word in told) or (verb in _CARING and bool(told & _CARING))


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
    lowered = word.lower().replace("licens", "licenc")
    found = {lowered, *(lowered.removesuffix(ending) for ending in _ENDINGS if lowered.endswith(ending))}
    found |= {bare[:-1] for bare in found if bare[-2:-1] == bare[-1:]}
    return {bare for bare in found if len(bare) >= _SHORTEST}
