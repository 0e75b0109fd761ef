"""Task forces: setting up, groups, members and projects with their days, load per person."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.areas.project_work import of
from openzone.www.api.areas.reviews import desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import reviews as shapes
from openzone.www.api.values import Id
from openzone.www.forms import forces as page
from openzone.zone.reviews.models import ForceMember, ForceProject, TaskForce
from openzone.zone.reviews.permissions import may_list, may_manage, may_see_force, may_set_up
from openzone.zone.reviews.selectors.forces import loads
from openzone.zone.reviews.services import forces as services

__all__ = ["desk"]  # one router with the meetings


@desk.read("/forces", Text("专班列表", "List task forces"), shapes.ForcePart)
def forces(asked: Asked, ended: bool = False, after: After = 0, limit: Limit = 50) -> Any:
    """Task forces at work, the latest first; with `ended` those that ended as well."""
    require(may_list(asked.user, asked.on))
    rows = TaskForce.objects.select_related("lead_unit")
    return latest(rows if ended else rows.filter(ended_on=None), after, limit)


@desk.read("/forces/loads", Text("人员负荷", "Load per person"), list[shapes.LoadOut])
def load(asked: Asked) -> Any:
    """What each person carries in all task forces, the most laden first."""
    require(may_list(asked.user, asked.on))
    return loads(asked.on)


@desk.read("/forces/{pk}", Text("专班详情", "One task force"), shapes.ForceDetail)
def force(asked: Asked, pk: Id) -> Any:
    """A task force with its groups, people and projects."""
    found = _found(pk)
    require(may_see_force(asked.user, found, asked.on))
    return found


@desk.act("/forces", Text("组建专班", "Set up a task force"), page.ForceForm, shapes.ForceDetail,
          status=201)  # fmt: skip
def set_up(asked: Asked, sent: Sent) -> Any:
    """Set up a task force."""
    require(may_set_up(asked.user, asked.on))
    return services.set_up_force(**of(asked), **sent.given())


@desk.act("/forces/{pk}/groups", Text("设立工作组", "Add a working group"), page.GroupForm,
          shapes.ForceDetail)  # fmt: skip
def add_group(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Add a working group with its line of service."""
    found = _managed(asked, pk)
    services.add_group(**of(asked), force=found, **sent.given(found))
    return _found(pk)


@desk.act("/forces/{pk}/members", Text("增加成员", "Somebody joins"), page.JoinForceForm,
          shapes.ForceDetail)  # fmt: skip
def add_member(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Let somebody join from a day on."""
    found = _managed(asked, pk)
    services.add_member(**of(asked), force=found, **sent.given(found))
    return _found(pk)


@desk.act("/forces/{pk}/projects", Text("交办项目", "Give it a project"), page.HoldProjectForm,
          shapes.ForceDetail)  # fmt: skip
def give_project(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Give it a project by its number, from a day on."""
    found = _managed(asked, pk)
    services.give_project(**of(asked), force=found, **sent.given(found))
    return _found(pk)


@desk.act("/forces/{pk}/end", Text("撤销专班", "End a task force"), page.EndForm,
          shapes.ForceDetail)  # fmt: skip
def end(asked: Asked, sent: Sent, pk: Id) -> Any:
    """End a task force; its people and projects end with it."""
    found = _managed(asked, pk)
    services.end_force(**of(asked, "user", "now"), force=found, **sent.given())
    return _found(pk)


@desk.act("/force-members/{pk}/end", Text("成员退出", "Somebody leaves"), page.EndForm,
          shapes.ForceDetail)  # fmt: skip
def end_member(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Let somebody leave after a day."""
    post = get_object_or_404(ForceMember.objects.select_related("force", "user"), pk=pk)
    return _ended(asked, sent, post.force_id, lambda on: services.end_member(
        **of(asked), member=post, on=on))  # fmt: skip


@desk.act("/force-projects/{pk}/end", Text("收回项目", "Take a project back"), page.EndForm,
          shapes.ForceDetail)  # fmt: skip
def take_project(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Take a project out of its hands after a day."""
    held = get_object_or_404(ForceProject.objects.select_related("force", "project"), pk=pk)
    return _ended(asked, sent, held.force_id, lambda on: services.take_project(
        **of(asked), held=held, on=on))  # fmt: skip


def _ended(asked: Asked, sent: Sent, force: int, do: Callable[[dt.date], object]) -> TaskForce:
    _managed(asked, force)
    do(sent.given()["on"])
    return _found(force)


def _found(pk: int) -> TaskForce:
    return get_object_or_404(TaskForce.objects.select_related("lead_unit"), pk=pk)


def _managed(asked: Asked, pk: int) -> TaskForce:
    found = _found(pk)
    require(may_manage(asked.user, found, asked.on))
    return found
