"""The bundle for the help desk: what is in it, what is asked, and what is left when something goes wrong."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.archive import pack as pack_module
from huggingnersc_lab.channels.drive.bundle import Bundle
from huggingnersc_lab.errors import CatalogError

from .conftest import Share

BUNDLE = Bundle()


def tree(folder: Path) -> dict[str, bytes]:
    """Path → content of everything below a folder; folders end with a slash."""
    return {
        str(path.relative_to(folder)) + "/" * path.is_dir(): b"" if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("form", ["zip", "tar.zst"])
def test_holds_all_that_the_help_desk_asks_for(
    share: Share, data: Path, transit: Path, tmp_path: Path, form: str
) -> None:
    outcome = share.run(BUNDLE, format=form)
    bundle = transit / "ocean-waves"
    archive = bundle / f"ocean-waves.{form}"
    assert sorted(path.name for path in bundle.iterdir()) == sorted(
        ["card.md", "instructions.txt", "license.txt", "md5sums.txt", "record.json", archive.name]
    )
    assert outcome.path == bundle
    assert list(transit.iterdir()) == [bundle]
    subprocess.run(["md5sum", "--quiet", "-c", "md5sums.txt"], cwd=bundle, check=True)
    out = tmp_path / "out"
    shutil.copytree(bundle, out)
    unpack = (bundle / "instructions.txt").read_text().strip().splitlines()[-1].split()
    subprocess.run([*unpack], cwd=out, check=True, capture_output=True)
    assert tree(out / "ocean-waves") == tree(data)
    assert json.loads((bundle / "record.json").read_text())["name"] == "ocean-waves"
    assert "# Ocean waves" in (bundle / "card.md").read_text()
    assert (bundle.stat().st_mode & 0o777, archive.stat().st_mode & 0o777) == (0o755, 0o644)


def test_writes_the_mail_and_what_was_requested(share: Share, transit: Path) -> None:
    outcome = share.run(BUNDLE)
    archive = transit / "ocean-waves" / "ocean-waves.zip"
    assert outcome.copy_text is not None
    for needed in (
        "To: help@example.org",
        f"Folder: {transit / 'ocean-waves'}",
        "Name of the dataset: ocean-waves",
        "Licence: Creative Commons Attribution 4.0",
        "arXiv: https://arxiv.org/abs/2106.09685",
        "GitHub: https://github.com/example/waves",
        f"{md5(archive)}  ocean-waves.zip",
        "upload the archives as they are",
    ):
        assert needed in outcome.copy_text
    assert outcome.url is not None
    assert outcome.url.startswith(
        "mailto:help@example.org?subject=Dataset%20for%20Google%20Drive%3A%20ocean-waves&body="
    )
    (one,) = share.dataset.distributions
    assert (one.channel, one.state, one.label) == ("drive", "requested", "ocean-waves.zip")
    assert one.checksums == {"md5": md5(archive)}
    assert one.bytes == archive.stat().st_size
    assert one.url == "https://drive.google.com/drive/folders/1peJ6VF9wQ-LeETgcdG"


def test_says_which_links_may_follow_and_asks_to_unpack(share: Share) -> None:
    share.change(papers=(), code=())
    outcome = share.run(BUNDLE, unpacked=True)
    assert "The links to arXiv and GitHub may follow" in outcome.text
    assert outcome.copy_text is not None
    assert "arXiv: will follow\nGitHub: will follow" in outcome.copy_text
    assert "Please unpack them before the upload" in outcome.copy_text


def test_splits_by_folder(share: Share, data: Path, transit: Path, tmp_path: Path) -> None:
    (data / "My Images").mkdir()
    (data / "My Images" / "1.png").write_bytes(b"png")
    outcome = share.run(BUNDLE, split=True)
    archives = sorted((transit / "ocean-waves").glob("*.zip"))
    names = ["empty", "files", "my-images", "test", "train"]
    assert [path.name for path in archives] == [f"ocean-waves-{name}.zip" for name in names]
    assert {one.label for one in share.dataset.distributions} == {path.name for path in archives}
    out = tmp_path / "out"
    for archive in archives:
        subprocess.run(["unzip", "-q", "-d", str(out), str(archive)], check=True)
    assert tree(out / "ocean-waves") == tree(data)
    assert "'My Images' has capital letters and special characters: better 'my-images'." in outcome.text


@pytest.mark.parametrize("form", ["zip", "tar.zst"])
def test_is_the_same_twice(share: Share, data: Path, transit: Path, form: str) -> None:
    share.run(BUNDLE, format=form)
    archive = transit / "ocean-waves" / f"ocean-waves.{form}"
    first = md5(archive)
    for path in data.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    share.run(BUNDLE, format=form, replace=True)
    assert md5(archive) == first
    assert [path.name for path in transit.iterdir()] == ["ocean-waves"]


def test_tells_the_same_again_without_packing(share: Share, transit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = share.run(BUNDLE)
    monkeypatch.setattr(pack_module, "Output", None)
    again = share.run(BUNDLE)
    assert again.copy_text == first.copy_text
    assert [path.name for path in transit.iterdir()] == ["ocean-waves"]


def test_leaves_what_is_in_its_place(share: Share, data: Path, transit: Path) -> None:
    (transit / "ocean-waves").mkdir()
    (transit / "ocean-waves" / "mine.txt").write_text("x")
    with pytest.raises(CatalogError, match="is there already, and was left as it is"):
        share.run(BUNDLE)
    assert tree(transit) == {"ocean-waves/": b"", "ocean-waves/mine.txt": b"x"}
    share.run(BUNDLE, replace=True)
    (data / "new.txt").write_text("more")
    before = tree(transit)
    with pytest.raises(CatalogError, match="was made of other data"):
        share.run(BUNDLE)
    assert tree(transit) == before
    share.run(BUNDLE, replace=True)
    assert tree(transit) != before


def test_lists_what_cannot_be_packed_and_asks(share: Share, data: Path, transit: Path, tmp_path: Path) -> None:
    (data / "dead").symlink_to(data / "gone")
    (data / "loop").symlink_to("loop")
    (data / "up").symlink_to("..")
    (data / "outside").symlink_to("/etc/passwd")
    os.mkfifo(data / "pipe")
    (data / "alias.csv").symlink_to("train/a.csv")
    with pytest.raises(CatalogError) as refused:
        share.run(BUNDLE)
    assert refused.value.fields[0].pointer == "/options/skip_unreadable"
    for left in (
        "dead: it is a dead link",
        "loop: it is a link in a circle",
        "up: it is a link that leads out of the data",
        "outside: it is a link that leads out of the data",
        "pipe: it is a named pipe",
    ):
        assert left in refused.value.detail
    assert list(transit.iterdir()) == []
    outcome = share.run(BUNDLE, skip_unreadable=True)
    assert "Left out: dead: it is a dead link." in outcome.text
    assert "Left out: outside: it is a link that leads out of the data" in share.lines
    subprocess.run(
        ["unzip", "-q", "-d", str(tmp_path / "out"), str(transit / "ocean-waves/ocean-waves.zip")], check=True
    )
    assert (tmp_path / "out/ocean-waves/alias.csv").read_bytes() == (data / "train/a.csv").read_bytes()
    assert not {"dead", "loop", "up", "outside", "pipe"} & {path.name for path in (tmp_path / "out").rglob("*")}


def test_takes_odd_names(share: Share, data: Path, transit: Path, tmp_path: Path) -> None:
    odd = [b"new\nline", b"\xff\xfe", b"n" * 255, b"Case", b"case", "ünïcödé 雪".encode()]
    for name in odd:
        (data / os.fsdecode(name)).write_bytes(name)
    with pytest.raises(CatalogError, match=r"\\udcff\\udcfe: its name is not UTF-8, which a zip cannot hold"):
        share.run(BUNDLE)
    outcome = share.run(BUNDLE, format="tar.zst")
    assert (
        "differ in capital letters only, which overwrite each other on Windows and macOS: 'Case' and 'case'"
        in outcome.text
    )
    assert r"'new\nline' has special characters" in outcome.text
    out = tmp_path / "out"
    out.mkdir()
    subprocess.run(
        ["tar", "--zstd", "-xf", str(transit / "ocean-waves/ocean-waves.tar.zst"), "-C", str(out)], check=True
    )
    for name in odd:
        assert (out / "ocean-waves" / os.fsdecode(name)).read_bytes() == name


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"license": None}, "Choose a licence"),
        ({"license": "unknown"}, "Choose a licence"),
        ({"data_path": None}, "Say where the data is"),
    ],
)
def test_asks_for_what_is_missing(share: Share, change: dict[str, str | None], told: str) -> None:
    share.change(**change)
    (fault,) = BUNDLE.missing(share.dataset)
    assert told in fault.detail


def test_needs_a_place(share: Share, data: Path, tmp_path: Path) -> None:
    share.set(transit="")
    assert [fault.pointer for fault in BUNDLE.missing(share.dataset, BUNDLE.options())] == ["/options/to"]
    with pytest.raises(CatalogError, match="There is no folder"):
        share.run(BUNDLE, to=str(tmp_path / "nowhere"))
    with pytest.raises(CatalogError, match="lies in the data itself"):
        share.run(BUNDLE, to=str(data / "train"))
    assert "ocean-waves" not in {path.name for path in data.rglob("*")}


def test_advises_on_licence_and_name(share: Share) -> None:
    share.change(license="cc-by-nd-4.0", name="Waves_Dataset")
    told = " ".join(BUNDLE.describe(share.dataset, BUNDLE.options()))
    assert "No Derivatives" in told
    assert "the word 'dataset'" in told


def test_full_disk_leaves_nothing(share: Share, data: Path, transit: Path) -> None:
    (data / "large.bin").write_bytes(os.urandom(3 << 20))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    try:
        with pytest.raises(CatalogError) as full:
            share.run(BUNDLE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert full.value.code == "storage"
    assert "Nothing was kept of it. Free some space" in full.value.detail
    assert list(transit.iterdir()) == []
    assert share.ledger.get("bundle") is None
    share.run(BUNDLE)


def test_a_file_that_changes_meanwhile(
    share: Share, data: Path, transit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = data / "train" / "a.csv"
    monkeypatch.setattr(share, "_report", lambda *_, **__: growing.write_text(growing.read_text() + "more\n"))
    with pytest.raises(CatalogError, match=r"'train/a\.csv' changed while it was packed"):
        share.run(BUNDLE)
    assert list(transit.iterdir()) == []


def test_cancelled_leaves_nothing(share: Share, transit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(share, "_report", stop)
    with pytest.raises(KeyboardInterrupt):
        share.run(BUNDLE)
    assert list(transit.iterdir()) == []


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from huggingnersc_lab.channels import Dataset, Keys, Ledger, Work
    from huggingnersc_lab.channels.drive.bundle import Bundle, BundleOptions
    from huggingnersc_lab.record.model import DatasetRecord
    from huggingnersc_lab.sites import load_site

    data, transit, ledger, after = sys.argv[1:]
    left = int(after)

    def audit(event, args):
        # Every file or folder that is opened, made, renamed or removed in the transit folder counts.
        global left
        if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.chmod") and transit in str(args[0]):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    record = DatasetRecord(name="ocean-waves", pretty_name="Ocean waves", license="cc-by-4.0", data_path=data)
    dataset = Dataset(record, load_site("mila"), {"transit": transit})
    work = Work("ocean-waves", BundleOptions(split=True), Keys(()), Ledger(Path(ledger)), Path("/tmp"),
                lambda *_: None, lambda *_, **__: None, lambda _: None, dataset)
    sys.addaudithook(audit)
    Bundle().run(work)
"""


def test_killed_at_any_moment_it_goes_on(tmp_path: Path, data: Path, transit: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(textwrap.dedent(KILLED))
    whole = tmp_path / "whole"
    whole.mkdir()

    def run(place: Path, ledger: str, after: int) -> int:
        command = [sys.executable, str(script), str(data), str(place), str(tmp_path / ledger), str(after)]
        return subprocess.run(command, check=False, timeout=60).returncode

    assert run(whole, "whole.json", -1) == 0
    wanted = tree(whole)
    moments = 0
    for after in (1, 2, 5, 9, 14, 19, 23, 26):
        place = tmp_path / f"transit-{after}"
        place.mkdir()
        if run(place, f"{after}.json", after) == 0:
            break
        moments += 1
        shown = [path.name for path in place.iterdir() if not path.name.startswith(".")]
        assert shown in ([], ["ocean-waves"])
        if shown:
            assert tree(place)["ocean-waves/md5sums.txt"] == wanted["ocean-waves/md5sums.txt"]
        assert run(place, f"{after}.json", -1) == 0
        assert tree(place) == wanted
    assert moments > 5
