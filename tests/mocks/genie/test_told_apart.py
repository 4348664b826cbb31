"""Instructions that say several things in one sentence, and the many forms in which curators define a state."""

import pytest

VISITS = """
CREATE TABLE main.clinic.animal (animal_id INT PRIMARY KEY, animal_name STRING, died_on DATE);
INSERT INTO main.clinic.animal VALUES (1, 'Rex', NULL), (2, 'Tom', DATE'2024-01-05'), (3, 'Kit', NULL);
CREATE TABLE main.clinic.visit (visit_id INT PRIMARY KEY, animal_id INT, state STRING, came_on DATE, left_on DATE);
INSERT INTO main.clinic.visit VALUES (1, 1, 'Done', DATE'2024-01-02', DATE'2024-01-04'),
 (2, 1, 'Done', DATE'2024-02-02', NULL), (3, 2, 'Void', DATE'2024-01-05', NULL),
 (4, 3, 'Planned', DATE'2024-03-01', NULL);
CREATE TABLE main.clinic.visit_item (visit_id INT, line_no INT, amount INT);
INSERT INTO main.clinic.visit_item VALUES (1, 1, 10), (1, 2, 20), (2, 1, 40), (3, 1, 80), (4, 1, 160)
"""


@pytest.fixture(scope="session")
def told(asked_about, warehouse):
    def ask(question, *sentences):
        answer = asked_about("clinic", VISITS, {"text_instructions": [{"content": ["\n".join(sentences)]}]}).ask(
            question
        )
        assert answer.sql is not None, answer.text
        return [row[-1] for row in warehouse.run(answer.sql, read_only=True).rows()]

    return ask


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Fees (charges, takings) are the sum of visit_item.amount over visits that are not void.", "Total takings?"),
        ("Fees, or charges, are the sum of amount of visits with state Done or Planned.", "What are the charges?"),
        ("Fees and charges mean sum(visit_item.amount), tax included, without visits of state Void.", "our charges"),
        ("Fees are sum(visit_item.amount) without visits of state Void, dated by visit.came_on.", "fees in total"),
    ],
)
def test_a_measure_has_other_names_conditions_and_a_date_in_one_sentence(told, sentence, question):
    assert told(question, sentence) == ["230"]


def test_what_an_instruction_says_by_the_way_is_a_date_too(told):
    sentence = "Fees are the sum of visit_item.amount, dated by visit.came_on."
    assert told("What were the fees in January 2024?", sentence) == ["110"]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("A living animal is one with died_on empty.", "How many living animals are there?"),
        ("Present animals are those without died_on.", "number of present animals"),
        ("Animals with an empty died_on are present.", "How many present animals are there?"),
        ("A present animal, or one in care, has died_on empty.", "How many animals are in care?"),
        ("A visit really took place only if its state is Done.", "How many visits took place?"),
        ("A visit that we finished has state = 'Done'.", "number of finished visits"),
        ("We wound a visit up, or closed it, when its state is Done.", "How many wound up visits are there?"),
        ("A visit was good when state is 'Done', poor when 'Void', and due when 'Planned'.", "count of good visits"),
        ("Well-run visits are in Done.", "How many well-run visits are there?"),
        ("A visit counts as complete only with state 'Done'.", "How many complete visits are there?"),
        ("An animal at home has not died, a gone one has died_on filled.", "How many animals are at home?"),
        (
            "A visit is void if state is 'Void', planned if state is 'Planned', and past if state is 'Done'.",
            "past visits, count",
        ),
    ],
)
def test_a_state_is_defined_in_many_forms(told, sentence, question):
    assert told(question, sentence) == ["2"]


def test_a_curator_says_which_words_name_a_table(told):
    assert told("How many call-outs are there?", "Appointments, call-outs and consultations are visits.") == ["4"]


def test_what_is_left_out_only_when_asked_is_not_left_out(told):
    assert told("How many visits are there?", "Leave out void visits only when asked to.") == ["4"]


def test_what_a_curator_adds_up_may_be_averaged(told):
    assert told("average fees", "Fees are the sum of visit_item.amount.") == ["62.0"]


def test_how_much_we_take_is_the_measure_that_a_curator_defines(told):
    sentence = "Sales are the sum of visit_item.amount over visits that are not void."
    assert told("How much did we sell in 2024?", sentence) == ["230"]


def test_a_pronoun_is_no_term(told):
    sentence = "A finished visit (we are through) has state 'Done', a future visit (we wait) has state 'Planned'."
    assert told("How many visits did we have?", sentence) == ["4"]


def test_what_dates_a_measure_is_no_condition(told):
    assert told("What are our fees?", "Fees are the sum of visit_item.amount, dated by visit.came_on.") == ["310"]


def test_what_is_told_to_be_filled_is_no_column_of_that_name(told):
    assert told("How many ended visits are there?", "A visit is ended once left_on is filled.") == ["1"]


def test_what_is_not_called_so_is_no_condition(told):
    assert told("Total amount of visit items?", "line_no and visit_id are not amounts.") == ["310"]
