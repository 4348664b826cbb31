"""What an amount is without or added to, said in one way: `tips aside`, `net of tax`, `labour plus material cost`."""

_X = r"((?:the |any |all )?[\w-]+(?: [\w-]+)?)"
_TAX = r"(?:VAT|GST|(?:sales |income |any |all )?tax(?:es)?)"
_OUT = r"(?:aside|apart|excluded|excl|deducted|disregarded|ignored|left out|(?:not|n't) (?:included|counted|incl))"
LEAVING_OUT = (
    (
        rf"\b(?:leave|leaving|left|keep|keeping) {_X} (?:out|aside|off)\b(?: of (?:it|this|that|account|the \w+))?",
        r"excluding \1",
    ),
    (rf"\b(?:put|putting|set|setting) {_X} aside\b", r"excluding \1"),
    (rf"[,(;:] *{_X} {_OUT}\b\.?\)?(?=\s*[,.;?!]|\s*$)", r", excluding \1"),
    (rf"\b({_TAX}|tips?) {_OUT}\b\.?(?=\s*[,.;?!)]|\s*$)", r"excluding \1"),
    (r"\b(?:net|exclusive|clear) of (?:the |any |all )?", "excluding "),
    (rf"\b(?:ex\.?|before|pre[ -]?) ?(?={_TAX}\b)", "excluding "),
)
_HEADS = r"((?:costs?|fees?|expenses|charges|amounts?|hours|prices?))"
ADDED = (
    (rf"\b{_HEADS},? \(?(\w+) ?\+ ?(\w+)\b\)?", r"\2 plus \3 \1"),
    (rf"\b(\w+) ?\+ ?(\w+ {_HEADS})\b", r"\1 plus \2"),
    (r"\b((?:the )?\w+) and ((?:the )?\w+(?: \w+)?) (?:together|combined|added up)\b", r"\1 plus \2"),
    (rf"\b(the \w+) and (the \w+) {_HEADS} (?:together|combined)\b", r"\1 plus \2 \3"),
    (rf"\b{_HEADS},? \(?((?:the )?\w+ plus (?:the )?\w+)\b\)?", r"\2 \1"),
)
