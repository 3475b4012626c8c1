"""Names of licences as people write them."""

from __future__ import annotations

import pytest

from huggingnersc_lab.inspection.prefill.licenses import by_spdx, license_of, licenses_in
from huggingnersc_lab.record.vocabulary import load_vocabulary

WRITTEN = {
    "CC BY 4.0": "cc-by-4.0",
    "CC-BY-NC-SA-4.0": "cc-by-nc-sa-4.0",
    "Creative Commons Attribution-NonCommercial 4.0 International": "cc-by-nc-4.0",
    "Creative Commons Attribution ShareAlike 3.0 Unported": "cc-by-sa-3.0",
    "Creative Commons Attribution 4.0": "cc-by-4.0",
    "https://creativecommons.org/licenses/by-nd/4.0/deed.en": "cc-by-nd-4.0",
    "CC0": "cc0-1.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "cc0-1.0",
    "MIT": "mit",
    "the MIT licence": "mit",
    "Apache License, Version 2.0": "apache-2.0",
    "Apache-2.0": "apache-2.0",
    "https://www.apache.org/licenses/LICENSE-2.0": "apache-2.0",
    "BSD 3-Clause License": "bsd-3-clause",
    "GPL-3.0-or-later": "gpl-3.0",
    "GPLv3": "gpl-3.0",
    "https://www.gnu.org/licenses/lgpl-3.0.html": "lgpl-3.0",
    "AGPLv3": "agpl-3.0",
    "ODbL-1.0": "odbl",
    "https://opendatacommons.org/licenses/by/1-0/": "odc-by",
    "https://spdx.org/licenses/BSD-2-Clause.html": "bsd-2-clause",
    "https://mozilla.org/MPL/2.0/": "mpl-2.0",
}


@pytest.mark.parametrize("text", WRITTEN)
def test_what_people_write(text: str) -> None:
    assert license_of(text) == WRITTEN[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "other",
        "unknown",
        "all rights reserved",
        "permit",
        "submit",
        "CC BY",
        "ask",
        "MIT or CC0 licence, MIT licence",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert license_of(text) is None


def test_each_id_of_the_vocabulary_is_itself() -> None:
    ids = load_vocabulary().ids("licenses") - {"other", "unknown"}
    assert {one: by_spdx(one) for one in ids} == {one: one for one in ids}
    assert all(found in ids for found in WRITTEN.values())


def test_several_licences() -> None:
    assert licenses_in("Code: MIT License; data: CC BY 4.0.") == ["cc-by-4.0", "mit"]
    assert licenses_in("x" * 10**6 + " CC BY 4.0") == []
