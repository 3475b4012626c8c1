"""Bodies merged section by section."""

from __future__ import annotations

from huggingnersc_lab.render.merge.body import known_part, merge_bodies

OURS = "# Title\n\nWords.\n\n## Where\n\nHere.\n\n## About\n\nUs.\n"


def test_what_stands_as_it_stood_is_written_as_it_was() -> None:
    theirs = "\n\n# Title\nWords.\n\n\n\n##  Where\n\nHere.   \n\n## About\n\nUs."
    merged = merge_bodies(OURS, theirs, OURS, prefer_theirs=False)
    assert merged.text == theirs
    assert merged.conflicts == []


def test_ours_go_below_theirs_and_a_title_above() -> None:
    merged = merge_bodies("", "Text.\n\n## Mine\n\nx\n", OURS, prefer_theirs=False)
    assert merged.text == "# Title\n\nWords.\n\nText.\n\n## Mine\n\nx\n\n## Where\n\nHere.\n\n## About\n\nUs.\n"
    assert merged.base == OURS


def test_a_new_section_goes_beside_those_of_ours() -> None:
    ours = OURS.replace("## About", "## Load\n\nSo.\n\n## About")
    theirs = OURS.replace("## About", "## Mine\n\nx\n\n## About")
    merged = merge_bodies(OURS, theirs, ours, prefer_theirs=False)
    assert merged.text.index("## Where") < merged.text.index("## Load") < merged.text.index("## Mine")
    assert merged.kept == ["Mine"]


def test_a_section_that_one_took_out_and_the_other_changed_is_a_conflict() -> None:
    theirs, ours = OURS.replace("## Where\n\nHere.\n\n", ""), OURS.replace("Here.", "There.")
    assert merge_bodies(OURS, theirs, ours, prefer_theirs=False).conflicts == ["Where"]
    assert merge_bodies(OURS, theirs, ours, prefer_theirs=True).text == theirs
    assert merge_bodies(OURS, ours, theirs, prefer_theirs=False).conflicts == ["Where"]


def test_a_fence_that_is_open_swallows_nothing_of_ours() -> None:
    merged = merge_bodies("", "# T\n\n```\nopen", OURS, prefer_theirs=False)
    assert merged.text.startswith("# T\n\n```\nopen\n```\n\n## Where\n")


def test_what_of_ours_an_older_base_knows() -> None:
    assert known_part(OURS, "### Where\n\nOld.\n") == "### Where\n\nHere.\n"
