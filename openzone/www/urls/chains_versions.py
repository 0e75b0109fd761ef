"""Versions of chains and their drafts."""

from django.urls import path

from openzone.www.views.chains import drafts, publishing, versions

DRAFT = "chains/versions/drafts/<number:pk>/"
OF = "chains/<slug:chain>/versions/"
urlpatterns = [
    path("chains/versions/", versions.overview, name="chain_versions"),
    path("chains/versions/new/", versions.new, name="chain_new"),
    path("chains/versions/import/", versions.take_in, name="chain_import"),
    path(DRAFT, drafts.nodes, name="chain_draft"),
    path(f"{DRAFT}edges/", drafts.edges, name="chain_draft_edges"),
    path(f"{DRAFT}parts/", drafts.parts, name="chain_draft_parts"),
    path(f"{DRAFT}text/", drafts.text, name="chain_draft_text"),
    path(f"{DRAFT}check/", drafts.check, name="chain_draft_check"),
    path(f"{DRAFT}node/", drafts.node, name="chain_draft_node"),
    path(f"{DRAFT}node/remove/", drafts.node_remove, name="chain_draft_node_remove"),
    path(f"{DRAFT}edge/", drafts.edge, name="chain_draft_edge"),
    path(f"{DRAFT}edge/remove/", drafts.edge_remove, name="chain_draft_edge_remove"),
    path(f"{DRAFT}stages/", drafts.stages, name="chain_draft_stages"),
    path(f"{DRAFT}head/", drafts.head, name="chain_draft_head"),
    path(f"{DRAFT}rules/", drafts.rules, name="chain_draft_rules"),
    path(f"{DRAFT}import/", drafts.take_in, name="chain_draft_import"),
    path(f"{DRAFT}files/<slug:kind>/", drafts.export, name="chain_draft_export"),
    path(f"{DRAFT}compare/", publishing.compare, name="chain_draft_compare"),
    path(f"{DRAFT}moves/", publishing.moves, name="chain_draft_moves"),
    path(f"{DRAFT}submit/", publishing.submit, name="chain_draft_submit"),
    path(f"{DRAFT}publish/", publishing.publish, name="chain_draft_publish"),
    path(f"{DRAFT}compared/", publishing.rebase, name="chain_draft_rebase"),
    path(f"{DRAFT}return/", publishing.send_back, name="chain_draft_return"),
    path(f"{DRAFT}withdraw/", publishing.withdraw, name="chain_draft_withdraw"),
    path(OF, versions.history, name="chain_history"),
    path(f"{OF}draft/", versions.begin, name="chain_draft_begin"),
    path(f"{OF}<number:number>/", versions.version, name="chain_version"),
    path(f"{OF}<number:number>/files/<slug:kind>/", versions.export, name="chain_version_file"),
    path(f"{OF}<number:number>/settle/", versions.settle, name="chain_version_settle"),
]
