"""Whom one stands under and how one reaches whom, in everyday words: `direct reports of Ann`, `who can we not ring`."""

import re
from collections.abc import Callable

from mocks.genie.language.turns import turned

_UNDER = r"(?:report|answer|work)"
_REPORTS = r"direct(?:ly)? (?:reports?|reportees?|subordinates?|reporting people)"
_LIST = r"^\W*(?:(?:who are|list|show|name|give me|what are) )?(?:all )?"
_WE = r"(?:we|you|i|one|anyone|anybody|somebody|someone|they)"
_WHY = r"(?:,? (?:because|since|as|for want of|for lack of)\b[^?.]*)?"
_WAYS = (
    ("phone number", r"(?:ring(?: up)?|phone|telephone|call(?: up| back)?|reach by (?:tele)?phone|text)"),
    ("email", r"(?:(?:write|send) (?:an? |any )?e-?mails? to|send (?:an? )?e-?mails?|e-?mail|mail)"),
)
_NOT = r"(?:n['’]?t|['’]t| ?not)"
_CANNOT = rf"(?:(?:can|could) {_WE} not|(?:can|could){_NOT} {_WE}|{_WE} (?:can|could){_NOT})"
_SAME = (
    (
        r"\b(?:is|are|was|were|has been|have been) (?:put )?(?:in charge of|responsible for|assigned to look after)\b",
        "handled",
    ),
    (rf"\b({_UNDER}(?:s|ed|ing)?) (?:directly|straight|immediately) (?=to\b|for\b|under\b|into\b)", r"\1 "),
    (rf"\bhow many {_REPORTS} (?:does|do|did|has) (.+?)(?: have| got)?(?=\W*$)", r"how many people report to \1"),
    (rf"\bhow many {_REPORTS} (?:of|to|under|for) ", "how many people report to "),
    (rf"{_LIST}(?:the )?{_REPORTS} (?:of|to|under|for) ", "who reports to "),
    (rf"{_LIST}([\w .-]+?)['’]s? {_REPORTS}\b", r"who reports to \1"),
    (rf"\bwho(?:m)? (?:does|do|did) (.+?) {_UNDER} (?:to|under)(?=\W*$)", r"who is the superior of \1"),
    (rf"\b(?:to|under|for) who(?:m)? (?:does|do|did) (.+?) {_UNDER}(?=\W*$)", r"who is the superior of \1"),
    (r"\bwho (?:is|stands|comes) (?:directly )?above ((?:[A-Z][\w'-]+ ?)+)(?=\W*$)", r"who is the superior of \1"),
)
_PATTERNS = [(re.compile(pattern, re.IGNORECASE if "[A-Z]" not in pattern else 0), said) for pattern, said in _SAME]
_HERE = (
    r"(?:with us|here|(?:working|employed|active)(?: here| with us| for us| by us)?|on (?:our|the) (?:staff|payroll))"
)
_STAYED = re.compile(
    rf"\b(?:is|are|was|were) still {_HERE}(?! (?:in|on|at|since|after|before|until|from|for|as|to)\b)", re.IGNORECASE
)
_STAYING = re.compile(rf"(?<=[a-z]) (?:that |who )?still {_HERE}(?=\W*$)", re.IGNORECASE)
_GONE = re.compile(rf"\b(?:is|are|was|were) (?:no longer {_HERE}|not {_HERE} any ?more)(?=\W*$)", re.IGNORECASE)
_BY_PHONE = re.compile(
    r"\b(?:rings?|rang|phone[sd]?|telephone[sd]?|called|call) (?:us|in|here)(?: up)?\b", re.IGNORECASE
)


def in_plain_relations(question: str, is_known: Callable[[str], bool]) -> str:
    """The question in the words by which tables tell who stands above whom, and by what each is reached."""
    question = turned(question, _PATTERNS)
    for way, verbs in _WAYS:
        unreached = rf"{_CANNOT} {verbs}\b{_WHY}"
        question = re.sub(rf"^\W*whom? {unreached}", f"who has no {way}", question, flags=re.IGNORECASE)
        question = re.sub(rf"(?:,? (?:who|whom|that))? {unreached}", f" have no {way}", question, flags=re.IGNORECASE)
    if is_known("left"):
        question = _STAYED.sub("have not left", _GONE.sub("have left", question))
        question = _STAYING.sub(" who have not left", question)
    return _BY_PHONE.sub("by phone", question) if is_known("phone") else question
