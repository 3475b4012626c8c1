"""``checksum`` and ``verify-data``."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from huggingnersc_lab.private_files import own_folder
from huggingnersc_lab.sites import Site
from tests.practice_hub import FaultyHub

from .conftest import IRIS, Run


@pytest.fixture
def data(practice_hub: FaultyHub, run: Run, tmp_path: Path) -> Path:
    root = tmp_path / "data"
    root.mkdir()
    (root / "a.csv").write_bytes(b"1,2\n")
    (root / "b.csv").write_bytes(b"3,4\n" * 1000)
    assert run("catalog-new-dataset", *IRIS, "--data-path", str(root)).code == 0
    return root


def test_checksums_are_computed_once(run: Run, data: Path) -> None:
    first = run("checksum", "iris")
    assert first.code == 0, first.err
    assert "2 files, 4.0 kB" in first.out
    assert "data-blake3:" in first.out
    again = run("checksum", "iris", "--json").json
    assert (again["files_read"], again["files"], again["bytes"]) == (0, 2, 4004)


def test_digests_for_other_programs(run: Run, data: Path, folder: Path) -> None:
    assert run("checksum", "iris", "--algorithm", "sha256", "--output", "sums").code == 0
    digest = hashlib.sha256(b"1,2\n").hexdigest()
    assert (folder / "sums").read_text().splitlines()[0] == f"{digest}  a.csv"
    subprocess.run(["sha256sum", "--check", "--quiet", folder / "sums"], cwd=data, check=True)
    bag = run("checksum", "iris", "--algorithm", "md5", "--algorithm", "sha256", "--output", "bagit", "--json").json
    assert [Path(path).name for path in bag["written"]] == [
        "bagit.txt",
        "manifest-md5.txt",
        "manifest-sha256.txt",
        "bag-info.txt",
    ]
    assert (folder / "manifest-md5.txt").read_text().splitlines()[0].endswith("  data/a.csv")


@pytest.mark.parametrize(
    "options",
    [
        ("--algorithm", "crc"),
        ("--output", "file"),
        ("--output", "bagit"),
        ("--output", "bagit", "--algorithm", "blake3"),
        ("--output", "file", "--algorithm", "md5", "--algorithm", "sha256"),
        ("--output", "file", "--algorithm", "md5", "--detach"),
    ],
)
def test_what_cannot_be_had_is_refused_before_anything_is_read(run: Run, data: Path, options: tuple[str, ...]) -> None:
    result = run("checksum", "iris", *options)
    assert result.code == 3
    assert "Nothing was read" in result.plain


def test_the_entry_is_changed_only_on_request(run: Run, data: Path) -> None:
    run("checksum", "iris")
    assert "contents" not in run("inspect-dataset", "iris", "--json").json["record"]
    saved = run("checksum", "iris", "--save", "--json")
    assert saved.code == 0, saved.err
    contents = run("inspect-dataset", "iris", "--json").json["record"]["contents"]
    assert contents["fingerprint"] == saved.json["fingerprint"]
    assert (contents["files"], contents["bytes"]) == (2, 4004)


def test_what_changed_is_told_and_is_the_exit_code(run: Run, data: Path) -> None:
    assert run("checksum", "iris").code == 0
    same = run("verify-data", "iris")
    assert (same.code, same.out.strip()) == (0, "Nothing changed: 2 files compared, 4.0 kB read.")
    (data / "a.csv").unlink()
    (data / "new\nname").touch()
    os.utime(data / "b.csv")
    full, quick = run("verify-data", "iris"), run("verify-data", "iris", "--quick", "--json")
    assert (full.code, quick.code) == (5, 5)
    assert "gone  a.csv" in full.out
    assert "1 gone, 1 new: 2 files compared, 4.0 kB read." in full.out
    assert quick.json["counts"] == {"changed": 1, "damaged": 0, "gone": 1, "new": 1}
    assert {change["path"] for change in quick.json["changes"]} == {"a.csv", "b.csv", "new\nname"}


def test_parts(run: Run, data: Path) -> None:
    run("checksum", "iris")
    read = [run("verify-data", "iris", "--part", f"{part}/3", "--json").json["bytes_read"] for part in (1, 2, 3)]
    assert sum(read) == 4004
    refused = run("verify-data", "iris", "--part", "4/3")
    assert refused.code == 3
    assert "There is no part 4/3" in refused.plain


def test_what_is_missing(run: Run, data: Path) -> None:
    none = run("verify-data", "iris")
    assert none.code == 4
    assert "'huggingnersc checksum iris' computes them" in none.plain
    data.rename(data.with_name("moved"))
    gone = run("checksum", "iris")
    assert gone.code == 4
    assert "was not found" in gone.plain


def test_a_link_and_a_file_that_cannot_be_read(run: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingnersc_lab.checksums.reading import work

    (data / "out\nside").symlink_to("/etc/passwd")
    linked = run("checksum", "iris")
    assert linked.code == 0
    assert "leads out of the data" in linked.plain

    def fail(*_: object) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(work.os, "preadv", fail)
    (data / "a.csv").write_bytes(b"other")
    failed = run("checksum", "iris")
    assert failed.code == 5
    assert "a.csv: It cannot be read: Input/output error." in failed.plain
    assert "1 files or folders" in failed.out
    compared = run("verify-data", "iris")
    assert compared.code == 5
    assert "unreadable" in compared.out


def test_in_a_job(run: Run, data: Path) -> None:
    for command in (("checksum", "iris", "--algorithm", "md5"), ("verify-data", "iris", "--part", "1/1")):
        job = run(*command, "--detach", "--json").json
        followed = run("job", "follow", job["id"])
        assert followed.code == 0, followed.err
        assert run("job", "show", job["id"], "--json").json["result"]["files"] == 2


class TestOnALoginNode:
    @pytest.fixture(autouse=True)
    def _here(self, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Site, "is_at_login_node", True)
        commands = tmp_path / "bin"
        commands.mkdir()
        (commands / "sbatch").write_text("#!/bin/sh\necho 4711\n")
        (commands / "sbatch").chmod(0o755)
        monkeypatch.setenv("PATH", str(commands))

    @pytest.mark.parametrize("command", ["checksum", "verify-data"])
    def test_data_is_not_read(self, run: Run, command: str) -> None:
        refused = run(command, "iris", "--json")
        assert refused.problem["code"] == "heavy_on_login_node"
        assert "--detach --executor slurm" in refused.problem["detail"]

    def test_sizes_and_times_are_compared(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr(Site, "is_at_login_node", False)
            assert run("checksum", "iris").code == 0
        assert run("verify-data", "iris", "--quick").code == 0

    @pytest.mark.parametrize("options", [("--detach",), ("--parts", "3"), ("--executor", "slurm")])
    @pytest.mark.parametrize("command", ["checksum", "verify-data"])
    def test_slurm_reads_it(self, run: Run, command: str, options: tuple[str, ...]) -> None:
        if command == "verify-data" and "--parts" in options:
            options = ("--resource", "time=10")
        begun = run(command, "iris", *options, "--json").json
        assert (begun["executor"], begun["scheduler_id"]) == ("slurm", "4711")
        scripts = {path.name for path in (own_folder("jobs") / begun["id"]).glob("*.sh")}
        assert scripts == ({"parts.sh", "batch.sh"} if "--parts" in options else {"batch.sh"})
