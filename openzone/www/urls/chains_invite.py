"""Whom to invite into a chain: candidates, cities, trips, weights, lists of outside firms."""

from django.urls import path

from openzone.www.views.chains import candidates, invite, invite_cities, invite_weights

urlpatterns = [
    path("chains/candidates/", candidates.lists, name="chain_candidates"),
    path("chains/candidates/<number:pk>/", candidates.candidate_list, name="chain_candidate_list"),
    path("chains/candidates/<number:pk>/export/", candidates.export,
         name="chain_candidate_export"),
    path("chains/candidates/<number:pk>/<slug:what>/", candidates.step,
         name="chain_candidate_step"),
    path("chains/<slug:chain>/invite/", invite.page, name="chain_invite"),
    path("chains/<slug:chain>/invite/export/", invite.export, name="chain_invite_export"),
    path("chains/<slug:chain>/invite/cities/", invite_cities.page, name="chain_invite_cities"),
    path("chains/<slug:chain>/invite/trip/", invite_cities.plan, name="chain_invite_plan"),
    path("chains/<slug:chain>/invite/trip/new/", invite_cities.make_trip,
         name="chain_invite_trip"),
    path("chains/<slug:chain>/invite/trip/files/<slug:kind>/", invite_cities.take,
         name="chain_invite_plan_file"),
    path("chains/<slug:chain>/invite/weights/", invite_weights.page,
         name="chain_invite_weights"),
    path("chains/<slug:chain>/invite/weights/adopt/", invite_weights.adopt,
         name="chain_invite_adopt"),
    path("chains/<slug:chain>/invite/weights/set/", invite_weights.by_hand,
         name="chain_invite_set"),
    path("chains/<slug:chain>/invite/leads/<slug:kind>/<number:pk>/<path:node>/",
         invite.make_lead, name="chain_invite_lead"),
]  # fmt: skip
