"""Targets and evaluations, the report of projects, the leaders' page."""

from django.urls import path

from openzone.www.views.performance import board, files, report, rounds, targets

urlpatterns = [
    path("performance/", board.page, name="one_page"),
    path("performance/report/", report.page, name="performance_report"),
    path("performance/report/rows/", report.rows, name="performance_report_rows"),
    path("performance/report/<slug:kind>/", report.file, name="performance_report_file"),
    path("performance/over-half/", targets.over_half, name="over_half"),
    path("performance/targets/", targets.listing, name="targets"),
    path("performance/targets/export/", targets.export, name="target_export"),
    path("performance/targets/new/", targets.new, name="target_new"),
    path("performance/targets/<number:pk>/", targets.page, name="target"),
    path("performance/targets/<number:pk>/rows/", targets.behind, name="target_rows"),
    path("performance/targets/<number:pk>/report/", targets.report, name="target_report"),
    path("performance/targets/<number:pk>/do/<slug:what>/", targets.act, name="target_act"),
    path("performance/completions/<number:pk>/", targets.confirm, name="completion"),
    path(
        "performance/completions/<number:pk>/evidence/", files.evidence, name="completion_evidence"
    ),
    path("performance/rounds/", rounds.listing, name="rounds"),
    path("performance/rounds/new/", rounds.new, name="round_new"),
    path("performance/rounds/<number:pk>/", rounds.page, name="round"),
    path("performance/rounds/<number:pk>/do/<slug:what>/", rounds.act, name="round_act"),
    path("performance/rounds/<number:pk>/<slug:kind>/", files.result, name="round_file"),
    path("performance/scores/<number:pk>/", rounds.score, name="score"),
    path("performance/scores/<number:pk>/object/", rounds.object_to, name="score_object"),
    path("performance/objections/<number:pk>/", rounds.reply, name="objection"),
]
