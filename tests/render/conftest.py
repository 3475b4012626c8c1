"""Entries to render."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from huggingnersc_lab.record.metadata.document import read_json, read_metadata
from huggingnersc_lab.record.model import (
    Author,
    Contents,
    DatasetRecord,
    Distribution,
    Funding,
    Verification,
)
from huggingnersc_lab.record.scripts import Script, read_script
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.sites import load_site


def pytest_configure(config: pytest.Config) -> None:
    """Give random tests time, since the first is slow."""
    settings.register_profile("unhurried", deadline=None)
    settings.load_profile("unhurried")


REPOSITORY = Path(__file__).parents[2]
IRIS = REPOSITORY / "huggingnersc_lab" / "examples" / "iris"

NASTY_LOADER = '''%matplotlib inline
!echo "shell: {not a field}"
"""docstring with \'\'\'quotes\'\'\' and ```` ticks ```` """
text = r"""raw \\d \\N{DASH} \\""" + \'\'\'more {braces} %s %%\'\'\'
# ## not a heading, ``` no fence, </script><script>alert(1)</script>, --- no rule, \\x00
# $HOME ${HOME} {{ jinja }}
print(f"{text!r}")\t# tab, é, 雪, 🧊'''

HOSTILE = DatasetRecord(
    name="hostile",
    pretty_name='"Quoted": --- | `ticks` [link](javascript:alert(1)) <script>alert(1)</script> & #1 $x$ *bold* _it_ #',
    size_categories=("n<1K",),
    description=(
        "---\nlicense: stolen\n---\n\n# Top\n\nUnder\n=====\n\n## Citation\n\n<script>alert(1)</script>\n"
        "<!-- open comment\n\n`<b>` stays, <b>goes</b>, <https://example.org/> links.\n\n"
        "| a | b |\n|---|---|\n| ` | <img src=x onerror=alert(1)> ` |\n\n> # Quoted heading\n\n"
        "````\n## in a fence\n```\n"
    ),
    authors=(
        Author("Sand and Sea Group", affiliation="A | B <i>"),
        Author("O'Néill, {Jr} \\ $5 100% #1_x^2~", orcid="0000-0002-1825-0097"),
    ),
    license="other",
    license_name="No *licence* | at <all>",
    license_link="https://example.org/a(b)[c]?d=<e>",
    language=("en", "no"),
    tags=("1.0", "on", "2024-01-01", "`a|b`", "<script>"),
    papers=("arXiv:2106.09685v2", "hep-th/9901001", "doi:10.1000/a_b(c)", "https://example.org/a_b(c)|d"),
    doi="10.1000/a_b(c)",
    homepage="https://example.org/~x_y/(z)",
    data_path='/data/it\'s `a` "b" $HOME {c} | d',
    access_group="m1234",
    portal_link="https://example.org/a|b",
    distributions=(Distribution("link", "s3://bucket/a|b`c"),),
    loader="load.py",
    kernel_name="my-kernel",
    card_data={
        "no": ["on", "1:30", None, 1.5, {"y": "null"}],
        "extra_gated_prompt": "line\n---\nlicense: stolen\n  indented \n",
        "pretty_name": "not this one",
        "viewer": True,
    },
    repo_id="org/hostile",
    published_at="2026-02-03T04:05:06Z",
    publish_id="p-1",
)

UNICODE = DatasetRecord(
    name="unicode",
    pretty_name="Größe der Gletscher 氷河 🧊 \u0627\u0644\u062c\u0644\u064a\u062f",
    size_categories=("1K<n<10K",),
    description="Messungen von 1961\u20131990, в метрах; e\u0301 and é.\r\n\r\nSecond\u00a0paragraph.",
    authors=(Author("Łukasz Żółw"), Author("山田 太郎")),
    license="cc-by-4.0",
    language=("de", "ja"),
    tags=("氷河",),
    data_path="/data/Gletscher/氷河",
    doi="10.1000/größe",
    loader="lade_größe.jl",
    published_at="2026-01-01T00:00:00Z",
)

DISTRIBUTED = DatasetRecord(
    name="sky",
    pretty_name="Sky maps",
    size_categories=("1M<n<10M",),
    description="Maps of the whole sky.",
    license="cc-by-4.0",
    tags=("astronomy", "hdf5"),
    data_path="/global/cfs/cdirs/m1234/www/sky",
    access_group="m1234",
    loader="load_sky.py",
    batch_script="sky.sh",
    is_distributed=True,
)
SHARED = DatasetRecord(
    name="shared",
    pretty_name="Shared",
    size_categories=("1K<n<10K",),
    description="Known in every way.",
    license="cc-by-4.0",
    code=("https://github.com/example/shared", "https://example.org/a_b(c)|d"),
    funding=(Funding("U.S. Department of Energy", "DE-AC02-05CH11231"), Funding("A | B <i>")),
    data_path="/global/cfs/cdirs/m1234/shared",
    distributions=(
        Distribution("link", "https://example.org/shared.zip", 4606, {"sha256": "0" * 64, "md5": "1" * 32}),
        Distribution("torrent", "https://torrents.example/1", infohash="0" * 40, created_at="2026-11-01T10:00:00Z"),
        Distribution("torrent", "magnet:?xt=urn:btih:" + "0" * 40, infohash="0" * 40),
        Distribution("portal", "s3://bucket/a|b`c", checksums={"md5": "1" * 32}),
    ),
    contents=Contents(1_234_567_890, 3, ("csv", "parquet"), 6000, "blake3:0a", "2026-11-02T10:00:00Z"),
    loader="load.py",
    kernel_name="science",
    verification=Verification("passed", "2026-11-03T10:00:00Z", "anna", "science", 1.5, 10**8, {"pandas": "2.3.1"}),
    repo_id="org/shared",
    published_at="2026-02-03T04:05:06Z",
    publish_id="p-2",
    unknown={"instrument": {"name": "| <b>"}},
)

SKY_BATCH = (
    "#!/bin/bash\n#SBATCH -N 2\n#SBATCH -t 30\n#SBATCH --image=docker:sky:1.0\n\nsrun shifter python load_sky.py\n"
)


def iris_entry(data_path: Path | str, site: str = "nersc") -> Entry:
    """The bundled example, its data at ``data_path``."""
    given = {"data_path": str(data_path), "loader": "load_iris.py"}
    record = read_metadata(read_json(IRIS / "metadata.json"), given).to_record("metadata.json")
    return Entry(record, load_site(site, environ={}), read_script(IRIS / "load_iris.py", "loader", record.name))


def _entries() -> dict[str, Entry]:
    nersc, mila = load_site("nersc", environ={}), load_site("mila", environ={})
    practice = load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": "/practice"})
    return {
        "iris": iris_entry("/global/cfs/cdirs/dasrepo/www/iris"),
        "minimal": Entry(DatasetRecord("minimal", "Minimal", ("n<1K",)), practice),
        "hostile": Entry(HOSTILE, nersc, Script("load.py", NASTY_LOADER)),
        "unicode": Entry(UNICODE, mila, Script("load.jl", 'println("größer: 氷河")\n')),
        "shared": Entry(SHARED, nersc, Script("load.py", "rows = []\n")),
        "distributed": Entry(DISTRIBUTED, nersc, Script("load_sky.py", "print('sky')\n"), Script("sky.sh", SKY_BATCH)),
    }


ENTRIES = _entries()


@pytest.fixture(params=sorted(ENTRIES))
def entry(request: pytest.FixtureRequest) -> Entry:
    """Each of the entries in turn."""
    return ENTRIES[request.param]


@pytest.fixture
def entry_named() -> Callable[[str], Entry]:
    """An entry by its name."""
    return ENTRIES.__getitem__


@pytest.fixture
def iris(tmp_path: Path) -> Entry:
    """The bundled example with its data in a folder of the test's own."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "iris.csv").write_bytes((IRIS / "iris.csv").read_bytes())
    return iris_entry(folder, "sandbox")
