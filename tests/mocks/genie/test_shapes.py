"""What shape an answer has: a number or a list, several numbers, and for each of what."""

import pytest

GYM = """
CREATE TABLE main.fitness.DimClub (ClubKey INT, ClubName STRING, Region STRING, FloorArea DOUBLE);
INSERT INTO main.fitness.DimClub VALUES (1, 'Mill', 'East', 400), (2, 'Park', 'West', 850), (3, 'Tower', 'East', 600);
CREATE TABLE main.fitness.DimMember (MemberKey INT, MemberName STRING, ClubKey INT, JoinedOn DATE);
INSERT INTO main.fitness.DimMember VALUES (1, 'Ada', 1, DATE'2022-01-05'), (2, 'Bo', 2, DATE'2023-02-06'),
 (3, 'Cy', 1, DATE'2023-03-07');
CREATE TABLE main.fitness.FactOrder (OrderKey INT, MemberKey INT, OrderedOn DATE, Amount DOUBLE, Channel STRING);
INSERT INTO main.fitness.FactOrder VALUES (1, 1, DATE'2023-05-01', 10, 'Web'), (2, 1, DATE'2023-05-02', 30, 'Desk'),
 (3, 2, DATE'2024-01-03', 50, 'Web');
CREATE TABLE main.fitness.FactLine (LineKey INT, OrderKey INT, Item STRING, Quantity INT, Price DOUBLE);
INSERT INTO main.fitness.FactLine VALUES (1, 1, 'Mat', 1, 10), (2, 2, 'Mat', 1, 10), (3, 2, 'Rope', 4, 20),
 (4, 3, 'Rope', 8, 40)
"""


@pytest.fixture(scope="module")
def gym(asked_about, warehouse):
    engine = asked_about("fitness", GYM)

    def ask(question, *earlier):
        answer = engine.ask(question, earlier)
        assert answer.sql is not None, answer.text
        return sorted(tuple(row) for row in warehouse.run(answer.sql, read_only=True).rows())

    return ask


@pytest.mark.parametrize(
    "question", ["orders May 2023", "orders, May 2023", "orders with an amount of more than 20", "orders over 20 euros"]
)
def test_a_few_words_about_what_has_no_name_ask_how_many(gym, question):
    assert gym(question) == [("2",)]


@pytest.mark.parametrize("question", ["list the orders of May 2023", "Which orders were placed in May 2023?"])
def test_rows_without_a_name_are_listed_for_whom_asks_to_see_them(gym, question):
    assert [row[0] for row in gym(question)] == ["1", "2"]


def test_things_with_a_name_stay_a_list_however_few_the_words(gym):
    assert [row[0] for row in gym("members 2023")] == ["Bo", "Cy"]


def test_so_many_of_what_has_no_name_are_a_condition_on_the_thing_before(gym):
    assert gym("channels with more than 1 order") == [("Web", "2")]


@pytest.mark.parametrize(
    "question",
    [
        "members and total amount by region",
        "the number of members and the amount of their orders per region",
        "For each region, how many members are there and how much did they order?",
        "total amount and members by region",
    ],
)
def test_a_thing_beside_a_number_is_how_many_there_are(gym, question):
    assert {frozenset(row) for row in gym(question)} == {
        frozenset(("East", "2", "40.0")),
        frozenset(("West", "1", "50.0")),
    }


def test_of_two_totals_neither_is_a_count(gym):
    assert gym("total amount and total quantity by channel") == [("Desk", "30.0", "5"), ("Web", "60.0", "9")]


@pytest.mark.parametrize("question", ["total amount paid by members", "total amount ordered by our members 2023"])
def test_whoever_did_it_groups_nothing(gym, question):
    assert len(gym(question)) == 1


@pytest.mark.parametrize("question", ["total amount by member", "total amount paid by each member"])
def test_a_number_by_a_thing_is_that_of_each(gym, question):
    assert gym(question) == [("Ada", "40.0"), ("Bo", "50.0")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("lowest and highest amount", [("10.0", "50.0")]),
        ("What are the largest and the smallest floor area?", [("850.0", "400.0")]),
        ("earliest and latest join date", [("2022-01-05", "2023-03-07")]),
        ("When was the first and the last order?", [("2023-05-01", "2024-01-03")]),
    ],
)
def test_two_ends_are_two_numbers(gym, question, expected):
    assert gym(question) == expected


@pytest.mark.parametrize("question", ["lines per order", "How many lines per order?"])
def test_so_many_for_each_of_what_has_no_name_is_their_average(gym, question):
    assert [round(float(value), 2) for (value,) in gym(question)] == [1.33]


def test_so_many_for_each_of_what_has_a_name_is_that_of_each(gym):
    assert gym("orders per member") == [("Ada", "2"), ("Bo", "1")]


@pytest.mark.parametrize("question", ["top 2 items, total quantity", "top two items, sum of quantity"])
def test_the_top_are_ranked_by_the_number_beside_them(gym, question):
    assert gym(question) == [("Mat", "2"), ("Rope", "12")]


@pytest.mark.parametrize("question", ["How many member orders are there?"])
def test_of_two_nouns_side_by_side_the_last_is_counted(gym, question):
    assert gym(question) == [("3",)]


def test_the_total_of_what_is_no_money_is_how_many(gym):
    assert gym("total members by region") == [("East", "2"), ("West", "1")]


@pytest.mark.parametrize(
    "question",
    [
        "cumulative amount by year",
        "How much had been ordered in total by the end of each year?",
        "Year by year, total amount up to then",
    ],
)
def test_a_running_total_adds_up_whatever_number_is_named(gym, question):
    assert [row[1] for row in gym(question)] == ["40.0", "90.0"]


@pytest.mark.parametrize(
    "question",
    [
        "How many orders had been placed by the end of each year?",
        "Year by year, how many orders had been placed up to then?",
    ],
)
def test_what_is_no_money_is_counted_up_to_each_period(gym, question):
    assert [row[1] for row in gym(question)] == ["2", "3"]


@pytest.mark.parametrize(
    "question",
    [
        "growth of amount 2024 vs 2023, percent",
        "Compare the total amounts of 2023 and 2024: what is the change in percent?",
        "By what percentage did the total amount grow from 2023 to 2024?",
    ],
)
def test_two_years_are_compared_in_percent(gym, question):
    assert [float(value) for (value,) in gym(question)] == [25.0]


@pytest.mark.parametrize(
    "question", ["Who ordered the largest amount in each region?", "Which member has the largest amount per region?"]
)
def test_who_has_the_most_of_each_group_is_told_by_name(gym, question):
    assert gym(question) == [("East", "Ada", "30.0"), ("West", "Bo", "50.0")]


PAYING = """
CREATE TABLE main.paying.member (member_id INT, member_name STRING);
INSERT INTO main.paying.member VALUES (1, 'Ada'), (2, 'Bo');
CREATE TABLE main.paying.payment (payment_id INT, member_id INT, paid_on DATE, amount DOUBLE, points INT);
INSERT INTO main.paying.payment VALUES (1, 1, DATE'2023-05-01', 10, 90), (2, 2, DATE'2024-01-03', 40, 1)
"""


def test_who_paid_the_most_is_found_by_the_money_that_was_paid(asked_about, warehouse):
    answer = asked_about("paying", PAYING).ask("Which member paid the most?")

    assert [tuple(row) for row in warehouse.run(answer.sql).rows()] == [("Bo", "40.0")]


CREW = """
CREATE TABLE main.stagehands.crew (crew_id INT, full_name STRING, role STRING, hourly_wage DOUBLE, joined_on DATE,
 supervisor_id INT COMMENT 'Crew member to whom this one reports');
INSERT INTO main.stagehands.crew VALUES (1, 'Ada', 'Light', 20, DATE'2020-01-01', NULL),
 (2, 'Bo', 'Light', 25, DATE'2023-01-02', 1), (3, 'Cy', 'Sound', 22, DATE'2024-01-03', 1)
"""


@pytest.fixture(scope="module")
def stagehands(asked_about, warehouse):
    engine = asked_about("stagehands", CREW)
    return lambda question: sorted(tuple(row) for row in warehouse.run(engine.ask(question).sql).rows())


def test_a_word_of_a_comment_for_the_persons_themselves_shows_nobody_else(stagehands):
    assert [row[0] for row in stagehands("Which crew members joined after 2022?")] == ["Bo", "Cy"]
    assert len(stagehands("Which crew members joined after 2022?")[0]) == 2


@pytest.mark.parametrize("question", ["best paid crew member per role", "the highest paid crew member of each role"])
def test_the_best_paid_are_those_with_the_highest_pay(stagehands, question):
    assert stagehands(question) == [("Light", "Bo", "25.0"), ("Sound", "Cy", "22.0")]


def test_the_same_count_said_twice_is_one_number(gym):
    assert gym("Please count what was ordered in May 2023, just the number of orders") == [("2",)]


@pytest.mark.parametrize(
    "question",
    [
        "Which member ordered most often?",
        "Who is the member that ordered the most often?",
        "Which member ordered most?",
    ],
)
def test_who_did_it_most_often_is_found_by_the_number_of_what_was_done(gym, question):
    assert gym(question) == [("Ada", "2")]


def test_the_most_of_what_was_done_to_each_is_found_in_every_group(gym):
    assert gym("For each channel, which member ordered most often?") == [
        ("Desk", "Ada", "1"),
        ("Web", "Ada", "1"),
        ("Web", "Bo", "1"),
    ]


def test_how_many_of_them_are_of_the_same_thing(gym):
    assert gym("How many orders were there in 2023, and how many of them in the Web channel?") == [("2", "1")]


@pytest.mark.parametrize(
    "question",
    ["In how many cases was an order placed on the web?", "How many orders on the web? I only need the number"],
)
def test_in_how_many_cases_is_how_many(gym, question):
    assert gym(question) == [("2",)]


MUSEUM = """
CREATE TABLE main.museum.exhibition (exhibition_id INT, title STRING, hall STRING);
INSERT INTO main.museum.exhibition VALUES (1, 'Ice', 'North'), (2, 'Gold', 'South'), (3, 'Maps', 'North');
CREATE TABLE main.museum.tour (tour_no STRING, exhibition_id INT, tour_date DATE, participants INT);
INSERT INTO main.museum.tour VALUES ('T-1', 1, DATE'2023-05-01', 10), ('T-2', 1, DATE'2023-06-01', 20),
 ('T-3', 2, DATE'2024-01-01', 60);
CREATE TABLE main.museum.visit (visit_id INT, exhibition_id INT, visited_on DATE, stay INT COMMENT 'Minutes');
INSERT INTO main.museum.visit VALUES (1, 2, DATE'2023-05-01', 30), (2, 2, DATE'2023-06-01', 50),
 (3, 3, DATE'2023-06-02', 10)
"""


@pytest.fixture(scope="module")
def museum(asked_about, warehouse):
    engine = asked_about("museum", MUSEUM)
    return lambda question: [tuple(row) for row in warehouse.run(engine.ask(question).sql).rows()]


def test_what_happened_is_counted_also_if_its_number_is_a_text(museum):
    assert museum("tours 2023") == [("2",)]


def test_a_number_for_each_row_without_a_name_is_its_average(museum):
    assert museum("stay per visit") == [("30.0",)]


def test_two_ends_of_a_number_of_something_are_two_numbers(museum):
    assert museum("smallest and largest number of participants") == [("10", "60")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("top 2 exhibitions, visits", [("Gold", "2"), ("Maps", "1")]),
        ("top 2 exhibitions, participants", [("Gold", "60"), ("Ice", "30")]),
        ("the 2 most visited exhibitions", [("Gold", "2"), ("Maps", "1")]),
    ],
)
def test_the_top_are_ranked_by_what_is_named_behind_them_without_a_word_between(museum, question, expected):
    assert museum(question) == expected
