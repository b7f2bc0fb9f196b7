"""Signing in at a provider, as each role; and the proof that nothing military reaches a browser without the role.

The provider is `oidc-provider-mock` on this machine; the dashboard is the real one, with a published version whose
military figures, labels and file names can't be mistaken for others.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard.access import ROLES
from dashboard.access_matrix import readers
from dashboard.pages import PAGES, open_to
from dashboard.sign_in_settings import PREFIX
from pipelines.clearance import LOWER
from pipelines.publish.lower import write_lower
from tests.browser.conftest import ROOT, free_port, wait_for
from tests.browser.screens import COMPLETE
from tests.browser.traffic import Traffic
from tests.dashboard.published_database import REFERENCE, TODAY, give

pytestmark = pytest.mark.browser

PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
PLANTED = 7_654_321
SECRET_FILE = "danh-sach-chi-huy-truong.xlsx"
# An Giang's newest file in the test database.
NEWEST = "91-20260225-2"
SHORT_SESSION_SECONDS = 8
SETTLING_MS = 1000
USERS = [
    *({"sub": role, "name": f"Người dùng {role}", "roles": [role]} for role in ROLES),
    {"sub": "no-role", "name": "Trần Văn Bình", "roles": ["intern"]},
]
PLACEHOLDER = "[data-testid=stSkeleton], [data-testid=stAppSkeleton]"
DRAWN = "() => !!document.querySelector('.st-key-sign_in, .td-footer')"


@dataclass(frozen=True)
class Site:
    """A dashboard where readers sign in, and its home."""

    address: str
    home: Path


def plant(factory: pytest.TempPathFactory, home: Path) -> None:
    """A published version whose military figures are all one number, from a file of its own; then the lower files."""
    path = give(factory, home, "normal")
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "INSERT INTO facts.submissions SELECT * REPLACE ('91-secret' AS submission_id, ? AS file_name) "
            "FROM facts.submissions WHERE province_code = '91' ORDER BY received_at DESC LIMIT 1",
            [SECRET_FILE],
        )
        connection.execute(
            "UPDATE facts.current_observations SET value = ?, submission_id = '91-secret' "
            "WHERE indicator LIKE 'military%' AND province_code = '91'",
            [PLANTED],
        )
        for table in ("national_progress", "province_progress", "commune_progress"):
            connection.execute(f"UPDATE marts.{table} SET value = ? WHERE indicator LIKE 'military%'", [PLANTED])
        connection.execute("UPDATE marts.military_positions SET filled = ?", [PLANTED])
    for clearance in LOWER:
        write_lower(path, path.with_name(f"{clearance}.duckdb"), clearance)


def military_words() -> list[str]:
    """What the indicators, the sheet and the file are called."""
    rows = duckdb.sql(
        f"SELECT indicator, name_vi, name_en FROM read_csv('{REFERENCE}/indicators.csv', header = true) "
        "WHERE sensitivity = 'restricted'"
    ).fetchall()
    names = [name for row in rows for name in row]
    assert len(names) == 24
    return [*names, "quân sự", "chỉ huy trưởng", "chính trị viên", "military command", SECRET_FILE, "chi-huy-truong"]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider with one user per role."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "oidc-provider-mock"), "-p", str(port), "-H", "localhost"]
    claims = [{**user, **({"province_code": "91"} if user["sub"] == "provincial" else {})} for user in USERS]
    command += [part for each in claims for part in ("--user-claims", json.dumps(each))]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"http://localhost:{port}"
    server.terminate()
    server.wait(timeout=20)


def serve(home: Path, provider: str, **settings: str) -> tuple[subprocess.Popen[bytes], str]:
    """The dashboard with its settings in the environment, its secrets in files."""
    port = free_port()
    address = f"http://localhost:{port}"
    for name in ("client", "cookie"):
        (home / name).write_text(f"{name}-secret-0123456789abcdef0123456789abcdef")
        (home / name).chmod(0o600)
    environment = {
        **os.environ,
        "TIENDO_HOME": str(home),
        "TIENDO_TODAY": TODAY,
        "PYTHONPATH": str(ROOT),
        "AUTHLIB_INSECURE_TRANSPORT": "1",
        f"{PREFIX}METADATA_URL": f"{provider}/.well-known/openid-configuration",
        f"{PREFIX}CLIENT_ID": "tien-do",
        f"{PREFIX}CLIENT_SECRET_FILE": str(home / "client"),
        f"{PREFIX}COOKIE_SECRET_FILE": str(home / "cookie"),
        f"{PREFIX}REDIRECT_URI": f"{address}/oauth2callback",
        f"{PREFIX}CONTACT": "Văn phòng Bộ, điện thoại 024 3900 0000",
        **settings,
    }
    command = [sys.executable, "-m", "dashboard", "--host", "127.0.0.1", "--port", str(port)]
    return subprocess.Popen([*command, "--log-level", "warning"], cwd=home, env=environment), address


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, provider: str) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("signed-in")
    plant(tmp_path_factory, home)
    (home / "outbox").mkdir()
    (home / "outbox" / f"{NEWEST}-bien-nhan.html").write_text("<p>Biên nhận của An Giang</p>")
    server, address = serve(home, provider)
    try:
        wait_for(address)
        yield Site(address, home)
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    own = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="vi-VN", accept_downloads=True)
    own.set_default_timeout(PATIENCE)
    # The provider's own page asks a server elsewhere for its looks.
    own.route("https://**", lambda route: route.abort())
    yield own
    own.close()


def sign_in(context: BrowserContext, address: str, user: str, wanted: str = "") -> Page:
    """A page of somebody who has signed in, on his way to the path that he wanted."""
    page = context.new_page()
    page.goto(f"{address}/{wanted}")
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name=user, exact=True).click()
    page.wait_for_url(f"{address}/**", wait_until="commit")
    page.wait_for_function(DRAWN)
    # A browser with rules for requests keeps nothing, and would fetch Streamlit's scripts again with every page.
    context.unroute_all()
    return page


def visit(page: Page, address: str, path: str, *traffic: Traffic) -> None:
    """Opens a page, waits until all of it is drawn, and takes what it was sent."""
    page.goto(f"{address}/{path}")
    page.wait_for_function(COMPLETE)
    # An element whose script is still on its way stands as an empty box; on a busy machine that lasts.
    page.wait_for_load_state("networkidle")
    page.wait_for_function(f"() => !document.querySelector('{PLACEHOLDER}')")
    page.wait_for_timeout(SETTLING_MS)
    page.wait_for_function(COMPLETE)
    for each in traffic:
        each.collect()


def take_every_file(page: Page, traffic: Traffic) -> int:
    """Presses every button that gives a file; the tables in a workbook are those of the CSV beside it."""
    buttons = page.get_by_test_id("stDownloadButton").get_by_role("button").filter(visible=True)
    labels = [text for text in buttons.all_inner_texts() if "Excel" not in text or "mọi bảng" in text]
    for place, text in enumerate(buttons.all_inner_texts()):
        if text in labels:
            with page.expect_download() as given:
                buttons.nth(place).click()
            traffic.keep(given.value)
    return len(labels)


def status(context: BrowserContext, address: str) -> int:
    return context.request.get(address).status


@pytest.mark.parametrize("role", ROLES)
def test_each_role_signs_in_and_finds_its_pages(context: BrowserContext, site: Site, role: str) -> None:
    page = sign_in(context, site.address, role)
    page.wait_for_function(COMPLETE)
    allowed = open_to(readers()[role])
    shown = page.locator("[data-testid=stTopNavSection], [data-testid=stTopNavLink]").all_inner_texts()
    groups = {screen.group or screen.title for screen in allowed.values()}
    # One page alone needs no menu.
    assert {text.strip().split("\n")[-1] for text in shown} >= (groups if len(allowed) > 1 else set())
    page.get_by_role("button", name=f"Người dùng {role}").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    if role == "provincial":
        expect(page.locator("h1")).to_contain_text("Báo cáo của tỉnh An Giang")
        with page.expect_download() as given:
            page.get_by_role("button", name="Tải biên nhận").click()
        assert given.value.suggested_filename == f"{NEWEST}-bien-nhan.html"


def test_a_link_leads_to_its_page_after_the_sign_in(context: BrowserContext, site: Site) -> None:
    wanted = "tinh?tinh=91"
    page = sign_in(context, site.address, "viewer", wanted)
    page.wait_for_function(COMPLETE)
    expect(page.locator(".td-lead").first).to_contain_text("An Giang")
    assert page.url == f"{site.address}/{wanted}"
    page.goto(site.address)
    page.wait_for_function(COMPLETE)
    assert page.url == f"{site.address}/", "the way back is used once"


@pytest.mark.parametrize(
    "kept",
    [
        '{"path": "//elsewhere.example/tinh", "at": NOW}',
        '{"path": "/\\\\elsewhere.example/tinh", "at": NOW}',
        '{"path": "https://elsewhere.example/tinh", "at": NOW}',
        '{"path": "javascript:alert(1)", "at": NOW}',
        '{"path": ["/tinh"], "at": NOW}',
        '{"path": "/tinh", "at": 0}',
        "/tinh",
    ],
)
def test_the_way_back_leads_nowhere_else(context: BrowserContext, site: Site, kept: str) -> None:
    page = context.new_page()
    page.goto(f"{site.address}/tinh")
    page.evaluate("kept => sessionStorage.setItem('td-wanted', kept.replace('NOW', Date.now()))", kept)
    page.goto(site.address)
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert page.url == f"{site.address}/"


def test_whoever_is_not_signed_in_or_has_no_role_gets_words_and_nothing_else(
    context: BrowserContext, site: Site
) -> None:
    page = context.new_page()
    traffic = Traffic(page)
    for path in ("", "quan-su", "tinh?tinh=91", "bao-cao-cua-tinh"):
        page.goto(f"{site.address}/{path}")
        expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
        traffic.collect()
    signed_in = sign_in(context, site.address, "no-role")
    expect(signed_in.get_by_role("heading", name="Chưa được giao quyền")).to_be_visible()
    expect(signed_in.get_by_text("024 3900 0000")).to_be_visible()
    assert traffic.found([*military_words(), "Lạng Sơn", "3.195"], PLANTED) == set()


def test_nothing_military_reaches_a_browser_without_the_role(
    browser: Browser, context: BrowserContext, site: Site
) -> None:
    words = military_words()
    page = sign_in(context, site.address, "analyst")
    traffic = Traffic(page)
    taken = 0
    for name, screen in open_to(readers()["analyst"]).items():
        visit(page, site.address, "" if name == "overview" else screen.path, traffic)
        if name == "sql":
            page.get_by_label("Câu truy vấn SQL").fill("SELECT * FROM facts.submissions ORDER BY received_at DESC")
            page.get_by_role("button", name="Chạy", exact=True).click()
            expect(page.get_by_test_id("stDataFrame")).to_be_visible(timeout=PATIENCE)
        taken += take_every_file(page, traffic)
        traffic.collect()
    visit(page, site.address, "?lang=en", traffic)
    visit(page, site.address, "tinh?tinh=91&xa=30292", traffic)
    for path in ("quan-su", "nhat-ky", "bao-cao-cua-tinh", "quan-su?lang=en"):
        page.goto(f"{site.address}/{path}")
        page.wait_for_function(DRAWN)
        page.wait_for_timeout(SETTLING_MS)
        traffic.collect()
    assert taken > 20
    assert len(traffic.frames) > 500
    assert len(traffic.files) > 15
    assert traffic.found(words, PLANTED) == set()

    # The same search finds it where it may be: otherwise it would have proved nothing.
    with_role = browser.new_context(accept_downloads=True, locale="vi-VN")
    with_role.route("https://**", lambda route: route.abort())
    other = sign_in(with_role, site.address, "military")
    seen = Traffic(other)
    # Streamlit forgets a file some time after its page was left, so the page with the exports comes last.
    for name in ("province", "reports", "brief", "military"):
        visit(other, site.address, PAGES[name].path + ("?tinh=91" if name == "province" else ""), seen)
        take_every_file(other, seen)
    found = seen.found(words, PLANTED)
    assert {str(PLANTED), SECRET_FILE, "quân sự", "chỉ huy trưởng"} <= found
    exports = [address for name, address in seen.file_addresses.items() if name.startswith("quan-su-theo-tinh")]
    assert exports
    for address in exports:
        assert status(with_role, address) == 200
        assert status(context, address) == 404
        assert status(browser.new_context(), address) == 404
    with_role.close()


def test_a_link_is_dead_once_its_reader_has_signed_out(context: BrowserContext, site: Site) -> None:
    page = sign_in(context, site.address, "military")
    traffic = Traffic(page)
    visit(page, site.address, "quan-su")
    expect(page.get_by_test_id("stDownloadButton").first).to_be_visible()
    assert take_every_file(page, traffic)
    address = next(iter(traffic.file_addresses.values()))
    kept = context.cookies()
    assert status(context, address) == 200
    page.get_by_role("button", name="Người dùng military").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert status(context, address) == 404
    context.add_cookies(kept)
    assert status(context, address) == 404
    page.goto(f"{site.address}/quan-su")
    expect(page.get_by_text("Phiên đăng nhập đã hết hạn hoặc đã kết thúc")).to_be_visible()


def test_measurements_and_uploads_need_a_role(context: BrowserContext, site: Site) -> None:
    assert status(context, f"{site.address}/_stcore/metrics") == 403
    assert context.request.put(f"{site.address}/_stcore/upload_file/a/b").status == 403
    sign_in(context, site.address, "steward")
    assert status(context, f"{site.address}/_stcore/metrics") == 200


def test_a_session_ends_with_its_token(context: BrowserContext, tmp_path: Path, site: Site) -> None:
    port = free_port()
    command = [str(Path(sys.executable).parent / "oidc-provider-mock"), "-p", str(port), "-H", "localhost"]
    command += ["--token-max-age", str(SHORT_SESSION_SECONDS), "--user-claims", json.dumps(USERS[1])]
    provider = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server, address = serve(site.home, f"http://localhost:{port}")
    try:
        wait_for(address)
        page = sign_in(context, address, "analyst")
        page.wait_for_function(COMPLETE)
        cookie = next(each for each in context.cookies() if each["name"] == "_streamlit_user")
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Lax"
        page.wait_for_timeout(SHORT_SESSION_SECONDS * 1000)
        # The search is drawn alone, not with its page.
        page.get_by_role("button", name="Tìm xã, phường").click()
        page.get_by_role("textbox").fill("tan an")
        expect(page.get_by_text("Phiên đăng nhập đã hết hạn hoặc đã kết thúc")).to_be_visible()
        expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    finally:
        for process in (server, provider):
            process.terminate()
            process.wait(timeout=20)
