from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from huggingface_hub import CommitOperationAdd, HfApi

from huggingnersc_lab.sandbox.markdown import to_html

if TYPE_CHECKING:
    from .conftest import Answer

    Ask = Callable[..., Answer]

CARD = """---
pretty_name: Iris <b>&amp;</b>
license: cc0-1.0
tags: ["<i>odd</i>", biology]
---
# Iris

A **bold** claim, [a file](data/a.txt), [another](./b.txt), [top](#iris), [web](https://x.org/).

| a | b |
|---|---|
| 1 | 2 |

<!-- hidden remark -->
<details><summary>More</summary>inside</details>
<script>alert(1)</script>
<img src="https://evil.example/x.png" onerror="alert(2)"> <b onclick="alert(3)">b</b>
[bad](javascript:alert(4)) <a href="javascript:alert(5)">bad</a> <a href=" java&#10;script:alert(6)">x</a>
<iframe src="/"></iframe><style>*{display:none}</style><form action="/"><input name=q></form>
<svg onload="alert(7)"></svg> <a href="data:text/html,<script>alert(8)</script>">d</a>
"""


class Elements(HTMLParser):
    """Every element of a page with its attributes, and all text."""

    def __init__(self, page: bytes | str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page if isinstance(page, str) else page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [attributes.get("href") or "" for tag, attributes in self.found if tag == "a"]


def assert_harmless(elements: Elements) -> None:
    for tag, attributes in elements.found:
        assert tag not in {"script", "iframe", "style", "form", "input", "svg", "object", "embed"}
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in ("href", "src") and tag != "link":
                assert (value or "").startswith(("/", "#", "https://", "http://", "mailto:"))


@pytest.fixture
def card(api: HfApi, iris: str) -> str:
    operations = [
        CommitOperationAdd("README.md", CARD.encode()),
        CommitOperationAdd("data/<x> ä.txt", b"hello <script>\n"),
        CommitOperationAdd("big.bin", b"\0" * 2_500_000),
    ]
    message = "Add <the> card"
    made = api.create_commit(iris, operations, commit_message=message, commit_description="why", repo_type="dataset")
    return made.oid


def test_the_card_page(ask: Ask, card: str) -> None:
    answer = ask("GET", "/datasets/NERSC/iris")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    page = Elements(answer.body)
    assert_harmless(page)
    assert "Practice Hub: nothing here leaves this machine" in page.text
    assert "Iris <b>&amp;</b>" in page.text
    for tag in ("license:cc0-1.0", "<i>odd</i>", "biology"):
        assert tag in page.text
    assert "Add <the> card" in page.text
    assert "2.5 MB" in page.text
    assert {"table", "details", "strong"} <= {tag for tag, _ in page.found}
    assert "hidden remark" not in page.text
    links = page.links()
    assert "/datasets/NERSC/iris/resolve/main/data/a.txt" in links
    assert "/datasets/NERSC/iris/resolve/main/b.txt" in links
    assert f"/datasets/NERSC/iris/commit/{card}" in links


def test_every_link_of_the_card_page_to_this_hub_works(ask: Ask, card: str) -> None:
    for link in Elements(ask("GET", "/datasets/NERSC/iris").body).links():
        if link.startswith("/") and link not in (
            "/datasets/NERSC/iris/resolve/main/data/a.txt",
            "/datasets/NERSC/iris/resolve/main/b.txt",
        ):
            assert ask("GET", link).status in (200, 302), link


def test_pages_forbid_scripts_and_foreign_content(ask: Ask, api: HfApi, card: str) -> None:
    api.create_discussion("NERSC/iris", "<b>title", repo_type="dataset", description=CARD)
    for path in (
        "/",
        "/datasets/NERSC/iris",
        "/datasets/NERSC/iris/tree/main",
        f"/datasets/NERSC/iris/commit/{card}",
        "/datasets/NERSC/iris/discussions/1",
        "/datasets/NERSC/iris/blob/main/data/%3Cx%3E%20%C3%A4.txt",
        "/datasets/NERSC/none",
    ):
        answer = ask("GET", path)
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
        assert "script-src" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "nothing here leaves this machine" in answer.body.decode()
        assert_harmless(Elements(answer.body))


def test_the_front_page_lists_what_is_public(ask: Ask, api: HfApi, card: str) -> None:
    assert b"NERSC/iris" in ask("GET", "/").body
    api.update_repo_settings("NERSC/iris", repo_type="dataset", private=True)
    assert b"NERSC/iris" not in ask("GET", "/").body
    assert b"NERSC/iris" in ask("GET", "/", role="read").body


def test_a_pull_request_has_a_page(ask: Ask, api: HfApi, iris: str) -> None:
    made = api.create_commit(
        iris,
        [CommitOperationAdd("note.txt", b"the note\n")],
        commit_message="Propose <it>",
        commit_description="For *this* reason.",
        repo_type="dataset",
        create_pr=True,
    )
    api.change_discussion_status(iris, 1, "closed", repo_type="dataset")
    api.rename_discussion(iris, 1, "Renamed", repo_type="dataset")
    assert made.pr_url is not None
    page = Elements(ask("GET", f"/datasets/{iris}/discussions/{made.pr_num}").body)
    for words in ("Renamed", "Propose <it>", "For this reason.", "+the note", "closed"):
        assert words in page.text


def test_a_missing_page_says_so(ask: Ask, iris: str) -> None:
    for path, words in (
        ("/datasets/NERSC/none", b"Repository not found"),
        (f"/datasets/{iris}/discussions/3", b"There is no discussion #3"),
        (f"/datasets/{iris}/tree/nowhere", b"Invalid rev id"),
    ):
        answer = ask("GET", path)
        assert answer.status == 404
        assert words in answer.body


def test_the_style_sheet_knows_light_and_dark(ask: Ask) -> None:
    answer = ask("GET", "/practice/style.css")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert b"prefers-color-scheme: dark" in answer.body


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](<java\nscript:alert(1)>)",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "<a href='vbscript:x'>x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        "<base href='https://evil.example/'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<div style='position:fixed'>x</div>",
        "```html\n<script>alert(1)</script>\n```",
        "<scr<script>ipt>alert(1)</script>",
        "<a href='//evil.example' target=_blank>x</a>",
    ],
)
def test_nothing_harmful_survives(text: str) -> None:
    elements = Elements(to_html(text, "/files"))
    assert_harmless(elements)
    assert not {"base", "meta", "math"} & {tag for tag, _ in elements.found}
    for tag, attributes in elements.found:
        if tag == "a":
            assert attributes["rel"] == "noopener noreferrer nofollow"
            assert "target" not in attributes
