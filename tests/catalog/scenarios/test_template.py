"""A site's own template of the card."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.sites import Site

MakeCatalog = Callable[..., Catalog]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return tmp_path / "card.md.jinja"


@pytest.fixture
def catalog(make_catalog: MakeCatalog, site: Site, template: Path) -> Catalog:
    return make_catalog(site=replace(site, card_template=template))


def test_it_takes_the_place_of_the_body(catalog: Catalog, iris: Submission, template: Path) -> None:
    template.write_bytes("\ufeff# {{ title }}\r\nOurs\r\n".encode())
    assert catalog.preview(iris).card.endswith("---\n\n# Iris\nOurs\n")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("pipe", "it is a named pipe, not a file"),
        ("folder", "Is a directory"),
        ("large", "it is larger than 1 MiB"),
        ("bytes", "it is not UTF-8"),
        ("gone", "No such file or directory"),
    ],
)
def test_what_is_no_template_keeps_nobody_waiting(
    kind: str, words: str, catalog: Catalog, iris: Submission, template: Path
) -> None:
    if kind == "pipe":
        os.mkfifo(template)
    elif kind == "folder":
        template.mkdir()
    elif kind == "large":
        template.write_text("")
        os.truncate(template, 2**40)
    elif kind == "bytes":
        template.write_bytes(b"\xff")
    with pytest.raises(CatalogError) as told:
        catalog.preview(iris)
    assert told.value.code == "not_found"
    assert told.value.detail == f"The site's card template '{template}' cannot be read: {words}. Nothing was created."
