from agent.ingest import Report
from agent.warehouse import insert, literal


def test_the_report_names_what_was_left_out_and_why():
    report = Report(files=3, unreadable={"v/a.pdf": "empty file"}, drafts=["v/d.docx"])

    assert "not readable  v/a.pdf: empty file" in str(report)
    assert "draft         v/d.docx" in str(report)


def test_a_literal_cannot_leave_its_quotes():
    assert literal("it's \\ fine'); DROP TABLE t; --") == "'it\\'s \\\\ fine\\'); DROP TABLE t; --'"


def test_an_insert_has_a_row_for_each_row():
    rows = [{"a": 1, "b": "x"}, {"a": 2, "b": None}]

    assert insert("c.s.t", rows) == "INSERT INTO c.s.t (a, b) VALUES (1, 'x'), (2, NULL)"
