"""The web pages of a workspace as a browser without scripts gets them; tests/conformance/browser drives Chromium."""

import httpx
import pytest

PAGES = ["/", "/ml/review-v2"]


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
