"""Academic Torrents: its API (https://academictorrents.com/docs/api.html), and the text for its upload form.

The key is ``UID:KEY``; it goes as a cookie, which the API takes in place of form fields, so that it stands neither in a
body nor in an address.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from huggingnersc_lab.channels.base import Dataset
from huggingnersc_lab.channels.client import Answer, Client
from huggingnersc_lab.channels.keys import Key
from huggingnersc_lab.channels.torrent.addresses import ACADEMIC_TORRENTS
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.render.citation import citations
from huggingnersc_lab.render.entry import cataloged
from huggingnersc_lab.render.plain import plain

KEY = Key(
    "academic-torrents",
    "Academic Torrents",
    "ACADEMIC_TORRENTS_KEY",
    f"{ACADEMIC_TORRENTS}/about.php#api",
    has_user=True,
)

CATEGORY = 6
"""Datasets, among its categories."""


@dataclass(frozen=True)
class Entry:
    """What Academic Torrents shows of a torrent, in the words of its API."""

    name: str
    authors: str
    descr: str
    tags: str
    urllist: str

    def form(self, torrent: bytes | None = None) -> dict[str, str]:
        """As form fields; with the torrent file for a new one."""
        fields = {**vars(self), "category": str(CATEGORY)}
        if torrent is not None:
            encoded = base64.b64encode(torrent).decode()
            fields["file"] = f"data:application/x-bittorrent;base64,{encoded}"
        return fields

    def text(self) -> str:
        """To be copied into the upload form."""
        labels = {
            "name": "Title",
            "authors": "Authors",
            "descr": "Description",
            "tags": "Tags",
            "urllist": "Backup URLs",
        }
        return "\n\n".join(f"{label}:\n{vars(self)[name]}" for name, label in labels.items() if vars(self)[name])


def entry_of(dataset: Dataset, label: str, web_seeds: tuple[str, ...]) -> Entry:
    """The entry of a dataset.

    Args:
        dataset: the dataset.
        label: which part of it the torrent is of.
        web_seeds: addresses of the data.
    """
    record = dataset.record
    cited = citations(cataloged(record, dataset.site))
    bibtex = record.citation or next((one.text for one in cited if one.format == "bibtex"), "")
    about = plain(record.description or "")
    return Entry(
        name=f"{record.pretty_name}{f' ({label})' if label else ''}",
        authors=" and ".join(author.name for author in record.authors),
        descr=f"{bibtex.strip()}\n\n{about}".strip(),
        tags=", ".join(record.tags),
        urllist=", ".join(web_seeds),
    )


def page_of(infohash: str, url: str = ACADEMIC_TORRENTS) -> str:
    """Address of a torrent's page."""
    return f"{url}/details/{infohash}"


def file_of(infohash: str, url: str = ACADEMIC_TORRENTS) -> str:
    """Address of a torrent file."""
    return f"{url}/download/{infohash}.torrent"


class AcademicTorrents:
    """The API.

    Args:
        key: ``UID:KEY``.
        hide: takes keys out of a text.
        url: its address; that of the site's settings in tests.
    """

    def __init__(self, key: str, hide: Callable[[str], str], url: str = ACADEMIC_TORRENTS) -> None:
        uid, _, secret = key.partition(":")
        cookie = f"uid={quote(uid, safe='')};pass={quote(secret, safe='')}"
        fields = {"name": "/pretty_name", "authors": "/authors", "descr": "/description", "tags": "/tags"}
        self._client = Client("Academic Torrents", f"{url}/apiv2", cookie, KEY.name, hide, fields, header="Cookie")

    def check_key(self) -> None:
        """Raise ``forbidden`` if the key is not accepted."""
        self._require_success(self._client.send("GET", "test", "check your key"), "check your key")

    def has(self, infohash: str) -> bool:
        """Whether a torrent is registered."""
        answer = self._client.send("GET", f"entry/{infohash}", "look the torrent up", allow=(404,))
        data = answer.data if isinstance(answer.data, dict) else {}
        return answer.status != 404 and str(data.get("infohash", "")).lower() == infohash  # noqa: PLR2004

    def add(self, entry: Entry, torrent: bytes) -> None:
        """Register a torrent; not to be repeated before :meth:`has` was asked."""
        answer = self._client.send("POST", "entry", "register the torrent", form=entry.form(torrent))
        self._require_success(answer, "register the torrent")

    def edit(self, infohash: str, entry: Entry) -> None:
        """Change what is shown of a torrent."""
        answer = self._client.send("POST", f"entry/{infohash}", "change the entry", form=entry.form())
        self._require_success(answer, "change the entry")

    def _require_success(self, answer: Answer, action: str) -> None:
        """The API answers some refusals with status 200 and a word."""
        data: Any = answer.data
        if not isinstance(data, dict):
            raise self._client.odd_answer(action)
        refusal = data.get("error") or (data.get("message") if data.get("status") in ("error", "fail", False) else None)
        if refusal:
            said = self._client.hide(" ".join(str(refusal).split())[:300]).rstrip(".")
            is_key = any(word in said.lower() for word in ("key", "login", "pass", "auth"))
            detail = f"Could not {action}: Academic Torrents says: {said}. Nothing was changed there."
            raise CatalogError("forbidden" if is_key else "upstream", detail)
