"""Reports of firms and parks: rounds, filling in, deciding, what they come to."""

from django.urls import path

from openzone.www.views.reporting import energy, reports, rounds, scopes, sums

urlpatterns = [
    path("figures/reports/", rounds.listing, name="reports"),
    path("figures/reports/forms/", rounds.all_forms, name="report_forms"),
    path("figures/reports/new/", rounds.new, name="report_round_new"),
    path("figures/reports/rounds/<number:pk>/", rounds.one_round, name="report_round"),
    path("figures/reports/rounds/<number:pk>/remind/", rounds.remind_all, name="report_remind"),
    path("figures/reports/rounds/<number:pk>/export/", rounds.export, name="report_round_export"),
    path("figures/reports/rounds/<number:pk>/do/<slug:what>/", rounds.act,
         name="report_round_act"),
    path("figures/reports/rounds/<number:pk>/template/", reports.template, name="report_template"),
    path("figures/reports/rounds/<number:pk>/upload/", reports.upload, name="report_upload"),
    path("figures/reports/rounds/<number:pk>/sums/", sums.sums, name="report_sums"),
    path("figures/reports/rounds/<number:pk>/energy/", energy.listing, name="report_energy"),
    path("figures/reports/rounds/<number:pk>/energy/export/", energy.export,
         name="report_energy_export"),
    path("figures/reports/rounds/<number:pk>/scope/", scopes.scope, name="report_scope"),
    path("figures/reports/rounds/<number:pk>/scope/<slug:field>/", scopes.firms,
         name="report_scope_firms"),
    path("figures/reports/rounds/<number:pk>/sums/export/", sums.export,
         name="report_sums_export"),
    path("figures/reports/rounds/<number:pk>/sums/<slug:field>/<slug:place>/", sums.members,
         name="report_members"),
    path("figures/reports/<number:pk>/", reports.report, name="report"),
    path("figures/reports/<number:pk>/decide/<slug:what>/", reports.decide,
         name="report_decide"),
    path("figures/reports/<number:pk>/correct/", reports.correct, name="report_correct"),
    path("figures/reports/<number:pk>/excuse/", rounds.excuse, name="report_excuse"),
]  # fmt: skip
