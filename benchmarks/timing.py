"""How the peers in Python are timed: the same numbers as benchmarks/data.hpp, what Google Benchmark would print."""

import json
import os
import sys
import time

import numpy
import torch

THREADS = int(next((a.split("=")[1] for a in sys.argv if a.startswith("--threads=")), "1"))
SHORTEST = 0.1  # seconds that an operation is repeated for
clock = time.process_time if THREADS == 1 else time.perf_counter  # of one thread, whatever else the machine does


def numbers(count, which):
    """The list of data.hpp, number for number."""
    i = numpy.arange(1, count + 1, dtype=numpy.uint32)
    mixed = (i * numpy.uint32(2654435761) + numpy.uint32(which * 40503)) >> numpy.uint32(8)
    return torch.from_numpy((mixed.astype(numpy.float32) / numpy.float32(16777216.0)))


def array(which, *shape):
    return numbers(int(numpy.prod(shape)), which).reshape(shape)


def timed(name, amount, operation, checksum=None):
    """How often a second `operation` is done, times `amount`; where no checksum is given, the sum of its result is."""
    for _ in range(3):
        result = operation()
    repeat, seconds = 1, 0.0
    while seconds < SHORTEST:
        repeat = max(repeat * 2, int(1.2 * SHORTEST * repeat / seconds) if seconds > 1e-4 else 0)
        start = clock()
        for _ in range(repeat):
            result = operation()
        seconds = clock() - start
    if checksum is None:
        checksum = float(result.double().sum())
    return {"name": name, "rate": amount * repeat / seconds, "checksum": checksum}


def print_results(results):
    context = {"engine": "PyTorch", "version": torch.__version__, "num_cpus": os.cpu_count(), "threads": str(THREADS)}
    print(json.dumps({"context": context, "benchmarks": results}))
