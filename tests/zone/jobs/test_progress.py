import pytest

from openzone.engines.text import Text
from openzone.zone.jobs.progress import progress_of
from openzone.zone.jobs.worker import run_pending
from tests.zone.jobs import tasks

pytestmark = pytest.mark.django_db


def test_a_job_says_how_far_it_is():
    job = tasks.tell.enqueue()
    assert progress_of(job.id) is None
    run_pending()
    assert progress_of(job.id) == (3, 10, Text("第3步", "step 3"))


def test_a_job_knows_which_attempt_it_is():
    job = tasks.tell.enqueue()
    run_pending()
    job.refresh()
    assert job.return_value == 1
