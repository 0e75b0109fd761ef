"""Industrial chains: the board, one chain read, two days and two zones compared."""

from django.urls import path

from openzone.www.views.chains import board

urlpatterns = [
    path("chains/", board.board, name="chains"),
]
