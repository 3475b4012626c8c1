from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.front_matter import render_front_matter
from huggingnersc_lab.render.merge.card import (
    MergedCard,
    base_of_adopted,
    base_of_imported,
    base_of_newer,
    merge_card,
    replaced_keys,
)
from huggingnersc_lab.render.merge.front_matter import split_card
from huggingnersc_lab.render.merge.sections import split_sections

BASE = """---
license: mit
tags:
- a
- b
viewer: false
---

# Title

Intro.

## Where

Here.

## Load

```python
## no heading
```

## About

Us.
"""


def _change(card: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert card.count(old) == 1, old
        card = card.replace(old, new)
    return card


def test_an_untouched_card_becomes_ours() -> None:
    ours = _change(BASE, ("mit", "bsd"), ("Here.", "There."))
    assert merge_card(BASE, BASE, ours) == MergedCard(ours, ours)
    assert merge_card(BASE, BASE.replace("\n", "\r\n"), ours).text == ours.replace("\n", "\r\n")
    assert merge_card(BASE, "\ufeff" + BASE, ours).text == "\ufeff" + ours


def test_what_people_added_stays_where_they_put_it() -> None:
    theirs = _change(
        BASE,
        ("viewer: false", "# for the portal\nportal:\n  id: 7 # seven\nviewer: false # no rows\n# the end"),
        ("## About", "## Known faults\n\nNone.\n\n## About"),
    )
    ours = _change(BASE, ("Here.", "There."), ("- b", "- b\n- c"))
    merged = merge_card(BASE, theirs, ours)
    assert merged.text == _change(theirs, ("Here.", "There."), ("- b", "- b\n- c"))
    assert merged.kept == ["portal", "Known faults"]
    assert merged.base == ours
    assert merged.conflicts == []


def test_what_only_they_changed_is_theirs() -> None:
    theirs = _change(BASE, ("mit", "bsd"), ("Intro.", "Better intro."), ("Us.", "Them."))
    merged = merge_card(BASE, theirs, _change(BASE, ("Here.", "There.")))
    assert merged.text == _change(theirs, ("Here.", "There."))
    assert merged.kept == ["license", "Title", "About"]


def test_what_both_changed_is_named_and_taken_from_either() -> None:
    theirs = _change(BASE, ("mit", "bsd # asked the lawyers"), ("Here.", "Hither."))
    ours = _change(BASE, ("mit", "isc"), ("Here.", "There."))
    merged = merge_card(BASE, theirs, ours)
    assert merged.conflicts == ["license", "Where"]
    assert merged.kept == []
    assert merged.text == _change(ours, ("isc", "isc # asked the lawyers"))
    assert merge_card(BASE, theirs, ours, prefer_theirs=True).text == theirs


def test_what_both_changed_alike_is_no_quarrel() -> None:
    theirs = _change(BASE, ("mit", "'isc'"), ("Here.", "There."), ("Us.", "Them."))
    merged = merge_card(BASE, theirs, _change(BASE, ("mit", "isc"), ("Here.", "There.")))
    assert (merged.text, merged.kept, merged.conflicts) == (theirs, ["About"], [])


def test_what_they_took_out_stays_out() -> None:
    theirs = _change(BASE, ("tags:\n- a\n- b\n", ""), ("## Where\n\nHere.\n\n", ""))
    merged = merge_card(BASE, theirs, _change(BASE, ("Us.", "Them.")))
    assert merged.text == _change(theirs, ("Us.", "Them."))
    assert merged.kept == ["tags", "Where"]


def test_what_they_took_out_and_we_changed_comes_back_in_its_place() -> None:
    theirs = _change(BASE, ("tags:\n- a\n- b\n", ""), ("## Where\n\nHere.\n\n", ""))
    ours = _change(BASE, ("- b", "- b\n- c"), ("Here.", "There."))
    assert merge_card(BASE, theirs, ours) == MergedCard(ours, ours, [], ["tags", "Where"])
    assert merge_card(BASE, theirs, ours, prefer_theirs=True).text == theirs


def test_what_we_took_out_goes_unless_it_was_never_ours() -> None:
    ours = _change(BASE, ("license: mit\n", ""), ("## Where\n\nHere.\n\n", ""))
    theirs = _change(BASE, ("license: mit", "# theirs\nowner: me\nlicense: mit"), ("Us.", "Them."))
    merged = merge_card(BASE, theirs, ours)
    assert merged.text == _change(ours, ("tags:", "# theirs\nowner: me\ntags:"), ("Us.", "Them."))


def test_without_a_base_ours_wins_and_the_rest_stays() -> None:
    theirs = _change(BASE, ("mit", "bsd\nowner: me"), ("Here.", "There."), ("## Load", "## More\n\nx\n\n## Load"))
    merged = merge_card(None, theirs, _change(BASE, ("viewer: false", "viewer: false\nlanguage: en")))
    assert merged.text == _change(
        BASE,
        ("mit", "mit\nowner: me"),
        ("viewer: false", "viewer: false\nlanguage: en"),
        ("## Load", "## More\n\nx\n\n## Load"),
    )
    assert (merged.kept, merged.conflicts) == (["owner", "More"], ["license", "Where"])


def test_comments_inside_a_changed_list_stay() -> None:
    theirs = _change(BASE, ("- a\n- b", "# the first two\n- a # alpha\n- b # beta"))
    merged = merge_card(BASE, theirs, _change(BASE, ("- b", "- c")))
    assert "# the first two\ntags:\n- a # alpha\n- c\n" in merged.text


@pytest.mark.parametrize(
    "broken",
    ["a: [1\n", "a: 1\na: 2\n", "- a\n- b\n", "\tx: 1\n", "just text\n", "a: &x 1\nb: *y\n", "1: a\n", "? [a]\n: b\n"],
)
def test_front_matter_that_cannot_be_read_is_replaced_or_kept_as_a_whole(broken: str) -> None:
    theirs = f"---\n{broken}---\n\n" + BASE.split("---\n\n", 1)[1].replace("Us.", "Them.")
    merged = merge_card(BASE, theirs, _change(BASE, ("mit", "isc")))
    assert merged.text == _change(BASE, ("mit", "isc"), ("Us.", "Them."))
    assert merged.conflicts == ["front matter"]
    kept = merge_card(BASE, theirs, _change(BASE, ("mit", "isc")), prefer_theirs=True)
    assert (kept.text, kept.conflicts) == (theirs, ["front matter"])


def test_a_card_without_front_matter_gets_ours() -> None:
    theirs = "# Title\n\nMine.\n"
    merged = merge_card(BASE, theirs, BASE)
    assert merged.text == BASE[: BASE.index("# Title")] + theirs
    assert merged.conflicts == ["front matter"]


def test_front_matter_in_braces_is_understood() -> None:
    theirs = "---\n{license: mit, owner: me, tags: [a, b], viewer: false}\n---\n\n" + BASE.split("---\n\n", 1)[1]
    merged = merge_card(BASE, theirs, _change(BASE, ("mit", "isc")))
    head = yaml.safe_load(merged.text.split("---\n")[1])
    assert head == {"license": "isc", "owner": "me", "tags": ["a", "b"], "viewer": False}


def test_an_alias_whose_anchor_we_replace_costs_only_the_front_matter() -> None:
    theirs = _change(BASE, ("license: mit", "license: &l mit"), ("viewer: false", "viewer: false\nagain: *l"))
    merged = merge_card(BASE, theirs, _change(BASE, ("mit", "isc")))
    assert (merged.text, merged.conflicts) == (_change(BASE, ("mit", "isc")), ["front matter"])


def test_headings_in_fences_comments_and_lists_part_nothing() -> None:
    inner = "Us.\n\n~~~\n## a\n~~~\n\n<!--\n## b\n-->\n\n- x\n\n  ## c\n\n    ## d"
    theirs = _change(BASE, ("Us.", inner))
    assert merge_card(BASE, theirs, _change(BASE, ("Here.", "There."))).kept == ["About"]


def test_what_stands_in_an_open_fence_does_not_swallow_ours() -> None:
    theirs = _change(BASE, ("Here.", "```\nforgotten"))
    ours = _change(BASE, ("Us.", "Them."))
    merged = merge_card(BASE, theirs, ours)
    assert merged.text.endswith("## About\n\nThem.\n")
    assert merge_card(BASE, merged.text, ours).text == merged.text


def test_underlined_headings_and_repeated_ones_are_sections() -> None:
    theirs = _change(BASE, ("## About", "Mine\n----\n\n1\n\n## Notes\n\n2\n\n## Notes\n\n3\n\n## About"))
    merged = merge_card(BASE, theirs, _change(BASE, ("Here.", "There.")))
    assert merged.text == _change(theirs, ("Here.", "There."))
    assert merged.kept == ["Mine", "Notes", "Notes"]


def test_a_real_card_keeps_what_was_added(entry_named: Callable[[str], Entry]) -> None:
    entry = entry_named("hostile")
    base = render_card(entry)
    ours = render_card(replace(entry, record=replace(entry.record, tags=("new",), description="New.")))
    theirs = base.replace("viewer: true", "viewer: true\nmine: 1").replace("## Licence", "## Mine\n\nx\n\n## Licence")
    merged = merge_card(base, theirs, ours)
    assert merged.text == ours.replace("viewer: true", "viewer: true\nmine: 1").replace(
        "## Licence", "## Mine\n\nx\n\n## Licence"
    )


THEIRS_FIRST = _change(BASE, ("mit", "bsd"), ("viewer: false", "owner: me"), ("Intro.", "Mine."))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_entry_goes_into_a_card_that_was_never_ours(end: str) -> None:
    theirs = THEIRS_FIRST.replace("- a\n- b", "- a # alpha\n- b").replace("\n", end)
    base = base_of_adopted(theirs, BASE)
    merged = merge_card(base, theirs, BASE)
    assert merged.text == _change(
        theirs.replace(end, "\n"), ("bsd", "mit"), ("owner: me", "viewer: false\nowner: me")
    ).replace("\n", end)
    assert merged.conflicts == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_card_that_others_published_is_as_they_left_it(end: str) -> None:
    theirs = THEIRS_FIRST.replace("\n", end)
    base = base_of_imported(theirs, BASE)
    assert merge_card(base, theirs, BASE).text == _change(
        THEIRS_FIRST, ("owner: me", "viewer: false\nowner: me")
    ).replace("\n", end)


@pytest.mark.parametrize("broken", ["", "# Title\n", "---\na: [1\n---\n", "---\n- a\n---\n"])
def test_there_is_nothing_to_begin_from(broken: str) -> None:
    for base_of in (base_of_adopted, base_of_imported):
        assert base_of("---\na: [1\n---\n", BASE) == ""
        assert base_of(BASE, "---\na: [1\n---\n") == ""
        assert base_of(BASE, "# Title\n") == base_of("# Title\n", "# Title\n") == ""
    assert replaced_keys(broken, BASE) == replaced_keys(BASE, broken) == []


def test_keys_that_are_replaced() -> None:
    theirs = _change(BASE, ("mit", "bsd"), ("- a\n- b", "[a, b]"), ("viewer: false", "owner: me"))
    for end in ("\n", "\r\n"):
        assert replaced_keys(theirs.replace("tags:\n", "tags: ").replace("\n", end), BASE) == ["license"]
    assert replaced_keys(BASE, theirs.replace("tags:\n", "tags: ")) == ["license"]


def test_what_a_newer_program_made_of_the_card_is_not_taken_away() -> None:
    theirs = _change(
        BASE, ("viewer: false", "instrument: lens\nviewer: false"), ("## About", "## Lens\n\nx\n\n## About")
    )
    ours = _change(BASE, ("mit", "isc"), ("- b\n", "- b\nlanguage: en\n"), ("Us.", "Them."))
    for base in (theirs, theirs.replace("\n", "\r\n")):
        known = base_of_newer(base, ours)
        assert "instrument" not in known
        assert "language" not in known
        assert "license: isc" in known
        assert "Lens" not in known
        assert "Them." in known
    assert merge_card(known, theirs, ours).text == _change(theirs, ("- b\n", "- b\nlanguage: en\n"))


@pytest.mark.parametrize("broken", ["---\na: [1\n---\n", "# Title\n"])
def test_a_newer_program_whose_front_matter_cannot_be_read(broken: str) -> None:
    assert base_of_newer(broken, BASE).startswith("---\n---\n")
    assert base_of_newer(BASE, broken).startswith("---\n---\n")


def test_an_empty_card_becomes_ours() -> None:
    assert merge_card(BASE, " \n", BASE) == MergedCard(BASE, BASE)
    assert merge_card(BASE, BASE.replace("\n", "\r\n"), BASE) == MergedCard(BASE.replace("\n", "\r\n"), BASE)


def test_a_card_without_blank_lines_below_its_front_matter_gets_none() -> None:
    theirs = _change(BASE, ("---\n\n#", "---\n#"))
    assert merge_card(BASE, theirs, _change(BASE, ("Us.", "Them."))).text == _change(theirs, ("Us.", "Them."))


KEYS = st.sampled_from(["license", "tags", "language", "owner", "no"])
DATA = st.dictionaries(
    KEYS,
    st.sampled_from(["mit", "no", "a\nb\n", "# x", "", 1, None, True]) | st.lists(st.sampled_from(["a", "no", "#"])),
)
PIECES = """\
## A|## B|# C|text||```|~~~|<!--|-->|- x|  ## D|---|B
---|> ## E|    code|<div>|## A #|##|[a]: b|* * *|$$""".split("|")  # noqa: SIM905
BODY = st.lists(st.sampled_from(PIECES).map("{}\n".format), max_size=12).map("".join)
HAND = st.sampled_from(
    ["", "# by hand\n", "\n", "  # in\n", "owner: me # why\n", "x: |\n  a\n  # b\n\n", "y: &a 1\nz: *a\n"]
)
OURS = st.builds(lambda data, body: f"{render_front_matter(data)}\n# T\n\n{body.strip()}\n", DATA, BODY)
THEIRS = st.one_of(
    st.builds(lambda a, card, end: card.replace("---\n", f"---\n{a}", 1) + end, HAND, OURS, BODY),
    st.builds(lambda card: card.replace("\n", "\r\n"), OURS),
    BODY,
    st.text(),
)


def _sections(card: str) -> list[str]:
    plain = card.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return list(split_sections(split_card(plain)[1]))


@given(st.none() | OURS, THEIRS, OURS)
def test_a_merge_is_readable_and_stable(base: str | None, theirs: str, ours: str) -> None:
    # Which of two sections of one name is meant can change when the other goes.
    assume(not any("\n" in key for card in (base or "", theirs, ours) for key in _sections(card)))
    merged = merge_card(base, theirs, ours)
    head = merged.text.replace("\r\n", "\n").replace("\r", "\n").split("---\n", 2)[1]
    assert isinstance(yaml.safe_load(head) or {}, dict)
    assert merge_card(merged.base, merged.text, ours).text == merged.text


@given(THEIRS, OURS)
def test_without_a_change_of_theirs_it_is_ours(theirs: str, ours: str) -> None:
    merged = merge_card(theirs, theirs, ours)
    assert merged.text.removeprefix("\ufeff").replace("\r\n", "\n") == ours
    assert (merged.kept, merged.conflicts) == ([], [])
