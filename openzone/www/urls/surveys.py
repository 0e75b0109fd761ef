"""Satisfaction surveys."""

from django.urls import path

from openzone.www.views.surveys import console, mine

urlpatterns = [
    path("surveys/", console.listing, name="surveys"),
    path("surveys/new/", console.new, name="survey_new"),
    path("surveys/mine/", mine.page, name="surveys_mine"),
    path("surveys/answer/<number:pk>/", mine.fill_in, name="survey_answer"),
    path("surveys/call/<number:pk>/", console.call, name="survey_call"),
    path("surveys/assessment/", console.quarterly, name="survey_assessment"),
    path("surveys/assessment/export/", console.quarterly_export, name="survey_assessment_export"),
    path("surveys/<number:pk>/", console.page, name="survey"),
]
