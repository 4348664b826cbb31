"""The words of statements about the session, cut into names and expressions."""

from collections.abc import Sequence

from sqlglot import exp
from sqlglot.tokenizer_core import Token

from mocks.engines.statements.command_words import Words
from mocks.engines.translating import dialect
from mocks.engines.warehouse.sql_error import syntax_error


def declared(statement: str, words: Words) -> tuple[str | None, str]:
    """The type, if it is told, and the default expression."""
    rest = words.rest()
    at = next((at for at, word in enumerate(rest) if word.text.upper() in ("DEFAULT", "=")), len(rest))
    kind = statement[rest[0].start : rest[at - 1].end + 1] if at else None
    if kind is not None:
        dialect.type_for_duck(kind)
    default = statement[rest[at + 1].start :].rstrip("; \n") if at + 1 < len(rest) else "NULL"
    if kind is None and at + 1 >= len(rest):
        raise syntax_error("end of input")
    return kind, default


def assignments(statement: str, words: Words) -> list[tuple[list[str], str]]:
    """`a = 1, b = 2` and `(a, b) = (SELECT …)`."""
    if words.take("("):
        names = [words.variable()]
        while words.take(","):
            names.append(words.variable())
        words.take(")")
        words.take("=")
        return [(names, statement[words.rest()[0].start :])]
    found = []
    for part in listed(statement[words.rest()[0].start :] if words.rest() else ""):
        name, sign, text = part.partition("=")
        if not sign:
            raise syntax_error(f"'{part.strip()}'")
        found.append(([name.strip().strip("`").lower().rpartition(".")[2]], text.strip()))
    return found


def parts(statement: str, rest: Sequence[Token], keys: Sequence[str]) -> dict[str, str]:
    """The texts behind each of these words, and under the empty key what stands before them."""
    marks = [("", rest[0].start if rest else len(statement))]
    depth = 0
    ends: list[int] = []
    for word in rest:
        depth += {"(": 1, ")": -1}.get(word.text, 0)
        if depth == 0 and word.text.upper() in keys:
            ends.append(word.start)
            marks.append((word.text.upper(), word.end + 1))
    ends.append(len(statement))
    found = dict.fromkeys(keys, "")
    return found | {key: statement[start:end].strip() for (key, start), end in zip(marks, ends, strict=True)}


def listed(text: str) -> list[str]:
    """The parts of a list between commas that lie in no brackets."""
    if not text.strip():
        return []
    cuts, depth = [0], 0
    for word in dialect.tokens(text):
        depth += {"(": 1, ")": -1}.get(word.text, 0)
        if depth == 0 and word.text == ",":
            cuts += [word.start, word.end + 1]
    cuts.append(len(text))
    return [text[cuts[at] : cuts[at + 1]].strip() for at in range(0, len(cuts), 2)]


def arguments(text: str) -> list[tuple[str, str]]:
    """The names, if they are told, and expressions of `a, b` or `(a AS x, b AS y)`."""
    found = listed(text)
    if len(found) == 1 and text.startswith("(") and text.endswith(")"):
        found = listed(text[1:-1])
    return [_argument(part) for part in found]


def _argument(text: str) -> tuple[str, str]:
    """`expression [AS name]`."""
    value = dialect.expression(text)
    if isinstance(value, exp.Alias):
        return value.alias, value.this.sql("databricks")
    return "", text
