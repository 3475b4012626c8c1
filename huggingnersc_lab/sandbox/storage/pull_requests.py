"""The changes of a pull request, its conflicts, and merging it."""

from __future__ import annotations

from collections.abc import Mapping

from huggingnersc_lab.sandbox.refusals import bad_request, conflict

from .discussions import Discussion, pr_ref
from .git import Entry
from .repositories import Repository

_Change = tuple[Entry | None, Entry | None]


def conflicts(repository: Repository, discussion: Discussion) -> list[str]:
    """The files of an unmerged pull request that were changed differently on its branch since."""
    target = _files(repository, repository.git.ref(f"refs/heads/{discussion['base']}"))
    return sorted(
        path
        for path, (before, after) in _changes(repository, discussion).items()
        if target.get(path) not in (before, after)
    )


def merge(repository: Repository, discussion: Discussion, author: str) -> str:
    """Adds the changes of a pull request to its branch as one commit and returns that commit's id.

    Refuses with 409 if there are conflicts, with 400 if there are no changes.
    """
    changes = _changes(repository, discussion)
    if not changes:
        raise bad_request("This pull request has no changes")
    branch = f"refs/heads/{discussion['base']}"
    head = repository.git.resolve(branch)
    if unfitting := conflicts(repository, discussion):
        raise conflict(f"Conflicts with {discussion['base']} in {', '.join(unfitting)}")
    files = dict(_files(repository, head))
    for path, (_, after) in changes.items():
        files.pop(path, None)
        if after is not None:
            files[path] = after
    title = f"{discussion['title']} (#{discussion['num']})"
    oid = repository.git.add_commit(files, (head,), author, title, _story(discussion))
    if not repository.git.move_ref(branch, head, oid):
        raise conflict("The branch has moved in the meantime. Please try again.")
    return oid


def diff(repository: Repository, discussion: Discussion) -> str:
    """The changes of a pull request as a git diff."""
    return repository.git.diff(discussion["baseCommit"], repository.git.resolve(pr_ref(discussion["num"])))


def _changes(repository: Repository, discussion: Discussion) -> dict[str, _Change]:
    before = _files(repository, discussion["baseCommit"])
    after = _files(repository, repository.git.ref(pr_ref(discussion["num"])))
    return {
        path: (before.get(path), after.get(path))
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path)
    }


def _files(repository: Repository, commit: str | None) -> Mapping[str, Entry]:
    return {} if commit is None else repository.git.files(commit)


def _story(discussion: Discussion) -> str:
    commits = [event["data"] for event in discussion["events"] if event["type"] == "commit"]
    lines = [f"- {data['subject']} ({data['oid']})" for data in commits]
    author = discussion["author"]
    return "\n".join([*lines, "", f"Co-authored-by: {author} <{author}@users.noreply.invalid>"])
