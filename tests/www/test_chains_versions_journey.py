"""A chain gets a new node: drawn in tables and text by one person, published by another."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from openzone.zone.chains.models import ChainDraft, ChainRelease, Placement
from openzone.zone.chains.selectors.versions import chain_on
from openzone.zone.chains.services.placing import place
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.services.enterprises import create_enterprise
from tests.factories import TESTS
from tests.www.looking import Check, Login, Shot, fits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHAIN = "titanium"


def test_one_person_draws_a_new_version_and_another_publishes_it(
    browser_page: Page,
    live_server: object,
    committee: Unit,
    office: Unit,
    make_user: Callable[..., User],
    login_as: Login,
    shot: Shot,
    assert_accessible: Check,
) -> None:
    page, site, today = browser_page, str(live_server), timezone.localdate()
    writer = make_user("chain_writer", Role.HANDLER, office)
    leader = make_user("chain_leader", Role.LEADER, committee)
    firm = create_enterprise(actor=TESTS, name="示例海绵钛公司", synthetic=True)
    place(
        actor=TESTS, user=writer, enterprise=firm, parts={(CHAIN, "sponge"): Decimal(1)},
        valid_from=today, now=timezone.now(),
    )  # fmt: skip

    login_as(page, writer)
    page.goto(site + reverse("chain_history", args=[CHAIN]))
    page.get_by_role("button", name="起草新版本").click()
    page.get_by_role("link", name="添加节点").click()
    page.get_by_label("编号").fill("recycled")
    page.get_by_label("中文名称").fill("再生钛")
    page.get_by_label("阶段").select_option("回收")
    page.get_by_label("关键词").fill("示例再生钛锭、钛屑再生")
    fits(page, shot, "chain-draft-node", assert_accessible)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("孤立节点")
    fits(page, shot, "chain-draft-faults", assert_accessible)
    page.locator("nav.tabs").get_by_role("link", name="边", exact=True).click()
    page.get_by_role("link", name="添加边").click()
    page.get_by_label("起点").select_option("recycled")
    page.get_by_label("终点").select_option("ingot")
    page.get_by_label("关系").select_option("return")
    page.get_by_role("button", name="保存").click()
    fits(page, shot, "chain-draft-edges", assert_accessible)

    page.locator("nav.tabs").get_by_role("link", name="节点", exact=True).click()
    page.get_by_role("link", name="海绵钛").click()
    page.get_by_label("编号").fill("sponge_titanium")
    page.get_by_role("button", name="保存").click()

    page.get_by_role("link", name="阶段与识别词").click()
    fits(page, shot, "chain-draft-parts", assert_accessible)
    page.get_by_role("link", name="文件", exact=True).click()
    text = page.get_by_label("产业链文件")
    found = page.locator("#chain-found")
    expect(found).to_contain_text("没有问题")
    written = text.input_value()
    page.wait_for_load_state()  # what is typed before scripts are there is looked at later
    text.fill(written.replace("rel: return", "rel: retour", 1))
    expect(found).to_contain_text("关系“retour”未知")
    found.get_by_role("link").first.click()
    line = page.evaluate(
        "() => { const t = document.querySelector('#text');"
        " return t.value.slice(t.selectionStart, t.selectionEnd); }"
    )
    assert "retour" in line, "a fault leads to its line"
    fits(page, shot, "chain-draft-text", assert_accessible)
    text.fill(written)
    page.get_by_role("button", name="保存").click()

    page.get_by_role("link", name="对照与发布").click()
    main = page.locator("main")
    expect(main).to_contain_text("再生钛")
    expect(main).to_contain_text("示例海绵钛公司")
    page.locator("[name=note]").fill("增加再生钛环节")
    fits(page, shot, "chain-draft-compare", assert_accessible)
    page.get_by_role("button", name="送审").click()
    expect(main).to_contain_text("由服务中心、领导或管理员发布")
    expect(page.get_by_role("link", name="发布", exact=True)).to_have_count(0)
    draft = ChainDraft.objects.get()

    login_as(page, leader)
    page.goto(site + reverse("chain_versions"))
    fits(page, shot, "chain-versions", assert_accessible)
    page.goto(site + reverse("chain_draft_compare", args=[draft.pk]))
    page.get_by_role("link", name="发布", exact=True).click()
    page.get_by_role("button", name="发布", exact=True).click()
    expect(main).to_contain_text("已发布为第1版")
    fits(page, shot, "chain-history", assert_accessible)
    page.get_by_role("link", name="第1版").first.click()
    fits(page, shot, "chain-version", assert_accessible)

    assert ChainRelease.objects.get().approved_by == str(leader)
    assert "recycled" in chain_on(CHAIN, today).nodes
    nodes = Placement.objects.filter(enterprise=firm, withdrawn_at__isnull=True)
    assert [row.node for row in nodes] == ["sponge_titanium"]
