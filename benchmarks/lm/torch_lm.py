#!/usr/bin/env python3
"""Times PyTorch on the language model of ours.cpp, with its own recurrent layer and step by step, with the same numbers."""

import sys
from pathlib import Path

import torch
from torch.nn import GRU, LSTM, RNN, Embedding, Linear, Module
from torch.nn.functional import cross_entropy

sys.path.insert(0, str(Path(__file__).parent.parent))
from timing import THREADS, array, numbers, print_results, timed  # noqa: E402

V, E, N, T, RATE = 65, 64, 32, 64, 0.1


class Layered(Module):
    """Embedding, a recurrent layer of PyTorch's, and a linear layer."""

    def __init__(self, layer, hidden):
        super().__init__()
        self.embedding, self.recurrent, self.output = Embedding(V, E), layer(E, hidden), Linear(hidden, V)
        if layer is not GRU:  # ours has one bias
            with torch.no_grad():
                self.recurrent.bias_hh_l0.zero_()
            self.recurrent.bias_hh_l0.requires_grad_(False)

    def forward(self, ids):
        states, _ = self.recurrent(self.embedding(ids))
        return self.output(states)

    def numbered(self):
        """The parameters in the order of ours."""
        r = self.recurrent
        biases = [r.bias_ih_l0, r.bias_hh_l0] if isinstance(r, GRU) else [r.bias_ih_l0]
        return [self.embedding.weight, r.weight_ih_l0, r.weight_hh_l0, *biases, self.output.weight, self.output.bias]


class StepByStep(Module):
    """The same with tanh, a step at a time."""

    def __init__(self, hidden):
        super().__init__()
        self.embedding, self.x, self.h = Embedding(V, E), Linear(E, hidden), Linear(hidden, hidden, bias=False)
        self.output = Linear(hidden, V)

    def forward(self, ids):
        embedded = self.embedding(ids)
        h, states = torch.zeros(ids.shape[1], self.h.weight.shape[0]), []
        for x in embedded:
            h = torch.tanh(self.x(x) + self.h(h))
            states.append(h)
        return self.output(torch.stack(states))

    def numbered(self):
        return [self.embedding.weight, self.x.weight, self.h.weight, self.x.bias, self.output.weight, self.output.bias]


def ids(which):
    return (numbers(T * N, which) * V).long().reshape(T, N)


def step_of(model):
    with torch.no_grad():
        for i, parameter in enumerate(model.numbered()):
            parameter.copy_((array(i + 1, *parameter.shape) - 0.5) * 0.2)
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], RATE)
    inputs, targets = ids(11), ids(12)

    def step():
        loss = cross_entropy(model(inputs).reshape(-1, V), targets.reshape(-1))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return step


torch.set_num_threads(THREADS)
results = []
for hidden in (128, 256):
    models = {"rnn": Layered(RNN, hidden), "steps": StepByStep(hidden), "gru": Layered(GRU, hidden),
              "lstm": Layered(LSTM, hidden)}
    for name, model in models.items():
        step = step_of(model)
        losses = sum(float(step()) for _ in range(3))
        results.append(timed(f"{name}/{hidden}", 1, step, losses))
print_results(results)
