"""What a judge is shown of retrieved text and of answers that name their sources."""

import json

import pytest

from mocks.core.settings import Settings
from mocks.engines.embedding.embedder import Embedder
from mocks.engines.judging.passages import claims, heading, passages
from mocks.engines.judging.rule_judge import RuleJudge

LEASE = "LEASE-7 | Harbour Warehouse Lease | Rent\nRent is $900 a month. Either side may end it with 60 days' notice."
OTHER = "LEASE-8 | Mill Lease | Rent\nRent is $700 a month."


@pytest.fixture(scope="module")
def judge(tmp_path_factory):
    settings = Settings(tmp_path_factory.mktemp("data"), "http://127.0.0.1", "", "")
    return RuleJudge(Embedder(settings).encode)


@pytest.mark.parametrize("shown", [repr([{"content": LEASE}, {"content": OTHER}]), json.dumps([LEASE, OTHER])])
def test_documents_printed_by_python_or_as_json_are_read_apart(shown):
    assert passages(shown) == [LEASE, OTHER]


def test_a_text_that_only_begins_like_a_list_is_one_passage():
    assert passages("[sic] the fee is 3 %") == ["[sic] the fee is 3 %"]


@pytest.mark.parametrize("reference", ["[Lease 7.pdf, 4. Rent]", "[2]", "(source: Lease 7)", "[Lease, section 4]"])
def test_a_reference_is_no_claim(reference):
    assert claims(f"Rent is $900 a month. {reference}") == ["Rent is $900 a month."]


def test_a_remark_in_brackets_stays():
    assert claims("Rent [before tax] is $900.") == ["Rent [before tax] is $900."]


def test_silence_of_the_sources_and_questions_back_claim_nothing():
    assert claims("I could not find the deposit. The documents do not mention it. Which lease do you mean?") == []


def test_a_first_line_without_a_stop_is_a_heading_that_names():
    assert "lease-7" in heading(LEASE)


@pytest.mark.parametrize(("lease", "grounded"), [("LEASE-7", True), ("LEASE-8", False)])
def test_what_is_said_under_a_heading_is_about_what_it_names(judge, lease, grounded):
    assert judge.grounded("What is the rent?", f"{lease}: Rent is $900 a month.", [LEASE, OTHER]).good is grounded


def test_no_before_a_number_ends_no_sentence(judge):
    verdict = judge.grounded(
        "Which amendment?", "Amendment No. 3 changed the rent.", ["Amendment No. 3 changed the rent."]
    )

    assert verdict.good, verdict.why
