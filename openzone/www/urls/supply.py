"""Supply matching: needs and offers, invitations, events, workbooks."""

from django.urls import path

from openzone.www.views.supply import entries, events, invitations

urlpatterns = [
    path("supply/", entries.listing, name="supply"),
    path("supply/mine/", entries.mine, name="supply_mine"),
    path("supply/export/", entries.export, name="supply_export"),
    path("supply/new/<slug:side>/", entries.new, name="supply_new"),
    path("supply/<number:pk>/", entries.entry, name="supply_entry"),
    path("supply/<number:pk>/do/<slug:what>/", entries.act, name="supply_act"),
    path("supply/<number:pk>/invite/<number:other>/", entries.ask, name="supply_invite"),
    path("supply/invitations/", invitations.listing, name="supply_invitations"),
    path("supply/invitations/<number:pk>/", invitations.invitation, name="supply_invitation"),
    path("supply/invitations/<number:pk>/do/<slug:what>/", invitations.act,
         name="supply_invitation_act"),
    path("supply/statistics/", invitations.numbers, name="supply_statistics"),
    path("supply/events/", events.listing, name="supply_events"),
    path("supply/events/new/", events.new, name="supply_event_new"),
    path("supply/events/<number:pk>/", events.event, name="supply_event"),
    path("supply/books/", events.books, name="supply_books"),
    path("supply/books/<number:pk>/", events.book, name="supply_book"),
    path("supply/books/<number:pk>/<slug:step>/", events.book_act, name="supply_book_act"),
]  # fmt: skip
