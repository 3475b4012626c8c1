"""Squashes a branch's history to one commit, and duplicates datasets."""

from __future__ import annotations

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.names import new_name
from huggingnersc_lab.sandbox.refusals import RefusalError, bad_request, revision_not_found, stale_parent, unauthorized

from .repos import private_of


class SuperSquash(Endpoint):
    """``POST /api/datasets/ID/super-squash/REF``."""

    def post(self, repo_id: str, revision: str) -> None:
        """Replaces a branch, or another ref, by one commit with the same files and no parent."""
        repository = self.visible(repo_id)
        account = self.hub.permissions.check_write(self.account, repository.namespace, repository.settings.created_by)
        git = repository.git
        ref = revision if revision.startswith("refs/") else f"refs/heads/{revision}"
        head = git.ref(ref)
        if head is None or ref.startswith("refs/tags/"):
            raise revision_not_found(revision)
        message = self.json_body().get("message")
        if not isinstance(message, str) or not message.strip():
            raise bad_request('"message" must be a string with something in it')
        title, _, rest = message.strip().partition("\n")
        if not git.move_ref(ref, head, git.add_commit(git.files(head), (), account.name, title, rest.strip())):
            raise stale_parent()
        self.reply({})


class Duplicate(Endpoint):
    """``POST /api/datasets/ID/duplicate``."""

    def post(self, repo_id: str) -> None:
        """Creates a dataset with the same branches and tags, without discussions and pull requests."""
        source = self.readable(repo_id)
        if self.account is None:
            raise unauthorized("Invalid username or password.")
        body = self.json_body()
        namespace, _, name = str(body.get("repository")).partition("/")
        namespace = self.hub.permissions.canonical(new_name(namespace))
        account = self.hub.permissions.check_create(self.account, namespace)
        private = private_of(body)
        url = self.repo_url(f"{namespace}/{new_name(name)}")
        try:
            copy = self.hub.repositories.duplicate(
                source,
                namespace,
                name,
                created_by=account.name,
                private=source.settings.private if private is None else private,
            )
        except RefusalError as refusal:
            refusal.body["url"] = url  # with exist_ok the client reads it from the 409
            raise
        self.reply({"url": url, "name": copy.id, "id": copy.id})
