"""What the practice Hub says no to, with the status and the headers the real Hub uses for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A request that is answered with an error.

    `error_code` becomes the header ``X-Error-Code``, from which ``huggingface_hub`` picks its exception class.
    `body` replaces the usual ``{"error": message}``.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        error_code: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.error_code = error_code
        self.headers = dict(headers or {})
        self.body = dict(body) if body is not None else {"error": message}


def bad_request(message: str) -> Refusal:
    return Refusal(400, message)


def unauthorized(message: str = "Invalid credentials in Authorization header") -> Refusal:
    return Refusal(401, message, headers={"WWW-Authenticate": 'Bearer realm="Practice Hub"'})


def forbidden(message: str) -> Refusal:
    return Refusal(403, message)


def repo_not_found() -> Refusal:
    return Refusal(404, "Repository not found", error_code="RepoNotFound")


def revision_not_found(revision: str) -> Refusal:
    return Refusal(404, f"Invalid rev id: {revision}", error_code="RevisionNotFound")


def entry_not_found(message: str = "Entry not found", *, commit: str | None = None) -> Refusal:
    headers = {"X-Repo-Commit": commit} if commit else {}
    return Refusal(404, message, error_code="EntryNotFound", headers=headers)


def not_found(message: str) -> Refusal:
    return Refusal(404, message)


def conflict(message: str, body: Mapping[str, Any] | None = None) -> Refusal:
    return Refusal(409, message, body=body)


def stale_parent() -> Refusal:
    return Refusal(412, "A commit has happened since. Please refresh and try again.")


def not_spoken(endpoint: str) -> Refusal:
    return Refusal(501, f"The practice Hub does not speak this endpoint: {endpoint}")
