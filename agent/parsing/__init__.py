"""Files to sections: PDF, Word, PowerPoint, Excel, HTML, Markdown and plain text, each by its own library."""

from agent.parsing.document import Document, Section, UnreadableError
from agent.parsing.files import parse

__all__ = ["Document", "Section", "UnreadableError", "parse"]
