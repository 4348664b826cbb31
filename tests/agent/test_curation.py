from agent.golden import Question
from agent.loop.curation import Space, _filters, teachable

TABLES = {"contracts", "parties", "entities"}
SQL = (
    "SELECT e.name, COUNT(*) FROM parties p JOIN entities e USING(entity_id) JOIN contracts c ON c.id = p.contract_id "
    "WHERE c.status IN ('Active','Evergreen') GROUP BY 1"
)


def asked(text, sql=SQL, route="genie"):
    return Question(id="Q1", category="genie_join", route=route, turns=(text,), expected_sql=sql)


class Known(Space):
    def __init__(self):
        self._schema = "main.sales"


def test_the_joins_of_a_right_query_are_written_out():
    joins = Known()._joins(SQL, TABLES)

    assert [one["sql"] for one in joins] == [
        ["contracts.id = parties.contract_id"],
        ["entities.entity_id = parties.entity_id"],
    ]
    assert joins[0]["left"] == {"identifier": "main.sales.contracts", "alias": "contracts"}


def test_an_example_names_its_tables_in_full():
    (sql,) = Known()._example(asked("x"), TABLES)["sql"]

    assert "FROM main.sales.parties p JOIN main.sales.entities e" in sql


def test_a_word_of_the_question_that_stands_in_a_list_of_values_becomes_a_filter():
    (found,) = _filters(asked("Who has active contracts?"), TABLES)

    assert found["sql"] == ["contracts.status IN ('Active','Evergreen')"]
    assert found["synonyms"] == ["active"]
    assert _filters(asked("Who has contracts?"), TABLES) == []


def test_only_questions_for_genie_alone_with_a_known_query_are_taught():
    assert teachable([asked("a"), asked("b", sql=None), asked("c", route="docs")]) == [asked("a")]
