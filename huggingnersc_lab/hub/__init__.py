"""The Hugging Face Hub: one plan becomes one atomic commit.

Everything goes through ``huggingface_hub.HfApi`` with the endpoint given at each call; it is imported with the first
call, since its import takes a quarter of a second.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

from huggingnersc_lab._version import __version__
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub.account import Account, viewer_key
from huggingnersc_lab.hub.answers import Commit, RepoState, moment_of
from huggingnersc_lab.hub.failures import hub_failures
from huggingnersc_lab.hub.history import Node, Revision, list_folder, list_revisions
from huggingnersc_lab.hub.listing import HubDataset, HubRepository, list_rows, read_repository
from huggingnersc_lab.hub.transport import Policy, RateLimit, limits, repeat, status_of, was_lost

if TYPE_CHECKING:
    from huggingface_hub import HfApi

__all__ = ["Commit", "Hub", "HubDataset", "HubRepository", "Made", "Node", "RepoState", "Revision"]

LIBRARY = "huggingnersc_lab"
REPO_TYPE = "dataset"
Made = Literal["made", "exists", "unsure"]
"""What became of the wish to make a repository; ``unsure`` when an answer was lost on the way."""


class Hub:
    """One Hub as one account sees it.

    Every method raises :class:`CatalogError`: ``upstream`` when the Hub cannot be reached or fails, ``forbidden``
    when token or role do not allow it, ``not_found``, ``conflict``.

    Args:
        url: the Hub's address.
        token: access token; None to be nobody.
        organization: organization that owns the repositories.
        policy: time limits and repeats.
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

        # False, not None: None would let the library look for a token by itself.
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

    def hurried(self, timeout: float, tries: int) -> Hub:
        """The same Hub and account, asked with less patience.

        Args:
            timeout: seconds that a request may take at most.
            tries: how often it is sent at most.
        """
        policy = replace(self.policy, timeout=min(timeout, self.policy.timeout), tries=min(tries, self.policy.tries))
        return Hub(self.url, self._token, self.organization, policy)

    def load(self) -> None:
        """Import huggingface_hub now instead of with the first call; nothing is sent."""
        self._api  # noqa: B018

    def dataset_url(self, repo_id: str) -> str:
        """Page of a dataset repository."""
        return f"{self.url}/datasets/{repo_id}"

    def require_token(self) -> None:
        """Raise ``forbidden`` when there is no token; nothing is sent."""
        if not self._token:
            raise CatalogError(
                "forbidden",
                f"There is no access token for {self.url}. Nothing was made.",
                hints=[Hint("sign_in")],
            )

    def account(self) -> Account:
        """Who the token belongs to and what it may do."""
        self.require_token()
        with self._calling("ask who you are"):
            data: dict[str, Any] = repeat(self._api.whoami, self.policy)
        return Account.from_whoami(data, self.organization)

    def create_repo(self, repo_id: str, *, private: bool) -> Made:
        """Make a repository.

        It is at once the check of its existence and of the permission to make it: nothing else tells without a gap.
        """
        self.require_token()
        lost = False

        def send() -> Made:
            nonlocal lost
            try:
                self._api.create_repo(repo_id, repo_type=REPO_TYPE, private=private)
            except Exception as err:
                if status_of(err) == HTTPStatus.CONFLICT:
                    return "unsure" if lost else "exists"
                lost = lost or was_lost(err)
                raise
            return "made"

        try:
            with self._calling(f"make the repository '{repo_id}'"):
                return repeat(send, self.policy)
        except CatalogError as err:
            if lost:
                return "unsure"
            raise self._explained(err) from err

    def state(self, repo_id: str) -> RepoState | None:
        """The repository as it stands; None when it is not there or not to be seen."""
        try:
            found = self.repository(repo_id)
        except CatalogError as err:
            if err.code == "not_found":
                return None
            raise
        dataset = found.dataset
        return RepoState(dataset.sha or "", found.files, moment_of(dataset.created_at), dataset.private)

    def list_datasets(self) -> tuple[HubDataset, ...]:
        """The organization's datasets that the account may see; what cannot be read as one is left out."""
        with self._calling(f"list the datasets of {self.organization}"):
            rows = list_rows(self.url, self.organization, self._api.token, self.policy)
            return tuple(found for row in rows if (found := HubDataset.from_row(row)) is not None)

    def repository(self, repo_id: str) -> HubRepository:
        """What the Hub says of a dataset; raises ``not_found`` also for one that the account may not see."""
        with self._calling(f"look up '{repo_id}'"):
            return read_repository(self.url, repo_id, self._api.token, self.policy)

    def revisions(self, repo_id: str, most: int) -> tuple[Revision, ...]:
        """The newest commits of ``main``, the newest first; ``most`` of them at most."""
        with self._calling(f"list the versions of '{repo_id}'"):
            return tuple(list_revisions(self.url, repo_id, self._api.token, self.policy, most))

    def folder(self, repo_id: str, revision: str, path: str = "") -> tuple[Node, ...]:
        """What lies in a folder of a commit, without what is in the folders there."""
        with self._calling(f"look at the files of '{repo_id}'"):
            return tuple(
                list_folder(f"{self.url}/api/datasets/{repo_id}", revision, path, self._api.token, self.policy)
            )

    def read_file(self, repo_id: str, path_in_repo: str, revision: str) -> bytes | None:
        """A file's content at a commit; None when it is not there. For small files: it is read whole."""
        try:
            with self._calling(f"read '{path_in_repo}' of '{repo_id}'"):
                return repeat(lambda: self._download(repo_id, path_in_repo, revision), self.policy)
        except CatalogError as err:
            if err.code == "not_found":
                return None
            raise

    def _download(self, repo_id: str, path_in_repo: str, revision: str) -> bytes:
        # hf_hub_download asks twice, repeats by rules of its own, and takes a Hub that is down for a missing file.
        from huggingface_hub import get_session, hf_hub_url
        from huggingface_hub.utils import build_hf_headers, hf_raise_for_status  # type: ignore[attr-defined]

        url = hf_hub_url(repo_id, path_in_repo, repo_type=REPO_TYPE, revision=revision, endpoint=self.url)
        headers = build_hf_headers(token=self._api.token, library_name=LIBRARY, library_version=__version__)
        response = get_session().get(url, headers=headers)
        hf_raise_for_status(response)
        return bytes(response.content)

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
        """Send files in one commit, or in one pull request.

        Args:
            repo_id: the repository.
            files: path in the repository → content.
            deleted: paths that go.
            title: first line of the commit's message.
            publish_id: goes into its description; a commit whose answer was lost is found by it.
            parent: commit that ``main`` has to be at; ``conflict`` when it has moved on.
            create_pr: open a pull request instead of writing to ``main``.
        """
        self.require_token()

        def send() -> Commit:
            from huggingface_hub import CommitOperationAdd, CommitOperationDelete

            info = self._api.create_commit(
                repo_id,
                [
                    *(CommitOperationAdd(path, io.BytesIO(content)) for path, content in files.items()),
                    *(CommitOperationDelete(path, is_folder=False) for path in deleted),
                ],
                commit_message=title,
                commit_description=_description(publish_id),
                repo_type=REPO_TYPE,
                parent_commit=parent,
                create_pr=create_pr,
            )
            number = int(info.pr_num) if info.pr_num else None
            return Commit(info.oid, info.commit_url, number, info.pr_url)

        try:
            with self._calling(f"publish to '{repo_id}'"):
                return repeat(
                    send, self.policy, before_repeat=lambda: self._find(repo_id, publish_id, in_pull_requests=create_pr)
                )
        except CatalogError as err:
            # 412 also comes when our own commit was stored and its answer lost more than once.
            if err.code == "conflict" and (found := self.find_commit(repo_id, publish_id, create_pr=create_pr)):
                return found
            raise self._explained(err) from err

    def find_commit(self, repo_id: str, publish_id: str, *, create_pr: bool = False) -> Commit | None:
        """The commit (or pull request) that was sent with ``publish_id``; None when none was stored."""
        with self._calling(f"look for the commit in '{repo_id}'"):
            return repeat(lambda: self._find(repo_id, publish_id, in_pull_requests=create_pr), self.policy)

    def _find(self, repo_id: str, publish_id: str, *, in_pull_requests: bool) -> Commit | None:
        wanted = _description(publish_id)
        if not in_pull_requests:
            for commit in self._api.list_repo_commits(repo_id, repo_type=REPO_TYPE):
                if wanted in f"{commit.title}\n{commit.message}".splitlines():
                    return Commit(commit.commit_id, f"{self.dataset_url(repo_id)}/commit/{commit.commit_id}")
            return None
        for discussion in self._api.get_repo_discussions(repo_id, repo_type=REPO_TYPE):
            if not discussion.is_pull_request:
                continue
            revision = f"refs/pr/{discussion.num}"
            for commit in self._api.list_repo_commits(repo_id, repo_type=REPO_TYPE, revision=revision):
                if wanted in f"{commit.title}\n{commit.message}".splitlines():
                    url = f"{self.dataset_url(repo_id)}/discussions/{discussion.num}"
                    return Commit(commit.commit_id, url, discussion.num, url)
        return None

    def delete_repo(self, repo_id: str) -> None:
        """Delete a repository; nothing happens when it is not there."""
        self.require_token()
        with self._calling(f"delete '{repo_id}'"):
            repeat(lambda: self._api.delete_repo(repo_id, repo_type=REPO_TYPE, missing_ok=True), self.policy)

    def close_pull_request(self, repo_id: str, number: int) -> None:
        """Close a pull request without merging it; ``conflict`` when it has been merged."""
        self.require_token()

        def close() -> None:
            status = self._api.get_discussion_details(repo_id, number, repo_type=REPO_TYPE).status
            if status == "merged":
                detail = f"Pull request {number} of '{repo_id}' has been merged, so it cannot be taken back."
                raise CatalogError("conflict", f"{detail} Nothing was changed.")
            if status != "closed":
                self._api.change_discussion_status(repo_id, number, "closed", repo_type=REPO_TYPE)

        with self._calling(f"close pull request {number} of '{repo_id}'"):
            repeat(close, self.policy)

    def set_private(self, repo_id: str, private: bool) -> None:
        """Show a repository to everybody, or to members only."""
        self.require_token()
        with self._calling(f"change who sees '{repo_id}'"):
            repeat(lambda: self._api.update_repo_settings(repo_id, repo_type=REPO_TYPE, private=private), self.policy)

    def tags_by_type(self) -> dict[str, Any]:
        """The Hub's own vocabulary, as ``GET /api/datasets-tags-by-type`` gives it."""
        with self._calling("read the Hub's list of tags"):
            return repeat(lambda: dict(self._api.get_dataset_tags()), self.policy)

    def _explained(self, err: CatalogError) -> CatalogError:
        """A refusal with what the account may do instead, where that can be found out."""
        if err.code != "forbidden":
            return err
        try:
            account = self.account()
        except CatalogError:
            return err
        hints = [Hint("propose")] if account.token_role != "read" else []
        return CatalogError("forbidden", f"{err.detail} {account.sentence()}", hints=hints)

    @contextmanager
    def _calling(self, action: str) -> Iterator[None]:
        """Time limits around a call, and its failures in our words."""
        with hub_failures(action, self.url), limits(self.policy, self.rate):
            yield


def _description(publish_id: str) -> str:
    return f"Publish id: {publish_id}"
