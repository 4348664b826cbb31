"""The reference documents, and small ones made on the spot."""

import io

import docx
import pytest

from agent.golden import FILE
from agent.parsing import parse

DOCUMENTS = FILE.parent / "sharepoint"


@pytest.fixture
def read():
    def parsed(path):
        return parse(path, (DOCUMENTS / path).read_bytes())

    return parsed


@pytest.fixture
def docx_bytes():
    def made(title, *blocks):
        document = docx.Document()
        document.add_heading(title, 0)
        for block in blocks:
            if isinstance(block, list):
                table = document.add_table(rows=0, cols=len(block[0]))
                for row in block:
                    for cell, text in zip(table.add_row().cells, row, strict=True):
                        cell.text = text
            elif block.startswith("# "):
                document.add_heading(block[2:], 1)
            else:
                document.add_paragraph(block)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return made
