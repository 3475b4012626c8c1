"""Which of our sections find a place in a card of others, and at which level."""

from __future__ import annotations

import pytest

from huggingnersc_lab.render.merge.roles import at_level, level_for_ours, wanted_in
from huggingnersc_lab.render.merge.sections import split_sections

OURS = split_sections(
    "# Title\n\nWords.\n\n## Where it is\n\nHere.\n\n## Licence\n\nMIT\n\n## Citation\n\nUs.\n\n## Papers\n\n- one\n"
)


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("", 2),
        ("Words.", 2),
        ("# A", 2),
        ("# A\n\n## B", 2),
        ("# A\n\n# B", 1),
        ("## A\n\n### B", 2),
        ("### A\n\n#### B", 3),
        ("<h1>A</h1>\n\n# B", 1),
        ("# A\n\n# B\n\n## b\n\n## c\n\n# C", 1),
        ("# A\n\n## B\n\n## C\n\n### Licensing\n\nAGREEMENT\n=========\n\n## D\n", 2),
    ],
)
def test_the_level_is_theirs(body: str, level: int) -> None:
    assert level_for_ours(body, OURS, "") == level


def test_the_level_stays_what_it_was() -> None:
    assert level_for_ours("# A\n\n# B", OURS, "## Where it is\n") == 2
    assert level_for_ours("## A", OURS, "### Where it is\n") == 3


def test_only_what_is_below_the_title_moves() -> None:
    assert list(at_level(OURS, 3)) == ["h1 Title", "h3 Where it is", "h3 Licence", "h3 Citation", "h3 Papers"]
    assert at_level(OURS, 3)["h3 Licence"].text == "### Licence\n\nMIT"


@pytest.mark.parametrize(
    ("theirs", "missing"),
    [
        ("# A", "Title"),
        ("<h1>A</h1>", "Title"),
        ("## Licensing Information", "Licence"),
        ("### \u2696\ufe0f License", "Licence"),
        ("## How to cite", "Citation"),
        ("## BibTeX", "Citation"),
        ("## References", "Papers"),
        ("## WHERE IT IS", "Where it is"),
        ("## A city", ""),
        ("- ## Licence", ""),
        ("> ## Citation", ""),
        ("<!-- ## Citation -->", ""),
    ],
)
def test_what_they_tell_is_not_told_again(theirs: str, missing: str) -> None:
    found = wanted_in(split_sections(theirs, 6), OURS, {}, "h1 Title")
    assert {section.title for section in OURS.values()} - {section.title for section in found.values()} == {missing} - {
        ""
    }


def test_what_was_put_there_before_stays_ours() -> None:
    theirs = split_sections("## Licence\n\nMIT\n\n## License notes\n")
    assert "h2 Licence" in wanted_in(theirs, OURS, {"h2 Licence": OURS["h2 Licence"]}, "h1 Title")


def test_the_title_does_not_say_again_what_stands_elsewhere() -> None:
    found = wanted_in(split_sections("*Words*.\n"), OURS, {}, "h1 Title")
    assert found["h1 Title"].text == "# Title"


TITLED = split_sections(
    "# Title\n\nWords.\n\nBy Ada.\n\n"
    "Home page: [a.example](https://a.example/x)\n\n## Where it is\n\nHere.\n\n## Licence\n"
)


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ("# A", ["Words.", "By Ada.", "Home page: [a.example](https://a.example/x)"]),
        ("# A\n\n&lt;Words>.\n", ["By Ada.", "Home page: [a.example](https://a.example/x)"]),
        ("# A\n\n- **Homepage:** https://a.example/x/\n", ["Words.", "By Ada."]),
        ("# A\n\nhttps://a.example/x/y\n", ["Words.", "By Ada.", "Home page: [a.example](https://a.example/x)"]),
    ],
)
def test_what_a_card_with_a_title_of_its_own_does_not_say(theirs: str, said: list[str]) -> None:
    found = wanted_in(split_sections(theirs, 6), TITLED, {}, "h1 Title")
    assert found["h2 Where it is"].text.split("\n\n") == ["## Where it is", *said, "Here."]
    assert "h1 Title" not in found
    assert found["h2 Licence"] == TITLED["h2 Licence"]
