"""How quick the build is, how much memory it takes, how much its pages weigh: `python -m tests.bench`."""
