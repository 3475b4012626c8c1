"""Cataloging as the first HuggingNERSC's README has it, previews of it, and the check of metadata files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.practice_hub import FaultyHub

from .conftest import IRIS, Run, commits, on_hub

pytestmark = pytest.mark.usefixtures("practice_hub")

Write = Callable[[str, Any], str]
BATCH = "#!/bin/bash\n#SBATCH --nodes=2\n#SBATCH --time=00:10:00\nsrun python load_iris.py\n"


def test_one_command_makes_one_repository_one_commit_one_folder(
    run: Run, practice_hub: FaultyHub, practice_root: Path
) -> None:
    result = run("catalog-new-dataset", *IRIS, "--data-path", ".")
    assert result.code == 0, result.err
    assert on_hub(practice_hub) == ["NERSC/iris"]
    assert commits(practice_hub, "NERSC/iris")[0] == "Catalog iris"
    assert [path.name for path in practice_root.iterdir()] == ["iris"]
    names = {path.name for path in (practice_root / "iris").iterdir()}
    assert {"README.md", "iris_loader.ipynb", "load_iris.py", "record.json"} <= names


def test_each_step_is_told_in_plain_words(run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    result = run("catalog-new-dataset", *IRIS, "--data-path", ".")
    assert result.err.splitlines()[1:5] == [
        "✓ 5 files prepared",
        "✓ Repository NERSC/iris made",
        "✓ 3 files sent in one commit",
        "✓ Entry 'iris' added to the catalog",
    ]
    assert result.out.splitlines() == [
        "Dataset         Iris (iris)",
        f"Practice Hub    {practice_hub.url}/datasets/NERSC/iris",
        f"In the catalog  {practice_root}/iris",
        f"Notebook        {practice_root}/iris/iris_loader.ipynb",
    ]
    assert "'huggingnersc sandbox' keeps it running" in result.err


@pytest.mark.parametrize(
    ("extra", "batch", "distributed"),
    [
        ((), None, False),
        (("None",), None, False),
        (("None", "False"), None, False),
        (("run.sh",), "run.sh", False),
        (("run.sh", "False"), "run.sh", False),
        (("run.sh", "True"), "run.sh", True),
        (("None", "True"), "run_iris.sh", True),
        (("", "True"), "run_iris.sh", True),
    ],
)
def test_the_optional_arguments(
    run: Run, write: Write, extra: tuple[str, ...], batch: str | None, distributed: bool
) -> None:
    write("run.sh", BATCH)
    result = run("catalog-new-dataset", *IRIS, *extra, "--json")
    assert result.code == 0, result.err
    made = result.json
    assert made["record"].get("is_distributed", False) is distributed
    if batch == "run.sh" or batch is None:
        assert made["record"].get("batch_script") == batch
    else:  # a plain one with the centre's defaults
        assert any(path.suffix == ".sh" or "batch" in path.name for path in Path(made["folder"]).iterdir())


@pytest.mark.parametrize(
    ("words", "path", "link", "batch", "distributed"),
    [
        (("data", "https://example.org/x.zip", "metadata.json"), "data", "https://example.org/x.zip", None, None),
        (("data", "None", "metadata.json"), "data", None, None, None),
        (("None", "https://example.org/x", "metadata.json", "run.sh"), None, "https://example.org/x", "run.sh", None),
        (("data", "", "metadata.json", "run.sh", "True"), "data", None, "run.sh", True),
        (("data", "None", "metadata.json", "None", "False"), "data", None, None, None),
        (("data", "None", "about.txt", "run.sh", "1"), "data", None, "run.sh", True),
        (("data", "None", "about.txt"), "data", None, None, None),
        (("about.txt", "run.sh", "yes"), None, None, "run.sh", True),
        (("metadata.json", "run.sh", "True"), None, None, "run.sh", True),
    ],
)
@pytest.mark.parametrize("command", ["catalog-new-dataset", "preview"])
def test_both_orders_of_the_first_program_are_taken(
    run: Run,
    write: Write,
    folder: Path,
    command: str,
    words: tuple[str, ...],
    path: str | None,
    link: str | None,
    batch: str | None,
    distributed: bool | None,
) -> None:
    (folder / "data").mkdir()
    write("run.sh", BATCH)
    write("about.txt", (folder / "metadata.json").read_bytes())
    options = ("--dry-run", "--json") if command == "catalog-new-dataset" else ("--json",)
    result = run(command, *IRIS[:3], *words, *options)
    assert result.code == 0, result.err
    record = result.json["record"]
    assert record.get("data_path") == (str(folder / path) if path else None)
    assert [way["url"] for way in record.get("distributions", ())] == ([link] if link else [])
    assert (record.get("batch_script"), record.get("is_distributed")) == (batch, distributed)


def test_a_path_that_is_said_twice_is_the_same_one(run: Run, folder: Path, nothing_made: Callable[[], None]) -> None:
    (folder / "data").mkdir()
    long_form = (*IRIS[:3], "data", "None", "metadata.json")
    assert run("preview", *long_form, "--data-path", str(folder / "data")).code == 0
    refused = run("catalog-new-dataset", *long_form, "--data-path", "elsewhere")
    assert refused.code == 2
    assert "DATA_PATH is 'data'" in refused.plain
    nothing_made()


def test_a_slip_in_either_order_is_told_in_its_own_words(run: Run, nothing_made: Callable[[], None]) -> None:
    for words in (("metadata.json", "None", "Ture"), (".", "None", "metadata.json", "None", "Ture")):
        refused = run("catalog-new-dataset", *IRIS[:3], *words)
        assert refused.code == 2
        assert "IS_DISTRIBUTED is 'Ture': use True or False" in " ".join(refused.plain.replace("│", " ").split())
    nothing_made()


def test_is_distributed_is_true_or_false(run: Run, nothing_made: Callable[[], None]) -> None:
    assert run("catalog-new-dataset", *IRIS, "None", "perhaps").code == 2
    nothing_made()


def test_options_may_stand_anywhere(run: Run, write: Write) -> None:
    write("run.sh", BATCH)
    arguments = ("--data-path", ".", IRIS[0], "--kernel=python3", *IRIS[1:], "--private", "run.sh", "--json", "True")
    result = run("catalog-new-dataset", *arguments)
    assert result.code == 0, result.err
    record = result.json["record"]
    assert (record["kernel_name"], record["private"], record["is_distributed"]) == ("python3", True, True)


def test_a_relative_data_path_is_made_absolute(run: Run, folder: Path) -> None:
    result = run("catalog-new-dataset", *IRIS, "--data-path", f"../{folder.name}", "--json")
    assert result.json["record"]["data_path"] == str(folder)


def test_the_link_that_people_know_stays_one(run: Run, folder: Path) -> None:
    (folder / "link").symlink_to(folder)
    result = run("catalog-new-dataset", *IRIS, "--data-path", "link", "--dry-run", "--json")
    assert result.json["record"]["data_path"] == str(folder / "link")


def test_what_the_command_says_wins_over_the_file(run: Run) -> None:
    result = run("catalog-new-dataset", "Fisher's iris", "iris-1936", *IRIS[2:])
    assert result.code == 0
    assert (
        "/datacard_tags/pretty_name: The document says 'Iris', but 'Fisher's iris' was given separately" in result.err
    )
    assert "/other_info/nickname: The document says 'iris', but 'iris-1936' was given separately" in result.err


def test_a_record_serves_as_metadata(run: Run, write: Write) -> None:
    write(
        "record.json",
        {"schema_version": 1, "size_categories": ["n<1K"], "license": "mit", "task_categories": ["other"]},
    )
    result = run("catalog-new-dataset", *IRIS[:3], "record.json", "--json")
    assert result.code == 0, result.err
    assert result.json["record"]["task_categories"] == ["other"]


def test_a_name_that_is_not_so_good_is_taken_with_a_better_one_proposed(run: Run) -> None:
    result = run("catalog-new-dataset", "Iris", "Iris_Dataset", *IRIS[2:], "--json")
    assert result.code == 0
    (warning,) = [item for item in result.json["warnings"] if item["pointer"] == "/name"]
    assert warning["suggestion"] == "iris"


@pytest.mark.parametrize("command", ["preview", "catalog-new-dataset"])
def test_a_dry_run_makes_nothing(run: Run, nothing_made: Callable[[], None], command: str) -> None:
    result = run(command, *IRIS, *(("--dry-run",) if command == "catalog-new-dataset" else ()))
    assert result.code == 0
    assert result.out.startswith("---\npretty_name: Iris\n")
    assert "1. Create the public dataset repository NERSC/iris on the practice Hub" in result.out
    assert result.out.endswith("Nothing was sent or created.\n")
    nothing_made()


def test_a_preview_writes_its_files_over_nothing(run: Run, folder: Path) -> None:
    assert run("preview", *IRIS, "--output", "shown").code == 0
    written = {path.name: path.read_bytes() for path in (folder / "shown").iterdir()}
    assert set(written) == {"README.md", "iris_loader.ipynb", "load_iris.py", "record.json"}
    result = run("preview", *IRIS, "--output", "shown")
    assert result.code == 5
    assert "already exists. Nothing was written" in result.plain
    assert {path.name: path.read_bytes() for path in (folder / "shown").iterdir()} == written


def test_the_preview_is_what_is_published(run: Run, practice_root: Path) -> None:
    card = run("preview", *IRIS, "--json").json["card"]
    assert run("catalog-new-dataset", *IRIS).code == 0
    assert (practice_root / "iris" / "README.md").read_text() == card


class TestValidate:
    def test_a_good_file(self, run: Run) -> None:
        result = run("validate", "metadata.json")
        assert result.code == 0
        assert result.out == "'metadata.json' is valid. Also required, but not in it: path of the data.\n"

    def test_what_the_command_line_tells_need_not_be_in_the_file(self, run: Run, write: Write) -> None:
        write("m.json", {"datacard_tags": {"size_categories": "n<1K", "license": "mit"}})
        result = run("validate", "m.json", "--json")
        assert result.code == 0
        assert result.json["absent"] == ["name", "pretty_name", "data_path"]
        assert result.json["warnings"] == []

    def test_what_only_the_file_tells_has_to_be_in_it(self, run: Run, write: Write) -> None:
        write("m.json", {"datacard_tags": {"pretty_name": "Iris"}})
        result = run("validate", "m.json", "--json")
        assert result.code == 3
        assert [(error["pointer"], error["code"]) for error in result.problem["errors"]] == [
            ("/datacard_tags/size_categories", "required")
        ]

    def test_names_can_be_checked_along(self, run: Run) -> None:
        result = run("validate", "metadata.json", "--nickname", "a b", "--official-name", "<b>")
        assert result.code == 3
        assert "  --nickname: 'a b' is invalid." in result.err
        assert "  --official-name: '<b>' is invalid." in result.err

    def test_a_name_in_the_file_is_checked(self, run: Run, write: Write) -> None:
        write("m.json", {"datacard_tags": {"size_categories": "n<1K"}, "other_info": {"nickname": "a b"}})
        result = run("validate", "m.json", "--json")
        assert [error["pointer"] for error in result.problem["errors"]] == ["/other_info/nickname"]

    def test_it_touches_nothing(self, run: Run, practice_root: Path) -> None:
        assert run("validate", "metadata.json").code == 0
        assert not practice_root.exists()
        assert json.loads(Path("metadata.json").read_text())
