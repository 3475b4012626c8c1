"""The datasets of a storage folder: creates, finds, moves and deletes them.

A repository is a folder ``repos/NAMESPACE/NAME`` with the bare git repository, ``repo.json`` (who
created it and when, whether it is private) and ``discussions/``. It appears and disappears by a
rename, hence atomically.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Literal

from huggingnersc_lab.private_files import write_private
from huggingnersc_lab.sandbox.names import split_repo_id
from huggingnersc_lab.sandbox.refusals import conflict, repo_not_found

from .git import MAIN, GitRepository, new_file
from .moved import Moved

Gated = Literal["auto", "manual", False]

# File types that the Hub stores as large files in every new dataset.
_LARGE_SUFFIXES = """
    7z arrow avro bin bz2 ckpt ftz gz h5 hdf5 jls joblib lz4 mds model msgpack nc npy npz onnx ot
    parquet pb pickle pkl pt pth rar safetensors tar tflite tgz wasm xz zarr zip zst
    aac flac mp3 ogg pcm raw sam wav bmp gif jpeg jpg png tif tiff webp mp4 webm
"""
_GITATTRIBUTES = "".join(f"*.{suffix} filter=lfs diff=lfs merge=lfs -text\n" for suffix in _LARGE_SUFFIXES.split())


def now() -> str:
    """The current time in the Hub's format, with a resolution of seconds as in git."""
    return hub_time(datetime.now(timezone.utc).replace(microsecond=0))


def hub_time(moment: datetime) -> str:
    """A time in the Hub's format: UTC, milliseconds, ``Z``."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


@dataclass(frozen=True)
class Settings:
    """Information on a repository besides its content."""

    uid: str
    created_by: str
    created_at: str
    private: bool = False
    gated: Gated = False


@dataclass
class Repository:
    """One dataset."""

    namespace: str
    name: str
    folder: Path
    settings: Settings
    git: GitRepository

    @property
    def id(self) -> str:
        """``namespace/name``."""
        return f"{self.namespace}/{self.name}"

    def change_settings(self, **changes: Any) -> None:
        """Changes some settings durably."""
        self.settings = replace(self.settings, **changes)
        write_private(self.folder / "repo.json", json.dumps(asdict(self.settings), indent=1).encode())


class Repositories:
    """All datasets in one storage folder. Only one server at a time may use it."""

    def __init__(self, storage: Path) -> None:
        self._root = storage / "repos"
        self._staging = storage / "staging"
        shutil.rmtree(self._staging, ignore_errors=True)
        for folder in (self._root, self._staging):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._open: dict[str, Repository] = {}
        self._folders = {_key(path.parent): path.parent for path in self._root.glob("*/*/repo.json")}
        self._moved = Moved(storage / "moved.json")

    def create(self, namespace: str, name: str, *, created_by: str, private: bool) -> Repository:
        """Creates a dataset with its first commit; refuses with 409 if the name is taken, ignoring case."""
        if self.present(f"{namespace}/{name}") is not None:
            raise conflict("You already created this dataset repo")
        staged = self._staging / uuid.uuid4().hex
        staged.mkdir()
        git = GitRepository.create(staged)
        attributes = new_file(".gitattributes", git.add_blob(_GITATTRIBUTES.encode()))
        first = git.add_commit({attributes.path: attributes}, (), created_by, "initial commit", "")
        git.move_ref(f"refs/heads/{MAIN}", None, first)
        git.close()
        return self._add(staged, namespace, name, created_by=created_by, private=private)

    def duplicate(self, source: Repository, namespace: str, name: str, *, created_by: str, private: bool) -> Repository:
        """Creates a dataset with the branches and tags of another; refuses with 409 if the name is taken."""
        if self.present(f"{namespace}/{name}") is not None:
            raise conflict("You already created this dataset repo")
        staged = self._staging / uuid.uuid4().hex
        shutil.copytree(source.folder, staged, ignore=_beside_git(source.folder))
        git = GitRepository(staged)
        for number in git.refs("refs/pr/"):
            git.delete_ref(f"refs/pr/{number}")
        git.close()
        return self._add(staged, namespace, name, created_by=created_by, private=private)

    def _add(self, staged: Path, namespace: str, name: str, *, created_by: str, private: bool) -> Repository:
        settings = Settings(uuid.uuid4().hex[:24], created_by, now(), private=private)
        (staged / "discussions").mkdir()
        write_private(staged / "repo.json", json.dumps(asdict(settings), indent=1).encode())
        self._put(staged, namespace, name)
        return self.find(f"{namespace}/{name}")

    def find(self, repo_id: str) -> Repository:
        """The dataset with this id, ignoring case, or else the one that had it before it was moved.

        Refuses with 404 (RepoNotFound) if there is none.
        """
        if (known := self._open.get(repo_id.lower())) is not None:
            return known
        split_repo_id(repo_id)
        folder = self._folders.get(repo_id.lower())
        if folder is None:
            if (present := self._moved.get(repo_id)) is None or present.lower() not in self._folders:
                raise repo_not_found()
            return self.find(present)
        try:
            settings = Settings(**json.loads((folder / "repo.json").read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise repo_not_found() from None
        found = Repository(folder.parent.name, folder.name, folder, settings, GitRepository(folder))
        self._open[repo_id.lower()] = found
        return found

    def present(self, repo_id: str) -> str | None:
        """The current id of the dataset with this id, in its original case; None if there is none."""
        folder = self._folders.get(repo_id.lower())
        return None if folder is None else f"{folder.parent.name}/{folder.name}"

    def all(self) -> Iterator[Repository]:
        """All datasets, by namespace and name."""
        for folder in sorted(self._folders.values()):
            yield self.find(f"{folder.parent.name}/{folder.name}")

    def move(self, repository: Repository, namespace: str, name: str) -> Repository:
        """Changes the id of a dataset, to which the old one then redirects; refuses with 409 if it is taken."""
        self._forget(repository)
        self._put(repository.folder, namespace, name)
        self._moved.add(repository.id, f"{namespace}/{name}")
        return self.find(f"{namespace}/{name}")

    def delete(self, repository: Repository) -> None:
        """Deletes a dataset with its history and discussions."""
        self._forget(repository)
        gone = self._staging / uuid.uuid4().hex
        repository.folder.rename(gone)
        del self._folders[repository.id.lower()]
        shutil.rmtree(gone)

    def close(self) -> None:
        """Closes all repositories."""
        for repository in list(self._open.values()):
            self._forget(repository)

    def _forget(self, repository: Repository) -> None:
        self._open.pop(repository.id.lower(), None)
        repository.git.close()

    def _put(self, folder: Path, namespace: str, name: str) -> None:
        target = self._root / namespace / name
        target.parent.mkdir(exist_ok=True, mode=0o700)
        try:
            folder.rename(target)  # fails onto a non-empty folder
        except OSError:
            if not target.exists():
                raise
            if folder.parent == self._staging:
                shutil.rmtree(folder)
            raise conflict("You already created this dataset repo") from None
        self._folders.pop(_key(folder), None)
        self._folders[_key(target)] = target


def _beside_git(top: Path) -> Callable[[str, list[str]], list[str]]:
    """What does not belong to git in a dataset's folder; branches below it may have such names too."""
    return lambda folder, _: ["discussions", "repo.json"] if Path(folder) == top else []


def _key(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}".lower()
