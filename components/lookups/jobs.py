"""The jobs of one process: those under way, and those that ended lately."""

import threading

from components.lookups.job import Job

KEPT_JOBS = 50
"""Ended jobs that are remembered, so that a page can still show how they ended."""


class Jobs:
    """The jobs of one process, by their ids; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}

    def add(self, job: Job) -> None:
        """Remember a job; of those that have ended only the last ones stay."""
        with self._lock:
            self._jobs[job.id] = job
            ended = [job_id for job_id, known in self._jobs.items() if known.ended]
            for job_id in ended[:-KEPT_JOBS]:
                del self._jobs[job_id]

    def forget(self, user: str | None = None) -> None:
        """Forget the jobs that have ended: one person's, or all."""
        with self._lock:
            for job_id, job in list(self._jobs.items()):
                if job.ended and user in (None, job.user):
                    del self._jobs[job_id]

    def get(self, job_id: str) -> Job | None:
        """Return a job by its id, as long as it is remembered."""
        return self._jobs.get(job_id)

    def all(self) -> list[Job]:
        """Return all jobs that are remembered, in the order of their start."""
        with self._lock:
            return list(self._jobs.values())

    def active(self) -> list[Job]:
        """Return the jobs under way, in the order of their start."""
        return [job for job in self.all() if not job.ended]

    def names_being_bought(self, *, except_by: Job | None = None) -> set[str]:
        """Return all names that the jobs under way are still to buy, apart from one job."""
        return set().union(*(job.to_buy for job in self.active() if job is not except_by))
