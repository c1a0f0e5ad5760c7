"""Background work in tests: it is done when a test says so, in its own process."""

from corpus.services.jobs import run_waiting


def run_jobs() -> int:
    """Do all jobs that wait now and return how many; what fails waits for its next attempt."""
    return run_waiting()
