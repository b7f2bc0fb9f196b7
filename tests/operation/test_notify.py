"""Mail: one digest per recipient and day, only to those concerned, nothing restricted, sent once whatever breaks."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.backup.home import back_up, unpack_home
from pipelines.operation import notify as notify_module
from pipelines.operation.failures import Failure, note_failure
from pipelines.operation.freshness import ask_health
from pipelines.operation.mail_settings import MailSettings, MailSettingsInvalid
from pipelines.operation.notify import Notified, notify
from pipelines.operation.sent import MAILED, note_restored
from pipelines.reference.faults import ReferenceFaults
from pipelines.settings import Settings
from tests.operation.conftest import LAST_NIGHT, MORNING, SECRETS, write_published, write_recipients
from tests.operation.post_office import PostOffice

OPERATOR = "van-hanh@moha.example,failures,all,vi"
MINISTRY = "vu-cqdp@moha.example,both,all,en"
HA_NOI = "so-noi-vu@hanoi.example,late,01,vi"
CAO_BANG_AND_LAI_CHAU = "lien-tinh@example.vn,late,04|12,vi"
LAI_CHAU = "so-noi-vu@laichau.example,late,12,vi"
FAILED = Failure("9f2c0d11-aaaa", datetime.datetime(2026, 2, 23, 1, 31), "models", "GrainBroken")


def later(moment: datetime.datetime, **delta: float) -> datetime.datetime:
    return moment + datetime.timedelta(**delta)


pytestmark = pytest.mark.usefixtures("fresh")


@pytest.fixture
def everybody(home: Path) -> None:
    write_recipients(home, OPERATOR, MINISTRY, HA_NOI, CAO_BANG_AND_LAI_CHAU, LAI_CHAU)


def received_by(office: PostOffice) -> dict[str, str]:
    return {received.to: received.text for received in office.received}


def test_everybody_gets_what_concerns_them_and_nothing_else(
    everybody: None, settings: Settings, post_office: PostOffice
) -> None:
    note_failure(settings.folders().operation, FAILED)

    done = notify(settings, post_office.settings(), MORNING)

    mails = received_by(post_office)
    assert done.sent == len(mails) == 4
    assert "so-noi-vu@laichau.example" not in mails, "its report came in time; that of last summer is too old to name"
    operator = mails["van-hanh@moha.example"]
    assert "Tiến Độ: 1 lần chạy không thành công (23/02/2026)" in operator
    assert (
        "Lần chạy 9f2c0d11 lúc 01:31 ngày 23/02/2026 không thành công ở bước “tính số liệu” (GrainBroken)." in operator
    )
    assert "Hà Nội" not in operator
    ha_noi = mails["so-noi-vu@hanoi.example"]
    assert (
        "Thành phố Hà Nội: báo cáo số liệu đến ngày 13/02/2026, hạn gửi hết ngày 18/02/2026, chậm 5 ngày "
        "– chưa nhận được." in ha_noi
    )
    assert "Cao Bằng" not in ha_noi and "không thành công" not in ha_noi
    assert "đã nhận tệp, chưa có giá trị nào dùng được" in mails["lien-tinh@example.vn"]
    ministry = mails["vu-cqdp@moha.example"]
    assert "failed runs: 1; provinces without a report: 2 (23/02/2026)" in ministry
    assert "Thành phố Hà Nội" in ministry and "Tỉnh Cao Bằng" in ministry


def test_the_mail_is_encrypted_signed_in_and_has_text_and_html_with_the_same_lines(
    everybody: None, settings: Settings, post_office: PostOffice
) -> None:
    notify(settings, post_office.settings(), MORNING)
    assert {(received.is_encrypted, received.user) for received in post_office.received} == {(True, "tien-do")}
    for received in post_office.received:
        plain, html = received.mail.get_body(("plain",)), received.mail.get_body(("html",))
        assert plain is not None and html is not None
        lines = [line.removeprefix("- ") for line in plain.get_content().splitlines() if line]
        assert all(line in html.get_content() for line in lines)
        assert received.mail["Auto-Submitted"] == "auto-generated"


def test_no_restricted_value_and_no_restricted_label_is_in_any_mail(
    everybody: None, settings: Settings, post_office: PostOffice
) -> None:
    note_failure(settings.folders().operation, FAILED)
    notify(settings, post_office.settings(), MORNING)
    assert post_office.received
    for received in post_office.received:
        # What divides the parts of a mail is drawn by chance, of digits.
        sent = bytes(received.mail).replace(str(received.mail.get_boundary()).encode(), b"")
        assert not [secret for secret in SECRETS if secret in received.text or secret.encode() in sent]


def test_without_the_lowest_file_nothing_is_told_about_provinces(
    everybody: None, home: Path, settings: Settings, post_office: PostOffice
) -> None:
    (home / "published" / "000007" / "public.duckdb").unlink()
    assert notify(settings, post_office.settings(), MORNING).waits_for == "nothing_to_say"
    assert post_office.received == []


def test_simulated_figures_are_marked(everybody: None, home: Path, settings: Settings, post_office: PostOffice) -> None:
    import duckdb

    with duckdb.connect(str(home / "published" / "000007" / "public.duckdb")) as connection:
        connection.execute("UPDATE reference.run SET origin_mix = 'published|simulated'")
    notify(settings, post_office.settings(), MORNING)
    for text in received_by(post_office).values():
        assert "DỮ LIỆU MÔ PHỎNG – không dùng cho báo cáo." in text or "SIMULATED DATA" in text


def test_one_mail_a_day(everybody: None, settings: Settings, post_office: PostOffice) -> None:
    mail = post_office.settings()
    assert notify(settings, mail, MORNING).sent == 3
    assert notify(settings, mail, later(MORNING, hours=3)).waits_for == "nothing_to_say"
    note_failure(settings.folders().operation, Failure("r2", later(MORNING, hours=4), "", "DiskFull"))
    # Who had no mail yet today hears of it at once, the others tomorrow.
    assert notify(settings, mail, later(MORNING, hours=5)).sent == 1
    assert [received.to for received in post_office.received[3:]] == ["van-hanh@moha.example"]


def test_a_failure_is_told_once(home: Path, settings: Settings, post_office: PostOffice) -> None:
    write_recipients(home, OPERATOR)
    note_failure(settings.folders().operation, FAILED)
    note_failure(settings.folders().operation, FAILED)
    mail = post_office.settings()
    assert notify(settings, mail, MORNING).sent == 1
    assert notify(settings, mail, later(MORNING, days=1)).waits_for == "nothing_to_say"


@pytest.mark.parametrize("clock", ["20:00", "23:59", "00:10", "06:29"])
def test_in_quiet_hours_mail_waits(everybody: None, settings: Settings, post_office: PostOffice, clock: str) -> None:
    at = datetime.datetime.combine(MORNING.date(), datetime.time.fromisoformat(clock))
    assert notify(settings, post_office.settings(), at).waits_for == "quiet_hours"
    assert post_office.received == []


def test_before_eight_the_digest_waits_for_the_night_and_after_eight_it_says_that_it_is_missing(
    home: Path, settings: Settings, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notify_module, "ask_health", ask_health)
    monkeypatch.setenv("TIENDO_LEAST_FREE_BYTES", "0")
    write_recipients(home, OPERATOR)
    write_published(home / "published" / "000007" / "public.duckdb", known_at=later(LAST_NIGHT, days=-1))
    mail = post_office.settings()
    assert notify(settings, mail, later(MORNING, hours=-1)).waits_for == "night_is_awaited"
    assert notify(settings, mail, MORNING).sent == 1
    (text,) = received_by(post_office).values()
    assert "Tiến Độ: số liệu chưa được cập nhật (23/02/2026)" in text
    assert "lần chạy của ngày 23/02/2026 chưa công bố trước 08:00" in text


def test_a_refused_mail_is_tried_again_and_the_others_are_not_sent_twice(
    home: Path, settings: Settings, post_office: PostOffice
) -> None:
    write_recipients(home, HA_NOI, CAO_BANG_AND_LAI_CHAU)
    post_office.answers = ["451 try later"]
    first = notify(settings, post_office.settings(), MORNING)
    assert (first.sent, first.refused) == (1, 1)
    assert notify(settings, post_office.settings(), later(MORNING, minutes=10)).sent == 1
    assert sorted(received_by(post_office)) == ["lien-tinh@example.vn", "so-noi-vu@hanoi.example"]


def test_a_mail_that_is_always_refused_is_given_up_for_the_day(
    home: Path, settings: Settings, post_office: PostOffice
) -> None:
    write_recipients(home, HA_NOI)
    post_office.answers = ["550 no such mailbox"] * 50
    tried = [notify(settings, post_office.settings(), later(MORNING, minutes=10 * n)).refused for n in range(10)]
    assert sum(tried) == 6


def test_where_nobody_knows_whether_it_was_sent_it_is_sent_once_more_under_the_same_name(
    home: Path, settings: Settings, post_office: PostOffice
) -> None:
    write_recipients(home, HA_NOI)
    post_office.answers = ["hang_up", "hang_up", "hang_up"]
    tries = [notify(settings, post_office.settings(), later(MORNING, minutes=10 * n)) for n in range(4)]
    assert [tried.unknown for tried in tries] == [1, 1, 0, 0]
    assert tries[2].waits_for == "nobody_left"
    assert len({received.mail["Message-ID"] for received in post_office.received}) == 1
    assert len(post_office.received) == 2


class PowerCut(BaseException):
    """The process is gone."""


def test_dying_between_sending_and_noting_sends_at_most_once_more(
    home: Path, settings: Settings, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_recipients(home, HA_NOI)
    really = notify_module.hand_over

    def sends_and_dies(*given: Any) -> None:
        really(*given)
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(notify_module, "hand_over", sends_and_dies)
        with pytest.raises(PowerCut):
            notify(settings, post_office.settings(), MORNING)
    states = [json.loads(line)["state"] for line in (settings.folders().operation / MAILED).open(encoding="utf-8")]
    assert states == ["begun"]
    assert [notify(settings, post_office.settings(), later(MORNING, minutes=n)).sent for n in (10, 20)] == [1, 0]
    assert len(post_office.received) == 2
    assert len({received.mail["Message-ID"] for received in post_office.received}) == 1


@pytest.mark.parametrize("is_in_backup", [True, False])
def test_a_restored_home_mails_nothing_twice_and_goes_on_the_next_day(
    home: Path, tmp_path: Path, settings: Settings, post_office: PostOffice, is_in_backup: bool
) -> None:
    """A backup from before the digest does not know of it: then nobody gets another one on the day of the restore."""
    write_recipients(home, OPERATOR, HA_NOI)
    note_failure(settings.folders().operation, FAILED)
    mail, restored = post_office.settings(), Settings(home=tmp_path / "restored")
    if is_in_backup:
        notify(settings, mail, MORNING)
    backup, _ = back_up(settings.folders(), tmp_path / "backup.tar.gz", MORNING, None)
    if not is_in_backup:
        notify(settings, mail, MORNING)
    unpack_home(backup, restored.folders())
    note_restored(restored.folders().operation, later(MORNING, hours=3))
    assert len(post_office.received) == 2
    assert notify(restored, mail, later(MORNING, hours=4)).waits_for == "nobody_left"
    notify(restored, mail, later(MORNING, days=1))
    assert [received.to for received in post_office.received[2:]] == ["so-noi-vu@hanoi.example"], "a late report, daily"
    note_failure(restored.folders().operation, Failure("r3", later(MORNING, days=2), "", "DiskFull"))
    notify(restored, mail, later(MORNING, days=2, hours=1))
    assert "r3" in post_office.received[3].text


def test_a_line_cut_off_by_a_power_cut_spoils_no_other(home: Path, settings: Settings, post_office: PostOffice) -> None:
    write_recipients(home, HA_NOI)
    state = settings.folders().operation / MAILED
    state.parent.mkdir()
    state.write_text('{"at": "2026-02-23T08:00:00", "day": "2026-0', encoding="utf-8")
    assert notify(settings, post_office.settings(), MORNING).sent == 1
    assert notify(settings, post_office.settings(), MORNING).waits_for == "nobody_left"


def test_no_server_costs_nothing_but_time(everybody: None, settings: Settings, post_office: PostOffice) -> None:
    unreachable = post_office.settings(smtp_port=1)
    assert notify(settings, unreachable, MORNING).waits_for == "no_server"
    assert notify(settings, post_office.settings(smtp_password="wrong"), MORNING).waits_for == "no_server"
    assert notify(settings, post_office.settings(smtp_ca_file=None), MORNING).waits_for == "no_server"
    assert post_office.received == [] and not (settings.folders().operation / MAILED).exists()
    assert notify(settings, post_office.settings(), MORNING).sent == 3


def test_a_dry_run_sends_nothing_and_needs_no_server(everybody: None, settings: Settings) -> None:
    done = notify(settings, MailSettings(), later(MORNING, hours=14), is_dry_run=True)
    assert isinstance(done, Notified) and len(done.letters) == 3
    assert not (settings.folders().operation / MAILED).exists()


def test_without_a_server_nothing_is_asked_for(everybody: None, settings: Settings) -> None:
    assert notify(settings, MailSettings(), MORNING).waits_for == "not_configured"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("a@b.vn,late,99,vi", "mã tỉnh hoặc all"),
        ("a@b.vn,late,,vi", "mã tỉnh hoặc all"),
        ("Sở Nội vụ <a@b.vn>,late,01,vi", "một địa chỉ thư"),
        ('"a@b.vn\nBcc: c@d.vn",late,01,vi', "một địa chỉ thư"),
        ("a@b.vn,everything,01,vi", "failures, late, both"),
        ("SO-NOI-VU@hanoi.example,late,01,vi", "mỗi địa chỉ một dòng"),
    ],
)
def test_a_wrong_row_of_recipients_is_named(
    home: Path, settings: Settings, post_office: PostOffice, row: str, expected: str
) -> None:
    write_recipients(home, HA_NOI, row)
    with pytest.raises(ReferenceFaults) as caught:
        notify(settings, post_office.settings(), MORNING)
    assert expected in caught.value.faults[0].expected
    assert post_office.received == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"smtp_security": "none", "smtp_host": "mail.example.vn"}, "clear text"),
        ({"mail_from": ""}, "TIENDO_MAIL_FROM"),
        ({"smtp_password": "mật khẩu"}, "ASCII"),
        ({"smtp_password_file": Path("/nowhere")}, "cannot be read"),
    ],
)
def test_settings_that_would_give_something_away_are_refused(
    everybody: None, settings: Settings, post_office: PostOffice, given: dict[str, Any], expected: str
) -> None:
    with pytest.raises(MailSettingsInvalid, match=expected):
        notify(settings, post_office.settings(**given), MORNING)


def test_a_password_file_is_for_its_owner_alone(tmp_path: Path, post_office: PostOffice) -> None:
    secret = tmp_path / "password"
    secret.write_text("a long password\n", encoding="utf-8")
    secret.chmod(0o640)
    settings = post_office.settings(smtp_password="", smtp_password_file=secret)
    with pytest.raises(MailSettingsInvalid, match="chmod 600"):
        settings.check()
    secret.chmod(0o600)
    assert settings.password() == "a long password"
