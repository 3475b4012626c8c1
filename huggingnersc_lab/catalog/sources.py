"""What the facade's verbs use: the catalog on disk, the Hub, the search index, and caches."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from huggingnersc_lab.access.cache import AccessCache
from huggingnersc_lab.account.connection import Viewer, connect, practice_folder, viewer, viewer_of
from huggingnersc_lab.catalog.history.versions import History
from huggingnersc_lab.catalog.search.finder import Finder, cache_folder, catalog_key
from huggingnersc_lab.catalog.search.found import Found
from huggingnersc_lab.catalog.search.hub_cache import Listing
from huggingnersc_lab.catalog.search.merge import Join
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.deadline import one_budget
from huggingnersc_lab.index import Search
from huggingnersc_lab.private_files import storage_errors
from huggingnersc_lab.record.vocabulary import Vocabulary, load_vocabulary
from huggingnersc_lab.sites import Site, load_site
from huggingnersc_lab.store import Store, tree
from huggingnersc_lab.store.records import Reader


class Sources:
    """The sources of a catalog, each opened on first use.

    Args:
        site: the centre; the configured one if omitted, or the practice site if none is configured.
        token: access token for the Hub; found like huggingface_hub does if omitted.
        hub: creates the Hub client when first needed.
        reader: accesses the catalog's file system.
    """

    def __init__(
        self,
        site: Site | None = None,
        *,
        token: str | None = None,
        hub: Callable[[], Hub] | None = None,
        reader: Reader = tree,
    ) -> None:
        self.site = site or load_site()
        self._make_hub = hub or (lambda: connect(self.site, token))
        self._reader = reader
        self._is_given = bool(hub or token)
        self._finding = threading.Lock()
        self._finders: dict[str, Finder] = {}

    @cached_property
    def hub(self) -> Hub:
        """The Hub client; connected on first use."""
        return self._make_hub()

    def viewer(self) -> Viewer:
        """The current Hub account: another one after signing in or out."""
        return viewer_of(self._make_hub) if self._is_given else viewer(self.site)

    @cached_property
    def store(self) -> Store:
        """The catalog on disk. Raises ``not_found`` if the site does not configure one."""
        return self._open_store(self._reader)

    @cached_property
    def scanned_store(self) -> Store:
        """The same, read in this process: for the finder, which reads all of it in its own thread."""
        return self._open_store(tree)

    def _open_store(self, reader: Reader) -> Store:
        site = self.site
        if site.catalog_root is None:
            detail = f"There is no catalog: the site '{site.name}' does not configure a catalog folder."
            how = "Set 'catalog_root' in its site file."
            raise CatalogError("not_found", f"{detail} {how}", hints=[Hint("choose_catalog")])
        if site.practice_dir in site.catalog_root.parents:  # the practice site's, whichever Hub it uses
            with storage_errors("create the practice catalog"), suppress(FileExistsError):
                practice_folder(site)
                site.catalog_root.mkdir(parents=True, exist_ok=True)
        return Store(site.catalog_root, site.directory_mode, site.file_mode, site.group, reader)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The allowed values of record fields: the built-in ones, and those fetched by :meth:`refresh_vocabulary`."""
        return load_vocabulary(vocabulary_folder())

    @one_budget
    def refresh_vocabulary(self) -> Vocabulary:
        """Fetch new values from the Hub, and store them for this user."""
        fresh = self.vocabulary.with_hub_tags(self.hub.tags_by_type(), source=self.hub.url)
        fresh.save(vocabulary_folder())
        self.vocabulary = fresh
        return fresh

    @cached_property
    def listing(self) -> Listing:
        """The organization's datasets on the Hub, as last listed."""
        return Listing(self.viewer)

    @property
    def finder(self) -> Finder:
        """The search index of the catalog and the Hub, separate for each Hub account."""
        key = self.viewer().key
        with self._finding:
            if key not in self._finders:
                join = Join(lambda: self.listing.known_as(key), self.site.organization, self.vocabulary)
                folder = cache_folder("index") / key / catalog_key(self.site.catalog_root)
                self._finders[key] = Finder(
                    lambda: self.scanned_store, self.vocabulary, folder, [self.access_cache], join
                )
            return self._finders[key]

    def find(self, search: Search) -> Found:
        """Search the index. Raises why the catalog is unavailable if nothing is known at all."""
        found = self.finder.find(search)
        if found.as_of is None and self.finder.failure and self.listing.known().datasets is None:
            raise self.finder.failure
        return found

    @cached_property
    def history(self) -> History:
        """Lists the versions of datasets."""
        return History(self.viewer, cache_folder("versions"))

    @cached_property
    def access_cache(self) -> AccessCache:
        """Results of access checks."""
        return AccessCache(cache_folder("access") / f"{catalog_key(self.site.catalog_root)}.json")


def vocabulary_folder() -> Path:
    """Where vocabulary fetched from the Hub is stored."""
    from platformdirs import user_cache_path

    return user_cache_path("huggingnersc")
