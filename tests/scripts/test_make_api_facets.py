"""What the generator makes of the facets, and that its output is shipped."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
import yaml

from huggingnersc_lab.index.facets import FACETS, Facet
from huggingnersc_lab.index.fields import MAIN_PREFIXES

ROOT = Path(__file__).resolve().parents[2]
MOOD = Facet("mood", "Mood", 'moods, "good" and bad', "good", values={"good": "It's fine", "bad": "Not good: bad"})
KERNEL = Facet("kernel", "Kernel", "kernels", "python3", vocabulary="formats")


@pytest.fixture
def generator(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import make_api_facets

    return make_api_facets


def test_the_contract_that_is_shipped_is_up_to_date(generator: ModuleType) -> None:
    text = generator.CONTRACT.read_text()
    assert generator.with_parts(text, generator.contract_parts(FACETS.values(), MAIN_PREFIXES)) == text


def test_the_panel_that_is_shipped_has_every_facet_and_field(generator: ModuleType) -> None:
    text = generator.PANEL.read_text()
    for facet in FACETS.values():
        assert f"case '{facet.name}':\n      return trans.__('{facet.title}');" in text
        for value, title in facet.values.items():
            assert f"case '{facet.name}={value}':\n      return trans.__('{title}');" in text
    for prefix in MAIN_PREFIXES:
        assert f"'{prefix}'" in text


def test_a_new_facet_comes_into_the_contract(generator: ModuleType) -> None:
    text = generator.CONTRACT.read_text()
    facets = [*FACETS.values(), MOOD, KERNEL]
    contract = yaml.safe_load(generator.with_parts(text, generator.contract_parts(facets, [*MAIN_PREFIXES, "mood"])))
    components = contract["components"]
    assert components["schemas"]["FacetName"]["enum"][-2:] == ["mood", "kernel"]
    mood, kernel = (components["parameters"][name] for name in ("FacetMood", "FacetKernel"))
    assert mood["description"] == "One of `good` (It's fine), `bad` (Not good: bad)."
    assert kernel == {
        "name": "kernel",
        "in": "query",
        "description": "One of these kernels.",
        "schema": {"type": "array", "items": {"type": "string"}},
    }
    for path in ("/datasets", "/facets/{facet}"):
        assert {"$ref": "#/components/parameters/FacetMood"} in contract["paths"][path]["get"]["parameters"]
    assert "`mood:…`" in components["parameters"]["Query"]["description"]


def test_a_new_facet_comes_into_the_panel(generator: ModuleType) -> None:
    text = generator.panel_module([MOOD, KERNEL], ["mood"])
    assert 'FACETS: readonly FacetName[] = ["mood", "kernel"]' in text
    assert '{"kernel": "formats"}' in text
    assert 'case "mood": return trans.__("Mood");' in text
    assert 'case "mood=good": return trans.__("It\'s fine");' in text


def test_lines_are_put_between_the_marks(generator: ModuleType) -> None:
    text = "a\n  # begin b\n  old\n  # end b\nc\n# begin d\n# end d\n"
    assert generator.with_parts(text, {"b": ["x", "y"], "d": ["z"]}) == (
        "a\n  # begin b\n  x\n  y\n  # end b\nc\n# begin d\nz\n# end d\n"
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a\n", {"b": ["x"]}),
        ("# begin b\nold\n", {"b": ["x"]}),
        ("# begin b\n# end c\n", {"b": ["x"]}),
        ("# begin b\n# end b\n", {"b": ["x"], "c": ["y"]}),
    ],
)
def test_a_part_that_is_missing_is_an_error(generator: ModuleType, text: str, parts: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match="No such part"):
        generator.with_parts(text, parts)
