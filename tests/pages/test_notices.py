"""Notices reach who is to be told, once each, with words alone; a dead server harms nothing."""

import hashlib
import hmac
import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta

import duckdb
import letterbox
import pytest
from typer.testing import CliRunner

from pipelines.notices import FILE, notify
from pipelines.notices_found import items_now
from pipelines.notices_sent import IN_FILE, PASSWORD, SECRET, SIGNATURE
from tilannehuone.cli import app
from tilannehuone.errors import RegistryError
from tilannehuone.last_build import LastBuild, write_last_build
from tilannehuone.notices_declared import notices_faults, read_notices
from tilannehuone.release import current_release
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

ALL = "[refused_build, overdue_extract, new_signal]"
LATER = date.today() + timedelta(days=400)
SECRETS = ("a password", "a shared secret")


@pytest.fixture(scope="module")
def with_two(instance, tmp_path_factory):
    """Return an instance of two releases; in the older one Kaakkuri has no finding."""
    folder = shutil.copytree(instance, tmp_path_factory.mktemp("two") / "instance")
    newer = current_release(folder / "data" / "releases")
    older = shutil.copy(newer, newer.with_name("20200101T000000Z.duckdb"))
    with duckdb.connect(str(older)) as release:
        release.execute("delete from findings where area_code = 'kaakkuri'")
    return folder


@pytest.fixture
def folder(with_two, tmp_path, monkeypatch):
    monkeypatch.setenv(PASSWORD, SECRETS[0])
    monkeypatch.setenv(SECRET, SECRETS[1])
    copy = tmp_path / "copy"
    (copy / "data").mkdir(parents=True)
    (copy / "data" / "releases").symlink_to(with_two / "data" / "releases")
    return copy


def declare(folder, *rules, mail=""):
    told = "\n".join([f"mail: {mail}" if mail else "", "tell:", *(f"  - {one}" for one in rules)])
    (folder / "data" / "notices.yaml").write_text(f"# notices\n{told}\n", encoding="utf-8")


def hooked(server, kinds=ALL, more=""):
    return f"{{webhook: 'http://127.0.0.1:{server.server_port}/', kinds: {kinds}{more}}}"


def bodies(server):
    return [json.loads(body) for _, body in server.letters]


def refuse(folder, *faults):
    write_last_build(folder, LastBuild("refused", datetime.now(UTC), 1.0, faults))


def test_each_thing_is_told_once_and_again_only_when_it_comes_back(folder):
    with letterbox.webhook() as server:
        declare(folder, hooked(server))
        refuse(folder, "audit_failed")
        assert notify(folder, LATER) == []
        kinds = [one["kind"] for one in bodies(server)]
        assert kinds == ["refused_build", "overdue_extract", "new_signal"]

        assert notify(folder, LATER) == []
        assert len(server.letters) == 3
        write_last_build(folder, LastBuild("published", datetime.now(UTC), 1.0))
        notify(folder, LATER)
        refuse(folder, "audit_failed")
        notify(folder, LATER)
        assert [one["kind"] for one in bodies(server)][3:] == ["refused_build"]
    assert "127.0.0.1" not in (folder / FILE).read_text(encoding="utf-8")


def test_only_signals_that_the_release_before_did_not_have_are_news(folder):
    with letterbox.webhook() as server:
        declare(folder, hooked(server, "[new_signal]"))
        notify(folder)

    (told,) = bodies(server)
    signals = [one for one in items_now(folder, date.today()).values() if one.kind == "new_signal"]
    assert {one.area_code for one in signals} > {"kaakkuri"}
    assert {one.partition(",")[0] for one in told["lines"]} == {"Kaakkuri"}


def test_who_is_told_of_some_areas_hears_of_no_other(folder):
    with letterbox.webhook() as server:
        declare(folder, hooked(server, "[new_signal]", ", areas: [tuira]"))
        notify(folder)

    assert server.letters == []


def test_a_notice_has_words_names_and_days_and_no_figure_of_the_release(folder):
    with letterbox.webhook() as server:
        declare(folder, *(hooked(server, ALL, f", language: {one}") for one in LANGUAGES))
        refuse(folder, "check_failed")
        notify(folder, LATER)
        told = bodies(server)

    days = r"\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\s\w+\s\d{4}"
    items = items_now(folder, LATER).values()
    for lang in LANGUAGES:
        lines = [line for one in told if one["language"] == lang for line in one["lines"]]
        names = sorted({one.about[lang] for one in items if one.about}, key=len, reverse=True)
        plain = "|".join([*map(re.escape, names), days])
        assert len(lines) > 3
        assert [one for one in lines if re.search(r"\d", re.sub(plain, "", one))] == []


def test_a_webhook_carries_a_signature_that_its_receiver_can_check(folder):
    with letterbox.webhook() as server:
        declare(folder, hooked(server, "[new_signal]"))
        notify(folder)

    ((headers, body),) = server.letters
    told = dict(one.split("=") for one in headers[SIGNATURE].split(","))
    signed = f"{told['t']}.".encode() + body
    assert told["v1"] == hmac.new(SECRETS[1].encode(), signed, hashlib.sha256).hexdigest()
    assert int(told["t"]) == json.loads(body)["sent_at"]
    assert SECRETS[1].encode() not in body


def test_a_letter_goes_in_secret_with_the_password_of_the_environment(folder, monkeypatch):
    certificate = letterbox.write_certificate(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    (folder / "password").write_text("of a file\n", encoding="utf-8")
    monkeypatch.setenv(IN_FILE[PASSWORD], str(folder / "password"))
    with letterbox.smtp(certificate, "of a file") as server:
        port = server.server_address[1]
        mail = f"{{server: 127.0.0.1, port: {port}, from: room@example.org, user: room}}"
        rule = "{email: steward@example.org, kinds: [overdue_extract], language: en}"
        declare(folder, rule, mail=mail)
        assert notify(folder, LATER) == []

    ((to, letter),) = server.letters
    assert to == "TO:<steward@example.org>"
    assert letter["subject"].endswith(": A delivery is late")
    assert letter["auto-submitted"] == "auto-generated"
    assert "should have come by" in letter.get_content()


def test_a_server_that_is_not_believed_gets_no_letter(folder):
    certificate = letterbox.write_certificate(folder)
    with letterbox.smtp(certificate, SECRETS[0]) as server:
        port = server.server_address[1]
        mail = f"{{server: 127.0.0.1, port: {port}, from: a@example.org, user: room}}"
        declare(folder, "{email: b@example.org, kinds: [overdue_extract]}", mail=mail)
        (fault,) = notify(folder, LATER)

    assert fault.values == {"problem": "SSLCertVerificationError"}
    assert server.letters == []


@pytest.mark.parametrize(("answer", "problem"), [(500, "HTTP 500"), (302, "HTTP 302")])
def test_what_did_not_arrive_is_told_in_one_line_and_tried_again(folder, answer, problem):
    refuse(folder, "audit_failed")
    with letterbox.webhook(answer) as server:
        declare(folder, hooked(server, "[refused_build]"))
        for _ in "ab":
            (fault,) = notify(folder)
            assert fault.values == {"problem": problem}
            assert all(problem in fault_line(fault, one) for one in LANGUAGES)
        assert len(server.letters) == 2
        server.answer = 204
        assert notify(folder) == []
        assert len(server.letters) == 3


def test_a_refused_build_tells_it_and_a_dead_server_changes_nothing(tmp_path):
    folder = tmp_path / "instance"
    (folder / "data").mkdir(parents=True)
    declare(folder, "{webhook: 'http://127.0.0.1:9/', kinds: [refused_build]}")
    done = CliRunner().invoke(app, ["--lang", "en", "build", str(folder)])

    assert done.exit_code == 1
    lines = [one for one in done.stderr.splitlines() if "notice" in one]
    assert lines == ["A notice did not arrive (URLError). It is tried again the next time."]


@pytest.mark.parametrize(
    ("told", "key", "line"),
    [
        ("tell: [{kinds: [new_signal]}]", "notices_one_way", 1),
        ("tell:\n  - {webhook: 'http://a.example.org', kinds: [new_signal]}", "notices_https", 2),
        ("tell:\n  - {webhook: 'https://[', kinds: [new_signal]}", "notices_https", 2),
        ("tell: [{email: a@example.org, kinds: [new_signal]}]", "notices_no_mail", 1),
        ("tell: [{webhook: 'https://a', kinds: []}]", "wrong_value", 1),
        ("\nmail: {server: a.example.org, from: a@b, encryption: none}", "notices_unencrypted", 2),
        ("mail: {server: a, from: a@b, password: x}", "unknown_key", 1),
        ("mail: {server: a, from: \"a@b\\nBcc: c@d\"}", "wrong_form", 1),
    ],
)  # fmt: skip
def test_a_fault_of_the_declaration_is_told_with_its_line(tmp_path, told, key, line):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "notices.yaml").write_text(told + "\n", encoding="utf-8")
    with pytest.raises(RegistryError) as refused:
        read_notices(tmp_path)

    (fault,) = refused.value.faults
    assert (fault.key, fault.line) == (key, line)
    assert all(fault_line(fault, one) for one in LANGUAGES)


def test_an_area_that_there_is_not_is_a_fault(folder):
    declare(folder, "{webhook: 'https://a', kinds: [new_signal], areas: [tuira, nowhere]}")

    assert [one.values for one in notices_faults(folder, {"tuira"})] == [{"area": "nowhere"}]
    assert notices_faults(folder) == []
