"""Evaluations: cycles, data, results, objections, simulators, marks, trackers."""

from django.urls import path

from openzone.www.views.evaluations import (
    cycles,
    data,
    entrants,
    lists,
    panel,
    simulators,
    trackers,
)

urlpatterns = [
    path("evaluations/", cycles.listing, name="evaluations"),
    path("evaluations/new/", cycles.new, name="evaluation_new"),
    path("evaluations/history/", trackers.history, name="evaluation_history"),
    path("evaluations/credit/", trackers.credit, name="evaluation_credit"),
    path("evaluations/satisfaction/", trackers.satisfaction, name="evaluation_satisfaction"),
    path("evaluations/<number:pk>/", cycles.page, name="evaluation"),
    path("evaluations/<number:pk>/do/<slug:what>/", cycles.act, name="evaluation_act"),
    path("evaluations/<number:pk>/data/", data.table, name="evaluation_data"),
    path("evaluations/<number:pk>/data/export/", data.export, name="evaluation_data_export"),
    path("evaluations/<number:pk>/books/", data.books, name="evaluation_books"),
    path("evaluations/books/<number:pk>/", data.book, name="evaluation_book"),
    path("evaluations/books/<number:pk>/<slug:step>/", data.book_act, name="evaluation_book_act"),
    path("evaluations/<number:pk>/land/", lists.land, name="evaluation_land"),
    path("evaluations/<number:pk>/list/", lists.published, name="evaluation_list"),
    path("evaluations/<number:pk>/list/<slug:kind>/", lists.file, name="evaluation_file"),
    path("evaluations/<number:pk>/scores/", simulators.scores, name="evaluation_scores"),
    path("evaluations/<number:pk>/prices/", simulators.prices, name="evaluation_prices"),
    path("evaluations/<number:pk>/what-if/", simulators.what_if, name="evaluation_what_if"),
    path("evaluations/<number:pk>/marks/", panel.marks, name="evaluation_marks"),
    path("evaluations/<number:pk>/marks/lock/", panel.lock, name="evaluation_marks_lock"),
    path("evaluations/of/<number:pk>/", entrants.page, name="evaluation_entrant"),
    path("evaluations/of/<number:pk>/do/<slug:what>/", entrants.act, name="evaluation_entrant_act"),
    path("evaluations/of/<number:pk>/figure/<slug:item>/", data.cell, name="evaluation_cell"),
    path("evaluations/rulings/<number:pk>/lift/", entrants.lift, name="evaluation_ruling_lift"),
    path("evaluations/objections/<number:pk>/", entrants.protest, name="evaluation_protest"),
]
