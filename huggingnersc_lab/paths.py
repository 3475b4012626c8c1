"""Public URLs of the centre's paths."""

from __future__ import annotations

import os
import re
from urllib.parse import quote

from huggingnersc_lab.sites import LinkRule, Site


def without_alias(site: Site, path: str) -> str:
    """Replace the site's mount aliases in an absolute path, giving the path by which the data is cataloged.

    >>> from huggingnersc_lab.sites import load_site
    >>> without_alias(load_site("nersc"), "/dvs_ro/cfs/cdirs/m1234/sky")
    '/global/cfs/cdirs/m1234/sky'
    """
    plain = os.path.normpath(path)
    for alias, folder in site.path_aliases:
        if plain == alias or plain.startswith(f"{alias}/"):
            return folder + plain[len(alias) :]
    return path


def with_aliases(site: Site, path: str) -> tuple[str, ...]:
    """All spellings of an absolute path by the site's mounts, the one it is cataloged by first.

    >>> from huggingnersc_lab.sites import load_site
    >>> with_aliases(load_site("nersc"), "/dvs_ro/cfs/cdirs/m1234/sky")
    ('/global/cfs/cdirs/m1234/sky', '/dvs_ro/cfs/cdirs/m1234/sky')
    """
    plain = os.path.normpath(without_alias(site, path))
    others = (
        alias + plain[len(folder) :]
        for alias, folder in site.path_aliases
        if plain == folder or plain.startswith(f"{folder}/")
    )
    return tuple(dict.fromkeys((plain, *others)))


def portal_link(site: Site, path: str, *others: str) -> str | None:
    """Public URL of an absolute path by the site's rules; None if no rule matches.

    Args:
        site: the centre.
        path: the path.
        others: other spellings of it, such as with links resolved; tried in order.

    >>> from huggingnersc_lab.sites import load_site
    >>> portal_link(load_site("nersc"), "/global/cfs/cdirs/m1234/www/sky maps/a.h5")
    'https://portal.nersc.gov/cfs/m1234/sky%20maps/a.h5'
    """
    spellings = dict.fromkeys(os.path.normpath(without_alias(site, one)) for one in (path, *others))
    return next((link for one in spellings for rule in site.links if (link := _apply(rule, one))), None)


def jupyter_link(site: Site, path: str) -> str | None:
    """URL that opens an absolute path in the site's JupyterLab; None if the site has none.

    >>> from huggingnersc_lab.sites import load_site
    >>> jupyter_link(load_site("nersc"), "/global/cfs/cdirs/m1234/a.ipynb")
    'https://jupyter.nersc.gov/hub/user-redirect/lab/tree/global/cfs/cdirs/m1234/a.ipynb'
    """
    if site.jupyter_url is None:
        return None
    return site.jupyter_url.replace("{path}", quote(path))


def dataset_link(site: Site, name: str) -> str | None:
    """URL that opens a dataset in the panel of the site's JupyterLab; None if the site has none.

    >>> from huggingnersc_lab.sites import load_site
    >>> dataset_link(load_site("nersc"), "iris")
    'https://jupyter.nersc.gov/hub/user-redirect/lab?dataset=iris'
    """
    if site.dataset_url is None:
        return None
    return site.dataset_url.replace("{name}", quote(name, safe=""))


def _apply(rule: LinkRule, path: str) -> str | None:
    pattern = re.escape(rule.path.rstrip("/"))
    pattern = re.sub(r"/\\\{rest\\\}$", r"(?:/(?P<rest>.*))?", pattern)
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", pattern)
    match = re.fullmatch(pattern, path)
    if match is None:
        return None
    link = rule.url
    for name, value in match.groupdict(default="").items():
        link = link.replace(f"{{{name}}}", quote(value))
    return link
