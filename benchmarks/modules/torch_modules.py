#!/usr/bin/env python3
"""Times PyTorch on the network of ours.cpp, by hand and by autograd, with the same numbers."""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent.parent))
from timing import THREADS, array, print_results, timed  # noqa: E402

N, D, H, K, RATE = 64, 1000, 100, 10, 1e-6


def data():
    return [array(which, *shape) - 0.5 for which, shape in ((1, (N, D)), (2, (N, K)), (3, (D, H)), (4, (H, K)))]


def by_hand():
    x, y, w1, w2 = data()

    def step():
        nonlocal w1, w2
        h = x.mm(w1)
        r = h.clamp(min=0)
        difference = r.mm(w2) - y
        loss = difference.pow(2).sum()
        grad_p = 2 * difference
        grad_w2 = r.t().mm(grad_p)
        grad_h = grad_p.mm(w2.t())
        grad_h[h < 0] = 0
        w1 -= RATE * x.t().mm(grad_h)
        w2 -= RATE * grad_w2
        return loss

    return step


def by_autograd():
    x, y, w1, w2 = data()
    w1.requires_grad_(True)
    w2.requires_grad_(True)

    def step():
        loss = (x.mm(w1).clamp(min=0).mm(w2) - y).pow(2).sum()
        loss.backward()
        with torch.no_grad():
            w1.sub_(RATE * w1.grad)
            w2.sub_(RATE * w2.grad)
            w1.grad = None
            w2.grad = None
        return loss.detach()

    return step


def by_modules():
    x, y, w1, w2 = data()
    model = torch.nn.Sequential(torch.nn.Linear(D, H, bias=False), torch.nn.ReLU(), torch.nn.Linear(H, K, bias=False))
    with torch.no_grad():
        model[0].weight.copy_(w1.t())
        model[2].weight.copy_(w2.t())
    optimizer = torch.optim.SGD(model.parameters(), RATE)
    compare = torch.nn.MSELoss(reduction="sum")

    def step():
        loss = compare(model(x), y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return step


torch.set_num_threads(THREADS)
results = []
for name, make in (("hand", by_hand), ("autograd", by_autograd), ("modules", by_modules)):
    step = make()
    losses = sum(float(step()) for _ in range(3))
    results.append(timed(f"two_layers/{name}", 1, step, losses))
print_results(results)
