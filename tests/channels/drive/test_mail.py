"""The mail to the help desk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from huggingnersc_lab.channels.drive.mail import MAX_ADDRESS, Archive, Mail, hand_over_mail, instructions
from huggingnersc_lab.channels.drive.settings import DriveSettings
from huggingnersc_lab.record.model import DatasetRecord


def test_opens_with_its_text_in_a_mail_program() -> None:
    mail = Mail("help@example.org", "A & B?", "one\ntwo & three\n")
    assert mail.url is not None
    parts = urlsplit(mail.url)
    assert (parts.scheme, parts.path) == ("mailto", "help@example.org")
    assert parse_qs(parts.query) == {"subject": ["A & B?"], "body": ["one\r\ntwo & three\r\n"]}


def test_a_long_text_is_pasted() -> None:
    mail = Mail("help@example.org", "Long", "word " * 1000)
    assert mail.url is not None
    assert len(mail.url) < MAX_ADDRESS
    assert parse_qs(urlsplit(mail.url).query)["body"] == ["(Paste the text of the mail here.)"]
    assert "word word" in mail.text


def test_no_mailbox_and_no_forged_headers() -> None:
    record = DatasetRecord(name="waves", pretty_name="Waves\r\nBcc: all@example.org", license="mit")
    mail = hand_over_mail(record, DriveSettings(), Path("/transit/waves"), [], arxiv=None, github=None, unpacked=False)
    assert mail.url is None
    assert "\nBcc" not in mail.text
    assert Mail("a@b.org?bcc=c@d.org", "x", "y").url == "mailto:a@b.org%3Fbcc%3Dc@d.org?subject=x&body=y"


def test_instructions_name_the_program_of_each_form() -> None:
    text = instructions("waves", [Archive("waves.zip", 1, "0" * 32), Archive("waves-x.tar.zst", 1, "0" * 32)])
    assert "    unzip waves.zip\n    tar --zstd -xf waves-x.tar.zst\n" in text
