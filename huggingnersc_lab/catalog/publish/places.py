"""Paths as a site spells them, through mounts and links. Uses worker processes, since a mount may hang."""

from __future__ import annotations

from pathlib import Path

from huggingnersc_lab.paths import portal_link, with_aliases, without_alias
from huggingnersc_lab.sites import Site
from huggingnersc_lab.workers.calls import UnansweredError
from huggingnersc_lab.workers.disk import look


def real_path(path: str) -> str:
    """The path with all links resolved; unchanged if they cannot be."""
    try:
        return look(path).real
    except (UnansweredError, ValueError):
        return path


def as_site_spells(site: Site, path: str) -> str:
    """Rewrite a real path below the site's data roots in terms of a data root that is a link."""
    path = without_alias(site, path)
    roots = [str(root) for root in site.data_roots]
    if any(Path(path).is_relative_to(root) for root in roots):
        return path
    for root in roots:
        real = real_path(root)
        if real != root and Path(path).is_relative_to(real):
            return str(Path(root) / Path(path).relative_to(real))
    return path


def spellings(site: Site, path: str) -> tuple[str, ...]:
    """All that a record may call the place of an absolute path: as it is, without links, as the site spells it."""
    real = real_path(without_alias(site, path))
    bases = (path, as_site_spells(site, path), real, as_site_spells(site, real))
    return tuple(dict.fromkeys(one for base in bases for one in with_aliases(site, base)))


def public_address(site: Site, path: str) -> str | None:
    """The portal's URL of a path, by its name, the site's spelling of it, or its resolved links."""
    real = real_path(without_alias(site, path))
    return portal_link(site, path, as_site_spells(site, path), real, as_site_spells(site, real))
