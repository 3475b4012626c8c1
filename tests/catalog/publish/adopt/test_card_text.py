"""What is read of cards in the usual shapes."""

from __future__ import annotations

import pytest

from huggingnersc_lab.catalog.publish.adopt.card_text import Card
from tests.render.merge.shapes import BODIES, TEMPLATE

BIBTEX = "@misc{gauges,\n  title = {River gauges}\n}"


def test_the_template_of_datasets() -> None:
    card = Card(f"---\nlicense: mit\n---\n{TEMPLATE}")
    assert card.title == "River gauges"
    assert card.description == "Levels of twelve rivers, every hour."
    assert card.citation == BIBTEX
    assert card.homepage == "https://rivers.example/gauges"
    assert card.papers == ["https://arxiv.org/abs/2001.00001"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str) -> None:
    card = Card("\ufeff" + TEMPLATE.replace("\n", end))
    assert (card.title, card.description, card.citation) == (
        "River gauges",
        "Levels of twelve rivers, every hour.",
        BIBTEX,
    )


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("", ""),
        ("Words.", ""),
        ("# Dataset Card for [Dataset Name]", ""),
        ("# Dataset Card for the **Rhine**", "Rhine"),
        ("# [Gauges](https://rivers.example) ![x](y.png)", "Gauges"),
        (BODIES["title in HTML"], "Gauges &amp; more"),
        (BODIES["underlined"], "Gauges"),
        ("<!-- <h1>no</h1> -->\n\n# Yes", "Yes"),
        ("```\n# no\n```\n\n# Yes", "Yes"),
        ("# " + "x" * 5000, "x" * 200),
    ],
)
def test_titles(body: str, title: str) -> None:
    assert Card(body).title == title


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("# T\n\n- [A](#a)\n  - [B](#b)\n\n## A\n\nWords.", "Words."),
        (
            "# T\n\n## Dataset Description\n\n- **Homepage** : https://a.example\n- **Paper:** None\n\n### Use\n\nAll.",
            "All.",
        ),
        ("# T\n\n## Dataset Description\n\n- **Curated by:** [More Information Needed]\n\nWords.", "Words."),
        ("# T\n\n## Dataset Description\n\n- **Rivers:** twelve of them\n", "- **Rivers:** twelve of them"),
        ("# T\n\n## Dataset Description\n\n- **Paper:** None\n- **Total amount of disk used:** 2.36 MB\n", ""),
        ("# T\n\n### Dataset Summary\n\n[More Information Needed]\n\n### Languages\n\nGerman\n", ""),
        ("# T\n\n## Data Fields\n\n#### v1\n\n- `id`: its id\n\n## Rivers\n\nTwelve.", "Twelve."),
        ("# T\n\n---\n\n* * *\n\n## Rivers\n\nTwelve.", "Twelve."),
        ("### Contributions\n\nThanks to [@ada](https://example.org/ada).\n", ""),
    ],
)
def test_lists_of_links_and_contents_are_no_description(body: str, said: str) -> None:
    assert Card(body).description == said


@pytest.mark.parametrize(
    ("body", "citation"),
    [
        (f"## Cite\n\n```bibtex\n{BIBTEX}\n```\n", BIBTEX),
        (f"## Cite\n\n{BIBTEX}\n\nThanks.", BIBTEX),
        ("    @misc{a,\n      b = {c}\n    }\n", "@misc{a,\n  b = {c}\n}"),
        ("@misc{never closed", ""),
        ("- **Paper:**\n@book{a, b = {c}\n\n## Cite\n\n" + BIBTEX, BIBTEX),
        ("Write to a@example.org {now}", ""),
        ("```python\n@decorator\ndef f(): ...\n```", ""),
        ("@misc{x, y = {" + "z" * 60_000 + "}}", ""),
    ],
)
def test_citations(body: str, citation: str) -> None:
    assert Card(body).citation == citation


DESCRIPTIONS: list[tuple[str, str]] = [
    ("", ""),
    ("Words.", "Words."),
    ("# T\n\nWords.\n\n## More\n\nOther.", "Words."),
    (
        "# T\n\nIntro.\n\n### Dataset Description\n\n<!-- say -->\nThis.\n\n- **By:** us\n\n## B",
        "This.\n\n- **By:** us",
    ),
    ("# T\n\n## Dataset Description\n\n[More Information Needed]\n\n## Dataset Summary:\n\nSummed up.", "Summed up."),
    ("# T\n\n![x](y)\n\n[![b](c)](d) <img src='e'>\n\nWords.", "Words."),
    ("```\n# no heading\n```\n", "```\n# no heading\n```"),
    ("<!-- never closed\n# T\nwords", ""),
    ("Setext\n======\n\nBelow.", "Below."),
]


@pytest.mark.parametrize(("body", "said"), DESCRIPTIONS)
def test_what_a_card_says_it_is(body: str, said: str) -> None:
    assert Card(body).description == said
    assert Card(body.replace("\n", "\r\n")).description == said
