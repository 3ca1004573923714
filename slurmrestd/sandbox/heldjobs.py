"""Many held jobs, quickly."""

from slurmrestd.sandbox.cluster import Cluster


def submit(cluster: Cluster, count: int) -> None:
    """Add ``count`` held jobs of several users."""
    raise NotImplementedError
