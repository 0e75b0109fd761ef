"""The same figures as ecomplexity of the Growth Lab, the reference implementation on PyPI."""

import numpy as np
import pandas as pd
import pytest

from openzone.engines.chains.complexity import Complexity, Floats, complexity

ecomplexity = pytest.importorskip("ecomplexity")
pytestmark = pytest.mark.filterwarnings("ignore")  # of its way with pandas
NEAR = 1e-9
CASES = {
    "random": np.random.default_rng(1).lognormal(size=(25, 40)),
    "sparse": np.random.default_rng(2).lognormal(sigma=2, size=(60, 30))
    * (np.random.default_rng(3).random((60, 30)) < 0.4),
    "counts with ties": np.random.default_rng(4).integers(0, 5, (9, 14)).astype(float),
    "more than are solved at once": np.random.default_rng(5).lognormal(sigma=2, size=(290, 280)),
}


def table(flows: Floats) -> "pd.DataFrame":
    places, products = flows.shape
    return pd.DataFrame(
        {
            "time": 2024,
            "loc": np.repeat(np.arange(places), products),
            "prod": np.tile(np.arange(products), places),
            "val": flows.ravel(),
        }
    )


COLUMNS = {"time": "time", "loc": "loc", "prod": "prod", "val": "val"}


@pytest.fixture(scope="module", params=CASES, ids=str)
def both(request: pytest.FixtureRequest) -> tuple[Complexity, "pd.DataFrame", Floats]:
    flows = CASES[request.param]
    theirs = ecomplexity.ecomplexity(table(flows), COLUMNS, check_logsupermodularity=False)
    theirs = theirs.sort_values(["loc", "prod"])
    return complexity(flows), theirs, flows


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("rca", "rca"), ("mcp", "specialised"), ("density", "density")],
)
def test_figures_of_a_product_in_a_place(
    both: tuple[Complexity, "pd.DataFrame", Floats], theirs: str, ours: str
) -> None:
    found, reference, flows = both
    wanted = reference[theirs].to_numpy(dtype=float).reshape(flows.shape)
    assert abs(getattr(found, ours) - wanted).max() <= NEAR


@pytest.mark.parametrize(
    ("name", "by_place"), [("diversity", True), ("ubiquity", False), ("eci", True), ("pci", False)]
)
def test_figures_of_places_and_of_products(
    both: tuple[Complexity, "pd.DataFrame", Floats], name: str, by_place: bool
) -> None:
    found, reference, flows = both
    wanted = reference[name].to_numpy(dtype=float).reshape(flows.shape)
    ours = getattr(found, name)
    assert abs(ours - (wanted[:, 0] if by_place else wanted[0])).max() <= NEAR


def test_proximity(both: tuple[Complexity, "pd.DataFrame", Floats]) -> None:
    found, _, flows = both
    pairs = ecomplexity.proximity(table(flows), COLUMNS)
    wanted = pairs["proximity"].to_numpy().reshape(found.proximity.shape)
    assert abs(found.proximity - wanted).max() <= NEAR
