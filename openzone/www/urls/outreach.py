"""Consent, pushes, funnel, coverage, live sessions."""

from django.urls import path

from openzone.www.views.outreach import coverage, inbox, pushes, questions, sessions

urlpatterns = [
    path("pushes/", pushes.listing, name="pushes"),
    path("pushes/new/", pushes.new, name="push_new"),
    path("pushes/<number:pk>/", pushes.page, name="push"),
    path("pushes/<number:pk>/export/", pushes.export, name="push_export"),
    path("coverage/", coverage.listing, name="coverage"),
    path("coverage/export/", coverage.export_all, name="coverage_export"),
    path("coverage/<number:pk>/", coverage.item, name="coverage_item"),
    path("coverage/<number:pk>/export/", coverage.export, name="coverage_item_export"),
    path("messages/", inbox.listing, name="messages"),
    path("messages/<number:pk>/open/", inbox.open_, name="message_open"),
    path("messages/<number:pk>/", inbox.page, name="message"),
    path("enterprises/<number:pk>/preferences/", inbox.preferences, name="preferences"),
    path("sessions/", sessions.listing, name="sessions"),
    path("sessions/new/", sessions.new, name="session_new"),
    path("sessions/<number:pk>/", sessions.page, name="session"),
    path("sessions/<number:pk>/edit/", sessions.edit, name="session_edit"),
    path("sessions/<number:pk>/cancel/", sessions.cancel, name="session_cancel"),
    path("sessions/<number:pk>/held/", sessions.held, name="session_held"),
    path("sessions/<number:pk>/programme/", sessions.programme, name="session_programme"),
    path("sessions/<number:pk>/register/", sessions.register, name="session_register"),
    path("sessions/<number:pk>/questions/", questions.paste, name="session_questions"),
]
