# ruff: noqa: N818 -- it is no error
"""Ends a run of the whole notebook in one sentence when the data cannot be read."""


class StopHere(Exception):
    """Ends a run without a traceback: IPython shows what `_render_traceback_` returns."""

    def _render_traceback_(self) -> "list[str]":
        return [str(self)]
