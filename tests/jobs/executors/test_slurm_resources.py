"""What can be asked of Slurm: each value fits its pattern, and none gets out of its line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.executors.slurm_resources import RESOURCES, check_resources, option_lines


def test_every_example_is_taken() -> None:
    resources = {name: resource.example for name, resource in RESOURCES.items()}
    check_resources(resources)
    assert next(option_lines(resources)) == "#SBATCH --account=m1234"
    assert len(list(option_lines(resources))) == len(RESOURCES)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("time", "30"), ("time", "30:00"), ("time", "12:00:00"), ("time", "1-0"), ("time", "2-12:30:00")),
        *(("nodes", 2), ("nodes", "2"), ("mem", "0"), ("mem", "512M"), ("licenses", "cfs,scratch:2")),
        *(("constraint", "cpu&hbm|gpu"), ("constraint", "[a|b]*2"), ("account", "m1_g")),
    ],
)
def test_what_slurm_takes(name: str, value: Any) -> None:
    check_resources({name: value})
    assert list(option_lines({name: value})) == [f"#SBATCH {RESOURCES[name].option}={value}"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("time", "soon"), ("time", ""), ("nodes", 0), ("nodes", "-1"), ("nodes", True), ("nodes", 1.5)),
        *(("account", "a b"), ("account", "a\n"), ("account", "-x"), ("qos", None), ("qos", ["a"]), ("mem", "lots")),
        *(("constraint", "a;b"), ("constraint", "$(x)"), ("wrap", "rm")),
    ],
)
def test_what_is_refused(name: str, value: Any) -> None:
    with pytest.raises(CatalogError) as refused:
        check_resources({name: value})
    assert (refused.value.code, [fault.pointer for fault in refused.value.fields]) == (
        "invalid_record",
        [f"/resources/{name}"],
    )


@given(st.sampled_from(sorted(RESOURCES)), st.text())
def test_no_value_gets_out_of_its_line(name: str, value: str) -> None:
    try:
        check_resources({name: value})
    except CatalogError:
        return
    (line,) = option_lines({name: value})
    assert line.splitlines() == [line]
    assert not set(value) & set(" \t\"'\\#;$`<>")
