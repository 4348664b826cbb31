"""A language model proposes Genie's SQL, when one is named: checked, repaired once, and named in the answer."""

import json

import pytest

QUESTION = "Which region sells best?"
BEST = "SELECT region FROM main.default.orders GROUP BY region ORDER BY SUM(amount) DESC LIMIT 1"


@pytest.fixture
def space(w, run):
    run("CREATE TABLE orders (order_id INT, region STRING, amount DOUBLE)")
    run("INSERT INTO orders VALUES (1, 'EMEA', 10), (2, 'EMEA', 5), (3, 'APAC', 7)")
    run("CREATE TABLE salaries AS SELECT 1 AS salary")
    told = {
        "version": 2,
        "data_sources": {"tables": [{"identifier": "main.default.orders", "description": ["Sales of the shop"]}]},
        "instructions": {
            "text_instructions": [{"id": "1" * 32, "content": ["Best means the largest sum of amount."]}],
            "example_question_sqls": [
                {"id": "2" * 32, "question": ["Size of the shop?"], "sql": ["SELECT count(*) FROM main.default.orders"]}
            ],
        },
    }
    return w.genie.create_space(next(iter(w.warehouses.list())).id, json.dumps(told), title="Orders").space_id


@pytest.fixture
def model(behind, model_server):
    behind(f"{model_server.url}#tiny-1")

    def says(*answers):
        model_server.says = list(answers)
        return model_server.seen

    return says


def proposal(sql):
    return json.dumps({"sql": sql, "description": "The best region."})


@pytest.fixture
def ask(w, space):
    def told(question=QUESTION):
        message = w.genie.start_conversation_and_wait(space, question)
        query = next((one.query for one in message.attachments if one.query), None)
        text = query.description if query else message.attachments[0].text.content
        return query.query if query else None, text, message

    return told


def rows(w, message):
    query = next(one for one in message.attachments if one.query)
    place = message.space_id, message.conversation_id, message.message_id, query.attachment_id
    return w.genie.get_message_attachment_query_result(*place).statement_response.result.data_array


@pytest.mark.parametrize("said", [proposal(BEST), f"Here it is:\n```sql\n{BEST};\n```"])
def test_the_proposal_of_a_model_is_run_and_the_answer_names_the_model(w, model, ask, said):
    model(said)

    sql, text, message = ask()

    assert "LIMIT 1" in sql
    assert "The language model tiny-1 at http://127.0.0.1" in text
    assert rows(w, message) == [["EMEA"]]


def test_the_model_is_told_what_the_space_knows(model, ask):
    seen = model(proposal(BEST))

    ask()

    told = json.loads(seen[0][1]["messages"][1]["content"])
    (table,) = told["tables"]
    assert (table["name"], table["description"]) == ("main.default.orders", "Sales of the shop")
    assert [column["name"] for column in table["columns"]] == ["order_id", "region", "amount"]
    assert told["instructions"] == ["Best means the largest sum of amount."]
    assert told["examples"][0]["question"] == "Size of the shop?"
    assert told["question"] == QUESTION


def test_an_example_query_answers_before_the_model_is_asked(model, ask):
    seen = model(proposal(BEST))

    sql, _, _ = ask("Size of the shop?")

    assert (sql, seen) == ("SELECT count(*) FROM main.default.orders", [])


def test_a_proposal_that_fails_is_repaired_once_with_the_error_told(model, ask):
    seen = model(proposal("SELECT regoin FROM main.default.orders"), proposal(BEST))

    sql, _, _ = ask()

    assert "LIMIT 1" in sql
    refusal = seen[1][1]["messages"][-1]["content"]
    assert "regoin" in refusal


FOREIGN = [
    "SELECT * FROM main.default.salaries",
    "SELECT * FROM salaries",
    "WITH salaries AS (SELECT * FROM salaries) SELECT * FROM salaries",
    "SELECT (SELECT max(salary) FROM salaries) AS s FROM main.default.orders",
    "SELECT table_name FROM main.information_schema.tables",
    "SELECT * FROM read_files('/Volumes/main/default/v/x.csv')",
    "SELECT * FROM IDENTIFIER('main.default.salaries')",
    "SELECT * FROM sandbricks.grants",
    "SELECT ai_query('databricks-gpt-5', region) FROM main.default.orders",
]
WRITES = [
    "DELETE FROM main.default.orders",
    "DROP TABLE main.default.orders",
    "SELECT 1; DELETE FROM main.default.orders",
    "INSERT INTO main.default.orders VALUES (9, 'X', 1)",
    "GRANT SELECT ON TABLE main.default.orders TO everybody",
]


@pytest.mark.parametrize("sql", [*FOREIGN, *WRITES])
def test_a_proposal_that_writes_or_leaves_the_space_gives_the_answer_of_the_engine(w, run, model, ask, sql):
    alone = ask()[1]
    seen = model(proposal(sql), proposal(sql))

    _, text, _ = ask()

    assert text == alone
    assert "refused" in seen[-1][1]["messages"][-1]["content"]
    assert run("SELECT count(*) FROM orders").result.data_array == [["3"]]


def test_a_model_that_declines_or_talks_leaves_the_question_to_the_engine(model, ask):
    alone = ask()[1]

    for said in (json.dumps({"sql": None, "description": "Which one?"}), "I would rather talk.", '{"sql": 7}'):
        model(said)
        assert ask()[1] == alone


def test_a_server_that_fails_leaves_the_question_to_the_engine(model, model_server, ask):
    alone = ask()[1]
    model(proposal(BEST))
    model_server.status = 500

    assert ask()[1] == alone


def test_a_request_to_write_does_not_reach_the_model(model, ask):
    seen = model(proposal(BEST))

    _, text, _ = ask("Delete all orders")

    assert seen == []
    assert text.startswith("I only read")


def test_the_model_learns_nothing_of_tables_that_the_caller_may_not_read(w, client, server, workspace, model, space):
    server.control("PUT", "/_sandbox/policy", {"grants": "on", "workspace": workspace["name"]})
    told = {"user_name": "root@x.org", "groups": ["admins"], "workspace": workspace["name"]}
    admin = client(server.control("POST", "/_sandbox/principals", told)["token"])
    seen = model(proposal(BEST), proposal(BEST))

    message = admin.genie.start_conversation(space, QUESTION).response

    assert json.loads(seen[0][1]["messages"][1]["content"])["tables"] == []
    found = admin.genie.get_message(space, message.conversation_id, message.message_id)
    assert "EMEA" not in json.dumps(found.as_dict())


def test_while_a_model_thinks_the_question_is_under_way_and_polls_see_its_state(w, model, model_server, space):
    model(proposal(BEST))
    model_server.ready.clear()

    begun = w.genie.start_conversation(space, QUESTION).response
    place = (space, begun.conversation_id, begun.message_id)
    polled = w.genie.get_message(*place)
    model_server.ready.set()

    assert (begun.message.status.value, polled.status.value) == ("SUBMITTED", "ASKING_AI")
    assert polled.attachments == []
    done = w.genie.wait_get_message_genie_completed(begun.conversation_id, begun.message_id, space)
    assert rows(w, done) == [["EMEA"]]


def test_a_message_that_is_cancelled_while_a_model_thinks_stays_cancelled(w, model, model_server, space):
    model(proposal(BEST))
    model_server.ready.clear()
    begun = w.genie.start_conversation(space, QUESTION).response

    w.genie.genie_cancel_response(space, begun.conversation_id, begun.message_id)
    model_server.ready.set()

    assert w.genie.get_message(space, begun.conversation_id, begun.message_id).status.value == "CANCELLED"
