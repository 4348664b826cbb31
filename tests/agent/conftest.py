"""The reference documents, and small ones made on the spot."""

import io
from dataclasses import dataclass, replace
from typing import Any

import docx
import pytest
from databricks.sdk import WorkspaceClient
from databricks.sdk.service.catalog import VolumeType

from agent.golden import FILE
from agent.parsing import parse
from agent.settings import Settings
from agent.warehouse import Warehouse

DOCUMENTS = FILE.parent / "sharepoint"


@pytest.fixture
def read():
    def parsed(path):
        return parse(path, (DOCUMENTS / path).read_bytes())

    return parsed


@pytest.fixture
def pdf_bytes():
    """A PDF of pages, each a list of (x, y, size, text)."""

    def made(*pages):
        kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        for number, page in enumerate(pages):
            drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in page)
            fonts = "/Resources << /Font << /F1 3 0 R >> >>"
            objects += [
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {fonts} /Contents {5 + 2 * number} 0 R >>",
                f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream",
            ]
        told, places = "%PDF-1.4\n", []
        for number, body in enumerate(objects, 1):
            places.append(len(told))
            told += f"{number} 0 obj\n{body}\nendobj\n"
        table = "".join(f"{place:010} 00000 n \n" for place in places)
        return (
            f"{told}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(told)}\n%%EOF"
        ).encode("latin-1")

    return made


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


@dataclass
class Volume:
    """A volume with two small contracts and an empty file."""

    w: WorkspaceClient
    settings: Settings

    def fill(self) -> None:
        for n in (10, 11):
            self.put(f"AB-{n}.md", self.lease(n))
        self.put("empty.md", "")

    def lease(self, n: int, more: str = "") -> str:
        return f"# Lease AB-{n}\n\n## 1. Rent\n\nTenant shall pay a rent of $10{n} per month.{more}\n"

    def put(self, name: str, text: str) -> None:
        self.put_bytes(name, text.encode())

    def put_bytes(self, name: str, content: bytes) -> None:
        self.w.files.upload(f"{self.settings.volume_path}/{name}", io.BytesIO(content), overwrite=True)

    def delete(self, name: str) -> None:
        self.w.files.delete(f"{self.settings.volume_path}/{name}")

    def contents(self) -> set[tuple[str, str]]:
        """Path below the volume, and text, of each chunk."""
        rows = Warehouse(self.w, self.settings).run(f"SELECT doc_uri, content FROM {self.settings.chunks_table}")
        return {(str(row[0]).removeprefix(f"{self.settings.volume_path}/"), str(row[1])) for row in rows}

    def with_settings(self, **changed: Any) -> Settings:
        return replace(self.settings, **changed)


@pytest.fixture
def leases(w):
    """In the place that the agent's own settings name."""
    settings = Settings.load()
    w.schemas.create(settings.schema, settings.catalog)
    w.volumes.create(settings.catalog, settings.schema, settings.volume, VolumeType.MANAGED)
    volume = Volume(w, settings)
    volume.fill()
    return volume
