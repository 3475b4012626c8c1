"""The text of scripts in other encodings, and of notebooks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from huggingnersc_lab.record.scripts.source_text import SourceError, source_of


def notebook(*cells: str | list[str], metadata: dict[str, Any] | None = None) -> bytes:
    code = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    text = {"cell_type": "markdown", "source": "# Title", "metadata": {}}
    return json.dumps({"cells": [text, *code], "metadata": metadata or {}, "nbformat": 4}).encode()


@pytest.mark.parametrize(
    ("first", "encoding", "becomes"),
    [
        ("# -*- coding: latin-1 -*-\n", "latin-1", "# -*- coding: utf-8 -*-\n"),
        ("#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\n", "cp1252", None),
        ("# -*- coding: utf-8 -*-\n", "utf-8", "# -*- coding: utf-8 -*-\n"),
        ("# coding: ascii\n", "ascii", "# coding: ascii\n"),
        ("", "utf-8-sig", ""),
    ],
)
def test_an_encoding_that_is_declared_is_read(first: str, encoding: str, becomes: str | None) -> None:
    line = "city = 'Zurich'\n" if encoding == "ascii" else "city = 'Zürich'\n"
    name, text = source_of("load.py", (first + line).encode(encoding))
    expected = "#!/usr/bin/env python\n# vim: set fileencoding=utf-8 :\n" if becomes is None else becomes
    assert (name, text) == ("load.py", expected + line)
    compile(text.encode(), "load.py", "exec")


@pytest.mark.parametrize(
    "first", ["", "# coding: utf-8\n", "# coding: no-such-thing\n", "x = 1\ny = 2\n# coding: latin-1\n"]
)
def test_bytes_that_are_of_no_declared_encoding_are_refused(first: str) -> None:
    with pytest.raises(SourceError, match="is not UTF-8: byte") as raised:
        source_of("load.py", first.encode() + "é = 1".encode("latin-1"))
    assert raised.value.code == "not_utf8"


def test_another_language_has_no_declaration() -> None:
    with pytest.raises(SourceError, match="is not UTF-8"):
        source_of("load.R", "# coding: latin-1\nx <- 'é'".encode("latin-1"))


def test_the_code_of_a_notebook_becomes_a_script() -> None:
    content = notebook("import csv\n", "", ["%%time\n", "rows = [1]\n", "rows"], "  \n", "!ls\n%matplotlib inline")
    assert source_of("load.ipynb", content) == (
        "load.py",
        "import csv\n\nrows = [1]\nrows\n\n!ls\n%matplotlib inline\n",
    )


@pytest.mark.parametrize(
    ("language", "name"), [("R", "a.b.R"), ("julia", "a.b.jl"), ("bash", "a.b.sh"), ("python", "a.b.py")]
)
def test_its_language_gives_the_name(language: str, name: str) -> None:
    assert source_of("a.b.ipynb", notebook("x", metadata={"kernelspec": {"language": language}}))[0] == name
    assert source_of("a.b.ipynb", notebook("x", metadata={"language_info": {"name": language}}))[0] == name


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"print(1)", "is named like a notebook but is not one"),
        (b"[]", "is named like a notebook but is not one"),
        (b"{}", "is named like a notebook but is not one"),
        (b'{"cells": [1]}', "is named like a notebook but is not one"),
        (b'{"cells": [{"cell_type": "code", "source": [1]}]}', "is named like a notebook but is not one"),
        (b'{"cells": 5, "metadata": []}', "is named like a notebook but is not one"),
        (b"[" * 100_000, "is named like a notebook but is not one"),
        (notebook("%%bash\nls"), "a cell that is not python"),
        (notebook("x", metadata={"kernelspec": {"language": "scala"}}), "is a notebook in 'scala'"),
        (notebook(), "is empty"),
    ],
)
def test_a_notebook_without_a_script_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        source_of("load.ipynb", content)
