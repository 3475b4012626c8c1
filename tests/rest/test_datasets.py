"""One list of two sources, over HTTP."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.index import FACETS, Search
from huggingnersc_lab.record.vocabulary import load_vocabulary
from huggingnersc_lab.rest.datasets import DatasetsHandler
from huggingnersc_lab.workspace.reader import Reader

from .conftest import put, unmount


def names(page: Any) -> list[str]:
    return [dataset["name"] for dataset in page["datasets"]]


def counts(page: Any, facet: str) -> dict[str, int]:
    (found,) = (item for item in page["facets"] if item["facet"] == facet)
    return {value["value"]: value["count"] for value in found["values"]}


async def listed(ask: Any, query: str = "") -> Any:
    """The list, once nothing newer is on its way."""
    for _ in range(200):
        page = (await ask("GET", f"/datasets{query}")).data
        if not page["is_refreshing"]:
            return page
        await asyncio.sleep(0.05)
        query = query.replace("refresh=1", "")
    raise AssertionError("it goes on and on")


async def test_an_empty_catalog(ask: Any, root: Path) -> None:
    page = (await ask("GET", "/datasets")).data
    assert (page["datasets"], page["total"], page["unfinished"]) == ([], 0, [])
    assert (page["catalog"]["root"], page["catalog"]["writable"]) == (str(root), True)


async def test_the_list_has_what_a_reader_looks_for(ask: Any, root: Path) -> None:
    put(root, "sky", license="mit", tags=["stars"], description="x" * 1000, repo_id="NERSC/sky", revision="1" * 40)
    put(root, "iris", data_path="/data/iris", card_data={"dataset_info": {"dataset_size": 4000}})
    page = (await ask("GET", "/datasets")).data
    iris, sky = page["datasets"]
    assert (iris["id"], iris["name"], iris["pretty_name"], iris["source"]) == ("iris", "iris", "Iris", "here")
    assert (iris["data_path"], iris["n_bytes"], iris["unfinished"], "license" in iris) == (
        "/data/iris",
        4000,
        False,
        False,
    )
    assert (sky["license"], sky["tags"], len(sky["description"]), sky["source"]) == ("mit", ["stars"], 400, "both")
    assert page["catalog"]["as_of"].endswith("Z")


async def test_words_facets_order_and_pages(ask: Any, root: Path) -> None:
    put(root, "iris", license="cc0-1.0", tags=["csv", "biology"], updated_at="2020-01-01T00:00:00Z")
    put(root, "sky", license="mit", tags=["fits"], description="Maps of the sky", updated_at="2021-01-01T00:00:00Z")
    put(root, "sea", license="mit", tags=["hdf5"], description="Maps of the sea", updated_at="2022-01-01T00:00:00Z")
    assert names((await ask("GET", "/datasets?q=maps+sky")).data) == ["sky"]
    page = (await ask("GET", "/datasets?license=mit&sort=newest")).data
    assert names(page) == ["sea", "sky"]
    assert counts(page, "license") == {"mit": 2, "cc0-1.0": 1}
    assert counts(page, "format") == {"fits": 1, "hdf5": 1}
    assert names((await ask("GET", "/datasets?format=csv&format=fits")).data) == ["iris", "sky"]
    second = (await ask("GET", "/datasets?sort=name&limit=1&offset=1")).data
    assert (names(second), second["total"]) == (["sea"], 3)


async def test_the_last_word_of_a_query_is_whole_behind_a_blank(ask: Any, root: Path) -> None:
    put(root, "iris", description="flowers")
    assert names((await ask("GET", "/datasets?q=flower")).data) == ["iris"]
    page = (await ask("GET", "/datasets?q=flower%20")).data
    assert (names(page), page["is_forgiving"]) == (["iris"], True)


@pytest.mark.parametrize("facet", FACETS)
async def test_a_value_that_nothing_has_fits_nothing(facet: str, ask: Any, root: Path) -> None:
    put(root, "iris")
    page = (await ask("GET", f"/datasets?{facet}=no%20such%20thing%FF&{facet}=%F0%9F%A6%86")).data
    assert (page["datasets"], page["total"]) == ([], 0)
    assert set(counts(page, facet).values()) <= {0, 1}
    assert [item["facet"] for item in page["facets"]] == list(FACETS)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("sort=best", "/sort"),
        ("limit=0", "/limit"),
        ("limit=201", "/limit"),
        ("limit=many", "/limit"),
        ("limit=-1", "/limit"),
        ("limit=%C2%B2", "/limit"),
        ("limit=", "/limit"),
        ("offset=-1", "/offset"),
        ("offset=" + "9" * 5000, "/offset"),
    ],
)
async def test_nonsense_is_refused_at_its_place(query: str, pointer: str, ask: Any, root: Path) -> None:
    answer = await ask("GET", f"/datasets?{query}")
    assert (answer.status, answer.code, answer.pointers) == (422, "invalid_record", [pointer])


QUERIES = ["%22", "(((", "a:b:c", "%F0%9F%8C%8C", "%FF%00", "-", "*", "x" * 10_000, "AND OR NOT"]


@pytest.mark.parametrize("query", QUERIES)
async def test_no_query_is_an_error(query: str, ask: Any, root: Path) -> None:
    put(root, "iris")
    page = (await ask("GET", f"/datasets?q={query.replace(' ', '+')}")).data
    assert page["is_cut"] == (len(query) == 10_000)


async def test_an_unchanged_list_is_not_sent_again(ask: Any, root: Path) -> None:
    put(root, "iris")
    await listed(ask)
    first = await ask("GET", "/datasets")
    again = await ask("GET", "/datasets", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    put(root, "sky")
    changed = await ask("GET", "/datasets", headers={"If-None-Match": first.headers["ETag"]})
    assert names(changed.data) == ["iris", "sky"]


async def test_facets_are_counted_where_somebody_looks_at_them(ask: Any, root: Path) -> None:
    put(root, "iris")
    await listed(ask)
    assert [facet["facet"] for facet in (await ask("GET", "/datasets?counts=1")).data["facets"]][-1] == "source"
    page = (await ask("GET", "/datasets?counts=0&license=mit")).data
    assert (page["facets"], page["total"]) == ([], 0)


async def test_who_asks_often_need_not_have_the_catalog_looked_at(ask: Any, root: Path) -> None:
    put(root, "iris")
    await listed(ask)
    put(root, "sky")
    assert names((await ask("GET", "/datasets?max_age=60")).data) == ["iris"]
    assert names((await ask("GET", "/datasets?max_age=0")).data) == ["iris", "sky"]
    answer = await ask("GET", "/datasets?max_age=61")
    assert (answer.status, answer.code, answer.pointers) == (422, "invalid_record", ["/max_age"])


async def test_nothing_is_searched_for_who_has_gone(
    ask: Any,
    root: Path,
    jp_serverapp: Any,
    jp_http_port: int,
    jp_base_url: str,
    jp_auth_header: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    put(root, "iris")
    await listed(ask)
    queries: list[str] = []
    come, gone = asyncio.Event(), asyncio.Event()
    find, prepare, leave = Reader.datasets, DatasetsHandler.prepare, DatasetsHandler.on_connection_close

    def noted(reader: Reader, search: Search, **how: Any) -> Any:
        queries.append(search.query)
        return find(reader, search, **how)

    async def prepared(handler: DatasetsHandler) -> None:
        await prepare(handler)
        come.set()

    def left(handler: DatasetsHandler) -> None:
        leave(handler)
        gone.set()

    monkeypatch.setattr(Reader, "datasets", noted)
    monkeypatch.setattr(DatasetsHandler, "prepare", prepared)
    monkeypatch.setattr(DatasetsHandler, "on_connection_close", left)
    services, go_on = jp_serverapp.web_app.settings["huggingnersc_lab_services"], threading.Event()
    busy = [asyncio.ensure_future(services.run(lambda _: go_on.wait(60))) for _ in range(8)]  # all threads
    _, writer = await asyncio.open_connection("127.0.0.1", jp_http_port)
    token = jp_auth_header["Authorization"]
    path = f"{jp_base_url}huggingnersc-lab/datasets?q=abandoned"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {token}\r\n\r\n".encode())
    await asyncio.wait_for(come.wait(), 20)
    writer.close()
    await asyncio.wait_for(gone.wait(), 20)
    go_on.set()
    await asyncio.gather(*busy)
    assert (await ask("GET", "/datasets?q=iris")).status == 200
    assert queries == ["iris"]
    assert [entry for entry in caplog.records if entry.levelname == "ERROR"] == []


async def test_a_broken_entry_is_found_by_its_name(ask: Any, root: Path) -> None:
    (root / "cut").mkdir()
    (root / "cut" / "record.json").write_text('{"name": "cu')
    put(root, "iris")
    page = (await ask("GET", "/datasets?q=cut")).data
    (found,) = page["datasets"]
    assert (found["name"], found["etag"]) == ("cut", "")
    assert "damaged" in found["broken"]


async def test_an_unfinished_publication_is_marked(ask: Any, root: Path) -> None:
    put(root, "sky")
    (root / ".sky.staging").mkdir()
    (root / ".moon.staging").mkdir()
    page = (await ask("GET", "/datasets")).data
    assert ([item["unfinished"] for item in page["datasets"]], page["unfinished"]) == ([True], ["moon"])


async def test_a_catalog_that_is_gone_is_told_and_what_is_known_is_shown(ask: Any, root: Path) -> None:
    put(root, "iris")
    await ask("GET", "/datasets")
    unmount(root)
    page = (await ask("GET", "/datasets")).data
    assert (names(page), page["catalog"]["writable"]) == (["iris"], False)
    assert "is not a folder" in page["catalog"]["problem"]
    assert page["catalog"]["as_of"]


async def test_who_can_read_the_data_is_found_out_by_and_by(ask: Any, root: Path, data: Path) -> None:
    put(root, "iris", data_path=str(data))
    page = (await ask("GET", "/datasets")).data
    for _ in range(400):
        if counts(page, "access") == {"open": 1}:
            break
        await asyncio.sleep(0.05)
        page = (await ask("GET", "/datasets")).data
    assert page["datasets"][0]["access"]["status"] == "readable"
    assert names((await ask("GET", "/datasets?access=open")).data) == ["iris"]
    assert names((await ask("GET", "/datasets?access=open&q=access:missing")).data) == []


async def test_a_rare_value_of_a_facet_is_found_by_what_people_call_it(ask: Any, root: Path) -> None:
    languages = sorted(load_vocabulary().ids("languages") - {"de"})[:60]
    for number in range(2):
        put(root, f"common{number}", language=languages, license="mit")
    put(root, "rare", language=["de"], license="cc0-1.0")
    assert "de" not in counts(await listed(ask), "language")
    found = (await ask("GET", "/facets/language?contains=GERMAN&language=xx")).data
    assert found == {"facet": "language", "values": [{"value": "de", "count": 1}], "total": 1}
    found = (await ask("GET", "/facets/language?license=mit")).data
    assert (len(found["values"]), found["total"], found["values"][0]["count"]) == (50, 60, 2)
    assert (await ask("GET", "/facets/language?q=common&contains=de")).data["values"] != []
    assert (await ask("GET", "/facets/language?q=common&contains=german")).data["total"] == 0
    assert (await ask("GET", "/facets/source?contains=er")).data["values"] == [{"value": "here", "count": 3}]
    assert (await ask("GET", "/facets/verified?contains=TRIED")).data["values"] == [{"value": "no", "count": 3}]
    for wrong in ("tag", "%00", "x" * 5000):
        answer = await ask("GET", f"/facets/{wrong}")
        assert (answer.status, answer.code) == (404, "not_found")
