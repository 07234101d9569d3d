#!/usr/bin/env python3
"""Times PyTorch on the operations of ours.cpp, with the same numbers, and prints what Google Benchmark would."""

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


def timed(name, amount, operation):
    for _ in range(3):
        result = operation()
    repeat, seconds = 1, 0.0
    while seconds < SHORTEST:
        repeat = max(repeat * 2, int(1.2 * SHORTEST * repeat / seconds) if seconds > 1e-4 else 0)
        start = clock()
        for _ in range(repeat):
            result = operation()
        seconds = clock() - start
    return {"name": name, "rate": amount * repeat / seconds, "checksum": float(result.double().sum())}


def epoch(hidden):
    """An epoch of 2, hidden, hidden, 1 on 50 points in batches of 10, from the numbers of epoch.cpp."""
    sizes = (2, hidden, hidden, 1)
    layers = [torch.nn.Linear(i, o) for i, o in zip(sizes, sizes[1:])]
    for k, layer in enumerate(layers):
        layer.weight.copy_(0.4 * (array(10 + 2 * k, sizes[k], sizes[k + 1]) - 0.5).t())
        layer.bias.copy_(0.4 * (array(11 + 2 * k, sizes[k + 1]) - 0.5))
    relu = torch.nn.ReLU()
    network = torch.nn.Sequential(layers[0], relu, layers[1], relu, layers[2], torch.nn.Sigmoid())
    optimizer = torch.optim.SGD(network.parameters(), 0.05)
    points = array(7, 50, 2)
    labels = (points[:, 0] < 0.5).float()

    @torch.enable_grad()
    def once():
        losses = []
        for i in range(0, 50, 10):
            out, y = network(points[i:i + 10]).view(10), labels[i:i + 10]
            loss = -(out * y + (out - 1) * (y - 1)).log().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.detach() / 5)
        return torch.stack(losses)

    checksum = sum(float(once().double().sum()) for _ in range(3))
    return timed(f"epoch/{hidden}", 50, once) | {"checksum": checksum}


def main():
    torch.set_num_threads(THREADS)
    torch.empty(7_000_000)  # from now on malloc keeps blocks of up to 32 MB, as in a program that ran for a while
    results = []
    for text, n in (("1e6", 10**6), ("1e7", 10**7)):
        a, b = numbers(n, 1), numbers(n, 2)
        results.append(timed(f"add/{text}", n, lambda: a + b))
        results.append(timed(f"mul/{text}", n, lambda: a * b))
        results.append(timed(f"exp/{text}", n, lambda: a.exp()))
    a, b, column = array(1, 1000, 1000), array(2, 1000, 1000), array(2, 1000, 1)
    results.append(timed("add_column", 10**6, lambda: a + column))
    results.append(timed("add_permuted", 10**6, lambda: a + b.t()))
    results.append(timed("sum", 10**6, lambda: a.sum()))
    results.append(timed("sum_axis_0", 10**6, lambda: a.sum(0)))
    results.append(timed("sum_axis_1", 10**6, lambda: a.sum(1)))
    for n in (256, 512, 1024):
        left, right = array(1, n, n), array(2, n, n)
        results.append(timed(f"matmul/{n}", 2 * n**3, lambda: left @ right))
    if THREADS == 1:
        results += [epoch(100), epoch(200)]
    context = {"engine": "PyTorch", "version": torch.__version__, "num_cpus": os.cpu_count(), "threads": str(THREADS)}
    print(json.dumps({"context": context, "benchmarks": results}))


with torch.no_grad():
    main()
