"""Who stands where in the chains: placements, the queue, readings, roles, figures."""

from django.urls import path

from openzone.www.views.chains import figures, placements, placing_sheets, queue, roles, runs

urlpatterns = [
    path("chains/placements/", placements.listing, name="chain_placements"),
    path("chains/placements/export/", placements.export, name="chain_placement_export"),
    path("chains/placements/queue/", queue.page, name="chain_queue"),
    path("chains/placements/queue/<number:pk>/do/<slug:what>/", queue.act, name="chain_queue_act"),
    path("chains/placements/clear/", queue.clear, name="chain_queue_clear"),
    path("chains/placements/readings/", runs.listing, name="chain_runs"),
    path("chains/placements/readings/<number:pk>/", runs.page, name="chain_run"),
    path("chains/placements/firms/<number:pk>/", placements.firm, name="chain_firm"),
    path("chains/placements/firms/<number:pk>/do/<slug:what>/", placements.act,
         name="chain_firm_act"),
    path("chains/placements/changes/<number:pk>/undo/", placements.take_back,
         name="chain_change_undo"),
    path("chains/placements/sheets/<slug:kind>/", placing_sheets.upload, name="chain_sheets"),
    path("chains/placements/sheets/<slug:kind>/template/", placing_sheets.template,
         name="chain_sheet_template"),
    path("chains/placements/workbooks/<number:pk>/", placing_sheets.page, name="chain_sheet"),
    path("chains/placements/workbooks/<number:pk>/do/<slug:what>/", placing_sheets.act,
         name="chain_sheet_act"),
    path("chains/placements/workbooks/<number:pk>/undo/", placing_sheets.take_back,
         name="chain_sheet_undo"),
    path("chains/roles/", roles.page, name="chain_roles"),
    path("chains/roles/export/", roles.export, name="chain_role_export"),
    path("chains/roles/new/<slug:kind>/", roles.new, name="chain_role_new"),
    path("chains/roles/<number:pk>/do/<slug:what>/", roles.act, name="chain_role_act"),
    path("chains/figures/", figures.page, name="chain_figures"),
    path("chains/figures/export/", figures.export, name="chain_figure_export"),
    path("chains/figures/new/", figures.new, name="chain_figure_new"),
    path("chains/figures/<number:pk>/do/<slug:what>/", figures.act, name="chain_figure_act"),
]  # fmt: skip
