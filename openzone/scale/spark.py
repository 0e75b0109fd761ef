"""Spark as a scheduler: it hands out pieces of work, the work reads and writes its own files.

The rules run in Python, by the same code as on one machine. Rows do not pass through the JVM,
which costs more than the rules do; where data exist only as Spark tables, see `records`.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.match import match
from openzone.engines.rules.tabular import SCHEMA, record_table
from openzone.engines.text import Text

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark import SparkContext
    from pyspark.sql import DataFrame

Item = TypeVar("Item")
Result = TypeVar("Result")

RECORDS = 50_000
NO_PYSPARK = Text(
    '没有安装 Spark；安装命令：{python} -m pip install "pyspark>=4.1,<5"',
    'Spark is not installed; install it with: {python} -m pip install "pyspark>=4.1,<5"',
)
NO_JAVA = Text(
    "Spark 需要 Java 17 或更新版本，没有找到 java；"
    "安装命令（Debian）：apt install default-jre-headless",
    "Spark needs Java 17 or newer, and there is no java; "
    "install it with (Debian): apt install default-jre-headless",
)
NO_START = Text(
    "Spark 没有启动：{reason}；需要 Java 17 或更新版本，并检查 --spark-master",
    "Spark did not start: {reason}; it needs Java 17 or newer, and a --spark-master that exists",
)
NOT_THERE = Text(
    "执行任务的机器上没有同一版本的 OpenZone；请在每台机器的 PYSPARK_PYTHON 环境里安装",
    "the machines that run the tasks lack this version of OpenZone; "
    "install it in the environment of PYSPARK_PYTHON on each of them",
)
FAILED = Text("Spark 没有完成：{reason}", "Spark did not finish: {reason}")

_JVM = "-XX:-UsePerfData"
_START_FAST = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
"""A JVM that only hands out tasks is started quickly rather than compiled well."""
_LOG = """\
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %p %c{1}: %m%n%ex
"""


class SparkUnavailableError(Exception):
    """Spark cannot be used; ``reason`` says why and what to do."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(str(reason))


def cores_of(master: str) -> int | None:
    """Return how many tasks run at a time in a local master, None for a cluster."""
    if master == "local":
        return 1
    found = re.fullmatch(r"local\[(\d+|\*)(,.*)?\]", master)
    if found is None:
        return None
    return os.cpu_count() or 1 if found[1] == "*" else int(found[1])


def spread(work: Callable[[Item], Result], items: Sequence[Item], master: str) -> list[Result]:
    """Return the results of ``work`` for each item, in their order.

    ``work`` and the items are pickled; OpenZone must be installed in the same version wherever
    the tasks run. Spark's own files are removed at the end.

    Raises:
        SparkUnavailableError: Spark is missing, does not start or does not finish.
        Exception: what ``work`` raised, as `PythonException` of Spark.

    """
    with running(master) as context:
        from py4j.protocol import Py4JError

        try:
            results: list[Result] = context.parallelize(items, len(items) or 1).map(work).collect()
            return results
        except Py4JError as error:
            raise _unavailable(error) or error from None


def check_installed() -> None:
    """Refuse where pyspark or Java is missing.

    Raises:
        SparkUnavailableError: with the command that installs it.

    """
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise SparkUnavailableError(NO_PYSPARK.format(python=sys.executable)) from None
    if _java() is None:
        raise SparkUnavailableError(NO_JAVA)


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home, "bin")) if home else None)


@contextmanager
def running(master: str, *, rows_in_jvm: bool = False) -> Iterator["SparkContext"]:
    """Yield a running Spark, a new one where there is none; its processes and files end with it.

    With ``rows_in_jvm`` the JVM compiles itself well, for tables of Spark's own.

    Raises:
        SparkUnavailableError: Spark is missing or does not start.

    """
    check_installed()
    from pyspark import SparkContext

    if SparkContext._active_spark_context is not None:
        yield SparkContext._active_spark_context
        return
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    before = signal.getsignal(signal.SIGINT)
    with tempfile.TemporaryDirectory(prefix="openzone-spark-") as folder, _quiet():
        try:
            context = _started(master, Path(folder), rows_in_jvm)
            try:
                yield context
            finally:
                context.stop()
        finally:
            _end()
            if threading.current_thread() is threading.main_thread():
                signal.signal(signal.SIGINT, before)  # PySpark takes it and does not give it back


@contextmanager
def _quiet() -> Iterator[None]:
    """PySpark warns of versions of pandas, which nothing here uses."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
        yield


def _started(master: str, folder: Path, rows_in_jvm: bool) -> "SparkContext":
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    conf = SparkConf(loadDefaults=False).setAll(
        _settings(master, folder, _JVM if rows_in_jvm else f"{_JVM} {_START_FAST}")
    )
    log = folder / "log"
    with log.open("wb") as stream:
        try:
            gateway = launch_gateway(conf, {"stdout": stream, "stderr": stream})
            return SparkContext(gateway=gateway, conf=conf)
        except (PySparkException, Py4JError) as error:
            raise SparkUnavailableError(_no_start(error, log)) from error


def _settings(master: str, folder: Path, jvm: str) -> list[tuple[str, str]]:
    """No pages, no open port beyond this machine where all tasks run on it, no words of its own."""
    logging = folder / "log4j2.properties"
    logging.write_text(_LOG, encoding="utf-8")
    settings = {
        "spark.app.name": "openzone",
        "spark.master": master,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": (
            f"-Dlog4j2.configurationFile={logging} -Djava.io.tmpdir={folder} {jvm}"
        ),
    }
    if cores_of(master) is not None:
        settings |= {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.local.dir": str(folder),
        }
    return list(settings.items())


def _no_start(error: Exception, log: Path) -> Text:
    said = log.read_text("utf-8", "replace")
    return NO_START.format(reason=_cause(said) or _reason(error))


def _unavailable(error: Exception) -> SparkUnavailableError | None:
    """Return what the operator can mend, nothing for a fault of our own code in a task."""
    said = str(error)
    if "No module named" in said or "the same version of OpenZone" in said:
        return SparkUnavailableError(NOT_THERE)
    if "PythonException" in said:
        return None
    return SparkUnavailableError(FAILED.format(reason=_reason(error)))


def _reason(error: Exception) -> str:
    said = str(error)
    return _cause(said) or said.strip().partition("\n")[0] or type(error).__name__


def _cause(said: str) -> str | None:
    """Return the first line that names what went wrong, without the places in the code."""
    found = re.search(r"^(?!\s*at )[^\n]*?((?:\w+\.)*\w*(?:Exception|Error): [^\n]+)", said, re.M)
    return found[1].strip() if found else None


def _end() -> None:
    """End the JVM, which PySpark keeps for as long as Python lives."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    SparkContext._gateway = SparkContext._jvm = None
    process: subprocess.Popen[bytes] | None = getattr(gateway, "proc", None)
    if gateway is not None:
        gateway.shutdown()
    if process is not None:
        if process.stdin:
            process.stdin.close()
        process.wait()


def records(dataframe: "DataFrame", plan: Plan) -> "DataFrame":
    """Return the answers for enterprises that exist only as a Spark table.

    ``dataframe`` has a column ``id`` and one per fact; other columns are an error, as a fact
    misspelt would pass unseen. The result has the columns of `SCHEMA`; rows of a partition keep
    their order.
    """

    def answered(batches: Iterator["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
        import pyarrow as pa

        for batch in batches:
            columns = Columns.from_arrow(pa.Table.from_batches([batch]), plan.catalogue)
            yield from _batches(plan, columns)

    from pyspark.sql.pandas.types import from_arrow_schema

    return dataframe.mapInArrow(answered, from_arrow_schema(SCHEMA))


def _batches(plan: Plan, columns: Columns) -> Iterator[Any]:
    size = max(1, RECORDS // max(1, len(plan.rules)))
    for block in columns.blocks(size):
        yield from record_table(list(match(plan, block))).to_batches()
