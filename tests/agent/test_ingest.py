from agent.ingest import Report, _distinct
from agent.parsing import Document, Section
from agent.warehouse import insert, literal


def document(path, text="Same words."):
    return Document(path, "Title", (Section("1. A", text),))


def test_of_two_documents_with_the_same_words_the_one_called_copy_is_left_out():
    report = Report()

    kept = _distinct([document("v/Copy of a.pdf"), document("v/long/way/a.docx", "Same  words.")], report)

    assert [d.path for d in kept] == ["v/long/way/a.docx"]
    assert report.duplicates == {"v/Copy of a.pdf": "v/long/way/a.docx"}


def test_documents_with_other_words_are_all_kept():
    assert len(_distinct([document("a"), document("b", "Other words.")], Report())) == 2


def test_the_report_names_what_was_left_out_and_why():
    report = Report(files=3, unreadable={"v/a.pdf": "empty file"}, drafts=["v/d.docx"])

    assert "not readable  v/a.pdf: empty file" in str(report)
    assert "draft         v/d.docx" in str(report)


def test_a_literal_cannot_leave_its_quotes():
    assert literal("it's \\ fine'); DROP TABLE t; --") == "'it\\'s \\\\ fine\\'); DROP TABLE t; --'"


def test_an_insert_has_a_row_for_each_row():
    rows = [{"a": 1, "b": "x"}, {"a": 2, "b": None}]

    assert insert("c.s.t", rows) == "INSERT INTO c.s.t (a, b) VALUES (1, 'x'), (2, NULL)"
