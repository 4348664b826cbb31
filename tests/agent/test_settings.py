from dataclasses import asdict, replace

import pytest

from agent.settings import Settings


def test_the_file_beside_the_agent_is_read():
    assert Settings.load().volume_path == "/Volumes/main/contracts/raw"


def test_settings_survive_the_way_through_a_model_config():
    settings = Settings.load().with_space("01f0")

    assert Settings.of(asdict(settings)) == settings


def test_a_misspelt_setting_is_refused():
    with pytest.raises(ValueError, match="endpint"):
        Settings.of({"endpint": "x"})


def test_all_names_follow_catalog_and_schema():
    moved = replace(Settings(), catalog="legal", schema="leases")

    names = (moved.chunks_table, moved.index_name, moved.prompt_name, moved.model_name)
    assert all(name.startswith("legal.leases.") for name in names)
