"""``suggest`` prints a file that ``validate`` reads, and says where each value is from."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

FOLDERS = Path(__file__).parents[2] / "examples" / "folders"


def test_the_file_is_valid(run: Run, tmp_path: Path) -> None:
    said = run("suggest", str(FOLDERS / "questions"))
    assert said.code == 0
    document = json.loads(said.out)
    assert document["pretty_name"] == "Questions about maps"
    assert document["data_path"] == str(FOLDERS / "questions")
    metadata = tmp_path / "suggested.json"
    metadata.write_text(said.out, "utf-8")
    assert run("validate", str(metadata)).code == 0


def test_sources_and_other_values_are_told(run: Run) -> None:
    said = run("suggest", str(FOLDERS / "disagreeing"))
    assert "doi: from CITATION.cff" in said.plain
    assert "README.md says: 10.5072/rain.2" in said.plain
    assert "10.5072/rain.2" not in said.out


def test_the_loader_is_told_and_not_written(run: Run) -> None:
    said = run("suggest", str(FOLDERS / "weather"))
    assert "likely loader: load_weather.py" in said.plain
    assert "loader" not in json.loads(said.out)


def test_files_that_were_not_read_are_told(run: Run) -> None:
    said = run("suggest", str(FOLDERS / "hostile"))
    assert "Not read: CITATION.cff uses YAML aliases, which are not followed." in said.plain
    assert "No file of this folder describes its data." in said.plain
    assert json.loads(said.out).keys() == {"schema_version", "data_path"}


def test_for_programs(run: Run) -> None:
    said = run("suggest", str(FOLDERS / "weather"), "--json")
    assert said.json["fields"]["license"][0]["origins"][0] == {"file": "CITATION.cff", "passage": "license: CC-BY-4.0"}
    assert said.json["metadata"]["license"] == "cc-by-4.0"
    assert said.err == ""


def test_a_relative_path_through_a_link(run: Run, folder: Path) -> None:
    (folder / "here").symlink_to(FOLDERS / "weather")
    document = json.loads(run("suggest", "here").out)
    assert (document["data_path"], document["license"]) == (str(folder / "here"), "cc-by-4.0")


def test_what_is_no_folder(run: Run) -> None:
    assert run("suggest", "gone").code == 4
    assert run("suggest", "metadata.json").code == 4
