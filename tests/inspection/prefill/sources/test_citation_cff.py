"""CITATION.cff, with what its schema allows and what people write in spite of it."""

from __future__ import annotations

from typing import Any

from huggingnersc_lab.inspection.prefill.sources.citation_cff import SOURCE, read


def values(text: str) -> dict[str, Any]:
    return {one.member: one.value for one in read("CITATION.cff", text.encode())}


def test_names() -> None:
    assert SOURCE.file_name.fullmatch("citation.cff")
    assert not SOURCE.file_name.fullmatch("CITATION.cff.bak")


def test_people_and_groups() -> None:
    text = """
authors:
- {given-names: Ada, family-names: Lovelace, name-suffix: Jr., orcid: https://orcid.org/0000-0002-1825-0097}
- {name: Analytical Society}
- {alias: ada}
- {website: x}
- just a text
"""
    assert values(text)["authors"] == [
        {"name": "Ada Lovelace Jr.", "orcid": "0000-0002-1825-0097"},
        {"name": "Analytical Society"},
        {"name": "ada"},
    ]


def test_licences_may_be_several() -> None:
    found = [one.value for one in read("", b"license: [MIT, CC-BY-4.0, mine]") if one.member == "license"]
    assert found == ["mit", "cc-by-4.0"]


def test_preferred_citation() -> None:
    paper = "preferred-citation: {type: article, title: T, doi: 10.5072/p}"
    assert values(paper) == {"papers": ["10.5072/p"]}
    assert values(paper.replace("article", "dataset")) == {}


def test_members_of_another_type() -> None:
    assert values("title: [a]\nauthors: 3\ndoi: {a: b}\nlicense: {a: b}\nkeywords: {a: b}\nurl: []") == {}
