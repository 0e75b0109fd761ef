"""Spokespersons and the questions put to them."""

from django.urls import path

from openzone.www.views.spokespersons import (
    changes,
    consultation,
    consultations,
    directory,
    overview,
    register,
)

urlpatterns = [
    path("spokespersons/", directory.directory, name="spokespersons"),
    path("spokespersons/export/", directory.export, name="spokespersons_export"),
    path("spokespersons/register/", register.register, name="spokespersons_register"),
    path("spokespersons/new/", changes.choose, name="spokesperson_new"),
    path("spokespersons/units/<number:pk>/", register.unit, name="spokespersons_unit"),
    path("spokespersons/units/<number:pk>/new/", changes.appoint, name="spokesperson_appoint"),
    path(
        "spokespersons/units/<number:pk>/hand-over/",
        changes.hand_over,
        name="spokesperson_hand_over",
    ),
    path("spokespersons/<number:pk>/end/", changes.end, name="spokesperson_end"),
    path("spokespersons/<number:pk>/phone/", changes.phone, name="spokesperson_phone"),
    path("spokespersons/<number:pk>/absence/", changes.absence, name="spokesperson_absence"),
    path(
        "spokespersons/absences/<number:pk>/end/",
        changes.end_absence,
        name="spokesperson_absence_end",
    ),
    path("consultations/", consultations.listing, name="consultations"),
    path("consultations/export/", consultations.export, name="consultations_export"),
    path("consultations/new/", consultations.new, name="consultation_new"),
    path("consultations/alike/", consultations.alike, name="consultation_alike"),
    path("consultations/overview/", overview.page, name="consultations_overview"),
    path("consultations/overview/export/", overview.export, name="consultations_overview_export"),
    path("consultations/<number:pk>/", consultation.page, name="consultation"),
    path("consultations/<number:pk>/reply/", consultation.reply, name="consultation_reply"),
    path("consultations/<number:pk>/pass-on/", consultation.pass_on, name="consultation_pass_on"),
    path("consultations/<number:pk>/involve/", consultation.involve, name="consultation_involve"),
    path(
        "consultations/<number:pk>/parts/<number:part>/",
        consultation.contribute,
        name="consultation_part",
    ),
    path("consultations/<number:pk>/limit/", consultation.limit, name="consultation_limit"),
    path("consultations/<number:pk>/help/", consultation.assist, name="consultation_help"),
    path(
        "consultations/<number:pk>/replies/<number:row>/publish/",
        consultation.publish,
        name="consultation_publish",
    ),
    path(
        "consultations/<number:pk>/replies/<number:row>/rate/",
        consultation.rate,
        name="consultation_rate",
    ),
    path(
        "consultations/<number:pk>/replies/<number:row>/again/",
        consultation.ask_again,
        name="consultation_again",
    ),
]
