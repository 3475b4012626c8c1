"""Valid names of repositories, revisions and files in the practice Hub.

Every name that reaches the disk is checked here, so that no request can leave the storage folder.
"""

from __future__ import annotations

import re

from .refusals import bad_request, entry_not_found, repo_not_found, unprocessable

MAX_NAME = 96
MAX_PATH = 1024

_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?")
_REF = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._/-]*[A-Za-z0-9_])?")


def is_name(name: str) -> bool:
    """Whether `name` is valid on either side of the slash in a repo id (the Hub's rules)."""
    return (
        len(name) <= MAX_NAME
        and _NAME.fullmatch(name) is not None
        and "--" not in name
        and ".." not in name
        and not name.endswith((".git", ".ipynb"))
    )


def new_name(name: object) -> str:
    """Returns `name` if it is a valid repository name; otherwise refuses with 400."""
    if not isinstance(name, str) or not is_name(name):
        raise bad_request(
            f"Invalid repo name: {name!r}. Use at most {MAX_NAME} letters, digits, '-', '_', '.', "
            "without '--' or '..', not beginning or ending with '-' or '.', "
            "and not ending in '.git' or '.ipynb'."
        )
    return name


def split_repo_id(repo_id: str) -> tuple[str, str]:
    """Splits ``namespace/name``; an invalid repo id is refused like one that does not exist."""
    namespace, _, name = repo_id.partition("/")
    if not (is_name(namespace) and is_name(name)):
        raise repo_not_found()
    return namespace, name


def is_path(path: str) -> bool:
    """Whether `path` is a valid file path: relative, normalized, not used by git itself.

    A backslash is allowed, except at the beginning, where Windows would take it for an absolute path.
    """
    return (
        0 < len(path) <= MAX_PATH
        and path.isprintable()
        and not path.startswith(("\\", "..\\"))
        and all(part not in ("", ".", "..") and part.lower() != ".git" for part in path.split("/"))
    )


def new_path(path: object) -> str:
    """Returns `path` if a file can be written there; otherwise refuses with 422."""
    if not isinstance(path, str) or not is_path(path):
        raise unprocessable(f"Invalid path in repo: {path!r}. It must be relative and without '..', '.' or '.git'.")
    return path


def existing_path(path: str) -> str:
    """Returns `path` without a trailing slash if it is a valid file path; otherwise 404."""
    path = path.rstrip("/")
    if not is_path(path):
        raise entry_not_found()
    return path


def is_ref(name: str) -> bool:
    """Whether `name` is a valid name of a branch or tag."""
    return (
        len(name) <= MAX_PATH
        and _REF.fullmatch(name) is not None
        and not any(bad in name for bad in ("..", "//", "/.", "./"))
        and not any(part.endswith(".lock") for part in name.split("/"))
    )
