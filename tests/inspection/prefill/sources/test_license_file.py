"""LICENSE files: a sentence, or the whole text of a licence."""

from __future__ import annotations

import pytest

from huggingnersc_lab.inspection.prefill.sources.license_file import SOURCE, read

BSD = (
    "Copyright (c) 2024\n\nRedistribution and use in source and binary forms, with or without modification, "
    + "x " * 600
)


@pytest.mark.parametrize("name", ["LICENSE", "LICENCE.txt", "license.md", "COPYING", "UNLICENSE", "LICENSE-DATA.md"])
def test_names(name: str) -> None:
    assert SOURCE.file_name.fullmatch(name)


@pytest.mark.parametrize(
    ("text", "license_id"),
    [
        ("CC BY 4.0", "cc-by-4.0"),
        ("SPDX-License-Identifier: Apache-2.0", "apache-2.0"),
        ("Apache License\n   Version 2.0, January 2004\n" + "terms " * 400, "apache-2.0"),
        ("GNU GENERAL PUBLIC LICENSE\n  Version 3, 29 June 2007\n" + "terms " * 400, "gpl-3.0"),
        ("GNU LESSER GENERAL PUBLIC LICENSE\n  Version 3, 29 June 2007\n" + "terms " * 400, "lgpl-3.0"),
        ("Creative Commons Legal Code\n\nCC0 1.0 Universal\n" + "terms " * 400, "cc0-1.0"),
        (
            "Attribution-ShareAlike 4.0 International\n\nCreative Commons Attribution-ShareAlike 4.0 " + "x " * 900,
            "cc-by-sa-4.0",
        ),
        (BSD, "bsd-2-clause"),
        (BSD + "Neither the name of the copyright holder", "bsd-3-clause"),
    ],
)
def test_texts(text: str, license_id: str) -> None:
    assert [one.value for one in read("LICENSE", text.encode())] == [license_id]


@pytest.mark.parametrize("text", ["", "All rights reserved.", "Ask us. " * 500, "MIT License, or CC0"])
def test_others(text: str) -> None:
    assert list(read("LICENSE", text.encode())) == []


def test_by_its_text_alone() -> None:
    pytest.importorskip("licenseclassifier")
    text = (
        """Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is
hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.
"""
        + "\n" * 300
    )
    assert [one.value for one in read("LICENSE", text.encode())] == ["isc"]
