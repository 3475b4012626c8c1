"""Bodies merged section by section."""

from __future__ import annotations

from huggingnersc_lab.render.merge.body import MergedBody, known_part, merge_bodies

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
    assert known_part(OURS, "# Title\n\nOld.\n\n## About\n\nOld.\n") == "# Title\n\nWords.\n\n## About\n\nUs.\n"
    assert known_part(OURS, "") == ""


def merge(theirs: str, ours: str, base: str | None = OURS, *, prefer_theirs: bool = False) -> MergedBody:
    return merge_bodies(base, theirs, ours, prefer_theirs=prefer_theirs)


def test_ours_at_another_level_is_the_base_there() -> None:
    """A card whose sections are a level deeper gets ours at that level, and so does what the next merge begins from."""
    base = OURS.replace("## ", "### ")
    theirs = base.replace("### Where", "## Part\n\n### Where")
    merged = merge(theirs, OURS.replace("Here.", "There."), base)
    assert merged.text == theirs.replace("Here.", "There.")
    assert "### Where\n\nThere.\n" in merged.base
    assert merged.base != OURS.replace("Here.", "There.")
    assert merge(OURS, OURS).base == OURS


def test_both_changed_a_section_that_was_not_known() -> None:
    theirs, ours = OURS.replace("Here.", "Hither."), OURS.replace("Here.", "There.")
    assert (merge(theirs, ours, None).conflicts, merge(theirs, ours, None).text) == (["Where"], ours)
    assert merge(theirs, ours, None, prefer_theirs=True).text == theirs


def test_both_changed_other_paragraphs_of_a_section() -> None:
    base = OURS.replace("Here.", "Here.\n\nAnd there.\n\nAlso.")
    theirs, ours = base.replace("Here.", "Hither."), base.replace("Also.", "Too.")
    merged = merge(theirs, ours, base)
    assert (merged.text, merged.conflicts) == (theirs.replace("Also.", "Too."), [])


def test_what_they_took_out_is_kept_so_and_what_we_took_out_goes() -> None:
    without = OURS.replace("## Where\n\nHere.\n\n", "")
    assert (merge(without, OURS).text, merge(without, OURS).kept) == (without, ["Where"])
    assert (merge(OURS, without).text, merge(OURS, without).kept) == (without, [])
    assert merge(without, without).kept == []


def test_ours_that_are_new_go_before_the_next_of_ours() -> None:
    ours = OURS.replace("## Where", "## First\n\nx\n\n## Where")
    theirs = "## Mine\n\ny\n\n## Where\n\nHere.\n\n## About\n\nUs.\n"
    base = "## Where\n\nHere.\n\n## About\n\nUs.\n"
    text = merge(theirs, ours, base).text
    assert text.index("## Mine") < text.index("## First") < text.index("## Where")
    nothing_beside = merge("## Mine\n\ny\n", "## A\n\nx\n", "")
    assert nothing_beside.text == "## Mine\n\ny\n\n## A\n\nx\n"


def test_blank_lines_of_what_stands_stay_and_what_moved_is_set_apart() -> None:
    theirs = "\n\n## Where\n\nHere.\n\n\n\n## Gone\n\nx\n\n## About\n\nUs.\n\n\n"
    base = "## Where\n\nHere.\n\n## Gone\n\nx\n\n## About\n\nUs.\n"
    ours = base.replace("## Gone\n\nx\n\n", "")
    assert merge(theirs, ours, base).text == "\n\n## Where\n\nHere.\n\n## About\n\nUs.\n\n\n"
    changed = ours.replace("Here.", "There.")
    assert merge(theirs, changed, base).text == "\n\n## Where\n\nThere.\n\n## About\n\nUs.\n\n\n"


def test_a_title_above_theirs_is_set_apart_as_usual() -> None:
    assert merge("\n\n## Mine\n\nx\n", "# T\n\nW.\n", "").text == "# T\n\nW.\n\n## Mine\n\nx\n"
