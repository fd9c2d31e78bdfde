"""The embedded store of runs: appended to by jobs, read for trends and as a baseline."""
