"""What comments say of tables whose names are only short forms."""

import pytest

MUSEUM = """
CREATE TABLE main.museum.exh (exh_id INT, exh_nm STRING, exh_typ STRING COMMENT 'Fair type: PM permanent fair, TR
 travelling fair', opn_dt DATE COMMENT 'Opening day') COMMENT 'Exhibitions';
INSERT INTO main.museum.exh VALUES (1, 'Amber', 'PM', DATE'2023-01-10'), (2, 'Boats', 'TR', DATE'2023-03-10'),
 (3, 'Clocks', 'TR', DATE'2024-01-20');
CREATE TABLE main.museum.tour (tour_id INT, exh_id INT, tour_typ STRING COMMENT 'S school, P public', vstr_cnt INT COMMENT
 'Number of visitors', tour_dt DATE COMMENT 'Day of the tour') COMMENT 'Guided tours';
INSERT INTO main.museum.tour VALUES (1, 1, 'S', 20, DATE'2024-01-05'), (2, 1, 'P', 12, DATE'2024-02-05'),
 (3, 2, 'P', 8, DATE'2024-02-06'), (4, 3, 'S', 30, DATE'2023-02-07')
"""


@pytest.fixture(scope="session")
def museum(asked_about, warehouse):
    engine = asked_about("museum", MUSEUM)

    def ask(question):
        answer = engine.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


def test_the_short_name_of_a_table_is_spelled_out_in_those_of_its_columns(museum):
    assert museum("How many fairs are there?") == [("3",)]
