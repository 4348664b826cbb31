from agent.parsing import parse

ROWS = [("Service", "Unit", "Rate"), ("Gathering", "Mcf", "$0.31"), ("Compression of gas", "Mcf", "$0.05")]


def down(rows, xs, top=600, size=10, step=14):
    return [
        (x, top - step * number, size, text)
        for number, row in enumerate(rows)
        for x, text in zip(xs, row, strict=True)
        if text
    ]


def test_a_table_is_read_row_by_row(pdf_bytes):
    page = [(72, 700, 10, "Title"), (72, 640, 10, "4. Fees"), *down(ROWS, (72, 250, 350))]

    document = parse("a.pdf", pdf_bytes(page))

    assert document.sections[0].title == "4. Fees"
    assert document.sections[0].text.splitlines()[1:] == ["Gathering | Mcf | $0.31", "Compression of gas | Mcf | $0.05"]


def test_of_two_columns_the_left_one_is_read_first(pdf_bytes):
    lines = [(f"Left line number {n} goes on and on", f"Right line number {n} goes on and on") for n in range(8)]

    document = parse("a.pdf", pdf_bytes([(72, 700, 16, "Report"), *down(lines, (72, 340))]))

    assert document.text.index("Left line number 7") < document.text.index("Right line number 0")


def test_a_heading_is_seen_by_its_larger_type_in_any_language(pdf_bytes):
    text = down([("Die Miete ist im Voraus zu zahlen.",), ("Sie wird auf das Konto gezahlt.",)], (72,))
    page = [(72, 720, 18, "Mietvertrag"), (72, 640, 14, "Miete und Nebenkosten"), *text]

    document = parse("a.pdf", pdf_bytes(page))

    assert document.title == "Mietvertrag"
    assert [section.title for section in document.sections] == ["Miete und Nebenkosten"]
    assert document.sections[0].text == "Die Miete ist im Voraus zu zahlen. Sie wird auf das Konto gezahlt."


def test_running_heads_and_page_numbers_are_no_text(pdf_bytes):
    pages = [
        [(72, 750, 9, "Firma GmbH"), (72, 600, 10, f"Satz {n} des Vertrags."), (72, 30, 9, f"Seite {n} von 3")]
        for n in (1, 2, 3)
    ]

    document = parse("a.pdf", pdf_bytes(*pages))

    assert "Firma" not in document.sections[0].text
    assert "Seite" not in document.text
    assert "Satz 2 des Vertrags." in document.text


def test_the_heads_of_a_chapters_pages_are_no_headings(pdf_bytes):
    heads = ["Cover 1", "Chapter 1: Rent 2", "Chapter 1: Rent 3", "Chapter 2: Term 4", "Chapter 1: Rent 5"]
    pages = [
        [
            (72, 750, 14, head),
            *down([(f"Clause {word}.",), ("It holds.",), (f"Clause {word} refers to page 3.",)], (72,)),
        ]
        for head, word in zip(heads, ("alpha", "beta", "gamma", "delta", "epsilon"), strict=True)
    ]

    document = parse("a.pdf", pdf_bytes(*pages))

    assert "Chapter 1" not in document.text
    assert "Clause gamma refers to page 3." in document.text


def test_a_numbered_sentence_is_no_heading(pdf_bytes):
    page = [(72, 700, 16, "Rules"), *down([("1. Scope",), ("2. The tenant pays; the landlord receives.",)], (72,))]

    document = parse("a.pdf", pdf_bytes(page))

    assert [(s.title, s.text) for s in document.sections] == [
        ("1. Scope", "2. The tenant pays; the landlord receives.")
    ]
