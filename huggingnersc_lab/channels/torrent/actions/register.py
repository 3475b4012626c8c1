"""``register``: publish the torrent at Academic Torrents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huggingnersc_lab.channels.base import Action, Dataset, NoOptions, Outcome, Work
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.channels.torrent import store
from huggingnersc_lab.channels.torrent.academic_torrents import KEY, AcademicTorrents, entry_of, page_of
from huggingnersc_lab.channels.torrent.addresses import ACADEMIC_TORRENTS
from huggingnersc_lab.channels.torrent.metainfo import Metainfo
from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.record.model import Distribution


class Register(Action[NoOptions]):
    """Register the dataset's torrents, or update what is shown of those that are registered."""

    name = "register"
    title = "Register at Academic Torrents"
    summary = "Publish the torrent at Academic Torrents, or prepare the text for its upload form if you have no key."
    options = NoOptions
    question = "Publish the torrent of '{name}' at Academic Torrents, where everybody can find it?"

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Once there is a torrent."""
        del ledger
        return bool(store.own(dataset))

    def missing(self, dataset: Dataset, options: NoOptions | None = None) -> Sequence[FieldError]:
        """What the page is going to show."""
        del options
        record = dataset.record
        wanted = {
            "/authors": (record.authors, "Name the authors: Academic Torrents shows them."),
            "/description": (record.description, "Describe the dataset: Academic Torrents shows the description."),
            "/license": (record.license, "Choose a licence: what is shared with everybody needs one."),
        }
        return [FieldError(pointer, "required", detail) for pointer, (value, detail) in wanted.items() if not value]

    def run(self, work: Work[NoOptions]) -> Outcome:
        """Register each torrent that is not there yet, and update the others."""
        dataset = work.dataset
        torrents = store.require_kept(dataset)
        url = str(dataset.settings.get("academic_torrents_url", ACADEMIC_TORRENTS)).rstrip("/")
        key = work.keys.find(KEY.name)
        if key is None:
            return _by_hand(dataset, torrents, url)
        service = AcademicTorrents(key, work.keys.hide, url)
        service.check_key()
        registered = []
        for one, metainfo, data in torrents:
            entry = entry_of(dataset, one.label or "", metainfo.web_seeds)
            label = one.label or dataset.name
            work.step(f"register {label}", "begin", f"Registering {label}")
            # Asked first, so that one whose answer was lost is not sent twice.
            if service.has(metainfo.infohash):
                service.edit(metainfo.infohash, entry)
            else:
                service.add(entry, data)
            work.step(f"register {label}", "done", f"{label} is at {page_of(metainfo.infohash, url)}")
            registered.append(replace(one, url=page_of(metainfo.infohash, url), state=None))
        return Outcome("It is registered at Academic Torrents.", distributions=tuple(registered), url=registered[0].url)


def _by_hand(dataset: Dataset, torrents: Sequence[tuple[Distribution, Metainfo, bytes]], url: str) -> Outcome:
    texts = []
    for one, metainfo, _ in torrents:
        fields = entry_of(dataset, one.label or "", metainfo.web_seeds).text()
        texts.append(f"{fields}\n\nTorrent file:\n{store.path_of(dataset, metainfo)}")
    text = (
        "You have saved no key for Academic Torrents, so nothing was sent. Open its upload form, copy this text into "
        "it, and choose the torrent file; or get a key, save it, and register again."
    )
    return Outcome(text, copy_text="\n\n---\n\n".join(texts), url=f"{url}/upload.php")
