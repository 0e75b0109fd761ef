"""Where Spark cannot run: one sentence with the command that mends it, exit code 2."""

import sys
from pathlib import Path

import pytest

from openzone.scale.spark import cores_of
from tests.cli.conftest import Command

ASKED = ("--as-of", "2026-06-30", "--engine", "spark")


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    (tmp_path / "firms.csv").write_text("id,employees\nA1,5\n", encoding="utf-8")
    return tmp_path / "firms.csv"


def test_without_pyspark_the_command_that_installs_it_is_named(
    run: Command, firms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.delenv("OPENZONE_LANG")
    answer = run("match", "--enterprises", firms, *ASKED)
    assert (answer.code, answer.out) == (2, "")
    assert "没有安装 Spark" in answer.err
    assert f'install it with: {sys.executable} -m pip install "pyspark>=4.1,<5"' in answer.err


def test_without_java_the_command_that_installs_it_is_named(
    run: Command, firms: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("pyspark", reason="SPARK IS NOT TESTED: pyspark is not installed")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    answer = run("match", "--enterprises", firms, *ASKED)
    assert (answer.code, answer.out) == (2, "")
    assert "apt install default-jre-headless" in answer.err


def test_the_requirement_named_is_the_one_of_the_package() -> None:
    import tomllib

    from openzone.scale.spark import NO_PYSPARK

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    (requirement,) = project["project"]["optional-dependencies"]["spark"]
    assert f'"{requirement}"' in NO_PYSPARK.en
    assert f'"{requirement}"' in NO_PYSPARK.zh


def test_a_cluster_needs_a_place_for_the_answers(run: Command, firms: Path) -> None:
    pytest.importorskip("pyspark", reason="SPARK IS NOT TESTED: pyspark is not installed")
    answer = run("match", "--enterprises", firms, *ASKED, "--spark-master", "spark://node:7077")
    said = "a run on spark://node:7077 needs --out, in a folder that every machine can write to\n"
    assert answer == (2, "", said)


@pytest.mark.parametrize(
    ("master", "cores"),
    [("local", 1), ("local[3]", 3), ("local[4,2]", 4), ("spark://node:7077", None), ("yarn", None)],
)
def test_the_cores_of_a_master(master: str, cores: int | None) -> None:
    assert cores_of(master) == cores
