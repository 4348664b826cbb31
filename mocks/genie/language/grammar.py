"""The phrases that say what to do: count, add up, group, compare, negate."""

from mocks.genie.language.words import plain

(
    COUNT,
    DISTINCT,
    AGGREGATE,
    EXTREME,
    BY,
    COMPARE,
    NOT,
    SHARE,
    NAMED,
    SPAN,
    GRAIN,
    LATE,
    OVERDUE,
    MISSING,
    PRESENT,
    NUMBER,
    SORT,
    ORDER,
    LIKE,
    DIVIDED,
    EXAMPLES,
    UNKNOWN,
) = (
    *("count", "distinct", "aggregate", "extreme", "by", "compare", "not", "share", "named", "span", "grain"),
    *("late", "overdue", "missing", "present", "number", "sort", "order", "like", "divided", "examples", "unknown"),
)
HOW_OFTEN = ("how often", "how many times")
# The function that gives the first or last of all, by what an extreme is detailed as.
ENDS = {"desc": "MAX", "last": "MAX", "asc": "MIN", "first": "MIN"}
_GRAMMAR: dict[str, tuple[str, str]] = {
    **dict.fromkeys((
            *("how many", "number of", "count of", "count", "counts", "counted", "total number of", "how often"),
            *("how many times",),
        ), (COUNT, "")),
    **dict.fromkeys(("unique", "distinct", "different", "separate"), (DISTINCT, "")),
    **dict.fromkeys(
        (
            *("total", "sum of", "sum", "how much", "what did we", "what have we", "combined", "overall total"),
            *("sum up", "total of", "in total", "add up", "totals for", "totalling"),
        ),
        (AGGREGATE, "SUM"),
    ),
    **dict.fromkeys(("average", "avg", "mean", "on average", "average of", "mean of"), (AGGREGATE, "AVG")),
    **dict.fromkeys(("median", "median of"), (AGGREGATE, "MEDIAN")),
    **dict.fromkeys(("maximum", "max"), (AGGREGATE, "MAX")),
    **dict.fromkeys(("minimum", "min"), (AGGREGATE, "MIN")),
    **dict.fromkeys(
        ("most", "top", "greatest", "maximal", "most often", "most frequently", "best"), (EXTREME, "desc")
    ),
    **dict.fromkeys(("highest", "largest", "biggest"), (EXTREME, "desc")),
    **dict.fromkeys(("lowest", "smallest", "least", "fewest", "bottom", "worst", "least often"), (EXTREME, "asc")),
    **dict.fromkeys(("latest", "newest", "most recent", "most recently", "last", "youngest"), (EXTREME, "last")),
    **dict.fromkeys(("earliest", "oldest", "first"), (EXTREME, "first")),
    **dict.fromkeys(
        (
            *("by", "per", "each", "for each", "for every", "grouped by", "group by", "broken down by", "in each"),
            *("every", "split by", "of each", "of every", "in every", "for each of", "by each", "segmented by"),
        ),
        (BY, ""),
    ),
    **dict.fromkeys(
        (
            *("more than", "over", "above", "greater than", "exceeding", "larger than", "higher than", ">"),
            *("in excess of", "better than"),
        ),
        (COMPARE, ">"),
    ),
    **dict.fromkeys(("after", "later than"), (COMPARE, ">")),
    **dict.fromkeys(("less than", "under", "below", "fewer than", "lower than", "smaller than", "<"), (COMPARE, "<")),
    **dict.fromkeys(("before", "earlier than", "prior to"), (COMPARE, "<")),
    **dict.fromkeys(("at least", "no less than", "not less than", "minimum of", ">=", "a minimum of"), (COMPARE, ">=")),
    **dict.fromkeys(("at most", "no more than", "not more than", "up to", "<=", "a maximum of"), (COMPARE, "<=")),
    **dict.fromkeys(("exactly", "equal to", "=", "equals"), (COMPARE, "=")),
    "between": (COMPARE, "between"),
    **dict.fromkeys(
        (
            *("not", "without", "no", "never", "except", "excluding", "other than", "non", "no longer"),
            *("outside", "outside of"),
            *("lacking", "lack", "nobody", "no one", "none", "neither", "nor", "excludes", "exclude"),
            *("don't", "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "haven't", "hasn't"),
        ),
        (NOT, ""),
    ),
    **dict.fromkeys(
        (
            *("how many percent of", "what percent of", "percent"),
            *("share of", "percentage of", "percent of", "proportion of", "fraction of", "share", "percentage"),
            *("proportion", "fraction", "portion of", "what part", "which part", "percentage share of"),
        ),
        (SHARE, ""),
    ),
    **dict.fromkeys(
        ("sorted by", "ordered by", "sort by", "sorting by", "ranked by", "in order of", "arranged by"), (SORT, "")
    ),
    **dict.fromkeys(("in descending order", "descending", "desc", "decreasing"), (ORDER, "desc")),
    **dict.fromkeys(
        ("in ascending order", "ascending", "asc", "increasing", "alphabetically", "in alphabetical order"),
        (ORDER, "asc"),
    ),
    **dict.fromkeys(("minus", "subtracting"), (DIVIDED, "-")),
    **dict.fromkeys(("divided by", "relative to", "in relation to", "in proportion to"), (DIVIDED, "")),
    **dict.fromkeys(
        ("overdue", "past due", *(f"past {whose} due date" for whose in ("the", "their", "its"))), (OVERDUE, "")
    ),
    **dict.fromkeys(("late", "too late"), (LATE, "")),
    **dict.fromkeys(
        (
            *("missing", "empty", "unknown", "null", "blank", "vacant", "unspecified", "undisclosed", "unrecorded"),
            *("unfilled", "omitted"),
        ),
        (MISSING, ""),
    ),
    "known": (PRESENT, ""),
    **dict.fromkeys(
        (
            *("and so on", "or so on", "and so forth", "etc", "etcetera", "et cetera", "and the rest", "and the like"),
            *("and such",),
            *("and such",),
            *("and others", "and the others", "and all the others", "and the rest of them", "or the like"),
        ),
        (EXAMPLES, ""),
    ),
    **{
        phrase.format(unit): (GRAIN, unit)
        for unit in ("day", "week", "month", "quarter", "year")
        for phrase in (
            *("by {0}", "per {0}", "each {0}", "for each {0}", "for every {0}", "every {0}", "in each {0}"),
            *("which {0}", "what {0}", "{0} by {0}", "{0} over {0}", "{0} on {0}", "from {0} to {0}"),
            *("of each {0}", "of every {0}"),
            *("per calendar {0}", "over the {0}", "in which {0}", "in what {0}", "in every {0}", "by calendar {0}"),
        )
    },
    **{
        phrase.format(name): (GRAIN, unit)
        for unit, names in (
            ("weekday", ("weekday", "day of the week", "day of week", "week day")),
            ("hour", ("hour", "hour of the day", "hour of day", "time of day", "time of the day")),
            ("month of the year", ("month of the year", "calendar month of the year", "month of any year")),
            ("quarter of the year", ("quarter of the year",)),
        )
        for name in names
        for phrase in (
            *("by {0}", "per {0}", "each {0}", "for each {0}", "for every {0}", "every {0}", "in each {0}"),
            *("which {0}", "what {0}", "on which {0}", "at which {0}", "at what {0}", "on what {0}", "by the {0}"),
            *("on each {0}", "in which {0}", "in what {0}", "at each {0}"),
        )
    },
    **dict.fromkeys(("over time", "across time", "through time"), (GRAIN, "time")),
    **{word: (GRAIN, unit) for word, unit in (
        ("daily", "day"), ("weekly", "week"), ("monthly", "month"), ("quarterly", "quarter"), ("yearly", "year"),
        ("annual", "year"), ("annually", "year"))},
}  # fmt: skip
PHRASES = {tuple(map(plain, phrase.split())): meaning for phrase, meaning in _GRAMMAR.items()}
LONGEST = max(map(len, PHRASES))
OR_MORE = {
    ("or", "more"): ">=",
    ("or", "above"): ">=",
    ("or", "fewer"): "<=",
    ("or", "less"): "<=",
    ("or", "over"): ">=",
    ("or", "higher"): ">=",
    ("or", "greater"): ">=",
    ("or", "longer"): ">=",
    ("or", "lower"): "<=",
    ("or", "shorter"): "<=",
    ("and", "above"): ">=",
    ("and", "over"): ">=",
    ("and", "up"): ">=",
    ("and", "below"): "<=",
}
