"""Error responses of the practice Hub, with the status and headers that the real Hub uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class RefusalError(Exception):
    """A request that gets an error response.

    `error_code` becomes the header ``X-Error-Code``, from which ``huggingface_hub`` chooses its
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
    """400: the request is invalid."""
    return RefusalError(400, message)


def unauthorized(
    message: str = "Invalid credentials in Authorization header", *, error_code: str | None = None
) -> RefusalError:
    """401: the token is missing or wrong."""
    return RefusalError(
        401, message, error_code=error_code, headers={"WWW-Authenticate": 'Bearer realm="Practice Hub"'}
    )


def forbidden(message: str) -> RefusalError:
    """403: the account or its token lacks permission."""
    return RefusalError(403, message)


def repo_not_found() -> RefusalError:
    """404 for a dataset that does not exist or is not visible."""
    return RefusalError(404, "Repository not found", error_code="RepoNotFound")


def gated(message: str, status: int) -> RefusalError:
    """401 or 403 for the content of a gated dataset."""
    return RefusalError(status, message, error_code="GatedRepo")


def elsewhere(address: str) -> RefusalError:
    """307: send the same request to another URL of this server."""
    return RefusalError(307, f"Temporary Redirect. Redirecting to {address}", headers={"Location": address})


def unprocessable(message: str) -> RefusalError:
    """422: the request is valid but not allowed."""
    return RefusalError(422, message)


def revision_not_found(revision: str) -> RefusalError:
    """404 for a branch, tag or commit."""
    return RefusalError(404, f"Invalid rev id: {revision}", error_code="RevisionNotFound")


def entry_not_found(message: str = "Entry not found", *, commit: str | None = None) -> RefusalError:
    """404 for a file or folder; `commit` is the commit that was searched."""
    headers = {"X-Repo-Commit": commit} if commit else {}
    return RefusalError(404, message, error_code="EntryNotFound", headers=headers)


def not_found(message: str) -> RefusalError:
    """404 for anything else."""
    return RefusalError(404, message)


def conflict(message: str, body: Mapping[str, Any] | None = None) -> RefusalError:
    """409: it already exists, or no longer fits."""
    return RefusalError(409, message, body=body)


def stale_parent() -> RefusalError:
    """412: the branch has moved on since the client's `parent_commit`."""
    return RefusalError(412, "The branch was updated since you opened this page. Please refresh and try again.")


def not_spoken(endpoint: str) -> RefusalError:
    """501: an endpoint of the real Hub that the practice Hub does not support."""
    return RefusalError(501, f"The practice Hub does not support this endpoint: {endpoint}")
