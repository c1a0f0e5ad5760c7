"""What the tests of scripts may use: see workbench.py."""

from tests.js.workbench import bench, bench_page

__all__ = ["bench", "bench_page"]
