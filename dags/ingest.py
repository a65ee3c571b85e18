"""Pull, parse, judge and commit feeds: `ingest_daily`, `ingest_monthly` and `ingest_yearly`.

One chain of tasks a feed. A chain that fails turns the run red and stops no other chain; whatever was committed is
announced, and the marts are built on it. A run, or a backfill of any range, may be repeated at will.
"""

from __future__ import annotations

from datetime import date, timedelta

from airflow.sdk import DAG, CronPartitionTimetable, Param, chain, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowFailException
from wiring import INGEST_DAGS, LAKE_WRITER, TASKS, every, schedule_end

from transforms import steps
from transforms.settings import Settings

PARAMS = {
    "feeds": Param([], type="array", items={"type": "string"}, description="Only these; none: all enabled feeds."),
    "period": Param("", type="string", description="The period, if the run has no partition key: 2005-03-01."),
}


def partition_key() -> str:
    """The run's period, such as 2005-03-01, 2005-03 or 2005."""
    context = get_current_context()
    key = context["dag_run"].partition_key or context["params"]["period"]
    if not key:
        raise AirflowFailException("this run has no period: give a partition key, or the parameter `period`")
    return key


def load_date() -> date:
    """First day of the run's period."""
    return date.fromisoformat((partition_key() + "-01-01")[:10])


@task
def due_feeds(cadences: list[str]) -> list[str]:
    """Names of the feeds that this run pulls."""
    from transforms.catalogue import feed_named, load_catalogue

    path = Settings.from_env().feeds
    feeds = load_catalogue(path)
    asked = [feed_named(feeds, name, path).name for name in get_current_context()["params"]["feeds"]]
    return [
        name for name, feed in feeds.items() if feed.cadence in cadences and (name in asked if asked else feed.enabled)
    ]


@task(multiple_outputs=False, execution_timeout=timedelta(hours=3))
def land(feed: str) -> dict:
    """Pull the feed's files, byte for byte."""
    return steps.land(Settings.from_env(), feed, load_date())


@task(multiple_outputs=False, execution_timeout=timedelta(hours=6))
def parse(feed: str) -> dict:
    """Turn landed bytes into staged rows."""
    return steps.parse(Settings.from_env(), feed, load_date())


@task(multiple_outputs=False, execution_timeout=timedelta(hours=1))
def gate(feed: str) -> dict:
    """Judge the staged rows; nothing is committed yet."""
    return steps.gate(Settings.from_env(), feed, load_date())


@task(multiple_outputs=False, execution_timeout=timedelta(hours=1), pool=LAKE_WRITER)
def commit(feed: str) -> dict:
    """Commit the loads that passed; red when a load is held."""
    done = steps.commit(Settings.from_env(), feed, load_date())
    if done["held"]:
        raise AirflowFailException(f"held: {', '.join(done['held'])}; reports: {', '.join(done['reports'])}")
    return done


@task_group
def feed_chain(feed: str) -> None:
    """One feed, from its source to the lake."""
    named = {"map_index_template": "{{ task.op_kwargs['feed'] }}"}
    chain(*[step.override(**named)(feed=feed) for step in (land, parse, gate, commit)])


def ingest(dag_id: str, schedule: CronPartitionTimetable, cadences: list[str]) -> DAG:
    """A DAG for the feeds that bring one file a day, a month or a year.

    One run at a time: which of two copies of a message is the redelivery depends on which period came first.
    """
    announced = INGEST_DAGS[dag_id]
    with DAG(
        dag_id,
        schedule=schedule,
        catchup=False,
        end_date=schedule_end(),
        max_active_runs=1,
        default_args=TASKS,
        params=PARAMS,
        doc_md=__doc__,
        tags=["spamledger"],
    ) as dag:

        @task(outlets=[announced])
        def announce(*, outlet_events) -> None:
            """Tell the marts that the period is in, as far as it came."""
            outlet_events[announced].add_partitions(partition_key())

        # A teardown runs whatever became of the chains, and does not colour the run.
        feed_chain.expand(feed=due_feeds(cadences)) >> announce().as_teardown()
    return dag


ingest_daily = ingest("ingest_daily", every("%Y-%m-%d", "0 0 * * *"), ["day", "undated"])
ingest_monthly = ingest("ingest_monthly", every("%Y-%m", "0 0 1 * *"), ["month"])
ingest_yearly = ingest("ingest_yearly", every("%Y", "0 0 1 1 *"), ["year"])
