"""Resumption of work: seasons, days, rosters, members, blockers, workbooks."""

from django.urls import path

from openzone.www.views.resumption import members, seasons, work

urlpatterns = [
    path("resumption/", seasons.listing, name="resumption"),
    path("resumption/new/", seasons.new, name="resumption_new"),
    path("resumption/mine/", members.mine, name="resumption_mine"),
    path("resumption/<number:pk>/", seasons.season, name="resumption_season"),
    path("resumption/<number:pk>/trend/", seasons.over_time, name="resumption_trend"),
    path("resumption/<number:pk>/close/", seasons.close, name="resumption_close"),
    path("resumption/<number:pk>/remind/", seasons.nudge, name="resumption_remind"),
    path("resumption/<number:pk>/export/", seasons.export, name="resumption_export"),
    path("resumption/<number:pk>/roster/", members.roster, name="resumption_roster"),
    path("resumption/<number:pk>/roster/new/", members.new, name="resumption_enrol"),
    path("resumption/<number:pk>/behind/<slug:measure>/<slug:part>/", members.behind,
         name="resumption_behind"),
    path("resumption/<number:pk>/list/<slug:which>/", members.special, name="resumption_special"),
    path("resumption/<number:pk>/inspections/", members.inspections,
         name="resumption_inspections"),
    path("resumption/<number:pk>/blockers/", work.blockers, name="resumption_blockers"),
    path("resumption/<number:pk>/books/", work.books, name="resumption_books"),
    path("resumption/members/<number:pk>/", members.member, name="resumption_member"),
    path("resumption/members/<number:pk>/do/<slug:what>/", members.act,
         name="resumption_member_act"),
    path("resumption/blockers/<number:pk>/do/<slug:what>/", work.blocker_act,
         name="resumption_blocker_act"),
    path("resumption/books/<number:pk>/", work.book, name="resumption_book"),
    path("resumption/books/<number:pk>/<slug:step>/", work.book_act, name="resumption_book_act"),
]  # fmt: skip
