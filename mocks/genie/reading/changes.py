"""Numbers over time set against each other: growth from period to period, two periods compared, running totals."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp

from mocks.genie.refusal import AskBack

_UNIT = r"(day|week|month|quarter|year)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_PERIOD = (
    rf"(?:(?:the )?(?:year )?(?:19|20)\d\d|{_MONTH},? (?:19|20)\d\d|q[1-4] (?:of )?(?:19|20)\d\d|"
    r"(?:the )?(?:h[12]|first half|second half)(?: of)? (?:19|20)\d\d|(?:the )?(?:last|this|previous|past|current) "
    r"(?:calendar )?(?:month|quarter|year|week))"
)
_CHANGE = r"(?:growth|changes?|increases?|decreases?|declines?|differences?|rise)"
_PERCENT = r"(?:%|percent(?:age|ual)?|relative|per cent)"
_PRIOR = r"(?:previous|prior|preceding|last|earlier)"
_BACK = (
    rf"(?:the |that of the |its )?(?:{_PRIOR} {_UNIT}|{_UNIT} (?:before|prior|earlier)(?: (?:that|it))?|"
    rf"{_UNIT} preceding(?: it)?)"
)
_AGAINST = (
    r"(?:over|on|from|vs\.?|versus|against|to|than|relative to|compared (?:to|with)|with|and(?: how (?:many|much))? in)"
    r"(?: (?:that|those) (?:of|in))?"
)
_MOVED = (
    r"(?:grow|grown|grew|change|changed|increase|increased|decrease|decreased|rise|rose|drop|dropped|"
    r"(?:fall|fell)(?! (?:due|on|within|into|under|ill|through|behind|apart|out|short)\b)|"
    r"go up(?: or down)?|went up(?: or down)?|go down|went down|move)"
)
_BETWEEN = re.compile(rf"\b(?:from |between )?({_PERIOD}),? (?:to|and|vs\.?|versus|against) ({_PERIOD})", re.I)
_COMPARED = re.compile(rf"\b({_PERIOD})(?: (?:and|as|,))? ?(?:compared|set) (?:to|with|against) ({_PERIOD})", re.I)
_MUCH_MORE = re.compile(
    rf"\bhow (much|many)(?: percent)? (?:more|less|fewer)\b(.*?) ?\b(?:in |during )?({_PERIOD}) "
    rf"than (?:in |during )?({_PERIOD})",
    re.I,
)
_IN = r"(?:(?:in|of|during|for) )?"
_DIFFERS = (
    re.compile(
        rf"\bby how much (?:did|does|do) (.+?) {_IN}({_PERIOD}) (?:differ|deviate) from "
        rf"(?:(?:that|those) )?{_IN}({_PERIOD})",
        re.I,
    ),
    re.compile(
        rf"\b(?:by )?how much (?:higher|lower|bigger|larger|smaller) (?:was|were|is|are) (.+?) {_IN}({_PERIOD}) "
        rf"than {_IN}({_PERIOD})",
        re.I,
    ),
)
_PAIRED_BACK = re.compile(rf"\b({_PERIOD}),? (?:and )?{_AGAINST} {_BACK}", re.I)
_MONEY = (
    r"(?:euros?|eur|€|dollars?|usd|[$]|pounds?|gbp|francs?|chf|money|cash|points?|units?|absolute (?:terms|numbers))"
)
_MORE = (
    rf"(?:(?:{_PERCENT}|{_MONEY}|of them|ones) )?(?:(?:more|less|fewer|up|higher) or (?:more|less|fewer|down|lower)|"
    r"was it up or down)?(?: (?:was|is|were|are) (?:that|it|this|they|those|these))?"
    r"(?: up or down)?"
)
_WITH = r"(?:,| and|, and| together with| along with| with| plus)? ?(?:the |its |their )?"
_IN_PERCENT = rf"(?: in (?:%|percent|{_MONEY}))?"
_PHRASES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf",? ?(?:and )?(?:by )?how much (?:it|this|that|they) (?:has |have |had )?{_MOVED}\b(?: {_AGAINST} {_BACK})?",
        rf"\b(?:and )?(?:by )?(?:what|how much|how many) {_MORE} {_AGAINST} {_BACK}(?: of that year)?",
        rf"{_WITH}(?:{_PERCENT} )?{_CHANGE}{_IN_PERCENT} {_AGAINST} {_BACK}(?: of that year)?",
        rf"\b{_UNIT}[- ](?:over|on|to)[- ]{_UNIT}(?=.*\b{_CHANGE}\b)",
        r"\b(?:year|month|quarter|week)[- ](?:over|on)[- ](?:year|month|quarter|week)\b",
        rf",? ?(?:and )?{_AGAINST} {_BACK}",
        rf"\bby how (?:much|many {_PERCENT})\b|\bby what {_PERCENT}\b",
        rf"\b(?:the )?(?:{_PERCENT} )?{_CHANGE}(?: rate)?s?\b(?: (?:in|of) (?:the )?)?{_IN_PERCENT}",
        r",? (?:as an? |in )(?:%|percent(?:age)?)(?= |[.?!,]|$)|, %|,? \(?(?:%|percent(?:age)?)\)?(?=\W*$)",
    )
)
_RUNNING = re.compile(
    r"\b(?:the )?(?:running(?= (?:\w+ )?(?:total|sum|count|number|amount)\b)|cumulative|cumulated|accumulated)"
    r"(?: (total|sum)(?: of(?: the)?)?)?\b"
    r"|\badd(?:ed|ing|s)? up(?= over| by| month| through)|\b(?:up to|until|till|by) then\b"
    rf"|\bup to (?:and including )?(?:that|each|every) (?:point|{_UNIT})\b"
    r"|(?<!year[ -])(?<!quarter[ -])(?<!month[ -])\bto date\b",
    re.I,
)
_ENDING = re.compile(rf"\b(?:by|at) the end of (?:each|every) {_UNIT}(?: (?:of|in) ((?:19|20)\d\d))?,?", re.I)
_FROM_START = re.compile(
    r",? ?\b(?:since|count(?:ing|ed)? (?:from|since)|starting (?:from|in)|from) (?:the )?(?:1 )?"
    r"(?:january|beginning|start)(?: on(?:wards?)?| of the year)?(?! ?(?:19|20)\d\d)",
    re.I,
)
_BY_THEN = re.compile(r"\bhad (?:\w+ )?(?:been|\w+ed)\b|\b(?:in total|so far|already|altogether)\b", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COMPARE = re.compile(r"^\W*(?:(?:please|kindly) )?compare\b(?: me)?", re.I)
_ASKED = re.compile(rf"\b{_CHANGE}\b|\b{_MOVED}\b|\bup or down\b|\b(?:more|less|fewer) or (?:more|less|fewer)\b", re.I)
_TIMES = {unit: unit for unit in ("day", "week", "month", "quarter", "year")}
_YOY = {"yoy": "year", "mom": "month", "qoq": "quarter", "wow": "week"}


@dataclass(frozen=True)
class Change:
    """What is asked of a number over time; `unit` is how long each period is, where the words say so."""

    unit: str = ""
    percent: bool = False
    running: bool = False
    paired: bool = False
    said: bool = True
    stepwise: bool = False


def read_change(question: str, is_name: Callable[[str], bool]) -> tuple[Change | None, str]:
    """What a question asks of a number over time, and the question without it; a word that is a name asks nothing."""
    ended = _ENDING.search(question)
    if ended is not None and (_FROM_START.search(question) or _BY_THEN.search(question)):
        text = _spaced(question, ended, f" by {ended[1]} {f'in {ended[2]}' if ended[2] else ''} ")
        return Change(running=True), _FROM_START.sub(" ", text)
    if (found := _RUNNING.search(question)) is not None and not is_name(found[0].split()[0]):
        counts = re.search(r"\bhow m|\bnumber|\bcount\b", question, re.I)
        sums = found[1] or re.search(r"\b(?:amount|sum)\b", question, re.I)
        total = "total " if sums and not counts else ""
        text = _spaced(question, found, f" {total}")
        return Change(running=True), _FROM_START.sub(" ", text) if _YEAR.search(text) else text
    text = re.sub(r"\b(?:yoy|mom|qoq|wow)\b", lambda m: "{0} over {0}".format(_YOY[m[0].lower()]), question, flags=re.I)
    for differs in _DIFFERS:
        text = differs.sub(r"change in \1 from \3 to \2", text)
    text = _MUCH_MORE.sub(r"change of how \1\2 from \4 to \3", text)
    asked = _ASKED.search(text)
    if asked is not None and is_name(asked[0]):
        return None, question
    return _read(text, asked is not None) or (None, question)


def _read(text: str, asked: bool) -> tuple[Change, str] | None:
    percent = asked and re.search(rf"{_PERCENT}|\bgrowth\b|\brate\b", text, re.I) is not None
    paired = _BETWEEN.search(text) or _COMPARED.search(text)
    against = re.search(rf"{_AGAINST} {_BACK}", text, re.I)
    if paired and (asked or against or _is_versus(paired[0]) or _COMPARE.search(text)):
        text = _spaced(text, paired, f" in {paired[1]} versus in {paired[2]} ")
        return Change(percent=percent, paired=True, said=asked), _without(text)
    if (back := _PAIRED_BACK.search(text)) is not None:
        text = _spaced(text, back, f" {back[1]} ")
        return Change(_unit(back), percent, paired=True, said=asked), _without(text)
    unit = _unit(against) if against else _steps(text)
    change = Change(unit, percent, stepwise=bool(_steps(text)))
    return (change, _without(text)) if against or (asked and unit) else None


def _is_versus(words: str) -> bool:
    return re.search(r"\bvs|\bversus|compared|\bagainst\b", words, re.I) is not None


def _steps(text: str) -> str:
    """The unit of `month over month` or of `by month`."""
    found = re.search(
        rf"\b{_UNIT}[- ](?:over|on|by|to)[- ]\1\b|\b(?:by|per|each|every) (?:{_UNIT})\b|\b{_UNIT}ly\b", text, re.I
    )
    annual = re.search(r"\bannual(?:ly)?\b", text, re.I)
    return next((g.lower() for g in found.groups() if g), "") if found else "year" if annual else ""


def _unit(found: re.Match[str]) -> str:
    return next((_TIMES[g.lower()] for g in reversed(found.groups()) if g and g.lower() in _TIMES), "")


def _spaced(text: str, found: re.Match[str], by: str) -> str:
    return f"{text[: found.start()]}{by}{text[found.end() :]}"


def _without(text: str) -> str:
    text = _COMPARE.sub(" ", text)
    for phrase in _PHRASES:
        text = phrase.sub(" ", text)
    text = re.sub(rf"\b(?:how|what)? ?(?:did|has|have|do|does) (?=.*\b{_MOVED}\b)", " ", text, flags=re.I)
    return re.sub(rf"\b{_MOVED}\b", " ", text, flags=re.I)


def over_time(tree: exp.Select, unit: str, change: Change) -> exp.Select:
    """A series with, for each period, its change from the one before, or the total up to it.

    Raises: AskBack if the query is no series
    """
    names = [_named(tree, at) for at in range(len(tree.expressions))]
    unit = next((name for name in names if name in _TIMES), unit) if unit == "time" else unit
    if unit not in names or len(names) < 2 or names[-1] == unit:
        raise AskBack("Over which periods: by day, week, month, quarter or year?")
    if tree.expressions[-1].find(exp.AggFunc) is None:
        raise AskBack("Of which number do you mean the change, and is it summed, counted or averaged?")
    period, value = exp.column(unit), exp.column(names[-1])
    parts = [exp.column(name) for name in names[:-1] if name != unit]
    window = {"partition_by": parts, "order": exp.Order(expressions=[exp.Ordered(this=period.copy())])}
    if change.running:
        total = exp.Window(this=exp.Sum(this=value.copy()), **window)
        shown = [exp.alias_(total, "running_total")]
    else:
        last = exp.Window(this=exp.Lag(this=value.copy()), **window)
        shown = [value.copy(), exp.alias_(moved(last, value, change.percent), "change")]
    outer = exp.select(*(exp.column(name) for name in names[:-1]), *shown)
    dated = exp.Not(this=exp.Is(this=period.copy(), expression=exp.Null()))
    return outer.from_(exp.Subquery(this=tree, alias=exp.TableAlias(this=exp.to_identifier("periods")))).where(dated)


def moved(before: exp.Expr, now: exp.Expr, percent: bool) -> exp.Expr:
    """By how much a number has changed, or by how many percent."""
    difference = exp.Sub(this=now.copy(), expression=before.copy())
    if not percent:
        return difference
    ratio = exp.Div(
        this=exp.Mul(this=exp.Literal.number("100.0"), expression=exp.paren(difference)), expression=before.copy()
    )
    return exp.func("ROUND", ratio, exp.Literal.number(2))


def _named(tree: exp.Select, at: int) -> str:
    """The name of a column of the result, which is given one if it has none."""
    shown = tree.expressions[at]
    if not shown.alias_or_name:
        shown.replace(exp.alias_(shown.copy(), f"value_{at}"))
    return str(tree.expressions[at].alias_or_name)
