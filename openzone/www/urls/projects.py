"""The investment pipeline: projects, their stages, money, milestones and lights."""

from django.urls import path

from openzone.www.views.projects import (
    acting,
    family,
    figures,
    files,
    leadtimes,
    lists,
    merging,
    page,
    pools,
    sheets,
)

urlpatterns = [
    path("projects/", lists.board_page, name="projects"),
    path("projects/list/", lists.table, name="project_list"),
    path("projects/export/", lists.export, name="project_export"),
    path("projects/timeline/", lists.timeline, name="project_timeline"),
    path("projects/map/", lists.by_place, name="project_map"),
    path("projects/figures/", figures.summary, name="pipeline_figures"),
    path("projects/figures/rows/", figures.rows, name="pipeline_figure"),
    path("projects/pools/", pools.page, name="project_pools"),
    path("projects/pools/export/", pools.export, name="project_pools_export"),
    path("projects/leadtimes/", leadtimes.page, name="project_leadtimes"),
    path("projects/alike/", merging.alike, name="project_alike"),
    path("projects/merges/<number:pk>/undo/", merging.unmerge, name="project_unmerge"),
    path("projects/sheets/", sheets.listing, name="project_sheets"),
    path("projects/sheets/template/<slug:flow>/", sheets.template, name="project_sheet_template"),
    path("projects/sheets/<number:pk>/", sheets.page, name="project_sheet"),
    path("projects/sheets/<number:pk>/undo/", sheets.undo, name="project_sheet_undo"),
    path("projects/sheets/<number:pk>/workbook/", sheets.workbook, name="project_sheet_workbook"),
    path("projects/sheets/<number:pk>/do/<slug:step>/", sheets.act, name="project_sheet_act"),
    path("projects/new/", page.new, name="project_new"),
    path("projects/<number:pk>/", page.page, name="project"),
    path("projects/<number:pk>/family/", family.page, name="project_family"),
    path("projects/<number:pk>/merge/", merging.merge, name="project_merge"),
    path("projects/<number:pk>/edit/", page.edit, name="project_edit"),
    path("projects/<number:pk>/milestones/", page.milestones, name="project_milestones"),
    path("projects/<number:pk>/papers/<number:row>/", files.paper, name="project_paper"),
    path("projects/<number:pk>/photos/<number:row>/", files.photo, name="project_photo"),
    path("projects/<number:pk>/do/<slug:what>/", acting.act, name="project_act"),
]
