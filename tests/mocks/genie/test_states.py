"""What comments say of flags and of empty columns, and other words for what is there or is not."""

import pytest

TABLES = """
CREATE TABLE IF NOT EXISTS main.default.gymnasts (gymnast_id INT, gymnast_name STRING,
 news_ok STRING COMMENT 'Y if the gymnast agreed to the newsletter', locker STRING COMMENT 'Y = own locker',
 is_night BOOLEAN COMMENT 'Whether access at night was granted', coach STRING COMMENT 'NULL for self-trainers',
 visits_left INT COMMENT 'Visits still open; empty = unlimited', allergy STRING COMMENT 'Main allergy',
 card_sent_at TIMESTAMP COMMENT 'Empty until posted', valid_to DATE,
 checked STRING COMMENT 'Y if the athlete has a medical check, N if not');
INSERT OVERWRITE main.default.gymnasts VALUES
 (1, 'Ann', 'Y', 'N', TRUE, NULL, 5, 'Nuts', TIMESTAMP'2024-01-01 10:00:00', DATE'2025-01-01', 'Y'),
 (2, 'Bo', 'N', 'Y', FALSE, 'Kim', NULL, NULL, NULL, NULL, 'N'),
 (3, 'Cy', 'N', 'N', FALSE, 'Kim', NULL, NULL, NULL, NULL, 'N')
"""


@pytest.fixture
def gym(engine, warehouse):
    for statement in TABLES.split(";\n"):
        warehouse.run(statement)
    built = engine(more=["gymnasts"])

    def ask(question):
        answer = built.ask(question)
        assert answer.sql is not None, answer.text
        return sorted(row[0] for row in map(tuple, warehouse.run(answer.sql, read_only=True).rows()))

    return ask


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("gymnasts who agreed to the newsletter", ["Ann"]),
        ("Which gymnasts said yes to the newsletter?", ["Ann"]),
        ("gymnasts with newsletter consent", ["Ann"]),
        ("gymnasts who did not agree to the newsletter", ["Bo", "Cy"]),
        ("gymnasts with their own locker", ["Bo"]),
        ("gymnasts without an own locker", ["Ann", "Cy"]),
        ("gymnasts with night access", ["Ann"]),
        ("gymnasts flagged as night", ["Ann"]),
    ],
)
def test_a_flag_is_called_what_its_comment_says(gym, question, found):
    assert gym(question) == found


def test_whom_the_comment_of_a_flag_speaks_of_is_no_name_of_the_flag(gym):
    assert gym("gymnasts with a medical check") == ["Ann"]
    with pytest.raises(AssertionError, match="athletes"):
        gym("Which athletes are there?")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("self-trainers", ["Ann"]),
        ("gymnasts with unlimited visits", ["Bo", "Cy"]),
        ("gymnasts without an allergy", ["Bo", "Cy"]),
        ("gymnasts with a known allergy", ["Ann"]),
        ("gymnasts whose allergy is unknown", ["Bo", "Cy"]),
        ("gymnasts whose allergy is on file", ["Ann"]),
        ("gymnasts without a card sent time", ["Bo", "Cy"]),
        ("gymnasts with no end date", ["Bo", "Cy"]),
    ],
)
def test_an_empty_column_is_said_in_many_ways(gym, question, found):
    assert gym(question) == found
