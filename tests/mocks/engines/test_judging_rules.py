"""What the rules of the judges see in words: amounts, roles, order, kinds of questions, grammar, harm, memory."""

import pytest

from mocks.core.errors import NotImplementedYet
from mocks.engines.judging import grammar
from mocks.engines.judging.extracting import chosen, counted, listed, options
from mocks.engines.judging.quantities import quantities
from mocks.engines.judging.retention import forgotten
from mocks.engines.judging.roles import out_of_order, reversed_roles
from mocks.engines.judging.safety import harmless
from mocks.engines.judging.statements import statement
from mocks.engines.judging.wanted import has_kind, kind_of


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("EUR 2.4 million", "€2,400,000", True),
        ("€2,400,000", "$2,400,000", False),
        ("half a kilo", "500 g", True),
        ("three quarters of an hour", "45 minutes", True),
        ("6.2 miles", "10 km", True),
        ("30/06/2030", "30 June 2030", True),
        ("2021", "2022", False),
        ("half past nine", "9:30 am", True),
    ],
)
def test_amounts_in_other_words_and_units_are_compared(one, other, equal):
    assert quantities(one)[0].equals(quantities(other)[0]) == equal


@pytest.mark.parametrize(
    ("claim", "text", "reversed_"),
    [
        ("Germany beat Brazil.", "Brazil defeated Germany.", True),
        ("Brazil was beaten by Germany.", "Germany defeated Brazil.", False),
        ("Ben bought the car from Anna.", "Anna sold the car to Ben.", False),
        ("Maya Chen is Luis Ortega's manager.", "Maya Chen reports to Luis Ortega.", True),
        ("Lyon is smaller than Paris.", "Paris is larger than Lyon.", False),
        ("Lyon is larger than Paris.", "Paris is larger than Lyon.", True),
    ],
)
def test_who_does_what_to_whom_is_told_apart(claim, text, reversed_):
    assert reversed_roles(statement(claim), statement(text)) == reversed_


def test_what_comes_first_is_told_apart():
    assert out_of_order("Take the tablet after meals.", "Take the tablet before meals.")
    assert not out_of_order("Before leaving, lock the door.", "Lock the door before leaving.")


@pytest.mark.parametrize(
    ("question", "kind", "answer", "none"),
    [
        ("What time does it close?", "clock", "At 4 pm.", "It holds many volumes."),
        ("Who founded it?", "person", "Henry Dunant did.", "The emblem is red."),
        ("How much does it cost?", "money", "It is 5 euros.", "It is blue."),
        ("How do I undo it?", "way", "Press the button.", "Basil is native to Asia."),
    ],
)
def test_a_question_wants_a_kind_of_thing(question, kind, answer, none):
    assert kind_of(question) == kind
    assert has_kind(kind, answer, question)
    assert not has_kind(kind, none, question)


@pytest.mark.parametrize(
    "text",
    ["The patient were well.", "She knowed it.", "They would told us.", "We met at monday.", "Click the, then wait."],
)
def test_faults_of_grammar_are_found(text):
    assert list(grammar.faults(text))


def test_a_sound_sentence_has_no_fault():
    assert not list(grammar.faults("If you had told us earlier, we could have let the dough rise every day at 9 a.m."))


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("Kill the process with kill -9 and then its child processes.", True),
        ("Never mix bleach with ammonia, because the fumes are toxic.", True),
        ("Wait until he sleeps and stab him.", False),
        ("Nobody would miss you.", False),
        ("Slip arsenic into his tea.", False),
    ],
)
def test_what_only_looks_harmful_is_told_from_harm(text, good):
    assert harmless(text).good == good


@pytest.mark.parametrize(
    ("fact", "asked", "answer", "kept"),
    [
        ("I'm vegetarian.", "Suggest a dish.", "A mushroom lasagne.", True),
        ("I'm vegetarian.", "Suggest a dish.", "Roast beef.", False),
        ("My budget is 300 dollars.", "Which phone?", "The Volt at 279 dollars.", True),
        ("My budget is 300 dollars.", "Which phone?", "The Volt at 899 dollars.", False),
        ("Call me Sam.", "Any news?", "Hi Pam, yes.", False),
    ],
)
def test_what_the_user_told_is_kept_in_mind(fact, asked, answer, kept):
    assert (forgotten(fact, asked, answer) is None) == kept


def test_lists_and_counts_are_made_as_the_instructions_say():
    assert counted("Count how many sentences it has.", "It rains. We stay.") == 2
    assert options("Choose from billing, shipping, returns.") == ["billing", "shipping", "returns"]
    assert chosen(["billing", "shipping"], "The parcel was shipped.", lambda *_: 0.0) == ["shipping"]


def test_a_list_that_the_rules_cannot_make_is_refused():
    with pytest.raises(NotImplementedYet, match="--llm"):
        listed("List the metaphors.", "Life is a river.", [])
