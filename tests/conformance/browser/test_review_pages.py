"""A reviewer labels traces in Chromium: with the keyboard, with the mouse, on a phone."""

import uuid

import mlflow
import pytest
from databricks.sdk import WorkspaceClient
from mlflow.genai import datasets, label_schemas, labeling
from selenium.webdriver.common.keys import Keys

FACTS = ["The notice period is 30 days.", "<script>alert('no')</script>"]


@mlflow.trace
def answer(messages):
    with mlflow.start_span("search", span_type="RETRIEVER") as span:
        span.set_outputs([{"page_content": FACTS[0], "metadata": {"doc_uri": "contracts/a.pdf#12"}}])
    with mlflow.start_span("ask_genie", span_type="TOOL") as span:
        span.set_inputs({"question": "which fee?"})
        span.set_outputs({"sql": "SELECT fee FROM main.default.fees", "rows": [[FACTS[1]]]})
    return {"output": [{"role": "assistant", "content": [{"type": "output_text", "text": "It is 30 days."}]}]}


def traced(count):
    for number in range(count):
        answer([{"role": "user", "content": f"How long is the notice period of contract {number}?"}])
    mlflow.flush_trace_async_logging()
    return mlflow.search_traces(return_type="list")


@pytest.fixture
def session(experiment, reviewer):
    schemas = {
        "good": ("feedback", label_schemas.InputCategorical(options=["yes", "no"])),
        "faults": ("feedback", label_schemas.InputCategoricalList(options=["too long", "wrong", "no source"])),
        "stars": ("feedback", label_schemas.InputNumeric(min_value=1, max_value=5)),
        "note": ("feedback", label_schemas.InputText(max_length=200)),
        "facts": ("expectation", label_schemas.InputTextList(max_count=3)),
    }
    for name, (kind, asked) in schemas.items():
        title = name.capitalize() + "?"
        label_schemas.create_label_schema(name=name, type=kind, title=title, input=asked, enable_comment=True)
    made = labeling.create_labeling_session(name="first look", assigned_users=[reviewer], label_schemas=list(schemas))
    return made.add_traces(traced(10))


def test_ten_traces_labelled_by_a_reviewer_carry_the_labels_and_so_does_the_dataset(session, signed_in, reviewer):
    browser = signed_in(reviewer)
    browser.open(session.url)
    for number in range(10):
        assert f"Item {number + 1} of 10" in browser.text
        browser.one("[name=good]").send_keys("1" if number % 2 else "2")
        browser.all("[name=faults]")[1].click()
        browser.one("[name=stars]").send_keys("4")
        browser.one("[name=note]").send_keys("read")
        browser.one("[name=facts]").send_keys("30 days\nby letter")
        browser.one("[name='comment:good']").send_keys(f"because {number}", Keys.CONTROL, Keys.ENTER)
        browser.driver.find_element("xpath", f"//*[contains(text(), '{number + 1} of 10 done')]")

    labelled = mlflow.search_traces(run_id=session.mlflow_run_id, return_type="list")
    told = [{one.name: one for one in trace.info.assessments} for trace in labelled]
    assert "Nothing is left to label" in browser.text
    assert sorted(one["good"].value for one in told) == ["no"] * 5 + ["yes"] * 5
    assert {one["good"].rationale for one in told} == {f"because {number}" for number in range(10)}
    assert {label.source.source_id for one in told for label in one.values()} == {reviewer}
    assert {label.source.source_type for one in told for label in one.values()} == {"HUMAN"}
    assert all(one["faults"].value == ["wrong"] and one["stars"].value == 4 for one in told)
    assert all(one["facts"].value == ["30 days", "by letter"] for one in told)
    assert in_a_dataset(session) == [["30 days", "by letter"]] * 10


def in_a_dataset(session):
    schema = f"main.review_{uuid.uuid4().hex[:8]}"
    WorkspaceClient().schemas.create(schema.partition(".")[2], "main")
    dataset = datasets.create_dataset(name=f"{schema}.labelled")
    session.sync(dataset.name)
    return [list(one["facts"]) for one in datasets.get_dataset(name=dataset.name).to_df()["expectations"]]


def test_the_page_shows_passages_tools_and_sql_and_runs_nothing_of_them(session, signed_in, reviewer):
    browser = signed_in(reviewer)
    browser.open(session.url)

    assert "How long is the notice period of contract" in browser.text
    assert "contracts/a.pdf#12" in browser.text
    assert "SELECT fee FROM main.default.fees" in browser.text
    browser.driver.find_element("xpath", "//summary[contains(., 'ask_genie')]").click()
    assert FACTS[1] in browser.text
    assert browser.complaints() == []


def test_what_was_said_can_be_changed_and_is_not_said_twice(session, signed_in, reviewer):
    browser = signed_in(reviewer)
    browser.open(session.url)
    browser.one("[value=yes]").click()
    browser.button("Save and go on").click()
    browser.driver.find_element("link text", "Previous").click()
    assert browser.one("[value=yes]").is_selected()
    browser.one("[value=no]").click()
    browser.button("Save and go on").click()
    browser.driver.find_element("link text", "Previous")

    values = [
        [one.value for one in trace.info.assessments if one.name == "good"]
        for trace in mlflow.search_traces(run_id=session.mlflow_run_id, return_type="list")
    ]
    assert sorted(values) == [[]] * 9 + [["no"]]


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_fault_on_the_pages_of_a_review(session, signed_in, reviewer, size, dark):
    browser = signed_in(reviewer)
    browser.resize(size)
    browser.dark(dark)

    browser.open(session.url)
    faults = browser.faults()
    browser.open("/ml/review-v2")

    assert faults + browser.faults() == []
    assert browser.driver.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
