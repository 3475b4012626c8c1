"""Code of notebook cells: real modules, so that they are checked and tested like all code, and read as text.

They run in kernels that this package knows nothing of: standard library only, Python 3.8 or newer, no
``from __future__`` (it would stay on for the loader's cell).
"""

from __future__ import annotations

from functools import cache


@cache
def cell_source(name: str) -> str:
    """The code of the cell ``name``, without the docstring that tells developers what it is for."""
    from importlib.resources import files  # slow, and not needed by those who only call a cell's functions

    text = files("huggingnersc_lab.render.cells").joinpath(f"{name}.py").read_text("utf-8")
    return text.split('"""\n', 1)[1].strip()
