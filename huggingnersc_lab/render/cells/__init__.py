"""Code of notebook cells: real modules, so that they are linted and tested like all code, and inserted as text.

They run in kernels unknown to this package: standard library only, Python 3.8 or newer, no
``from __future__`` (it would stay on for the loader's cell).
"""

from __future__ import annotations

from functools import cache


@cache
def cell_source(name: str) -> str:
    """The code of the cell ``name``, without its docstring, which is for developers."""
    from importlib.resources import files  # slow, and not needed to call a cell's functions

    text = files("huggingnersc_lab.render.cells").joinpath(f"{name}.py").read_text("utf-8")
    return text.split('"""\n', 1)[1].strip()
