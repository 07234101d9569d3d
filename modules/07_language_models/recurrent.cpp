#include "07_language_models/recurrent.hpp"

#include <cmath>
#include <map>
#include <mutex>
#include <utility>

#include "03_tensor/threads.hpp"
#include "07_language_models/gated.hpp"

namespace gradbook {
namespace {

Matrix uniform(std::size_t rows, std::size_t columns, double bound, Random& random) {
  auto numbers = Matrix::from_shape({rows, columns});
  for (Real& x : numbers) x = static_cast<Real>(random.uniform(-bound, bound));
  return numbers;
}

double bound_of(std::size_t hidden) { return 1 / std::sqrt(static_cast<double>(hidden)); }

Matrix zeros(std::size_t rows, std::size_t columns) { return xt::zeros<Real>({rows, columns}); }

// Some rows and columns of a matrix, with memory of its own
Matrix part(const Matrix& m, std::size_t row, std::size_t rows, std::size_t column,
            std::size_t columns) {
  auto copy = Matrix::from_shape({rows, columns});
  for (std::size_t n = 0; n < rows; ++n)
    std::copy_n(&m(row + n, column), columns, row_of(copy, n).begin());
  return copy;
}

void set_part(Matrix& m, std::size_t row, std::size_t column, const Matrix& values) {
  for (std::size_t n = 0; n < values.shape(0); ++n)
    std::copy_n(values.data() + n * values.shape(1), values.shape(1), &m(row + n, column));
}

// Some of N sequences, all their steps: columns of blocks of N rows
Matrix sequences_of(const Matrix& m, std::size_t all, std::size_t first, std::size_t count) {
  auto copy = Matrix::from_shape({m.shape(0) / all * count, m.shape(1)});
  for (std::size_t row = first, to = 0; row < m.shape(0); row += all, to += count)
    std::copy_n(m.data() + row * m.shape(1), count * m.shape(1), copy.data() + to * m.shape(1));
  return copy;
}

void set_sequences(Matrix& m, std::size_t all, std::size_t first, const Matrix& values) {
  const std::size_t count = values.shape(0) / (m.shape(0) / all), width = m.shape(1);
  for (std::size_t row = first, from = 0; row < m.shape(0); row += all, from += count)
    std::copy_n(values.data() + from * width, count * width, m.data() + row * width);
}

constexpr std::int64_t kFewest = 8;  // sequences that are worth a thread

// How many steps x has for the sequences of `state`, which is `width` numbers wide
std::size_t steps_of(const char* name, const Matrix& x, const Matrix& state, std::size_t width) {
  const std::size_t sequences = state.shape(0);
  if (sequences == 0 || x.shape(0) % sequences != 0)
    throw ShapeError(name, ": x ", shape_of(x), " is no multiple of ", sequences,
                     " sequences: begin(N) says how many there are");
  if (state.shape(1) != width)
    throw ShapeError(name, ": state ", shape_of(state), " must be (", sequences, ", ", width,
                     "), as begin(", sequences, ") makes it");
  return x.shape(0) / sequences;
}

}  // namespace

// ---- one step

RnnStep::RnnStep(Nonlinearity nonlinearity) : nonlinearity_(nonlinearity) {}
RnnStep::~RnnStep() = default;
const char* RnnStep::name() const { return "RnnStep"; }

Matrix RnnStep::forward(const InTensors& in) {
  return rnn_step_forward(in[0], in[1], {in[2], in[3], in[4], nonlinearity_});
}

void RnnStep::backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                       Gradients& grad_in) {
  RnnGradients grads =
      rnn_step_backward(in[0], in[1], {in[2], in[3], in[4], nonlinearity_}, out, grad_out);
  grad_in[0] = std::move(grads.x);
  grad_in[1] = std::move(grads.h);
  grad_in[2] = std::move(grads.xh);
  grad_in[3] = std::move(grads.hh);
  grad_in[4] = std::move(grads.bias);
}

// ---- all steps

Recurrent::~Recurrent() = default;

Rnn::Rnn(std::size_t inputs, std::size_t hidden, Random& random, Nonlinearity nonlinearity)
    : w_xh(uniform(hidden, inputs, bound_of(hidden), random)),
      w_hh(uniform(hidden, hidden, bound_of(hidden), random)),
      bias(uniform(1, hidden, bound_of(hidden), random)),
      nonlinearity_(nonlinearity) {
  register_parameter("w_xh", w_xh);
  register_parameter("w_hh", w_hh);
  register_parameter("bias", bias);
}

Rnn::~Rnn() = default;
const char* Rnn::name() const { return "Rnn"; }
std::size_t Rnn::hidden() const { return w_hh.out_tensor.shape(0); }
void Rnn::begin(std::size_t sequences) { state = zeros(sequences, hidden()); }
Module& Rnn::operator()(Module& x) { return apply_fwd({&x, &w_xh, &w_hh, &bias}); }
RnnWeights Rnn::weights(const InTensors& in) const { return {in[1], in[2], in[3], nonlinearity_}; }

// Sequences do not touch each other, so threads can share them
Matrix Rnn::forward(const InTensors& in) {
  const Matrix& x = in[0];
  const std::size_t steps = steps_of(name(), x, state, hidden()), sequences = state.shape(0);
  start_ = state;
  Matrix states;
  if (threads() == 1 || steps == 0) {
    states = rnn_forward(x, start_, weights(in));
  } else {
    states = Matrix::from_shape({x.shape(0), hidden()});
    parallel_for(sequences, kFewest, threads(), [&](std::size_t first, std::size_t end) {
      const std::size_t count = end - first;
      set_sequences(states, sequences, first,
                    rnn_forward(sequences_of(x, sequences, first, count),
                                part(start_, first, count, 0, hidden()), weights(in)));
    });
  }
  last_state = steps == 0 ? start_ : part(states, (steps - 1) * sequences, sequences, 0, hidden());
  return states;
}

void Rnn::backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                   Gradients& grad_in) {
  const Matrix& x = in[0];
  const std::size_t sequences = start_.shape(0);
  RnnGradients grads;
  if (threads() == 1 || out.size() == 0) {
    grads = rnn_backward(x, start_, weights(in), out, grad_out, grad_in.wanted(0));
  } else {
    grads = {grad_in.wanted(0) ? Matrix::from_shape(x.shape()) : Matrix(),
             {},
             zeros(hidden(), x.shape(1)),
             zeros(hidden(), hidden()),
             zeros(1, hidden())};
    std::mutex keeping;
    std::map<std::size_t, RnnGradients> parts;  // added up in order, so that bits do not vary
    parallel_for(sequences, kFewest, threads(), [&](std::size_t first, std::size_t end) {
      const std::size_t count = end - first;
      RnnGradients own = rnn_backward(
          sequences_of(x, sequences, first, count), part(start_, first, count, 0, hidden()),
          weights(in), sequences_of(out, sequences, first, count),
          sequences_of(grad_out, sequences, first, count), grad_in.wanted(0));
      const std::lock_guard lock(keeping);
      parts.emplace(first, std::move(own));
    });
    for (const auto& [first, own] : parts) {
      if (own.x.size() > 0) set_sequences(grads.x, sequences, first, own.x);
      grads.xh += own.xh;
      grads.hh += own.hh;
      grads.bias += own.bias;
    }
  }
  grad_in[0] = std::move(grads.x);
  grad_in[1] = std::move(grads.xh);
  grad_in[2] = std::move(grads.hh);
  grad_in[3] = std::move(grads.bias);
}

// ---- gates

Gru::Gru(std::size_t inputs, std::size_t hidden, Random& random)
    : w_x(uniform(3 * hidden, inputs, bound_of(hidden), random)),
      w_h(uniform(3 * hidden, hidden, bound_of(hidden), random)),
      bias_x(uniform(1, 3 * hidden, bound_of(hidden), random)),
      bias_h(uniform(1, 3 * hidden, bound_of(hidden), random)) {
  register_parameter("w_x", w_x);
  register_parameter("w_h", w_h);
  register_parameter("bias_x", bias_x);
  register_parameter("bias_h", bias_h);
}

Gru::~Gru() = default;
const char* Gru::name() const { return "Gru"; }
std::size_t Gru::hidden() const { return w_h.out_tensor.shape(1); }
void Gru::begin(std::size_t sequences) { state = zeros(sequences, hidden()); }
Module& Gru::operator()(Module& x) { return apply_fwd({&x, &w_x, &w_h, &bias_x, &bias_h}); }

Matrix Gru::forward(const InTensors& in) {
  const std::size_t steps = steps_of(name(), in[0], state, hidden()), sequences = state.shape(0);
  const Matrix a = linear_forward(in[0], in[1], in[3]);  // the inputs' part of all steps at once
  start_ = state;
  gates_.clear();
  inner_.clear();
  auto states = Matrix::from_shape({in[0].shape(0), hidden()});
  last_state = start_;
  for (std::size_t t = 0; t < steps; ++t) {
    gates_.push_back(part(a, t * sequences, sequences, 0, 3 * hidden()));
    inner_.push_back(linear_forward(last_state, in[2], in[4]));
    last_state = gru_gates_forward(gates_.back(), inner_.back(), last_state);
    set_part(states, t * sequences, 0, last_state);
  }
  return states;
}

void Gru::backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                   Gradients& grad_in) {
  const std::size_t steps = gates_.size(), sequences = start_.shape(0);
  auto grad_a = Matrix::from_shape({in[0].shape(0), 3 * hidden()}), grad_u = grad_a;
  Matrix grad_h = zeros(sequences, hidden());     // from the step after
  auto before = Matrix::from_shape(out.shape());  // the state that each step began with
  for (std::size_t t = steps; t-- > 0;) {
    const Matrix h = t == 0 ? start_ : part(out, (t - 1) * sequences, sequences, 0, hidden());
    grad_h += part(grad_out, t * sequences, sequences, 0, hidden());
    GruGradients grads = gru_gates_backward(gates_[t], inner_[t], h, grad_h);
    set_part(grad_a, t * sequences, 0, grads.a);
    set_part(grad_u, t * sequences, 0, grads.u);
    set_part(before, t * sequences, 0, h);
    grad_h = std::move(grads.h);
    grad_h += matmul(grads.u, in[2]);
  }
  LinearGradients by_x = linear_backward(in[0], in[1], grad_a, grad_in.wanted(0));
  LinearGradients by_h = linear_backward(before, in[2], grad_u, false);
  grad_in[0] = std::move(by_x.a);
  grad_in[1] = std::move(by_x.weight);
  grad_in[2] = std::move(by_h.weight);
  grad_in[3] = std::move(by_x.bias);
  grad_in[4] = std::move(by_h.bias);
}

Lstm::Lstm(std::size_t inputs, std::size_t hidden, Random& random)
    : w_x(uniform(4 * hidden, inputs, bound_of(hidden), random)),
      w_h(uniform(4 * hidden, hidden, bound_of(hidden), random)),
      bias(lstm_bias(hidden)) {
  register_parameter("w_x", w_x);
  register_parameter("w_h", w_h);
  register_parameter("bias", bias);
}

Lstm::~Lstm() = default;
const char* Lstm::name() const { return "Lstm"; }
std::size_t Lstm::hidden() const { return w_h.out_tensor.shape(1); }
void Lstm::begin(std::size_t sequences) { state = zeros(sequences, 2 * hidden()); }
Module& Lstm::operator()(Module& x) { return apply_fwd({&x, &w_x, &w_h, &bias}); }

Matrix Lstm::forward(const InTensors& in) {
  const std::size_t width = hidden(), steps = steps_of(name(), in[0], state, 2 * width),
                    sequences = state.shape(0);
  const Matrix a = linear_forward(in[0], in[1], in[3]);  // the inputs' part of all steps at once
  start_ = state;
  gates_.clear();
  memory_.clear();
  auto states = Matrix::from_shape({in[0].shape(0), width});
  LstmState now{part(state, 0, sequences, 0, width), part(state, 0, sequences, width, width)};
  for (std::size_t t = 0; t < steps; ++t) {
    gates_.push_back(matmul(now.h, transposed(in[2])));
    for (std::size_t i = 0; i < gates_.back().size(); ++i)
      gates_.back().data()[i] += a.data()[t * gates_.back().size() + i];
    now = lstm_gates_forward(gates_.back(), now.c);
    memory_.push_back(now.c);
    set_part(states, t * sequences, 0, now.h);
  }
  last_state = Matrix::from_shape(state.shape());
  set_part(last_state, 0, 0, now.h);
  set_part(last_state, 0, width, now.c);
  return states;
}

void Lstm::backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                    Gradients& grad_in) {
  const std::size_t steps = gates_.size(), sequences = start_.shape(0), width = hidden();
  auto grad_a = Matrix::from_shape({in[0].shape(0), 4 * width});
  auto before = Matrix::from_shape(out.shape());             // what each step began with
  Matrix grad_h = zeros(sequences, width), grad_c = grad_h;  // from the step after
  for (std::size_t t = steps; t-- > 0;) {
    const Matrix h = t == 0 ? part(start_, 0, sequences, 0, width)
                            : part(out, (t - 1) * sequences, sequences, 0, width);
    const Matrix c = t == 0 ? part(start_, 0, sequences, width, width) : memory_[t - 1];
    grad_h += part(grad_out, t * sequences, sequences, 0, width);
    LstmGradients grads = lstm_gates_backward(
        gates_[t], c, {part(out, t * sequences, sequences, 0, width), memory_[t]}, grad_h, grad_c);
    set_part(grad_a, t * sequences, 0, grads.a);
    set_part(before, t * sequences, 0, h);
    grad_h = matmul(grads.a, in[2]);
    grad_c = std::move(grads.c);
  }
  LinearGradients by_x = linear_backward(in[0], in[1], grad_a, grad_in.wanted(0));
  LinearGradients by_h = linear_backward(before, in[2], grad_a, false);
  grad_in[0] = std::move(by_x.a);
  grad_in[1] = std::move(by_x.weight);
  grad_in[2] = std::move(by_h.weight);
  grad_in[3] = std::move(by_x.bias);
}

std::unique_ptr<Recurrent> make_recurrent(Cell cell, std::size_t inputs, std::size_t hidden,
                                          Random& random) {
  if (cell == Cell::gru) return std::make_unique<Gru>(inputs, hidden, random);
  if (cell == Cell::lstm) return std::make_unique<Lstm>(inputs, hidden, random);
  return std::make_unique<Rnn>(inputs, hidden, random);
}

}  // namespace gradbook
