"""The clock and the ids of a workspace, seen through what the official clients are told."""

import pytest


@pytest.fixture
def control(server, workspace):
    return lambda method, path, **body: server.control(method, path, {"workspace": workspace["name"], **body})


def test_a_clock_that_stands_still_dates_what_is_made(w, control):
    control("PUT", "/_sandbox/clock", mode="frozen", now="2026-01-02T03:04:05Z")

    space = w.genie.create_space(serialized_space="{}", warehouse_id="w", title="t")

    body = w.api_client.do("GET", f"/api/2.0/genie/spaces/{space.space_id}")
    assert body["create_time"] == "2026-01-02T03:04:05Z"


def test_the_clock_is_turned_on_and_given_back(control):
    control("PUT", "/_sandbox/clock", mode="frozen", now="2026-01-01T00:00:00")

    assert control("POST", "/_sandbox/clock/advance", seconds=90)["now"] == "2026-01-01T00:01:30.000+00:00"
    assert control("PUT", "/_sandbox/clock", mode="real")["mode"] == "real"


def test_a_shifted_clock_runs_on(control):
    first = control("PUT", "/_sandbox/clock", mode="offset", now="2030-01-01T00:00:00Z")["now_ms"]

    assert control("POST", "/_sandbox/clock/advance", seconds=1)["now_ms"] >= first + 1000


def test_the_same_seed_gives_the_same_ids(w, control):
    def made():
        control("POST", "/_sandbox/reset")
        control("POST", "/_sandbox/seed", seed=42)
        return [w.genie.create_space(serialized_space="{}", warehouse_id="w").space_id for _ in range(3)]

    first = made()

    assert len(set(first)) == 3
    assert made() == first


def test_other_workspaces_keep_their_time(server, other, control):
    control("PUT", "/_sandbox/clock", mode="frozen", now="1999-01-01T00:00:00Z")

    assert server.control("GET", "/_sandbox/clock")["mode"] == "real"


def test_a_time_that_is_none_is_refused(control):
    with pytest.raises(OSError, match="400"):
        control("PUT", "/_sandbox/clock", now="tomorrow")
