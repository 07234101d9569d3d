#!/usr/bin/env python3
"""Times PyTorch on the operations of ours.cpp, with the same numbers, and prints what Google Benchmark would."""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent.parent))
from timing import THREADS, array, numbers, print_results, timed  # noqa: E402


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
    return timed(f"epoch/{hidden}", 50, once, checksum)


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
    print_results(results)


with torch.no_grad():
    main()
