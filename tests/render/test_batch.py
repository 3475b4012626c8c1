from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace

import pytest

from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.batch import check_batch, render_batch
from huggingnersc_lab.render.entry import Entry

GOOD = "#!/bin/bash\n#SBATCH -N 2\n#SBATCH -t 00:30:00\n#SBATCH -q debug\n\nsrun python load.py\n"


def _codes(text: str) -> list[str]:
    return [finding.code for finding in check_batch(Script("run.sh", text))]


def test_what_is_made_is_found_good(entry: Entry) -> None:
    if entry.loader:
        assert check_batch(render_batch(entry)) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (GOOD, []),
        (GOOD.replace("-N 2", "--nodes=2 --time=30").replace("-t 00:30:00", "--image=docker:a:b --module=gpu"), []),
        (GOOD.replace("-t 00:30:00", "-t00:30:00"), []),
        (GOOD.replace("-t 00:30:00", "--time 1-12"), []),
        (GOOD.replace("-q debug", "--comment='a b' --qos=debug # why"), []),
        (GOOD.replace("\n\nsrun", "\n# a comment\n\nsrun"), []),
        (GOOD.removeprefix("#!/bin/bash\n"), ["no_shebang"]),
        ("\n" + GOOD, ["no_shebang"]),
        ("#!/bin/bash\nsrun python load.py\n", ["no_directives"]),
        (GOOD + "#SBATCH -A m1234\n", ["late_directive"]),
        ("#!/bin/bash\nset -e\n#SBATCH -N 2\n#SBATCH -t 5\n", ["late_directive", "no_time", "no_size"]),
        (GOOD.replace("#SBATCH -t 00:30:00\n", ""), ["no_time"]),
        (GOOD.replace("#SBATCH -N 2\n", ""), ["no_size"]),
        (GOOD.replace("-N 2", "-n 4"), []),
        (GOOD.replace("-t 00:30:00", "-t half-an-hour"), ["bad_time"]),
        (GOOD.replace("-q debug", "-q 'de bug'"), ["bad_qos"]),
        (GOOD.replace("-q debug", "--qos="), ["bad_qos"]),
        (GOOD.replace("\n", "\r\n"), ["line_ends"]),
        (GOOD.replace("-q debug", "--comment='open"), []),
        (GOOD.replace("-q debug", "--job-name=Big simulation"), ["passed_over"]),
        (GOOD.replace("-q debug", "-J Big simulation"), ["passed_over"]),
        (GOOD.replace("-q debug", "--output=my file.txt -q debug"), ["passed_over"]),
        (GOOD.replace("-q debug", "--exclusive user"), ["passed_over"]),
        (GOOD.replace("-q debug", "-q = debug"), ["bad_qos", "passed_over"]),
        (GOOD.replace("-q debug", "-q debug two words # and why"), ["passed_over"]),
        (GOOD.replace("-q debug", '--job-name="Big simulation" --exclusive --nice -O -H'), []),
        (GOOD.replace("-q debug", "--job-name 'Big simulation' -J=x --mail-user a@b.org"), []),
        (GOOD.replace("#SBATCH -q", "# SBATCH -q"), ["not_read"]),
        (GOOD.replace("#SBATCH -q", "#sbatch -q"), ["not_read"]),
        (GOOD.replace("#SBATCH -q", "##SBATCH -q"), []),
        (GOOD.replace("srun", "# SBATCH -q x\nsrun"), ["not_read"]),
        (GOOD + "# SBATCH is above\n", []),
    ],
)
def test_what_slurm_would_refuse_or_pass_over_is_found(text: str, codes: list[str]) -> None:
    assert _codes(text) == codes


def test_findings_name_the_script_and_its_field() -> None:
    finding = check_batch(Script("run.sh", GOOD + "#SBATCH -A m1234\n"))[0]
    assert finding.pointer == "/batch_script"
    assert finding.detail == "run.sh has options that Slurm ignores: line 7 comes after the first command (line 6)."


def test_what_is_passed_over_is_named_with_its_line() -> None:
    finding = check_batch(Script("run.sh", GOOD.replace("-q debug", "--job-name=Big simulation of\x1b[31m it")))[0]
    assert finding.detail.startswith("run.sh has a word on line 4 that belongs to no option: 'simulation'.")


def test_the_path_reaches_the_loader_as_it_is(entry_named: Callable[[str], Entry]) -> None:
    entry = entry_named("hostile")
    script = render_batch(replace(entry, loader=Script("-", ""))).text.replace(
        "srun python -", 'printf %s "$DATA_PATH"'
    )
    for environ, expected in (({}, entry.record.data_path), ({"DATA_PATH": "/own copy"}, "/own copy")):
        answer = subprocess.run(["bash", "-c", script], env=environ, capture_output=True, text=True, check=True)
        assert answer.stdout == expected


def test_it_never_has_the_name_of_the_loader(entry_named: Callable[[str], Entry]) -> None:
    entry = replace(entry_named("iris"), loader=Script("run_iris.sh", "echo"))
    assert render_batch(entry).file_name == "batch_run_iris.sh"
    assert "srun bash run_iris.sh" in render_batch(entry).text


def test_without_a_loader_there_is_nothing_to_run(entry_named: Callable[[str], Entry]) -> None:
    with pytest.raises(ValueError, match="without a loader"):
        render_batch(entry_named("minimal"))
