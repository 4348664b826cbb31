"""The web pages of a workspace as a browser without scripts gets them; tests/conformance/browser drives Chromium."""

import json

import httpx
import pytest

PAGES = ["/", "/ml/review-v2", "/chat", "/genie", "/ml/endpoints", "/monitoring"]


@pytest.fixture
def orders(w):
    warehouse = next(iter(w.warehouses.list())).id
    w.statement_execution.execute_statement("CREATE TABLE main.default.orders (region STRING, amount INT)", warehouse)
    w.statement_execution.execute_statement(
        "INSERT INTO main.default.orders VALUES ('EMEA', 10), ('EMEA', 5), ('APAC', 7)", warehouse
    )
    return "main.default.orders"


def test_the_start_page_links_to_what_is_in_the_workspace(browser, w, orders):
    experiment = w.experiments.create_experiment("/Shared/pages").experiment_id

    shown = browser.get("/").text

    assert f'href="/ml/#/experiments/{experiment}/traces"' in shown
    assert orders in shown
    assert "w.genie.create_space()" in shown


def test_a_link_leads_to_the_start_page_and_opens_once(server, workspace):
    link = server.control("POST", "/_sandbox/login-links", {"workspace": workspace["name"]})["url"]

    with httpx.Client(follow_redirects=True) as window:
        shown, again = window.get(link), httpx.get(link)

    assert (shown.url.path, shown.status_code, again.status_code) == ("/", 200, 404)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_a_session_asks_to_sign_in(server, page):
    refused = httpx.get(f"{server.host}{page}", headers={"Accept": "text/html"})

    assert (refused.status_code, "Sign in first" in refused.text) == (401, True)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_nothing_foreign_and_is_framed_by_nobody(browser, page):
    policy = browser.get(page).headers["content-security-policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_session_is_a_cookie_that_scripts_and_other_sites_do_not_get(server, workspace):
    link = server.control("POST", "/_sandbox/login-links", {"workspace": workspace["name"]})["url"]

    cookie = httpx.get(link).headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_a_session_opens_its_own_workspace_only(sign_in, make_workspace, w, orders):
    stranger = sign_in(make_workspace())

    assert orders not in stranger.get("/").text


def test_a_principal_signs_in_under_its_own_name(server, workspace, sign_in):
    server.control("POST", "/_sandbox/principals", {"workspace": workspace["name"], "user_name": "eve@example.com"})

    assert "eve@example.com" in sign_in(workspace, "eve@example.com").get("/").text


def test_a_refusal_is_a_page_for_a_person_and_json_for_a_program(server, workspace, browser):
    page = browser.get("/console/nothing.css")
    told = httpx.get(page.url, headers={"Authorization": f"Bearer {workspace['token']}"}).json()

    assert (page.status_code, "This is not possible" in page.text) == (404, True)
    assert told["message"] == "The pages have no file 'nothing.css'."


@pytest.fixture
def space(w, orders):
    warehouse = next(iter(w.warehouses.list())).id
    told = {"version": 2, "data_sources": {"tables": [{"identifier": orders}]}}
    told["config"] = {"sample_questions": [{"id": "0" * 32, "question": ["How many orders are there?"]}]}
    return w.genie.create_space(warehouse, json.dumps(told), title="Orders <1>").space_id


def test_a_space_is_asked_and_shows_its_sql_and_its_rows_and_is_asked_again(browser, space):
    first = browser.post(f"/genie/rooms/{space}", data={"question": "What is the total amount by region?"})
    second = browser.post(first.url.path, data={"question": "and only EMEA?"})

    assert "Orders &lt;1&gt;" in first.text
    assert "SUM(" in first.text
    assert '<td>EMEA</td><td class="number">15</td>' in first.text
    assert first.url.path == second.url.path
    assert "and only EMEA?" in second.text


def test_a_question_joins_the_curated_examples_of_its_space_once(w, browser, space):
    asked = browser.post(f"/genie/rooms/{space}", data={"question": "How many orders are there?"})
    message = asked.text.partition('id="m-')[2].partition('"')[0]
    place = f"{asked.url.path}/messages/{message}/example"

    browser.post(place, data={"question": "How many orders are there?", "sql": "SELECT 1"})
    shown = browser.post(place, data={"question": "How many orders are there?", "sql": "SELECT count(*) FROM o"})

    told = json.loads(w.genie.get_space(space, include_serialized_space=True).serialized_space)
    (example,) = told["instructions"]["example_question_sqls"]
    assert (example["question"], example["sql"]) == (["How many orders are there?"], ["SELECT count(*) FROM o"])
    assert "curated example" in shown.text
    assert told["config"]["sample_questions"][0]["question"] == ["How many orders are there?"]


def test_thumbs_on_an_answer_of_genie_are_kept_on_the_message(w, browser, space):
    asked = browser.post(f"/genie/rooms/{space}", data={"question": "How many orders are there?"})
    conversation, message = asked.url.path.rpartition("/")[2], asked.text.partition('id="m-')[2].partition('"')[0]

    browser.post(f"{asked.url.path}/messages/{message}/feedback", data={"rating": "NEGATIVE"})

    assert w.genie.get_message(space, conversation, message).feedback.rating.value == "NEGATIVE"


def test_an_unknown_space_is_a_page_that_names_those_there_are(browser, space):
    shown = browser.get("/genie/rooms/nothing")

    assert shown.status_code == 404
    assert f'href="/genie/rooms/{space}"' in shown.text


@pytest.fixture
def endpoint(w):
    model = {"name": "gpt", "provider": "openai", "task": "llm/v1/chat", "openai_config": {"openai_api_key": "no"}}
    entities = [{"name": name, "external_model": model | {"name": name}} for name in ("one", "two")]
    routes = [{"served_model_name": name, "traffic_percentage": 50} for name in ("one", "two")]
    config = {"served_entities": entities, "traffic_config": {"routes": routes}}
    w.api_client.do("POST", "/api/2.0/serving-endpoints", body={"name": "split", "config": config})
    return "split"


def shares(w):
    return [route.traffic_percentage for route in w.serving_endpoints.get("split").config.traffic_config.routes]


def test_the_traffic_of_an_endpoint_is_divided_on_its_page(w, browser, endpoint):
    shown = browser.post("/ml/endpoints/split/traffic", data={"share:one": "70", "share:two": "30"})

    assert shares(w) == [70, 30]
    assert 'name="share:one" min="0" max="100" step="1" value="70"' in shown.text


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"share:one": "70", "share:two": "31"}, "add up to 101"),
        ({"share:one": "100"}, "Each served entity gets a share"),
        ({"share:one": "x", "share:two": "30"}, "is no whole number"),
        ({"share:three": "100"}, "Each served entity gets a share"),
    ],
)
def test_shares_that_do_not_fit_are_told_and_change_nothing(w, browser, endpoint, told, why):
    refused = browser.post("/ml/endpoints/split/traffic", data=told)

    assert (refused.status_code, shares(w)) == (400, [50, 50])
    assert why in refused.text
    assert "Nothing has been changed" in refused.text


def test_an_unknown_endpoint_is_a_page_that_names_those_there_are(browser, endpoint):
    shown = browser.get("/ml/endpoints/nobody")

    assert shown.status_code == 404
    assert 'href="/ml/endpoints/split"' in shown.text


def test_the_link_of_a_deployed_agent_leads_to_its_chat(browser, endpoint):
    assert browser.get("/ml/review-v2/chat", params={"endpoint": "split"}).url.path == "/chat/split"
