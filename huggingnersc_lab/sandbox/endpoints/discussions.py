"""Discussions and pull requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huggingnersc_lab.sandbox.accounts import Account
from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.refusals import bad_request, conflict, forbidden, not_found
from huggingnersc_lab.sandbox.storage import discussions, pull_requests
from huggingnersc_lab.sandbox.storage.discussions import Discussion
from huggingnersc_lab.sandbox.storage.git import MAIN
from huggingnersc_lab.sandbox.storage.repositories import Repository

_STATUS = {
    "open": ("open", "draft"),
    "closed": ("closed", "merged"),
    "merged": ("merged",),
    "draft": ("draft",),
}


class Discussions(Endpoint):
    """``GET`` and ``POST /api/datasets/ID/discussions``."""

    def get(self, repo_id: str) -> None:
        """The discussions and pull requests, newest first, in pages."""
        repository = self.visible(repo_id)
        found = [discussion for discussion in discussions.load_all(repository) if self._wanted(discussion)]
        size = self.hub.page_size
        start = self.number("p", 0) * size
        page = [_overview(repository, discussion) for discussion in found[start : start + size]]
        self.reply({"discussions": page, "count": len(found), "start": start})

    def _wanted(self, discussion: Discussion) -> bool:
        kind = self.get_query_argument("type", "all")
        status = self.get_query_argument("status", "all")
        author = self.get_query_argument("author", discussion["author"])
        return (
            author == discussion["author"]
            and kind in ("all", "pull_request" if discussion["isPullRequest"] else "discussion")
            and (status == "all" or discussion["status"] in _STATUS.get(status, ()))
        )

    def post(self, repo_id: str) -> None:
        """Opens a discussion, or a pull request that has no changes yet."""
        repository = self.visible(repo_id)
        account = self.hub.permissions.check_discuss(self.account)
        body = self.json_body()
        num = discussions.next_num(repository)
        base = None
        if body.get("pullRequest") is True:
            base = (MAIN, repository.git.resolve(MAIN))
            if not repository.git.move_ref(discussions.pr_ref(num), None, base[1]):
                raise conflict("Another pull request was opened at the same moment. Please try again.")
        discussion = discussions.create(
            repository,
            num,
            author=account.name,
            title=_text(body, "title"),
            description=str(body.get("description") or ""),
            base=base,
            status="open" if base is None else "draft",
        )
        url = f"{self.repo_url(repo_id)}/discussions/{num}"
        self.reply({**_overview(repository, discussion), "url": url}, status=201)


class DiscussionDetails(Endpoint):
    """``GET /api/datasets/ID/discussions/NUM``."""

    def get(self, repo_id: str, num: str) -> None:
        """A discussion with its events; for a pull request also the conflicts and the diff."""
        repository = self.readable(repo_id) if self.flag("diff") else self.visible(repo_id)
        discussion = discussions.load(repository, int(num))
        answer = _overview(repository, discussion) | {"events": discussion["events"]}
        if discussion["isPullRequest"]:
            merged = discussion["status"] == "merged"
            answer["filesWithConflicts"] = [] if merged else pull_requests.conflicts(repository, discussion)
            answer["changes"] = {
                "base": f"refs/heads/{discussion['base']}",
                "mergeCommitId": discussion.get("mergeCommit"),
            }
            if self.flag("diff"):
                answer["diff"] = pull_requests.diff(repository, discussion)
        self.reply(answer)


class _Change(Endpoint):
    def open_one(self, repo_id: str, num: str) -> tuple[Repository, Discussion, Account]:
        """The discussion and the account that wants to add to it."""
        repository = self.visible(repo_id)
        account = self.hub.permissions.check_discuss(self.account)
        return repository, discussions.load(repository, int(num)), account

    def may_write(self, repository: Repository) -> bool:
        """Whether the account can write to the repository itself."""
        return self.hub.permissions.may_write(self.account, repository.namespace, repository.settings.created_by)

    def check_own(self, repository: Repository, discussion: Discussion, account: Account) -> None:
        """Refuses if the account neither opened the discussion nor can write to the repository."""
        if account.name != discussion["author"] and not self.may_write(repository):
            raise forbidden("Only the author of a discussion and those who may write to the repository can change it")


class DiscussionComment(_Change):
    """``POST /api/datasets/ID/discussions/NUM/comment``."""

    def post(self, repo_id: str, num: str) -> None:
        """Adds a comment."""
        repository, discussion, account = self.open_one(repo_id, num)
        comment = discussions.comment_data(_text(self.json_body(), "comment"))
        event = discussions.add_event(discussion, "comment", account.name, comment)
        discussions.save(repository, discussion)
        self.reply({"newMessage": event}, status=201)


class DiscussionCommentChange(_Change):
    """``POST /api/datasets/ID/discussions/NUM/comment/EVENT/edit`` and ``…/hide``."""

    def post(self, repo_id: str, num: str, event_id: str, deed: str) -> None:
        """Edits a comment, keeping its previous text in its history; or hides it, keeping nothing."""
        repository, discussion, account = self.open_one(repo_id, num)
        found = [event for event in discussion["events"] if event["type"] == "comment" and event["id"] == event_id]
        if not found:
            raise not_found(f"There is no comment {event_id} in discussion #{num}")
        data = found[0]["data"]
        if account.name != found[0]["author"]["name"] and not self.may_write(repository):
            raise forbidden("Only the author of a comment and those who may write to the repository can change it")
        if data["hidden"]:
            raise bad_request("A hidden comment cannot be changed")
        data["history"] = [] if deed == "hide" else [*data["history"], data["latest"]]
        text = _text(self.json_body(), "content") if deed == "edit" else "This comment has been hidden"
        data |= {"edited": True, "hidden": deed == "hide", "numEdits": data["numEdits"] + 1}
        data["latest"] = discussions.comment_data(text)["latest"]
        discussions.save(repository, discussion)
        self.reply({"updatedComment": found[0]})


class DiscussionTitle(_Change):
    """``POST /api/datasets/ID/discussions/NUM/title``."""

    def post(self, repo_id: str, num: str) -> None:
        """Changes the title."""
        repository, discussion, account = self.open_one(repo_id, num)
        self.check_own(repository, discussion, account)
        title = _text(self.json_body(), "title")
        event = discussions.add_event(
            discussion, "title-change", account.name, {"from": discussion["title"], "to": title}
        )
        discussion["title"] = title
        discussions.save(repository, discussion)
        self.reply({"newTitle": event}, status=201)


class DiscussionStatus(_Change):
    """``POST /api/datasets/ID/discussions/NUM/status``."""

    def post(self, repo_id: str, num: str) -> None:
        """Closes or reopens."""
        repository, discussion, account = self.open_one(repo_id, num)
        self.check_own(repository, discussion, account)
        body = self.json_body()
        status = body.get("status")
        if status not in ("open", "closed"):
            raise bad_request('"status" must be "open" or "closed"')
        if discussion["status"] == "merged":
            raise bad_request("A merged pull request cannot be opened or closed")
        _comment(discussion, account, body)
        event = discussions.add_event(discussion, "status-change", account.name, {"status": status})
        discussion["status"] = status
        discussions.save(repository, discussion)
        self.reply({"newStatus": event}, status=201)


class DiscussionMerge(_Change):
    """``POST /api/datasets/ID/discussions/NUM/merge``."""

    def post(self, repo_id: str, num: str) -> None:
        """Merges a pull request into its branch."""
        repository, discussion, account = self.open_one(repo_id, num)
        if not self.may_write(repository):
            raise forbidden("You don't have the rights to merge pull requests of this repository")
        if not discussion["isPullRequest"]:
            raise bad_request("This discussion is not a pull request")
        if discussion["status"] not in ("open", "draft"):
            raise bad_request(f"This pull request is {discussion['status']}")
        oid = pull_requests.merge(repository, discussion, account.name)
        _comment(discussion, account, self.json_body())
        discussions.add_event(discussion, "status-change", account.name, {"status": "merged"})
        discussion |= {"status": "merged", "mergeCommit": oid}
        discussions.save(repository, discussion)
        self.reply({"mergeCommitId": oid})


def _comment(discussion: Discussion, account: Account, body: Mapping[str, Any]) -> None:
    if body.get("comment"):
        data = discussions.comment_data(_text(body, "comment"))
        discussions.add_event(discussion, "comment", account.name, data)


def _text(body: Mapping[str, Any], key: str) -> str:
    text = body.get(key)
    if not isinstance(text, str) or not text.strip():
        raise bad_request(f'"{key}" must be a string with something in it')
    return text.strip()


def _overview(repository: Repository, discussion: Discussion) -> dict[str, Any]:
    return {
        "num": discussion["num"],
        "title": discussion["title"],
        "status": discussion["status"],
        "author": {"name": discussion["author"]},
        "createdAt": discussion["createdAt"],
        "isPullRequest": discussion["isPullRequest"],
        "repo": {"name": repository.id, "type": "dataset"},
    }
