"""A Hub as seen by one account, with one method for each request.

All requests use ``huggingface_hub``'s HTTP client, and those that change something its ``HfApi``, with an explicit
endpoint; it is imported with the first call, since its import takes a quarter of a second. Read-only requests are sent
here, so that each response can be validated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from huggingnersc_lab._version import __version__
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub.account import Account, explained, viewer_key
from huggingnersc_lab.hub.answers import Commit, RepoState, WrongAnswerError
from huggingnersc_lab.hub.commits import find_commit, send_commit
from huggingnersc_lab.hub.deadline import Deadline, call
from huggingnersc_lab.hub.discussions import state_of_pull_request
from huggingnersc_lab.hub.failures import hub_failures, of_library
from huggingnersc_lab.hub.files import MAX_FILE_BYTES, read_file
from huggingnersc_lab.hub.history import Node, Revision, list_folder, list_revisions
from huggingnersc_lab.hub.listing import HubDataset, HubRepository, list_datasets, read_repository, read_state
from huggingnersc_lab.hub.policy import Policy, RateLimit
from huggingnersc_lab.hub.repeats import repeat, status_of, was_lost
from huggingnersc_lab.hub.requests import checked_id, get, read_json
from huggingnersc_lab.hub.tags import read_tags
from huggingnersc_lab.hub.transport import MAX_BYTES, Limits, limits

if TYPE_CHECKING:
    from huggingface_hub import HfApi

T = TypeVar("T")

LIBRARY = "huggingnersc_lab"
REPO_TYPE = "dataset"
Made = Literal["made", "exists", "unsure"]
"""The result of creating a repository; ``unsure`` if a response was lost or unreadable."""


class Hub:
    """A Hub as seen by one account.

    Every method raises :class:`CatalogError`: ``upstream`` if the Hub is unreachable, fails, sends an invalid response,
    or takes too long (``policy.total``); ``forbidden`` if token or role do not allow it, ``not_found``,
    ``conflict``.

    Args:
        url: the Hub's URL.
        token: access token; None for anonymous access.
        organization: organization that owns the repositories.
        policy: timeouts and retries.
    """

    def __init__(self, url: str, token: str | None, organization: str, policy: Policy | None = None) -> None:
        self.url = url
        self.organization = organization
        self.policy = policy or Policy()
        self.rate = RateLimit()
        self._token = token

    @cached_property
    def _api(self) -> HfApi:
        from huggingface_hub import HfApi

        # False, not None: with None, the library would look for a token itself.
        return HfApi(
            endpoint=self.url,
            token=self._token or False,
            library_name=LIBRARY,
            library_version=__version__,
        )

    @property
    def key(self) -> str:
        """See :func:`huggingnersc_lab.hub.account.viewer_key`."""
        return viewer_key(self.url, self.organization, self._token)

    def with_timeout(self, timeout: float, tries: int) -> Hub:
        """The same Hub and account, with shorter timeouts.

        Args:
            timeout: maximum seconds for a request.
            tries: maximum number of attempts; together they get proportionally more time.
        """
        policy = replace(
            self.policy,
            timeout=min(timeout, self.policy.timeout),
            tries=min(tries, self.policy.tries),
            total=min(timeout * tries, self.policy.total),
        )
        return Hub(self.url, self._token, self.organization, policy)

    def load(self) -> None:
        """Import huggingface_hub now instead of with the first call; sends nothing."""
        self._api  # noqa: B018

    def dataset_url(self, repo_id: str) -> str:
        """URL of a dataset repository's page."""
        return f"{self.url}/datasets/{repo_id}"

    def require_token(self) -> None:
        """Raise ``forbidden`` if there is no token; sends nothing."""
        if not self._token:
            raise CatalogError(
                "forbidden",
                f"There is no access token for {self.url}. Nothing was created.",
                hints=[Hint("sign_in")],
            )

    def account(self) -> Account:
        """The token's account and its permissions."""
        self.require_token()

        def ask() -> Account:
            answer = repeat(partial(get, f"{self.url}/api/whoami-v2", self._token), self.policy)
            return Account.from_whoami(read_json(answer), self.organization)

        return self._ask("look up your account", ask)

    def create_repo(self, repo_id: str, *, private: bool) -> Made:
        """Create a repository.

        This also checks its existence and the permission to create it: any other check would be a race.
        """
        self.require_token()
        lost = False

        def send() -> Made:
            nonlocal lost
            try:
                with of_library():
                    self._api.create_repo(repo_id, repo_type=REPO_TYPE, private=private)
            except Exception as err:
                if status_of(err) == HTTPStatus.CONFLICT:
                    return "unsure" if lost else "exists"
                lost = lost or was_lost(err)
                raise
            return "made"

        try:
            return self._ask(f"create the repository '{repo_id}'", lambda: repeat(send, self.policy))
        except CatalogError as err:
            if lost or (err.__cause__ is not None and was_lost(err.__cause__)):
                return "unsure"
            raise explained(err, self.account) from err

    def state(self, repo_id: str) -> RepoState | None:
        """The current state of a repository; None if it does not exist or is not visible."""
        try:
            return self._ask(
                f"look up '{repo_id}'", lambda: read_state(self.url, checked_id(repo_id), self._api.token, self.policy)
            )
        except CatalogError as err:
            if err.code == "not_found":
                return None
            raise

    def list_datasets(self) -> tuple[HubDataset, ...]:
        """The organization's datasets visible to the account; unreadable ones are omitted."""
        return self._ask(
            f"list the datasets of {self.organization}",
            lambda: list_datasets(self.url, self.organization, self._api.token, self.policy),
        )

    def repository(self, repo_id: str) -> HubRepository:
        """The Hub's information on a dataset; raises ``not_found`` also if it is not visible to the account."""
        return self._ask(
            f"look up '{repo_id}'", lambda: read_repository(self.url, checked_id(repo_id), self._api.token, self.policy)
        )

    def revisions(self, repo_id: str, most: int) -> tuple[Revision, ...]:
        """The newest commits of ``main``, newest first; at most ``most``."""
        return self._ask(
            f"list the versions of '{repo_id}'",
            lambda: tuple(list_revisions(self.url, checked_id(repo_id), self._api.token, self.policy, most)),
        )

    def folder(self, repo_id: str, revision: str, path: str = "") -> tuple[Node, ...]:
        """The content of a folder at a commit, not recursive."""
        repository = f"{self.url}/api/datasets/{repo_id}"
        return self._ask(
            f"list the files of '{repo_id}'",
            lambda: tuple(list_folder(repository, revision, path, self._api.token, self.policy)),
        )

    def read_file(self, repo_id: str, path_in_repo: str, revision: str) -> bytes | None:
        """A file's content at a commit; None if it does not exist. More than 10 MiB raises ``upstream``."""
        try:
            return self._ask(
                f"read '{path_in_repo}' of '{repo_id}'",
                lambda: read_file(self.url, repo_id, path_in_repo, revision, self._api.token, self.policy),
                MAX_FILE_BYTES,
            )
        except CatalogError as err:
            if err.code == "not_found":
                return None
            raise

    def commit(
        self,
        repo_id: str,
        files: Mapping[str, bytes],
        *,
        deleted: Collection[str] = (),
        title: str,
        publish_id: str,
        parent: str,
        create_pr: bool = False,
    ) -> Commit:
        """Send files in one commit or one pull request.

        Args:
            repo_id: the repository.
            files: path in the repository → content.
            deleted: paths to delete.
            title: first line of the commit message.
            publish_id: added to its description, to find a commit whose response was lost.
            parent: required current commit of ``main``; ``conflict`` if it has moved on.
            create_pr: open a pull request instead of writing to ``main``.
        """
        self.require_token()

        def send() -> Commit:
            return send_commit(
                self._api,
                repo_id,
                files,
                deleted,
                title=title,
                publish_id=publish_id,
                parent=parent,
                create_pr=create_pr,
            )

        try:
            return self._ask(
                f"publish to '{repo_id}'",
                lambda: repeat(
                    send, self.policy, before_repeat=lambda: self._find(repo_id, publish_id, create_pr=create_pr)
                ),
            )
        except CatalogError as err:
            # 412 is also returned if our own commit was stored and its response lost more than once.
            if err.code == "conflict" and (found := self.find_commit(repo_id, publish_id, create_pr=create_pr)):
                return found
            if isinstance(err.__cause__, WrongAnswerError):
                with suppress(CatalogError):
                    if found := self.find_commit(repo_id, publish_id, create_pr=create_pr):
                        return found
            raise explained(err, self.account) from err

    def find_commit(self, repo_id: str, publish_id: str, *, create_pr: bool = False) -> Commit | None:
        """The commit (or pull request) sent with ``publish_id``; None if none was stored."""
        return self._ask(
            f"look for the commit in '{repo_id}'", lambda: self._find(repo_id, publish_id, create_pr=create_pr)
        )

    def _find(self, repo_id: str, publish_id: str, *, create_pr: bool) -> Commit | None:
        return find_commit(
            self.url, checked_id(repo_id), publish_id, self._api.token, self.policy, in_pull_requests=create_pr
        )

    def delete_repo(self, repo_id: str) -> None:
        """Delete a repository; does nothing if it does not exist."""
        self.require_token()

        def send() -> None:
            with of_library():
                self._api.delete_repo(repo_id, repo_type=REPO_TYPE, missing_ok=True)

        self._change(f"delete '{repo_id}'", send, lambda: self.state(repo_id) is None)

    def close_pull_request(self, repo_id: str, number: int) -> None:
        """Close a pull request without merging it; ``conflict`` if it has been merged."""
        self.require_token()
        action = f"close pull request {number} of '{repo_id}'"

        def send() -> None:
            with of_library():
                self._api.change_discussion_status(repo_id, number, "closed", repo_type=REPO_TYPE)

        status = self._state_of(repo_id, number, action)
        if status == "merged":
            detail = f"Pull request {number} of '{repo_id}' has been merged, so it cannot be undone."
            raise CatalogError("conflict", f"{detail} Nothing was changed.")
        if status != "closed":
            self._change(action, send, lambda: self._state_of(repo_id, number, action) == "closed")

    def is_pull_request_open(self, repo_id: str, number: int) -> bool:
        """Whether a pull request is neither closed nor merged."""
        status = self._state_of(repo_id, number, f"check pull request {number} of '{repo_id}'")
        return status not in ("closed", "merged")

    def _state_of(self, repo_id: str, number: int, action: str) -> str:
        repository = f"{self.url}/api/datasets/{repo_id}"
        return self._ask(action, lambda: state_of_pull_request(repository, number, self._api.token, self.policy))

    def set_private(self, repo_id: str, private: bool) -> None:
        """Make a repository visible to everybody, or only to members."""
        self.require_token()

        def send() -> None:
            with of_library():
                self._api.update_repo_settings(repo_id, repo_type=REPO_TYPE, private=private)

        def is_so() -> bool:
            state = self.state(repo_id)
            return state is not None and state.private == private

        self._change(f"change the visibility of '{repo_id}'", send, is_so)

    def tags_by_type(self) -> dict[str, Any]:
        """The Hub's own vocabulary, from ``GET /api/datasets-tags-by-type``."""
        return self._ask("read the Hub's list of tags", lambda: read_tags(self.url, self.policy))

    def _change(self, action: str, send: Callable[[], None], is_so: Callable[[], bool]) -> None:
        """Send a request, then verify its effect: a response may be lost, or come from a proxy."""
        try:
            self._ask(action, lambda: repeat(send, self.policy))
        except CatalogError as err:
            with suppress(CatalogError):
                if err.__cause__ is not None and was_lost(err.__cause__) and is_so():
                    return
            raise
        if not is_so():
            detail = f"Could not {action}: {self.url} accepted the request, but nothing has changed. Try again later."
            raise CatalogError("upstream", detail)

    def _ask(self, action: str, work: Callable[[], T], most_bytes: int = MAX_BYTES) -> T:
        """Run ``work`` within the limits of time and size, converting its failures."""

        def limited(deadline: Deadline) -> T:
            with limits(Limits(self.policy, self.rate, deadline, self.url, self._token, most_bytes)):
                return work()

        with hub_failures(action, self.url):
            return call(limited, self.policy.total)
