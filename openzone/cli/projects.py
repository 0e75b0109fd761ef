"""``openzone projects``: counters of the pipeline, from a file or the zone's record."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openzone.cli.arguments import AsJson, day
from openzone.cli.output import help_text, note, refuse, refuse_lines, say
from openzone.cli.site import use_zone
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.projects.lines import Lines, Repeated
    from openzone.engines.projects.pipeline import Pipeline
    from openzone.engines.projects.record import Record
    from openzone.engines.projects.statistics import RateValue
    from openzone.engines.projects.tally import Counters, Row

app = typer.Typer(rich_markup_mode=None)
USUAL = ("size", "size_at_least", "industry", "origin")
"""What every report breaks the stages down by, unless it asks for something else."""


Start = Annotated[
    str,
    typer.Option(
        "--from", metavar="YYYY-MM-DD", help=help_text("自何日（含）", "first day, included")
    ),
]
End = Annotated[
    str,
    typer.Option(
        "--to", metavar="YYYY-MM-DD", help=help_text("至何日（含）", "last day, included")
    ),
]
By = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar="NAMES",
        help=help_text(
            "分组，可多次给出或用逗号隔开：stage batch size size_at_least industry sector "
            "origin chain place month year",
            "group by, several times or with commas: stage batch size size_at_least industry "
            "sector origin chain place month year",
        ),
        show_default=False,
    ),
]
File = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="FILE",
        help=help_text(
            "每行一个项目及其阶段记录（jsonl），或其列表（json）；默认园区档案",
            "a project with its log a line (jsonl) or a list of them (json); "
            "default: the zone's record",
        ),
        show_default=False,
    ),
]
PipelineName = Annotated[
    str,
    typer.Option(
        "--pipeline", metavar="PACK_ID|FILE.yaml", help=help_text("项目流程", "the pipeline")
    ),
]
AmountKind = Annotated[
    str,
    typer.Option("--amount", metavar="KIND", help=help_text("金额种类", "kind of amount")),
]
PlaceName = Annotated[
    str,
    typer.Option(
        "--place",
        metavar="NAME",
        help=help_text("只计此地的份额", "only the share of this place"),
        show_default=False,
    ),
]


@app.command("stats", help=help_text("项目流程的发生数与投资额", "what entered the stages"))
def stats(
    start: Start,
    end: End,
    by: By = None,
    file: File = None,
    pipeline: PipelineName = "six_batches",
    amount: AmountKind = "total",
    place: PlaceName = "",
    as_json: AsJson = False,
) -> None:
    """Print counters and amounts of a period, what was left out, and the rates."""
    first, last = _period(start, end)
    names = _dimensions(by or [])
    stages, found, repeated = _read(file, pipeline, amount)
    for one in _surprises(found, repeated, amount, place):
        note(one)
    here = [one for one in found if not place or place in one.shares]
    answer = _Answer(
        stages, here, first, last, names or ("stage",), amount, place or None, repeated
    )
    if not names:
        answer.break_down(here)
    if as_json:
        print(json.dumps(answer.as_json(), ensure_ascii=False, indent=1))
        return
    for line in answer.lines():
        print(say(line))


@app.command(
    "rebuild",
    help=help_text(
        "按阶段记录重建统计所用数据（恢复备份后使用）",
        "derive anew what counters read of the logs, as after restoring a backup",
    ),
)
def rebuild() -> None:
    """Derive from every log what stands of it."""
    use_zone()
    from openzone.cli.record import command_actor
    from openzone.zone.projects.services.stays import rebuild_stays

    count = rebuild_stays(actor=command_actor())
    note(Text(f"已重建{count}个项目", f"derived anew for {count} projects"))


def _read(
    file: Path | None, pipeline: str, amount: str
) -> "tuple[Pipeline, list[Record], list[Repeated]]":
    """Return the pipeline with the projects of a file, or those on record."""
    from openzone.packs.loading import zone_folder
    from openzone.packs.pipelines import load_pipeline

    stages = load_pipeline(pipeline, zone_folder())
    if file is None:
        return stages, records(stages, amount), []
    found = _of_file(file, stages)
    return stages, found.records, found.repeated


def _surprises(
    found: "Sequence[Record]", repeated: "Sequence[Repeated]", amount: str, place: str
) -> Iterator[Text]:
    """Yield what makes an answer of nothing, or of less than the file seems to hold."""
    if repeated:
        names = ", ".join(dict.fromkeys(one.id for one in repeated))
        yield Text(f"同一阶段重复登记，只计首次：{names}", f"noted twice, counted once: {names}")
    places = sorted({name for one in found for name in one.shares})
    if place and place not in places:
        zh, en = "、".join(places) or "无", ", ".join(places) or "none"
        yield Text(
            f"没有项目写明在“{place}”，写明的有：{zh}",
            f"no project names the place “{place}”; named are {en}",
        )
    kinds = sorted({stated.kind for one in found for stated in one.amounts})
    if kinds and amount not in kinds:
        known = ", ".join(kinds)
        yield Text(
            f"没有“{amount}”这种金额，有：{known}",
            f"nobody stated an amount of kind “{amount}”; stated are {known}",
        )


def records(pipeline: "Pipeline", amount: str) -> "list[Record]":
    """Return every project on record that follows a pipeline, with the amounts that count."""
    use_zone()
    from openzone.zone.projects.selectors.records import records as on_record
    from openzone.zone.projects.selectors.statistics import live

    if others := _other_pipelines(pipeline):
        note(
            Text(
                f"未计入其他流程的项目（用 --pipeline 另计）：{others}",
                f"projects of other pipelines are not counted (ask with --pipeline): {others}",
            )
        )
    return on_record(live(pipeline.id), *{amount, pipeline.size_by})


def _other_pipelines(pipeline: "Pipeline") -> str:
    """How many projects on record follow another pipeline, by its id."""
    from django.db.models import Count

    from openzone.zone.projects.models import Project

    others = Project.objects.filter(merged_into=None).exclude(pipeline=pipeline.id)
    counted = others.order_by("pipeline").values_list("pipeline").annotate(Count("pk"))
    return ", ".join(f"{name} {count}" for name, count in counted)


class _Answer:
    """Everything that is said of a period, worked out once."""

    def __init__(
        self,
        pipeline: "Pipeline",
        found: "Sequence[Record]",
        start: dt.date,
        end: dt.date,
        by: Sequence[str],
        amount: str,
        place: str | None,
        repeated: "Sequence[Repeated]" = (),
    ) -> None:
        from openzone.engines.projects import statistics

        self.repeated = repeated
        self.pipeline, self.period, self.amount, self.place = pipeline, (start, end), amount, place
        self.entered = statistics.counters(
            found, pipeline, start, end, by=by, amount=amount, place=place
        )
        self.at_end = statistics.stock(found, pipeline, end, by=by, amount=amount, place=place)
        self.rates = statistics.rates(found, pipeline, start, end)
        self.unproved = statistics.unproved(found, pipeline, start, end)
        self.breakdowns: dict[str, Counters] = {}

    def break_down(self, found: "Sequence[Record]") -> None:
        """Count the stages by each of the usual dimensions as well."""
        from openzone.engines.projects.statistics import counters

        for name in USUAL:
            self.breakdowns[name] = counters(
                found, self.pipeline, *self.period, by=("stage", name), amount=self.amount,
                place=self.place,
            )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Return the documented shape."""
        from openzone.engines.projects.counter_json import (
            counters_json,
            rate_json,
            text_json,
            unproved_json,
        )

        start, end = self.period
        return {
            "from": start.isoformat(),
            "to": end.isoformat(),
            "pipeline": {
                "id": self.pipeline.id,
                "version": self.pipeline.version,
                "label": text_json(self.pipeline.label),
            },
            "amount": self.amount,
            "place": self.place,
            "entered": counters_json(self.pipeline, self.entered),
            "breakdowns": {
                name: counters_json(self.pipeline, one) for name, one in self.breakdowns.items()
            },
            "at_end": counters_json(self.pipeline, self.at_end),
            "rates": [rate_json(one) for one in self.rates],
            "without_evidence": [unproved_json(self.pipeline, one) for one in self.unproved],
            "repeated": [
                {"id": one.id, "stage": one.stage, "on": one.on.isoformat()}
                for one in self.repeated
            ],
        }

    def lines(self) -> Iterator[Text]:
        """Yield the answer for people."""
        start, end = self.period
        label = self.pipeline.label
        yield Text(f"{label.zh} {start} 至 {end}", f"{label.en}, {start} to {end}")
        yield from self._rows("期内进入：", "Entered in the period:", self.entered)
        yield from self._rows("期末所处阶段：", "At the end of the period:", self.at_end)
        for rate in self.rates:
            yield _rate(rate)
        if self.unproved:
            count = len(self.unproved)
            yield Text(f"缺少进入材料：{count}项", f"Entries without their evidence: {count}")

    def _rows(self, zh: str, en: str, found: "Counters") -> Iterator[Text]:
        yield Text(zh, en)
        for row in found.rows:
            yield self._row(found.by, row, Text("", ""))
        for row in found.frameworks:
            yield self._row(found.by, row, Text("框架协议 ", "framework agreements "))
        if found.left_out:
            count = len(found.left_out)
            yield Text(f"  不计入：{count}项", f"  not counted: {count}")

    def _row(self, by: Sequence[str], row: "Row", kind: Text) -> Text:
        from openzone.engines.projects.counter_json import label_of, plain

        labels = [label_of(self.pipeline, *pair) for pair in zip(by, row.key, strict=True)]
        zh, en = " ".join(one.zh for one in labels), ", ".join(one.en for one in labels)
        sums = "; ".join(f"{name} {value:,f}" for name, value in sorted(row.amounts.items()))
        count, tail = plain(row.count), f"  {sums}" if sums else ""
        return Text(f"  {kind.zh}{zh}：{count}{tail}", f"  {kind.en}{en}: {count}{tail}")


def _period(start: str, end: str) -> tuple[dt.date, dt.date]:
    first, last = day(start, "--from"), day(end, "--to")
    if first > last:
        refuse(Text(f"--from {first} 在 --to {last} 之后", f"--from {first} is after --to {last}"))
    return first, last


def _dimensions(given: Sequence[str]) -> tuple[str, ...]:
    from openzone.engines.projects.tally import DIMENSIONS

    names = [name.strip() for one in given for name in one.split(",") if name.strip()]
    if wrong := [name for name in names if name not in DIMENSIONS]:
        zh, en = "、".join(wrong), ", ".join(wrong)
        known = ", ".join(DIMENSIONS)
        refuse(
            Text(f"--by：没有“{zh}”，可用：{known}", f"--by: there is no “{en}”; known are {known}")
        )
    return tuple(names)


def _of_file(file: Path, pipeline: "Pipeline") -> "Lines":
    from openzone.engines.projects.lines import Lines
    from openzone.engines.tables.csvfile import decoded
    from openzone.engines.tables.problems import Refused

    found = Lines(pipeline)
    try:
        text = decoded(file.read_bytes())
    except Refused as error:
        refuse(Text(f"{file}：{error.text.zh}", f"{file}: {error.text.en}"))
    if file.suffix.lower() == ".json":
        found.read_list(text)
    else:
        found.read(text.split("\n"))
    if found.problems:
        refuse_lines(f"{file}: {say(one.text)}" for one in found.problems)
    if not found.records:
        refuse(Text(f"{file}：文件里没有项目", f"{file}: the file holds no projects"))
    return found


def _rate(found: "RateValue") -> Text:
    label = found.rate.label
    shown = "–" if found.value is None else f"{found.value:.2%}"
    above, below = len(found.numerator), len(found.denominator)
    return Text(f"{label.zh}：{shown}（{above}/{below}）", f"{label.en}: {shown} ({above}/{below})")
