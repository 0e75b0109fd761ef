"""The interface as a whole."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from openzone.www.api.areas import (
    agreements,
    approvals,
    batches,
    cases,
    catalogue,
    chains,
    chains_invite,
    chains_placements,
    chains_versions,
    closings,
    commitments,
    evaluations,
    figure_boards,
    figures,
    figures_batches,
    filings,
    forces,
    investors,
    joining,
    kinds,
    land,
    live,
    neighbourhood,
    network,
    notices,
    orders,
    papers,
    performance,
    project_figures,
    project_work,
    projects,
    promotion,
    promotion_field,
    promotion_terms,
    promotion_work,
    public,
    questions,
    readings,
    reforms,
    registers,
    reporting,
    residents,
    resumption,
    reviews,
    sites,
    speakers,
    statistics,
    suggestion_work,
    suggestions,
    supply,
    surveys,
    type_drafts,
    visits,
    waters,
    waters_log,
)
from openzone.www.api.errors import install
from openzone.www.api.examples import fill
from openzone.www.api.throttles import PerAddress, PerKey

# What has an address of its own stands before what has a number in its place.
AREAS = (
    kinds, cases, papers, joining, batches, type_drafts, registers, statistics, notices,
    catalogue, commitments, neighbourhood, residents, orders, filings, network, visits, sites,
    surveys, suggestions, suggestion_work, reforms, closings, questions, speakers, live,
    projects, project_work, project_figures, agreements, promotion, investors, promotion_field,
    promotion_terms, promotion_work, approvals, land, chains_placements, chains_versions,
    chains_invite, chains, performance, reviews, forces, supply, waters, waters_log,
    evaluations,
    resumption, readings, reporting, figure_boards, figures, figures_batches, public,
)  # fmt: skip


class Interface(NinjaAPI):
    """The interface, described with an example for everything."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """Return the description (OpenAPI 3.1)."""
        found = super().get_openapi_schema(**given)
        fill(found)
        return found


api = Interface(
    title="OpenZone",
    version="1",
    description=(
        "Every desk of the zone for programs. A key belongs to a person and may do what that "
        "person may do on the pages, in the areas it was given; make one under “API keys” in the "
        "menu of your account. "
        "各工作台的程序接口：密钥属于个人，在所选范围内的权限与其在页面上的权限相同，"
        "在账户菜单“接口密钥”中生成。"
    ),
    urls_namespace="api",
    docs_url=None,
    throttle=[PerAddress(), PerKey()],
)
for desk in dict.fromkeys(area.desk for area in AREAS):
    api.add_router("", desk)
install(api)
