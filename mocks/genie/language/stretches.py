"""Days and sizes said in one way: `days ordered to paid`, `until it is done`, `by when it was posted`."""

_UNITS = r"(seconds|minutes|hours|days|weeks|months|years|time)"
_NO_DAY = (
    r"(?!(?:from|between|of|in|to|for|per|since|until|after|before|spent|late|worked|overdue|by|with|and|or|a|it|does|"
    r"do|did|is|are|was|were|it|we|that|needed|required)\b)"
)
_BE = r"(?:is|are|was|were|gets?|got|has been|have been|had been)"
_THE = r"(?:the |an? |each |every |our )?"
_HOW = r"how (?:high|big|large|much|many|long|old|heavy|expensive|low|tall|far)"
_THAT = r"(?:it|that|they|each|this|those)(?: each)?"
_MOST = r"(?:(?:most|least|\w{2,}(?:est|iest))\b.*?)"
STRETCHES = (
    (
        rf"\b(average|avg\.?|mean|median) (?:number of )?{_UNITS} {_NO_DAY}((?:\w+ ){{1,3}}?)(?:to|until|till) (?=\w)",
        r"\1 \2 from \3to ",
    ),
    (rf"\b(?:until|till) (?:it|they|he|she|this|that) {_BE} (?=\w+)", "to "),
    (rf"\b{_UNITS} (?:usually |typically |normally )?(?:go(?:es)?|went|gone) by\b", r"\1 pass"),
    (
        rf"\bby (?:the (?:date|day|time) )?(?:when|on which) {_THE}(?:\w+ ){{1,2}}{_BE} (\w+)\b",
        r"by \1 date",
    ),
    (r"\bby the (date|day) (?:on|of) (?:the|an?|each) (\w+)\b", r"by \2 \1"),
    (rf"\b({_MOST}),? and {_HOW} (?:is|are|was|were) {_THAT}(?=\W*$)", r"\1"),
)
