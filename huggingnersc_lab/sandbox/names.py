"""Which names the practice Hub takes for repositories, revisions and files.

Every name that reaches the disk passes through here: no request can leave the storage folder.
"""

from __future__ import annotations

import re

from .refusals import bad_request, entry_not_found, repo_not_found, unprocessable

MAX_NAME = 96
MAX_PATH = 1024

_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?")
_REF = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._/-]*[A-Za-z0-9_])?")


def is_name(name: str) -> bool:
    """Whether `name` may stand on either side of the slash in a repo id (the Hub's rules)."""
    return (
        len(name) <= MAX_NAME
        and _NAME.fullmatch(name) is not None
        and "--" not in name
        and ".." not in name
        and not name.endswith((".git", ".ipynb"))
    )


def new_name(name: object) -> str:
    """Returns `name` if a repository may be called so; refuses with 400 otherwise."""
    if not isinstance(name, str) or not is_name(name):
        raise bad_request(
            f"Invalid repo name: {name!r}. Use at most {MAX_NAME} letters, digits, '-', '_', '.', "
            "without '--' or '..', not beginning or ending with '-' or '.', "
            "and not ending in '.git' or '.ipynb'."
        )
    return name


def split_repo_id(repo_id: str) -> tuple[str, str]:
    """Splits ``namespace/name``; a repo id that cannot exist is refused as one that does not."""
    namespace, _, name = repo_id.partition("/")
    if not (is_name(namespace) and is_name(name)):
        raise repo_not_found()
    return namespace, name


def is_path(path: str) -> bool:
    """Whether `path` may be that of a file: relative, in normal form, nothing of git's own.

    A backslash is a letter like others, but not at the beginning, where Windows would take it for a way out.
    """
    return (
        0 < len(path) <= MAX_PATH
        and path.isprintable()
        and not path.startswith(("\\", "..\\"))
        and all(part not in ("", ".", "..") and part.lower() != ".git" for part in path.split("/"))
    )


def new_path(path: object) -> str:
    """Returns `path` if a file may be written there; refuses with 422 otherwise."""
    if not isinstance(path, str) or not is_path(path):
        raise unprocessable(f"Invalid path in repo: {path!r}. It must be relative and without '..', '.' or '.git'.")
    return path


def existing_path(path: str) -> str:
    """Returns `path` without a trailing slash if a file may lie there; 404 otherwise."""
    path = path.rstrip("/")
    if not is_path(path):
        raise entry_not_found()
    return path


def is_ref(name: str) -> bool:
    """Whether `name` may be a branch or a tag."""
    return (
        len(name) <= MAX_PATH
        and _REF.fullmatch(name) is not None
        and not any(bad in name for bad in ("..", "//", "/.", "./"))
        and not any(part.endswith(".lock") for part in name.split("/"))
    )
