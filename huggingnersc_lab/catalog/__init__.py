"""The public API: operations on a site's catalog and its Hub, one method of :class:`Catalog` for each verb."""

from huggingnersc_lab.catalog.catalog import Catalog
from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.planned import Planned
from huggingnersc_lab.catalog.publish.unfinished import Unfinished
from huggingnersc_lab.catalog.results import Inspection, Publication
from huggingnersc_lab.catalog.search.found import Found

Preview = Planned
"""The result of :meth:`Catalog.preview`."""

__all__ = ["Catalog", "Change", "Found", "Inspection", "Planned", "Preview", "Publication", "Unfinished"]
