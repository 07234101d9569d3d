#!/usr/bin/env python3
"""Times a scalar engine in plain Python, like micrograd's: an object and a closure per node.

Written for this benchmark, since micrograd is not packaged. It takes the gradient of the network of
mlp.hpp, with the same data and weights, and prints what Google Benchmark would print.
"""

import gc
import json
import math
import platform
import sys
import time

SAMPLES, WEIGHTS, NODES = 100, 337, 65_818
WIDTHS = (2, 16, 16, 1)
MASK = 2**64 - 1


class Random:
    """The generator of 00_course/random.cpp, number for number."""

    def __init__(self, seed):
        self.state = []
        for _ in range(4):
            seed = (seed + 0x9E3779B97F4A7C15) & MASK
            z = ((seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
            self.state.append(z ^ (z >> 31))

    def bits(self):
        def rotate(x, k):
            return ((x << k) | (x >> (64 - k))) & MASK

        s = self.state
        result = (rotate((s[0] + s[3]) & MASK, 23) + s[0]) & MASK
        shifted = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = rotate(s[3], 45)
        return result

    def uniform(self, low=0.0, high=1.0):
        return low + (high - low) * ((self.bits() >> 11) * 2.0**-53)

    def normal(self):
        radius = math.sqrt(-2.0 * math.log(1.0 - self.uniform()))
        return radius * math.cos(2.0 * math.pi * self.uniform())


class Value:
    """A number, its gradient, what it came from, and a closure that passes the gradient on."""

    def __init__(self, data, inputs=()):
        self.data = data
        self.grad = 0.0
        self.inputs = inputs
        self.pass_back = lambda: None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_back():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_back = pass_back
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_back():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_back = pass_back
        return out

    __radd__ = __add__
    __rmul__ = __mul__

    def relu(self):
        out = Value(self.data if self.data > 0 else 0.0, (self,))

        def pass_back():
            if out.data > 0:
                self.grad += out.grad

        out.pass_back = pass_back
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for child in node.inputs:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_back()
        return len(order)


def make_problem():
    random = Random(1)
    points, labels = [], []
    for i in range(SAMPLES):
        angle = math.pi * i / 50
        upper = i < SAMPLES // 2
        x = math.cos(angle) if upper else 1 - math.cos(angle)
        y = math.sin(angle) if upper else 0.5 - math.sin(angle)
        points.append((x + 0.1 * random.normal(), y + 0.1 * random.normal()))
        labels.append(-1.0 if upper else 1.0)
    return points, labels, [random.uniform(-1, 1) for _ in range(WEIGHTS)]


def mlp_loss(points, labels, weights):
    total = Value(0.0)
    for point, label in zip(points, labels):
        inputs, k = [Value(x) for x in point], 0
        for layer in range(3):
            outputs = []
            for _ in range(WIDTHS[layer + 1]):
                out = weights[k + WIDTHS[layer]]
                for i, x in enumerate(inputs):
                    out = out + weights[k + i] * x
                k += WIDTHS[layer] + 1
                outputs.append(out.relu() if layer < 2 else out)
            inputs = outputs
        total = total + (-label * inputs[0] + 1.0).relu()

    penalty = Value(0.0)
    for w in weights:
        penalty = penalty + w * w
    return total * 0.01 + penalty * 1e-4


def mlp_gradient(problem):
    """Builds the graph, differentiates it, and returns the checksum and the number of nodes."""
    points, labels, start = problem
    weights = [Value(w) for w in start]
    loss = mlp_loss(points, labels, weights)
    nodes = loss.backward()
    return loss.data + sum(w.grad for w in weights), nodes


def measure(name, seconds):
    """Runs for about `seconds`, as Google Benchmark does, and divides by the number of runs."""
    problem = make_problem()
    checksum, nodes = mlp_gradient(problem)
    assert nodes == NODES, nodes

    runs, start = 0, time.perf_counter()
    while runs == 0 or time.perf_counter() - start < seconds:
        mlp_gradient(problem)
        runs += 1
    each = (time.perf_counter() - start) / runs
    return {
        "name": name,
        "run_name": name,
        "run_type": "iteration",
        "iterations": runs,
        "real_time": each * 1e3,
        "time_unit": "ms",
        "nodes": NODES,
        "nodes_per_second": NODES / each,
        "checksum": checksum,
    }


def main():
    sys.setrecursionlimit(10_000)
    results = [measure("mlp_gradient", 0.5)]

    # Nodes and closures refer to each other, so the collector is at work all the time: without it?
    gc.disable()
    results.append(measure("mlp_gradient/without_garbage_collector", 0.5))
    context = {"engine": "objects in plain Python", "version": platform.python_version()}
    json.dump({"context": context, "benchmarks": results}, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
