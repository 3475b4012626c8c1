"""The Hub's list of tags, as terms of the vocabulary."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.hub_tags import LIST_OF_TYPE, tags_of_terms, terms_of_reply
from huggingnersc_lab.record.term import Term


def licenses(*entries: Any) -> tuple[Term, ...]:
    return terms_of_reply({"license": list(entries)})["licenses"]


def test_terms_by_list() -> None:
    reply = {
        "license": [{"id": "license:mit", "label": "MIT", "type": "license"}],
        "format": [{"id": "format:csv", "label": "csv"}],
        "region": [{"id": "region:us", "label": "US"}],
    }
    found = terms_of_reply(reply)
    assert found.keys() == set(LIST_OF_TYPE.values())
    assert {name: terms for name, terms in found.items() if terms} == {
        "licenses": (Term("mit", "MIT"),),
        "formats": (Term("csv", "csv"),),
    }


@pytest.mark.parametrize(
    "reply", [None, [], "license", {}, {"region": []}, {"license": None}, {"license": {"id": "x"}}]
)
def test_another_form_is_told(reply: object) -> None:
    with pytest.raises(CatalogError) as err:
        terms_of_reply(reply)
    assert err.value.code == "upstream"


def test_an_empty_list_is_of_the_form() -> None:
    assert licenses() == ()


@pytest.mark.parametrize(
    "entry",
    [None, "mit", {}, {"id": 1}, {"id": ""}, {"id": "license:"}, {"id": " mit"}, {"id": "a\nb"}, {"id": "x" * 201}],
)
def test_what_has_no_usable_identifier_is_left_out(entry: object) -> None:
    assert licenses(entry, {"id": "license:mit"}) == (Term("mit", "mit"),)


@pytest.mark.parametrize("label", [None, 1, "", " MIT", "M\x1bIT", "x" * 201])
def test_a_label_that_cannot_be_shown_is_the_identifier(label: object) -> None:
    assert licenses({"id": "license:mit", "label": label}) == (Term("mit", "mit"),)


def test_the_longest_words_are_taken() -> None:
    assert licenses({"id": "x" * 200, "label": "y" * 200}) == (Term("x" * 200, "y" * 200),)


def test_of_two_with_one_identifier_the_later_counts() -> None:
    assert licenses({"id": "mit", "label": "A"}, {"id": "gpl"}, {"id": "mit", "label": "B"}) == (
        Term("mit", "B"),
        Term("gpl", "gpl"),
    )


def test_terms_survive_the_way_to_a_reply_and_back() -> None:
    terms = {"licenses": (Term("mit", "MIT"),), "formats": (Term("csv", "CSV"),)}
    found = terms_of_reply(tags_of_terms(terms))
    assert {name: of for name, of in found.items() if of} == terms
