/// @file
/// Numbers left out at random, so that a network does not lean on a few of them.
#pragma once

#include "00_course/random.hpp"
#include "05_modules/module.hpp"

namespace gradbook {

/// While it is trained, each number is 0 with probability p, and divided by 1 − p else; in
/// evaluation nothing is changed: torch.nn.Dropout.
/// @see  Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout", 2014
class Dropout final : public Module {
 public:
  ~Dropout() override;

  /// @param p     in [0, 1]
  /// @param seed  of what is left out
  /// @throws RangeError  for another p: "Dropout: p is 1.5, not between 0 and 1"
  Dropout(double p, std::uint64_t seed);

  /// "Dropout".
  const char* name() const override;

  /// Applies it; where p is 0 there is nothing to do, and x itself is the result.
  Module& operator()(Module& x) override;

  // Exercise 5.14

  /// In training draws anew for every pass, one uniform() for each number, in row-major order: a
  /// number stays where it is at least p. With p = 1 all are 0. In evaluation draws nothing, and
  /// gives back what came in.
  /// @param in  (N, D)
  /// @returns   (N, D)
  Matrix forward(const InTensors& in) override;

  /// Through what stayed, with the same factor: of the last forward, whatever was said about
  /// training since.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;

 private:
  double p_;
  Random random_;
  Matrix factors_;  // (N, D) of this pass, 0 or 1 / (1 − p); no elements in evaluation
};

}  // namespace gradbook
