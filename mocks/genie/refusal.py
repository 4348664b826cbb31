"""Why a question gets no query."""

from collections.abc import Sequence


class AskBack(Exception):  # noqa: N818  # an answer, not an error
    """The question can be meant in several ways, or a word of it is not understood; the text asks."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Unknown(AskBack):
    """Words of the question name nothing in the space."""

    def __init__(self, text: str, words: Sequence[str]) -> None:
        super().__init__(text)
        self.words = words


class NotJoined(AskBack):
    """The tables of one reading do not belong together; another reading may. Some of it is known by the column."""

    def __init__(self, text: str, column: object = None) -> None:
        super().__init__(text)
        self.column = column


class Declined(AskBack):
    """The tables cannot answer it, or it asks for something that is never done here."""
