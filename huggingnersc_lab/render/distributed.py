"""Cells that run a distributed loader as a batch job: write its files, submit, follow, show its output."""

from __future__ import annotations

from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render import companions
from huggingnersc_lab.render.batch import render_batch
from huggingnersc_lab.render.cells import cell_source
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.markdown import code_span
from huggingnersc_lab.render.notebook_cells import Cell, code, literal, markdown

_OUTPUT = "output-%j.txt"


def cells(entry: Entry) -> list[Cell]:
    """From the working folder to the job's output; without a loader, a sentence that says so."""
    loader = entry.loader
    if loader is None:
        return [markdown("no-loader", "This entry has no loader.")]
    batch = entry.batch_script or render_batch(entry)
    return [
        markdown(
            "work-title",
            f"## Load it on several nodes\n\n{code_span(loader.file_name)} is written to a folder of your own and runs "
            f"there as a batch job, through {code_span(batch.file_name)}.",
        ),
        code("work", _work(entry)),
        companions.write("loader", loader),
        companions.write("batch-script", batch),
        *companions.cells(entry),
        code("submit", _submit(batch)),
        code("follow", _follow()),
        code("output", f"if job_id:\n    show_output({literal(_OUTPUT)}.replace('%j', job_id))"),
    ]


def _work(entry: Entry) -> str:
    account = entry.site.slurm.account or ""
    return (
        "import os\n"
        "from pathlib import Path\n\n"
        "# Project to charge for the node hours.\n"
        f"ACCOUNT = os.environ.get('SBATCH_ACCOUNT', {literal(account)})\n"
        f"WORK = Path(os.environ.get('SCRATCH') or Path.home()) / 'huggingnersc' / {literal(entry.record.name)}\n\n"
        "WORK.mkdir(parents=True, exist_ok=True)\n"
        "os.chdir(WORK)\n"
        "print(f'Working in {WORK}')"
    )


def _submit(batch: Script) -> str:
    return (
        f"{cell_source('submit')}\n\n\n"
        f"job_id, _sentence = submit_job({literal(batch.file_name)}, ACCOUNT, {literal(_OUTPUT)})\n"
        "print(_sentence)"
    )


def _follow() -> str:
    return f"{cell_source('follow')}\n\n\nif job_id:\n    job_state_at_end = follow_job(job_id)"
