"""Review meetings in three cadences, decisions, task forces, obstacles, calendar addresses."""

from django.urls import path

from openzone.www.views.reviews import feeds, forces, meetings, obstacles, running

urlpatterns = [
    path("reviews/", meetings.calendar, name="reviews"),
    path("reviews/<number:pk>/", meetings.page, name="review"),
    path("reviews/<number:pk>/prepare/", meetings.prepare, name="review_prepare"),
    path("reviews/<number:pk>/file/<slug:kind>/", meetings.file, name="review_file"),
    path("reviews/<number:pk>/hold/", running.hold, name="review_hold"),
    path("reviews/<number:pk>/decide/", running.decide, name="review_decide"),
    path("reviews/<number:pk>/move/", running.move, name="review_move"),
    path("reviews/<number:pk>/cancel/", running.cancel, name="review_cancel"),
    path("reviews/forces/", forces.listing, name="forces"),
    path("reviews/forces/new/", forces.new, name="force_new"),
    path("reviews/forces/<number:pk>/", forces.page, name="force"),
    path("reviews/forces/<number:pk>/add/<slug:what>/", forces.add, name="force_add"),
    path("reviews/forces/<number:pk>/end/", forces.end, name="force_end"),
    path("reviews/members/<number:pk>/end/", forces.member_end, name="force_member_end"),
    path("reviews/held/<number:pk>/end/", forces.project_end, name="force_project_end"),
    path("reviews/obstacles/", obstacles.listing, name="obstacles"),
    path("reviews/projects/<number:pk>/", obstacles.of_project, name="obstacle_project"),
    path("reviews/projects/<number:pk>/raise/", obstacles.new, name="obstacle_raise"),
    path("reviews/calendars/", feeds.listing, name="review_feeds"),
    path("reviews/calendars/new/", feeds.new, name="review_feed_new"),
    path("reviews/calendars/<number:pk>/revoke/", feeds.revoke, name="review_feed_revoke"),
    path("reviews/calendars/<slug:secret>.ics", feeds.read, name="review_feed"),
]
