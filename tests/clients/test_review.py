"""The Review App over its wire, and the page on which a reviewer labels, as a browser without scripts sees it."""

import httpx
import pytest
from databricks.sdk import errors

APPS = "/api/2.0/managed-evals/review-apps"
SCHEMAS = [
    {
        "name": "good",
        "type": "FEEDBACK",
        "title": "Is it good?",
        "categorical": {"options": ["yes", "no"]},
        "enable_comment": True,
    },
    {"name": "tags", "type": "FEEDBACK", "categorical_list": {"options": ["late", "short"]}},
    {"name": "stars", "type": "FEEDBACK", "numeric": {"min_value": 1, "max_value": 5}},
    {"name": "note", "type": "FEEDBACK", "text": {"max_length": 20}},
    {"name": "facts", "type": "EXPECTATION", "text_list": {}},
]


@pytest.fixture
def call(w):
    def send(method, path="", body=None, **query):
        return w.api_client.do(method, f"{APPS}{path}", body=body, query=query)

    return send


@pytest.fixture
def trace(m):
    @m.trace
    def answer(question):
        with m.start_span("look", span_type="RETRIEVER") as span:
            span.set_outputs([{"page_content": "<script>alert(1)</script> 30 days"}])
        return "It takes 30 days."

    answer("How long does a refund take?")
    return m.get_last_active_trace_id()


@pytest.fixture
def session(m, call, trace):
    experiment = m.get_experiment_by_name("/Shared/tests").experiment_id
    app = call("POST", body={"experiment_id": experiment, "labeling_schemas": SCHEMAS})
    told = {
        "name": "first",
        "assigned_users": ["eve@example.com"],
        "labeling_schemas": [{"name": s["name"]} for s in SCHEMAS],
    }
    made = call("POST", f"/{app['review_app_id']}/labeling-sessions", told)
    path = f"/{app['review_app_id']}/labeling-sessions/{made['labeling_session_id']}"
    call("POST", f"{path}/items:batchCreate", {"items": [{"source": {"trace_id": trace}}]})
    return path


def page_of(session):
    _, app, _, made = session.split("/")
    return f"/ml/review-v2/{app}/tasks/labeling/{made}"


def test_an_app_is_found_by_its_experiment_and_changed_by_mask(m, call):
    experiment = m.get_experiment_by_name("/Shared/tests").experiment_id
    app = call("POST", body={"experiment_id": experiment})

    changed = call(
        "PATCH", f"/{app['review_app_id']}", {**app, "labeling_schemas": SCHEMAS}, update_mask="labeling_schemas"
    )

    assert call("GET", filter=f"experiment_id={experiment}")["review_apps"] == [changed]
    assert [schema["name"] for schema in changed["labeling_schemas"]] == [schema["name"] for schema in SCHEMAS]
    with pytest.raises(errors.ResourceConflict):
        call("POST", body={"experiment_id": experiment})


def test_a_session_has_a_run_in_the_experiment_and_items_that_wait(m, call, session, trace):
    told = call("GET", session)
    (item,) = call("GET", f"{session}/items")["items"]

    assert m.get_run(told["mlflow_run_id"]).info.run_name == "first"
    assert (item["source"], item["state"]) == ({"trace_id": trace}, "PENDING")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"name": "x", "labeling_schemas": [{"name": "nobody"}]}, "no label schema 'nobody'"),
        ({"labeling_schemas": []}, "has a name"),
    ],
)
def test_a_session_with_unknown_schemas_or_no_name_is_refused(call, session, body, why):
    app = session.split("/")[1]

    with pytest.raises(errors.InvalidParameterValue, match=why):
        call("POST", f"/{app}/labeling-sessions", body)
    assert len(call("GET", f"/{app}/labeling-sessions")["labeling_sessions"]) == 1


def test_the_page_shows_question_answer_and_steps_and_runs_nothing_of_the_trace(browser, session):
    shown = browser.get(page_of(session))

    assert "How long does a refund take?" in shown.text
    assert "It takes 30 days." in shown.text
    assert "&lt;script&gt;alert(1)" in shown.text
    assert "<script>" not in shown.text
    assert "Retrieved passages" in shown.text
    assert "default-src 'self'" in shown.headers["content-security-policy"]


def test_the_answers_of_a_reviewer_land_on_the_trace_as_human_assessments(m, call, browser, session, trace):
    (item,) = call("GET", f"{session}/items")["items"]
    answers = {
        "good": "no",
        "comment:good": "Too vague",
        "tags": ["late", "short"],
        "stars": "4",
        "facts": "30 days\nno fee",
    }

    after = browser.post(f"{page_of(session)}/items/{item['item_id']}", data=answers)

    labels = {label.name: label for label in m.get_trace(trace).info.assessments}
    assert (labels["good"].value, labels["good"].rationale) == ("no", "Too vague")
    assert (labels["tags"].value, labels["stars"].value, labels["facts"].value) == (
        ["late", "short"],
        4,
        ["30 days", "no fee"],
    )
    assert {label.source.source_type for label in labels.values()} == {"HUMAN"}
    assert call("GET", f"{session}/items")["items"][0]["state"] == "COMPLETED"
    assert "Nothing is left to label" in after.text


def test_the_page_of_an_app_shows_its_sessions_and_links_to_its_agents(m, call, browser):
    experiment = m.get_experiment_by_name("/Shared/tests").experiment_id
    agent = {"agent_name": "helper", "model_serving_endpoint": {"endpoint_name": "helper"}}
    app = call("POST", body={"experiment_id": experiment, "agents": [agent]})["review_app_id"]

    empty = browser.get(f"/ml/review-v2/{app}")
    call("POST", f"/{app}/labeling-sessions", {"name": "first"})

    assert (empty.status_code, 'href="/chat/helper"' in empty.text) == (200, True)
    assert "first" in browser.get(f"/ml/review-v2/{app}").text


def test_an_unknown_session_is_a_page_that_names_those_there_are(browser, session):
    shown = browser.get(page_of(session) + "0")

    assert shown.status_code == 404
    assert f'href="{page_of(session)}"' in shown.text


def test_who_labels_again_changes_the_label(m, call, browser, session, trace):
    (item,) = call("GET", f"{session}/items")["items"]

    for good, comment in (("yes", "fine"), ("no", "")):
        browser.post(f"{page_of(session)}/items/{item['item_id']}", data={"good": good, "comment:good": comment})

    (label,) = m.get_trace(trace).info.assessments
    assert (label.value, label.rationale or "") == ("no", "")


def test_a_refused_answer_is_shown_again_with_what_was_said(call, browser, session):
    (item,) = call("GET", f"{session}/items")["items"]

    refused = browser.post(f"{page_of(session)}/items/{item['item_id']}", data={"stars": "9", "note": "kept"})

    assert "9 is not between 1 and 5" in refused.text
    assert "Nothing has been saved" in refused.text
    assert ">kept</textarea>" in refused.text


def test_an_item_can_be_skipped(call, browser, session):
    (item,) = call("GET", f"{session}/items")["items"]

    browser.post(f"{page_of(session)}/items/{item['item_id']}", data={"skip": "1", "good": "yes"})

    assert call("GET", f"{session}/items")["items"][0]["state"] == "SKIPPED"


@pytest.mark.parametrize("answers", [{"good": "maybe"}, {"stars": "9"}, {"stars": "many"}, {"note": "x" * 21}])
def test_an_answer_that_does_not_fit_its_question_changes_nothing(m, call, browser, session, trace, answers):
    (item,) = call("GET", f"{session}/items")["items"]

    refused = browser.post(f"{page_of(session)}/items/{item['item_id']}", data={"good": "yes"} | answers)

    assert refused.status_code == 400
    assert m.get_trace(trace).info.assessments == []
    assert call("GET", f"{session}/items")["items"][0]["state"] == "PENDING"


def test_the_page_wants_a_session_of_its_own_workspace(server, browser, session):
    assert httpx.get(f"{server.host}{page_of(session)}", headers={"Accept": "text/html"}).status_code == 401
    assert browser.get(page_of(session).replace("/tasks", "x/tasks")).status_code == 404


def test_a_deleted_session_leaves_its_run(m, call, session):
    run = call("GET", session)["mlflow_run_id"]
    call("DELETE", session)

    with pytest.raises(errors.NotFound):
        call("GET", session)
    assert m.get_run(run).info.run_id == run
