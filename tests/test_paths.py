"""Public addresses of paths."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huggingnersc_lab.paths import dataset_link, jupyter_link, portal_link
from huggingnersc_lab.sites import LinkRule, load_site

NERSC = load_site("nersc", environ={})


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/global/cfs/cdirs/m1234/www/a.h5", "https://portal.nersc.gov/cfs/m1234/a.h5"),
        ("/global/cfs/cdirs/m1234/www/a/b/", "https://portal.nersc.gov/cfs/m1234/a/b"),
        ("/global/cfs/cdirs/m1234/www", "https://portal.nersc.gov/cfs/m1234/"),
        ("/global/cfs/cdirs/m1234/www/x y#z?é", "https://portal.nersc.gov/cfs/m1234/x%20y%23z%3F%C3%A9"),
        ("/global/cfs/cdirs/m1234/a.h5", None),
        ("/global/cfs/cdirs/m1234/wwwx/a.h5", None),
        ("/global/cfs/cdirs/a/b/www/c", None),
        ("/global/cfs/cdirs/m1234/www/../private/a", None),
        ("/global/cfs/cdirs/m1234/private/../www/a", "https://portal.nersc.gov/cfs/m1234/a"),
        ("/x/global/cfs/cdirs/m1234/www/a", None),
    ],
)
def test_portal_links(path: str, link: str | None) -> None:
    assert portal_link(NERSC, path) == link


def test_the_first_rule_that_fits_is_taken() -> None:
    rules = (LinkRule("/data/open.d/{rest}", "https://open/{rest}"), LinkRule("/data/{name}", "https://one/{name}"))
    site = replace(NERSC, links=rules)
    assert portal_link(site, "/data/open.d/a") == "https://open/a"
    assert portal_link(site, "/data/openXd") == "https://one/openXd"
    assert portal_link(site, "/data/a/b") is None
    assert portal_link(replace(NERSC, links=()), "/data/a") is None


def test_what_stands_in_a_path_is_never_a_placeholder() -> None:
    site = replace(NERSC, links=(LinkRule("/{a}/{rest}", "https://h/{a}/{rest}"),))
    assert portal_link(site, "/{rest}/x") == "https://h/%7Brest%7D/x"


def test_dataset_links() -> None:
    assert dataset_link(NERSC, "a&b=c/d") == "https://jupyter.nersc.gov/hub/user-redirect/lab?dataset=a%26b%3Dc%2Fd"
    assert dataset_link(load_site("mila", environ={}), "iris") is None


def test_jupyter_links() -> None:
    assert jupyter_link(NERSC, "/a b/c.ipynb") == "https://jupyter.nersc.gov/hub/user-redirect/lab/tree/a%20b/c.ipynb"
    assert jupyter_link(load_site("mila", environ={}), "/a") is None
