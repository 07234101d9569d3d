#include "07_language_models/recurrent.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "03_tensor/threads.hpp"
#include "07_language_models/sequences.hpp"

namespace gradbook {

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

namespace {

constexpr std::size_t kFewest = 8;  // sequences that are worth a thread

void check(const char* name, const Matrix& x, const Matrix& state, std::size_t width) {
  const std::size_t sequences = state.shape(0);
  if (sequences == 0 || x.shape(0) % sequences != 0)
    throw ShapeError(name, ": x ", shape_of(x), " is no multiple of ", sequences,
                     " sequences: begin(N) says how many there are");
  if (state.shape(1) != width)
    throw ShapeError(name, ": state ", shape_of(state), " must be (", sequences, ", ", width,
                     "), as begin(", sequences, ") makes it");
}

}  // namespace

Recurrent::~Recurrent() = default;

void Recurrent::begin(std::size_t sequences) { state = zeros(sequences, state_width()); }

// Calls work for all passes: of which sequences each is
void Recurrent::share(function_ref<void(Pass& pass, std::size_t first, std::size_t count)> work) {
  const std::size_t n = passes_.size();
  parallel_for(static_cast<std::int64_t>(n), 1, threads(), [&](std::int64_t i, std::int64_t end) {
    for (; i < end; ++i) {
      const std::size_t p = static_cast<std::size_t>(i), first = p * sequences_ / n;
      work(passes_[p], first, (p + 1) * sequences_ / n - first);
    }
  });
}

Matrix Recurrent::forward(const InTensors& in) {
  const Matrix& x = in[0];
  check(name(), x, state, state_width());
  sequences_ = state.shape(0);
  const std::size_t most = std::min<std::size_t>(threads(), sequences_ / kFewest);
  passes_.resize(x.size() == 0 ? 1 : std::max<std::size_t>(most, 1));
  auto out = Matrix::from_shape({x.shape(0), hidden()});
  last_state = Matrix::from_shape(state.shape());
  share([&](Pass& pass, std::size_t first, std::size_t count) {
    pass.x = sequences_of(x, sequences_, first, count);
    pass.start = block(state, first, count, 0, state_width());
    forward_pass(in, pass);
    set_sequences(out, sequences_, first, count, pass.out);
    set_block(last_state, first, 0, pass.end);
  });
  return out;
}

void Recurrent::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                         Gradients& grad_in) {
  const bool wants_grad_x = grad_in.wanted(0);
  if (wants_grad_x) grad_in[0] = Matrix::from_shape(in[0].shape());
  share([&](Pass& pass, std::size_t first, std::size_t count) {
    backward_pass(in, sequences_of(grad_out, sequences_, first, count), wants_grad_x, pass);
    if (wants_grad_x) set_sequences(grad_in[0], sequences_, first, count, pass.grads[0]);
  });
  // In order, so that the last bits do not depend on who was first
  for (std::size_t i = 1; i < in.size(); ++i) {
    grad_in[i] = std::move(passes_.front().grads[i]);
    for (std::size_t p = 1; p < passes_.size(); ++p) grad_in[i] += passes_[p].grads[i];
  }
}

Matrix Recurrent::drawn(std::size_t rows, std::size_t columns, std::size_t hidden, Random& random) {
  const double bound = 1 / std::sqrt(static_cast<double>(hidden));
  auto numbers = Matrix::from_shape({rows, columns});
  for (Real& x : numbers) x = static_cast<Real>(random.uniform(-bound, bound));
  return numbers;
}

Rnn::Rnn(std::size_t inputs, std::size_t hidden, Random& random, Nonlinearity nonlinearity)
    : w_xh(drawn(hidden, inputs, hidden, random)),
      w_hh(drawn(hidden, hidden, hidden, random)),
      bias(drawn(1, hidden, hidden, random)),
      nonlinearity_(nonlinearity) {
  register_parameter("w_xh", w_xh);
  register_parameter("w_hh", w_hh);
  register_parameter("bias", bias);
}

Rnn::~Rnn() = default;
const char* Rnn::name() const { return "Rnn"; }
std::size_t Rnn::hidden() const { return w_hh.out_tensor.shape(0); }
Module& Rnn::operator()(Module& x) { return apply_fwd({&x, &w_xh, &w_hh, &bias}); }
RnnWeights Rnn::weights(const InTensors& in) const { return {in[1], in[2], in[3], nonlinearity_}; }

void Rnn::forward_pass(const InTensors& in, Pass& pass) const {
  pass.out = rnn_forward(pass.x, pass.start, weights(in));
  const std::size_t sequences = pass.start.shape(0), rows = pass.out.shape(0);
  pass.end = rows == 0 ? pass.start : block(pass.out, rows - sequences, sequences, 0, hidden());
}

void Rnn::backward_pass(const InTensors& in, const Matrix& grad_out, bool wants_grad_x,
                        Pass& pass) const {
  RnnGradients grads =
      rnn_backward(pass.x, pass.start, weights(in), pass.out, grad_out, wants_grad_x);
  pass.grads = {std::move(grads.x), std::move(grads.xh), std::move(grads.hh),
                std::move(grads.bias)};
}

std::unique_ptr<Recurrent> make_recurrent(Cell cell, std::size_t inputs, std::size_t hidden,
                                          Random& random) {
  if (cell == Cell::gru) return std::make_unique<Gru>(inputs, hidden, random);
  if (cell == Cell::lstm) return std::make_unique<Lstm>(inputs, hidden, random);
  return std::make_unique<Rnn>(inputs, hidden, random);
}

}  // namespace gradbook
