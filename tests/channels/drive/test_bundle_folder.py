"""A bundle's folder: hidden, resumed, shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from huggingnersc_lab.channels.drive.bundle_folder import NOTE, BundleFolder
from huggingnersc_lab.channels.drive.mail import Archive
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.errors import CatalogError

ARCHIVE = Archive("sky.zip", 3, "0" * 32, "a")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.json")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "transit").mkdir()
    return tmp_path / "transit" / "sky"


def begun(target: Path, ledger: Ledger) -> BundleFolder:
    """A bundle with one archive that is complete."""
    bundle = BundleFolder(target, ledger)
    bundle.open()
    bundle.write("sky.zip", b"zip")
    bundle.note(ARCHIVE, "digest")
    return bundle


def shown(target: Path, ledger: Ledger) -> BundleFolder:
    bundle = begun(target, ledger)
    bundle.show(replace=False)
    return bundle


def names(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


def test_it_is_hidden_until_it_is_complete(target: Path, ledger: Ledger) -> None:
    bundle = begun(target, ledger)
    (name,) = names(target)
    assert name.startswith(".sky.")
    assert name.endswith(".partial")
    assert bundle.folder == target.parent / name
    assert (bundle.is_shown, bundle.folder.stat().st_mode & 0o777) == (False, 0o700)
    assert ledger.get(NOTE) == {
        "target": str(target),
        "folder": name,
        "inode": bundle.folder.stat().st_ino,
        "archives": {
            "sky.zip": {
                "digest": "digest",
                "archive": {"file_name": "sky.zip", "size": 3, "md5": "0" * 32, "label": "a"},
            }
        },
    }
    bundle.show(replace=False)
    bundle.show(replace=False)
    assert (names(target), bundle.is_shown, target.stat().st_mode & 0o777) == (["sky"], True, 0o755)
    assert (target / "sky.zip").read_bytes() == b"zip"
    assert (target / "sky.zip").stat().st_mode & 0o777 == 0o644


def test_a_run_that_was_killed_is_gone_on_with(target: Path, ledger: Ledger) -> None:
    killed = begun(target, ledger)
    again = BundleFolder(target, ledger)
    again.open()
    assert again.folder == killed.folder
    assert again.finished("sky.zip", "digest") == ARCHIVE
    assert again.finished("sky.zip", "other data") is None
    assert again.finished("other.zip", "digest") is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"zi"),
        lambda path: (path.unlink(), path.symlink_to("/etc/hostname")),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_an_archive_that_is_not_as_it_was(target: Path, ledger: Ledger, spoil: Callable[[Path], object]) -> None:
    bundle = begun(target, ledger)
    spoil(bundle.folder / "sky.zip")
    assert bundle.finished("sky.zip", "digest") is None


def test_a_hidden_folder_that_is_another_one_now_is_left_alone(target: Path, ledger: Ledger) -> None:
    hidden = begun(target, ledger).folder
    hidden.rename(target.parent / "moved")
    hidden.mkdir()
    (hidden / "theirs").touch()
    again = BundleFolder(target, ledger)
    again.open()
    assert again.folder != hidden
    assert again.finished("sky.zip", "digest") is None
    assert (hidden / "theirs").exists()


def test_what_is_begun_for_another_place_is_removed(target: Path, ledger: Ledger) -> None:
    begun(target, ledger)
    other = BundleFolder(target.with_name("other"), ledger)
    other.open()
    assert names(target) == [other.folder.name]


def test_a_bundle_that_was_shown_is_found_again(target: Path, ledger: Ledger) -> None:
    shown(target, ledger)
    again = BundleFolder(target, ledger)
    again.open()
    assert (again.is_shown, again.finished("sky.zip", "digest")) == (True, ARCHIVE)
    again.forget()
    assert names(target) == ["sky"]


def test_a_new_one_takes_the_place_of_the_last(target: Path, ledger: Ledger) -> None:
    shown(target, ledger)
    new = BundleFolder(target, ledger)
    new.open(replace=True)
    assert not new.is_shown
    assert new.finished("sky.zip", "digest") is None
    new.write("new.zip", b"new")
    new.show(replace=True)
    assert (names(target), [path.name for path in target.iterdir()]) == (["sky"], ["new.zip"])


def test_a_new_one_that_is_given_up_leaves_the_last(target: Path, ledger: Ledger) -> None:
    former = (shown(target, ledger), ledger.get(NOTE))[1]
    new = BundleFolder(target, ledger)
    new.open(replace=True)
    new.forget()
    assert (names(target), ledger.get(NOTE)) == (["sky"], former)
    again = BundleFolder(target, ledger)
    again.open()
    assert again.is_shown


def test_one_that_is_given_up_leaves_nothing(target: Path, ledger: Ledger) -> None:
    begun(target, ledger).forget()
    assert (names(target), ledger.read()) == ([], {})


def test_what_others_have_there_stays(target: Path, ledger: Ledger) -> None:
    target.mkdir()
    (target / "theirs").touch()
    with pytest.raises(CatalogError) as raised:
        BundleFolder(target, ledger).open()
    assert raised.value.code == "conflict"
    assert raised.value.detail == (
        f"'{target}' is there already, and was left as it is. Choose another folder, or to replace it."
    )
    assert (names(target), ledger.read()) == (["sky"], {})


def test_what_comes_there_meanwhile_stays(target: Path, ledger: Ledger) -> None:
    bundle = begun(target, ledger)
    target.mkdir()
    with pytest.raises(CatalogError, match="is there already"):
        bundle.show(replace=False)
    assert names(target) == [bundle.folder.name, "sky"]
    bundle.show(replace=True)
    assert names(target) == ["sky"]


def test_no_folder_for_bundles(tmp_path: Path, ledger: Ledger) -> None:
    with pytest.raises(CatalogError) as raised:
        BundleFolder(tmp_path / "none" / "sky", ledger).open()
    assert (raised.value.code, ledger.read()) == ("not_found", {})
    assert raised.value.detail.startswith(f"There is no folder '{tmp_path / 'none'}' here. Nothing was made.")


def test_what_another_form_has_left_is_removed(target: Path, ledger: Ledger) -> None:
    bundle = begun(target, ledger)
    bundle.write("sky.tar.zst", b"tar")
    bundle.write("sky.zip", b"new")
    bundle.keep_only({"sky.zip"})
    assert [(path.name, path.read_bytes()) for path in bundle.folder.iterdir()] == [("sky.zip", b"new")]


def test_a_link_in_place_of_a_file_is_not_followed(target: Path, ledger: Ledger, tmp_path: Path) -> None:
    bundle = begun(target, ledger)
    (tmp_path / "mine").write_bytes(b"mine")
    (bundle.folder / "license.txt").symlink_to(tmp_path / "mine")
    bundle.write("license.txt", b"CC BY")
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert not (bundle.folder / "license.txt").is_symlink()


def test_a_long_name(tmp_path: Path, ledger: Ledger) -> None:
    bundle = BundleFolder(tmp_path / ("x" * 250), ledger)
    bundle.open()
    bundle.show(replace=False)
    assert bundle.is_shown
