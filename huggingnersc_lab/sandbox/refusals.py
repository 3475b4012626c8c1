"""What the practice Hub says no to, with the status and the headers the real Hub uses for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class RefusalError(Exception):
    """A request that is answered with an error.

    `error_code` becomes the header ``X-Error-Code``, from which ``huggingface_hub`` picks its
    exception class. `body` replaces the usual ``{"error": message}``.
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


def bad_request(message: str) -> RefusalError:
    """400: the request makes no sense."""
    return RefusalError(400, message)


def unauthorized(
    message: str = "Invalid credentials in Authorization header", *, error_code: str | None = None
) -> RefusalError:
    """401: the token is missing or wrong."""
    return RefusalError(
        401, message, error_code=error_code, headers={"WWW-Authenticate": 'Bearer realm="Practice Hub"'}
    )


def forbidden(message: str) -> RefusalError:
    """403: the account or its token may not do this."""
    return RefusalError(403, message)


def repo_not_found() -> RefusalError:
    """404 for a dataset that does not exist or may not be seen."""
    return RefusalError(404, "Repository not found", error_code="RepoNotFound")


def gated(message: str, status: int) -> RefusalError:
    """401 or 403 for the content of a dataset that is open to some only."""
    return RefusalError(status, message, error_code="GatedRepo")


def elsewhere(address: str) -> RefusalError:
    """307: the same request is to be sent to another address of this server."""
    return RefusalError(307, f"Temporary Redirect. Redirecting to {address}", headers={"Location": address})


def unprocessable(message: str) -> RefusalError:
    """422: the request can be read, but what it asks for is not allowed."""
    return RefusalError(422, message)


def revision_not_found(revision: str) -> RefusalError:
    """404 for a branch, tag or commit."""
    return RefusalError(404, f"Invalid rev id: {revision}", error_code="RevisionNotFound")


def entry_not_found(message: str = "Entry not found", *, commit: str | None = None) -> RefusalError:
    """404 for a file or folder; `commit` is where it was looked for."""
    headers = {"X-Repo-Commit": commit} if commit else {}
    return RefusalError(404, message, error_code="EntryNotFound", headers=headers)


def not_found(message: str) -> RefusalError:
    """404 for anything else."""
    return RefusalError(404, message)


def conflict(message: str, body: Mapping[str, Any] | None = None) -> RefusalError:
    """409: it exists already, or does not fit any more."""
    return RefusalError(409, message, body=body)


def stale_parent() -> RefusalError:
    """412: the branch has moved on since the client's `parent_commit`."""
    return RefusalError(412, "The branch was updated since you opened this page. Please refresh and try again.")


def not_spoken(endpoint: str) -> RefusalError:
    """501: an endpoint of the real Hub that the practice Hub does not have."""
    return RefusalError(501, f"The practice Hub does not speak this endpoint: {endpoint}")
