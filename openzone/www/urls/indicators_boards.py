"""Boards of figures: today, targets and gaps, peers, chains, parks, papers of meetings."""

from django.urls import path

from openzone.www.views.indicators import (
    boards,
    boards_cell,
    boards_chains,
    boards_parks,
    boards_peers,
    boards_targets,
    meeting,
)

urlpatterns = [
    path("figures/board/", boards.page, name="figure_board"),
    path("figures/board/export/", boards.export, name="figure_board_export"),
    path("figures/board/cell/", boards_cell.page, name="figure_board_cell"),
    path("figures/board/targets/", boards_targets.page, name="figure_board_targets"),
    path("figures/board/targets/export/", boards_targets.export,
         name="figure_board_targets_export"),
    path("figures/board/targets/new/", boards_targets.new, name="figure_board_target_new"),
    path("figures/board/targets/<number:pk>/", boards_targets.one, name="figure_board_target"),
    path("figures/board/targets/<number:pk>/withdraw/", boards_targets.withdraw,
         name="figure_board_target_withdraw"),
    path("figures/board/peers/", boards_peers.page, name="figure_board_peers"),
    path("figures/board/peers/export/", boards_peers.export, name="figure_board_peers_export"),
    path("figures/board/chains/", boards_chains.page, name="figure_board_chains"),
    path("figures/board/chains/export/", boards_chains.export,
         name="figure_board_chains_export"),
    path("figures/board/parks/", boards_parks.page, name="figure_board_parks"),
    path("figures/board/parks/export/", boards_parks.export, name="figure_board_parks_export"),
    path("figures/board/packs/", meeting.listing, name="figure_board_packs"),
    path("figures/board/packs/new/", meeting.new, name="figure_board_pack_new"),
    path("figures/board/packs/<number:pk>/", meeting.pack, name="figure_board_pack"),
    path("figures/board/packs/<number:pk>/compare/", meeting.compare,
         name="figure_board_pack_compare"),
    path("figures/board/packs/<number:pk>/file/<slug:kind>/", meeting.file,
         name="figure_board_pack_file"),
]  # fmt: skip
