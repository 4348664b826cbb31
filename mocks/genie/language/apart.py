"""Instructions that say several things at once, each then told alone: `Sales (turnover) is .., dated by ..`."""

import re
from collections.abc import Iterator

_VERB = r"(?:is|are|was|were|means?|refers? to|equals?|has|have|counts?)"
_DATED = re.compile(
    r"^(?P<said>(?P<head>.+?) (?:is|are|means?|refers? to|equals?) .+?),? (?:and )?(?:is |are )?(?:always )?"
    r"(?P<dated>(?:dated|counted|recogni[sz]ed|booked) (?:in time )?(?:by|on|from|at) [\w.]+)$",
    re.I,
)
_NOTE = re.compile(
    r",(?: but)? (?:(?:whatever|no matter|regardless of|including|even (?:if|when)|be (?:it|they)|not) .+"
    r"|\w+ or (?:not|un\w+))$"
    r"|,? [\w ]+ (?:included|excluded)(?=,|$)",
    re.I,
)
_BRACKETS = re.compile(rf"^(?P<head>[\w -]{{2,50}}?) \((?P<more>[\w ,'-]+)\)(?= {_VERB} )", re.I)
_END_BRACKETS = re.compile(r"^(?P<head>[\w -]{2,40}?) (?P<rest>(?:is|are|means?) .+) \((?P<more>[A-Z]{2,6})\)$")
_ASIDE = re.compile(rf"^(?P<head>[\w -]{{2,50}}?), (?P<more>[\w ,'-]+?), (?={_VERB} )", re.I)
_OR = re.compile(r"^(?:or|also called|also known as|also|i\.e\.|that is|in other words)\s+(?=(?P<name>.+))", re.I)
_LIST = re.compile(
    rf"^(?P<heads>(?:(?!\b{_VERB}\b)[\w', -])+?,? (?:and|or) (?:(?!\b{_VERB}\b)[\w' -])+?) (?:all |both )?"
    rf"(?P<rest>{_VERB} .+)$",
    re.I,
)
_SPLIT = re.compile(r",? (?:and|or) |, ")
_ARTICLE = re.compile(r"^(?:an?|the) ", re.I)
_WE = re.compile(r"^(?:we|you|they) (?=\w)", re.I)
_ONE = re.compile(r"^one\b ?", re.I)
_PARTICIPLE = re.compile(r"^\w+(?:ed|en|ing|ent|eld|aid|old)$", re.I)
_LONGEST = 7


def apart(sentence: str) -> Iterator[str]:
    """The sentence itself, then what it says piece by piece, where it names several things or adds by what it dates."""
    yield sentence
    dated = _DATED.match(sentence)
    if dated is not None:
        yield f"{dated['head']} are {dated['dated']}"
    said = dated["said"] if dated is not None else sentence
    plain = _NOTE.sub("", said)
    singles = [*_singles(plain)]
    yield from (one for one in dict.fromkeys((said, plain, *singles)) if one != sentence)


def _singles(sentence: str) -> Iterator[str]:
    """The sentence for each of the names of which it speaks, alone."""
    for pattern in (_BRACKETS, _ASIDE):
        if (found := pattern.match(sentence)) is not None:
            rest = sentence[found.end() :].strip()
            more = _OR.sub("", found["more"])
            is_name = pattern is _BRACKETS or more != found["more"] or more.startswith("by ")
            others = [*_names(more, found["head"])] if is_name else []
            for name in (found["head"], *others):
                yield f"{name} {rest}"
            return
    if (found := _END_BRACKETS.match(sentence)) is not None:
        yield from (f"{name} {found['rest']}" for name in (found["head"], found["more"]))
    elif (found := _LIST.match(sentence)) is not None:
        parts = [part.strip() for part in _SPLIT.split(found["heads"]) if part.strip()]
        yield from (f"{part} {found['rest']}" for part in _whole(parts))


def _names(text: str, head: str) -> Iterator[str]:
    """What else a thing is called; `one in force` is called by the noun of the first name."""
    noun = head.split()[-1]
    for part in (part.strip() for part in _SPLIT.split(text)):
        if 0 < len(part.split()) <= _LONGEST:
            yield f"{_ONE.sub('', part)} {noun}" if _ONE.match(part) else _WE.sub("", part)


def _whole(parts: list[str]) -> Iterator[str]:
    """`billed or invoiced money`, `money received or due`: the noun belongs to both."""
    words, first = parts[-1].split(), parts[0].split()
    if len(words) == 1 and len(first) > 1 and (_PARTICIPLE.match(words[0]) or words[0] == "due"):
        parts = [*parts[:-1], " ".join([*first[:-1], *words])]
        words = parts[-1].split()
    noun = " ".join(words[1:]) if len(words) > 1 and _PARTICIPLE.match(words[0]) else ""
    for part in parts:
        bare = _ARTICLE.sub("", part)
        yield f"{bare} {noun}" if noun and len(bare.split()) == 1 and _PARTICIPLE.match(bare) else bare
