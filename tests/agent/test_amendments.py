import pytest
from mlflow.entities import Document

from agent.amendments import in_force


def passage(kind, section, text, number=0, contract="AB-10"):
    about = {"doc_uri": f"v/{kind}{number}", "kind": kind, "section": section, "contract_id": contract}
    return Document(text, {**about, "amendment_no": number}, f"{kind}{number}{section}")


FEES = passage("contract", "3. Fees", "Customer shall pay a fee of $0.30 per Mcf within 30 days.")


def changes(what, number=1, section="Fees", **more):
    return passage("amendment", "2. Changes", f"Section {section} is amended: {what}", number, **more)


@pytest.mark.parametrize(
    "what",
    [
        "the fee of $0.30 per Mcf is deleted and replaced with $0.41 per Mcf.",
        "“$0.30 per Mcf” is hereby replaced by “$0.41 per Mcf”.",
    ],
)
def test_a_section_reads_as_its_amendment_made_it(what):
    section = in_force([FEES, changes(what)])[0]

    assert section.text == "Customer shall pay a fee of $0.41 per Mcf within 30 days."
    assert [amendment.metadata["doc_uri"] for amendment in section.amendments] == ["v/amendment1"]


def test_amendments_are_made_in_their_order_whatever_the_order_they_were_found_in():
    second = changes("$0.41 per Mcf is deleted and replaced with $0.52 per Mcf.", 2)
    first = changes("$0.30 per Mcf is deleted and replaced with $0.41 per Mcf.", 1)

    assert "$0.52 per Mcf" in in_force([second, FEES, first])[0].text


@pytest.mark.parametrize(
    "amendment",
    [
        changes("$0.30 per Mcf is deleted and replaced with $0.41 per Mcf.", section="Term"),
        changes("$0.30 per Mcf is deleted and replaced with $0.41 per Mcf.", contract="AB-11"),
        changes("$9.99 per Mcf is deleted and replaced with $0.41 per Mcf."),
    ],
    ids=["another section", "another contract", "a value that is not there"],
)
def test_a_change_of_something_else_leaves_the_section_as_it_is(amendment):
    section = in_force([FEES, amendment])[0]

    assert section.text == FEES.page_content
    assert not section.amendments


def test_an_amendment_stays_to_be_read():
    amendment = changes("$0.30 per Mcf is deleted and replaced with $0.41 per Mcf.")

    assert in_force([amendment, FEES])[-1].passage is amendment
