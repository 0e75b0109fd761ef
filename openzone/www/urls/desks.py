"""Registers and figures of the desks: refusals, rule changes, dispatches, closures, causes."""

from django.urls import path

from openzone.www.views.desks import changes, closures, dispatches, refusals, window

urlpatterns = [
    path("refusals/", refusals.listing, name="negative_answers"),
    path("refusals/export/", refusals.export, name="negative_answers_export"),
    path("refusals/new/", refusals.new, name="negative_answer_new"),
    path("refusals/<number:pk>/", refusals.page, name="negative_answer"),
    path("refusals/<number:pk>/review/", refusals.review, name="negative_answer_review"),
    path("rule-changes/", changes.listing, name="rule_changes"),
    path("rule-changes/new/", changes.new, name="rule_change_new"),
    path("rule-changes/<number:pk>/", changes.page, name="rule_change"),
    path("rule-changes/<number:pk>/answer/", changes.reply, name="rule_change_answer"),
    path("dispatches/", dispatches.listing, name="dispatches"),
    path("cases/<number:pk>/dispatch/", dispatches.new, name="dispatch_new"),
    path("dispatches/<number:pk>/arrived/", dispatches.arrived, name="dispatch_arrived"),
    path("dispatches/<number:pk>/returned/", dispatches.returned, name="dispatch_returned"),
    path("closures/", closures.page, name="closures"),
    path("closures/cases/", closures.rows, name="closure_rows"),
    path("window/", window.page, name="window"),
    path("window/<number:pk>/refer/", window.refer, name="window_refer"),
]
