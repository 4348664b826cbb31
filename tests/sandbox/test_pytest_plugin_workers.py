"""Workers that run tests with the same names beside one another see nothing of each other."""

import hashlib

import pytest

TESTS = """
import json, pathlib, pytest

@pytest.mark.parametrize("n", range(24))
@pytest.mark.sandbox(ids=7, clock="2026-01-01T00:00:00Z")
def test_it(sandbox, n):
    w = sandbox.client()
    assert "same" not in [catalog.name for catalog in w.catalogs.list()]
    w.catalogs.create("same", comment=str(n))
    w.secrets.create_scope("same")
    made = w.genie.create_space(serialized_space="{{}}", warehouse_id="w", title="same")
    seen = [c.comment for c in w.catalogs.list()] + [s.name for s in w.secrets.list_scopes()]
    seen += [[space.space_id, space.title] for space in w.genie.list_spaces().spaces]
    seen += [entry["operation"] for entry in sandbox.requests()]
    (pathlib.Path({folder!r}) / f"{{n}}.json").write_text(json.dumps(seen))
"""


@pytest.fixture
def states(pytester):
    def run(*words):
        folder = pytester.mkdir("w".join(words) or "alone")
        pytester.makepyfile(test_same=TESTS.format(folder=str(folder)))
        pytester.runpytest_subprocess(*words).assert_outcomes(passed=24)
        return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(folder.glob("*.json")))).hexdigest()

    return run


def test_the_state_after_each_test_is_the_same_with_one_worker_and_with_many(states):
    assert states("-n", "4") == states()
