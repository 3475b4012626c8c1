from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.card import card_data, render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.sites import load_site

READER = MarkdownIt("commonmark").enable("table")
SECTIONS = ["Where it is", "How to load it", "Licence", "Citation", "About this card"]
NASTY = st.text() | st.lists(
    st.sampled_from(
        ["---\n", "```", "~~~", "# ", "## Citation", "\n", "<script>", "'", '"', ": ", "a", "{{", "{%", "`"]
    )
).map("".join)


def _parts(card: str) -> tuple[object, str]:
    _, head, body = card.split("---\n", 2)
    return yaml.safe_load(head), body


def _headings(body: str, tag: str) -> list[str]:
    tokens = READER.parse(body)
    return [
        tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag == tag
    ]


@given(title=st.text(min_size=1), description=NASTY, code=NASTY, text=NASTY)
def test_no_text_of_a_person_changes_the_form_of_the_card(title: str, description: str, code: str, text: str) -> None:
    record = DatasetRecord("x", title, ("n<1K",), description, license="other", license_name=text, tags=(text,))
    entry = Entry(record, load_site("nersc", environ={}), Script("load.py", code))
    card = render_card(entry)
    head = card[len("---\n") : card.index("\n---\n\n# ")]
    assert yaml.safe_load(head) == card_data(entry)
    body = card[card.index("\n---\n\n# ") + len("\n---\n\n") :]
    assert _headings(body, "h2") == SECTIONS
    assert len(_headings(body, "h1")) == 1
    tokens = [one for token in READER.parse(body) for one in (token, *(token.children or ()))]
    assert not [token for token in tokens if token.type.startswith("html")]
    shown = code.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    assert shown + ("" if shown.endswith("\n") else "\n") in [
        token.content for token in tokens if token.type == "fence"
    ]


def test_card_data_holds_what_the_hub_knows(entry_named: Callable[[str], Entry]) -> None:
    assert card_data(entry_named("iris")) == {
        "pretty_name": "Iris",
        "license": "cc0-1.0",
        "language": ["en"],
        "size_categories": ["n<1K"],
        "task_categories": ["tabular-classification"],
        "source_datasets": ["original"],
        "tags": ["biology", "csv", "tabular"],
        "viewer": False,
    }


def test_the_record_wins_over_further_card_data(entry_named: Callable[[str], Entry]) -> None:
    data = card_data(entry_named("hostile"))
    assert data["pretty_name"].startswith('"Quoted"')
    assert data["viewer"] is True
    assert data["extra_gated_prompt"] == "line\n---\nlicense: stolen\n  indented \n"


def test_papers_and_licence_are_links(entry_named: Callable[[str], Entry]) -> None:
    card = render_card(entry_named("hostile"))
    assert "(https://arxiv.org/abs/2106.09685v2)" in card
    assert "(https://arxiv.org/abs/hep-th/9901001)" in card
    assert "(<https://doi.org/10.1000/a_b(c)>)" in card
    assert "https://creativecommons.org" not in card
    assert "(https://spdx.org/licenses/CC0-1.0.html)" in render_card(entry_named("iris"))


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ("https://arxiv.org/pdf/2106.09685", "- [arXiv:2106.09685](https://arxiv.org/abs/2106.09685)"),
        (
            "https://arxiv.org/abs/math.GT/0309136v1",
            "- [arXiv:math.GT/0309136v1](https://arxiv.org/abs/math.GT/0309136v1)",
        ),
        ("arxiv:2106.09685", "- [arXiv:2106.09685](https://arxiv.org/abs/2106.09685)"),
        ("https://doi.org/10.1000/182", "- [doi:10.1000/182](https://doi.org/10.1000/182)"),
        ("https://example.org/p", "- <https://example.org/p>"),
        ("https://arxiv.org/list/cs", "- <https://arxiv.org/list/cs>"),
        ("https://arxiv.org/pdf/2106.09685.pdf", "- [arXiv:2106.09685](https://arxiv.org/abs/2106.09685)"),
    ],
)
def test_papers_of_every_form(entry_named: Callable[[str], Entry], paper: str, expected: str) -> None:
    entry = entry_named("minimal")
    assert expected in render_card(replace(entry, record=replace(entry.record, papers=(paper,)))).splitlines()


def test_a_site_may_bring_its_own_body(entry_named: Callable[[str], Entry]) -> None:
    card = render_card(entry_named("hostile"), "# {{ title }}\n{% if has_path %}{{ facts }}{% endif %}")
    assert card.startswith("---\npretty_name: ")
    assert "Citation" not in _headings(_body(card), "h2")
    assert "<script>alert" not in _body(card)


def _body(card: str) -> str:
    return card[card.index("\n---\n\n") + len("\n---\n\n") :]


@pytest.mark.parametrize(
    "template",
    [
        "{% if %}",
        "{{ titel }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ entry.record.tags.append }}{% include '/etc/passwd' %}",
        "{{ 1 / 0 }}",
        "{% for i in range(10 ** 9) %}{% endfor %}",
        "{{ title | nothing }}",
        "{{ title + 1 }}",
        "{{ entry.site.card_template.joinpath('/etc/hostname').read_text() }}",
        "{{ entry.site.catalog_root.iterdir() }}",
    ],
)
def test_a_template_that_does_not_work_is_named(entry_named: Callable[[str], Entry], template: str) -> None:
    with pytest.raises(CatalogError, match="card template") as caught:
        render_card(entry_named("iris"), template)
    assert caught.value.code == "invalid_record"


def test_a_template_is_given_text_and_no_object_that_leads_elsewhere(entry_named: Callable[[str], Entry]) -> None:
    from huggingnersc_lab.render.card import _variables

    def kinds(value: object) -> set[str]:
        found = {type(value).__name__}
        if isinstance(value, dict):
            return found.union(*map(kinds, value), *map(kinds, value.values()))
        return found.union(*map(kinds, value)) if isinstance(value, list) else found

    for name in ("iris", "minimal"):
        assert kinds(_variables(entry_named(name))) <= {"dict", "list", "str", "bool", "int", "float", "NoneType"}
    template = (
        "{% if entry.record.doi %}{{ entry.record.doi }}{% else %}no DOI{% endif %} {{ entry.site.organization }}"
    )
    assert render_card(entry_named("iris"), template).rstrip().endswith("NERSC")
