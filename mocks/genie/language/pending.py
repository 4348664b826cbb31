"""What is still to be done, and what came later than meant: `need to be paid`, `waiting for it`, `missed its date`."""

from mocks.genie.language.verbs import PARTICIPLES

_KEPT = r"(?!(?:kept|stored|held|handled|used|cooled|frozen|taken|treated|seen|worn)\b)"  # what is always to be so
_DONE = rf"(?={_KEPT}(?:fully |finally )?(?:[a-z]+ed|{'|'.join(sorted(PARTICIPLES))})\b)"
_STILL = r"(?:still |yet )?"
_WE = r"(?:we|they|you|people|customers|clients|our people)"
_WAITING = rf"(?:are|is|have|has) {_WE} {_STILL}(?:been )?waiting (?:for|on)"
_MONEY = r"(?:(?:the|our|their|its|your|any) )?(?:money|payments?|cash)"
_PLANNED = r"planned|promised|agreed|expected|scheduled|target|estimated|original|due"
_THINGS = r"(?:[a-z][\w-]* ){0,5}?[\w-]+"
# Where somebody waits for something, or has yet to do it, it is not done yet; what missed its day was later than that.
PENDING = (
    (
        rf"\b{_STILL}(?:needs?|remains?|waits?|(?:is|are) (?:waiting|still|yet)) {_STILL}to be {_DONE}",
        "are not yet ",
    ),
    (rf"\b(?:still ha(?:s|ve) |ha(?:s|ve) (?:still|yet) )to be {_DONE}", "are not yet "),
    (rf"^\W*(?:for |on )?(how many|which|what) ({_THINGS}) {_WAITING} {_MONEY}(?=\W*$)", r"\1 \2 are not yet paid"),
    (rf"^\W*(how many|which|what) ({_THINGS}) {_WAITING}(?=\W*$)", r"\1 \2 have not yet arrived"),
    (rf"\b(?:that |which )?{_WE} (?:are|is) {_STILL}waiting for(?=\W*$)", "that have not yet arrived"),
    (rf"\bmissed (?:their|its|the|our|his|her) (?=(?:{_PLANNED})\b)", "later than the "),
    (r"\bnot (?:been )?(?:fully|completely|wholly|entirely|finally) (?=paid|settled|delivered|finished)", "not "),
    (r"\bfully (?=paid|settled)", ""),
)
