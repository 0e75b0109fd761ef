"""Calendar files written and read again are the same."""

import json

from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.text import Text
from openzone.engines.worktime.files import CalendarFile, to_mapping
from openzone.engines.worktime.importing import calendar_from_mapping
from openzone.engines.worktime.layers import Layer, Source
from openzone.packs.calendars import national_calendar
from tests.engines.worktime.helpers import OFFICE, closed, hours, layer, makeup, on
from tests.engines.worktime.strategies import closures, weeks

NATIONAL = national_calendar()


names = st.builds(Text, st.just("示例"), st.just("example"))
sources = st.builds(
    Source,
    st.just("示例通知"),
    st.sampled_from(["", "示例〔2026〕1号"]),
    st.sampled_from(["", "示例区管委会"]),
    st.sampled_from([None, on("2026-01-05")]),
    st.booleans(),
)
good_entries = st.permutations(
    [
        hours("2026-09-22", "09:00-12:00"),
        hours("2026-06-01", "09:00-12:00, 14:30-18:00", "2026-06-30"),
        makeup("2026-09-19"),
        makeup("2026-09-26", "10:00-24:00"),
    ]
).flatmap(lambda items: st.integers(0, 4).map(lambda n: tuple(items[:n])))


@given(
    st.builds(
        CalendarFile,
        id=st.just("示例"),
        title=names,
        region=st.sampled_from([(), ("510183",)]),
        verified=st.sampled_from(["", "V", "K"]),
        hours=st.sampled_from([None, OFFICE]),
        layers=st.lists(
            st.builds(Layer, sources, good_entries, st.lists(closures(), max_size=2).map(tuple)),
            max_size=1,
        ).map(tuple),
        notes=st.lists(names, max_size=2).map(tuple),
    )
)
def test_writing_and_reading_a_file_is_the_identity(file):
    assert calendar_from_mapping(through_json(file)).file == file


@given(weeks())
def test_writing_and_reading_weekly_hours_is_the_identity(week):
    file = CalendarFile("示例", Text("示例", "example"), hours=week)
    assert calendar_from_mapping(through_json(file)).file == file


def through_json(file):
    return json.loads(json.dumps(to_mapping(file), ensure_ascii=False))


def test_a_closure_ending_at_midnight_is_written_on_the_day_it_ends():
    file = CalendarFile(
        "示例",
        Text("示例", "example"),
        layers=(layer(closed("2026-07-20T13:30", "2026-07-21T00:00")),),
    )
    assert to_mapping(file)["notices"][0]["days"][0]["to"] == "2026-07-20T24:00"
