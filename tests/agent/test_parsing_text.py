import pytest

from agent.parsing import UnreadableError, parse

GERMAN = "Mietvertrag über die Wohnung\n\n§ 1 Miete\n\nDie Miete beträgt 700 Euro für März.\n"
RUSSIAN = "Договор аренды нежилого помещения заключен между сторонами на срок пять лет.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
def test_a_text_is_read_in_whatever_encoding(encoding):
    document = parse("a.txt", GERMAN.encode(encoding))

    assert document.title == "Mietvertrag über die Wohnung"
    assert [(s.title, s.text) for s in document.sections] == [("§ 1 Miete", "Die Miete beträgt 700 Euro für März.")]


def test_a_cyrillic_code_page_is_told_by_its_letters():
    assert parse("a.txt", RUSSIAN.encode("cp1251")).text == RUSSIAN.strip()


def test_a_hash_in_a_plain_text_is_no_heading():
    assert parse("a.txt", b"First line.\n# 12 bolts\n").text == "First line.\n# 12 bolts"


def test_an_underlined_line_is_a_heading():
    for name in ("a.txt", "a.md"):
        document = parse(name, b"Manual\n======\n\nSafety\n------\n\nWear gloves.\n")

        assert document.title == "Manual"
        assert [(s.title, s.text) for s in document.sections] == [("Safety", "Wear gloves.")]


def test_code_and_front_matter_make_no_headings():
    document = parse("a.md", b"---\ntags: x\n---\n# T\n\n## A\n```\n# comment\n```\nText\n")

    assert document.title == "T"
    assert [(s.title, s.text) for s in document.sections] == [("A", "```\n# comment\n```\nText")]


def test_what_a_page_names_its_main_content_is_its_text():
    html = b"<body><div>Shop</div><main><h1>Lease</h1><div>Rent is <b>700</b>.</div></main><p>Ads</p></body>"

    document = parse("a.html", html)

    assert (document.title, document.text) == ("Lease", "Rent is 700.")


@pytest.mark.parametrize(
    "noise",
    [
        '<div class="cookie-banner">N</div>',
        '<div role="navigation">N</div>',
        '<p style="display: none">N</p>',
        "<p hidden>N</p>",
        '<ul><li><a href="/">N</a></li><li><a href="/b">N</a></li><li><a href="/c">N</a></li></ul>',
        "<!-- N -->",
    ],
)
def test_what_is_around_a_page_or_unseen_is_left_out(noise):
    assert parse("a.html", f"<h2>A</h2><p>Text</p>{noise}".encode()).text == "A\nText"


def test_a_paragraph_in_a_list_or_a_cell_is_told_once():
    html = b"<ul><li><p>One</p></li></ul><table><tr><th>Fee</th><td><p>$1</p></td></tr></table>"

    assert parse("a.html", html).text == "One\nFee | $1"


def test_binary_content_in_a_text_file_is_no_text():
    with pytest.raises(UnreadableError, match="binary content"):
        parse("a.txt", bytes(range(256)) * 10)
