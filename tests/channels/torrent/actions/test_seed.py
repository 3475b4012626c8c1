from __future__ import annotations

import pytest

from huggingnersc_lab.channels.torrent import engine
from huggingnersc_lab.errors import CatalogError
from tests.channels.desk import Desk


def test_it_is_offered_for_one_torrent_of_all_data_where_the_site_allows_it(desk: Desk) -> None:
    desk.settings["seed"] = True
    assert "seed" not in desk.offered()
    desk.run("create", split=True)
    assert "seed" not in desk.offered()
    desk.run("create")
    assert "seed" in desk.offered()
    assert desk.action("seed").question == "Serve the data of '{name}' to everybody who has its torrent?"
    desk.settings["seed"] = False
    assert "seed" not in desk.offered()


def test_it_tells_how_many_take_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.settings["seed"] = True
    desk.run("create")

    def seed(_torrent: object, folder: object, report: object, *, until: float | None) -> None:
        assert folder == desk.dataset.data_path.parent  # type: ignore[union-attr]
        assert until is None
        report(3, 1_500_000)  # type: ignore[operator]

    monkeypatch.setattr(engine, "seed", seed)
    assert desk.run("seed").text == "1,500,000 bytes were sent to peers."
    assert any("3 peers, 1,500,000 bytes sent" in line for line in desk.logged)


def test_without_its_data_nothing_is_sent(desk: Desk) -> None:
    desk.settings["seed"] = True
    desk.run("create")
    desk.change(data_path=None)
    assert desk.missing("seed") == ["/data_path"]
    with pytest.raises(CatalogError, match="Nothing was sent"):
        desk.run("seed")
