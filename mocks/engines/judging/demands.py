"""What a guideline demands of the words of an answer: to say something, to name several things, to be simple, warm, or plain."""

import re
from collections.abc import Callable, Mapping

from mocks.engines.judging import wording
from mocks.engines.judging.entailment import Support
from mocks.engines.judging.quantities import quantities
from mocks.engines.judging.statements import sentences, statement

_SAYS = re.compile(
    r"\b(?:mention|state|say|inform|tell|note|point out|remind|clarify|make clear|indicate|warn|disclose|add|include)\w*\b(?: (?:to )?(?:the )?(?:users?|customers?|them|readers?))?"
    r"(?: (?:a|the) (?:note|sentence|disclaimer|statement|warning|reminder))?(?: saying| stating)?,? that (?P<what>.+)",
    re.I,
)
_NAMES = re.compile(
    r"\b(?:mention|include|contain|state|provide|give|name|specify|list|have|quote)s?\b (?P<both>both |all of |each of )?(?P<what>[^.;:]+)",
    re.I,
)
_LIST = re.compile(r",\s*(?:and\s+|as well as\s+)?|\s+and\s+(?:also\s+)?|\s+as well as\s+", re.I)
_ARTICLE = re.compile(
    r"^(?:the|an?|its|their|his|her|our|your|user's|customer's|any|relevant|exact|correct|at least one)\s+", re.I
)
_BRACKETED = re.compile(r"\b(?:every|each|all)\b.*\b(?:source|citation|reference|cite[sd]?|bracket)", re.I)
_SIMPLE = re.compile(
    r"\bjargon\b|\btechnical (?:terms|language)\b|\b(?:simple|plain|easy|everyday) (?:words?|language|english|terms)\b|\b(?:child|layperson|beginner|non-?expert|five[- ]year)|\beasy to understand\b",
    re.I,
)
_EMPATHY = re.compile(
    r"\bempath\w*|\bsympath\w*|\bcompassion\w*|\bunderstanding tone\b|\backnowledge\b.*\b(?:feeling|frustration|concern|inconvenience|problem)",
    re.I,
)
_WARM = re.compile(
    r"\b(?:sorry|apologi\w*|i (?:can )?(?:understand|imagine|see|know)\b[^.!?]*\b(?:frustrat\w*|upset\w*|difficult|hard|annoy\w*|stress\w*|disappoint\w*|feel\w*|how|worr\w*|must)|"
    r"(?:that|this) (?:must|sounds|is)\b[^.!?]*\b(?:frustrat\w*|upset\w*|difficult|hard|annoy\w*|stress\w*|disappoint\w*|awful|terrible)|understand your|we care|feel for you)\b",
    re.I,
)
_CONTRACTED = re.compile(
    r"\b\w+(?:n['’]t|['’](?:re|ve|ll|d|m))\b|\b(?:it|that|there|what|who|he|she|let|here)['’]s\b", re.I
)
_OPINION = re.compile(
    r"\b(?:i (?:think|believe|feel|prefer|love|hate|guess)|in my (?:opinion|view)|personally|my favou?rite|obviously|frankly|honestly)\b",
    re.I,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|possibly|perhaps|probably|likely|seems?|appears?|not (?:sure|certain)|uncertain|roughly|approximately|it depends|as far as)\b",
    re.I,
)
_CLOSING = re.compile(
    r"\b(?:(?:kind|best|warm) (?:regards|wishes)|regards,|sincerely|yours (?:truly|faithfully)|cheers,|all the best|the \w+ team)\b",
    re.I,
)
_DISCLAIMER = re.compile(
    r"\b(?:not (?:intended as |a substitute for |constitute |to be taken as )?(?:\w+ )?(?:legal|medical|financial|professional|investment|tax) advice|informational purposes|disclaimer|consult (?:a|your|an)|does not replace)\b",
    re.I,
)
_EXAMPLE = re.compile(r"\b(?:for example|for instance|e\.g\.|such as|example:|imagine|say you|suppose|let's say)", re.I)
_PASSIVE_VOICE = re.compile(r"\b(?:is|are|was|were|been|being|be) (?:\w+ly )?\w+(?:ed|en)\b", re.I)
_EXCITED = re.compile(
    r"!|\b(?:great|wonderful|fantastic|exciting|excited|love|amazing|delighted|happy|glad|pleasure|congratulations|awesome)\b",
    re.I,
)
_ADDRESS = re.compile(
    r"\b\d+[a-z]? (?:[A-Z]\w+ )+(?:street|st|road|rd|avenue|ave|lane|ln|square|drive|way|place|boulevard|blvd|court)\b|\b[A-Z]\w+(?:straße|strasse|gasse|weg|platz) \d+|\b(?:street|road|avenue|lane|square|drive)\b",
    re.I,
)
_LONG_WORD, _MOST_LONG, _MOST_ACRONYMS = 9, 0.22, 1

_FACTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (r"\b(?:opening|business|office|working) hours\b|\bopening times?\b", lambda text: len(quantities(text)) >= 2 or bool(re.search(r"\bopen\b.*\d|24/7|around the clock", text, re.I))),
    (r"\baddress\b(?! (?:the|each|all|every|user|customer))(?<!e-mail address)(?<!email address)", lambda text: bool(_ADDRESS.search(text))),
    (r"\b(?:tele)?phone(?: number)?\b", lambda text: bool(re.search(r"\+?\d[\d ()/-]{5,}\d", text))),
    (r"\be-?mail(?: address)?\b", lambda text: bool(re.search(r"[\w.+-]+@[\w-]+\.\w+", text))),
    (r"\b(?:price|cost|fee|amount)s?\b", lambda text: any(q.dimension in ("usd", "eur", "gbp", "chf", "jpy", "inr") for q in quantities(text)) or "free" in text.lower()),
    (r"\b(?:date|deadline|due date)s?\b", lambda text: any(q.dimension == "date" for q in quantities(text)) or bool(re.search(r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|today)\b", text, re.I))),
    (r"\b(?:order|ticket|case|reference|tracking|invoice|account|booking|confirmation) (?:number|id|no)\b", lambda text: bool(re.search(r"\b(?=[\w-]*\d)[\w-]{3,}\b", text))),
    (r"\blinks?\b|\burls?\b|\bwebsite\b", lambda text: bool(re.search(r"https?://|www\.|\b\w+\.(?:com|org|net|io|de|eu|gov)\b", text))),
    (r"\bexamples?\b", lambda text: bool(_EXAMPLE.search(text))),
    (r"\b(?:name of the|user's name|customer's name|their name)\b", lambda text: bool(re.search(r"(?<!^)\b[A-Z][a-z]+\b", text))),
)  # fmt: skip
_PLAIN: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"\bcontractions?\b", re.I), lambda text: bool(_CONTRACTED.search(text))),
    (re.compile(r"\b(?:personal )?opinions?\b|\bsubjective\b|\bspeculat\w*", re.I), lambda text: bool(_OPINION.search(text))),
    (re.compile(r"\bhedg\w*|\bexpress uncertainty\b|\buncertain(?:ty)?\b", re.I), lambda text: bool(_HEDGE.search(text))),
    (re.compile(r"\bsign[- ]?off\b|\bclosing (?:phrase|line|formula)\b|\bsignature\b|\bregards\b", re.I), lambda text: bool(_CLOSING.search(text))),
    (re.compile(r"\bdisclaimer\b", re.I), lambda text: bool(_DISCLAIMER.search(text))),
    (re.compile(r"\bpassive voice\b", re.I), lambda text: bool(_PASSIVE_VOICE.search(text))),
    (re.compile(r"\benthusias\w*|\bupbeat\b|\bcheerful\b|\bexcite\w*", re.I), lambda text: bool(_EXCITED.search(text))),
    (re.compile(r"\bsecond person\b|\baddress\w* the (?:user|customer|reader) (?:directly|as you)", re.I), lambda text: bool(re.search(r"\byou(?:r|rs|rself)?\b", text, re.I))),
    (re.compile(r"\bfirst[- ]person plural\b|\buse ['\"]?we['\"]?\b", re.I), lambda text: bool(re.search(r"\b(?:we|our|us)\b", text, re.I))),
    (re.compile(r"\bgreet\w*|\bsalutation\b", re.I), lambda text: bool(re.match(r"\W*(?:hello|hi|hey|dear|good (?:morning|day|afternoon|evening)|greetings|welcome)\b", text, re.I))),
    (re.compile(r"\bexamples?\b", re.I), lambda text: bool(_EXAMPLE.search(text))),
    (re.compile(r"\b(?:at least one|with an?|a (?:clarifying|follow-?up)) question\b", re.I), lambda text: "?" in text),
    (re.compile(r"\bhashtags?\b", re.I), lambda text: bool(re.search(r"(?<!\w)#\w", text))),
)  # fmt: skip


def demanded(rule: str, answer: str, context: Mapping[str, str], *, negative: bool) -> Support | None:
    """Whether an answer does what the rule demands of its words; none if the rule demands nothing of the kind."""
    for check in (_each_cited, _said, _named) if not negative else ():
        if (verdict := check(rule, answer)) is not None:
            return verdict
    return _toned(rule, answer, context, negative=negative)


def _toned(rule: str, answer: str, context: Mapping[str, str], *, negative: bool) -> Support | None:
    if _EMPATHY.search(rule) and not negative:
        return Support(bool(_WARM.search(answer)), _shown(answer))
    if _SIMPLE.search(rule):
        return _simple(answer)
    for pattern, there in _PLAIN:
        if found := pattern.search(rule):
            avoided = negative or bool(
                re.search(r"\b(?:no|without|avoid\w*|free of)\b[^.;]*$", rule[: found.start()], re.I)
            )
            return Support(there(answer) != avoided, _shown(answer))
    if re.search(r"\b(?:user|customer)(?:'s|’s)? (?:first )?name\b|\bby (?:their )?(?:first )?name\b", rule, re.I):
        return _by_name(answer, context, negative)
    return None


def _each_cited(rule: str, answer: str) -> Support | None:
    if not _BRACKETED.search(rule):
        return None
    cited = [bool(re.search(r"\[[^\]]+\]|\([^()]*\w[^()]*\)", part)) for part in sentences(answer)]
    return Support(bool(cited) and all(cited), f"{sum(cited)} of {len(cited)} sentences name a source")


def _said(rule: str, answer: str) -> Support | None:
    """`The response must say that prices exclude VAT.`"""
    found = _SAYS.search(rule)
    wanted = statement(found["what"]).roots if found else ()
    if not found or not wanted:
        return None
    told = statement(answer)
    held = [root for root in wanted if any(wording.same(root, other) for other in told.roots)]
    there = [q.equals(o) for q in statement(found["what"]).quantities for o in told.quantities]
    good = len(held) >= 0.6 * len(wanted) and (not statement(found["what"]).quantities or any(there))
    return Support(good, f"“{found['what'].strip()}” {'is' if good else 'is not'} said in {_shown(answer)}")


def _named(rule: str, answer: str) -> Support | None:
    """`The response must mention both the price and the delivery time.`"""
    found = _NAMES.search(rule)
    if not found:
        return None
    things = [_ARTICLE.sub("", one.strip()) for one in _LIST.split(found["what"]) if one.strip()]
    known = [check for thing in things for pattern, check in _FACTS if re.search(pattern, thing, re.I)][: len(things)]
    if len(things) < 2 and not known:
        return None
    left = [thing for thing in things if not _has(thing, answer)]
    return Support(not left, f"“{left[0] if left else things[0]}” {'is not' if left else 'is'} in {_shown(answer)}")


def _has(thing: str, answer: str) -> bool:
    for pattern, check in _FACTS:
        if re.search(pattern, thing, re.I):
            return check(answer)
    told = statement(answer).roots
    wanted = statement(thing).roots
    return not wanted or any(wording.same(root, other) for root in wanted for other in told)


def _simple(answer: str) -> Support:
    words = [word for word in wording.words(answer) if word[0].isalpha()]
    long = [word for word in words if len(word) > _LONG_WORD]
    acronyms = {word for word in words if word.isupper() and len(word) > 1 and len(words) > len(word)}
    good = len(long) <= _MOST_LONG * len(words) and len(acronyms) <= _MOST_ACRONYMS
    return Support(
        good, f"it has {len(long)} long words and {len(acronyms)} acronyms among {len(words)}: {_shown(answer)}"
    )


def _by_name(answer: str, context: Mapping[str, str], negative: bool) -> Support | None:
    told = " ".join(context.values()).replace(answer, " ")
    found = re.search(r"\b(?:my name is|i am|i'm|this is|call me|regards,?|from)\s+([A-Z][a-z]+)", told)
    if not found:
        return None
    return Support((found[1] in answer) != negative, f"the name is “{found[1]}”: {_shown(answer)}")


def _shown(answer: str) -> str:
    return f"“{answer.strip()[:120]}”"
