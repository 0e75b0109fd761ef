"""Indicators, schemes and sentences of the packs hang together, and say what is not verified."""

import pytest

from openzone.engines.rules.problems import PackError
from openzone.packs import performance, project_report
from openzone.packs.loading import NATIONAL
from openzone.packs.performance import load_performance
from openzone.packs.pipelines import DEFAULT, load_pipeline
from openzone.packs.project_report import load_report


def _refused(tmp_path, name, load, old, new):
    text = (NATIONAL / name).read_text("utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PackError) as error:
        load(tmp_path)
    assert all(problem.line for problem in error.value.problems)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unit: wan_usd", "unit: pounds"),
        ("{what: entered, stage: started}", "{what: entered}"),
        ("{what: rate, rate: landing_rate}", "{what: rate}"),
        ("{what: arrivals}", "{what: hopes}"),
        ("indicator: basic_work", "indicator: nothing"),
        ('far: "0.6"', 'far: "0.9"'),
        ('weight: "10"', 'weight: "0"'),
        ("id: key,", "id: ordinary,"),
        ("id: signed_amount", "id: signed_projects"),
        ("objection_days: 5", "objection_days: 0"),
    ],
)
def test_what_is_no_scheme_is_refused_with_its_line(tmp_path, old, new):
    _refused(tmp_path, performance.NAME, load_performance, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("一产{primary}个", "一产{first}个"),
        ("投产项目{produced}个，", ""),
        ("unit: percent, basis", "unit: none, basis"),
        ("{target: funds_in_place,", "{target: funds_in_place, measure: {what: arrivals},"),
        ("id: over_half", "id: money"),
    ],
)
def test_what_is_no_sentence_is_refused_with_its_line(tmp_path, old, new):
    _refused(tmp_path, project_report.NAME, load_report, old, new)


def test_weights_that_no_document_states_are_not_given_as_verified():
    by_id = {one.id: one for one in load_performance(None).schemes}
    assert by_id["promotion_posts"].verified == "K"
    assert [line.weight for line in by_id["county_groundwork"].lines] == [10, 20, 30, 40]


def test_what_is_measured_is_in_the_usual_pipeline():
    pipeline = load_pipeline(DEFAULT, None)
    measures = [one.measure for one in load_performance(None).indicators]
    slots = [
        slot.measure
        for part in load_report(None).parts
        for sentence in part.sentences
        for slot in sentence.slots.values()
    ]
    for one in filter(None, [*measures, *slots]):
        assert one.stage is None or pipeline.counting_as(one.stage)
        assert one.rate is None or one.rate in {rate.id for rate in pipeline.rates}
        assert one.size is None or one.size in {size.id for size in pipeline.sizes}


def test_a_target_named_in_a_sentence_is_an_indicator():
    pack = load_performance(None)
    for part in load_report(None).parts:
        for sentence in part.sentences:
            for slot in sentence.slots.values():
                assert slot.target is None or pack.indicator(slot.target)
