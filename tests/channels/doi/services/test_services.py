"""Services by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.channels.doi.choice import SERVICES, Choice
from huggingnersc_lab.channels.doi.services import KEYS, missing_for, open_service
from huggingnersc_lab.channels.keys import Keys
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.render.entry import cataloged
from huggingnersc_lab.sites import load_site
from tests.channels.desk import RECORD

ENTRY = cataloged(RECORD, load_site("nersc", environ={}))


def test_somebody_has_to_choose_one() -> None:
    (fault,) = missing_for(ENTRY, Choice(), is_final=False)
    assert (fault.pointer, "figshare, osti, datacite" in fault.detail) == ("/options/service", True)


@pytest.mark.parametrize("name", SERVICES)
def test_each_has_its_key(name: str, tmp_path: Path) -> None:
    choice = Choice(service=name, url="https://x.example", target="production")  # type: ignore[arg-type]
    with pytest.raises(CatalogError) as raised:
        open_service(ENTRY, choice, Keys(KEYS, tmp_path, {}))
    assert (raised.value.code, raised.value.hints[0].name) == ("forbidden", name)
    environ = {key.variable: "somebody:secret-1234" for key in KEYS}
    assert "secret-1234" not in repr(open_service(ENTRY, choice, Keys(KEYS, tmp_path, environ)))


def test_no_key_goes_over_plain_http(tmp_path: Path) -> None:
    environ = {key.variable: "secret-1234" for key in KEYS}
    with pytest.raises(CatalogError, match="does not begin with https://"):
        open_service(ENTRY, Choice(service="figshare", url="http://x.example"), Keys(KEYS, tmp_path, environ))


def test_from_the_practice_site_nothing_leaves_the_machine(tmp_path: Path) -> None:
    practice = cataloged(RECORD, load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": str(tmp_path)}))
    for url, pointers in (("https://api.figshare.com/v2", ["/options/service"]), ("http://127.0.0.1:8/v2", [])):
        found = missing_for(practice, Choice(service="figshare", url=url), is_final=False)
        assert [fault.pointer for fault in found] == pointers
