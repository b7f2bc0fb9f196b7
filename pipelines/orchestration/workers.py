"""Runs whose steps work on celery workers, maybe on other machines with the same home. Needs the extra `cluster`.

The run's own process holds the writer lock from its beginning to its end, and does nothing itself. A worker does one
step at a time, under the lock of steps, and its message is taken off Redis only once the step is done. Where it is not
done after some seconds, Redis gives the message to another worker as well, which waits for the lock: the kernel lets
it have it when the first one dies, however it dies, and when the first one has finished, it does nothing.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import Any

from celery import Celery, Task
from celery.exceptions import Ignore
from dagster._core.definitions.reconstruct import ReconstructableJob, ReconstructableRepository
from dagster._core.events import DagsterEvent
from dagster._core.execution.context.system import PlanOrchestrationContext
from dagster._core.execution.plan.plan import ExecutionPlan
from dagster._core.execution.retries import RetryMode
from dagster._core.instance.ref import InstanceRef
from dagster._grpc.types import ExecuteStepArgs
from dagster._serdes import pack_value, unpack_value
from dagster_celery.executor import CeleryExecutor
from dagster_celery.make_app import make_app
from dagster_celery.tasks import create_task

from log_lines import output
from log_lines.events import LOGGER, of_run, write
from pipelines.durable import RunIsOver, step_lock, writer_lock
from pipelines.orchestration.cluster import PARTITION_TAG, REDIS_URL, redis_url
from pipelines.orchestration.instance import CODE
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

    held: ExitStack

    def __call__(self, execute_step_args_packed: dict[str, Any], executable_dict: dict[str, Any]) -> Any:
        """Does the step; a message about one that is done, or whose run is over, is dropped. Raises StepKeepsDying."""
        arguments = unpack_value(execute_step_args_packed, as_type=ExecuteStepArgs)
        job = ReconstructableJob.from_dict(executable_dict)._replace(repository=REPOSITORY)
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
        own = {"instance_ref": pack_value(InstanceRef.from_dir(os.environ["DAGSTER_HOME"]))}
        return self.run({**execute_step_args_packed, **own}, job.to_dict())

    def after_return(self, *_: object) -> None:
        """By now the result is in Redis, where who waits for the lock looks for it."""
        self.held.close()


def worker_app() -> Celery:
    """What `celery -A` starts."""
    app = make_app(executor().app_args())
    create_task(app, base=OneStepAtATime)
    return app
