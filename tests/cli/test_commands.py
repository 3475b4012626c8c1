"""Every command, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huggingnersc_lab._version import __version__
from tests.practice_hub import FaultyHub

from .conftest import IRIS, Run

PRACTICE = {"name": "sandbox", "practice": True, "organization": "NERSC", "hub_url": "practice"}
COMMANDS = [
    "catalog-new-dataset",
    "adopt",
    "preview",
    "validate",
    "suggest",
    "inspect-dataset",
    "inspect-data",
    "list",
    "search",
    "show",
    "open",
    "cite",
    "export",
    "update",
    "retire",
    "share",
    "checksum",
    "verify-data",
    "resume",
    "undo",
    "import-catalog",
    "doctor",
    "vocabulary",
    "sandbox",
    "demo",
]


@pytest.fixture
def iris(practice_hub: FaultyHub, run: Run) -> None:
    assert run("catalog-new-dataset", *IRIS, "--data-path", ".").code == 0


SHOWN = {"record", "folder", "repo_url", "lab_link", "notebook", "notebook_link", "access", "related"}
ANSWERS: dict[tuple[str, ...], set[str]] = {
    ("suggest", "."): {"metadata", "fields", "skipped"},
    ("inspect-dataset", "iris"): {
        "record",
        "folder",
        "files",
        "etag",
        "repo_url",
        "notebook",
        "notebook_link",
        "lab_link",
        "access",
    },
    ("list",): {"records", "broken"},
    ("show", "iris"): SHOWN,
    ("show", "iris", "--card", "--versions"): SHOWN | {"card", "versions"},
    ("open", "iris"): {"target", "url", "path"},
    ("open", "iris", "--notebook"): {"target", "url", "path"},
    ("search", "edgar", "anderson"): {"records", "total", "facets", "is_forgiving"},
    ("cite", "iris"): {"citations"},
    ("validate", "metadata.json"): {"valid", "absent", "warnings"},
    ("preview", *IRIS): {"record", "card", "notebook", "files", "actions", "warnings"},
    ("catalog-new-dataset", "Iris", "iris2", *IRIS[2:], "--dry-run"): {
        "record",
        "card",
        "notebook",
        "files",
        "actions",
        "warnings",
    },
    ("catalog-new-dataset", "Iris", "iris2", *IRIS[2:]): {
        "record",
        "folder",
        "notebook",
        "repo_url",
        "commit_url",
        "pull_request_url",
        "warnings",
        "notes",
    },
    ("update", "iris", "--set", "doi=10.5281/zenodo.1"): {
        "record",
        "folder",
        "notebook",
        "repo_url",
        "commit_url",
        "pull_request_url",
        "warnings",
        "notes",
    },
    ("retire", "iris"): {"retired", "repo_id", "from_hub"},
    ("checksum", "iris"): {
        "name",
        "data_path",
        "files",
        "bytes",
        "fingerprint",
        "files_read",
        "bytes_read",
        "files_gone",
        "problems",
        "problem_count",
        "manifest",
        "saved",
        "written",
    },
    ("resume",): {"resumed"},
    ("doctor",): {"checks"},
    ("vocabulary",): {"lists"},
    ("vocabulary", "licenses"): {"list", "terms"},
}


@pytest.mark.usefixtures("iris")
@pytest.mark.parametrize("command", ANSWERS, ids=" ".join)
def test_the_answer_for_programs(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "--json")
    assert result.code == 0, result.err
    assert result.json.keys() == {"site"} | ANSWERS[command]
    assert result.json["site"] == PRACTICE
    assert result.err == ""


@pytest.mark.usefixtures("iris")
@pytest.mark.parametrize("command", ANSWERS, ids=" ".join)
def test_the_answer_for_people_says_that_it_is_for_practice(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command)
    assert result.code == 0
    assert result.err.splitlines()[0] == "Practice site: nothing leaves this machine (use --site for a real one)."
    assert result.out.strip()
    assert "\x1b" not in result.out + result.err


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command(run: Run, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = run(command, "--help")
    assert result.code == 0
    for option in ("--site", "--catalog-root", "--hub-url", "--organization", "--json"):
        assert option in result.out
    assert max(len(line) for line in result.out.splitlines()) <= 80
    assert "<bool>  Show what" not in result.out


def test_the_help_lists_every_command_and_no_other(run: Run) -> None:
    from huggingnersc_lab.cli.commands import app

    assert {item.name for item in app.registered_commands} == set(COMMANDS)
    out = run("--help").out
    assert all(f" {command} " in out for command in COMMANDS)
    assert run().out.rstrip() == out.rstrip()


def test_the_help_of_update_names_the_members_of_the_schema(run: Run) -> None:
    out = " ".join(run("update", "--help").out.split())
    assert "pretty_name, description, authors, license" in out
    assert "repo_id" not in out
    assert "schema_version" not in out


def test_the_help_of_catalog_new_dataset_has_the_seeds_order(run: Run) -> None:
    out = run("catalog-new-dataset", "--help").out
    names = ["OFFICIAL_NAME", "NICKNAME", "LOADER_SCRIPT", "METADATA_JSON", "BATCH_SCRIPT", "IS_DISTRIBUTED"]
    places = [out.index(name) for name in names]
    assert places == sorted(places)
    assert "Examples:" in out


def test_the_version(run: Run) -> None:
    assert run("--version").out == f"huggingnersc {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [("list", "--bogus"), ("lst",), ("catalog-new-dataset", "Iris"), ("update", "iris")]
)
def test_a_wrong_call(spawn: Run, arguments: tuple[str, ...]) -> None:
    result = spawn(*arguments)
    assert result.code == 2
    assert "Usage: huggingnersc" in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "arguments", [("list", "--bogus"), ("lst",), ("catalog-new-dataset", "Iris"), ("update", "iris")]
)
def test_a_wrong_call_of_a_program(spawn: Run, arguments: tuple[str, ...]) -> None:
    result = spawn(*arguments, "--json")
    assert result.code == 2
    assert result.problem.keys() == {"site", "code", "detail", "errors"}
    assert result.problem["code"] == "usage"
    assert result.problem["detail"]


def test_programs_get_the_same_exit_codes(spawn: Run, practice_hub: FaultyHub) -> None:
    assert spawn("list", "--json").code == 0
    assert spawn("inspect-dataset", "iri", "--json").code == 4
    assert spawn("--help", "--json").code == 0


def test_an_unknown_nickname(run: Run, practice_hub: FaultyHub) -> None:
    for command in (("inspect-dataset", "iri"), ("update", "iri", "--set", "doi="), ("retire", "iri"), ("undo", "iri")):
        result = run(*command, "--json")
        assert (result.code, result.problem["code"]) == (4, "not_found")


@pytest.mark.usefixtures("iris")
def test_a_damaged_entry_does_not_hide_the_others(run: Run, practice_root: Path) -> None:
    (practice_root / "torn").mkdir()
    (practice_root / "torn" / "record.json").write_text("{")
    result = run("list")
    assert result.code == 0
    assert result.out.splitlines()[1].startswith("iris")
    assert "'torn' cannot be shown: " in result.err
    (broken,) = run("list", "--json").json["broken"]
    assert (broken["name"], "is damaged" in broken["reason"]) == ("torn", True)


@pytest.mark.usefixtures("iris")
def test_texts_of_others_cannot_drive_the_terminal(run: Run, practice_root: Path) -> None:
    path = practice_root / "iris" / "record.json"
    record = json.loads(path.read_text())
    record |= {"pretty_name": "a\x1b]0;title\x07b", "description": "c\x1b[2Jd\u202ee", "data_path": "/\x1b[2J"}
    path.write_text(json.dumps(record))
    for command in (("list",), ("inspect-dataset", "iris"), ("search", "a")):
        result = run(*command)
        assert result.code == 0
        assert not {"\x1b", "\x07", "\u202e"} & set(result.out)
        assert "a\N{REPLACEMENT CHARACTER}]0;title" in result.out
        assert run(*command, "--json").json  # still JSON


@pytest.mark.usefixtures("iris")
@pytest.mark.parametrize("command", [("vocabulary", "languages"), ("export", "--format", "csv")], ids=" ".join)
def test_a_reader_that_stops_listening_is_no_error(spawn: Run, command: tuple[str, ...]) -> None:
    import subprocess

    from .conftest import PROGRAM, surroundings

    process = subprocess.Popen(
        [*PROGRAM, *command], env=surroundings({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=30)
    assert b"Traceback" not in err
    assert b"Error" not in err


@pytest.mark.usefixtures("iris")
def test_a_terminal_that_knows_no_utf_8(spawn: Run) -> None:
    result = spawn("doctor", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert result.code == 0
    assert "\\u2713 site: the practice site" in result.out
