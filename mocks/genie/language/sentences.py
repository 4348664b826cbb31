"""The sentences of instructions, with what curators word in many ways brought to one: `revenue means net_amount`."""

import re
from collections.abc import Iterable, Iterator

from mocks.genie.knowledge.space import Space
from mocks.genie.language.apart import apart

_END = re.compile(r"(?<!\d)\.(?:\s|$)|;|\n")
_WHOLE = re.compile(r"(?<!\d)\.(?:\s|$)|\n")
_TERM = re.compile(r"^(?:the |an? )?(?!all\b)[\w -]{2,50}? (?:is|are|means?|has|have|counts?) ", re.IGNORECASE)
_BULLET = re.compile(r"^[-*•\d.)\s]+")
_HEADING = re.compile(r"^\s*#{1,6}\s")
_MARKS = re.compile(r"\*\*|[\"“”`]")
_WHO = r"(?:someone|somebody|anyone|anybody|people|users?|a user|we|they|i|you|the question|a question)"
_SAYS = r"(?:says?|asks? (?:for|about)|mentions?|speaks? of|talks? about|refers? to|uses?)"
_MEANS = r"(?:(?:they|we|it|that|this|you|i) (?:means?|refers? to)|(?:always )?(?:use|take|show|report))"
_X, _Y = r"(?:the )?(?:terms? |words? )?['‘]?(?P<x>[A-Za-z][\w -]{0,50}?)['’]?", r"(?P<y>.+)"
_FOR = rf"(?:for|as|to (?:calculate|compute|mean)|when (?:calculating|computing|asked (?:about|for)|{_WHO} {_SAYS}))"
_NOT_COUNTED = (
    r"(?:(?:must|should|shall|do|does|may|can|will)(?: not|n't)|never) (?:be )?"
    r"(?:counts?|counted|included|shown|considered)(?: as \w+)?"
)
_LEFT_OUT = (
    r"(?:(?:must|should|shall|are to) (?:always )?be|are|is) (?:always )?"
    r"(?:excluded|ignored|left out|omitted|filtered out)(?: (?:of|from|in) (?:all|any|every|the) [\w ]+)?"
)
_RULES = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (rf"^by {_X},? {_WHO} means? {_Y}$", r"\g<x> means \g<y>"),
        (rf"^(?:when|if|whenever) {_WHO} {_SAYS} {_X},? (?:then )?{_MEANS} {_Y}$", r"\g<x> means \g<y>"),
        (rf"^(?:when|if|whenever) asked (?:about|for) {_X},? (?:then )?{_MEANS} {_Y}$", r"\g<x> means \g<y>"),
        (rf"^(?:please )?(?:always )?use (?P<y>[\w.]+) {_FOR} {_X}$", r"\g<x> means \g<y>"),
        (rf"^(?:interpret|read|treat|understand|define) {_X} as {_Y}$", r"\g<x> means \g<y>"),
        (
            rf"^{_X} (?:is always|are always|stands for|denotes|refers to|is defined as|should be read as) {_Y}$",
            r"\g<x> means \g<y>",
        ),
        (
            r"^(?P<y>[\w ]+?) (?:is|are) (?:also )?(?:called|known as|referred to as|named) (?P<x>[\w ]+)$",
            r"\g<x> means \g<y>",
        ),
        (rf"^{_X} (?:is|are) (?:just )?(?:another|a different) (?:word|name|term) for {_Y}$", r"\g<x> means \g<y>"),
        (rf"^(?:always )?{_X}(?P<y> \(.+?\))? (?:{_NOT_COUNTED}|{_LEFT_OUT})$", r"exclude \g<x>\g<y>"),
        (rf"^only {_X} (?:count|are (?:counted|included|shown|considered|of interest))$", r"only count \g<x>"),
        (
            r"^(?:an? )?(?P<x>[\w-]+) (?P<n>[\w ]+?) are those (?:with|whose|where|that have) (?P<y>.+)$",
            r"\g<x> means \g<y>",
        ),
        (r"^(?:an? )?(?P<x>[\w-]+) (?P<n>\w+) has (?:an? |the )?(?P<y>\w+ (?:=|of|'|is) ?.+)$", r"\g<x> means \g<y>"),
        (rf"^{_X} ?: (?P<y>.+)$", r"\g<x> means \g<y>"),
    )
)
_EMPHASIS = re.compile(r"\*\*|(?<!\w)__|__(?!\w)")
_AND = re.compile(r",? (?:and|or) ", re.I)
_ALSO = re.compile(
    r"^(?P<own>(?:(?:an?|the|all|every)\s+)?[\w -]{2,40}?) "
    r"\((?:also )?(?:called|known as|named|aka|a\.k\.a\.|or|synonyms?:?) (?P<others>[\w ,'-]+)\)",
    re.I,
)
_ASIDE = re.compile(r"^(?:in|for|within) (?:this|our|the) (?:space|data|dataset|company|business|tables?),? ", re.I)
_UNLESS = re.compile(
    r",?(?: [\w ]+? (?:included|excluded))? (?:unless|except (?:when|if|where)|if not) (?!.*\w_\w)[^,;]+.*$", re.I
)
_INSTEAD = re.compile(r",? (?:and )?(?:never|not|rather than|instead of|but not) [\w. ]+$", re.I)
_COLUMN = re.compile(r"^(?:the )?(?:column |field )?(?P<name>\w+(?:\.\w+)*)(?: column| field)?$", re.I)


def sentences(space: Space) -> Iterator[str]:
    """The sentences of a space's instructions, each as it is written and then plainly if that differs."""
    for text in space.instructions:
        for sentence in (part for whole in told(text) for part in apart(whole)):
            yield sentence
            yield from (said for said in (plainly_told(sentence),) if said != sentence)


def told(text: str) -> Iterator[str]:
    """The sentences of one instruction, without marks, bullets and the period; other names of a thing beside it."""
    for sentence in _END.split(_EMPHASIS.sub("", text)):
        if sentence.strip() and not _HEADING.match(sentence):
            plain = _BULLET.sub("", sentence.strip()).rstrip(".")
            yield _ALSO.sub(lambda found: f"{_AND.sub(', ', found['others'])}, {found['own']}", plain)


def of_terms(space: Space) -> frozenset[str]:
    """What is said of a term alone, behind what the term means: `the rate is A / B; waiting ones are left out`."""
    clauses = [part.split(";") for text in space.instructions for part in _WHOLE.split(text)]
    return frozenset(one for first, *more in clauses if _TERM.match(first.strip()) for one in told(";".join(more)))


def singled(parts: Iterable[str]) -> Iterator[str]:
    """The sentences, where `it is` and `they are` begin one with what the sentence before spoke of."""
    subject = ""
    for part in parts:
        it = _IT.match(part)
        said = f"{subject} {part[it.start(1) :]}" if subject and it else part
        found = _SUBJECT.match(said)
        subject = found["subject"] if found else subject
        yield said


def several(sentence: str) -> Iterator[str]:
    """`An invoice is open while .., and late when ..`: each state of a thing in a sentence of its own."""
    found = _FIRST_STATE.match(sentence)
    parts = _NEXT_STATE.split(sentence) if found is not None else []
    if found is not None and len(parts) > 1:
        yield parts[0]
        yield from (f"{found['subject']} is {part}" for part in parts[1:])
    yield from _gapped(sentence)
    other = _OTHERS_HAVE.match(sentence)
    if other is not None:
        yield f"{other['first']} {other['column']} = {other['value']}"
        yield f"{other['name']} {_LAST_WORD.sub('', other['noun'])} have {other['column']} = {other['others']}"
    listed = _LISTED.match(sentence)
    if listed is not None and "," in listed["rest"]:
        thing, of = listed["thing"], listed["of"]
        yield f"{listed['names']} are {thing} {listed['how']} {of} {listed['value']}"
        for part in re.split(r",\s*(?:and )?", listed["rest"].strip(", ")):
            name, _, value = part.partition(f" {of} ")
            if name and value:
                yield f"{re.sub(' (?:are )?(?:of|with|in)$', '', name)} are {thing} {listed['how']} {of} {value}"


def _gapped(sentence: str) -> Iterator[str]:
    """`A play was finished when EndReason is 'F', stopped when 'S'`: what is left out is as in the first part."""
    found = _GAPPED.match(sentence)
    if found is not None:
        subject = f"{found['subject']} {found['be']}"
        yield f"{subject} {found['names']} when {found['column']} is {found['value']}"
        for name, value in _GAP.findall(found["rest"]):
            yield f"{subject} {name} when {found['column']} is {value}"


_GAPPED = re.compile(
    r"^(?P<subject>(?:(?:an?|the|all|every)\s+)?\w+(?: \w+)?) (?P<be>is|are|was|were) (?P<names>[\w ()-]+?) "
    r"(?:if|when|where) (?P<column>[\w.]+) (?:is|=) (?P<value>'[^']+'|\w+)(?P<rest>,.+)$",
    re.I,
)
_OTHERS_HAVE = re.compile(
    r"^(?P<first>(?:the |all )?(?P<noun>\w+)(?: [\w ]+?)? (?:has|have)) (?P<column>\w+) = (?P<value>'[^']+'),? "
    r"(?:and )?(?P<name>[\w-]+) ones (?:have )?(?P<others>'[^']+')$",
    re.I,
)
_LAST_WORD = re.compile(r"\W+$")
_GAP = re.compile(
    r",? (?:and )?(?P<name>[\w -]+?) (?:if|when|where) (?:it is |= ?)?(?P<value>'[^']+'|[A-Z0-9]\w*)(?=,| and |$)"
)
_IT = re.compile(
    r"^(?:and )?(?:it|they|these|this) (is|are|was|were|has|have|counts?|got|took|came|went|\w+ed)\b", re.I
)
_SUBJECT = re.compile(
    r"^(?:(?:an?|the|all|every)\s+)?(?P<subject>[\w ]{2,40}?) (?:is|are|has|have|counts?|means?)\b", re.I
)
_FIRST_STATE = re.compile(
    r"^(?P<subject>(?:(?:an?|the|all|every)\s+)?[\w ]+?) (?:is|are) .+? (?:if|when|while|where|once) .+", re.I
)
_NEXT_STATE = re.compile(
    r",? (?:and|but|or) (?:it is |they are |is |are )?(?=[\w -]{2,30} (?:if|when|while|where|once) )"
    r"|, (?=[\w -]{2,30} (?:if|when|while|where|once) )",
    re.I,
)
_LISTED = re.compile(
    r"^(?P<names>[\w ]+?) (?:is|are|means?) (?:all |the )?(?P<thing>[\w ]+?) (?P<how>of|with|in) (?:the )?(?P<of>\w+) "
    r"(?P<value>[^\s,]+)(?P<rest>,.+)$",
    re.I,
)


def plainly_told(sentence: str) -> str:
    """The sentence in the one form that says the same, if it has one."""
    said = _UNLESS.sub("", _ASIDE.sub("", _MARKS.sub("", sentence)).strip())
    for pattern, plain in _RULES:
        if (found := pattern.match(said)) is not None:
            plainer = found.expand(plain)
            return _INSTEAD.sub("", plainer) if " means " in plainer else plainer
    return _INSTEAD.sub("", said) if " means " in said or " is " in said else said


def column_name(text: str) -> str | None:
    """The name of a column, with its table where that is said; nothing for other words."""
    found = _COLUMN.match(text.strip())
    return found["name"] if found else None
