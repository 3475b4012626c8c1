"""Looking through the large files of a repository's whole history, and deleting some for good."""

from __future__ import annotations

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.refusals import bad_request, not_spoken
from huggingnersc_lab.sandbox.storage.large import is_oid
from huggingnersc_lab.sandbox.storage.lfs_files import list_large_files, take_out
from huggingnersc_lab.sandbox.storage.repositories import hub_time

_MOST = 1000  # which is what the client sends at once


class LfsFiles(Endpoint):
    """``GET /api/datasets/ID/lfs-files``."""

    def get(self, repo_id: str) -> None:
        """Each content once, with a path and a ref that it has."""
        repository = self.visible(repo_id)
        self.hub.permissions.check_write(self.account, repository.namespace, repository.settings.created_by)
        self.reply(
            [
                {
                    "fileOid": found.oid,
                    "oid": found.oid,
                    "filename": found.filename,
                    "size": found.size,
                    "pushedAt": hub_time(found.pushed_at),
                    "ref": found.ref,
                }
                for found in list_large_files(repository.git)
            ]
        )


class LfsFilesBatch(Endpoint):
    """``POST /api/datasets/ID/lfs-files/batch``."""

    def post(self, repo_id: str) -> None:
        """Takes contents out of every commit; they are gone unless another dataset has them, too."""
        repository = self.visible(repo_id)
        self.hub.permissions.check_manage(self.account, repository.namespace, repository.settings.created_by)
        deletions = self.json_body().get("deletions")
        wanted = deletions if isinstance(deletions, dict) else {}
        oids = wanted.get("sha")
        if not isinstance(oids, list) or len(oids) > _MOST or not all(map(is_oid, oids)):
            raise bad_request(f'"deletions" must have "sha", an array of at most {_MOST} SHA-256s')
        if wanted.get("rewriteHistory") is not True:
            raise not_spoken("lfs-files/batch that leaves the history as it is")
        named = {found.oid for found in list_large_files(repository.git)} & set(oids)
        take_out(repository.git, named)
        for other in self.hub.repositories.all():
            if other.id != repository.id:
                named -= {pointer.oid for pointer in other.git.pointers()}
        for oid in named:
            self.hub.large_files.discard(oid)
        self.reply({})
