# ruff: noqa: N818 -- it is not an error
"""Stops running the whole notebook with one sentence if the data cannot be read."""


class StopHere(Exception):
    """Ends a run without a traceback: IPython shows what `_render_traceback_` returns."""

    def _render_traceback_(self) -> "list[str]":
        return [str(self)]
