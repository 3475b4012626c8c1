"""``download_link`` and ``verified_at``, as files, drafts and people say them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from huggingnersc_lab.record.metadata.document import read_changes, read_metadata
from huggingnersc_lab.record.metadata.shorthands import collapse, form_schema
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.schema import record_schema

GOOD: dict[str, Any] = {
    "name": "iris",
    "pretty_name": "Iris",
    "size_categories": ["n<1K"],
    "license": "mit",
    "data_path": "/data/iris",
}
A = {"channel": "link", "url": "https://a.org"}
B = {"channel": "link", "url": "s3://b/c"}
TORRENT = {"channel": "torrent", "url": "https://t.org/1", "infohash": "0" * 40}
WHOLE = A | {"bytes": 5, "checksums": {"md5": "0" * 32}}
RUN = {"status": "passed", "at": "2026-01-31T10:00:00Z", "kernel_name": "science"}


def record(**members: Any) -> DatasetRecord:
    return DatasetRecord.from_dict({"schema_version": 2, **GOOD, **members})


@pytest.mark.parametrize("version", [{}, {"schema_version": 1}, {"schema_version": 2}])
def test_a_document_of_any_version_may_say_them(version: dict[str, int]) -> None:
    found = read_metadata({**GOOD, **version, "download_link": "s3://b/c", "verified_at": "2026-01-31"})
    assert found.findings.errors == ()
    made = found.to_record("it")
    assert made.to_dict()["distributions"] == [B]
    assert made.to_dict()["verification"] == {"status": "passed", "at": "2026-01-31"}
    assert (made.download_link, made.verified_at) == ("s3://b/c", "2026-01-31")
    assert found.written["download_link"] == "s3://b/c"


def test_the_first_metadata_file_may_say_them() -> None:
    document = {
        "datacard_tags": {"pretty_name": "Iris", "size_categories": "n<1K"},
        "other_info": {"nickname": "iris", "download_link": "file:///etc/passwd"},
    }
    (error,) = read_metadata(document).findings.errors
    assert (error.pointer, error.code) == ("/other_info/download_link", "pattern")
    document["other_info"]["download_link"] = "https://a.org"  # type: ignore[index]
    assert read_metadata(document).values["distributions"] == [A]


def test_they_may_be_given_besides_the_document() -> None:
    found = read_metadata({**GOOD, "download_link": "https://a.org"}, {"download_link": "s3://b/c"})
    assert found.values["distributions"] == [B]
    assert [finding.code for finding in found.findings.warnings] == ["overridden"]


@pytest.mark.parametrize(
    ("listed", "link", "distributions"),
    [
        ([TORRENT], "https://a.org", [TORRENT, A]),
        ([A], "https://a.org", [A]),
        ([WHOLE, TORRENT], "https://a.org", [WHOLE, TORRENT]),
        ([B], "https://a.org", [B, A]),
    ],
)
def test_beside_a_list_it_is_one_more(listed: list[Any], link: str, distributions: list[Any]) -> None:
    assert read_metadata({**GOOD, "distributions": listed, "download_link": link}).values["distributions"] == (
        distributions
    )


@pytest.mark.parametrize("link", ["file:///etc/passwd", "", 3, None, "https://a.org/\ud800", "magnet:?xt=1"])
def test_a_fault_is_told_once_and_at_its_own_place(link: object) -> None:
    errors = read_metadata({**GOOD, "download_link": link}).findings.errors
    assert [error.pointer for error in errors] == ["/download_link"]


def test_a_list_of_another_form_is_told_at_the_list() -> None:
    errors = read_metadata({**GOOD, "distributions": "s3://b/c", "download_link": "https://a.org"}).findings.errors
    assert [(error.pointer, error.code) for error in errors] == [("/distributions", "type")]


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        ([], {"download_link": "s3://b/c"}, [B]),
        ([TORRENT], {"download_link": "s3://b/c"}, [TORRENT, B]),
        ([A, TORRENT], {"download_link": "s3://b/c"}, [B, TORRENT]),
        ([TORRENT, WHOLE], {"download_link": "https://a.org"}, [TORRENT, WHOLE]),
        ([WHOLE, TORRENT], {"download_link": "s3://b/c"}, [B, TORRENT]),
        ([A, TORRENT], {"download_link": None}, [TORRENT]),
        ([A], {"download_link": None}, None),
        ([A, B], {"download_link": "s3://b/c"}, [B]),
        ([A, TORRENT], {"license": "mit"}, [A, TORRENT]),
        # As a draft has it, which says the whole: the others, and the link by itself.
        ([WHOLE, TORRENT], {"distributions": [TORRENT], "download_link": "https://a.org"}, [WHOLE, TORRENT]),
        ([TORRENT, WHOLE], {"distributions": [TORRENT], "download_link": "https://a.org"}, [TORRENT, WHOLE]),
        ([WHOLE], {"distributions": None, "download_link": "https://a.org"}, [WHOLE]),
        ([WHOLE], {"distributions": None, "download_link": "s3://b/c"}, [B]),
        ([WHOLE, B], {"distributions": [B], "download_link": "https://a.org"}, [WHOLE, B]),
        ([WHOLE, TORRENT], {"distributions": [TORRENT]}, [TORRENT]),
        ([A], {"distributions": None}, None),
    ],
)
def test_a_change_of_the_link(before: list[Any], changes: dict[str, Any], after: list[Any] | None) -> None:
    found = read_changes(changes, record(distributions=before))
    assert found.findings.errors == ()
    assert found.values.get("distributions") == after


def test_a_faulty_change_is_told_where_it_was_said() -> None:
    (error,) = read_changes({"download_link": "file:///x"}, record(distributions=[A])).findings.errors
    assert (error.pointer, error.code) == ("/download_link", "pattern")


def test_a_form_shows_the_link_by_itself_and_gives_it_back_whole() -> None:
    entry = record(distributions=[TORRENT, WHOLE, B])
    shown = collapse(entry.to_dict())
    assert shown["download_link"] == "https://a.org"
    assert shown["distributions"] == [TORRENT, B]
    assert read_metadata(shown, former=entry).to_record("it") == entry
    assert collapse(record(distributions=[A]).to_dict()).get("distributions") is None
    assert collapse(record(distributions=[TORRENT]).to_dict())["distributions"] == [TORRENT]
    assert collapse(record().to_dict()) == record().to_dict()


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        (None, {"verified_at": "2026-01-31"}, {"status": "passed", "at": "2026-01-31"}),
        (RUN, {"verified_at": "2026-01-31"}, RUN),
        (RUN, {"verified_at": "2026-02-01"}, {"status": "passed", "at": "2026-02-01"}),
        (RUN | {"status": "failed"}, {"verified_at": "2026-01-31"}, {"status": "passed", "at": "2026-01-31"}),
        (RUN, {"verified_at": None}, None),
        (RUN, {"verification": None, "verified_at": "2026-01-31"}, RUN),
        (RUN, {"verification": RUN | {"by": "me"}, "verified_at": "2026-02-01"}, RUN | {"by": "me"}),
    ],
)
def test_a_change_of_the_day(before: Any, changes: dict[str, Any], after: Any) -> None:
    found = read_changes(changes, record(verification=before))
    assert found.findings.errors == ()
    assert found.values.get("verification") == after


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-01-31", []),
        ("2024-02-29", []),
        ("2026-02-29", ["no_day"]),
        ("0000-01-01", ["no_day"]),
        ("2026-13-01", ["pattern", "no_day"]),
        ("2026-1-31", ["pattern"]),
        ("31.1.2026", ["pattern"]),
        ("2026-01-31T10:00:00Z", ["too_long"]),
        ("2026-01-3\u0661", ["pattern"]),
        ("2026-01-31\n", ["too_long"]),
        ("", ["pattern"]),
        ("9999-12-31", ["in_future"]),
    ],
)
def test_the_day_on_which_the_loader_ran(day: str, codes: list[str]) -> None:
    findings = read_metadata(GOOD | {"verified_at": day}).findings
    assert {(one.pointer, one.code) for one in findings.errors} == {("/verified_at", code) for code in codes}


def test_it_may_be_tomorrow_already_but_not_the_day_after() -> None:
    today = datetime.now(timezone.utc).date()
    assert read_metadata(GOOD | {"verified_at": str(today + timedelta(days=1))}).findings.errors == ()
    assert read_metadata(GOOD | {"verified_at": str(today + timedelta(days=3))}).findings.errors != ()


def test_the_form_has_them_before_what_they_stand_for() -> None:
    names = list(form_schema()["properties"])
    assert names[names.index("portal_link") + 1 : names.index("contents")] == ["download_link", "distributions"]
    for short, its in record_schema()["x-shorthands"].items():
        assert short not in record_schema()["properties"]
        assert its["title"]
        assert its["description"].endswith(".")
        assert its["x-for"] in record_schema()["properties"]
