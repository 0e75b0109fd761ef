"""Pages read: how fast beside a plain regex, and how well where a corpus with answers is at hand.

    python -m benchmarks.reading [--corpus FOLDER] [--copies 20]

Speed is measured on synthetic pages (示例). The plain way finds numbers with units by one regular
expression and gives each the nearest keyword before it: no articles, no subjects, no times.
``--corpus`` (or OPENZONE_CORPUS) names a folder with ``pages/*.txt``, ``gold/seed_NNN.jsonl``,
``segments.json`` and the judge ``score.py``; its number specs, if there, are read as well.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openzone.cli.reading import still
from openzone.engines.reading.pages.folding import fold, plain
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.quantities import quantities
from openzone.engines.reading.pages.reader import read_page
from openzone.packs.reading import reading
from tests.engines.reading.pages.samples import COLUMNS, MARKDOWN, TRAILING

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(余|多)?(万|亿)?(元|家|个|人|亩|项|条|%|平方米|平方公里)")
_KEYWORD = re.compile("产值|投资|企业|项目|税收|面积|贷款|收入|增加值")
Scores = dict[str, dict[str, float]]


def plain_way(page: str) -> list[tuple[str, str]]:
    """Return numbers with the nearest keyword before them."""
    text = re.sub(r"\s", "", page)
    found = []
    for match in _NUMBER.finditer(text):
        words = _KEYWORD.findall(text, max(0, match.start() - 20), match.start())
        found.append((match[0], words[-1] if words else ""))
    return found


def speed(name: str, work: Callable[[str], object], pages: list[str], runs: int = 5) -> None:
    """Print megabytes of UTF-8 a second of processor time, the best of several runs."""
    size = sum(len(page.encode()) for page in pages)
    with still():
        best = min(_spent(work, pages) for _ in range(runs))
    print(f"{name:<28}{size / best / 1e6:>8.2f} MB/s")


def _spent(work: Callable[[str], object], pages: list[str]) -> float:
    start = time.process_time()
    for page in pages:
        work(page)
    return time.process_time() - start


PROSE = (
    "走进园区，一条条道路宽阔平整，工人们正在加紧施工，机器的轰鸣声不绝于耳。"
    "负责人告诉记者，大家心往一处想、劲往一处使，把企业的事当成自己的事来办。"
    "下一步，当地将继续优化环境、做好服务，让更多企业愿意来、留得住、发展好。\n"
)
"""Between two figures pages tell a good deal without any; our samples do not."""


def growth(lexicon: Lexicon) -> None:
    """Print megabytes a second on pages of growing length: the same where time is linear."""
    line = MARKDOWN.replace("\n", "")
    for name, part in (("page with prose", MARKDOWN + PROSE * 6), ("one endless line", line)):
        for size in (50_000, 200_000, 800_000):
            page = part * (size // len(part.encode()))
            speed(f"{name}, {size // 1000} kB", lambda one: read_page(one, lexicon), [page], 1)


def judged(corpus: Path, lexicon: Lexicon) -> Scores:
    """Read the corpus, let its judge score it, print page by page; return the totals."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        segments = {}
        for gold in sorted((corpus / "gold").glob("seed_*.jsonl")):
            (page,) = (corpus / "pages").glob(f"{gold.stem.removeprefix('seed_')}_*.txt")
            found = read_page(page.read_text("utf-8"), lexicon)
            lines = (json.dumps(one.as_json(), ensure_ascii=False) + "\n" for one in found.facts)
            (out / gold.name).write_text("".join(lines), "utf-8")
            segments[gold.stem] = [
                {"headline": one.headline, "char_spans": one.spans} for one in found.articles
            ]
            print(f"{gold.stem}  {_line(_score(corpus, [gold], out / gold.name))}")
        total = _score(corpus, sorted((corpus / "gold").glob("seed_*.jsonl")), out)
        print(f"all       {_line(total)}")
        (out / "segments.json").write_text(json.dumps(segments), "utf-8")
        judge = [sys.executable, str(corpus / "score.py"), "--seg", str(corpus / "segments.json")]
        told = subprocess.run(
            [*judge, "--seg-pred", str(out / "segments.json")],
            capture_output=True,
            text=True,
            check=True,
        )
        print(told.stdout.splitlines()[-1])
    return total


def _score(corpus: Path, gold: list[Path], predicted: Path) -> Scores:
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        judge = [sys.executable, str(corpus / "score.py"), "--json", out.name]
        subprocess.run(
            [*judge, "--pred", str(predicted), "--gold", *map(str, gold)],
            check=True,
            capture_output=True,
        )
        scores: Scores = json.loads(Path(out.name).read_text("utf-8"))
        return scores


def _line(scores: Scores) -> str:
    names = ("num_V", "num_VA", "num_FACT", "all_FACT", "entity_zone", "entity_enterprise")
    return "  ".join(f"{name} {scores[name]['F1']:.3f}" for name in names)


def specs(corpus: Path, lexicon: Lexicon) -> None:
    """Print how many number cases of Recognizers-Text (MIT) the reader's own numbers pass."""
    for name, kinds in (
        ("PercentModel", {"share", "points"}),
        ("CurrencyModel", {"money", "dollars"}),
    ):
        path = corpus / "recognizers_specs" / f"{name}.json"
        if path.exists():
            cases = json.loads(path.read_text("utf-8-sig"))
            cases = [one for one in cases if "python" not in one.get("NotSupported", "")]
            passed = sum(_passes(one, kinds, lexicon) for one in cases)
            print(f"{name:<28}{passed}/{len(cases)}")


def _passes(case: dict[str, Any], kinds: set[str], lexicon: Lexicon) -> bool:
    """Say whether every value of a case is found, and nothing else."""
    text = plain(case["Input"])
    found = quantities(fold(text, [[(0, len(text))]]).text, lexicon, [])
    values = [one.value for one in found if one.kind in kinds]
    wanted = [
        _value(one["Resolution"]["value"]) for one in case["Results"] if one.get("Resolution")
    ]
    same = all(any(_close(one, other) for one in values) for other in wanted)
    return same and len(values) == len(wanted)


def _close(one: float, other: float | None) -> bool:
    return other is not None and abs(one - other) <= 1e-6 * max(1, abs(other))


def _value(text: object) -> float | None:
    try:
        return float(str(text).rstrip("%").replace(",", ""))
    except ValueError:
        return None


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("OPENZONE_CORPUS"))
    parser.add_argument("--copies", type=int, default=20)
    given = parser.parse_args()
    lexicon = reading()
    pages = [MARKDOWN, COLUMNS, TRAILING] * given.copies
    growth(lexicon)
    speed("this reader, figures only", lambda page: read_page(page, lexicon), pages)
    speed("one regular expression", plain_way, pages)
    if not given.corpus:
        print("no corpus given: nothing is scored (--corpus FOLDER or OPENZONE_CORPUS)")
        return
    corpus = Path(given.corpus)
    real = [path.read_text("utf-8") for path in sorted((corpus / "pages").glob("*.txt"))]
    speed("this reader, corpus", lambda page: read_page(page, lexicon), real)
    judged(corpus, lexicon)
    specs(corpus, lexicon)


if __name__ == "__main__":
    main()
