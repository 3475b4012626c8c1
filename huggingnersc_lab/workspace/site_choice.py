"""The site of a server or a job."""

from __future__ import annotations

from dataclasses import dataclass

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.sites import load_site
from huggingnersc_lab.store import tree
from huggingnersc_lab.store.records import Reader


@dataclass(frozen=True)
class SiteChoice:
    """The server's settings for the site; None is left to the environment.

    A job's process uses the same settings.

    Attributes:
        site: a built-in site's name, or path of a site file.
        catalog_root: folder of the catalog.
        hub_url: URL of the Hub.
        organization: organization on the Hub.
    """

    site: str | None = None
    catalog_root: str | None = None
    hub_url: str | None = None
    organization: str | None = None

    def catalog(self, reader: Reader = tree) -> Catalog:
        """The selected catalog.

        Args:
            reader: accesses the catalog's file system; in this process if omitted.
        """
        site = load_site(
            self.site,
            catalog_root=self.catalog_root,
            hub_url=self.hub_url,
            organization=self.organization,
        )
        return Catalog(site, reader=reader)
