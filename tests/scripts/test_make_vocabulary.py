"""The generator without the network: what it makes of a package, and that its output is shipped."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "huggingnersc_lab" / "record"


@pytest.fixture
def generator(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import make_vocabulary

    return make_vocabulary


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "scripts")
    import package_files

    return package_files


@pytest.fixture
def additions(generator: ModuleType) -> dict[str, Any]:
    return tomllib.loads(generator.ADDITIONS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["vocabulary.json", "languages.json"])
def test_the_shipped_files_look_as_the_generator_writes_them(generator: ModuleType, name: str) -> None:
    text = (RECORD / name).read_text(encoding="utf-8")
    assert generator.render(json.loads(text)) == text


def test_the_shipped_file_holds_our_additions(generator: ModuleType, additions: dict[str, Any]) -> None:
    shipped = json.loads((RECORD / "vocabulary.json").read_text(encoding="utf-8"))
    for name in generator.HAND_WRITTEN:
        assert shipped[name] == generator.hand_written(additions[name])
    assert set(additions["licenses"]) <= {term["id"] for term in shipped["licenses"]}
    assert shipped["sources"] == generator.sources()


def test_the_shipped_lists_pass_the_check(generator: ModuleType) -> None:
    shipped = json.loads((RECORD / "vocabulary.json").read_text(encoding="utf-8"))
    languages = json.loads((RECORD / "languages.json").read_text(encoding="utf-8"))["languages"]
    lists = {name: value for name, value in shipped.items() if isinstance(value, list)}
    generator.check({**lists, "languages": languages})
    assert set(generator.EXPECTED) <= {*lists, "languages"}


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        ({"domains": [{"id": "a", "label": "A"}, {"id": "a", "label": "B"}]}, "more than once: a"),
        ({"domains": [{"id": "a", "label": " "}]}, "without identifier or label"),
        ({"modalities": [{"id": "a", "label": "A"}]}, "1 terms instead of 8"),
        (
            {"formats": [{"id": one, "label": one, "extensions": [".x"]} for one in "ab"]},
            "extension of more than one format: .x",
        ),
    ],
)
def test_a_faulty_list_is_refused(generator: ModuleType, lists: dict[str, Any], message: str) -> None:
    with pytest.raises(generator.PackageError, match=message):
        generator.check(lists)


def test_file_extensions_are_in_lower_case_with_a_dot(additions: dict[str, Any]) -> None:
    for entry in additions["formats"].values():
        for extension in entry.get("extensions", ()):
            assert extension.startswith(".")
            assert extension == extension.lower()


def test_licences_take_their_label_from_us_then_from_spdx(generator: ModuleType) -> None:
    spdx = {
        "MIT": {"name": "MIT License"},
        "GPL-3.0": {"name": "GNU GPL v3.0 only"},
        "GPL-3.0-only": {"name": "GNU GPL v3.0 only"},
        "ODbL-1.0": {"name": "Open Data Commons ODbL"},
    }
    ours = {"odbl": {"spdx": "ODbL-1.0"}, "mit": {"aliases": ["Expat"]}, "new": {"label": "New"}}
    assert generator.licenses(["other", "mit", "gpl-3.0", "odbl"], spdx, ours | {"other": {"label": "Other"}}) == [
        {"id": "mit", "label": "MIT License", "spdx": "MIT", "aliases": ["Expat"]},
        {"id": "gpl-3.0", "label": "GNU GPL v3.0"},
        {"id": "odbl", "label": "Open Data Commons ODbL", "spdx": "ODbL-1.0"},
        {"id": "new", "label": "New"},
        {"id": "other", "label": "Other"},
    ]


def test_a_licence_without_a_label_is_named(generator: ModuleType) -> None:
    with pytest.raises(generator.PackageError, match=r"'moon-1\.0' has no label"):
        generator.licenses(["moon-1.0"], {}, {})
    with pytest.raises(generator.PackageError, match=r"SPDX has no 'Moon-1\.0'"):
        generator.licenses(["moon"], {}, {"moon": {"spdx": "Moon-1.0"}})


def test_tasks_not_shown_for_datasets_are_left_out_but_not_their_subtasks(
    generator: ModuleType,
) -> None:
    pipelines = {
        "b": {"name": "B", "modality": "cv", "subtasks": [{"type": "s", "name": "S"}]},
        "a": {
            "name": "A",
            "modality": "nlp",
            "hideInDatasets": True,
            "subtasks": [{"type": "s", "name": "S"}],
        },
    }
    assert generator.task_categories(pipelines, {}) == [{"id": "b", "label": "B", "modality": "cv"}]
    assert generator.task_categories(pipelines, {"other": {"label": "Other"}})[1:] == [
        {"id": "other", "label": "Other"}
    ]
    assert generator.task_ids(pipelines) == [{"id": "s", "label": "S", "task_categories": ["a", "b"]}]


def test_sizes_get_their_bounds_and_their_order(generator: ModuleType) -> None:
    sizes = generator.size_categories(["unknown", "n>1T", "1K<n<10K", "n<1K"])
    assert [(one["id"], one.get("min_rows"), one.get("max_rows")) for one in sizes] == [
        ("n<1K", 0, 1000),
        ("1K<n<10K", 1000, 10_000),
        ("n>1T", 10**12, None),
        ("unknown", None, None),
    ]


def test_languages_are_common_ones_then_special_ones_then_others(generator: ModuleType) -> None:
    found = generator.languages(
        {"es": {"name": "Spanish", "nativeName": "Español"}},
        {"spa": {"name": "Spanish"}, "aaa": {"name": "Ghotuo (old)"}},
        {"es": "Spanish; Castilian", "zzz": "Zaza"},
        {"code": {"label": "Code"}, "es": {"aliases": ["Castellano"]}},
    )
    assert found == [
        {
            "id": "es",
            "label": "Spanish",
            "common": True,
            "aliases": ["Español", "Castilian", "Castellano"],
        },
        {"id": "code", "label": "Code", "common": True},
        {"id": "aaa", "label": "Ghotuo (old)", "aliases": ["Ghotuo"]},
        {"id": "spa", "label": "Spanish"},
        {"id": "zzz", "label": "Zaza"},
    ]


def test_a_file_out_of_date_or_missing_fails_the_check(
    generator: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {"a.json": "{}\n", "b.json": "[]\n"}
    assert generator.report_outdated(texts, tmp_path) == 1
    assert generator.write(texts, tmp_path) == 0
    assert generator.report_outdated(texts, tmp_path) == 0
    (tmp_path / "b.json").write_text("[1]\n")
    capsys.readouterr()
    assert generator.report_outdated(texts, tmp_path) == 1
    told = capsys.readouterr().err
    assert "b.json is out of date" in told
    assert "a.json" not in told


def test_main_says_what_is_missing(
    generator: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert generator.main(["--output", str(tmp_path)]) == 1
    assert "'npm' is not installed" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_union_of_strings_is_read(packages: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "public.d.ts"
    file.write_text('type X = 1;\nexport type License =\n  | "mit"\n  | "openrail++";\n')
    assert packages.read_union(file, "License") == ["mit", "openrail++"]
    with pytest.raises(packages.PackageError, match="no union of strings 'Licence'"):
        packages.read_union(file, "Licence")


@pytest.mark.skipif(shutil.which("node") is None, reason="node reads the CommonJS modules")
def test_an_export_is_read(packages: ModuleType, tmp_path: Path) -> None:
    module = tmp_path / "tasks.js"
    module.write_text('const name = "é";\nexports.DATA = { a: { name, hidden: !0 } };\n')
    assert packages.read_export(module, "DATA") == {"a": {"name": "é", "hidden": True}}
    with pytest.raises(packages.PackageError, match="does not export 'NAMES'"):
        packages.read_export(module, "NAMES")


def test_a_command_that_fails_is_told_with_its_reason(packages: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(packages.PackageError, match=r"failed: (?s:.*)Cannot find module .*tasks\.js"):
        packages.read_export(tmp_path / "tasks.js", "DATA")


def test_a_file_that_is_no_json_is_named(packages: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "sizes.json").write_text("{")
    with pytest.raises(packages.PackageError, match=r"sizes\.json cannot be read"):
        packages.read_json(tmp_path / "sizes.json")
