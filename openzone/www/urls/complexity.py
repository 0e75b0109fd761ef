"""Economic complexity of places."""

from django.urls import path

from openzone.www.views.chains import complexity

urlpatterns = [
    path("chains/complexity/", complexity.listing, name="chain_complexity"),
    path("chains/complexity/new/", complexity.new, name="chain_study_new"),
    path("chains/complexity/<number:pk>/", complexity.page, name="chain_study"),
    path("chains/complexity/<number:pk>/flows/", complexity.flows, name="chain_study_flows"),
    path(
        "chains/complexity/<number:pk>/withdraw/", complexity.withdraw, name="chain_study_withdraw"
    ),
    path(
        "chains/complexity/<number:pk>/files/<slug:kind>/",
        complexity.export,
        name="chain_study_export",
    ),
]
