"""Whatever is handed in wrong ends in a clear message and the right exit code, with nothing made anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import IRIS, Run
from tests.practice_hub import FaultyHub

pytestmark = pytest.mark.usefixtures("practice_hub")

Write = Callable[[str, Any], str]
Check = Callable[[], None]

UPSTREAM = {
    "datacard_tags": {
        "pretty_name": "Iris",
        "size_categories": "n<1k",
        "license": "apache2",
        "language": "english",
        "task_categories": ["tabular-clasification"],
        "tags": ["a,b"],
    },
    "other_info": {"nickname": "iris", "papers": "1234"},
}
UPSTREAM_FAULTS = {
    "/datacard_tags/size_categories": "n<1K",
    "/datacard_tags/license": "apache-2.0",
    "/datacard_tags/language": "en",
    "/datacard_tags/task_categories/0": "tabular-classification",
    "/datacard_tags/tags/0": None,
    "/other_info/papers": None,
}


def test_five_faults_are_told_at_once_with_what_would_do(run: Run, write: Write, nothing_made: Check) -> None:
    write("metadata.json", UPSTREAM)
    result = run("catalog-new-dataset", *IRIS, "--json")
    assert result.code == 3
    assert result.out == ""
    problem = result.problem
    assert problem["code"] == "invalid_record"
    assert problem["site"] == {
        "name": "sandbox",
        "practice": True,
        "organization": "NERSC",
        "hub_url": "practice",
    }
    assert {error["pointer"]: error.get("suggestion") for error in problem["errors"]} == UPSTREAM_FAULTS
    nothing_made()


def test_every_pointer_leads_to_a_place_in_the_persons_own_file(run: Run, write: Write) -> None:
    write("metadata.json", UPSTREAM)
    for error in run("catalog-new-dataset", *IRIS, "--json").problem["errors"]:
        value: Any = UPSTREAM
        for part in error["pointer"].split("/")[1:]:
            value = value[int(part)] if isinstance(value, list) else value[part]
        assert isinstance(value, str)


def test_for_people_each_fault_has_its_line_and_its_hint(run: Run, write: Write) -> None:
    write("metadata.json", UPSTREAM)
    result = run("catalog-new-dataset", *IRIS)
    assert "Error: 'metadata.json' has 6 errors. Nothing was created: fix them and try again." in result.err
    assert "  /datacard_tags/license: 'apache2' is not in the list. Did you mean 'apache-2.0'?" in result.err.split(
        "\n"
    )


def test_faults_of_every_part_are_told_together(run: Run, write: Write, nothing_made: Check) -> None:
    write("metadata.json", UPSTREAM)
    arguments = ("<b>", "a b", "missing.py", "metadata.json", "missing.sh")
    result = run("catalog-new-dataset", *arguments, "--download-link", "x")
    assert result.code == 3
    assert "The submission has 11 errors. Nothing was created" in result.plain
    for place in ("OFFICIAL_NAME", "NICKNAME", "LOADER_SCRIPT", "BATCH_SCRIPT", "--download-link", *UPSTREAM_FAULTS):
        assert f"\n  {place}: " in result.err
    nothing_made()


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b'{"a": 1,}', "not_json", "is not JSON: "),
        (b"", "not_json", "line 1, column 1"),
        (b"\xff\xfe{}", "not_utf8", "byte 0 is 0xff"),
        (b"[]", "type", "one JSON object"),
        (b'{"license": "mit", "license": "gpl"}', "not_json", "'license' appears twice"),
        (b'{"card_data": {"x": NaN}}', "not_json", "NaN is not a JSON number"),
        (b"[" * 100_000, "not_json", "nested too deeply"),
        (b'{"card_data": ' + b'{"x": ' * 60 + b"1" + b"}" * 61, "not_json", "nested deeper than"),
    ],
)
def test_metadata_that_cannot_be_read(
    run: Run, write: Write, nothing_made: Check, content: bytes, code: str, words: str
) -> None:
    write("metadata.json", content)
    result = run("catalog-new-dataset", *IRIS, "--json")
    assert result.code == 3
    assert words in result.problem["detail"]
    assert result.problem["detail"].startswith("'metadata.json' ")
    assert [error["code"] for error in result.problem["errors"]] == [code]
    nothing_made()


def test_one_fault_of_a_whole_file_is_told_once(run: Run, write: Write) -> None:
    write("metadata.json", b"{")
    assert run("catalog-new-dataset", *IRIS).err.count("is not JSON") == 1


def test_metadata_that_is_missing_or_a_folder(run: Run, nothing_made: Check, folder: Path) -> None:
    for name, words in (("nope.json", "does not exist"), (".", "is a folder, not a file")):
        result = run("catalog-new-dataset", *IRIS[:3], name)
        assert result.code == 4
        assert words in result.plain
        assert "Nothing was created" in result.plain
    nothing_made()


def test_halves_of_a_character_are_refused(run: Run, write: Write, folder: Path, nothing_made: Check) -> None:
    metadata = json.loads((folder / "metadata.json").read_text())
    metadata["other_info"]["description"] = "\ud83c"
    write("metadata.json", metadata)
    result = run("catalog-new-dataset", *IRIS, "--json")
    assert (result.code, result.problem["errors"][0]["pointer"]) == (3, "/other_info/description")
    nothing_made()


@pytest.mark.parametrize(
    ("content", "exit_code", "words"),
    [
        (None, 4, "does not exist"),
        (b"a\0b", 3, "is a binary file"),
        (b'x = "\xe9"', 3, "is not UTF-8: byte 5 is 0xe9"),
        (b"  \n", 3, "is empty"),
        (b"#" * (50 * 2**20), 3, "has 50.0 MiB"),
    ],
)
@pytest.mark.parametrize("member", ["LOADER_SCRIPT", "BATCH_SCRIPT"])
def test_scripts_that_cannot_be_taken(
    run: Run, write: Write, nothing_made: Check, content: bytes | None, exit_code: int, words: str, member: str
) -> None:
    if content is not None:
        write("script", content)
    arguments = ("Iris", "iris", "script", "metadata.json") if member == "LOADER_SCRIPT" else (*IRIS, "script")
    result = run("catalog-new-dataset", *arguments)
    assert result.code == exit_code
    assert words in result.plain
    assert "Nothing was created." in result.plain
    nothing_made()


def test_a_folder_is_no_loader(run: Run, nothing_made: Check) -> None:
    result = run("catalog-new-dataset", "Iris", "iris", ".", "metadata.json")
    assert result.code == 4
    assert "is a folder, not a file" in result.plain
    nothing_made()


def test_a_syntax_error_is_a_warning(run: Run, write: Write, practice_root: Path) -> None:
    write("load_iris.py", "def (:\n")
    result = run("catalog-new-dataset", *IRIS)
    assert result.code == 0
    assert "Warning: LOADER_SCRIPT: load_iris.py is not valid Python" in result.err
    assert (practice_root / "iris" / "load_iris.py").read_text() == "def (:\n"


@pytest.mark.parametrize(
    ("nickname", "proposed"),
    [
        ("../x", "x"),
        ("a b", "a-b"),
        ("-x", "x"),
        ("a" * 97, "a" * 96),
        ("x.git", "x"),
        ("Größe", "grosse"),
        ("日本", None),
        ("", None),
        ("a/b", "a-b"),
        ("a\nb", "a-b"),
        ("a--b", "a-b"),
    ],
)
def test_nicknames_that_the_hub_refuses(run: Run, nothing_made: Check, nickname: str, proposed: str | None) -> None:
    result = run("catalog-new-dataset", "Iris", nickname, *IRIS[2:], "--json")
    assert result.code == 3
    (error,) = result.problem["errors"]
    assert (error["pointer"], error["code"], error.get("suggestion")) == ("/name", "pattern", proposed)
    if proposed:
        assert error["detail"].endswith(f" Use '{proposed}'.")
    assert "metadata.json" not in result.problem["detail"]
    nothing_made()


@pytest.mark.parametrize(
    "title",
    [
        "Iris: the data",
        'It\'s "iris"',
        "Iris # no comment",
        "Größe & Gewicht",
        "- Iris",
        "yes",
        "2024",
        "100 %",
        "*a",
        "日本",
    ],
)
def test_titles_that_are_hard_for_yaml_come_out_right(run: Run, practice_root: Path, title: str) -> None:
    import yaml

    result = run("catalog-new-dataset", title, *IRIS[1:])
    assert result.code == 0, result.err
    _, front_matter, body = (practice_root / "iris" / "README.md").read_text().split("---\n", 2)
    assert yaml.safe_load(front_matter)["pretty_name"] == title
    assert json.loads((practice_root / "iris" / "record.json").read_text())["pretty_name"] == title
    assert body.lstrip().startswith("# ")


@pytest.mark.parametrize("title", ["a\nb", "<script>alert(1)</script>", "---", "", "  ", "a\x1b[31m", "x" * 201])
def test_titles_that_no_card_can_take(run: Run, nothing_made: Check, title: str) -> None:
    result = run("catalog-new-dataset", title, *IRIS[1:])
    assert result.code == 3
    assert "OFFICIAL_NAME: " in result.err
    assert "\x1b" not in result.err
    nothing_made()


def test_arguments_that_are_no_utf_8(practice_hub: FaultyHub, nothing_made: Check) -> None:
    import os
    import subprocess

    from tests.cli.conftest import PROGRAM, surroundings

    arguments = [b"Iris \xff", *(part.encode() for part in IRIS[1:])]
    command = [*map(os.fsencode, PROGRAM), b"catalog-new-dataset", *arguments]
    done = subprocess.run(command, check=False, env=surroundings({}), capture_output=True, timeout=60)
    assert done.returncode == 3
    assert b"OFFICIAL_NAME: " in done.stderr
    nothing_made()


@pytest.mark.parametrize("option", ["--dry-rum", "--priwate", "--data-pat"])
@pytest.mark.parametrize("place", [0, 4])
def test_a_mistyped_option_is_no_argument(run: Run, nothing_made: Check, option: str, place: int) -> None:
    arguments = [*IRIS]
    arguments.insert(place, option)
    result = run("catalog-new-dataset", *arguments)
    assert result.code == 2
    assert f"There is no option {option}" in result.plain
    nothing_made()


def test_catalog_roots_that_cannot_be_written(run: Run, folder: Path, nothing_made: Check) -> None:
    missing = run("catalog-new-dataset", *IRIS, "--catalog-root", str(folder / "nope"))
    assert missing.code == 4
    assert "does not exist. Nothing was created." in missing.plain
    no_folder = run("catalog-new-dataset", *IRIS, "--catalog-root", "metadata.json")
    assert no_folder.code == 4
    assert "is not a folder. Nothing was created." in no_folder.plain
    nothing_made()
