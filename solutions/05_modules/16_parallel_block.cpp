#include "05_modules/parallel_block.hpp"

namespace gradbook {

Matrix Multiply::forward(const InTensors& in) {
  // SOLUTION BEGIN  shapes that differ would broadcast: refuse them
  if (in[0].shape() != in[1].shape())
    throw ShapeError("Multiply: ", shape_of(in[0]), " and ", shape_of(in[1]), " differ");
  return in[0] * in[1];
  // SOLUTION END
}

void Multiply::backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                        Gradients& grad_in) {
  // SOLUTION BEGIN  each gets the gradient times the other
  if (grad_in.wanted(0)) grad_in[0] = grad_out * in[1];
  if (grad_in.wanted(1)) grad_in[1] = grad_out * in[0];
  // SOLUTION END
}

Module& ParallelBlock::operator()(Module& x) {
  // SOLUTION BEGIN  both layers see x; their outputs are the two inputs of the product
  return relu(multiply.apply_fwd({&left(x), &right(x)}));
  // SOLUTION END
}

}  // namespace gradbook
