"""The kernels to test: numpy, and numba where it is installed."""

from importlib.util import find_spec

import pytest

from openzone.engines.rules.kernel import NUMPY, fastest

without_numba = pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")
KERNELS = [
    pytest.param(NUMPY, id="numpy"),
    pytest.param(fastest(), id="numba", marks=without_numba),
]
