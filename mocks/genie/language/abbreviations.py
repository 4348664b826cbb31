"""Names as a warehouse shortens them, spelled out: `cust_nm` is a customer's name, `appl_dt` an application date."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from mocks.engines.embedding.english_words import is_whole, whole_words
from mocks.genie.language.words import FUNCTION_WORDS, tokens

_SHORT = """
wt weight, nm name, bkd booked, sk key, typ type, flg flag, ind indicator, rt rate, std standard, mthd method, dtm
time, tm time, rgn region, seg segment, sts status, pmt payment, pymt payment, usr user, evt event, msg message, cmt
comment, mfr manufacturer, mfg manufacturer, pos position, dob birth date, fname first name, lname last name, fn first
name, cnt count, tot total, rev revenue, appt appointment, diag diagnosis, rx prescription, lvl level, grp group, itm
item, ord order, whse warehouse, wh warehouse, disc discount, exp expiry, mth month, wk week, crs course, stu student,
sem semester, instr instructor, bldg building, rm room, veh vehicle, drv driver, pkg package, shp ship, qty quantity,
no number, nr number, num number, cd code, ts time, amt amount, cust customer, dept department, emp employee, addr
address, desc description, acct account, avg average, pct percent, yr year, inv invoice, prod product, cat category,
vol volume, dur duration, min minutes, hrs hours, hr hour, kg kilograms, km kilometres, tel telephone, mgr manager,
org organisation, loc location, lat latitude, lon longitude, temp temperature, max maximum, dt date, wo work order, po
purchase order, txn transaction, trx transaction, bal balance, ref reference, tech technician, st state, ctry country,
curr currency, stat status, dist distance, spec specification, acq acquisition, chnl channel, chan channel, prio
priority, rsn reason, jn join, lnch launch, chrn churn, trf tariff, tckt ticket, tkt ticket, agt agent, rcvd received,
rcpt receipt, shpmt shipment, dlv delivery, dlvry delivery, dlvd delivered, cmpgn campaign, camp campaign, cncl
cancelled, canc cancelled, eff effective, strt start, crtd created, upd updated, bgt budget, fcst forecast, est
estimated, proj project, disch discharged, adm admission, hosp hospital, phys physician, proc procedure, enrl
enrolment, grd grade, tchr teacher, fac faculty, prof professor, pub published, auth author, pgs pages, dlr dealer,
mdl model, clr colour, mil mileage, odo odometer, svc service, srvc service, cntr contract, ctr contract, contr
contract, sgn signed, eml email, sal salary, comm commission, tgt target, qta quota, opp opportunity, ld lead, sup
supervisor, sprv supervisor, nat nationality, gndr gender, lang language, wgt weight, hgt height, len length, wdth
width, capac capacity, cap capacity, occ occupancy, lst last, frst first, mid middle, prev previous, nxt next, dly
daily, mthly monthly, yrly yearly, ann annual, incl included, excl excluded, rqst request, req request, resp response,
rspn response, sess session, usg usage, dest destination, orig origin, arr arrival, depart departure, flt flight, pax
passengers, trip trip, rte route, stn station, trk truck, carr carrier, cont container, wrhs warehouse, whs warehouse,
bin bin, sku sku, mat material, pln plan, actl actual, cls closed, opn opened, iss issued, rslv resolved, rslvd
resolved, appr approved, rej rejected, ft feet, act actual, prem premium, pstd posted, shpd shipped, cncld cancelled,
mbr member, memb member, sub subscription, subs subscriptions, sbscr subscriber, cmnt comment, mem member, cert
certificate, lic licence, qual qualification, sched scheduled, avail available, res reservation, resv reservation, rsv
reservation, cxl cancelled, dep departure, arv arrival, hq headquarters, div division, brnch branch, cty city, prov
province, zip postcode, pcd postcode, phn phone, salut salutation, yoe experience, bday birth date, exh exhibition,
vstr visitor, pt patient, pat patient, doc document, prm premium, clm claim, pol policy, ded deductible, cov coverage,
mtg meeting, wrk work, wrkr worker, shft shift, eqp equipment, equip equipment, mach machine, mnt maintenance, maint
maintenance, insp inspection, chk check, tst test, scr score, rtg rating, rvw review, dnr donor, dntn donation, src
source, dst destination, beg beginning, fin final, gr gross, nt net, pop population, sz size, ver version, lib
library, bk book, mag magazine, hrv harvest, gme game, plyr player, ssn season, lg league, achv achievement, ach
achievement, pur purchase, purch purchase, sls sales, stck stock, inven inventory, ret return, rtn return, rfnd
refund, prom promotion, promo promotion, cpn coupon, shpg shipping, bkg booking, rntl rental, lse lease, tnt tenant,
prop property, bd bed, bth bath, flr floor, prin principal, inst instalment, ovd overdue, dlq delinquent, cr credit,
dr debit, pd paid, wrd word, wrds words, unsub unsubscribed, conv conversion
"""
ABBREVIATIONS: dict[str, str] = {}
for _pair in " ".join(_SHORT.split()).split(", "):
    ABBREVIATIONS.setdefault(*_pair.split(" ", 1))
_PART, _TELLING = 4, 3
_VOWELS = re.compile(r"(?<=.)[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")


def spelled_out(
    name: str, comment: str, elsewhere: str = "", things: Mapping[str, str] | None = None, *, of_table: bool = False
) -> str:
    """The words of a name; what a short form stands for tell its own comment, the list, then what is said elsewhere.

    Of `things` it is known what their short names stand for, so that `vsl_typ` is the type of a vessel.
    An English word is taken for a short form only as the name of a table, where that says nothing: `art` for articles.
    """
    own, others = _said(comment), _said(elsewhere)
    parts = [token.text.lower() for token in tokens(name.replace("_", " "))]
    if parts[:1] == ["est"] and parts[1:] in (["yr"], ["year"]):
        return "established year"
    listed, alone = {**ABBREVIATIONS, **(things or {})}, of_table and len(parts) == 1
    if alone and (told := _by_initials(parts[0], own)):
        return told
    return " ".join(_whole(part, own, others, listed, alone) for part in parts)


def _by_initials(short: str, own: Sequence[str]) -> str:
    """The words of a table's own comment that begin with the letters of its name: `Adverse events` for `ae`."""
    runs = (own[at : at + len(short)] for at in range(len(own) - len(short) + 1)) if 2 <= len(short) <= _TELLING else ()
    return next((" ".join(run) for run in runs if "".join(word[0] for word in run) == short), "")


def short_names(name: str, spoken: str) -> dict[str, str]:
    """What each part of the short name of a thing stands for, where it says less than the whole word."""
    parts, words = name.lower().split("_"), spoken.lower().split()
    pairs = zip(parts, words, strict=True) if len(parts) == len(words) else ()
    return {part: _one(word) for part, word in pairs if is_short_for(part, _one(word)) and not is_whole(part)}


def _one(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def is_short_for(short: str, word: str) -> bool:
    """Whether one word is an abbreviation of the other: its beginning, or its first letter and consonants."""
    if len(short) < 2 or len(word) < len(short) + 2 or short[0] != word[0]:
        return False
    rest = word.removeprefix(short)
    if len(short) >= 3 and word.startswith(short) and rest not in ("s", "es", "ed", "ing", "er"):
        return not rest.endswith(("person", "people", "man", "men"))  # a tradesperson has a trade
    return _VOWELS.search(short) is None and _is_within(short, word) and len(_bones(word)) <= len(short) + 2


def _bones(word: str) -> str:
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def _is_within(short: str, word: str) -> bool:
    letters = iter(word)
    return all(letter in letters for letter in short)


def _said(comment: str) -> list[str]:
    return [token.text.lower() for token in tokens(comment) if token.text.lower() not in FUNCTION_WORDS]


def _whole(part: str, own: Sequence[str], others: Sequence[str], listed: Mapping[str, str], of_table: bool) -> str:
    known = "id" if part == "id" else listed.get(part)
    if (part in FUNCTION_WORDS and known is None) or (part in own and is_whole(part)):
        return part
    if part in own or f"{part}s" in own or (known is not None and len(part) < 3):
        return known or part
    told = next((word for word in own if word.isalpha() and is_short_for(part, word)), None)
    short = of_table and len(part) == _TELLING
    if told or known or (part in others and not short):
        return told or known or part
    near = others if short or (len(part) >= _TELLING and not is_whole(part)) else ()
    short_for = next((word for word in near if word.isalpha() and is_short_for(part, word)), None)
    return short_for or parted(part, frozenset(others)) or _with_vowels(part) or part


def _with_vowels(part: str) -> str | None:
    """The only common word that has these consonants: `posted` for `pstd`."""
    if len(part) < _PART or not part.isalpha() or _VOWELS.search(part) is not None:
        return None
    found = _by_bones().get(part, ())
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1)
def _by_bones() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in whole_words():
        found.setdefault(_bones(word), []).append(word)
    return found


def parted(word: str, known: Collection[str]) -> str | None:
    """The words that a name runs together, such as `orderitem`; none of an English word or of one that is known."""
    if is_whole(word) or word in known or not word.isalpha():
        return None
    cuts = [(word[:at], word[at:]) for at in range(_PART, len(word) - _PART + 1)]
    found = [(one, other) for one, other in cuts if _is_word(one, known) and _is_word(other, known)]
    found = found or [(one, other) for one, other in cuts if one in known or other in known]
    if not found:
        return None
    first, second = min(found, key=lambda halves: (halves[0].endswith("s"), -len(halves[0])))
    return f"{first} {second}"


def _is_word(word: str, known: Collection[str]) -> bool:
    return word in known or is_whole(word) or is_whole(word.removesuffix("s"))
