"""slurmrestd: the REST daemon of Slurm 24.11, in Python."""

__version__ = "0.1.0"
