from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run


def put(root: Path, name: str, /, **members: Any) -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    record = {"schema_version": 1, "name": name, "pretty_name": name.title(), "size_categories": ["n<1K"], **members}
    (folder / "record.json").write_text(json.dumps(record))
    return folder


@pytest.fixture(autouse=True)
def catalog(practice_root: Path) -> Path:
    """Three datasets, the last of them damaged."""
    put(practice_root, "iris", tags=["flowers", "csv"], license="cc0-1.0")
    put(practice_root, "sky", tags=["stars"], description='=HYPERLINK("https://example.org")', pretty_name="Sky é 雪")
    (put(practice_root, "zoo") / "record.json").write_text("{")
    return practice_root


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def test_everything_as_a_record_a_line(run: Run) -> None:
    said = run("export")
    assert said.code == 0
    assert [record["name"] for record in lines(said.out)] == ["iris", "sky"]
    assert lines(said.out)[1]["pretty_name"] == "Sky é 雪"
    assert "'zoo' was skipped: The entry 'zoo' is damaged" in said.plain


def test_what_fits_a_query(run: Run) -> None:
    assert [record["name"] for record in lines(run("export", "tag:stars").out)] == ["sky"]
    assert [record["name"] for record in lines(run("export", "license:cc0-1.0").out)] == ["iris"]
    assert [record["name"] for record in lines(run("export", "-flowers", "sky").out)] == ["sky"]
    assert [record["name"] for record in lines(run("export", "-hdf5", "tag:csv").out)] == ["iris"]


@pytest.mark.parametrize("query", ["volcano", "irsi"])
def test_what_nothing_fits_is_told_and_what_is_a_letter_off_does_not_fit(run: Run, query: str) -> None:
    said = run("export", query)
    assert (said.code, said.out) == (0, "")
    assert "No dataset was exported" in said.plain


def test_csv(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "--format", "csv").out)))
    assert [(row["name"], row["tags"]) for row in rows] == [("iris", "flowers; csv"), ("sky", "stars")]
    assert rows[1]["description"].startswith("'=HYPERLINK")


def test_croissant_of_one_and_of_several(run: Run) -> None:
    one = run("export", "tag:flowers", "--format", "croissant")
    assert json.loads(one.out)["name"] == "iris"
    assert one.out.startswith("{\n  ")
    several = lines(run("export", "--format", "croissant").out)
    assert [document["name"] for document in several] == ["iris", "sky"]


def test_a_file_is_written_and_never_replaced_without_force(run: Run, folder: Path) -> None:
    said = run("export", "--format", "csv", "--output", "all.csv")
    assert (said.code, said.out) == (0, "Wrote 2 datasets to all.csv.\n")
    before = (folder / "all.csv").read_bytes()
    assert before.decode().startswith("schema_version,name,")
    refused = run("export", "tag:stars", "--output", "all.csv")
    assert refused.code == 5
    assert "'all.csv' already exists and was left unchanged." in refused.plain
    assert (folder / "all.csv").read_bytes() == before
    said = run("export", "tag:stars", "--output", "all.csv", "--force", "--json")
    assert said.json["datasets"] == 1
    assert [record["name"] for record in lines((folder / "all.csv").read_text())] == ["sky"]
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_the_answer_for_programs_names_what_is_left_out(run: Run) -> None:
    said = run("export", "--output", "all.jsonl", "--json").json
    assert (said["file"], said["format"], said["datasets"]) == ("all.jsonl", "jsonl", 2)
    assert [item["name"] for item in said["skipped"]] == ["zoo"]


@pytest.mark.parametrize("output", ["data", "link", "pipe"])
def test_what_is_no_file_is_left_alone(run: Run, folder: Path, output: str) -> None:
    (folder / "data").mkdir()
    (folder / "link").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    said = run("export", "--output", output)
    assert said.code == 5
    assert (folder / "data").is_dir()
    assert (folder / "link").is_symlink()
    assert (folder / "pipe").is_fifo()
    if output != "link":
        assert run("export", "--output", output, "--force").code == 5


def test_an_output_that_cannot_be_written(run: Run, folder: Path) -> None:
    said = run("export", "--output", "nowhere/all.csv")
    assert said.code == 4
    assert "There is no folder 'nowhere'." in said.plain
    assert run("export", "--output", "x" * 300).code == 10
    assert run("export", "--output", "/proc/all.csv").code in (4, 6, 10)
    assert [path.name for path in folder.iterdir() if path.name.startswith((".", "x"))] == []


def test_a_catalog_that_is_not_there_leaves_no_file(run: Run, folder: Path) -> None:
    for query in ((), ("tag:stars",)):
        said = run("export", *query, "--output", "all.csv", "--catalog-root", str(folder / "nowhere"))
        assert said.code == 4
        assert not (folder / "all.csv").exists()


def test_a_wrong_call(run: Run) -> None:
    assert run("export", "--format", "xlsx").code == 2
    said = run("export", "--forse")
    assert said.code == 2
    assert "There is no option --forse." in said.plain


def test_a_query_that_is_too_long_exports_nothing(run: Run) -> None:
    said = run("export", "a" * 20_000)
    assert said.code in (0, 3)
    assert said.out == ""


def test_half_a_character_and_a_locale_without_utf_8(spawn: Run, catalog: Path) -> None:
    for name, title in (("half", "\\ud800"), ("whole", "Whole é")):
        (catalog / name).mkdir()
        record = f'{{"schema_version": 1, "name": "{name}", "pretty_name": "{title}", "size_categories": []}}'
        (catalog / name / "record.json").write_text(record)
    said = spawn("export", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert said.code == 0
    assert "Whole é" in said.out
    assert "'half' was skipped: The entry 'half' is damaged" in said.plain
    assert len(lines(said.out)) == 3
    assert spawn("export", "--format", "csv", "--output", "all.csv").code == 0
