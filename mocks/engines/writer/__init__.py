"""The stand-in chat model: no model, but rules that follow the protocol an agent needs, honestly and repeatably."""

from mocks.engines.writer.writer import NAME, Writer

__all__ = ["NAME", "Writer"]
