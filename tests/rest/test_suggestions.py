"""Suggestions come from folders to catalog from, and from nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

WEATHER = Path(__file__).parents[1] / "examples" / "folders" / "weather"


@pytest.fixture
def weather(data: Path) -> Path:
    """A folder with files that describe its data, in the server's root."""
    return Path(shutil.copytree(WEATHER, data.parent / "weather"))


async def test_values_with_their_origins(ask: Any, weather: Path) -> None:
    found = (await ask("POST", "/suggestions", {"data_path": f"{weather}/"})).data
    assert found["data_path"] == str(weather)
    choices = {field["member"]: field["choices"] for field in found["fields"]}
    assert choices["license"] == [
        {
            "value": "cc-by-4.0",
            "origins": [
                {"file": "CITATION.cff", "passage": "license: CC-BY-4.0"},
                {
                    "file": "LICENSE",
                    "passage": "This data is licensed under the Creative Commons Attribution 4.0 International "
                    "License. https://creativecommons.org/licenses/by/4.0/",
                },
            ],
        }
    ]
    assert choices["loader"][0]["value"] == "load_weather.py"
    assert choices["loader"][0]["path"] == "data/weather/load_weather.py"


async def test_a_folder_without_descriptions(ask: Any, data: Path) -> None:
    folder = data.parent / "empty"
    folder.mkdir()
    found = (await ask("POST", "/suggestions", {"data_path": str(folder)})).data
    assert found == {"data_path": str(folder), "fields": [], "skipped": []}


async def test_the_loader_of_a_folder_outside_of_the_root_is_left_out(
    ask: Any, weather: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingnersc_lab.workspace.locations.Locations.contents_path", lambda *_: None)
    found = (await ask("POST", "/suggestions", {"data_path": str(weather)})).data
    assert "loader" not in {field["member"] for field in found["fields"]}


@pytest.mark.parametrize(
    ("path", "code"), [("/etc", "forbidden"), ("{data}/gone", "not_found"), ("data", "invalid_record")]
)
async def test_paths_that_are_refused(ask: Any, data: Path, path: str, code: str) -> None:
    answer = await ask("POST", "/suggestions", {"data_path": path.format(data=data)})
    assert answer.code == code


async def test_links_inside_of_the_root_are_followed_and_others_refused(
    ask: Any, weather: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (weather.parent / "in").symlink_to(weather)
    (weather.parent / "out").symlink_to(tmp_path / "elsewhere")
    found = (await ask("POST", "/suggestions", {"data_path": f"{weather.parent}/in"})).data
    assert found["fields"][0]["member"] == "pretty_name"
    assert (await ask("POST", "/suggestions", {"data_path": f"{weather.parent}/out"})).code == "forbidden"


async def test_a_draft_keeps_where_values_came_from(ask: Any, weather: Path) -> None:
    content = {"filled_from": str(weather), "sources": {"license": "LICENSE"}}
    draft = (await ask("POST", "/drafts", content)).data
    assert {key: (await ask("GET", f"/drafts/{draft['id']}")).data["content"][key] for key in content} == content
