"""What is remembered of what a person asked of Slurm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.workspace.slurm_choices import MAX_BYTES, SlurmChoices


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "choices" / "slurm.json"


def test_each_site_is_remembered_by_itself_and_privately(path: Path) -> None:
    SlurmChoices(path).remember("nersc", {"account": "m1", "time": "02:00:00"})
    SlurmChoices(path).remember("mila", {"partition": "long"})
    SlurmChoices(path).remember("nersc", {"account": "m2", "nodes": 1})
    assert SlurmChoices(path).of("nersc") == {"account": "m2", "time": "02:00:00", "nodes": 1}
    assert SlurmChoices(path).of("mila") == {"partition": "long"}
    assert SlurmChoices(path).of("sandbox") == {}
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_an_empty_text_forgets(path: Path) -> None:
    SlurmChoices(path).remember("nersc", {"account": "m1", "qos": "debug"})
    SlurmChoices(path).remember("nersc", {"account": ""})
    assert SlurmChoices(path).of("nersc") == {"qos": "debug"}


def test_nothing_new_is_not_written(path: Path) -> None:
    SlurmChoices(path).remember("nersc", {"qos": ""})
    assert not path.exists()


@pytest.mark.parametrize(
    "content", [b"", b"[1]", b"{", b'{"nersc": [1]}', b"[" * 50_000, b" " * MAX_BYTES + b'{"nersc": {"qos": "a"}}']
)
def test_an_odd_file_is_none_and_can_be_replaced(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert SlurmChoices(path).of("nersc") == {}
    SlurmChoices(path).remember("nersc", {"qos": "debug"})
    assert SlurmChoices(path).of("nersc") == {"qos": "debug"}


@pytest.mark.parametrize("odd", [{"qos": "a\nb"}, {"colour": "red"}, {"nodes": 0}, {"time": ["1"]}])
def test_what_could_not_be_asked_for_is_left_out(path: Path, odd: dict[str, Any]) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"nersc": {"account": "m1", **odd}}))
    assert SlurmChoices(path).of("nersc") == {"account": "m1"}


def test_a_full_disk_loses_it_and_nothing_else(path: Path) -> None:
    path.parent.write_text("a file where the folder should be")
    SlurmChoices(path).remember("nersc", {"qos": "debug"})
    assert SlurmChoices(path).of("nersc") == {}
