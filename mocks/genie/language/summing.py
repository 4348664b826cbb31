"""Sums and their splits, asked for in everyday words: `what do the bills come to`, `all the hours added up`."""

SUMMING = (
    (r"^\W*what (?:do|does|did|have|has) (.+?) (?:come|add up|amount|sum up|run) to\b(?! (?:the )?\w)", r"total \1"),
    (r"^\W*(?:all (?:the )?)(.+?),? (?:all )?added (?:up|together)\b", r"total \1"),
    (r",? over everything(?: (?:we have|there is))?(?: on (?:record|file))?(?=\W*$)", ""),  # `on record` is an aside
    (r"^\W*how do (?:the |our )?(.+?) compare (?:in|on|by|in terms of) (?:their |the )?(.+)", r"\2 by \1"),
    (
        r"^\W*(?:over|across) how many (\w+) (?:are|is|were) (.+?) (?:spread|distributed)\b",
        r"how many different \1 of \2",
    ),
    (r"^\W*(?:set|put|hold) (.+?) against (?=.*\d{4}|.*\blast )", r"\1 versus "),
)
