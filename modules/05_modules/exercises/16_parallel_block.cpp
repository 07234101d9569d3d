#include "05_modules/parallel_block.hpp"

namespace gradbook {

Matrix Multiply::forward(const InTensors& in) {
  // TODO(5.16): shapes that differ would broadcast: refuse them
  not_started("5.16");
}

void Multiply::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                        Gradients& grad_in) {
  // TODO(5.16): each gets the gradient times the other
  not_started("5.16");
}

Module& ParallelBlock::operator()(Module& x) {
  // TODO(5.16): both layers see x; their outputs are the two inputs of the product
  not_started("5.16");
}

}  // namespace gradbook
