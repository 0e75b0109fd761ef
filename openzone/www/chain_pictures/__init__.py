"""Pictures of chains for any page: see ``docs/chains-pictures.md``."""

from openzone.www.chain_pictures.files import exported, png, svg, table
from openzone.www.chain_pictures.of_chain import graph_picture
from openzone.www.chain_pictures.picture import Picture, Source

__all__ = ["Picture", "Source", "exported", "graph_picture", "png", "svg", "table"]
