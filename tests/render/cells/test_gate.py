"""The end of a run of the whole notebook where the data cannot be read."""

from __future__ import annotations

from huggingnersc_lab.render.cells.gate import StopHere


def test_it_is_shown_in_one_sentence_without_a_traceback() -> None:
    error = StopHere("Stopped here: the data cannot be read.")
    assert error._render_traceback_() == ["Stopped here: the data cannot be read."]
    assert isinstance(error, Exception)  # which a notebook stops at
