/// @file
/// Recurrent layers as modules: weights that all steps share, and a state that is carried on.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "00_course/function_ref.hpp"
#include "00_course/random.hpp"
#include "05_modules/module.hpp"
#include "07_language_models/rnn.hpp"

namespace gradbook {

/// One step of a recurrent network as a module, of exercise 7.6, whose parameters are inputs like
/// any other: apply_fwd({&x, &h, &w_xh, &w_hh, &bias}). A network that is unrolled on the tape has
/// one of these for each step, and the same Parameter goes into all of them: so its gradient adds
/// up.
class RnnStep final : public Module {
 public:
  ~RnnStep() override;
  /// @param nonlinearity  φ
  explicit RnnStep(Nonlinearity nonlinearity = Nonlinearity::tanh);

  /// "RnnStep".
  const char* name() const override;
  /// (N, I), (N, H), (H, I), (H, H) and (1, H) to (N, H).
  Matrix forward(const InTensors& in) override;
  /// To all inputs that want one.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;

 private:
  Nonlinearity nonlinearity_;
};

/// A layer that goes through N sequences of T steps in one call: (T·N, I), step by step, to
/// (T·N, H). Sequences do not touch each other, so threads() share them.
class Recurrent : public Module {
 public:
  ~Recurrent() override;

  /// H, how many numbers come out of each step.
  virtual std::size_t hidden() const = 0;

  /// Begins N sequences anew: a state of zeros.
  void begin(std::size_t sequences);

  /// What the next pass starts from, one row for each sequence: numbers alone, which no gradient
  /// flows through. An LSTM's has 2 H columns, h and c side by side.
  Matrix state;

  /// What the last pass ended in, of the same shape. `state = last_state` carries it on.
  Matrix last_state;

  /// (T·N, I) and the parameters to (T·N, H).
  /// @throws ShapeError  where x is no whole number of steps of the sequences of `state`
  Matrix forward(const InTensors& in) final;
  /// To all inputs that want one.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) final;

 protected:
  /// What is known of the way of some of the sequences: of n of them.
  struct Pass {
    Matrix x;                     ///< (T·n, I)
    Matrix start;                 ///< the state before the first step
    Matrix end;                   ///< the state after the last
    Matrix out;                   ///< (T·n, H)
    std::vector<Matrix> gates;    ///< of each step, what a layer wants to find again
    std::vector<Matrix> memory;   ///< likewise
    std::array<Matrix, 5> grads;  ///< by x, if that is wanted, and by each parameter
  };

  /// Initial weights, uniform between ±1/√hidden.
  /// @param rows     of the matrix
  /// @param columns  of the matrix
  /// @param hidden   H
  /// @param random   what is drawn from
  static Matrix drawn(std::size_t rows, std::size_t columns, std::size_t hidden, Random& random);

  /// How many numbers the state of a sequence has.
  virtual std::size_t state_width() const { return hidden(); }

  /// Goes through pass.x from pass.start, and sets pass.end and pass.out.
  virtual void forward_pass(const InTensors& in, Pass& pass) const = 0;

  /// The way back: sets pass.grads.
  virtual void backward_pass(const InTensors& in, const Matrix& grad_out, bool wants_grad_x,
                             Pass& pass) const = 0;

 private:
  void share(function_ref<void(Pass& pass, std::size_t first, std::size_t count)> work);

  std::vector<Pass> passes_;   // one for each thread
  std::size_t sequences_ = 0;  // of the last pass
};

/// h_t = φ(W_xh x_t + W_hh h_{t−1} + b), of exercise 7.7: torch.nn.RNN.
class Rnn final : public Recurrent {
 public:
  ~Rnn() override;

  /// @param inputs        I
  /// @param hidden        H
  /// @param random        for the initial numbers, uniform between ±1/√H
  /// @param nonlinearity  φ
  Rnn(std::size_t inputs, std::size_t hidden, Random& random,
      Nonlinearity nonlinearity = Nonlinearity::tanh);

  /// "Rnn".
  const char* name() const override;
  std::size_t hidden() const override;
  /// apply_fwd with its own parameters.
  Module& operator()(Module& x) override;

  Parameter w_xh;  ///< (H, I)
  Parameter w_hh;  ///< (H, H)
  Parameter bias;  ///< (1, H)

 private:
  RnnWeights weights(const InTensors& in) const;
  void forward_pass(const InTensors& in, Pass& pass) const override;
  void backward_pass(const InTensors& in, const Matrix& grad_out, bool wants_grad_x,
                     Pass& pass) const override;

  Nonlinearity nonlinearity_;
};

/// A gated recurrent unit, of exercise 7.12: torch.nn.GRU.
class Gru final : public Recurrent {
 public:
  ~Gru() override;
  /// As Rnn.
  Gru(std::size_t inputs, std::size_t hidden, Random& random);

  /// "Gru".
  const char* name() const override;
  std::size_t hidden() const override;
  /// apply_fwd with its own parameters.
  Module& operator()(Module& x) override;

  Parameter w_x;     ///< (3H, I), for r, z and n
  Parameter w_h;     ///< (3H, H)
  Parameter bias_x;  ///< (1, 3H)
  Parameter bias_h;  ///< (1, 3H)

 private:
  void forward_pass(const InTensors& in, Pass& pass) const override;
  void backward_pass(const InTensors& in, const Matrix& grad_out, bool wants_grad_x,
                     Pass& pass) const override;
};

/// A long short-term memory, of exercise 7.12: torch.nn.LSTM, with one bias.
class Lstm final : public Recurrent {
 public:
  ~Lstm() override;
  /// As Rnn; the bias is lstm_bias.
  Lstm(std::size_t inputs, std::size_t hidden, Random& random);

  /// "Lstm".
  const char* name() const override;
  std::size_t hidden() const override;
  /// apply_fwd with its own parameters.
  Module& operator()(Module& x) override;

  Parameter w_x;   ///< (4H, I), for i, f, g and o
  Parameter w_h;   ///< (4H, H)
  Parameter bias;  ///< (1, 4H)

 private:
  std::size_t state_width() const override { return 2 * hidden(); }
  void forward_pass(const InTensors& in, Pass& pass) const override;
  void backward_pass(const InTensors& in, const Matrix& grad_out, bool wants_grad_x,
                     Pass& pass) const override;
};

/// Which recurrent layer.
enum class Cell { rnn, gru, lstm };

/// A new layer of this kind.
std::unique_ptr<Recurrent> make_recurrent(Cell cell, std::size_t inputs, std::size_t hidden,
                                          Random& random);

}  // namespace gradbook
