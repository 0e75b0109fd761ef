"""What people are told, and how they want to be told."""

from django.urls import path

from openzone.www.views import notices

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read, name="notices_read"),
    path("notices/choices/", notices.choosing, name="notice_choices"),
    path("notices/<number:pk>/", notices.follow, name="notice"),
]
