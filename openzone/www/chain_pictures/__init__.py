"""Pictures of chains for any page: see ``docs/chains-pictures.md``."""

from openzone.engines.drawing.scatter import Axes
from openzone.www.chain_pictures.files import exported, png, svg, table
from openzone.www.chain_pictures.of_chain import flow_picture, graph_picture, structure_picture
from openzone.www.chain_pictures.of_places import Spot, boundary, map_picture
from openzone.www.chain_pictures.of_points import Dot, opportunity_picture
from openzone.www.chain_pictures.picture import Picture, Source

__all__ = [
    "Axes",
    "Dot",
    "Picture",
    "Source",
    "Spot",
    "boundary",
    "exported",
    "flow_picture",
    "graph_picture",
    "map_picture",
    "opportunity_picture",
    "png",
    "structure_picture",
    "svg",
    "table",
]
