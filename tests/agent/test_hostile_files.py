"""Files that mean harm: each is refused with a reason, within bounds, and the next one is read."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import psutil
import pypdf
import pytest
from pptx import Presentation

from agent.confined import Confined
from agent.parsing import package, pdf
from agent.reading import Recipe
from agent.settings import Settings

RECIPE = Recipe.of(Settings(profile="plain"))
ROOT = Path(__file__).parents[2]
FOLDERS = {".docx": "word", ".pptx": "ppt", ".xlsx": "xl"}
MAKERS = {".docx": docx.Document, ".pptx": Presentation, ".xlsx": openpyxl.Workbook}


@pytest.fixture(scope="module")
def confined():
    with Confined(RECIPE, seconds=60) as child:
        yield child


@pytest.fixture
def reason(confined):
    """Why a file was not read, after which the reader still reads."""

    def asked(path, content):
        reading = confined.read(path, content)
        assert confined.read("after.txt", b"Fine.").status == "final"
        assert (reading.status, len(reading.chunks)) == ("unreadable", 1)
        return reading.reason

    return asked


def office(suffix, **parts):
    """An Office file with more parts in it."""
    stream = io.BytesIO()
    MAKERS[suffix]().save(stream)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + (".xml" if "." not in name else ""), content, compresslevel=1)
    return stream.getvalue()


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_zip_bomb_is_not_unpacked(reason, suffix):
    bomb = office(suffix, bomb=b"\0" * (package.MAX_UNPACKED_MB + 1) * 1024 * 1024)

    assert len(bomb) < 1024 * 1024
    assert reason(f"a{suffix}", bomb) == "unpacks to more than 200 MB"


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_package_of_very_many_parts_is_not_opened(reason, suffix):
    crowd = office(suffix, **{f"part{number}": b"" for number in range(10_001)})

    assert reason(f"a{suffix}", crowd) == "more than 10,000 parts in the package"


@pytest.mark.parametrize("suffix", MAKERS)
def test_an_xml_entity_bomb_is_not_expanded(reason, suffix):
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{lines}]><x>&l11;</x>'

    assert "XML entities" in reason(f"a{suffix}", office(suffix, extra=bomb))


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_file_with_macros_is_refused_by_its_name_and_by_its_parts(reason, suffix):
    assert reason(f"a{suffix[:-1]}m", office(suffix)) == f"a file with macros ({suffix[:-1]}m)"
    assert reason(f"a{suffix}", office(suffix, **{f"{FOLDERS[suffix]}__vbaProject.bin": b"x"})) == "a file with macros"


def test_a_pdf_of_ten_thousand_pages_is_refused(reason, pdf_bytes):
    assert reason("a.pdf", pdf_bytes(*[[]] * 10_000)) == f"10,000 pages, more than {pdf.MAX_PAGES:,}"


def test_an_encrypted_pdf_is_named_as_encrypted(reason, pdf_bytes):
    writer = pypdf.PdfWriter(io.BytesIO(pdf_bytes([(72, 700, 10, "Secret")])))
    writer.encrypt("password", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)

    assert reason("a.pdf", stream.getvalue()).startswith("encrypted")


def test_an_encrypted_office_file_is_named_as_one(reason):
    assert "old or encrypted Office file" in reason("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600)


def test_a_pdf_whose_pages_hold_each_other_is_refused(reason):
    page = b"2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj\n"
    loop = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" + page

    assert reason("a.pdf", loop + b"trailer << /Root 1 0 R /Size 3 >>\nstartxref\n0\n%%EOF")


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.pdf", office(".docx"), "DOCX"),
        ("a.docx", office(".xlsx"), "XLSX"),
        ("a.xlsx", b"%PDF-1.4 ...", "PDF"),
        ("a.md", b"\x7fELF\x02\x01", "program"),
        ("a.txt", b"<!DOCTYPE html><p>x", "HTML"),
        ("a.html", b"\x89PNG\r\n", "image"),
        ("a.pptx", b"PK\x03\x04 cut off", "damaged ZIP archive"),
    ],
)
def test_an_extension_that_lies_is_told_with_what_the_file_is(reason, name, content, found):
    assert reason(name, content).endswith(f"in spite of its name, but: {found}")


def test_html_nested_very_deeply_is_read_or_refused(confined):
    reading = confined.read("a.html", b"<div>" * 20_000 + b"Deep down" + b"</div>" * 20_000)

    assert reading.reason or "Deep down" in reading.chunks[0].content


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("filler", [b"x", b"#", b"1. ", b"( ", b"\xc3\xa9 "])
def test_an_enormous_single_line_is_cut_into_chunks(confined, name, filler):
    reading = confined.read(name, b"Begin " + filler * (1_000_000 // len(filler)))

    assert reading.reason == ""
    assert max(len(chunk.content) for chunk in reading.chunks) < 1_500


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("filler", [b" ", b"<!--", b"<p><!--", b"&#x26;"])
def test_a_line_that_leads_parsers_astray_is_read_or_refused(confined, name, filler):
    reading = confined.read(name, b"Begin " + filler * 5_000)

    assert reading.reason or "Begin" in reading.chunks[0].content


def test_characters_that_no_table_takes_are_left_out(confined, pdf_bytes):
    reading = confined.read("a.pdf", pdf_bytes([(72, 700, 10, "Title"), (72, 600, 10, "Rent\\000 is\\001 due.")]))

    assert reading.reason == ""
    assert not [c for c in reading.chunks[0].content if ord(c) < 32 and c != "\n"]


def test_a_text_without_end_is_refused(reason):
    assert "characters of text" in reason("a.txt", b"word " * 1_100_000)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.pptx", "a.xlsx"])
def test_an_empty_file_is_named_as_empty(reason, name):
    assert reason(name, b"") == "empty file"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_file_of_white_space_has_no_text(reason, name):
    assert reason(name, b" \n\t\r\n" * 1000) == "no text in it"


@pytest.mark.parametrize("suffix", MAKERS)
def test_an_office_file_without_content_has_no_text(reason, suffix):
    assert reason(f"a{suffix}", office(suffix)) == "no text in it"


def test_a_sheet_that_lies_about_its_size_costs_no_time(confined):
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["only", "row"])
    book.save(stream)
    with zipfile.ZipFile(stream) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'ref="A1:B1"', b'ref="A1:XFD1048576"')
    lying = io.BytesIO()
    with zipfile.ZipFile(lying, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    assert b"XFD1048576" in parts[sheet]
    assert "only | row" in confined.read("a.xlsx", lying.getvalue()).chunks[0].content


def test_the_child_ends_a_file_that_takes_too_long(pdf_bytes):
    pages = [[(72, 700 - n, 10, "word " * 50) for n in range(600)]] * 300
    with Confined(RECIPE, seconds=0.5) as child:
        reading = child.read("a.pdf", pdf_bytes(*pages))

    assert (reading.reason, reading.again) == ("takes longer than 0.5 s", True)


def test_a_file_that_takes_too_much_memory_is_named_and_the_next_is_read():
    with Confined(RECIPE, memory_mb=220) as child:
        reading = child.read("a.html", b"<p>" + b"x" * 80_000_000)

        assert reading.reason in ("needs more than 220 MB of memory", "its parser broke down over it")
        assert child.read("b.txt", b"Fine.").status == "final"


def test_no_child_is_left_when_its_parent_is_killed():
    words = (
        "import time; from agent.confined import Confined; from agent.reading import Recipe;"
        "from agent.settings import Settings; child = Confined(Recipe.of(Settings()));"
        "child.read('a.txt', b'x'); print(child.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", words], stdout=subprocess.PIPE, cwd=ROOT) as parent:
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()

    assert psutil.wait_procs([child], timeout=60)[1] == []


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "a\x1b[31m\n'; DROP TABLE x; --.txt", "\u202efdp.txt"])
def test_a_name_is_only_ever_a_name(confined, name):
    chunk = confined.read(name, b"Fine.").chunks[0]

    assert chunk.doc_uri == name
    assert chunk.title.isprintable()
