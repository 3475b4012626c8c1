"""Branches, tags and pull requests as git refs."""

from __future__ import annotations

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.names import is_ref
from huggingnersc_lab.sandbox.refusals import bad_request, conflict, forbidden, revision_not_found
from huggingnersc_lab.sandbox.storage.git import MAIN
from huggingnersc_lab.sandbox.storage.repositories import Repository


class Refs(Endpoint):
    """``GET /api/datasets/ID/refs``."""

    def get(self, repo_id: str) -> None:
        """All branches and tags, and on request all pull requests."""
        repository = self.visible(repo_id)
        answer = {
            "branches": _refs_json(repository, "refs/heads/"),
            "converts": [],
            "tags": _refs_json(repository, "refs/tags/"),
        }
        if self.flag("include_prs"):
            answer["pullRequests"] = _refs_json(repository, "refs/pr/")
        self.reply(answer)


def _refs_json(repository: Repository, prefix: str) -> list[dict[str, str]]:
    shown = "refs/pr/" if prefix == "refs/pr/" else ""
    return [
        {"name": shown + name, "ref": prefix + name, "targetCommit": commit}
        for name, commit in repository.git.refs(prefix).items()
    ]


class _RefEndpoint(Endpoint):
    prefix: str
    kind: str

    def change(self, repo_id: str) -> Repository:
        """The dataset; refuses if the account cannot write to it."""
        repository = self.visible(repo_id)
        self.hub.permissions.check_write(self.account, repository.namespace, repository.settings.created_by)
        return repository

    def make(self, repository: Repository, name: object, revision: str) -> None:
        """Creates the ref `name` at `revision`; 404 if there is no such revision, 409 if the ref exists."""
        commit = repository.git.resolve(revision)
        if not isinstance(name, str) or not is_ref(name):
            raise bad_request(f"Invalid reference for a {self.kind}: {name!r}")
        if not repository.git.move_ref(self.prefix + name, None, commit):
            raise conflict(f"Reference {self.prefix}{name} already exists")
        self.reply(status=201)

    def remove(self, repository: Repository, name: str) -> None:
        """Deletes the ref `name`; 404 if there is none."""
        if repository.git.ref(self.prefix + name) is None:
            raise revision_not_found(name)
        repository.git.delete_ref(self.prefix + name)
        self.reply()


class Branch(_RefEndpoint):
    """``POST`` and ``DELETE /api/datasets/ID/branch/NAME``."""

    prefix = "refs/heads/"
    kind = "branch"

    def post(self, repo_id: str, name: str) -> None:
        """Creates a branch."""
        repository = self.change(repo_id)
        self.make(repository, name, str(self.json_body().get("startingPoint") or MAIN))

    def delete(self, repo_id: str, name: str) -> None:
        """Deletes a branch, but never the main one."""
        repository = self.change(repo_id)
        if name == MAIN:
            raise forbidden(f"Cannot delete {self.prefix}{MAIN}")
        self.remove(repository, name)


class Tag(_RefEndpoint):
    """``POST /api/datasets/ID/tag/REVISION`` and ``DELETE /api/datasets/ID/tag/NAME``."""

    prefix = "refs/tags/"
    kind = "tag"

    def post(self, repo_id: str, revision: str) -> None:
        """Tags a revision."""
        self.make(self.change(repo_id), self.json_body().get("tag"), revision)

    def delete(self, repo_id: str, name: str) -> None:
        """Deletes a tag."""
        self.remove(self.change(repo_id), name)
