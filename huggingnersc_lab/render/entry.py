"""What every renderer is given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from huggingnersc_lab.paths import jupyter_link
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.sites import Site


@dataclass(frozen=True)
class Entry:
    """A record with its scripts, at its site."""

    record: DatasetRecord
    site: Site
    loader: Script | None = None
    batch_script: Script | None = None

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
        """Address that opens the loader notebook in the site's JupyterLab."""
        return None if self.folder is None else jupyter_link(self.site, str(self.folder / self.notebook_name))
