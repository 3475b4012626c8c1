"""The input of every renderer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from huggingnersc_lab.paths import dataset_link, jupyter_link, portal_link
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.sites import Site


@dataclass(frozen=True)
class Entry:
    """A record with its scripts and its site.

    Attributes:
        record: the record.
        site: the centre.
        loader: its loader.
        batch_script: its batch script.
        companions: their companion files.
        has_page: whether it is on the Hub, or will be after publishing.
    """

    record: DatasetRecord
    site: Site
    loader: Script | None = None
    batch_script: Script | None = None
    companions: tuple[Script, ...] = ()
    has_page: bool = True

    @property
    def notebook_name(self) -> str:
        """File name of the loader notebook in the catalog's folder."""
        return f"{self.record.name}_loader.ipynb"

    @property
    def folder(self) -> PurePosixPath | None:
        """The entry's folder in the catalog."""
        root = self.site.catalog_root
        return None if root is None else PurePosixPath(root) / self.record.name

    @property
    def notebook_link(self) -> str | None:
        """URL that opens the loader notebook in the site's JupyterLab."""
        return None if self.folder is None else jupyter_link(self.site, str(self.folder / self.notebook_name))

    @property
    def lab_link(self) -> str | None:
        """URL that opens the dataset in the panel of the site's JupyterLab."""
        return dataset_link(self.site, self.record.name)

    @property
    def repo_id(self) -> str:
        """Organization and name on the Hub: the record's, or those it will be published under."""
        return self.record.repo_id or f"{self.site.organization}/{self.record.name}"

    @property
    def hub_link(self) -> str | None:
        """URL of the entry's page on the Hub; None if it has none, or only a temporary one on the practice Hub."""
        return None if self.site.is_practice or not self.has_page else f"{self.site.hub_url}/datasets/{self.repo_id}"

    @property
    def portal_link(self) -> str | None:
        """Public URL of the data: the record's, or by the site's rules."""
        record = self.record
        if record.portal_link or not record.data_path:
            return record.portal_link
        return portal_link(self.site, record.data_path)

    @property
    def access_help(self) -> str | None:
        """How to get added to the group that can read the data; None if unknown."""
        if not self.site.access_help or not self.record.access_group:
            return None
        return self.site.access_help.replace("{group}", self.record.access_group)


def cataloged(record: DatasetRecord, site: Site) -> Entry:
    """A record as cataloged: if never published, or only proposed, it has no page on the Hub."""
    return Entry(record, site, has_page=bool(record.revision))
