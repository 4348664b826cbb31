"""General nouns, and values that are only examples."""

import pytest

SITE = """CREATE TABLE main.site.machine (machine_id INT, machine_name STRING,
 state_cd INT COMMENT '1 sound, 2 worn, 3 unsafe');
INSERT INTO main.site.machine VALUES (1, 'Crane', 1), (2, 'Lift', 3), (3, 'Saw', 3);
CREATE TABLE main.site.fault (fault_id INT, machine_id INT, kind STRING, chan STRING COMMENT 'How it was reported',
 mechanic_name STRING, firm_cd STRING COMMENT 'N non-profit body, P private firm, C city workshop in town');
INSERT INTO main.site.fault VALUES (1, 1, 'Oil leak', 'Phone', 'Ann', 'N'), (2, 1, 'Crack', 'Web', 'Ann', 'P'),
 (3, 2, 'Crack', 'Phone', 'Bo', 'C'), (4, 3, 'Short circuit', 'Phone', 'Bo', 'C')"""


@pytest.fixture(scope="module")
def site(asked_about):
    return asked_about("site", SITE)


def found(engine, warehouse, question):
    answer = engine.ask(question)
    assert answer.sql is not None, answer.text
    return sorted(tuple(map(str, row)) for row in warehouse.run(answer.sql, read_only=True).rows())


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many things are in the machine list?", [("3",)]),
        ("Number of fault files in our system", [("4",)]),
        ("How many pieces of machine do we have?", [("3",)]),
        ("How many machines are recorded in our inventory?", [("3",)]),
        ("Which things are unsafe?", [("Lift",), ("Saw",)]),
        ("unsafe machines in our whole company", [("Lift",), ("Saw",)]),
        ("How many mechanic faults were there?", [("4",)]),
        ("How many faults are in their profile?", [("4",)]),
    ],
)
def test_a_general_noun_stands_for_the_things_spoken_of(site, warehouse, question, expected):
    assert found(site, warehouse, question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "How many faults came in each way?",
        "faults by way of reporting",
        "Count the faults for each way they were reported",
        "How many faults were reported by phone, by web and by the other ways?",
        "How many faults came in by phone, web and so on?",
    ],
)
def test_a_way_is_the_column_that_says_how(site, warehouse, question):
    assert found(site, warehouse, question) == [("Phone", "3"), ("Web", "1")]


def test_values_before_and_so_on_are_examples(site, warehouse):
    asked = "How many cracks, oil leaks and so on were reported? One number per kind."

    assert found(site, warehouse, asked) == [("Crack", "2"), ("Oil leak", "1"), ("Short circuit", "1")]


def test_a_code_is_called_by_a_word_with_a_hyphen_and_without_what_is_added(site, warehouse):
    assert found(site, warehouse, "how many faults of non-profits") == [("1",)]
    assert found(site, warehouse, "how many faults of a city workshop") == [("2",)]


def test_how_good_things_are_is_no_condition(site):
    assert "= 3" not in (site.ask("How unsafe are the machines?").sql or "")


FLAGGED = """CREATE TABLE main.flagged.shows (show_id INT, show_name STRING, guests INT COMMENT 'Persons on board',
 sound_ok BOOLEAN COMMENT 'The sound system worked all evening');
INSERT INTO main.flagged.shows VALUES (1, 'Fog', 10, TRUE), (2, 'Salt', 20, FALSE), (3, 'Lamp', 30, TRUE)"""


@pytest.mark.parametrize(
    "question",
    [
        "On how many shows did the sound fail?",
        "count shows with sound failure",
        "how many shows had a sound system that did not work",
    ],
)
def test_what_failed_is_a_flag_that_is_not_set(asked_about, warehouse, question):
    assert found(asked_about("flagged", FLAGGED), warehouse, question) == [("1",)]


def test_the_total_of_things_is_how_many_they_are(asked_about, warehouse):
    assert found(asked_about("flagged", FLAGGED), warehouse, "shows total, all statuses") == [("3",)]
