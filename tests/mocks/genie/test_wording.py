"""Turns of phrase that mean the same become one."""

import pytest

from mocks.genie.language.abbreviations import is_short_for, spelled_out
from mocks.genie.language.wording import plainly


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("no. of orders", "number of orders"),
        ("How many degrees was the record heat?", "what is the highest heat?"),
        ("Which tents do we rent out?", "Which tents do we rent?"),
        ("tents that are rented out", "tents that are rented out"),
        ("cooks who are still with us", "cooks who are still active"),
        ("List each buyer with its number of orders", "List each buyer with its number of orders"),
        ("orders over 75k", "orders over 75000"),
        ("sales above 1.5 million", "sales above 1500000"),
        ("over the last ninety days", "over the last 90 days"),
        ("forty-five minutes", "45 minutes"),
        ("joined in 2023 or later", "joined since 2023"),
        ("customers in the US", "customers in the United States"),
        ("show us the orders", "show us the orders"),
        ("income exceeds 5", "income more than 5"),
        ("twenty visits or more this year", "at least 20 visits this year"),
        ("fifty thousand euros of credit or more", "at least 50000 euros of credit"),
        ("better than three and a half", "better than 3.5"),
        ("more than seven hundred pounds", "more than 700 pounds"),
        ("half a million people", "500000 people"),
        ("gyms without a single member", "gyms without a member"),
        ("the single biggest farm", "the biggest farm"),
        ("single rooms", "single rooms"),
        ("with the greatest amount of milk", "with the greatest milk"),
        ("How many visits were made, no matter what became of them?", "How many visits were made ?"),
        ("Count the dogs, old or new, of all owners", "Count the dogs , of all owners"),
        ("How many members, past or present, are there?", "How many members , are there?"),
        ("vans that turn up in our delivery records", "vans that  in our delivery records"),
        ("How many goals fell? A number will do.", "How many goals fell"),
        ("members without phone no.", "members without phone number"),
        ("Which pilots can't we ring because there is no number on file?", "Which pilots have no phone number?"),
        ("doctors we cannot write to, as no address is stored", "doctors we have no email"),
    ],
)
def test_a_question_is_said_plainly(question, plain):
    assert plainly(question) == plain


@pytest.mark.parametrize(
    ("name", "comment", "plain"),
    [
        ("cust_nm", "Full name of the customer", "customer name"),
        ("crdt_scr", "Credit score", "credit score"),
        ("opened_on", "", "opened on"),
        ("appl_dt", "Date of the application", "application date"),
        ("town", "Town of the office", "town"),
    ],
)
def test_a_short_name_is_spelled_out_by_its_comment(name, comment, plain):
    assert spelled_out(name, comment) == plain


@pytest.mark.parametrize(("short", "word"), [("mktg", "marketing"), ("chnl", "channel"), ("prod", "product")])
def test_a_short_form_is_known_by_its_letters(short, word):
    assert is_short_for(short, word)


@pytest.mark.parametrize(("short", "word"), [("role", "roles"), ("town", "ton"), ("on", "one")])
def test_other_words_are_no_short_forms(short, word):
    assert not is_short_for(short, word)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Kindly state the number of sales", "show the number of sales"),
        ("I should like to see all customers", "all customers"),
        ("# sales", "number of sales"),
        ("% online sales", "percentage of online sales"),
        ("customers with 3+ sales", "customers with at least 3 sales"),
        ("products with 10 reviews or more", "products with at least 10 reviews"),
        ("customers w/o sales", "customers without sales"),
        ("what we've sold", "what we sold"),
        ("sales in the month of March 2024", "sales in March 2024"),
    ],
)
def test_formal_and_terse_ways_of_asking_are_brought_to_one(said, plain):
    assert " ".join(plainly(said).split()) == plain


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("orderitems", "order items"),
        ("scholarshipaward", "scholarship award"),
        ("invoiceline", "invoice line"),
        ("warehouse", "warehouse"),
        ("membership", "membership"),
        ("msisdn", "msisdn"),
    ],
)
def test_words_that_a_name_runs_together_are_parted(name, words):
    assert spelled_out(name, "", "invoice number") == words
