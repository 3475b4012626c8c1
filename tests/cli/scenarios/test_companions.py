"""Files that lie beside the scripts: told of, brought along, kept, replaced, and run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import IRIS, Run, on_hub
from tests.practice_hub import FaultyHub

pytestmark = pytest.mark.usefixtures("practice_hub")

Write = Callable[[str, Any], str]
BATCH = "#!/bin/bash\n#SBATCH --nodes=2\n#SBATCH --time=00:10:00\nsource export_vars.sh\nsrun python sky.py\n"


@pytest.fixture
def sky(folder: Path, write: Write) -> tuple[str, ...]:
    """A distributed dataset whose scripts need two files beside them."""
    write("sky.py", "import json\n\nimport helpers\n\nsettings = json.load(open('settings.json'))\n")
    write("helpers.py", "def twice(n):\n    return 2 * n\n")
    write("settings.json", "{}\n")
    write("export_vars.sh", "export N=2\n")
    write("run.sh", BATCH)
    write("unrelated.txt", "x")
    (folder / "data").mkdir()
    return "Sky", "sky", "sky.py", "data", "None", "metadata.json", "run.sh", "True"


def files_on_hub(hub: FaultyHub, name: str) -> list[str]:
    from huggingface_hub import HfApi

    assert f"NERSC/{name}" in on_hub(hub)
    files = HfApi(endpoint=hub.url, token=hub.tokens["admin"]).list_repo_files(f"NERSC/{name}", repo_type="dataset")
    return sorted(set(files) - {".gitattributes"})


def test_what_stays_behind_is_named_with_the_option_that_brings_it(run: Run, sky: tuple[str, ...]) -> None:
    result = run("catalog-new-dataset", *sky, "--dry-run")
    assert result.code == 0
    for script, name in (("load_sky.py", "helpers.py"), ("load_sky.py", "settings.json"), ("run.sh", "export_vars.sh")):
        assert f"{script} needs {name}, which is next to it and would be left out" in result.plain
    assert "--with helpers.py --with settings.json --with export_vars.sh" in result.plain
    assert "unrelated.txt" not in result.plain
    as_json = run("catalog-new-dataset", *sky, "--dry-run", "--json").json["warnings"]
    assert [its["suggestion"] for its in as_json if its["code"] == "companion"] == [
        "helpers.py",
        "settings.json",
        "export_vars.sh",
    ]


def test_files_of_the_data_are_found_by_its_path(run: Run, write: Write) -> None:
    write("load_iris.py", "import helpers\nopen('iris.csv')\n")
    write("helpers.py", "x = 1\n")
    told = run("preview", *IRIS, "--data-path", ".", "--json").json["warnings"]
    assert [its["suggestion"] for its in told if its["code"] == "companion"] == ["helpers.py"]


def test_companions_go_to_hub_catalog_and_notebook(
    run: Run, sky: tuple[str, ...], practice_hub: FaultyHub, practice_root: Path
) -> None:
    beside = ("--with", "helpers.py", "--with", "settings.json", "--with", "export_vars.sh")
    result = run("catalog-new-dataset", *sky, *beside)
    assert result.code == 0, result.err
    assert "would be left out" not in result.plain
    names = ["README.md", "export_vars.sh", "helpers.py", "load_sky.py", "record.json", "run.sh", "settings.json"]
    assert files_on_hub(practice_hub, "sky") == names
    entry = practice_root / "sky"
    assert (entry / "export_vars.sh").read_text() == "export N=2\n"
    notebook = (entry / "sky_loader.ipynb").read_text()
    for name in ("helpers.py", "settings.json", "export_vars.sh"):
        assert f"%%writefile {name}\\n" in notebook
        assert f"`{name}`" in (entry / "README.md").read_text()
    assert run("inspect-dataset", "sky", "--json").json["record"]["companions"] == list(beside[1::2])


def test_a_renamed_loader_is_called_by_its_new_name(run: Run, sky: tuple[str, ...], practice_root: Path) -> None:
    result = run("catalog-new-dataset", *sky)
    assert "'sky.py' is named load_sky.py here: run.sh was adapted." in result.plain
    assert (practice_root / "sky" / "run.sh").read_text() == BATCH.replace("sky.py", "load_sky.py")


def test_a_loader_with_a_space_in_its_name_is_called_by_its_new_name(
    run: Run, write: Write, practice_root: Path
) -> None:
    write("load data.py", "rows = []\n")
    write("run.sh", BATCH.replace("source export_vars.sh\n", "").replace("sky.py", '"load data.py"'))
    assert run("catalog-new-dataset", *IRIS[:2], "load data.py", "metadata.json", "run.sh", "True").code == 0
    assert 'srun python "load_data.py"' in (practice_root / "iris" / "run.sh").read_text()


def test_an_update_keeps_adds_and_replaces_companions(
    run: Run, sky: tuple[str, ...], write: Write, practice_hub: FaultyHub, practice_root: Path
) -> None:
    assert run("catalog-new-dataset", *sky, "--with", "helpers.py").code == 0
    assert run("update", "sky", "--set", "license=mit").code == 0
    entry = practice_root / "sky"
    assert (entry / "helpers.py").read_text().endswith("return 2 * n\n")
    write("helpers.py", "x = 3\n")
    assert run("update", "sky", "--with", "helpers.py", "--with", "settings.json").code == 0
    assert (entry / "helpers.py").read_text() == "x = 3\n"
    assert {"helpers.py", "settings.json"} <= set(files_on_hub(practice_hub, "sky"))
    assert run("inspect-dataset", "sky", "--json").json["record"]["companions"] == ["helpers.py", "settings.json"]


def test_an_update_with_a_loader_of_another_name_changes_the_call(
    run: Run, sky: tuple[str, ...], write: Write, practice_root: Path
) -> None:
    assert run("catalog-new-dataset", *sky).code == 0
    write("fast.py", "rows = []\n")
    assert run("update", "sky", "--loader", "fast.py").code == 0
    assert "srun python fast.py\n" in (practice_root / "sky" / "run.sh").read_text()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("sky.py", "x = 1\n", "cannot keep its name"),
        ("record.json", "{}", "cannot keep its name"),
        ("my helper.py", "x = 1\n", "cannot keep its name"),
        ("data.npy", b"\x93NUMPY\0", "is a binary file"),
        ("run.sh", BATCH, "the name of another file"),
        ("empty.py", "", "is empty"),
    ],
)
def test_a_companion_that_cannot_come_is_refused(
    run: Run, sky: tuple[str, ...], write: Write, nothing_made: Callable[[], None], name: str, content: Any, why: str
) -> None:
    write("load.py", "x = 1\n")
    write(name, content)
    result = run("catalog-new-dataset", "Sky", "sky", "load.py", *sky[3:], "--with", name)
    assert result.code == 3
    assert why in result.plain
    nothing_made()
