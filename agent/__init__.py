"""The reference agent: contract questions answered from documents and tables, with official clients only."""
