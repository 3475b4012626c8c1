"""Commits: how to send each file, the commit itself, and the history."""

from __future__ import annotations

import base64
import binascii
import re
from html import escape
from typing import Any

from huggingnersc_lab.sandbox.accounts import Account
from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.names import new_path
from huggingnersc_lab.sandbox.refusals import (
    bad_request,
    conflict,
    forbidden,
    revision_not_found,
    stale_parent,
)
from huggingnersc_lab.sandbox.storage import discussions
from huggingnersc_lab.sandbox.storage.changes import Changes, write_commit
from huggingnersc_lab.sandbox.storage.git import CommitInfo
from huggingnersc_lab.sandbox.storage.large import Pointer
from huggingnersc_lab.sandbox.storage.repositories import Repository, hub_time
from huggingnersc_lab.sandbox.storage.upload_mode import attributes_of, ignored_by, upload_mode

_NUMBER = re.compile(r"[0-9]{1,9}")


class _Writing(Endpoint):
    def writable(self, repository: Repository, revision: str) -> tuple[Account, str]:
        """The account and the full name of the ref; refuses if the account cannot write to it."""
        permissions, created_by = self.hub.permissions, repository.settings.created_by
        if self.flag("create_pr"):
            return permissions.check_discuss(self.account), _branch(repository, revision)
        num = revision.removeprefix("refs/pr/")
        if num == revision or not _NUMBER.fullmatch(num):
            return permissions.check_write(self.account, repository.namespace, created_by), _branch(
                repository, revision
            )
        account = permissions.check_discuss(self.account)
        discussion = discussions.load(repository, int(num))
        if account.name != discussion["author"] and not permissions.may_write(
            account, repository.namespace, created_by
        ):
            raise forbidden(
                "Only the author of a pull request and those who may write to the repository can push to it"
            )
        if discussion["status"] not in ("open", "draft"):
            raise conflict(f"Pull request #{num} is {discussion['status']}")
        return account, revision


def _branch(repository: Repository, revision: str) -> str:
    ref = f"refs/heads/{revision.removeprefix('refs/heads/')}"
    if repository.git.ref(ref) is None:
        raise revision_not_found(revision)
    return ref


class Preupload(_Writing):
    """``POST /api/datasets/ID/preupload/REVISION``."""

    def post(self, repo_id: str, revision: str) -> None:
        """Says for each file how to send it, whether it is ignored, and its current id."""
        repository = self.visible(repo_id)
        _, ref = self.writable(repository, revision)
        body = self.json_body()
        git = repository.git
        commit = git.resolve(ref)
        files, git_ignore = body.get("files"), body.get("gitIgnore")
        if not isinstance(files, list) or not isinstance(git_ignore, (str, type(None))):
            raise bad_request('"files" must be an array, "gitIgnore" a string')
        ignored = ignored_by(git, commit, git_ignore)
        attributes = attributes_of(git, commit)
        answers = []
        for file in files:
            path, sample, size = _announced(file)
            answer: dict[str, Any] = {
                "path": path,
                "uploadMode": upload_mode(attributes, path, sample, size),
                "shouldIgnore": ignored(path),
            }
            entry = git.entry(commit, path)
            if entry is not None and not entry.is_folder:
                pointer = Pointer.parse(git.blob(entry.oid))
                answer["oid"] = pointer.oid if pointer else entry.oid
            answers.append(answer)
        self.reply({"files": answers, "commitOid": commit})


def _announced(file: Any) -> tuple[str, bytes, int]:
    try:
        path, size = new_path(file["path"]), file["size"]
        if not isinstance(size, int) or size < 0:
            raise ValueError("no size")
        return path, base64.b64decode(file.get("sample") or ""), size
    except (TypeError, KeyError, ValueError, binascii.Error):
        raise bad_request("Each file needs a path, a size and a sample in base64") from None


class Commit(_Writing):
    """``POST /api/datasets/ID/commit/REVISION``."""

    def post(self, repo_id: str, revision: str) -> None:
        """Creates one commit: on a branch, on a pull request, or as a new pull request."""
        repository = self.visible(repo_id)
        account, ref = self.writable(repository, revision)
        changes = Changes.parse(self.request.body)
        git = repository.git
        base = git.resolve(ref)
        oid = write_commit(git, self.hub.large_files, changes, base, account.name)
        answer = {
            "success": True,
            "commitOid": oid,
            "commitUrl": f"{self.repo_url(repo_id)}/commit/{oid}",
            "hookOutput": "",
        }
        if self.flag("create_pr"):
            num = self._open_pull_request(repository, changes, account, (ref.removeprefix("refs/heads/"), base), oid)
            answer["pullRequestUrl"] = f"{self.repo_url(repo_id)}/discussions/{num}"
        else:
            if not git.move_ref(ref, base, oid):
                raise stale_parent()
            if ref.startswith("refs/pr/"):
                discussion = discussions.load(repository, int(ref.removeprefix("refs/pr/")))
                discussions.add_event(discussion, "commit", account.name, {"subject": changes.title, "oid": oid})
                discussions.save(repository, discussion)
        self.reply(answer)

    def _open_pull_request(
        self,
        repository: Repository,
        changes: Changes,
        account: Account,
        base: tuple[str, str],
        oid: str,
    ) -> int:
        num = discussions.next_num(repository)
        if not repository.git.move_ref(discussions.pr_ref(num), None, oid):
            raise stale_parent()
        discussion = discussions.create(
            repository,
            num,
            author=account.name,
            title=changes.title,
            description=changes.message,
            base=base,
            status="open",
        )
        discussions.add_event(discussion, "commit", account.name, {"subject": changes.title, "oid": oid})
        discussions.save(repository, discussion)
        return num


class Commits(Endpoint):
    """``GET /api/datasets/ID/commits/REVISION``."""

    def get(self, repo_id: str, revision: str) -> None:
        """The history, newest first, in pages."""
        repository = self.visible(repo_id)
        formatted = "formatted" in self.get_query_arguments("expand[]") + self.get_query_arguments("expand")
        history = list(repository.git.history(repository.git.resolve(revision)))
        page, size = self.number("p", 0), min(self.number("limit", self.hub.page_size) or 1, self.hub.page_size)
        if (page + 1) * size < len(history):
            self.link_next(p=page + 1)
        self.set_header("X-Total-Count", str(len(history)))
        self.reply([_commit_json(info, formatted=formatted) for info in history[page * size : (page + 1) * size]])


def _commit_json(info: CommitInfo, *, formatted: bool) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": info.oid,
        "title": info.title,
        "message": info.message,
        "authors": [{"user": info.author, "avatar": ""}],
        "date": hub_time(info.date),
    }
    if formatted:
        answer["formatted"] = {"title": escape(info.title), "message": escape(info.message)}
    return answer
