"""Creates, deletes, moves and configures datasets, and checks permissions."""

from __future__ import annotations

from typing import Any

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.names import new_name
from huggingnersc_lab.sandbox.refusals import (
    RefusalError,
    bad_request,
    conflict,
    not_spoken,
    unauthorized,
)
from huggingnersc_lab.sandbox.storage.repositories import Repository


def _check_type(body: dict[str, Any], endpoint: str) -> None:
    kind = body.get("type", "model")
    if kind != "dataset":
        raise not_spoken(f"{endpoint} with type {kind!r} (the practice Hub supports only datasets)")


def private_of(body: dict[str, Any]) -> bool | None:
    """Whether it is private, from `visibility` (newer clients) or `private`; None without either."""
    visibility = body.get("visibility")
    if visibility not in (None, "public", "private"):
        raise bad_request('"visibility" must be "public" or "private"')
    if visibility is not None:
        return bool(visibility == "private")
    private = body.get("private")
    return private if isinstance(private, bool) else None


class CreateRepo(Endpoint):
    """``POST /api/repos/create``."""

    def post(self) -> None:
        """Creates a dataset; 409 with its URL if it exists."""
        body = self.json_body()
        _check_type(body, "POST /api/repos/create")
        if self.account is None:
            raise unauthorized("Invalid username or password.")
        namespace = self.hub.permissions.canonical(new_name(body.get("organization") or self.account.name))
        name = new_name(body.get("name"))
        account = self.hub.permissions.check_create(self.account, namespace)
        private = private_of(body) or False
        url = self.repo_url(f"{namespace}/{name}")
        try:
            repository = self.hub.repositories.create(namespace, name, created_by=account.name, private=private)
        except RefusalError as refusal:
            refusal.body["url"] = url  # with exist_ok the client reads it from the 409
            raise
        self.reply({"url": url, "name": repository.id, "id": repository.id})


class _OfAPresentId(Endpoint):
    def present(self, repo_id: str) -> Repository:
        """The dataset with this current id: moved datasets cannot be deleted or moved by their former id."""
        repository = self.named(repo_id)
        if repository.id.lower() != repo_id.lower():
            raise self.missing()
        return repository


class DeleteRepo(_OfAPresentId):
    """``DELETE /api/repos/delete``."""

    def delete(self) -> None:
        """Deletes a dataset with all its content."""
        body = self.json_body()
        _check_type(body, "DELETE /api/repos/delete")
        if self.account is None:
            raise unauthorized("Invalid username or password.")
        repository = self.present(f"{body.get('organization') or self.account.name}/{body.get('name')}")
        self.hub.permissions.check_manage(self.account, repository.namespace, repository.settings.created_by)
        self.hub.repositories.delete(repository)
        self.reply()


class MoveRepo(_OfAPresentId):
    """``POST /api/repos/move``."""

    def post(self) -> None:
        """Changes the id of a dataset; the old id redirects to it from then on."""
        body = self.json_body()
        _check_type(body, "POST /api/repos/move")
        repository = self.present(str(body.get("fromRepo")))
        self.hub.permissions.check_manage(self.account, repository.namespace, repository.settings.created_by)
        namespace, _, name = str(body.get("toRepo")).partition("/")
        namespace = self.hub.permissions.canonical(new_name(namespace))
        self.hub.permissions.check_create(self.account, namespace)
        there = self.hub.repositories.present(f"{namespace}/{new_name(name)}")
        if there not in (None, repository.id) or there == f"{namespace}/{name}":
            raise conflict(f"A dataset repository named {there} already exists")
        self.hub.repositories.move(repository, namespace, name)
        self.reply({"url": self.repo_url(f"{namespace}/{name}")})


class RepoSettings(Endpoint):
    """``PUT /api/datasets/ID/settings``."""

    def put(self, repo_id: str) -> None:
        """Changes visibility and gated access."""
        repository = self.visible(repo_id)
        self.hub.permissions.check_manage(self.account, repository.namespace, repository.settings.created_by)
        body = self.json_body()
        changes: dict[str, Any] = {}
        if (private := private_of(body)) is not None:
            changes["private"] = private
        if "gated" in body:
            if body["gated"] not in ("auto", "manual", False):
                raise bad_request('"gated" must be "auto", "manual" or false')
            changes["gated"] = body["gated"]
        if not changes:
            raise not_spoken(f"PUT /api/datasets/{repo_id}/settings with {', '.join(sorted(body)) or 'nothing'}")
        repository.change_settings(**changes)
        self.reply(changes)


class AuthCheck(Endpoint):
    """``GET /api/datasets/ID/auth-check`` and ``…/auth-check/write``."""

    def get(self, repo_id: str, write: str | None) -> None:
        """Responds with 200 if the account can read (or write) this dataset."""
        repository = self.readable(repo_id)
        if write:
            self.hub.permissions.check_write(self.account, repository.namespace, repository.settings.created_by)
        self.reply({})
