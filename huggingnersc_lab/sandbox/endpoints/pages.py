"""Web pages: the list of datasets, a dataset's card, its commits and discussions."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tornado.template import Loader

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.markdown import to_html
from huggingnersc_lab.sandbox.refusals import RefusalError, not_found, repo_not_found
from huggingnersc_lab.sandbox.storage import discussions, pull_requests
from huggingnersc_lab.sandbox.storage.git import MAIN, CommitInfo
from huggingnersc_lab.sandbox.storage.large import Pointer
from huggingnersc_lab.sandbox.storage.repositories import Repository

from .datasets import card_of, describe

_FOLDER = Path(__file__).parent.parent / "pages"
_TEMPLATES = Loader(str(_FOLDER))
_HTML = "text/html; charset=utf-8"
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SHOWN_COMMITS = 20
_KILO = 1000


class Style(Endpoint):
    """``GET /practice/style.css``."""

    def get(self) -> None:
        """The style sheet of all pages."""
        self.send((_FOLDER / "style.css").read_bytes(), "text/css; charset=utf-8")


class Page(Endpoint):
    """Base of all pages."""

    def missing(self) -> RefusalError:
        """Browsers have no token to sign in with."""
        return repo_not_found()

    def render_page(self, template: str, **values: Any) -> None:
        """Responds with a page that runs no scripts and loads nothing from elsewhere."""
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("Referrer-Policy", "no-referrer")
        page = _TEMPLATES.load(template).generate(
            organization=self.hub.organization,
            path_quote=quote,
            size_text=size_text,
            day=day,
            **values,
        )
        self.send(page, _HTML)

    def refuse(self, error: RefusalError) -> None:
        """Responds with an error page."""
        self.set_status(error.status)
        self.render_page("error.html", title=f"Error {error.status}", message=error.message)


class Index(Page):
    """``GET /``."""

    def get(self) -> None:
        """The public datasets, most recently changed first."""
        found = [
            (
                describe(repository, commit := repository.git.resolve(MAIN)),
                card_of(repository, commit),
            )
            for repository in self.hub.repositories.all()
            if self.hub.permissions.may_see(self.account, repository.namespace, private=repository.settings.private)
        ]
        found.sort(key=lambda item: str(item[0]["lastModified"]), reverse=True)
        self.render_page("index.html", title="Datasets", datasets=found)


class DatasetPage(Page):
    """``GET /datasets/ID`` and ``GET /datasets/ID/tree/REVISION``."""

    def get(self, repo_id: str, revision: str | None = None) -> None:
        """The card, the files and the history."""
        repository = self.visible(repo_id)
        commit = repository.git.resolve(revision or MAIN)
        info, card = describe(repository, commit, blobs=True), card_of(repository, commit)
        files_url = f"/datasets/{repository.id}/resolve/{quote(revision or MAIN, safe='')}"
        self.render_page(
            "dataset.html",
            title=card.title or repository.name,
            info=info,
            tags=[tag for tag in info["tags"] if not tag.startswith("region:")],
            files_url=files_url,
            revision=revision,
            body=to_html(card.body, files_url),
            commits=_first(repository, commit),
            discussions=discussions.load_all(repository),
        )


class CommitPage(Page):
    """``GET /datasets/ID/commit/OID``."""

    def get(self, repo_id: str, revision: str) -> None:
        """The message and changes of a commit."""
        repository = self.readable(repo_id)
        info = repository.git.commit_info(repository.git.resolve(revision))
        self.render_page(
            "commit.html",
            title=info.title,
            repo_id=repository.id,
            commit=info,
            diff=repository.git.diff(info.parents[0] if info.parents else None, info.oid),
        )


class DiscussionPage(Page):
    """``GET /datasets/ID/discussions/NUM``."""

    def get(self, repo_id: str, num: str) -> None:
        """A discussion or pull request with its events."""
        repository = self.readable(repo_id)
        discussion = discussions.load(repository, int(num))
        self.render_page(
            "discussion.html",
            title=discussion["title"],
            repo_id=repository.id,
            discussion=discussion,
            comments={
                event["id"]: to_html(event["data"]["latest"]["raw"], f"/datasets/{repository.id}")
                for event in discussion["events"]
                if event["type"] == "comment"
            },
            diff=pull_requests.diff(repository, discussion) if discussion["isPullRequest"] else "",
        )


class Blob(Page):
    """``GET /datasets/ID/blob/REVISION/PATH``."""

    def get(self, repo_id: str, revision: str, path: str) -> None:
        """A text file for display in the browser."""
        repository = self.readable(repo_id)
        commit = repository.git.resolve(revision)
        entry = repository.git.entry(commit, path)
        if entry is None or entry.is_folder:
            raise not_found(f"There is no file {path} in {repo_id}")
        content = repository.git.blob(entry.oid)
        text = None if Pointer.parse(content) else content.decode("utf-8", "replace")
        raw = f"/datasets/{repository.id}/resolve/{quote(revision, safe='')}/{quote(path)}"
        self.render_page("blob.html", title=path, repo_id=repository.id, text=text, raw=raw)


def _first(repository: Repository, commit: str) -> list[CommitInfo]:
    return [info for info, _ in zip(repository.git.history(commit), range(_SHOWN_COMMITS), strict=False)]


def size_text(size: int) -> str:
    """A size in bytes for people: ``1.2 MB``."""
    value = float(size)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < _KILO:
            return f"{value:.0f} {unit}" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= _KILO
    return f"{value:.1f} TB"


def day(moment: str | datetime) -> str:
    """A date and time for people, in UTC."""
    if isinstance(moment, str):
        moment = datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%f%z")
    return f"{moment:%Y-%m-%d %H:%M} UTC"
