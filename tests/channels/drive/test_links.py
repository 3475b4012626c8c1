"""Addresses that people paste."""

from __future__ import annotations

import pytest

from huggingnersc_lab.channels.drive.links import arxiv_url, drive_item, link_faults, paper_and_code
from huggingnersc_lab.record.model import DatasetRecord

ID = "1peJ6VF9wQ-LeETgcdGxu1e4fo28JbtUt"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (f"https://drive.google.com/drive/folders/{ID}", "folder"),
        (f"https://drive.google.com/drive/u/1/folders/{ID}?usp=drive_link", "folder"),
        (f"https://drive.google.com/file/d/{ID}/view?usp=sharing", "file"),
        (f"https://drive.google.com/open?id={ID}", "file"),
        (f"https://drive.google.com/uc?export=download&id={ID}", "file"),
        (f"https://drive.usercontent.google.com/download?id={ID}", "file"),
        (f"http://drive.google.com/file/d/{ID}", None),
        (f"https://drive.google.com.evil.example/file/d/{ID}", None),
        ("https://drive.google.com/file/d/--flag x/view", None),
        ("https://drive.google.com/drive/folders/a$(id)bcdefghij", None),
        ("https://[drive.google.com/file/d/x", None),
        ("", None),
    ],
)
def test_links_to_google_drive(address: str, kind: str | None) -> None:
    item = drive_item(address)
    assert (item.kind if item else None) == kind
    assert item is None or item.id == ID


@pytest.mark.parametrize("text", ["2106.09685", "arXiv:2106.09685v1", "https://arxiv.org/pdf/2106.09685v3.pdf"])
def test_papers_on_arxiv(text: str) -> None:
    assert arxiv_url(text) == "https://arxiv.org/abs/2106.09685"


def test_what_is_no_paper() -> None:
    assert arxiv_url("https://example.org/2106.09685") is None
    record = DatasetRecord(name="a", pretty_name="A", papers=("10.1000/182",), code=("https://gitlab.com/a/b",))
    assert paper_and_code(record) == (None, None)


def test_faults_at_their_options() -> None:
    faults = link_faults(url="javascript:alert(1)", arxiv="x", github="https://github.com/only-owner")
    assert [fault.pointer for fault in faults] == ["/options/url", "/options/arxiv", "/options/github"]
    assert link_faults(url="https://drive.google.com/x", arxiv="2106.09685", github="https://github.com/a/b") == []
