from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.record.model import Author
from huggingnersc_lab.render.citation.names import name_of

ORCID = "0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("text", "family", "given"),
    [
        ("Jane Doe", "Doe", "Jane"),
        ("Doe, Jane", "Doe", "Jane"),
        (" Doe ,\n Jane  Ann ", "Doe", "Jane Ann"),
        ("Ludwig van Beethoven", "van Beethoven", "Ludwig"),
        ("Jean de la Fontaine", "de la Fontaine", "Jean"),
        ("de la Fontaine, Jean", "de la Fontaine", "Jean"),
        ("Jean-Luc Saint-Exupéry", "Saint-Exupéry", "Jean-Luc"),
        ("山田 太郎", "山田", "太郎"),
        ("김 민준", "김", "민준"),
        ("Антон Чехов", "Чехов", "Антон"),
        ("Anders Anderson", "Anderson", "Anders"),
        ("Ada Center-Lovelace", "", ""),
    ],
)
def test_the_parts_of_a_name(text: str, family: str, given: str) -> None:
    name = name_of(Author(text))
    assert (name.family, name.given, name.suffix) == (family, given, "")


@pytest.mark.parametrize("text", ["King, Jr., Martin Luther", "Martin Luther King, Jr."])
def test_a_suffix_is_no_given_name(text: str) -> None:
    name = name_of(Author(text))
    assert (name.family, name.given, name.suffix) == ("King", "Martin Luther", "Jr.")


@pytest.mark.parametrize(
    "text",
    [
        "NERSC",
        "Sand and Sea Lab",
        "University of California, Berkeley",
        "Lawrence Berkeley National Laboratory",
        "Universität Zürich",
        "Gaia Collaboration",
        "The Materials Project",
        "Acme, Inc.",
        "Johnson & Johnson",
        "Lab, Dept., Univ.",
        "AI4Science Hub",
        ", Jane",
        "Doe,",
        "Jr.",
    ],
)
def test_institutions_and_what_is_no_two_parts_are_taken_whole(text: str) -> None:
    name = name_of(Author(text))
    assert (name.is_person, name.text, name.given) == (False, text, "")


def test_who_has_an_orcid_is_a_person() -> None:
    assert name_of(Author("Plato", orcid=ORCID)).family == "Plato"
    assert name_of(Author("Rosa Lab", orcid=ORCID)).family == "Lab"


@given(text=st.text(), orcid=st.sampled_from([None, ORCID]))
def test_nothing_of_a_name_is_lost(text: str, orcid: str | None) -> None:
    name = name_of(Author(text, orcid=orcid))
    assert name.text == " ".join(text.split())
    if name.is_person:
        parts = f"{name.family}{name.given}{name.suffix}"
        assert sorted(parts.replace(" ", "").replace(",", "")) == sorted(text.replace(",", "").translate(_BLANKS))


_BLANKS = {number: None for number in range(0x3001) if chr(number).isspace()}
