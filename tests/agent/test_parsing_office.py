import io
from datetime import datetime

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx import Presentation
from pptx.util import Inches

from agent.parsing import parse


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_merged_cell_is_told_once():
    document = docx.Document()
    document.add_heading("Fees", 1)
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Gathering"
    table.cell(0, 2).text = "$0.30"

    assert parse("a.docx", saved(document)).sections[0].text == "Gathering | $0.30"


def test_insertions_are_read_and_deletions_are_not():
    document = docx.Document()
    paragraph = document.add_paragraph("Notice of ")
    for change in (
        f"<w:del {nsdecls('w')}><w:r><w:delText>30</w:delText></w:r></w:del>",
        f"<w:ins {nsdecls('w')}><w:r><w:t>60</w:t></w:r></w:ins>",
    ):
        paragraph._p.append(parse_xml(change))
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve"> days</w:t></w:r>'))

    assert parse("a.docx", saved(document)).text == "Notice of 60 days"


def test_a_paragraph_in_a_content_control_is_read():
    document = docx.Document()
    paragraph = document.add_paragraph("Filled in by the tenant")
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    paragraph._p.addprevious(control)
    control[0].append(paragraph._p)

    assert parse("a.docx", saved(document)).text == "Filled in by the tenant"


def test_a_style_made_from_a_heading_is_a_heading():
    document = docx.Document()
    document.styles.add_style("Clause", 1).base_style = document.styles["Heading 2"]
    document.add_paragraph("Kaution", style="Clause")
    document.add_paragraph("Drei Monatsmieten.")

    assert [(s.title, s.text) for s in parse("a.docx", saved(document)).sections] == [("Kaution", "Drei Monatsmieten.")]


def test_each_slide_is_a_section_with_its_table_and_notes():
    presentation = Presentation()
    presentation.core_properties.title = "Quarter"
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Sales"
    table = slide.shapes.add_table(1, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "North", "12"
    slide.notes_slide.notes_text_frame.text = "Say thanks."
    blank = presentation.slides.add_slide(presentation.slide_layouts[6])
    blank.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "The end"

    document = parse("a.pptx", saved(presentation))

    assert document.title == "Quarter"
    assert [(s.title, s.text) for s in document.sections] == [
        ("Sales", "North | 12\nNotes: Say thanks."),
        ("Slide 2", "The end"),
    ]


def test_each_sheet_is_a_section_whose_rows_name_their_columns():
    book = openpyxl.Workbook()
    book.active.title = "Rents"
    for row in (["Flat", "Rent", "Since"], ["A1", 700, datetime(2024, 5, 1)], ["A2", None, None]):
        book.active.append(row)
    book.create_sheet("Empty")

    document = parse("rents.xlsx", saved(book))

    assert document.title == "rents"
    assert [(s.title, s.text) for s in document.sections] == [
        ("Rents", "Flat | Rent | Since\nFlat: A1 | Rent: 700 | Since: 2024-05-01\nFlat: A2")
    ]
