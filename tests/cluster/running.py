"""Engines to scan with: a real cluster of several processes on this machine, and a light one."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

HOST, PATIENCE = "127.0.0.1", 120
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
"""Java that starts soon rather than runs fast."""


def free_port():
    """Return a port that nobody listens at now."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        return one.getsockname()[1]


def await_port(port, process):
    """Return when somebody listens at a port; fail when the process ends before that."""
    for _ in range(PATIENCE * 5):
        with socket.socket() as one:
            if one.connect_ex((HOST, port)) == 0:
                return
        assert process.poll() is None, "the server ended before it listened"
        time.sleep(0.2)
    raise AssertionError("nobody listened in time")


@contextmanager
def started(command, log, **environment):
    """Run a process while the block lasts."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, env=os.environ | environment, cwd=log.parent
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def spark(folder: Path):
    """Run Apache Spark: a master, two workers with an executor each, and a Connect server."""
    import pyspark

    home = Path(pyspark.__file__).parent
    master, connect = free_port(), free_port()
    environment = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": HOST,
        "SPARK_LOCAL_DIRS": str(folder / "local"),
        "SPARK_DAEMON_JAVA_OPTS": QUICK,
        "JAVA_HOME": str(Path(shutil.which("java")).resolve().parents[1]),
    }
    of_class = [str(home / "bin/spark-class"), "org.apache.spark.deploy"]

    def part(name, *options):
        return [of_class[0], f"{of_class[1]}.{name}", "--host", HOST, "--webui-port", "0", *options]

    with ExitStack() as stack:
        running = stack.enter_context(
            started(part("master.Master", "--port", str(master)), folder / "master", **environment)
        )
        await_port(master, running)
        for n in (1, 2):
            options = ("--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work{n}"))
            command = part("worker.Worker", *options, f"spark://{HOST}:{master}")
            stack.enter_context(started(command, folder / f"worker{n}", **environment))
        settings = {
            "spark.driver.host": HOST,
            "spark.executor.memory": "700m",
            "spark.ui.enabled": "false",
            "spark.connect.grpc.binding.address": HOST,
            "spark.connect.grpc.binding.port": connect,
            "spark.driver.extraJavaOptions": QUICK,
            "spark.executor.extraJavaOptions": QUICK,
            # few rows: to compile a query takes longer than to run it
            "spark.sql.shuffle.partitions": 2,
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.adaptive.enabled": "false",
        }
        told = [one for key, value in settings.items() for one in ("--conf", f"{key}={value}")]
        command = [str(home / "bin/spark-submit"), "--master", f"spark://{HOST}:{master}", *told]
        command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"]
        running = stack.enter_context(
            started([*command, "spark-internal"], folder / "connect", **environment)
        )
        await_port(connect, running)
        yield f"sc://{HOST}:{connect}"


@contextmanager
def sail(folder: Path):
    """Run Sail, which speaks the same protocol without a Java machine."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("sail")), "spark", "server"]
    with started([*command, "--ip", HOST, "--port", str(port)], folder / "sail") as running:
        await_port(port, running)
        yield f"sc://{HOST}:{port}"
