"""OpenFisca over the workload: one variable per fact and per policy.

It has no unknown: a missing number is nan, which passes no comparison; a missing code is -1, a
missing flag is false. Codes come as places in the sorted words, the cheapest form for it.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from openfisca_core import entities, simulation_builder, taxbenefitsystems, variables
from openfisca_core.periods import DateUnit
from serving import FOLDER, read, serve

COMPARE = {
    "is": np.equal,
    ">=": np.greater_equal,
    "<=": np.less_equal,
    "<": np.less,
    ">": np.greater,
}
YEAR = "2026"
POLICIES = read("policies.json")
ENTERPRISE = entities.build_entity("enterprise", "enterprises", "enterprise", is_person=True)
SYSTEM = taxbenefitsystems.TaxBenefitSystem([ENTERPRISE])


def leaf(test: Any, enterprise: Any, period: Any) -> Any:
    """Compute a comparison."""
    if "ratio" in test:
        top, bottom = (enterprise(name, period) for name in test["ratio"])
        with np.errstate(all="ignore"):
            share = np.where(bottom != 0, top / bottom, np.nan)
        return COMPARE[test["op"]](share, test["value"])
    values = enterprise(test["fact"], period)
    if "ranges" in test:
        found = np.zeros(len(values), bool)
        for first, last in test["ranges"]:
            found |= values == first if first == last else (values >= first) & (values <= last)
        return found
    return (
        values == test["value"]
        if test["op"] == "is"
        else COMPARE[test["op"]](values, test["value"])
    )


def computed(tree: Any, enterprise: Any, period: Any) -> Any:
    """Compute a condition."""
    kind, inside = tree
    if kind == "leaf":
        return leaf(inside, enterprise, period)
    if kind == "not":
        return ~computed(inside, enterprise, period)
    parts = [computed(member, enterprise, period) for member in inside]
    return (np.logical_and if kind == "all" else np.logical_or).reduce(parts)


def variable(name: str, **parts: Any) -> None:
    """Add a variable to the system."""
    own = {"entity": ENTERPRISE, "definition_period": DateUnit.YEAR, "label": name, **parts}
    SYSTEM.add_variable(type(name, (variables.Variable,), own))


def column(array: Any) -> Any:
    """Return a column as OpenFisca takes it."""
    if pa.types.is_boolean(array.type):
        return np.asarray(pc.fill_null(array, False))
    if pa.types.is_int16(array.type):
        return np.asarray(pc.fill_null(array.cast(pa.int32()), -1))
    return np.asarray(pc.fill_null(array.cast(pa.float64()), float("nan"))).astype(np.float32)


def answers(columns: dict[str, Any]) -> list[Any]:
    """Set all inputs and calculate all policies."""
    rows = len(next(iter(columns.values())))
    simulation = simulation_builder.SimulationBuilder().build_default_simulation(SYSTEM, rows)
    for name, values in columns.items():
        simulation.set_input(name, YEAR, values)
    return [simulation.calculate(f"p{n}", YEAR) for n in range(len(POLICIES))]


def main() -> None:
    """Measure all enterprises, and one."""
    table = pq.read_table(FOLDER / "coded.parquet").drop_columns(["id"])
    columns = {name: column(table[name].combine_chunks()) for name in table.column_names}
    for name, values in columns.items():
        code = {"default_value": -1} if values.dtype == np.int32 else {}
        variable(name, value_type={"i": int, "b": bool, "f": float}[values.dtype.kind], **code)
    for number, tree in enumerate(POLICIES):

        def formula(enterprise: Any, period: Any, parameters: Any = None, tree: Any = tree) -> Any:
            return computed(tree, enterprise, period)

        variable(f"p{number}", value_type=bool, formula=formula)
    sample = len(read("rows.json"))
    one = {name: values[:1].copy() for name, values in columns.items()}
    met = np.stack(answers({name: values[:sample] for name, values in columns.items()}), 1)
    serve(
        "openfisca-core",
        met.tolist(),
        {
            "all": lambda: answers(columns),
            "one": lambda: [answers(one) for _ in range(10)],
        },
    )


if __name__ == "__main__":
    main()
