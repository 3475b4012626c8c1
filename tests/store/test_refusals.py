"""Why an unfinished publication cannot be had: what happened, what was kept, what to do."""

from __future__ import annotations

from pathlib import Path

from huggingnersc_lab.store.owner import Owner
from huggingnersc_lab.store.refusals import changed_since, claimed, of_another, taken_over

AWAY = Owner("node7", "", 5, "1", "ada")


def test_who_works_on_it_is_named() -> None:
    err = claimed("sky", Owner.this(), None)
    assert err.code == "conflict"
    assert f"by {Owner.this()}" in str(err)
    assert "resume" not in str(err)
    err = claimed("sky", AWAY, AWAY)
    assert "ada on node7 (process 5)" in str(err)
    assert "silent for 15 minutes. Run 'huggingnersc resume sky' to finish it" in str(err)


def test_what_lies_idle_can_be_finished_or_undone() -> None:
    detail = str(claimed("sky", None, AWAY))
    assert "started by ada on node7 (process 5) and not finished" in detail
    assert "Run 'huggingnersc resume sky' to finish it, or 'huggingnersc undo sky' to remove it" in detail
    assert "is already being published. Nothing was changed." in claimed("sky", None, None).detail


def test_what_is_not_ours_alone_has_to_be_taken_over(tmp_path: Path) -> None:
    err = of_another(tmp_path, "sky")
    assert err.code == "forbidden"
    assert "is yours, but others could have changed it" in str(err)
    assert "--take-over" in str(err)
    assert "belongs to somebody else" in of_another(tmp_path / "nothing", "sky").detail


def test_the_others_are_conflicts() -> None:
    assert taken_over("sky", AWAY).detail.startswith("'sky' was taken over by ada on node7")
    assert taken_over("sky", None).detail.startswith("'sky' was taken over by somebody else")
    assert "Nothing was done. Check it again." in changed_since("sky").detail
    assert {taken_over("sky", None).code, changed_since("sky").code} == {"conflict"}
