"""Other libraries, unchanged, with the practice Hub: pandas with ``hf://`` paths, and ``datasets``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from huggingface_hub import HfApi, HfFileSystem

from tests.practice_hub import FaultyHub

REPO = "NERSC/iris"
FRAME = pd.DataFrame({"petal": [1.4, 4.7, 6.0], "kind": ["setosa", "versicolor", "virginica"]})

PUSH = """
import sys
import datasets
rows = {"petal": [1.4, 4.7], "kind": ["setosa", "versicolor"]}
made = datasets.Dataset.from_dict(rows)
made.push_to_hub("NERSC/iris")
made.push_to_hub("NERSC/iris", config_name="more", split="test")
assert datasets.load_dataset("NERSC/iris", "default", split="train")[:] == rows
assert sorted(datasets.get_dataset_config_names("NERSC/iris")) == ["default", "more"]
streamed = datasets.load_dataset("NERSC/iris", "more", split="test", streaming=True)
assert [row["kind"] for row in streamed] == rows["kind"]
"""


@pytest.fixture
def storage_options(practice_hub: FaultyHub) -> dict[str, str]:
    HfFileSystem.clear_instance_cache()
    return {"endpoint": practice_hub.url, "token": practice_hub.tokens["admin"]}


@pytest.mark.parametrize("name", ["iris.csv", "deep/in/iris.parquet"])
def test_pandas_writes_and_reads(name: str, api: HfApi, iris: str, storage_options: dict[str, str]) -> None:
    path = f"hf://datasets/{iris}/{name}"
    if name.endswith(".csv"):
        FRAME.to_csv(path, index=False, storage_options=storage_options)
        found = pd.read_csv(path, storage_options=storage_options)
    else:
        FRAME.to_parquet(path, storage_options=storage_options)
        found = pd.read_parquet(path, columns=["kind"], storage_options=storage_options)
    pd.testing.assert_frame_equal(found, FRAME[list(found.columns)])
    assert name in api.list_repo_files(iris, repo_type="dataset")


def test_pandas_reads_a_revision_and_part_of_a_file(
    api: HfApi, iris: str, storage_options: dict[str, str], practice_hub: FaultyHub
) -> None:
    path = f"hf://datasets/{iris}/iris.csv"
    FRAME.to_csv(path, index=False, storage_options=storage_options)
    api.create_tag(iris, repo_type="dataset", tag="v1")
    FRAME.head(1).to_csv(path, index=False, storage_options=storage_options)
    assert len(pd.read_csv(path, storage_options=storage_options)) == 1
    former = pd.read_csv(f"hf://datasets/{iris}@v1/iris.csv", storage_options=storage_options)
    pd.testing.assert_frame_equal(former, FRAME)
    files = HfFileSystem(endpoint=storage_options["endpoint"], token=storage_options["token"])
    assert files.cat_file(f"datasets/{iris}/iris.csv", start=6, end=10) == b"kind"
    assert files.glob(f"datasets/{iris}/*.csv") == [f"datasets/{iris}/iris.csv"]


def test_pandas_is_refused_what_others_may_not_read(
    api: HfApi, iris: str, storage_options: dict[str, str], practice_hub: FaultyHub
) -> None:
    path = f"hf://datasets/{iris}/iris.csv"
    FRAME.to_csv(path, index=False, storage_options=storage_options)
    api.update_repo_settings(iris, repo_type="dataset", private=True)
    outsider = {**storage_options, "token": practice_hub.tokens["outsider"]}
    with pytest.raises(FileNotFoundError):
        pd.read_csv(path, storage_options=outsider)


def test_datasets_pushes_loads_and_streams(practice_hub: FaultyHub, tmp_path: Path) -> None:
    pytest.importorskip("datasets", reason="datasets is not installed: pip install datasets")
    # It takes the Hub's address from its surroundings, once, and large files go by xet as they do for everybody.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    surroundings |= {
        "HF_ENDPOINT": practice_hub.url,
        "HF_TOKEN": practice_hub.tokens["admin"],
        "HF_HOME": str(tmp_path / "home"),
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", PUSH], env=surroundings, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    assert "data/train-00000-of-00001.parquet" in api.list_repo_files(REPO, repo_type="dataset")
