from mocks.vector_search.keywords import stems, telling_words


def test_forms_of_a_word_have_one_stem():
    assert len(set(stems(["umbrella", "umbrellas", "Umbrellas"]).values())) == 1
    assert len(set(stems(["repairing", "repaired", "repairs"]).values())) == 1


def test_a_number_of_a_contract_is_a_word_of_its_own():
    found = stems(["gga-014", "gga-015", "gga", "2.5"])

    assert len(set(found.values())) == 4


def test_nothing_has_no_stems():
    assert stems([]) == {}


def test_words_that_tell_nothing_are_left_out_unless_there_are_no_others():
    assert telling_words("What is the fee of GGA-014?") == ["fee", "gga-014"]
    assert telling_words("who is it") == ["who", "is", "it"]
