"""A question as a full-text query: any of its words may occur, the rare ones weigh most."""

import re
import sqlite3
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_COMMON = frozenset(
    (
        *("a", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "could", "did", "do", "does", "each"),
        *("for", "from", "had", "has", "have", "how", "i", "if", "in", "is", "it", "its", "many", "me", "much", "my"),
        *("no", "of", "on", "or", "our", "shall", "should", "show", "that", "the", "their", "there", "these", "they"),
        *("this", "those", "to", "under", "was", "we", "were", "what", "when", "where", "which", "who", "whose", "why"),
        *("will", "with", "you"),
    )
)


def telling_words(text: str) -> list[str]:
    """The words that say what a text is about, in their order; all of them if it has no others."""
    words = [word.lower() for word in _WORD.findall(text)]
    return [word for word in words if word not in _COMMON] or words


def match_expression(text: str) -> str:
    """The expression for FTS5; each word is quoted, so nothing in it is syntax."""
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(telling_words(text)))


def stems(words: Iterable[str]) -> dict[str, str]:
    """Each word with what the full-text search takes it for: `umbrellas` for umbrella; `gga-014` for itself."""
    listed = list(dict.fromkeys(words))
    database = sqlite3.connect(":memory:")
    try:
        database.execute("CREATE VIRTUAL TABLE told USING fts5(word, tokenize='porter unicode61')")
        database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(told, instance)")
        database.executemany("INSERT INTO told (rowid, word) VALUES (?, ?)", enumerate(listed))
        found = dict.fromkeys(listed, "")
        for at, term in database.execute("SELECT doc, term FROM terms ORDER BY doc, offset"):
            found[listed[at]] = f"{found[listed[at]]} {term}".lstrip()
    finally:
        database.close()
    return found
