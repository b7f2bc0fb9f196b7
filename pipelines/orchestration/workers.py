"""Runs whose steps work on celery workers, maybe on other machines with the same home. Needs the extra `cluster`.

The run's own process holds the writer lock from its beginning to its end, and does nothing itself. A worker does one
step at a time, under the lock of steps, and its message is taken off Redis only once the step is done. Where it is not
done after some seconds, Redis gives the message to another worker as well, which waits for the lock: the kernel lets
it have it when the first one dies, however it dies, and when the first one has finished, it does nothing.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from celery import Celery, Task
from celery.exceptions import Ignore
from dagster import DagsterInstance
from dagster._core.definitions.reconstruct import ReconstructableJob, ReconstructableRepository
from dagster._core.events import DagsterEvent, EngineEventData
from dagster._core.execution.api import create_execution_plan, execute_plan_iterator
from dagster._core.execution.context.system import PlanOrchestrationContext
from dagster._core.execution.plan.plan import ExecutionPlan
from dagster._core.execution.retries import RetryMode
from dagster._grpc.types import ExecuteStepArgs
from dagster._serdes import serialize_value, unpack_value
from dagster_celery.config import TASK_EXECUTE_PLAN_NAME
from dagster_celery.core_execution_loop import DELEGATE_MARKER
from dagster_celery.executor import CeleryExecutor
from dagster_celery.make_app import make_app

from log_lines import output
from log_lines.events import LOGGER, of_run, write
from pipelines.durable import RunIsOver, step_lock, writer_lock
from pipelines.orchestration.cluster import PARTITION_TAG, REDIS_URL, redis_url
from pipelines.orchestration.instance import CODE, keep_connection
from pipelines.settings import Settings

PATIENCE_SECONDS = 60
TRIES = 3
QUEUE = "dagster"
# Runs and workers must agree on these.
CELERY_SETTINGS: Mapping[str, Any] = {
    "task_default_queue": QUEUE,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_concurrency": 1,
    "worker_prefetch_multiplier": 1,
    # After a step that left more than this behind (kB), the next one begins in a new process.
    "worker_max_memory_per_child": 1_500_000,
    "worker_proc_alive_timeout": 60.0,
    "worker_redirect_stdouts": False,
    "broker_connection_retry_on_startup": True,
    "broker_transport_options": {
        "visibility_timeout": 20,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "max_retries": 3,
        "interval_start": 0,
        "interval_step": 0.2,
        "interval_max": 0.5,
    },
}
REPOSITORY = ReconstructableRepository.for_module(CODE, "defs")


class NoWorkerAnswers(RuntimeError):
    """A run began, and nobody is there to do its steps."""


class StepKeepsDying(RuntimeError):
    """The process of a step was killed each time that it began."""


class RunOnWorkers(CeleryExecutor):
    """Holds the writer lock in the name of the run while celery's loop gives its steps to workers."""

    def execute(self, plan_context: PlanOrchestrationContext, execution_plan: ExecutionPlan) -> Iterator[DagsterEvent]:
        """Raises AnotherRunHoldsTheLock or NoWorkerAnswers before any step has begun."""
        output.configure()
        run = plan_context.dagster_run
        started = time.perf_counter()
        with (
            of_run(run_id=run.run_id, as_of_on=run.tags.get(PARTITION_TAG)),
            writer_lock(Settings().folders().warehouse, run.run_id),
        ):
            write("run_started")
            try:
                wait_for_worker(make_app(self.app_args()))
                yield from super().execute(plan_context, execution_plan)
            finally:
                write("run_ended", seconds=round(time.perf_counter() - started, 2))


def executor() -> RunOnWorkers:
    """The executor for the Redis of this installation; its address stays out of Dagster's storage."""
    # Dagster declares the same task anew for each step that it submits.
    warnings.filterwarnings("ignore", message="Task name 'execute_plan' is already registered")
    url = redis_url()
    return RunOnWorkers(RetryMode.ENABLED, broker=url, backend=url, config_source=dict(CELERY_SETTINGS))


def wait_for_worker(app: Celery, patience_seconds: float = PATIENCE_SECONDS) -> None:
    """Returns once a worker has answered. Raises NoWorkerAnswers."""
    deadline = time.monotonic() + patience_seconds
    while not app.control.ping(timeout=1.0, limit=1):
        if time.monotonic() > deadline:
            raise NoWorkerAnswers(
                f"No worker has answered on the Redis of {REDIS_URL} for {patience_seconds:.0f} s. Start one with "
                "`tiendo worker` (systemctl start tiendo-worker), then run the command again. Nothing was changed."
            )


class OneStepAtATime(Task):
    """A step under the lock of steps. What a message says about where the program and its home are is not believed."""

    name = TASK_EXECUTE_PLAN_NAME
    held: ExitStack

    def run(self, execute_step_args_packed: dict[str, Any], executable_dict: dict[str, Any]) -> list[str]:
        """Does the step; a message about one that is done, or whose run is over, is dropped. Raises StepKeepsDying."""
        arguments = unpack_value(execute_step_args_packed, as_type=ExecuteStepArgs)
        (step,) = arguments.step_keys_to_execute or ("",)
        self.held = ExitStack()
        try:
            lock = step_lock(Settings().folders().warehouse, arguments.run_id, step)
            tries = self.held.enter_context(lock)
            if self.AsyncResult(self.request.id).ready():
                raise Ignore
            if tries > TRIES:
                raise StepKeepsDying(
                    f"The process of the step {step} was killed {TRIES} times. Look for what kills it (memory: "
                    "`journalctl -k`), then run the command again."
                )
        except RunIsOver as error:
            LOGGER.getChild("worker").warning("%s", error)
            raise Ignore from error
        except BaseException:
            self.held.close()
            raise
        job = ReconstructableJob.from_dict(executable_dict)._replace(repository=REPOSITORY)
        return _do_step(arguments, step, job, str(self.request.hostname))

    def after_return(self, *_: object) -> None:
        """By now the result is in Redis, where who waits for the lock looks for it."""
        self.held.close()


def _do_step(arguments: ExecuteStepArgs, step: str, job: ReconstructableJob, worker: str) -> list[str]:
    """As dagster_celery's own task does it, with one connection to PostgreSQL for all events; gives the events."""
    with DagsterInstance.get() as instance:
        keep_connection(instance)
        run = instance.get_run_by_id(arguments.run_id)
        if run is None:
            raise RuntimeError(
                f"Dagster's storage of this worker knows no run {arguments.run_id}. Compare the settings."
            )
        plan = create_execution_plan(
            job, run.run_config, step_keys_to_execute=[step], known_state=arguments.known_state
        )
        begun = EngineEventData({"Celery worker": worker}, marker_end=DELEGATE_MARKER)
        note = f"Executing step {step} in celery worker"
        events = [instance.report_engine_event(note, run, begun, CeleryExecutor, step_key=step)]
        events += execute_plan_iterator(
            execution_plan=plan, job=job, dagster_run=run, instance=instance,
            retry_mode=arguments.retry_mode, run_config=run.run_config,
        )  # fmt: skip
        return [serialize_value(event) for event in events]


def worker_app() -> Celery:
    """What `celery -A` starts."""
    app = make_app(executor().app_args())
    app.register_task(OneStepAtATime())
    return app
