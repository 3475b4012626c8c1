"""Links that come later."""

from __future__ import annotations

from huggingnersc_lab.channels.drive import CHANNEL
from huggingnersc_lab.channels.drive.bundle import Bundle
from huggingnersc_lab.channels.drive.complete import Complete, CompleteOptions
from huggingnersc_lab.record.codec import write_object
from huggingnersc_lab.record.model import Distribution
from huggingnersc_lab.record.validation import validate

from .conftest import Share

URL = "https://drive.google.com/drive/folders/1AbCdEfGhIjKlMnOpQrStUvWx"
COMPLETE = Complete()


def test_the_link_of_the_data(share: Share) -> None:
    assert not COMPLETE.is_offered(share.dataset, share.ledger)
    share.run(Bundle(), split=True)
    assert CHANNEL.status(share.dataset, share.ledger).state == "begun"
    assert COMPLETE.is_offered(share.dataset, share.ledger)
    before = share.dataset.distributions
    share.run(COMPLETE, url=f"{URL}?usp=sharing")
    after = share.dataset.distributions
    assert {(one.url, one.state) for one in after} == {(URL, None)}
    assert [one.checksums for one in after] == [one.checksums for one in before]
    assert CHANNEL.status(share.dataset, share.ledger).state == "shared"
    record = share.dataset.record.to_dict()
    assert [fault for fault in validate(record).errors if fault.pointer.startswith("/distributions")] == []


def test_without_a_bundle_of_ours(share: Share) -> None:
    share.change(distributions=(Distribution("link", "https://example.org/x.zip"),))
    share.run(COMPLETE, url="https://share.example.org/waves")
    (one,) = share.dataset.distributions
    assert write_object(one)["url"] == "https://share.example.org/waves"


def test_paper_and_code(share: Share) -> None:
    outcome = share.run(COMPLETE, arxiv="arXiv:2401.00001v2", github="https://github.com/example/more")
    assert share.dataset.record.papers == ("2106.09685", "https://arxiv.org/abs/2401.00001")
    assert share.dataset.record.code == ("https://github.com/example/waves", "https://github.com/example/more")
    assert outcome.distributions is None
    assert outcome.copy_text is not None
    assert "arXiv: https://arxiv.org/abs/2401.00001\nGitHub: https://github.com/example/more\n" in outcome.copy_text
    again = share.run(COMPLETE, arxiv="2401.00001")
    assert again.values == {}


def test_asks_for_a_link(share: Share) -> None:
    faults = COMPLETE.missing(share.dataset, CompleteOptions())
    assert [fault.pointer for fault in faults] == ["/options/url"]
    faults = COMPLETE.missing(share.dataset, CompleteOptions(url="ftp://example.org/x"))
    assert [fault.pointer for fault in faults] == ["/options/url"]
