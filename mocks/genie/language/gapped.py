"""Names with a verb in them, said as a clause: `money raised` of `how much money did we raise`."""

import re
from collections.abc import Iterable

from mocks.genie.language.verbs import is_participle
from mocks.genie.language.words import FUNCTION_WORDS, stem, stems, word_set

_WORD = re.compile(r"[A-Za-z][\w'-]*")
_IDLE = word_set("did do does have has had was were is are be been we they you our us the a an all it so ever")
_WHO = word_set("we they you")
_LONGEST = 4
_BETWEEN = 3


class Gapped:
    """The names of a space that have a verb in them, by their stems."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[frozenset[str], str] = {}
        self._known: set[tuple[str, ...]] = set()
        for name in names:
            words = name.replace("_", " ").split()
            self._known.add(stems(" ".join(words)))
            nouns = [word for word in words if not is_participle(word) and word.lower() not in FUNCTION_WORDS]
            if nouns and len(words) <= _LONGEST and any(map(is_participle, words)):
                self._names.setdefault(frozenset(stems(" ".join(words))), " ".join(words))

    def closed(self, question: str) -> str:
        """The question with each such name where its words stand with who did it and auxiliaries between."""
        words = [*_WORD.finditer(question)] if self._names else []
        for first in range(len(words)):
            for last in range(first + 1, min(len(words), first + _LONGEST + _BETWEEN)):
                window = [word[0] for word in words[first : last + 1]]
                if {window[0].lower(), window[-1].lower()} & _IDLE or not {*map(str.lower, window)} & _WHO:
                    continue
                before = words[first - 1][0] if first else ""
                if (stem(before), stem(window[0])) in self._known:
                    continue  # `yearly pay do we offer`, where `yearly pay` is a name as well
                said = frozenset(stem(word) for word in window if word.lower() not in _IDLE)
                name = self._names.get(said)
                if name is not None and stem(window[-1]) in map(stem, filter(is_participle, name.split())):
                    start, end = words[first].start(), words[last].end()
                    return self.closed(f"{question[:start]}{name}{question[end:]}")
        return question
