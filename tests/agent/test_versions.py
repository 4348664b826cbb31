import pytest

from agent.loop import versions
from agent.settings import Settings

COMMON = Settings(schema="sales", k=7)


def written(tmp_path, text):
    file = tmp_path / "versions.yaml"
    file.write_text(text)
    return file


def test_each_version_has_the_common_settings_but_for_its_own(tmp_path):
    baseline, candidate = versions.read(COMMON, written(tmp_path, "baseline: {settings: {k: 2}}\ncandidate:\n"))

    assert (baseline.settings.k, candidate.settings.k) == (2, 7)
    assert baseline.settings.schema == candidate.settings.schema == "sales"


def test_each_version_has_aliases_of_its_own(tmp_path):
    baseline, candidate = versions.read(COMMON, written(tmp_path, "baseline:\ncandidate:\n"))

    assert (baseline.settings.prompt_alias, candidate.settings.model_alias) == ("baseline", "candidate")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("baseline: {}\n", "a baseline and a candidate"),
        ("baseline: {settings: {kk: 1}}\ncandidate:\n", "kk"),
        ("", "baseline"),
    ],
)
def test_a_file_that_does_not_describe_two_versions_is_refused(tmp_path, text, named):
    with pytest.raises(ValueError, match=named):
        versions.read(COMMON, written(tmp_path, text))


def test_the_beginners_version_differs_in_what_is_to_be_learnt():
    baseline, candidate = versions.read(Settings.load())

    assert (baseline.settings.chunking, baseline.curated, baseline.settings.scoped) == ("fixed", False, False)
    assert (candidate.settings.chunking, candidate.curated, candidate.settings.scoped) == ("section", True, True)
