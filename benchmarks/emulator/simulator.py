"""Times the tiled matrix product of ours.cpp on numba's CUDA simulator, as Google Benchmark would print it; the
argument: rows and columns."""

import json
import os
import sys
import time

os.environ["NUMBA_ENABLE_CUDASIM"] = "1"  # read when numba is imported
import numba
import numpy
from numba import cuda, float32

N = int(sys.argv[1]) if len(sys.argv) > 1 else 64
TILE = 16


@cuda.jit
def matmul(a, b, out, n):
    tile_a = cuda.shared.array((TILE, TILE), float32)
    tile_b = cuda.shared.array((TILE, TILE), float32)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    row, column = cuda.blockIdx.y * TILE + y, cuda.blockIdx.x * TILE + x
    total = float32(0)
    for first in range(0, n, TILE):
        tile_a[y, x] = a[row, first + x]
        tile_b[y, x] = b[first + y, column]
        cuda.syncthreads()
        for k in range(TILE):
            total += tile_a[y, k] * tile_b[k, x]
        cuda.syncthreads()
    out[row, column] = total


def numbers(which):
    """The list of data.hpp, number for number, as a matrix."""
    i = numpy.arange(1, N * N + 1, dtype=numpy.uint32)
    mixed = (i * numpy.uint32(2654435761) + numpy.uint32(which * 40503)) >> numpy.uint32(8)
    return (mixed.astype(numpy.float32) / numpy.float32(16777216.0)).reshape(N, N)


# Its threads take turns anyway, and on one core they do so faster
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
a, b = numbers(1), numbers(2)
on_device = [cuda.to_device(matrix) for matrix in (a, b, numpy.zeros((N, N), numpy.float32))]
start = time.perf_counter()
matmul[(N // TILE, N // TILE), (TILE, TILE)](*on_device, N)
seconds = time.perf_counter() - start
out = on_device[2].copy_to_host()
if not numpy.allclose(out, a.astype(float) @ b.astype(float), rtol=1e-5, atol=0):
    sys.exit("the product is wrong")
context = {"engine": "numba's CUDA simulator", "version": numba.__version__, "num_cpus": os.cpu_count(), "threads": "256 at a time"}
result = {"name": f"matmul/{N}", "rate": N * N / seconds, "checksum": float(out.astype(float).sum())}
print(json.dumps({"context": context, "benchmarks": [result]}))
