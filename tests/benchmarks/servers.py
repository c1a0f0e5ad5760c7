"""Which server and interface answers most pages a second, and what it weighs when idle.

Run by hand: `python -m tests.benchmarks.servers [--workers 2] [--seconds 5]`. Prints one line a
variant: requests a second with 16 connections, median and 95th percentile in milliseconds, and
the proportional set size (PSS) of the whole process group in MiB. Linux only (reads /proc).
"""

import argparse
import asyncio
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SITE = "tests.benchmarks.server_site"
SETTINGS = "tests.benchmarks.server_settings"
CONNECTIONS = 16
GRANIAN = ["granian", "--no-log", "--factory"]
UVICORN = ["uvicorn", "--no-access-log", "--log-level=warning", "--factory"]

VARIANTS = {
    "granian, WSGI": [*GRANIAN, "--interface=wsgi", f"{SITE}:wsgi"],
    "granian, ASGI router to WSGI": [*GRANIAN, "--interface=asginl", f"{SITE}:router"],
    "uvicorn, ASGI router to WSGI": [*UVICORN, "--lifespan=off", f"{SITE}:router"],
    "granian, Django's ASGI": [*GRANIAN, "--interface=asgi", f"{SITE}:asgi"],
    "uvicorn, Django's ASGI": [*UVICORN, f"{SITE}:asgi"],
}


async def visit(port: int, until: float, times: list[float]) -> None:
    """Ask for the page over one kept connection until `until`, noting how long each took."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n")
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        assert b" 200 " in head, head.decode()
        if b"chunked" in head:
            while (size := int(await reader.readuntil(b"\r\n"), 16)) >= 0:
                await reader.readexactly(size + 2)
                if not size:
                    break
        else:
            await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r")[0]))
        times.append((time.perf_counter() - began) * 1000)
    writer.close()


async def visit_together(port: int, seconds: float) -> list[float]:
    """Return the times of all requests, in milliseconds."""
    times: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(visit(port, until, times) for _ in range(CONNECTIONS)))
    return times


def weight(group: int) -> float:
    """Return the PSS of every process in the process group, in MiB."""
    total = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(entry.name)) == group:
                rollup = (entry / "smaps_rollup").read_text()
                total += int(rollup.split("\nPss:")[1].split()[0])
        except (ProcessLookupError, FileNotFoundError, IndexError):
            continue
    return total / 1024


def wait_for(port: int) -> None:
    """Return once something listens on `port`; raise TimeoutError after 20 seconds."""
    for _ in range(400):
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


def measure(name: str, command: list[str], arguments: argparse.Namespace) -> str:
    """Return the line about one variant."""
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            *command,
            f"--port={arguments.port}",
            f"--workers={arguments.workers}",
        ],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS},
        start_new_session=True,
    )
    try:
        wait_for(arguments.port)
        time.sleep(2)  # every worker has loaded its application
        asyncio.run(visit_together(arguments.port, 1))
        times = asyncio.run(visit_together(arguments.port, arguments.seconds))
        mib = weight(server.pid)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
    p95 = statistics.quantiles(times, n=20)[-1]
    rate = len(times) / arguments.seconds
    p50 = statistics.median(times)
    return f"{name:32} {rate:5.0f}/s  p50 {p50:5.1f} ms  p95 {p95:5.1f} ms  {mib:4.0f} MiB"


def main() -> None:
    """Measure every variant on a fresh database."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--port", type=int, default=8190)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["POSTIL_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
        (Path(folder) / "static").mkdir()
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from django.contrib.auth.models import User

        User.objects.create(username="reader")
        for name, command in VARIANTS.items():
            print(measure(name, command, arguments), flush=True)


if __name__ == "__main__":
    main()
