"""Review questions and queues, driven by MLflow's own client, and the page of a queue."""

import pytest
from mlflow.exceptions import MlflowException
from mlflow.genai.databricks import review_queues as rq


@pytest.fixture
def experiment(m):
    return m.get_experiment_by_name("/Shared/tests").experiment_id


@pytest.fixture
def traces(m):
    def make(count):
        for number in range(count):
            with m.start_span("answer") as span:
                span.set_inputs({"question": f"question {number}"})
        return [one.info.trace_id for one in m.search_traces(return_type="list")]

    return make


@pytest.fixture
def ask(experiment):
    def make(title="Is it right?", asked=None, **told):
        asked = asked or rq.InputPassFail("Right", "Wrong")
        return rq.create_review_question(experiment, title=title, type="FEEDBACK", input=asked, **told)

    return make


@pytest.fixture
def queue(experiment, ask):
    return rq.create_review_queue(experiment, "first look", question_ids=[ask().question_id])


@pytest.mark.parametrize(
    "asked",
    [
        rq.InputPassFail("Right", "Wrong"),
        rq.InputCategorical(["a", "b"]),
        rq.InputCategorical(["a", "b"], multi_select=True),
        rq.InputNumeric(min_value=1, max_value=5),
        rq.InputText(max_length=20),
    ],
)
def test_a_question_of_every_input_comes_back_as_it_was(experiment, ask, asked):
    made = ask(asked=asked, instruction="Look closely", enable_comment=True)

    assert rq.get_review_question(experiment, made.question_id) == made
    assert (made.input, made.instruction, made.enable_comment) == (asked, "Look closely", True)


def test_a_question_is_changed_in_the_fields_that_are_told(experiment, ask):
    made = ask(instruction="before")

    changed = rq.update_review_question(experiment, made.question_id, title="New", input=rq.InputText())

    assert (changed.title, changed.input, changed.instruction) == ("New", rq.InputText(), "before")


def test_a_deleted_question_is_asked_by_no_queue_any_more(experiment, queue, ask):
    (asked,) = rq.resolve_effective_review_questions(experiment, queue.queue_id)

    rq.delete_review_question(experiment, asked.question_id)

    assert rq.resolve_effective_review_questions(experiment, queue.queue_id) == []
    assert rq.list_review_questions(experiment) == []


def test_the_queue_of_a_user_is_there_once_and_asks_everything(experiment, ask):
    ask("One?")
    ask("Two?")

    first = rq.create_review_queue(experiment, "eve@example.com", queue_type="USER")
    again = rq.create_review_queue(experiment, "eve@example.com", queue_type="USER")

    assert first.queue_id == again.queue_id
    asked = rq.resolve_effective_review_questions(experiment, first.queue_id)
    assert [question.title for question in asked] == ["One?", "Two?"]
    assert [one.queue_id for one in rq.list_review_queues(experiment, filter_string="queue_type=USER")] == [
        first.queue_id
    ]


def test_members_come_and_go(experiment, queue):
    rq.add_review_queue_member(experiment, queue.queue_id, "eve@example.com")
    rq.add_review_queue_member(experiment, queue.queue_id, "bob@example.com")
    rq.remove_review_queue_member(experiment, queue.queue_id, "bob@example.com")

    assert [one.user for one in rq.list_review_queue_members(experiment, queue.queue_id)] == ["eve@example.com"]


def test_an_item_keeps_its_status_when_it_is_attached_again(experiment, queue, traces):
    ids = traces(2)
    first = rq.add_review_queue_items(experiment, queue.queue_id, trace_ids=ids)
    rq.set_review_queue_item_status(experiment, queue.queue_id, first[0].item_id, "COMPLETE")

    again = rq.add_review_queue_items(experiment, queue.queue_id, trace_ids=ids)

    assert [item.status for item in again] == ["COMPLETE", "PENDING"]
    assert again[0].completed_by.endswith("@sandbricks.local")
    assert rq.get_review_queue(experiment, queue.queue_id).pending_item_count == 1
    waiting = rq.list_review_queue_items(experiment, queue.queue_id, status="PENDING")
    assert [item.trace_id for item in waiting] == ids[1:]


def test_an_item_that_waits_again_has_nobody_who_completed_it(experiment, queue, traces):
    (item,) = rq.add_review_queue_items(experiment, queue.queue_id, trace_ids=traces(1))
    rq.set_review_queue_item_status(experiment, queue.queue_id, item.item_id, "DECLINED")

    reopened = rq.set_review_queue_item_status(experiment, queue.queue_id, item.item_id, "PENDING")

    assert (reopened.status, reopened.completed_by) == ("PENDING", None)


def test_detached_items_are_gone_and_others_ignored(experiment, queue, traces):
    (item,) = rq.add_review_queue_items(experiment, queue.queue_id, trace_ids=traces(1))

    rq.remove_review_queue_items(experiment, queue.queue_id, [item.item_id, "nothing"])

    assert rq.list_review_queue_items(experiment, queue.queue_id) == []


def test_items_come_in_pages_in_their_order(experiment, queue, traces):
    ids = traces(3)
    rq.add_review_queue_items(experiment, queue.queue_id, trace_ids=ids)

    first = rq.list_review_queue_items(experiment, queue.queue_id, max_results=2)
    rest = rq.list_review_queue_items(experiment, queue.queue_id, max_results=2, page_token=first.token)

    assert [item.trace_id for item in [*first, *rest]] == ids


@pytest.mark.parametrize(
    "wrong",
    [
        lambda e: rq.create_review_queue(e, "x", question_ids=["nothing"]),
        lambda e: rq.create_review_queue(e + "9999", "x"),
        lambda e: rq.get_review_queue(e, "nothing"),
        lambda e: rq.create_review_question(e, title="", type="FEEDBACK", input=rq.InputText()),
        lambda e: rq.list_review_queues(e, filter_string="colour=red"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(experiment, wrong):
    with pytest.raises(MlflowException, match=r"does not exist|has a title|The filter is|No Experiment"):
        wrong(experiment)
    assert (rq.list_review_queues(experiment), rq.list_review_questions(experiment)) == ([], [])


def test_a_reviewer_works_through_a_queue_on_its_page(m, browser, experiment, queue, traces):
    (item,) = rq.add_review_queue_items(experiment, queue.queue_id, trace_ids=traces(1))
    page = f"/ml/review-v2/queues/{experiment}/{queue.queue_id}"
    assert "question 0" in browser.get(page).text

    done = browser.post(f"{page}/items/{item.item_id}", data={"Is it right?": "Right"})

    (label,) = m.get_trace(item.trace_id).info.assessments
    assert (label.name, label.value, label.source.source_type) == ("Is it right?", True, "HUMAN")
    assert "Nothing is left to label" in done.text
    assert rq.list_review_queue_items(experiment, queue.queue_id)[0].status == "COMPLETE"


def test_answers_about_a_record_become_expectations_of_the_record(w, browser, experiment):
    body = {"name": "main.default.evalset"}
    api = "/api/2.0/managed-evals/datasets"
    dataset = w.api_client.do("POST", api, query={"experiment_ids": experiment}, body=body)["dataset_id"]
    told = {"requests": [{"dataset_record": {"inputs": [{"key": "q", "value": "refund?"}]}}]}
    (record,) = w.api_client.do("POST", f"{api}/{dataset}/records:batchCreate", body=told)["dataset_records"]
    rq.create_review_question(experiment, title="facts", type="EXPECTATION", input=rq.InputText())
    queue = rq.create_review_queue(experiment, "eve@example.com", queue_type="USER").queue_id
    ids = {"dataset_id": dataset, "dataset_record_ids": [record["dataset_record_id"]]}
    (item,) = rq.add_review_queue_items(experiment, queue, **ids)
    page = f"/ml/review-v2/queues/{experiment}/{queue}"
    assert "refund?" in browser.get(page).text

    browser.post(f"{page}/items/{item.item_id}", data={"facts": "30 days"})

    (kept,) = w.api_client.do("GET", f"{api}/{dataset}/records")["dataset_records"]
    assert kept["expectations"] == {"facts": {"value": "30 days"}}
