"""The investment pipeline: projects, their stages, money, milestones and lights."""

from django.urls import path

from openzone.www.views.projects import acting, figures, files, lists, page

urlpatterns = [
    path("projects/", lists.board_page, name="projects"),
    path("projects/list/", lists.table, name="project_list"),
    path("projects/export/", lists.export, name="project_export"),
    path("projects/timeline/", lists.timeline, name="project_timeline"),
    path("projects/map/", lists.by_place, name="project_map"),
    path("projects/figures/", figures.summary, name="pipeline_figures"),
    path("projects/figures/rows/", figures.rows, name="pipeline_figure"),
    path("projects/new/", page.new, name="project_new"),
    path("projects/<number:pk>/", page.page, name="project"),
    path("projects/<number:pk>/edit/", page.edit, name="project_edit"),
    path("projects/<number:pk>/milestones/", page.milestones, name="project_milestones"),
    path("projects/<number:pk>/papers/<number:row>/", files.paper, name="project_paper"),
    path("projects/<number:pk>/photos/<number:row>/", files.photo, name="project_photo"),
    path("projects/<number:pk>/do/<slug:what>/", acting.act, name="project_act"),
]
