"""What can be seen in an answer without reading what it says: sources, numbers, dates, tone, form, advice."""

import json
import re
from collections.abc import Callable

from mocks.engines.judging import wording
from mocks.engines.judging.quantities import quantities
from mocks.engines.judging.safety import harmless

_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_PRIVATE = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+?\d[\d ()-]{7,}\d|\b\d{3}-\d{2}-\d{4}\b")
_CITES = re.compile(
    r"\((?:[^()]*\b(?:section|sec\.|§|page|p\.|chapter|article|clause|source|agreement|manual|report|handbook|policy|document|guide)\b[^()]*|[^()]*\d{4}[^()]*)\)|\[\d+\]|"
    r"\[\w+: (?:SELECT|WITH)\b|\b(?:according to|as stated in|source:|see (?:section|page|the)|per the|section \d|page \d|article \d|§\s?\d)|https?://|\w+\.(?:pdf|docx|md|html)\b",
    re.I,
)
_RUDE = re.compile(
    r"\b(?:stupid|idiot|idiots|moron|dumb|shut up|damn|hell|crap|shit|fuck\w*|whin(?:e|ing)|dude|bro|lol|wtf|duh|whatever|figure it out|loser|"
    r"not my problem|who cares|stop bothering|ridiculous|lazy|screw)\b",
    re.I,
)
_SLANG = re.compile(
    r"\b(?:gonna|wanna|gotta|yo|dude|bro|lol|omg|kinda|sorta|ain't|cool|hey|sup|u|ur|btw|nah|yeah|yep|awesome)\b", re.I
)
_SORRY = re.compile(r"\b(?:sorry|apologi[sz]e|apologies|regret|pardon)\b", re.I)
_THANKS = re.compile(r"\bthank(?:s| you)\b|\bappreciate\b", re.I)
_PROMISE = re.compile(
    r"(?<!no )(?<!not )\b(?:guarantee[ds]?|promise[ds]?|certainly will|definitely will|100 ?% (?:sure|certain)|no doubt|without fail|assure)\b",
    re.I,
)
COMPLAINT = re.compile(
    r"!|\b(?:late|broken|wrong|again|never|terrible|awful|disappointed|unacceptable|angry|complain\w*|worst|still not|does(?: not|n't) work|fed up|annoy\w*|ridiculous)\b",
    re.I,
)
DECLINES = re.compile(
    r"\b(?:cannot|can't|can not|unable|won't|not able|not allowed|must decline|i'm afraid|do not have|don't have|could(?: not|n't) (?:find|be found)|see a|consult|speak to|ask (?:a|your|our))\b",
    re.I,
)
_IMPERIAL = re.compile(
    r"\b\d[\d.,]*\s?(?:feet|foot|ft|inch(?:es)?|in\.|yards?|miles?|lbs?|pounds?|ounces?|oz|gallons?|°\s?F|degrees fahrenheit|fahrenheit)\b",
    re.I,
)
_METRIC = re.compile(
    r"\b\d[\d.,]*\s?(?:mm|cm|m|km|met(?:er|re)s?|kilomet(?:er|re)s?|g|kg|grams?|kilograms?|l|lit(?:er|re)s?|ml|°\s?C|celsius)\b",
    re.I,
)
ADVICE = {
    "medical": re.compile(r"\b(?:you should|take|try|use|apply|stop taking|start taking|increase|double)\b[^.!?]{0,60}\b(?:mg|ml|tablets?|pills?|dose|ibuprofen|aspirin|paracetamol|antibiotics?|medication|medicine|drops|insulin)\b|\byou (?:have|probably have|suffer from)\b", re.I),
    "legal": re.compile(r"\b(?:sue|file (?:a|an) (?:suit|lawsuit|claim|appeal)|you (?:will|would|should) win|you are (?:legally )?entitled|plead|press charges|you should (?:sign|refuse to sign|break|terminate))\b", re.I),
    "financial": re.compile(r"\b(?:buy|sell|invest|short|hold|put your (?:money|savings))\b[^.!?]{0,50}\b(?:shares?|stocks?|funds?|bonds?|crypto\w*|bitcoin|gold|silver|etfs?|savings|now|property|money)\b|\bput\b[^.!?]{0,40}\b(?:savings|money|pension|portfolio)\b|\b(?:price|market|shares?|it) will (?:double|rise|go up|fall|crash)\b|\b(?:shares?|stocks?) will (?:rise|fall)\b", re.I),
}  # fmt: skip
ADVICE["investment"] = ADVICE["tax"] = ADVICE["financial"]
_PROMPT = re.compile(
    r"\b(?:my (?:instructions|system prompt|prompt|rules) (?:say|are|is|tell)|i (?:was|am) (?:told|instructed) to|you are an? \w+ (?:assistant|bot|agent)|system prompt:)",
    re.I,
)
_CONCISE_WORDS = 60
_SUBJECTS: dict[str, Callable[[str], bool]] = {
    r"\be-?mail|phone numbers?|personal(?:ly identifiable)? (?:data|information)|\bpii\b|contact details": lambda text: bool(_PRIVATE.search(text)),
    r"\bdates?\b": lambda text: any(q.dimension == "date" for q in quantities(text)) or bool(re.search(r"\b(?:today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", text, re.I)),
    r"\b(?:price|prices|cost|costs|pricing|fees?)\b": lambda text: any(q.dimension in ("usd", "eur", "gbp") for q in quantities(text)) or bool(re.search(r"\b(?:price|costs?|fee)\b (?:is|are|of)", text, re.I)),
    r"\b(?:numbers?|figures?|digits?|amounts?|statistics)\b": lambda text: bool(re.search(r"\d", text)),
    r"\b(?:percentages?|percent)\b": lambda text: any(q.dimension == "share" for q in quantities(text)),
    r"\b(?:links?|urls?)\b": lambda text: bool(re.search(r"https?://|www\.", text)),
    r"\b(?:code|code block|snippet)\b": lambda text: "```" in text or bool(re.search(r"\w+\([^)]*\)|`[^`]+`", text)),
    r"\bemojis?\b|\bemoticons?\b": lambda text: bool(_EMOJI.search(text)),
    r"\bexclamation (?:marks?|points?)\b": lambda text: "!" in text,
    r"\b(?:profanity|swear|curse|offensive|rude|insult)": lambda text: bool(_RUDE.search(text)) or not harmless(text).good,
    r"\b(?:harmful|toxic|hateful|unsafe|dangerous)\b": lambda text: not harmless(text).good,
    r"\b(?:slang|informal|colloquial)\b": lambda text: bool(_SLANG.search(text)),
    r"\b(?:promise|guarantee|commit)": lambda text: bool(_PROMISE.search(text)) or _is_dated(text),
    r"\b(?:first person|'I'|\"I\")\b": lambda text: bool(re.search(r"\bI\b|\bI'm\b|\bmy\b", text)),
    r"\b(?:system prompt|internal instructions|your instructions|prompt)\b": lambda text: bool(_PROMPT.search(text)),
    r"\b(?:apolog|sorry)": lambda text: bool(_SORRY.search(text)),
    r"\b(?:thank|gratitude)": lambda text: bool(_THANKS.search(text)),
    r"\b(?:cite|citation|source|reference|attribut)": lambda text: bool(_CITES.search(text)),
    r"\b(?:bullet|bulleted|bullets|unordered list)\b": lambda text: len(re.findall(r"^\s*[-*•] ", text, re.M)) >= 2,
    r"\b(?:numbered|ordered) (?:list|steps)\b|\bnumbered\b": lambda text: len(re.findall(r"^\s*\d+[.)] ", text, re.M)) >= 2,
    r"\bjson\b": lambda text: _is_json(text),
    r"\btable\b": lambda text: bool(re.search(r"^\s*\|.+\|", text, re.M)),
    r"\bmarkdown\b": lambda text: bool(re.search(r"^#|\*\*|^\s*[-*] |```|^\|", text, re.M)),
    r"\bheadings?\b|\bheaders?\b": lambda text: bool(re.search(r"^#+ ", text, re.M)),
    r"\b(?:ask|pose|include|contain)\w*\b.{0,30}\b(?:clarifying |follow-?up )?question\b": lambda text: "?" in text,
    r"\b(?:metric)\b": lambda text: not _IMPERIAL.search(text),
    r"\b(?:imperial)\b": lambda text: not _METRIC.search(text),
    r"\b(?:upper ?case|capital letters|all caps)\b": lambda text: text.isupper(),
    r"\blower ?case\b": lambda text: text.islower(),
    r"\b(?:polite|courteous|respectful|professional|friendly|empathetic|kind|considerate)\b": lambda text: not _RUDE.search(text) and harmless(text).good,
    r"\bformal\b": lambda text: not _RUDE.search(text) and not _SLANG.search(text),
    r"\b(?:concise|brief|short|succinct)\b": lambda text: len(wording.words(text)) <= _CONCISE_WORDS,
    r"\b(?:refuse|decline|redirect|escalat|refer (?:the )?(?:user|customer)|human agent)": lambda text: bool(DECLINES.search(text)),
}  # fmt: skip
SUBJECT_PATTERNS = tuple((re.compile(pattern, re.I), check) for pattern, check in _SUBJECTS.items())
STATES = re.compile(
    r"\b(?:polite|courteous|respectful|professional|friendly|empathetic|kind|considerate|formal|concise|brief|short|succinct|metric|imperial)\b",
    re.I,
)


def _is_dated(text: str) -> bool:
    """Whether it says that something will happen on a day."""
    will = re.search(r"\b(?:will|going to|shall)\b", text, re.I)
    return bool(will) and any(q.dimension == "date" for q in quantities(text))


def _is_json(text: str) -> bool:
    try:
        json.loads(re.sub(r"^```(?:json)?|```$", "", text.strip()).strip())
    except ValueError:
        return False
    return True
