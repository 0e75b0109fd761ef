"""Industrial chains: the board, one chain read, two days and two zones compared."""

from django.urls import path

from openzone.www.views.chains import board, compare, focus, node, papers, peers, report, whatif

urlpatterns = [
    path("chains/", board.page, name="chains"),
    path("chains/export/", board.export, name="chains_export"),
    path("chains/find/", board.finding, name="chain_find"),
    path("chains/zones/", peers.listing, name="chain_peers"),
    path("chains/zones/new/", peers.new, name="chain_peer_new"),
    path("chains/zones/<number:pk>/withdraw/", peers.withdraw, name="chain_peer_withdraw"),
    path("chains/zones/<number:pk>/export/", peers.export, name="chain_peer_export"),
    path("chains/<slug:chain>/", report.page, name="chain"),
    path("chains/<slug:chain>/picture/", report.picture, name="chain_picture"),
    path("chains/<slug:chain>/files/<slug:kind>/", papers.take, name="chain_file"),
    path("chains/<slug:chain>/compare/", compare.page, name="chain_compare"),
    path("chains/<slug:chain>/compare/export/", compare.export, name="chain_compare_export"),
    path("chains/<slug:chain>/what-if/", whatif.page, name="chain_whatif"),
    path("chains/<slug:chain>/head/", focus.choose, name="chain_focus"),
    path("chains/<slug:chain>/head/end/", focus.end, name="chain_focus_end"),
    path("chains/<slug:chain>/nodes/<path:node>/", node.page, name="chain_node"),
]
