/// @file
/// A row of numbers for every symbol.
#pragma once

#include <span>
#include <vector>

#include "00_course/random.hpp"
#include "05_modules/layer_functions.hpp"
#include "05_modules/module.hpp"

namespace gradbook {

/// A table whose rows are looked up and learnt: torch.nn.Embedding.
class Embedding final : public Module {
 public:
  ~Embedding() override;

  /// @param symbols  V, how many rows there are
  /// @param width    E, how many numbers a row has
  /// @param random   for the initial numbers, normal with deviation 1
  Embedding(std::size_t symbols, std::size_t width, Random& random);

  /// "Embedding".
  const char* name() const override;

  /// Looks up. @param ids  N numbers of rows @returns  this module, with out_tensor (N, E)
  Module& operator()(std::span<const Label> ids);
  using Module::operator();

  // Exercise 5.11

  /// Row ids[n] of the table for every n.
  /// @param in  the table (V, E)
  /// @returns   (N, E)
  /// @throws RangeError  "Embedding: id 70 at place 3 is not below 65", also for a negative one
  Matrix forward(const InTensors& in) override;

  /// To the table: each row gets the sum of the gradients of all places where it was looked up, and
  /// exactly 0 where it was not.
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grad_in) override;

  Parameter weight;  ///< the table, (V, E)

 private:
  std::vector<Label> ids_;  // of this pass
};

}  // namespace gradbook
